from django.db import migrations

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0013_zoekrij"), ("publicatie", "0010_kort")]
    operations = [HerbouwSchema("0014_vragen", "fee551931f6f4583")]
