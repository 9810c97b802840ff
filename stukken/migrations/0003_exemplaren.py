"""Een exemplaar op naam van een lezer mag weg; elk ander bestand blijft wat het is (stukken.exemplaren)."""

from django.db import migrations

# De functie van kern.migraties.Onveranderlijk("stukken_bestand"), met of zonder deze ene uitzondering.
FUNCTIE = """
    CREATE OR REPLACE FUNCTION stukken_bestand_onveranderlijk() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        {uitzondering}
        IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - ARRAY[]::text[]) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY[]::text[]) THEN
            RAISE EXCEPTION 'Rij in stukken_bestand is onveranderlijk' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;
"""
UITZONDERING = """
        IF TG_OP = 'DELETE' AND EXISTS (
            SELECT FROM stukken_pdfopdracht o
            WHERE o.bestand_id = OLD.id AND o.soort IN ('versie', 'antwoorden', 'bundel', 'bundelstuk')
        ) THEN
            RETURN OLD;
        END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("stukken", "0002_levensteken")]
    operations = [
        migrations.RunSQL(
            FUNCTIE.format(uitzondering=UITZONDERING.strip()), FUNCTIE.format(uitzondering="")
        )
    ]
