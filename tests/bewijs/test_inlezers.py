"""Wat atheris voert komt voorbij de eerste deur, en een fout daarachter valt op."""

from unittest import mock

import pytest

from inrichting import archief_adviezen
from stukken import docx, keuring
from tests.bewijs import inlezen, inlezers

FOUT = {
    "pdf": mock.patch.object(keuring, "_objectstromen", side_effect=RuntimeError),
    "zip": mock.patch.object(keuring, "_keur_namen", side_effect=RuntimeError),
    "word": mock.patch.object(docx, "_noten", side_effect=RuntimeError),
    "json": mock.patch.object(archief_adviezen, "_datum", side_effect=RuntimeError),
    "html": mock.patch("kern.html.schoon", side_effect=RuntimeError),
}


@pytest.mark.parametrize("soort", inlezers.INLEZERS)
def test_elk_zaad_wordt_gelezen_en_een_fout_achter_de_eerste_deur_valt_op(soort: str) -> None:
    """Een zaad dat bij de deur geweigerd wordt, laat atheris miljoenen keren dezelfde weigering zien."""
    _, zaad = inlezers.INLEZERS[soort]
    assert inlezers.lees(soort, zaad()) is True
    assert inlezers.lees(soort, b"/JavaScript 1" if soort == "pdf" else b"") is False
    with FOUT[soort], pytest.raises(RuntimeError):
        inlezers.lees(soort, zaad())


def test_elke_inlezer_heeft_zijn_eigen_woorden() -> None:
    assert inlezen.WOORDEN.keys() == inlezers.INLEZERS.keys() == FOUT.keys()
