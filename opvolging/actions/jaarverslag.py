"""Een jaarverslag beginnen, zijn inleiding schrijven, de PDF vragen, en vastleggen dat het is aangeboden."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import datum_nl, vandaag
from logboek.actions import leg_vast
from opvolging import permissions
from opvolging.jaartekst import Hoofdstuk, als_docx, als_html
from opvolging.models import Jaarverslag
from opvolging.models.aanbeveling import na_wachttijd
from opvolging.policies import tekorten
from opvolging.queries.aanbieden import vaststellingen
from opvolging.queries.jaarverslag import hoofdstukken
from stukken.actions import kenmerk_van, vraag_pdf
from stukken.enums import PdfStatus
from termijnen.actions import heropen, open_termijn, voldoe
from termijnen.enums import Status
from termijnen.queries import laatste
from vergaderingen.models import Agendapunt

if TYPE_CHECKING:
    from stukken.models import PdfOpdracht
    from toegang.models import Gebruiker

SOORT = "jaarverslag"


@transaction.atomic
def begin_jaarverslag(*, jaar: int, door: "Gebruiker") -> Jaarverslag:
    """Begin het jaarverslag over `jaar` en open zijn termijn (vóór 1 april erna); bestaat het al, dan geeft dit het.

    Werpt InvoerFout bij een jaar dat nog moet beginnen, en GeenToegang.
    """
    if not permissions.mag_vastleggen(door):
        raise GeenToegang
    if not 1950 <= jaar <= vandaag().year:
        raise InvoerFout("jaar", f"Kies een jaar tot en met {vandaag().year}.")
    rij, nieuw = Jaarverslag.objects.get_or_create(
        jaar=jaar, defaults={"gemaakt_door": door, "voorbeeld": bool(settings.VOORBEELD)}
    )
    if nieuw:
        open_termijn(soort=SOORT, object=rij, basis=date(jaar, 12, 31), door=door)
        leg_vast(soort="opvolging.begin_jaarverslag", object=rij, door=door)
    return rij


@transaction.atomic
def schrijf_inleiding(*, verslag: Jaarverslag, versie: int, inleiding: str, door: "Gebruiker") -> Jaarverslag:
    """Bewaar de inleiding. Werpt InvoerFout als een ander intussen schreef of het verslag al is aangeboden."""
    rij = _open(verslag, versie, door)
    rij.inleiding = inleiding.replace("\r\n", "\n").strip()
    return _bewaar(rij, "schrijf_inleiding", door)


@transaction.atomic
def bied_jaarverslag_aan(
    *, verslag: Jaarverslag, versie: int, op: date, vastgesteld_bij: Agendapunt, door: "Gebruiker"
) -> Jaarverslag:
    """Leg vast dat het jaarverslag naar de ministers ging, met wat erin stond en de PDF van die tekst.

    De termijn is voldaan. Over tien minuten leest het publiek het; tot dan is het te herroepen. Werpt InvoerFout bij
    het veld als er iets ontbreekt (`tekorten`), de PDF van deze tekst er niet is of de dag niet kan, en GeenToegang.
    """
    rij = _open(verslag, versie, door)
    punten = vaststellingen(rij)
    ontbreekt = tekorten(rij, punten)
    if ontbreekt:
        raise InvoerFout("", ontbreekt[0].tekst)
    if vastgesteld_bij not in punten:
        raise InvoerFout("vastgesteld_bij", "Kies het punt waarbij de raad dit jaarverslag vaststelde.")
    dag = vastgesteld_bij.vergadering.datum
    if not date(rij.jaar, 12, 31) < op <= vandaag():
        raise InvoerFout("op", f"Kies een dag na {rij.jaar} en niet in de toekomst.")
    if dag is not None and op < dag:
        raise InvoerFout("op", f"De raad stelde het pas op {datum_nl(dag)} vast.")
    delen = hoofdstukken(rij)  # één keer: de PDF is van precies de tekst die vastligt
    opdracht = vraag_jaarpdf(verslag=rij, door=door, definitief=True, delen=delen)
    if opdracht.status != PdfStatus.KLAAR or opdracht.bestand is None:
        raise InvoerFout("", "De definitieve PDF van deze tekst is er nog niet. Maak haar, en bied dan aan.")
    rij.inhoud = [asdict(hoofdstuk) for hoofdstuk in delen]
    rij.aangeboden_op, rij.vastgesteld_bij, rij.pdf = op, vastgesteld_bij, opdracht.bestand
    rij.openbaar_vanaf = na_wachttijd()
    termijn = laatste(rij, SOORT)
    if termijn is not None and termijn.loopt:
        voldoe(termijn=termijn, door=door, op=op)
    return _bewaar(rij, "bied_jaarverslag_aan", door)


@transaction.atomic
def herroep_jaarverslag(*, verslag: Jaarverslag, versie: int, door: "Gebruiker") -> Jaarverslag:
    """Herroep het aanbieden zolang het publiek het niet leest: het is weer een concept en de termijn loopt weer.

    Werpt InvoerFout als de tien minuten voorbij zijn of een ander het wijzigde, en GeenToegang.
    """
    if not permissions.mag_vastleggen(door):
        raise GeenToegang
    rij = Jaarverslag.objects.select_for_update(of=("self",)).get(pk=verslag.pk)
    if rij.rijversie != versie:
        raise InvoerFout("", "Een ander wijzigde dit intussen. Lees het opnieuw.")
    if not rij.wacht:
        raise InvoerFout("", "Herroepen kan niet meer: het jaarverslag is openbaar, of het was niet aangeboden.")
    rij.aangeboden_op, rij.inhoud, rij.vastgesteld_bij, rij.pdf, rij.openbaar_vanaf = None, None, None, None, None
    termijn = laatste(rij, SOORT)
    if termijn is not None and termijn.status == Status.VOLDAAN:
        heropen(termijn=termijn, door=door, reden="Het aanbieden is herroepen.")
    return _bewaar(rij, "herroep_jaarverslag", door)


def vraag_jaarpdf(
    *, verslag: Jaarverslag, door: "Gebruiker", definitief: bool = False, delen: Sequence[Hoofdstuk] | None = None
) -> "PdfOpdracht":
    """Vraag de PDF: van een concept zoals de records nu zijn, van een aangeboden verslag zoals het ging.

    `definitief` is de PDF die naar de ministers gaat: dezelfde tekst, zonder het woord concept. `delen` voor wie de
    hoofdstukken al heeft.
    """
    inhoud = _inhoud(verslag, definitief, delen)
    return vraag_pdf(naam=f"jaarverslag-{verslag.jaar}.pdf", door=door, **inhoud)


def jaarpdf_van_nu(verslag: Jaarverslag, *, definitief: bool = False, delen: Sequence[Hoofdstuk] | None = None) -> str:
    """Geef het kenmerk van de PDF met de records en de inleiding van nu; `delen` voor wie de hoofdstukken al heeft."""
    return kenmerk_van(**_inhoud(verslag, definitief, delen))


def _inhoud(verslag: Jaarverslag, definitief: bool, delen: Sequence[Hoofdstuk] | None) -> dict[str, Any]:
    concept = verslag.aangeboden_op is None and not definitief
    return {
        "soort": SOORT,
        "sleutel": sleutel_van(verslag, definitief=definitief),
        "html": als_html(hoofdstukken(verslag) if delen is None else delen),
        "titel": f"Jaarverslag {verslag.jaar}",
        "voorbeeld": verslag.voorbeeld,
        "vorm": "doorlopend",
        "inhoudsopgave": False,
        "soort_naam": "Jaarverslag, concept" if concept else "Jaarverslag",
    }


def als_word(verslag: Jaarverslag) -> bytes:
    """Geef het concept als Word-document."""
    merk = "VOORBEELD: verzonnen gegevens uit de voorbeeldwereld." if verslag.voorbeeld else ""
    return als_docx(f"Jaarverslag {verslag.jaar}", hoofdstukken(verslag), merk=merk)


def sleutel_van(verslag: Jaarverslag, *, definitief: bool = False) -> str:
    """Geef de sleutel van de PDF; de definitieve heeft een eigen, zodat een concept haar nooit vervangt."""
    return f"jaarverslag:{verslag.jaar}{':definitief' if definitief else ''}"


def _open(verslag: Jaarverslag, versie: int, door: "Gebruiker") -> Jaarverslag:
    if not permissions.mag_vastleggen(door):
        raise GeenToegang
    rij = Jaarverslag.objects.select_for_update(of=("self",)).get(pk=verslag.pk)
    if rij.aangeboden_op is not None:
        raise InvoerFout("", "Dit jaarverslag is al aangeboden; er verandert niets meer aan.")
    if rij.rijversie != versie:
        raise InvoerFout("", "Een ander wijzigde dit intussen. Lees het opnieuw; uw tekst staat er nog.")
    return rij


def _bewaar(rij: Jaarverslag, daad: str, door: "Gebruiker") -> Jaarverslag:
    rij.rijversie += 1
    rij.save()
    leg_vast(soort=f"opvolging.{daad}", object=rij, door=door)
    return rij
