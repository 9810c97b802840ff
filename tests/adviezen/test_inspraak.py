"""Wie er gehoord is en wat daarvan openbaar wordt; voortgangsrapportages en het kroonledenoverleg."""

from datetime import timedelta

import pytest
from django.urls import reverse

from adviezen.actions import inspraak as acties
from adviezen.actions import kroonleden as kroon
from adviezen.actions.inspraak import Partij
from adviezen.enums import Stap
from adviezen.models import Inspraak, Kroonledenopmerking, Opmerking, Voortgangsrapportage
from adviezen.openbaar import metadata_van
from adviezen.queries.inspraak import openbare_lijst
from berichten.models import Bericht
from kern.blokken import blokken
from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie
from kern.tijd import vandaag
from logboek.models import Gebeurtenis
from tests.adviezen import bouw
from tests.adviezen.hulp import pad
from vergaderingen.enums import Orgaan

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)


def hoor(cast, **anders):
    gegevens = {
        "traject": cast.traject, "vorm": "hoorzitting", "van": vandaag(), "door": cast.secretaris,
        "partijen": [Partij("Bond X"), Partij("Mevrouw Ja", "persoon", True), Partij("Meneer Nee", "persoon")],
    }  # fmt: skip
    return acties.leg_inspraak_vast(**gegevens | anders)


def test_openbaar_zijn_alleen_vorm_dag_en_partijen_en_personen_na_toestemming(cast):
    hoor(cast, uitkomst="Kanarie-uitkomst.", onderwerp="Kanarie-onderwerp", plaats="Kanarie-plaats")
    hoor(cast, vorm="werkbezoek", openbaar=False, niet_openbaar_reden="Vertrouwelijk.")
    hoor(cast, vorm="panel", van=vandaag() + timedelta(days=3))  # moet nog komen
    lijst = openbare_lijst(cast.traject)
    assert [r["vorm"] for r in lijst] == ["hoorzitting"]
    assert lijst[0]["partijen"] == ["Bond X", "Mevrouw Ja"]
    assert lijst[0]["anderen"] == 1
    assert "Kanarie" not in str(lijst)
    assert "Meneer Nee" not in str(lijst)


def test_vastleggen_wijzigen_en_weghalen_in_de_browser(als, cast):
    client = als(cast.secretaris)
    nieuw = pad(cast, "inspraak_nieuw")
    leeg = client.post(
        nieuw, {"vorm": "panel", "van": vandaag().isoformat(), "openbaar": "on", "uitkomst": "Blijft staan."}
    )
    assert leeg.status_code == 422
    assert "Noem ten minste één organisatie of persoon" in leeg.content.decode()
    assert "Blijft staan." in leeg.content.decode()
    invoer = {
        "vorm": "panel", "van": vandaag().isoformat(), "organisaties": "Bond X\n\nbond x\nBond Y", "openbaar": "on",
        "personen_met": "Mevrouw Ja", "personen_zonder": "Meneer Nee", "uitkomst": "Nuttig.",
    }  # fmt: skip
    assert client.post(nieuw, invoer).status_code == 302
    rij = Inspraak.objects.get()
    assert [g.naam for g in rij.gehoorden.all()] == ["bond x", "Bond Y", "Mevrouw Ja", "Meneer Nee"]
    wijzig = pad(cast, "inspraak_wijzig", pk=rij.pk)
    assert "Bond Y" in client.get(wijzig).content.decode()
    zonder = {k: v for k, v in invoer.items() if k != "openbaar"}
    assert "Zeg waarom" in client.post(wijzig, zonder | {"versie": rij.rijversie}).content.decode()
    assert client.post(wijzig, invoer | {"tot": "2001-01-01", "versie": rij.rijversie}).status_code == 422
    assert client.post(wijzig, invoer | {"vorm": "enquete", "versie": rij.rijversie}).status_code == 302
    assert client.post(wijzig, invoer | {"versie": rij.rijversie}).status_code == 422  # verouderd scherm
    lezen = als(cast.wereld.account("Kroonlid 10")).get(pad(cast, "inspraak", app="lezen")).content.decode()
    assert "Nuttig." in lezen
    assert als(cast.deelname("LTO").contact).get(pad(cast, "inspraak", app="lezen")).status_code == 404
    weg = pad(cast, "inspraak_weg", pk=rij.pk)
    client = als(cast.secretaris)
    assert client.post(weg, {"reden": " "}).status_code == 422
    assert client.post(weg, {"reden": "Dubbel."}).status_code == 302
    assert not Inspraak.objects.exists()
    for wie in (cast.tweede, cast.deelname("FNV").contact):
        with pytest.raises(GeenToegang):
            hoor(cast, door=wie)


