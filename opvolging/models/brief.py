"""De brief waarmee de SER het ministerie aan een reactie herinnert: eerst concept, daarna verstuurd of vervallen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from kern.models import Versioneerbaar, Voorbeeldbaar
from kern.tijd import WACHTTIJD, nu
from toegang.enums import Rol
from toegang.rollen import heeft

if TYPE_CHECKING:
    from toegang.models import Gebruiker


class BriefQuerySet(models.QuerySet["Herinneringsbrief"]):
    """De brieven zelf leest het secretariaat; dat er een verstuurd is, staat op de openbare klok."""

    def zichtbaar_voor(self, gebruiker: Gebruiker) -> Self:
        """Geef wat deze gebruiker mag zien."""
        return self if heeft(gebruiker, Rol.SECRETARIAAT) else self.none()

    def concept(self) -> Self:
        """Geef wat nog niet verstuurd of vervallen is."""
        return self.filter(verstuurd_op__isnull=True, vervallen_op__isnull=True)


class Herinneringsbrief(Voorbeeldbaar, Versioneerbaar):
    """Een brief over één advies, gemaakt bij een trede van de ladder (`trede`, `gepland_op`) of met de hand.

    De tekst is gewone tekst met witregels. Een algemeen secretaris tekent af; wijzigen daarna haalt dat weg. Na het
    versturen verandert er niets meer. Vervallen: de reactie kwam eerder.
    """

    advies = models.ForeignKey("adviezen.Advies", on_delete=models.PROTECT, related_name="herinneringsbrieven")
    trede = models.CharField(max_length=40, blank=True, default="")
    gepland_op = models.DateField(null=True, blank=True)
    aan = models.CharField("aan", max_length=300)
    email = models.EmailField("e-mailadres", blank=True, default="")
    onderwerp = models.CharField("onderwerp", max_length=150)
    tekst = models.TextField("tekst van de brief")
    afgetekend_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    afgetekend_op = models.DateTimeField(null=True, blank=True)
    verstuurd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verstuurd_op = models.DateField("verstuurd op", null=True, blank=True)
    verstuurd_moment = models.DateTimeField(null=True, blank=True)
    pdf = models.ForeignKey("stukken.Bestand", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    vervallen_op = models.DateTimeField(null=True, blank=True)
    aangemaakt_op = models.DateTimeField(default=nu, editable=False)

    objects = BriefQuerySet.as_manager()

    class Meta:
        verbose_name = "herinneringsbrief"
        verbose_name_plural = "herinneringsbrieven"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["advies", "trede", "gepland_op"],
                condition=Q(gepland_op__isnull=False),
                name="opvolging_brief_per_trede",
            ),
            models.CheckConstraint(
                condition=~Q(aan="") & ~Q(tekst="") & ~Q(onderwerp=""), name="opvolging_brief_gevuld"
            ),
            models.CheckConstraint(
                condition=Q(verstuurd_op__isnull=True) | Q(afgetekend_op__isnull=False, vervallen_op__isnull=True),
                name="opvolging_brief_afgetekend_voor_versturen",
            ),
        ]

    def __str__(self) -> str:
        return f"herinneringsbrief aan {self.aan}"

    @property
    def is_concept(self) -> bool:
        """Of de brief nog te wijzigen is."""
        return self.verstuurd_op is None and self.vervallen_op is None

    def neem_terug(self) -> None:
        """Het versturen ging niet door: de brief is weer een afgetekend concept."""
        self.verstuurd_op, self.verstuurd_door, self.verstuurd_moment = None, None, None

    @property
    def gaat_uit(self) -> datetime | None:
        """Wanneer de brief uitgaat en de openbare klok hem noemt; None als hij niet verstuurd is."""
        return None if self.verstuurd_moment is None else self.verstuurd_moment + WACHTTIJD

    @property
    def wacht(self) -> bool:
        """Of de brief verstuurd is maar nog te herroepen."""
        return self.gaat_uit is not None and self.gaat_uit > nu()
