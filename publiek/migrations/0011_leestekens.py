from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0010_vorige_uitgaven"), ("publicatie", "0007_leestekens")]
    operations = [HerbouwSchema("0011_leestekens", "6f22f598832e8c9c")]
