"""Eén overzicht van de jaarstukken met hun dag in de wet, en van wat bij een verordening bekend moet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from kern.tekort import Tekort
from vergaderingen import bekendmaken
from vergaderingen.agenda import NAAM
from vergaderingen.eigen_bron import JAARSTUKKEN, Jaarstuk
from vergaderingen.enums import Orgaan, Puntsoort
from vergaderingen.models import Agendapunt, Bekendmaking
from vergaderingen.queries import VALT_UIT, bekendmakingen_van

TERUG = timedelta(days=366)  # zo lang blijft een punt van geweest op het overzicht


@dataclass(frozen=True)
class Puntstand:
    """Een punt op een agenda, met wat ervan bekend is gemaakt en wat daar nog aan ontbreekt."""

    punt: Agendapunt
    gedaan: tuple[Bekendmaking, ...]
    tekorten: tuple[Tekort, ...]


@dataclass(frozen=True)
class Jaarregel:
    """Een jaarstuk dat komt: over welk jaar, voor welke dag, en waar het op een agenda staat."""

    stuk: Jaarstuk
    jaar: int
    grens: date
    stand: Puntstand | None

    @property
    def titel(self) -> str:
        """Geef hoe het stuk met zijn jaar heet."""
        return self.stuk.titel(self.jaar)

    @property
    def aangeboden_vanaf(self) -> date:
        """Geef vanaf welke vergaderdag het portaal dit stuk voor een agenda aanbiedt."""
        return self.grens - timedelta(days=self.stuk.vooraf)


def _standen(punten: Collection[Agendapunt]) -> list[Puntstand]:
    van_raad = [p for p in punten if p.vergadering.orgaan == Orgaan.RAAD]
    gedaan = bekendmakingen_van(van_raad)
    tekorten = {p.pk: bekendmaken.tekorten(p, gedaan[p.pk]) for p in van_raad}
    return [Puntstand(p, tuple(gedaan.get(p.pk, {}).values()), tuple(tekorten.get(p.pk, []))) for p in punten]


def jaarregels(dag: date, *, voorbeeld: bool) -> list[Jaarregel]:
    """Geef per soort jaarstuk het eerstvolgende na `dag`, vroegste dag boven. Een vast aantal zoekvragen."""
    reeks = "v" if voorbeeld else "r"
    komt = {stuk: stuk.komend(dag) for stuk in JAARSTUKKEN}
    sleutels = {f"{NAAM}:jaar:{stuk.sleutel}:{jaar}:{reeks}": stuk for stuk, (jaar, _) in komt.items()}
    punten = (
        Agendapunt.objects.filter(sleutel__in=sleutels, vervallen_reden="")
        .exclude(vergadering__status__in=VALT_UIT)
        .select_related("vergadering__commissie")
        .order_by("pk")
    )
    laatste = {sleutels[s.punt.sleutel]: s for s in _standen(punten)}
    regels = [Jaarregel(stuk, jaar, grens, laatste.get(stuk)) for stuk, (jaar, grens) in komt.items()]
    return sorted(regels, key=lambda r: r.grens)


def andere_punten(dag: date, *, voorbeeld: bool) -> list[Puntstand]:
    """Geef de verordeningen, en de jaarstukken die met de hand op een agenda van de raad kwamen; nieuwste boven.

    Van een jaar terug tot alles wat komt, ten hoogste vijftig.
    """
    soort = Q(soort=Puntsoort.VERORDENING) | Q(soort=Puntsoort.JAARSTUK) & ~Q(sleutel__startswith=f"{NAAM}:jaar:")
    punten = (
        Agendapunt.objects.filter(
            soort, vervallen_reden="", vergadering__orgaan=Orgaan.RAAD, vergadering__datum__gte=dag - TERUG,
            vergadering__voorbeeld=voorbeeld, vergadering__kenmerk=None,
        )
        .exclude(vergadering__status__in=VALT_UIT)
        .select_related("vergadering__commissie")
        .order_by("-vergadering__datum", "volgorde")[:50]
    )  # fmt: skip
    return _standen(punten)
