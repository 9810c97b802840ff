"""De nieuwsupdate op het scherm: bewerken, vrijgeven, herroepen, en wie dat niet mag."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from dialoog.actions import edities
from dialoog.enums import Ritme
from dialoog.models import Editie
from kern.fouten import GeenToegang, InvoerFout, PortaalFout, VerouderdeVersie
from kern.tijd import nu
from tests.dialoog.hulp import nieuw_advies, stel_samen
from tests.dialoog.test_volgen import volg

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]


def test_redactie_bewerkt_en_geeft_vrij(client: Client, redactie: Any, secretaris: Any) -> None:
    volg()
    nieuw_advies()
    nieuw_advies("adv-51")
    client.force_login(redactie)
    assert client.post("/werk/nieuwsupdate/samenstellen/").status_code == 302
    editie = Editie.objects.get()
    pad = f"/werk/nieuwsupdate/{editie.pk}/"
    bladzijde = client.get(pad).content.decode()
    assert "Nieuw advies adv-50" in bladzijde
    assert "1 adres" in bladzijde
    assert "Nu volgt niemand" not in bladzijde
    wacht = f'Op vrijgave wacht nog <a href="{pad}">nummer {editie.nummer}</a>'
    assert wacht in client.get("/werk/nieuwsupdate/").content.decode(), "wie er nog een samenstelt, weet dat"
    gegevens = {"versie": "0", "inleiding": "Beste lezer", "mee-advies:adv-50": "on", "tekst-advies:adv-50": "Korter."}
    assert client.post(pad, gegevens).status_code == 302
    editie.refresh_from_db()
    assert [o["sleutel"] for o in editie.mee] == ["advies:adv-50"]
    assert editie.mee[0]["tekst"] == "Korter."
    te_lang = client.post(pad, gegevens | {"versie": "1", "inleiding": "x" * 2001})
    assert te_lang.status_code == 422
    assert "x" * 2001 in te_lang.content.decode(), "wat getypt is blijft staan"
    verouderd = client.post(pad, gegevens | {"inleiding": "Ik schreef <dit> ook."})
    assert verouderd.status_code == 422
    assert "Ik schreef &lt;dit&gt; ook." in verouderd.content.decode(), "een ander was eerder; de tekst staat er nog"
    assert 'name="versie" value="0"' in verouderd.content.decode()
    editie.refresh_from_db()
    assert editie.inleiding == "Beste lezer"
    assert "Geef de nieuwsupdate vrij" in client.get(f"{pad}?als=thema%3Darbeid").content.decode()
    client.post(f"{pad}vrijgeven/", {"versie": "1"})
    assert edities.verwerk()["berichten"] == 0, "tien minuten bedenktijd"
    client.post(f"{pad}herroepen/")
    editie.refresh_from_db()
    assert editie.vrijgegeven_op is None
    edities.geef_vrij(editie=editie, rijversie=editie.rijversie, door=redactie)
    with time_machine.travel(nu() + timedelta(minutes=11), tick=False):
        assert edities.verwerk()["berichten"] == 1
        with pytest.raises(PortaalFout) as te_laat:
            edities.herroep(editie=editie, door=redactie)
        assert str(te_laat.value) in client.post(f"{pad}herroepen/", follow=True).content.decode()
    client.force_login(secretaris)
    assert client.get(pad).status_code == 200
    assert client.post(f"{pad}vrijgeven/").status_code == 404


def test_vrijgeven_neemt_mee_wat_er_getypt_is_of_doet_niets(client: Client, redactie: Any) -> None:
    """De knop staat naast de tekst: wie haar indrukt zonder eerst te bewaren, verstuurde de oude inleiding."""
    nieuw_advies()
    client.force_login(redactie)
    editie = stel_samen()
    assert "Nu volgt niemand iets" in client.get(f"/werk/nieuwsupdate/{editie.pk}/").content.decode()
    pad = f"/werk/nieuwsupdate/{editie.pk}/vrijgeven/"
    getypt = {"versie": "0", "inleiding": "Net getypt", "mee-advies:adv-50": "on", "tekst-advies:adv-50": "Zo."}
    te_lang = client.post(pad, getypt | {"tekst-advies:adv-50": "x" * 601})
    niets_mee = client.post(pad, {k: v for k, v in getypt.items() if not k.startswith("mee-")})
    for fout, zin in ((te_lang, "ten hoogste 600 tekens"), (niets_mee, "Er staat niets in deze nieuwsupdate")):
        assert fout.status_code == 422
        assert zin in fout.content.decode()
        assert "Net getypt" in fout.content.decode()
    editie.refresh_from_db()
    assert (editie.inleiding, editie.rijversie, editie.vrijgegeven_op) == ("", 0, None)
    assert client.post(pad, getypt).status_code == 302
    editie.refresh_from_db()
    assert (editie.inleiding, editie.mee[0]["tekst"]) == ("Net getypt", "Zo.")
    assert editie.vrijgegeven_op is not None


def test_niets_nieuws_en_een_oud_venster_zegt_het_scherm(client: Client, redactie: Any) -> None:
    client.force_login(redactie)
    leeg = client.post("/werk/nieuwsupdate/samenstellen/", follow=True)
    assert "niets nieuws openbaar geworden" in leeg.content.decode()
    assert not Editie.objects.exists()
    nieuw_advies()
    editie = stel_samen()
    fout = client.post(f"/werk/nieuwsupdate/{editie.pk}/vrijgeven/", {"versie": "x"}, follow=True)
    assert "Iemand anders heeft dit intussen gewijzigd" in fout.content.decode()
    editie.refresh_from_db()
    assert editie.vrijgegeven_op is None


def test_weigeringen(redactie: Any, secretaris: Any) -> None:
    nieuw_advies()
    editie = stel_samen()
    leeg: dict[str, Any] = {"inleiding": "", "onderdelen": {}}
    with pytest.raises(GeenToegang):
        edities.bewerk(editie=editie, rijversie=0, door=secretaris, **leeg)
    with pytest.raises(VerouderdeVersie):
        edities.bewerk(editie=editie, rijversie=7, door=redactie, **leeg)
    with pytest.raises(InvoerFout):
        edities.bewerk(
            editie=editie, rijversie=0, inleiding="", onderdelen={"advies:adv-50": (True, "x" * 601)}, door=redactie
        )
    edities.bewerk(editie=editie, rijversie=0, inleiding="", onderdelen={"advies:adv-50": (False, "")}, door=redactie)
    editie.refresh_from_db()
    with pytest.raises(PortaalFout):
        edities.geef_vrij(editie=editie, rijversie=1, door=redactie)
    with pytest.raises(GeenToegang):
        edities.herroep(editie=editie, door=secretaris)


def test_elke_nieuwsupdate_is_terug_te_vinden(client: Client, redactie: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialoog.views.nieuwsupdate.PER_BLADZIJDE", 1)
    moment = nu()
    for n in (1, 2):
        van = moment + timedelta(days=n)
        Editie.objects.create(ritme=Ritme.NIEUWSUPDATE, nummer=n, van=van, tot=van + timedelta(days=1))
    client.force_login(redactie)
    bladen = [client.get("/werk/nieuwsupdate/", vraag).content.decode() for vraag in ({}, {"pagina": "2"})]
    assert [[f"Nieuwsupdate {n}</a>" in blad for n in (1, 2)] for blad in bladen] == [[False, True], [True, False]]
