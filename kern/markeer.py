"""Een stuk van een blok in de HTML aanwijzen of vervangen, zonder de opmaak eromheen te raken.

De plaats is die in `kern.blokken.Blok.tekst`. Wit in de HTML van het blok wordt eerst één spatie, net als in die tekst,
zodat elk teken van de tekst één plek in de HTML heeft. Sluiten zij niet op elkaar aan, dan gebeurt er niets.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree
from lxml import html as lxml_html

from kern.blokken import blokken
from kern.verschil import verschil


@dataclass(frozen=True)
class Merk:
    """Een aangehaald stuk van een blok, met waar de wijzer erachter heen gaat (`link`) en hoe hij heet (`naam`)."""

    begin: int
    einde: int
    anker: str
    link: str
    naam: str
    nummer: int


class _Teken(NamedTuple):
    """Een teken: in welk element, in zijn tekst of staart, op welke plaats. Zonder element: een denkbeeldig teken.

    Een tupel, want van elk blok met een aanhaling wordt er een per teken gemaakt.
    """

    teken: str
    element: etree._Element | None = None
    staart: bool = False
    plaats: int = 0

    @property
    def stuk(self) -> tuple[int, bool]:
        """Welk stuk tekst van de HTML dit is."""
        return id(self.element), self.staart


class Vervangfout(Exception):
    """Het stuk is niet te vervangen; `reden` zegt in gewone woorden waarom."""

    def __init__(self, reden: str) -> None:
        super().__init__(reden)
        self.reden = reden


def _boom(html: str) -> etree._Element:
    # `html` is schoon (kern.html.schoon), dus de lezer van lxml laat de markeringen zoals zij zijn.
    return lxml_html.fragment_fromstring(html, create_parent="div")


def _uit(boom: etree._Element) -> str:
    for punt in boom.iter("li"):
        if not len(punt) and not punt.text:
            punt.text = ""  # anders schrijft lxml geen eindteken, en slokt het lege punt op wat erna komt
    heel = etree.tostring(boom, encoding="unicode", method="html")
    return heel[heel.index(">") + 1 : heel.rindex("</div>")]


def _tekst(element: etree._Element, staart: bool) -> str:
    return (element.tail if staart else element.text) or ""


def _zet(element: etree._Element, staart: bool, tekst: str) -> None:
    if staart:
        element.tail = tekst
    else:
        element.text = tekst


class _Lezer:
    """Leest een blok teken voor teken en maakt van elk stuk wit één spatie."""

    def __init__(self) -> None:
        self.tekens: list[_Teken] = []

    def denkbeeldig(self, tekens: str) -> None:
        """Zet tekens die alleen in de platte tekst bestaan: een regeleinde of de streep na een cel."""
        self.tekens += [_Teken(t) for t in tekens]

    def stuk(self, element: etree._Element, *, staart: bool) -> None:
        """Lees één stuk tekst."""
        nieuw: list[str] = []
        for teken in _tekst(element, staart):
            if teken.isspace():
                if not self.tekens or self.tekens[-1].teken.isspace():
                    continue
                teken = " "
            self.tekens.append(_Teken(teken, element, staart, len(nieuw)))
            nieuw.append(teken)
        if nieuw or _tekst(element, staart).strip():
            _zet(element, staart, "".join(nieuw))

    def lees(self, element: etree._Element) -> None:
        """Lees een element zonder de blokken die erin zitten."""
        self.stuk(element, staart=False)
        for kind in element:
            if kind.tag == "br":
                self.denkbeeldig("\n")
            elif kind.get("data-blok") is None and kind.tag not in ("ul", "ol", "table"):
                self.lees(kind)
                if kind.tag == "p":  # alinea's in een cel: in de platte tekst staat er een spatie tussen
                    self.denkbeeldig(" ")
            if kind.tag in ("td", "th"):
                self.denkbeeldig(" | ")
            self.stuk(kind, staart=True)


def _tekens(blok: etree._Element, tekst: str) -> list[_Teken] | None:
    """Geef per teken van `tekst` zijn plek in de HTML, of None als zij niet op elkaar aansluiten."""
    lezer = _Lezer()
    lezer.lees(blok)
    uit: list[_Teken] = []
    over = iter(lezer.tekens)
    for wil in tekst:
        for teken in over:
            if teken.teken == wil:
                uit.append(teken)
                break
            if not teken.teken.isspace():
                return None
        else:
            return None
    return uit if all(t.teken in " |\n" for t in over) else None


def _elementen(boom: etree._Element) -> dict[str, etree._Element]:
    return {e.get("data-blok", ""): e for e in boom.iter() if e.get("data-blok")}


# --- aanwijzen ----------------------------------------------------------------------------------------------------


def markeer(html: str, merken: Mapping[str, Sequence[Merk]], teksten: Mapping[str, str] | None = None) -> str:
    """Geef de HTML met om elk aangehaald stuk een `<mark>` en erachter een wijzer naar de opmerking.

    `merken` gaat van blok naar de stukken daarin; zij mogen overlappen. De wijzer is een lege link met een naam voor
    wie luistert, zodat de tekst zelf niet verandert. Wat niet past, blijft ongemerkt. `teksten` is per blok zijn
    platte tekst, voor wie die al heeft.
    """
    if not merken:
        return html
    if teksten is None:
        teksten = {b.id: b.tekst for b in blokken(html)}
    boom = _boom(html)
    elementen = _elementen(boom)
    for blok, tekst in ((blok, teksten[blok]) for blok in merken if blok in teksten):
        tekens = _tekens(elementen[blok], tekst) if blok in elementen else None
        if tekens is not None:
            _merk_blok(tekens, merken[blok])
    return _uit(boom)


def _merk_blok(tekens: list[_Teken], merken: Sequence[Merk]) -> None:
    van: dict[int, list[Merk]] = defaultdict(list)
    slot: dict[int, list[Merk]] = defaultdict(list)
    for merk in merken:
        raak = [n for n in range(merk.begin, min(merk.einde, len(tekens))) if tekens[n].element is not None]
        for n in raak:
            van[n].append(merk)
        if raak:
            slot[raak[-1]].append(merk)
    stukken: list[tuple[int, int]] = []
    for n in sorted(van):
        vorige = stukken[-1][1] if stukken else -2
        if vorige == n - 1 and tekens[n - 1].stuk == tekens[n].stuk and van[n - 1] == van[n] and n - 1 not in slot:
            stukken[-1] = (stukken[-1][0], n)
        else:
            stukken.append((n, n))
    # Van achter naar voren: dan blijven de plaatsen ervoor kloppen.
    for begin, einde in reversed(stukken):
        _omhul(tekens[begin], tekens[einde], van[begin], slot.get(einde, ()))


def _omhul(begin: _Teken, einde: _Teken, merken: Sequence[Merk], sluit: Sequence[Merk]) -> None:
    element = begin.element
    assert element is not None  # noqa: S101 - alleen echte tekens worden gemerkt
    tekst = _tekst(element, begin.staart)
    mark = etree.Element("mark")
    mark.set("class", "aanhaling")
    mark.set("data-opmerking", " ".join(m.anker for m in merken))
    mark.text = tekst[begin.plaats : einde.plaats + 1]
    nieuw = [mark, *(_wijzer(merk) for merk in sluit)]
    nieuw[-1].tail = tekst[einde.plaats + 1 :]
    _zet(element, begin.staart, tekst[: begin.plaats])
    if not begin.staart:
        ouder, plek = element, 0
    else:
        boven = element.getparent()
        assert boven is not None  # noqa: S101 - een element met een staart staat ergens in
        ouder, plek = boven, boven.index(element) + 1
    # Een vrije boom: invoegen zet de staart van het vorige element niet om.
    for n, stuk in enumerate(nieuw):
        ouder.insert(plek + n, stuk)


def _wijzer(merk: Merk) -> etree._Element:
    wijzer = etree.Element("a")
    wijzer.set("class", "aanhaling-wijzer")
    wijzer.set("href", merk.link)
    wijzer.set("id", f"aanhaling-{merk.anker}")
    wijzer.set("aria-label", merk.naam)
    wijzer.set("data-nummer", str(merk.nummer))
    return wijzer


# --- vervangen ----------------------------------------------------------------------------------------------------


def vervang(html: str, blok: str, begin: int, einde: int, nieuw: str) -> str:
    """Geef de HTML met de tekens `begin` tot `einde` van een blok vervangen door `nieuw`.

    Alleen de woorden die echt anders zijn worden vervangen, zodat nadruk en verwijzingen eromheen blijven. Werpt
    Vervangfout als het blok er niet is, de tekst niet aansluit op de HTML, of een voetnoot of cel geraakt wordt.
    """
    tekst = next((b.tekst for b in blokken(html) if b.id == blok), None)
    boom = _boom(html)
    _vervang_in(_elementen(boom).get(blok), tekst, begin, einde, nieuw)
    return _uit(boom)


class Tekst:
    """Eén tekst waarvan veel stukken na te kijken zijn: zij wordt één keer gelezen, en er verandert niets."""

    def __init__(self, html: str) -> None:
        self._teksten = {b.id: b.tekst for b in blokken(html)}
        self._elementen = _elementen(_boom(html))

    def keur(self, blok: str, begin: int, einde: int, nieuw: str) -> None:
        """Werp Vervangfout zoals `vervang` dat zou doen; anders is dit stuk te vervangen."""
        element = self._elementen.get(blok)
        _vervang_in(None if element is None else deepcopy(element), self._teksten.get(blok), begin, einde, nieuw)


def _vervang_in(element: etree._Element | None, tekst: str | None, begin: int, einde: int, nieuw: str) -> None:
    if tekst is None:
        raise Vervangfout("De alinea staat niet meer in de tekst.")
    tekens = None if element is None else _tekens(element, tekst)
    if tekens is None:
        raise Vervangfout("De opmaak van deze alinea is te ingewikkeld om vanzelf te vervangen.")
    plaats = begin
    stappen: list[list[int | str]] = []
    for deel in verschil(tekst[begin:einde], " ".join(nieuw.split())):
        lengte = 0 if deel.soort == "erbij" else len(deel.tekst)
        if deel.soort == "eraf":
            stappen.append([plaats, plaats + lengte, ""])
        elif deel.soort == "erbij":
            if stappen and stappen[-1][1] == plaats:
                stappen[-1][2] = deel.tekst
            else:
                stappen.append([plaats, plaats, deel.tekst])
        plaats += lengte
    for van, tot, erbij in reversed(stappen):
        _vervang_stuk(tekens, int(van), int(tot), str(erbij))


def _vervang_stuk(tekens: list[_Teken], van: int, tot: int, erbij: str) -> None:
    """Haal de tekens weg en zet de nieuwe woorden op de plek van het eerste; zonder tekens achter het vorige."""
    geraakt = tekens[van:tot]
    if any(t.element is None for t in geraakt):
        raise Vervangfout("Het voorstel gaat over een regeleinde of over meer dan één cel van de tabel.")
    if any(_in_voetnoot(t) for t in geraakt):
        raise Vervangfout("In deze woorden staat een voetnoot; die zou verdwijnen.")
    if not geraakt:
        for n, na in ((van - 1, 1), (van, 0)):
            t = tekens[n] if 0 <= n < len(tekens) else None
            if t is not None and t.element is not None and not _in_voetnoot(t):
                oud, plek = _tekst(t.element, t.staart), t.plaats + na
                _zet(t.element, t.staart, oud[:plek] + erbij + oud[plek:])
                return
        raise Vervangfout("Hier staat een voetnoot of een celgrens; voeg de woorden zelf in.")
    groepen: list[list[_Teken]] = []
    for t in geraakt:
        if groepen and groepen[-1][-1].stuk == t.stuk:
            groepen[-1].append(t)
        else:
            groepen.append([t])
    for n, groep in reversed(list(enumerate(groepen))):
        element, staart = groep[0].element, groep[0].staart
        assert element is not None  # noqa: S101 - hierboven nagekeken
        oud = _tekst(element, staart)
        _zet(element, staart, oud[: groep[0].plaats] + (erbij if n == 0 else "") + oud[groep[-1].plaats + 1 :])


def _in_voetnoot(t: _Teken) -> bool:
    element = t.element.getparent() if t.element is not None and t.staart else t.element
    while element is not None:
        if element.tag == "a" and "voetnoot" in (element.get("class") or "").split():
            return True
        element = element.getparent()
    return False
