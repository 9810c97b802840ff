"""Van rij naar e-mail: één neutraal sjabloon met een zin en een link, nooit tekst uit een stuk.

Een bericht aan lezers van buiten kan een eigen opmaak hebben (berichten.opmaak).
"""

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from berichten.models import Bericht
from berichten.opmaak import Opmaak, maker_van


def verbinding() -> BaseEmailBackend:
    """Geef een (nog gesloten) verbinding met de post van de instellingen."""
    return get_connection()


class BijlageOnleesbaar(Exception):
    """De opslag gaf de bijlage niet: dat ligt aan dit ene bericht, en niet aan de post."""


def bouw(bericht: Bericht, post: BaseEmailBackend) -> EmailMessage:
    """Maak de e-mail bij een bericht. Werpt BadHeaderError bij een regeleinde in een kopregel.

    Heeft dit soort feit een eigen opmaak, dan die; zij kan NietMeerNodig werpen. Werpt BijlageOnleesbaar.
    """
    onderwerp = f"VOORBEELD: {bericht.onderwerp}" if bericht.voorbeeld else bericht.onderwerp
    maker = maker_van(bericht.feit)
    opmaak = maker(bericht) if maker else Opmaak(_gewone_tekst(bericht))
    brief = EmailMultiAlternatives(
        subject=onderwerp,
        body=opmaak.tekst,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[bericht.adres],
        headers={"Message-ID": bericht.message_id, "Auto-Submitted": "auto-generated", **opmaak.kopregels},
        connection=post,
    )
    if opmaak.html:
        brief.attach_alternative(opmaak.html, "text/html")
    if bericht.bijlage is not None:
        try:
            brief.attach(bericht.bijlage.naam, bericht.bijlage.inhoud(), bericht.bijlage.soort)
        except OSError as fout:
            raise BijlageOnleesbaar(bericht.bijlage.naam) from fout
    return brief


def _gewone_tekst(bericht: Bericht) -> str:
    adres = f"{settings.PORTAL_ADRES}{bericht.pad}"
    return render_to_string("berichten/mail.txt", {"bericht": bericht, "adres": adres})


def verstuur(bericht: Bericht, post: BaseEmailBackend) -> None:
    """Verstuur één bericht over een verbinding die voor het volgende open blijft. Werpt wat de post werpt."""
    post.open()
    bouw(bericht, post).send()
