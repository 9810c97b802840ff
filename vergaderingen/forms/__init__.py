"""Formulieren van de vergaderingen: invoer lezen en schoonmaken, nooit opslaan."""

from vergaderingen.forms.basis import (
    AgendapuntForm,
    BesluitForm,
    CorrectieForm,
    FilterForm,
    GeenQuorumForm,
    KeuzeForm,
    MomentForm,
    NummerForm,
    OproepingForm,
    PlanForm,
    RedenForm,
    TijdEnPlaats,
    VaststelForm,
    VerplaatsForm,
    VerslagForm,
)
from vergaderingen.forms.stemmen import BriefjesForm, OnthoudingForm, SluitForm, StemrondeForm

__all__ = [
    "AgendapuntForm",
    "BesluitForm",
    "BriefjesForm",
    "CorrectieForm",
    "FilterForm",
    "GeenQuorumForm",
    "KeuzeForm",
    "MomentForm",
    "NummerForm",
    "OnthoudingForm",
    "OproepingForm",
    "PlanForm",
    "RedenForm",
    "SluitForm",
    "StemrondeForm",
    "TijdEnPlaats",
    "VaststelForm",
    "VerplaatsForm",
    "VerslagForm",
]
