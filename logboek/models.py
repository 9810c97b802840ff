"""Het logboek: wie deed wat, wanneer, waaraan. Alleen toevoegen, geschakeld met hashes, zonder verwijzende sleutels."""

from django.db import models
from django.db.models.functions import Now


class Gebeurtenis(models.Model):
    """Eén handeling. Verwijst met nummer én naam, zodat het logboek leesbaar blijft als het object verdwijnt.

    `transactie` is het nummer van de databasetransactie: de toestandsbewaking van `overgangen` eist daarmee
    dat een wijziging en haar gebeurtenis samen vastliggen.
    """

    tijdstip = models.DateTimeField(db_default=Now(), editable=False)
    soort = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(null=True)
    actor_naam = models.CharField(max_length=200)
    object_soort = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64)
    object_naam = models.CharField(max_length=300)
    reden = models.TextField(blank=True)
    gegevens = models.JSONField(default=dict)
    transactie = models.BigIntegerField(
        editable=False,
        db_default=models.Func(function="logboek_transactie", output_field=models.BigIntegerField()),
    )
    voorbeeld = models.BooleanField(default=False)

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["object_soort", "object_id", "id"], name="logboek_object"),
            models.Index(fields=["actor_id", "id"], name="logboek_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.soort} door {self.actor_naam}"


class Schakel(models.Model):
    """De hash van een gebeurtenis en haar voorganger, bij het vastleggen van de transactie gemaakt door de database."""

    volgnummer = models.BigIntegerField(primary_key=True)
    gebeurtenis_id = models.BigIntegerField(unique=True)
    vorige_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "schakel"
        verbose_name_plural = "schakels"

    def __str__(self) -> str:
        return f"{self.volgnummer}: {self.hash[:12]}"


class Inzage(models.Model):
    """Iemand opende een vertrouwelijk stuk. Nooit de tekst zelf; verzegeld in groepen."""

    tijdstip = models.DateTimeField(db_default=Now(), editable=False)
    actor_id = models.BigIntegerField()
    actor_naam = models.CharField(max_length=200)
    object_soort = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64)
    object_naam = models.CharField(max_length=300)

    class Meta:
        verbose_name = "inzage"
        verbose_name_plural = "inzagen"
        ordering = ["pk"]
        indexes = [models.Index(fields=["object_soort", "object_id"], name="logboek_inzage_object")]

    def __str__(self) -> str:
        return f"{self.object_naam} door {self.actor_naam}"


class InzageZegel(models.Model):
    """Het zegel op alle inzagen met een nummer in (vanaf_id, tot_en_met_id]."""

    tijdstip = models.DateTimeField(db_default=Now(), editable=False)
    vanaf_id = models.BigIntegerField()
    tot_en_met_id = models.BigIntegerField(unique=True)
    vorige_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "inzagezegel"
        verbose_name_plural = "inzagezegels"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.vanaf_id}–{self.tot_en_met_id}"
