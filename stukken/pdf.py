"""PDF/UA-1 maken: de opbouw hier, het zetten in een eigen, begrensd proces (zie pdfproces)."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from kern.blokken import inhoud_hash
from kern.fouten import PortaalFout
from kern.html import schoon
from kern.tijd import datum_nl
from stukken import pdfproces
from stukken.opmaak import zet_op

MEGABYTE = 1_000_000
GEHEUGEN = 1_500 * MEGABYTE
UITVOER = 100 * MEGABYTE
GROOTSTE_HTML = 20 * MEGABYTE
WACHTTIJD = 180  # seconden, ook op een drukke machine
LETTERS = Path(__file__).parent / "letters.conf"


class PdfFout(PortaalFout):
    """De PDF is niet gemaakt; de tekst is voor de gebruiker."""


class PdfNietBeschikbaar(PdfFout):
    """Deze machine kan geen PDF maken: WeasyPrint vindt Pango niet."""

    def __init__(self) -> None:
        super().__init__(
            "Deze machine kan nog geen PDF maken: de bibliotheek Pango ontbreekt. "
            "Beheer: apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )


@dataclass(frozen=True)
class Opmaak:
    """Alles wat de PDF bepaalt. Gelijke velden geven dezelfde bytes.

    `html` is schone adviestekst, `samenvatting` ook HTML; `feiten` zijn regels (naam, waarde) voor het voorblad,
    `datum` is de dag op het stuk (en de enige datum in het bestand), `adres` het blijvende adres, `merk` een woord als
    ONTWERP of VERTROUWELIJK, `lezer` de naam van wie dit exemplaar is; `nummering` zet regel- en alineanummers.
    `bijlage` zijn gegevens (JSON); daarmee wordt het een archiefkopie (PDF/A-3a) met die gegevens erin. `vorm` is
    leeg, "brief" (briefhoofd, `colofon` als ondertekening, geen voorblad) of "doorlopend" (hoofdstukken na elkaar).
    """

    html: str
    titel: str
    ondertitel: str = ""
    korte_titel: str = ""
    nummer: str = ""
    soort_naam: str = "Advies"
    datum: date | None = None
    datum_tekst: str = ""
    feiten: list[tuple[str, str]] = field(default_factory=list)
    samenvatting: str = ""
    adres: str = ""
    merk: str = ""
    lezer: str = ""
    nummering: bool = False
    inhoudsopgave: bool = True
    voorbeeld: bool = False
    colofon: list[tuple[str, str]] = field(default_factory=list)
    bijlage: str = ""
    vorm: str = ""


def als_invoer(**velden: Any) -> dict[str, Any]:
    """Geef de velden van Opmaak als JSON-bare invoer. Werpt TypeError bij een onbekend veld."""
    opmaak = Opmaak(**velden)
    uit = asdict(opmaak) | {"html": schoon(opmaak.html), "samenvatting": schoon(opmaak.samenvatting)}
    uit["datum"] = opmaak.datum.isoformat() if opmaak.datum else None
    if not opmaak.bijlage:
        del uit["bijlage"]  # gewone PDF's houden de sleutel die zij hadden
    if not opmaak.vorm:
        del uit["vorm"]
    uit["feiten"], uit["colofon"] = [list(f) for f in opmaak.feiten], [list(c) for c in opmaak.colofon]
    return uit


def uit_invoer(invoer: dict[str, Any], voortgang: Callable[[int], None] | None = None) -> bytes:
    """Maak de PDF van bewaarde invoer (zie `als_invoer`)."""
    bekend = {veld.name for veld in fields(Opmaak)}
    velden = {naam: waarde for naam, waarde in invoer.items() if naam in bekend}
    if velden.get("datum"):
        velden["datum"] = date.fromisoformat(velden["datum"])
    return maak(**velden, voortgang=voortgang)


def maak(*, voortgang: Callable[[int], None] | None = None, **velden: Any) -> bytes:
    """Geef de bytes van een PDF/UA-1; de velden zijn die van Opmaak.

    Dezelfde velden geven dezelfde bytes. Werpt PdfNietBeschikbaar als Pango ontbreekt en PdfFout (met een tekst voor
    de gebruiker) als de tekst te groot is of het zetten te lang duurt, te veel geheugen vraagt of vastloopt.
    """
    opmaak = Opmaak(**velden)
    return zet(bron(opmaak), voortgang, bijlage=opmaak.bijlage, dag=opmaak.datum)


def bron(opmaak: Opmaak) -> str:
    """Geef de HTML die WeasyPrint zet, uit templates/pdf/basis.html of brief.html."""
    lijf = zet_op(opmaak.html, nummering=opmaak.nummering)
    is_brief = opmaak.vorm == "brief"  # op een brief hoort geen afgekorte weekdag
    return render_to_string(
        "pdf/brief.html" if is_brief else "pdf/basis.html",
        {
            "o": opmaak,
            "lijf": lijf,
            "samenvatting": zet_op(opmaak.samenvatting, anker="samenvatting", onder=2).html,
            "korte_titel": opmaak.korte_titel or opmaak.titel,
            "datum": opmaak.datum_tekst or (datum_nl(opmaak.datum, weekdag=not is_brief) if opmaak.datum else ""),
            "hash": inhoud_hash(opmaak.html),
            "merk": opmaak.merk or ("VOORBEELD" if opmaak.voorbeeld else ""),
        },
    )


@cache
def opmaak_versie() -> str:
    """Geef een kenmerk van de vormgeving: een nieuwe vormgeving is een nieuwe PDF."""
    som = sha256()
    sjablonen = settings.BASE_DIR / "templates" / "pdf"
    for plaats in (sjablonen / "basis.html", sjablonen / "brief.html", _static() / "css" / "pdf.css"):
        som.update(plaats.read_bytes())
    return som.hexdigest()[:12]


def _static() -> Path:
    return Path(settings.STATICFILES_DIRS[0])


def zet(
    html: str,
    voortgang: Callable[[int], None] | None = None,
    *,
    wachttijd: float = WACHTTIJD,
    bijlage: str = "",
    dag: date | None = None,
) -> bytes:
    """Zet HTML als PDF in een eigen proces, met grenzen aan tijd, geheugen en uitvoer. Werpt PdfFout.

    Met `bijlage` wordt het een archiefkopie met die gegevens erin, gedateerd op `dag`.
    """
    if len(html) > GROOTSTE_HTML:
        raise PdfFout("De tekst is te groot voor één PDF. Splits hem of verklein de afbeeldingen.")
    with tempfile.TemporaryDirectory(prefix="portaal-pdf-") as map_:
        invoer, uitvoer = Path(map_, "invoer.json"), Path(map_, "uitvoer.pdf")
        opdracht = {
            "html": html,
            "basis": settings.PORTAL_ADRES,
            "static": str(_static()),
            "geheugen": GEHEUGEN,
            "rekentijd": int(wachttijd) + 1,
            "uitvoer": UITVOER,
            "bijlage": bijlage,
            "dag": dag.isoformat() if dag else "",
        }
        invoer.write_text(json.dumps(opdracht), encoding="utf-8")
        code, overschreden, staart = _voer_uit(invoer, uitvoer, map_, voortgang, wachttijd)
        if code == 0:
            return uitvoer.read_bytes()
    if code == pdfproces.ONTBREEKT:
        raise PdfNietBeschikbaar
    if overschreden or code == -24:  # SIGXCPU
        raise PdfFout(f"Het maken van de PDF duurde langer dan {int(wachttijd)} seconden en is gestopt.")
    if code == pdfproces.GEHEUGEN or "MemoryError" in staart or "Cannot allocate" in staart:
        raise PdfFout(
            "Het maken van de PDF vroeg te veel geheugen en is gestopt. Verklein de tekst of de afbeeldingen."
        )
    raise PdfFout("De PDF kon niet worden gemaakt: het zetten van de tekst is vastgelopen.") from RuntimeError(staart)


def _voer_uit(
    invoer: Path, uitvoer: Path, map_: str, voortgang: Callable[[int], None] | None, wachttijd: float
) -> tuple[int, bool, str]:
    """Start het proces, volg zijn voortgang, stop het na `wachttijd`. Geeft (afsluitcode, gestopt, laatste regels)."""
    omgeving = {
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "HOME": map_,
        "XDG_CACHE_HOME": map_,
        "FONTCONFIG_FILE": str(LETTERS),
        "PYTHONPATH": str(settings.BASE_DIR),
        "PYTHONHASHSEED": "0",
    } | {naam: os.environ[naam] for naam in ("LD_LIBRARY_PATH",) if naam in os.environ}
    proces = subprocess.Popen(  # noqa: S603 - eigen module, vaste argumenten
        [sys.executable, "-m", "stukken.pdfproces", str(invoer), str(uitvoer)],
        env=omgeving,
        cwd=map_,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    gestopt = threading.Event()

    def stop() -> None:
        gestopt.set()
        proces.kill()

    wekker = threading.Timer(wachttijd, stop)
    wekker.start()
    staart: list[str] = []
    hoogste = 0
    try:
        with proces:
            for regel in proces.stderr or ():
                if regel.startswith("VOORTGANG "):
                    hoogste = max(hoogste, int(regel.split()[1]))
                    if voortgang:
                        voortgang(hoogste)
                else:
                    staart = [*staart[-19:], regel]
    finally:
        wekker.cancel()
        if proces.poll() is None:
            proces.kill()
    return proces.returncode, gestopt.is_set(), "".join(staart)
