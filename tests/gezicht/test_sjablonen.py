"""Elk sjabloon houdt zich aan het gezicht: bestaande klassen, niets in de bladzijde zelf, alles van eigen huis."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

WORTEL = Path(settings.BASE_DIR)
SJABLONEN = sorted((WORTEL / "templates").rglob("*.html"))
EIGEN = [p for p in SJABLONEN if {"componenten", "basis"} & set(p.parts) or p.name == "bouwstenen.html"]
CSS = WORTEL / "static" / "css"


def naam(pad: Path) -> str:
    """Geef het pad vanaf de wortel, als naam van de toets."""
    return str(pad.relative_to(WORTEL))


def klassen(tekst: str) -> set[str]:
    """Geef de vaste klassen in een sjabloon; een klasse met een variabele erin telt niet mee."""
    uit: set[str] = set()
    for waarde in re.findall(r'class="((?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)"', tekst, re.S):
        kaal = re.sub(r"\{\{.*?\}\}", "§", re.sub(r"\{%.*?%\}", " ", waarde))
        uit |= {klasse for klasse in kaal.split() if "§" not in klasse and not klasse.endswith("-")}
    return uit


def in_css(*bestanden: Path) -> set[str]:
    """Geef elke klasse die in deze CSS voorkomt."""
    return {k for b in bestanden for k in re.findall(r"\.([a-zA-Z][\w-]*)", b.read_text())}


NLDS = in_css(*(WORTEL / "static" / "vendor").glob("utrecht-css/*/index.css"))
ONZE = in_css(*CSS.rglob("*.css"))


@pytest.mark.parametrize("pad", SJABLONEN, ids=naam)
def test_elke_utrecht_klasse_bestaat(pad: Path) -> None:
    onbekend = {k for k in klassen(pad.read_text()) if k.startswith("utrecht-")} - NLDS
    assert not onbekend, f"geen NLDS-klasse: {onbekend}; zij zou stil zonder opmaak blijven"


@pytest.mark.parametrize("pad", EIGEN, ids=naam)
def test_elke_eigen_klasse_heeft_opmaak(pad: Path) -> None:
    onbekend = {k for k in klassen(pad.read_text()) if not k.startswith("utrecht-")} - ONZE - {"voorbeeld-theme"}
    assert not onbekend, f"niet in static/css: {onbekend}"


@pytest.mark.parametrize("pad", SJABLONEN, ids=naam)
def test_niets_in_de_bladzijde_zelf(pad: Path) -> None:
    tekst = pad.read_text()
    assert not re.search(r"\sstyle\s*=", tekst), "style= werkt niet onder onze CSP"
    assert not re.search(r"<style\b", tekst), "<style> werkt niet onder onze CSP"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", tekst), "onclick= en familie werken niet onder onze CSP"
    assert "javascript:" not in tekst
    assert not re.search(r"[\s\"']hx-[a-z]", tekst), "schrijf data-hx-…: zonder data- is het geen geldige HTML"
    assert not re.search(r"<textarea\b[^>]*\smaxlength", tekst), (
        "de browser kapt geplakte tekst stil af; de server zegt het"
    )
    assert not re.search(r"<th\b[^>]*>\s*<h[1-6]\b", tekst), "een kop hoort niet in een tabelkop: gebruik groepkop"
    for script in re.findall(r"<script\b[^>]*>(.*?)</script>", tekst, re.S):
        assert not script.strip(), "geen script in de bladzijde"


@pytest.mark.parametrize("pad", SJABLONEN, ids=naam)
def test_niets_van_buiten(pad: Path) -> None:
    bronnen = re.findall(r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)\s*=\s*[\"']([^\"']*)", pad.read_text())
    assert not [b for b in bronnen if b.startswith(("http:", "https:", "//"))]


@pytest.mark.parametrize("pad", SJABLONEN, ids=naam)
def test_elk_statisch_bestand_bestaat(pad: Path) -> None:
    for bestand in re.findall(r"\{%\s*static\s+[\"']([^\"']+)[\"']", pad.read_text()):
        assert finders.find(bestand), bestand


def test_elk_onderdeel_wordt_geladen() -> None:
    lijst = (CSS / "componenten.css").read_text()
    for bestand in sorted((CSS / "componenten").glob("*.css")):
        assert f'@import url("componenten/{bestand.name}");' in lijst


def test_css_verwijst_alleen_naar_bestanden_in_huis() -> None:
    for bestand in sorted(CSS.rglob("*.css")):
        for adres in re.findall(r"url\(\"([^\"]+)\"\)", bestand.read_text()):
            doel = WORTEL / adres.lstrip("/") if adres.startswith("/") else bestand.parent / adres
            assert doel.resolve().is_file(), f"{bestand.name}: {adres}"


def test_css_accolades_sluiten() -> None:
    for bestand in sorted(CSS.rglob("*.css")):
        tekst = re.sub(r"/\*.*?\*/", "", bestand.read_text(), flags=re.S)
        assert tekst.count("{") == tekst.count("}"), bestand.name


def test_elke_gebruikte_maat_of_kleur_is_gegeven() -> None:
    alles = "\n".join(b.read_text() for b in CSS.rglob("*.css"))
    gegeven = set(re.findall(r"(--[\w-]+)\s*:", alles))
    gebruikt = set(re.findall(r"var\((--[\w-]+)", alles))
    assert gebruikt <= gegeven, gebruikt - gegeven


def test_kleuren_staan_alleen_in_ser_css() -> None:
    palet = set(re.findall(r"#[0-9a-f]{6}\b", (CSS / "ser.css").read_text()))
    for bestand in sorted(CSS.rglob("*.css")):
        kleuren = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", bestand.read_text().split("@media print")[0]))
        if bestand.name == "pdf.css":  # de pdf-zetter kent geen donkere stand en schrijft de kleuren uit
            assert kleuren <= palet
        elif bestand.name != "ser.css":
            assert not kleuren, bestand.name


def test_overgenomen_bestanden_hebben_hun_licentie_en_zijn_klein() -> None:
    for versie in (WORTEL / "static" / "vendor").glob("*/*/"):
        assert list(versie.glob("LICENSE*")), versie
    for bestand in (WORTEL / "static").rglob("*"):
        assert not bestand.is_file() or bestand.stat().st_size < 1_500_000, bestand


@pytest.mark.parametrize("pad", SJABLONEN, ids=naam)
def test_de_titel_noemt_waar_de_bladzijde_over_gaat(pad: Path) -> None:
    """Wie twintig tabbladen open heeft, ziet bij welk traject, advies of welke vergadering elk hoort."""
    tekst = pad.read_text()
    blokken = dict(re.findall(r"\{% block (titel|kruimels|kop) %\}(.*)", tekst))
    boven = blokken.get("kruimels", "") + blokken.get("kop", "")
    for ding in ("traject", "vergadering", "advies"):
        if re.search(rf"\b{ding}\.(openbare_)?(titel|naam|datum_tekst)\b", boven):
            # Een openbaar stuk, een oude uitgave en een agendapunt hebben een eigen titel.
            noemt = "{{" if "publiek" in pad.parts or ding == "vergadering" else f"{ding}."
            assert noemt in blokken["titel"], blokken["titel"]


def geladen(sjabloon: str) -> set[str]:
    """Geef de stijlbladen die dit sjabloon en waar het op verder bouwt zelf noemen."""
    bron = (WORTEL / "templates" / sjabloon).read_text() if (WORTEL / "templates" / sjabloon).exists() else ""
    boven = re.search(r'\{% extends "([^"]+)"', bron)
    return set(re.findall(r"css/([\w/-]+\.css)", bron)) | (geladen(boven[1]) if boven else set())


def test_elke_klasse_heeft_opmaak_op_de_bladzijde_waar_zij_staat() -> None:
    """Een klasse uit publiek.css doet niets op een werkpagina die dat bestand niet laadt."""
    overal = {"ser.css", "layout.css", *(f"componenten/{b.name}" for b in (CSS / "componenten").glob("*.css"))}
    bladen = {str(b.relative_to(CSS)): in_css(b) for b in CSS.rglob("*.css") if b.name != "pdf.css"}
    mist = set()
    for pad in SJABLONEN:
        tekst = pad.read_text()
        if "{% extends" not in tekst:
            continue
        kent = {
            k for blad in overal | geladen(str(pad.relative_to(WORTEL / "templates"))) for k in bladen.get(blad, ())
        }
        for deel in [tekst, *((WORTEL / "templates" / d).read_text() for d in re.findall(r'include "([^"]+)"', tekst))]:
            mist |= {f"{naam(pad)}: {k}" for k in (klassen(deel) & ONZE) - kent if any(k in b for b in bladen.values())}
    assert not mist


def buiten_hun_blok(bron: str) -> set[str]:
    """Geef de namen die een tag in het ene blok zet (`{% url … as pad %}`) en een ander leest: daar zijn zij leeg."""
    gezet: dict[str, set[tuple[str, ...]]] = {}
    gelezen: list[tuple[tuple[str, ...], str]] = []
    blokken: list[str] = []
    for tag, waarde in re.findall(r"\{%\s*(.*?)\s*%\}|\{\{\s*(.*?)\s*\}\}", bron, re.S):
        if tag.startswith("block "):
            blokken.append(tag.split()[1])
        elif tag.startswith("endblock"):
            blokken.pop()
        else:
            zet = re.search(r" as (\w+)$", tag)
            if zet and not tag.startswith(("with ", "regroup ")):
                gezet.setdefault(zet[1], set()).add(tuple(blokken))
            gelezen.append(
                (tuple(blokken), re.sub(r"\"[^\"]*\"|'[^']*'", "", tag[: zet.start()] if zet else waarde or tag))
            )
    return {
        woord
        for woord, plekken in gezet.items()
        for waar, inhoud in gelezen
        if re.search(rf"(?<![\w.]){woord}(?![\w=])", inhoud) and not any(waar[: len(p)] == p for p in plekken)
    }


@pytest.mark.parametrize("pad", SJABLONEN, ids=naam)
def test_wat_een_blok_zet_leest_geen_ander_blok(pad: Path) -> None:
    """Een link “Niet doen” of “Terug” wees zo naar de bladzijde zelf: het adres stond in het blok van de kruimels."""
    assert not buiten_hun_blok(pad.read_text())
