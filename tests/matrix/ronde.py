"""De ronde langs alle routes: elk bezoek als een feit. De toetsen oordelen daarna over de feiten."""

import copy
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unittest import mock

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.http import HttpResponse
from django.http.cookie import SimpleCookie
from django.test import Client, override_settings
from django.test import client as testclient

from publiek.cache import BEWARING
from toegang import rollen, zitting
from toegang.models import Gebruiker
from toegang.rollen import Hoedanigheid

INLOG = "django.contrib.auth.backends.ModelBackend"
SCHRIJFT = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?([\w.]+)"?', re.I)
CSRF = re.compile(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": "|X-CSRFToken&quot;: &quot;)\w+')
BUITEN_DE_ROL = ("SAVEPOINT", "RELEASE", "ROLLBACK TO", "SET LOCAL ROLE")
LAAT_NIETS_NA = ("SELECT", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class Antwoord:
    """Een antwoord zonder wat per keer mag verschillen (de csrf-waarde); vergelijkbaar met ==."""

    status: int
    kop: tuple[tuple[str, str], ...]
    inhoud: bytes
    koekjes: tuple[str, ...]


@dataclass
class Bezoek:
    """Eén verzoek en wat het deed."""

    rol: str
    methode: str
    pad: str
    antwoord: Antwoord
    schreef: set[str] = field(default_factory=set)
    buiten_leesrol: list[str] = field(default_factory=list)
    fout: str = ""
    sjabloon: str = ""

    def __str__(self) -> str:
        return f"{self.methode} {self.pad} als {self.rol}: {self.antwoord.status}{' ' + self.fout if self.fout else ''}"


def schoon(antwoord: HttpResponse) -> Antwoord:
    """Geef het vergelijkbare deel van een antwoord."""
    inhoud = b"".join(antwoord.streaming_content) if antwoord.streaming else bytes(antwoord.content)  # type: ignore[attr-defined]
    inhoud = CSRF.sub(rb"\1", inhoud)
    # De lengte van de csrf-waarde is vast, dus Content-Length doet gewoon mee.
    # Tot wanneer nginx mag bewaren, verschilt per seconde; nginx geeft die regel niet door.
    kop = tuple(sorted((n.lower(), w) for n, w in antwoord.items() if n != "X-Accel-Expires"))
    return Antwoord(antwoord.status_code, kop, inhoud, tuple(sorted(antwoord.cookies)))


def _bewaar_eerste(bewaard: dict[str, Any], signal: Any, sender: Any, template: Any, context: Any, **_: Any) -> None:
    """Houd alleen het eerste sjabloon: de testclient bewaart een kopie van alles wat elk sjabloon kreeg."""
    bewaard.setdefault("templates", [template])


class Bezoeker:
    """Bezoekt adressen als elke rol; na elk bezoek is alles weer zoals het was."""

    def __init__(self, mensen: dict[str, Gebruiker | None]) -> None:
        # De sessie zit in het koekje zelf: dat scheelt bij elk van de duizenden verzoeken een zoekvraag.
        self._sessie = override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies")
        self._sessie.enable()
        self._schreef: set[str] = set()
        self._buiten: list[str] = []
        self._leesrol = self._raakte = False
        self._gebruikers: dict[int, Gebruiker | None] = {}
        self._hoedanigheden: dict[tuple[int, date], frozenset[Hoedanigheid]] = {}
        self._echte_rollen = rollen._uit_de_database
        self._echte_wie: Callable[[ModelBackend, int], Gebruiker | None] = ModelBackend.get_user
        self.client = Client(raise_request_exception=False)
        self.strikt = Client(raise_request_exception=False, enforce_csrf_checks=True)
        self.koekjes: dict[str, str] = {}
        for rol, gebruiker in mensen.items():
            if gebruiker is not None:
                inloggen = Client()
                inloggen.force_login(gebruiker, backend=INLOG)
                self.koekjes[rol] = inloggen.cookies[settings.SESSION_COOKIE_NAME].value
        got_request_exception.connect(self._onthoud)
        self._fout = self._savepoint = ""

    def _onthouden(self, gebruiker: Gebruiker, dag: date) -> frozenset[Hoedanigheid]:
        """Elk bezoek draait terug, dus niemands rollen veranderen: onthoud ze zolang dit verzoek niets schreef."""
        if self._schreef or not self._savepoint:
            return self._echte_rollen(gebruiker, dag)
        sleutel = (gebruiker.pk, dag)
        if sleutel not in self._hoedanigheden:
            self._hoedanigheden[sleutel] = self._echte_rollen(gebruiker, dag)
        return self._hoedanigheden[sleutel]

    def _wie(self, backend: ModelBackend, pk: int) -> Gebruiker | None:
        """Geef wie bij een sessie hoort: elk verzoek een eigen object, in de ronde zonder haar telkens op te zoeken."""
        if self._schreef or not self._savepoint:
            return self._echte_wie(backend, pk)
        if pk not in self._gebruikers:
            self._gebruikers[pk] = self._echte_wie(backend, pk)
        elif not self._leesrol:
            self._buiten.append("SELECT toegang_gebruiker")
        return copy.copy(self._gebruikers[pk])

    @contextmanager
    def _sneller(self) -> Iterator[None]:
        """Laat weg wat bij duizenden bezoeken tijd kost en hier niets bewijst."""
        with (
            mock.patch.object(rollen, "_uit_de_database", self._onthouden),
            mock.patch.object(ModelBackend, "get_user", lambda backend, pk: self._wie(backend, int(pk))),
            mock.patch.object(testclient, "store_rendered_templates", _bewaar_eerste),
            # Op een trage machine duurt de ronde langer dan een kwartier; dan kwam er halverwege een koekje bij.
            mock.patch.object(zitting, "STAP", 10**9),
        ):
            yield

    @contextmanager
    def op_rij(self) -> Iterator[None]:
        """Doe veel bezoeken na elkaar: elk draait terug naar hetzelfde savepoint in plaats van naar een eigen."""
        with transaction.atomic(), self._sneller():
            self._savepoint = connection.savepoint()
            try:
                yield
            finally:
                self._savepoint = ""
                transaction.set_rollback(True)

    @contextmanager
    def _terugdraaien(self) -> Iterator[None]:
        """Draai terug wat in dit blok geschreven wordt, ook na een databasefout."""
        if not self._savepoint:
            with transaction.atomic(), self._sneller():
                yield
                transaction.set_rollback(True)
            return
        uitgesteld = len(connection.run_on_commit)
        try:
            yield
        finally:
            if self._raakte or connection.needs_rollback:  # wie alleen las, liet niets na
                connection.needs_rollback = False
                connection.savepoint_rollback(self._savepoint)
            del connection.run_on_commit[uitgesteld:]

    def klaar(self) -> None:
        got_request_exception.disconnect(self._onthoud)
        self._sessie.disable()

    def _onthoud(self, **kw: Any) -> None:
        import sys
        import traceback

        soort, fout, plek = sys.exc_info()
        laatste = [r for r in traceback.extract_tb(plek) if "/site-packages/" not in r.filename][-1:]
        waar = "".join(f" in {r.filename[-40:]}:{r.lineno}" for r in laatste)
        self._fout = f"{soort.__name__ if soort else ''}: {str(fout)[:200]}{waar}"

    def bezoek(
        self, rol: str, methode: str, pad: str, data: Any = None, *, strikt: bool = False, bewaring: bool = False
    ) -> Bezoek:
        """Doe één verzoek in een eigen savepoint en draai het terug."""
        if not bewaring:
            BEWARING.wis()
        client = self.strikt if strikt else self.client
        client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: self.koekjes[rol]} if rol in self.koekjes else {})
        self._fout, self._schreef, self._buiten = "", set(), []
        self._leesrol = self._raakte = False
        with self._terugdraaien(), connection.execute_wrapper(self._kijk):
            if methode in {"GET", "HEAD"}:
                respons = getattr(client, methode.lower())(pad, data or {})
            elif methode == "POST":
                respons = client.post(pad, data or {})
            else:
                respons = client.generic(methode, pad)
            antwoord = schoon(respons)
            sjabloon = str(respons.templates[0].name) if respons.templates else ""
        return Bezoek(rol, methode, pad, antwoord, self._schreef, self._buiten, self._fout, sjabloon)

    def _kijk(self, voer_uit: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        tekst = str(sql)
        self._raakte = self._raakte or not tekst.startswith(LAAT_NIETS_NA)
        if gevonden := SCHRIJFT.match(tekst):
            self._schreef.add(gevonden[1])
        if "LOCAL ROLE" in tekst:
            self._leesrol = not tekst.endswith("NONE")
        elif not self._leesrol and not tekst.startswith(BUITEN_DE_ROL) and "publiek.stand" not in tekst:
            self._buiten.append(tekst[:160])
        try:
            return voer_uit(sql, params, many, context)
        except Exception:
            self._raakte = True
            raise
