from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0003_indexen"), ("opvolging", "0001_initial"), ("publicatie", "0004_zoekindex_meteen")]
    operations = [HerbouwSchema("0004_opvolging", "c6e8dfc664dda99c")]
