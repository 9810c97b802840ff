"""Stap 8: gegevens, PDF, brieven, twee personen, aanbieden, herroepen en ontvangst."""

from datetime import datetime, time, timedelta

import pytest

from adviezen.actions import aanbieding as acties
from adviezen.actions import adviesgegevens, brieven
from adviezen.actions.handelen import gevolgen, handel
from adviezen.enums import SoortAdvies, Stap
from adviezen.models import Advies
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, VerouderdeVersie
from kern.tijd import AMSTERDAM, nu, vandaag
from publicatie.models import Publicatie
from stukken.actions import bewaar_bytes
from stukken.models import PdfOpdracht
from termijnen.actions import open_termijn
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.aanbieden import PDF, alles_klaar, bied_aan, gegevens, maak_pdf, zet_klaar
from toegang.models import Gebruiker

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.AANBIEDING, wereld)


# --- gegevens en nummer ---------------------------------------------------------------------------------------------


def test_nummer_titel_en_aanbevelingen(cast):
    jaar = vandaag()
    advies = gegevens(cast, nummer=f" v{jaar:%y}/7 ", ondertitel="Kort")
    assert (advies.nummer, advies.jaar, advies.kenmerk) == (f"V{jaar:%y}/07", jaar.year, f"t-{cast.traject.pk}")
    assert [(a.nummer, a.tekst) for a in advies.aanbevelingen.all()] == [(1, "Doe dit."), (2, "Doe dat.")]
    assert adviesgegevens.volgend_nummer(cast.traject) == f"V{jaar:%y}/08"


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"nummer": "2026/01"}, "nummer"),
        ({"nummer": "V26/00"}, "nummer"),
        ({"nummer": "zeven"}, "nummer"),
        ({"titel": " "}, "titel"),
        ({"samenvatting": ""}, "samenvatting"),
        ({"soort": "roman"}, "soort"),
    ],
)
def test_slechte_gegevens_noemen_het_veld(cast, anders, veld):
    with pytest.raises(InvoerFout) as fout:
        gegevens(cast, **anders)
    assert fout.value.veld == veld


def test_de_echte_reeks_begint_met_het_jaar(cast):
    advies = Advies(voorbeeld=False)
    assert adviesgegevens.keur_nummer(advies, "2026/4") == "2026/04"
    assert adviesgegevens.jaar_van("2026/04") == 2026
    cast.traject.voorbeeld = False
    assert adviesgegevens.volgend_nummer(cast.traject) == f"{vandaag():%Y}/01"
    with pytest.raises(InvoerFout):
        adviesgegevens.keur_nummer(advies, "V26/04")


def test_een_gebruikt_nummer_noemt_het_andere_advies(cast, wereld):
    gegevens(cast)
    ander = bouw.traject_op(Stap.AANBIEDING, wereld)
    with pytest.raises(InvoerFout, match="al gebruikt, voor “Thuiswerken") as fout:
        gegevens(ander)
    assert fout.value.veld == "nummer"


def test_voor_de_vaststelling_kan_er_niets(wereld):
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld)
    with pytest.raises(InvoerFout, match="eerst moet het advies zijn vastgesteld"):
        gegevens(cast)
    with pytest.raises(InvoerFout, match="pas na de vaststelling"):
        adviesgegevens.advies_van(cast.traject)
    with pytest.raises(InvoerFout, match="nog geen aanbieding klaargezet"):
        acties.bevestig(traject=cast.traject, versie=None, door=cast.tweede)
    with pytest.raises(InvoerFout, match="nog niet aangeboden"):
        acties.leg_ontvangst_vast(traject=cast.traject, versie=None, op=vandaag(), door=cast.secretaris)


def test_wie_mag_wat(cast):
    with pytest.raises(GeenToegang):
        gegevens(cast, door=cast.tweede)
    with pytest.raises(VerouderdeVersie):
        gegevens(cast, versie=cast.traject.rijversie - 1)
    alles_klaar(cast)
    brief = cast.traject.aanbieding.brieven.first()
    with pytest.raises(GeenToegang):
        brieven.teken_brief_af(brief=brief, versie=None, door=cast.secretaris)
    with pytest.raises(GeenToegang):
        acties.bevestig(traject=cast.traject, versie=None, door=cast.buitenstaander)
    with pytest.raises(GeenToegang):
        handel(traject=cast.traject, versie=None, overgang="bied_aan", door=cast.secretaris)


