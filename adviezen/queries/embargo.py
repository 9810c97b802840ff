"""Wat er binnenkort openbaar wordt, en wat daarvoor nog ontbreekt."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q

from adviezen.enums import Stap
from adviezen.models import Aanbieding, Adviestraject, Persbericht, Perslezer
from adviezen.queries.pers import Persstand, stand_van
from kern.tijd import nu
from publicatie.models import Publicatie


@dataclass(frozen=True)
class Balieregel:
    """Een advies op de balie: wanneer het openbaar wordt (leeg: nog niet aangeboden), en wat nog ontbreekt."""

    traject: Adviestraject
    aanbieding: Aanbieding | None
    persbericht: Persbericht | None
    openbaar_vanaf: datetime | None
    ontbreekt: list[str] = field(default_factory=list)
    lezers: list[tuple[Perslezer, Persstand]] = field(default_factory=list)


def loopt_embargo(traject: Adviestraject) -> bool:
    """Geef of dit advies is aangeboden en nog onder embargo staat."""
    if traject.stap != Stap.AANGEBODEN:
        return False
    return Aanbieding.objects.filter(traject=traject, embargo_tot__gt=nu()).exists()


def balie(gebruiker: Any) -> list[Balieregel]:
    """Geef de adviezen in stap 8 en die onder embargo, die deze gebruiker mag zien; het eerste dat komt bovenaan."""
    straks = {
        p.sleutel: p.vanaf
        for p in Publicatie.objects.filter(Q(tot__isnull=True), soort="advies", vanaf__gt=nu()).only("sleutel", "vanaf")
    }
    wachtend = [int(s.rpartition("t-")[2]) for s in straks if s.rpartition("t-")[2].isdigit()]
    trajecten = (
        Adviestraject.objects.zichtbaar_voor(gebruiker)
        .filter(Q(stap=Stap.AANBIEDING) | Q(pk__in=wachtend))
        .select_related("aanbieding", "persbericht", "secretaris")
        .prefetch_related(
            "intrekkingen",
            Prefetch("perslezers", Perslezer.objects.filter(gestopt_op__isnull=True).select_related("gebruiker")),
        )
    )
    regels = [_regel(t, straks.get(f"advies:t-{t.pk}")) for t in trajecten]
    ver = datetime.max.replace(tzinfo=nu().tzinfo)
    regels.sort(
        key=lambda r: (r.openbaar_vanaf or (r.aanbieding and r.aanbieding.embargo_tot) or ver, r.traject.kenmerk)
    )
    return regels


def _regel(traject: Adviestraject, vanaf: datetime | None) -> Balieregel:
    aanbieding = getattr(traject, "aanbieding", None)
    pers = getattr(traject, "persbericht", None)
    ontbreekt = []
    if pers is None:
        ontbreekt.append("persbericht en woordvoerder")
    if vanaf is None:
        if aanbieding is None or aanbieding.klaargezet_op is None:
            ontbreekt.append("klaarzetten")
        elif aanbieding.bevestigd_op is None:
            ontbreekt.append("bevestigen door een ander")
        else:
            ontbreekt.append("aanbieden")
    lezers = list(traject.perslezers.all())
    for lezer in lezers:
        lezer.traject = traject
    return Balieregel(traject, aanbieding, pers, vanaf, ontbreekt, [(lezer, stand_van(lezer)) for lezer in lezers])
