from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0002_samenstellingen"), ("publicatie", "0003_index_op_soort_weg")]
    operations = [HerbouwSchema("0003_indexen", "a52b9b41941af19e")]
