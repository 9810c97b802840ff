"""Het log: één regel JSON per gebeurtenis, met het kenmerk van het verzoek en zonder tekst uit een stuk.

Een fout van de database noemt de hele rij die niet paste, en een fout van Python vaak de waarde. Daarom staat van een
fout alleen de soort en de plek in het log. Wie haar meldt, noemt het kenmerk dat op de foutbladzijde stond.
"""

import json
import logging
import re
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

KENMERK: ContextVar[str] = ContextVar("kenmerk", default="")
VAN_BUITEN = re.compile(r"[0-9a-f]{8,64}")
MEESTE_PLEKKEN = 12


def plekken(fout: BaseException) -> list[str]:
    """Geef waar een fout vandaan kwam, buitenste eerst: bestand, regel en functie, zonder waarden."""
    wortel = f"{settings.BASE_DIR}/"
    alle = traceback.extract_tb(fout.__traceback__)
    return [f"{p.filename.removeprefix(wortel)}:{p.lineno} {p.name}" for p in alle][-MEESTE_PLEKKEN:]


def soort(fout: BaseException) -> str:
    """Geef de naam van de soort fout, met wat eraan voorafging; nooit de melding zelf."""
    namen: list[str] = []
    huidig: BaseException | None = fout
    while huidig is not None and len(namen) < 4:
        namen.append(f"{type(huidig).__module__}.{type(huidig).__qualname__}".removeprefix("builtins."))
        huidig = huidig.__cause__
    return " door ".join(namen)


class Regel(logging.Formatter):
    """Maakt van een logregel één regel JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Geef de regel; een fout die meekomt staat er zonder haar melding in."""
        fout = record.exc_info[1] if record.exc_info else None
        uit: dict[str, Any] = {
            "tijd": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "bron": record.name,
            "bericht": self._bericht(record, fout),
        }
        if kenmerk := KENMERK.get():
            uit["verzoek"] = kenmerk
        if fout is not None:
            uit |= {"fout": soort(fout), "plek": plekken(fout)}
        return json.dumps(uit, ensure_ascii=False)

    def _bericht(self, record: logging.LogRecord, fout: BaseException | None) -> str:
        if fout is None:
            return record.getMessage()
        if isinstance(record.args, dict) and "exc" in record.args:  # zo schrijft Celery: de melding zit in de tekst
            return f"taak {record.args.get('name')} [{record.args.get('id')}] {record.args.get('description', '')}"
        tekst = record.getMessage()
        for melding in (repr(fout), str(fout)):
            tekst = tekst.replace(melding, type(fout).__name__) if melding else tekst
        return tekst.splitlines()[0] if tekst else ""


class Kenmerk:
    """Middleware die elk verzoek een kenmerk geeft; staat er een proxy voor, dan dat van de proxy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        eigen = request.headers.get("X-Request-ID", "")
        oud = KENMERK.set(eigen if VAN_BUITEN.fullmatch(eigen) else token_hex(6))
        try:
            return self.get_response(request)
        finally:
            KENMERK.reset(oud)


@requires_csrf_token
def serverfout(request: HttpRequest) -> HttpResponse:
    """Geef de bladzijde bij een fout van ons, met het kenmerk; verder niets over de fout."""
    return HttpResponseServerError(loader.render_to_string("500.html", {"kenmerk": KENMERK.get()}))
