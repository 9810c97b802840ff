"""Het formulier van een handeling: reden waar zij verplicht is, en wat die ene overgang verder vraagt."""

from typing import Any

from django import forms

from kern.datumveld import Datumveld
from kern.tijd import vandaag
from stukken.ontvangst import WORD_OF_PDF


class HandelingForm(forms.Form):
    """Bevestigen, met een reden waar de overgang die eist."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
    reden = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De reden komt in het dossier te staan.",
        error_messages={"required": "Geef een reden; die komt in het dossier te staan."},
    )

    def __init__(self, *args: Any, reden_verplicht: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not reden_verplicht:
            del self.fields["reden"]


class EindeForm(HandelingForm):
    """Intrekken of beëindigen: op welke dag, met welke brief. Het publiek ziet de stap en de dag, niet de reden."""

    datum = Datumveld(label="Op welke dag", widget=forms.DateInput, initial=vandaag)
    brief = forms.FileField(label="Brief", required=False, help_text=WORD_OF_PDF)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reden"].help_text = "De reden komt in het dossier. Het publiek ziet alleen dat het stopte."


# Overgangen die meer vragen dan een reden. De velden gaan met hun eigen naam naar de uitvoering.
FORMULIEREN: dict[str, type[HandelingForm]] = {"trek_in": EindeForm, "beeindig": EindeForm}
