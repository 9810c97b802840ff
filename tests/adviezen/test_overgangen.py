"""Elk paar standen geprobeerd, door voer_uit en door SQL; elke overgang heeft naam, recht, beleid en toets."""

import itertools
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from adviezen.enums import STAPPEN, Stap
from adviezen.models import Adviestraject, Reactie, Stapgang
from adviezen.queries import beurt
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, VerouderdeVersie
from logboek.actions import leg_vast
from overgangen import beschikbaar, overgangen_van, paren, voer_uit
from tests.adviezen import bouw
from toegang.enums import Rol

# Ontwerp §4 en de opdracht, met de hand overgeschreven: handeling -> (van, naar).
VOOR = STAPPEN[:7]
ONTWERP = {
    "leg_voor_aan_db": {("aanvraag", "toewijzing")},
    "wijs_toe": {("toewijzing", "concept")},
    "neem_niet_in_behandeling": {("toewijzing", "niet_in_behandeling")},
    "start_achterbanberaad": {("concept", "achterbanberaad")},
    "sluit_achterbanberaad": {("achterbanberaad", "verwerking")},
    "sluit_achterbanberaad_na_termijn": {("achterbanberaad", "verwerking")},
    "stuur_naar_raad": {("verwerking", "naar_raad")},
    "adviseer_rechtstreeks": {("verwerking", "aanbieding")},
    "behandel_in_raad": {("naar_raad", "vaststelling")},
    "stel_vast": {("vaststelling", "aanbieding")},
    "bied_aan": {("aanbieding", "aangeboden")},
    "trek_terug_naar_concept": {("achterbanberaad", "concept")},
    "open_nieuw_achterbanberaad": {("verwerking", "achterbanberaad")},
    "haal_terug_naar_commissie": {("naar_raad", "verwerking")},
    "verwijs_terug": {("vaststelling", "verwerking")},
    "stel_uit": {("vaststelling", "naar_raad")},
    "wijs_opnieuw_toe": {("concept", "toewijzing")},
    "trek_in": {(s, "ingetrokken") for s in VOOR},
    "beeindig": {(s, "beeindigd_zonder_advies") for s in VOOR},
    "herroep_toewijzing": {("concept", "toewijzing")},
    "herroep_weigering": {("niet_in_behandeling", "toewijzing")},
    "herroep_achterbanberaad": {("achterbanberaad", "concept")},
    "herroep_nieuw_achterbanberaad": {("achterbanberaad", "verwerking")},
    "herroep_sluiting": {("verwerking", "achterbanberaad")},
    "herroep_naar_raad": {("naar_raad", "verwerking")},
    "herroep_aanbieding": {("aangeboden", "aanbieding")},
    "herroep_einde": {(e, s) for e in ("ingetrokken", "beeindigd_zonder_advies") for s in VOOR},
}
ALLE_PAREN = set().union(*ONTWERP.values())
MET_REDEN = {n for n in ONTWERP if n.startswith("herroep_")} | {
    "sluit_achterbanberaad_na_termijn",
    "adviseer_rechtstreeks",
    "trek_terug_naar_concept",
    "open_nieuw_achterbanberaad",
    "haal_terug_naar_commissie",
    "verwijs_terug",
    "stel_uit",
    "wijs_opnieuw_toe",
    "trek_in",
    "beeindig",
}


def test_code_kent_precies_de_paren_van_het_ontwerp() -> None:
    assert {(str(a), str(b)) for a, b in ALLE_PAREN} == paren(Adviestraject)
    bronnen = {(o.name, str(o.source)) for o in overgangen_van(Adviestraject)}
    assert bronnen == {(naam, str(van)) for naam, stel in ONTWERP.items() for van, _ in stel}


@pytest.mark.parametrize("overgang", overgangen_van(Adviestraject) + overgangen_van(Reactie), ids=lambda o: o.name)
def test_elke_overgang_is_compleet(overgang: object) -> None:
    eigen = overgang.custom
    assert eigen["label"][0].isupper()
    assert callable(eigen["beleid"])
    assert eigen["bevestig"].endswith(".")
    assert callable(overgang.permission)
    if overgang.method.__qualname__.split(".")[0] != "Reactie":
        assert eigen["reden"] is (overgang.name in MET_REDEN)
    # Een test noemt de overgang bij naam.
    bron = "".join(p.read_text() for p in Path(__file__).parent.glob("test_*.py") if p.name != Path(__file__).name)
    assert f'"{overgang.name}"' in bron


# --- standen in de database: elke stand bereikt, elk ander paar geweigerd ---------------------------------------


def ga_stiekem(pk: int, naar: str) -> None:
    """Verander de stap met SQL, mét gebeurtenis, zodat alleen de paren het kunnen tegenhouden."""
    traject = Adviestraject.objects.get(pk=pk)
    leg_vast(soort="toets.sluiproute", object=traject, door=None)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE adviezen_adviestraject SET stap = %s WHERE id = %s", [naar, pk])


