"""Getallen uit wat iemand stuurt."""

import pytest

from kern.getal import geheel


@pytest.mark.parametrize(
    ("tekst", "getal"),
    [
        ("0", 0),
        ("42", 42),
        ("9" * 18, 10**18 - 1),
        ("", None),
        ("²", None),
        ("٣", None),
        ("-1", None),
        ("9" * 19, None),
    ],
)
def test_alleen_wat_een_kolom_aankan_is_een_getal(tekst: str, getal: int | None) -> None:
    assert geheel(tekst) == getal
