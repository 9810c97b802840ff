"""Samen reageren op het scherm: wie leest mee, wie bevestigde, en wat er met de gezamenlijke reactie gebeurde."""

import pytest

from adviezen.actions import mede as samen
from adviezen.actions import organisatie, reacties
from adviezen.actions.reacties import Punt
from adviezen.enums import Stap
from adviezen.models import Achterbanberaad, Medeondertekening
from berichten.models import Bericht
from kern.tijd import nu
from tests.adviezen import bouw
from tests.adviezen.hulp import deelnamepad as pad
from vergaderingen.enums import Orgaan

pytestmark = pytest.mark.django_db
MEE = "leest dit mee en moet nog (of opnieuw) bevestigen"


def begin(wereld):
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    fnv = cast.deelname("FNV")
    reactie = reacties.begin_reactie(deelname=fnv, door=fnv.contact)
    reacties.bewaar_reactie(
        reactie=reactie, versie=None, oordeel="akkoord_mits", toelichting="Samen.", door=fnv.contact,
        punten=[Punt("Noem de regio.")],
    )  # fmt: skip
    samen.vraag_mede(reactie=reactie, deelname=cast.deelname("CNV"), door=fnv.contact)
    return cast


@pytest.fixture
def fnv(cast):
    return cast.deelname("FNV")


@pytest.fixture
def cnv(cast):
    return cast.deelname("CNV")


def sluit(cast):
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(gesloten_op=nu(), sluit_reden="Klaar.")


def antwoord(cnv, *, akkoord=True):
    return samen.beantwoord_mede(mede=Medeondertekening.objects.get(), akkoord=akkoord, door=cnv.contact)


def bewaar(client, deelname, **velden):
    gegevens = {"oordeel": "akkoord_mits", "toelichting": "Samen.", "mede_namens": ""} | velden
    return client.post(pad(deelname), gegevens, follow=True).content.decode()


def test_bewaren_zegt_wie_het_concept_ook_leest(als, fnv, cnv):
    """Alleen uw organisatie ziet dit, stond er, terwijl de gevraagde organisatie het concept las."""
    client = als(fnv.contact)
    assert f"CNV (voorbeeld) {MEE}" in bewaar(client, fnv)
    antwoord(cnv)
    zelfde = bewaar(client, fnv)
    assert "CNV (voorbeeld) leest dit mee." in zelfde
    assert "wijzigt u iets, dan bevestigt zij opnieuw" in zelfde
    assert f"CNV (voorbeeld) {MEE}" in bewaar(client, fnv, toelichting="Anders.")  # de handtekening verviel
    punt = client.post(pad(fnv, "punt"), {"blok": "", "tekst": "Nog een punt."}, follow=True)
    assert MEE in punt.content.decode()
    vooraf = client.get(pad(fnv, "daad", naam="dien_in")).content.decode()
    assert "bevestigde nog niet mee te tekenen" in vooraf
    antwoord(cnv, akkoord=False)
    assert "Alleen uw organisatie ziet dit." in bewaar(client, fnv)
    assert "nog niet mee te tekenen" not in client.get(pad(fnv, "daad", naam="dien_in")).content.decode()


def test_wie_al_tekende_leest_dat_de_reactie_daarna_veranderde(als, fnv, cnv):
    eerste = als(cnv.contact).get(pad(cnv)).content.decode()
    assert "wil mede namens uw organisatie reageren" in eerste
    assert "U tekende al mee" not in eerste
    antwoord(cnv)
    reacties.dien_reactie_in(reactie=fnv.reactie, versie=None, door=fnv.contact)
    assert "opnieuw bevestigen" in als(fnv.contact).get(pad(fnv, "daad", naam="neem_terug")).content.decode()
    reacties.neem_reactie_terug(reactie=fnv.reactie, versie=None, door=fnv.contact)
    assert "U tekende al mee" in als(cnv.contact).get(pad(cnv)).content.decode()
    samen.trek_mede_terug(mede=Medeondertekening.objects.get(), door=fnv.contact)
    samen.vraag_mede(reactie=fnv.reactie, deelname=cnv, door=fnv.contact)
    assert "U tekende al mee" not in als(cnv.contact).get(pad(cnv)).content.decode()


def test_wie_meetekent_met_een_ingediende_reactie_hoeft_niets_meer(als, fnv, cnv):
    """Er stond "zodra die is ingediend", met de knop om zelf in te dienen en het hele oordeelformulier."""
    reacties.dien_reactie_in(reactie=fnv.reactie, versie=None, door=fnv.contact)
    antwoord(cnv)
    tekst = als(cnv.contact).get(pad(cnv)).content.decode()
    assert "Die is ingediend en telt als uw reactie" in tekst
    for weg in ("zodra die is ingediend", "Dien de reactie in", "Bewaar in concept", "Geen oordeel", "Nog geen punten"):
        assert weg not in tekst, weg
    assert "Noem de regio." in tekst
    assert "teken dan eerst niet meer mee" in tekst


