from django.db import migrations, models

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0006_aanbevelingen"), ("publicatie", "0006_scan")]
    operations = [
        migrations.CreateModel(
            name="VorigeUitgave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kenmerk", models.TextField()),
                ("vanaf", models.DateTimeField()),
                ("tot", models.DateTimeField()),
            ],
            options={"db_table": 'publiek"."vorige_uitgave', "managed": False},
        ),
        migrations.CreateModel(
            name="Archiefpdf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("status", models.TextField()),
                ("voortgang", models.IntegerField()),
                ("fout", models.TextField()),
                ("sha256", models.TextField()),
            ],
            options={"db_table": 'publiek"."archiefpdf', "managed": False},
        ),
        HerbouwSchema("0007_zoeken", "e619fd8b2449e4e3"),
    ]
