"""Wie er hoort wat er met een account gebeurt: de persoon zelf, en wie rollen geeft."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from beheer.queries import laatste_voorval, toezichthouders
from berichten.actions import stuur
from berichten.models import Bericht
from berichten.opmaak import NietMeerNodig, Opmaak
from toegang.herstel import GELDIG_DAGEN, pad_voor
from toegang.models import Gebruiker

NIEUW, HERSTEL = "beheer.nieuw_account", "beheer.herstel"


def nieuw_account(bericht: Bericht) -> Opmaak:
    """Geef de e-mail aan wie net een account kreeg, met de link om een wachtwoord te kiezen."""
    return _met_link(bericht, "beheer/nieuw_account.txt")


def herstel(bericht: Bericht) -> Opmaak:
    """Geef de e-mail aan wie zijn tweede stap kwijt was, met de link om een nieuw wachtwoord te kiezen."""
    return _met_link(bericht, "beheer/herstel.txt")


def _met_link(bericht: Bericht, sjabloon: str) -> Opmaak:
    """De link ontstaat pas nu de e-mail vertrekt: in de postbus staat nooit een sleutel."""
    gebruiker = bericht.ontvanger
    if gebruiker is None:  # deze feiten gaan alleen naar een account
        raise NietMeerNodig
    gegevens = {
        "bericht": bericht,
        "gebruiker": gebruiker,
        "adres": settings.PORTAL_ADRES + pad_voor(gebruiker),
        "dagen": GELDIG_DAGEN,
        "opnieuw": settings.PORTAL_ADRES + reverse("account_reset_password"),
    }
    return Opmaak(render_to_string(sjabloon, gegevens))


def meld_zelf(
    gebruiker: Gebruiker, *, soort: str, onderwerp: str, tekst: str, door: Gebruiker, wacht: bool = False
) -> None:
    """Zeg de persoon zelf wat er met zijn account gebeurde; meteen, want wie het niet vroeg moet het meteen weten."""
    stuur(
        ontvanger=gebruiker, onderwerp=onderwerp, tekst=tekst, pad=reverse("account"), door=door, wacht=wacht,
        feit=f"{soort}:{gebruiker.pk}:{laatste_voorval(gebruiker)}",
    )  # fmt: skip


def meld_toezicht(gebruiker: Gebruiker, *, onderwerp: str, tekst: str, door: Gebruiker) -> None:
    """Zeg wie rollen geeft wat er met een account gebeurde, behalve de persoon zelf en wie het deed."""
    for wie in toezichthouders(behalve=door.pk):
        if wie.pk != gebruiker.pk:
            stuur(
                ontvanger=wie, onderwerp=onderwerp, tekst=tekst, door=door, wacht=False,
                pad=reverse("beheer:rol", args=[gebruiker.pk]),
                feit=f"beheer.toezicht:{gebruiker.pk}:{laatste_voorval(gebruiker)}",
            )  # fmt: skip
