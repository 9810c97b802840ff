"""Tijd van het portaal: Amsterdamse dagen, en hoe een datum in lopende tekst staat."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAGEN = ("ma", "di", "wo", "do", "vr", "za", "zo")
MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MAANDEN_KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
# Zo lang wacht wat een handeling naar buiten brengt (post, publicatie), en zo lang is zij te herroepen (ontwerp §4).
WACHTTIJD = timedelta(minutes=10)


_verzet: ContextVar[timedelta] = ContextVar("verzet", default=timedelta(0))


def nu() -> datetime:
    """Geef het huidige moment, met tijdzone."""
    return timezone.now() + _verzet.get()


@contextmanager
def vertel_vanaf(moment: datetime) -> Iterator[None]:
    """Laat de voorbeeldwereld haar verleden vertellen: binnen dit blok is het `moment`.

    Alleen voor verzonnen rijen. Het logboek en alles wat de database zelf dateert, houden de echte tijd.
    Werpt RuntimeError buiten de voorbeeldstand en voor een moment in de toekomst.
    """
    if not settings.VOORBEELD:
        raise RuntimeError("De tijd verzetten kan alleen in de voorbeeldstand (PORTAL_VOORBEELD=1).")
    if moment > timezone.now():
        raise RuntimeError("De voorbeeldwereld vertelt over vroeger, niet over later.")
    merk = _verzet.set(moment - timezone.now())
    try:
        yield
    finally:
        _verzet.reset(merk)


def dag_van(moment: datetime) -> date:
    """Geef de Amsterdamse kalenderdag van een moment met tijdzone."""
    return moment.astimezone(AMSTERDAM).date()


def vandaag() -> date:
    """Geef de Amsterdamse kalenderdag van nu (00.30 uur in Amsterdam is in UTC nog gisteren)."""
    return dag_van(nu())


def datum_nl(dag: date, *, weekdag: bool = True) -> str:
    """Geef een dag als "do 16 maart 2023"; zonder weekdag als "16 maart 2023"."""
    kern = f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"
    return f"{DAGEN[dag.weekday()]} {kern}" if weekdag else kern


def datum_met_precisie(dag: date | None, precisie: str, *, afgeleid: bool = False) -> str:
    """Geef een datum zoals zij bekend is: "juni 2023 (dag onbekend)", "1965", "do 16 maart 2023 (afgeleid)".

    `precisie` is dag, maand, jaar of onbekend (kern.models.Precisie). Zonder datum: "datum niet bekend".
    """
    if dag is None or precisie == "onbekend":
        return "datum niet bekend"
    if precisie == "jaar":
        tekst = f"{dag.year} (dag onbekend)"
    elif precisie == "maand":
        tekst = f"{MAANDEN[dag.month - 1]} {dag.year} (dag onbekend)"
    else:
        tekst = datum_nl(dag)
    return f"{tekst} (afgeleid)" if afgeleid else tekst


def moment_nl(moment: datetime) -> str:
    """Geef een moment als "do 16 maart 2023, 10.15 uur" (Amsterdamse tijd)."""
    lokaal = moment.astimezone(AMSTERDAM)
    return f"{datum_nl(lokaal.date())}, {lokaal.hour}.{lokaal.minute:02d} uur"


LANG = 2 * 366  # vanaf hier zegt een aantal dagen niemand meer iets


def duur_nl(dagen: int) -> str:
    """Geef hoe ver een datum weg is: "nog 12 dagen", "vandaag", "sinds 3 dagen verstreken", "nog ruim 4 jaar"."""
    if dagen == 0:
        return "vandaag"
    if dagen >= LANG:
        return f"nog ruim {dagen // 365} jaar"
    woord = "dag" if abs(dagen) == 1 else "dagen"
    return f"nog {dagen} {woord}" if dagen > 0 else f"sinds {-dagen} {woord} verstreken"
