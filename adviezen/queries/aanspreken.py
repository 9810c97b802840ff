"""Wie er over een traject of een ronde aangesproken wordt: nu, en niet toen het begon."""

from typing import TYPE_CHECKING

from kern.tijd import vandaag
from raad.queries import coordinatoren
from toegang.enums import VAN_ORGANISATIE, Rol
from toegang.models import Gebruiker
from toegang.rollen import heeft

if TYPE_CHECKING:
    from adviezen.models import Adviestraject, Deelname


def behandelaars(traject: "Adviestraject") -> list[Gebruiker]:
    """Geef de behandelend secretaris, en de waarnemer als die er is: wie waarneemt, hoort hetzelfde."""
    return [g for g in (traject.secretaris, traject.waarnemer) if g is not None]


def wie_behandelt(traject: "Adviestraject") -> list[Gebruiker]:
    """Geef van de behandelaars wie nog een werkend account heeft; is er geen, dan de algemeen secretaris.

    Zoals bij een termijn: er is altijd iemand die het werk krijgt.
    """
    return [g for g in behandelaars(traject) if g.is_active] or met_rol(Rol.ALGEMEEN_SECRETARIS)


def werkt_er(deelname: "Deelname", gebruiker: Gebruiker) -> bool:
    """Geef of iemand nu coördinator, lid of plaatsvervanger namens deze organisatie is."""
    return heeft(gebruiker, *VAN_ORGANISATIE, orgaan=f"organisatie:{deelname.organisatie_id}")


def aanspreekpunten(deelname: "Deelname") -> list[Gebruiker]:
    """Geef wie de reactie bij deze organisatie regelt: de contactpersoon van de ronde.

    Werkt die er niet meer (geen account, of geen coördinator of lid van deze organisatie), dan haar coördinatoren van
    vandaag. Zonder contactpersoon, of als er niemand meer is, leeg: wie vertrok, leest niet meer mee.
    """
    contact = deelname.contact
    if contact is None:
        return []
    if werkt_er(deelname, contact):
        return [contact]
    return list(coordinatoren(deelname.organisatie, vandaag()))


def met_rol(rol: Rol) -> list[Gebruiker]:
    """Geef wie deze stafrol heeft en een werkend account."""
    return list(Gebruiker.objects.filter(is_active=True, groups__name=str(rol)).distinct())


def raadssecretarissen() -> list[Gebruiker]:
    """Geef wie de agenda van de raad maakt; is die er niet, dan de algemeen secretaris."""
    return met_rol(Rol.RAADSSECRETARIS) or met_rol(Rol.ALGEMEEN_SECRETARIS)
