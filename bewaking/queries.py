"""Hoe het met het portaal gaat, in een handvol getallen. Elk onderdeel faalt voor zichzelf."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, connections
from django.db.models import Min

from berichten.enums import Status
from berichten.models import Bericht
from berichten.queries import vast_sinds
from bewaking import hartslag
from kern import klok
from publiek.verbinding import ALIAS
from stukken.enums import PdfStatus
from stukken.models import PdfOpdracht
from termijnen.queries import apart_gelegd

GOED, FOUT, ONBEKEND = "goed", "fout", "onbekend"
STIL = 300.0  # seconden: wat vijf minuten stilstaat, is een alarm
T = TypeVar("T")
WEINIG_SCHIJF = 0.05  # deel van de schijf dat vrij moet zijn


@dataclass(frozen=True)
class Meting:
    """Eén getal over het portaal. `naam` is wat een mens leest, `metriek` de naam in Prometheus.

    `waarde` is None als zij niet te meten was. `stand` is leeg bij een getal dat alleen geteld wordt. `geduld` is hoe
    lang de stand in seconden niet goed mag zijn vóór het een alarm is; een leeftijd heeft dat geduld al in zich.
    """

    naam: str
    metriek: str
    uitleg: str
    waarde: float | None
    stand: str = ""
    geduld: float = 0.0


def meet(moment: datetime) -> list[Meting]:
    """Meet alles op `moment`. Werpt niets: wat niet te meten is, heeft geen waarde en de stand onbekend of fout."""
    database = _probeer(_database)
    openbaar = _probeer(_openbaar)
    try:
        tekens: dict[str, float] | None = hartslag.tekens()
    except Exception:  # elke oorzaak is hetzelfde: Redis antwoordt niet
        tekens = None
    redis = tekens is not None
    post = _probeer(lambda: _post(moment)) or {}
    pdf = _probeer(lambda: _leeftijd(_oudste_pdf(), moment))
    schijf = _probeer(_schijf)
    scheef = _probeer(_klokverschil)
    leven = f"hoogstens {STIL:.0f} seconden"
    return [
        Meting("database", "ser_database_up", "1 als PostgreSQL antwoordt", float(bool(database)), _ja(database), 60),
        Meting("openbaar", "ser_public_up", "1 als de openbare pagina's lezen wat er nu staat, ook op een replica",
               float(bool(openbaar)), _ja(openbaar), 60),
        Meting("redis", "ser_redis_up", "1 als Redis antwoordt", float(redis), _ja(redis), 60),
        _oud("klok", "ser_beat_age_seconds", f"tijd sinds de laatste tik van de klok, {leven}",
             _sinds(tekens, hartslag.KLOK, moment), geduld=STIL),
        _oud("wachtrij", "ser_queue_age_seconds", f"leeftijd van de laatste tik die een werker uitvoerde, {leven}",
             _sinds(tekens, hartslag.WERKER, moment), geduld=STIL),
        _oud("post", "ser_outbox_age_seconds", f"hoe lang het oudste bericht al weg had moeten zijn, {leven}",
             post.get("leeftijd"), geduld=STIL),
        Meting("post die wacht", "ser_outbox_ready", "berichten die nu weg mogen", post.get("wacht")),
        Meting("post die mislukte", "ser_outbox_failed", "berichten die apart liggen", post.get("mislukt")),
        _oud("pdf", "ser_pdf_age_seconds", "hoe lang de oudste gevraagde PDF wacht", pdf, grens=1800, geduld=STIL),
        Meting("termijnen apart", "ser_reminders_set_aside", "termijnen waarover niemand gewaarschuwd kon worden",
               _probeer(lambda: float(apart_gelegd().count()))),
        Meting("klokverschil", "ser_clock_skew_seconds", "grootste verschil tussen de klok van een proces en die "
               f"van de database, hoogstens {settings.KLOK_VERSCHIL_SECONDEN} seconden; een werker met een andere klok "
               "doet niets", scheef, ONBEKEND if scheef is None else _ja(not klok.te_ver(timedelta(seconds=scheef)))),
        Meting("schijf", "ser_disk_free_ratio", f"vrij deel van de schijf, ten minste {WEINIG_SCHIJF}", schijf,
               ONBEKEND if schijf is None else _ja(schijf >= WEINIG_SCHIJF)),
    ]  # fmt: skip


def gezond(metingen: list[Meting]) -> tuple[str, dict[str, str]]:
    """Geef (status, stand per onderdeel): "goed", "let op", of "database onbereikbaar" als niets meer kan."""
    delen = {m.naam: m.stand for m in metingen if m.stand}
    if delen["database"] != GOED:
        return "database onbereikbaar", delen
    return (GOED if set(delen.values()) == {GOED} else "let op"), delen


def _ja(goed: Any) -> str:
    return GOED if goed else FOUT


def _oud(
    naam: str, metriek: str, uitleg: str, waarde: float | None, *, grens: float = STIL, geduld: float = 0.0
) -> Meting:
    stand = ONBEKEND if waarde is None else _ja(waarde <= grens)
    # Een leeftijd over de grens is meteen een alarm; een leeftijd die ontbreekt krijgt even tijd (net gestart).
    return Meting(naam, metriek, uitleg, waarde, stand, geduld if stand == ONBEKEND else 0.0)


def _probeer(meet: Callable[[], T]) -> T | None:
    try:
        return meet()
    except Exception:  # een onderdeel dat niet antwoordt, mag de andere niet meenemen
        for lijn in connections.all(initialized_only=True):
            lijn.close_if_unusable_or_obsolete()
        return None


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _openbaar() -> bool:
    """Geef of de openbare pagina's lezen wat er staat. Een replica die niet meer volgt, houdt ingetrokken stukken open.

    De stand van de openbare pagina's (publiek.stand_nu) is op beide even ver; is de hoofddatabase weg, dan telt alleen
    of er antwoord komt.
    """
    hier = _probeer(lambda: _stand(connection.alias))
    daar = _stand(ALIAS)
    return hier is None or hier == daar


def _stand(alias: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT publiek.stand_nu()")
        return str(cursor.fetchone()[0])


def _post(moment: datetime) -> dict[str, float]:
    gereed = Bericht.objects.gereed(moment)
    oudste = gereed.filter(pogingen=0).aggregate(oudste=Min("volgende_poging"))["oudste"]
    return {
        # Wat geprobeerd is heeft steeds een latere volgende poging: dat verborg een mailserver die weg is.
        "leeftijd": max(_leeftijd(oudste, moment), _leeftijd(vast_sinds(), moment)),
        "wacht": float(gereed.count()),
        "mislukt": float(Bericht.objects.filter(status=Status.MISLUKT).count()),
    }


def _oudste_pdf() -> datetime | None:
    return PdfOpdracht.objects.filter(status=PdfStatus.WACHT).aggregate(oudste=Min("gevraagd_op"))["oudste"]


def _leeftijd(sinds: datetime | None, moment: datetime) -> float:
    return 0.0 if sinds is None else max(0.0, (moment - sinds).total_seconds())


def _sinds(tekens: dict[str, float] | None, naam: str, moment: datetime) -> float | None:
    tijd = (tekens or {}).get(naam)
    # Een teken uit de toekomst is van een klok die voorloopt: dat mag geen uren stilstand verbergen.
    return None if tijd is None else abs(moment.timestamp() - tijd)


def _klokverschil() -> float:
    """Geef het grootste van het verschil van dit proces en wat een ander meldde; zonder Redis telt alleen het eigen."""
    eigen = abs(klok.verschil().total_seconds())
    return max(eigen, _probeer(klok.gemeld) or 0.0)


def _schijf() -> float:
    ruimte = shutil.disk_usage(settings.VAR)
    return ruimte.free / ruimte.total
