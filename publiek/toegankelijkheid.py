"""De uitslag van de laatste automatische toets op toegankelijkheid, gemaakt door tests/publiek/test_browser.py."""

import json
from pathlib import Path
from typing import Any

UITSLAG = Path(__file__).resolve().parent / "toegankelijkheid.json"


def uitslag() -> dict[str, Any]:
    """Geef datum, versie van axe, adressen en per schermbreedte de fouten; leeg als er nog geen uitslag is."""
    if not UITSLAG.exists():
        return {}
    gegevens: dict[str, Any] = json.loads(UITSLAG.read_text(encoding="utf-8"))
    return gegevens
