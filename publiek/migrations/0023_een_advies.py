from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0022_herroepen")]
    operations = [HerbouwSchema("0023_een_advies", "4be3cde384828054")]
