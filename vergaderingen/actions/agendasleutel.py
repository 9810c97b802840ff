"""Een eigen agenda-abonnement maken en intrekken."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Any

from django.db import transaction

from kern.tijd import nu
from logboek.actions import leg_vast
from toegang.models import Gebruiker
from vergaderingen.models import Agendasleutel


def hash_van(sleutel: str) -> str:
    """Geef de hash waaronder een sleutel bewaard is. De sleutel zelf is 256 bits, dus zout is niet nodig."""
    return sha256(sleutel.encode()).hexdigest()


def gebruiker_bij(sleutel: str) -> Gebruiker | None:
    """Geef van wie een geldige sleutel is; None als zij onbekend of ingetrokken is, of het account dicht is."""
    rij = (
        Agendasleutel.objects.filter(hash=hash_van(sleutel), ingetrokken_op__isnull=True, gebruiker__is_active=True)
        .select_related("gebruiker")
        .first()
    )
    return None if rij is None else rij.gebruiker


@transaction.atomic
def maak_agendasleutel(*, door: Gebruiker) -> str:
    """Maak een nieuwe sleutel en geef haar terug, de enige keer dat zij te zien is. Een eerdere sleutel vervalt."""
    Gebruiker.objects.select_for_update().get(pk=door.pk)
    _trek_in(door, door)
    sleutel = secrets.token_urlsafe(32)
    rij = Agendasleutel.objects.create(gebruiker=door, hash=hash_van(sleutel), gemaakt_op=nu())
    leg_vast(soort="vergaderingen.maak_agendasleutel", object=rij, door=door)
    return sleutel


@transaction.atomic
def trek_agendasleutel_in(*, door: Gebruiker) -> bool:
    """Trek de geldige sleutel in; geef of er een was. Vanaf nu geeft het adres niets meer."""
    Gebruiker.objects.select_for_update().get(pk=door.pk)
    return _trek_in(door, door)


@transaction.atomic
def laat_agendasleutel_vervallen(*, gebruiker: Gebruiker, reden: str) -> bool:
    """Trek de sleutel in omdat het account hersteld of gesloten is; geef of er een was.

    Wie een wachtwoord herstelt, sluit buiten wie er binnen was; het adres zou zonder wachtwoord blijven geven waar en
    wanneer iemand vergadert. En wie later weer binnen mag, maakt zelf een nieuw adres.
    """
    Gebruiker.objects.select_for_update().get(pk=gebruiker.pk)
    return _trek_in(gebruiker, None, reden)


def na_herstel(sender: Any, user: Gebruiker, **kwargs: Any) -> None:
    """Na "wachtwoord vergeten" (het sein van allauth)."""
    laat_agendasleutel_vervallen(gebruiker=user, reden="Het wachtwoord is hersteld.")


def na_sluiten(sender: Any, instance: Gebruiker, **kwargs: Any) -> None:
    """Na elke wijziging waarmee een account dicht is, langs welke weg ook."""
    if not instance.is_active:
        laat_agendasleutel_vervallen(gebruiker=instance, reden="Het account is gesloten.")


def _trek_in(gebruiker: Gebruiker, door: Gebruiker | None, reden: str = "") -> bool:
    rij = Agendasleutel.objects.filter(gebruiker=gebruiker, ingetrokken_op__isnull=True).first()
    if rij is None:
        return False
    rij.ingetrokken_op = nu()
    rij.save()
    leg_vast(soort="vergaderingen.trek_agendasleutel_in", object=rij, door=door, reden=reden)
    return True
