"""Formulieren: wie er gehoord is, en het kroonledenoverleg."""

from typing import Any

from django import forms

from adviezen.actions.inspraak import Partij
from adviezen.enums import SoortGehoorde, SoortVersie, Werkvorm
from adviezen.models import Adviestraject, Inspraak, Versie
from kern.datumveld import Datumveld
from kern.tijd import datum_nl
from vergaderingen.enums import Orgaan, Status
from vergaderingen.models import Vergadering


def _regels(tekst: str) -> list[str]:
    return [regel.strip() for regel in tekst.splitlines() if regel.strip()]


class InspraakForm(forms.Form):
    """Wie, wanneer, hoe, en wat het opleverde."""

    soms_verplicht = ("organisaties", "personen_met", "personen_zonder", "niet_openbaar_reden")
    vorm = forms.ChoiceField(label="Hoe?", choices=[("", "Kies een vorm"), *Werkvorm.choices])
    onderwerp = forms.CharField(label="Waarover?", required=False, max_length=200)
    van = Datumveld(label="Dag", widget=forms.DateInput)
    tot = Datumveld(
        label="Tot en met",
        required=False,
        widget=forms.DateInput,
        help_text="Alleen als het langer duurde dan één dag.",
    )
    plaats = forms.CharField(label="Plaats", required=False, max_length=200)
    organisaties = forms.CharField(
        label="Organisaties",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Eén per regel. Zij komen in de openbare lijst bij het advies.",
    )
    personen_met = forms.CharField(
        label="Personen die met hun naam in de lijst willen",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Eén per regel. Alleen wie daar zelf toestemming voor gaf.",
    )
    personen_zonder = forms.CharField(
        label="Andere personen",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Eén per regel. Deze namen worden niet openbaar; hun aantal wel.",
    )
    uitkomst = forms.CharField(
        label="Wat leverde het op?",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Voor de commissie; dit wordt niet openbaar.",
    )
    openbaar = forms.BooleanField(label="Zet dit in de openbare lijst bij het advies", required=False, initial=True)
    niet_openbaar_reden = forms.CharField(
        label="Waarom niet openbaar?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Verplicht als u het vinkje weghaalt.",
    )

    def __init__(self, *args: Any, inspraak: Inspraak | None, **kwargs: Any) -> None:
        if inspraak is not None:
            kwargs.setdefault("initial", _begin(inspraak))
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Er is ten minste één partij, en een weglating heeft een reden."""
        g = super().clean() or {}
        if not any(g.get(veld, "").strip() for veld in ("organisaties", "personen_met", "personen_zonder")):
            self.add_error("organisaties", "Noem ten minste één organisatie of persoon.")
        return g

    def voor_actie(self) -> dict[str, Any]:
        """Geef de argumenten van `leg_inspraak_vast`."""
        g = dict(self.cleaned_data)
        persoon = SoortGehoorde.PERSOON
        partijen = [Partij(naam) for naam in _regels(g.pop("organisaties"))]
        partijen += [Partij(naam, persoon, True) for naam in _regels(g.pop("personen_met"))]
        partijen += [Partij(naam, persoon) for naam in _regels(g.pop("personen_zonder"))]
        return {**g, "partijen": partijen}


def _begin(rij: Inspraak) -> dict[str, Any]:
    velden = ("vorm", "onderwerp", "van", "tot", "plaats", "uitkomst", "openbaar", "niet_openbaar_reden")
    uit: dict[str, Any] = {naam: getattr(rij, naam) for naam in velden}
    alle = list(rij.gehoorden.all())
    uit["organisaties"] = "\n".join(g.naam for g in alle if g.soort == SoortGehoorde.ORGANISATIE)
    uit["personen_met"] = "\n".join(g.naam for g in alle if g.soort == SoortGehoorde.PERSOON and g.toestemming)
    uit["personen_zonder"] = "\n".join(g.naam for g in alle if g.soort == SoortGehoorde.PERSOON and not g.toestemming)
    return uit


class RedenForm(forms.Form):
    """Waarom een regel weg moet."""

    reden = forms.CharField(
        label="Reden",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Geef een reden; die komt in het dossier te staan."},
    )


# --- kroonleden -------------------------------------------------------------------------------------------------


class RapportageForm(forms.Form):
    """De volgende voortgangsrapportage."""

    na = forms.IntegerField(widget=forms.HiddenInput, required=False)
    tekst = forms.CharField(
        label="Hoe vordert het traject?",
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Kroonleden en hun plaatsvervangers lezen dit. De vorige rapportages blijven staan.",
        error_messages={"required": "Schrijf hoe het traject vordert."},
    )


class KroonledenopmerkingForm(forms.Form):
    """Een opmerking in het kroonledenoverleg, bij het traject of bij een versie."""

    versie = forms.ModelChoiceField(
        label="Bij welke tekst?",
        queryset=Versie.objects.none(),
        required=False,
        empty_label="bij het traject als geheel",
        error_messages={"invalid_choice": "Deze versie is er niet (meer) voor u."},
    )
    tekst = forms.CharField(
        label="Opmerking",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Kroonleden, hun plaatsvervangers en het secretariaat lezen dit.",
        error_messages={"required": "Vul een opmerking in."},
    )

    def __init__(self, *args: Any, traject: Adviestraject, gebruiker: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zichtbaar = Versie.objects.zichtbaar_voor(gebruiker).filter(traject=traject).defer("html")
        self.fields["versie"].queryset = zichtbaar.order_by("-pk")  # type: ignore[attr-defined]


class OverbrengForm(forms.Form):
    """Waar de opmerking in de commissie komt, en of de naam erbij staat."""

    waar = forms.ChoiceField(
        label="Waar?", choices=(), error_messages={"required": "Kies een versie of een vergadering."}
    )
    met_naam = forms.BooleanField(label="Noem wie het zei", required=False)

    def __init__(self, *args: Any, traject: Adviestraject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versies = traject.versies.exclude(soort=SoortVersie.VASTGESTELD).defer("html").order_by("-pk")[:5]
        self.versies = {f"versie:{v.pk}": v for v in versies}
        zittingen = Vergadering.objects.filter(
            orgaan=Orgaan.COMMISSIE, commissie=traject.commissie_id, status__in=[Status.GEPLAND, Status.OPGEROEPEN]
        ).order_by("datum", "pk")
        self.vergaderingen = {f"vergadering:{v.pk}": v for v in zittingen}
        self.fields["waar"].choices = [  # type: ignore[attr-defined]
            ("", "Kies"),
            ("Als opmerking in de kring van de commissie", [(k, f"bij {v}") for k, v in self.versies.items()]),
            (
                "Als agendapunt van de commissie",
                [
                    (k, f"vergadering van {datum_nl(v.datum)}" if v.datum else str(v))
                    for k, v in self.vergaderingen.items()
                ],
            ),
        ]

    def voor_actie(self) -> dict[str, Any]:
        """Geef de argumenten van `breng_over`."""
        waar = self.cleaned_data["waar"]
        return {
            "versie": self.versies.get(waar),
            "vergadering": self.vergaderingen.get(waar),
            "met_naam": self.cleaned_data["met_naam"],
        }
