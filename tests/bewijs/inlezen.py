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
from tests.bewijs.hulp import geschaald, meld, regel

AANTAL, ZAAD = 60_000, 20261129
KEREN, SECONDEN, WORTEL = 10_000_000, 1800, Path(__file__).resolve().parents[2]
# Wat een bestand van deze soort betekenis geeft, en toeval nooit vindt.
WOORDEN = {
    "pdf": rb"/ObjStm /JavaScript /Launch /#4aavaScript stream endstream << >> /Filter".split(),
    "zip": [b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", *b"word/document.xml ../ vbaProject.bin".split()],
    "word": b"""<w:p> </w:p> <w:r> </w:r> <w:t> </w:t> <w:tbl> <w:tr> <w:tc> <w:ins> <w:del> <w:hyperlink> w:val="
        <w:drawing> <w:footnoteReference <w:numPr> <w:ilvl &#0; <!DOCTYPE <w:vMerge/> <w:gridSpan <w:sdt>""".split(),
    "json": b'"datum": "jaar": "soort": "id": null true 1e999 -1 [[ {} "9999-13" "0000" 99999999999'.split(),
    "html": b"<p> </p> <a href= <table> <td <script> style= &lt; <!-- <svg> javascript: data:".split(),
}
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
    from tests.bewijs import inlezers

    zaad, aantal = opdracht
    loterij, telling, traagst, word = random.Random(zaad), Counter[str](), 0.0, inlezers.word()
    for nummer in range(aantal):
        soort = ("docx", "zip", "pdf")[nummer % 3]
        if soort == "zip":
            stuk = bytearray(_in_de_zip(word, loterij))
        else:
            stuk = bytearray(word if soort == "docx" else inlezers.PDF)
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
    """Laat atheris over elke inlezer even lang zoeken; alleen met Python 3.11, want voor 3.12 is er geen wiel."""
    begin = time.monotonic()
    doel = "10 miljoen, 0 fouten"
    if importlib.util.find_spec("atheris") is None:
        return regel("inlezers met atheris", "niet gedaan: geen wiel voor deze Python", "-", doel, None, begin)
    from tests.bewijs.inlezers import INLEZERS

    seconden = max(1, geschaald(SECONDEN) // len(INLEZERS))
    gedaan, fouten = Counter[str](), list[str]()
    for soort, (_, zaad) in INLEZERS.items():
        gedaan[soort], fout = _zoek(soort, zaad(), seconden)
        fouten += fout
        meld(f"  atheris: {soort} {gedaan[soort]} keer, {len(fouten)} fouten")
    gemeten = f"{len(fouten)} fouten" + (f" ({fouten[0]})" if fouten else "")
    tegen = ", ".join(f"{soort} {n}" for soort, n in gedaan.items()) + f"; elk hoogstens {seconden} s"
    naam = f"{gedaan.total()} × een inlezer, gestuurd door de takken van de code (atheris)"
    return regel(naam, gemeten, tegen, doel, not fouten and gedaan.total() >= KEREN, begin)


def _zoek(soort: str, zaad: bytes, seconden: int) -> tuple[int, list[str]]:
    """Zoek zo lang met één inlezer; geef hoe vaak er gelezen is en wat er misging."""
    with tempfile.TemporaryDirectory() as map_:
        zaden = Path(map_) / "zaden"
        zaden.mkdir()
        (zaden / soort).write_bytes(zaad)
        woorden = Path(map_) / "woorden"
        woorden.write_text(
            "".join('"' + "".join(f"\\x{teken:02x}" for teken in woord) + '"\n' for woord in WOORDEN[soort])
        )
        opdracht = [
            *(sys.executable, "-m", "tests.bewijs._atherisproef", soort, str(zaden), f"-max_total_time={seconden}"),
            *("-max_len=8000", "-timeout=60", "-rss_limit_mb=2048", f"-dict={woorden}", f"-artifact_prefix={map_}/"),
        ]
        klaar = subprocess.run(
            opdracht, cwd=WORTEL, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            check=False,
        )  # fmt: skip
        stuk = [p.name for p in Path(map_).iterdir() if p.is_file() and p != woorden]
    gedaan = re.findall(r"Done (\d+) runs", klaar.stderr)
    mis = [] if klaar.returncode == 0 and not stuk else [(klaar.stderr.strip().splitlines() or ["?"])[-1][:120]]
    return int(gedaan[-1]) if gedaan else 0, [f"{soort}: {fout}" for fout in mis]
