"""De aanbieding van een vastgesteld advies aan de adviesvragers (stap 8)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.models import Versioneerbaar
from kern.tijd import nu


class Aanbieding(Versioneerbaar):
    """Wat klaarligt om aan te bieden. Een ander dan wie klaarzette, bevestigt (ook de database eist dat).

    `versie` is de vastgestelde tekst, `pdf` het bestand en `pdf_van_hash` de hash van de tekst waarvan het
    gemaakt is: verschilt die van `versie.hash`, dan is de PDF verouderd. `embargo_tot` is het moment
    waarop het advies openbaar wordt als dat later is dan tien minuten na het aanbieden.
    """

    traject = models.OneToOneField("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="aanbieding")
    versie = models.ForeignKey("adviezen.Versie", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pdf = models.ForeignKey("stukken.Bestand", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pdf_van_hash = models.CharField(max_length=64, blank=True, default="")
    klaargezet_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    klaargezet_op = models.DateTimeField(null=True, blank=True)
    bevestigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    bevestigd_op = models.DateTimeField(null=True, blank=True)
    embargo_tot = models.DateTimeField("embargo tot", null=True, blank=True)
    ontvangst_bevestigd_op = models.DateField("ontvangst bevestigd op", null=True, blank=True)

    class Meta:
        verbose_name = "aanbieding"
        verbose_name_plural = "aanbiedingen"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(klaargezet_op__isnull=True) | Q(klaargezet_door__isnull=False),
                name="adviezen_aanbieding_klaargezet",
            ),
            models.CheckConstraint(
                condition=Q(bevestigd_op__isnull=True, bevestigd_door__isnull=True)
                | Q(
                    bevestigd_door__isnull=False,
                    bevestigd_op__isnull=False,
                    klaargezet_op__isnull=False,
                    bevestigd_op__gte=F("klaargezet_op"),
                ),
                name="adviezen_aanbieding_bevestigd",
            ),
            models.CheckConstraint(
                condition=Q(bevestigd_door__isnull=True) | ~Q(bevestigd_door=F("klaargezet_door")),
                name="adviezen_aanbieding_twee_personen",
                violation_error_message="Een ander dan wie klaarzette, bevestigt de aanbieding.",
            ),
        ]

    def __str__(self) -> str:
        return f"aanbieding van {self.traject}"


class Aanbiedingsbrief(models.Model):
    """Eén brief bij het advies. `afschrift`: een kopie, bijvoorbeeld aan de minister bij een advies aan een Kamer.

    De paraaf zegt dat iemand anders dan wie tekent de brief nalas; aftekenen is de handtekening van de algemeen
    secretaris. Verandert de tekst, dan vervallen beide.
    """

    aanbieding = models.ForeignKey(Aanbieding, on_delete=models.PROTECT, related_name="brieven")
    vrager = models.ForeignKey(
        "adviezen.Adviesvrager", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    aan = models.CharField("aan", max_length=300)
    html = models.TextField("tekst")
    afschrift = models.BooleanField("afschrift", default=False)
    geparafeerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    geparafeerd_op = models.DateTimeField(null=True, blank=True)
    afgetekend_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    afgetekend_op = models.DateTimeField(null=True, blank=True)
    aangemaakt_op = models.DateTimeField(default=nu, editable=False)

    class Meta:
        verbose_name = "aanbiedingsbrief"
        verbose_name_plural = "aanbiedingsbrieven"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(html="") & ~Q(aan=""),
                name="adviezen_brief_inhoud",
                violation_error_message="Vul de geadresseerde en de tekst van de brief in.",
            ),
            models.CheckConstraint(
                condition=Q(afgetekend_op__isnull=True, afgetekend_door__isnull=True)
                | Q(afgetekend_op__isnull=False, afgetekend_door__isnull=False),
                name="adviezen_brief_afgetekend",
            ),
            models.CheckConstraint(
                condition=Q(geparafeerd_op__isnull=True, geparafeerd_door__isnull=True)
                | Q(geparafeerd_op__isnull=False, geparafeerd_door__isnull=False),
                name="adviezen_brief_geparafeerd",
            ),
            models.CheckConstraint(
                condition=Q(geparafeerd_door__isnull=True) | ~Q(geparafeerd_door=F("afgetekend_door")),
                name="adviezen_brief_paraaf_en_handtekening",
                violation_error_message="Wie tekent, parafeert niet ook.",
            ),
        ]

    def __str__(self) -> str:
        return f"brief aan {self.aan}"
