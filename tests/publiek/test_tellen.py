"""Wat een openbare bladzijde telt en dateert: niet meer dan bekend is, en ook wat er niet op past."""

from datetime import date

import pytest

from publiek.views.personen import periode


@pytest.mark.parametrize(
    ("van", "tot", "precisie", "tekst"),
    [
        (date(2022, 4, 1), date(2024, 4, 1), "dag", "van vr 1 april 2022 tot ma 1 april 2024"),
        (date(2018, 4, 1), date(2020, 5, 1), "maand",
         "van april 2018 (dag onbekend) tot en met april 2020 (dag onbekend)"),
        (date(2000, 1, 1), date(2014, 1, 1), "jaar", "van 2000 (dag onbekend) tot en met 2013 (dag onbekend)"),
    ],
)  # fmt: skip
def test_wie_in_2013_vertrok_vertrok_niet_in_2014(van: date, tot: date, precisie: str, tekst: str) -> None:
    """Het archief zegt "tot en met 2013"; de dag erna is 1 januari 2014."""
    assert periode(van, tot, precisie, precisie) == tekst
