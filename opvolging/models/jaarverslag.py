"""Het jaarverslag van een jaar: een concept uit de records, dat vóór 1 april naar de ministers gaat."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from kern.models import Versioneerbaar, Voorbeeldbaar
from kern.tijd import nu
from toegang.enums import Rol
from toegang.rollen import heeft

if TYPE_CHECKING:
    from toegang.models import Gebruiker


class JaarverslagQuerySet(models.QuerySet["Jaarverslag"]):
    """Het concept is van het secretariaat; wat is aangeboden, is elders openbaar."""

    def zichtbaar_voor(self, gebruiker: Gebruiker) -> Self:
        """Geef wat deze gebruiker mag zien."""
        return self if heeft(gebruiker, Rol.SECRETARIAAT) else self.none()


class Jaarverslag(Voorbeeldbaar, Versioneerbaar):
    """Het jaarverslag over `jaar`. Het concept wordt steeds opnieuw uit de records gemaakt tot het is aangeboden.

    `inhoud` is wat is aangeboden: de hoofdstukken zoals zij toen waren. Een later herstelde dag verandert ze niet.
    `pdf` is de PDF van precies die tekst en `vastgesteld_bij` het punt waar de raad het verslag vaststelde. Vanaf
    `openbaar_vanaf`, tien minuten na het aanbieden, leest het publiek het; een verslag dat eerder is aangeboden heeft
    dat moment niet en staat niet op de openbare bladzijde.
    """

    jaar = models.PositiveSmallIntegerField("jaar", unique=True)
    inleiding = models.TextField("inleiding", blank=True, default="")
    aangeboden_op = models.DateField("aangeboden op", null=True, blank=True)
    vastgesteld_bij = models.ForeignKey(
        "vergaderingen.Agendapunt", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pdf = models.ForeignKey("stukken.Bestand", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    openbaar_vanaf = models.DateTimeField(null=True, blank=True, editable=False)
    inhoud = models.JSONField("inhoud zoals aangeboden", null=True, blank=True, editable=False)
    gemaakt_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField(default=nu, editable=False)

    objects = JaarverslagQuerySet.as_manager()

    class Meta:
        verbose_name = "jaarverslag"
        verbose_name_plural = "jaarverslagen"
        ordering: ClassVar = ["-jaar"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(jaar__gte=1950, jaar__lte=2199), name="opvolging_jaarverslag_jaar"),
        ]

    def __str__(self) -> str:
        return f"jaarverslag {self.jaar}"

    @property
    def wacht(self) -> bool:
        """Of het is aangeboden maar nog niet openbaar, en dus nog te herroepen."""
        return self.openbaar_vanaf is not None and self.openbaar_vanaf > nu()
