"""Wat een bezoeker zoekt, gelezen uit het adres. Verkeerde invoer wordt een melding, nooit een fout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict

PER_PAGINA = 20
MAX_KEUZES = 20  # per filter; meer dan dat is geen verfijning meer
ONBEKEND = "onbekend"
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
OORDELEN = {"unaniem": "unaniem", "verdeeld": "verdeeld", ONBEKEND: "niet bekend"}
REACTIES = {
    "op_tijd": "op tijd",
    "later": "later dan afgesproken",
    "ontvangen": "ontvangen, termijn niet te toetsen",
    "afgewacht": "wordt afgewacht",
    "uitgebleven": "nog niet ontvangen, termijn voorbij",
    "deels_afgewacht": "gedeeltelijk ontvangen, rest wordt afgewacht",
    "deels_uitgebleven": "gedeeltelijk ontvangen, termijn voorbij",
    "wet": "gevolgd in wet",
    "niet_bekend": "niet bekend",
    "geen": "niet van toepassing",
}
# Naam van het filter → opschrift. De volgorde is die op het scherm.
KOPPEN = {
    "thema": "Thema",
    "decennium": "Periode",
    "jaar": "Jaar",
    "soort": "Soort",
    "commissie": "Commissie",
    "vrager": "Gevraagd door",
    "oordeel": "Oordeel van de raad",
    "reactie": "Reactie van het kabinet",
}
VRIJ = {"thema": 120, "commissie": 160, "vrager": 200}  # naam → langste waarde
VAST = {"soort": SOORTEN, "oordeel": OORDELEN, "reactie": REACTIES}
GETALLEN = ("jaar", "decennium")
FACETTEN = tuple(KOPPEN)
JAREN = (1950, 2099)
# Standen van de reactie waarbij nog op het kabinet gewacht wordt, op alles of op de rest.
WACHT = frozenset({"afgewacht", "uitgebleven", "deels_afgewacht", "deels_uitgebleven"})


@dataclass(frozen=True)
class Zoekvraag:
    """De hele toestand van de zoekpagina; `adres()` geeft haar terug als vraagdeel van het adres.

    Binnen een filter geldt "een van deze", tussen filters "en". De waarde "onbekend" is een keuze als elke andere.
    """

    q: str = ""
    van: int | None = None
    tot: int | None = None
    jaar: tuple[str, ...] = ()
    decennium: tuple[str, ...] = ()
    thema: tuple[str, ...] = ()
    commissie: tuple[str, ...] = ()
    vrager: tuple[str, ...] = ()
    soort: tuple[str, ...] = ()
    oordeel: tuple[str, ...] = ()
    reactie: tuple[str, ...] = ()
    sorteer: str = ""
    pagina: int = 1
    meldingen: tuple[str, ...] = field(default=(), compare=False)

    @property
    def gefilterd(self) -> list[str]:
        """De namen van de filters die aanstaan."""
        return [naam for naam in FACETTEN if getattr(self, naam)]

    @property
    def begrensd(self) -> bool:
        """Of er van en tot een jaar gezocht wordt."""
        return self.van is not None or self.tot is not None

    @property
    def volgorde(self) -> str:
        """De sorteerwijze: gekozen, of vanzelf relevantie bij een zoekwoord en anders de nieuwste eerst."""
        if self.sorteer in SORTEERWIJZEN and (self.q or self.sorteer != "relevantie"):
            return self.sorteer
        return "relevantie" if self.q else "nieuwste"

    def delen(self, *, met_sortering: bool = True) -> list[tuple[str, str]]:
        """Geef de vraag als naam-waardeparen op vaste volgorde, zonder de bladzijde."""
        return [*self._delen, ("sorteer", self.sorteer)] if met_sortering and self.sorteer else [*self._delen]

    @cached_property
    def _delen(self) -> list[tuple[str, str]]:
        uit: list[tuple[str, str]] = []
        for naam in ("q", "van", "tot", *FACETTEN):
            if waarde := getattr(self, naam):
                uit += [(naam, w) for w in waarde] if isinstance(waarde, tuple) else [(naam, str(waarde))]
        return uit

    def adres(self, **anders: object) -> str:
        """Geef "?…" voor deze vraag met `anders` aangepast; een ander filter begint weer op bladzijde 1."""
        nieuw = replace(self, **{"pagina": 1, **anders})  # type: ignore[arg-type]
        delen = nieuw.delen()
        if nieuw.pagina > 1:
            delen.append(("pagina", str(nieuw.pagina)))
        return "?" + urlencode(delen) if delen else "./"

    def wissel(self, naam: str, waarde: str) -> str:
        """Geef het adres met deze keuze erbij, of eruit als zij al aanstond."""
        return self.wissels(naam, [waarde])[0]

    def wissels(self, naam: str, waarden: Sequence[str]) -> list[str]:
        """Geef `wissel` voor elk van deze keuzes van één filter; wat gelijk blijft wordt maar één keer opgeschreven."""
        nu: tuple[str, ...] = getattr(self, naam)
        voor, na = (urlencode(deel) for deel in self._rond(naam))
        begin = "".join(f"{deel}&" for deel in (voor, urlencode([(naam, w) for w in nu])) if deel)
        eind = f"&{na}" if na else ""
        uit = []
        for waarde in waarden:
            if waarde in nu:
                delen = [deel for deel in (voor, urlencode([(naam, w) for w in nu if w != waarde]), na) if deel]
                uit.append("?" + "&".join(delen) if delen else "./")
            else:
                uit.append(f"?{begin}{naam}={_voor_adres(waarde)}{eind}")
        return uit

    def _rond(self, naam: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Geef wat in het adres voor en na dit filter staat."""
        delen, eerder = self.delen(), ("q", "van", "tot", *FACETTEN[: FACETTEN.index(naam)])
        return [d for d in delen if d[0] in eerder], [d for d in delen if d[0] not in eerder and d[0] != naam]

    def kern(self) -> str:
        """Geef de vraag zonder sortering en bladzijde, altijd op dezelfde volgorde: waarop een feed of melding rust."""
        op_volgorde: dict[str, Any] = {naam: tuple(sorted(getattr(self, naam))) for naam in FACETTEN}
        gesorteerd = replace(self, **op_volgorde)
        return urlencode(gesorteerd.delen(met_sortering=False))


