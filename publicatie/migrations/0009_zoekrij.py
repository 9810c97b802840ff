from pathlib import Path

import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

WEG = """
DROP SCHEMA IF EXISTS publiek CASCADE;
DROP TRIGGER publicatie_zoekrij_erbij ON publicatie_publicatie;
DROP TRIGGER publicatie_zoekrij_sluit ON publicatie_publicatie;
DROP FUNCTION publicatie_zoekrij_erbij();
DROP FUNCTION publicatie_zoekrij_sluit();
DROP INDEX publicatie_zoek_gin;
CREATE INDEX publicatie_zoek_gin ON publicatie_publicatie USING gin (zoek) WITH (fastupdate = off);
"""


class Migration(migrations.Migration):
    dependencies = [("publicatie", "0008_smalle_rij")]
    operations = [
        migrations.CreateModel(
            name="Zoekrij",
            fields=[
                (
                    "publicatie",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="publicatie.publicatie",
                    ),
                ),
                ("vanaf", models.DateTimeField()),
                ("advies", models.BooleanField()),
                ("tot", models.DateTimeField(null=True)),
                ("zoek", django.contrib.postgres.search.SearchVectorField(null=True)),
            ],
            options={"verbose_name": "zoekrij", "verbose_name_plural": "zoekrijen"},
        ),
        migrations.RunSQL((Path(__file__).parent.parent / "sql" / "zoekrij.sql").read_text(), WEG),
    ]
