"""Migratiehandelingen die de database zelf laten weigeren wat het huis verbiedt."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations.operations import RunSQL

MERK_ALLEEN_TOEVOEGEN = "alleen-toevoegen"


class AlleenToevoegen(RunSQL):
    """Een tabel waaraan alleen toegevoegd wordt: UPDATE, DELETE en TRUNCATE worden geweigerd.

    Het commentaar op de tabel vertelt `maak_rollen` dat ook de rechten ingetrokken worden.
    """

    def __init__(self, tabel: str) -> None:
        self.tabel = tabel
        super().__init__(
            sql=f"""
                CREATE TRIGGER {tabel}_alleen_toevoegen_rij BEFORE UPDATE OR DELETE ON {tabel}
                    FOR EACH ROW EXECUTE FUNCTION kern_weiger_wijziging();
                CREATE TRIGGER {tabel}_alleen_toevoegen_leeg BEFORE TRUNCATE ON {tabel}
                    FOR EACH STATEMENT EXECUTE FUNCTION kern_weiger_wijziging();
                COMMENT ON TABLE {tabel} IS '{MERK_ALLEEN_TOEVOEGEN}';
            """,
            reverse_sql=f"""
                DROP TRIGGER IF EXISTS {tabel}_alleen_toevoegen_rij ON {tabel};
                DROP TRIGGER IF EXISTS {tabel}_alleen_toevoegen_leeg ON {tabel};
                COMMENT ON TABLE {tabel} IS NULL;
            """,
        )

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (self.__class__.__name__, [self.tabel], {})


class Onveranderlijk(RunSQL):
    """Een tabel waarvan rijen niet verwijderd en alleen in de kolommen `behalve` gewijzigd worden."""

    def __init__(self, tabel: str, behalve: Sequence[str] = ()) -> None:
        self.tabel, self.behalve = tabel, tuple(behalve)
        lijst = "ARRAY[" + ",".join(f"'{kolom}'" for kolom in self.behalve) + "]::text[]"
        super().__init__(
            sql=f"""
                CREATE FUNCTION {tabel}_onveranderlijk() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - {lijst}) IS DISTINCT FROM (to_jsonb(OLD) - {lijst}) THEN
                        RAISE EXCEPTION 'Rij in {tabel} is onveranderlijk' USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER {tabel}_onveranderlijk_rij BEFORE UPDATE OR DELETE ON {tabel}
                    FOR EACH ROW EXECUTE FUNCTION {tabel}_onveranderlijk();
                CREATE TRIGGER {tabel}_onveranderlijk_leeg BEFORE TRUNCATE ON {tabel}
                    FOR EACH STATEMENT EXECUTE FUNCTION kern_weiger_wijziging();
            """,
            reverse_sql=f"""
                DROP TRIGGER IF EXISTS {tabel}_onveranderlijk_rij ON {tabel};
                DROP TRIGGER IF EXISTS {tabel}_onveranderlijk_leeg ON {tabel};
                DROP FUNCTION IF EXISTS {tabel}_onveranderlijk();
            """,
        )

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (self.__class__.__name__, [self.tabel], {"behalve": self.behalve})


class Extensies(RunSQL):
    """Wat het huis van PostgreSQL vraagt: unaccent, pg_trgm, btree_gist, zoeken in het Nederlands, sorteren.

    De ingebouwde taalregels sorteren op teken; daarom sorteert alles op `kern_sorteersleutel`.
    """

    def __init__(self) -> None:
        super().__init__(
            sql="""
                CREATE EXTENSION IF NOT EXISTS unaccent;
                CREATE EXTENSION IF NOT EXISTS pg_trgm;
                CREATE EXTENSION IF NOT EXISTS btree_gist;
                CREATE TEXT SEARCH CONFIGURATION nl_ser (COPY = dutch);
                ALTER TEXT SEARCH CONFIGURATION nl_ser
                    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, dutch_stem;
                CREATE FUNCTION kern_sorteersleutel(invoer text) RETURNS text
                    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
                    RETURN lower(public.unaccent('public.unaccent'::regdictionary, invoer));
                CREATE FUNCTION kern_vandaag() RETURNS date
                    LANGUAGE sql STABLE PARALLEL SAFE
                    RETURN (now() AT TIME ZONE 'Europe/Amsterdam')::date;
                CREATE FUNCTION kern_weiger_wijziging() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'Aan % wordt alleen toegevoegd', TG_TABLE_NAME
                        USING ERRCODE = 'restrict_violation';
                END $$;
            """,
            reverse_sql="""
                DROP FUNCTION kern_weiger_wijziging();
                DROP FUNCTION kern_vandaag();
                DROP FUNCTION kern_sorteersleutel(text);
                DROP TEXT SEARCH CONFIGURATION nl_ser;
            """,
        )

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (self.__class__.__name__, [], {})


class IndexErnaast(AddIndexConcurrently):
    """Een index die ontstaat terwijl anderen lezen en schrijven; de migratie heeft `atomic = False`.

    Wordt zo'n migratie afgebroken, dan blijft een halve index staan die nooit gebruikt wordt en de volgende poging
    weigert. Daarom gaat die eerst weg.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Haal een halve index weg en maak de hele. Werpt NotSupportedError in een transactie."""
        self._ensure_not_in_transaction(schema_editor)
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {schema_editor.quote_name(self.index.name)}")
        super().database_forwards(app_label, schema_editor, from_state, to_state)
