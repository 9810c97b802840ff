"""De planning van lopende trajecten: teruggerekend vanaf hun adviestermijn, met de drukte per organisatie."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from adviezen.enums import EINDSTANDEN, STAPPEN, Stap
from adviezen.models import Achterbanberaad, Adviestraject
from adviezen.terugplannen import Aannames, Periode, Plan, overlappen, plan_terug, reces_in
from kern.tijd import dag_van
from vergaderingen.enums import Orgaan
from vergaderingen.models import Vergadering

if TYPE_CHECKING:
    from toegang.models import Gebruiker

DRUK_VANAF = 3  # zoveel ronden tegelijk vinden wij veel voor één organisatie


@dataclass
class Regel:
    """Een traject met zijn plan; `ronde` is het tijdvak van zijn achterbanberaad, echt of gepland."""

    traject: Adviestraject
    plan: Plan | None
    ronde: Periode | None = None
    organisaties: list[str] = field(default_factory=list)


def raadsdagen(dag: date) -> list[date]:
    """Geef de geplande raadsvergaderingen vanaf `dag`."""
    rijen = Vergadering.objects.filter(orgaan=Orgaan.RAAD, datum__gte=dag, datum_precisie="dag").exclude(
        status="afgelast"
    )
    return sorted(d for d in rijen.values_list("datum", flat=True) if d is not None)


def plan_van(
    traject: Adviestraject, dag: date, *, raden: Sequence[date], aannames: Aannames | None = None
) -> Plan | None:
    """Geef het plan van een traject, of None zonder adviestermijn."""
    if traject.adviestermijn is None:
        return None
    jaren = range(dag.year - 1, traject.adviestermijn.year + 1)
    vanaf = str(traject.stap) if traject.stap in STAPPEN else str(Stap.AANVRAAG)
    return plan_terug(
        traject.adviestermijn,
        raden=raden,
        recessen=reces_in(jaren),
        vandaag=dag,
        vanaf=vanaf,
        aannames=aannames,
    )


def planning(gebruiker: "Gebruiker", dag: date) -> list[Regel]:
    """Geef elk lopend traject met een adviestermijn, vroegste termijn eerst, in een vast aantal zoekvragen."""
    beraden = Achterbanberaad.objects.filter(gesloten_op__isnull=True).prefetch_related("deelnames__organisatie")
    trajecten = (
        Adviestraject.objects.zichtbaar_voor(gebruiker)
        .exclude(stap__in=EINDSTANDEN)
        .exclude(stap=Stap.AANGEBODEN)
        .filter(adviestermijn__isnull=False)
        .select_related("commissie", "secretaris")
        .prefetch_related(Prefetch("beraden", beraden, to_attr="open_beraden"))
        .order_by("adviestermijn", "pk")
    )
    raden = raadsdagen(dag)
    regels = []
    for traject in trajecten:
        plan = plan_van(traject, dag, raden=raden)
        regel = Regel(traject, plan, plan.achterban if plan is not None else None)
        for beraad in traject.open_beraden:
            regel.organisaties = sorted(d.organisatie.naam for d in beraad.deelnames.all())
            if beraad.uiterlijk_op is not None:
                begin = dag_van(beraad.geopend_op) if beraad.geopend_op else dag
                regel.ronde = Periode(begin, beraad.uiterlijk_op)
        regels.append(regel)
    return regels


def drukte(regels: Sequence[Regel]) -> list[tuple[Periode, list[Regel]]]:
    """Geef de ronden die met ten minste twee andere samenvallen, met die andere: daar wordt het druk."""
    uit = []
    for regel in regels:
        if regel.ronde is None:
            continue
        samen = [r for r in regels if r is not regel and r.ronde is not None and overlappen(regel.ronde, r.ronde)]
        if len(samen) + 1 >= DRUK_VANAF:
            uit.append((regel.ronde, [regel, *samen]))
    return uit
