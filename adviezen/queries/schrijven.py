"""Wat een schrijver moet weten tijdens het schrijven: wie er nog meer bezig is, en of er een nieuwere versie is."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict

from kern.blokken import munt
from kern.html import schoon
from kern.tijd import moment_nl, nu
from kern.vergelijk import Samen, Vergelijking, vergelijk, voeg_samen

if TYPE_CHECKING:
    from adviezen.models import Adviestraject, Versie
    from toegang.models import Gebruiker

# De bewerker bewaart drie seconden na elke toets; wie zo lang stil is, schrijft nu niet.
BEZIG = timedelta(minutes=5)


class Medeschrijver(TypedDict):
    """Een ander met een schrijfstand: `bezig` als die de laatste vijf minuten nog bewaard is."""

    naam: str
    bewaard: str
    bezig: bool


class Nieuwer(TypedDict):
    """De nieuwste versie, als zij niet die is waarop iemand voortbouwt."""

    pk: int
    naam: str
    door: str


def medeschrijvers(traject: "Adviestraject", gebruiker: "Gebruiker") -> list[Medeschrijver]:
    """Geef wie ook tekst van dit traject open heeft, de laatste eerst; nooit de tekst zelf."""
    rijen = traject.schrijfstanden.exclude(auteur=gebruiker).exclude(html="").select_related("auteur")
    grens = nu() - BEZIG
    return [
        {"naam": rij.auteur.naam, "bewaard": moment_nl(rij.bewaard_op), "bezig": rij.bewaard_op >= grens}
        for rij in rijen.defer("html").order_by("-bewaard_op")
    ]


def nieuwere_versie(traject: "Adviestraject", basis: int | None) -> Nieuwer | None:
    """Geef de laatste versie als die niet `basis` (pk) is; None als de schrijver bij is."""
    laatste = traject.versies.defer("html").last()
    if laatste is None or laatste.pk == basis:
        return None
    return {"pk": laatste.pk, "naam": str(laatste), "door": laatste.auteur_naam}


@dataclass(frozen=True)
class Botsing:
    """Twee mensen schreven verder aan dezelfde versie.

    `verschil` gaat van de nieuwste versie naar de eigen tekst, `van_hen` van de basis naar de nieuwste versie. `samen`
    is het voorstel met beider wijzigingen, None als de basis niet bekend is.
    """

    ander: "Versie"
    basis: "Versie | None"
    verschil: Vergelijking
    van_hen: Vergelijking | None = None
    samen: Samen | None = None


def botsing(traject: "Adviestraject", basis: int | None, eigen: str) -> Botsing | None:
    """Geef wat er botst tussen de eigen, onbewaarde tekst en de nieuwste versie; None als de schrijver bij is."""
    ander = traject.versies.last()
    if ander is None or ander.pk == basis or not eigen.strip():
        return None
    verschil = vergelijk(ander.html, munt(schoon(eigen), ander.html))
    oud = traject.versies.filter(pk=basis).first() if basis is not None else None
    if oud is None:
        return Botsing(ander, None, verschil)
    samen = voeg_samen(oud.html, ander.html, munt(schoon(eigen), oud.html))
    return Botsing(ander, oud, verschil, vergelijk(oud.html, ander.html), samen)
