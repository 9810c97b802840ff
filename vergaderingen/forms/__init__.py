"""Formulieren van de vergaderingen: invoer lezen en schoonmaken, nooit opslaan."""

from vergaderingen.forms.basis import (
    AgendapuntForm,
    BesluitForm,
    BijdrageForm,
    CorrectieForm,
    FilterForm,
    GeenQuorumForm,
    KeuzeForm,
    MomentForm,
    NummerForm,
    OpenbaarheidForm,
    OproepingForm,
    PlanForm,
    RedenForm,
    TijdEnPlaats,
    UitzendingForm,
    VaststelForm,
    VerplaatsForm,
    VerslagForm,
)
from vergaderingen.forms.bekendmaking import BekendmakingForm
from vergaderingen.forms.rooster import JaarForm, RoosterForm
from vergaderingen.forms.stemmen import BriefjesForm, OnthoudingForm, SluitForm, StemrondeForm
from vergaderingen.forms.thema import OnderwerpForm, StickerForm, TafelForm, TerugkoppelingForm

__all__ = [
    "AgendapuntForm",
    "BekendmakingForm",
    "BesluitForm",
    "BijdrageForm",
    "BriefjesForm",
    "CorrectieForm",
    "FilterForm",
    "GeenQuorumForm",
    "JaarForm",
    "KeuzeForm",
    "MomentForm",
    "NummerForm",
    "OnderwerpForm",
    "OnthoudingForm",
    "StickerForm",
    "TafelForm",
    "TerugkoppelingForm",
    "OpenbaarheidForm",
    "OproepingForm",
    "PlanForm",
    "RedenForm",
    "RoosterForm",
    "SluitForm",
    "StemrondeForm",
    "TijdEnPlaats",
    "UitzendingForm",
    "VaststelForm",
    "VerplaatsForm",
    "VerslagForm",
]
