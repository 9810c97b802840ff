"""De navigatie voor schermen achter inloggen; pas berekend als een sjabloon haar gebruikt."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from toegang.navigatie import punten


def navigatie(request: HttpRequest) -> dict[str, Any]:
    """Geef `navigatie`; op openbare bladzijden raakt niets haar aan, dus ook de sessie niet."""
    return {"navigatie": SimpleLazyObject(lambda: punten(request.user, request.path))}
