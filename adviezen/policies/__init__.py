"""Laat het object dit toe? Elke functie geeft een lijst Tekort; leeg betekent ja.

Dezelfde lijst weigert de handeling (`voer_uit`) en vertelt op het scherm wat er nog ontbreekt. De regels staan in
ontwerp §4, kolom "Only if"; het nummer bij een regel is dat van het domeindossier §10.
"""

from adviezen.policies import aanbieding, aanvraag, beraad, einde, gedeeld, raad, toewijzing, verwerking, voortraject

__all__ = ["aanbieding", "aanvraag", "beraad", "einde", "gedeeld", "raad", "toewijzing", "verwerking", "voortraject"]
