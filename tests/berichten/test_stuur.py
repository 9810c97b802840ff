"""Een bericht klaarzetten: wie, wat, wanneer, en wat geweigerd wordt."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from berichten import actions, queries, waarover
from berichten.enums import Status
from berichten.models import Bericht
from kern.fouten import InvoerFout
from kern.tijd import nu
from stukken.models import Bestand

pytestmark = pytest.mark.django_db
GOED = {"onderwerp": "Achterbanberaad gestart", "pad": "/organisatie/", "feit": "toets.doe:1:2"}


def test_wacht_tien_minuten_en_gaat_dan(secretaris: Any) -> None:
    bericht = actions.stuur(ontvanger=secretaris, **GOED)
    assert bericht is not None
    assert timedelta(minutes=9) < bericht.niet_voor - nu() <= timedelta(minutes=10)
    assert actions.verstuur_gereed() == 0
    assert actions.verstuur_gereed(nu=bericht.niet_voor) == 1
    [post] = mail.outbox
    assert post.to == [secretaris.email]
    assert post.extra_headers["Message-ID"] == bericht.message_id
    assert "/organisatie/" in post.body
    bericht.refresh_from_db()
    assert (bericht.status, bericht.pogingen) == (Status.VERSTUURD, 1)


def test_zonder_wachten_of_vanaf_een_moment(secretaris: Any) -> None:
    meteen = actions.stuur(ontvanger=secretaris, wacht=False, **GOED)
    morgen = actions.stuur(
        ontvanger=secretaris, niet_voor=nu() + timedelta(days=1), **GOED | {"feit": "toets.later:1:1"}
    )
    assert meteen is not None
    assert morgen is not None
    assert meteen.niet_voor <= nu()
    assert actions.verstuur_gereed() == 1
    assert Bericht.objects.get(status=Status.WACHT) == morgen


def test_hetzelfde_feit_gaat_eenmaal_naar_dezelfde(secretaris: Any, buitenstaander: Any) -> None:
    eerste = actions.stuur(ontvanger=secretaris, **GOED)
    assert actions.stuur(ontvanger=secretaris, **GOED | {"onderwerp": "Anders"}) == eerste
    actions.stuur(ontvanger=buitenstaander, **GOED)
    actions.stuur(email="minister@voorbeeld.test", **GOED)
    actions.stuur(email="minister@voorbeeld.test", **GOED)
    assert Bericht.objects.count() == 3
    assert len(set(Bericht.objects.values_list("message_id", flat=True))) == 3


def test_de_database_weigert_een_dubbel_feit_en_een_bericht_aan_niemand(secretaris: Any) -> None:
    bericht = actions.stuur(ontvanger=secretaris, **GOED)
    assert bericht is not None
    bericht.pk, bericht.message_id = None, "<ander@voorbeeld>"
    with pytest.raises(IntegrityError, match="bericht_feit_ontvanger_eenmaal"), transaction.atomic():
        bericht.save()
    bericht.ontvanger = None
    with pytest.raises(IntegrityError, match="bericht_een_ontvanger"), transaction.atomic():
        bericht.save()


def test_een_gesloten_account_krijgt_niets(maak_gebruiker: Any) -> None:
    assert actions.stuur(ontvanger=maak_gebruiker("Weg", is_active=False), **GOED) is None
    assert not Bericht.objects.exists()


def test_account_gesloten_terwijl_het_bericht_wachtte(secretaris: Any) -> None:
    bericht = actions.stuur(ontvanger=secretaris, wacht=False, **GOED)
    secretaris.is_active = False
    secretaris.save()
    assert actions.verstuur_gereed() == 0
    assert bericht is not None
    bericht.refresh_from_db()
    assert (bericht.status, bericht.laatste_fout) == (Status.HERROEPEN, actions.REDEN_GESLOTEN)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("fout", "veld"),
    [
        ({"onderwerp": "Let op\r\nBcc: allen@voorbeeld.test"}, "onderwerp"),
        ({"onderwerp": "Let op\nX: 1"}, "onderwerp"),
        ({"onderwerp": "Nul\x00"}, "onderwerp"),
        ({"onderwerp": " "}, "onderwerp"),
        ({"onderwerp": "x" * 151}, "onderwerp"),
        ({"pad": "https://elders.test/"}, "pad"),
        ({"pad": "//elders.test/"}, "pad"),
        ({"pad": "/\\elders.test"}, "pad"),
        ({"pad": "/a\nb"}, "pad"),
        ({"feit": ""}, "feit"),
        ({"tekst": "Een zin.\nEn nog een."}, "tekst"),
    ],
)
def test_vervalsing_en_leegte_worden_geweigerd(secretaris: Any, fout: dict[str, str], veld: str) -> None:
    with pytest.raises(InvoerFout) as geweigerd:
        actions.stuur(ontvanger=secretaris, **GOED | fout)
    assert geweigerd.value.veld == veld
    assert not Bericht.objects.exists()


def test_een_titel_uit_word_houdt_geen_bericht_tegen(secretaris: Any) -> None:
    """Een vaste spatie en een afbreekteken zijn niet te zien; een titel daarmee was nooit te versturen."""
    uit_word = {"onderwerp": "Advies\u00a026/01", "tekst": "Over \u201carbeids\u00admarkt\u201d."}
    bericht = actions.stuur(ontvanger=secretaris, **GOED | uit_word)
    assert bericht is not None
    assert (bericht.onderwerp, bericht.tekst) == ("Advies 26/01", "Over \u201carbeidsmarkt\u201d.")


def test_wat_net_past_gaat_mee_en_een_teken_meer_niet(secretaris: Any) -> None:
    langst = {"onderwerp": "x" * 150, "pad": "/" + "x" * 499, "feit": "f" * 200, "tekst": "x" * 500}
    bericht = actions.stuur(ontvanger=secretaris, **langst)
    assert {veld: getattr(bericht, veld) for veld in langst} == langst
    for veld, waarde in langst.items():
        with pytest.raises(InvoerFout) as geweigerd:
            actions.stuur(ontvanger=secretaris, **langst | {veld: waarde + "x"})
        assert geweigerd.value.veld == veld


def test_de_message_id_noemt_dit_portaal(secretaris: Any, settings: Any) -> None:
    settings.PORTAL_ADRES = "https://portaal.voorbeeld.test:8443"
    bericht = actions.stuur(ontvanger=secretaris, **GOED)
    assert bericht is not None
    assert bericht.message_id.endswith("@portaal.voorbeeld.test>")


def test_een_bijlage_gaat_nooit_naar_wie_een_account_heeft(secretaris: Any) -> None:
    """Die opent het stuk in het portaal, waar zijn rechten van dat moment gelden."""
    with pytest.raises(InvoerFout) as geweigerd:
        actions.stuur(ontvanger=secretaris, bijlage=Bestand(), **GOED)
    assert geweigerd.value.veld == "bijlage"


@pytest.mark.parametrize("adres", ["geen adres", "a@b\r\nBcc: c@d.nl", "a@voorbeeld.test, b@voorbeeld.test"])
def test_een_onmogelijk_adres_wordt_geweigerd(adres: str) -> None:
    with pytest.raises(InvoerFout) as geweigerd:
        actions.stuur(email=adres, **GOED)
    assert geweigerd.value.veld == "email"


def test_precies_een_ontvanger(secretaris: Any) -> None:
    for ontvanger in ({}, {"ontvanger": secretaris, "email": "a@voorbeeld.test"}):
        with pytest.raises(InvoerFout, match="één ontvanger"):
            actions.stuur(**GOED, **ontvanger)


def test_in_de_voorbeeldstand_zegt_het_bericht_dat(secretaris: Any, settings: Any) -> None:
    settings.VOORBEELD = True
    actions.stuur(ontvanger=secretaris, wacht=False, tekst="Uw reactie is gevraagd.", **GOED)
    settings.VOORBEELD = False
    actions.stuur(email="a@voorbeeld.test", wacht=False, **GOED)
    actions.verstuur_gereed()
    verzonnen, echt = mail.outbox
    assert verzonnen.subject == "VOORBEELD: Achterbanberaad gestart"
    assert "VOORBEELD" in verzonnen.body
    assert "Uw reactie is gevraagd." in verzonnen.body
    assert echt.subject == "Achterbanberaad gestart"
    assert "VOORBEELD" not in echt.body


def test_postvak_toont_pas_na_de_wachttijd_en_nooit_wat_herroepen_is(secretaris: Any, buitenstaander: Any) -> None:
    actions.stuur(ontvanger=secretaris, **GOED)
    gewoon = actions.stuur(ontvanger=secretaris, wacht=False, **GOED | {"feit": "toets.gewoon:1:1"})
    weg = actions.stuur(ontvanger=secretaris, wacht=False, **GOED | {"feit": "toets.weg:1:1"})
    actions.stuur(ontvanger=buitenstaander, wacht=False, **GOED)
    assert set(queries.berichten_van(secretaris)) == {gewoon, weg}
    actions.herroep(feit_begin="toets.weg:1:1", door=secretaris)
    assert queries.ongelezen(secretaris) == 1
    assert actions.markeer_gelezen(gebruiker=secretaris) == 1
    assert queries.ongelezen(secretaris) == 0
    assert queries.ongelezen(buitenstaander) == 1


def test_een_bron_van_namen_meldt_zich_een_keer_aan(monkeypatch: pytest.MonkeyPatch) -> None:
    bron = lambda gebruiker, berichten: {}  # noqa: E731
    monkeypatch.setattr(waarover, "_bronnen", [])
    waarover.registreer(bron)
    waarover.registreer(bron)
    assert waarover._bronnen == [bron]


def test_rondsturen_is_alles_of_niets_en_niet_tweemaal() -> None:
    goed, slecht = ("een@voorbeeld.test", "Nieuws", "proef.rond:1:1:1"), ("geen adres", "Nieuws", "proef.rond:1:1:2")
    with pytest.raises(InvoerFout) as fout:
        actions.stuur_rond(brieven=[goed, slecht], pad="/volgen/")
    assert (fout.value.veld, Bericht.objects.count()) == ("email", 0)
    for _ in range(2):
        actions.stuur_rond(brieven=[goed], pad="/volgen/")
    eerste = Bericht.objects.get()
    apart = actions.stuur(email=goed[0], onderwerp=goed[1], feit=goed[2], pad="/volgen/", wacht=False)
    assert apart == eerste, "samen of apart klaargezet: hetzelfde feit aan hetzelfde adres is hetzelfde bericht"
    assert eerste.handeling == "proef.rond:1:1"
