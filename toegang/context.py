"""De navigatie en het kenmerk van de lezer voor schermen achter inloggen; pas berekend als een sjabloon ze gebruikt."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from toegang.navigatie import punten
from toegang.verzoek import lezer


def navigatie(request: HttpRequest) -> dict[str, Any]:
    """Geef `navigatie` en `lezer`; op openbare bladzijden raakt niets haar aan, dus ook de sessie niet."""
    return {
        "navigatie": SimpleLazyObject(lambda: punten(request.user, request.path)),
        "lezer": SimpleLazyObject(lambda: lezer(request)),
    }
