"""Migreer de database van de toetsen zonder bij elke tabel alle modellen opnieuw te bouwen.

Django bouwt bij elke nieuwe tabel alle modellen opnieuw die via via met haar verbonden zijn; hier hangt alles aan
iedereen, en dat kost drie kwart van de tijd. Een model dat er nog niet was heeft niemand die naar hem wijst, dus alleen
hijzelf hoeft erbij; bij de rest volstaan de directe buren, die Django zelf ook neemt waar uitstel mag. Dat hetzelfde
schema ontstaat als bij een echte start, staat in tests/huis/test_portaal.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db.migrations.state import ModelState, ProjectState

_zoek = ProjectState._find_reload_model


def _directe_buren(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> Any:
    return _zoek(self, app_label, model_name, True)


def _alleen_zichzelf(self: ProjectState, model_state: ModelState) -> None:
    sleutel = model_state.app_label, model_state.name_lower
    self.models[sleutel] = model_state
    if self._relations is not None:
        self.resolve_model_relations(sleutel)
    if "apps" in self.__dict__:
        self.apps.render_multiple([model_state])


@contextmanager
def snel() -> Iterator[None]:
    """Bouw in dit blok bij een migratie alleen de modellen die veranderen."""
    with (
        mock.patch.object(ProjectState, "_find_reload_model", _directe_buren),
        mock.patch.object(ProjectState, "add_model", _alleen_zichzelf),
    ):
        yield
