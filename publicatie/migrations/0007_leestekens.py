from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("publicatie", "0006_scan")]
    operations = [
        # De views lezen de zoekkolommen; publiek bouwt ze in haar eigen volgende migratie weer op.
        migrations.RunSQL("DROP SCHEMA IF EXISTS publiek CASCADE", migrations.RunSQL.noop),
        migrations.RunSQL((Path(__file__).parent.parent / "sql" / "zoeken_4.sql").read_text(), migrations.RunSQL.noop),
    ]
