"""Taal op het scherm: korte zinnen en gewone woorden (B1). Wat hier slaagt is nog niet vanzelf duidelijk."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

HUIS = Path(settings.BASE_DIR)
KAMERS = (
    *(
        "adviezen",
        "beheer",
        "berichten",
        "commissies",
        "dialoog",
        "kern",
        "opvolging",
        "publicatie",
        "publiek",
        "raad",
        "stukken",
    ),
    *("termijnen", "toegang", "vergaderingen", "werkplek"),
)
LANGSTE = 25  # woorden in een zin; de vuistregel voor B1 is vijftien gemiddeld
# Schrijftaal met het gewone woord ernaast.
LIEVER = {
    "teneinde": "om", "middels": "met", "derhalve": "dus", "gaarne": "graag", "indien": "als", "alsmede": "en",
    "aangaande": "over", "inzake": "over", "betreffende": "over", "omtrent": "over", "conform": "volgens",
    "hetgeen": "wat", "desbetreffende": "deze", "tevens": "ook", "heden": "vandaag", "nochtans": "toch",
    "aldus": "zo", "zulks": "dat", "ingevolge": "door", "jegens": "tegen", "geschieden": "gebeuren",
    "bewerkstelligen": "zorgen voor", "faciliteren": "helpen", "implementeren": "invoeren",
    "initiëren": "beginnen", "realiseren": "maken", "optimaliseren": "verbeteren", "dient te": "moet",
    "dienen te": "moeten", "met betrekking tot": "over", "ten behoeve van": "voor", "door middel van": "met",
}  # fmt: skip
ZWAAR = re.compile(rf"\b({'|'.join(LIEVER)})\b", re.I)
BLOK = (
    "p|li|h[1-6]|t[hdr]|d[tdl]|div|section|[uo]l|table|summary|details|button|label|option|caption|figcaption|form|br"
)


def zinnen_van_sjabloon(bron: str) -> Iterator[str]:
    """Geef de zinnen die een lezer ziet; een variabele telt als één woord, een blok sluit een zin af."""
    bron = re.sub(r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}|<(script|style)\b.*?</\1>", "", bron, flags=re.S)
    bron = re.sub(r"\{%.*?%\}", " ", re.sub(r"\{\{.*?\}\}", "X", bron, flags=re.S), flags=re.S)
    tekst = re.sub(r"<[^>]+>", "", re.sub(rf"</?({BLOK})\b[^>]*>", ". ", bron))
    yield from zinnen(tekst)


def zinnen_van_code(bron: str) -> Iterator[str]:
    """Geef de zinnen uit teksten in code (meldingen, uitleg bij velden); docstrings leest geen gebruiker."""
    boom = ast.parse(bron)
    stil = {
        id(knoop.body[0].value)
        for knoop in ast.walk(boom)
        if isinstance(knoop, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and knoop.body
        and isinstance(knoop.body[0], ast.Expr)
    }
    for knoop in ast.walk(boom):
        if not isinstance(knoop, ast.Constant) or not isinstance(knoop.value, str) or id(knoop) in stil:
            continue
        if re.match(r"[A-Z][a-zà-ÿ]+ .* .*[.?!]$", knoop.value):
            yield from zinnen(knoop.value)


def zinnen(tekst: str) -> Iterator[str]:
    """Deel tekst op in zinnen."""
    for zin in re.split(r"(?<=[.!?:;])\s+", tekst):
        yield " ".join(zin.split())


def fouten(zin: str) -> list[str]:
    """Geef wat er aan een zin niet gewoon is."""
    aantal = len(re.findall(r"[A-Za-zÀ-ÿ'’-]+", zin))
    te_lang = [f"{aantal} woorden: {zin[:160]}"] if aantal > LANGSTE else []
    return te_lang + [f"liever “{LIEVER[w.lower()]}” dan “{w}”: {zin[:100]}" for w in ZWAAR.findall(zin)]


def test_sjablonen_zijn_in_gewone_taal() -> None:
    gevonden, gezien = [], 0
    for pad in sorted([*(HUIS / "templates").rglob("*.html"), *(HUIS / "templates").rglob("*.txt")]):
        for zin in zinnen_van_sjabloon(pad.read_text(encoding="utf-8")):
            gezien += 1
            gevonden += [f"{pad.relative_to(HUIS)}: {fout}" for fout in fouten(zin)]
    assert gezien > 5_000
    assert gevonden == []


def test_meldingen_en_uitleg_zijn_in_gewone_taal() -> None:
    gevonden, gezien = [], 0
    for kamer in KAMERS:
        for pad in sorted((HUIS / kamer).rglob("*.py")):
            if "migrations" in pad.parts:
                continue
            for zin in zinnen_van_code(pad.read_text(encoding="utf-8")):
                gezien += 1
                gevonden += [f"{pad.relative_to(HUIS)}: {fout}" for fout in fouten(zin)]
    assert gezien > 500
    assert gevonden == []


def test_de_toets_ziet_schrijftaal_en_een_lange_zin() -> None:
    assert fouten("Indien u dit wenst.") == ["liever “als” dan “Indien”: Indien u dit wenst."]
    assert [f[:9] for f in fouten(" ".join(["woord"] * 26))] == ["26 woorde"]
    gelezen = list(zinnen_van_sjabloon("{% if a %}<p>Een {{ b|c }}.</p>{% endif %}<script>var indien</script>"))
    assert any("Een X." in zin for zin in gelezen)
    assert not any("indien" in zin for zin in gelezen)
    code = 'def f():\n    """Indien dit een docstring is."""\n    g("Vul een titel in.")'
    assert list(zinnen_van_code(code)) == ["Vul een titel in."]
