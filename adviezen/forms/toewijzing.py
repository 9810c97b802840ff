"""Formulieren van stap 2: de criteria en het besluit van het dagelijks bestuur."""

from datetime import timedelta
from typing import Any

from django import forms

from adviezen.actions.toewijzing import er_sinds
from adviezen.enums import VASTE_CRITERIA, Criterium, Criteriumoordeel, ToewijzingBesluit
from adviezen.models import Adviestraject
from commissies.models import Commissie
from kern.tijd import datum_nl, vandaag
from raad.models import Persoon
from stukken.ontvangst import WORD_OF_PDF
from vergaderingen.models import Vergadering

EIGEN_PLAATSEN = 2
JAAR = timedelta(days=366)  # een besluit van langer geleden leggen we niet meer vast


class CriteriaForm(forms.Form):
    """De zeven criteria, elk met een oordeel en een toelichting, en ruimte voor eigen criteria."""

    verberg_niet_verplicht = True

    def __init__(self, *args: Any, traject: Adviestraject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bestaand = {(o.criterium, o.naam): o for o in traject.criteriumoordelen.all()}
        eigen = [o for o in bestaand.values() if o.criterium == Criterium.EIGEN]
        self.rijen: list[dict[str, Any]] = []
        for criterium in VASTE_CRITERIA:
            self._voeg_toe(str(criterium), criterium.label, bestaand.get((criterium, "")))
        for n in range(max(EIGEN_PLAATSEN, len(eigen) + 1)):
            self._voeg_toe(f"eigen{n}", "Eigen criterium", eigen[n] if n < len(eigen) else None, eigen=True)

    def _voeg_toe(self, sleutel: str, label: str, oordeel: Any, *, eigen: bool = False) -> None:
        keuzes = [("", "nog niet beoordeeld"), *Criteriumoordeel.choices]
        if eigen:
            self.fields[f"{sleutel}_naam"] = forms.CharField(
                label="Naam van het eigen criterium",
                max_length=200,
                required=False,
                initial=oordeel.naam if oordeel else "",
            )
        self.fields[f"{sleutel}_oordeel"] = forms.ChoiceField(
            label="Oordeel",
            choices=keuzes,
            required=False,
            initial=oordeel.oordeel if oordeel else "",
        )
        self.fields[f"{sleutel}_toelichting"] = forms.CharField(
            label="Toelichting",
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=oordeel.toelichting if oordeel else "",
        )
        self.rijen.append({"sleutel": sleutel, "label": label, "eigen": eigen})

    def clean(self) -> dict[str, Any]:
        """Een oordeel vraagt een toelichting, en andersom; een eigen criterium een naam."""
        gegevens = super().clean() or {}
        for rij in self.rijen:
            s = rij["sleutel"]
            vraag = rij["label"] if rij["label"].endswith("?") else f"{rij['label']}:"
            oordeel, tekst = gegevens.get(f"{s}_oordeel", ""), (gegevens.get(f"{s}_toelichting") or "").strip()
            naam = (gegevens.get(f"{s}_naam") or "").strip()
            if oordeel and not tekst:
                self.add_error(f"{s}_toelichting", f"{vraag} Licht het oordeel toe.")
            if tekst and not oordeel:
                self.add_error(f"{s}_oordeel", f"{vraag} Kies een oordeel bij deze toelichting.")
            if rij["eigen"] and (oordeel or tekst) and not naam:
                self.add_error(f"{s}_naam", "Geef het eigen criterium een naam.")
            if rij["eigen"] and naam and not oordeel:
                self.add_error(f"{s}_oordeel", "Kies een oordeel over dit criterium.")
        return gegevens

    def velden(self) -> list[dict[str, Any]]:
        """Geef per criterium de gebonden velden, voor het sjabloon."""
        return [
            rij
            | {
                "naam": self[f"{rij['sleutel']}_naam"] if rij["eigen"] else None,
                "oordeel": self[f"{rij['sleutel']}_oordeel"],
                "toelichting": self[f"{rij['sleutel']}_toelichting"],
            }
            for rij in self.rijen
        ]


class DbBesluitForm(forms.Form):
    """Wat het dagelijks bestuur besloot."""

    soms_verplicht = (  # bij toewijzen of bij weigeren
        "commissie", "voorzitter", "reden_voorzitter", "scope", "motivering", "brief_tekst", "brief",
    )  # fmt: skip
    vergadering = forms.ModelChoiceField(
        label="Vergadering van het dagelijks bestuur",
        queryset=Vergadering.objects.none(),
        help_text="De vergadering moet gehouden zijn, met quorum.",
    )
    besluit = forms.ChoiceField(label="Besluit", choices=ToewijzingBesluit.choices, widget=forms.RadioSelect)
    commissie = forms.ModelChoiceField(
        label="Commissie",
        queryset=Commissie.objects.none(),
        required=False,
        help_text="Eén commissie is verantwoordelijk.",
    )
    voorzitter = forms.ModelChoiceField(
        label="Voorzitter",
        queryset=Persoon.objects.none(),
        required=False,
        help_text="In beginsel een (plaatsvervangend) kroonlid.",
    )
    reden_voorzitter = forms.CharField(
        label="Reden als de voorzitter geen kroonlid is", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    scope = forms.CharField(
        label="Reikwijdte",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wat wel en wat niet aan de orde komt, bijvoorbeeld alleen de hoofdlijnen.",
    )
    motivering = forms.CharField(
        label="Motivering",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Verplicht bij een weigering.",
    )
    brief_tekst = forms.CharField(
        label="Brief aan de adviesvrager (bij een weigering)", required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    brief = forms.FileField(label="Of: de brief als bestand", required=False, help_text=WORD_OF_PDF)

    def __init__(self, *args: Any, traject: Adviestraject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dag = vandaag()
        vergaderingen = Vergadering.objects.filter(
            orgaan="dagelijks_bestuur", datum__lte=dag, voorbeeld=traject.voorbeeld
        )
        # Wat de handeling toch weigert, staat niet ter keuze: een vergadering van voordat de aanvraag er was.
        sinds = er_sinds(traject)
        keuze = vergaderingen.filter(datum__gte=max(dag - JAAR, sinds)).order_by("-datum")
        self.fields["vergadering"].queryset = keuze  # type: ignore[attr-defined]
        wanneer = f"sinds {datum_nl(sinds)}"
        self.fields["vergadering"].error_messages["invalid_choice"] = f"Kies een vergadering die gehouden is {wanneer}."
        if not keuze:
            uitleg = f"Het dagelijks bestuur vergaderde nog niet {wanneer}; dan is er nog geen besluit vast te leggen."
            self.fields["vergadering"].help_text = uitleg
        commissies = Commissie.objects.filter(voorbeeld=traject.voorbeeld).exclude(opgeheven_op__lte=dag)
        self.fields["commissie"].queryset = commissies.order_by("sorteersleutel")  # type: ignore[attr-defined]
        personen = Persoon.objects.filter(voorbeeld=traject.voorbeeld, benoemingen__isnull=False).distinct()
        self.fields["voorzitter"].queryset = personen.order_by("sorteersleutel")  # type: ignore[attr-defined]
