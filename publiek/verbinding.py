"""De verbinding `publiek`: alleen lezen, onder een rol die niets anders ziet dan het schema `publiek`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db import connections, transaction
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
    bladzijde heel van ervoor. Alleen lezen botst nooit, dus er valt niets over te doen. In een TestCase is er maar één
    verbinding; dan geldt de rol alleen binnen dit blok.
    """
    verbinding = connections[ALIAS]
    with transaction.atomic(using=ALIAS):
        if not gedeeld():
            yield
            return
        with verbinding.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROL}")
        yield
        with verbinding.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")


def leest_openbaar(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Laat een view, tot en met het sjabloon, binnen één leestransactie lopen."""

    @wraps(view)
    def binnen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with leestransactie():
            return view(request, *args, **kwargs)

    return binnen
