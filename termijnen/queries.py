"""Lezen van termijnen."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection, models
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from termijnen import ladders, soorten
from termijnen.enums import LOPEND, SoortWijziging, Status
from termijnen.models import MAX_FOUTEN, Herinnering, Laddertrede, Termijn, TermijnQuerySet, TermijnWijziging

if TYPE_CHECKING:
    from toegang.models import Gebruiker

# De vraag van de klok, in SQL: zij wordt elke paar minuten gesteld en per honderd herhaald, en haar opbouwen uit losse
# voorwaarden kostte meer dan haar beantwoorden. Het paar (dag, id) loopt de index af van waar de vorige bundel stopte.
VELDEN = [veld.attname for veld in Termijn._meta.concrete_fields]
TE_HERINNEREN = f"""
SELECT {", ".join(str(veld.column) for veld in Termijn._meta.concrete_fields)} FROM termijnen_termijn
WHERE status = %s AND volgende_herinnering <= %s AND fouten < %s AND (volgende_herinnering, id) > (%s, %s)
ORDER BY volgende_herinnering, id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
"""  # noqa: S608 - vaste tekst; waarden gaan als parameter


def neem_te_herinneren(dag: date, na: tuple[date, int] | None, limiet: int) -> list[Termijn]:
    """Geef en vergrendel wat op `dag` een waarschuwing te goed heeft en niet apart ligt, voorbij de plaats `na`.

    Ten hoogste `limiet`, oudste eerst; wat een ander vasthoudt wordt overgeslagen. Alleen binnen een transactie.
    """
    van, pk = na or (date.min, 0)
    with connection.cursor() as cursor:
        cursor.execute(TE_HERINNEREN, [Status.OPEN, dag, MAX_FOUTEN, van, pk, limiet])
        rijen = cursor.fetchall()
    return [Termijn.from_db(connection.alias, VELDEN, rij) for rij in rijen]


def open_termijnen() -> TermijnQuerySet:
    """Geef wat loopt of stilstaat, vroegste vervaldag eerst."""
    return Termijn.objects.lopend().select_related("eigenaar").order_by("vervalt_op", "pk")


def termijnen_van(object: models.Model) -> TermijnQuerySet:
    """Geef alle termijnen van een object, ook afgesloten, vroegste vervaldag eerst."""
    return Termijn.objects.van(object).select_related("eigenaar").order_by("vervalt_op", "pk")


def laatste(object: models.Model, soort: str) -> Termijn | None:
    """Geef de jongste termijn van deze soort op een object, lopend of afgesloten; None als er geen is."""
    return Termijn.objects.van(object).filter(soort=soort).order_by("-pk").first()


def van_mij(gebruiker: "Gebruiker") -> Q:
    """Geef de voorwaarde "mijn termijnen": ik bewaak haar, of ik ben erover gewaarschuwd sinds zij overgedragen is."""
    overgedragen = TermijnWijziging.objects.filter(
        termijn=OuterRef("termijn"), soort=SoortWijziging.OVERGEDRAGEN, op__gt=OuterRef("verwerkt_op")
    )
    gewaarschuwd = Herinnering.objects.filter(~Exists(overgedragen), termijn=OuterRef("pk"), ontvanger_id=gebruiker.pk)
    return Q(eigenaar_id=gebruiker.pk) | Q(Exists(gewaarschuwd))


def waargenomen(gebruiker: "Gebruiker") -> Q:
    """Geef de voorwaarde "ik neem waar": van een dossier dat ik waarneem, of gewaarschuwd zonder haar te bewaken."""
    return soorten.waargenomen(gebruiker) | (van_mij(gebruiker) & ~Q(eigenaar_id=gebruiker.pk))


def urgentste_eerst(termijnen: TermijnQuerySet, vandaag: date) -> TermijnQuerySet:
    """Sorteer: verstreken, dan lopend, dan stilstaand, elk op vervaldag; wat is afgesloten achteraan, jongste eerst."""
    beurt = Case(
        When(status=Status.GEPAUZEERD, then=Value(2)),
        When(~Q(status=Status.OPEN), then=Value(3)),
        When(vervalt_op__lt=vandaag, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    lopend = Case(When(status__in=LOPEND, then=F("vervalt_op")))  # van wat is afgesloten leeg, dus allemaal gelijk
    return termijnen.annotate(beurt=beurt, lopend=lopend).order_by("beurt", "lopend", "-vervalt_op", "pk")


def eigen_ladders() -> dict[str, tuple[ladders.Trede, ...]]:
    """Geef per soort de ladder die de beheerder koos, in één zoekvraag; wat ontbreekt heeft zijn vaste ladder."""
    uit: dict[str, tuple[ladders.Trede, ...]] = {}
    for rij in Laddertrede.objects.all():
        trede = ladders.van_dagen(rij.dagen, elke_maand=rij.elke_maand, spoed=rij.spoed, niveau=rij.niveau)
        uit[rij.soort] = (*uit.get(rij.soort, ()), trede)
    return uit


def ladder_van(soort: soorten.SoortTermijn) -> tuple[ladders.Trede, ...]:
    """Geef de ladder die nu voor een soort geldt."""
    return eigen_ladders().get(soort.naam, soort.ladder)


def komende_waarschuwingen(termijn: Termijn, dag: date, aantal: int = 4) -> list[tuple[date, str, int]]:
    """Geef de eerstvolgende waarschuwingen van een lopende termijn als (dag, naam van de trede, niveau)."""
    if termijn.status != Status.OPEN:
        return []
    ladder = ladder_van(soorten.met_naam(termijn.soort))
    niveau = {t.naam: t.niveau for t in ladder}
    vanaf = max(dag, termijn.herinner_vanaf)
    alle = ladders.geplande(
        ladder, termijn.vervalt_op, van=vanaf, tot_en_met=max(vanaf, termijn.vervalt_op) + timedelta(days=100)
    )
    return [(g.op, g.trede.replace("_", " "), niveau[g.trede]) for g in alle[:aantal]]


def wacht_op_overzicht(moment: datetime) -> QuerySet[Herinnering]:
    """Geef wat over lopende termijnen nog in geen bericht of overzicht ging; ouder dan twee weken niet."""
    return Herinnering.objects.filter(
        bericht__isnull=True,
        ontvanger__is_active=True,
        overgeslagen=False,
        overzichtregel__isnull=True,
        verwerkt_op__gt=moment - timedelta(days=14),
        termijn__status=Status.OPEN,
    )


def apart_gelegd() -> TermijnQuerySet:
    """Geef lopende termijnen waarvan het waarschuwen bleef mislukken."""
    return Termijn.objects.filter(status=Status.OPEN, fouten__gte=MAX_FOUTEN)


@dataclass(frozen=True)
class Telling:
    """Hoeveel termijnen verstreken zijn, deze week aflopen, lopen en stilstaan."""

    verstreken: int
    deze_week: int
    open: int
    stil: int


def deze_week(vandaag: date) -> Q:
    """Geef de voorwaarde "loopt deze week af": vandaag of een van de zes dagen erna, en niet stilgezet."""
    return Q(status=Status.OPEN, vervalt_op__range=(vandaag, vandaag + timedelta(days=6)))


def telling(termijnen: TermijnQuerySet, vandaag: date) -> Telling:
    """Tel in één zoekvraag."""
    loopt = Q(status=Status.OPEN)
    return Telling(
        **termijnen.aggregate(
            verstreken=Count("pk", filter=loopt & Q(vervalt_op__lt=vandaag)),
            deze_week=Count("pk", filter=deze_week(vandaag)),
            open=Count("pk", filter=loopt),
            stil=Count("pk", filter=Q(status=Status.GEPAUZEERD)),
        )
    )
