"""Vaste namen voor de blokken van een tekst: kop, alinea, lijstpunt, tabelrij, voetnoot.

Een opmerking of reactie hangt aan een blok. `munt` geeft elk blok een id (`data-blok`) dat blijft zolang de
tekst herkenbaar dezelfde is, ook als er iets omheen bijkomt, weggaat of van plaats wisselt. De ids volgen uit
de tekst zelf (geen toeval), dus dezelfde invoer geeft altijd dezelfde uitvoer.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b, sha256

from kern.html import BLOK_ID, platte_tekst, schoon

# Een blok met deze naam krijgt een id. Binnen een GESLOTEN blok krijgt niets anders er een; binnen een
# lijstpunt alleen wat zelf weer een blok van een ander soort lijst of tabel is.
BLOKKEN = {"h2", "h3", "h4", "p", "li", "tr", "caption", "figure", "figcaption"}
IN_LIJST = {"li", "tr", "caption", "figure"}
LOSSE_TEKST = {"strong", "em", "sup", "sub", "a", "br", "img"}
LEEG = {"br", "img"}
LIJSTEN = {"ul", "ol"}
DREMPEL = 0.5  # deel van de woorden dat gelijk moet zijn om het id te houden
DREMPEL_KORT = 0.6  # voor korte regels, waar lettergroepen tellen in plaats van woorden

STUK = re.compile(r'<(/?)([a-z0-9]+)((?:[^">]|"[^"]*")*)>|[^<]+')
DATA_BLOK = re.compile(r' data-blok="([^"]*)"')
START = re.compile(r' start="(\d+)"')
WOORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Blok:
    """Een blok van een tekst: id, soort (h2, h3, h4, p, li, tr, caption, figure of voetnoot), tekst en HTML."""

    id: str
    soort: str
    tekst: str
    html: str


@dataclass
class Vak:
    """Een blok tijdens het lezen; `eigen` is de HTML zonder de blokken die erin zitten.

    `houders` zijn de markeringen eromheen, van buiten naar binnen; `tabel` telt de tabellen (0: niet in een tabel);
    `merk` is het teken van een lijstpunt ("•" of "3.").
    """

    soort: str
    begin: int
    id: str
    eigen: list[str] = field(default_factory=list)
    einde: int = 0
    tekst: str = ""
    houders: tuple[str, ...] = ()
    tabel: int = 0
    merk: str = ""


def lees_vakken(html: str) -> list[Vak]:
    """Geef de blokken van schone HTML in leesvolgorde, met wat eromheen staat; voor wie teksten vergelijkt."""
    return _lees([m[0] for m in STUK.finditer(html)])


def _lees(stukken: list[str]) -> list[Vak]:
    """Vind de blokken in een rij stukken (markeringen en tekst) van schone HTML, in leesvolgorde."""
    vakken: list[Vak] = []
    open_vakken: list[tuple[str, Vak | None]] = []
    huidig: Vak | None = None
    tabellen: list[int] = []  # de open tabellen
    aantal_tabellen = 0
    punten: list[int] = []  # per open lijst het laatst gegeven nummer
    for plaats, stuk in enumerate(stukken):
        gevonden = STUK.fullmatch(stuk) if stuk[0] == "<" else None
        if gevonden is None:
            if huidig:
                huidig.eigen.append(stuk)
            continue
        sluit, naam, rest = gevonden.groups()
        if sluit:
            if huidig:
                huidig.eigen.append(stuk)
            if not open_vakken:
                continue  # alleen bij tekst die niet schoon is
            oude_naam, vak = open_vakken.pop()
            if oude_naam == "table":
                tabellen.pop()
            elif oude_naam in LIJSTEN:
                punten.pop()
            if vak:
                vak.einde = plaats + 1
                vak.tekst = platte_tekst("".join(vak.eigen))
                huidig = next((v for _, v in reversed(open_vakken) if v), None)
            continue
        mag = naam in BLOKKEN and (huidig is None or (huidig.soort in {"li", "voetnoot"} and naam in IN_LIJST))
        if mag:
            eerder = DATA_BLOK.search(rest)
            soort = "voetnoot" if naam in {"li", "p"} and 'class="voetnoot' in rest else naam
            huidig = Vak(soort, plaats, eerder[1] if eerder else "")
            huidig.houders = tuple(houder for houder, _ in open_vakken)
            huidig.tabel = tabellen[-1] if tabellen else 0
            if naam == "li" and punten:
                punten[-1] += 1
                lijst = next((houder for houder in reversed(huidig.houders) if houder in LIJSTEN), "ul")
                huidig.merk = f"{punten[-1]}." if lijst == "ol" else "•"
            vakken.append(huidig)
        if huidig:
            huidig.eigen.append(stuk)
        if naam == "table":
            aantal_tabellen += 1
            tabellen.append(aantal_tabellen)
        elif naam in LIJSTEN:
            begint = START.search(rest)
            punten.append(int(begint[1]) - 1 if begint else 0)
        if naam not in LEEG:
            open_vakken.append((naam, huidig if mag else None))
    return vakken


def _in_alineas(html: str) -> str:
    """Zet losse tekst die in geen enkel blok staat in een alinea, zodat alles aan te wijzen is."""
    uit: list[str] = []
    diepte: list[str] = []
    los = False
    for gevonden in STUK.finditer(html):
        sluit, naam, _ = gevonden.groups()
        aan_de_rand = not diepte or diepte[-1] in {"blockquote", "ul", "ol"}
        is_los = naam in LOSSE_TEKST if naam else bool(gevonden[0].strip())
        if not los and aan_de_rand and is_los and not sluit:
            uit.append("<p>")
            los = True
            diepte.append("p")
        elif los and diepte[-1] == "p" and naam and not is_los:
            uit.append("</p>")
            los = False
            diepte.pop()
        uit.append(gevonden[0])
        if naam and naam not in LEEG:
            if sluit:
                diepte.pop()
            else:
                diepte.append(naam)
    return "".join(uit) + ("</p>" if los else "")


def _vers_id(tekst: str, bezet: set[str]) -> str:
    """Geef een id dat uit de tekst volgt en nog niet bezet is."""
    teller = 0
    while True:
        getal = int.from_bytes(blake2b(f"{teller}:{tekst}".encode(), digest_size=6).digest(), "big")
        uit = "b"
        for _ in range(9):
            getal, rest = divmod(getal, 32)
            uit += "0123456789abcdefghjkmnpqrstvwxyz"[rest]
        if uit not in bezet:
            return uit
        teller += 1


def munt(html: str, vorige: str | None = None) -> str:
    """Geef schone HTML waarin elk blok een eigen, vast `data-blok` heeft.

    Ids komen uit `vorige` waar de tekst gelijk is of er genoeg op lijkt; zonder `vorige` blijven goede ids die
    er al staan. Nieuwe blokken krijgen een id dat in `vorige` niet voorkomt, zodat een id nooit van betekenis
    wisselt. `munt(munt(x)) == munt(x)` en `munt(x, x)` houdt alle ids.
    """
    schone = schoon(html)
    for _ in range(8):
        heel = _in_alineas(schone)
        if heel == schone:
            break
        schone = schoon(heel)
    stukken = [m[0] for m in STUK.finditer(schone)]
    nieuw = _lees(stukken)
    oud = _lees([m[0] for m in STUK.finditer(schoon(vorige))]) if vorige is not None else nieuw
    ids = _eigen_ids(nieuw) if vorige is None else _koppel(nieuw, oud)
    bezet = {vak.id for vak in oud if vak.id} | set(ids.values())
    for nummer, vak in enumerate(nieuw):
        if nummer not in ids:
            ids[nummer] = _vers_id(vak.tekst, bezet)
            bezet.add(ids[nummer])
        begin = DATA_BLOK.sub("", stukken[vak.begin])
        stukken[vak.begin] = f'{begin[:-1]} data-blok="{ids[nummer]}">'
    dragers = {vak.begin for vak in nieuw}
    return "".join(stuk if plaats in dragers else _zonder_id(stuk) for plaats, stuk in enumerate(stukken))


def _zonder_id(stuk: str) -> str:
    return DATA_BLOK.sub("", stuk) if stuk[0] == "<" and "data-blok" in stuk else stuk


def _eigen_ids(vakken: list[Vak]) -> dict[int, str]:
    """De ids die er al staan: geldig, en bij een dubbel id alleen het eerste."""
    uit: dict[int, str] = {}
    gezien: set[str] = set()
    for nummer, vak in enumerate(vakken):
        if BLOK_ID.fullmatch(vak.id) and vak.id not in gezien:
            uit[nummer] = vak.id
            gezien.add(vak.id)
    return uit


def _koppel(nieuw: list[Vak], oud: list[Vak]) -> dict[int, str]:
    """Geef nieuwe blokken het id van het oude blok waar zij bij horen."""
    oude_ids = _eigen_ids(oud)
    return {n: oude_ids[o] for n, o in koppel(nieuw, oud).items() if o in oude_ids}


def koppel_op_id(nieuw: list[Vak], oud: list[Vak]) -> dict[int, int]:
    """Geef van elk nieuw blok (plaats) de plaats van het oude: eerst op id, en wat overblijft op de tekst."""
    waar = {id_: plaats for plaats, id_ in _eigen_ids(oud).items()}
    paren = {plaats: waar[id_] for plaats, id_ in _eigen_ids(nieuw).items() if id_ in waar}
    over_nieuw = [n for n in range(len(nieuw)) if n not in paren]
    gekoppeld = set(paren.values())
    over_oud = [o for o in range(len(oud)) if o not in gekoppeld]
    rest = koppel([nieuw[n] for n in over_nieuw], [oud[o] for o in over_oud])
    return paren | {over_nieuw[n]: over_oud[o] for n, o in rest.items()}


def koppel(nieuw: list[Vak], oud: list[Vak]) -> dict[int, int]:
    """Koppel nieuwe blokken (plaats) aan oude: eerst gelijk van voor en achter, dan gelijk, dan gelijkend."""
    if not nieuw or not oud:
        return {}
    paren: dict[int, int] = {}  # nieuw -> oud
    sleutels = [(vak.soort, vak.tekst) for vak in nieuw]
    oude_sleutels = [(vak.soort, vak.tekst) for vak in oud]
    kop = 0
    while kop < min(len(nieuw), len(oud)) and sleutels[kop] == oude_sleutels[kop]:
        paren[kop] = kop
        kop += 1
    staart = 1
    while staart <= min(len(nieuw), len(oud)) - kop and sleutels[-staart] == oude_sleutels[-staart]:
        paren[len(nieuw) - staart] = len(oud) - staart
        staart += 1
    for context in (_met_buren, _met_vorige, _met_volgende, _zonder_buren, _zonder_soort):
        _koppel_gelijke(paren, context(sleutels), context(oude_sleutels))
    _koppel_gelijkende(paren, nieuw, oud)
    return paren


Sleutel = tuple[str, str]


def _met_buren(rij: list[Sleutel]) -> list[object]:
    leeg = ("", "")
    return list(zip([leeg, *rij[:-1]], rij, [*rij[1:], leeg], strict=True))


def _met_vorige(rij: list[Sleutel]) -> list[object]:
    return list(zip([("", ""), *rij[:-1]], rij, strict=True))


def _met_volgende(rij: list[Sleutel]) -> list[object]:
    return list(zip(rij, [*rij[1:], ("", "")], strict=True))


def _zonder_buren(rij: list[Sleutel]) -> list[object]:
    return list(rij)


def _zonder_soort(rij: list[Sleutel]) -> list[object]:
    return [tekst for _, tekst in rij]


def _koppel_gelijke(paren: dict[int, int], nieuw: list[object], oud: list[object]) -> None:
    """Koppel wat dezelfde sleutel heeft, in volgorde; wat al gekoppeld is blijft."""
    vrij: dict[object, list[int]] = defaultdict(list)
    gekoppeld = set(paren.values())
    for plaats in range(len(oud) - 1, -1, -1):
        if plaats not in gekoppeld:
            vrij[oud[plaats]].append(plaats)
    for plaats, sleutel in enumerate(nieuw):
        if plaats not in paren and vrij.get(sleutel):
            paren[plaats] = vrij[sleutel].pop()


def _kenmerken(tekst: str) -> Counter[str]:
    """Waarop een blok vergeleken wordt: de woorden van meer dan drie letters, of alle als dat er weinig zijn."""
    woorden = WOORD.findall(tekst.lower())
    lang = [woord for woord in woorden if len(woord) > 3]
    return Counter(lang if len(lang) >= 4 else woorden)


def _drieletters(tekst: str) -> Counter[str]:
    rand = f"  {tekst.lower()} "
    return Counter(rand[i : i + 3] for i in range(len(rand) - 2))


def _gelijkenis(een: Counter[str], ander: Counter[str]) -> float:
    """Dice over de geteste kenmerken: 0 = niets gemeen, 1 = gelijk."""
    samen = sum((een & ander).values())
    return 2 * samen / (een.total() + ander.total()) if samen else 0.0


def _koppel_gelijkende(paren: dict[int, int], nieuw: list[Vak], oud: list[Vak]) -> None:
    """Koppel gewijzigde blokken aan het oude blok waar zij het meest op lijken, het best gelijkende eerst."""
    gekoppeld = set(paren.values())
    over = [n for n in range(len(nieuw)) if n not in paren and nieuw[n].tekst]
    vrij = [o for o in range(len(oud)) if o not in gekoppeld and oud[o].tekst]
    if not over or not vrij:
        return
    scores: list[tuple[float, int, int, int]] = []
    verwacht = _verwachte_plaats(paren, len(nieuw))
    kenmerken = {o: _kenmerken(oud[o].tekst) for o in vrij}
    waar: dict[str, list[int]] = defaultdict(list)
    for o in vrij:
        for woord in kenmerken[o]:
            waar[woord].append(o)
    for n in over:
        eigen = _kenmerken(nieuw[n].tekst)
        # Ook het blok op dezelfde plek: in een tekst vol gelijke zinnen heeft geen enkel woord zeggingskracht.
        hier = (o for o in range(verwacht[n] - 1, verwacht[n] + 2) if o in kenmerken)
        for o in {*_kandidaten(eigen, waar), *hier}:
            score = _gelijkenis(eigen, kenmerken[o])
            if score >= DREMPEL:
                scores.append((-score, abs(verwacht[n] - o), n, o))
    scores += _korte_scores(over, vrij, nieuw, oud, verwacht)
    scores.sort()
    for _, _, n, o in scores:
        if n not in paren and o not in gekoppeld:
            paren[n] = o
            gekoppeld.add(o)


def _kandidaten(eigen: Counter[str], waar: dict[str, list[int]]) -> Iterable[int]:
    """De twaalf oude blokken die de meeste zeldzame woorden delen; een woord op 200 plaatsen telt niet."""
    telling: Counter[int] = Counter()
    for woord in sorted(eigen, key=lambda w: len(waar.get(w, ())))[:24]:
        plaatsen = waar.get(woord, ())
        if len(plaatsen) <= 200:
            gewicht = 1 + 20 // (1 + len(plaatsen))
            for o in plaatsen:
                telling[o] += gewicht
    return [o for o, _ in telling.most_common(12)]


def _korte_scores(
    over: list[int], vrij: list[int], nieuw: list[Vak], oud: list[Vak], verwacht: list[int]
) -> list[tuple[float, int, int, int]]:
    """Korte regels (koppen, cellen) van dezelfde soort op nagenoeg dezelfde plaats, op lettergroepen."""
    uit = []
    kort = {o: _drieletters(oud[o].tekst) for o in vrij if len(oud[o].tekst) <= 80}
    for n in over:
        if len(nieuw[n].tekst) > 80:
            continue
        eigen = _drieletters(nieuw[n].tekst)
        for o in range(verwacht[n] - 3, verwacht[n] + 4):
            if o in kort and oud[o].soort == nieuw[n].soort:
                score = _gelijkenis(eigen, kort[o])
                if score >= DREMPEL_KORT:
                    uit.append((-score, abs(verwacht[n] - o), n, o))
    return uit


def _verwachte_plaats(paren: dict[int, int], aantal: int) -> list[int]:
    """Waar elk nieuw blok in de oude tekst zou staan: vlak na de plaats van zijn laatst gekoppelde voorganger."""
    uit: list[int] = []
    laatste = -1
    for n in range(aantal):
        laatste = paren.get(n, laatste + 1)
        uit.append(laatste)
    return uit


def blokken(html: str) -> list[Blok]:
    """Geef de blokken van gemunte HTML in leesvolgorde.

    De tekst van een lijstpunt is zonder de lijstpunten die erin zitten; de HTML is mét. Een blok zonder id
    (niet gemunte HTML) komt mee met een leeg id.
    """
    return list(_blokken(html))


@lru_cache(maxsize=4)  # één scherm vraagt dezelfde tekst drie of vier keer, en vergelijkt er hoogstens twee
def _blokken(html: str) -> tuple[Blok, ...]:
    stukken = [m[0] for m in STUK.finditer(html)]
    return tuple(Blok(vak.id, vak.soort, vak.tekst, "".join(stukken[vak.begin : vak.einde])) for vak in _lees(stukken))


def inhoud_hash(html: str) -> str:
    """Geef de sha256 (hex) van de inhoud: gelijke tekst met gelijke opmaak geeft dezelfde hash.

    Blok-ids en wit tussen woorden tellen niet mee.
    """
    kaal = re.sub(r"\s+", " ", DATA_BLOK.sub("", schoon(html))).strip()
    return sha256(kaal.encode()).hexdigest()


def nummers(html: str) -> dict[str, int]:
    """Geef het volgnummer van elke alinea en elk punt van een opsomming, in leesvolgorde.

    Zo telt ook de openbare bladzijde (`publiek.met_ankers`), en daar wordt naar verwezen: leden, organisaties, PDF en
    publiek noemen dezelfde alinea hetzelfde. Koppen, tabelrijen, figuren, bijschriften en voetnoten tellen niet mee.
    """
    lopend = [blok.id for blok in blokken(html) if blok.soort in {"p", "li"}]
    return {id_: nummer for nummer, id_ in enumerate(lopend, start=1) if id_}
