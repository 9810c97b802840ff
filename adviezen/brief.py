"""De concepttekst van een aanbiedingsbrief. Zuivere functies, geen database; de secretaris wijzigt de tekst."""

from dataclasses import dataclass
from datetime import date
from html import escape

from kern.tijd import datum_nl

MINISTER = "de minister die het aangaat"


@dataclass(frozen=True)
class Briefgegevens:
    """Wat een brief over het advies zegt. `vraag_van` is de dag van de adviesaanvraag, None bij eigen initiatief."""

    titel: str
    nummer: str
    vastgesteld_op: date | None
    vraag_van: date | None
    oordeel: str
    namens_raad: bool
    commissie: str
    klok: bool
    samenvatting: str = ""
    door_commissie: bool = False


def aanbiedingsbrief(aan: str, g: Briefgegevens) -> str:
    """Geef de concepttekst van de brief aan een adviesvrager, als HTML."""
    wie = "de Sociaal-Economische Raad"
    if g.door_commissie or not g.namens_raad:
        wie = f"de {g.commissie} van {wie}" + (", namens de raad" if g.namens_raad else "")
    nummer = f" (nr. {escape(g.nummer)})" if g.nummer else ""
    dag = f" op {datum_nl(g.vastgesteld_op, weekdag=False)}" if g.vastgesteld_op else ""
    if g.vraag_van is not None:
        aanleiding = f"Op {datum_nl(g.vraag_van, weekdag=False)} vroeg u om advies. "
    else:
        aanleiding = "De raad bracht dit advies uit eigen beweging uit. "
    unaniem = " De raad was unaniem." if g.oordeel == "unaniem" else ""
    verdeeld = " De raad was verdeeld; de tekst zegt wie wat vindt." if g.oordeel == "verdeeld" else ""
    alineas = [
        f"Aan {escape(aan)}",
        f"{aanleiding}Hierbij ontvangt u het advies “{escape(g.titel)}”{nummer} van {escape(wie)}, "
        f"vastgesteld{dag}.{unaniem}{verdeeld}",
    ]
    if g.samenvatting:
        alineas.append(escape(g.samenvatting.splitlines()[0]))
    if g.klok:
        alineas.append("Wij horen graag binnen drie maanden hoe het kabinet op het advies reageert.")
    return "".join(f"<p>{alinea}</p>" for alinea in alineas)


def afschrift(g: Briefgegevens) -> str:
    """Geef de concepttekst bij het afschrift aan de minister van een advies aan een Kamer (regel 43)."""
    nummer = f" (nr. {escape(g.nummer)})" if g.nummer else ""
    return (
        f"<p>Aan {MINISTER}</p><p>Hierbij ontvangt u een afschrift van het advies “{escape(g.titel)}”{nummer}, "
        "dat wij vandaag aan de Kamer aanbieden.</p>"
    )
