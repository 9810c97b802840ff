"""Wat een waarnemer of een adviserend lid van de commissie nu van een traject leest."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adviezen.models import Adviesaanvraag, Adviestraject, Reactie, Versie
from adviezen.queries.lezen import adres
from toegang.enums import Rol
from toegang.rollen import Hoedanigheid
from werkplek.queries_waarom import als

if TYPE_CHECKING:
    from toegang.models import Gebruiker

LEZERS = {
    "waarnemer": ("Waarnemer", "een waarnemer in de commissie", Rol.WAARNEMER),
    "adviserend": ("Adviserend lid", "een adviserend lid van de commissie", Rol.ADVISEREND_LID),
}


@dataclass(frozen=True)
class Stukregel:
    """Een stuk van het traject, of deze lezer het leest, en waar het secretariaat het zelf opent."""

    naam: str
    leest: bool
    adres: str = ""


def _lezer(traject: Adviestraject, keuze: str, door: "Gebruiker") -> Any:
    rol = LEZERS[keuze][2]
    rollen = {Hoedanigheid(rol, f"commissie:{traject.commissie_id}")} if traject.commissie_id else set()
    return als(door, rollen, zelf=False)


def nieuwste_tekst_voor(traject: Adviestraject, keuze: str, door: "Gebruiker") -> Versie | None:
    """Geef de nieuwste versie die deze denkbeeldige lezer opent, of None als hij geen tekst leest."""
    rijen = Versie.objects.zichtbaar_voor(_lezer(traject, keuze, door)).filter(traject=traject)
    return rijen.order_by("-aangemaakt_op", "-pk").first()


def stukken_voor(traject: Adviestraject, keuze: str, door: "Gebruiker") -> list[Stukregel]:
    """Geef van elk stuk of deze lezer het nu leest, met dezelfde zichtbaarheid als die lezer zelf heeft.

    De lezer is denkbeeldig: hij heeft alleen die rol in de commissie van dit traject. Zonder commissie leest hij niets
    wat niet openbaar is.
    """
    lezer = _lezer(traject, keuze, door)
    leest = set(Versie.objects.zichtbaar_voor(lezer).filter(traject=traject).values_list("pk", flat=True))
    uit = []
    aanvraag = Adviesaanvraag.objects.filter(traject=traject).first()
    if aanvraag is not None:
        mag = Adviesaanvraag.objects.zichtbaar_voor(lezer).filter(pk=aanvraag.pk).exists()
        uit.append(Stukregel("Adviesaanvraag", mag, f"/werk/trajecten/{traject.slug}/"))
    uit += [
        Stukregel(str(v).capitalize(), v.pk in leest, adres(v))
        for v in Versie.objects.filter(traject=traject).defer("html").order_by("aangemaakt_op", "pk")
    ]
    ingediend = Reactie.objects.zichtbaar_voor(door).filter(deelname__beraad__traject=traject)
    if aantal := ingediend.count():
        zichtbaar = Reactie.objects.zichtbaar_voor(lezer).filter(deelname__beraad__traject=traject).count()
        uit.append(Stukregel(f"Reacties uit het achterbanberaad ({zichtbaar} van {aantal})", zichtbaar > 0))
    if hasattr(traject, "persbericht"):
        uit.append(Stukregel("Persbericht", False))  # vóór het openbaar is: alleen het secretariaat en toegelaten pers
    return uit
