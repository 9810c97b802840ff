from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0015_gemerkt")]
    operations = [HerbouwSchema("0016_oude_kolommen", "23a3afbedce7cf31")]
