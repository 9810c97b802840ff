"""Het formulier van de beoogde impact."""

from django import forms

from adviezen.enums import Impactmoment


class ImpactForm(forms.Form):
    """Wat een advies moet bereiken, met de vragen van de impacttafel van maart 2023."""

    moment = forms.ChoiceField(choices=Impactmoment.choices, widget=forms.HiddenInput)
    beoogd = forms.CharField(
        label="Wat moet dit advies teweegbrengen?",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Wat is er over vijf jaar anders als het advies gevolgd wordt?",
    )
    te_zien_aan = forms.CharField(
        label="Waaraan is dat te zien?", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Een getal, een wet, een gewoonte: hiermee kijkt u na 1, 3 en 5 jaar.",
    )  # fmt: skip
    uitvoerbaarheid = forms.CharField(
        label="Wie voert het uit, en kan dat?", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Noem ook met welke uitvoerders is gesproken.",
    )  # fmt: skip
    kosten = forms.CharField(
        label="Wat kost het, en wat levert het op?", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    groepen = forms.CharField(
        label="Wie raakt het, ten goede en ten kwade?", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    betrokken = forms.CharField(
        label="Hoe zijn die groepen betrokken?", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
