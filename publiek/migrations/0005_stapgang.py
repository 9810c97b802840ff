from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0004_opvolging")]
    operations = [HerbouwSchema("0005_stapgang", "575d14c5d07f9e61")]
