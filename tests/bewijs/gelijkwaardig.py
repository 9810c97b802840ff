"""Veranderingen die niets veranderen wat iemand kan merken, met de reden. Wat een toets toch ziet, hoort hier niet."""

from pathlib import Path

WORTEL = Path(__file__).resolve().parents[2]

# (bestand, de regel zoals zij er staat, wat er verandert) -> waarom niemand het merkt
GELIJKWAARDIG: dict[tuple[str, str, str], str] = {
    (
        "berichten/actions.py",
        'sleutel = hashlib.sha256(f"{feit} {aan}".encode()).hexdigest()[:40]',
        "40 wordt 41",
    ): "een Message-ID van een teken langer wijst even zeker naar hetzelfde bericht",
}


def reden(pad: str, plek: int, wat: str) -> str:
    """Geef waarom deze verandering niets verandert; leeg als zij dat wel doet."""
    regel = (WORTEL / pad).read_text(encoding="utf-8").splitlines()[plek - 1].strip()
    return GELIJKWAARDIG.get((pad, regel, wat), "")
