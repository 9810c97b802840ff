"""Een jaarverslag beginnen, zijn inleiding schrijven, de PDF vragen, en vastleggen dat het is aangeboden."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import vandaag
from logboek.actions import leg_vast
from opvolging import permissions
from opvolging.jaartekst import als_docx, als_html
from opvolging.models import Jaarverslag
from opvolging.queries.jaarverslag import hoofdstukken
from stukken.actions import kenmerk_van, vraag_pdf
from termijnen.actions import open_termijn, voldoe
from termijnen.queries import laatste

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
def bied_jaarverslag_aan(*, verslag: Jaarverslag, versie: int, op: date, door: "Gebruiker") -> Jaarverslag:
    """Leg vast dat het jaarverslag naar de ministers ging, met wat erin stond; de termijn is voldaan.

    Werpt InvoerFout en GeenToegang.
    """
    rij = _open(verslag, versie, door)
    if not date(rij.jaar, 12, 31) < op <= vandaag():
        raise InvoerFout("op", f"Kies een dag na {rij.jaar} en niet in de toekomst.")
    rij.inhoud = [asdict(hoofdstuk) for hoofdstuk in hoofdstukken(rij)]
    rij.aangeboden_op = op
    termijn = laatste(rij, SOORT)
    if termijn is not None and termijn.loopt:
        voldoe(termijn=termijn, door=door, op=op)
    return _bewaar(rij, "bied_jaarverslag_aan", door)


def vraag_jaarpdf(*, verslag: Jaarverslag, door: "Gebruiker") -> "PdfOpdracht":
    """Vraag de PDF: van een concept zoals de records nu zijn, van een aangeboden verslag zoals het ging."""
    return vraag_pdf(naam=f"jaarverslag-{verslag.jaar}.pdf", door=door, **_inhoud(verslag))


def jaarpdf_van_nu(verslag: Jaarverslag) -> str:
    """Geef het kenmerk van de PDF met de records en de inleiding van nu."""
    return kenmerk_van(**_inhoud(verslag))


def _inhoud(verslag: Jaarverslag) -> dict[str, Any]:
    return {
        "soort": SOORT,
        "sleutel": sleutel_van(verslag),
        "html": als_html(hoofdstukken(verslag)),
        "titel": f"Jaarverslag {verslag.jaar}",
        "voorbeeld": verslag.voorbeeld,
        "vorm": "doorlopend",
        "inhoudsopgave": False,
        "soort_naam": "Jaarverslag, concept" if verslag.aangeboden_op is None else "Jaarverslag",
    }


def als_word(verslag: Jaarverslag) -> bytes:
    """Geef het concept als Word-document."""
    merk = "VOORBEELD: verzonnen gegevens uit de voorbeeldwereld." if verslag.voorbeeld else ""
    return als_docx(f"Jaarverslag {verslag.jaar}", hoofdstukken(verslag), merk=merk)


def sleutel_van(verslag: Jaarverslag) -> str:
    """Geef de sleutel van de PDF."""
    return f"jaarverslag:{verslag.jaar}"


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
