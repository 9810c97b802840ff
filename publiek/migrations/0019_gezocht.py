from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0018_rond_advies")]
    operations = [HerbouwSchema("0019_gezocht", "59439ee0e0cfac12")]
