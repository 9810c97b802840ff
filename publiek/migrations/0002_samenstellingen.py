from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [
        ("publiek", "0001_schema"),
        ("publicatie", "0002_samenstellingen"),
        ("termijnen", "0001_initial"),
    ]
    operations = [HerbouwSchema("0002_samenstellingen", "9079cfd0fe8821d0")]
