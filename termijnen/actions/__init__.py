"""De handelingen van de termijnbewaker."""

from termijnen.actions.herinneren import Bundel, Verwerkt, herinner_bundel, herplan, verwerk
from termijnen.actions.termijn import heropen, hervat, laat_vervallen, open_termijn, pauzeer, verleng, verzet, voldoe

__all__ = [
    "Bundel",
    "Verwerkt",
    "herinner_bundel",
    "heropen",
    "herplan",
    "hervat",
    "laat_vervallen",
    "open_termijn",
    "pauzeer",
    "verleng",
    "verwerk",
    "verzet",
    "voldoe",
]
