"""Werelden die meer toetsbestanden delen: één keer gebouwd per loper; wat een toets eraan doet draait terug.

Een wereld leeft in een open transactie. Zij gaat pas weg als een toets komt die haar niet gebruikt, want die moet een
lege database zien. tests/verdeling.py houdt daarom bij elkaar wat dezelfde wereld gebruikt; in een andere volgorde
klopt alles ook, maar wordt er vaker gebouwd.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from tests.hulp import voer_uitgesteld_uit

# De vaste hulp (fixture) die een wereld leent; de volgorde is die waarin de toetsen draaien.
LENERS = ("_casts", "_wereld", "_vergaderwereld")


class Gedeeld:
    """Houdt hooguit één wereld open."""

    def __init__(self, slot: Any) -> None:
        self._slot = slot  # pytest-django houdt de database dicht buiten toetsen
        self._naam = ""
        self._wereld: Any = None
        self._transactie: transaction.Atomic | None = None
        self.in_gebruik = False

    @contextmanager
    def leen(self, naam: str, bouw: Callable[[], Any]) -> Iterator[Any]:
        """Geef de wereld met deze naam voor één toetsbestand; wat het bestand toevoegt draait aan het eind terug."""
        assert not self.in_gebruik, f"een bestand gebruikt {self._naam} en {naam} tegelijk"
        with self._slot.unblock():
            if naam != self._naam:
                self.sluit()
                self._transactie = transaction.atomic()
                self._transactie.__enter__()
                self._naam, self._wereld = naam, bouw()
                voer_uitgesteld_uit()
            self.in_gebruik = True
            try:
                with transaction.atomic():
                    yield self._wereld
                    transaction.set_rollback(True)
            finally:
                self.in_gebruik = False

    def sluit(self) -> None:
        """Breek de wereld af; daarna is de database leeg zoals een toets haar verwacht."""
        if self._transactie is None:
            return
        with self._slot.unblock():
            transaction.set_rollback(True)
            self._transactie.__exit__(None, None, None)
        self._naam, self._wereld, self._transactie = "", None, None
