"""De termijnen die met het aanbieden beginnen (drie maanden voor het kabinet, evaluaties), en wie ze bewaakt."""

from datetime import date
from typing import TYPE_CHECKING

from adviezen.models import Advies, Adviestraject
from termijnen.actions import draag_termijn_over, laat_vervallen, open_termijn
from termijnen.models import Termijn
from termijnen.regels import EVALUATIEJAREN

if TYPE_CHECKING:
    from toegang.models import Gebruiker

NA_AANBIEDEN = ("kabinetsreactie", *(f"evaluatie_{jaren}" for jaren in EVALUATIEJAREN))


def open_klokken(advies: Advies, dag: date, *, eigenaar: "Gebruiker", door: "Gebruiker") -> None:
    """Laat de termijnen lopen van een advies dat op `dag` is aangeboden; een verkenning krijgt er geen."""
    for soort in NA_AANBIEDEN if advies.heeft_klok else ():
        open_termijn(soort=soort, object=advies, basis=dag, door=door, eigenaar=eigenaar)


def laat_klokken_vervallen(advies: Advies, *, reden: str, door: "Gebruiker") -> list[str]:
    """Laat wat na het aanbieden loopt vervallen, en geef de soorten die liepen."""
    lopend = list(Termijn.objects.van(advies).filter(soort__in=NA_AANBIEDEN).lopend())
    for termijn in lopend:
        laat_vervallen(termijn=termijn, reden=reden, door=door)
    return [termijn.soort for termijn in lopend]


def verzet_klokken(advies: Advies, dag: date, *, reden: str, eigenaar: "Gebruiker", door: "Gebruiker") -> None:
    """Reken wat nog loopt opnieuw vanaf `dag`; wat al voldaan is, blijft voldaan."""
    for soort in laat_klokken_vervallen(advies, reden=reden, door=door):
        open_termijn(soort=soort, object=advies, basis=dag, door=door, eigenaar=eigenaar)


def draag_klokken_over(traject: Adviestraject, *, van: "Gebruiker", naar: "Gebruiker", door: "Gebruiker") -> None:
    """Laat `naar` bewaken wat `van` bij dit traject bewaakte: van het traject, zijn rondes en zijn advies."""
    for object in [traject, *traject.beraden.all(), *Advies.objects.filter(traject=traject)]:
        for termijn in Termijn.objects.van(object).lopend().filter(eigenaar=van):
            draag_termijn_over(termijn=termijn, naar=naar, door=door, reden="Het traject is overgedragen.")
