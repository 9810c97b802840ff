"""De tekst van een opgestuurde PDF per bladzijde, en haar bytes zonder wie of wat haar maakte, uit een begrensd proces.

`python -m stukken.pdftekst <bestand.pdf> <tekst.json> <schoon.pdf>` leest met pdfium en schoont met qpdf (zonder
systeempakket); een vreemd bestand dat een van de twee laat vastlopen of volloopt, treft zo alleen dat proces.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stukken.pdfproces import begrens

GEHEUGEN = 1_500_000_000
WACHTTIJD = 120
MEESTE_BLADZIJDEN = 2_000
PER_BLADZIJDE = 20_000  # tekens; meer staat er op geen gedrukte bladzijde
# Waar een PDF naar haar maker, zijn programma, een eerdere stand of een meegestuurd bestand verwijst.
HERKOMST = ("/Metadata", "/PieceInfo", "/LastModified", "/AF")


class PdfLeesFout(Exception):
    """De PDF is niet te lezen: beschadigd, beveiligd of te groot."""


@dataclass(frozen=True)
class Gelezen:
    """Wat er in een opgestuurde PDF stond."""

    bladzijden: list[str]  # de tekst met gewone spaties; leeg bij een bladzijde zonder tekst
    schoon: bytes  # dezelfde bladzijden, zonder maker, programma en bijlagen


def lees(bestand: Path) -> Gelezen:
    """Geef de tekst van elke bladzijde en de PDF zonder herkomst. Werpt PdfLeesFout."""
    with tempfile.TemporaryDirectory(prefix="portaal-pdftekst-") as map_:
        uitvoer, schoon = Path(map_, "tekst.json"), Path(map_, "schoon.pdf")
        try:
            proces = subprocess.run(  # noqa: S603 - eigen module, vaste argumenten
                [sys.executable, "-m", "stukken.pdftekst", str(bestand), str(uitvoer), str(schoon)],
                env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONPATH": str(_wortel())},
                cwd=map_,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=WACHTTIJD,
                check=False,
            )
        except subprocess.TimeoutExpired as fout:
            raise PdfLeesFout("Het lezen van de PDF duurde te lang.") from fout
        if proces.returncode != 0 or not uitvoer.exists() or not schoon.exists():
            raise PdfLeesFout("De PDF is beschadigd, beveiligd of te groot om te lezen.")
        return Gelezen(json.loads(uitvoer.read_text(encoding="utf-8")), schoon.read_bytes())


def _wortel() -> Path:
    return Path(__file__).resolve().parent.parent


def maak_schoon(bestand: Path, uitvoer: Path) -> None:
    """Schrijf dezelfde bladzijden zonder herkomst en bijlagen; gelijke invoer geeft gelijke bytes."""
    import pikepdf

    with pikepdf.open(bestand) as pdf:
        for naam in ("/Info", "/ID"):
            if naam in pdf.trailer:
                del pdf.trailer[naam]
        dingen: list[Any] = [ding for ding in pdf.objects if isinstance(ding, pikepdf.Dictionary | pikepdf.Stream)]
        for ding in dingen:
            _laat_weg(ding, HERKOMST)
        _laat_weg(pdf.Root.get("/Names", {}), ("/EmbeddedFiles",))
        pdf.save(uitvoer, deterministic_id=True)


def _laat_weg(ding: Any, namen: tuple[str, ...]) -> None:
    for naam in namen:
        if naam in ding:
            del ding[naam]


def main(bestand: Path, uitvoer: Path, schoon: Path) -> int:
    """Lees elke bladzijde, schrijf de teksten als JSON en de geschoonde PDF. Geeft de afsluitcode."""
    begrens(GEHEUGEN, WACHTTIJD, 100_000_000)
    import pypdfium2

    document = pypdfium2.PdfDocument(bestand)
    if len(document) > MEESTE_BLADZIJDEN:
        return 1
    teksten = []
    for bladzijde in document:
        laag = bladzijde.get_textpage()
        ruw = laag.get_text_bounded()[:PER_BLADZIJDE]
        # Een zacht afbreekstreepje aan het eind van een regel hoort bij het woord.
        heel = ruw.replace("\ufffe\r\n", "").replace("\u00ad\r\n", "").replace("\ufffe", "")
        teksten.append(" ".join("".join(c if c.isprintable() else " " for c in heel).split()))
        laag.close()
        bladzijde.close()
    document.close()
    maak_schoon(bestand, schoon)
    uitvoer.write_text(json.dumps(teksten, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:4])))
