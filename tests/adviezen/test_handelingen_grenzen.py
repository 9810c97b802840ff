"""Wat handelingen op een traject weigeren als het scherm het niet al deed, en wie welk stuk op de agenda leest."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from adviezen import policies
from adviezen.actions.aanbieding import zet_klaar
from adviezen.actions.agendabron import Adviesbron
from adviezen.actions.doelen import kies_doelen
from adviezen.actions.eigen_termijn import zet_eigen_termijn
from adviezen.actions.handelen import uitvoering
from adviezen.actions.lezen import geef_voorlopig_standpunt
from adviezen.actions.opmerkingen import doe_opmerking_af, plaats_opmerking
from adviezen.actions.overnemen import neem_voorstellen_over
from adviezen.actions.reacties import Punt, voeg_punten_toe
from adviezen.enums import Deling, Kring, Stap, Voorlopig
from adviezen.models import Aanbieding, Opmerking, ReactieItem, Versie, VoorlopigStandpunt
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import vandaag
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast
from tests.adviezen.hulp import MORGEN, teksten


def test_wie_de_versie_niet_leest_zegt_er_niets_over(casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    versie = bouw.versie(cast)
    with pytest.raises(GeenToegang):
        plaats_opmerking(versie=versie, tekst="x", kring=Kring.COMMISSIE, door=cast.buitenstaander)
    with pytest.raises(GeenToegang):
        geef_voorlopig_standpunt(versie=versie, keuze=Voorlopig.EENS, door=cast.buitenstaander)
    assert not Opmerking.objects.filter(versie=versie).exists()


def test_een_voorlopig_standpunt_noemt_wat_er_mis_is(casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    versie, lid = bouw.versie(cast), cast.wereld.account("FNV 2")
    for keuze, gedeeld, veld in (
        ("misschien", Deling.NIEMAND, "keuze"),
        (Voorlopig.EENS, "iedereen", "gedeeld_met"),
        (Voorlopig.AFWIJKEND, Deling.NIEMAND, "tekst"),
    ):
        with pytest.raises(InvoerFout) as fout:
            geef_voorlopig_standpunt(versie=versie, keuze=keuze, gedeeld_met=gedeeld, door=lid)
        assert fout.value.veld == veld
    assert not VoorlopigStandpunt.objects.filter(versie=versie).exists()


def test_afdoen_zegt_wat_ermee_gedaan_is(casts: dict[str, Cast]) -> None:
    """Zonder woorden leest de schrijver alleen dat zijn opmerking weg is."""
    cast = casts[Stap.CONCEPT]
    rij = plaats_opmerking(
        versie=bouw.versie(cast), tekst="Te lang.", kring=Kring.COMMISSIE, door=cast.wereld.account("FNV 2")
    )
    with pytest.raises(InvoerFout) as fout:
        doe_opmerking_af(opmerking=rij, afdoening=" ", door=cast.secretaris)
    assert fout.value.veld == "afdoening"
    rij.refresh_from_db()
    assert rij.afgedaan_op is None


def test_overnemen_vraagt_een_keuze(casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    versie = bouw.versie(cast)
    with pytest.raises(InvoerFout) as fout:
        neem_voorstellen_over(traject=cast.traject, basis=versie.pk, voorstellen=[], door=cast.secretaris)
    assert fout.value.veld == "voorstellen"
    assert cast.traject.versies.last() == versie


def test_een_leeg_punt_houdt_de_andere_ook_buiten(casts: dict[str, Cast]) -> None:
    """Alles of niets: anders staat na het verbeteren het eerste punt er twee keer, of denkt men dat alles er staat."""
    cast = casts[Stap.ACHTERBANBERAAD]
    deelname = cast.deelname("FNV")
    assert deelname.contact is not None
    reactie = bouw.begin_reactie(deelname)
    with pytest.raises(InvoerFout, match="Punt 2 is leeg") as fout:
        voeg_punten_toe(reactie=reactie, versie=None, punten=[Punt("Eerste."), Punt("  ")], door=deelname.contact)
    assert fout.value.veld == "punten"
    assert not ReactieItem.objects.filter(reactie=reactie).exists()


def test_bij_een_afgesloten_traject_liggen_doelen_en_eigen_dagen_vast(casts: dict[str, Cast]) -> None:
    cast = casts[Stap.INGETROKKEN]
    with pytest.raises(InvoerFout, match="afgesloten"):
        kies_doelen(traject=cast.traject, versie=None, doelen=[], door=cast.secretaris)
    loopt = casts[Stap.CONCEPT]
    velden: dict[str, Any] = {"wie": cast.secretaris, "door": cast.secretaris, "vervalt_op": vandaag() + MORGEN}
    with pytest.raises(InvoerFout, match="afgesloten"):
        zet_eigen_termijn(traject=cast.traject, wat="Bellen", **velden)
    for anders, veld in (({"wat": " "}, "wat"), ({"vervalt_op": vandaag() - MORGEN}, "vervalt_op")):
        with pytest.raises(InvoerFout) as fout:
            zet_eigen_termijn(traject=loopt.traject, **({"wat": "Bellen"} | velden | anders))
        assert fout.value.veld == veld
    assert not Termijn.objects.filter(soort="eigen").exists()


def test_zonder_vastgestelde_tekst_valt_er_niets_aan_te_bieden(casts: dict[str, Cast]) -> None:
    """Ook als er al een aanbieding is aangemaakt: dan gaat het over de tekst, niet over de PDF ervan."""
    cast = casts[Stap.VASTSTELLING]
    bouw.bereid_vaststelling_voor(cast)
    cast.doe("stel_vast")
    with pytest.raises(InvoerFout, match="vastgestelde tekst ontbreekt"):
        zet_klaar(traject=cast.traject, versie=None, door=cast.secretaris)
    Aanbieding.objects.get_or_create(traject=cast.traject)
    over = teksten(policies.aanbieding.mag_bied_aan(cast.vers()))
    assert "De vastgestelde tekst ontbreekt." in over
    assert "PDF" not in over


def test_het_stuk_bij_een_agendapunt_krijgt_alleen_wie_het_mag_lezen(casts: dict[str, Cast]) -> None:
    cast = casts[Stap.NAAR_RAAD]
    punt = bouw.bereid_behandeling_voor(cast).agendapunt
    (papier,) = Adviesbron().papieren([punt], cast.wereld.account("FNV 1"))[punt.pk]
    groen = Versie.objects.get(traject=cast.traject, soort="groen")
    assert (papier.titel, papier.html) == (f"Ontwerpadvies {cast.traject.openbare_titel}", groen.html)
    assert papier.opmaak["merk"] == "ONTWERP"
    assert Adviesbron().papieren([punt], cast.buitenstaander) == {}


def test_een_overgang_heeft_een_uitvoering() -> None:
    """Een tweede zou de eerste stil vervangen, met haar berichten en termijnen."""
    with pytest.raises(ValueError, match="wijs_toe heeft al"):
        uitvoering("wijs_toe")(lambda *a, **kw: None)  # type: ignore[arg-type,return-value]


def test_een_bestand_waar_een_handeling_niet_om_vraagt_telt_niet_mee(casts: dict[str, Cast], als: Any) -> None:
    cast = casts[Stap.ACHTERBANBERAAD]
    antwoord = als(cast.secretaris).post(
        reverse("adviezen:handeling", kwargs={"slug": cast.traject.slug, "naam": "trek_terug_naar_concept"}),
        {"versie": cast.traject.rijversie, "reden": "Onjuist.", "door": SimpleUploadedFile("x.pdf", b"x")},
    )
    assert antwoord.status_code == 302
    assert cast.vers().stap == Stap.CONCEPT
