"""Wat op de werkplek zelf wordt vastgelegd."""

from __future__ import annotations

from django.db import transaction

from logboek.actions import leg_vast
from toegang.models import Gebruiker
from werkplek.queries_waarom import Uitleg, leg_uit


@transaction.atomic
def vraag_waarom(*, wie: Gebruiker, adres: str, reden: str, door: Gebruiker) -> Uitleg:
    """Geef waarom iemand een adres wel of niet opent, en leg de vraag met haar reden vast in het logboek.

    Werpt InvoerFout("adres") bij een adres dat niet bestaat.
    """
    uitleg = leg_uit(wie, adres)
    leg_vast(
        soort="werkplek.vraag_waarom", object=wie, door=door, reden=reden,
        gegevens={"route": uitleg.route, "stukken": list(uitleg.stukken), "ziet": uitleg.ziet},
    )  # fmt: skip
    return uitleg
