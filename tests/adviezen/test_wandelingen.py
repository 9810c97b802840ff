"""De korte kant van `./portal bewijs wandelingen`: tweehonderd wandelingen, en dat zij een geplante fout zien."""

import random
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest

from adviezen.actions import aanbieding, toewijzing
from adviezen.enums import Stap
from adviezen.models import Adviestraject
from berichten import actions as berichten
from kern.fouten import PortaalFout
from overgangen import uitvoering
from tests.adviezen import bouw
from tests.bewijs import wandelaar
from tests.bewijs.wandelaar import Wandeling
from tests.bewijs.wandelingen import Boom, verdeel
from tests.hulp import zonder_bewaking

pytestmark = pytest.mark.django_db


def test_tweehonderd_wandelingen_van_dertig_stappen(wereld: bouw.Wereld) -> None:
    boom, trajecten = Boom(wereld, random.Random(17)), Adviestraject.objects.count()
    boom.deel_vergaderingen()
    boom.groei(60, drang=0.25)
    boom.groei(140, drang=0.5)
    assert boom.fouten == []
    assert boom.af == sum(boom.eind.values()) == 200
    assert boom.geweigerd > 100
    assert {Stap.TOEWIJZING, Stap.CONCEPT, Stap.ACHTERBANBERAAD, Stap.VERWERKING, Stap.NAAR_RAAD, Stap.VASTSTELLING,
            Stap.AANBIEDING, Stap.AANGEBODEN} <= boom.standen.keys(), boom.standen  # fmt: skip
    assert Adviestraject.objects.count() == trajecten, "elke wandeling draait terug"


def test_de_takken_tellen_op_tot_alle_wandelingen() -> None:
    loterij = random.Random(1)

    def bladeren(wandelingen: int, nog: int) -> int:
        return sum(bladeren(deel, nog - 1) for deel in verdeel(wandelingen, nog, loterij)) if nog else 1

    assert bladeren(200, 30) == 200
    assert verdeel(1, 30, loterij) == [1]


def _niets(*_: Any, **__: Any) -> None:
    pass


def _dubbel(echt: Callable[..., Any]) -> Callable[..., Any]:
    def tweemaal(**kw: Any) -> Any:
        echt(**kw)
        return echt(**kw)

    return tweemaal


def _half(echt: Callable[..., Any]) -> Callable[..., Any]:
    """Een handeling die bij een weigering toch al iemand bericht stuurde."""

    def handel(*, traject: Any, door: Any, **kw: Any) -> Any:
        try:
            return echt(traject=traject, door=door, **kw)
        except PortaalFout:
            berichten.stuur(ontvanger=door, onderwerp="Proef", pad="/", feit=f"proef.half:{traject.pk}:1")
            raise

    return handel


GEPLANT = {
    "het verloop vergeten": (
        Stap.AANVRAAG, 1.0, mock.patch.object(Adviestraject, "na_overgang", _niets),
        "de laatste gezette stap is niet de stand",
    ),
    "dubbel in het logboek": (
        Stap.AANVRAAG, 1.0, mock.patch.object(uitvoering, "leg_vast", _dubbel(uitvoering.leg_vast)),
        "logboek en gezette stappen verschillen",
    ),
    "een weigering die blijft hangen": (
        Stap.AANVRAAG, 0.0, mock.patch.object(wandelaar, "handel", _half(wandelaar.handel)),
        "werd geweigerd en veranderde toch iets",
    ),
    "een bericht van een andere handeling": (
        Stap.TOEWIJZING, 1.0, mock.patch.object(toewijzing, "feit", lambda t, *_: f"adviezen.bied_aan:{t.pk}:1"),
        "een bericht zonder oorzaak",
    ),
    "aangeboden zonder publicatie": (
        Stap.AANBIEDING, 1.0, mock.patch.object(aanbieding, "maak_openbaar", _niets),
        "stand aangeboden met 0 publicaties",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fout", GEPLANT)
def test_een_geplante_fout_wordt_gezien(fout: str, casts: dict[str, bouw.Cast]) -> None:
    stap, drang, plant, zegt = GEPLANT[fout]
    mensen, loterij = [casts[stap].buitenstaander], random.Random(1)
    with plant:
        w = Wandeling(casts[stap], drang)
        gezien = next((mis for _ in range(6) if (mis := w.stap(loterij, mensen)[2])), [])
    assert any(zegt in mis for mis in gezien), gezien


BUITENOM = {
    "adviezen_stapgang SET naar = 'concept' WHERE overgang = 'bied_aan'": "de laatste gezette stap is niet de stand",
    "adviezen_stapgang SET van = 'concept' WHERE overgang = 'bied_aan'": "een stap begint niet waar de vorige eindigde",
    "adviezen_stapgang SET van = 'aanvraag' WHERE overgang = 'stel_vast'": "een stap die niet bestaat",
    "publicatie_publicatie SET titel = 'Anders'": "een publicatie veranderde van inhoud",
    "adviezen_deelname SET organisatie_id = organisatie_id + 1000": "de kring van een geopende ronde veranderde",
    "logboek_gebeurtenis SET soort = 'adviezen.trek_in' WHERE soort = 'adviezen.bied_aan'": "logboek en gezette",
}


@pytest.mark.parametrize("wijziging", BUITENOM)
def test_wat_buitenom_verandert_wordt_gezien(wijziging: str, casts: dict[str, bouw.Cast]) -> None:
    w = Wandeling(casts[Stap.AANBIEDING])
    assert w._vooruit(random.Random(1)) == "bied_aan"
    assert w.fouten() == []
    with zonder_bewaking() as cursor:
        cursor.execute(f"UPDATE {wijziging}")
    assert any(BUITENOM[wijziging] in mis for mis in w.fouten())
