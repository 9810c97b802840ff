"""Formulieren van een organisatie: oordeel, punt, knelpunt, notitie, meelezer."""

from typing import Any

from django import forms

from adviezen.enums import Reactieoordeel
from adviezen.models import Deelname
from commissies.models import Commissielid
from kern.datumveld import Datumveld
from kern.tijd import vandaag
from raad.models import Benoeming, OrganisatieContact
from raad.models.tijdvak import geldt_op
from toegang.models import Gebruiker


class OordeelForm(forms.Form):
    """Het oordeel over de hele tekst."""

    oordeel = forms.ChoiceField(
        label="Oordeel",
        choices=Reactieoordeel.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="Verplicht bij het indienen. In concept mag u het nog openlaten.",
    )
    toelichting = forms.CharField(
        label="Toelichting", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 5})
    )
    mede_namens = forms.CharField(
        label="Mede namens",
        required=False,
        max_length=1000,
        help_text="Andere verenigingen of bonden namens wie u reageert.",
    )


class PuntForm(forms.Form):
    """Eén punt, bij een alinea of bij het geheel."""

    blok = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    tekst = forms.CharField(
        label="Punt",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Vul het punt in."},
    )
    voorstel = forms.CharField(
        label="Voorstel voor de tekst", required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class KnelpuntForm(forms.Form):
    """Een knelpunt dat niet kan wachten tot de reactie."""

    tekst = forms.CharField(
        label="Wat is het knelpunt?",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Beschrijf het knelpunt."},
    )


class NotitieForm(forms.Form):
    """Een aantekening voor de eigen organisatie."""

    tekst = forms.CharField(
        label="Notitie",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "De notitie is leeg."},
    )


class MeelezerForm(forms.Form):
    """Een collega die meeleest."""

    email = forms.EmailField(
        label="E-mailadres van de collega",
        help_text="Uw collega heeft al een account in het portaal. Heeft hij dat niet, vraag het aan het secretariaat.",
    )
    tot = Datumveld(label="Tot", required=False, widget=forms.DateInput, help_text="Leeg: tot u het meelezen stopt.")

    def __init__(self, *args: Any, deelname: Deelname, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deelname = deelname

    def clean_email(self) -> Gebruiker:
        """Geef het account bij het adres; wie voor een andere organisatie werkt, kan hier niet meelezen."""
        adres = self.cleaned_data["email"]
        gevonden = Gebruiker.objects.filter(email__iexact=adres, is_active=True).first()
        if gevonden is None or self._van_een_ander(gevonden):
            raise forms.ValidationError("Dit adres hoort niet bij een account van uw organisatie.")
        return gevonden

    def _van_een_ander(self, gebruiker: Gebruiker) -> bool:
        dag, eigen = vandaag(), self.deelname.organisatie_id
        elders = [
            OrganisatieContact.objects.filter(geldt_op(dag), gebruiker=gebruiker).exclude(organisatie=eigen),
            Benoeming.objects.filter(geldt_op(dag), persoon__gebruiker=gebruiker).exclude(zetel__organisatie=eigen),
            Commissielid.objects.filter(geldt_op(dag), persoon__gebruiker=gebruiker).exclude(organisatie=eigen),
        ]
        return gebruiker.groups.exists() or any(q.exists() for q in elders)
