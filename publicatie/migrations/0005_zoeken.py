from pathlib import Path

from django.db import migrations

from kern.migraties import Onveranderlijk


# Terug blijven de nieuwere woordregels staan: de oude code zoekt er net zo goed mee.
WEG = """
DROP SCHEMA IF EXISTS publiek CASCADE;
DROP INDEX publicatie_titel_trgm;
ALTER TABLE publicatie_publicatie DROP COLUMN vragers;
"""


class Migration(migrations.Migration):
    dependencies = [("publicatie", "0004_zoekindex_meteen")]
    operations = [
        # De views lezen de zoekkolommen; publiek bouwt ze in haar eigen volgende migratie weer op.
        migrations.RunSQL("DROP SCHEMA IF EXISTS publiek CASCADE", migrations.RunSQL.noop),
        # Een berekende kolom is in een trigger vóór de wijziging nog leeg; zij hoort dus niet in de vergelijking.
        migrations.RunSQL(
            Onveranderlijk("publicatie_publicatie").reverse_sql,
            Onveranderlijk("publicatie_publicatie", behalve=["tot", "zoek", "zoek_kort"]).sql,
        ),
        migrations.RunSQL((Path(__file__).parent.parent / "sql" / "zoeken_3.sql").read_text(), WEG),
        Onveranderlijk("publicatie_publicatie", behalve=["tot", "zoek", "zoek_kort", "vragers"]),
    ]
