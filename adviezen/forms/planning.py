"""Formulieren van de planning: de aannames van het terugplannen, en een bureau overdragen."""

from typing import Any

from django import forms

from adviezen.forms.aanvraag import secretarissen
from adviezen.terugplannen import Aannames
from kern.datumveld import Datumveld
from toegang.enums import Rol
from toegang.models import Gebruiker

STANDAARD = Aannames()


class AannamesForm(forms.Form):
    """Waarmee teruggerekend wordt; leeg is de gewone aanname."""

    verberg_niet_verplicht = True
    termijn = Datumveld(label="Adviestermijn", required=False)
    vergaderingen = forms.IntegerField(
        label="Vergaderingen van de commissie", required=False, min_value=1, max_value=20
    )
    weken_ertussen = forms.IntegerField(label="Weken ertussen", required=False, min_value=1, max_value=12)
    achterban_weken = forms.IntegerField(label="Weken achterban", required=False, min_value=1, max_value=26)
    verwerking_weken = forms.IntegerField(label="Weken verwerking", required=False, min_value=0, max_value=26)
    aanbieden_dagen = forms.IntegerField(label="Dagen tot aanbieden", required=False, min_value=0, max_value=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam, veld in self.fields.items():
            if naam != "termijn":
                veld.widget.attrs["placeholder"] = str(getattr(STANDAARD, naam))

    def aannames(self) -> Aannames:
        """Geef de gekozen aannames, met de gewone waar niets staat."""
        schoon: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        anders = {n: w for n, w in schoon.items() if n != "termijn" and w is not None}
        return Aannames(**anders)


class EigenTermijnForm(forms.Form):
    """Een zelf gekozen dag bij een traject."""

    wat = forms.CharField(
        label="Waarvoor",
        max_length=120,
        help_text="Bijvoorbeeld: concept naar de voorzitter. Zo staat het in uw lijst.",
    )
    vervalt_op = Datumveld(label="Uiterlijk op")
    wie = forms.ModelChoiceField(label="Wie bewaakt het", queryset=Gebruiker.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wie"].queryset = secretarissen()  # type: ignore[attr-defined]


class BureauForm(forms.Form):
    """Alle lopende trajecten en termijnen van iemand naar een ander, of laten waarnemen."""

    van = forms.ModelChoiceField(label="Van wie", queryset=Gebruiker.objects.none())
    naar = forms.ModelChoiceField(label="Aan wie", queryset=Gebruiker.objects.none())
    hoe = forms.ChoiceField(
        label="Hoe",
        widget=forms.RadioSelect,
        choices=[
            ("overdragen", "Overdragen: de ander wordt behandelend secretaris en bewaakt de termijnen"),
            ("waarnemen", "Laten waarnemen: de ander komt erbij en wordt ook gewaarschuwd"),
            ("terug", "Waarneming beëindigen: de ander gaat eraf"),
        ],
        initial="waarnemen",
    )
    reden = forms.CharField(label="Reden", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staf = Gebruiker.objects.filter(groups__name=str(Rol.COMMISSIESECRETARIS)).distinct().order_by("naam")
        self.fields["van"].queryset = staf  # type: ignore[attr-defined]
        self.fields["naar"].queryset = staf.filter(is_active=True)  # type: ignore[attr-defined]
