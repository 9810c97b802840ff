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
