"""Handen van de nieuwsupdate: iets nieuws openbaar maken en een editie samenstellen."""

from datetime import timedelta
from typing import Any

from dialoog.actions import edities
from dialoog.enums import Ritme
from dialoog.models import Editie
from kern.tijd import nu
from publicatie.models import Publicatie
from tests.publiek.wereld import ARBEID, publiceer_advies


def nieuw_advies(kenmerk: str = "adv-50", **velden: Any) -> Publicatie:
    """Een advies dat nu openbaar wordt, over arbeid."""
    gewoon = {"jaar": 2026, "samenvatting": "Kort en nieuw.", "themas": [ARBEID], "onderwerpen": ["arbeid"]}
    return publiceer_advies(kenmerk, f"Nieuw advies {kenmerk}", vanaf=nu(), **{**gewoon, **velden})


def stel_samen(ritme: str = Ritme.NIEUWSUPDATE) -> Editie:
    editie = edities.stel_samen(ritme=ritme, tot=nu() + timedelta(seconds=5))
    assert editie is not None
    return editie
