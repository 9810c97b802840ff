"""Een advies door nginx, met de regels van docker/nginx.conf, tegen nginx dat dezelfde bytes als bestand levert.

nginx moet op de machine staan (in PATH of /usr/sbin, of wijs hem aan met NGINX); is hij er niet, dan zegt de rij dat.
Achter nginx staat een bovenloop met het echte antwoord van het portaal en zijn kopregels: die bepalen of nginx het
vasthoudt. Gemeten is de rekentijd van nginx per antwoord, één aanvraag tegelijk over één verbinding: die hangt niet af
van wat er verder op de machine draait, en de klant en de bovenloop tellen niet mee.

Doelen: ten minste 0,9 maal het bestand, en na een wijziging hoogstens een seconde de oude bladzijde.
"""

import os
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from benchmarks._documenten import met_documenten

KEREN, PAREN = 8_000, 25
GRENS = 1.0
# Wat nginx bij een bestand zelf zet, of bij een bewaard antwoord weglaat.
ZELF = {"content-length", "content-type", "etag", "last-modified", "x-accel-expires"}
RUIM = 0.1  # seconden: hoe vaak er gekeken wordt, en nginx rekent in hele seconden


def meet() -> list[dict[str, Any]]:
    """Geef de rijen, of één rij die zegt waarom er niet gemeten is."""
    nginx = programma()
    if not nginx:
        return [rij("advies door nginx", "niet gemeten", "nginx staat niet op deze machine", 0, "≥ 0.9", None)]
    kop, inhoud = antwoord_van_het_portaal()
    with (
        tempfile.TemporaryDirectory() as map_,
        bovenloop(kop, inhoud) as (poort, stel),
        draai(nginx, Path(map_), poort, kop, inhoud) as eigen,
    ):
        pad, bestand = vraag(eigen, "/advies/"), vraag(eigen, "/bestand.html")
        werkers = werkers_van(Path(map_))
        # Elk paar kort na elkaar, en van de paren het midden: een machine die even trager wordt telt niet bij één kant.
        om_en_om = [(tijd(eigen, bestand, werkers), tijd(eigen, pad, werkers)) for _ in range(PAREN)]
        los, door = (statistics.median(kant) for kant in zip(*om_en_om, strict=True))
        deel = statistics.median(een / ander for een, ander in om_en_om)
        achter = max(achterstand(eigen, pad, stel, n) for n in range(5))
    return [
        rij(
            "advies door nginx", f"{door * 1e6:.1f} µs", f"zelfde bytes als bestand: {los * 1e6:.1f} µs",
            round(deel, 3), "≥ 0.9", deel >= 0.9,
        ),
        rij(
            "advies door nginx, oudste antwoord na een wijziging", f"{achter:.2f} s", f"grens {GRENS:.0f} s",
            round(achter / GRENS, 2), "≤ 1", achter <= GRENS + RUIM,
        ),
    ]  # fmt: skip


def programma() -> str | None:
    """Geef waar nginx staat, of None: in NGINX, in PATH of in /usr/sbin."""
    return os.environ.get("NGINX") or shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def rij(naam: str, gemeten: str, vergeleken: str, verhouding: float, doel: str, gehaald: bool | None) -> dict[str, Any]:
    """Geef één rij; niet gemeten (`gehaald` None) is geen gemist doel, maar ook geen gehaald doel."""
    return {
        "naam": naam,
        "gemeten": gemeten,
        "vergeleken_met": vergeleken,
        "verhouding": verhouding,
        "doel": doel if gehaald is not None else f"{doel}, niet gemeten",
        "gehaald": gehaald is not False,
    }


def antwoord_van_het_portaal() -> tuple[dict[str, str], bytes]:
    """Geef kopregels en bytes (gzip) van een advies."""
    with met_documenten(20) as adres:
        antwoord = Client().get(adres, headers={"Host": "localhost", "Accept-Encoding": "gzip"})
        return dict(antwoord.items()), antwoord.content


