"""De versies van de API, nieuwste eerst. Een oude belofte breken kan alleen in een nieuw hoofdnummer (/api/v2)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Uitgave:
    """Een versie met haar dag (ISO) en wat er veranderde."""

    versie: str
    dag: str
    wat: str


UITGAVEN = (
    Uitgave(
        "1.3.0",
        "2026-11-30",
        "De reactiestand heeft twee woorden erbij: deels_afgewacht en deels_uitgebleven. Kwam er een reactie op een "
        "deel van het advies, dan stond daar afgewacht of uitgebleven.",
    ),
    Uitgave(
        "1.2.0",
        "2026-11-30",
        "Erbij: wat er na het uitbrengen van een advies hersteld is, wie er gehoord is, of een commissie het zelf "
        "uitbracht, waarom een agendapunt of een reactie verviel, en bij een ouder advies de PDF van toen.",
    ),
    Uitgave(
        "1.1.0",
        "2026-11-29",
        "Erbij: wat een advies wilde bereiken, de evaluaties en welke nog komen (bij een advies, en als lijst op "
        "/evaluaties).",
    ),
    Uitgave(
        "1.0.0",
        "2026-11-28",
        "Eerste uitgave: adviezen met tekst, standpunten en herkomst, trajecten, aanbevelingen, kabinetsreacties, "
        "de raad op elke dag, commissies, vergaderingen, thema's en bestanden per jaar.",
    ),
)
VERSIE = UITGAVEN[0].versie
