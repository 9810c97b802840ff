from django.db import migrations

from kern.migraties import Extensies


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [Extensies()]