@lru_cache(maxsize=2_000)
def _voor_adres(waarde: str) -> str:
    """Geef een keuze zoals zij in een adres staat; dezelfde keuzes staan op elke uitslag."""
    return quote_plus(waarde)


def lees(vragen: QueryDict) -> Zoekvraag:
    """Lees de zoekvraag. Wat niet te lezen is wordt overgeslagen en staat als zin in `meldingen`."""
    lezer = _Lezer(vragen)
    waarden: dict[str, object] = {"q": lezer.tekst("q", 200)}
    van, tot = lezer.jaar("van"), lezer.jaar("tot")
    if van and tot and van > tot:
        lezer.meldingen.append(f"Het begin van de periode ({van}) ligt na het einde ({tot}); ze zijn omgedraaid.")
        van, tot = tot, van
    waarden |= {"van": van, "tot": tot}
    for naam, mogelijk in VAST.items():
        waarden[naam] = lezer.keuzes(naam, 60, mogelijk)
    for naam, lengte in VRIJ.items():
        waarden[naam] = lezer.keuzes(naam, lengte)
    waarden["jaar"] = lezer.jaren("jaar")
    waarden["decennium"] = tuple(
        dict.fromkeys(j if j == ONBEKEND else str(int(j) // 10 * 10) for j in lezer.jaren("decennium"))
    )
    sorteer = lezer.tekst("sorteer", 20)
    waarden["sorteer"] = sorteer if sorteer in SORTEERWIJZEN else ""
    waarden["pagina"] = lezer.pagina()
    return Zoekvraag(**waarden, meldingen=tuple(lezer.meldingen))  # type: ignore[arg-type]


class _Lezer:
    """Leest losse delen van een adres en onthoudt wat daaraan niet klopte."""

    def __init__(self, vragen: QueryDict) -> None:
        self.vragen = vragen
        self.meldingen: list[str] = []

    def schoon(self, ruw: str, lengte: int) -> str:
        schoon = "".join(c for c in ruw if c.isprintable()).strip()
        if len(schoon) > lengte:
            self.meldingen.append(f"Alleen de eerste {lengte} tekens van uw zoekvraag zijn gebruikt.")
        return schoon[:lengte].strip()

    def tekst(self, naam: str, lengte: int) -> str:
        return self.schoon(self.vragen.get(naam, ""), lengte)

    def keuzes(self, naam: str, lengte: int, mogelijk: Mapping[str, str] | None = None) -> tuple[str, ...]:
        uit: list[str] = []
        for ruw in self.vragen.getlist(naam)[:MAX_KEUZES]:
            waarde = self.schoon(ruw, lengte)
            if mogelijk is not None and waarde and waarde not in mogelijk:
                self.meldingen.append(f"“{waarde}” is geen bekende keuze bij {naam}; dat filter staat uit.")
            elif waarde and waarde not in uit:
                uit.append(waarde)
        return tuple(uit)

    def geldig(self, ruw: str) -> bool:
        laagste, hoogste = JAREN
        if ruw.isascii() and ruw.isdigit() and laagste <= int(ruw) <= hoogste:
            return True
        self.meldingen.append(f"“{ruw}” is geen jaartal tussen {laagste} en {hoogste}; dat filter staat uit.")
        return False

    def jaar(self, naam: str) -> int | None:
        ruw = self.tekst(naam, 20)
        return int(ruw) if ruw and self.geldig(ruw) else None

    def jaren(self, naam: str) -> tuple[str, ...]:
        return tuple(j for j in self.keuzes(naam, 20) if j == ONBEKEND or self.geldig(j))

    def pagina(self) -> int:
        ruw = self.tekst("pagina", 20)
        if not ruw:
            return 1
        if ruw.isascii() and ruw.isdigit() and 1 <= int(ruw) <= 100_000:
            return int(ruw)
        self.meldingen.append(f"“{ruw}” is geen bladzijde; u ziet de eerste.")
        return 1


def van_kern(kern: str) -> Zoekvraag:
    """Lees een bewaarde vraag (`Zoekvraag.kern`) terug."""
    return replace(lees(QueryDict(kern)), meldingen=())


def omschrijving(vraag: Zoekvraag, namen: Mapping[str, Mapping[str, str]]) -> str:
    """Geef de vraag in woorden: "“pensioen”, thema arbeid, 1990–1999". Zonder vraag "alle adviezen"."""
    delen = [f"“{vraag.q}”"] if vraag.q else []
    if vraag.begrensd:
        delen.append(
            f"{f'vanaf {vraag.van}' if vraag.van else ''}{f' tot en met {vraag.tot}' if vraag.tot else ''}".strip()
        )
    for naam in vraag.gefilterd:
        kop, waarden = KOPPEN[naam].lower(), " of ".join(naam_van(naam, w, namen) for w in getattr(vraag, naam))
        delen.append(waarden if waarden.lower().startswith(f"{kop} ") else f"{kop} {waarden}")
    return ", ".join(delen) or "alle adviezen"


def naam_van(filternaam: str, waarde: str, namen: Mapping[str, Mapping[str, str]]) -> str:
    """Geef een keuze zoals zij op het scherm staat."""
    if waarde == ONBEKEND:
        return "niet bekend"
    if filternaam == "decennium":
        return f"{waarde}–{int(waarde) + 9}"
    return namen.get(filternaam, {}).get(waarde, waarde)
