"""Genodigden zonder account: een meelezer van een organisatie, een journalist onder embargo."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

from adviezen.models import Meelezer, Perslezer
from kern.fouten import InvoerFout
from logboek.actions import leg_vast
from toegang.models import Gebruiker

Genodigde = TypeVar("Genodigde", Meelezer, Perslezer)


def maak_account(*, email: str, naam: str, wie: str, soort: str, voorbeeld: bool, door: Gebruiker) -> Gebruiker:
    """Maak een account zonder wachtwoord en zonder rol; `wie` komt in de melding, `soort` in het logboek.

    Werpt InvoerFout("naam") zonder naam, en InvoerFout("email") als een ander het adres net voor was.
    """
    if not naam.strip():
        raise InvoerFout("naam", f"Dit adres heeft nog geen account. Vul de naam van {wie} in.")
    try:
        with transaction.atomic():
            gebruiker = Gebruiker.objects.create_user(email, naam.strip(), voorbeeld=voorbeeld)
    except IntegrityError as fout:
        raise InvoerFout("email", "Dit adres kreeg zojuist een account. Verstuur het formulier opnieuw.") from fout
    leg_vast(soort=soort, object=gebruiker, door=door, gegevens={"naam": gebruiker.naam})
    return gebruiker


def kies_eerste_wachtwoord(
    zoek: Callable[[str], Genodigde | None], *, code: str, wachtwoord: str, soort: str, anders: str
) -> Genodigde:
    """Kies het eerste wachtwoord met de link uit de e-mail en geef de genodigde; binnen een transactie.

    De rij van het account is het slot: wie de link twee keer gebruikt, krijgt de tweede keer InvoerFout, met `anders`
    als wat hij dan kan doen. `wachtwoord` is al gekeurd.
    """
    gevonden = zoek(code)
    if gevonden is not None:
        Gebruiker.objects.select_for_update(of=("self",)).get(pk=gevonden.gebruiker_id)
        gevonden = zoek(code)
    if gevonden is None:
        raise InvoerFout("", f"Deze link is al gebruikt of geldt niet meer. {anders}")
    gebruiker = gevonden.gebruiker
    gebruiker.set_password(wachtwoord)
    gebruiker.save(update_fields=["password"])
    leg_vast(soort=soort, object=gebruiker, door=gebruiker)
    return gevonden
