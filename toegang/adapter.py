"""Onze eigen regels voor allauth: niemand meldt zichzelf aan."""

import logging
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Aanmelden is dicht; accounts maakt de functioneel beheerder, of een uitnodiging."""

    # allauth zegt bij een verkeerd wachtwoord "vul het in", alsof het vak leeg was.
    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": "Dit is niet uw huidige wachtwoord. Probeer het nog eens.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        return str(super().clean_email(email)).lower()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Verstuur een e-mail over het inloggen; weigert de post haar, dan staat dat in het log van het systeem.

        De bladzijde erna zegt wat te doen als er niets komt, en zegt voor elk adres hetzelfde: ook een weigering
        verraadt niet wie er een account heeft.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as fout:
            logger.error("e-mail over het inloggen niet verstuurd: %s", type(fout).__name__)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Er zijn geen gebruikersnamen; het e-mailadres is de inlognaam."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Wie via de identiteitsprovider komt, moet al een account hebben met hetzelfde, bevestigde e-mailadres."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Zeg in het log van het systeem waarom het misging; wat er van de provider kwam staat er niet in."""
        fout = kwargs.get("exception")
        oorzaak = fout.__cause__ or fout if fout is not None else "geen antwoord dat bij een vraag hoort"
        logger.warning("inloggen via de provider mislukt: %s", oorzaak if fout is None else type(oorzaak).__name__)
