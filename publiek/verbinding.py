"""De verbinding `publiek`: alleen lezen, onder een rol die niets anders ziet dan het schema `publiek`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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


@dataclass
class Lezing:
    """Een leestransactie die loopt. `vooruit` is de rij van de vraag die met het begin meeging, als die er was."""

    cursor: Any
    vooruit: tuple[Any, ...] | None = None
    eigen: BaseDatabaseWrapper | None = None  # de verbinding waarop dit blok zelf begon, tot het gesloten is

    def laatste(self, opdracht: str, waarden: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Doe de laatste zoekvraag van dit blok en sluit meteen: één keer heen en weer. Geeft de rijen.

        Daarna hoort het blok niets meer te lezen; alleen wat geen tabel raakt past nog bij hetzelfde moment.
        """
        self.cursor.execute(f"{opdracht}; COMMIT" if self.eigen else opdracht, waarden)
        self._los()
        return list(self.cursor.fetchall())

    def sluit(self, opdracht: str) -> None:
        """Doe COMMIT of ROLLBACK, als dat nog niet gebeurd is."""
        if self.eigen:
            try:
                self.cursor.execute(opdracht)
            finally:
                self._los()

    def _los(self) -> None:
        if self.eigen:
            setattr(self.eigen, STAND, None)
            self.eigen = None


@contextmanager
def leestransactie(eerst: tuple[str, Sequence[Any]] | None = None) -> Iterator[Lezing]:
    """Lees alles in dit blok op één moment en onder de rol ser_publiek. `eerst` is een vraag (met waarden) van één rij.

    Eén moment is dat van de eerste zoekvraag (repeatable read): wordt intussen gepubliceerd of ingetrokken, dan is de
    bladzijde heel van ervoor. Alleen lezen botst nooit, dus er valt niets over te doen. Een blok binnen een ander hoort
    bij dat andere. In een TestCase is er maar één verbinding; dan geldt de rol alleen binnen dit blok.
    """
    verbinding = connections[ALIAS]
    if gedeeld():
        with transaction.atomic(using=ALIAS), verbinding.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROL}")
            yield Lezing(cursor, _vraag(cursor, eerst))
            cursor.execute("SET LOCAL ROLE NONE")
    elif getattr(verbinding, STAND, None):
        with verbinding.cursor() as cursor:
            yield Lezing(cursor, _vraag(cursor, eerst))
    else:
        lezing = _begin(verbinding, eerst)
        try:
            yield lezing
        except BaseException:
            with suppress(Error):
                lezing.sluit("ROLLBACK")
            raise
        else:
            lezing.sluit("COMMIT")
        finally:
            lezing.cursor.close()


def _vraag(cursor: Any, eerst: tuple[str, Sequence[Any]] | None) -> tuple[Any, ...] | None:
    if eerst is None:
        return None
    cursor.execute(*eerst)
    rij: tuple[Any, ...] = cursor.fetchone()
    return rij


def stand_nu(cursor: Any) -> str:
    """Geef de stand van deze leestransactie; daarbuiten, en in een toets, die van nu."""
    if stand := getattr(connections[ALIAS], STAND, None):
        return str(stand)
    cursor.execute("SELECT publiek.stand_nu()")
    return str(cursor.fetchone()[0])


def _begin(verbinding: BaseDatabaseWrapper, eerst: tuple[str, Sequence[Any]] | None) -> Lezing:
    """Begin de transactie, lees de stand en stel de eerste vraag, in één keer heen en weer.

    Django doet er drie keer over: kijken of de verbinding nog leeft, beginnen, en dan pas vragen. Elke keer wacht de
    een op de ander, en dat kost meer dan wat er gevraagd wordt. Leeft de verbinding niet meer, dan lukt dit niet en
    begint het op een nieuwe: er is nog niets gelezen.
    """
    verbinding.health_check_done = True  # type: ignore[attr-defined]
    try:
        return _open(verbinding, eerst)
    except (OperationalError, InterfaceError):
        if verbinding.connection is not None and not verbinding.connection.closed:
            raise
        verbinding.close()
        return _open(verbinding, eerst)


def _open(verbinding: BaseDatabaseWrapper, eerst: tuple[str, Sequence[Any]] | None) -> Lezing:
    vraag, waarden = eerst or ("", ())
    lezing = Lezing(verbinding.cursor(), None, verbinding)
    try:
        lezing.cursor.execute(f"{BEGIN}; {vraag}" if vraag else BEGIN, waarden or None)
        lezing.cursor.nextset()
        setattr(verbinding, STAND, str(lezing.cursor.fetchone()[0]))
        if vraag:
            lezing.cursor.nextset()
            lezing.vooruit = lezing.cursor.fetchone()
    except BaseException:
        with suppress(Error):
            lezing.sluit("ROLLBACK")
        raise
    return lezing


def leest_openbaar(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Laat een view, tot en met het sjabloon, binnen één leestransactie lopen."""

    @wraps(view)
    def binnen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with leestransactie():
            return view(request, *args, **kwargs)

    return binnen
