"""Hoe lang interne notities van een organisatie blijven: kort, met een eigen termijn."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from kern.tijd import dag_van

if TYPE_CHECKING:
    from adviezen.models import Achterbanberaad


def notities_tot(beraad: "Achterbanberaad") -> date | None:
    """Geef de dag waarop de interne notities van een ronde vernietigd worden, of None zolang zij open is."""
    if beraad.gesloten_op is None:
        return None
    return dag_van(beraad.gesloten_op) + timedelta(days=settings.INTERNE_NOTITIES_DAGEN)
