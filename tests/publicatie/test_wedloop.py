"""Twee publicaties van hetzelfde op hetzelfde moment: na elkaar, en zonder het slot zou de tweede stuklopen."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from publicatie import actions
from publicatie.models import Publicatie

EXCLUSION_VIOLATION, DEADLOCK_DETECTED = "23P01", "40P01"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wedloop]


def tegelijk(aantal: int, doe: Callable[[int], None]) -> list[Exception]:
    """Laat `aantal` draden tegelijk beginnen; geef de fouten die zij kregen."""
    hek, fouten = threading.Barrier(aantal), []

    def draad(nummer: int) -> None:
        try:
            hek.wait()
            doe(nummer)
        except Exception as fout:
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=draad, args=(n,)) for n in range(aantal)]
    for d in draden:
        d.start()
    for d in draden:
        d.join()
    return fouten


def publiceer(nummer: int) -> None:
    actions.publiceer(soort="advies", sleutel="advies:x", titel=f"Titel {nummer}", vanaf=timezone.now(), door=None)


def test_een_openbaar_en_een_keten() -> None:
    assert tegelijk(4, publiceer) == []
    rijen = list(Publicatie.objects.order_by("vanaf", "pk"))
    assert len(rijen) == 4
    assert [r.tot is None for r in rijen] == [False, False, False, True]
    assert [r.tot for r in rijen[:-1]] == [r.vanaf for r in rijen[1:]]


def test_gelijke_inhoud_tegelijk_geeft_een_rij() -> None:
    assert tegelijk(4, lambda _: publiceer(0)) == []
    assert Publicatie.objects.count() == 1


def test_controle_zonder_slot_botst(monkeypatch: pytest.MonkeyPatch) -> None:
    hek = threading.Barrier(2)

    def zonder_slot(sleutel: str) -> object:
        hek.wait()
        return timezone.now()

    laatste = actions.laatste

    def samen(sleutel: str) -> object:
        uit = laatste(sleutel)
        hek.wait()
        return uit

    monkeypatch.setattr(actions, "_vergrendel", zonder_slot)
    monkeypatch.setattr(actions, "laatste", samen)
    fouten = tegelijk(2, publiceer)
    assert len(fouten) == 1
    # De database is het laatste slot: zij weigert de tweede rij, of breekt af wie op elkaar wachten.
    assert getattr(fouten[0].__cause__, "sqlstate", "") in {EXCLUSION_VIOLATION, DEADLOCK_DETECTED}
    assert Publicatie.objects.count() == 1
