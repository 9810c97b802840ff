"""Achtergrondwerk: één PDF maken. De rij in de database is de waarheid; een bericht aan de werker is een wenk."""

import logging

from celery import Task, shared_task

from stukken import makers, pdf
from stukken.models import PdfOpdracht

logger = logging.getLogger(__name__)
# Seconden. De planning wekt elke minuut wat wacht: staan de werkers een dag stil, dan lagen er anders tienduizenden
# wenken om dezelfde paar PDF's, en kwam ander werk daarna pas.
WENK_GELDIG = 600


@shared_task(name="stukken.maak_pdf", bind=True)
def maak_pdf(self: Task, pk: int) -> str:
    """Maak de PDF van één opdracht, als niemand anders eraan werkt. Geeft de stand waarin zij eindigt.

    Twee keer bezorgd is geen bezwaar: alleen wie de opdracht claimt, werkt. Bezorgt de broker een bericht opnieuw, dan
    is de vorige werker weggevallen en neemt deze de opdracht over; leefde hij toch nog, dan telt de laatste poging. Een
    fout komt met een leesbare tekst op de opdracht te staan; de vorige PDF van het onderwerp blijft wat hij was.
    """
    opnieuw_bezorgd = bool((self.request.delivery_info or {}).get("redelivered"))
    opdracht = PdfOpdracht.objects.claim(pk, overname=opnieuw_bezorgd)
    if opdracht is None:
        return "overgeslagen"
    try:
        inhoud = makers.maak(opdracht.soort, opdracht.invoer, opdracht.meld_voortgang)
        opdracht.rond_af(inhoud)
    except pdf.PdfFout as fout:
        opdracht.mislukt(str(fout))
        return "mislukt"
    except OSError:
        logger.exception("PDF %s bewaren mislukt", pk)
        opdracht.mislukt("De PDF kon niet worden bewaard; misschien is de opslag vol. Meld dit bij de beheerder.")
        return "mislukt"
    except Exception:
        logger.exception("PDF %s maken mislukt", pk)
        opdracht.mislukt("De PDF kon niet worden gemaakt door een fout in het portaal. De beheerder ziet de fout.")
        return "mislukt"
    return "klaar"


def geef_door(pk: int) -> None:
    """Wek een werker. Lukt dat niet (broker weg), dan vindt de planning de wachtende rij later zelf."""
    try:
        maak_pdf.apply_async(args=[pk], retry=False, ignore_result=True, expires=WENK_GELDIG)
    except Exception:
        logger.warning("PDF-opdracht %s niet doorgegeven; de planning pakt haar op", pk, exc_info=True)
