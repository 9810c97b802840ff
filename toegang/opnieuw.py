"""Opnieuw bevestigen wie u bent, vlak voor wat niet meer terug te draaien is: openbaar maken en een stemming sluiten.

allauth bewaart het verstuurde formulier in de sessie, vraagt het wachtwoord, de code of de passkey, en doet daarna
hetzelfde verzoek; een kwartier lang vraagt het niet opnieuw. Dat verzoek gaat rechtstreeks naar de view, langs geen
enkele middleware: daarom vraagt `langs_de_poort` eerst of het nog mag. In de voorbeeldstand staat bevestigen uit, net
als de tweede stap.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY, is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import resolve

from toegang.poort import toets
from toegang.routes import Toegang

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


def langs_de_poort(view: V) -> V:
    """Laat een bevestiging alleen door als wat erna komt nu nog mag; anders vervalt wat bewaard stond.

    Een recht kan vervallen zijn tussen versturen en bevestigen.
    """

    @wraps(view)
    def omhulsel(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        bewaard = request.session.get(STATE_SESSION_KEY, {}).get("request")
        if request.method == "POST" and bewaard:
            eis: Toegang | None = getattr(resolve(json.loads(bewaard)["path_info"]).func, "toegang", None)
            try:
                if eis is None:
                    raise Http404
                weigering = toets(request, eis)
            except Http404:
                del request.session[STATE_SESSION_KEY]
                raise
            if weigering is not None:
                del request.session[STATE_SESSION_KEY]
                return weigering
        return view(request, *args, **kwargs)

    return cast(V, omhulsel)
