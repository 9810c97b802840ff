"""Formulieren van het achterbanberaad: voorbereiden, verlengen, reacties openstellen."""

from typing import Any

from django import forms
from django.db.models import Q

from adviezen.models import Achterbanberaad, Adviestraject, Deelname
from kern.datumveld import Datumveld
from kern.tijd import dag_van, vandaag
from raad.models import Organisatie
from raad.queries import namens_organisaties, organisaties_met_zetels
from toegang.models import Gebruiker

JA_NEE = [("ja", "Ja, de tekst wordt openbaar als ontwerpadvies"), ("nee", "Nee, de tekst blijft besloten")]


class BeraadForm(forms.Form):
    """Termijn, organisaties met hun contact, en de toestemming van de commissievoorzitter (zonder beginwaarde).

    Klaarleggen kan met gaten, beginnen niet: dat zegt de uitleg, dus staat er nergens "(niet verplicht)".
    """

    verberg_niet_verplicht = True

    uiterlijk_op = Datumveld(
        label="Laatste dag om te reageren",
        widget=forms.DateInput,
        help_text="Organisaties kunnen tot en met deze dag reageren.",
    )
    wie = forms.ChoiceField(
        label="Wie doet mee?",
        choices=[("zetels", "Alle organisaties met zetels in de raad"), ("eigen", "Een eigen lijst van de commissie")],
        widget=forms.RadioSelect,
        initial="zetels",
    )
    lijst_reden = forms.CharField(
        label="Reden voor een eigen lijst",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Alleen bij een eigen lijst, en dan verplicht.",
    )
    openbaar = forms.ChoiceField(
        label="Geeft de commissievoorzitter toestemming om de tekst openbaar te maken?",
        choices=JA_NEE,
        widget=forms.RadioSelect,
        required=False,
        help_text="Laat leeg zolang de voorzitter nog niet antwoordde. Zonder antwoord kan de ronde niet beginnen.",
    )
    toestemming_op = Datumveld(label="Antwoord van de voorzitter op", widget=forms.DateInput, required=False)
    toelichting = forms.CharField(
        label="Toelichting bij het antwoord",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mag leeg blijven.",
    )

    def __init__(self, *args: Any, traject: Adviestraject, beraad: Achterbanberaad | None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _begin(beraad))
        super().__init__(*args, **kwargs)
        dag = vandaag()
        self.met_zetels = list(organisaties_met_zetels(dag))
        zetels = {o.pk for o in self.met_zetels}
        deelnames = {d.organisatie_id: d for d in beraad.deelnames.all()} if beraad else {}
        overige = Organisatie.objects.filter(Q(voorbeeld=traject.voorbeeld) | Q(pk__in=deelnames)).exclude(
            pk__in=zetels
        )
        contacten = namens_organisaties(dag)
        self.organisaties: list[Organisatie] = [*self.met_zetels, *overige.order_by("naam")]
        self.rijen: list[tuple[Organisatie, str, str]] = []
        for organisatie in self.organisaties:
            deelname = deelnames.get(organisatie.pk)
            nu = contacten.get(organisatie.pk, {})
            keuzes = list(nu.items())
            if deelname is not None and deelname.contact_id and deelname.contact_id not in nu:
                keuzes.append((deelname.contact_id, f"{deelname.contact} (werkt hier niet meer)"))
            mee, wie = f"mee_{organisatie.pk}", f"contact_{organisatie.pk}"
            self.fields[mee] = forms.BooleanField(
                label=str(organisatie),
                required=False,
                initial=deelname is not None if beraad and beraad.eigen_lijst else organisatie.pk in zetels,
            )
            eerste = keuzes[0][0] if keuzes else ""
            self.fields[wie] = forms.ChoiceField(
                label=f"Contact van {organisatie}",
                choices=[("", "nog geen contact"), *keuzes],
                required=False,
                initial=(deelname.contact_id or "") if deelname is not None else eerste,
            )
            self.rijen.append((organisatie, mee, wie))

    def clean(self) -> dict[str, Any]:
        """Een antwoord hoort bij een dag en andersom; een eigen lijst heeft een reden en deelnemers."""
        gegevens = super().clean() or {}
        if gegevens.get("openbaar") and not gegevens.get("toestemming_op"):
            self.add_error("toestemming_op", "Op welke dag gaf de voorzitter dit antwoord?")
        if gegevens.get("toestemming_op") and not gegevens.get("openbaar"):
            self.add_error("openbaar", "Wat antwoordde de voorzitter: ja of nee?")
        return gegevens

    def groepen(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """Geef de regels met organisaties voor het scherm: eerst wie zetels heeft, dan de overige."""
        regels = [(self[mee], self[wie]) for _, mee, wie in self.rijen]
        aantal = len(self.met_zetels)
        return [("Organisaties met zetels in de raad", regels[:aantal]), ("Andere organisaties", regels[aantal:])]

    def vaste_velden(self) -> list[Any]:
        """Geef de velden die niet per organisatie zijn."""
        return [self[naam] for naam in BeraadForm.base_fields]

    def voor_actie(self) -> dict[str, Any]:
        """Geef de argumenten van `bereid_voor`."""
        g = self.cleaned_data
        eigen = g["wie"] == "eigen"
        mee = [(o, wie) for o, vink, wie in self.rijen if (g[vink] if eigen else o in self.met_zetels)]
        accounts = Gebruiker.objects.in_bulk([int(g[wie]) for _, wie in mee if g[wie]])
        return {
            "uiterlijk_op": g["uiterlijk_op"],
            "contacten": {o: accounts.get(int(g[wie])) if g[wie] else None for o, wie in mee},
            "openbaar": {"ja": True, "nee": False}.get(g["openbaar"]),
            "toestemming_op": g["toestemming_op"],
            "toelichting": g["toelichting"],
            "eigen_lijst": eigen,
            "lijst_reden": g["lijst_reden"],
        }


def _begin(beraad: Achterbanberaad | None) -> dict[str, Any]:
    if beraad is None:
        return {}
    return {
        "uiterlijk_op": beraad.uiterlijk_op,
        "wie": "eigen" if beraad.eigen_lijst else "zetels",
        "lijst_reden": beraad.lijst_reden,
        "openbaar": {True: "ja", False: "nee"}.get(beraad.openbaar, ""),  # type: ignore[arg-type]
        "toestemming_op": beraad.toestemming_op,
        "toelichting": beraad.toestemming_toelichting,
    }


class VerlengForm(forms.Form):
    """Meer tijd voor alle organisaties, of voor één die nog niet reageerde."""

    verberg_niet_verplicht = True

    voor = forms.ModelChoiceField(
        label="Voor wie?",
        queryset=Deelname.objects.none(),
        required=False,
        empty_label="Alle organisaties in deze ronde",
        error_messages={"invalid_choice": "Deze organisatie reageerde intussen, of doet niet mee in deze ronde."},
    )
    uiterlijk_op = Datumveld(label="Nieuwe laatste dag", widget=forms.DateInput)
    reden = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De reden komt in het dossier te staan.",
        error_messages={"required": "Geef een reden; die komt in het dossier te staan."},
    )

    def __init__(self, *args: Any, beraad: Achterbanberaad | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if beraad is not None:
            rijen = beraad.deelnames.wachtend().select_related("organisatie").order_by("organisatie__naam")
            self.fields["voor"].queryset = rijen  # type: ignore[attr-defined]


class OpenstelForm(forms.Form):
    """Waarom de commissie de reacties ook aan anderen laat lezen."""

    reden = forms.CharField(
        label="Reden van de commissie",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Geef de reden waarom de commissie de reacties openstelt."},
    )


class HerinnerForm(forms.Form):
    """Welke organisaties een herinnering krijgen."""

    deelnames = forms.ModelMultipleChoiceField(
        label="Wie krijgt een herinnering?",
        queryset=Deelname.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies ten minste één organisatie.",
            "invalid_choice": "Een van de gekozen organisaties reageerde intussen.",
            "invalid_pk_value": "Een van de gekozen organisaties hoort niet bij deze ronde.",
        },
    )

    def __init__(self, *args: Any, beraad: Achterbanberaad | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rijen = Deelname.objects.none() if beraad is None else beraad.deelnames.wachtend().select_related("organisatie")
        veld = self.fields["deelnames"]
        veld.queryset = rijen  # type: ignore[attr-defined]
        veld.initial = [d.pk for d in rijen if d.herinnerd_op is None or dag_van(d.herinnerd_op) != vandaag()]
