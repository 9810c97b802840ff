"""Modellen zonder tabel, op de views van het schema `publiek`. Alleen lezen."""

from publiek.models.adviezen import Advies, Archiefpdf, Grafsteen, Passage, Pdf, Stuk, Thema, VorigeUitgave
from publiek.models.opvolging import (
    Aanbeveling,
    Antwoord,
    Bewijs,
    Geadresseerde,
    Herinneringsbrief,
    Kabinetsreactie,
    Klok,
    Opvolgstand,
    Toezegging,
)
from publiek.models.raad import (
    Benoeming,
    Bestuursfunctie,
    Commissie,
    Commissielid,
    Nevenfunctie,
    Zetel,
    Zetelverdeling,
    Zittingsperiode,
)
from publiek.models.werk import Agendapunt, Bekendmaking, Stapgang, Traject, Vergadering

__all__ = [
    "Aanbeveling",
    "Advies",
    "Agendapunt",
    "Antwoord",
    "Archiefpdf",
    "Bekendmaking",
    "Benoeming",
    "Bestuursfunctie",
    "Bewijs",
    "Commissie",
    "Commissielid",
    "Geadresseerde",
    "Grafsteen",
    "Herinneringsbrief",
    "Kabinetsreactie",
    "Klok",
    "Nevenfunctie",
    "Opvolgstand",
    "Passage",
    "Pdf",
    "Stapgang",
    "Stuk",
    "Thema",
    "Toezegging",
    "Traject",
    "Vergadering",
    "VorigeUitgave",
    "Zetel",
    "Zetelverdeling",
    "Zittingsperiode",
]