def test_inspraak_weigert_wat_niet_klopt(cast):
    rij = hoor(cast)
    for fout, veld in (
        ({"vorm": "raden"}, "vorm"),
        ({"tot": vandaag() - timedelta(days=1)}, "tot"),
        ({"openbaar": False}, "niet_openbaar_reden"),
        ({"partijen": [Partij("x" * 201)]}, "organisaties"),
    ):
        with pytest.raises(InvoerFout) as e:
            hoor(cast, **fout)
        assert e.value.veld == veld
    with pytest.raises(VerouderdeVersie):
        hoor(cast, inspraak=rij, rijversie=9)


def test_weghalen_vraagt_een_reden_en_doet_wie_het_traject_heeft(als, cast):
    """De regel is het enige bewijs dat er gehoord is; wat er stond blijft in het logboek."""
    rij = hoor(cast)
    for wie in (cast.tweede, cast.wereld.account("FNV 2"), cast.buitenstaander):
        with pytest.raises(GeenToegang):
            acties.haal_inspraak_weg(inspraak=rij, reden="Dubbel.", door=wie)
    with pytest.raises(InvoerFout) as e:
        acties.haal_inspraak_weg(inspraak=rij, reden="  ", door=cast.secretaris)
    assert e.value.veld == "reden"
    assert Inspraak.objects.filter(pk=rij.pk).exists()
    for _ in range(2):  # twee vensters: de tweede keer is zij al weg
        acties.haal_inspraak_weg(inspraak=rij, reden="Dubbel.", door=cast.secretaris)
    spoor = Gebeurtenis.objects.get(soort="adviezen.haal_inspraak_weg")
    assert (spoor.reden, spoor.gegevens["partijen"]) == ("Dubbel.", ["Bond X", "Mevrouw Ja", "Meneer Nee"])


def test_na_het_einde_wijzigt_de_lijst_niet_en_zwijgt_het_overleg(cast):
    """Het dossier is dan af: wat er nog bij kwam, zou niemand meer lezen of gaf een andere openbare lijst."""
    rij = hoor(cast)
    bouw.eindig(cast, "trek_in")
    kroonlid = cast.wereld.account("Kroonlid 10")
    for daad in (
        lambda: hoor(cast),
        lambda: hoor(cast, inspraak=rij),
        lambda: acties.haal_inspraak_weg(inspraak=rij, reden="Dubbel.", door=cast.secretaris),
        lambda: kroon.schrijf_rapportage(traject=cast.traject, tekst="Klaar.", door=cast.secretaris),
        lambda: kroon.plaats_kroonledenopmerking(traject=cast.traject, tekst="Nog iets.", door=kroonlid),
    ):
        with pytest.raises(InvoerFout, match="is afgerond"):
            daad()
    assert list(Inspraak.objects.filter(traject=cast.traject)) == [rij]


