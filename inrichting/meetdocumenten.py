"""Verzonnen adviezen om op te meten: dezelfde rijen als gewoon openbaar maken, in minuten in plaats van een uur.

Drie dingen maken het verschil, gemeten op honderdduizend adviezen: rijen gaan met COPY, PostgreSQL rekent op twee
verbindingen tegelijk, en de zoekindexen worden na afloop in één keer gebouwd. Ze bijwerken kost per advies
honderden bladzijden; passen zij niet meer in het geheugen, dan wordt dat bij elk advies opnieuw gelezen en geschreven.
"""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, connections

from inrichting.meetteksten import COMMISSIES, DEEL_MET_REACTIE, UITKOMSTEN, VRAGERS, dag_van, documenten
from kern.tijd import datum_nl
from publicatie.actions import publiceer_nieuwe
from publicatie.queries import bestaande
from publicatie.rijen import Inhoud
from termijnen.regels import uitleg, vervaldatum

BUNDEL = 250
INDEX_LOONT = 5_000
# Letterlijk zoals de migraties van publicatie ze maken; een toets vergelijkt.
ZOEKINDEXEN = {
    "publicatie_zoek_gin": "gin (zoek) WITH (fastupdate=off)",
    "publicatie_zoek_kort_gin": "gin (ts_filter(zoek, '{a,b,c}'::\"char\"[])) WITH (fastupdate=off)",
}


def inhoud_van(
    n: int, dag: datetime, titel: str, samenvatting: str, alineas: list[str], themas: list[str], kans: random.Random
) -> Inhoud:
    """Geef het n-de advies zoals het openbaar wordt, met alles wat een echt advies in zijn metadata heeft."""
    orgaan = kans.choice(COMMISSIES)
    metadata: dict[str, Any] = {
        "kenmerk": f"meting-{n}",
        "nummer": "",
        "jaar": dag.year,
        "datum": dag.date().isoformat(),
        "datum_precisie": "dag",
        "datum_tekst": datum_nl(dag.date()),
        "vorm": "advies",
        "orgaan": orgaan,
        "commissie": orgaan.capitalize(),
        "adviesvragers": [kans.choice(VRAGERS)] if kans.random() < 0.7 else [],
        "uitkomst": kans.choice(UITKOMSTEN),
        "samenvatting": samenvatting,
        "themas": [{"naam": t, "slug": t} for t in themas],
        "onderwerpen": themas,
        "aanbevelingen": [],
        "trefwoorden": " ".join([*themas, orgaan]),
        "bron": [],
        "bron_verkort": [],
        "bron_afgeleid": [],
        "archief": True,
        "volledig": True,
    }
    if kans.random() < DEEL_MET_REACTIE:
        metadata |= _met_reactie(dag.date(), kans)
    return Inhoud(
        soort="advies",
        sleutel=f"advies:meting-{n}",
        titel=titel,
        html="".join(f'<p data-blok="m{i}">{alinea}</p>' for i, alinea in enumerate(alineas)),
        metadata=metadata,
        vanaf=dag,
        voorbeeld=settings.VOORBEELD,
    )


def _met_reactie(dag: date, kans: random.Random) -> dict[str, Any]:
    """Geef een klok, en meestal een reactie: voor of na de afgesproken dag, of op een dag die niet bekend is."""
    uit: dict[str, Any] = {
        "klok": {
            "basis": dag.isoformat(),
            "vervalt_op": vervaldatum("kabinetsreactie", dag).isoformat(),
            "uitleg": uitleg("kabinetsreactie", dag),
            "aannames": [],
        }
    }
    if kans.random() < 0.8:
        kwam = (dag + timedelta(days=kans.randint(10, 400))).isoformat() if kans.random() < 0.8 else None
        uit["kabinetsreactie"] = {"datum": kwam, "nummer": "Kamerstuk (meting)", "toelichting": None, "bron": None}
    return uit


def adres_van(n: int) -> str:
    """Geef het openbare adres van het n-de advies."""
    return f"/adviezen/{dag_van(n).year}/meting-{n}/"


def laad(aantal: int, *, draden: int = 2, meld: Callable[[int], None] = lambda n: None) -> int:
    """Maak de eerste `aantal` meetadviezen openbaar; geef hoeveel er nieuw waren. Nog een keer laden verdubbelt niets.

    Elke bundel is een eigen transactie; `meld` krijgt het aantal dat er dan staat. Met `draden` 0 gaat alles over de
    verbinding en binnen de transactie van wie dit aanroept, en blijven de zoekindexen staan.
    """
    nieuw = 0
    with ThreadPoolExecutor(max(draden, 1)) as werkers, zonder_zoekindexen(draden > 0 and aantal >= INDEX_LOONT):
        bezig: list[Future[int]] = []
        for n, bundel in enumerate(_bundels(aantal), start=1):
            if draden:
                bezig.append(werkers.submit(_in_draad, bundel))
                if len(bezig) > 2 * draden:
                    nieuw += bezig.pop(0).result()
            else:
                nieuw += _bewaar(bundel)
            meld(min(n * BUNDEL, aantal))
        nieuw += sum(klaar.result() for klaar in bezig)
        for klaar in [werkers.submit(connections.close_all) for _ in range(draden)]:
            klaar.result()
    if draden and nieuw:
        with connection.cursor() as cursor:
            for tabel in ("publicatie_publicatie", "publicatie_zoekrij", "publicatie_passage", "publicatie_woord"):
                cursor.execute(f"VACUUM (ANALYZE) {tabel}")
    return nieuw


def _bundels(aantal: int) -> Iterator[list[Inhoud]]:
    bundel: list[Inhoud] = []
    for document in documenten(aantal):
        bundel.append(inhoud_van(*document))
        if len(bundel) == BUNDEL:
            yield bundel
            bundel = []
    if bundel:
        yield bundel


def _bewaar(bundel: list[Inhoud]) -> int:
    er_al = set(bestaande([inhoud.sleutel for inhoud in bundel]))
    return len(publiceer_nieuwe(inhouden=[i for i in bundel if i.sleutel not in er_al], door=None))


def _in_draad(bundel: list[Inhoud]) -> int:
    """Als `_bewaar`, over de eigen verbinding van deze draad; wachten op de schijf hoeft hier niet."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    return _bewaar(bundel)


@contextmanager
def zonder_zoekindexen(weg: bool = True) -> Iterator[None]:
    """Laat de zoekindexen weg zolang dit blok duurt en bouw ze daarna op, ook na een fout. Vraagt de eigenaar."""
    if not weg:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {', '.join(ZOEKINDEXEN)}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'; SET min_parallel_table_scan_size = 0")
            for naam, wat in ZOEKINDEXEN.items():
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {naam} ON public.publicatie_zoekrij USING {wat}")
            cursor.execute("RESET maintenance_work_mem; RESET min_parallel_table_scan_size")
