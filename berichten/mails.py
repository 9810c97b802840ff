"""Van rij naar e-mail: één neutraal sjabloon met een zin en een link, nooit tekst uit een stuk."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from berichten.models import Bericht


def verbinding() -> BaseEmailBackend:
    """Geef een (nog gesloten) verbinding met de post van de instellingen."""
    return get_connection()


def bouw(bericht: Bericht, post: BaseEmailBackend) -> EmailMessage:
    """Maak de e-mail bij een bericht. Werpt BadHeaderError bij een regeleinde in een kopregel."""
    onderwerp = f"VOORBEELD: {bericht.onderwerp}" if bericht.voorbeeld else bericht.onderwerp
    mail = EmailMessage(
        subject=onderwerp,
        body=render_to_string(
            "berichten/mail.txt",
            {"bericht": bericht, "adres": f"{settings.PORTAL_ADRES}{bericht.pad}"},
        ),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[bericht.adres],
        headers={"Message-ID": bericht.message_id, "Auto-Submitted": "auto-generated"},
        connection=post,
    )
    if bericht.bijlage is not None:
        mail.attach(bericht.bijlage.naam, bericht.bijlage.inhoud(), bericht.bijlage.soort)
    return mail


def verstuur(bericht: Bericht, post: BaseEmailBackend) -> None:
    """Verstuur één bericht over een verbinding die voor het volgende open blijft. Werpt wat de post werpt."""
    post.open()
    bouw(bericht, post).send()
