"""Stap 5 in de browser: voorstellen, het besluit van de commissie, de toets, en wie de tabel leest."""

from datetime import timedelta

import pytest
from django.urls import reverse

from adviezen.actions import verwerking as acties
from adviezen.enums import Stap
from adviezen.models import ReactieItem, Uitvoeringstoets, Verwerking
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd
from kern.tijd import vandaag
from tests.adviezen import bouw
from tests.adviezen.hulp import pad
from tests.gezicht.hulp import zonder_plek
from vergaderingen.actions import plan_vergadering
from vergaderingen.enums import Orgaan
from vergaderingen.models import Vergadering

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.VERWERKING, wereld)


def punten(cast):
    return list(ReactieItem.objects.filter(reactie__deelname__beraad__traject=cast.traject).order_by("pk"))


def test_van_voorstel_tot_besluit(als, cast):
    client, alle = als(cast.secretaris), punten(cast)
    bladzijde = client.get(pad(cast, "verwerking")).content.decode()
    assert f"{len(alle)} punten hebben nog geen voorstel" in bladzijde
    adres = reverse("adviezen:voorstel", kwargs={"slug": cast.traject.slug, "item": alle[0].pk})
    zonder = client.post(adres, {"oordeel": "niet", "reden": " "})
    assert "reden" in zonder.context["form"].errors
    gezien = []
    while True:
        antwoord = client.post(adres, {"oordeel": "overgenomen", "reden": "", "volgende": "1"})
        assert antwoord.status_code == 302
        gezien.append(adres)
        if antwoord.url == pad(cast, "verwerking"):
            break
        adres = antwoord.url
    assert len(set(gezien)) == len(alle)
    cast.vers()
    zitting = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    andere = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.wereld.raad.commissies["leren"])
    invoer = {"versie": cast.traject.rijversie, "verwerkingen": list(Verwerking.objects.values_list("pk", flat=True))}
    assert client.post(pad(cast, "verwerking"), invoer).status_code == 422
    assert client.post(pad(cast, "verwerking"), invoer | {"vergadering": andere.pk}).status_code == 422
    leeg = client.post(pad(cast, "verwerking"), invoer | {"vergadering": zitting.pk, "verwerkingen": []})
    assert "ten minste één punt" in leeg.content.decode()
    assert not zonder_plek(leeg.content.decode())
    assert client.post(pad(cast, "verwerking"), invoer | {"vergadering": zitting.pk}).status_code == 302
    dubbel = client.post(pad(cast, "verwerking"), invoer | {"vergadering": zitting.pk})
    assert "Iemand anders" in dubbel.content.decode()
    assert not Verwerking.objects.filter(vastgesteld_in=None).exists()
    assert "wacht op de commissie" in client.get(pad(cast, "verwerking")).content.decode()
    waarschuwing = client.get(adres).content.decode()
    assert "moet zij opnieuw besluiten" in waarschuwing


def test_de_commissie_besluit_niet_over_een_reactie_die_er_nog_niet_was(als, cast):
    """Drie maanden voor haar reactie, las de organisatie; en nog eens drukken "besloot" opnieuw over alles."""
    bouw.verwerk_punten(cast, None)
    kw = {"orgaan": Orgaan.COMMISSIE, "commissie": cast.traject.commissie, "datum": vandaag() - timedelta(days=90)}
    gegevens = {"traject": cast.traject, "versie": None, "verwerkingen": list(Verwerking.objects.all())}
    with pytest.raises(InvoerFout, match="na deze vergadering") as fout:
        acties.besluit_over_verwerking(
            vergadering=Vergadering(status="gesloten", **kw), door=cast.secretaris, **gegevens
        )
    assert fout.value.veld == "vergadering"
    eerder = plan_vergadering(door=cast.raadssecretaris, **kw)
    veld = als(cast.secretaris).get(pad(cast, "verwerking")).context["form"].fields["vergadering"]
    assert eerder not in veld.queryset
    zitting = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    eens = acties.besluit_over_verwerking(vergadering=zitting, door=cast.secretaris, **gegevens)
    nog_eens = acties.besluit_over_verwerking(vergadering=zitting, door=cast.secretaris, **gegevens)
    assert (eens, nog_eens) == (len(gegevens["verwerkingen"]), 0)


def test_een_nieuw_voorstel_vraagt_een_nieuw_besluit(als, cast):
    zitting = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    bouw.verwerk_punten(cast, zitting)
    punt = punten(cast)[0]
    gegevens = {"oordeel": "deels", "reden": "Half.", "rijversie": punt.verwerking.rijversie}
    assert als(cast.secretaris).post(pad(cast, "voorstel", item=punt.pk), gegevens).status_code == 302
    assert Verwerking.objects.get(item=punt).vastgesteld_in is None


