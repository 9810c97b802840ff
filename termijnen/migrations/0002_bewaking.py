from django.db import migrations

from kern.migraties import AlleenToevoegen
from overgangen.migraties import BewaakOvergangen


class Migration(migrations.Migration):
    dependencies = [
        ("termijnen", "0001_initial"),
        ("kern", "0001_initial"),
        ("logboek", "0001_initial"),
    ]

    operations = [
        BewaakOvergangen(
            model="termijnen.termijn",
            tabel="termijnen_termijn",
            veld="status",
            begin=["open"],
            paren=[
                ("open", "gepauzeerd"),
                ("open", "vervallen"),
                ("open", "voldaan"),
                ("gepauzeerd", "open"),
                ("gepauzeerd", "vervallen"),
                ("gepauzeerd", "voldaan"),
                ("voldaan", "open"),
                ("vervallen", "open"),
            ],
        ),
        AlleenToevoegen("termijnen_termijnwijziging"),
        AlleenToevoegen("termijnen_herinnering"),
    ]
