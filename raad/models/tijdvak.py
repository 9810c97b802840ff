"""Tijdvakken zijn halfopen: [van, tot). Op de dag `tot` geldt de rij niet meer. Leeg = geen einde bekend."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.fields import DateRangeField, RangeBoundary
from django.db import models


class Dagbereik(models.Func):
    """SQL daterange(van, tot, '[)')."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, van: str = "van", tot: str = "tot", **extra: Any) -> None:
        super().__init__(models.F(van), models.F(tot), RangeBoundary(), **extra)


def geldt_op(dag: date, pad: str = "") -> models.Q:
    """Voorwaarde 'het tijdvak achter `pad` (bijvoorbeeld "zetel__") omvat deze dag'."""
    zonder_einde = models.Q(**{f"{pad}tot__isnull": True})
    return models.Q(**{f"{pad}van__lte": dag}) & (zonder_einde | models.Q(**{f"{pad}tot__gt": dag}))


class TijdvakQuerySet(models.QuerySet[Any]):
    def op(self, dag: date) -> Self:
        """Alleen de rijen die op deze dag gelden."""
        return self.filter(geldt_op(dag))


class Tijdvak(models.Model):
    van = models.DateField("van", help_text="De eerste dag.")
    tot = models.DateField(
        "tot", null=True, blank=True, help_text="De eerste dag dat het niet meer geldt. Leeg: nog geen einde."
    )

    objects = TijdvakQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def laatste_dag(self) -> date | None:
        """De laatste dag dat het geldt, zoals die op het scherm staat; None zonder einde."""
        return self.tot - timedelta(days=1) if self.tot else None

    def geldt(self, dag: date) -> bool:
        """Of dit tijdvak de dag omvat."""
        return self.van <= dag and (self.tot is None or dag < self.tot)


def einde_na_begin(naam: str) -> models.CheckConstraint:
    """Elk tijdvak duurt ten minste een dag."""
    return models.CheckConstraint(
        condition=models.Q(tot__isnull=True) | models.Q(tot__gt=models.F("van")),
        name=naam,
        violation_error_message="De einddatum moet na de begindatum liggen.",
    )
