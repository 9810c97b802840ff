"""Hoe ver een traject is, uit het eigen verloop (Stapgang)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from adviezen.enums import PUBLIEKE_NAAM, STAPPEN, Stap
from adviezen.models import Adviestraject, Stapgang


@dataclass(frozen=True)
class StapRij:
    """Eén van de acht stappen.

    `status` is "gedaan", "bezig", "komt", "overgeslagen" of "vervallen" (het traject eindigde eerder). `vanaf` en `tot`
    zijn van de laatste keer dat de stap liep; `teruggekomen` telt hoe vaak het traject er opnieuw begon.
    """

    nummer: int
    stap: Stap
    naam: str
    publieke_naam: str
    status: str
    vanaf: datetime | None
    tot: datetime | None
    teruggekomen: int


def voortgang(traject: Adviestraject, gangen: Iterable[Stapgang] | None = None) -> list[StapRij]:
    """Geef de acht stappen in volgorde. Eén zoekvraag, of geen als `gangen` (op volgorde van pk) gegeven is.

    Wat herroepen is, telt alsof het niet gebeurd is; het staat nog wel in Stapgang en in het logboek.
    """
    perioden = _perioden(traject.stapgangen.all() if gangen is None else gangen)
    huidig = STAPPEN.index(Stap(traject.stap)) if traject.stap in STAPPEN else None
    uit = []
    for plaats, stap in enumerate(STAPPEN):
        eigen = [(van, tot) for welke, van, tot in perioden if welke == stap]
        uit.append(
            StapRij(
                nummer=plaats + 1,
                stap=stap,
                naam=stap.label,
                publieke_naam=PUBLIEKE_NAAM[stap],
                status=_status(traject.stap, plaats, huidig, bool(eigen)),
                vanaf=eigen[-1][0] if eigen else None,
                tot=eigen[-1][1] if eigen else None,
                teruggekomen=max(0, len(eigen) - 1),
            )
        )
    return uit


def _perioden(gangen: Iterable[Stapgang]) -> list[tuple[str, datetime, datetime | None]]:
    """Zet gezette stappen om in perioden (stap, van, tot); een herroeping neemt de vorige stap terug."""
    geldig: list[Stapgang] = []
    for gang in gangen:
        if gang.overgang.startswith("herroep_") and geldig:
            geldig.pop()
        else:
            geldig.append(gang)
    einden = [gang.op for gang in geldig[1:]]
    return [(g.naar, g.op, tot) for g, tot in zip(geldig, [*einden, None], strict=True)]


def _status(stand: str, plaats: int, huidig: int | None, liep: bool) -> str:
    if huidig is None:
        if liep:
            return "gedaan"
        return "overgeslagen" if stand == Stap.AANGEBODEN else "vervallen"
    if plaats == huidig:
        return "bezig"
    if plaats > huidig:
        return "komt"
    return "gedaan" if liep else "overgeslagen"
