"""Waarom ziet deze persoon dit wel of niet: uitgelegd met dezelfde code die het beslist, zonder iets van de inhoud.

Het oordeel komt van de poort van de route en van `zichtbaar_voor` van het stuk. De reden is een proef: met telkens één
hoedanigheid van deze persoon, en zonder één, wordt dezelfde vraag gesteld. Zo kan de uitleg niet van de regel afwijken.
"""

from __future__ import annotations

import copy
import inspect
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.urls import Resolver404, ResolverMatch, resolve

from adviezen.models import Adviesaanvraag, Adviestraject, Opmerking, Versie
from commissies.models import Commissie
from kern.fouten import InvoerFout
from kern.tijd import vandaag
from opvolging.models import Herinneringsbrief, Jaarverslag, Kabinetsreactie
from raad.enums import Geleding
from raad.models import Organisatie
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import Hoedanigheid, hoedanigheden
from vergaderingen.models import Agendapunt, Stemronde, Vergadering

# (naamruimte van de route, deel van het adres) -> (model, veld waarop het zoekt); "*" is elke naam.
STUKKEN: dict[tuple[str, str, str], tuple[Any, str]] = {
    ("vergaderingen", "*", "pk"): (Vergadering, "pk"),
    ("vergaderingen", "*", "punt"): (Agendapunt, "pk"),
    ("vergaderingen", "*", "ronde"): (Stemronde, "pk"),
    ("vergaderingen_lezen", "*", "pk"): (Vergadering, "pk"),
    ("vergaderingen_lezen", "*", "punt"): (Agendapunt, "pk"),
    ("vergaderingen_lezen", "*", "ronde"): (Stemronde, "pk"),
    ("adviezen", "*", "slug"): (Adviestraject, "slug"),
    ("organisatie", "*", "slug"): (Adviestraject, "slug"),
    ("lezen", "aanvraag", "slug"): (Adviesaanvraag, "traject__slug"),
    ("lezen", "aanvraagbrief", "slug"): (Adviesaanvraag, "traject__slug"),
    ("lezen", "antwoord", "pk"): (Opmerking, "pk"),
    ("lezen", "afdoen", "pk"): (Opmerking, "pk"),
    ("lezen", "*", "pk"): (Versie, "pk"),
    ("lezen", "*", "oud"): (Versie, "pk"),
    ("lezen", "*", "nieuw"): (Versie, "pk"),
    ("lezen", "*", "slug"): (Adviestraject, "slug"),
    ("opvolging", "reactie", "pk"): (Kabinetsreactie, "pk"),
    ("opvolging", "bestand", "pk"): (Kabinetsreactie, "pk"),
    ("opvolging", "brief", "pk"): (Herinneringsbrief, "pk"),
    ("opvolging", "*", "jaar"): (Jaarverslag, "jaar"),
}
COMMISSIEROLLEN = (
    Rol.COMMISSIEVOORZITTER, Rol.COMMISSIELID, Rol.COMMISSIE_PLAATSVERVANGER, Rol.ADVISEREND_LID,
    Rol.MINISTERIEEL_VERTEGENWOORDIGER, Rol.WAARNEMER,
)  # fmt: skip


@dataclass(frozen=True)
class Poort:
    """Eén deur op de weg naar een bladzijde: mag deze persoon erdoor, waardoor, en wie anders wel."""

    naam: str
    open: bool
    door: tuple[str, ...] = ()
    anderen: tuple[str, ...] = ()
    regel: str = ""


@dataclass(frozen=True)
class Uitleg:
    """Het hele antwoord. `stukken` zijn soort en nummer van wat achter het adres zit, nooit een titel of tekst."""

    route: str
    rollen: tuple[str, ...]
    poorten: tuple[Poort, ...]
    stukken: tuple[str, ...]

    @property
    def ziet(self) -> bool:
        """Geef of deze persoon de bladzijde kan openen."""
        return all(poort.open for poort in self.poorten)


def leg_uit(wie: Gebruiker, adres: str) -> Uitleg:
    """Geef waarom deze persoon dit adres vandaag wel of niet opent. Werpt InvoerFout("adres") bij een vreemd adres."""
    gevonden = _vind(adres)
    eigen = sorted(hoedanigheden(wie), key=lambda h: (h.rol.label, h.orgaan))
    namen = _Namen()
    poorten = [_route(gevonden, wie, eigen, namen)]
    stukken = []
    for model, veld, waarde in _stukken(gevonden):
        naam = f"{model._meta.verbose_name} {waarde if veld == 'pk' else ''}".strip()
        stukken.append(f"{model._meta.label_lower}:{waarde}")
        poorten.append(_stuk(model, {veld: waarde}, naam, wie, eigen, namen))
    return Uitleg(gevonden.view_name, tuple(namen.noem(h) for h in eigen), tuple(poorten), tuple(stukken))


