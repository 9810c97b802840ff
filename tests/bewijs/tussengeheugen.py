"""Geval 5: twee mensen en een bezoeker door een echte nginx, met de bewaarregels van docker/nginx.conf.

A mag een dossier lezen, B niet, en een bezoeker is niet ingelogd. Zij vragen dezelfde adressen vlak na elkaar, door
dezelfde nginx, aan het echte web. Niemand mag iets krijgen wat van A is, en in de map van nginx mag er niets van staan.
Een openbaar advies mag wel gedeeld worden. De tegenproef is dezelfde nginx met een slordige instelling: die lekt, en
dat moet deze proef dan zien.
"""

import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from django.db import connection

from adviezen.enums import Stap
from benchmarks import nginx
from tests.adviezen import bouw
from tests.bewijs.hulp import geschaald, regel, servers
from tests.bewijs.web import haal, koekjes_van, webserver
from tests.publiek.wereld import publiceer_advies

RONDEN = 50
# Wat iemand zou zetten die "alles een minuut" wil en de kopregels van het portaal wegdenkt.
SLORDIG = [
    "proxy_cache advies;",
    "proxy_cache_key $host$request_uri;",
    "proxy_ignore_headers Cache-Control Expires Set-Cookie X-Accel-Expires Vary;",
    "proxy_cache_valid 200 1m;",
]
OPENBAAR = "/adviezen/2023/04/"


def _proef(cast: Any, web: int, regels: list[str], ronden: int) -> tuple[Counter[str], Counter[str], int]:
    """Geef wat er lekte (per soort), hoe vaak het openbare advies uit het geheugen kwam, en hoeveel er gevraagd is."""
    van_a, van_b = koekjes_van(cast.secretaris), koekjes_van(cast.buitenstaander)
    connection.close()
    versie = cast.traject.versies.latest("pk")
    merken = [cast.traject.titel, cast.secretaris.naam]
    besloten = [
        f"/werk/trajecten/{cast.traject.slug}/", f"/werk/trajecten/{cast.traject.slug}/reacties/",
        f"/lezen/versie/{versie.pk}/", "/werk/", "/account/",
    ]  # fmt: skip
    lek: Counter[str] = Counter()
    deel: Counter[str] = Counter()
    gevraagd = 0
    kop = [*regels, f"proxy_set_header Host localhost:{web};", "add_header X-Bewaard $upstream_cache_status;"]
    with (
        tempfile.TemporaryDirectory(prefix="ser-nginx-") as map_,
        nginx.start(str(nginx.programma()), Path(map_), web, kop) as poort,
    ):
        for _ in range(ronden):
            for adres in besloten:
                status, tekst = haal(poort, "GET", adres, koekjes=van_a)
                if status != 200 or not any(merk in tekst for merk in merken):
                    lek["A zag zijn eigen bladzijde niet"] += 1
                for wie, koekjes in (("B", van_b), ("een bezoeker", "")):
                    status, tekst = haal(poort, "GET", adres, koekjes=koekjes)
                    gevraagd += 1
                    if any(merk in tekst for merk in merken):
                        lek[f"{wie} kreeg {adres.split('/')[1]} van A"] += 1
            gelijk = {haal(poort, "GET", OPENBAAR, koekjes=koekjes) for koekjes in (van_a, van_b, "")}
            gevraagd += 3
            deel["gelijk" if len(gelijk) == 1 and next(iter(gelijk))[0] == 200 else "anders"] += 1
        for bestand in (Path(map_) / "bewaard").rglob("*"):
            if bestand.is_file():
                inhoud = bestand.read_bytes()
                deel["bewaard"] += 1
                lek["in de map van nginx"] += any(merk.encode() in inhoud for merk in merken)
    return +lek, deel, gevraagd


def bewijs() -> list[dict[str, Any]]:
    """Vraag vijftig ronden lang hetzelfde als A, als B en als bezoeker; en nog eens met een slordige nginx."""
    begin, doel = time.monotonic(), "niets van A bij een ander; openbaar is gedeeld; de slordige nginx lekt wel"
    naam = "twee mensen en een bezoeker door nginx"
    if not nginx.programma():
        return [regel(naam, "niet gemeten: nginx staat niet op deze machine", "-", doel, None, begin)]
    servers()
    connection.close()
    wereld = bouw.maak_wereld()
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    publiceer_advies("adv-2", "Openbaar advies", jaar=2023, nummer="2023/04", samenvatting="Voor ieder gelijk.")
    with webserver() as web:
        lek, deel, gevraagd = _proef(cast, web, nginx.bewaarregels(), geschaald(RONDEN))
        fout, _, _ = _proef(cast, web, SLORDIG, 1)
    mis = ", ".join(f"{n} × {wat}" for wat, n in lek.items()) or "0"
    gemeten = f"{mis} gelekt in {gevraagd} vragen; het advies {deel['gelijk']} keer gelijk, {deel['bewaard']} bewaard"
    tegen = f"slordige nginx: {fout.total()} keer gelekt"
    gehaald = not lek and not deel["anders"] and deel["bewaard"] > 0 and fout.total() > 0
    return [regel(naam, gemeten, tegen, doel, gehaald, begin)]
