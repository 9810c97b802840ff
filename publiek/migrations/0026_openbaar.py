from django.db import migrations, models

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [
        ("publiek", "0025_deels"),
        ("opvolging", "0007_openbaar"),
        ("termijnen", "0005_herroepen"),
    ]
    operations = [
        migrations.CreateModel(
            name="Jaarverslag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("jaar", models.IntegerField()),
                ("aangeboden_op", models.DateField()),
                ("inhoud", models.JSONField()),
                ("vastgesteld_op", models.DateField(null=True)),
                ("vergadering", models.TextField(null=True)),
                ("sha256", models.TextField()),
                ("voorbeeld", models.BooleanField()),
            ],
            options={"db_table": 'publiek"."jaarverslag', "ordering": ["-jaar"], "managed": False},
        ),
        HerbouwSchema("0026_openbaar", "55bd202ca9a932b0"),
    ]
