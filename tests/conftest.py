"""Wat alle toetsen delen."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from _pytest.runner import runtestprotocol
from django.contrib.auth.models import Group
from django.contrib.staticfiles import handlers
from django.db import connection, connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from publiek.cache import BEWARING
from publiek.migraties import RECHTEN, ROL
from tests import migreren, verdeling
from tests.gedeeld import LENERS, Gedeeld
from tests.hulp import zonder_bewaking
from toegang.enums import STAFROLLEN, Rol
from toegang.models import Gebruiker

# Een drukke machine is traag: dat zegt niets over de code, en geen toets hier meet tijd.
settings.register_profile("huis", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("huis")

# Rechten en inhoudssoorten horen bij het schema: ze opnieuw maken kost meer dan de toets zelf.
_BLIJFT = {"django_migrations", "django_content_type", "auth_permission"}


def _leeg_wat_gevuld_is(self: TransactionTestCase) -> None:
    """Ruim na een toets met echte transacties alleen de tabellen op waarin iets staat.

    TRUNCATE van alle tabellen kost ruim een seconde per toets; de triggers van tabellen waar alleen bij mag, gaan voor
    deze ene handeling uit.
    """
    with connection.cursor() as cursor:
        tabellen = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - _BLIJFT
        namen = {tabel: connection.ops.quote_name(tabel) for tabel in sorted(tabellen)}
        cursor.execute(" UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM {q})" for t, q in namen.items()))
        gevuld = [rij[0] for rij in cursor.fetchall()]
    with zonder_bewaking() as cursor:
        for tabel in gevuld:
            cursor.execute(f"DELETE FROM {namen[tabel]}")


TransactionTestCase._fixture_teardown = _leeg_wat_gevuld_is


@pytest.fixture
def maak_gebruiker(db: None) -> Callable[..., Gebruiker]:
    """Geef een functie die een gebruiker maakt, met stafrollen als groepen."""
    teller = iter(range(1, 10_000))

    def maak(naam: str = "", *rollen: Rol, **velden: Any) -> Gebruiker:
        nummer = next(teller)
        naam = naam or f"Gebruiker {nummer}"
        gebruiker = Gebruiker.objects.create_user(f"g{nummer}@voorbeeld.test", naam, None, **velden)
        for rol in rollen:
            assert rol in STAFROLLEN, f"{rol} volgt uit gegevens, niet uit een groep"
            gebruiker.groups.add(Group.objects.get_or_create(name=str(rol))[0])
        return gebruiker

    return maak


@pytest.fixture
def secretaris(maak_gebruiker: Callable[..., Gebruiker]) -> Gebruiker:
    """Een commissiesecretaris."""
    return maak_gebruiker("Secretaris (voorbeeld)", Rol.COMMISSIESECRETARIS)


@pytest.fixture
def buitenstaander(maak_gebruiker: Callable[..., Gebruiker]) -> Gebruiker:
    """Iemand met een account en verder niets."""
    return maak_gebruiker("Buitenstaander (voorbeeld)")


@pytest.fixture(scope="session")
def _mappen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Geef steeds een map die er nog niet was, zonder bij elke toets de duizenden andere te bekijken."""
    wortel = tmp_path_factory.mktemp("var")
    return (wortel / str(nummer) for nummer in count(1))


@pytest.fixture(autouse=True)
def _bestanden_apart(settings: Any, _mappen: Iterator[Path]) -> None:
    """Elke toets schrijft bestanden en post in een eigen map."""
    map = next(_mappen)
    map.mkdir()
    settings.MEDIA_ROOT = map / "bestanden"
    settings.VAR = map


def _met_echte_transacties(item: pytest.Item) -> bool:
    """Of een toets met echte transacties draait (een browser, een wedloop)."""
    namen = getattr(item, "fixturenames", ())
    merk = item.get_closest_marker("django_db")
    return "live_server" in namen or "transactional_db" in namen or bool(merk and merk.kwargs.get("transaction"))


def _leent(item: pytest.Item) -> str:
    """Geef via welke fixture een toets een gedeelde wereld leent; leeg als zij het niet doet."""
    return next((naam for naam in LENERS if naam in getattr(item, "fixturenames", ())), "")


