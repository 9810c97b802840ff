"""De wereld met in elke vertrouwelijke kolom een kanarie, één keer voor deze toetsen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from kern.tijd import nu
from publicatie.actions import publiceer
from tests.hulp import voer_uitgesteld_uit
from tests.matrix import wereld
from tests.matrix.kanarie import velden
from tests.matrix.ronde import Bezoeker
from tests.publiek.wereld import metadata


@dataclass
class Kooi:
    """Het toneel, de vertrouwelijke kolommen en iemand die bladzijden haalt."""

    toneel: wereld.Toneel
    kolommen: list[velden.Kolom]
    bezoeker: Bezoeker


@pytest.fixture(scope="module")
def _kooi(_toneel: wereld.Toneel, django_db_blocker: Any) -> Iterator[Kooi]:
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(ACCOUNT_RATE_LIMITS=False):
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
        kooi = Kooi(_toneel, alle, Bezoeker(_toneel.rollen))
        yield kooi
        kooi.bezoeker.klaar()
        transaction.set_rollback(True)


@pytest.fixture
def kooi(_kooi: Kooi, db: None) -> Kooi:
    """De wereld met kanaries; wat een toets wijzigt rolt terug."""
    return _kooi
