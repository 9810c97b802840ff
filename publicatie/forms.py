"""Een PDF bij een ouder stuk."""

from django import forms


class ScanForm(forms.Form):
    """Het opgestuurde bestand."""

    bestand = forms.FileField(
        label="PDF van het oorspronkelijke stuk",
        help_text="Ten hoogste 25 MB. De tekst wordt vanzelf doorzoekbaar; een scan zonder tekstlaag niet. "
        "Wie of wat de PDF maakte, wordt niet openbaar.",
        error_messages={"required": "Kies een PDF."},
    )


class ScanWegForm(forms.Form):
    """Waarom een PDF weg moet."""

    reden = forms.CharField(
        label="Waarom moet deze PDF weg", max_length=500, help_text="Niet openbaar: dit blijft in het logboek staan."
    )
