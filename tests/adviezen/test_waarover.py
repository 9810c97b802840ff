"""Van een bericht of een termijn naar het dossier: wie gewaarschuwd wordt, waar de link heen gaat, wie iets ziet."""

import pytest

from adviezen.actions.voortraject import leg_voortraject_vast
from adviezen.enums import Stap
from adviezen.models import Achterbanberaad, Adviestraject, Voortraject
from adviezen.waarover import namen
from berichten.models import Bericht
from kern.tijd import vandaag
from termijnen import soorten
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast, Wereld
from tests.adviezen.hulp import MORGEN
from toegang.models import Gebruiker

WEG = "999999999"  # een dossier dat er niet (meer) is


def begin(wereld: Wereld) -> Cast:
    return bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)


@pytest.fixture
def verwacht(wereld: Wereld) -> Voortraject:
    return leg_voortraject_vast(
        titel="Wonen (voorbeeld)", herkomst="kabinetslijst", lijstjaar=2027, verwacht_op=vandaag() + 60 * MORGEN,
        secretaris=wereld.secretaris, door=wereld.secretaris,
    )  # fmt: skip


def wie(soort: str, nummer: object) -> list[Gebruiker]:
    termijn = Termijn(soort=soort, object_id=str(nummer), vervalt_op=vandaag())
    return list(soorten.met_naam(soort).ontvangers(termijn, vandaag()))


def waar(soort: str, nummer: object) -> str:
    return soorten.met_naam(soort).adres(Termijn(soort=soort, object_id=str(nummer)))


@pytest.mark.parametrize("soort", ["adviestermijn", "ontvangstbevestiging", "aanbieding", "publicatie"])
def test_de_klok_van_een_traject_waarschuwt_wie_het_behandelt(soort: str, cast: Cast) -> None:
    traject = cast.traject
    assert wie(soort, traject.pk) == [cast.secretaris]
    Adviestraject.objects.filter(pk=traject.pk).update(waarnemer=cast.tweede)
    assert wie(soort, traject.pk) == [cast.secretaris, cast.tweede]
    assert waar(soort, traject.pk) == f"/werk/trajecten/{traject.slug}/"
    assert (wie(soort, WEG), waar(soort, WEG)) == ([], "/werk/")


def test_de_klok_van_een_ronde_waarschuwt_wie_nog_moet(cast: Cast) -> None:
    fnv, cnv = cast.deelname("FNV"), cast.deelname("CNV")
    bouw.dien_in(fnv)
    ontvangers = wie("achterbanberaad", cast.beraad.pk)
    assert cast.secretaris in ontvangers
    assert cnv.contact in ontvangers
    assert fnv.contact not in ontvangers
    assert waar("achterbanberaad", cast.beraad.pk) == f"/werk/trajecten/{cast.traject.slug}/reacties/"
    assert not Achterbanberaad.objects.filter(pk=WEG).exists()
    assert (wie("achterbanberaad", WEG), waar("achterbanberaad", WEG)) == ([], "/werk/")


def test_de_klok_van_een_verwachte_vraag_waarschuwt_wie_haar_volgt(verwacht: Voortraject, wereld: Wereld) -> None:
    soort = "verwachte_aanvraag"
    assert wie(soort, verwacht.pk) == [wereld.secretaris]
    assert waar(soort, verwacht.pk) == f"/werk/trajecten/werkprogramma/{verwacht.pk}/"
    assert wie(soort, WEG) == []


def test_een_bericht_noemt_het_dossier_alleen_aan_wie_het_ziet(cast: Cast, verwacht: Voortraject) -> None:
    """De titel van een vertrouwelijk traject staat niet in de mail; in het postvak alleen voor wie hem al kent."""
    titel = cast.traject.titel
    paden = [
        f"/werk/trajecten/{cast.traject.slug}/",
        f"/organisatie/beraad/{cast.deelname('FNV').pk}/?deel=2",
        f"/werk/trajecten/werkprogramma/{verwacht.pk}/",
        "/bestaat/niet/",
        "/thuis/",
        "/werk/trajecten/bestaat-niet/",
        f"/organisatie/beraad/{WEG}/",
        f"/werk/trajecten/werkprogramma/{WEG}/",
    ]
    berichten = [Bericht(pk=n, pad=pad) for n, pad in enumerate(paden)]
    assert namen(cast.secretaris, berichten) == {0: titel, 1: titel, 2: verwacht.titel}
    assert namen(cast.buitenstaander, berichten) == {}
    fnv = cast.deelname("FNV").contact
    assert fnv is not None
    assert namen(fnv, berichten)[1] == titel
    cnv = cast.deelname("CNV").contact
    assert cnv is not None
    assert not {1, 2} & set(namen(cnv, berichten))
    assert namen(cast.secretaris, []) == {}
