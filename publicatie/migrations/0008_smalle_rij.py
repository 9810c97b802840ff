from pathlib import Path

from django.db import migrations

from kern.migraties import Onveranderlijk

OUD = ["tot", "zoek", "zoek_kort", "vragers"]
NIEUW = ["klok", "kabinetsreactie", "zoek_reactie"]
WEG = f"""
DROP SCHEMA IF EXISTS publiek CASCADE;
DROP INDEX IF EXISTS publicatie_met_klok, publicatie_met_reactie, publicatie_advies_klok, publicatie_advies_reactie;
ALTER TABLE publicatie_publicatie {', '.join(f'DROP COLUMN {kolom}' for kolom in NIEUW)};
ALTER TABLE publicatie_publicatie RESET (toast_tuple_target);
"""


class Migration(migrations.Migration):
    dependencies = [("publicatie", "0007_leestekens")]
    operations = [
        migrations.RunSQL(
            Onveranderlijk("publicatie_publicatie").reverse_sql,
            Onveranderlijk("publicatie_publicatie", behalve=OUD).sql,
        ),
        # De views lezen straks de nieuwe kolommen; publiek bouwt ze in haar eigen volgende migratie weer op.
        migrations.RunSQL("DROP INDEX IF EXISTS publicatie_met_klok, publicatie_met_reactie", migrations.RunSQL.noop),
        migrations.RunSQL((Path(__file__).parent.parent / "sql" / "zoeken_5.sql").read_text(), WEG),
        Onveranderlijk("publicatie_publicatie", behalve=[*OUD, *NIEUW]),
    ]
