"""Een opgestuurde PDF (een scan van toen) bij een publicatie: haar tekst als passages, haar bestand erbij.

Zuivere functies, twee kanten op: wat er met `met_scan` bij komt, haalt `zonder_scan` er weer af. Zo kan een publicatie
opnieuw gemaakt worden (door het archief, door een correctie) zonder dat de scan dubbel komt of verdwijnt.
"""

from html import escape
from typing import Any

MERK = '<h2 data-blok="scan">'
KOP = f"{MERK}Tekst uit de PDF</h2>"
ROL = "scan"
MINSTE_TEKENS = 25  # minder tekens op een bladzijde is een vlek of een paginanummer, geen tekst

Delen = tuple[str, dict[str, Any], list[dict[str, Any]]]


def zonder_scan(html: str, metadata: dict[str, Any], bestanden: list[dict[str, Any]]) -> Delen:
    """Geef html, metadata en bestanden zoals zij zonder scan zijn."""
    kaal = {naam: waarde for naam, waarde in metadata.items() if naam != ROL}
    return html.partition(MERK)[0], kaal, [b for b in bestanden if b.get("rol") != ROL]


def met_scan(
    html: str,
    metadata: dict[str, Any],
    bestanden: list[dict[str, Any]],
    *,
    bladzijden: list[str],
    bestand: dict[str, Any],
) -> Delen:
    """Geef html, metadata en bestanden met de tekst van elke bladzijde als passage `scan-<n>` en het bestand erbij."""
    html, metadata, bestanden = zonder_scan(html, metadata, bestanden)
    met_tekst = [(n, tekst) for n, tekst in enumerate(bladzijden, start=1) if len(tekst) >= MINSTE_TEKENS]
    metadata = metadata | {ROL: {"bladzijden": len(bladzijden), "met_tekst": len(met_tekst)}}
    if met_tekst:
        html += KOP + "".join(f'<p data-blok="scan-{n}">{escape(tekst)}</p>' for n, tekst in met_tekst)
    return html, metadata, [*bestanden, {"rol": ROL, **bestand}]
