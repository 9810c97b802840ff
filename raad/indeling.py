"""De indeling van een nieuwe zittingsperiode: welke zetels er komen, wie erin wordt voorgesteld, en of dat klopt.

Zuiver rekenen, zonder database. Bronnen: Wet op de SER art. 4 (omvang, verhouding) en 8 (herbenoeming, aftreden);
Besluit aanvaarding functie art. 8 (namen vier weken vooraf) en 12 (wie voorzit tot de Kroon benoemt); SER-Wijzer 8, 19.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kern.tijd import datum_nl
from raad.enums import Geleding, SoortBenoeming

if TYPE_CHECKING:
    from raad.models import Organisatie

MINSTE_LEDEN, MEESTE_LEDEN = 30, 45  # Wet art. 4
NAMEN_VOORAF = timedelta(weeks=4)  # Besluit aanvaarding functie art. 8


@dataclass(frozen=True)
class Zetels:
    """Een groep gelijke zetels in een nieuwe zittingsperiode."""

    geleding: Geleding
    aantal: int
    organisatie: Organisatie | None = None
    bijzonder: str = ""


@dataclass(frozen=True)
class Plek:
    """Eén zetel die er komt, met zijn nummer."""

    nummer: int
    geleding: Geleding
    organisatie: Organisatie | None = None
    bijzonder: str = ""

    @property
    def groep(self) -> tuple[str, int, str]:
        """Geef wat gelijke zetels delen: geleding, organisatie en bijzonderheid."""
        return (self.geleding, self.organisatie.pk if self.organisatie else 0, self.bijzonder)


@dataclass(frozen=True)
class Keuze:
    """Wie in een zetel wordt benoemd, en als wat."""

    nummer: int
    soort: SoortBenoeming
    persoon: int


@dataclass(frozen=True)
class Zittend:
    """Iemand die nu zit: om voor te stellen, en om te zien wat er verandert."""

    persoon: int
    naam: str
    soort: SoortBenoeming
    groep: tuple[str, int, str]
    van_wie: str


@dataclass(frozen=True)
class Bevinding:
    """Wat de controle vond. Een `fout` houdt het vastleggen tegen, een aandachtspunt niet."""

    tekst: str
    fout: bool = False


def plekken(zetels: Sequence[Zetels]) -> list[Plek]:
    """Geef elke zetel met zijn nummer: geledingen van links naar rechts, daarbinnen in de gegeven volgorde."""
    groepen = [g for geleding in Geleding for g in zetels if g.geleding == geleding]
    rijen = [g for g in groepen for _ in range(g.aantal)]
    return [Plek(n, g.geleding, g.organisatie, g.bijzonder) for n, g in enumerate(rijen, start=1)]


def voorstel(nieuw: Sequence[Plek], zittend: Sequence[Zittend]) -> list[Keuze]:
    """Stel voor wie zit te herbenoemen (Wet art. 8) in de zetels van dezelfde organisatie; wat overschiet blijft leeg.

    `zittend` staat op zetelnummer; bij minder zetels valt de laatste af.
    """
    uit: list[Keuze] = []
    for soort in (SoortBenoeming.LID, SoortBenoeming.PLAATSVERVANGER):
        wachtend: dict[tuple[str, int, str], list[int]] = {}
        for z in zittend:
            if z.soort == soort:
                wachtend.setdefault(z.groep, []).append(z.persoon)
        uit += [Keuze(p.nummer, soort, rij.pop(0)) for p in nieuw if (rij := wachtend.get(p.groep))]
    return uit


def controleer(
    nieuw: Sequence[Plek],
    keuzen: Sequence[Keuze],
    *,
    van: date,
    vandaag: date,
    namen: Mapping[int, str],
    zittend: Sequence[Zittend] = (),
    onverenigbaar: Collection[int] = (),
    voorzitters: Sequence[int] = (),
    zonder_coordinator: Collection[str] = (),
) -> list[Bevinding]:
    """Geef alles wat aan deze indeling niet klopt of aandacht vraagt, fouten eerst. Leeg: er is niets op te merken.

    `namen` zijn de personen op nummer; `onverenigbaar` wie op de eerste dag een onverenigbaar ambt heeft (regel 5);
    `voorzitters` de huidige voorzitter en plaatsvervangers op volgorde.
    """
    uit = [
        *_omvang(nieuw),
        *_dubbel(nieuw, keuzen, namen),
        *(
            Bevinding(f"{namen.get(p, p)} heeft op {datum_nl(van)} een ambt dat niet met een zetel samengaat.", True)
            for p in sorted({k.persoon for k in keuzen} & set(onverenigbaar))
        ),
        *_leeg(nieuw, keuzen),
        *_veranderd(nieuw, keuzen, zittend, namen),
    ]  # fmt: skip
    uit += [Bevinding(f"{naam} heeft nog geen coördinator voor het achterbanberaad.") for naam in zonder_coordinator]
    if vandaag > van - NAMEN_VOORAF:
        uit.append(Bevinding(f"De organisaties gaven hun leden uiterlijk {datum_nl(van - NAMEN_VOORAF)} op."))
    if voorzitters:
        herbenoemd = {k.persoon for k in keuzen if k.soort == SoortBenoeming.LID}
        eerste = next((p for p in voorzitters if p in herbenoemd), None)
        wie = namen.get(eerste, "") if eerste is not None else "het oudste lid"
        uit.append(Bevinding(f"Tot de Kroon een voorzitter benoemt, zit {wie} voor."))
    return sorted(uit, key=lambda b: not b.fout)


def _omvang(nieuw: Sequence[Plek]) -> list[Bevinding]:
    aantal = Counter(p.geleding for p in nieuw)
    uit = []
    if aantal[Geleding.ONDERNEMERS] != aantal[Geleding.WERKNEMERS]:
        uit.append(
            Bevinding(
                f"Ondernemers hebben {aantal[Geleding.ONDERNEMERS]} zetels en werknemers "
                f"{aantal[Geleding.WERKNEMERS]}; dat moet gelijk zijn.",
                True,
            )
        )
    if not MINSTE_LEDEN <= len(nieuw) <= MEESTE_LEDEN:
        uit.append(Bevinding(f"De raad telt {len(nieuw)} zetels; de wet noemt {MINSTE_LEDEN} tot {MEESTE_LEDEN}."))
    if 3 * (len(nieuw) - aantal[Geleding.KROONLEDEN]) < 2 * len(nieuw):
        uit.append(Bevinding("De organisaties benoemen minder dan twee derde van de leden (Wet op de SER, art. 4)."))
    return uit


def _dubbel(nieuw: Sequence[Plek], keuzen: Sequence[Keuze], namen: Mapping[int, str]) -> list[Bevinding]:
    uit = []
    bekend = {p.nummer for p in nieuw}
    per: dict[int, list[int]] = {}
    for k in keuzen:
        per.setdefault(k.persoon, []).append(k.nummer)
        if k.nummer not in bekend:
            uit.append(Bevinding(f"Zetel {k.nummer} bestaat in deze periode niet.", True))
    for persoon, nummers in per.items():
        if len(nummers) > 1:
            waar = " en ".join(str(n) for n in sorted(nummers))
            uit.append(Bevinding(f"{namen.get(persoon, persoon)} staat twee keer: in zetel {waar}.", True))
    plekken_ = Counter((k.nummer, k.soort) for k in keuzen)
    uit += [
        Bevinding(f"Zetel {n} heeft twee keer een {s.label}.", True) for (n, s), keer in plekken_.items() if keer > 1
    ]
    return uit


def _leeg(nieuw: Sequence[Plek], keuzen: Sequence[Keuze]) -> list[Bevinding]:
    bezet = {(k.nummer, k.soort) for k in keuzen}
    vacant = [p.nummer for p in nieuw if (p.nummer, SoortBenoeming.LID) not in bezet]
    zonder = [p.nummer for p in nieuw if (p.nummer, SoortBenoeming.PLAATSVERVANGER) not in bezet]
    uit = []
    if vacant:
        uit.append(Bevinding(f"{_tel(vacant, 'vacature', 'vacatures')}: zetel {_op_rij(vacant)}."))
    if zonder:
        uit.append(Bevinding(f"{_tel(zonder, 'zetel', 'zetels')} zonder plaatsvervanger: {_op_rij(zonder)}."))
    return uit


def _veranderd(
    nieuw: Sequence[Plek], keuzen: Sequence[Keuze], zittend: Sequence[Zittend], namen: Mapping[int, str]
) -> list[Bevinding]:
    """Wie vertrekt, wie nieuw is, en wie voor een ander gaat zitten."""
    was = {z.persoon: z for z in zittend}
    wordt = {k.persoon for k in keuzen}
    groep = {p.nummer: p for p in nieuw}
    uit = []
    weg = [z.naam for z in zittend if z.persoon not in wordt]
    erbij = [namen.get(k.persoon, str(k.persoon)) for k in keuzen if k.persoon not in was]
    if zittend and weg:
        uit.append(Bevinding(f"Niet herbenoemd: {', '.join(weg)}."))
    if zittend and erbij:
        uit.append(Bevinding(f"Nieuw: {', '.join(erbij)}."))
    for k in keuzen:
        z, plek = was.get(k.persoon), groep.get(k.nummer)
        if z and plek and z.groep != plek.groep:
            nu_voor = plek.organisatie.naam if plek.organisatie else "de Kroon"
            uit.append(Bevinding(f"{z.naam} zat voor {z.van_wie} en zit nu in zetel {k.nummer} voor {nu_voor}."))
    return uit


def _tel(rij: Sequence[int], een: str, meer: str) -> str:
    return f"{len(rij)} {een if len(rij) == 1 else meer}"


def _op_rij(nummers: Sequence[int]) -> str:
    return ", ".join(str(n) for n in nummers)
