from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0016_oude_kolommen")]
    operations = [HerbouwSchema("0017_woordvormen", "3d86f3732c3d2c75")]
