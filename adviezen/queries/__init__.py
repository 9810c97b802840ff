"""Lezen uit de adviezen: wiens beurt het is, hoe ver een traject is, en wie wat kan doen."""

from adviezen.queries.beraad import Stand, kringen, stand_van_beraad
from adviezen.queries.beurt import Beurt, beurt, beurten
from adviezen.queries.keuzes import keuzes
from adviezen.queries.voortgang import StapRij, voortgang

__all__ = [
    "Beurt",
    "Stand",
    "StapRij",
    "beurt",
    "beurten",
    "keuzes",
    "kringen",
    "stand_van_beraad",
    "voortgang",
]
