"""Een eigen database met meetdocumenten, zolang een meting duurt: een kopie van de lege, geladen met het ene commando.

De commissies en vergaderingen van het echte archief staan ernaast: een zoekvraag telt ook wat zij daar vindt, en zonder
hen lijkt dat gratis.

Zo wordt gelezen wat er echt staat: over de eigen verbinding van de openbare kant, onder haar rol, met tabellen die
opgeruimd en geteld zijn. Na afloop is de database weg.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connections
from django.test.utils import override_settings
from psycopg import sql

DATABASE = "bench_documenten"
ALIASSEN = ("default", "publiek")


@contextmanager
def met_documenten(aantal: int) -> Iterator[str]:
    """Laad `aantal` adviezen, lees er de openbare kant op, en geef het adres van het laatste."""
    from inrichting import archief_commissies, archief_vergaderingen
    from inrichting.meetdocumenten import adres_van, laad
    from publiek.cache import BEWARING

    eigen = str(connections["default"].settings_dict["NAME"])
    _wissel(eigen)
    # Honderdduizend documenten schrijven gigabytes; bij de gewone grens bewaart PostgreSQL intussen telkens alles.
    _beheer("ALTER SYSTEM SET max_wal_size = '8GB'", "SELECT pg_reload_conf()")
    _beheer(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", f'CREATE DATABASE {DATABASE} TEMPLATE "{eigen}"')
    _wissel(DATABASE)
    BEWARING.wis()
    try:
        for deel in (archief_commissies, archief_vergaderingen):
            deel.laad(settings.BASE_DIR / "data", lambda kenmerk, tekst: print(kenmerk, tekst, file=sys.stderr))
        laad(aantal, meld=lambda er: _meld(er, aantal))
        ruim_op(DATABASE)
        with override_settings(ALLOWED_HOSTS=["localhost"], SECURE_SSL_REDIRECT=False):
            yield adres_van(aantal - 1)
    finally:
        _wissel(eigen)
        BEWARING.wis()
        _beheer(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def eigen_env() -> dict[str, str]:
    """Geef de omgeving voor een proces naast dit: de database zoals zij nu openstaat."""
    adres = met_database(str(connections["default"].settings_dict["NAME"]))
    return {**os.environ, "DATABASE_URL": adres, "PUBLIEK_DATABASE_URL": adres}


def met_database(naam: str) -> str:
    """Geef DATABASE_URL met een andere database."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{naam}"))


def ruim_op(naam: str) -> None:
    """Laat deze database opruimen en tellen, zoals zij op een gewone dag al lang gedaan heeft."""
    with psycopg.connect(met_database(naam), autocommit=True) as verbinding:
        verbinding.execute("VACUUM (ANALYZE)")


def _meld(er: int, aantal: int) -> None:
    if er % 10_000 == 0:
        print(f"  {er} van {aantal} documenten …", file=sys.stderr, flush=True)


def _wissel(naam: str) -> None:
    for alias in ALIASSEN:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = naam


def _beheer(*opdrachten: str) -> None:
    """Doe dit buiten elke transactie, vanuit de database die er altijd is."""
    with psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres", autocommit=True) as verbinding:
        for opdracht in opdrachten:
            verbinding.execute(sql.SQL(opdracht))  # type: ignore[arg-type]
