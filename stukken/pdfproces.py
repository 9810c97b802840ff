"""Het proces dat één PDF maakt: `python -m stukken.pdfproces <invoer.json> <uitvoer.pdf>`.

Staat los van Django en van de database. Het begrenst zichzelf (geheugen, rekentijd, grootte van de uitvoer) voordat
WeasyPrint geladen wordt, haalt niets op behalve onze eigen vormgeving, en meldt zijn voortgang op stderr met regels
`VOORTGANG <procent>`, ten minste elke vijf seconden (een levensteken). Afsluitcodes: 0 gelukt, 3 WeasyPrint of Pango
ontbreekt, 4 te veel geheugen, 1 anders.
"""

import contextlib
import ctypes
import json
import logging
import re
import resource
import signal
import sys
import threading
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from stukken.pdfarchief import werk_na

ONTBREEKT = 3
GEHEUGEN = 4
EIGEN = re.compile(
    r"(?:css/[a-z0-9-]+\.css|vendor/source-[a-z]+/[0-9.]+/[A-Za-z0-9-]+\.ttf\.woff2|[a-z-]+\.svg)", re.ASCII
)
BEELD = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}", re.ASCII)
GROOTSTE_BEELD = 1_000_000
SOORTEN = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


def begrens(geheugen: int, rekentijd: int, uitvoer: int) -> None:
    """Begrens dit proces: adresruimte en uitvoer in bytes, rekentijd in seconden; en sterf met de ouder mee."""
    resource.setrlimit(resource.RLIMIT_AS, (geheugen, geheugen))
    resource.setrlimit(resource.RLIMIT_CPU, (rekentijd, rekentijd + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (uitvoer, uitvoer))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError):  # alleen Linux: PR_SET_PDEATHSIG
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def eigen_bestand(adres: str, basis: str, wortel: Path) -> Path | None:
    """Geef het bestand uit onze eigen vormgeving waar `adres` naar wijst, of None: dan wordt het geweigerd."""
    begin = f"{basis}/static/"
    if not adres.startswith(begin) or not EIGEN.fullmatch(naam := adres[len(begin) :]):
        return None
    plaats = (wortel / naam).resolve()
    return plaats if plaats.is_relative_to(wortel.resolve()) and plaats.is_file() else None


def maak_ophaler(basis: str, wortel: Path) -> Any:
    """Geef de enige ophaler van WeasyPrint: eigen vormgeving en kleine ingebedde afbeeldingen, verder niets."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Ophaler(URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if plaats := eigen_bestand(url, basis, wortel):
                return URLFetcherResponse(url, plaats.read_bytes(), {"Content-Type": SOORTEN[plaats.suffix]})
            if len(url) <= GROOTSTE_BEELD and BEELD.fullmatch(url):
                return super().fetch(url, headers)
            raise ValueError(f"geweigerd: {url[:80]}")

    return Ophaler(allowed_protocols={"data"}, allow_redirects=False)


class _Voortgang(logging.Handler):
    """Vertaalt de stappen van WeasyPrint naar een percentage."""

    STAP = re.compile(r"Step (\d)")
    PROCENT = {"1": 10, "2": 15, "3": 20, "4": 25, "5": 30, "6": 80, "7": 90}

    def emit(self, record: logging.LogRecord) -> None:
        if gevonden := self.STAP.match(record.getMessage()):
            meld(self.PROCENT.get(gevonden[1], 50))


def leef(stop: threading.Event, tussen: float = 5.0) -> None:
    """Geef de ouder een levensteken tot `stop`: zetten kan lang stil zijn."""
    while not stop.wait(tussen):
        meld(0)


def meld(procent: int) -> None:
    """Meld de voortgang aan de ouder; die houdt het hoogste aan."""
    sys.stderr.write(f"VOORTGANG {procent}\n")
    sys.stderr.flush()


def maak(html: str, basis: str, wortel: Path, *, bijlage: str = "", dag: str = "") -> bytes:
    """Maak de PDF in dit proces: PDF/UA-1, of met `bijlage` (JSON) een archiefkopie PDF/A-3a met die gegevens erin.

    `dag` (ISO) dateert de bijlage, zodat gelijke invoer gelijke bytes geeft. Werpt ImportError of OSError als
    WeasyPrint of Pango ontbreekt.
    """
    import weasyprint

    from stukken.regelnummers import zet_regelnummers

    uit = BytesIO()
    bron = weasyprint.HTML(string=html, base_url=f"{basis}/", url_fetcher=maak_ophaler(basis, wortel))
    variant = "pdf/a-3a" if bijlage else "pdf/ua-1"
    document = bron.render(pdf_variant=variant)
    zet_regelnummers(document)
    if not bijlage:
        document.write_pdf(uit, pdf_variant=variant)
        return uit.getvalue()
    moment = datetime.fromisoformat(dag).replace(tzinfo=UTC) if dag else datetime(1950, 1, 1, tzinfo=UTC)
    gegevens = weasyprint.Attachment(
        string=bijlage,
        name="gegevens.json",
        description="De gegevens van dit stuk, leesbaar voor een programma",
        relationship="Data",
        created=moment,
        modified=moment,
    )
    document.write_pdf(uit, pdf_variant=variant, attachments=[gegevens])
    return werk_na(uit.getvalue())


def main(invoer: Path, uitvoer: Path) -> int:
    """Lees de opdracht, maak de PDF, schrijf haar. Geeft de afsluitcode."""
    opdracht = json.loads(invoer.read_text(encoding="utf-8"))
    begrens(opdracht["geheugen"], opdracht["rekentijd"], opdracht["uitvoer"])
    logging.getLogger("weasyprint.progress").addHandler(_Voortgang())
    logging.getLogger("weasyprint.progress").setLevel(logging.INFO)
    meld(5)
    threading.Thread(target=leef, args=(threading.Event(),), daemon=True).start()
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as fout:
        sys.stderr.write(f"{fout}\n")
        return ONTBREEKT
    try:
        inhoud = maak(
            opdracht["html"],
            opdracht["basis"],
            Path(opdracht["static"]),
            bijlage=opdracht.get("bijlage", ""),
            dag=opdracht.get("dag", ""),
        )
    except MemoryError:
        return GEHEUGEN
    uitvoer.write_bytes(inhoud)
    meld(95)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
