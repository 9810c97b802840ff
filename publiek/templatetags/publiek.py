"""Filters van de openbare bladzijden."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from lxml import html as lxml_html

from publiek import lezen

register = template.Library()
VEILIG = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def json_ld(gegevens: dict[str, Any]) -> SafeString:
    """Geef gegevens als JSON-LD. Het is een gegevensblok, geen script: de CSP houdt het niet tegen."""
    tekst = json.dumps(gegevens, ensure_ascii=False).translate(VEILIG)
    return mark_safe(f'<script type="application/ld+json">{tekst}</script>')  # noqa: S308 - <, > en & zijn weg


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
    """Geef adviestekst met per blok een vast anker en een verwijzing. De tekst is bij publicatie al schoon."""
    if not html.strip():
        return SafeString("")
    boom = lxml_html.fragment_fromstring(html, create_parent="div")
    gezien: set[str] = set()
    for element in boom.iter():
        blok = element.get("data-blok") if isinstance(element.tag, str) else None
        if not blok or blok in gezien:
            continue
        gezien.add(blok)
        element.set("id", blok)
        if element.tag in {"p", "li", "h2", "h3", "h4"}:
            anker = lxml_html.Element("a")
            anker.set("href", f"#{blok}")
            anker.set("class", "anker")
            anker.set("aria-label", "Verwijs naar deze alinea")
            anker.text = "#"
            # In een punt van een lijst dat zelf een alinea is, hoort het anker achter die tekst en niet eronder.
            plek = element[0] if element.tag == "li" and len(element) and element[0].tag == "p" else element
            if len(plek):
                plek[-1].tail = (plek[-1].tail or "") + " "
            else:
                plek.text = (plek.text or "") + " "
            plek.append(anker)
    binnen = (boom.text or "") + "".join(lxml_html.tostring(kind, encoding="unicode") for kind in boom)
    return mark_safe(binnen)  # noqa: S308 - kwam schoon uit publicatie


@register.filter
def bronnaam(tekst: str | None) -> str:
    """Geef een leesbare naam van een bron."""
    return lezen.bron_naam(tekst)


@register.filter
def add_getal(waarde: float, erbij: int) -> str:
    """Tel op en geef het getal met een punt, zoals SVG het wil."""
    return f"{waarde + erbij:.1f}"
