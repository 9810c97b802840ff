"""Opnieuw bevestigen wie u bent, vlak voor wat niet meer terug te draaien is: openbaar maken en een stemming sluiten.

allauth bewaart het verstuurde formulier in de sessie, vraagt het wachtwoord of de code, en doet daarna hetzelfde
verzoek; een kwartier lang vraagt het niet opnieuw. In de voorbeeldstand staat dit uit, net als de tweede stap.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest

V = TypeVar("V", bound=Callable[..., Any])


def eis_opnieuw(request: HttpRequest) -> None:
    """Vraag opnieuw wie het is als dat langer dan een kwartier geleden is; werpt dan ReauthenticationRequired."""
    if settings.OPNIEUW_BEVESTIGEN and is_reauthentication_required(request, app=""):
        raise ReauthenticationRequired


def opnieuw_bevestigd(view: V) -> V:
    """Laat een POST naar deze view alleen door van wie kort geleden opnieuw bevestigde."""

    @wraps(view)
    def omhulsel(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST":
            eis_opnieuw(request)
        return view(request, *args, **kwargs)

    return cast(V, omhulsel)
