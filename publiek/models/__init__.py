"""Modellen zonder tabel, op de views van het schema `publiek`. Alleen lezen."""

from publiek.models.adviezen import Advies, Grafsteen, Kabinetsreactie, Klok, Passage, Pdf, Stuk, Thema
from publiek.models.raad import (
    Benoeming,
    Bestuursfunctie,
    Commissie,
    Commissielid,
    Zetel,
    Zetelverdeling,
    Zittingsperiode,
)
from publiek.models.werk import Agendapunt, Stapgang, Traject, Vergadering

__all__ = [
    "Advies",
    "Agendapunt",
    "Benoeming",
    "Bestuursfunctie",
    "Commissie",
    "Commissielid",
    "Grafsteen",
    "Kabinetsreactie",
    "Klok",
    "Passage",
    "Pdf",
    "Stapgang",
    "Stuk",
    "Thema",
    "Traject",
    "Vergadering",
    "Zetel",
    "Zetelverdeling",
    "Zittingsperiode",
]
