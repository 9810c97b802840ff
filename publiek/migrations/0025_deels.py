from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0024_vorig_adres")]
    operations = [HerbouwSchema("0025_deels", "b358dbc764c8d291")]
