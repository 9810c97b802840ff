"""Het dossier van één advies na het aanbieden: wat het scherm van het secretariaat toont."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from adviezen.models import Advies
from adviezen.openbaar import klok_van
from kern.componenten import Klok
from kern.tijd import vandaag
from opvolging import permissions
from opvolging.models import Herinneringsbrief, Kabinetsreactie, Klokvrijgave, Toezegging
from opvolging.queries.aanbeveling import Opvolging, opvolging_van
from opvolging.queries.reactie import ontvangen
from opvolging.termijnsoorten import NAAM
from termijnen.klok import klok
from termijnen.models import Termijn
from termijnen.queries import laatste

if TYPE_CHECKING:
    from opvolging.queries.reactie import Ontvangen
    from toegang.models import Gebruiker


@dataclass(frozen=True)
class Dossier:
    """Klok, brieven over en weer, en de aanbevelingen met hun opvolging."""

    advies: Advies
    termijn: Termijn | None
    klok: Klok | None
    reacties: "Sequence[tuple[Ontvangen, str]]"
    toezeggingen: Sequence[Toezegging]
    brieven: Sequence[Herinneringsbrief]
    vrijgave: Klokvrijgave | None
    aanbevelingen: Sequence[Opvolging]
    mag_vrijgeven: bool
    archiefklok: "dict[str, Any] | None" = None

    @property
    def verstreken(self) -> bool:
        """Of de afgesproken dag voorbij is zonder dat de termijn is afgesloten."""
        return self.termijn is not None and self.termijn.status == "open" and self.termijn.vervalt_op < vandaag()

    @property
    def geldig(self) -> bool:
        """Of er een brief ligt waaruit antwoorden te halen zijn."""
        return any(regel.reactie.ingetrokken_op is None for regel, _ in self.reacties)

    @property
    def vrij(self) -> bool:
        """Of openbaar gezegd mag worden dat er nog niets kwam."""
        return self.vrijgave is not None and self.vrijgave.vrij


def dossier(advies: Advies, gebruiker: "Gebruiker") -> Dossier:
    """Geef het dossier van `advies`, in een vast aantal zoekvragen."""
    termijn = laatste(advies, NAAM)
    reacties = list(
        Kabinetsreactie.objects.zichtbaar_voor(gebruiker)
        .filter(adviezen=advies)
        .prefetch_related("adviezen", "deels")
        .order_by("datum", "pk")
    )
    regels = ontvangen(reacties)
    hoe = [next(oordeel for a, oordeel in regel.adviezen if a.pk == advies.pk) for regel in regels]
    return Dossier(
        advies=advies,
        termijn=termijn,
        klok=klok(termijn, vandaag()) if termijn is not None else None,
        reacties=list(zip(regels, hoe, strict=True)),
        toezeggingen=list(advies.toezeggingen.all()),
        brieven=list(Herinneringsbrief.objects.zichtbaar_voor(gebruiker).filter(advies=advies)),
        vrijgave=advies.klokvrijgaven.order_by("-pk").first(),
        aanbevelingen=opvolging_van(list(advies.aanbevelingen.select_related("advies").prefetch_related("aan"))),
        mag_vrijgeven=permissions.mag_vrijgeven(gebruiker),
        archiefklok=_archiefklok(advies) if {"op_tijd", "later"} & set(hoe) and termijn is None else None,
    )


def _archiefklok(advies: Advies) -> dict[str, Any] | None:
    """Geef de som van een archiefadvies waarvan beide datums bekend zijn, met `vervalt_op` als dag."""
    som = klok_van(advies)
    return som | {"vervalt_op": date.fromisoformat(som["vervalt_op"])} if som is not None else None
