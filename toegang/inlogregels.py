"""Wie er binnenkwam en wie het probeerde, in het log van het systeem; zonder wachtwoord en zonder het adres zelf."""

import logging
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)


def _kenmerk(credentials: dict[str, Any]) -> str:
    """Geef een vast kenmerk van het adres: zo is te zien of er op één account geraden wordt, zonder het te noemen."""
    adres = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
    return salted_hmac("toegang.inlogregels", adres, algorithm="sha256").hexdigest()[:12]


def binnen(sender: Any, user: Any, **kwargs: Any) -> None:
    """Schrijf dat een account binnenkwam."""
    logger.info("ingelogd: account %s", user.pk)


def buiten(sender: Any, user: Any, **kwargs: Any) -> None:
    """Schrijf dat een account uitlogde."""
    logger.info("uitgelogd: account %s", getattr(user, "pk", "-"))


def mislukt(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Schrijf dat inloggen mislukte, met een kenmerk van het ingevulde adres."""
    logger.warning("inloggen mislukt: adres %s", _kenmerk(credentials))


def sluit_aan() -> None:
    """Luister naar Django; vanuit `ready()` van de app."""
    for sein, daad in ((user_logged_in, binnen), (user_logged_out, buiten), (user_login_failed, mislukt)):
        sein.connect(daad, dispatch_uid=f"toegang.inlogregels.{daad.__name__}")
