from raad.models.nevenfuncties import MinisterieVertegenwoordiger, Nevenfunctie
from raad.models.personen import (
    Benoeming,
    DagelijksBestuurslid,
    OrganisatieContact,
    Persoon,
    Voorzitterschap,
)
from raad.models.zetels import Organisatie, Zetel, Zetelverdeling, Zittingsperiode

__all__ = [
    "Benoeming",
    "DagelijksBestuurslid",
    "MinisterieVertegenwoordiger",
    "Nevenfunctie",
    "Organisatie",
    "OrganisatieContact",
    "Persoon",
    "Voorzitterschap",
    "Zetel",
    "Zetelverdeling",
    "Zittingsperiode",
]