@pytest.mark.parametrize("van", list(Stap))
def test_elk_paar_door_sql(van: str, casts: dict[str, bouw.Cast]) -> None:
    """Regel 39: niet toegelaten paren weigert de trigger, ook met een gebeurtenis en met alle gegevens van de stand."""
    pk = casts[van].traject.pk
    for naar in Stap:
        if naar == van or (van, naar) in ALLE_PAREN:
            continue
        with pytest.raises(DatabaseError, match=f"mag niet van {van} naar {naar}"), transaction.atomic():
            ga_stiekem(pk, naar)


@pytest.mark.parametrize("van", list(Stap))
def test_elke_handeling_in_elke_stand(van: str, casts: dict[str, bouw.Cast]) -> None:
    """Door voer_uit: een handeling die niet bij de stand hoort, wordt geweigerd en verandert niets."""
    cast = casts[van]
    for naam, stel in ONTWERP.items():
        if any(bron == van for bron, _ in stel):
            continue
        with pytest.raises(OvergangGeweigerd, match="kan nu niet"):
            voer_uit(Adviestraject, cast.traject.pk, None, naam, door=cast.wie(naam), reden="toets")
    assert cast.vers().stap == van


@pytest.mark.parametrize("stap", [s for s in Stap if s != Stap.AANVRAAG])
def test_een_traject_begint_vooraan(stap: str, wereld: bouw.Wereld) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Adviestraject.objects.create(
            titel="x", slug="x", kenmerk="x", secretaris=wereld.secretaris, stap=stap, geeindigd_op="2026-01-01"
        )


@pytest.mark.parametrize("stap", list(Stap))
def test_elke_stand_heeft_een_beurt(stap: str, casts: dict[str, bouw.Cast]) -> None:
    aan_zet = beurt(casts[stap].traject)
    if stap in STAPPEN:
        assert aan_zet.wie != "niemand"
        assert stap in [str(v) for v, _ in ONTWERP[aan_zet.overgang]]
    else:
        assert (aan_zet.wie, aan_zet.overgang, aan_zet.tekorten) == ("niemand", "", ())


# --- recht: precies wie in de kolom "Who" staat ------------------------------------------------------------------

SECRETARIAAT = {"secretaris", "tweede", "raadssecretaris", "algemeen_secretaris", "communicatie"}
COMMISSIE, RAAD, AS = {"secretaris"}, {"raadssecretaris", "algemeen_secretaris"}, {"algemeen_secretaris"}
WIE = {
    "leg_voor_aan_db": SECRETARIAAT,
    "wijs_toe": COMMISSIE | RAAD,
    "neem_niet_in_behandeling": COMMISSIE | RAAD,
    "start_achterbanberaad": COMMISSIE,
    "sluit_achterbanberaad": COMMISSIE,
    "sluit_achterbanberaad_na_termijn": COMMISSIE,
    "stuur_naar_raad": COMMISSIE,
    "adviseer_rechtstreeks": COMMISSIE,
    "behandel_in_raad": RAAD,
    "stel_vast": RAAD,
    "bied_aan": AS,
    "trek_terug_naar_concept": COMMISSIE,
    "open_nieuw_achterbanberaad": COMMISSIE,
    "haal_terug_naar_commissie": COMMISSIE | RAAD,
    "verwijs_terug": RAAD,
    "stel_uit": RAAD,
    "wijs_opnieuw_toe": COMMISSIE | RAAD,
    "trek_in": COMMISSIE | AS,
    "beeindig": RAAD,
    "herroep_toewijzing": COMMISSIE | RAAD,
    "herroep_weigering": COMMISSIE | RAAD,
    "herroep_achterbanberaad": COMMISSIE,
    "herroep_nieuw_achterbanberaad": COMMISSIE,
    "herroep_sluiting": COMMISSIE,
    "herroep_naar_raad": COMMISSIE,
    "herroep_aanbieding": AS,
    "herroep_einde": COMMISSIE | AS,
}


def iedereen(wereld: bouw.Wereld) -> dict[str, object]:
    staf = ["secretaris", "tweede", "raadssecretaris", "algemeen_secretaris", "communicatie", "beheerder"]
    leden = ["Kroonlid 1", "Kroonlid 2", "FNV 1", "VNO-NCW 2", "plv FNV 2", "CPB"]
    return {
        **{naam: getattr(wereld, naam) for naam in [*staf, "buitenstaander"]},
        **{naam: wereld.account(naam) for naam in leden},
        "coordinator": wereld.raad.coordinatoren["FNV"],
    }


