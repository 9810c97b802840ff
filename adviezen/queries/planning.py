"""De planning van lopende trajecten: teruggerekend vanaf hun adviestermijn, met de drukte per organisatie."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from adviezen.enums import EINDSTANDEN, STAPPEN, Stap
from adviezen.models import Achterbanberaad, Adviestraject
from adviezen.terugplannen import WEEK, Aannames, Periode, Plan, overlappen, plan_terug, reces_in
from kern.tijd import dag_van
from vergaderingen.enums import Orgaan
from vergaderingen.models import Vergadering

if TYPE_CHECKING:
    from toegang.models import Gebruiker

DRUK_VANAF = 3  # zoveel ronden tegelijk vinden wij veel voor één organisatie


@dataclass
class Regel:
    """Een traject met zijn plan; `ronde` is het tijdvak van zijn achterbanberaad, echt of nog te komen."""

    traject: Adviestraject
    plan: Plan | None
    ronde: Periode | None = None
    organisaties: list[str] = field(default_factory=list)
    open: bool = False


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
    return plan_terug(
        traject.adviestermijn,
        raden=raden,
        recessen=reces_in(jaren),
        vandaag=dag,
        vanaf=stap_van(traject),
        aannames=aannames,
    )


def stap_van(traject: Adviestraject) -> str:
    """Geef de stap waar het plan begint; de aanvraag van een traject is altijd al binnen."""
    return str(traject.stap) if traject.stap in STAPPEN else str(Stap.AANVRAAG)


def nog_te_komen(plan: Plan | None, dag: date) -> Periode | None:
    """Geef het geplande tijdvak van het achterbanberaad, of None: een dag die voorbij is, was er geen ronde."""
    return plan.achterban if plan is not None and plan.achterban is not None and plan.achterban.van >= dag else None


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
        regel = Regel(traject, plan, nog_te_komen(plan, dag))
        for beraad in traject.open_beraden:
            regel.organisaties = sorted(d.organisatie.naam for d in beraad.deelnames.all())
            if beraad.uiterlijk_op is not None:
                regel.open = beraad.geopend_op is not None
                begin = dag_van(beraad.geopend_op) if beraad.geopend_op else dag
                regel.ronde = Periode(begin, beraad.uiterlijk_op + timedelta(days=1))  # die dag kan men nog reageren
        regels.append(regel)
    return regels


def samen_met(regel: Regel, regels: Sequence[Regel]) -> list[Regel]:
    """Geef de andere trajecten waarvan het achterbanberaad met dat van `regel` samenvalt."""
    if regel.ronde is None:
        return []
    return [r for r in regels if r is not regel and r.ronde is not None and overlappen(regel.ronde, r.ronde)]


@dataclass(frozen=True)
class Drukte:
    """Aaneengesloten weken met veel ronden; `meest` is het grootste aantal in één week."""

    periode: Periode
    meest: int
    regels: Sequence[Regel]

    @property
    def per_organisatie(self) -> list[tuple[str, int]]:
        """Geef hoeveel van deze ronden al bij een organisatie liggen, de zwaarst belaste eerst."""
        telling = Counter(naam for r in self.regels for naam in r.organisaties)
        return sorted(telling.items(), key=lambda paar: (-paar[1], paar[0]))


def drukte(regels: Sequence[Regel], vanaf: date) -> list[Drukte]:
    """Geef de tijdvakken vanaf `vanaf` met ten minste drie ronden in dezelfde week, vroegste eerst."""
    ronden = [(r, r.ronde) for r in regels if r.ronde is not None and r.ronde.tot > vanaf]
    week = vanaf - timedelta(days=vanaf.weekday())
    uit: list[Drukte] = []
    eind = max((p.tot for _, p in ronden), default=week)
    while week < eind:
        deze = Periode(week, week + WEEK)
        samen = [r for r, p in ronden if overlappen(p, deze)]
        if len(samen) >= DRUK_VANAF:
            vorige = uit[-1] if uit and uit[-1].periode.tot == week else None
            erbij = [r for r in samen if vorige is None or r not in vorige.regels]
            nieuw = Drukte(
                Periode(vorige.periode.van if vorige else week, deze.tot),
                max(len(samen), vorige.meest if vorige else 0),
                [*(vorige.regels if vorige else ()), *erbij],
            )
            uit = [*(uit[:-1] if vorige else uit), nieuw]
        week = deze.tot
    return uit