def test_het_voorstel_wijst_de_plek_in_de_tekst_aan(als, cast):
    punt, wit = punten(cast)[0], cast.traject.versies.last()
    versie = bouw.versie(cast, html=wit.html.replace("</p>", " Erbij.</p>", 1))
    blok = versie.html.split('data-blok="')[1].split('"')[0]
    adres = pad(cast, "voorstel", item=punt.pk)
    als(cast.secretaris).post(adres, {"oordeel": "deels", "reden": "Half.", "antwoord_blok": blok})
    eerste = Verwerking.objects.get()
    assert (eerste.antwoord_versie, eerste.antwoord_blok) == (versie, blok)
    oud = als(cast.secretaris).post(adres, {"oordeel": "niet", "reden": "Nee.", "rijversie": ""})
    assert oud.status_code == 422
    fouten = oud.context["form"].errors
    assert "rijversie" not in fouten  # een telling van de computer
    assert "Nu vastgelegd: deels" in str(fouten["oordeel"])
    assert blok not in str(fouten["antwoord_blok"])
    gegevens = {"oordeel": "niet", "reden": "Nee.", "rijversie": eerste.rijversie}
    assert als(cast.secretaris).post(adres, gegevens).status_code == 302
    assert Verwerking.objects.get().oordeel == "niet"
    assert f"#{blok}" not in als(cast.secretaris).get(pad(cast, "verwerking")).content.decode()


def test_de_toets(als, cast):
    cast.vers()
    client, invoer = als(cast.secretaris), {"versie": cast.traject.rijversie, "uitvoerbaarheid": "Kan.", "kosten": ""}
    assert client.post(pad(cast, "toets"), invoer).status_code == 302
    assert client.post(pad(cast, "toets"), invoer | {"kosten": "Getypt."}).status_code == 422
    assert "Kan." in client.get(pad(cast, "toets")).content.decode()
    assert "geraakte groepen" in client.get(pad(cast, "verwerking")).content.decode()
    assert Uitvoeringstoets.objects.get().door == cast.secretaris
    assert als(cast.wereld.communicatie).post(pad(cast, "toets"), invoer).status_code == 422


def test_alleen_in_stap_vijf_en_alleen_de_commissiesecretaris(als, wereld, cast):
    punt = punten(cast)[0]
    kw = {"item": punt, "rijversie": None, "oordeel": "overgenomen", "reden": ""}
    with pytest.raises(GeenToegang):
        acties.stel_verwerking_voor(door=cast.tweede, **kw)
    ander = bouw.traject_op(Stap.VERWERKING, wereld)
    vreemd = acties.stel_verwerking_voor(
        item=punten(ander)[0], rijversie=None, oordeel="overgenomen", reden="", door=cast.secretaris
    )
    antwoord = als(cast.secretaris).post(
        pad(cast, "verwerking"), {"versie": cast.traject.rijversie, "vergadering": "1", "verwerkingen": [vreemd.pk]}
    )
    assert "hoort niet bij dit traject" in antwoord.content.decode()
    zitting = bouw.vergadering(wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    with pytest.raises(InvoerFout):
        acties.besluit_over_verwerking(
            traject=cast.traject, versie=None, verwerkingen=[], vergadering=zitting, door=cast.secretaris
        )
    dicht = bouw.vergadering(wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie, open=False)
    with pytest.raises(OvergangGeweigerd):
        acties.besluit_over_verwerking(
            traject=cast.traject, versie=None, verwerkingen=[vreemd], vergadering=dicht, door=cast.secretaris
        )
    bouw.naar(cast, Stap.NAAR_RAAD)
    with pytest.raises(InvoerFout, match="alleen in stap 5"):
        acties.stel_verwerking_voor(door=cast.secretaris, **(kw | {"item": ReactieItem.objects.get(pk=punt.pk)}))
    assert (
        "verandert de verwerking niet meer"
        in als(cast.secretaris).get(pad(cast, "voorstel", item=punt.pk)).content.decode()
    )


def test_wie_de_tabel_leest(als, cast):
    wereld, adres = cast.wereld, reverse("lezen:verwerking", kwargs={"slug": cast.traject.slug})
    zien = [wereld.account("FNV 2"), wereld.account("Kroonlid 9"), wereld.secretaris]
    niet = [wereld.account("FNV 1"), wereld.raad.coordinatoren["FNV"], wereld.raad.ministerieel.gebruiker]
    for wie in zien:
        assert "Punt 1 van" in als(wie).get(adres).content.decode()
    for wie in [*niet, wereld.buitenstaander, wereld.beheerder]:
        assert als(wie).get(adres).status_code == 404
    assert adres in als(zien[0]).get(f"/lezen/versie/{cast.traject.versies.last().pk}/").content.decode()
