"""Wie er binnenkwam en wie het probeerde, en wie veranderde waarmee hij binnenkomt, in het log van het systeem.

Zonder wachtwoord en zonder het adres zelf.
"""

import logging
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
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


# Wie een account overneemt, verandert vaak eerst dit: het hoort in het log, wie het ook deed.
WIJZIGINGEN = {
    account.password_set: "wachtwoord gezet",
    account.password_changed: "wachtwoord gewijzigd",
    account.password_reset: "wachtwoord hersteld",
    account.email_added: "e-mailadres erbij",
    account.email_changed: "inlognaam gewijzigd",
    account.email_removed: "e-mailadres weg",
    mfa.authenticator_added: "tweede stap erbij",
    mfa.authenticator_removed: "tweede stap weg",
    mfa.authenticator_reset: "herstelcodes vernieuwd",
}


def gewijzigd(signal: Any, user: Any, **kwargs: Any) -> None:
    """Schrijf dat van een account verandert waarmee men binnenkomt (ASVS 16.3.1)."""
    logger.info("%s: account %s", WIJZIGINGEN[signal], user.pk)


def sluit_aan() -> None:
    """Luister naar Django en allauth; vanuit `ready()` van de app."""
    for sein, daad in ((user_logged_in, binnen), (user_logged_out, buiten), (user_login_failed, mislukt)):
        sein.connect(daad, dispatch_uid=f"toegang.inlogregels.{daad.__name__}")
    for sein in WIJZIGINGEN:
        sein.connect(gewijzigd, dispatch_uid="toegang.inlogregels.gewijzigd")
