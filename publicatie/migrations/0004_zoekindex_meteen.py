from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("publicatie", "0003_index_op_soort_weg")]
    operations = [
        # Zonder wachtlijst: een zoekvraag na veel nieuwe tekst leest anders eerst de hele lijst (gemeten 10 maal trager).
        migrations.RunSQL(
            "ALTER INDEX publicatie_zoek_gin SET (fastupdate = off); SELECT gin_clean_pending_list('publicatie_zoek_gin')",
            "ALTER INDEX publicatie_zoek_gin RESET (fastupdate)",
        ),
    ]
