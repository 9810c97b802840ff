"""De tekst van een opgestuurde PDF, per bladzijde, gelezen in een eigen, begrensd proces.

`python -m stukken.pdftekst <bestand.pdf> <uitvoer.json>` leest met pdfium (zonder systeempakket); een vreemd bestand
dat pdfium laat vastlopen of volloopt, treft zo alleen dat proces.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from stukken.pdfproces import begrens

GEHEUGEN = 1_500_000_000
WACHTTIJD = 120
MEESTE_BLADZIJDEN = 2_000
PER_BLADZIJDE = 20_000  # tekens; meer staat er op geen gedrukte bladzijde


class PdfLeesFout(Exception):
    """De PDF is niet te lezen: beschadigd, beveiligd of te groot."""


def lees(bestand: Path) -> list[str]:
    """Geef de tekst van elke bladzijde, met gewone spaties; leeg bij een bladzijde zonder tekst. Werpt PdfLeesFout."""
    with tempfile.TemporaryDirectory(prefix="portaal-pdftekst-") as map_:
        uitvoer = Path(map_, "tekst.json")
        try:
            proces = subprocess.run(  # noqa: S603 - eigen module, vaste argumenten
                [sys.executable, "-m", "stukken.pdftekst", str(bestand), str(uitvoer)],
                env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONPATH": str(_wortel())},
                cwd=map_,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=WACHTTIJD,
                check=False,
            )
        except subprocess.TimeoutExpired as fout:
            raise PdfLeesFout("Het lezen van de PDF duurde te lang.") from fout
        if proces.returncode != 0 or not uitvoer.exists():
            raise PdfLeesFout("De PDF is beschadigd, beveiligd of te groot om te lezen.")
        bladzijden: list[str] = json.loads(uitvoer.read_text(encoding="utf-8"))
        return bladzijden


def _wortel() -> Path:
    return Path(__file__).resolve().parent.parent


def main(bestand: Path, uitvoer: Path) -> int:
    """Lees elke bladzijde en schrijf de teksten als JSON. Geeft de afsluitcode."""
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
    uitvoer.write_text(json.dumps(teksten, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
