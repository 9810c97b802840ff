"""Het codeboek: de beschrijving van de API, geordend voor mensen."""

import json
import re
from dataclasses import dataclass
from typing import Any

from publiek.api.kern import BEGIN, api
from publiek.api.velden import BRONNEN
from publiek.api.wijzigingen import UITGAVEN, Uitgave
from publiek.lezen import absoluut

WOORDEN = {
    "string": "tekst",
    "integer": "geheel getal",
    "number": "getal",
    "boolean": "waar of onwaar",
    "array": "lijst",
    "object": "gegevens",
}


EINDEN = (("Vol", " (volledig)"), ("Kort", " (kort)"), ("Uit", ""))
LEESNAMEN = {"BestandUit": "bestand om op te halen", "StukUit": "stuk bij een vergadering of traject"}


def leesnaam(naam: str) -> str:
    """Geef de naam van een soort gegevens in gewone woorden: "AdviesVol" is "advies (volledig)"."""
    if naam in LEESNAMEN:
        return LEESNAMEN[naam]
    erbij = ""
    for eind, woord in EINDEN:
        if naam.endswith(eind):
            naam, erbij = naam.removesuffix(eind), woord
    return re.sub(r"(?<!^)(?=[A-Z])", " ", naam).lower() + erbij


@dataclass(frozen=True)
class Veld:
    """Een veld of vraag in woorden. `plek`: het anker van de soort gegevens, als het een eigen tabel heeft."""

    naam: str
    soort: str
    plek: str
    uitleg: str
    herkomst: str = ""
    voorbeeld: str = ""
    keuzes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bewerking:
    """Een adres dat men kan opvragen."""

    pad: str
    naam: str
    uitleg: str
    vragen: list[Veld]
    uitkomst: str
    plek: str
    adres: str


@dataclass(frozen=True)
class Soort:
    """Een soort gegevens met haar velden."""

    naam: str
    plek: str
    uitleg: str
    velden: list[Veld]

    @property
    def leesnaam(self) -> str:
        """De naam in gewone woorden."""
        return leesnaam(self.naam)


@dataclass(frozen=True)
class Groep:
    """Adressen die bij elkaar horen."""

    naam: str
    uitleg: str
    bewerkingen: list[Bewerking]


@dataclass(frozen=True)
class Boek:
    """Alles wat op de bladzijde staat."""

    adres: str
    groepen: list[Groep]
    soorten: list[Soort]
    uitgaven: tuple[Uitgave, ...]
    bronnen: tuple[tuple[str, str], ...]


def codeboek() -> Boek:
    """Geef het codeboek bij de huidige beschrijving."""
    schema = api.get_openapi_schema()
    vormen = schema["components"]["schemas"]
    per: dict[str, list[Bewerking]] = {}
    for pad, wegen in schema["paths"].items():
        for daad in wegen.values():
            per.setdefault(daad["tags"][0], []).append(_bewerking(pad, daad))
    groepen = [Groep(t["name"], t["description"], per.get(t["name"], [])) for t in schema["tags"]]
    soorten = [
        Soort(naam, f"soort-{naam.lower()}", vorm.get("description", ""), _velden(vorm))
        for naam, vorm in vormen.items()
        if vorm.get("properties") and not naam.endswith("Lijst") and naam != "Links"
    ]
    return Boek(absoluut(BEGIN), groepen, sorted(soorten, key=lambda s: s.leesnaam), UITGAVEN, tuple(BRONNEN.values()))


def _bewerking(pad: str, daad: dict[str, Any]) -> Bewerking:
    antwoord = daad["responses"]["200"]["content"]["application/json"]["schema"]
    naam = antwoord["$ref"].rpartition("/")[2]
    vragen = [_veld(v["name"], v["schema"] | {"description": v.get("description", "")}) for v in daad["parameters"]]
    kaal = naam.removesuffix("Lijst")
    return Bewerking(
        pad=f"{BEGIN}{pad}",
        naam=daad["summary"],
        uitleg=daad["description"],
        vragen=vragen,
        uitkomst=leesnaam(kaal),
        plek="" if naam.endswith("Lijst") else f"soort-{naam.lower()}",
        adres="" if "{" in pad else f"{BEGIN}{pad}",
    )


def _velden(vorm: dict[str, Any]) -> list[Veld]:
    return [_veld(naam, deel) for naam, deel in vorm["properties"].items()]


def _veld(naam: str, deel: dict[str, Any]) -> Veld:
    soort, plek = _soort(deel)
    voorbeeld = next((v for v in deel.get("examples") or [] if v not in (None, "", [])), None)
    return Veld(
        naam=naam,
        soort=soort,
        plek=plek,
        uitleg=deel.get("description", ""),
        herkomst=deel.get("x-bron", ""),
        voorbeeld="" if voorbeeld is None else json.dumps(voorbeeld, ensure_ascii=False).strip('"'),
        keuzes=tuple(str(k) for k in deel.get("enum", []) if k is not None),
    )


def _soort(deel: dict[str, Any]) -> tuple[str, str]:
    """Geef de soort in woorden, en het anker van haar tabel."""
    delen = [d for d in deel.get("anyOf", [deel]) if d.get("type") != "null"]
    mag_leeg = len(delen) < len(deel.get("anyOf", [])) or "null" in (deel.get("type") or "")
    kern = delen[0] if delen else deel
    if "$ref" in kern:
        naam = kern["$ref"].rpartition("/")[2]
        return leesnaam(naam) + (" of leeg" if mag_leeg else ""), f"soort-{naam.lower()}"
    soort = kern.get("type", "")
    soort = soort[0] if isinstance(soort, list) else soort
    if soort == "array":
        binnen, plek = _soort(kern["items"])
        return f"lijst van {binnen}", plek
    woord = {"date": "dag (JJJJ-MM-DD)", "date-time": "moment (UTC)"}.get(kern.get("format", ""), WOORDEN[soort])
    return woord + (" of leeg" if mag_leeg else ""), ""
