"""De openapi.json afmaken: contact, licentie, tags, koppen, foutantwoorden en bij elke bewerking een voorbeeld.

Het voorbeeld wordt opgebouwd uit de voorbeelden van de velden, zodat het niet kan achterblijven bij het schema.
"""

from typing import Any

from django.conf import settings

from publiek.api.wijzigingen import VERSIE
from publiek.licentie import licentie

OVER = (
    "Alles wat de Sociaal-Economische Raad openbaar maakte en dit portaal kent: adviezen sinds 1950 met hun tekst, "
    "aanbevelingen, standpunten en kabinetsreacties, lopende trajecten, de raad op elke dag, commissies en "
    "vergaderingen. Bij elk gegeven staat hoe zeker het is. Het codeboek in gewone taal staat op /api/. "
    "Records met `voorbeeld: true` zijn verzonnen."
)
TAGS = {
    "adviezen": "Wat de raad adviseerde, met tekst, standpunten, herkomst en bestanden.",
    "opvolging": "Aanbevelingen, wat het kabinet antwoordde, en wat adviezen uitwerkten.",
    "werk": "Waar de raad nu aan werkt, en waarover hij vergadert.",
    "raad": "Wie er in de raad en zijn commissies zit, op elke dag.",
    "bestanden": "Alles van een jaar in één bestand.",
}
PROBLEEM = {
    "type": "object",
    "description": "Een fout volgens RFC 9457",
    "required": ["status", "title", "detail"],
    "properties": {
        "status": {"type": "integer", "description": "de HTTP-status"},
        "title": {"type": "string", "description": "wat er mis is"},
        "detail": {"type": "string", "description": "wat u kunt doen"},
        "sinds": {"type": "string", "description": "bij 410: sinds wanneer het weg is"},
        "errors": {
            "type": "array",
            "description": "bij 400: alle fouten tegelijk",
            "items": {
                "type": "object",
                "required": ["in", "detail"],
                "properties": {"in": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
FOUTEN: dict[str, tuple[str, dict[str, Any]]] = {
    "400": (
        "De vraag klopt niet; alle fouten staan erin",
        {
            "status": 400,
            "title": "Onjuiste invoer",
            "detail": "Kijk na: jaar.",
            "errors": [{"in": "jaar", "detail": "Geef een geheel getal."}],
        },
    ),
    "404": (
        "Hier staat niets",
        {"status": 404, "title": "Niet gevonden", "detail": "Op dit adres staat niets."},
    ),
    "410": (
        "Wat hier stond is ingetrokken",
        {
            "status": 410,
            "title": "Ingetrokken: Een advies (voorbeeld)",
            "detail": "Per ongeluk openbaar gemaakt (voorbeeld).",
            "sinds": "2026-03-16",
        },
    ),
    "500": (
        "Er ging iets mis in het portaal",
        {"status": 500, "title": "Fout in het portaal", "detail": "Probeer het later opnieuw."},
    ),
}


def contact() -> dict[str, str]:
    """Geef bij wie men terecht kan: naam, adres van het codeboek en e-mailadres."""
    return {"name": "SER-portaal", "url": f"{settings.PORTAL_ADRES}/api/", "email": settings.CONTACT_ADRES}


def beschrijf(schema: dict[str, Any]) -> dict[str, Any]:
    """Vul de beschrijving van ninja aan en geef haar terug."""
    keuze = licentie()
    schema["info"] |= {
        "description": OVER,
        "contact": contact(),
        "license": {"name": keuze.naam, "url": keuze.adres},
    }
    schema["tags"] = [{"name": naam, "description": uitleg} for naam, uitleg in TAGS.items()]
    # De vragen staan al bij elke bewerking; als soort gegevens bestaan zij niet.
    vormen = {n: v for n, v in schema["components"]["schemas"].items() if not n.endswith("Vragen") and n != "Bladeren"}
    schema["components"]["schemas"] = vormen
    for vorm in vormen.values():
        _maak_plat(vorm)
    vormen["Probleem"] = PROBLEEM
    for pad, wegen in schema["paths"].items():
        for daad in wegen.values():
            _bewerking(pad, daad, vormen)
    return schema


def _bewerking(pad: str, daad: dict[str, Any], vormen: dict[str, Any]) -> None:
    daad.setdefault("parameters", [])
    for vraag in daad["parameters"]:
        _maak_plat(vraag["schema"])
        if isinstance(soort := vraag["schema"].get("type"), list):
            vraag["schema"]["type"] = soort[0]  # weglaten kan; "null" als tekst meegeven niet
            vraag["schema"]["enum"] = [k for k in vraag["schema"].get("enum", []) if k is not None]
            vraag["schema"] = {naam: waarde for naam, waarde in vraag["schema"].items() if waarde != []}
    codes = ["400", "500"] + (["404"] if "{" in pad else [])
    if pad == "/adviezen/{kenmerk}":
        codes.append("410")
    antwoorden: dict[str, Any] = {}
    for code, antwoord in daad["responses"].items():
        antwoorden[str(code)] = antwoord
    for code in sorted(codes):
        uitleg, voorbeeld = FOUTEN[code]
        antwoorden[code] = {
            "description": uitleg,
            "content": {
                "application/problem+json": {
                    "schema": {"$ref": "#/components/schemas/Probleem"},
                    "example": voorbeeld,
                }
            },
        }
    kop = {"description": "versie van de API", "schema": {"type": "string", "examples": [VERSIE]}}
    for code, antwoord in antwoorden.items():
        antwoord["headers"] = {"API-Version": kop}
        if code == "200":
            antwoord["description"] = "Gelukt"
            for inhoud in antwoord["content"].values():
                inhoud["example"] = voorbeeld_van(inhoud["schema"], vormen)
    daad["responses"] = antwoorden


def _maak_plat(vorm: Any) -> None:
    """Schrijf "iets of niets" als één soort, zodat lezers (en de regels over datums) het formaat zien staan."""
    if isinstance(vorm, list):
        for deel in vorm:
            _maak_plat(deel)
    if not isinstance(vorm, dict):
        return
    for deel in vorm.values():
        _maak_plat(deel)
    keuzes = vorm.get("anyOf", [])
    soorten = [k for k in keuzes if k != {"type": "null"}]
    if len(keuzes) == 2 and len(soorten) == 1 and isinstance(soorten[0].get("type"), str):
        del vorm["anyOf"]
        vorm.update(soorten[0] | {"type": [soorten[0]["type"], "null"]})
        if "enum" in vorm:
            vorm["enum"] = [*vorm["enum"], None]
    if isinstance(vorm.get("title"), str):
        vorm.pop("title")


def voorbeeld_van(vorm: dict[str, Any], vormen: dict[str, Any]) -> Any:
    """Geef een voorbeeld bij een schema: dat van het veld zelf, anders opgebouwd uit zijn delen."""
    eigen = vorm.get("examples") or []
    if eigen and eigen[0] is not None:
        return eigen[0]
    if "$ref" in vorm:
        return voorbeeld_van(vormen[vorm["$ref"].rpartition("/")[2]], vormen)
    if "anyOf" in vorm:
        return voorbeeld_van(vorm["anyOf"][0], vormen)
    if vorm.get("type") == "array":
        return [voorbeeld_van(vorm["items"], vormen)]
    if vorm.get("type") == "object" and "properties" in vorm:
        return {naam: voorbeeld_van(deel, vormen) for naam, deel in vorm["properties"].items()}
    return None
