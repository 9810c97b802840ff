"""De presentielijst en de vervanging per agendapunt."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from kern.models import Voorbeeldbaar
from vergaderingen.enums import MET_STEM, AanwezigAls
from vergaderingen.models.agenda import Agendapunt
from vergaderingen.models.vergadering import Vergadering


class Presentie(Voorbeeldbaar):
    """Eén persoon op de presentielijst van één vergadering.

    `stemhebbend` telt mee voor quorum en stemming; per zetel en per vervangen lid is er hooguit één.
    `raadgevend` is de stem van adviserende leden, ministeriële vertegenwoordigers en van een plaatsvervangend
    kroonlid naast het eigen aanwezige lid (domein §1, W19).
    """

    vergadering = models.ForeignKey(Vergadering, models.PROTECT, related_name="presenties")
    persoon = models.ForeignKey("raad.Persoon", models.PROTECT, related_name="presenties")
    hoedanigheid = models.CharField(max_length=20, choices=AanwezigAls)
    zetel = models.ForeignKey("raad.Zetel", models.PROTECT, null=True, blank=True, related_name="presenties")
    vervangt = models.ForeignKey("raad.Persoon", models.PROTECT, null=True, blank=True, related_name="+")
    stemhebbend = models.BooleanField(default=False)
    raadgevend = models.BooleanField(default=False)
    aanwezig = models.BooleanField(default=True)
    getekend_op = models.DateTimeField()

    class Meta:
        verbose_name = "presentie"
        verbose_name_plural = "presenties"
        ordering = ["vergadering", "pk"]
        constraints = [
            models.UniqueConstraint(name="presentie_persoon_eenmalig", fields=["vergadering", "persoon"]),
            models.UniqueConstraint(
                name="presentie_een_stem_per_zetel",
                fields=["vergadering", "zetel"],
                condition=Q(aanwezig=True, stemhebbend=True),
            ),
            models.UniqueConstraint(
                F("vergadering"),
                Coalesce(F("vervangt"), F("persoon")),
                name="presentie_een_stem_per_lid",
                condition=Q(aanwezig=True, stemhebbend=True),
            ),
            models.CheckConstraint(
                name="presentie_hoedanigheid_bekend", condition=Q(hoedanigheid__in=AanwezigAls.values)
            ),
            models.CheckConstraint(
                name="presentie_alleen_leden_stemmen",
                condition=Q(stemhebbend=False) | Q(hoedanigheid__in=MET_STEM),
            ),
            models.CheckConstraint(name="presentie_stem_of_raad", condition=Q(stemhebbend=False) | Q(raadgevend=False)),
            models.CheckConstraint(
                name="presentie_vervangt_als_plaatsvervanger",
                condition=Q(hoedanigheid=AanwezigAls.PLAATSVERVANGER, stemhebbend=False)
                | Q(hoedanigheid=AanwezigAls.PLAATSVERVANGER, vervangt__isnull=False)
                | (~Q(hoedanigheid=AanwezigAls.PLAATSVERVANGER) & Q(vervangt__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.persoon} ({self.get_hoedanigheid_display()})"


class Vervanging(Voorbeeldbaar):
    """Vervanging voor één agendapunt (regel 10): de vervanger stemt daar voor de zetel, het lid dan niet (regel 11)."""

    agendapunt = models.ForeignKey(Agendapunt, models.PROTECT, related_name="vervangingen")
    zetel = models.ForeignKey("raad.Zetel", models.PROTECT, related_name="+")
    vervanger = models.ForeignKey("raad.Persoon", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "vervanging"
        verbose_name_plural = "vervangingen"
        constraints = [
            models.UniqueConstraint(name="vervanging_een_per_zetel", fields=["agendapunt", "zetel"]),
            models.UniqueConstraint(name="vervanging_een_per_vervanger", fields=["agendapunt", "vervanger"]),
        ]

    def __str__(self) -> str:
        return f"{self.vervanger} bij {self.agendapunt}"
