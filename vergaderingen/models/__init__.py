"""Modellen van de vergaderingen."""

from vergaderingen.models.agenda import Agendapunt, Besluit, Stuknummerreeks
from vergaderingen.models.presentie import Presentie, Vervanging
from vergaderingen.models.vergadering import Vergadering
from vergaderingen.models.verslag import Verslag

__all__ = ["Agendapunt", "Besluit", "Presentie", "Stuknummerreeks", "Vergadering", "Verslag", "Vervanging"]
