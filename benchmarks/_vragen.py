"""Een aanvraag door de WSGI-ingang doen en tijden nemen; ook voor wie wij ons mee vergelijken, dus alleen Django."""

import statistics
import time
from collections.abc import Callable
from io import BytesIO

from django.core.handlers.wsgi import WSGIHandler

RONDEN = 5
GELIJK = 2_000  # zoveel dezelfde documenten staan er bij ons en bij wie wij ons mee vergelijken
WOORD = "kennisdeling"


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
