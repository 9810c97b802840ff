"""De openbare lijsten van nevenfuncties en van bekendmakingen."""

from django.db import migrations, models

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0007_zoeken"), ("raad", "0006_nevenfuncties_en_ministeries"), ("vergaderingen", "0006_bekendmaking")]
    operations = [
        migrations.CreateModel(
            name="Nevenfunctie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("persoon_id", models.BigIntegerField()),
                ("persoon", models.TextField()),
                ("sorteersleutel", models.TextField()),
                ("functie", models.TextField()),
                ("waar", models.TextField()),
                ("betaald", models.BooleanField()),
                ("van", models.DateField()),
                ("tot", models.DateField(null=True)),
                ("voorbeeld", models.BooleanField()),
            ],
            options={"db_table": 'publiek"."nevenfunctie', "managed": False},
        ),
        migrations.CreateModel(
            name="Bekendmaking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("soort", models.TextField()),
                ("titel", models.TextField()),
                ("op", models.DateField()),
                ("vindplaats", models.TextField()),
                ("bezwaar_tot", models.DateField(null=True)),
                ("voorbeeld", models.BooleanField()),
                ("vergadering", models.TextField()),
                ("datum", models.DateField(null=True)),
            ],
            options={"db_table": 'publiek"."bekendmaking', "managed": False},
        ),
        HerbouwSchema("0008_nevenfuncties_bekendmakingen", "e6e6e6e83c66c79d"),
    ]
