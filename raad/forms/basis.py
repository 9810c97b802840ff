"""Formulieren van de raad. Op het scherm staat de laatste dag; opgeslagen wordt de eerste dag erna."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from kern.datumveld import Datumveld
from kern.fouten import InvoerFout
from kern.tijd import datum_nl, vandaag
from raad import queries
from raad.enums import Bijzonder, Geleding, SoortBenoeming, Voorzittersfunctie
from raad.indeling import Zetels
from raad.models import Organisatie, Persoon, Zetel
from toegang.models import Gebruiker

# Wie een account koppelt, maakt er geen: dat doet de functioneel beheerder (docs/beheer.md).
GEEN_ACCOUNT = (
    "Staat het er niet bij, vraag het dan aan de functioneel beheerder: die maakt het met naam en e-mailadres."
)


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


class Accountkeuze(forms.ModelChoiceField):
    """Een account met zijn adres erbij: wie koppelt, is het tweede paar ogen bij wie er straks inlogt."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.naam} ({obj.email})"


def _van_wie(zetel: Zetel) -> str:
    return zetel.organisatie.naam if zetel.organisatie else zetel.get_bijzonder_display() or "kroonlid"


def _tot_en_met(tot: date | None) -> str:
    return f"tot en met {datum_nl(tot - timedelta(days=1), weekdag=False)}" if tot else "zonder einde"


class MetBezetting(forms.ModelChoiceField):
    """Een keuzelijst die bij elke keuze zegt wie er al zit en tot wanneer."""

    bezet: Mapping[int, list[str]] = {}  # noqa: RUF012 wordt per formulier gezet

    def _erbij(self, naam: str, pk: int) -> str:
        return " · ".join([naam, *self.bezet.get(pk, [])])


class Zetelkeuze(MetBezetting):
    def label_from_instance(self, obj: Any) -> str:
        return self._erbij(f"Zetel {obj.nummer} · {_van_wie(obj)}", obj.pk)


class Persoonkeuze(MetBezetting):
    def label_from_instance(self, obj: Any) -> str:
        return self._erbij(obj.naam, obj.pk)


class BenoemForm(DaadForm):
    persoon = Persoonkeuze(
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
        self._bezetting = queries.bezetting(vandaag())
        zetel, persoon = defaultdict(list), defaultdict(list)
        for b in self._bezetting:
            einde = _tot_en_met(b.tot)
            zetel[b.zetel_id].append(f"{b.get_soort_display()}: {b.persoon.naam}, {einde}")
            persoon[b.persoon_id].append(f"heeft zetel {b.zetel.nummer} ({_van_wie(b.zetel)}), {einde}")
        self._veld("zetel").bezet, self._veld("persoon").bezet = zetel, persoon

    def clean(self) -> dict[str, Any]:
        """Zeg bij zetel en persoon wat er in de weg zit, allebei tegelijk; het laatste woord heeft de database."""
        velden = super().clean() or {}
        persoon, zetel, van = velden.get("persoon"), velden.get("zetel"), velden.get("van")
        if persoon is None or zetel is None or van is None:
            return velden
        laatste = velden.get("laatste_dag")
        tot = laatste + timedelta(days=1) if laatste else zetel.tot
        for b in self._bezetting:
            if (b.tot is not None and b.tot <= van) or (tot is not None and b.van >= tot):
                continue
            if b.zetel_id == zetel.pk and b.soort == velden.get("soort"):
                zin = f"Deze zetel is in die tijd al bezet: {b.persoon.naam} is {b.get_soort_display()}"
                self.add_error("zetel", f"{zin}, {_tot_en_met(b.tot)}. Beëindig dat eerst of kies een latere datum.")
            elif b.persoon_id == persoon.pk:
                self.add_error(
                    "persoon",
                    f"{persoon.naam} heeft al zetel {b.zetel.nummer} ({_van_wie(b.zetel)}), {_tot_en_met(b.tot)}.",
                )
        return velden

    def _veld(self, naam: str) -> Any:
        return self.fields[naam]


class BeeindigForm(DaadForm):
    laatste_dag = Datumveld(label="Laatste dag")
    reden = forms.CharField(label="Reden", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class BeeindigContactForm(DaadForm):
    """Een coördinator stopt op een dag, of was een vergissing en stopt meteen."""

    meteen = forms.BooleanField(
        label="Meteen: dit was een vergissing",
        required=False,
        help_text="Deze persoon leest en doet vanaf nu niets meer voor de organisatie. Vul dan geen laatste dag in.",
    )
    laatste_dag = Datumveld(label="Laatste dag", required=False)
    reden = forms.CharField(label="Reden", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    verberg_niet_verplicht = True

    def clean(self) -> dict[str, Any]:
        """Een dag, of meteen: een van de twee."""
        velden = super().clean() or {}
        if not velden.get("meteen") and "laatste_dag" in velden and velden["laatste_dag"] is None:
            self.add_error("laatste_dag", "Vul de laatste dag in, of kies meteen.")
        return velden

    def argumenten(self) -> dict[str, Any]:
        """De eerste dag dat het niet meer geldt, of None voor meteen, en de reden."""
        velden = self.cleaned_data
        per = None if velden["meteen"] else velden["laatste_dag"] + timedelta(days=1)
        return {"per": per, "reden": velden["reden"]}


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


def _wat(persoon: Persoon) -> str:
    """Geef waaraan een naamgenoot te herkennen is: zijn zetel van nu, of zijn e-mailadres."""
    nu = queries.benoeming_van(persoon, vandaag())
    if nu is not None:
        return f" ({nu.get_soort_display()}, {_van_wie(nu.zetel)})"
    return f" ({persoon.gebruiker.email})" if persoon.gebruiker else ""


class PersoonForm(DaadForm):
    naam = forms.CharField(label="Naam", max_length=120)
    ander = forms.BooleanField(label="Dit is een ander met dezelfde naam", required=False)
    gebruiker = Accountkeuze(
        label="Account",
        queryset=Gebruiker.objects.filter(is_active=True, persoon=None),
        required=False,
        empty_label="Geen account",
        help_text=f"Alleen als deze persoon inlogt. {GEEN_ACCOUNT}",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Het vakje "een ander" staat er alleen als iemand al zo heet, met wie dat is."""
        super().__init__(*args, **kwargs)
        naam = str(self.data.get("naam", ""))[:200].replace("\x00", "")
        self._zelfde = list(queries.naamgenoten(naam)[:5]) if naam.strip() else []
        if not self._zelfde:
            del self.fields["ander"]
            return
        wie = [(reverse("raad:persoon", args=[p.pk]), p.naam, _wat(p)) for p in self._zelfde]
        links = format_html_join(", ", '<a href="{}">{}</a>{}', wie)
        self.fields["ander"].help_text = format_html("Zo heet al: {}.", links)

    def clean(self) -> dict[str, Any]:
        """Vraag bij een naamgenoot of dit een ander is: twee keer dezelfde mens is later niet te scheiden."""
        velden = super().clean() or {}
        if "ander" in self.fields and not velden.pop("ander", False):
            self.add_error("ander", "Er is al iemand met deze naam. Is dit een ander, kruis dit dan aan.")
        return velden


class AccountForm(DaadForm):
    gebruiker = Accountkeuze(
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
    gebruiker = Accountkeuze(
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
