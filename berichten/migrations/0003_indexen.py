"""Indexen op wat vaak gevraagd wordt en bijna leeg is; gemaakt terwijl er gewoon post in en uit gaat."""

from django.db import migrations, models

from kern.migraties import IndexErnaast


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("berichten", "0002_bijlage")]
    operations = [
        IndexErnaast(
            "bericht",
            models.Index(
                fields=["-aangemaakt_op", "-id"], condition=models.Q(("status", "mislukt")), name="bericht_apart"
            ),
        ),
        IndexErnaast(
            "bericht",
            models.Index(
                fields=["ontvanger", "niet_voor"],
                condition=models.Q(("gelezen_op__isnull", True)),
                name="bericht_ongelezen",
            ),
        ),
        IndexErnaast(
            "bericht",
            models.Index(
                fields=["-verstuurd_op"],
                condition=models.Q(("verstuurd_op__isnull", False)),
                name="bericht_laatst_verstuurd",
            ),
        ),
    ]
