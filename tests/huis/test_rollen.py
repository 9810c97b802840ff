"""De drie databaserollen, op de echte tabellen: wat elke rol kan en vooral wat zij niet kan."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from kern.migraties import MERK_ALLEEN_TOEVOEGEN
from ser_portal.settings import database

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rollen() -> None:
    """Zet de rollen zoals na een migratie; de toets draait ze met haar transactie terug."""
    call_command("maak_rollen", verbosity=0)


@contextmanager
def als(rol: str) -> Iterator[None]:
    """Werk even als een rol; na een fout zet het terugdraaien van het savepoint de rol terug."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {rol}")
        yield
        cursor.execute("RESET ROLE")


def doe(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rij = cursor.fetchone() if cursor.description else None
        return rij[0] if rij else None


def tabellen(voorwaarde: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            f"WHERE c.relkind IN ('r', 'p') AND {voorwaarde} ORDER BY 1"
        )
        return [naam for (naam,) in cursor.fetchall()]


def mag(rol: str, tabel: str, recht: str) -> bool:
    return bool(doe(f"SELECT has_table_privilege('{rol}', '{tabel}', '{recht}')"))


def test_app_werkt_met_elke_tabel_van_het_werk() -> None:
    for tabel in tabellen("n.nspname = 'public'"):
        assert mag("ser_app", tabel, "SELECT"), tabel
        assert mag("ser_app", tabel, "INSERT"), tabel
        assert not mag("ser_app", tabel, "TRUNCATE"), tabel


def test_app_wijzigt_niets_waar_alleen_toegevoegd_wordt() -> None:
    merk = f"obj_description(c.oid, 'pg_class') = '{MERK_ALLEEN_TOEVOEGEN}'"
    streng = tabellen(merk)
    assert "public.logboek_gebeurtenis" in streng
    for tabel in streng:
        assert mag("ser_app", tabel, "INSERT"), tabel
        assert not any(mag("ser_app", tabel, recht) for recht in ("UPDATE", "DELETE", "TRUNCATE")), tabel
    for tabel in tabellen(f"n.nspname = 'public' AND ({merk}) IS NOT TRUE"):
        assert mag("ser_app", tabel, "UPDATE"), tabel


def test_app_bezit_niets_en_maakt_niets() -> None:
    assert doe("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = 'ser_app'") == 0
    with pytest.raises(DatabaseError, match="permission denied"), als("ser_app"):
        doe("CREATE TABLE van_mij (nr int)")


def test_publiek_ziet_geen_enkele_tabel_van_het_werk() -> None:
    assert [t for t in tabellen("n.nspname = 'public'") if mag("ser_publiek", t, "SELECT")] == []
    with pytest.raises(DatabaseError, match="permission denied"), als("ser_publiek"):
        doe("SELECT count(*) FROM toegang_gebruiker")


def test_publiek_leest_wat_in_het_schema_publiek_staat_ook_wat_er_later_bij_komt() -> None:
    doe("CREATE SCHEMA IF NOT EXISTS publiek")
    call_command("maak_rollen", verbosity=0)
    doe("ALTER SCHEMA publiek OWNER TO ser_eigenaar")
    with als("ser_eigenaar"):
        doe("CREATE TABLE publiek.proef AS SELECT 7 AS nr")
    with als("ser_publiek"):
        assert doe("SELECT nr FROM publiek.proef") == 7
    with pytest.raises(DatabaseError, match="permission denied"), als("ser_publiek"):
        doe("INSERT INTO publiek.proef VALUES (8)")


def test_publiek_leest_alleen_en_niet_te_lang() -> None:
    instellingen = doe(
        "SELECT array_to_string(setconfig, ' ') FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole "
        "WHERE r.rolname = 'ser_publiek' AND s.setdatabase = 0"
    )
    assert "statement_timeout=5s" in str(instellingen)
    assert "default_transaction_read_only=on" in str(instellingen)


def test_nieuwe_tabel_van_de_eigenaar_is_meteen_van_het_werk() -> None:
    with als("ser_eigenaar"):
        doe("CREATE TABLE later (nr serial)")
    with als("ser_app"):
        doe("INSERT INTO later DEFAULT VALUES")
        assert doe("SELECT count(*) FROM later") == 1


def test_wachtwoord_komt_uit_de_omgeving(settings: Any) -> None:
    assert doe("SELECT rolpassword IS NULL FROM pg_authid WHERE rolname = 'ser_app'") is True
    settings.OMGEVING = settings.OMGEVING | {"APP_WACHTWOORD": "een 'lastig' wachtwoord"}
    call_command("maak_rollen", alleen_rollen=True, verbosity=0)
    assert doe("SELECT rolpassword IS NOT NULL FROM pg_authid WHERE rolname = 'ser_app'") is True


def test_zonder_recht_op_rollen_een_duidelijke_regel() -> None:
    with als("ser_app"):
        # Alles is er al: dan is er niets te maken, en dat mag.
        call_command("maak_rollen", alleen_rollen=True, verbosity=0)
    doe("ALTER ROLE ser_publiek RENAME TO ser_anders")
    with pytest.raises(CommandError, match="ser_publiek ontbreekt.*mag geen rollen maken"), als("ser_app"):
        call_command("maak_rollen", alleen_rollen=True, verbosity=0)


def test_opnieuw_draaien_verandert_niets(capsys: pytest.CaptureFixture[str]) -> None:
    voor = doe("SELECT string_agg(relname || coalesce(relacl::text, ''), ' ' ORDER BY oid) FROM pg_class")
    call_command("maak_rollen")
    assert doe("SELECT string_agg(relname || coalesce(relacl::text, ''), ' ' ORDER BY oid) FROM pg_class") == voor
    assert "(0 nieuw)" in capsys.readouterr().out


def test_wie_op_een_slot_wacht_houdt_het_web_niet_bezet() -> None:
    instellingen = doe(
        "SELECT array_to_string(setconfig, ' ') FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole "
        "WHERE r.rolname = 'ser_app' AND s.setdatabase = 0"
    )
    assert "lock_timeout=30s" in str(instellingen)


def test_een_database_die_zwijgt_houdt_niemand_vast() -> None:
    """En wie in het adres iets anders zet, krijgt dat."""
    for naam in ("default", "publiek"):
        grenzen = settings.DATABASES[naam]["OPTIONS"]
        assert (grenzen["connect_timeout"], grenzen["tcp_user_timeout"]) == (5, 30_000)
    eigen = database("postgres://ser@db.voorbeeld.test/ser?connect_timeout=20&sslmode=require")["OPTIONS"]
    assert {naam: str(eigen[naam]) for naam in ("connect_timeout", "sslmode", "keepalives_idle")} == {
        "connect_timeout": "20", "sslmode": "require", "keepalives_idle": "30",
    }  # fmt: skip
