"""Rekenwerk voor tekeningen die de server maakt. Alleen getallen en paden: kleuren en lijnen staan in de CSS."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from math import cos, pi, sin, sqrt

# Volgorde en plaats van de geledingen, overal dezelfde: links, midden, rechts.
GELEDINGEN = ("ondernemers", "kroonleden", "werknemers")


@dataclass(frozen=True)
class Plaats:
    """Het midden van een plaats in het halfrond, in eenheden van de viewBox; `hoek` 0 is links, π is rechts."""

    x: float
    y: float
    hoek: float
    rij: int


def getal(waarde: float) -> str:
    """Geef een getal zo kort mogelijk, met een punt: "12", "12.5"."""
    return f"{waarde:.1f}".rstrip("0").rstrip(".")


def vorm(geleding: str, x: float, y: float, straal: float) -> str:
    """Geef het pad van de vorm van een geleding: driehoek, cirkel of vierkant, met ongeveer gelijk oppervlak.

    Een onbekende geleding krijgt een ruit.
    """
    g = getal
    if geleding == "ondernemers":
        r = straal * 1.28
        h = r * sqrt(3) / 2
        return f"M{g(x)} {g(y - r * 0.9)}L{g(x + h)} {g(y + r * 0.6)}H{g(x - h)}Z"
    if geleding == "kroonleden":
        s = g(straal)
        return f"M{g(x - straal)} {g(y)}a{s} {s} 0 1 0 {g(2 * straal)} 0a{s} {s} 0 1 0 {g(-2 * straal)} 0Z"
    if geleding == "werknemers":
        z = straal * 0.88
        return f"M{g(x - z)} {g(y - z)}h{g(2 * z)}v{g(2 * z)}h{g(-2 * z)}Z"
    r = straal * 1.15
    return f"M{g(x)} {g(y - r)}L{g(x + r)} {g(y)}L{g(x)} {g(y + r)}L{g(x - r)} {g(y)}Z"


def verdeel(aantal: int, gewichten: Sequence[float]) -> list[int]:
    """Verdeel een aantal over gewichten met de grootste resten; de som is altijd `aantal`."""
    totaal = sum(gewichten)
    if totaal <= 0:
        return [0] * len(gewichten)
    precies = [aantal * gewicht / totaal for gewicht in gewichten]
    uit = [int(deel) for deel in precies]
    volgorde = sorted(range(len(uit)), key=lambda i: (uit[i] - precies[i], -i))
    for i in volgorde[: aantal - sum(uit)]:
        uit[i] += 1
    return uit


def halfrond(
    aantallen: Sequence[int],
    *,
    midden: tuple[float, float] = (320, 312),
    stralen: Sequence[float] = (174, 230, 286),
    tussenruimte: float = 0.09,
) -> list[list[Plaats]]:
    """Geef per groep de plaatsen, van links naar rechts; groepen zonder leden krijgen geen ruimte.

    Elke groep krijgt een wig naar grootte, met `tussenruimte` (radialen) tussen twee wiggen, en vult die rij na
    rij zodat buren bij elkaar blijven.
    """
    bezet = [aantal for aantal in aantallen if aantal]
    if not bezet:
        return [[] for _ in aantallen]
    vrij = pi - tussenruimte * (len(bezet) - 1)
    uit: list[list[Plaats]] = []
    begin = 0.0
    for aantal in aantallen:
        if not aantal:
            uit.append([])
            continue
        breed = vrij * aantal / sum(bezet)
        plaatsen = []
        for rij, (in_rij, straal) in enumerate(zip(verdeel(aantal, stralen), stralen, strict=True)):
            for i in range(in_rij):
                hoek = begin + (i + 0.5) * breed / in_rij
                plaatsen.append(Plaats(midden[0] - straal * cos(hoek), midden[1] - straal * sin(hoek), hoek, rij))
        uit.append(sorted(plaatsen, key=lambda plaats: (round(plaats.hoek, 6), -plaats.rij)))
        begin += breed + tussenruimte
    return uit


def lus(van: float, naar: float, diepte: float, *, top: float = 2) -> str:
    """Geef het pad van een teruggang: onder de lijn langs van `van` naar `naar`, met ronde hoeken."""
    g, r = getal, min(8.0, abs(van - naar) / 2)
    kant = -1 if naar < van else 1
    return (
        f"M{g(van)} {g(top)}V{g(diepte - r)}Q{g(van)} {g(diepte)} {g(van + kant * r)} {g(diepte)}"
        f"H{g(naar - kant * r)}Q{g(naar)} {g(diepte)} {g(naar)} {g(diepte - r)}V{g(top + 6)}"
    )


# Kleine tekens op een vlak van 16 bij 16: (lijn, vulling). Zij staan altijd naast een woord.
TEKENS: dict[str, tuple[str, str]] = {
    "goed": ("M3 8.5 6.5 12 13 4.5", ""),
    "letop": ("M8 2 15 14H1ZM8 6.5V10M8 12v.1", ""),
    "fout": ("M4 4 12 12M12 4 4 12", ""),
    "uitleg": ("M8 7v5M8 4v.1", ""),
    "bezig": ("M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12", "M8 2a6 6 0 0 1 0 12Z"),
    "leeg": ("M4.5 8h7", ""),
    "nvt": ("M3.5 12.5 12.5 3.5", ""),
    "onbekend": ("M5.3 6a2.7 2.7 0 1 1 3.8 2.4C8.3 8.8 8 9.3 8 10M8 13v.1", ""),
    "stil": ("M5.5 3v10M10.5 3v10", ""),
    "klok": ("M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M8 5v3l2.5 1.5", ""),
    "terug": ("M6 3.5 2.5 7 6 10.5M2.5 7H10a3.3 3.3 0 0 1 0 6.6H7", ""),
    "unaniem": ("M3 5.5h10M3 10.5h10", ""),
    "verdeeld": ("M8 14V8.5M8 8.5 3 3M8 8.5 13 3", ""),
    "slot": ("M5 7V5a3 3 0 0 1 6 0v2", "M3.5 7h9v7h-9Z"),
    "kring": ("M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11", "M8 6a2 2 0 1 0 0 4a2 2 0 1 0 0-4"),
    "stop": ("M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5ZM5.5 8h5", ""),
    "stuk": ("M4 2h5l3 3v9H4ZM9 2v3h3", ""),
    "vergadering": ("M2.5 11a5.5 5.5 0 0 1 11 0M5.5 11a2.5 2.5 0 0 1 5 0", ""),
    "brief": ("M2 4h12v8H2ZM2 4l6 5 6-5", ""),
}


@cache
def teken(naam: str) -> str:
    """Geef een klein teken als SVG; een onbekende naam geeft een streepje. Het regeleinde houdt woorden los ervan."""
    lijn, vulling = TEKENS.get(naam, TEKENS["leeg"])
    vlak = f'<path class="teken-vulling" d="{vulling}"/>' if vulling else ""
    return (
        f'<svg class="teken teken-{escape(naam)}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        f'{vlak}<path class="teken-lijn" d="{lijn}"/></svg>\n'
    )
