"""Handelingen in de raad. Elke functie is een transactie, legt zich vast in het logboek en weigert met InvoerFout."""

from raad.actions.benoemingen import (
    beeindig_benoeming,
    beeindig_functie,
    benoem,
    benoem_db_lid,
    kies_voorzitter,
    leg_aanvaarding_vast,
    maak_bekend,
    stel_afwijzing_vast,
)
from raad.actions.buiten import (
    beeindig_nevenfunctie,
    beeindig_vertegenwoordiger,
    leg_vertegenwoordiger_vast,
    registreer_nevenfunctie,
)
from raad.actions.perioden import richt_periode_in, richt_periode_in_met_benoemingen
from raad.actions.personen import (
    beeindig_contact,
    koppel_account,
    leg_contact_vast,
    registreer_organisatie,
    registreer_persoon,
)
from raad.indeling import Zetels

__all__ = [
    "Zetels",
    "beeindig_benoeming",
    "beeindig_contact",
    "beeindig_functie",
    "beeindig_nevenfunctie",
    "beeindig_vertegenwoordiger",
    "benoem",
    "benoem_db_lid",
    "kies_voorzitter",
    "koppel_account",
    "leg_aanvaarding_vast",
    "leg_contact_vast",
    "leg_vertegenwoordiger_vast",
    "maak_bekend",
    "registreer_nevenfunctie",
    "registreer_organisatie",
    "registreer_persoon",
    "richt_periode_in",
    "richt_periode_in_met_benoemingen",
    "stel_afwijzing_vast",
]
