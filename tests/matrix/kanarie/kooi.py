"""De wereld met in elke vertrouwelijke kolom een kanarie."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from kern.tijd import nu
from publicatie.actions import publiceer
from tests.hulp import voer_uitgesteld_uit
from tests.matrix.kanarie import velden
from tests.matrix.ronde import Bezoeker
from tests.matrix.wereld import Toneel
from tests.publiek.wereld import metadata


@dataclass
class Kooi:
    """Het toneel, de vertrouwelijke kolommen en iemand die bladzijden haalt."""

    toneel: Toneel
    kolommen: list[velden.Kolom]
    bezoeker: Bezoeker


@contextmanager
def kooi(toneel: Toneel) -> Iterator[Kooi]:
    """Plant de kanaries in deze wereld, met een advies onder embargo erbij; na afloop is alles weer zoals het was."""
    with transaction.atomic(), override_settings(ACCOUNT_RATE_LIMITS=False):
        cache.clear()
        # Een advies onder embargo: alles ervan is nog van niemand.
        publiceer(
            soort="advies",
            sleutel="advies:embargo",
            titel="kanarieq900q1q embargogeheim",
            html='<p data-blok="a1">kanarieq901q1q embargowoord</p>',
            metadata=metadata(jaar=2026, nummer="2026/99", samenvatting="kanarieq902q1q embargozin"),
            vanaf=nu() + timedelta(days=1),
            door=None,
            voorbeeld=False,
        )
        alle = velden.kolommen()
        velden.plant(alle)
        voer_uitgesteld_uit()
        uit = Kooi(toneel, alle, Bezoeker(toneel.rollen))
        try:
            yield uit
        finally:
            uit.bezoeker.klaar()
            transaction.set_rollback(True)
