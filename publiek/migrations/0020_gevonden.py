from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0019_gezocht")]
    operations = [HerbouwSchema("0020_gevonden", "a723a26d9c1182ea")]
