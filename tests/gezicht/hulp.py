"""Hulp voor de toetsen van het gezicht."""

import re
from typing import Any

from django.template import engines
from django.test import RequestFactory


def teken(bron: str, pad: str = "/", **inhoud: Any) -> str:
    """Teken een stukje sjabloon zoals een bladzijde dat doet."""
    return engines["django"].from_string(bron).render({"request": RequestFactory().get(pad), **inhoud})


def tekst(html: str) -> str:
    """Geef wat iemand leest, zonder opmaak en dubbele spaties."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def zonder_plek(html: str) -> set[str]:
    """Geef elk id waar een foutenlijst of een aria-kenmerk naar wijst en dat niet op de bladzijde staat."""
    lijsten = "".join(re.findall(r'<div class="foutenlijst".*?</div>', html, re.S))
    genoemd = " ".join(re.findall(r'aria-(?:labelledby|describedby|controls)="([^"]*)"', html)).split()
    return {*re.findall(r'href="#([^"]*)"', lijsten), *genoemd} - set(re.findall(r'\sid="([^"]*)"', html))
