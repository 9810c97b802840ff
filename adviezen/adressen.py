"""De namen van de werkpagina's van een traject: hier wijzen tekorten heen.

Elke naam in `ADRESSEN` is een URL-naam in `adviezen:` met ten minste `slug` van het traject als deel.
"""

from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from adviezen.models import Adviestraject

ADRESSEN: dict[str, str] = {
    "traject": "de pagina van het traject",
    "aanvraag": "de aanvraag wijzigen, brief toevoegen, ontvangst bevestigen",
    "startbesluit": "het startbesluit van een eigen initiatief",
    "criteria": "de criteria beoordelen",
    "toewijzing": "het besluit van het dagelijks bestuur vastleggen",
    "versies": "versies maken, inlezen en vaststellen (wit, groen)",
    "beraad": "een achterbanberaad voorbereiden: termijn, organisaties, toestemming",
    "reacties": "stand van de reacties in de open ronde",
    "verwerking": "de verwerkingstabel",
    "inspraak": "wie er gehoord is",
    "kroonleden": "voortgangsrapportages en kroonledenoverleg",
    "toets": "uitvoerbaarheid, kosten en geraakte groepen",
    "impact": "wat het advies moet bereiken",
    "doelen": "welke doelen van de werkagenda het traject dient",
    "agendering": "op de agenda van een raadsvergadering zetten",
    "standpunten": "oordeel, standpunten en minderheidsnota's vastleggen",
    "aanbieding": "klaarzetten, PDF, brieven, bevestigen, adviesnummer",
    "intrekken": "een openbaar advies intrekken",
    "correctie": "een verkeerd vastgelegd feit herstellen",
}


def adres(naam: str, traject: "Adviestraject", **delen: Any) -> str:
    """Geef het pad van een werkpagina.

    `naam` staat in ADRESSEN; werpt KeyError bij een andere naam, zodat een tikfout opvalt.
    """
    ADRESSEN[naam]
    return reverse(f"adviezen:{naam}", kwargs={"slug": traject.slug, **delen})
