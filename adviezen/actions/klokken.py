"""De termijnen van een traject: van de aanvraag, van het aangeboden advies (kabinet, evaluaties), en wie ze bewaakt."""

from datetime import date
from typing import TYPE_CHECKING, Any

from adviezen.models import Advies, Adviestraject
from termijnen.actions import begin_opnieuw, draag_termijn_over, laat_vervallen, open_termijn
from termijnen.models import Termijn
from termijnen.regels import EVALUATIEJAREN

if TYPE_CHECKING:
    from toegang.models import Gebruiker

NA_VASTSTELLEN = ("aanbieding", "publicatie")
NA_AANBIEDEN = ("kabinetsreactie", *(f"evaluatie_{jaren}" for jaren in EVALUATIEJAREN))


def schuif_adviestermijn(traject: Adviestraject, basis: date, *, reden: str, door: "Gebruiker") -> None:
    """Laat de adviestermijn van de dag van de brief, `basis`, tot die van het traject lopen; zonder dag vervalt zij."""
    lopend = Termijn.objects.van(traject).filter(soort="adviestermijn").lopend().first()
    klok: dict[str, Any] = {
        "object": traject, "basis": basis, "vervalt_op": traject.adviestermijn, "eigenaar": traject.secretaris,
    }  # fmt: skip
    if lopend is not None and traject.adviestermijn is None:
        laat_vervallen(termijn=lopend, reden="De aanvraag noemt geen adviestermijn.", door=door)
    elif lopend is not None:
        begin_opnieuw(termijn=lopend, reden=reden, door=door, **klok)
    elif traject.adviestermijn is not None:
        open_termijn(soort="adviestermijn", door=door, **klok)


def schuif_bevestiging(traject: Adviestraject, ontvangen_op: date, *, reden: str, door: "Gebruiker") -> None:
    """Laat de week om te bevestigen tellen vanaf de verbeterde dag, als zij nog loopt."""
    lopend = Termijn.objects.van(traject).filter(soort="ontvangstbevestiging").lopend().first()
    if lopend is not None:
        begin_opnieuw(
            termijn=lopend, object=traject, basis=ontvangen_op, reden=reden, door=door, eigenaar=traject.secretaris
        )


def schuif_na_vaststelling(traject: Adviestraject, dag: date, *, reden: str, door: "Gebruiker") -> None:
    """Laat de tijd om aan te bieden en openbaar te maken tellen vanaf de verbeterde dag, als zij nog loopt."""
    for termijn in Termijn.objects.van(traject).lopend().filter(soort__in=NA_VASTSTELLEN):
        begin_opnieuw(termijn=termijn, object=traject, basis=dag, reden=reden, door=door, eigenaar=traject.secretaris)


def open_klokken(advies: Advies, dag: date, *, eigenaar: "Gebruiker", door: "Gebruiker") -> None:
    """Laat de termijnen lopen van een advies dat op `dag` is aangeboden; een verkenning krijgt er geen."""
    for soort in NA_AANBIEDEN if advies.heeft_klok else ():
        open_termijn(soort=soort, object=advies, basis=dag, door=door, eigenaar=eigenaar)


def _na_aanbieden(advies: Advies) -> list[Termijn]:
    """Geef wat na het aanbieden loopt, met het advies op slot: eerst het advies, dan zijn termijnen.

    Zo doet ook wie een kabinetsreactie vastlegt het; anders wachten die twee op elkaar.
    """
    Advies.objects.select_for_update(no_key=True, of=("self",)).get(pk=advies.pk)
    return list(Termijn.objects.van(advies).filter(soort__in=NA_AANBIEDEN).lopend())


def laat_klokken_vervallen(advies: Advies, *, reden: str, door: "Gebruiker | None") -> list[str]:
    """Laat wat na het aanbieden loopt vervallen, en geef de soorten die liepen."""
    lopend = _na_aanbieden(advies)
    for termijn in lopend:
        laat_vervallen(termijn=termijn, reden=reden, door=door)
    return [termijn.soort for termijn in lopend]


def verzet_klokken(advies: Advies, dag: date, *, reden: str, eigenaar: "Gebruiker", door: "Gebruiker") -> None:
    """Reken wat nog loopt opnieuw vanaf `dag`; wat al voldaan is, blijft voldaan, en wat stilstaat blijft stilstaan."""
    for termijn in _na_aanbieden(advies):
        begin_opnieuw(termijn=termijn, object=advies, basis=dag, reden=reden, door=door, eigenaar=eigenaar)


def draag_klokken_over(traject: Adviestraject, *, van: "Gebruiker", naar: "Gebruiker", door: "Gebruiker") -> None:
    """Laat `naar` bewaken wat `van` bij dit traject bewaakte: van het traject, zijn rondes en zijn advies."""
    for object in [traject, *traject.beraden.all(), *Advies.objects.filter(traject=traject)]:
        for termijn in Termijn.objects.van(object).lopend().filter(eigenaar=van):
            draag_termijn_over(termijn=termijn, naar=naar, door=door, reden="Het traject is overgedragen.")
