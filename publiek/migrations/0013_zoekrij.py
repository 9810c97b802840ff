from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0012_facetten"), ("publicatie", "0009_zoekrij")]
    operations = [HerbouwSchema("0013_zoekrij", "a8f6ee295aa6ab6d")]
