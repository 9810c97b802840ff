"""Van termijn naar het onderdeel Klok."""

from datetime import date

from kern.componenten import Klok
from termijnen.enums import Status
from termijnen.models import Termijn
from termijnen.regels import REGELS

TOESTAND = {
    Status.OPEN: "loopt",
    Status.GEPAUZEERD: "gepauzeerd",
    Status.VOLDAAN: "voldaan",
    Status.VERVALLEN: "vervallen",
}


def klok(termijn: Termijn, vandaag: date) -> Klok:
    """Geef de klok van een termijn, met de som en de grond onder "waarom deze datum"."""
    som = termijn.uitleg
    waarom = [f"{som[:1].upper()}{som[1:]}."]
    if termijn.regel in REGELS:
        grond = REGELS[termijn.regel].grond
        waarom.append(f"Grond: {grond}.")
    return Klok(
        # een eigen termijn zegt zelf waarvoor zij is; de soort zegt dan niets
        naam=termijn.object_naam if termijn.soort == "eigen" else termijn.omschrijving,
        vervalt_op=termijn.vervalt_op,
        basis=termijn.basis if termijn.basis < termijn.vervalt_op else None,
        status=TOESTAND[Status(termijn.status)],
        voldaan_op=termijn.voldaan_op,
        stil_sinds=termijn.gepauzeerd_op,
        waarom=tuple(waarom),
        vandaag=vandaag,
    )
