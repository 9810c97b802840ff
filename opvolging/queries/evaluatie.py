"""Welke evaluaties komen, en wat een advies wilde naast wat ervan kwam."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet

from adviezen.models import Advies, BeoogdeImpact
from kern.models import Precisie
from kern.tijd import vandaag
from opvolging.enums import TUSSENTIJDS
from opvolging.models import Evaluatie
from opvolging.termijnsoorten import EVALUATIES
from termijnen.models import Termijn
from termijnen.queries import urgentste_eerst
from termijnen.regels import vervaldatum

if TYPE_CHECKING:
    from toegang.models import Gebruiker


# Zoveel eerder mag een evaluatie klaar zijn. Wie na twee weken "na 5 jaar" kiest, vergist zich.
VROEGST = relativedelta(months=6)


def kan_vanaf(basis: date, na_jaren: int) -> date:
    """Geef de dag waarop de evaluatie na zoveel jaar voor het eerst kan: een half jaar voor haar vervaldag."""
    return vervaldatum(f"evaluatie_{na_jaren}", basis) - VROEGST


def komende() -> QuerySet[Termijn]:
    """Geef de evaluaties die nog vastgelegd moeten worden, de langst verstreken eerst."""
    return urgentste_eerst(Termijn.objects.filter(soort__in=EVALUATIES).lopend(), vandaag())


def met_advies(termijnen: Sequence[Termijn]) -> list[tuple[Termijn, Advies]]:
    """Geef elke termijn met haar advies, in één zoekvraag."""
    adviezen = Advies.objects.in_bulk([int(t.object_id) for t in termijnen])
    return [(t, adviezen[int(t.object_id)]) for t in termijnen if int(t.object_id) in adviezen]


def gedaan(gebruiker: "Gebruiker") -> QuerySet[Evaluatie]:
    """Geef wat geëvalueerd is, het laatste eerst."""
    return Evaluatie.objects.zichtbaar_voor(gebruiker).select_related("advies").order_by("-per", "-pk")


@dataclass(frozen=True)
class Doorwerking:
    """Wat een advies wilde bereiken, en wat er volgens de evaluaties van kwam.

    `eerdere` zijn evaluaties die door een nieuwere van hetzelfde moment vervangen zijn.
    """

    beoogd: Sequence[BeoogdeImpact]
    evaluaties: Sequence[Evaluatie]
    eerdere: Sequence[Evaluatie]
    termijnen: Sequence[Termijn]

    @property
    def komend(self) -> list[tuple[Termijn, date]]:
        """De evaluaties die nog komen, elk met de dag waarop zij voor het eerst kan."""
        return [(t, kan_vanaf(t.basis, int(t.soort.rpartition("_")[2]))) for t in self.termijnen]


def doorwerking_van(advies: Advies, gebruiker: "Gebruiker") -> Doorwerking:
    """Geef de doorwerking van `advies`, in drie zoekvragen."""
    alle = list(Evaluatie.objects.zichtbaar_voor(gebruiker).filter(advies=advies).order_by("per", "pk"))
    jongste = {e.na_jaren: e.pk for e in sorted(alle, key=lambda e: e.pk)}
    geldt = [e for e in alle if e.na_jaren == TUSSENTIJDS or jongste[e.na_jaren] == e.pk]
    beoogd = BeoogdeImpact.objects.zichtbaar_voor(gebruiker).filter(traject=advies.traject_id).select_related("door")
    return Doorwerking(
        beoogd=list(beoogd) if advies.traject_id else [],
        evaluaties=geldt,
        eerdere=[e for e in alle if e not in geldt],
        termijnen=list(Termijn.objects.van(advies).filter(soort__in=EVALUATIES).lopend().order_by("vervalt_op")),
    )


def begindag(advies: Advies) -> date | None:
    """Geef de dag waarvandaan de jaren tellen: uitgebracht, of bij een archiefadvies een bekende dag; anders None."""
    if advies.uitgebracht_op is not None or advies.datum_precisie != Precisie.DAG:
        return advies.uitgebracht_op
    return advies.datum


def te_plannen(advies: Advies) -> list[str]:
    """Geef de soorten evaluaties die nog komen en nog niet gepland staan; zonder dag zijn het er geen."""
    basis = begindag(advies)
    if basis is None:
        return []
    gepland = set(Termijn.objects.van(advies).exclude(status="vervallen").values_list("soort", flat=True))
    return [s for s in EVALUATIES if s not in gepland and vervaldatum(s, basis) >= vandaag()]