@pytest.mark.parametrize("bevestigd", [True, False])
def test_wie_zou_meetekenen_met_wie_geen_reactie_geeft_staat_weer_los(cast, fnv, cnv, bevestigd):
    """Zij bleef vast aan een reactie die niet komt: zij telde als stil, en haar eigen indienen werd geweigerd."""
    if bevestigd:
        antwoord(cnv)
    reacties.bewaar_reactie(reactie=fnv.reactie, versie=None, oordeel="", toelichting="", punten=[], door=fnv.contact)
    if bevestigd:
        antwoord(cnv)  # de tekst veranderde
    reacties.meld_geen_reactie(reactie=fnv.reactie, versie=None, door=fnv.contact)
    assert not Medeondertekening.objects.exists()
    hoort = Bericht.objects.filter(feit__startswith="adviezen.trek_mede_terug", ontvanger=cnv.contact)
    assert hoort.count() == int(bevestigd)
    eigen = reacties.bewaar_oordeel(
        reactie=reacties.begin_reactie(deelname=cnv, door=cnv.contact), versie=None, oordeel="akkoord",
        toelichting="", door=cnv.contact,
    )  # fmt: skip
    reacties.dien_reactie_in(reactie=eigen, versie=None, door=cnv.contact)


def test_wie_meetekende_leest_wat_de_commissie_ermee_deed(als, cast, fnv, cnv):
    reacties.dien_reactie_in(reactie=fnv.reactie, versie=None, door=fnv.contact)
    antwoord(cnv)
    sluit(cast)
    bouw.verwerk_punten(cast, None)
    client, adressen = als(cnv.contact), (pad(cnv), pad(cnv, "mede", mede=Medeondertekening.objects.get().pk))
    for adres in adressen:
        assert "besloot nog niet over dit punt" in client.get(adres).content.decode()
    zitting = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    bouw.verwerk_punten(cast, zitting)
    for adres in adressen:
        assert "besluit van de commissie op" in client.get(adres).content.decode()


def test_wie_alleen_gevraagd_was_leest_geen_besluiten(als, cast, fnv, cnv):
    reacties.dien_reactie_in(reactie=fnv.reactie, versie=None, door=fnv.contact)
    sluit(cast)
    bouw.verwerk_punten(cast, bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie))
    for adres in (pad(cnv), pad(cnv, "mede", mede=Medeondertekening.objects.get().pk)):
        assert "besluit van de commissie op" not in als(cnv.contact).get(adres).content.decode()


def test_een_tweede_tabblad_ziet_wat_er_nu_ligt(als, fnv):
    """Bekijk de nieuwe stand, stond er, maar zij stond nergens, en nog eens drukken overschreef haar."""
    client, oud = als(fnv.contact), fnv.reactie.rijversie
    bewaar(client, fnv, toelichting="Uit het eerste tabblad.", versie=oud)
    tweede = bewaar(client, fnv, toelichting="Uit het tweede.", oordeel="knelpunt", versie=oud)
    assert "Nu vastgelegd: Uit het eerste tabblad." in tweede
    assert "Nu vastgelegd: akkoord, mits" in tweede
    assert "Uit het tweede." in tweede


def test_wie_meeleest_wordt_niet_gevraagd_in_te_dienen(als, fnv):
    collega = bouw.maak_gebruiker("Collega")
    rij = organisatie.laat_meelezen(deelname=fnv, gebruiker=collega, door=fnv.contact)
    organisatie.aanvaard_geheimhouding(meelezer=rij, door=collega)
    tekst = als(collega).get(pad(fnv)).content.decode()
    assert "U leest mee." in tekst
    assert "dien de reactie in vóór" not in tekst
    assert "90 dagen nadat de ronde sluit" in tekst


def test_een_melding_dat_er_geen_reactie_komt_is_geen_reactie(als, cast):
    lto = cast.deelname("LTO")
    bouw.dien_in(lto, 0)
    client, adres = als(lto.contact), pad(lto, "daad", naam="neem_terug")
    for tekst in (client.get(pad(lto)).content.decode(), client.get(adres).content.decode()):
        assert "Neem de melding terug" in tekst
        assert "Neem de reactie terug" not in tekst
    lto.reactie.refresh_from_db()
    na = client.post(adres, {"versie": lto.reactie.rijversie}, follow=True).content.decode()
    assert "De melding is teruggenomen" in na
