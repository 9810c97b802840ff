"""De kaart: van elk openbaar advies de keuzes per filter, in het geheugen van het proces, om zonder rekenen te tellen.

Elke keuze ("thema arbeid", "reactie onbekend") is één geheel getal met een bit per advies: bit n is het advies met id
`eerste` + n. Filteren is dan "en" en "of" en tellen is bits tellen, wat nauwelijks meegroeit, waar de database
per filter alle treffers groepeert. Ook de treffers van een zoekwoord komen als bits (publiek.gevonden), dus er
gaat nooit een lijst van honderdduizend nummers over de lijn.

Een kaart hoort bij één *stand* (publiek.stand), gelezen in dezelfde leestransactie als de kaart zelf. Verandert er
iets wat het publiek kan zien, of de dag, dan past de stand niet meer en leest de eerstvolgende vraag een nieuwe kaart.
Zij kan nieuwer zijn dan haar stand, nooit ouder. Eén kaart per proces; een volgende neemt haar plaats in.
"""

import json
import sys
import threading
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, reduce
from heapq import merge
from itertools import compress, islice
from operator import or_
from typing import Any

from publiek import vindplaatsen
from publiek.verbinding import stand_nu
from publiek.vindplaatsen import Vindplaatsen
from publiek.woorden import gezocht, verruimd
from publiek.zoekvraag import FACETTEN, ONBEKEND, VAST, Zoekvraag

SCHEIDING = "\x1f"
# Volgorde "nieuwste". Een stuk waarop een reactie binnen een termijn hoort, en dat geen rij heeft: niet bekend.
RIJEN = """
SELECT kenmerk, stand FROM publiek.reactiestand;
SELECT f.id, f.kenmerk, f.jaar, f.datum - DATE '0001-01-01', f.soort, f.commissie, f.oordeel,
       array_to_string(f.themas, %(scheiding)s), array_to_string(f.vragers, %(scheiding)s), f.voorbeeld
FROM publiek.facetrij f ORDER BY f.datum DESC NULLS LAST, f.jaar DESC NULLS LAST, f.id DESC
"""
NAMEN = "SELECT slug, naam FROM publiek.thema; SELECT slug, naam FROM publiek.commissie"
WOORD = 32  # zoals in publiek.gevonden
TREFFERS = "SELECT woorden, bits, woorden_kort, bits_kort, elders::text FROM publiek.gevonden(%s::tsquery)"
GEVONDEN = 100  # zoveel zoekvragen onthoudt een kaart; elk kost twee bits per advies
LAATST, LAATSTE_JAAR = 2**31 - 1, 2**15 - 1  # geen dag, geen jaar: ook bij "oudste" achteraan
MET_TERMIJN = {"advies", "briefadvies", "interimadvies"}
NULLEN = bytes.maketrans(b"01", b"\x00\x01")


@dataclass(frozen=True)
class Keuze:
    """De adviezen van een uitslag, als bits op de kaart."""

    kaart: "Kaart"
    bits: int

    @property
    def aantal(self) -> int:
        """Hoeveel het er zijn."""
        return self.bits.bit_count()

    def ids(self, volgorde: str = "nieuwste", vanaf: int = 0, hoeveel: int | None = None) -> list[int]:
        """Geef de id's op volgorde "nieuwste" of "oudste", van `vanaf` af en ten hoogste `hoeveel`."""
        kaart, vlaggen = self.kaart, self.kaart.vlaggen(self.bits)
        plaatsen = kaart.oudste if volgorde == "oudste" else kaart.nieuwste
        gevonden = compress(plaatsen, map(vlaggen.__getitem__, plaatsen))
        tot = None if hoeveel is None else vanaf + hoeveel
        return [kaart.eerste + n for n in islice(gevonden, vanaf, tot)]


@dataclass(frozen=True)
class Treffers:
    """Welke adviezen een zoekvraag hebben, als bits; `kort`: in titel, samenvatting of trefwoorden.

    `lexemen` is de vraag als tekst van een tsquery, "" als er geen zoekwoord overblijft. `elders` is per soort hoeveel
    er buiten de adviezen te vinden is; een soort zonder treffers ontbreekt. `los` zijn daarvan de sleutels waar geen
    index bij helpt.
    """

    lexemen: str = ""
    alle: int = 0
    kort: int = 0
    elders: dict[str, int] = field(default_factory=dict)
    los: dict[str, list[str]] = field(default_factory=dict)