# --- klaarzetten en bevestigen --------------------------------------------------------------------------------------


def test_klaarzetten_vraagt_nummer_pdf_en_brieven(cast):
    with pytest.raises(InvoerFout, match="eerst een adviesnummer"):
        zet_klaar(cast)
    gegevens(cast)
    with pytest.raises(InvoerFout, match="nog niet klaar"):
        zet_klaar(cast)
    opdracht = adviesgegevens.vraag_adviespdf(traject=cast.vers(), door=cast.secretaris)
    PdfOpdracht.objects.filter(pk=opdracht.pk).update(status="mislukt", fout="Vol.")
    with pytest.raises(InvoerFout, match=r"niet gemaakt: Vol\."):
        zet_klaar(cast)
    PdfOpdracht.objects.filter(pk=opdracht.pk).update(status="wacht")
    maak_pdf(cast)
    with pytest.raises(OvergangGeweigerd, match="nog geen aanbiedingsbrief"):
        zet_klaar(cast)
    with pytest.raises(InvoerFout, match="in de toekomst") as fout:
        zet_klaar(cast, embargo_tot=nu() - timedelta(minutes=1))
    assert fout.value.veld == "embargo_tot"


def test_een_ander_bevestigt(cast):
    alles_klaar(cast)
    zet_klaar(cast)  # opnieuw klaarzetten wist de bevestiging
    cast.vers()
    assert cast.traject.aanbieding.bevestigd_op is None
    with pytest.raises(InvoerFout, match="een ander bevestigt"):
        acties.bevestig(traject=cast.traject, versie=None, door=cast.secretaris)
    acties.bevestig(traject=cast.traject, versie=None, door=cast.tweede)


def test_wijzigen_na_het_klaarzetten_zet_alles_terug(cast):
    alles_klaar(cast)
    gegevens(cast, titel="Een andere titel (voorbeeld)")
    cast.vers()
    with pytest.raises(OvergangGeweigerd) as fout:
        bied_aan(cast)
    teksten = str(fout.value)
    assert "afgetekend" in teksten
    assert "De aanbieding is nog niet klaargezet." in teksten
    # Zelfde nummer en titel: de brieven blijven afgetekend, klaarzetten moet wel opnieuw.
    alles = gegevens(cast, titel="Een andere titel (voorbeeld)", samenvatting="Anders (voorbeeld).")
    assert alles.samenvatting == "Anders (voorbeeld)."


# --- aanbieden ------------------------------------------------------------------------------------------------------


def test_aanbieden_publiceert_na_tien_minuten_en_start_de_klok(cast):
    open_termijn(soort="adviestermijn", object=cast.traject, basis=vandaag(), vervalt_op=vandaag(), door=None)
    alles_klaar(cast)
    vooraf = str(gevolgen(cast.traject, "bied_aan"))
    assert "na tien minuten" in vooraf
    assert "reageert volgens afspraak uiterlijk" in vooraf
    klaar = bied_aan(cast)
    advies = klaar.advies
    assert (klaar.stap, advies.uitgebracht_op) == (Stap.AANGEBODEN, vandaag())
    rij = Publicatie.objects.get(sleutel=f"advies:t-{klaar.pk}")
    assert rij.vanaf > nu() + timedelta(minutes=9)
    assert rij.html == klaar.aanbieding.versie.html
    assert rij.bestanden[0]["sha256"] == klaar.aanbieding.pdf.sha256
    assert (rij.metadata["nummer"], rij.metadata["vraag"]) == ("V26/31", klaar.aanvraag.vraag)
    klok = Termijn.objects.van(advies).get(soort="kabinetsreactie")
    assert (klok.basis, klok.eigenaar) == (vandaag(), cast.secretaris)
    assert rij.metadata["klok"]["vervalt_op"] == klok.vervalt_op.isoformat()
    assert Termijn.objects.van(klaar).get(soort="adviestermijn").status == "voldaan"
    berichten = Bericht.objects.filter(feit__startswith=f"adviezen.bied_aan:{klaar.pk}:")
    assert berichten.filter(ontvanger=cast.secretaris).count() == 1
    assert all(b.niet_voor > nu() + timedelta(minutes=9) for b in berichten)
    assert berichten.count() > 3


