from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0011_leestekens"), ("publicatie", "0008_smalle_rij")]
    operations = [HerbouwSchema("0012_facetten", "7d73b73b21adec92")]
