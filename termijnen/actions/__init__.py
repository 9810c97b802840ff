"""De handelingen van de termijnbewaker."""

from termijnen.actions.herinneren import Bundel, Verwerkt, herinner_bundel, herplan, verwerk
from termijnen.actions.hernoemen import hernoem
from termijnen.actions.ladder import zet_ladder
from termijnen.actions.termijn import (
    begin_opnieuw,
    draag_termijn_over,
    heropen,
    herroep_verlenging,
    hervat,
    laat_vervallen,
    open_termijn,
    pauzeer,
    stel_uit,
    verleng,
    verzet,
    voldoe,
)

__all__ = [
    "Bundel",
    "Verwerkt",
    "begin_opnieuw",
    "draag_termijn_over",
    "herinner_bundel",
    "hernoem",
    "heropen",
    "herplan",
    "herroep_verlenging",
    "hervat",
    "laat_vervallen",
    "open_termijn",
    "pauzeer",
    "stel_uit",
    "verleng",
    "verwerk",
    "verzet",
    "voldoe",
    "zet_ladder",
]
