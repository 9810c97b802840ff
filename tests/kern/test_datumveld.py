"""Een datum die geen mens bedoelt, wordt bij het veld geweigerd en niet verderop een fout."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings

from kern.datumveld import Datumveld


class _Formulier(forms.Form):
    dag = Datumveld(required=False)


@pytest.mark.parametrize("dag", ["1900-01-01", "2199-12-31", "31-12-2026", ""])
def test_een_gewone_dag_mag(dag):
    assert _Formulier({"dag": dag}).is_valid()


@pytest.mark.parametrize("dag", ["9999-12-31", "2200-01-01", "1899-12-31", "0001-01-01"])
def test_een_onmogelijk_jaar_krijgt_een_melding(dag):
    formulier = _Formulier({"dag": dag})
    assert formulier.errors == {"dag": ["Kies een dag tussen 1900 en 2200. Controleer het jaar."]}
    assert f'value="{dag}"' in str(formulier["dag"])


def test_de_browser_kent_de_grenzen():
    assert 'min="1900-01-01" max="2199-12-31"' in str(_Formulier()["dag"])


def test_ieder_formulier_gebruikt_dit_veld():
    wortel = Path(settings.BASE_DIR)
    kaal = [
        str(pad.relative_to(wortel))
        for patroon in ("*/forms.py", "*/forms/*.py")
        for pad in wortel.glob(patroon)
        if re.search(r"forms\.DateField\(", pad.read_text())
    ]
    assert kaal == []
