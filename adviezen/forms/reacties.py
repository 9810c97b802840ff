"""Formulieren van een organisatie: oordeel, punt, knelpunt, notitie, meelezer."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from adviezen.enums import Reactieoordeel
from adviezen.models import Deelname, Perslezer
from adviezen.woordreactie import MEESTE
from commissies.models import Commissielid
from kern.datumveld import Datumveld
from kern.tijd import vandaag
from raad.models import Benoeming, MinisterieVertegenwoordiger, OrganisatieContact
from raad.models.tijdvak import geldt_op
from toegang.models import Gebruiker

GROOTSTE_BESTAND = 25_000_000


class OordeelForm(forms.Form):
    """Het oordeel over de hele tekst."""

    soms_verplicht = ("oordeel", "toelichting")  # bij het indienen
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
        help_text="Verenigingen of bonden buiten deze ronde namens wie u reageert.",
    )


class PuntForm(forms.Form):
    """Eén punt, bij een alinea of bij het geheel."""

    LANGSTE = 10_000

    blok = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    tekst = forms.CharField(
        label="Punt",
        max_length=LANGSTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Vul het punt in."},
    )
    voorstel = forms.CharField(
        label="Voorstel voor de tekst", required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class InleesForm(forms.Form):
    """Een reactie in Word om punten uit te lezen."""

    bestand = forms.FileField(
        label="Word-bestand",
        help_text="Een .docx van hoogstens 25 MB. Wij bewaren het bestand niet, alleen de punten die u kiest.",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": "Kies een Word-bestand.", "empty": "Dit bestand is leeg."},
    )

    def clean_bestand(self) -> Any:
        """Weiger wat te groot is voordat het gelezen wordt."""
        upload = self.cleaned_data["bestand"]
        if upload.size > GROOTSTE_BESTAND:
            raise forms.ValidationError("Dit bestand is groter dan 25 MB.")
        return upload


class KandidatenForm(forms.Form):
    """De punten uit een bestand om na te kijken: per punt meenemen of niet, de passage, de tekst en het voorstel.

    Wat aangevinkt is heeft een tekst nodig en de rest niet: dan zegt "(niet verplicht)" iets dat niet klopt.
    """

    verberg_niet_verplicht = True
    aantal = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MEESTE)

    def __init__(self, *args: Any, aantal: int, passages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nummers = range(1, aantal + 1)
        for n in self.nummers:
            self.fields[f"mee_{n}"] = forms.BooleanField(label=f"Neem punt {n} mee", required=False, initial=True)
            self.fields[f"blok_{n}"] = forms.ChoiceField(
                label="Bij welke passage?", required=False, choices=[("", "bij het geheel"), *passages]
            )
            self.fields[f"tekst_{n}"] = forms.CharField(
                label="Punt", required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3})
            )
            self.fields[f"voorstel_{n}"] = forms.CharField(
                label="Voorstel voor de tekst",
                required=False,
                max_length=10_000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"waarom_{n}"] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Wat mee moet, heeft tekst; en er gaat ten minste één punt mee."""
        g = super().clean() or {}
        mee = [n for n in self.nummers if g.get(f"mee_{n}")]
        for n in mee:
            if not (g.get(f"tekst_{n}") or "").strip() and f"tekst_{n}" not in self.errors:
                self.add_error(f"tekst_{n}", f"Punt {n} is leeg. Vul het in of vink het uit.")
        if not mee:
            raise forms.ValidationError("Vink ten minste één punt aan.")
        return g

    def groepen(self) -> list[dict[str, Any]]:
        """Geef per punt zijn velden, voor het scherm."""
        namen = ("mee", "blok", "tekst", "voorstel", "waarom")
        return [{"nummer": n, **{naam: self[f"{naam}_{n}"] for naam in namen}} for n in self.nummers]

    def gekozen(self) -> list[tuple[str, str, str]]:
        """Geef (blok, tekst, voorstel) van wat mee moet."""
        g = self.cleaned_data
        return [(g[f"blok_{n}"], g[f"tekst_{n}"], g[f"voorstel_{n}"]) for n in self.nummers if g[f"mee_{n}"]]


class KnelpuntForm(forms.Form):
    """Een knelpunt dat niet kan wachten tot de reactie."""

    tekst = forms.CharField(
        label="Wat is het knelpunt?",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Beschrijf het knelpunt."},
    )


class MeerTijdForm(forms.Form):
    """Vragen of de eigen organisatie later mag reageren."""

    uiterlijk_op = Datumveld(
        label="Tot en met welke dag wilt u kunnen reageren?",
        widget=forms.DateInput,
        error_messages={"required": "Kies een dag."},
    )
    tekst = forms.CharField(
        label="Waarom heeft u meer tijd nodig?",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Zeg waarom u meer tijd nodig heeft."},
    )


class NotitieForm(forms.Form):
    """Een aantekening voor de eigen organisatie."""

    tekst = forms.CharField(
        label="Notitie",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "De notitie is leeg."},
    )


