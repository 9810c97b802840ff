"""Modellen van de vergaderingen."""

from vergaderingen.models.agenda import Agendapunt, Besluit, Stuknummerreeks
from vergaderingen.models.agendasleutel import Agendasleutel
from vergaderingen.models.bekendmaking import Bekendmaking
from vergaderingen.models.bundel import Bundel
from vergaderingen.models.presentie import Presentie, Vervanging
from vergaderingen.models.stemming import Onthouding, Stem, Stembriefje, Stemronde
from vergaderingen.models.thema import Sticker, Themaonderwerp, Thematafel
from vergaderingen.models.vergadering import Vergadering
from vergaderingen.models.verslag import Verslag
from vergaderingen.models.vorig_adres import VorigAdres

__all__ = [
    "Agendapunt",
    "Agendasleutel",
    "Bekendmaking",
    "Besluit",
    "Bundel",
    "Onthouding",
    "Presentie",
    "Stem",
    "Stembriefje",
    "Stemronde",
    "Sticker",
    "Stuknummerreeks",
    "Themaonderwerp",
    "Thematafel",
    "Vergadering",
    "Verslag",
    "Vervanging",
    "VorigAdres",
]
