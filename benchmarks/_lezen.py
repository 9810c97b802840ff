"""Het leesscherm met 10.000 opmerkingen bij één versie van zestig bladzijden, tegen dezelfde tekst met tien.

Zoekvragen moeten gelijk blijven; de tijd groeit met plaatsen en tellen, niet met tekenen (de rest staat achter links).
"""

import gc
import statistics
import time
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adviezen.actions.versies import schrijf_concept
from adviezen.enums import Kring
from adviezen.models import Adviestraject, Opmerking, Versie
from benchmarks._documenten import ruim_op
from commissies.models import Commissielid
from inrichting.voorbeeld_loods import Loods
from kern.blokken import blokken
from toegang.models import Gebruiker

ALINEAS, VEEL, WEINIG = 360, 10_000, 10
DOEL_ZOEKVRAGEN, DOEL_TIJD = 40, 6.0
KEREN, P95_GRENS = 40, 300.0  # een mediaan van vijf zegt niets over de traagste
ZIN = "De commissie weegt bij {n} de gevolgen voor werknemers, ondernemers en het publieke belang, en noemt er {m}. "


def _vul(versie: Versie, auteur: Gebruiker, aantal: int) -> None:
    """Zet opmerkingen verspreid over de alinea's, de helft bij woorden daarin. In bulk: dit is geen handeling."""
    alle = [b for b in blokken(versie.html) if b.soort == "p"]
    rijen = []
    for n in range(aantal):
        blok = alle[(n * 7) % len(alle)]
        begin = n % 40
        waar: dict[str, Any] = {"citaat": blok.tekst[:280]}
        if n % 2:
            exact = blok.tekst[begin : begin + 30].strip()
            start = blok.tekst.index(exact)
            waar = {"citaat": exact, "begin": start, "einde": start + len(exact), "voor": blok.tekst[:start][-48:]}
        rijen.append(
            Opmerking(
                versie=versie,
                blok=blok.id,
                tekst=f"Meting {n} (voorbeeld).",
                kring=Kring.COMMISSIE,
                auteur=auteur,
                auteur_naam=auteur.naam,
                **waar,
            )  # fmt: skip
        )
    Opmerking.objects.bulk_create(rijen, batch_size=2000)
    ruim_op(str(connection.settings_dict["NAME"]))


def _meet(client: Client, adres: str) -> tuple[list[float], int, int]:
    """Geef de tijden in ms, het aantal zoekvragen en de grootte van de bladzijde."""
    client.get(adres)
    with CaptureQueriesContext(connection) as vragen:
        grootte = len(client.get(adres).content)
    aantal = len(vragen)
    gc.collect()
    gc.freeze()  # zoals ons webproces (ser_portal.wsgi): anders telt het opruimen van al het andere mee
    tijden = []
    for _ in range(KEREN):
        begin = time.perf_counter()
        client.get(adres)
        tijden.append((time.perf_counter() - begin) * 1000)
    return tijden, aantal, grootte


def leesscherm(loods: Loods) -> list[dict[str, Any]]:
    """Geef de regels over het leesscherm."""
    traject = Adviestraject.objects.get(slug="oefentraject-stap-3-voorbeeld")
    laatste = traject.versies.order_by("pk")[traject.versies.count() - 1]
    alineas = "".join(f"<p>{''.join(ZIN.format(n=n, m=m) for m in range(6))}</p>" for n in range(ALINEAS))
    versie = schrijf_concept(
        traject=traject, basis=laatste.pk, html=f"<h2>Meting</h2>{alineas}", door=loods.staf.secretaris
    )
    lid = Commissielid.objects.filter(commissie=traject.commissie, persoon__gebruiker__isnull=False).order_by("pk")[0]
    lezer = lid.persoon.gebruiker
    if lezer is None:
        raise RuntimeError("het commissielid heeft geen account")
    client = Client(HTTP_HOST="localhost")
    client.force_login(lezer, backend="django.contrib.auth.backends.ModelBackend")
    adres = f"/lezen/versie/{versie.pk}/"
    _vul(versie, loods.staf.secretaris, WEINIG)
    tijden_weinig, vragen_weinig, _ = _meet(client, adres)
    _vul(versie, loods.staf.secretaris, VEEL - WEINIG)
    tijden, vragen_veel, grootte = _meet(client, adres)
    weinig, veel = statistics.median(tijden_weinig), statistics.median(tijden)
    p95 = statistics.quantiles(tijden, n=20)[-1]
    return [
        {
            "naam": "leesscherm met 10.000 opmerkingen: zoekvragen",
            "gemeten": str(vragen_veel),
            "vergeleken_met": f"{vragen_weinig} met {WEINIG} opmerkingen",
            "verhouding": round(vragen_veel / vragen_weinig, 2),
            "doel": f"gelijk, ≤ {DOEL_ZOEKVRAGEN}",
            "gehaald": vragen_veel == vragen_weinig and vragen_veel <= DOEL_ZOEKVRAGEN,
        },
        {
            "naam": "leesscherm met 10.000 opmerkingen: tijd",
            "gemeten": f"{veel:.0f} ms, {grootte // 1000} kB",
            "vergeleken_met": f"{weinig:.0f} ms met {WEINIG} opmerkingen, zelfde 60 bladzijden",
            "verhouding": round(veel / weinig, 2),
            "doel": f"≤ {DOEL_TIJD:g} ×",
            "gehaald": veel / weinig <= DOEL_TIJD,
        },
        {
            "naam": f"leesscherm met 10.000 opmerkingen: p95 van {KEREN} keer",
            "gemeten": f"{p95:.0f} ms",
            "vergeleken_met": f"mediaan {veel:.0f} ms",
            "verhouding": round(p95 / veel, 2),
            "doel": f"≤ {P95_GRENS:.0f} ms",
            "gehaald": p95 <= P95_GRENS,
        },
    ]
