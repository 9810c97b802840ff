"""Het paneel dat laat zien hoe ver een PDF is. De view van de eigenaar kijkt de toegang na en geeft de adressen.

Zo gebruikt een eigenaar het (drie eigen adressen, achter zijn eigen poort)::

    def pdf_stand(request, …):              # GET: paneel, ververst zichzelf met htmx, werkt ook zonder JavaScript
        return paneel(request, opdracht, stand=…, download=…, opnieuw=…)

In een gewone bladzijde: {% include "stukken/_pdf.html" with pdf=pdf_gegevens %}, met `pdf_gegevens` van `gegevens`.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from stukken.models import PdfOpdracht
from stukken.queries import laatste_pdf


@dataclass(frozen=True)
class PdfGegevens:
    """Wat het paneel nodig heeft: de opdracht, een eerdere PDF als de nieuwe er nog niet is, en drie adressen."""

    opdracht: PdfOpdracht | None
    vorige: PdfOpdracht | None
    stand: str
    download: str
    opnieuw: str
    terug: str = ""
    ouder: bool = False


def gegevens(
    opdracht: PdfOpdracht | None, *, stand: str, download: str, opnieuw: str, terug: str = "", van_nu: str = ""
) -> PdfGegevens:
    """Geef de gegevens voor `stukken/_pdf.html`.

    `stand` is het adres van het paneel zelf (GET), `download` dat van het bestand (de view levert laatste_pdf),
    `opnieuw` dat van de POST die `probeer_pdf_opnieuw` doet, `terug` de bladzijde waar het paneel op staat. Met
    `van_nu` (stukken.actions.kenmerk_van) zegt het paneel erbij of de PDF nog van de inhoud van nu is.
    """
    vorige = None
    if opdracht is not None and opdracht.bestand_id is None:
        vorige = laatste_pdf(opdracht.onderwerp)
    ouder = bool(van_nu and opdracht is not None and opdracht.sleutel != van_nu)
    return PdfGegevens(opdracht, vorige, stand, download, opnieuw, terug, ouder)


def paneel(request: HttpRequest, pdf: PdfGegevens) -> HttpResponse:
    """Geef alleen het paneel (voor htmx) of, zonder htmx, hetzelfde paneel als kleine bladzijde."""
    sjabloon = "stukken/_pdf.html" if getattr(request, "htmx", False) else "stukken/pdf_stand.html"
    antwoord = TemplateResponse(request, sjabloon, {"pdf": pdf})
    antwoord["Cache-Control"] = "private, no-store"
    return antwoord
