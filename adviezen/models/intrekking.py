"""Een openbaar advies intrekken: wie het voorstelde, wie het bevestigde, en waarom."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.tijd import nu


class Adviesintrekking(models.Model):
    """De intrekking van een advies dat openbaar is. Een ander dan wie haar voorstelde, bevestigt (ook de database).

    `reden` wordt openbaar op het adres van het advies. `gaat_in_op` ligt tien minuten na de bevestiging; tot dan, en
    zolang zij nog een voorstel is, kan zij vervallen. Daarna blijft de rij zoals zij is.
    """

    traject = models.ForeignKey("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="intrekkingen")
    reden = models.TextField("reden")
    voorgesteld_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    voorgesteld_op = models.DateTimeField(default=nu, editable=False)
    bevestigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    bevestigd_op = models.DateTimeField(null=True, blank=True)
    gaat_in_op = models.DateTimeField(null=True, blank=True)
    vervallen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    vervallen_op = models.DateTimeField(null=True, blank=True)
    vervallen_reden = models.CharField("waarom het niet doorging", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "intrekking van een advies"
        verbose_name_plural = "intrekkingen van adviezen"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reden=""),
                name="adviezen_intrekking_reden",
                violation_error_message="Geef een reden; die wordt openbaar.",
            ),
            models.CheckConstraint(
                condition=Q(bevestigd_op__isnull=True, bevestigd_door__isnull=True, gaat_in_op__isnull=True)
                | Q(
                    bevestigd_op__isnull=False,
                    bevestigd_door__isnull=False,
                    gaat_in_op__isnull=False,
                    bevestigd_op__gte=F("voorgesteld_op"),
                    gaat_in_op__gte=F("bevestigd_op"),
                ),
                name="adviezen_intrekking_bevestigd",
            ),
            models.CheckConstraint(
                condition=Q(bevestigd_door__isnull=True) | ~Q(bevestigd_door=F("voorgesteld_door")),
                name="adviezen_intrekking_twee_personen",
                violation_error_message="Een ander dan wie het voorstelde, bevestigt de intrekking.",
            ),
            models.CheckConstraint(
                condition=Q(vervallen_op__isnull=True, vervallen_door__isnull=True)
                | Q(vervallen_op__isnull=False, vervallen_door__isnull=False),
                name="adviezen_intrekking_vervallen",
            ),
            models.UniqueConstraint(
                fields=["traject"],
                condition=Q(vervallen_op__isnull=True),
                name="adviezen_intrekking_eenmaal",
                violation_error_message="Voor dit advies is er al een intrekking.",
            ),
        ]

    def __str__(self) -> str:
        return f"intrekking van {self.traject}"

    @property
    def wacht_op_bevestiging(self) -> bool:
        """Of zij nog een voorstel is."""
        return self.bevestigd_op is None and self.vervallen_op is None

    @property
    def kan_nog_terug(self) -> bool:
        """Of zij bevestigd is en nog niet ingaat."""
        return self.vervallen_op is None and self.gaat_in_op is not None and self.gaat_in_op > nu()

    @property
    def geldt(self) -> bool:
        """Of het advies nu is ingetrokken."""
        return self.vervallen_op is None and self.gaat_in_op is not None and self.gaat_in_op <= nu()