def test_de_lijst_gaat_mee_met_het_aangeboden_advies(wereld, client):
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    hoor(cast)
    bouw.naar_aangeboden(cast)
    from adviezen.actions.aanbieding import maak_openbaar
    from kern.tijd import nu

    advies = cast.vers().advies
    maak_openbaar(advies, cast.traject.aanbieding, vanaf=nu(), door=cast.algemeen_secretaris, met_pdf=False)
    from publicatie.queries import laatste

    rij = laatste(f"advies:{advies.kenmerk}")
    assert rij.metadata["gehoord"][0]["partijen"] == ["Bond X", "Mevrouw Ja"]
    assert "gehoord" not in metadata_van(advies, volledig=True)  # archiefrecords veranderen niet
    assert "Meneer Nee" not in str(rij.metadata)


# --- kroonleden -------------------------------------------------------------------------------------------------


def test_rapportages_zijn_genummerd_en_alleen_voor_kroonleden(als, cast):
    client = als(cast.secretaris)
    adres = pad(cast, "kroonleden")
    assert client.post(adres, {"tekst": " ", "na": 0}).status_code == 422
    for _ in range(2):  # dubbel verstuurd is één rapportage
        assert client.post(adres, {"tekst": "Stand een.", "na": 0}).status_code == 302
    oud = client.post(adres, {"tekst": "Geschreven op een oud scherm.", "na": 0})
    assert oud.status_code == 422
    assert "Geschreven op een oud scherm." in oud.content.decode()
    assert client.post(adres, {"tekst": "Stand twee.", "na": 1}).status_code == 302
    assert list(Voortgangsrapportage.objects.values_list("nummer", "tekst")) == [(1, "Stand een."), (2, "Stand twee.")]
    assert Bericht.objects.filter(feit__startswith="adviezen.schrijf_rapportage").count() == 2 * len(kroon.lezers())
    lezen = pad(cast, "overleg", app="lezen")
    for wie in ("Kroonlid 10", "plv Kroonlid 10"):
        tekst = als(cast.wereld.account(wie)).get(lezen).content.decode()
        assert "Stand een." in tekst
        assert "Stand twee." in tekst
        assert cast.traject.titel in als(cast.wereld.account(wie)).get(reverse("lezen:kroonleden")).content.decode()
    for wie in (cast.wereld.account("FNV 2"), cast.deelname("FNV").contact, cast.wereld.beheerder):
        assert als(wie).get(lezen).status_code == 404
        assert als(wie).get(reverse("lezen:kroonleden")).status_code == 404
    with pytest.raises(GeenToegang):
        kroon.schrijf_rapportage(traject=cast.traject, tekst="x", door=cast.tweede)


def test_een_opmerking_van_een_kroonlid_komt_zonder_naam_in_de_commissie(als, cast):
    wit = cast.traject.versies.get(soort="wit")
    blok = blokken(wit.html)[1]
    kroonlid = cast.wereld.account("Kroonlid 10")
    client = als(kroonlid)
    lezen = pad(cast, "overleg", app="lezen")
    assert client.post(lezen, {"tekst": ""}).status_code == 422
    for _ in range(2):
        assert client.post(lezen, {"tekst": "Vergelijk met buurlanden.", "versie": wit.pk}).status_code == 302
    rij = Kroonledenopmerking.objects.get()
    over = pad(cast, "breng_over", pk=rij.pk)
    client = als(cast.secretaris)
    assert client.post(over, {}).status_code == 422
    for _ in range(2):
        assert client.post(over, {"waar": f"versie:{wit.pk}"}).status_code == 302
    opmerking = Opmerking.objects.get(kring="commissie")
    assert opmerking.tekst == "Uit het kroonledenoverleg: Vergelijk met buurlanden."
    assert kroonlid.naam not in opmerking.tekst
    assert opmerking.auteur == cast.secretaris
    zitting = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie, open=False)
    andere = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.wereld.raad.commissies["leren"], open=False)
    tweede = kroon.plaats_kroonledenopmerking(
        traject=cast.traject, versie=wit, blok=blok.id, tekst="Noem de kosten.", door=kroonlid
    )
    assert tweede.citaat == blok.tekst
    with pytest.raises(InvoerFout, match="eigen commissie"):
        kroon.breng_over(opmerking=tweede, vergadering=andere, door=cast.secretaris)
    with pytest.raises(InvoerFout, match="Kies een versie of een vergadering"):
        kroon.breng_over(opmerking=tweede, door=cast.secretaris)
    with pytest.raises(GeenToegang):
        kroon.breng_over(opmerking=tweede, versie=wit, door=kroonlid)
    klaar = kroon.breng_over(opmerking=tweede, vergadering=zitting, door=cast.secretaris, met_naam=True)
    assert klaar.als_agendapunt.vertrouwelijk
    assert kroonlid.naam in klaar.als_agendapunt.toelichting
    assert "overgebracht" in als(kroonlid).get(lezen).content.decode()


