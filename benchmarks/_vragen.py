"""Een aanvraag door de WSGI-ingang doen en tijden nemen; ook voor wie wij ons mee vergelijken, dus alleen Django."""

import json
import os
import statistics
import subprocess
import time
from collections.abc import Callable
from io import BytesIO

from django.core.handlers.wsgi import WSGIHandler

RONDEN = 5
GELIJK = 2_000  # zoveel dezelfde documenten staan er bij ons en bij wie wij ons mee vergelijken
WOORD = "kennisdeling"  # staat in drie van de tien documenten
GEWOONST = "adviesraad"  # staat in negen van de tien
WERKERS = 2  # evenveel als er kernen zijn: een database die er twee tegelijk gebruikt, wint daar niets mee
BEURT, WARM = 5.0, 1.0  # seconden per soort aanvraag, en hoeveel daarvan inloopt


def duur(doe_n: Callable[[int], None], aantal: int) -> float:
    """Geef de mediane tijd per keer, over RONDEN ronden van `aantal` keer."""
    doe_n(max(1, aantal // 10))
    tijden = []
    for _ in range(RONDEN):
        begin = time.perf_counter()
        doe_n(aantal)
        tijden.append((time.perf_counter() - begin) / aantal)
    return statistics.median(tijden)


def doe(ingang: WSGIHandler, adres: str, aantal: int = 1) -> None:
    """Doe `aantal` GET-aanvragen door de WSGI-ingang en eis 200."""
    pad, _, vraag = adres.partition("?")
    for _ in range(aantal):
        codes: list[str] = []
        antwoord = ingang(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": pad,
                "QUERY_STRING": vraag,
                "SERVER_NAME": "localhost",
                "SERVER_PORT": "80",
                "HTTP_HOST": "localhost",
                "HTTP_ACCEPT_ENCODING": "gzip",
                "wsgi.url_scheme": "http",
                "wsgi.input": BytesIO(b""),
            },
            lambda status, koppen, codes=codes: codes.append(status),
        )
        b"".join(antwoord)
        antwoord.close()
        if not codes[0].startswith("200"):
            raise RuntimeError(f"{adres}: {codes[0]}")


def beurten(soorten: dict[str, Callable[[int], None]]) -> None:
    """Doe elke soort aanvraag in haar eigen beurt zo vaak als lukt, en druk af hoeveel er per seconde gingen.

    De beurten beginnen op de klok, vanaf BEURTEN_VANAF (seconden sinds 1970): zo doen alle processen steeds hetzelfde.
    """
    uit, vanaf = {}, float(os.environ["BEURTEN_VANAF"])
    for n, (naam, doe_n) in enumerate(soorten.items()):
        begin = vanaf + n * BEURT
        time.sleep(max(begin - time.time(), 0))
        while time.time() < begin + WARM:
            doe_n(1)
        gedaan, sinds = 0, time.perf_counter()
        while time.time() < begin + BEURT - WARM / 2:
            doe_n(1)
            gedaan += 1
        uit[naam] = gedaan / (time.perf_counter() - sinds)
    print(json.dumps(uit))


def samen(opdracht: list[str], env: dict[str, str]) -> dict[str, float]:
    """Start WERKERS processen die `beurten` doen en geef per soort hun aanvragen per seconde bij elkaar."""
    env = {**env, "BEURTEN_VANAF": str(time.time() + 12)}
    processen = [
        subprocess.Popen(opdracht, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(WERKERS)
    ]
    delen: list[dict[str, float]] = []
    for proces in processen:
        uit, fouten = proces.communicate()
        if proces.returncode:
            raise RuntimeError(f"{opdracht[-1]} stopte met {proces.returncode}: {fouten[-2000:]}")
        delen.append(json.loads(uit.splitlines()[-1]))
    return {naam: sum(deel[naam] for deel in delen) for naam in delen[0]}
