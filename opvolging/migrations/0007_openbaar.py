"""Vanaf wanneer een reactie en een jaarverslag openbaar zijn, en welke toezegging herroepen is."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

# Wat er al lag was meteen openbaar. Zonder dit leek het allemaal van vandaag, ook voor de nieuwsupdate.
AL_OPENBAAR = "UPDATE opvolging_kabinetsreactie SET openbaar_vanaf = vastgelegd_op"


def naar(model: str, *, soort: type = models.ForeignKey, related_name: str = "+") -> models.Field:
    return soort(
        to=model, on_delete=django.db.models.deletion.PROTECT, null=True, blank=True, related_name=related_name
    )


class Migration(migrations.Migration):
    dependencies = [
        ("opvolging", "0006_jaarverslag_inhoud"),
        ("stukken", "0002_levensteken"),
        ("vergaderingen", "0007_vorig_adres"),
    ]

    operations = [
        migrations.AddField("jaarverslag", "vastgesteld_bij", naar("vergaderingen.agendapunt")),
        migrations.AddField("jaarverslag", "pdf", naar("stukken.bestand")),
        migrations.AddField(
            "jaarverslag", "openbaar_vanaf", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.AddField(
            "toezegging",
            "vervangt",
            naar("opvolging.toezegging", soort=models.OneToOneField, related_name="vervangen_door"),
        ),
        migrations.AddField("toezegging", "vervallen", models.BooleanField(db_default=False, default=False)),
        migrations.AddField(
            "kabinetsreactie",
            "openbaar_vanaf",
            models.DateTimeField(db_default=Now(), db_index=True, editable=False, null=True),
        ),
        migrations.RunSQL(AL_OPENBAAR, migrations.RunSQL.noop),
    ]