class KnelpuntantwoordForm(forms.Form):
    """Een antwoord bij een knelpunt."""

    tekst = forms.CharField(
        label="Antwoord",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf uw antwoord."},
    )


class MedeForm(forms.Form):
    """Een andere organisatie vragen mee te tekenen."""

    deelname = forms.ModelChoiceField(
        label="Organisatie",
        queryset=Deelname.objects.none(),
        empty_label="Kies een organisatie",
        error_messages={
            "required": "Kies een organisatie.",
            "invalid_choice": "Deze organisatie kan niet (meer) meetekenen.",
        },
    )

    def __init__(self, *args: Any, keuze: list[Deelname], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deelname"].queryset = Deelname.objects.filter(  # type: ignore[attr-defined]
            pk__in=[d.pk for d in keuze]
        ).select_related("organisatie")


class GeheimhoudingForm(forms.Form):
    """De meelezer aanvaardt de zwijgplicht."""

    akkoord = forms.BooleanField(
        label="Ik houd de tekst en wat wij erover zeggen voor mij",
        error_messages={"required": "Zonder deze belofte kunt u niet meelezen."},
    )


class NieuwAccountForm(GeheimhoudingForm):
    """Het eerste wachtwoord van een meelezer, en zijn belofte."""

    field_order = ("wachtwoord", "nogmaals", "akkoord")
    wachtwoord = forms.CharField(
        label="Wachtwoord",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Ten minste twaalf tekens; een zin is goed te onthouden.",
        error_messages={"required": "Kies een wachtwoord."},
    )
    nogmaals = forms.CharField(
        label="Nog eens hetzelfde wachtwoord",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Typ het wachtwoord nog een keer."},
    )

    def __init__(self, *args: Any, gebruiker: Gebruiker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gebruiker = gebruiker

    def clean(self) -> dict[str, Any]:
        """Twee keer hetzelfde, en sterk genoeg."""
        g = super().clean() or {}
        een, twee = g.get("wachtwoord"), g.get("nogmaals")
        if een and twee and een != twee:
            self.add_error("nogmaals", "De twee wachtwoorden zijn niet gelijk.")
        elif een:
            try:
                validate_password(een, self.gebruiker)
            except forms.ValidationError as fout:
                self.add_error("wachtwoord", fout)
        return g


class MeelezerForm(forms.Form):
    """Een collega die meeleest. Heeft hij nog geen account, dan maakt de uitnodiging er een."""

    soms_verplicht = ("naam",)
    email = forms.EmailField(label="E-mailadres van de collega")
    naam = forms.CharField(
        label="Naam van de collega",
        required=False,
        max_length=200,
        help_text="Alleen nodig als uw collega nog geen account in het portaal heeft.",
    )
    tot = Datumveld(
        label="Tot",
        required=False,
        widget=forms.DateInput,
        help_text="Op die dag leest uw collega niet meer mee. Leeg, of een dag na het einde: tot deze ronde sluit.",
    )

    def __init__(self, *args: Any, deelname: Deelname, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deelname = deelname
        self.collega: Gebruiker | None = None

    def clean_email(self) -> str:
        """Zoek het account; wie bij een ander hoort, pers is of niet meer mag inloggen, kan hier niet meelezen."""
        adres = str(self.cleaned_data["email"]).lower()
        self.collega = Gebruiker.objects.filter(email__iexact=adres).first()
        if self.collega is not None and (not self.collega.is_active or self._van_een_ander(self.collega)):
            raise forms.ValidationError(
                "Met dit adres kan iemand niet voor uw organisatie meelezen: het hoort bij de SER of bij een andere "
                "organisatie, of kan niet meer inloggen."
            )
        return adres

    def clean(self) -> dict[str, Any]:
        """Een nieuw adres vraagt een naam."""
        g = super().clean() or {}
        if g.get("email") and self.collega is None and not (g.get("naam") or "").strip() and "naam" not in self.errors:
            self.add_error("naam", "Dit adres heeft nog geen account. Vul de naam van uw collega in.")
        return g

    def _van_een_ander(self, gebruiker: Gebruiker) -> bool:
        dag, eigen = vandaag(), self.deelname.organisatie_id
        elders = [
            OrganisatieContact.objects.filter(geldt_op(dag), gebruiker=gebruiker).exclude(organisatie=eigen),
            Benoeming.objects.filter(geldt_op(dag), persoon__gebruiker=gebruiker).exclude(zetel__organisatie=eigen),
            Commissielid.objects.filter(geldt_op(dag), persoon__gebruiker=gebruiker).exclude(organisatie=eigen),
            MinisterieVertegenwoordiger.objects.filter(geldt_op(dag), persoon__gebruiker=gebruiker),
            Perslezer.objects.filter(gebruiker=gebruiker, gestopt_op=None),
        ]
        return gebruiker.groups.exists() or any(q.exists() for q in elders)
