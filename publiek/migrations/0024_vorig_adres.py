from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0023_een_advies"), ("vergaderingen", "0007_vorig_adres")]
    operations = [HerbouwSchema("0024_vorig_adres", "18e45a82024a26b6")]
