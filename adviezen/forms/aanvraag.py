"""Formulieren van stap 1: de aanvraag, het eigen initiatief en de overdracht."""

from typing import Any

from django import forms

from adviezen.models import Adviestraject, Adviesvrager, Thema
from kern.datumveld import Datumveld
from kern.tijd import vandaag
from stukken.ontvangst import WORD_OF_PDF
from toegang.enums import STAFROLLEN, Rol
from toegang.models import Gebruiker


def secretarissen() -> Any:
    """Geef wie een traject kan behandelen: iedereen met een stafrol, behalve alleen-beheerders."""
    namen = [str(rol) for rol in STAFROLLEN if rol != Rol.BEHEERDER]
    return Gebruiker.objects.filter(is_active=True, groups__name__in=namen).distinct().order_by("naam")


class AanvraagForm(forms.Form):
    """Een adviesaanvraag, nieuw of te wijzigen."""

    soms_verplicht = ("adviestermijn",)
    titel = forms.CharField(label="Titel", max_length=300, help_text="Zoals het secretariaat het traject noemt.")
    werktitel_openbaar = forms.CharField(
        label="Openbare werktitel",
        max_length=300,
        required=False,
        help_text="Wat het publiek leest. Leeg: de titel.",
    )
    vragers = forms.ModelMultipleChoiceField(
        label="Adviesvragers",
        queryset=Adviesvrager.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Een minister, staatssecretaris of Kamer. Vragen zij samen advies, kies ze dan allemaal.",
        error_messages={
            "required": "Kies ten minste één adviesvrager.",
            "invalid_choice": "Alleen een minister, een staatssecretaris of een Kamer kan advies vragen.",
            "invalid_pk_value": "Alleen een minister, een staatssecretaris of een Kamer kan advies vragen.",
        },
    )
    vraag = forms.CharField(label="Vraag", widget=forms.Textarea(attrs={"rows": 6}))
    datum = Datumveld(label="Datum van de brief", widget=forms.DateInput)
    ontvangen_op = Datumveld(label="Ontvangen op", widget=forms.DateInput)
    adviestermijn = Datumveld(
        label="Adviestermijn",
        required=False,
        widget=forms.DateInput,
        help_text="De dag waarop het advies gevraagd wordt. Verplicht als een minister of staatssecretaris vraagt.",
    )
    kenmerk_vrager = forms.CharField(label="Kenmerk van de vrager", max_length=100, required=False)
    brief = forms.FileField(label="Brief met de aanvraag", required=False, help_text=WORD_OF_PDF)
    raad_zelf_gevraagd = forms.BooleanField(
        label="De vrager wil het oordeel van de raad zelf",
        required=False,
        help_text="Dan kan een commissie niet rechtstreeks adviseren.",
    )
    themas = forms.ModelMultipleChoiceField(
        label="Thema’s", queryset=Thema.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    niet_openbaar_grond = forms.CharField(
        label="Grond om de aanvraag niet openbaar te maken",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Leeg: de aanvraag wordt tien minuten na het registreren openbaar.",
    )
    secretaris = forms.ModelChoiceField(label="Behandelend secretaris", queryset=Gebruiker.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["secretaris"].queryset = secretarissen()  # type: ignore[attr-defined]

    @staticmethod
    def begin_van(traject: Adviestraject) -> dict[str, Any]:
        """Geef de beginwaarden bij een bestaande aanvraag."""
        aanvraag = traject.aanvraag
        uit: dict[str, Any] = {
            naam: getattr(traject, naam)
            for naam in ("titel", "werktitel_openbaar", "adviestermijn", "raad_zelf_gevraagd", "secretaris")
        }
        uit |= {
            naam: getattr(aanvraag, naam)
            for naam in ("vraag", "datum", "ontvangen_op", "kenmerk_vrager", "niet_openbaar_grond")
        }
        return uit | {"vragers": list(aanvraag.vragers.all()), "themas": list(traject.themas.all())}


class OntvangstForm(forms.Form):
    """De dag waarop de ontvangst is bevestigd."""

    op = Datumveld(label="Ontvangst bevestigd op", widget=forms.DateInput, initial=vandaag)


class StartbesluitForm(forms.Form):
    """Het startbesluit van een eigen initiatief, te wijzigen."""

    titel = forms.CharField(label="Titel", max_length=300)
    werktitel_openbaar = forms.CharField(
        label="Openbare werktitel", max_length=300, required=False, help_text="Leeg: de titel."
    )
    geadresseerden = forms.CharField(
        label="Aan wie is het advies gericht?",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bij een eigen initiatief is er geen adviesvrager.",
    )
    tekst = forms.CharField(label="Besluit en aanleiding", widget=forms.Textarea(attrs={"rows": 5}))
    besloten_op = Datumveld(label="Besloten op", widget=forms.DateInput)
    themas = forms.ModelMultipleChoiceField(
        label="Thema’s", queryset=Thema.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )

    @staticmethod
    def begin_van(traject: Adviestraject) -> dict[str, Any]:
        """Geef de beginwaarden bij een bestaand startbesluit."""
        besluit = traject.startbesluit
        uit: dict[str, Any] = {n: getattr(traject, n) for n in ("titel", "werktitel_openbaar", "geadresseerden")}
        uit |= {"tekst": besluit.tekst, "besloten_op": besluit.besloten_op}
        return uit | {"themas": list(traject.themas.all())}


class EigenInitiatiefForm(StartbesluitForm):
    """Een eigen initiatief beginnen: het startbesluit, en wie het behandelt."""

    secretaris = forms.ModelChoiceField(label="Behandelend secretaris", queryset=Gebruiker.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["secretaris"].queryset = secretarissen()  # type: ignore[attr-defined]


class OverdrachtForm(forms.Form):
    """Wie het traject behandelt, en wie waarneemt."""

    secretaris = forms.ModelChoiceField(label="Behandelend secretaris", queryset=Gebruiker.objects.none())
    waarnemer = forms.ModelChoiceField(label="Waarnemend secretaris", queryset=Gebruiker.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam in ("secretaris", "waarnemer"):
            self.fields[naam].queryset = secretarissen()  # type: ignore[attr-defined]