def stukken_bij(adres: str) -> list[models.Model]:
    """Geef de stukken achter een adres, zoals zij bestaan. Werpt InvoerFout("adres") bij een vreemd adres."""
    rijen = [model._base_manager.filter(**{veld: waarde}).first() for model, veld, waarde in _stukken(_vind(adres))]
    return [rij for rij in rijen if rij is not None]


def _vind(adres: str) -> ResolverMatch:
    try:
        delen = urlsplit(adres.strip())
        gevonden = resolve(delen.path or "/")
    except (Resolver404, ValueError) as fout:  # ValueError: wat geen adres is, zoals "http://[ser"
        raise InvoerFout("adres", _vreemd(adres)) from fout
    if delen.hostname and delen.hostname not in _eigen_hosts():
        raise InvoerFout("adres", _vreemd(adres))
    return gevonden


def _eigen_hosts() -> set[str]:
    """Geef onder welke namen dit portaal te bereiken is; op de eigen machine ook zonder naam."""
    return {urlsplit(settings.PORTAL_ADRES).hostname or "", *settings.ALLOWED_HOSTS, "localhost", "127.0.0.1"}


def _vreemd(adres: str) -> str:
    """Zeg wat er aan dit adres niet klopt."""
    tekst = adres.strip()
    if "://" in tekst and not tekst.startswith(tuple(f"{s}://{h}" for s in ("http", "https") for h in _eigen_hosts())):
        return "Dit is geen adres van dit portaal."
    if "://" not in tekst and not tekst.startswith("/"):
        return "Begin met een schuine streep, of plak het hele adres uit de browser."
    return "Dit adres bestaat niet in het portaal. Kijk of het goed is overgenomen."


def _stukken(gevonden: ResolverMatch) -> Iterator[tuple[Any, str, Any]]:
    ruimte, naam = gevonden.namespace, gevonden.url_name or ""
    for deel, waarde in gevonden.kwargs.items():
        wat = STUKKEN.get((ruimte, naam, deel)) or STUKKEN.get((ruimte, "*", deel))
        if wat:
            yield wat[0], wat[1], waarde


def _route(gevonden: ResolverMatch, wie: Gebruiker, eigen: list[Hoedanigheid], namen: _Namen) -> Poort:
    eis = gevonden.func.toegang  # type: ignore[attr-defined]
    if eis.soort in ("publiek", "open"):
        return Poort("De bladzijde", True, ("openbaar: voor iedereen",))
    if not wie.is_active:
        return Poort("De bladzijde", False, regel="Dit account is gesloten.")
    if eis.soort == "ingelogd":
        return Poort("De bladzijde", True, ("voor iedereen met een account",))
    door = tuple(namen.noem(h) for h in eigen if h.rol in eis.rollen)
    anderen = tuple(sorted(rol.label for rol in eis.rollen))
    return Poort("De bladzijde", bool(door), door, () if door else anderen, "Alleen voor deze rollen.")


def _stuk(
    model: Any, zoek: dict[str, Any], naam: str, wie: Gebruiker, eigen: list[Hoedanigheid], namen: _Namen
) -> Poort:
    rij = model._base_manager.filter(**zoek).first()
    naam = naam[:1].upper() + naam[1:]
    if rij is None:
        return Poort(naam, False, regel="Dit stuk bestaat niet; iedereen leest dat deze bladzijde er niet is.")
    ziet = _ziet(model, rij, wie)
    regel = _regel(model)
    if ziet:
        door = [namen.noem(h) for h in eigen if _ziet(model, rij, als(wie, {h}, zelf=False))]
        if _ziet(model, rij, als(wie, (), zelf=False)):
            door = ["openbaar voor ieder met een account"]
        elif not door:
            door = ["op eigen naam: als schrijver, aanwezige, contactpersoon of meelezer"]
            door += [f"samen: {namen.noem(h)}" for h in eigen if not _ziet(model, rij, als(wie, set(eigen) - {h}))]
        return Poort(naam, True, tuple(door), regel=regel)
    anderen = [h for h in _kandidaten(rij) if _ziet(model, rij, als(wie, {h}, zelf=False))]
    return Poort(naam, False, anderen=namen.samen(anderen), regel=regel)


