"""Wat een schrijver moet weten tijdens het schrijven: wie er nog meer bezig is, en of er een nieuwere versie is."""

from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict

from kern.blokken import munt
from kern.html import schoon
from kern.tijd import moment_nl, nu
from kern.vergelijk import Vergelijking, vergelijk

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


def met_eigen_tekst(ander: "Versie", eigen: str) -> Vergelijking:
    """Vergelijk de nieuwste versie van een ander met de eigen, nog niet bewaarde tekst."""
    return vergelijk(ander.html, munt(schoon(eigen), ander.html))
