"""Een verlenging die herroepen is; de kolom zelf verandert niet."""

from django.db import migrations, models

SOORTEN = [
    ("verlengd", "verlengd"),
    ("gepauzeerd", "stilgezet"),
    ("hervat", "hervat"),
    ("voldaan", "voldaan"),
    ("vervallen", "vervallen"),
    ("heropend", "heropend"),
    ("overgedragen", "overgedragen"),
    ("herroepen", "verlenging herroepen"),
]


class Migration(migrations.Migration):
    dependencies = [("termijnen", "0004_overgedragen")]

    operations = [
        migrations.AlterField("termijnwijziging", "soort", models.CharField(choices=SOORTEN, max_length=12)),
    ]
