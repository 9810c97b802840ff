"""Wat er nog ontbreekt voor een handeling: dezelfde lijst weigert de handeling en vertelt het op het scherm."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tekort:
    """Eén ding dat ontbreekt, in gewoon Nederlands, met het adres waar het te verhelpen is."""

    tekst: str
    link: str = ""