@contextmanager
def bovenloop(kop: dict[str, str], inhoud: bytes) -> Iterator[tuple[int, Any]]:
    """Lever dit antwoord op een eigen poort; geef de poort en een functie die het door andere bytes vervangt."""
    nu = {"inhoud": inhoud}

    class Antwoord(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            for naam, waarde in (kop | {"Content-Length": str(len(nu["inhoud"]))}).items():
                self.send_header(naam, f"@{int(time.time())}" if naam == "X-Accel-Expires" else waarde)
            self.end_headers()
            self.wfile.write(nu["inhoud"])

        def log_message(self, *args: Any) -> None:
            """Stil."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Antwoord)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, lambda nieuw: nu.update(inhoud=nieuw)
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def draai(nginx: str, map_: Path, poort: int, kop: dict[str, str], inhoud: bytes) -> Iterator[int]:
    """Draai nginx met de bewaarregels uit docker/nginx.conf, naast een bestand; geef zijn poort.

    Het bestand krijgt dezelfde kopregels mee, zodat over de lijn dezelfde bytes gaan.
    """
    (map_ / "web").mkdir()
    (map_ / "web" / "bestand.html").write_bytes(inhoud)
    mee = "".join(f'add_header {naam} "{waarde}"; ' for naam, waarde in kop.items() if naam.lower() not in ZELF)
    bestand = f"location = /bestand.html {{ root {map_}/web; default_type text/html; {mee}}}"
    with start(nginx, map_, poort, bewaarregels(), erbij=bestand) as eigen:
        yield eigen


def docker_nginx() -> str:
    """Geef docker/nginx.conf."""
    return (Path(settings.BASE_DIR) / "docker" / "nginx.conf").read_text(encoding="utf-8")


def bewaarregels() -> list[str]:
    """Geef uit docker/nginx.conf wat bepaalt welke bladzijden nginx bewaart."""
    bron = docker_nginx()
    # De eerste `location /` stuurt http naar https; bewaren doet de andere.
    plek = next(p for p in re.findall(r"^ *location / \{.*?^ *\}", bron, re.M | re.S) if "proxy_cache " in p)
    return [r for r in plek.splitlines()[1:-1] if r.strip().startswith(("proxy_cache", "proxy_ignore"))]


@contextmanager
def start(nginx: str, map_: Path, poort: int, regels: list[str], *, erbij: str = "") -> Iterator[int]:
    """Draai nginx voor deze poort met deze regels bij `location /`; geef zijn eigen poort."""
    open_ = next(r.strip() for r in docker_nginx().splitlines() if r.strip().startswith("open_file_cache "))
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        eigen = int(vrij.getsockname()[1])
    opslag = "\n".join(
        f"  {naam}_temp_path {map_}/t-{naam};" for naam in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (map_ / "nginx.conf").write_text(
        f"""{"user root;" if os.geteuid() == 0 else ""}
daemon off; worker_processes 1; pid {map_}/pid; error_log {map_}/fout.log warn;
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; {open_}
{opslag}
  proxy_cache_path {map_}/bewaard levels=1:2 keys_zone=advies:5m use_temp_path=off;
  server {{
    listen 127.0.0.1:{eigen};
    {erbij}
    location / {{
      proxy_pass http://127.0.0.1:{poort}; proxy_http_version 1.1; proxy_set_header Connection "";
{chr(10).join(regels)}
    }}
  }}
}}""",
        encoding="utf-8",
    )
    proces = subprocess.Popen([nginx, "-p", str(map_), "-c", str(map_ / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", eigen), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        else:
            raise RuntimeError(f"nginx start niet: {(map_ / 'fout.log').read_text(encoding='utf-8')[-800:]}")
        yield eigen
    finally:
        proces.terminate()
        proces.wait(10)


def werkers_van(map_: Path) -> list[Path]:
    """Geef van elk werkproces van deze nginx de plek van zijn tellers; wie de bewaarmap leest, stopt na een minuut."""
    ouder = int((map_ / "pid").read_text())
    alle = [map_ / "stat" for map_ in Path("/proc").iterdir() if map_.name.isdigit()]
    kinderen = [plek for plek in alle if plek.exists() and tellers(plek)[1] == ouder]
    return [plek for plek in kinderen if b"worker process" in (plek.parent / "cmdline").read_bytes()]


def tellers(plek: Path) -> list[int]:
    """Geef de tellers uit /proc/<pid>/stat vanaf de stand; [1] is de ouder."""
    return [int(deel) if deel.lstrip("-").isdigit() else 0 for deel in plek.read_text().rsplit(")", 1)[1].split()]


def tijd(poort: int, een: bytes, werkers: list[Path]) -> float:
    """Geef de rekentijd van nginx per antwoord, in seconden.

    /proc/<pid>/schedstat telt nanoseconden; /proc/<pid>/stat telt tikken van 10 ms, en op een halve seconde scheelt er
    een al drie procent.
    """

    def gerekend() -> int:
        return sum(int((plek.parent / "schedstat").read_text().split()[0]) for plek in werkers)

    haal(poort, een, 200)
    begin = gerekend()
    haal(poort, een, KEREN)
    return (gerekend() - begin) / 1e9 / KEREN


def vraag(poort: int, pad: str) -> bytes:
    """Geef één GET-aanvraag als bytes."""
    return f"GET {pad} HTTP/1.1\r\nHost: localhost:{poort}\r\nAccept-Encoding: gzip\r\n\r\n".encode()


def haal(poort: int, een: bytes, keren: int) -> None:
    """Vraag `keren` keer hetzelfde over één verbinding en lees elk antwoord voor het volgende gevraagd wordt."""
    with socket.create_connection(("127.0.0.1", poort), 20) as lijn, lijn.makefile("rb", 1 << 18) as stroom:
        for _ in range(keren):
            lijn.sendall(een)
            lees(stroom)


def lees(stroom: Any) -> None:
    """Lees één antwoord. Werpt RuntimeError als het geen 200 is."""
    if not stroom.readline().startswith(b"HTTP/1.1 200"):
        raise RuntimeError("nginx gaf geen 200")
    lengte = 0
    while (regel := stroom.readline()) != b"\r\n":
        if regel[:15].lower() == b"content-length:":
            lengte = int(regel[15:])
    stroom.read(lengte)


def lees_kop(lijn: socket.socket) -> tuple[bytes, bytes, bytes]:
    """Lees tot en met de lege regel na de kop; geef kop, scheiding en wat er al van de inhoud kwam."""
    gelezen = b""
    while b"\r\n\r\n" not in gelezen:
        gelezen += lijn.recv(1 << 16)
    return gelezen.partition(b"\r\n\r\n")


def achterstand(poort: int, een: bytes, stel: Any, n: int) -> float:
    """Wijzig het antwoord van de bovenloop en geef na hoeveel seconden de nieuwe vorm door nginx komt."""
    merk = f"nieuw-{n}-".encode() * 50
    haal(poort, een, 1)
    stel(merk)
    begin = time.monotonic()
    while time.monotonic() - begin < 10:
        with socket.create_connection(("127.0.0.1", poort)) as lijn:
            lijn.sendall(een)
            _, _, inhoud = lees_kop(lijn)
            if inhoud.startswith(merk[:10]):
                return time.monotonic() - begin
        time.sleep(0.01)
    return 10.0
