"""Wat de terugkerende onderdelen van het gezicht nodig hebben: gewone gegevens, zonder modellen.

Hogere kamers maken deze objecten; de tags in kern/templatetags/componenten.py tekenen ze. Alle datums zijn
Amsterdamse kalenderdagen. Zie /werk/bouwstenen/ voor alles bij elkaar.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kern import tijd
from kern.componenten_opmerking import Opmerking as Opmerking  # onderdeel 9
from kern.tekort import Tekort


@dataclass(frozen=True)
class Knop:
    """Een daad of een weg. `velden` maakt er een POST-formulier van, met die verborgen velden."""

    tekst: str
    url: str
    post: bool = False
    velden: Mapping[str, str] = field(default_factory=dict)
    soort: str = "gewoon"  # hoofd, gewoon, gevaar, licht

    @property
    def klasse(self) -> str:
        """Geef de NLDS-klasse bij de soort."""
        wortel = "utrecht-button" if self.post else "utrecht-button-link"
        naam = {"hoofd": "primary-action", "licht": "subtle"}.get(self.soort, "")
        if self.soort == "gevaar":
            return f"{wortel} knop-gevaar"
        return f"{wortel} {wortel}--{naam}" if naam else wortel


# --- 1. Acht stappen ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stap:
    """Eén halte. `status`: klaar, nu, komt of overgeslagen. `datum`: klaar op, of nu sinds."""

    nummer: int
    naam: str
    status: str = "komt"
    datum: date | None = None
    eigenaar: str = ""
    url: str = ""
    verwacht: str = ""


@dataclass(frozen=True)
class Teruggang:
    """Een stap terug, met de reden (alleen binnenskamers te zien)."""

    van: int
    naar: int
    datum: date
    reden: str


@dataclass(frozen=True)
class AchtStappen:
    """De weg van een advies. `openbaar` laat eigenaren, dagen, teruggangen en redenen weg, wat er ook in staat."""

    stappen: Sequence[Stap]
    teruggangen: Sequence[Teruggang] = ()
    openbaar: bool = False
    slot: str = ""
    vandaag: date = field(default_factory=tijd.vandaag)


# --- 2. Klok -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Klok:
    """Een termijn. `status`: loopt, voldaan, gepauzeerd, vervallen of onbekend.

    Zonder `vervalt_op`, of bij onbekend, is er geen termijn en dus ook nooit iets te laat. `stil_sinds`: de dag waarop
    zij stil ging staan; verder loopt ook haar balk niet.
    """

    naam: str
    vervalt_op: date | None
    basis: date | None = None
    basis_naam: str = "begin"
    status: str = "loopt"
    voldaan_op: date | None = None
    voldaan_woord: str = "voldaan op"
    stil_sinds: date | None = None
    waarom: Sequence[str] = ()
    verstreken_zin: str = ""
    onbekend_zin: str = "Niet bekend"
    kort_vanaf: int = 7
    vandaag: date = field(default_factory=tijd.vandaag)

    @property
    def dagen(self) -> int | None:
        """Geef de dagen tot de vervaldatum; negatief als die voorbij is."""
        return None if self.vervalt_op is None else (self.vervalt_op - self.vandaag).days

    @property
    def toestand(self) -> str:
        """Geef onbekend, voldaan, laat (voldaan na de datum), gepauzeerd, vervallen, over, kort of ruim."""
        if self.status == "voldaan":
            te_laat = self.voldaan_op and self.vervalt_op and self.voldaan_op > self.vervalt_op
            return "laat" if te_laat else "voldaan"
        if self.status in {"gepauzeerd", "vervallen"}:
            return self.status
        dagen = self.dagen
        if self.status == "onbekend" or dagen is None:
            return "onbekend"
        if dagen < 0:
            return "over"
        return "kort" if dagen <= self.kort_vanaf else "ruim"

    @property
    def zin(self) -> str:
        """Geef de stand in woorden: "nog 12 dagen", "sinds 3 dagen verstreken", "voldaan, 4 dagen na de datum"."""
        toestand = self.toestand
        if toestand == "onbekend":
            return self.onbekend_zin
        if toestand in {"voldaan", "laat"}:
            if self.voldaan_op is None:
                return "voldaan"
            wanneer = f"{self.voldaan_woord} {tijd.datum_nl(self.voldaan_op)}"
            if self.vervalt_op is None or toestand == "voldaan":
                return wanneer
            na = (self.voldaan_op - self.vervalt_op).days
            return f"{wanneer}, {na} {'dag' if na == 1 else 'dagen'} na de datum"
        if toestand == "gepauzeerd":
            return "staat stil"
        if toestand == "vervallen":
            return "vervallen"
        if toestand == "over" and self.verstreken_zin:
            return self.verstreken_zin
        return tijd.duur_nl(self.dagen or 0)

    @property
    def balk(self) -> tuple[float, float] | None:
        """Geef (tot waar gevuld, plaats van de vervaldatum) op een schaal van 0 tot 100; None zonder balk."""
        if self.basis is None or self.vervalt_op is None or self.toestand in {"onbekend", "vervallen"}:
            return None
        nu = self.voldaan_op or self.stil_sinds or self.vandaag
        duur = max(1, (self.vervalt_op - self.basis).days)
        verlopen = max(0, (nu - self.basis).days)
        schaal = max(duur, verlopen)
        return round(100 * verlopen / schaal, 1), round(100 * duur / schaal, 1)


# --- 3. Beurt ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Beurt:
    """Wie aan zet is, wat er gevraagd wordt, en wat er nog ontbreekt voordat de knop werkt."""

    wie: str
    wat: str
    sinds: date | None = None
    knop: Knop | None = None
    tekorten: Sequence[Tekort] = ()
    ook: Sequence[Knop] = ()
    bent_u: bool = False
    vandaag: date = field(default_factory=tijd.vandaag)

    @property
    def sinds_zin(self) -> str:
        """Geef "sinds vandaag", "sinds gisteren" of "sinds do 16 maart 2023, 12 dagen"."""
        if self.sinds is None:
            return ""
        dagen = (self.vandaag - self.sinds).days
        if dagen <= 0:
            return "sinds vandaag"
        if dagen == 1:
            return "sinds gisteren"
        return f"sinds {tijd.datum_nl(self.sinds)}, {dagen} dagen"


# --- 4. Halfrond -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Zetelplek:
    """Eén zetel. `toestand`: bezet, leeg, onbekend, aanwezig, afwezig of vervangen. `standpunt`: nummer of None."""

    nummer: int
    geleding: str
    organisatie: str
    naam: str = ""
    toestand: str = "bezet"
    standpunt: int | None = None
    toelichting: str = ""
    url: str = ""


@dataclass(frozen=True)
class Halfrond:
    """De zetels in een boog, met dezelfde feiten in een tabel. `standpunten`: wat de nummers betekenen."""

    zetels: Sequence[Zetelplek]
    titel: str = "De raad"
    standpunten: Mapping[int, str] = field(default_factory=dict)
    midden: str = ""
    id: str = "halfrond"


# --- 5. Standpunten ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Steun:
    """Eén zetel die een opvatting steunt."""

    geleding: str
    organisatie: str = ""
    naam: str = ""


@dataclass(frozen=True)
class Opvatting:
    """Een opvatting met haar steun. `zin`: de aanduiding ("een deel van de raad"); `voetnoot`: wie dat zijn."""

    tekst: str
    zin: str
    steun: Sequence[Steun] = ()
    voetnoot: str = ""
    knop: Knop | None = None


@dataclass(frozen=True)
class Standpunten:
    """Een registratie van standpunten bij één passage."""

    opvattingen: Sequence[Opvatting]
    passage: str = ""
    aanwezig: int | None = None
    voorstel: bool = False


# --- 6. Matrix ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cel:
    """Eén vak: woord en toestand (goed, bezig, letop, fout, leeg, nvt); met `url` is het hele vak een link."""

    woord: str
    toestand: str = "leeg"
    url: str = ""
    toelichting: str = ""


@dataclass(frozen=True)
class Kop:
    """De kop van een rij of kolom, met een tweede regel en eventueel een link."""

    tekst: str
    onder: str = ""
    url: str = ""


@dataclass(frozen=True)
class Rij:
    """Eén rij van een matrix; `totaal` staat achteraan."""

    kop: Kop
    cellen: Sequence[Cel]
    totaal: str = ""


@dataclass(frozen=True)
class Matrix:
    """Rijen maal kolommen, met totalen. `hoek` benoemt de eerste kolom, `totaalkop` de laatste (leeg: geen totalen)."""

    titel: str
    hoek: str
    kolommen: Sequence[Kop]
    rijen: Sequence[Rij]
    totaalkop: str = ""
    kolomtotalen: Sequence[str] = ()


# --- 7. Verhaal --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Papier:
    """Een stuk bij een gebeurtenis."""

    naam: str
    url: str
    soort: str = ""


@dataclass(frozen=True)
class Feit:
    """Eén gebeurtenis in het verhaal. `html` is al schoon en opent ter plaatse; `datum_tekst` gaat vóór `datum`.

    `soort`: stap, stuk, vergadering, brief, dag (een dag die voorbijging) of komt (nog te gebeuren).
    """

    daad: str
    datum: date | None = None
    datum_tekst: str = ""
    door: str = ""
    toelichting: str = ""
    stukken: Sequence[Papier] = ()
    html: str = ""
    html_kop: str = "Lees hier"
    soort: str = "stap"
    nieuw: bool = False

    @property
    def teken(self) -> str:
        """Geef de naam van het teken in de tijdlijn."""
        namen = {"stuk": "stuk", "vergadering": "vergadering", "brief": "brief", "dag": "klok", "komt": "klok"}
        return namen.get(self.soort, "goed")


@dataclass(frozen=True)
class Verhaal:
    """Het verhaal van een advies, oudste eerst tenzij de maker anders wil."""

    feiten: Sequence[Feit]


# --- 8. Wijziging ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Deel:
    """Een stuk tekst: gelijk, erbij of eraf."""

    tekst: str
    soort: str = "gelijk"


@dataclass(frozen=True)
class Kantlijn:
    """Wat er bij een blok van een vergelijking in de kantlijn staat: `aantal` opmerkingen op `url`.

    `maak_url` is waar men er een bij maakt ("": dat kan niet).
    """

    aantal: int = 0
    url: str = ""
    maak_url: str = ""


# --- 10. Oordeel -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Oordeel:
    """Een uitspraak in één woord. Bekende soorten: kern.beeld.OORDELEN; `uitleg` in één regel."""

    soort: str
    uitleg: str = ""
    woord: str = ""


def tellen(geledingen: Iterable[str]) -> dict[str, int]:
    """Tel per geleding, in de vaste volgorde; onbekende geledingen tellen niet mee."""
    lijst = list(geledingen)
    return {naam: lijst.count(naam) for naam in ("ondernemers", "kroonleden", "werknemers")}
