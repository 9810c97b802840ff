from django.db import migrations, models

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0023_een_advies"), ("vergaderingen", "0007_vorig_adres")]
    operations = [
        migrations.CreateModel(
            name="VorigAdres",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.TextField()),
                ("nu", models.TextField()),
            ],
            options={"db_table": 'publiek"."vorig_adres', "managed": False},
        ),
        HerbouwSchema("0024_vorig_adres", "18e45a82024a26b6"),
    ]
