"""Het jaarrooster van de raad, zuiver gerekend: elke derde vrijdag (SER-Wijzer 18), niet op een feestdag.

Een voorstel: de raad kiest zijn eigen dagen. Valt de derde vrijdag op een feestdag, dan is de dag ervoor het voorstel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

from kern.tijd import datum_nl
from vergaderingen.queries import derde_vrijdag


@dataclass(frozen=True)
class Maandvoorstel:
    """Het voorstel voor één maand. `reden` zegt waarom het niet de derde vrijdag is, of waarom er geen voorstel is."""

    maand: int
    dag: date
    reden: str = ""
    reces: bool = False


def zomerreces(jaar: int) -> tuple[date, date]:
    """Geef de eerste en de laatste dag van het zomerreces: zes weken vanaf de maandag na 10 juli.

    Een aanname: het echte reces verschilt per jaar met de schoolvakanties.
    """
    eerste = date(jaar, 7, 11)
    eerste += timedelta(days=-eerste.weekday() % 7)
    return eerste, eerste + timedelta(weeks=6, days=-1)


def feestdagen(jaar: int) -> dict[date, str]:
    """Geef de feestdagen van een jaar met hun naam (algemeen erkende feestdagen, Algemene termijnenwet art. 3)."""
    pasen = easter(jaar)
    koningsdag = date(jaar, 4, 27) if date(jaar, 4, 27).weekday() != 6 else date(jaar, 4, 26)
    return {
        date(jaar, 1, 1): "Nieuwjaarsdag",
        pasen - timedelta(days=2): "Goede Vrijdag",
        pasen + timedelta(days=1): "tweede paasdag",
        koningsdag: "Koningsdag",
        date(jaar, 5, 5): "Bevrijdingsdag",
        pasen + timedelta(days=39): "Hemelvaartsdag",
        pasen + timedelta(days=50): "tweede pinksterdag",
        date(jaar, 12, 25): "eerste kerstdag",
        date(jaar, 12, 26): "tweede kerstdag",
    }


def voorstel(jaar: int, *, reces: tuple[date, date] | None = None, vanaf: date | None = None) -> list[Maandvoorstel]:
    """Geef per maand een voorstel, zonder de maanden waarvan de dag voor `vanaf` ligt.

    `reces` is (eerste, laatste dag), zonder opgave het aangenomen zomerreces; wat erin valt, is niet gekozen.
    """
    vrij = feestdagen(jaar)
    van, tot = reces or zomerreces(jaar)
    in_woorden = "het reces" if reces else f"het zomerreces (aanname: {datum_nl(van)} tot en met {datum_nl(tot)})"
    uit = []
    for maand in range(1, 13):
        dag, reden = derde_vrijdag(jaar, maand), ""
        while dag in vrij or dag.weekday() > 4:
            reden = reden or f"De derde vrijdag is {vrij.get(dag, 'vrij')}."
            dag -= timedelta(days=1)
        in_reces = van <= dag <= tot
        if vanaf is None or dag >= vanaf:
            uit.append(Maandvoorstel(maand, dag, f"Valt in {in_woorden}." if in_reces else reden, in_reces))
    return uit