@pytest.mark.parametrize("stap", list(Stap))
def test_wie_wat_mag(stap: str, wereld: bouw.Wereld, casts: dict[str, bouw.Cast]) -> None:
    traject = casts[stap].traject
    mensen = iedereen(wereld)
    for overgang in overgangen_van(Adviestraject):
        if overgang.source != stap:
            continue
        mogen = {naam for naam, wie in mensen.items() if overgang.has_perm(traject, wie)}
        verwacht = WIE[overgang.name]
        if overgang.name.startswith("herroep_"):
            # Herroepen bestaat alleen direct na de handeling zelf.
            if overgang.name == "herroep_einde" and traject.laatste_overgang == "beeindig":
                verwacht = RAAD
            assert mogen in (verwacht, set()), overgang.name
        else:
            assert mogen == verwacht, overgang.name


def test_waarnemer_mag_wat_de_secretaris_mag(wereld: bouw.Wereld) -> None:
    cast = bouw.traject_op(Stap.VERWERKING, wereld)
    with pytest.raises(GeenToegang):
        cast.doe("stuur_naar_raad", door=wereld.tweede)
    cast.traject.waarnemer = wereld.tweede
    cast.traject.save()
    bouw.bereid_verzending_voor(cast)
    assert cast.doe("stuur_naar_raad", door=wereld.tweede).stap == Stap.NAAR_RAAD


def test_een_lid_dat_eigenaar_was_maar_geen_secretariaat_meer_is(wereld: bouw.Wereld) -> None:
    cast = bouw.traject_op(Stap.TOEWIJZING, wereld)
    buiten = bouw.maak_gebruiker("Vertrokken", Rol.COMMISSIESECRETARIS)
    cast.traject.waarnemer = buiten
    cast.traject.save()
    buiten.groups.clear()
    with pytest.raises(GeenToegang):
        cast.doe("wijs_toe", door=buiten)


# --- versie, reden en spoor ---------------------------------------------------------------------------------------


def test_verouderd_scherm_wordt_geweigerd(wereld: bouw.Wereld) -> None:
    cast = bouw.nieuw(wereld)
    bouw.bereid_aanvraag_voor(cast)
    gezien = cast.traject.rijversie
    cast.doe("leg_voor_aan_db")
    with pytest.raises(VerouderdeVersie):
        voer_uit(Adviestraject, cast.traject.pk, gezien, "wijs_toe", door=cast.secretaris)


@pytest.mark.parametrize("naam", sorted(MET_REDEN))
def test_zonder_reden_kan_het_niet(naam: str, casts: dict[str, bouw.Cast]) -> None:
    """Regel 39: elke stap terug of opzij heeft een reden."""
    cast = casts[sorted(str(v) for v, _ in ONTWERP[naam])[0]]
    if naam.startswith("herroep_"):
        vooraf = {
            "herroep_toewijzing": "wijs_toe",
            "herroep_weigering": "neem_niet_in_behandeling",
            "herroep_achterbanberaad": "start_achterbanberaad",
            "herroep_nieuw_achterbanberaad": "open_nieuw_achterbanberaad",
            "herroep_sluiting": "sluit_achterbanberaad",
            "herroep_naar_raad": "stuur_naar_raad",
            "herroep_aanbieding": "bied_aan",
            "herroep_einde": "beeindig",
        }[naam]
        Adviestraject.objects.filter(pk=cast.traject.pk).update(laatste_overgang=vooraf)
    with pytest.raises(InvoerFout, match="reden"):
        cast.doe(naam, reden="  ")


def test_elke_stap_staat_in_verloop_en_logboek(wereld: bouw.Wereld) -> None:
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    cast.doe("trek_terug_naar_concept", reden="De tekst klopt niet (voorbeeld).")
    rijen = list(cast.traject.stapgangen.values_list("overgang", "van", "naar"))
    assert rijen == [
        ("begin", "", "aanvraag"),
        ("leg_voor_aan_db", "aanvraag", "toewijzing"),
        ("wijs_toe", "toewijzing", "concept"),
        ("start_achterbanberaad", "concept", "achterbanberaad"),
        ("trek_terug_naar_concept", "achterbanberaad", "concept"),
    ]
    laatste = Stapgang.objects.last()
    assert laatste.reden == "De tekst klopt niet (voorbeeld)."
    assert laatste.door_naam == cast.secretaris.naam


def test_knoppen_dragen_de_naam_van_de_handeling(casts: dict[str, bouw.Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    labels = [k.label for k in beschikbaar(cast.traject, cast.secretaris)]
    assert labels[0] == "Start achterbanberaad"
    assert len(set(labels)) == len(labels)
    alle = [o.custom["label"] for o in overgangen_van(Adviestraject)]
    namen = {o.name for o in overgangen_van(Adviestraject)}
    assert len(set(alle)) == len(namen)


def test_er_is_geen_pad_overgeslagen() -> None:
    """Behalve de paren van het ontwerp is elk van de 132 geordende paren verboden."""
    verboden = set(itertools.permutations([str(s) for s in Stap], 2)) - {(str(a), str(b)) for a, b in ALLE_PAREN}
    assert len(verboden) == 12 * 11 - len(ALLE_PAREN)
    assert ("verwerking", "vaststelling") in verboden
    assert ("aangeboden", "vaststelling") in verboden
