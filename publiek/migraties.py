"""De ene migratiehandeling die het schema `publiek` opnieuw opbouwt."""

import hashlib
from pathlib import Path
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

MAP = Path(__file__).resolve().parent
ROL = "ser_publiek"

TELLER = """
CREATE OR REPLACE FUNCTION publiek_stand_op() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE regel bigint; merk text := current_setting('ser.stand', true);
BEGIN
  -- Eén regel per transactie. Zij wordt met de transactie zelf zichtbaar, zonder slot: wie tegelijk schrijft,
  -- wacht niet op elkaar. De stand is de som, dus regels samenvoegen verandert niets.
  IF split_part(merk, ':', 1) = pg_current_xact_id()::text THEN
    UPDATE publiek_stand SET aantal = aantal + 1 WHERE id = split_part(merk, ':', 2)::bigint;
    RETURN NULL;
  END IF;
  INSERT INTO publiek_stand (aantal) VALUES (1) RETURNING id INTO regel;
  PERFORM set_config('ser.stand', pg_current_xact_id()::text || ':' || regel, true);
  IF regel % 100 = 0 THEN
    WITH weg AS (
      DELETE FROM publiek_stand WHERE id IN (
        SELECT id FROM publiek_stand WHERE id < regel ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED)
      RETURNING aantal)
    INSERT INTO publiek_stand (aantal) SELECT sum(aantal) FROM weg HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;
"""
# De voortgang van een PDF verandert geen bladzijde: die twee tabellen tellen niet mee.
TRIGGERS = """
DO $$ DECLARE rij record; BEGIN
  FOR rij IN SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
             WHERE t.tgname = 'publiek_stand' LOOP
    EXECUTE format('DROP TRIGGER publiek_stand ON public.%I', rij.relname);
  END LOOP;
  FOR rij IN
    SELECT DISTINCT bron.relname
    FROM pg_rewrite w
    JOIN pg_class v ON v.oid = w.ev_class AND v.relkind = 'v' AND v.relnamespace = 'publiek'::regnamespace
    JOIN pg_depend d ON d.objid = w.oid AND d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
    JOIN pg_class bron ON bron.oid = d.refobjid AND bron.relkind IN ('r', 'p')
    WHERE bron.relname NOT IN ('publiek_stand', 'stukken_pdfopdracht', 'stukken_bestand')
  LOOP
    EXECUTE format('CREATE TRIGGER publiek_stand AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON public.%I
                    FOR EACH STATEMENT EXECUTE FUNCTION publiek_stand_op()', rij.relname);
  END LOOP;
END $$;
"""
RECHTEN = f"""
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROL}') THEN
    GRANT USAGE ON SCHEMA publiek TO {ROL};
    GRANT SELECT ON ALL TABLES IN SCHEMA publiek TO {ROL};
  END IF;
END $$;
"""


def sql_bestanden() -> list[Path]:
    """Geef de SQL-bestanden van het schema, in de volgorde waarin zij gedraaid worden."""
    return sorted((MAP / "sql").glob("*.sql"))


def vingerafdruk() -> str:
    """Geef een korte som over de SQL van het schema; de nieuwste migratie hoort haar te noemen."""
    som = hashlib.sha256()
    for bestand in sql_bestanden():
        som.update(bestand.read_bytes())
    som.update((TELLER + TRIGGERS).encode())
    return som.hexdigest()[:16]


def bouw_schema(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Laat het schema vallen en bouw het op: views, tellers achter elke brontabel, leesrecht voor de rol."""
    delen = [
        "DROP SCHEMA IF EXISTS publiek CASCADE; CREATE SCHEMA publiek;",
        "CREATE TABLE IF NOT EXISTS publiek_stand (id bigserial PRIMARY KEY, aantal bigint NOT NULL);",
        TELLER,
        *(bestand.read_text() for bestand in sql_bestanden()),
        TRIGGERS,
        "INSERT INTO publiek_stand (aantal) VALUES (1);",
        RECHTEN,
    ]
    for deel in delen:
        schema_editor.execute(deel, params=None)


class HerbouwSchema(Operation):
    """Bouw het schema `publiek` opnieuw op uit publiek/sql/*.sql.

    Alleen de nieuwste migratie van de app doet dat: oudere lezen anders SQL die op tabellen steunt die er dan nog
    niet zijn. `afdruk` is `vingerafdruk()` op het moment van schrijven; een toets eist dat de nieuwste klopt, zodat
    een gewijzigd SQL-bestand altijd een nieuwe migratie krijgt.
    """

    reversible = True

    def __init__(self, naam: str, afdruk: str) -> None:
        self.naam, self.afdruk = naam, afdruk

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """De modellen veranderen niet: zij zijn views."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        nieuwste = max(p.stem for p in (MAP / "migrations").glob("[0-9]*.py"))
        if nieuwste == self.naam:
            bouw_schema(schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Een eerdere vorm van de views is er niet; wie terug moet, rolt de code terug en migreert opnieuw."""

    def describe(self) -> str:
        return "Bouw het schema publiek opnieuw op"
