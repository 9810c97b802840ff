"""Welke verzoeken de ronde doet, en waarom niet meer.

- De poort zelf, voor elke route, elke rol en elke methode (`poort`): zij beslist vóór de view en zonder object.
- GET van elke route als elke rol die langs de poort komt, met elk echt object; van wie niet door de poort komt doen er
  vier het ook echt. Wie er niet bij mag hoort dezelfde 404 als bij niets.
- Per route elk niet bestaand object, als zes rollen.
- De andere methoden bij elke route allemaal, verdeeld over vier rollen: elke rol doet er twee, bij elke route andere.
  De poort zelf is voor elke rol en methode al gevraagd.
- POST leeg als wie langs de poort komt, met en zonder csrf; met onzin in elk veld als wie ook bij het object komt.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from unittest import mock

from django.http import Http404, HttpRequest
from django.test import override_settings
from django.urls import resolve

from tests.matrix import objecten, routes
from tests.matrix.ronde import Antwoord, Bezoek, Bezoeker
from tests.matrix.routes import Route
from tests.matrix.wereld import ANONIEM, STAF, Toneel
from toegang.poort import Poort

METHODEN = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
NERGENS = "/werk/bestaat-niet/nergens/"
VELD = re.compile(rb'name="([\w-]+)"')
VRAGEN = ("q", "jaar", "thema", "soort", "commissie", "op", "pagina", "page", "volgorde")
ONZIN = ("²", "nul\x00teken", "<script>alert(1)</script>", "-1", "9" * 30, "2026-02-31", "é" * 3000)
# De poort staat los van de view; wie POST doet moet ook als deze rollen een nette weigering krijgen.
POSTEND = ("buitenstaander", "commissielid", "coördinator", "secretaris", "raadssecretaris")
ONZINNIG = ("raadssecretaris", "coördinator")
GEWEIGERD = ("buitenstaander", "commissielid", "beheerder", "oud-lid")
# Ieder van het secretariaat ziet elk dossier: één van hen bezoekt alle objecten, de anderen het eerste.
EERSTE_OBJECT = STAF[1:]
ANDERE = (ANONIEM, "buitenstaander", "commissielid", "secretaris")
OVERIG = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


@dataclass
class Ronde:
    """De feiten: per route en rol de bezoeken, en wat er bij niets hoort."""

    routes: list[Route]
    rollen: list[str]
    niets: dict[tuple[str, str], Antwoord] = field(default_factory=dict)
    echt: dict[tuple[str, str], list[Bezoek]] = field(default_factory=lambda: defaultdict(list))
    onecht: dict[tuple[str, str], list[Bezoek]] = field(default_factory=lambda: defaultdict(list))
    overig: dict[tuple[str, str], list[Bezoek]] = field(default_factory=lambda: defaultdict(list))
    posten: dict[tuple[str, str], list[Bezoek]] = field(default_factory=lambda: defaultdict(list))
    zonder_csrf: dict[tuple[str, str], list[Bezoek]] = field(default_factory=lambda: defaultdict(list))
    poort: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def alle(self) -> Iterable[tuple[Route, Bezoek]]:
        """Geef elk bezoek met zijn route."""
        op_naam = {r.naam: r for r in self.routes}
        for groep in (self.echt, self.onecht, self.overig, self.posten, self.zonder_csrf):
            for (naam, _), lijst in groep.items():
                for bezoek in lijst:
                    yield op_naam[naam], bezoek


def echte_objecten(toneel: Toneel, route: Route) -> list[dict[str, Any]]:
    """Geef de parameters van de echte objecten van een route; zonder parameters één lege."""
    if not route.velden:
        return [{}]
    assert route.naam in objecten.OBJECTEN, routes.ontbreekt(route)
    uit = objecten.OBJECTEN[route.naam](toneel)
    assert uit, f"{route.naam}: het register gaf geen enkel object"
    return uit


_route_van = lru_cache(maxsize=8)(resolve)


def vraag_de_poort(route: Route, pad: str, methode: str, gebruiker: Any) -> str:
    """Geef wat de poort zelf zegt: "door", "inloggen", "niets" of "alleen lezen"."""
    verzoek = HttpRequest()
    verzoek.method, verzoek.path = methode, pad
    verzoek.user = gebruiker
    verzoek.META["HTTP_HOST"] = "testserver"  # wie uitgelogd iets verstuurt: kwam dat van een eigen bladzijde?
    gevonden = _route_van(pad)
    try:
        antwoord = Poort(lambda r: None).process_view(verzoek, gevonden.func, gevonden.args, gevonden.kwargs)  # type: ignore[arg-type, return-value]
    except Http404:
        return "niets"
    if antwoord is None:
        return "door"
    return {302: "inloggen", 405: "alleen lezen"}.get(antwoord.status_code, str(antwoord.status_code))


def loop(toneel: Toneel) -> Ronde:
    """Loop alle routes langs."""
    logging.disable(logging.CRITICAL)
    bezoeker = Bezoeker(toneel.rollen)
    ronde = Ronde(list(routes.alle()), list(toneel.rollen))
    for route in ronde.routes:  # wat niet in het register staat: meteen stoppen
        echte_objecten(toneel, route)
    try:
        with (
            bezoeker.op_rij(),
            override_settings(ACCOUNT_RATE_LIMITS=False),
            mock.patch("publiek.planning.maak_adviespdf.apply_async", return_value=None),
            mock.patch("publiek.planning.maak_archiefpdf.apply_async", return_value=None),
        ):
            for rol in toneel.rollen:
                for methode in METHODEN:
                    if methode == "GET" or rol in ANDERE:
                        ronde.niets[rol, methode] = bezoeker.bezoek(rol, methode, NERGENS).antwoord
            for route in ronde.routes:
                _een_route(ronde, toneel, bezoeker, route)
    finally:
        bezoeker.klaar()
        logging.disable(logging.NOTSET)
    return ronde


def _een_route(ronde: Ronde, toneel: Toneel, bezoeker: Bezoeker, route: Route) -> None:
    from django.contrib.auth.models import AnonymousUser

    objecten_ = echte_objecten(toneel, route)
    paden = [route.adres(kwargs) for kwargs in objecten_]
    onechte = [route.adres(k) for k in routes.niet_bestaand(route, objecten_[0])] if route.velden else []
    for rol, gebruiker in toneel.rollen.items():
        plek = (route.naam, rol)
        door = True
        for methode in METHODEN:
            zegt = vraag_de_poort(route, paden[0], methode, gebruiker or AnonymousUser())
            ronde.poort[route.naam, rol, methode] = zegt
            door = door and (methode != "GET" or zegt == "door")
        if route.openbaar:
            _openbaar(ronde, bezoeker, route, rol, paden, onechte)
            continue
        if not door and rol not in (ANONIEM, *GEWEIGERD):
            continue  # de poort zei het al (ronde.poort); vier anderen krijgen de weigering ook echt te zien
        for pad in paden if door and rol not in EERSTE_OBJECT else paden[:1]:
            ronde.echt[plek].append(bezoeker.bezoek(rol, "GET", pad))
        if door and rol in (*GEWEIGERD, "secretaris", "coördinator"):
            for pad in onechte:
                ronde.onecht[plek].append(bezoeker.bezoek(rol, "GET", pad))
        if rol in ANDERE:
            for methode in _methoden(ronde, route, rol):
                ronde.overig[plek].append(bezoeker.bezoek(rol, methode, paden[0]))
            if not door:
                ronde.overig[plek].append(bezoeker.bezoek(rol, "POST", paden[0]))
        if door and rol not in POSTEND and all(b.antwoord.status == 405 for b in ronde.echt[plek]):
            # alleen POST: dan zegt alleen een lege POST of iemand bij het object kan
            ronde.posten[plek] += [bezoeker.bezoek(rol, "POST", pad) for pad in paden]
        if door and rol in POSTEND:
            _post(ronde, bezoeker, route, rol, paden, onechte)


def _methoden(ronde: Ronde, route: Route, rol: str) -> tuple[str, ...]:
    """Geef met welke andere methoden deze rol deze route bezoekt; de vier rollen samen doen ze alle zes."""
    begin = ronde.routes.index(route) + 2 * ANDERE.index(rol)
    return OVERIG[begin % len(OVERIG)], OVERIG[(begin + 1) % len(OVERIG)]


def _openbaar(ronde: Ronde, bezoeker: Bezoeker, route: Route, rol: str, paden: list[str], onechte: list[str]) -> None:
    """Openbaar: als twee rollen echt gemaakt (zonder bewaring), als de andere uit de bewaring."""
    plek = (route.naam, rol)
    echt = rol in (ANONIEM, "commissielid")
    for pad in paden if echt else paden[:1]:
        ronde.echt[plek].append(bezoeker.bezoek(rol, "GET", pad, bewaring=not echt))
    if echt:
        for pad in onechte:
            ronde.onecht[plek].append(bezoeker.bezoek(rol, "GET", pad))
    if rol in ANDERE:
        for methode in (*_methoden(ronde, route, rol), "POST"):
            ronde.overig[plek].append(bezoeker.bezoek(rol, methode, paden[0]))
    if rol == ANONIEM:
        for onzin in ONZIN:
            vraag = dict.fromkeys(VRAGEN, onzin)
            ronde.overig[plek].append(bezoeker.bezoek(rol, "GET", paden[0], vraag))


def _post(ronde: Ronde, bezoeker: Bezoeker, route: Route, rol: str, paden: list[str], onechte: list[str]) -> None:
    plek = (route.naam, rol)
    for pad in paden:
        ronde.posten[plek].append(bezoeker.bezoek(rol, "POST", pad))
    if rol not in ONZINNIG:
        return
    for pad in onechte:
        ronde.onecht[plek].append(bezoeker.bezoek(rol, "POST", pad))
    ronde.zonder_csrf[plek].append(bezoeker.bezoek(rol, "POST", paden[0], strikt=True))
    if ronde.posten[plek][0].antwoord.status == 404:
        return  # wie niet bij het object komt, komt ook met onzin niet bij een veld
    gezien = ronde.echt[plek][0]
    velden = {naam.decode() for naam in VELD.findall(gezien.antwoord.inhoud)} - {"viewport", "robots", "htmx-config"}
    velden |= {"versie", "reden", "pk", "volgorde", "handeling"}
    for begin in range(3):  # elk veld krijgt drie soorten onzin, elk verzoek van alles wat
        data = {veld: ONZIN[(plaats + 2 * begin) % len(ONZIN)] for plaats, veld in enumerate(sorted(velden))}
        ronde.posten[plek].append(bezoeker.bezoek(rol, "POST", paden[0], data))
