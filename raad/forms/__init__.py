"""Formulieren van de raad. Op het scherm staat de laatste dag; opgeslagen wordt de eerste dag erna."""

from raad.forms.basis import (
    AanvaardForm,
    AccountForm,
    AfwijsForm,
    BeeindigContactForm,
    BeeindigForm,
    BenoemForm,
    BestuurForm,
    ContactForm,
    DaadForm,
    OpForm,
    OrganisatieForm,
    PeriodeForm,
    PersoonForm,
    VoorzitterForm,
)
from raad.forms.buiten import BekendmakingForm, NevenfunctieForm, VertegenwoordigerForm
from raad.forms.indeling import IndelingForm

__all__ = [
    "AanvaardForm",
    "AccountForm",
    "AfwijsForm",
    "BeeindigContactForm",
    "BeeindigForm",
    "BekendmakingForm",
    "BenoemForm",
    "BestuurForm",
    "ContactForm",
    "DaadForm",
    "IndelingForm",
    "NevenfunctieForm",
    "OpForm",
    "OrganisatieForm",
    "PeriodeForm",
    "PersoonForm",
    "VertegenwoordigerForm",
    "VoorzitterForm",
]
