"""Hoeveel verzoeken het web beantwoordde, per soort status en hoe lang zij duurden; samen over alle webprocessen.

Elk proces telt in zijn eigen geheugen. Een draad ernaast telt het elke paar seconden bij in Redis: geen verzoek wacht
ooit op Redis, ook niet als die hangt. Sterft een proces, dan zijn die paar seconden kwijt; is Redis leeg, dan begint de
telling opnieuw, en dat kent Prometheus. Per adres telt niets: wie wat leest hoort niet in een meting.
"""

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from kern.cache import tekens as cache

SOORTEN = ("1xx", "2xx", "3xx", "4xx", "5xx")
GRENZEN = (0.05, 0.1, 0.3, 1.0, 3.0, 10.0)  # seconden; 0,3 is het doel voor 95 van de 100
DUUR, SOM = "duur", "som"
ELKE = 5.0
_geteld: Counter[str] = Counter()
_slot = threading.Lock()


def _sleutel(naam: str) -> str:
    return f"http:{naam}"


NAMEN = (*SOORTEN, *(f"{DUUR}:{grens:g}" for grens in GRENZEN), f"{DUUR}:inf", SOM)


class Teller:
    """Middleware: telt elk antwoord. Staat buiten alles, zodat ook een bewaarde bladzijde meetelt."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._draad: threading.Thread | None = None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begin = time.perf_counter()
        antwoord = self.get_response(request)
        tel(antwoord.status_code, time.perf_counter() - begin)
        if self._draad is None and settings.TEL_VERZOEKEN:
            self._begin()
        return antwoord

    def _begin(self) -> None:
        """Begin met wegbrengen. Pas bij het eerste verzoek: een draad van vóór het splitsen leeft in het kind niet."""
        with _slot:
            if self._draad is None:
                self._draad = threading.Thread(target=_breng_weg, name="verzoeken", daemon=True)
                self._draad.start()


def tel(status: int, seconden: float) -> None:
    """Tel één antwoord."""
    vak = next((f"{DUUR}:{grens:g}" for grens in GRENZEN if seconden <= grens), f"{DUUR}:inf")
    with _slot:
        _geteld[SOORTEN[min(5, max(1, status // 100)) - 1]] += 1
        _geteld[vak] += 1
        _geteld[SOM] += round(seconden * 1e6)  # microseconden: Redis telt in hele getallen


def breng_weg() -> None:
    """Tel bij in Redis wat dit proces telde. Lukt het niet, dan blijft het staan voor de volgende keer."""
    global _geteld
    with _slot:
        mee, _geteld = _geteld, Counter()
    for naam in [*mee]:
        try:
            cache.add(_sleutel(naam), 0, timeout=None)
            cache.incr(_sleutel(naam), mee[naam])
        except Exception:
            with _slot:
                _geteld.update(mee)
            return
        del mee[naam]


def _breng_weg() -> None:
    while True:
        time.sleep(ELKE)
        with contextlib.suppress(Exception):  # tellen mag nooit iets omgooien
            breng_weg()


def stand() -> dict[str, int] | None:
    """Geef alle tellers van alle processen samen; None als Redis niet antwoordt."""
    try:
        gevonden = cache.get_many([_sleutel(naam) for naam in NAMEN])
    except Exception:  # elke oorzaak is hetzelfde: er is geen stand
        return None
    return {naam: int(gevonden.get(_sleutel(naam), 0)) for naam in NAMEN}


def tekst(stand: dict[str, int] | None) -> str:
    """Geef de tellers in het formaat van Prometheus: een teller per soort status, en een verdeling van de duur."""
    if stand is None:
        return ""
    regels = ["# HELP ser_http_responses_total antwoorden van het web", "# TYPE ser_http_responses_total counter"]
    regels += [f'ser_http_responses_total{{status="{soort}"}} {stand[soort]}' for soort in SOORTEN]
    meter = "ser_http_duration_seconds"
    regels += [f"# HELP {meter} hoe lang een antwoord duurde", f"# TYPE {meter} histogram"]
    samen = 0
    for grens in GRENZEN:
        samen += stand[f"{DUUR}:{grens:g}"]
        regels.append(f'{meter}_bucket{{le="{grens:g}"}} {samen}')
    samen += stand[f"{DUUR}:inf"]
    regels += [f'{meter}_bucket{{le="+Inf"}} {samen}', f"{meter}_sum {stand[SOM] / 1e6!r}", f"{meter}_count {samen}"]
    return "\n".join(regels) + "\n"
