"""Een soort termijn voor de toetsen, en een object om haar aan te hangen."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine

from kern.tijd import AMSTERDAM
from termijnen import actions, ladders, soorten
from termijnen.models import Termijn

# Elke trede met haast: zo heeft elk feit een eigen bericht. Het overzicht heeft zijn eigen toetsen.
MET_HAAST = tuple(replace(trede, spoed=True) for trede in ladders.KABINETSREACTIE)


def om(dag: date, uur: int = 12, minuut: int = 0) -> datetime:
    """Geef een moment op een Amsterdamse dag."""
    return datetime.combine(dag, time(uur, minuut), AMSTERDAM)


@pytest.fixture
def reis() -> Iterator[Callable[[date], datetime]]:
    """Geef een functie die de klok op een Amsterdamse dag (12.00 uur) zet."""
    reizigers: list[Any] = []

    def naar(dag: date, uur: int = 12, minuut: int = 0) -> datetime:
        while reizigers:
            reizigers.pop().stop()
        moment = om(dag, uur, minuut)
        reiziger = time_machine.travel(moment, tick=False)
        reiziger.start()
        reizigers.append(reiziger)
        return moment

    yield naar
    while reizigers:
        reizigers.pop().stop()


@pytest.fixture
def proefsoort(monkeypatch: pytest.MonkeyPatch, secretaris: Any) -> list[Any]:
    """Meld de soort "proef" aan, met de ladder van de kabinetsreactie; geeft de lijst van ontvangers om te wijzigen."""
    ontvangers = [secretaris]
    soort = soorten.SoortTermijn(
        naam="proef",
        omschrijving="Proeftermijn",
        regel="kabinetsreactie",
        ladder=MET_HAAST,
        ontvangers=lambda termijn, dag: ontvangers,
        adres=lambda termijn: f"/werk/proef/{termijn.object_id}/",
    )
    monkeypatch.setitem(soorten._soorten, "proef", soort)
    return ontvangers


@pytest.fixture
def open_proef(proefsoort: Any, maak_gebruiker: Any, secretaris: Any) -> Callable[..., Termijn]:
    """Geef een functie die een proeftermijn opent op een nieuw object."""

    def maak(basis: date, **kw: Any) -> Termijn:
        return actions.open_termijn(
            **{"soort": "proef", "object": maak_gebruiker("Dossier"), "basis": basis, "door": secretaris} | kw
        )

    return maak
