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


@dataclass(frozen=True)
class NogTeDoen:
    """Een advies met zijn evaluaties die nog komen: die u nu kunt vastleggen of het eerst komt, en de latere."""

    advies: Advies
    eerst: Sequence[tuple[Termijn, date]]
    later: Sequence[Termijn]


def adviezen_met_komende() -> list[str]:
    """Geef de nummers van de adviezen met een evaluatie die nog komt, het urgentste advies eerst."""
    return list(dict.fromkeys(komende().values_list("object_id", flat=True)))


def nog_te_doen(nummers: Sequence[str]) -> list[NogTeDoen]:
    """Geef per advies, in deze volgorde, de evaluaties die nog komen; in twee zoekvragen."""
    adviezen = Advies.objects.in_bulk([int(n) for n in nummers])
    rijen: dict[str, list[Termijn]] = {}
    for termijn in komende().filter(object_id__in=nummers):
        rijen.setdefault(termijn.object_id, []).append(termijn)
    return [_nog_te_doen(adviezen[int(n)], rijen[n]) for n in nummers if int(n) in adviezen and n in rijen]


def _nog_te_doen(advies: Advies, termijnen: Sequence[Termijn]) -> NogTeDoen:
    met_dag = [(t, kan_vanaf(t.basis, int(t.soort.rpartition("_")[2]))) for t in termijnen]
    eerst = [paar for n, paar in enumerate(met_dag) if n == 0 or paar[1] <= vandaag()]
    return NogTeDoen(advies, eerst, [paar[0] for paar in met_dag if paar not in eerst])


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
