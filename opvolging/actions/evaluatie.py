"""Vastleggen wat een advies uitwerkte, en de evaluaties plannen van een advies dat ze nog niet heeft."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen.models import Advies
from kern.fouten import InvoerFout
from kern.tijd import datum_nl, vandaag
from logboek.actions import leg_vast
from opvolging.actions.aanbeveling import eis_recht, vaste_velden
from opvolging.enums import TUSSENTIJDS, Uitwerking
from opvolging.models import Evaluatie
from opvolging.models.evaluatie import MOMENTEN
from opvolging.queries.evaluatie import begindag, kan_vanaf, te_plannen
from termijnen.actions import open_termijn, voldoe
from termijnen.models import Termijn

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@transaction.atomic
def leg_evaluatie_vast(
    *,
    advies: Advies,
    na_jaren: int,
    uitwerking: str,
    bevindingen: str,
    door: "Gebruiker",
    per: date | None = None,
    groepen: str = "",
    geraadpleegd: str = "",
    lessen: str = "",
    gezien: int | None = None,
) -> Evaluatie:
    """Leg vast wat er op dag `per` (standaard vandaag) van het beoogde kwam, en geef de evaluatie.

    De termijn van dat moment is daarmee voldaan. `gezien` is de evaluatie die op het scherm stond (pk of None); is
    er van dit moment een andere, dan wordt geweigerd. Werpt InvoerFout bij het veld, en GeenToegang.
    """
    eis_recht(advies, door)
    dag = per or vandaag()
    if na_jaren not in MOMENTEN:
        raise InvoerFout("na_jaren", "Kies na hoeveel jaar, of tussentijds.")
    if uitwerking not in Uitwerking.values:
        raise InvoerFout("uitwerking", "Kies of bereikt is wat het advies wilde.")
    if not bevindingen.strip():
        raise InvoerFout("bevindingen", "Schrijf wat er veranderde; het komt op de openbare bladzijde.")
    basis = begindag(advies)
    if dag > vandaag():
        raise InvoerFout("per", "De dag ligt in de toekomst.")
    if basis is not None and dag < basis:
        raise InvoerFout("per", f"Het advies is van {datum_nl(basis)}.")
    if na_jaren != TUSSENTIJDS:
        _keur_moment(basis, na_jaren, dag)
    oud = jongste(advies, na_jaren)
    if oud is not None and oud.pk != gezien:
        raise InvoerFout("", "Een ander legde intussen deze evaluatie vast. Lees die eerst; uw tekst staat er nog.")
    rij = Evaluatie.objects.create(
        advies=advies,
        na_jaren=na_jaren,
        per=dag,
        uitwerking=uitwerking,
        bevindingen=bevindingen.strip(),
        groepen=groepen.strip(),
        geraadpleegd=geraadpleegd.strip(),
        lessen=lessen.strip(),
        **vaste_velden(advies, door, oud),
    )
    for termijn in Termijn.objects.van(advies).filter(soort=f"evaluatie_{na_jaren}").lopend():
        voldoe(termijn=termijn, door=door)
    leg_vast(
        soort="opvolging.leg_evaluatie_vast",
        object=advies,
        door=door,
        gegevens={"evaluatie": rij.pk, "na_jaren": na_jaren, "uitwerking": uitwerking},
    )
    return rij


def jongste(advies: Advies, na_jaren: int) -> Evaluatie | None:
    """Geef de geldende evaluatie van dit moment; tussentijdse vervangen elkaar niet, dus dan None."""
    if na_jaren == TUSSENTIJDS:
        return None
    return Evaluatie.objects.filter(advies=advies, na_jaren=na_jaren).order_by("-pk").first()


def _keur_moment(basis: date | None, na_jaren: int, dag: date) -> None:
    if basis is None:
        raise InvoerFout("na_jaren", "Van dit advies is de dag niet bekend. Kies tussentijds.")
    vroegst = kan_vanaf(basis, na_jaren)
    if dag < vroegst:
        raise InvoerFout(
            "na_jaren", f"De evaluatie na {na_jaren} jaar kan vanaf {datum_nl(vroegst)}. Kies tussentijds."
        )


@transaction.atomic
def plan_evaluaties(*, advies: Advies, door: "Gebruiker") -> list[Termijn]:
    """Open de evaluaties die nog komen, van een advies dat ze niet heeft (archief), en geef de nieuwe termijnen.

    Wat al voorbij is, wordt niet ingehaald. Werpt InvoerFout zonder dag of als er niets te plannen is, en GeenToegang.
    """
    eis_recht(advies, door)
    basis = begindag(advies)
    if basis is None:
        raise InvoerFout("", "Van dit advies is de dag niet bekend; er valt niets te rekenen.")
    soorten = te_plannen(advies)
    if not soorten:
        raise InvoerFout("", "Er valt niets te plannen: de vijf jaar zijn voorbij, of alles staat al gepland.")
    return [open_termijn(soort=soort, object=advies, basis=basis, door=door) for soort in soorten]
