"""Een advies van zestig bladzijden: onze hele weg tegen kaal WeasyPrint, om en om in dezelfde run.

Kaal WeasyPrint is hier: een vers proces dat dezelfde, al opgebouwde HTML en dezelfde vormgeving zet, als dezelfde
PDF/UA-1, zonder grenzen, voortgang of eigen ophaler. Gemeten is rekentijd (dit proces en zijn kinderen): die hangt niet
af van wat er verder op de machine draait. Onze weg begint bij de adviestekst en telt alles mee: opschonen,
inhoudsopgave en voetnoten opbouwen, het begrensde proces starten, en de bytes teruglezen. Ook gemeten: hoe lang
blok-ids overnemen duurt voor die tekst als elke alinea gewijzigd is.
"""

import io
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

RONDEN = 3
DOEL = 1.15
DOEL_MUNT = 0.5  # seconde; de vergelijking van twee versies moet daar ruim binnen passen (issue over vergelijken)
WOORDEN = (
    "de raad, adviseert het kabinet, over arbeidsmarkt en scholing, werkgevers, werknemers, sociale innovatie, cao, "
    "regio, duurzame inzetbaarheid, verantwoordelijkheidsverdeling, arbeidsvoorwaardenontwikkeling, sector, uitvoering"
)
KAAL = """
import sys, weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
"""


def advies(hoofdstukken: int = 8, wijzig: bool = False) -> str:
    """Geef adviestekst van ongeveer zestig bladzijden, met tabellen, lijsten en voetnoten."""
    woorden = WOORDEN.split(", ")
    delen: list[str] = []
    noten: list[str] = []
    teller = 0
    for hoofdstuk in range(1, hoofdstukken + 1):
        delen.append(f"<h2>Hoofdstuk {hoofdstuk}</h2>")
        for paragraaf in range(1, 5):
            delen.append(f"<h3>Paragraaf {hoofdstuk}.{paragraaf}</h3>")
            for _ in range(6):
                teller += 1
                zin = " ".join(woorden[(teller * 7 + n * (1 + teller % 5)) % len(woorden)] for n in range(52))
                extra = " gewijzigd en aangevuld" if wijzig else ""
                noot = ""
                if teller % 8 == 0:
                    noten.append(f'<li class="voetnoot" id="voetnoot-{teller}">Noot {teller} bij deze alinea.</li>')
                    noot = f'<sup><a class="voetnoot" href="#voetnoot-{teller}">{len(noten)}</a></sup>'
                delen.append(f"<p>Alinea {teller}{extra} onderwerp{teller} maatregel{teller} {zin}.{noot}</p>")
            delen.append("<ul><li>eerste punt van de opsomming</li><li>tweede punt</li></ul>")
        rijen = "".join(f"<tr><th>Rij {r}</th><td>{r * 3}</td><td>{r * 5}</td></tr>" for r in range(8))
        delen.append(
            f"<table><caption>Tabel {hoofdstuk}</caption><tr><td></td><th>2025</th><th>2026</th></tr>{rijen}</table>"
        )
    return "".join(delen) + f'<ol class="voetnoten">{"".join(noten)}</ol>'


def _rekentijd() -> float:
    tijden = os.times()
    return tijden.user + tijden.system + tijden.children_user + tijden.children_system


def _duur(doe: Callable[[], Any]) -> float:
    begin = _rekentijd()
    doe()
    return _rekentijd() - begin


def meet() -> list[dict[str, Any]]:
    """Geef de rijen van deze meting. Rekentijd in seconden, medianen van drie ronden."""
    import pypdfium2
    from django.conf import settings

    from kern.blokken import munt
    from stukken import pdf

    tekst = munt(advies())
    velden: dict[str, Any] = {"html": tekst, "titel": "Advies van zestig bladzijden (meting)", "nummer": "V26/99"}
    static = Path(settings.STATICFILES_DIRS[0])
    bron = pdf.bron(pdf.Opmaak(**velden)).replace("/static/css/pdf.css", "pdf.css")
    css = (static / "css" / "pdf.css").read_text().replace("/static/vendor/", f"{static.as_uri()}/vendor/")
    with tempfile.TemporaryDirectory() as map_:
        Path(map_, "bron.html").write_text(bron)
        Path(map_, "pdf.css").write_text(css)
        omgeving = os.environ | {"FONTCONFIG_FILE": str(pdf.LETTERS)}

        def kaal() -> None:
            opdracht = [sys.executable, "-c", KAAL, str(Path(map_, "bron.html")), str(Path(map_, "kaal.pdf"))]
            subprocess.run(opdracht, check=True, env=omgeving, stderr=subprocess.DEVNULL)

        inhoud = pdf.maak(**velden)  # warmt de bestanden op, en telt de bladzijden
        bladzijden = len(pypdfium2.PdfDocument(io.BytesIO(inhoud)))
        ons_tijden, kaal_tijden = [], []
        for _ in range(RONDEN):
            kaal_tijden.append(_duur(kaal))
            ons_tijden.append(_duur(lambda: pdf.maak(**velden)))
        if abs(Path(map_, "kaal.pdf").stat().st_size - len(inhoud)) > 0.1 * len(inhoud):
            raise RuntimeError("de twee PDF's zijn niet vergelijkbaar")
    ons, ander = statistics.median(ons_tijden), statistics.median(kaal_tijden)
    gewijzigd = advies(wijzig=True)
    tijd = statistics.median(_duur(lambda: munt(gewijzigd, tekst)) for _ in range(RONDEN))
    return [
        {
            "naam": f"PDF/UA-1 van {bladzijden} bladzijden (s rekentijd)",
            "gemeten": round(ons, 2),
            "vergeleken_met": f"kaal WeasyPrint: {ander:.2f}",
            "verhouding": round(ons / ander, 2),
            "doel": f"≤ {DOEL}",
            "gehaald": ons / ander <= DOEL,
        },
        {
            "naam": f"blok-ids overnemen, {bladzijden} bladzijden, elke alinea gewijzigd (s rekentijd)",
            "gemeten": round(tijd, 3),
            "vergeleken_met": f"grens: {DOEL_MUNT}",
            "verhouding": round(tijd / DOEL_MUNT, 2),
            "doel": "≤ 1",
            "gehaald": tijd <= DOEL_MUNT,
        },
    ]
