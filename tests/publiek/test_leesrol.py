"""De rol ser_publiek leest het schema publiek en verder niets; bewezen op de database zelf."""

import pytest
from django.db import DatabaseError, connection, connections, transaction

from publiek.migraties import MAP, ROL, vingerafdruk
from publiek.models import Advies
from publiek.verbinding import leestransactie

pytestmark = pytest.mark.django_db


def tabellen(schema: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = %s ORDER BY 1", [schema])
        return [naam for (naam,) in cursor.fetchall()]


def test_geen_enkele_tabel_is_leesbaar() -> None:
    namen = tabellen("public")
    assert len(namen) > 40
    leesbaar = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROL}")
        for naam in namen:
            try:
                with transaction.atomic():
                    cursor.execute(f'SELECT 1 FROM public."{naam}" LIMIT 1')
                leesbaar.append(naam)
            except DatabaseError:
                pass
        cursor.execute("SET LOCAL ROLE NONE")
    assert leesbaar == []


def test_elke_view_is_leesbaar_en_geen_enkele_schrijfbaar() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROL}")
        for naam in tabellen("publiek"):
            cursor.execute(f'SELECT * FROM publiek."{naam}" LIMIT 1')
            cursor.execute("SELECT has_table_privilege(%s, 'INSERT,UPDATE,DELETE,TRUNCATE')", [f"publiek.{naam}"])
            assert cursor.fetchone() == (False,), naam
        cursor.execute("SET LOCAL ROLE NONE")


def test_views_kennen_geen_werkkolommen() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_schema = 'publiek'")
        kolommen = {naam for (naam,) in cursor.fetchall()}
    assert not kolommen & {
        "door_id",
        "door_naam",
        "secretaris_id",
        "gebruiker_id",
        "email",
        "reden_voorzitter",
        "scope",
    }


def test_na_de_leestransactie_is_de_rol_weer_weg() -> None:
    with connection.cursor() as cursor:
        with leestransactie():
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == (ROL,)
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() != (ROL,)


def test_openbare_modellen_schrijven_niet() -> None:
    with pytest.raises(Exception, match="alleen om te lezen"):
        Advies(titel="x").save()
    with pytest.raises(Exception, match="alleen om te lezen"):
        Advies(pk=1).delete()


def test_nieuwste_migratie_hoort_bij_de_sql() -> None:
    """Wie een SQL-bestand wijzigt, maakt een nieuwe migratie met HerbouwSchema; anders draait oude SQL door."""
    nieuwste = max((MAP / "migrations").glob("[0-9]*.py"))
    assert vingerafdruk() in nieuwste.read_text(), f"nieuwe vingerafdruk: {vingerafdruk()}"


@pytest.mark.django_db(transaction=True)
def test_echte_verbinding_draait_onder_de_rol() -> None:
    echt = connections["publiek"]
    assert echt is not connections["default"]
    with echt.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('default_transaction_read_only')")
        assert cursor.fetchone() == (ROL, "on")
        with pytest.raises(DatabaseError):
            cursor.execute("SELECT 1 FROM logboek_gebeurtenis")
