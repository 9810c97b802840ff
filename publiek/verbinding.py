"""De verbinding `publiek`: alleen lezen, onder een rol die niets anders ziet dan het schema `publiek`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import Any

from django.db import Error, InterfaceError, OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse

from publiek.migraties import ROL

ALIAS = "publiek"
# Zoekvragen zijn kort; compileren kost meer dan het oplevert, en niets mag een werker lang vasthouden. De planner die
# een zoekwoord kent, kiest bij een gewoon woord een volle lezing van uitgepakte vectoren: één plan voor alle dus.
INSTELLINGEN = (
    "SET default_transaction_read_only = on; SET default_transaction_isolation = 'repeatable read'; "
    "SET jit = off; SET plan_cache_mode = force_generic_plan; SET statement_timeout = '10s'; "
    "SET idle_in_transaction_session_timeout = '60s'"
)
BEGIN = "BEGIN; SELECT publiek.stand_nu()"
STAND = "_stand_van_de_leestransactie"


def bij_verbinden(sender: Any, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Zet een nieuwe verbinding van `publiek` op alleen lezen en onder de rol ser_publiek.

    Ook wie met een ruimere rol inlogt (één DATABASE_URL voor alles) leest zo niets anders dan het schema.
    """
    if connection.alias != ALIAS:
        return
    with connection.cursor() as cursor:
        cursor.execute(INSTELLINGEN)
        cursor.execute("SELECT session_user = %s, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [ROL, ROL])
        is_rol, bestaat = cursor.fetchone()
        if not is_rol and bestaat:
            cursor.execute(f"SET ROLE {ROL}")


def gedeeld() -> bool:
    """Of `publiek` en `default` in een toets dezelfde verbinding delen (TEST MIRROR)."""
    return connections[ALIAS] is connections["default"]


@contextmanager
def leestransactie() -> Iterator[None]:
    """Lees alles in dit blok op één moment en onder de rol ser_publiek.

    Eén moment is dat van de eerste zoekvraag (repeatable read): wordt intussen gepubliceerd of ingetrokken, dan is de
    bladzijde heel van ervoor. Alleen lezen botst nooit, dus er valt niets over te doen. Een blok binnen een ander hoort
    bij dat andere. In een TestCase is er maar één verbinding; dan geldt de rol alleen binnen dit blok.
    """
    verbinding = connections[ALIAS]
    if gedeeld():
        with transaction.atomic(using=ALIAS), verbinding.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROL}")
            yield
            cursor.execute("SET LOCAL ROLE NONE")
    elif getattr(verbinding, STAND, None):
        yield
    else:
        setattr(verbinding, STAND, _begin(verbinding))
        try:
            yield
        except BaseException:
            with suppress(Error):
                _doe(verbinding, "ROLLBACK")
            raise
        else:
            _doe(verbinding, "COMMIT")
        finally:
            setattr(verbinding, STAND, None)


def stand_nu(cursor: Any) -> str:
    """Geef de stand van deze leestransactie; daarbuiten, en in een toets, die van nu."""
    if stand := getattr(connections[ALIAS], STAND, None):
        return str(stand)
    cursor.execute("SELECT publiek.stand_nu()")
    return str(cursor.fetchone()[0])


def _begin(verbinding: BaseDatabaseWrapper) -> str:
    """Begin de transactie en lees de stand, in één keer heen en weer; geef de stand.

    Django doet er drie keer over: kijken of de verbinding nog leeft, beginnen, en dan pas vragen. Elke keer wacht de
    een op de ander, en dat kost meer dan wat er gevraagd wordt. Leeft de verbinding niet meer, dan lukt dit niet en
    begint het op een nieuwe: er is nog niets gelezen.
    """
    verbinding.health_check_done = True  # type: ignore[attr-defined]
    try:
        return _doe(verbinding, BEGIN)
    except (OperationalError, InterfaceError):
        verbinding.close()
        return _doe(verbinding, BEGIN)


def _doe(verbinding: BaseDatabaseWrapper, opdracht: str) -> str:
    with verbinding.cursor() as cursor:
        cursor.execute(opdracht)
        return str(cursor.fetchone()[0]) if opdracht == BEGIN and cursor.nextset() else ""


def leest_openbaar(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Laat een view, tot en met het sjabloon, binnen één leestransactie lopen."""

    @wraps(view)
    def binnen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with leestransactie():
            return view(request, *args, **kwargs)

    return binnen
