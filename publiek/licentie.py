"""Onder welke licentie de gegevens staan. De keuze is aan de SER: zonder instelling staat er een voorstel."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Licentie:
    """Een licentie met haar adres en haar URI in de Europese waardelijst; `bevestigd` als de SER haar koos."""

    code: str
    naam: str
    adres: str
    uri: str
    bevestigd: bool


_KEUZES = {
    "cc-by-4.0": (
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/deed.nl",
        "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
    ),
    "cc0": (
        "CC0 1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/deed.nl",
        "http://publications.europa.eu/resource/authority/licence/CC0",
    ),
}
KEUZES = tuple(_KEUZES)
# CC0 is niet terug te draaien, CC BY wel ruimer te maken. Daarom is dit het voorstel.
VOORSTEL = "cc-by-4.0"


def licentie() -> Licentie:
    """Geef de licentie: de keuze van de SER (DATALICENTIE), of het voorstel."""
    code = settings.DATALICENTIE or VOORSTEL
    return Licentie(code, *_KEUZES[code], bevestigd=bool(settings.DATALICENTIE))
