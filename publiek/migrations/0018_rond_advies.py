from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0017_woordvormen")]
    operations = [HerbouwSchema("0018_rond_advies", "6bd4b15b0a556a5b")]
