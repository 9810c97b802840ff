"""Lezen over stemmingen: wie er kan stemmen, wat er is vastgelegd, en de telling, altijd uit de rijen zelf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from raad.enums import Geleding
from raad.models import Persoon, Zetel
from vergaderingen.enums import KOMT_TERUG, Besluitsoort, Rondesoort, Stemkeuze, Uitkomst
from vergaderingen.models import Agendapunt, Besluit, Stemronde, Vergadering
from vergaderingen.queries import GROEPNAAM, Stem, stemmen_bij
from vergaderingen.stemming import Telling


@dataclass(frozen=True)
class Stemplek:
    """Eén zetel in een stemming: wie de stem heeft en wat er is vastgelegd ("" = nog niets)."""

    zetel: Zetel
    persoon: Persoon
    vervangt: Persoon | None = None
    keuze: str = ""
    ingeleverd: bool = False


@dataclass(frozen=True)
class Stemgroep:
    """De stemmers van één geleding, met hun telling."""

    geleding: str
    naam: str
    plekken: tuple[Stemplek, ...]

    @property
    def open(self) -> int:
        """Geef van hoeveel zetels nog niets is vastgelegd."""
        return sum(1 for plek in self.plekken if not plek.keuze)

    @property
    def telling(self) -> str:
        """Geef "8 voor, 2 tegen, 1 blanco", of "" als er nog niets is."""
        aantal = Counter(plek.keuze for plek in self.plekken if plek.keuze)
        return ", ".join(f"{aantal[k]} {k}" for k in Stemkeuze.values if aantal[k])


def stemmers(ronde: Stemronde) -> list[Stem]:
    """Geef wie in deze stemming een stem heeft: aanwezig, met zetel, en zonder wie zich onthoudt."""
    punt = ronde.agendapunt
    return [s for s in stemmen_bij(punt.vergadering, punt) if s.zetel is not None]


def stemlijst(ronde: Stemronde) -> list[Stemgroep]:
    """Geef de stemming per geleding. Wie al stemde blijft staan, ook als hij daarna vertrok."""
    vast = {s.zetel_id: s for s in ronde.stemmen.select_related("persoon", "zetel__organisatie")}
    papier = {b.zetel_id: b for b in ronde.briefjes.select_related("persoon", "zetel__organisatie")}
    plekken: dict[int, Stemplek] = {}
    for stem in stemmers(ronde) if ronde.is_open else ():
        assert stem.zetel is not None  # noqa: S101 - stemmers() laat stemmen zonder zetel weg
        plekken[stem.zetel.pk] = Stemplek(stem.zetel, stem.persoon, stem.vervangt)
    for zetel, rij in vast.items():
        plekken[zetel] = Stemplek(rij.zetel, rij.persoon, keuze=rij.keuze)
    for zetel, briefje in papier.items():
        plekken[zetel] = Stemplek(briefje.zetel, briefje.persoon, ingeleverd=True)
    per_groep: dict[str, list[Stemplek]] = {g: [] for g in Geleding.values}
    for plek in sorted(plekken.values(), key=lambda p: p.zetel.nummer):
        per_groep[plek.zetel.geleding].append(plek)
    return [Stemgroep(g, GROEPNAAM[g], tuple(p)) for g, p in per_groep.items() if p]


def telling(ronde: Stemronde) -> Telling:
    """Tel de vastgelegde stemmen; bij briefjes de opgeschreven totalen. Nooit een opgeslagen som (herrekenbaar)."""
    if ronde.soort == Rondesoort.BRIEFJES:
        return Telling(ronde.voor or 0, ronde.tegen or 0, ronde.blanco or 0)
    aantal = Counter(ronde.stemmen.values_list("keuze", flat=True))
    return Telling(aantal[Stemkeuze.VOOR], aantal[Stemkeuze.TEGEN], aantal[Stemkeuze.BLANCO])


def gevolg(besluit: Besluit) -> str:
    """Geef in gewone woorden wat een uitslag betekent die meer vraagt dan ja of nee; anders "" (art. 25 en 27)."""
    if besluit.uitkomst == Uitkomst.NIETIG:
        return (
            "Niet meer dan de helft van de leden stemde mee. De stemming is nietig en wordt in een volgende "
            "vergadering overgedaan (Wet op de SER, art. 25)."
        )
    if not besluit.gestemd or besluit.voor != besluit.tegen or besluit.soort == Besluitsoort.VERORDENING:
        return ""
    dan = "beslist het lot" if besluit.soort == Besluitsoort.PERSONEN else "is het voorstel verworpen"
    if besluit.uitkomst == Uitkomst.AANGEHOUDEN:
        return (
            "De stemmen staken. Het voorstel is aangehouden en komt terug in een volgende vergadering; staken de "
            f"stemmen dan weer, dan {dan} (Wet op de SER, art. 27)."
        )
    return f"De stemmen staken, in een voltallige vergadering of voor de tweede keer. Dan {dan} (art. 27)."


def nog_niet(groepen: Sequence[Stemgroep]) -> list[str]:
    """Geef de namen van wie aanwezig is maar van wie nog geen stem is vastgelegd."""
    return [plek.persoon.naam for groep in groepen for plek in groep.plekken if not plek.keuze]


def te_herstemmen(punt: Agendapunt) -> list[Stemronde]:
    """Geef nietige en aangehouden stemmingen van eerdere vergaderingen van dit orgaan die nog open staan (art. 25, 27).

    De herstemming gebeurt in een volgende vergadering; wat al is overgedaan, komt niet terug.
    """
    rij: Vergadering = punt.vergadering
    if rij.datum is None:
        return []
    return list(
        Stemronde.objects.filter(
            agendapunt__vergadering__orgaan=rij.orgaan,
            agendapunt__vergadering__commissie=rij.commissie,
            agendapunt__vergadering__datum__lt=rij.datum,
            besluit__uitkomst__in=KOMT_TERUG,
        )
        .exclude(herstemmingen__ingetrokken_reden="")
        .select_related("agendapunt__vergadering", "besluit")
        .order_by("-pk")
    )


def eigen_stem(ronde: Stemronde, persoon: Persoon | None) -> Stem | None:
    """Geef de stem die deze persoon in deze ronde heeft, of None: afwezig, vervangen, of onthouden."""
    if persoon is None:
        return None
    return next((s for s in stemmers(ronde) if s.persoon.pk == persoon.pk), None)


def open_peiling(punten: Sequence[Agendapunt]) -> Stemronde | None:
    """Geef de peiling die nu loopt bij een van deze punten, of None."""
    return (
        Stemronde.objects.filter(
            agendapunt__in=[p.pk for p in punten], soort=Rondesoort.PEILING, gesloten_op__isnull=True
        )
        .select_related("agendapunt__vergadering")
        .first()
    )
