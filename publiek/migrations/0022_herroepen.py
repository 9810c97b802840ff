from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0021_nieuws")]
    operations = [HerbouwSchema("0022_herroepen", "4ec2f7a6121337b1")]
