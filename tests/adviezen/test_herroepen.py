"""Herroepen: alleen de laatste handeling, alleen zolang de berichten wachten, en daarna alsof zij niet gebeurde."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from adviezen import policies
from adviezen.enums import Stap
from adviezen.models import Adviestraject
from adviezen.queries import keuzes, voortgang
from kern.fouten import GeenToegang, OvergangGeweigerd
from kern.tijd import nu, vandaag
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast, Wereld


def eindig(overgang: str) -> Callable[[Cast], None]:
    return lambda c: bouw.eindig(c, overgang)


# handeling, stand ervoor, hoe, stand erna, herroeping
GEVALLEN = [
    ("wijs_toe", Stap.TOEWIJZING, bouw.naar_concept, Stap.CONCEPT, "herroep_toewijzing"),
    ("neem_niet_in_behandeling", Stap.TOEWIJZING, bouw.weiger, Stap.NIET_IN_BEHANDELING, "herroep_weigering"),
    (
        "start_achterbanberaad",
        Stap.CONCEPT,
        bouw.naar_achterbanberaad,
        Stap.ACHTERBANBERAAD,
        "herroep_achterbanberaad",
    ),
    (
        "open_nieuw_achterbanberaad",
        Stap.VERWERKING,
        lambda c: bouw.naar_achterbanberaad(c, "open_nieuw_achterbanberaad", "Tweede ronde (voorbeeld)."),
        Stap.ACHTERBANBERAAD,
        "herroep_nieuw_achterbanberaad",
    ),
    ("sluit_achterbanberaad", Stap.ACHTERBANBERAAD, bouw.naar_verwerking, Stap.VERWERKING, "herroep_sluiting"),
    ("stuur_naar_raad", Stap.VERWERKING, bouw.naar_raad, Stap.NAAR_RAAD, "herroep_naar_raad"),
    ("bied_aan", Stap.AANBIEDING, bouw.naar_aangeboden, Stap.AANGEBODEN, "herroep_aanbieding"),
    ("trek_in", Stap.NAAR_RAAD, eindig("trek_in"), Stap.INGETROKKEN, "herroep_einde"),
    ("beeindig", Stap.AANVRAAG, eindig("beeindig"), Stap.BEEINDIGD, "herroep_einde"),
]


@pytest.mark.parametrize(("handeling", "van", "doe", "naar", "terug"), GEVALLEN, ids=[geval[0] for geval in GEVALLEN])
def test_herroepen(
    handeling: str, van: str, doe: Callable, naar: str, terug: str, wereld: Wereld, casts: dict[str, Cast]
) -> None:
    cast = casts[van]
    sinds, gangen = cast.traject.stap_sinds, cast.traject.stapgangen.count()
    doe(cast)
    assert (cast.traject.stap, cast.traject.laatste_overgang) == (naar, handeling)
    assert terug in [k.naam for k in keuzes(cast.traject, cast.wie(terug))]

    # Te laat: de berichten zijn weg, de knop ook.
    Adviestraject.objects.filter(pk=cast.traject.pk).update(herroepbaar_tot=nu())
    cast.vers()
    assert terug not in [k.naam for k in keuzes(cast.traject, cast.wie(terug))]
    with pytest.raises(OvergangGeweigerd, match="berichten zijn verzonden"):
        cast.doe(terug, reden="Vergissing (voorbeeld).")

    # Op tijd: terug naar precies de stap van daarvoor.
    Adviestraject.objects.filter(pk=cast.traject.pk).update(herroepbaar_tot=nu() + timedelta(minutes=9))
    cast.doe(terug, reden="Vergissing (voorbeeld).")
    assert (cast.traject.stap, cast.traject.stap_sinds) == (van, sinds)
    assert cast.traject.herroepbaar_tot is None
    assert cast.traject.stapgangen.count() == gangen + 2
    rijen = [r for r in voortgang(cast.traject) if r.status == "bezig"]
    assert [(r.stap, r.vanaf, r.tot) for r in rijen] == [(van, cast.traject.stapgangen.filter(naar=van)[0].op, None)]
    with pytest.raises(OvergangGeweigerd):
        cast.doe(terug, reden="Nog eens (voorbeeld).")


def test_alleen_de_laatste_handeling(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """In concept na een terugtrekking is er geen toewijzing meer te herroepen, ook niet binnen tien minuten."""
    cast = casts[Stap.ACHTERBANBERAAD]
    cast.doe("trek_terug_naar_concept", reden="Onjuist (voorbeeld).")
    with pytest.raises(GeenToegang):
        cast.doe("herroep_toewijzing", reden="x")


def test_na_herroepen_geldt_het_oude_besluit_weer(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    cast.doe("herroep_toewijzing", reden="Te vroeg (voorbeeld).")
    assert policies.toewijzing.mag_wijs_toe(cast.traject) == []
    assert cast.doe("wijs_toe").stap == Stap.CONCEPT


def test_na_een_herroepen_ronde_zegt_de_vorige_of_het_ontwerp_openbaar_is(wereld: Wereld) -> None:
    """Het merk ONTWERP of VERTROUWELIJK op elke PDF volgt hieruit; ja op de nieuwe tekst is dan van de baan."""
    cast = bouw.traject_op(Stap.VERWERKING, wereld, openbaar=False)
    assert cast.traject.ontwerp_openbaar is False
    cast.opties["openbaar"] = True
    bouw.naar_achterbanberaad(cast, "open_nieuw_achterbanberaad", reden="Tweede ronde (voorbeeld).")
    assert cast.traject.ontwerp_openbaar is True
    cast.doe("herroep_nieuw_achterbanberaad", reden="Vergissing (voorbeeld).")
    assert cast.vers().ontwerp_openbaar is False


def test_groene_versie_blijft_na_herroepen_verzending(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.NAAR_RAAD]
    cast.doe("herroep_naar_raad", reden="Te vroeg (voorbeeld).")
    assert policies.verwerking.mag_stuur_naar_raad(cast.traject) == []


def test_na_herroepen_aanbieding_bevestigt_iemand_opnieuw(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.AANGEBODEN]
    traject = cast.doe("herroep_aanbieding", reden="Verkeerde brief (voorbeeld).")
    assert traject.aangeboden_op is None
    tekorten = policies.aanbieding.mag_bied_aan(traject)
    assert [t.tekst for t in tekorten] == ["Een tweede persoon moet de aanbieding nog bevestigen."]


def test_gegevens_van_het_einde_zijn_weg(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.INGETROKKEN]
    traject = cast.doe("herroep_einde", reden="Misverstand (voorbeeld).")
    assert (traject.stap, traject.geeindigd_op, traject.einde_reden) == (Stap.TOEWIJZING, None, "")


def test_voortgang_na_terugkeer_en_mandaat(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.VERWERKING]
    bouw.naar_achterbanberaad(cast, "open_nieuw_achterbanberaad", reden="Tweede ronde (voorbeeld).")
    rijen = voortgang(cast.traject)
    assert [(r.nummer, r.status, r.teruggekomen) for r in rijen] == [
        (1, "gedaan", 0),
        (2, "gedaan", 0),
        (3, "gedaan", 0),
        (4, "bezig", 1),
        (5, "komt", 0),
        (6, "komt", 0),
        (7, "komt", 0),
        (8, "komt", 0),
    ]
    assert rijen[0].tot == rijen[1].vanaf
    met = bouw.traject_op(Stap.AANGEBODEN, wereld, mandaat=True, commissie="consumenten", eigen_initiatief=True)
    assert [r.status for r in voortgang(met.traject)] == [
        "overgeslagen",
        *["gedaan"] * 4,
        "overgeslagen",
        "overgeslagen",
        "gedaan",
    ]
    weg = casts[Stap.INGETROKKEN]
    assert [r.status for r in voortgang(weg.traject)] == ["gedaan", "gedaan", *["vervallen"] * 6]


def test_knoppen_zonder_ruis(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """Sluiten zonder alle reacties verschijnt pas na de termijn, intrekken niet bij een eigen initiatief."""
    cast = casts[Stap.ACHTERBANBERAAD]

    def namen() -> list[str]:
        return [k.naam for k in keuzes(cast.traject, cast.secretaris)]

    assert "sluit_achterbanberaad_na_termijn" not in namen()
    beraad = cast.beraad
    beraad.geopend_op, beraad.uiterlijk_op = nu() - timedelta(days=9), vandaag() - timedelta(days=1)
    beraad.save()
    assert "sluit_achterbanberaad_na_termijn" in namen()
    bouw.bereid_sluiting_voor(cast)
    assert "sluit_achterbanberaad_na_termijn" not in namen()
    eigen = bouw.nieuw(wereld, eigen_initiatief=True)
    assert "trek_in" not in [k.naam for k in keuzes(eigen.traject, eigen.secretaris)]
    bezig = bouw.traject_op(Stap.VERWERKING, wereld)
    assert "adviseer_rechtstreeks" not in [k.naam for k in keuzes(bezig.traject, bezig.secretaris)]
    mandaat = bouw.traject_op(Stap.VERWERKING, wereld, commissie="consumenten")
    assert "adviseer_rechtstreeks" in [k.naam for k in keuzes(mandaat.traject, mandaat.secretaris)]
