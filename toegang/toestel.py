"""Raden vertragen zonder het slachtoffer buiten te sluiten: een toestel dat al eens binnenkwam telt apart.

Mislukte pogingen tellen per netwerkadres en per account. Wie van veel adressen raadt, zou het account zo voor zijn
eigenaar sluiten. Daarom krijgt een toestel na een geslaagde aanmelding een ondertekend koekje voor dat ene account; met
dat koekje tellen de pogingen van dat toestel alleen. Een nagemaakt of ander koekje verandert niets.
"""

from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

from toegang.adapter import AccountAdapter

KOEKJE = "__Secure-toestel" if settings.SESSION_COOKIE_SECURE else "toestel"
ZOUT = "toegang.toestel"
GELDIG = 180 * 24 * 3600


def _account(email: str) -> str:
    return salted_hmac(ZOUT, email.strip().lower(), algorithm="sha256").hexdigest()[:32]


def bekend(request: HttpRequest, email: str) -> str:
    """Geef het kenmerk van dit toestel als het al eens met dit e-mailadres binnenkwam; anders leeg."""
    try:
        inhoud = signing.loads(request.COOKIES.get(KOEKJE, ""), salt=ZOUT, max_age=GELDIG)
    except signing.BadSignature:
        return ""
    past = isinstance(inhoud, list) and len(inhoud) == 2 and inhoud[0] == _account(email)
    return str(inhoud[1]) if past else ""


class Adapter(AccountAdapter):
    """De regels voor inloggen, met bekende toestellen en opnieuw bevestigen zonder gebruikersnaam."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        toestel = bekend(request, str(credentials.get("email") or ""))
        if not toestel:
            super().pre_authenticate(request, **credentials)
            return
        self._login_failed_rl_usage = ratelimit.consume(
            request, app="allauth.account", action="login_failed_toestel", key=toestel
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        antwoord: HttpResponse = super().post_login(request, user, **kwargs)
        kenmerk = bekend(request, user.email) or get_random_string(22)
        antwoord.set_cookie(
            KOEKJE, signing.dumps([_account(user.email), kenmerk], salt=ZOUT), max_age=GELDIG,
            path=settings.LOGIN_URL, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict",
        )  # fmt: skip
        return antwoord

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Vraag het wachtwoord van dit account; een los e-mailadres bij allauth is er niet altijd."""
        from allauth.core import context

        gevonden = self.authenticate(context.request, email=user.email, password=password)
        return gevonden is not None and gevonden.pk == user.pk
