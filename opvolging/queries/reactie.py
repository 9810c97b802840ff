"""Welke reacties worden afgewacht, welke kwamen, en of dat op tijd was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Min, Prefetch, QuerySet

from adviezen.models import Advies
from adviezen.openbaar import klok_van, sleutel_van
from kern.models import Precisie
from kern.tijd import nu, vandaag
from opvolging.models import Kabinetsreactie
from opvolging.termijnsoorten import NAAM
from publicatie.models import Publicatie
from termijnen.models import Termijn
from termijnen.queries import urgentste_eerst


def klokken() -> QuerySet[Termijn]:
    """Geef de lopende klokken: verstreken eerst, de langst verstreken bovenaan; stilgezette achteraan."""
    return urgentste_eerst(Termijn.objects.filter(soort=NAAM).lopend(), vandaag())


def klokken_van(adviezen: Iterable[Advies]) -> dict[int, Termijn]:
    """Geef per advies zijn jongste klok die niet verviel, in één zoekvraag."""
    return {int(t.object_id): t for t in _klokken(adviezen).exclude(status="vervallen").order_by("pk")}


def lopend(adviezen: Iterable[Advies]) -> set[int]:
    """Geef de nummers van de adviezen waarvan de klok loopt of stilstaat, in één zoekvraag."""
    return {int(pk) for pk in _klokken(adviezen).lopend().values_list("object_id", flat=True)}


def _klokken(adviezen: Iterable[Advies]) -> Any:
    return Termijn.objects.filter(
        soort=NAAM, object_soort=Advies._meta.label_lower, object_id__in=[str(a.pk) for a in adviezen]
    )


def onder_embargo(adviezen: Iterable[Advies]) -> set[int]:
    """Geef de nummers van de adviezen die zijn aangeboden maar nog niet openbaar, in één zoekvraag."""
    per_sleutel = {sleutel_van(a): a.pk for a in adviezen}
    rijen = Publicatie.objects.filter(sleutel__in=per_sleutel).exclude(tot=F("vanaf"))
    begin = rijen.values("sleutel").annotate(eerst=Min("vanaf")).filter(eerst__gt=nu())
    return {per_sleutel[sleutel] for sleutel in begin.values_list("sleutel", flat=True)}


def afgesproken(advies: Advies, klok: Termijn | None) -> date | None:
    """Geef de dag waarop het kabinet uiterlijk zou reageren: van de klok, of bij een archiefadvies uit zijn datums.

    None als de datums het niet toelaten; dan is ook niets te laat. Dezelfde som als op de openbare bladzijde.
    """
    if klok is not None:
        return klok.vervalt_op
    som = klok_van(advies) if advies.traject_id is None else None
    return date.fromisoformat(som["vervalt_op"]) if som is not None else None


def tijdigheid(reactie: Kabinetsreactie, uiterlijk: date | None, *, deels: bool = False) -> str:
    """Geef "op_tijd", "later", "gedeeltelijk", "wet" of "ingetrokken".

    `uiterlijk` is de afgesproken dag, die zelf nog op tijd is; `deels`: de brief gaat op een deel van dit advies in.
    Zonder afgesproken dag of zonder dag van de brief is het "niet_bekend", nooit te laat.
    """
    if reactie.ingetrokken_op is not None:
        return "ingetrokken"
    if reactie.is_wet:
        return "wet"
    if reactie.gedeeltelijk or deels:
        return "gedeeltelijk"
    if uiterlijk is None or reactie.datum is None or reactie.datum_precisie != Precisie.DAG:
        return "niet_bekend"
    return "op_tijd" if reactie.datum <= uiterlijk else "later"


@dataclass(frozen=True)
class Afgewacht:
    """Een lopende klok met haar advies en de gedeeltelijke reacties die er al zijn."""

    termijn: Termijn
    advies: Advies
    reacties: Sequence[Kabinetsreactie]

    @property
    def te_laat(self) -> bool:
        """Of de afgesproken dag voorbij is."""
        return self.termijn.vervalt_op < vandaag()


def afgewacht(termijnen: Sequence[Termijn]) -> list[Afgewacht]:
    """Geef de regels bij deze klokken, in een vast aantal zoekvragen."""
    geldig = Prefetch(
        "kabinetsreacties", Kabinetsreactie.objects.filter(ingetrokken_op__isnull=True), to_attr="geldige_reacties"
    )
    adviezen = Advies.objects.prefetch_related(geldig).in_bulk([int(t.object_id) for t in termijnen])
    return [
        Afgewacht(t, adviezen[int(t.object_id)], adviezen[int(t.object_id)].geldige_reacties)
        for t in termijnen
        if int(t.object_id) in adviezen
    ]


@dataclass(frozen=True)
class Ontvangen:
    """Een reactie met per advies of zij op tijd was."""

    reactie: Kabinetsreactie
    adviezen: Sequence[tuple[Advies, str]]


def ontvangen(reacties: Sequence[Kabinetsreactie]) -> list[Ontvangen]:
    """Geef de regels bij deze reacties (met voorgeladen `adviezen` en `deels`), in een vast aantal zoekvragen."""
    klok = klokken_van({a for r in reacties for a in r.adviezen.all()})
    return [
        Ontvangen(
            r,
            [(a, tijdigheid(r, afgesproken(a, klok.get(a.pk)), deels=r.is_deels_over(a.pk))) for a in r.adviezen.all()],
        )
        for r in reacties
    ]