def _ziet(model: Any, rij: models.Model, wie: Gebruiker) -> bool:
    return bool(model.objects.zichtbaar_voor(wie).filter(pk=rij.pk).exists())


def als(wie: Gebruiker, rollen: Iterable[Hoedanigheid], *, zelf: bool = True) -> Gebruiker:
    """Geef een denkbeeldige lezer met alleen deze hoedanigheden; zonder `zelf` is het niet deze persoon."""
    ander = copy.copy(wie)
    if not zelf:
        ander.pk = 0
    ander.is_active = True
    ander.__dict__["_hoedanigheden"] = {vandaag(): frozenset(rollen)}
    return ander


def _kandidaten(rij: models.Model) -> list[Hoedanigheid]:
    """Wie dit stuk zou kunnen zien: elke rol, en bij een commissie, geleding of organisatie die van dit stuk."""
    commissie = None
    for eigenaar in (rij, getattr(rij, "traject", None), getattr(rij, "vergadering", None), _punt(rij)):
        commissie = commissie or getattr(eigenaar, "commissie_id", None)
    uit = [Hoedanigheid(rol) for rol in Rol if rol not in COMMISSIEROLLEN and rol != Rol.OUD_LID]
    if commissie:
        uit += [Hoedanigheid(rol, f"commissie:{commissie}") for rol in COMMISSIEROLLEN]
    uit.append(Hoedanigheid(Rol.MINISTERIEEL_VERTEGENWOORDIGER, "raad"))
    uit += [Hoedanigheid(Rol.PLAATSVERVANGER, f"geleding:{g}") for g in Geleding.values]
    for pk in Organisatie.objects.exclude(geleding=None).values_list("pk", flat=True):
        uit += [Hoedanigheid(rol, f"organisatie:{pk}") for rol in (Rol.RAADSLID, Rol.ORGANISATIECOORDINATOR)]
    return uit


def _punt(rij: models.Model) -> models.Model | None:
    punt = getattr(rij, "agendapunt", None)
    return getattr(punt, "vergadering", None)


def _regel(model: Any) -> str:
    """Geef de regel in de woorden van de code zelf: het commentaar bij wat de zichtbaarheid bepaalt."""
    soort = type(model.objects.all())
    eerste = (inspect.getdoc(soort) or "").split("\n\n")[0]
    if eerste.startswith("Zie `"):
        bron = getattr(sys.modules[soort.__module__], eerste.split("`")[1], None)
        return (inspect.getdoc(bron) or eerste).replace("\n", " ")
    eigen = soort.__dict__.get("zichtbaar_voor")
    tekst = (inspect.getdoc(eigen) or eerste) if eigen else eerste
    return tekst.replace("\n\n", " ").replace("\n", " ")


class _Namen:
    """Zet "commissie:12" om in de naam van die commissie; elke naam één keer opgezocht."""

    def __init__(self) -> None:
        self._bekend: dict[str, str] = {}

    def noem(self, h: Hoedanigheid) -> str:
        """Geef een hoedanigheid in woorden: "raadslid (geleding werknemers)"."""
        if not h.orgaan:
            return h.rol.label
        return f"{h.rol.label} ({self._naam(h.orgaan)})"

    def samen(self, rij: Iterable[Hoedanigheid]) -> tuple[str, ...]:
        """Geef hoedanigheden per orgaan: "Commissie Arbeid: commissievoorzitter, commissielid"."""
        per: dict[str, list[str]] = {}
        for h in rij:
            per.setdefault(h.orgaan, []).append(h.rol.label)
        return tuple(
            ", ".join(dict.fromkeys(rollen)) if not orgaan else f"{self._naam(orgaan)}: {', '.join(rollen)}"
            for orgaan, rollen in per.items()
        )

    def _naam(self, orgaan: str) -> str:
        if orgaan not in self._bekend:
            self._bekend[orgaan] = self._zoek(orgaan)
        return self._bekend[orgaan]

    def _zoek(self, orgaan: str) -> str:
        soort, _, nummer = orgaan.partition(":")
        model: Any = {"commissie": Commissie, "organisatie": Organisatie}.get(soort)
        naam = model._base_manager.filter(pk=nummer).values_list("naam", flat=True).first() if model else None
        return naam or f"{soort} {nummer}".strip()
