"""Toegang uit een e-mail: een ondertekend kenmerk. Er wordt niets van bewaard, dus de database bevat geen link."""

import uuid

from django.core import signing

from dialoog.enums import Ritme

ZOUT = {"bevestig": "dialoog.bevestig", "beheer": "dialoog.beheer", "stop": "dialoog.stop"}


def maak(doel: str, kenmerk: uuid.UUID, ritme: str = "") -> str:
    """Geef het token voor een link: `doel` is bevestig, beheer of stop; `ritme` hoort alleen bij stop."""
    deel = f"{kenmerk.hex}-{ritme}" if ritme else kenmerk.hex
    return signing.Signer(salt=ZOUT[doel], sep=".").sign(deel)


def lees(doel: str, token: str) -> tuple[uuid.UUID, str] | None:
    """Geef kenmerk en ritme, of None als het token niet van ons is of voor iets anders bedoeld."""
    try:
        deel = signing.Signer(salt=ZOUT[doel], sep=".").unsign(token)
        hex_, _, ritme = deel.partition("-")
        kenmerk = uuid.UUID(hex=hex_)
    except (signing.BadSignature, ValueError):
        return None
    if (ritme != "") != (doel == "stop") or (ritme and ritme not in Ritme.values):
        return None
    return kenmerk, ritme
