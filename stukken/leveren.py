"""Een bestand als antwoord geven. Er is geen algemeen adres: de view van de eigenaar kijkt eerst de toegang na."""

import logging
import re
import unicodedata
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    from stukken.models import Bestand

logger = logging.getLogger(__name__)
ONVEILIG = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069"\\/:*?<>|;]')
# Alleen wat een browser zelf veilig toont; al het andere wordt altijd als bijlage gegeven.
IN_BEELD = {"application/pdf", "image/png", "image/jpeg"}


def veilige_naam(naam: str, standaard: str = "bestand") -> str:
    """Geef een bestandsnaam zonder map, besturingstekens of tekens met een betekenis in een kop; ten hoogste 120."""
    kaal = unicodedata.normalize("NFC", naam).replace("\\", "/").rsplit("/", 1)[-1]
    kaal = " ".join(ONVEILIG.sub(" ", kaal).split()).strip(". ")
    if len(kaal) > 120:
        stam, punt, uitgang = kaal.rpartition(".")
        kaal = f"{stam[:110].rstrip()}.{uitgang[:8]}" if punt else kaal[:120]
    return kaal or standaard


def lever_bytes(inhoud: bytes, *, naam: str, soort: str) -> HttpResponse:
    """Geef bytes die het portaal net maakte als bijlage, met dezelfde koppen als `lever`; er wordt niets bewaard.

    Voor een exemplaar op naam (Word, HTML): een bestand in de opslag zou de versie zelf overleven.
    """
    antwoord = HttpResponse(inhoud, content_type=soort)
    antwoord["Content-Length"] = str(len(inhoud))
    antwoord["Content-Disposition"] = content_disposition_header(True, veilige_naam(naam)) or "attachment"
    _veilig(antwoord)
    antwoord["Cache-Control"] = "private, no-store"
    return antwoord


def _veilig(antwoord: HttpResponseBase) -> None:
    antwoord["X-Content-Type-Options"] = "nosniff"
    antwoord["Content-Security-Policy"] = "sandbox; default-src 'none'"
    antwoord["Cross-Origin-Resource-Policy"] = "same-origin"


def lever(
    bestand: "Bestand", *, naam: str | None = None, als_bijlage: bool = True, openbaar: bool = False
) -> HttpResponseBase:
    """Geef de inhoud als antwoord: eigen mediatype, nosniff, en niet in een tussengeheugen.

    `openbaar=True` alleen voor wat gepubliceerd is: dan mag een tussengeheugen het een uur bewaren.
    Werpt Http404 als de opslag het bestand mist (dat staat dan als fout in het log).
    """
    try:
        inhoud = bestand.open()
    except FileNotFoundError:
        logger.error("bestand %s ontbreekt in de opslag", bestand.sha256)
        raise Http404 from None
    als_bijlage = als_bijlage or bestand.soort not in IN_BEELD
    antwoord = FileResponse(inhoud, content_type=bestand.soort)
    antwoord["Content-Length"] = str(bestand.grootte)
    antwoord["Content-Disposition"] = content_disposition_header(als_bijlage, veilige_naam(naam or bestand.naam)) or (
        "attachment" if als_bijlage else "inline"
    )
    _veilig(antwoord)
    if openbaar:
        antwoord["Cache-Control"] = "public, max-age=3600"
        antwoord["ETag"] = f'"{bestand.sha256}"'
    else:
        antwoord["Cache-Control"] = "private, no-store"
    return antwoord