def test_in_het_kroonledenoverleg_schrijft_alleen_wie_kroonlid_is(cast):
    wit = cast.traject.versies.get(soort="wit")
    elders = bouw.traject_op(Stap.ACHTERBANBERAAD, cast.wereld, commissie="leren").traject.versies.get(soort="wit")
    kroonlid = cast.wereld.account("Kroonlid 10")
    for wie in (cast.secretaris, cast.wereld.account("FNV 2"), cast.buitenstaander):
        with pytest.raises(GeenToegang):
            kroon.plaats_kroonledenopmerking(traject=cast.traject, tekst="x", door=wie)
    with pytest.raises(GeenToegang):
        kroon.plaats_kroonledenopmerking(traject=cast.traject, versie=elders, tekst="x", door=kroonlid)
    with pytest.raises(InvoerFout, match="staat niet in deze versie"):
        kroon.plaats_kroonledenopmerking(traject=cast.traject, versie=wit, blok="bnergens", tekst="x", door=kroonlid)
    with pytest.raises(InvoerFout) as e:
        kroon.plaats_kroonledenopmerking(traject=cast.traject, tekst="  ", door=kroonlid)
    assert e.value.veld == "tekst"
    assert not Kroonledenopmerking.objects.exists()


def test_een_rapportage_schrijft_alleen_wie_het_traject_heeft_en_nooit_leeg(cast):
    with pytest.raises(GeenToegang):
        kroon.schrijf_rapportage(traject=cast.traject, tekst="Het vordert.", door=cast.tweede)
    with pytest.raises(InvoerFout) as e:
        kroon.schrijf_rapportage(traject=cast.traject, tekst=" ", door=cast.secretaris)
    assert e.value.veld == "tekst"
    assert not Voortgangsrapportage.objects.exists()


def test_overbrengen_gaat_naar_een_plaats_in_de_eigen_commissie(cast):
    """Wat vertrouwelijk onder kroonleden is gezegd, mag niet bij een andere commissie of in de raad belanden."""
    elders = bouw.traject_op(Stap.ACHTERBANBERAAD, cast.wereld, commissie="leren")
    rij = kroon.plaats_kroonledenopmerking(
        traject=cast.traject, tekst="Let op de premies.", door=cast.wereld.account("Kroonlid 10")
    )
    with pytest.raises(GeenToegang):
        kroon.breng_over(opmerking=rij, versie=cast.traject.versies.last(), door=cast.tweede)
    andere = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=elders.traject.commissie)
    for waar, stuk in (
        ({}, "Kies een versie of een vergadering"),
        ({"versie": cast.traject.versies.last(), "vergadering": andere}, "Kies een versie of een vergadering"),
        ({"versie": elders.traject.versies.last()}, "hoort niet bij dit traject"),
        ({"vergadering": andere}, "geen vergadering van de eigen commissie"),
        ({"vergadering": bouw.vergadering(cast.wereld, Orgaan.RAAD)}, "geen vergadering van de eigen commissie"),
    ):
        with pytest.raises(InvoerFout, match=stuk) as e:
            kroon.breng_over(opmerking=rij, door=cast.secretaris, **waar)
        assert e.value.veld == "waar"
    rij.refresh_from_db()
    assert rij.overgebracht_op is None
