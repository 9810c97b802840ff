"""Hoeveel er in een tekstvak past: vooraf gezegd, en onder het typen geteld zoals het portaal zelf telt."""

import pytest
from django import forms
from django.http import HttpResponse
from playwright.sync_api import expect

from tests.browser import bladzijden


class Formulier(forms.Form):
    """Een vak met een grens, een zonder, en een kort vak: dat houdt de browser zelf tegen."""

    punt = forms.CharField(label="Punt", max_length=2000, widget=forms.Textarea, help_text="Kort.")
    vrij = forms.CharField(label="Vrij", widget=forms.Textarea, required=False)
    kort = forms.CharField(label="Kort", max_length=20, required=False)


def test_de_grens_staat_er_ook_zonder_javascript() -> None:
    html = str(Formulier())
    assert html.count("Hoogstens") == 1
    assert "Hoogstens 2.000 tekens." in html
    assert 'aria-describedby="id_punt_helptext id_punt_grens"' in html


@pytest.mark.browser
def test_de_teller_telt_zoals_het_portaal() -> None:
    blad_html = f"""<!doctype html><html lang="nl"><title>Teller</title><body><form method="post">{Formulier()}</form>
    <script src="/static/js/portaal.js"></script>"""
    with bladzijden({"/blad/": HttpResponse(blad_html)}) as blad:
        blad.goto("/blad/")
        vak, grens = blad.get_by_label("Punt"), blad.locator("#id_punt_grens")
        expect(grens).to_have_text("Hoogstens 2.000 tekens.")
        for tekst in ("een\ntwee \U0001f642  ", "x" * 2001, "x" * 2000, "  " + "y\n" * 800):
            vak.fill(tekst)
            # Wat de browser verstuurt heeft bij elke nieuwe regel twee tekens.
            veld = Formulier.base_fields["punt"]
            aantal = len(veld.to_python(tekst.replace("\n", "\r\n")))
            over = 2000 - aantal
            assert Formulier({"punt": tekst.replace("\n", "\r\n")}).is_valid() == (over >= 0)
            zin = f"Nog {over:,} van 2.000 tekens." if over >= 0 else "te veel: er passen er 2.000."
            expect(grens).to_contain_text(zin.replace(",", "."))
