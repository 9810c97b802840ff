"""Vorige uitgaven van een advies, met wat erin stond."""

from django.db import migrations, models

from publiek.migraties import HerbouwSchema


class Migration(migrations.Migration):
    dependencies = [("publiek", "0009_doorwerking")]
    operations = [
        migrations.AddField("vorigeuitgave", "ingetrokken", models.BooleanField(default=False), preserve_default=False),
        migrations.AddField("vorigeuitgave", "titel", models.TextField(default=""), preserve_default=False),
        migrations.AddField("vorigeuitgave", "html", models.TextField(default=""), preserve_default=False),
        migrations.AddField("vorigeuitgave", "metadata", models.JSONField(default=dict), preserve_default=False),
        migrations.AddField("vorigeuitgave", "voorbeeld", models.BooleanField(default=False), preserve_default=False),
        HerbouwSchema("0010_vorige_uitgaven", "6f22f598832e8c9c"),
    ]
