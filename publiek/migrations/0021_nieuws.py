from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0020_gevonden")]
    operations = [HerbouwSchema("0021_nieuws", "0465583b721af9bb")]
