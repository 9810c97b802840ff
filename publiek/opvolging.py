"""Wat er met aanbevelingen gebeurde: filteren, en per aanbeveling antwoord, stand en bewijs bij elkaar."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from adviezen.enums import VAN_KABINET
from kern.componenten import Oordeel
from kern.getal import geheel
from publiek.models import (
    Aanbeveling,
    Advies,
    Antwoord,
    Bewijs,
    Geadresseerde,
    Opvolgstand,
    Thema,
)
from publiek.zoekvraag import WACHT

OORDELEN = {
    "neemt_over": "neemt over",
    "deels": "neemt deels over",
    "niet": "neemt niet over",
    "nader": "beziet nader",
    "niet_beantwoord": "niet beantwoord",
    "niet_bekend": "niet bekend",
}
BEELD = {"deels": "neemt_deels_over", "niet": "neemt_niet_over"}
STANDEN = {
    "open": "open",
    "in_uitvoering": "in uitvoering",
    "uitgevoerd": "uitgevoerd",
    "niet_uitgevoerd": "niet uitgevoerd",
    "achterhaald": "achterhaald",
    "niet_bekend": "niet bekend",
}
BEWIJZEN = {
    "wet": "Wet of regeling",
    "brief": "Brief",
    "akkoord": "Akkoord of convenant",
    "begroting": "Begroting",
    "onderzoek": "Onderzoek",
    "debat": "Debat",
    "anders": "Anders",
}


@dataclass(frozen=True)
class Filter:
    """Wat de bezoeker koos; onbekende waarden tellen niet mee."""

    q: str = ""
    aan: int | None = None
    oordeel: str = ""
    stand: str = ""
    thema: str = ""
    van: int | None = None
    tot: int | None = None

    @property
    def aanstaand(self) -> bool:
        """Of er gefilterd wordt."""
        return self != Filter()


def lees_filter(vraag: QueryDict) -> Filter:
    """Lees het filter uit een adres."""
    oordeel, stand = vraag.get("oordeel", ""), vraag.get("stand", "")
    return Filter(
        q=" ".join(vraag.get("q", "").replace("\x00", "").split())[:100],
        aan=geheel(vraag.get("aan", "")),
        oordeel=oordeel if oordeel in OORDELEN else "",
        stand=stand if stand in STANDEN else "",
        thema=vraag.get("thema", "").replace("\x00", "")[:120],
        van=_jaar(vraag.get("van", "")),
        tot=_jaar(vraag.get("tot", "")),
    )


def _jaar(tekst: str) -> int | None:
    jaar = geheel(tekst)
    return jaar if jaar is not None and 1900 <= jaar <= 2199 else None


def gefilterd(filter: Filter) -> QuerySet[Aanbeveling]:
    """Geef de aanbevelingen bij een filter, nieuwste advies eerst."""
    rijen = Aanbeveling.objects.order_by(
        F("datum").desc(nulls_last=True), F("jaar").desc(nulls_last=True), "-advies_id", "nummer"
    )
    for woord in filter.q.split():
        rijen = rijen.filter(Q(tekst__icontains=woord) | Q(advies_titel__icontains=woord))
    if filter.aan is not None:
        rijen = rijen.filter(aan__overlap=met_voorgangers(filter.aan))
    if filter.oordeel:
        bekend = {"oordelen": []} if filter.oordeel == "niet_bekend" else {"oordelen__contains": [filter.oordeel]}
        rijen = rijen.filter(**bekend)
    if filter.stand:
        rijen = rijen.filter(stand=filter.stand)
    if filter.thema:
        rijen = rijen.filter(themas__contains=[filter.thema])
    if filter.van is not None:
        rijen = rijen.filter(jaar__gte=filter.van)
    if filter.tot is not None:
        rijen = rijen.filter(jaar__lte=filter.tot)
    return rijen


def met_voorgangers(pk: int) -> list[int]:
    """Geef een geadresseerde met ieder die er nu onder valt: wie opging in wie, ook over meer stappen."""
    opvolgers = dict(Geadresseerde.objects.values_list("pk", "opvolgers"))
    uit = [pk]
    for nummer in uit:
        uit += [oud for oud, nieuw in opvolgers.items() if nummer in nieuw and oud not in uit]
    return uit


@dataclass
class Opgevolgd:
    """Een aanbeveling met wat erover openbaar is."""

    aanbeveling: Aanbeveling
    namen: Sequence[str] = ()
    reactie: str = "niet_bekend"
    aan_anderen: bool = False  # alleen gericht aan anderen dan het kabinet
    antwoorden: list[Antwoord] = field(default_factory=list)
    eerdere: list[Antwoord] = field(default_factory=list)
    standen: list[Opvolgstand] = field(default_factory=list)
    bewijzen: list[Bewijs] = field(default_factory=list)

    @property
    def aan_wie(self) -> str:
        """Aan wie de aanbeveling gericht is, in woorden; leeg als dat niet bekend is."""
        return "; ".join(self.namen) or self.aanbeveling.geadresseerden

    @property
    def oordelen(self) -> list[tuple[Antwoord, str]]:
        """De geldende antwoorden met de naam van hun beeld."""
        return [(a, BEELD.get(a.oordeel, a.oordeel)) for a in self.antwoorden]

    @property
    def zonder_antwoord(self) -> Oordeel:
        """Wat er staat als er geen antwoord beoordeeld is.

        "Nog geen antwoord" alleen zolang het advies op een reactie wacht. Kwam er al een deel, dan kan het antwoord
        daarin staan: dan is het nog niet beoordeeld. Wie de aanbeveling niet kreeg, hoeft haar niet te beantwoorden.
        """
        if self.aan_anderen:
            return Oordeel("niet_aan_kabinet", woord="Niet aan het kabinet gericht")
        wacht = self.reactie in WACHT
        if wacht and self.reactie.startswith("deels_"):
            return Oordeel("niet_bekend", woord="Nog niet beoordeeld")
        return Oordeel("afgewacht", woord="Nog geen antwoord") if wacht else Oordeel("niet_bekend")

    @property
    def stand(self) -> Opvolgstand | None:
        """De geldende stand zoals beoordeeld, of None."""
        return next((s for s in self.standen if s.geldt), None)

    @property
    def bewijs(self) -> list[tuple[Bewijs, str]]:
        """Het bewijs met de naam van zijn soort."""
        return [(b, BEWIJZEN[b.soort]) for b in self.bewijzen]


def met_opvolging(rijen: Sequence[Aanbeveling]) -> list[Opgevolgd]:
    """Geef bij elke aanbeveling haar antwoorden, standen en bewijs, in vijf zoekvragen."""
    wie = {g.pk: g for g in Geadresseerde.objects.all()}
    reacties = dict(Advies.objects.filter(pk__in={r.advies_id for r in rijen}).values_list("pk", "reactie"))
    uit = {}
    for r in rijen:
        aan = [wie[pk] for pk in r.aan if pk in wie]
        anderen = bool(aan) and all(g.soort not in VAN_KABINET for g in aan)
        uit[r.pk] = Opgevolgd(r, [g.naam for g in aan], reacties[r.advies_id], anderen)
    for antwoord in Antwoord.objects.filter(aanbeveling__in=uit):
        rij = uit[antwoord.aanbeveling_id]
        (rij.antwoorden if antwoord.geldt else rij.eerdere).append(antwoord)
    for stand in Opvolgstand.objects.filter(aanbeveling__in=uit):
        uit[stand.aanbeveling_id].standen.append(stand)
    for bewijs in Bewijs.objects.filter(aanbeveling__in=uit):
        uit[bewijs.aanbeveling_id].bewijzen.append(bewijs)
    return list(uit.values())


def op_bladzijde(kenmerk: str, punten: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Geef de aanbevelingen zoals zij in een advies staan, met wat het kabinet antwoordde en wat ervan kwam.

    `oordelen` zijn paren van de naam van een beeld (kern.beeld) en wie dat zei; dat is leeg als het voor allen geldt.
    `stand` is leeg zolang niemand haar beoordeelde. Eén zoekvraag, een tweede als er antwoorden zijn, en geen zonder
    aanbevelingen.
    """
    rijen = {a.nummer: a for a in Aanbeveling.objects.filter(kenmerk=kenmerk)} if punten else {}
    gezegd: dict[int, list[tuple[str, str]]] = {}
    if any(rij.oordelen for rij in rijen.values()):
        geldend = Antwoord.objects.filter(aanbeveling__in=[r.pk for r in rijen.values()], geldt=True)
        for a in geldend.order_by("geadresseerde", "id"):
            gezegd.setdefault(a.aanbeveling_id, []).append((BEELD.get(a.oordeel, a.oordeel), a.geadresseerde))
    uit = []
    for punt in punten:
        rij = rijen.get(punt["nummer"])
        beoordeeld = rij is not None and rij.stand_per is not None
        oordelen = gezegd.get(rij.pk, []) if rij is not None else []
        uit.append(punt | {"oordelen": oordelen, "stand": rij.stand if rij is not None and beoordeeld else ""})
    return uit


def keuzes() -> dict[str, list[tuple[Any, str]]]:
    """Geef de keuzes van het filter die voorkomen."""
    themas = {t for rij in Aanbeveling.objects.values_list("themas", flat=True) for t in rij}
    return {
        "geadresseerden": [(g.pk, g.naam) for g in Geadresseerde.objects.all()],
        "oordelen": list(OORDELEN.items()),
        "standen": list(STANDEN.items()),
        "themas": [(t.slug, t.naam) for t in Thema.objects.filter(slug__in=themas)],
    }