def test_zonder_behandelaar_met_een_account_gaat_de_taak_naar_de_algemeen_secretaris(cast):
    """De brieven bleven liggen: het bericht ging naar een gesloten account, en dat krijgt niets."""
    alles_klaar(cast)
    Gebruiker.objects.filter(pk=cast.traject.secretaris_id).update(is_active=False)
    klaar = bied_aan(cast)
    (taak,) = Bericht.objects.filter(
        feit__startswith=f"adviezen.bied_aan:{klaar.pk}:", onderwerp__startswith="Verstuur"
    )
    assert taak.ontvanger == cast.algemeen_secretaris


def test_embargo_gaat_voor(cast):
    straks = nu() + timedelta(days=2)
    alles_klaar(cast, embargo_tot=straks)
    assert "na het embargo" in str(gevolgen(cast.traject, "bied_aan"))
    klaar = bied_aan(cast)
    assert Publicatie.objects.get(sleutel=f"advies:t-{klaar.pk}").vanaf == straks
    lid = Bericht.objects.filter(feit__startswith=f"adviezen.bied_aan:{klaar.pk}:", pad="/lezen/").first()
    assert lid.niet_voor == straks


def test_achteraf_vastgelegd_geeft_geen_berichten(cast):
    alles_klaar(cast)
    eerder = vandaag() - timedelta(days=1)
    with pytest.raises(OvergangGeweigerd, match="niet voor de vaststelling"):
        bied_aan(cast, op=eerder)
    with pytest.raises(OvergangGeweigerd, match="toekomst"):
        bied_aan(cast, op=vandaag() + timedelta(days=1))
    assert acties.openbaar_vanaf(cast.traject.aanbieding, eerder) == datetime.combine(eerder, time(12), AMSTERDAM)


def test_op_een_eerdere_dag(cast):
    eerder = vandaag() - timedelta(days=100)
    type(cast.traject).objects.filter(pk=cast.traject.pk).update(vastgesteld_op=eerder)
    Advies.objects.filter(traject=cast.traject).update(datum=eerder)
    alles_klaar(cast, pdf=bewaar_bytes(inhoud=PDF, naam="advies.pdf", soort="pdf"))
    Advies.objects.filter(traject=cast.traject).update(datum=eerder)
    klaar = bied_aan(cast, op=eerder)
    klok = Termijn.objects.van(klaar.advies).get(soort="kabinetsreactie")
    assert klok.basis == eerder
    assert klok.vervalt_op < vandaag()
    assert not Bericht.objects.filter(feit__startswith=f"adviezen.bied_aan:{klaar.pk}:").exists()
    assert Publicatie.objects.get(sleutel=f"advies:t-{klaar.pk}").vanaf < nu()


def test_een_verkenning_krijgt_geen_klok(cast):
    gegevens(cast)
    alles_klaar(cast)
    Advies.objects.filter(traject=cast.traject).update(soort=SoortAdvies.VERKENNING)
    cast.vers()
    assert "reageert volgens" not in str(gevolgen(cast.traject, "bied_aan"))
    klaar = bied_aan(cast)
    assert not Termijn.objects.van(klaar.advies).exists()
    assert "klok" not in Publicatie.objects.get(sleutel=f"advies:t-{klaar.pk}").metadata


def test_een_vraag_die_niet_openbaar_is_blijft_weg(cast):
    cast.traject.aanvraag.niet_openbaar_grond = "Vertrouwelijk (voorbeeld)."
    cast.traject.aanvraag.save()
    alles_klaar(cast)
    klaar = bied_aan(cast)
    assert "vraag" not in Publicatie.objects.get(sleutel=f"advies:t-{klaar.pk}").metadata


