"""Wat voor of na een raadsvergadering openbaar bekend moet worden gemaakt, met de vindplaats als bewijs."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kern.models import Voorbeeldbaar
from vergaderingen.enums import Bekendmakingsoort
from vergaderingen.models.agenda import Agendapunt


class Bekendmaking(Voorbeeldbaar):
    """Eén openbare bekendmaking bij een agendapunt. De rij is openbaar; wie zich vergiste, trekt haar in met reden.

    `bezwaar_tot` is de laatste dag om bezwaar te maken tegen een ontwerpverordening (Wet op de SER art. 38).
    """

    agendapunt = models.ForeignKey(Agendapunt, models.PROTECT, related_name="bekendmakingen")
    soort = models.CharField(max_length=20, choices=Bekendmakingsoort)
    titel = models.CharField(max_length=300)
    op = models.DateField("bekendgemaakt op")
    vindplaats = models.CharField(max_length=200)
    bezwaar_tot = models.DateField("bezwaar tot en met", null=True, blank=True)
    ingetrokken_reden = models.CharField("reden van intrekking", max_length=300, blank=True)

    class Meta:
        verbose_name = "bekendmaking"
        verbose_name_plural = "bekendmakingen"
        ordering = ["-op", "-pk"]
        constraints = [
            models.CheckConstraint(name="bekendmaking_soort_bekend", condition=Q(soort__in=Bekendmakingsoort.values)),
            models.CheckConstraint(name="bekendmaking_vindbaar", condition=~Q(vindplaats="") & ~Q(titel="")),
            models.CheckConstraint(
                name="bekendmaking_bezwaar_bij_ontwerp",
                condition=Q(soort=Bekendmakingsoort.ONTWERPVERORDENING, bezwaar_tot__gt=F("op"))
                | (~Q(soort=Bekendmakingsoort.ONTWERPVERORDENING) & Q(bezwaar_tot__isnull=True)),
            ),
            models.UniqueConstraint(
                name="bekendmaking_een_per_soort", fields=["agendapunt", "soort"], condition=Q(ingetrokken_reden="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()}: {self.titel}"
