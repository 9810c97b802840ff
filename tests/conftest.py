"""Wat alle toetsen delen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db.backends.postgresql.operations import DatabaseOperations

from toegang.enums import STAFROLLEN, Rol
from toegang.models import Gebruiker

_leeg = DatabaseOperations.execute_sql_flush


def _leeg_ook_alleen_toevoegen(self: DatabaseOperations, sql_list: list[str]) -> None:
    """TRUNCATE wordt door onze triggers geweigerd; het opruimen na een toets zet ze voor die ene handeling uit."""
    _leeg(
        self,
        ["SET session_replication_role = replica;", *sql_list, "SET session_replication_role = DEFAULT;"],
    )


DatabaseOperations.execute_sql_flush = _leeg_ook_alleen_toevoegen


@pytest.fixture
def maak_gebruiker(db: None) -> Callable[..., Gebruiker]:
    """Geef een functie die een gebruiker maakt, met stafrollen als groepen."""
    teller = iter(range(1, 10_000))

    def maak(naam: str = "", *rollen: Rol, **velden: Any) -> Gebruiker:
        nummer = next(teller)
        naam = naam or f"Gebruiker {nummer}"
        gebruiker = Gebruiker.objects.create_user(f"g{nummer}@voorbeeld.test", naam, None, **velden)
        for rol in rollen:
            assert rol in STAFROLLEN, f"{rol} volgt uit gegevens, niet uit een groep"
            gebruiker.groups.add(Group.objects.get_or_create(name=str(rol))[0])
        return gebruiker

    return maak


@pytest.fixture
def secretaris(maak_gebruiker: Callable[..., Gebruiker]) -> Gebruiker:
    """Een commissiesecretaris."""
    return maak_gebruiker("Secretaris (voorbeeld)", Rol.COMMISSIESECRETARIS)


@pytest.fixture
def buitenstaander(maak_gebruiker: Callable[..., Gebruiker]) -> Gebruiker:
    """Iemand met een account en verder niets."""
    return maak_gebruiker("Buitenstaander (voorbeeld)")


@pytest.fixture(autouse=True)
def _bestanden_apart(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Elke toets schrijft bestanden en post in een eigen map."""
    map = tmp_path_factory.mktemp("var")
    settings.MEDIA_ROOT = map / "bestanden"
    settings.VAR = map
