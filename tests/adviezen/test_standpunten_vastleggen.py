"""Standpunten van echte leden: twee met dezelfde naam, wie zich later onthield, en een scherm zonder keuze."""

from typing import Any

from django.urls import reverse

from adviezen.actions.standpunten import Opvattinginvoer, leg_passage_vast
from adviezen.enums import Raadsoordeel, Stap, Uitkomst
from adviezen.models import Agendering, Registratie
from adviezen.policies.raad import lopende_agendering
from adviezen.queries.standpunten import Stemmer, openbare_standpunten, stemmers
from kern.tijd import nu
from raad.enums import Geleding
from raad.models import Persoon
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast, Wereld
from vergaderingen.models import Onthouding


def begin(wereld: Wereld) -> Cast:
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld)
    bouw.geopend(wereld, agendering(cast).agendapunt.vergadering)
    cast.vers()
    return cast


def agendering(cast: Cast) -> Agendering:
    rij = lopende_agendering(cast.traject)
    assert rij is not None
    return rij


def aanwezig(cast: Cast) -> list[Stemmer]:
    return stemmers(agendering(cast))


def tegenover_elkaar(cast: Cast, *tegen: Stemmer) -> Registratie:
    """Leg vast dat deze leden iets anders vinden dan de rest."""
    zetels = frozenset(s.zetel_pk for s in tegen)
    return leg_passage_vast(
        traject=cast.traject,
        versie=None,
        passage="Maak het eenvoudiger.",
        opvattingen=[
            Opvattinginvoer("Doen.", frozenset(s.zetel_pk for s in aanwezig(cast)) - zetels),
            Opvattinginvoer("Niet doen.", zetels),
        ],
        door=cast.raadssecretaris,
    )


def test_twee_leden_met_dezelfde_naam_zijn_er_twee(als: Any, cast: Cast) -> None:
    """Een raad met twee keer "J. de Vries" bij dezelfde organisatie moet zijn standpunten kunnen vastleggen."""
    een, twee = [s for s in aanwezig(cast) if s.organisatie.startswith("FNV")][:2]
    Persoon.objects.filter(pk__in=[een.persoon_pk, twee.persoon_pk]).update(naam="J. de Vries (voorbeeld)")
    invoer = {
        "aantal": "2", "versie": cast.traject.rijversie, "passage": "Maak het eenvoudiger.", "marge": "4",
        "opvatting_0": "Doen.", "opvatting_1": "Niet doen.", "toon": "1",
        f"stem_{een.zetel_pk}": "0", f"stem_{twee.zetel_pk}": "1",
    }  # fmt: skip
    adres = reverse("adviezen:passage", kwargs={"slug": cast.traject.slug})
    assert als(cast.raadssecretaris).post(adres, invoer).status_code == 200
    rijen = list(tegenover_elkaar(cast, een, twee).opvattingen.all())
    assert [rij.steun.count() for rij in rijen] == [len(aanwezig(cast)) - 2, 2]
    assert rijen[1].voetnoot.startswith("twee werknemersleden benoemd door")


def test_zonder_keuze_is_er_niets_te_tonen_en_blijft_de_tekst(als: Any, cast: Cast) -> None:
    adres = reverse("adviezen:passage", kwargs={"slug": cast.traject.slug})
    invoer = {"aantal": "2", "passage": "Maak het eenvoudiger.", "marge": "4", "opvatting_0": "Nog zonder steun."}
    antwoord = als(cast.raadssecretaris).post(adres, invoer | {"toon": "1"})
    assert (antwoord.status_code, antwoord.context["voorbeeld"]) == (200, None)
    assert "Nog zonder steun." in antwoord.text


def test_wie_zich_later_onthield_staat_niet_met_naam_in_het_openbaar(cast: Cast) -> None:
    """Wie namens een organisatie zit wordt naar haar genoemd; alleen een kroonlid spreekt voor zichzelf."""
    fnv = next(s for s in aanwezig(cast) if s.organisatie.startswith("FNV"))
    kroon = next(s for s in aanwezig(cast) if s.geleding == Geleding.KROONLEDEN)
    tegenover_elkaar(cast, fnv, kroon)
    rij = agendering(cast)
    for stemmer in (fnv, kroon):
        Onthouding.objects.create(agendapunt=rij.agendapunt, zetel_id=stemmer.zetel_pk, persoon_id=stemmer.persoon_pk)
    assert {fnv, kroon}.isdisjoint(aanwezig(cast))
    rij.oordeel, rij.standpunten_vastgelegd_op = Raadsoordeel.VERDEELD, nu()
    rij.standpunten_vastgelegd_door, rij.uitkomst = cast.raadssecretaris, Uitkomst.VASTGESTELD
    rij.save()
    steun = openbare_standpunten(cast.traject)[0]["opvattingen"][1]["steun"]
    assert {(s["organisatie"], s["naam"]) for s in steun} == {(fnv.organisatie, ""), ("", kroon.naam)}
    assert fnv.naam not in str(openbare_standpunten(cast.traject))
