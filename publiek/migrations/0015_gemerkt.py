from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0014_vragen")]
    operations = [HerbouwSchema("0015_gemerkt", "c5551fd620e94157")]
