"""Wat er van aanbevelingen bekend is: het geldende antwoord, de stand, het bewijs, en wat er te doen is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from adviezen.enums import VAN_KABINET
from adviezen.models import Aanbeveling, Advies, Geadresseerde
from kern.tijd import vandaag
from opvolging.enums import NIET_BEKEND, Oordeel, Stand
from opvolging.models import Antwoord, Bewijs, Kabinetsreactie, Opvolgstand

HERZIEN_NA = timedelta(days=365)
BEELD = {
    Oordeel.NEEMT_OVER: "neemt_over",
    Oordeel.DEELS: "neemt_deels_over",
    Oordeel.NIET: "neemt_niet_over",
    Oordeel.NADER: "nader",
    Oordeel.NIET_BEANTWOORD: "niet_beantwoord",
}


def geldende_antwoorden(advies: Advies) -> dict[tuple[int, int | None], Antwoord]:
    """Geef per aanbeveling en geadresseerde (None: allen) het jongste antwoord uit een geldige brief."""
    rijen = _geldig().filter(aanbeveling__advies=advies).order_by("pk")
    return {(a.aanbeveling_id, a.geadresseerde_id): a for a in rijen}


def laatste_stand(aanbeveling: Aanbeveling) -> Opvolgstand | None:
    """Geef de jongste stand, of None."""
    return Opvolgstand.objects.filter(aanbeveling=aanbeveling).order_by("-pk").first()


def bewijzen_van(aanbeveling: Aanbeveling) -> list[Bewijs]:
    """Geef het bewijs dat geldt, het nieuwste eerst."""
    return list(_geldig_bewijs().filter(aanbevelingen=aanbeveling))


def _geldig() -> QuerySet[Antwoord]:
    return Antwoord.objects.filter(reactie__ingetrokken_op__isnull=True).select_related("geadresseerde", "reactie")


def _geldig_bewijs() -> QuerySet[Bewijs]:
    return Bewijs.objects.filter(vervallen=False, vervangen_door__isnull=True).select_related("bestand")


@dataclass
class Opvolging:
    """Eén aanbeveling met alles wat erover vastligt."""

    aanbeveling: Aanbeveling
    antwoorden: list[Antwoord] = field(default_factory=list)
    bewijzen: list[Bewijs] = field(default_factory=list)
    laatste: Opvolgstand | None = None

    @property
    def stand(self) -> str:
        """De stand: zoals vastgelegd, anders "open" uit het portaal en "niet_bekend" uit het archief."""
        if self.laatste is not None:
            return self.laatste.stand
        return str(Stand.OPEN) if self.aanbeveling.advies.traject_id else NIET_BEKEND

    @property
    def aan_anderen(self) -> bool:
        """Of zij alleen aan anderen dan het kabinet gericht is (`aan` voorgeladen); niet als dat niet bekend is."""
        wie = self.aanbeveling.aan.all()
        return bool(wie) and not any(g.soort in VAN_KABINET for g in wie)

    @property
    def onbeoordeeld(self) -> list[Geadresseerde]:
        """Wie van de geadresseerden nog geen eigen antwoord heeft terwijl een ander dat wel heeft."""
        gehad = {a.geadresseerde_id for a in self.antwoorden}
        if not gehad or None in gehad:
            return []
        return [g for g in self.aanbeveling.aan.all() if g.pk not in gehad]

    @property
    def oordelen(self) -> list[tuple[Antwoord, str]]:
        """De antwoorden met de naam van hun beeld."""
        return [(a, BEELD[Oordeel(a.oordeel)]) for a in self.antwoorden]


def opvolging_van(aanbevelingen: Sequence[Aanbeveling]) -> list[Opvolging]:
    """Geef van elke aanbeveling (met voorgeladen advies) wat erover vastligt, in drie zoekvragen."""
    uit = {a.pk: Opvolging(a) for a in aanbevelingen}
    jongste: dict[tuple[int, int | None], Antwoord] = {}
    for antwoord in _geldig().filter(aanbeveling__in=uit).order_by("pk"):
        jongste[antwoord.aanbeveling_id, antwoord.geadresseerde_id] = antwoord
    for antwoord in jongste.values():
        uit[antwoord.aanbeveling_id].antwoorden.append(antwoord)
    for stand in Opvolgstand.objects.filter(aanbeveling__in=uit).order_by("pk"):
        uit[stand.aanbeveling_id].laatste = stand
    for bewijs in _geldig_bewijs().filter(aanbevelingen__in=uit).distinct().prefetch_related("aanbevelingen"):
        for aanbeveling in bewijs.aanbevelingen.all():
            if aanbeveling.pk in uit:
                uit[aanbeveling.pk].bewijzen.append(bewijs)
    return list(uit.values())


def met_opvolging() -> QuerySet[Aanbeveling]:
    """Geef aanbevelingen van adviezen die zijn aangeboden of uit het archief komen, nieuwste advies eerst."""
    return (
        Aanbeveling.objects.filter(Q(advies__uitgebracht_op__isnull=False) | Q(advies__traject__isnull=True))
        .select_related("advies")
        .prefetch_related("aan")
        .order_by(F("advies__datum").desc(nulls_last=True), "-advies_id", "nummer")
    )


def te_beoordelen() -> QuerySet[Aanbeveling]:
    """Geef waar een brief over ligt zonder antwoord per aanbeveling: de matrix is daar nog niet ingevuld.

    Niet wat alleen aan anderen dan het kabinet gericht is: daar antwoordt het kabinet niet op.
    """
    aan = Geadresseerde.objects.filter(aanbevelingen=OuterRef("pk"))
    brief = Kabinetsreactie.objects.filter(ingetrokken_op__isnull=True).filter(adviezen=OuterRef("advies_id"))
    antwoord = Antwoord.objects.filter(aanbeveling=OuterRef("pk"), reactie__ingetrokken_op__isnull=True)
    voor_kabinet = ~Exists(aan) | Exists(aan.filter(soort__in=VAN_KABINET))
    return met_opvolging().filter(voor_kabinet, Exists(brief), ~Exists(antwoord))


def te_herzien() -> QuerySet[Aanbeveling]:
    """Geef wat open of in uitvoering staat en een jaar niet is nagegaan; uit het archief alleen wat beoordeeld is."""
    grens = vandaag() - HERZIEN_NA
    jongste = Opvolgstand.objects.filter(aanbeveling=OuterRef("pk")).order_by("-pk")
    return (
        met_opvolging()
        .annotate(laatste_stand=Subquery(jongste.values("stand")[:1]), laatste_per=Subquery(jongste.values("per")[:1]))
        .filter(
            Q(laatste_stand__in=[Stand.OPEN, Stand.IN_UITVOERING], laatste_per__lt=grens)
            | Q(laatste_stand__isnull=True, advies__traject__isnull=False, advies__uitgebracht_op__lt=grens)
        )
    )
