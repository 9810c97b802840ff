"""Wat een bezoeker zoekt, gelezen uit het adres. Verkeerde invoer wordt een melding, nooit een fout."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

PER_PAGINA = 20
SORTEERWIJZEN = {"relevantie": "Meest van toepassing", "nieuwste": "Nieuwste eerst", "oudste": "Oudste eerst"}
SOORTEN = {
    "advies": "advies",
    "briefadvies": "briefadvies",
    "interimadvies": "interimadvies",
    "rapport": "rapport",
    "verkenning": "verkenning",
    "signalering": "signalering",
    "nota": "nota",
    "rede": "rede",
}
OORDELEN = {"unaniem": "unaniem", "verdeeld": "verdeeld", "onbekend": "niet bekend"}
REACTIES = {
    "op_tijd": "op tijd",
    "later": "later dan afgesproken",
    "ontvangen": "ontvangen, termijn niet te toetsen",
    "afgewacht": "wordt afgewacht",
    "uitgebleven": "nog niet ontvangen, termijn voorbij",
    "wet": "gevolgd in wet",
    "niet_bekend": "niet bekend",
    "geen": "niet van toepassing",
}
VRIJ = ("thema", "commissie")
VAST = {"soort": SOORTEN, "oordeel": OORDELEN, "reactie": REACTIES}
FACETTEN = ("jaar", "decennium", *VRIJ, *VAST)


@dataclass(frozen=True)
class Zoekvraag:
    """De hele toestand van de zoekpagina; `adres()` geeft haar terug als vraagdeel van het adres."""

    q: str = ""
    jaar: int | None = None
    decennium: int | None = None
    thema: str = ""
    commissie: str = ""
    soort: str = ""
    oordeel: str = ""
    reactie: str = ""
    sorteer: str = ""
    pagina: int = 1
    meldingen: tuple[str, ...] = field(default=(), compare=False)

    @property
    def gefilterd(self) -> list[str]:
        """De namen van de filters die aanstaan."""
        return [naam for naam in FACETTEN if getattr(self, naam)]

    @property
    def volgorde(self) -> str:
        """De sorteerwijze: gekozen, of vanzelf relevantie bij een zoekwoord en anders de nieuwste eerst."""
        if self.sorteer in SORTEERWIJZEN and (self.q or self.sorteer != "relevantie"):
            return self.sorteer
        return "relevantie" if self.q else "nieuwste"

    def adres(self, **anders: object) -> str:
        """Geef "?…" voor deze vraag met `anders` aangepast; een ander filter begint weer op bladzijde 1."""
        nieuw = replace(self, **{"pagina": 1, **anders})  # type: ignore[arg-type]
        delen = {
            naam: getattr(nieuw, naam) for naam in ("q", *FACETTEN, "sorteer") if getattr(nieuw, naam) not in ("", None)
        }
        if nieuw.pagina > 1:
            delen["pagina"] = nieuw.pagina
        return "?" + urlencode(delen) if delen else "./"


def lees(vragen: QueryDict) -> Zoekvraag:
    """Lees de zoekvraag. Wat niet te lezen is wordt overgeslagen en staat als zin in `meldingen`."""
    meldingen: list[str] = []

    def tekst(naam: str, lengte: int) -> str:
        ruw = vragen.get(naam, "")
        schoon = "".join(c for c in ruw if c.isprintable()).strip()
        if len(schoon) > lengte:
            meldingen.append(f"Alleen de eerste {lengte} tekens van uw zoekvraag zijn gebruikt.")
        return schoon[:lengte].strip()

    def getal(naam: str, woord: str, laagste: int, hoogste: int) -> int | None:
        ruw = tekst(naam, 20)
        if not ruw:
            return None
        if not ruw.isascii() or not ruw.isdigit() or not laagste <= int(ruw) <= hoogste:
            meldingen.append(f"“{ruw}” is geen {woord} tussen {laagste} en {hoogste}; dat filter staat uit.")
            return None
        return int(ruw)

    keuzes: dict[str, str] = {}
    for naam, mogelijk in VAST.items():
        ruw = tekst(naam, 60)
        if ruw and ruw not in mogelijk:
            meldingen.append(f"“{ruw}” is geen bekende keuze bij {naam}; dat filter staat uit.")
            ruw = ""
        keuzes[naam] = ruw
    decennium = getal("decennium", "jaartal", 1950, 2090)
    sorteer = tekst("sorteer", 20)
    pagina = 1
    if ruwe_pagina := tekst("pagina", 20):
        if ruwe_pagina.isascii() and ruwe_pagina.isdigit() and 1 <= int(ruwe_pagina) <= 100_000:
            pagina = int(ruwe_pagina)
        else:
            meldingen.append(f"“{ruwe_pagina}” is geen bladzijde; u ziet de eerste.")
    return Zoekvraag(
        q=tekst("q", 200),
        jaar=getal("jaar", "jaartal", 1950, 2099),
        decennium=None if decennium is None else decennium // 10 * 10,
        thema=tekst("thema", 120),
        commissie=tekst("commissie", 160),
        sorteer=sorteer if sorteer in SORTEERWIJZEN else "",
        pagina=pagina,
        meldingen=tuple(meldingen),
        **keuzes,
    )
