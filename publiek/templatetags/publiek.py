"""Filters van de openbare bladzijden."""

import json
import re
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from lxml import html as lxml_html

from publicatie.scans import MERK
from publiek import lezen
from publiek.models import Advies

register = template.Library()
SCANDEEL = re.compile(r'<p data-blok="scan-(\d+)">(.*?)</p>', re.DOTALL)
VEILIG = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def json_ld(gegevens: dict[str, Any]) -> SafeString:
    """Geef gegevens als JSON-LD. Het is een gegevensblok, geen script: de CSP houdt het niet tegen."""
    tekst = json.dumps(gegevens, ensure_ascii=False).translate(VEILIG)
    return mark_safe(f'<script type="application/ld+json">{tekst}</script>')  # noqa: S308 - <, > en & zijn weg


@register.filter
def dagtekening(advies: Advies) -> str:
    """Geef de datum van een advies in woorden, zo nauwkeurig als bekend (zie publiek.lezen.datum_tekst)."""
    return lezen.datum_tekst(advies)


@register.filter
def is_adres(tekst: str | None) -> bool:
    """Of dit een volledig webadres is."""
    return lezen.is_adres(tekst)


@register.filter
def jaaradres(jaar: int) -> str:
    """Geef het jaar als tekst voor het kruimelpad."""
    return str(jaar)


@register.filter
def jaarpad(jaar: int) -> str:
    """Geef het adres van alle adviezen van dat jaar."""
    return f"/adviezen/?jaar={jaar}"


@register.filter
def met_ankers(html: str) -> SafeString:
    """Geef adviestekst met per blok een vast anker en een verwijzing. De tekst is bij publicatie al schoon.

    Alinea's en punten zijn genummerd in leesvolgorde (`#p-12`); een publicatie verandert niet, dus het nummer ook niet.
    """
    if not html.strip():
        return SafeString("")
    boom = lxml_html.fragment_fromstring(html, create_parent="div")
    gezien: set[str] = set()
    nummer = 0
    for element in boom.iter():
        blok = element.get("data-blok") if isinstance(element.tag, str) else None
        if not blok or blok in gezien:
            continue
        gezien.add(blok)
        element.set("id", blok)
        if element.tag in {"p", "li", "h2", "h3", "h4"} and element.get("class") != "voetnoot":
            anker = lxml_html.Element("a")
            anker.set("class", "anker")
            if element.tag in {"p", "li"}:
                nummer += 1
                anker.set("id", f"p-{nummer}")
                anker.set("href", f"#p-{nummer}")
                anker.set("aria-label", f"Verwijs naar alinea {nummer}")
                anker.text = str(nummer)
            else:
                anker.set("href", f"#{blok}")
                anker.set("aria-label", "Verwijs naar dit hoofdstuk")
                anker.text = "#"
            # In een punt van een lijst dat zelf een alinea is, hoort het anker achter die tekst en niet eronder.
            plek = element[0] if element.tag == "li" and len(element) and element[0].tag == "p" else element
            if len(plek):
                plek[-1].tail = (plek[-1].tail or "") + "\u00a0"
            else:
                plek.text = (plek.text or "") + "\u00a0"
            plek.append(anker)
    binnen = (boom.text or "") + "".join(lxml_html.tostring(kind, encoding="unicode") for kind in boom)
    return mark_safe(binnen)  # noqa: S308 - kwam schoon uit publicatie


@register.filter
def inhoud_van(html: str) -> list[tuple[str, str]]:
    """Geef de hoofdstukken (h2 met een blok) als (anker, titel); leeg bij minder dan drie."""
    if not html.strip():
        return []
    boom = lxml_html.fragment_fromstring(html, create_parent="div")
    uit = [
        (kop.get("data-blok") or "", " ".join(kop.text_content().split()))
        for kop in boom.iter("h2")
        if kop.get("data-blok")
    ]
    return uit if len(uit) > 2 else []


@register.filter
def scantekst(html: str) -> SafeString:
    """Geef de tekst uit de opgestuurde PDF, per bladzijde met een anker. De tekst is bij publicatie ontsnapt."""
    tekst = html.partition(MERK)[2].partition("</h2>")[2]
    delen = [
        f'<p id="scan-{n}"><span class="zacht klein">Bladzijde {n}</span><br>{inhoud}</p>'
        for n, inhoud in SCANDEEL.findall(tekst)
    ]
    return mark_safe("".join(delen))  # noqa: S308 - kwam schoon uit publicatie


@register.filter
def bronnaam(tekst: str | None) -> str:
    """Geef een leesbare naam van een bron."""
    return lezen.bron_naam(tekst)


@register.filter
def add_getal(waarde: float, erbij: int) -> str:
    """Tel op en geef het getal met een punt, zoals SVG het wil."""
    return f"{waarde + erbij:.1f}"
