"""`manage.py maak_rollen`: drie databaserollen, elk met niet meer dan zij nodig heeft."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from kern.migraties import MERK_ALLEEN_TOEVOEGEN

EIGENAAR, APP, PUBLIEK = "ser_eigenaar", "ser_app", "ser_publiek"
# Welke rol waarmee inlogt; leeg: over de socket, waar de map de toegang bewaakt.
WACHTWOORD_UIT = {
    EIGENAAR: "EIGENAAR_WACHTWOORD",
    APP: "APP_WACHTWOORD",
    PUBLIEK: "PUBLIEK_WACHTWOORD",
}
# De openbare rol leest alleen, en hoogstens vijf seconden; het portaal zet voor zijn eigen vragen tien (verbinding).
# Wie op het slot van een ander wacht houdt een webproces bezet, en twee wachtenden het hele web: na een halve minuut
# krijgt hij zijn invoer terug (toegang.storing), en een werker probeert het later weer.
GRENZEN = {
    APP: {"idle_in_transaction_session_timeout": "60s", "lock_timeout": "30s"},
    PUBLIEK: {"statement_timeout": "5s", "default_transaction_read_only": "on"},
}


class Command(BaseCommand):
    """Maak de rollen als ze er niet zijn, en zet hun rechten op alle tabellen van nu en van later."""

    help = (
        "Maakt ser_eigenaar (bezit de tabellen), ser_app (werkt ermee) en ser_publiek (leest alleen het schema "
        "publiek), en zet hun rechten. Draai het na elke migratie, als beheerder van de database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Voeg --alleen-rollen toe: vóór de eerste migratie, als er nog geen tabellen zijn."""
        parser.add_argument("--alleen-rollen", action="store_true", help="maak de rollen, laat rechten zoals ze zijn")

    def handle(self, *args: Any, **opties: Any) -> None:
        """Voer uit, in één transactie. Werpt CommandError als een rol ontbreekt en niet gemaakt mag worden."""
        with transaction.atomic(), connection.cursor() as cursor:
            gemaakt = maak_rollen(cursor)
            geef_eigenaar_ruimte(cursor)
            if not opties["alleen_rollen"]:
                zet_rechten(cursor)
        if opties["verbosity"]:
            self.stdout.write(f"Rollen in orde: {EIGENAAR}, {APP}, {PUBLIEK} ({gemaakt} nieuw).")


def maak_rollen(cursor: CursorWrapper) -> int:
    """Maak ontbrekende rollen, zet wachtwoorden en grenzen, en geef hoeveel er nieuw zijn.

    Een rol die er al is blijft; zonder CREATEROLE worden wachtwoorden en grenzen overgeslagen.
    Werpt CommandError als een rol ontbreekt en deze gebruiker er geen mag maken.
    """
    cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
    mag = bool(cursor.fetchone()[0])
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(WACHTWOORD_UIT)])
    ontbreekt = set(WACHTWOORD_UIT) - {naam for (naam,) in cursor.fetchall()}
    if ontbreekt and not mag:
        raise CommandError(
            f"Rol {', '.join(sorted(ontbreekt))} ontbreekt en deze gebruiker mag geen rollen maken. "
            "Geef een adres van een beheerder in DATABASE_URL."
        )
    if not mag:
        return 0
    for rol, variabele in WACHTWOORD_UIT.items():
        naam = sql.Identifier(rol)
        if rol in ontbreekt:
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(naam))
        if wachtwoord := settings.OMGEVING[variabele]:
            cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(naam, sql.Literal(wachtwoord)))
        for instelling, waarde in GRENZEN.get(rol, {}).items():
            cursor.execute(
                sql.SQL("ALTER ROLE {} SET {} = {}").format(naam, sql.Identifier(instelling), sql.Literal(waarde))
            )
    return len(ontbreekt)


def geef_eigenaar_ruimte(cursor: CursorWrapper) -> None:
    """Laat de eigenaar schema's, tabellen en (vertrouwde) extensies maken in deze database."""
    cursor.execute("SELECT current_database(), has_database_privilege(%s, current_database(), 'CREATE')", [EIGENAAR])
    database, heeft = cursor.fetchone()
    if not heeft:
        cursor.execute(
            sql.SQL("GRANT CREATE, CONNECT, TEMPORARY ON DATABASE {} TO {}").format(
                sql.Identifier(database), sql.Identifier(EIGENAAR)
            )
        )
    cursor.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [EIGENAAR])
    if not cursor.fetchone()[0]:
        cursor.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(sql.Identifier(EIGENAAR)))


def zet_rechten(cursor: CursorWrapper) -> None:
    """Zet de rechten van de drie rollen op de schema's public en publiek; opnieuw draaien verandert niets."""
    eigenaar, app, publiek = (sql.Identifier(rol) for rol in (EIGENAAR, APP, PUBLIEK))
    cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname IN ('public', 'publiek')")
    schemas = {naam for (naam,) in cursor.fetchall()}
    for schema in sorted(schemas):
        in_schema = sql.Identifier(schema)
        regels = [
            "REVOKE ALL ON SCHEMA {s} FROM PUBLIC",
            "GRANT USAGE ON SCHEMA {s} TO {app}, {publiek}",
            "GRANT USAGE, CREATE ON SCHEMA {s} TO {eigenaar}",
            "REVOKE ALL ON ALL TABLES IN SCHEMA {s} FROM PUBLIC, {publiek}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {s} TO {app}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {s} TO {app}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {eigenaar} IN SCHEMA {s} "
            "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {eigenaar} IN SCHEMA {s} GRANT USAGE, SELECT ON SEQUENCES TO {app}",
        ]
        if schema == "publiek":
            regels += [
                "GRANT SELECT ON ALL TABLES IN SCHEMA {s} TO {publiek}",
                "ALTER DEFAULT PRIVILEGES FOR ROLE {eigenaar} IN SCHEMA {s} GRANT SELECT ON TABLES TO {publiek}",
            ]
        for regel in regels:
            cursor.execute(sql.SQL(regel).format(s=in_schema, eigenaar=eigenaar, app=app, publiek=publiek))
    ontneem_wijzigen(cursor)


def ontneem_wijzigen(cursor: CursorWrapper) -> None:
    """Neem ser_app het recht af om rijen te wijzigen of te wissen in tabellen waar alleen toegevoegd mag worden.

    Zo'n tabel herkent men aan haar commentaar (kern.migraties.AlleenToevoegen).
    """
    cursor.execute(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'publiek') "
        "AND obj_description(c.oid, 'pg_class') = %s",
        [MERK_ALLEEN_TOEVOEGEN],
    )
    for schema, tabel in cursor.fetchall():
        cursor.execute(
            sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                sql.Identifier(schema, tabel), sql.Identifier(APP)
            )
        )
