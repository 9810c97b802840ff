"""Formulieren van de raad. Op het scherm staat de laatste dag; opgeslagen wordt de eerste dag erna."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings

from kern.datumveld import Datumveld
from kern.fouten import InvoerFout
from raad.enums import Bijzonder, Geleding, SoortBenoeming, Voorzittersfunctie
from raad.indeling import Zetels
from raad.models import Organisatie, Persoon, Zetel
from toegang.models import Gebruiker

# Een scherm dat accounts maakt is er niet (docs/beheer.md): dat doet de beheerder, met een reden.
GEEN_ACCOUNT = "Staat het er niet bij, vraag het dan aan de beheerder."


class DaadForm(forms.Form):
    """Een formulier bij een handeling: geeft de velden als argumenten en zet een weigering bij het juiste veld."""

    # veld van de handeling -> veld op het scherm
    op_scherm: ClassVar[Mapping[str, str]] = {"tot": "laatste_dag", "per": "laatste_dag"}

    def argumenten(self) -> dict[str, Any]:
        """De ingevulde waarden met de namen van de handeling; `laatste_dag` wordt de eerste dag erna."""
        uit = dict(self.cleaned_data)
        if "laatste_dag" in uit:
            laatste: date | None = uit.pop("laatste_dag")
            naam = "per" if self.fields["laatste_dag"].required else "tot"
            uit[naam] = laatste + timedelta(days=1) if laatste else None
        return uit

    def weiger(self, fout: InvoerFout) -> None:
        """Zet de melding bij het veld, of boven het formulier als dat veld er niet is."""
        veld = self.op_scherm.get(fout.veld, fout.veld)
        self.add_error(veld if veld in self.fields else None, fout.tekst)


class OpForm(forms.Form):
    """De dag waarop het overzicht geldt."""

    verberg_niet_verplicht = True
    op = Datumveld(label="Stand op", required=False)


class Zetelkeuze(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        van_wie = obj.organisatie.naam if obj.organisatie else obj.get_bijzonder_display() or "kroonlid"
        return f"Zetel {obj.nummer} · {van_wie}"


class BenoemForm(DaadForm):
    persoon = forms.ModelChoiceField(
        label="Persoon",
        queryset=Persoon.objects.none(),
        empty_label="Kies een persoon",
        help_text="Staat de persoon er niet bij? Voeg die eerst toe op de bladzijde van de raad.",
    )
    zetel = Zetelkeuze(label="Zetel", queryset=Zetel.objects.none(), empty_label="Kies een zetel")
    soort = forms.ChoiceField(
        label="Als",
        choices=[(s.value, s.label) for s in (SoortBenoeming.LID, SoortBenoeming.PLAATSVERVANGER)],
    )
    van = Datumveld(label="Eerste dag")
    laatste_dag = Datumveld(
        label="Laatste dag", required=False, help_text="Leeg: tot het einde van de zittingsperiode."
    )
    meegedeeld_op = Datumveld(
        label="Meegedeeld op",
        required=False,
        help_text="Vanaf deze dag loopt de termijn van drie weken om te aanvaarden.",
    )
    aanvaard_op = Datumveld(
        label="Aanvaard op", required=False, help_text="Alleen als de ondertekende verklaring al binnen is."
    )
    bron = forms.CharField(label="Bron", required=False, max_length=300, help_text="Bijvoorbeeld een besluit of brief.")

    def __init__(self, *args: Any, zetels: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._veld("zetel").queryset = zetels
        self._veld("persoon").queryset = Persoon.objects.filter(voorbeeld=settings.VOORBEELD)

    def _veld(self, naam: str) -> Any:
        return self.fields[naam]


class BeeindigForm(DaadForm):
    laatste_dag = Datumveld(label="Laatste dag")
    reden = forms.CharField(label="Reden", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class AanvaardForm(DaadForm):
    op = Datumveld(label="Aanvaard op")
    verklaring = forms.BooleanField(
        label="De ondertekende verklaring is binnen",
        required=False,
        help_text="Benoembaar, en geen onverenigbaar ambt.",
    )


class AfwijsForm(DaadForm):
    reden = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Bijvoorbeeld: heeft bedankt, of niet binnen drie weken aanvaard.",
    )


class BestuurForm(DaadForm):
    """Een lid kiezen voor een plaats in het dagelijks bestuur."""

    persoon = forms.ModelChoiceField(
        label="Lid van de raad", queryset=Persoon.objects.none(), empty_label="Kies een lid"
    )
    van = Datumveld(label="Eerste dag")
    laatste_dag = Datumveld(label="Laatste dag", required=False, help_text="Leeg: zolang dit lid in de raad zit.")

    def __init__(self, *args: Any, leden: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["persoon"]
        veld.queryset = leden


class VoorzitterForm(BestuurForm):
    functie = forms.ChoiceField(label="Functie", choices=Voorzittersfunctie.choices)
    field_order = ["functie", "persoon", "van", "laatste_dag"]


class PersoonForm(DaadForm):
    naam = forms.CharField(label="Naam", max_length=120)
    gebruiker = forms.ModelChoiceField(
        label="Account",
        queryset=Gebruiker.objects.filter(is_active=True, persoon=None),
        required=False,
        empty_label="Geen account",
        help_text=f"Alleen als deze persoon inlogt. {GEEN_ACCOUNT}",
    )


class AccountForm(DaadForm):
    gebruiker = forms.ModelChoiceField(
        label="Account",
        queryset=Gebruiker.objects.filter(is_active=True, persoon=None),
        empty_label="Kies een account",
        help_text=GEEN_ACCOUNT,
    )


class OrganisatieForm(DaadForm):
    naam = forms.CharField(label="Naam", max_length=120)
    voluit = forms.CharField(label="Naam voluit", max_length=200, required=False)
    lidwoord = forms.ChoiceField(label="Lidwoord", required=False, choices=[("", "geen"), ("de", "de"), ("het", "het")])
    geleding = forms.ChoiceField(
        label="Geleding",
        required=False,
        choices=[
            ("", "geen: heeft geen zetels in de raad"),
            (Geleding.ONDERNEMERS.value, "ondernemers"),
            (Geleding.WERKNEMERS.value, "werknemers"),
        ],
    )

    def argumenten(self) -> dict[str, Any]:
        """De argumenten van registreer_organisatie; zonder geleding is None."""
        velden = super().argumenten()
        return velden | {"geleding": velden["geleding"] or None}


class ContactForm(DaadForm):
    organisatie = forms.ModelChoiceField(
        label="Organisatie", queryset=Organisatie.objects.none(), empty_label="Kies een organisatie"
    )
    gebruiker = forms.ModelChoiceField(
        label="Account",
        queryset=Gebruiker.objects.filter(is_active=True),
        empty_label="Kies een account",
        help_text=f"Wie de reactie indient. {GEEN_ACCOUNT}",
    )
    van = Datumveld(label="Eerste dag")
    laatste_dag = Datumveld(label="Laatste dag", required=False, help_text="Leeg: tot nader bericht.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["organisatie"]
        veld.queryset = Organisatie.objects.filter(voorbeeld=settings.VOORBEELD).exclude(geleding=None)


class PeriodeForm(DaadForm):
    """Een zittingsperiode met de zetels per organisatie; de organisaties zijn gegevens, dus de velden ook."""

    naam = forms.CharField(label="Naam", max_length=60, help_text="Bijvoorbeeld 2028-2030.")
    van = Datumveld(label="Eerste dag")
    laatste_dag = Datumveld(label="Laatste dag", required=False, help_text="Leeg: twee jaar na de eerste dag.")
    per_zijde = forms.IntegerField(
        label="Zetels voor ondernemers, en evenveel voor werknemers", min_value=0, max_value=60
    )
    kroonleden = forms.IntegerField(label="Zetels voor kroonleden, met die van DNB en CPB", min_value=0, max_value=60)
    db_per_geleding = forms.IntegerField(
        label="Leden van het dagelijks bestuur per geleding", min_value=0, max_value=20, initial=4
    )
    bron = forms.CharField(label="Besluit", required=False, max_length=300)
    op_scherm: ClassVar[Mapping[str, str]] = {"tot": "laatste_dag", "werknemers": "per_zijde", "zetels": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisaties = list(
            Organisatie.objects.filter(voorbeeld=settings.VOORBEELD).exclude(geleding=None).order_by("geleding", "naam")
        )
        for organisatie in self.organisaties:
            self.fields[f"organisatie_{organisatie.pk}"] = forms.IntegerField(
                label=f"{organisatie.naam} ({organisatie.get_geleding_display()})",
                min_value=0,
                max_value=60,
                initial=0,
            )
        self.order_fields(
            ["naam", "van", "laatste_dag", "per_zijde"]
            + [f"organisatie_{o.pk}" for o in self.organisaties]
            + ["kroonleden", "db_per_geleding", "bron"]
        )

    def argumenten(self) -> dict[str, Any]:
        """De argumenten van richt_periode_in."""
        velden = super().argumenten()
        zetels = [Zetels(Geleding(str(o.geleding)), velden.pop(f"organisatie_{o.pk}"), o) for o in self.organisaties]
        zijde, kroon = velden.pop("per_zijde"), velden.pop("kroonleden")
        bijzonder = list(Bijzonder)[:kroon]
        zetels.append(Zetels(Geleding.KROONLEDEN, kroon - len(bijzonder)))
        zetels += [Zetels(Geleding.KROONLEDEN, 1, bijzonder=soort) for soort in bijzonder]
        aantallen = {Geleding.ONDERNEMERS: zijde, Geleding.WERKNEMERS: zijde, Geleding.KROONLEDEN: kroon}
        return velden | {"zetels": zetels, "aantallen": aantallen}
