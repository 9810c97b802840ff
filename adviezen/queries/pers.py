"""Wat een journalist onder embargo leest, en of dat nu kan."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.enums import TextChoices

from adviezen.enums import Stap
from adviezen.models import Perslezer
from kern.tijd import nu

if TYPE_CHECKING:
    from adviezen.models import Adviestraject
    from toegang.models import Gebruiker


class Persstand(TextChoices):
    """Of een journalist nu leest: nog niet vrijgegeven, eerst beloven, onder embargo, voorbij, of ingetrokken."""

    WACHT = "wacht", "nog niet vrijgegeven"
    BELOVEN = "beloven", "eerst het embargo aanvaarden"
    OPEN = "open", "te lezen onder embargo"
    VOORBIJ = "voorbij", "embargo voorbij"
    INGETROKKEN = "ingetrokken", "het advies is ingetrokken"


@dataclass(frozen=True)
class Perslezing:
    """Een advies op de lijst van een journalist, hoe het ervoor staat, en tot wanneer het embargo duurt."""

    lezer: Perslezer
    stand: Persstand
    embargo_tot: datetime | None


def stand_van(lezer: Perslezer) -> Persstand:
    """Geef of deze journalist nu leest.

    Vrijgegeven is een advies als er een embargo is en een tweede persoon de aanbieding bevestigde; wie daarna iets
    wijzigt haalt die bevestiging weg, en dan leest niemand tot er opnieuw bevestigd is.
    """
    if any(intrekking.geldt for intrekking in lezer.traject.intrekkingen.all()):
        return Persstand.INGETROKKEN
    aanbieding = getattr(lezer.traject, "aanbieding", None)
    embargo = aanbieding.embargo_tot if aanbieding is not None else None
    bevestigd = aanbieding is not None and aanbieding.bevestigd_op is not None
    if embargo is None and lezer.traject.stap == Stap.AANGEBODEN:  # zonder embargo aangeboden: na de wachttijd openbaar
        wacht_tot = lezer.traject.herroepbaar_tot
        return Persstand.VOORBIJ if wacht_tot is None or wacht_tot <= nu() else Persstand.WACHT
    if not bevestigd or embargo is None or lezer.traject.stap not in (Stap.AANBIEDING, Stap.AANGEBODEN):
        return Persstand.WACHT
    if embargo <= nu():
        return Persstand.VOORBIJ if lezer.traject.stap == Stap.AANGEBODEN else Persstand.WACHT
    return Persstand.OPEN if lezer.embargo_aanvaard_op is not None else Persstand.BELOVEN


def perslezingen(gebruiker: "Gebruiker") -> list[Perslezing]:
    """Geef wat deze journalist mag of mocht lezen, het nieuwste eerst; wat gestopt is staat er niet bij."""
    return [perslezing(lezer) for lezer in _lezers().filter(gebruiker=gebruiker).order_by("-pk")]


def perslezing(lezer: Perslezer) -> Perslezing:
    """Geef één rij van die lijst."""
    aanbieding = getattr(lezer.traject, "aanbieding", None)
    return Perslezing(lezer, stand_van(lezer), aanbieding.embargo_tot if aanbieding is not None else None)


def eigen(gebruiker: "Gebruiker", pk: int) -> Perslezer | None:
    """Geef de toelating van deze journalist, of None als zij niet de zijne is of gestopt is."""
    return _lezers().filter(gebruiker=gebruiker, pk=pk).first()


def van_traject(traject: "Adviestraject") -> QuerySet[Perslezer]:
    """Geef alle journalisten bij een advies, ook wie gestopt is."""
    return Perslezer.objects.filter(traject=traject).select_related("gebruiker", "toegelaten_door", "gestopt_door")


def met_stand(traject: "Adviestraject") -> list[tuple[Perslezer, Persstand]]:
    """Geef elke journalist bij een advies met wat hij nu kan; van wie gestopt is zegt de rij zelf dat."""
    prefetch_related_objects([traject], "intrekkingen")
    lezers = list(van_traject(traject))
    for lezer in lezers:
        lezer.traject = traject
    return [(lezer, stand_van(lezer)) for lezer in lezers]


def _lezers() -> QuerySet[Perslezer]:
    lezers = Perslezer.objects.filter(gestopt_op__isnull=True)
    return lezers.select_related("gebruiker", "traject__aanbieding", "traject__advies").prefetch_related(
        "traject__intrekkingen"
    )