class Kaart:
    """Wat er openbaar is bij één stand. Onveranderlijk na het lezen."""

    def __init__(
        self,
        rijen: Iterable[tuple[Any, ...]],
        reacties: dict[str, str],
        namen: dict[str, dict[str, str]],
        vindplaatsen: Vindplaatsen,
    ) -> None:
        """Bouw de kaart uit RIJEN (nieuwste eerst), de stand van de reactie per kenmerk en de namen per filter."""
        nummers: dict[str, dict[str, array[int]]] = {naam: {} for naam in FACETTEN}
        alle, echt = array("q"), array("q")
        self._dagen, self._jaren = array("i"), array("h")

        def zet(naam: str, waarde: str, pk: int) -> None:
            lijst = nummers[naam].get(waarde)
            if lijst is None:
                lijst = nummers[naam][waarde] = array("q")
            lijst.append(pk)

        for pk, kenmerk, jaar, dag, soort, commissie, oordeel, themas, vragers, voorbeeld in rijen:
            alle.append(pk)
            if not voorbeeld:
                echt.append(pk)
            self._dagen.append(LAATST if dag is None else dag)
            self._jaren.append(LAATSTE_JAAR if jaar is None else jaar)
            zet("jaar", ONBEKEND if jaar is None else str(jaar), pk)
            zet("decennium", ONBEKEND if jaar is None else str(jaar // 10 * 10), pk)
            zet("soort", soort, pk)
            zet("commissie", commissie or ONBEKEND, pk)
            zet("oordeel", oordeel or ONBEKEND, pk)
            zet("reactie", reacties.get(kenmerk) or ("niet_bekend" if soort in MET_TERMIJN else "geen"), pk)
            for thema in themas.split(SCHEIDING) if themas else (ONBEKEND,):
                zet("thema", thema, pk)
            for vrager in vragers.split(SCHEIDING) if vragers else (ONBEKEND,):
                zet("vrager", vrager, pk)
        self.eerste = min(alle, default=0) // WOORD * WOORD
        self.breedte = (max(alle, default=0) // WOORD + 1) * WOORD - self.eerste
        self.nieuwste = array("i", [pk - self.eerste for pk in alle])
        self.alle, self.echt = self._bits(alle), self._bits(echt)
        self.keuzes = {
            naam: {waarde: self._bits(lijst) for waarde, lijst in per_waarde.items()}
            for naam, per_waarde in nummers.items()
        }
        self.namen = namen
        self.vindplaatsen = vindplaatsen
        self.gevonden: dict[str, Treffers] = {}

    def _bits(self, nummers: Iterable[int]) -> int:
        """Geef een getal met een bit bij elk van deze adviezen, die allemaal binnen de kaart vallen."""
        tekens, hoogste = bytearray(b"0") * self.breedte, self.eerste + self.breedte - 1
        for pk in nummers:
            tekens[hoogste - pk] = 49
        return int(tekens, 2)

    def vlaggen(self, bits: int) -> bytes:
        """Geef per plaats 0 of 1."""
        return f"{bits:0{self.breedte}b}".encode().translate(NULLEN)[::-1]

    def van_ids(self, ids: Iterable[int]) -> int:
        """Geef de bits van deze adviezen; wat niet op de kaart staat telt niet mee."""
        return self._bits(pk for pk in ids if self.eerste <= pk < self.eerste + self.breedte) & self.alle

    def treffers(self, cursor: Any, q: str, vooruit: tuple[Any, ...] | None = None) -> Treffers:
        """Geef welke adviezen hebben wat iemand typte. Hoort binnen de leestransactie.

        Zolang de kaart geldt blijft dat gelijk; wie bladert of een filter kiest, zoekt het woord dus niet opnieuw.
        `vooruit` is het antwoord op `gezocht(q)`, als dat in deze leestransactie al gevraagd is.
        """
        gevonden = self.gevonden.get(q)
        if gevonden is None:
            if len(self.gevonden) >= GEVONDEN:
                self.gevonden.clear()
            if vooruit is None:
                cursor.execute(*gezocht(q))
                vooruit = cursor.fetchone()
            lexemen, vormen, delen, *rij = vooruit or ()
            if not (lexemen := verruimd(lexemen, vormen, delen)):
                return Treffers()
            if rij[-1] is None:
                cursor.execute(TREFFERS, [lexemen])
                rij = cursor.fetchone()
            woorden, bits, woorden_kort, bits_kort, elders = rij
            alle, kort = self._van_woorden(woorden, bits), self._van_woorden(woorden_kort, bits_kort)
            los = self.vindplaatsen.met(cursor, lexemen)
            samen = Counter(json.loads(elders)) + Counter({soort: len(sleutels) for soort, sleutels in los.items()})
            gevonden = self.gevonden[q] = Treffers(lexemen, alle, kort, dict(samen), los)
        return gevonden

    def _van_woorden(self, nummers: list[int] | None, delen: list[int] | None) -> int:
        """Geef de bits die per WOORD opgeteld zijn als één getal."""
        woorden, begin = array("I", bytes(self.breedte // 8)), self.eerste // WOORD
        for nummer, deel in zip(nummers or (), delen or (), strict=True):
            if 0 <= nummer - begin < len(woorden):
                woorden[nummer - begin] = deel
        return int.from_bytes(woorden.tobytes(), sys.byteorder) & self.alle

    @cached_property
    def oudste(self) -> "array[int]":
        """De plaatsen op volgorde "oudste": wat geen dag of jaar heeft ook daar achteraan."""
        op_volgorde = sorted(zip(self._dagen, self._jaren, self.nieuwste, strict=True))
        return array("i", [n for _, _, n in op_volgorde])

    @cached_property
    def _in_de_tijd(self) -> "tuple[array[int], array[int]]":
        """De plaatsen van vroeg naar laat, met ongeveer de dag: midden in het jaar als er niet meer bekend is."""
        jaren = ((1950 if jaar == LAATSTE_JAAR else jaar) for jaar in self._jaren)
        midden = (int((jaar - 0.5) * 365.2425) for jaar in jaren)
        dagen = (m if dag == LAATST else dag for dag, m in zip(self._dagen, midden, strict=True))
        op_volgorde = sorted(zip(dagen, self.nieuwste, strict=True))
        return array("i", [n for _, n in op_volgorde]), array("i", [dag for dag, _ in op_volgorde])

    def dichtbij(self, pk: int, themas: Iterable[str], hoeveel: int) -> list[int]:
        """Geef van de adviezen met een van deze thema's welke in de tijd het dichtst bij dit advies liggen.

        Voorbeelden staan alleen bij voorbeelden. Een advies dat niet op de kaart staat heeft niets bij zich.
        """
        if not (zelf := self.van_ids([pk])):
            return []
        soortgenoten = self.echt if zelf & self.echt else self.alle & ~self.echt
        vlaggen = self.vlaggen(_of(self.keuzes["thema"].get(t, 0) for t in themas) & soortgenoten & ~zelf)
        plaatsen, dagen = self._in_de_tijd
        hier = plaatsen.index(pk - self.eerste)

        def vanaf(begin: int, eind: int, stap: int) -> Iterator[tuple[int, int]]:
            rij = range(begin, eind, stap)
            return ((abs(dagen[i] - dagen[hier]), plaatsen[i]) for i in rij if vlaggen[plaatsen[i]])

        # Het dichtstbijzijnde ligt ernaast: naar beide kanten tot er genoeg zijn, hoeveel er verderop ook staan.
        om_en_om = merge(vanaf(hier - 1, -1, -1), vanaf(hier + 1, len(plaatsen), 1))
        return [self.eerste + n for _, n in islice(om_en_om, hoeveel)]

    def masker(self, vraag: Zoekvraag, *, behalve: str = "") -> int:
        """Geef welke adviezen aan de filters en de periode voldoen: "een van deze" binnen een filter, "en" ertussen."""
        bits = self.alle
        for naam in vraag.gefilterd:
            if naam != behalve:
                per_waarde = self.keuzes[naam]
                bits &= _of(per_waarde.get(waarde, 0) for waarde in getattr(vraag, naam))
        if vraag.begrensd:
            van, tot = vraag.van or 0, vraag.tot or 9999
            jaren = self.keuzes["jaar"].items()
            bits &= _of(b for jaar, b in jaren if jaar != ONBEKEND and van <= int(jaar) <= tot)
        return bits

    def kies(self, vraag: Zoekvraag, treffers: int | None = None) -> Keuze:
        """Geef de adviezen van deze vraag; `treffers` zijn de bits van het zoekwoord, None als er geen is."""
        bits = self.masker(vraag)
        return Keuze(self, bits if treffers is None else bits & treffers)

    def tel(self, vraag: Zoekvraag, treffers: int | None = None) -> dict[str, list[tuple[str, int]]]:
        """Geef per filter de keuzes met hun aantal, wat niets oplevert niet; een filter telt zichzelf niet mee."""
        basis = self.alle if treffers is None else treffers
        heel = self.masker(vraag) & basis
        uit: dict[str, list[tuple[str, int]]] = {}
        for naam, per_waarde in self.keuzes.items():
            binnen = self.masker(vraag, behalve=naam) & basis if naam in vraag.gefilterd else heel
            geteld = ((waarde, (bits & binnen).bit_count()) for waarde, bits in per_waarde.items())
            uit[naam] = [(waarde, aantal) for waarde, aantal in geteld if aantal]
        return uit

    def reactie(self, pk: int) -> str:
        """Geef de stand van de reactie bij dit advies, dat op de kaart staat."""
        bit = 1 << (pk - self.eerste)
        return next(stand for stand, bits in self.keuzes["reactie"].items() if bits & bit)

    def jaren(self, bits: int) -> list[int]:
        """Geef de jaren die bij deze adviezen voorkomen, oplopend."""
        alle = self.keuzes["jaar"].items()
        return sorted(int(jaar) for jaar, ervan in alle if jaar != ONBEKEND and ervan & bits)


def _of(delen: Iterable[int]) -> int:
    return reduce(or_, delen, 0)


class Kaartenbak:
    """De ene kaart van dit proces, met de stand waarbij zij hoort."""

    def __init__(self) -> None:
        self._slot = threading.Lock()
        self._stand = ""
        self._kaart: Kaart | None = None

    def geef(self, cursor: Any) -> Kaart:
        """Geef de kaart bij de stand van deze leestransactie; lees haar als die er nog niet is. Eén draad leest."""
        stand = stand_nu(cursor)
        with self._slot:
            if self._kaart is None or stand != self._stand:
                self._kaart = None  # eerst de oude weg: twee tegelijk hoeven nooit te passen
                self._kaart = lees(cursor)
                self._stand = stand
            return self._kaart

    def kent(self, q: str) -> bool:
        """Of de kaart van nu al weet wat hiermee te vinden is. Een andere stand kan haar nog vervangen."""
        kaart = self._kaart
        return kaart is not None and q in kaart.gevonden

    def vergeet(self, *, ook_de_kaart: bool = False) -> None:
        """Vergeet wat er gezocht is, en desgevraagd de kaart: voor een meting van de eerste keer."""
        with self._slot:
            if self._kaart:
                self._kaart.gevonden.clear()
            if ook_de_kaart:
                self._kaart, self._stand = None, ""


def lees(cursor: Any) -> Kaart:
    """Lees een nieuwe kaart uit de database."""
    erbij = vindplaatsen.lees(cursor)
    cursor.execute(NAMEN)
    themas = dict(cursor.fetchall())
    cursor.nextset()
    namen: dict[str, dict[str, str]] = {"thema": themas, "commissie": dict(cursor.fetchall()), **VAST}
    cursor.execute(RIJEN, {"scheiding": SCHEIDING})
    reacties = dict(cursor.fetchall())
    cursor.nextset()
    return Kaart(cursor, reacties, namen, erbij)


KAARTEN = Kaartenbak()
