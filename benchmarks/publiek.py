"""De openbare kant: een advies, de lijst en zoeken (bewaard en vers) in 2.000 adviezen, tegen een lege Django-view.

Alles draait in dit proces, door de echte WSGI-ingang met de echte middleware, zonder netwerk: wat server en klant
kosten valt zo aan beide kanten weg en de verhouding is strenger dan over HTTP. De lege view heeft geen middleware.
De documenten staan in een eigen database; gelezen wordt over de eigen verbinding, onder de rol ser_publiek.

Doelen (ontwerp §10): een bewaarde bladzijde ten minste 0,5 maal een lege view. Zoeken ten minste twintig maal Wagtail:
van twee werkprocessen tegelijk deed elk daar op 2.000 documenten 133 ms over een zoekvraag, dus hier hoogstens 6,65 ms,
zo gemeten en zonder iets bewaards. Die grens is een vast getal van een andere dag op zo'n machine; wat Wagtail vandaag
doet, meet `buren` met BENCH_PEERS=1. Het geheugen blijft gelijk.

`BENCH_DOCUMENTEN=100000 ./portal bench publiek` meet hetzelfde met zoveel documenten; vanaf 100.000 geldt voor zoeken
het andere doel van ontwerp §10: p95 hoogstens 100 ms, het gewoonste woord en de filters inbegrepen.
"""

import gc
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from benchmarks._documenten import eigen_env, met_documenten
from benchmarks._vragen import GELIJK, WERKERS, doe, duur, samen
from inrichting.meetteksten import GEMERKT, THEMAS
from ser_portal.wsgi import ontlast

AANTAL = int(os.environ.get("BENCH_DOCUMENTEN", str(GELIJK)))
VEEL = 100_000
P95_GRENS = 0.100
ZOEKGRENS = 0.133 / 20
GROEI = 1.05  # het geheugen na nog eens zoveel bladzijden


def meet() -> list[dict[str, Any]]:
    """Geef de rijen van deze groep."""
    with met_documenten(AANTAL) as adres:
        return meet_alles(adres)


def meet_alles(adres: str) -> list[dict[str, Any]]:
    """Meet om en om met de lege view en geef medianen."""
    ons = WSGIHandler()
    doe(ons, "/adviezen/")
    ontlast()  # zoals een webproces na het laden
    with override_settings(MIDDLEWARE=[]):
        kaal = WSGIHandler()
    with override_settings(ROOT_URLCONF="benchmarks.leeg"):
        per_leeg = duur(lambda n: doe(kaal, "/leeg/", n), 3_000)
    woord = max(GEMERKT, key=lambda w: GEMERKT[w])
    rijen = []
    for naam, pad, doel in (
        ("advies", adres, 0.5),
        ("lijst", "/adviezen/", None),
        ("zoeken op het gewoonste woord", f"/adviezen/?q={woord}", None),
    ):
        doe(ons, pad)
        rijen.append(rij(f"{naam}, bewaard", duur(lambda n, pad=pad: doe(ons, pad, n), 3_000), per_leeg, doel))
    with override_settings(PUBLIEK_STAND_SECONDEN=0):
        strikt = duur(lambda n: doe(ons, adres, n), 500)
    rijen.append(rij("advies, bewaard, stand bij elke aanvraag gelezen", strikt, per_leeg, None))
    rijen.append(rij("advies, eerste keer", duur(vers(ons, adres), 40), per_leeg, None))
    if AANTAL >= VEEL:
        vragen = {f"woord in {deel:.1%}": f"?q={w}" for w, deel in GEMERKT.items()}
        vragen |= {"twee woorden": f"?q={'+'.join(list(GEMERKT)[:2])}", "geen woord": ""}
        vragen |= {"gewoonste woord, thema en reactie": f"?q={woord}&thema={THEMAS[0]}&reactie=later"}
        vragen |= {"gewoonste woord, bladzijde 30": f"?q={woord}&pagina=30"}
        rijen += [veel(ons, wat, f"/adviezen/{vraag}", per_leeg) for wat, vraag in vragen.items()]
    else:
        rijen.append(rij("lijst, eerste keer", duur(vers(ons, "/adviezen/"), 12), per_leeg, None))
        per_seconde = samen([sys.executable, "-m", "benchmarks.onze_kant"], eigen_env())
        for w, deel in GEMERKT.items():
            naam = f"zoeken met filters, woord in {deel:.1%} van {AANTAL} adviezen, per werkproces"
            rijen.append(rij(naam, WERKERS / per_seconde[w], per_leeg, None, ZOEKGRENS))
    pad = f"/adviezen/?q={woord}"
    na = duur(vers(ons, pad, ook_de_kaart=True), 3)
    rijen.append(rij("zoeken op het gewoonste woord, eerste keer na een verandering", na, per_leeg, None))
    return [*rijen, geheugen(ons)]


