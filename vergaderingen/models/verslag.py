"""Het verslag van een vergadering."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin, transition

from kern.models import Versioneerbaar, Voorbeeldbaar
from toegang.enums import Rol
from toegang.rollen import heeft
from vergaderingen import permissions, policies
from vergaderingen.enums import Verslagstatus
from vergaderingen.models.vergadering import Vergadering, kring_filter

if TYPE_CHECKING:
    from toegang.models import Gebruiker

MAG_VERSLAG: Any = permissions.mag_verslag


class VerslagQuerySet(models.QuerySet["Verslag"]):
    """Selecties van verslagen."""

    def zichtbaar_voor(self, gebruiker: Gebruiker) -> VerslagQuerySet:
        """Geef de verslagen die deze persoon mag zien.

        Een concept: het secretariaat en wie er waren, met hun plaatsvervangers (ontwerp §5). Een vastgesteld verslag:
        de kring van het orgaan; van een openbare vergadering iedereen (dan geldt `openbaar_html`).
        """
        if heeft(gebruiker, Rol.SECRETARIAAT):
            return self.all()
        kring = Q(vergadering__in=Vergadering.objects.filter(kring_filter(gebruiker)).values("pk"))
        er_bij = Q(vergadering__presenties__aanwezig=True) & (
            Q(vergadering__presenties__persoon__gebruiker=gebruiker)
            | Q(vergadering__presenties__vervangt__gebruiker=gebruiker)
        )
        vast = Q(status=Verslagstatus.VASTGESTELD)
        zichtbaar = (kring & er_bij) | (vast & (kring | Q(vergadering__openbaar=True)))
        return self.filter(pk__in=self.model._base_manager.filter(zichtbaar).values("pk"))


class Verslag(FSMModelMixin, Versioneerbaar, Voorbeeldbaar):
    """Het verslag: `html` voor de kring, `openbaar_html` zonder vertrouwelijke passages."""

    vergadering = models.OneToOneField(Vergadering, models.PROTECT, related_name="verslag")
    html = models.TextField(blank=True)
    openbaar_html = models.TextField(blank=True)
    status = FSMField(default=Verslagstatus.CONCEPT, choices=Verslagstatus.choices, protected=True, editable=False)
    gewijzigd_vastgesteld = models.BooleanField("gewijzigd vastgesteld", default=False)
    vastgesteld_in = models.ForeignKey(
        Vergadering, models.PROTECT, null=True, blank=True, related_name="vastgestelde_verslagen"
    )
    vastgesteld_op = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = VerslagQuerySet.as_manager()

    class Meta:
        verbose_name = "verslag"
        verbose_name_plural = "verslagen"
        constraints = [
            models.CheckConstraint(name="verslag_status_bekend", condition=Q(status__in=Verslagstatus.values)),
            models.CheckConstraint(
                name="verslag_vastgesteld_in_vergadering",
                condition=Q(status=Verslagstatus.CONCEPT, vastgesteld_in__isnull=True, vastgesteld_op__isnull=True)
                | Q(
                    status=Verslagstatus.VASTGESTELD,
                    vastgesteld_in__isnull=False,
                    vastgesteld_op__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Verslag van {self.vergadering}"

    @transition(
        field=status, source=Verslagstatus.CONCEPT, target=Verslagstatus.VASTGESTELD,
        permission=MAG_VERSLAG,
        custom={"label": "Stel verslag vast", "beleid": policies.mag_verslag_vaststellen,
                "bevestig": "Het verslag van een openbare vergadering wordt openbaar."},
    )  # fmt: skip
    def stel_vast(self, *, vastgesteld_in: Vergadering, vastgesteld_op: date, gewijzigd: bool = False) -> None:
        """Leg vast in welke vergadering het verslag is vastgesteld."""
        self.vastgesteld_in, self.vastgesteld_op = vastgesteld_in, vastgesteld_op
        self.gewijzigd_vastgesteld = gewijzigd
