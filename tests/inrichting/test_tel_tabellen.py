"""Een tabel die na het tellen gevuld is, houdt de database voor leeg tot zij opnieuw geteld is."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from inrichting import archief_vergaderingen

pytestmark = pytest.mark.django_db
INDEX = "vergaderingen_agendapunt_zoek"


def plan() -> str:
    """Geef hoe de database zou zoeken in wat er buiten de adviezen te vinden is."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT count(*) FROM publiek.vindbaar_index WHERE zoek @@ '''rooster'':*'::tsquery")
        return "\n".join(rij[0] for rij in cursor.fetchall())


def test_na_het_tellen_zoekt_de_database_in_de_index() -> None:
    call_command("tel_tabellen")
    archief_vergaderingen.laad(settings.BASE_DIR / "data", lambda record, tekst: pytest.fail(f"{record}: {tekst}"))
    assert INDEX not in plan()  # zij denkt dat er één agendapunt is, en rekent van elk de woorden uit
    call_command("tel_tabellen")
    assert INDEX in plan()