def pytest_xdist_make_scheduler(config: Any, log: Any) -> verdeling.Verdeling:
    """Verdeel over de lopers zoals tests/verdeling.py zegt."""
    return verdeling.maak(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Zet vooraan wat lang duurt; elke toets met een database mag ook de verbinding `publiek` gebruiken."""
    # Met PYTEST_ADDOPTS="-p no:randomly" erbij is het de volgorde van de bestanden, van achter naar voren.
    if os.environ.get("TOETS_ACHTERSTEVOREN"):
        items.reverse()
    wereld: dict[Path, str] = {}
    for naam in reversed(LENERS):
        wereld.update({item.path: naam for item in items if naam in getattr(item, "fixturenames", ())})
    items.sort(key=lambda item: verdeling.voorrang(item.nodeid, wereld.get(item.path, "")))
    for item in items:
        merk = item.get_closest_marker("django_db")
        if merk or {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())):
            gegeven = dict(merk.kwargs) if merk else {}
            item.add_marker(pytest.mark.django_db(**{"databases": ["default", "publiek"], **gegeven}), append=False)


def pytest_collection_finish(session: pytest.Session) -> None:
    """De duizenden toetsen en modules blijven tot het eind; sla ze over bij elke opruiming van het geheugen."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def _ruim(doe: Callable[[], Any]) -> Any:
    return doe()


# Python legt oproepen in blokken van 16 kB en geeft een leeg blok meteen terug. Ligt een grens toevallig in een lus
# diep in Django, dan vraagt en geeft elke ronde een blok aan de kern: dat was een kwart van de rekentijd van de matrix.
# Een oproep die zegt veel plaats te willen krijgt een groot blok, en alles wat zij oproept past daarin.
_ruim.__code__ = _ruim.__code__.replace(co_stacksize=70_000)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Draai een toets zoals pytest dat doet, met ruimte voor diepe oproepen."""
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    _ruim(lambda: runtestprotocol(item, nextitem=nextitem))
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


_ECHT: list[Any] = []
_NU: list[pytest.Item] = []
_GEDEELD: list[Gedeeld] = []


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Deel de verbinding in een gewone toets: die draait in één transactie, en `publiek` leest onder SET LOCAL ROLE.

    Met echte transacties is `publiek` een eigen verbinding onder de rol zelf, zoals in het echt.
    """
    for gedeeld in _GEDEELD:
        if not gedeeld.in_gebruik and item.get_closest_marker("django_db") and not _leent(item):
            gedeeld.sluit()
    _NU[:] = [item]
    if _ECHT:
        _deel_publiek()


def _deel_publiek() -> None:
    connections["publiek"] = _ECHT[0] if _met_echte_transacties(_NU[0]) else connections["default"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> ExitStack:
    """Maak de migraties die nu volgen snel; geeft wat dat weer uitzet."""
    stapel = ExitStack()
    stapel.enter_context(migreren.snel())
    return stapel


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_modify_db_settings: ExitStack, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """Maak de leesrol: die hoort bij de server, niet bij de database."""
    django_db_modify_db_settings.close()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        al_gemaakt = "duplicate_object OR unique_violation"  # het laatste als een andere loper haar net nu maakt
        cursor.execute(f"DO $$ BEGIN CREATE ROLE {ROL}; EXCEPTION WHEN {al_gemaakt} THEN NULL; END $$")
        cursor.execute(RECHTEN)
    echt = connections["publiek"]
    _ECHT.append(echt)
    _deel_publiek()  # de eerste toets is al voorbij pytest_runtest_setup
    yield
    with django_db_blocker.unblock():
        echt.close()


@pytest.fixture(scope="session")
def gedeeld(django_db_setup: None, django_db_blocker: Any) -> Iterator[Gedeeld]:
    """Leen een wereld die meer bestanden delen."""
    gedeeld = Gedeeld(django_db_blocker)
    _GEDEELD.append(gedeeld)
    yield gedeeld
    gedeeld.sluit()


@pytest.fixture(scope="session")
def live_server(live_server: Any) -> Iterator[Any]:
    """Geef de echte server; een browser bewaart vaste bestanden, zoals in productie (daar met hun hash in de naam)."""
    geef = handlers.serve

    def bewaarbaar(*args: Any, **kwargs: Any) -> Any:
        antwoord = geef(*args, **kwargs)
        antwoord["Cache-Control"] = "max-age=3600"
        return antwoord

    with mock.patch.object(handlers, "serve", bewaarbaar):
        yield live_server


@pytest.fixture(autouse=True)
def _bladzijden_vergeten() -> None:
    """Een teruggedraaide toets kan dezelfde stand achterlaten; begin elke toets zonder bewaarde bladzijden."""
    BEWARING.wis()
