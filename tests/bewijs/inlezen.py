"""De inlezers onder beschadigde bestanden: altijd een nette weigering of een schone tekst, nooit een andere fout."""

import importlib.util
import io
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from kern.fouten import InvoerFout
from tests.bewijs.hulp import geschaald, regel

AANTAL, ZAAD = 60_000, 20261129
KEREN, SECONDEN, WORTEL = 10_000_000, 1800, Path(__file__).resolve().parents[2]
PDF = (
    b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] >>\nendobj\n"
    b"3 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nx\x9c\x03\x00\x00\x00\x00\x01\nendstream\nendobj\n"
    b"%%EOF\n"
)
XML = [
    b"<w:p>",
    b"</w:p>",
    b"<w:tbl>",
    b"&x;",
    b"<!DOCTYPE a>",
    b"\x00",
    b"<w:r><w:t>",
    b'w:val="9999999999"',
    b"<",
    b"]]>",
]


def _word() -> bytes:
    from stukken.docx_uit import maak_docx

    html = "<h2>Kop</h2><p>Tekst <strong>vet</strong></p><ul><li>een</li></ul>"
    html += "<table><tbody><tr><td>a</td></tr></tbody></table>"
    return maak_docx(html, titel="Proef", merk="", lezer="")


def _in_de_zip(inhoud: bytes, loterij: random.Random) -> bytes:
    """Beschadig de XML in de zip, met kloppende controlesommen: anders komt niets voorbij de eerste deur."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhoud)) as bron, zipfile.ZipFile(uit, "w", zipfile.ZIP_STORED) as doel:
        for deel in bron.infolist():
            stuk = bytearray(bron.read(deel))
            if deel.filename.startswith("word/") and loterij.random() < 0.25:
                _krab(stuk, loterij)
            doel.writestr(deel.filename, bytes(stuk))
    return uit.getvalue()


def _krab(stuk: bytearray, loterij: random.Random) -> None:
    for _ in range(loterij.randint(1, 4)):
        plek = loterij.randrange(max(1, len(stuk)))
        match loterij.randrange(8):
            case 0:
                stuk[plek : plek + 1] = bytes([loterij.randrange(256)])
            case 3 | 4 | 5 | 6:  # een letter of cijfer anders: het blijft meestal leesbare XML
                if chr(stuk[plek]).isalnum():
                    stuk[plek] = loterij.choice(b"0123456789abcdefghijklmnopqrstuvwxyz")
            case 1:
                del stuk[plek : plek + loterij.randint(1, 60)]
            case 2:
                stuk[plek:plek] = loterij.choice(XML)
            case _:
                eind = plek + loterij.randint(1, 80)
                stuk[plek:plek] = stuk[plek:eind]


def _loper(opdracht: tuple[int, int]) -> tuple[Counter[str], float]:
    import django

    django.setup()
    from stukken import keuring
    from stukken.docx import naar_html

    zaad, aantal = opdracht
    loterij, telling, traagst, word = random.Random(zaad), Counter[str](), 0.0, _word()
    for nummer in range(aantal):
        soort = ("docx", "zip", "pdf")[nummer % 3]
        if soort == "zip":
            stuk = bytearray(_in_de_zip(word, loterij))
        else:
            stuk = bytearray(word if soort == "docx" else PDF)
            _krab(stuk, loterij)
        begin = time.perf_counter()
        try:
            keuring.keur(bytes(stuk), f"a.{'pdf' if soort == 'pdf' else 'docx'}", ("pdf", "docx"), "veld")
            if soort != "pdf":
                naar_html(bytes(stuk))
            telling[f"{soort} gelezen"] += 1
        except InvoerFout:
            telling[f"{soort} geweigerd"] += 1
        except Exception as fout:  # noqa: BLE001
            telling[f"FOUT {soort} {type(fout).__name__}: {str(fout)[:80]} (zaad {zaad}, {nummer})"] += 1
        traagst = max(traagst, time.perf_counter() - begin)
    return telling, traagst


def bewijs() -> list[dict[str, Any]]:
    """Beschadig Word- en PDF-bestanden willekeurig, ook binnen de zip, en lees ze in zoals het portaal dat doet."""
    begin, aantal = time.monotonic(), geschaald(AANTAL)
    deel = max(1, aantal // 20)
    with ProcessPoolExecutor(2) as lopers:
        uitkomsten = list(lopers.map(_loper, [(ZAAD + n, deel) for n in range(-(-aantal // deel))]))
    telling: Counter[str] = sum((t for t, _ in uitkomsten), Counter())
    fout = {naam: n for naam, n in telling.items() if naam.startswith("FOUT")}
    gelezen = ", ".join(f"{naam} {n}" for naam, n in sorted(telling.items()) if naam not in fout)
    gemeten = f"{sum(fout.values())} andere fouten, traagst {max(t for _, t in uitkomsten) * 1000:.0f} ms"
    gemeten += f" ({next(iter(fout))})" if fout else ""
    naam = f"{sum(telling.values())} × een beschadigd bestand inlezen"
    return [
        regel(naam, gemeten, gelezen, "0 fouten", not fout, begin),
        _met_atheris(),
    ]


def _met_atheris() -> dict[str, Any]:
    """Laat atheris zo lang zoeken; alleen met Python 3.11, want voor 3.12 is er geen wiel."""
    begin, seconden, keren = time.monotonic(), geschaald(SECONDEN), geschaald(KEREN)
    doel = "10 miljoen, 0 fouten"
    if importlib.util.find_spec("atheris") is None:
        return regel("inlezers met atheris", "niet gedaan: geen wiel voor deze Python", "-", doel, None, begin)
    with tempfile.TemporaryDirectory() as map_:
        zaden = Path(map_) / "zaden"
        zaden.mkdir()
        (zaden / "pdf").write_bytes(b"\x00" + PDF[9:-6])
        (zaden / "zip").write_bytes(b"\x40" + _word())
        with zipfile.ZipFile(io.BytesIO(_word())) as word:
            (zaden / "xml").write_bytes(b"\x80" + word.read("word/document.xml"))
        (zaden / "html").write_bytes(b"\xc0<p>Tekst <a href='x'>y</a></p><table><tr><td>1</td></tr></table>")
        vlaggen = [
            f"-runs={keren}",
            f"-max_total_time={seconden}",
            "-max_len=60000",
            "-timeout=60",
            "-rss_limit_mb=2048",
        ]
        opdracht = [
            sys.executable,
            "-m",
            "tests.bewijs.atherisproef",
            *vlaggen,
            f"-artifact_prefix={map_}/",
            str(zaden),
        ]
        klaar = subprocess.run(
            opdracht,
            cwd=WORTEL,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        stuk = [p.name for p in Path(map_).iterdir() if p.is_file()]
    gedaan = re.findall(r"Done (\d+) runs", klaar.stderr)
    aantal = int(gedaan[-1]) if gedaan else 0
    goed = klaar.returncode == 0 and not stuk
    gemeten = "0 fouten" if goed else f"gestopt: {(klaar.stderr.strip().splitlines() or ['?'])[-1][:120]}"
    naam = f"{aantal} × een inlezer, gestuurd door de takken van de code (atheris)"
    return regel(naam, gemeten, f"hoogstens {seconden} s zoeken", doel, goed and aantal >= KEREN, begin)
