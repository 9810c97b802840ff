"""Het dossier van één advies na het aanbieden: wat het scherm van het secretariaat toont."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from adviezen.models import Advies, Adviesvrager, Geadresseerde
from adviezen.openbaar import klok_van
from kern.componenten import Klok
from kern.tijd import datum_nl, vandaag
from opvolging import permissions
from opvolging.models import Herinneringsbrief, Kabinetsreactie, Klokvrijgave, Toezegging
from opvolging.queries.aanbeveling import VAN_KABINET, Opvolging, opvolging_van
from opvolging.queries.reactie import ontvangen
from opvolging.termijnsoorten import NAAM, eerst_afgesproken
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
        toezeggingen=list(Toezegging.objects.geldig().filter(advies=advies)),
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


def bewindspersonen(advies: Advies) -> list[str]:
    """Geef wie om dit advies vroeg of in een aanbeveling genoemd is, voor zover van het kabinet; op naam."""
    vragers = Adviesvrager.objects.filter(aanvragen__traject=advies.traject_id) if advies.traject_id else ()
    namen = {v.naam for v in vragers if v.is_bewindspersoon}
    genoemd = Geadresseerde.objects.filter(aanbevelingen__advies=advies, soort__in=VAN_KABINET)
    namen |= set(genoemd.values_list("naam", flat=True))
    return sorted(namen)


def oude_dag(brief: Herinneringsbrief) -> str:
    """Geef een waarschuwing als er in de brief een dag staat die de termijn niet meer heeft; anders leeg."""
    termijn = laatste(brief.advies, NAAM)
    if termijn is None:
        return ""
    nu_geldig, eerst = (datum_nl(dag, weekdag=False) for dag in (termijn.vervalt_op, eerst_afgesproken(termijn)))
    dagen = termijn.wijzigingen.order_by("pk").values_list("oud_vervalt_op", "nieuw_vervalt_op")
    voorbij = {datum_nl(dag, weekdag=False) for paar in dagen for dag in paar} - {nu_geldig, eerst}
    # De eerst afgesproken dag mag erin staan, als de dag van nu er ook staat.
    oud = next((dag for dag in sorted(voorbij) if dag in brief.tekst), "")
    if not oud and eerst in brief.tekst and nu_geldig not in brief.tekst:
        oud = eerst
    return f"In de brief staat {oud}. De termijn loopt nu tot en met {nu_geldig}. Wijzig de tekst." if oud else ""