def test_herroepen_neemt_alles_terug_en_vraagt_opnieuw_bevestiging(cast):
    open_termijn(soort="adviestermijn", object=cast.traject, basis=vandaag(), vervalt_op=vandaag(), door=None)
    alles_klaar(cast)
    cast.traject = bied_aan(cast)
    terug = handel(
        traject=cast.traject,
        versie=cast.traject.rijversie,
        overgang="herroep_aanbieding",
        door=cast.algemeen_secretaris,
        reden="Verkeerde brief.",
    )
    rij = Publicatie.objects.get(sleutel=f"advies:t-{terug.pk}")
    assert rij.tot == rij.vanaf, "nooit openbaar geweest"
    assert Termijn.objects.van(terug.advies).get(soort="kabinetsreactie").status == "vervallen"
    assert Termijn.objects.van(terug).get(soort="adviestermijn").status == "open"
    assert terug.advies.uitgebracht_op is None
    assert not Bericht.objects.filter(feit__startswith=f"adviezen.bied_aan:{terug.pk}:", status="wacht").exists()
    cast.vers()
    with pytest.raises(OvergangGeweigerd, match="tweede persoon"):
        bied_aan(cast)
    acties.bevestig(traject=cast.traject, versie=None, door=cast.tweede)
    opnieuw = bied_aan(cast)
    geldend = Publicatie.objects.filter(sleutel=f"advies:t-{opnieuw.pk}").latest("pk")
    assert geldend.tot is None
    assert Termijn.objects.van(opnieuw.advies).filter(soort="kabinetsreactie", status="open").count() == 1


def test_ontvangst(cast):
    alles_klaar(cast)
    cast.traject = bied_aan(cast)
    for dag in (vandaag() - timedelta(days=1), vandaag() + timedelta(days=1)):
        with pytest.raises(InvoerFout) as fout:
            acties.leg_ontvangst_vast(traject=cast.traject, versie=None, op=dag, door=cast.secretaris)
        assert fout.value.veld == "op"
    with pytest.raises(GeenToegang):
        acties.leg_ontvangst_vast(traject=cast.traject, versie=None, op=vandaag(), door=cast.tweede)
    gezet = acties.leg_ontvangst_vast(traject=cast.traject, versie=None, op=vandaag(), door=cast.secretaris)
    assert gezet.ontvangst_bevestigd_op == vandaag()


def test_zonder_aanbieding_niets_te_tonen(cast):
    assert gevolgen(cast.traject, "bied_aan") == []


def test_het_commissieadvies_met_mandaat(wereld):
    cast = bouw.traject_op(Stap.VERWERKING, wereld)
    cast.traject.artikel43 = True
    cast.traject.save()
    bouw.bereid_verzending_voor(cast)
    assert "ingekomen stuk" in str(gevolgen(cast.traject, "adviseer_rechtstreeks"))
    cast.traject = handel(
        traject=cast.traject, versie=None, overgang="adviseer_rechtstreeks", door=cast.secretaris, reden="Artikel 43."
    )
    alles_klaar(cast)
    klaar = bied_aan(cast)
    assert not Publicatie.objects.get(sleutel=f"advies:t-{klaar.pk}").metadata["namens_raad"]


# --- wie wat vond ---------------------------------------------------------------------------------------------------


def test_een_verdeeld_advies_publiceert_wie_wat_vond(wereld):
    cast = bouw.traject_op(Stap.AANBIEDING, wereld, verdeeld=True)
    alles_klaar(cast)
    bied_aan(cast)
    (passage,) = Publicatie.objects.get(sleutel=f"advies:t-{cast.traject.pk}").metadata["standpunten"]
    assert passage["passage"] == "Maak het eenvoudiger."
    deel, ander = passage["opvattingen"]
    assert (deel["aanduiding"], ander["aanduiding"]) == ("een deel van de raad", "een ander deel van de raad")
    assert {s["geleding"] for s in ander["steun"]} == {"ondernemers"}
    assert "ondernemers" not in {s["geleding"] for s in deel["steun"]}
    assert all(s["organisatie"] or s["naam"] for s in deel["steun"] + ander["steun"])


def test_een_unaniem_advies_heeft_geen_standpunten(wereld):
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    alles_klaar(cast)
    bied_aan(cast)
    assert "standpunten" not in Publicatie.objects.get(sleutel=f"advies:t-{cast.traject.pk}").metadata
