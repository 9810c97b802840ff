"""Wat een advies wil bereiken: vastgelegd bij de intake en bij de vaststelling (verslag maart 2023, tafel "impact")."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from adviezen.enums import Impactmoment
from adviezen.models.zicht import ImpactQuerySet
from kern.models import Versioneerbaar
from kern.tijd import nu

VELDEN = {
    "beoogd": "wat het advies teweeg moet brengen",
    "te_zien_aan": "waaraan dat te zien is",
    "uitvoerbaarheid": "wie het uitvoert, en of dat kan",
    "kosten": "wat het kost en oplevert",
    "groepen": "wie het raakt, ten goede en ten kwade",
    "betrokken": "hoe die groepen betrokken zijn",
}


class BeoogdeImpact(Versioneerbaar):
    """Wat het advies teweeg moet brengen, gezien op één moment; het tweede moment laat het eerste staan.

    Die van de vaststelling wordt openbaar met het advies, in dezelfde publicatie; die van de intake nooit. De toets op
    uitvoerbaarheid van stap 5 (Uitvoeringstoets) vult de tweede voor.
    """

    traject = models.ForeignKey("adviezen.Adviestraject", on_delete=models.PROTECT, related_name="impact")
    moment = models.CharField("moment", max_length=12, choices=Impactmoment.choices)
    beoogd = models.TextField(VELDEN["beoogd"])
    te_zien_aan = models.TextField(VELDEN["te_zien_aan"], blank=True, default="")
    uitvoerbaarheid = models.TextField(VELDEN["uitvoerbaarheid"], blank=True, default="")
    kosten = models.TextField(VELDEN["kosten"], blank=True, default="")
    groepen = models.TextField(VELDEN["groepen"], blank=True, default="")
    betrokken = models.TextField(VELDEN["betrokken"], blank=True, default="")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    bijgewerkt_op = models.DateTimeField(default=nu)

    objects = ImpactQuerySet.as_manager()

    class Meta:
        verbose_name = "beoogde impact"
        verbose_name_plural = "beoogde impact"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["traject", "moment"], name="adviezen_impact_een_per_moment"),
            models.CheckConstraint(condition=Q(moment__in=Impactmoment.values), name="adviezen_impact_moment"),
            models.CheckConstraint(condition=~Q(beoogd=""), name="adviezen_impact_beoogd"),
        ]

    def __str__(self) -> str:
        return f"beoogde impact {self.get_moment_display()}"

    def delen(self) -> list[tuple[str, str]]:
        """Geef wat er ingevuld is, als (opschrift, tekst), in leesvolgorde."""
        return [(kop, getattr(self, naam)) for naam, kop in VELDEN.items() if getattr(self, naam)]
