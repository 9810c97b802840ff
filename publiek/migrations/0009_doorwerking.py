"""De evaluaties van adviezen, en welke nog komen."""

from django.db import migrations, models

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0008_nevenfuncties_bekendmakingen"), ("opvolging", "0005_evaluatie")]
    operations = [
        migrations.CreateModel(
            name="Evaluatie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kenmerk", models.TextField()),
                ("na_jaren", models.IntegerField()),
                ("per", models.DateField()),
                ("uitwerking", models.TextField()),
                ("bevindingen", models.TextField()),
                ("groepen", models.TextField()),
                ("geraadpleegd", models.TextField()),
                ("vastgelegd_op", models.DateField()),
                ("geldt", models.BooleanField()),
                ("voorbeeld", models.BooleanField()),
            ],
            options={"db_table": 'publiek"."evaluatie', "ordering": ["per", "id"], "managed": False},
        ),
        migrations.CreateModel(
            name="Evaluatietermijn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kenmerk", models.TextField()),
                ("na_jaren", models.IntegerField()),
                ("vervalt_op", models.DateField()),
                ("voorbeeld", models.BooleanField()),
            ],
            options={"db_table": 'publiek"."evaluatietermijn', "ordering": ["vervalt_op"], "managed": False},
        ),
        HerbouwSchema("0009_doorwerking", "f4519b243ea94833"),
    ]
