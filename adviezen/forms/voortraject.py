"""De formulieren van vóór stap 1."""

from typing import Any

from django import forms

from adviezen.enums import Bestuurswens, Verkenningsvorm, Voortrajectherkomst
from adviezen.forms.aanvraag import secretarissen
from adviezen.models import Adviesvrager, Doel, Voortraject
from kern.datumveld import Datumveld
from kern.tijd import vandaag
from toegang.models import Gebruiker

VELDEN = ("titel", "toelichting", "herkomst", "lijstjaar", "verwacht_op", "probleemstelling", "secretaris")


class VoortrajectForm(forms.Form):
    """Een vraag die kan komen."""

    soms_verplicht = ("lijstjaar",)
    titel = forms.CharField(label="Titel", max_length=300)
    toelichting = forms.CharField(label="Waar gaat het over?", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    herkomst = forms.ChoiceField(label="Waar komt de vraag vandaan?", choices=Voortrajectherkomst.choices)
    lijstjaar = forms.IntegerField(
        label="Jaar van de lijst", required=False, help_text="Bij de jaarlijkse lijst van het kabinet."
    )
    vragers = forms.ModelMultipleChoiceField(
        label="Wie kan het vragen?",
        queryset=Adviesvrager.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    verwacht_op = Datumveld(
        label="Verwacht op", required=False, help_text="U krijgt vier weken ervoor en op de dag bericht."
    )
    probleemstelling = forms.CharField(
        label="Wat is het probleem?", required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Wat de verkenning opleverde. Dit wordt de vraag als er een traject van komt.",
    )  # fmt: skip
    doelen = forms.ModelMultipleChoiceField(
        label="Doelen van de werkagenda",
        queryset=Doel.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    secretaris = forms.ModelChoiceField(label="Wie volgt het?", queryset=Gebruiker.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["secretaris"].queryset = secretarissen()  # type: ignore[attr-defined]

    @staticmethod
    def begin_van(rij: Voortraject) -> dict[str, Any]:
        """Geef de beginwaarden bij een bestaande rij."""
        uit: dict[str, Any] = {naam: getattr(rij, naam) for naam in VELDEN}
        return uit | {"vragers": list(rij.vragers.all()), "doelen": list(rij.doelen.all())}


class VerkenningForm(forms.Form):
    """Eén verkenning."""

    op = Datumveld(label="Dag", initial=vandaag)
    vorm = forms.ChoiceField(label="Hoe", choices=Verkenningsvorm.choices)
    met_wie = forms.CharField(label="Met wie", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    opbrengst = forms.CharField(label="Wat leverde het op?", widget=forms.Textarea(attrs={"rows": 4}))


class MeningForm(forms.Form):
    """Wat een lid van het dagelijks bestuur vindt."""

    soms_verplicht = ("toelichting",)
    wens = forms.ChoiceField(label="Wat vindt u?", choices=Bestuurswens.choices, widget=forms.RadioSelect)
    toelichting = forms.CharField(
        label="Waarom",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nodig als u geen aanvraag wilt of er eerst over wilt spreken.",
    )


class BesluitForm(forms.Form):
    """De motivering van een besluit."""

    reden = forms.CharField(label="Waarom", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, verplicht: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reden"].required = verplicht