def vers(ingang: WSGIHandler, pad: str, *, ook_de_kaart: bool = False) -> Callable[[int], None]:
    """Geef een meting van `pad` waarbij niets bewaard is: de bladzijde niet, en ook niet wat een zoekwoord vond.

    Met `ook_de_kaart` is ook die weg, zoals na elke verandering. De stand wordt gelezen als altijd: hoogstens eens per
    seconde voor de bewaring, en bij elke zoekvraag voor de kaart.
    """
    from publiek.cache import BEWARING
    from publiek.kaart import KAARTEN

    def keren(aantal: int) -> None:
        for _ in range(aantal):
            BEWARING.wis(ook_de_stand=False)
            KAARTEN.vergeet(ook_de_kaart=ook_de_kaart)
            doe(ingang, pad)

    return keren


def veel(ons: WSGIHandler, wat: str, pad: str, per_leeg: float) -> dict[str, Any]:
    """Geef p95 van de lijst met filters, vers gemaakt; de eerste keren warmen op."""
    een = vers(ons, pad)
    tijden = []
    for _ in range(65):
        begin = time.perf_counter()
        een(1)
        tijden.append(time.perf_counter() - begin)
    p95 = statistics.quantiles(tijden[5:], n=20)[-1]
    uit = rij(f"p95 zoeken met filters in {AANTAL} adviezen: {wat}", p95, per_leeg, None, P95_GRENS)
    return uit | {
        "vergeleken_met": f"grens {P95_GRENS * 1000:.0f} ms (mediaan {statistics.median(tijden) * 1000:.1f} ms)"
    }


def geheugen(ons: WSGIHandler) -> dict[str, Any]:
    """Geef hoeveel het proces groeit van nog eens zoveel verschillende adviezen, lijsten en zoekvragen."""
    from publiek.cache import BEWARING
    from publiek.models import Advies

    BEWARING.wis()
    rijen = Advies.objects.order_by("-id").values_list("jaar", "kenmerk")[:1_000]
    adressen = [f"/adviezen/{jaar}/{kenmerk}/" for jaar, kenmerk in rijen]
    adressen += [f"/adviezen/?jaar={jaar}&thema={thema}" for jaar in range(1950, 2023) for thema in THEMAS]
    adressen += [f"/adviezen/?jaar={jaar}&q={woord}" for jaar in range(1950, 2023) for woord in GEMERKT]
    random.Random(7).shuffle(adressen)  # noqa: S311 - verzonnen verkeer, steeds hetzelfde
    half = len(adressen) // 2
    for pad in adressen[:half]:
        doe(ons, pad)
    eerst = rss()
    for pad in adressen[half:]:
        doe(ons, pad)
    daarna = rss()
    return {
        "naam": f"geheugen na {2 * half} verschillende bladzijden",
        "gemeten": f"{daarna:.0f} MB",
        "vergeleken_met": f"{eerst:.0f} MB na de eerste {half}",
        "verhouding": round(daarna / eerst, 3),
        "doel": f"≤ {GROEI}",
        "gehaald": daarna / eerst <= GROEI,
    }


def rss() -> float:
    """Geef het geheugen van dit proces in MB."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def rij(naam: str, per_keer: float, per_leeg: float, doel: float | None, grens: float | None = None) -> dict[str, Any]:
    """Geef één rij; de verhouding is in aanvragen per seconde, dus hoger is sneller. `grens` is in seconden."""
    verhouding = per_leeg / per_keer
    if grens is not None:
        return {
            "naam": naam,
            "gemeten": f"{per_keer * 1000:.2f} ms",
            "vergeleken_met": f"twintigste van Wagtail: {grens * 1000:.2f} ms (lege view {per_leeg * 1000:.3f} ms)",
            "verhouding": round(per_keer / grens, 2),
            "doel": "≤ 1",
            "gehaald": per_keer <= grens,
        }
    return {
        "naam": naam,
        "gemeten": f"{per_keer * 1000:.3f} ms",
        "vergeleken_met": f"lege Django-view: {per_leeg * 1000:.3f} ms",
        "verhouding": round(verhouding, 3),
        "doel": f"≥ {doel}" if doel else "ter vergelijking",
        "gehaald": doel is None or verhouding >= doel,
    }
