"""Openbare bladzijden. Elke view: eerst de eis van de route, dan GET, dan de leestransactie."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from publiek.verbinding import leest_openbaar
from toegang.routes import publiek

View = Callable[..., HttpResponse]


def openbaar(view: View) -> View:
    """Merk een view als openbaar, laat alleen GET en HEAD toe en lees onder de rol ser_publiek."""
    return publiek(require_safe(leest_openbaar(view)))


__all__ = ["Any", "HttpRequest", "HttpResponse", "View", "openbaar"]
