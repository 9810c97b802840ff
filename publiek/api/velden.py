"""Bouwstenen van de schema's: een veld met zijn betekenis, bron en voorbeeld.

Uit deze ene beschrijving komen de openapi.json, de voorbeelden daarin en het codeboek op /api/.
"""

from datetime import date
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

from kern.tijd import datum_met_precisie

# Waar een waarde vandaan komt: het woord in de tabellen, en wat het betekent.
BRONNEN = {
    "bron": ("bron", "uit de bronnen die bij het record staan"),
    "portaal": ("portaal", "vastgelegd in dit portaal, door het secretariaat"),
    "beide": ("bron of portaal", "archief: uit de bronnen bij het record; nieuw werk: vastgelegd in dit portaal"),
    "berekend": ("berekend", "berekend door dit portaal uit andere gegevens"),
    "eigen": ("eigen woorden", "archief: samengevat door ons; nieuw werk: de woorden van de raad"),
    "adres": ("adres", "adres of kenmerk van dit portaal; blijft gelijk"),
}
Bronsoort = Literal["bron", "portaal", "beide", "berekend", "eigen", "adres"]


def veld(uitleg: str, voorbeeld: Any, bron: Bronsoort = "beide", **regels: Any) -> Any:
    """Geef een veld van een schema; `bron` zegt waar de waarde vandaan komt (zie BRONNEN)."""
    return Field(
        regels.pop("standaard", ...),
        description=uitleg,
        examples=[voorbeeld],
        json_schema_extra={"x-bron": BRONNEN[bron][0]},
        **regels,
    )


class Vorm(Schema):
    """Basis: alleen wat beschreven is gaat naar buiten."""

    model_config = ConfigDict(extra="forbid")


class Datering(Vorm):
    """Een datum, zo nauwkeurig als zij bekend is. Wat niet bekend is wordt niet geraden."""

    waarde: str | None = veld("JJJJ, JJJJ-MM of JJJJ-MM-DD; leeg als niets bekend is", "2023-03-16")
    precisie: Literal["dag", "maand", "jaar", "onbekend"] = veld("hoe nauwkeurig de datum bekend is", "dag")
    afgeleid: bool = veld("waar als de datum niet vermeld is maar beredeneerd", True)
    tekst: str = veld("de datum in woorden, met haar zekerheid", "do 16 maart 2023 (afgeleid)", "berekend")


def datering(dag: date | None, precisie: str, *, afgeleid: bool = False, tekst: str = "") -> dict[str, Any]:
    """Geef een Datering; zonder dag is de precisie "onbekend"."""
    if dag is None or precisie not in {"dag", "maand", "jaar"}:
        precisie = "onbekend"
    lengte = {"dag": 10, "maand": 7, "jaar": 4, "onbekend": 0}[precisie]
    return {
        "waarde": dag.isoformat()[:lengte] if dag and lengte else None,
        "precisie": precisie,
        "afgeleid": afgeleid,
        "tekst": tekst or datum_met_precisie(dag, precisie, afgeleid=afgeleid),
    }


class Bron(Vorm):
    """Een vindplaats."""

    naam: str = veld("leesbare naam van de bron", "Brochure van de SER", "bron")
    adres: str | None = veld("volledig webadres, als dat bewaard is", "https://www.ser.nl/", "bron")
    opmerking: str = veld("hoe zeker het adres is", "", "bron")


class Links(Vorm):
    """Adressen om te bladeren; `next` en `prev` ontbreken niet maar zijn leeg als er niets volgt."""

    self: str = veld("dit adres", "https://voorbeeld.test/api/v1/themas?pagina=1", "adres")
    first: str = veld("de eerste bladzijde", "https://voorbeeld.test/api/v1/themas?pagina=1", "adres")
    prev: str | None = veld("de vorige bladzijde", None, "adres")
    next: str | None = veld("de volgende bladzijde", "https://voorbeeld.test/api/v1/themas?pagina=2", "adres")
    last: str = veld("de laatste bladzijde", "https://voorbeeld.test/api/v1/themas?pagina=3", "adres")


class Bladzijde(Vorm):
    """Een bladzijde uit een lijst."""

    totaal: int = veld("aantal resultaten op alle bladzijden samen", 1, "berekend")
    pagina: int = veld("nummer van deze bladzijde, vanaf 1", 1, "berekend")
    paginas: int = veld("aantal bladzijden", 1, "berekend")
    perPagina: int = veld("hoogste aantal resultaten op één bladzijde", 20, "berekend")
    links: Links = veld("om te bladeren", None, "adres")


class Bladeren(Schema):
    """Vragen die elke lijst kent."""

    pagina: int = Field(1, ge=1, le=100_000, description="welke bladzijde, vanaf 1")
    perPagina: int = Field(20, ge=1, le=100, description="hoeveel resultaten per bladzijde")
