"""Wat er aan een kabinetsreactie mankeert voordat zij vastligt. Zuiver: het scherm toont alles in één keer."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from adviezen.models import Advies
from kern.models import Precisie
from kern.tijd import datum_nl, vandaag
from opvolging.enums import Vorm


@dataclass(frozen=True)
class Ingevuld:
    """Wat er is ingevuld; verder nummers van adviezen.

    `deels`: voor een deel beantwoord; `loopt`: waarvan de klok loopt; `geheim`: die onder embargo liggen.
    """

    adviezen: Sequence[Advies]
    deels: Collection[int]
    afzenders: str
    vorm: str
    gedeeltelijk: bool
    datum: date | None
    precisie: str
    voor_aanbieding: bool
    loopt: Collection[int]
    geheim: Collection[int]

    @property
    def heel(self) -> list[Advies]:
        """De adviezen die de brief helemaal beantwoordt: hun klok gaat dicht."""
        if self.gedeeltelijk or self.vorm == Vorm.WET:
            return []
        return [a for a in self.adviezen if a.pk not in self.deels]


def fouten(g: Ingevuld) -> list[tuple[str, str]]:
    """Geef alles wat er mankeert als (veld, zin), hooguit één per veld; leeg is goed."""
    uit: dict[str, str] = {}
    for veld, zin in (*_wat(g), *_wanneer(g)):
        uit.setdefault(veld, zin)
    return list(uit.items())


def _wat(g: Ingevuld) -> Iterator[tuple[str, str]]:
    if not g.adviezen:
        yield "adviezen", "Kies het advies waarop het kabinet reageert."
    if len({a.voorbeeld for a in g.adviezen}) > 1:
        yield "adviezen", "Een brief over een echt advies gaat niet ook over een voorbeeld."
    for advies in g.adviezen:
        if advies.traject_id is not None and advies.uitgebracht_op is None:
            yield "adviezen", f"Het advies “{advies.titel}” is nog niet uitgebracht."
    geheim = [a.titel for a in g.adviezen if a.pk in g.geheim]
    if geheim:  # de lijst biedt ze niet aan, dus dit nummer is ingevuld
        yield "andere", f"Nog onder embargo, dus nog niet openbaar: {', '.join(f'“{titel}”' for titel in geheim)}."
    if g.vorm not in Vorm.values:
        yield "vorm", "Kies een vorm."
    if not set(g.deels) <= {a.pk for a in g.adviezen}:
        yield "deels", "Kies alleen adviezen waar de brief over gaat: kruis ook het advies zelf aan."
    if not g.afzenders.strip():
        yield "afzenders", "Vul in wie de brief stuurde."


def _wanneer(g: Ingevuld) -> Iterator[tuple[str, str]]:
    sluit = any(a.pk in g.loopt for a in g.heel)
    if sluit and (g.datum is None or g.precisie != Precisie.DAG):
        yield "datum", "Vul de dag van de brief in: er loopt een termijn, en die dag sluit haar."
    if g.datum is None:
        return
    if g.datum > vandaag():
        yield "datum", "De dag van de brief ligt in de toekomst."
    for advies in g.adviezen:
        begin = advies.uitgebracht_op or advies.datum
        if g.precisie == Precisie.DAG and begin is not None and g.datum < begin and not g.voor_aanbieding:
            yield (
                "datum",
                f"De brief is van voor het advies “{advies.titel}” ({datum_nl(begin)}). Reageerde het kabinet op het "
                "ontwerpadvies? Kruis dat dan aan.",
            )
