"""Elke route met haar volle naam, en de adressen die de matrix bezoekt: echte en niet bestaande."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from toegang.routes import Toegang

ONTBREEKT = """
De route {naam!r} ({patroon}) heeft parameters ({velden}) maar staat niet in tests/matrix/objecten.py.
Zet daar onder OBJECTEN een functie die voor deze route een echt object geeft, bijvoorbeeld:
    {naam!r}: lambda w: [{{{voorbeeld}}}],
De matrix bezoekt haar dan als elke rol, met dat object en met een object dat niet bestaat.
"""


@dataclass(frozen=True)
class Route:
    """Een route van het portaal: "adviezen:traject", haar patroon, haar parameters en haar eis."""

    naam: str
    patroon: str
    velden: tuple[str, ...]
    eis: Toegang

    @property
    def openbaar(self) -> bool:
        return self.eis.soort == "publiek"

    def adres(self, kwargs: dict[str, Any]) -> str:
        """Geef het pad van deze route bij deze parameters."""
        return reverse(self.naam, kwargs=kwargs)


def alle(
    patronen: list[Any] | None = None, ruimten: tuple[str, ...] = (), voor: str = "", velden: tuple[str, ...] = ()
) -> Iterator[Route]:
    """Geef elke route van de URLconf, ook die van andere pakketten."""
    for patroon in get_resolver().url_patterns if patronen is None else patronen:
        pad, namen = voor + str(patroon.pattern), (*velden, *patroon.pattern.regex.groupindex)
        if isinstance(patroon, URLResolver):
            erbij = (patroon.namespace,) if patroon.namespace else ()
            yield from alle(patroon.url_patterns, (*ruimten, *erbij), pad, namen)
        else:
            assert patroon.name, f"De route {pad!r} heeft geen naam; de matrix kan haar dan niet noemen."
            yield Route(":".join((*ruimten, patroon.name)), pad, namen, patroon.callback.toegang)


def ontbreekt(route: Route) -> str:
    """Geef de uitleg bij een route die niet in het register staat."""
    voorbeeld = ", ".join(f'"{veld}": …' for veld in route.velden)
    return ONTBREEKT.format(naam=route.naam, patroon=route.patroon, velden=", ".join(route.velden), voorbeeld=voorbeeld)


def niet_bestaand(route: Route, echt: dict[str, Any]) -> list[dict[str, Any]]:
    """Vervang om de beurt elke parameter (en ten slotte alle) door een die naar niets verwijst."""
    weg: dict[str, Any] = {}
    for veld, waarde in echt.items():
        weg[veld] = NIETS.get((route.naam, veld), 999_999_999 if isinstance(waarde, int) else "bestaat-niet")
    uit = [{**echt, veld: niets} for veld, niets in weg.items()]
    if len(weg) > 1:
        uit.append(dict(weg))
    uit += [{**echt, veld: 10**30} for veld, waarde in echt.items() if isinstance(waarde, int)]
    goed = []
    for kwargs in uit:
        try:
            route.adres(kwargs)
        except NoReverseMatch:  # het patroon laat deze waarde niet toe: dan is het een ander adres
            continue
        goed.append(kwargs)
    return goed


# Waar "bestaat-niet" of 999999999 niet past bij het patroon van de parameter.
NIETS = {
    ("publiek:advies", "jaar"): "1899",
    ("publiek:adviesjaar", "jaar"): "1899",
    ("publiek:uitgave", "jaar"): "1899",
    ("publiek:uitgave", "pk"): "999999999",
    ("publiek:advies_pdf", "jaar"): "1899",
    ("publiek:persbericht", "jaar"): "1899",
    ("publiek:jaarbestand", "jaar"): "1899",
}
