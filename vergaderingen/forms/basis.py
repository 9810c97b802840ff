"""Formulieren van vergadering, agenda, presentie en verslag."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from commissies.enums import SoortCommissie
from commissies.models import Commissie, Commissielid
from commissies.queries import nog_te_plannen
from kern.datumveld import Datumveld
from kern.tijd import vandaag
from raad.models.tijdvak import geldt_op
from stukken.ontvangst import WORD_OF_PDF
from toegang.models import Gebruiker
from vergaderingen import permissions
from vergaderingen.enums import Besluitsoort, Orgaan, Puntsoort, Status, Uitkomst
from vergaderingen.models import Agendapunt, Vergadering
from vergaderingen.opmaak import VERTROUWELIJK
from vergaderingen.stemming import Telling

OPENBAAR = (("ja", "Openbaar"), ("nee", "Besloten"))


class FilterForm(forms.Form):
    """Het filter boven de lijst."""

    verberg_niet_verplicht = True
    orgaan = forms.ChoiceField(label="Orgaan", required=False, choices=[("", "Alle organen"), *Orgaan.choices])
    commissie = forms.ModelChoiceField(
        Commissie.objects.none(), label="Commissie", required=False, empty_label="Alle commissies"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commissie"].queryset = Commissie.objects.filter(  # type: ignore[attr-defined]
            vergaderingen__isnull=False
        ).distinct()


class TijdEnPlaats(forms.Form):
    """Wanneer en waar."""

    datum = Datumveld(label="Datum")
    begin = forms.TimeField(label="Begin", required=False)
    eind = forms.TimeField(label="Einde", required=False, help_text="Later dan het begin.")
    plaats = forms.CharField(label="Plaats", required=False, max_length=200)


class PlanForm(TijdEnPlaats):
    """Een vergadering plannen."""

    soms_verplicht = ("commissie", "besloten_reden")
    orgaan = forms.ChoiceField(label="Wie vergadert?", choices=[])
    commissie = forms.ModelChoiceField(
        Commissie.objects.none(),
        label="Commissie of werkgroep",
        required=False,
        empty_label="Kies een commissie",
        help_text="Nodig als een commissie of werkgroep vergadert; anders leeg.",
    )
    uitzending = forms.URLField(label="Adres van de uitzending", required=False, max_length=200, assume_scheme="https")
    openbaar = forms.ChoiceField(
        label="Openbaar of besloten?",
        choices=OPENBAAR,
        required=False,
        help_text="Alleen de raad vergadert openbaar; andere organen zijn altijd besloten.",
    )
    besloten_reden = forms.CharField(
        label="Reden van beslotenheid",
        required=False,
        max_length=300,
        help_text="Voor een besloten raadsvergadering, bijvoorbeeld omdat het over personen gaat.",
    )
    opmerking = forms.CharField(label="Opmerking", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    voorstel = forms.CharField(required=False, widget=forms.HiddenInput)  # van welk orgaan het voorstel is
    field_order = ("orgaan", "commissie", "datum", "begin", "eind", "plaats", "uitzending", "openbaar")

    def __init__(self, *args: Any, gebruiker: Gebruiker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Werkgroepen kiest men als commissie; het orgaan volgt uit de soort.
        keuzes = [
            (waarde, "Commissie of werkgroep" if waarde == Orgaan.COMMISSIE else naam)
            for waarde, naam in Orgaan.choices
            if waarde != Orgaan.WERKGROEP and permissions.mag_voor_orgaan(waarde, gebruiker)
        ]
        self.fields["orgaan"].choices = keuzes  # type: ignore[attr-defined]
        # Het archief kent het dagelijks bestuur ook als eigen orgaan; hier is het een keuze bij het orgaan.
        commissies = nog_te_plannen(vandaag()).exclude(naam=Orgaan.DAGELIJKS_BESTUUR.label)
        self.fields["commissie"].queryset = commissies  # type: ignore[attr-defined]
        self.fields["commissie"].choices = _per_stand(commissies)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Maak van een werkgroep het orgaan werkgroep, en van de keuze openbaar een ja of nee."""
        schoon: dict[str, Any] = super().clean() or self.cleaned_data
        schoon.pop("voorstel", None)
        commissie = schoon.get("commissie")
        if schoon.get("orgaan") == Orgaan.COMMISSIE and commissie and commissie.soort == SoortCommissie.WERKGROEP:
            schoon["orgaan"] = Orgaan.WERKGROEP
        schoon["openbaar"] = schoon.get("openbaar") != "nee"
        if schoon.get("orgaan") == Orgaan.RAAD:
            _keur_reden(self)
            if commissie:
                self.add_error("commissie", "U koos de raad. Kies “Commissie of werkgroep”, of laat dit leeg.")
        return schoon


def _per_stand(commissies: QuerySet[Commissie]) -> list[tuple[str, Any]]:
    """Geef de keuzes met wat loopt bovenaan: zelf ingesteld, of met leden vandaag. Van de rest weet alleen het archief.

    Het archief kent vaak geen dag van opheffing; met de hand plannen kan voor die commissies dus nog wel.
    """
    bezet = set(Commissielid.objects.filter(geldt_op(vandaag())).values_list("commissie_id", flat=True))
    lopend: list[tuple[int, str]] = []
    archief: list[tuple[int, str]] = []
    for commissie in commissies:
        loopt = commissie.kenmerk is None or commissie.pk in bezet
        (lopend if loopt else archief).append((commissie.pk, str(commissie)))
    groepen = (("Lopend", lopend), ("Uit het archief", archief))
    return [("", "Kies een commissie"), *((naam, groep) for naam, groep in groepen if groep)]


def _keur_reden(formulier: forms.Form) -> None:
    """Meld een reden van beslotenheid bij een openbare vergadering: zij verdween anders zonder een woord."""
    schoon = formulier.cleaned_data
    if schoon.get("openbaar") and schoon.get("besloten_reden"):
        formulier.add_error("besloten_reden", "U koos openbaar. Kies besloten, of haal deze reden weg.")


class OpenbaarheidForm(forms.Form):
    """Of een geplande raadsvergadering openbaar is."""

    soms_verplicht = ("besloten_reden",)
    openbaar = forms.ChoiceField(label="Openbaar of besloten?", choices=OPENBAAR)
    besloten_reden = forms.CharField(
        label="Reden van beslotenheid",
        required=False,
        max_length=300,
        help_text="Verplicht bij besloten, bijvoorbeeld omdat het over personen gaat. De reden is openbaar.",
    )

    def clean_openbaar(self) -> bool:
        """Geef de keuze als ja of nee."""
        return bool(self.cleaned_data["openbaar"] == "ja")


class UitzendingForm(forms.Form):
    """Waar de vergadering te volgen of terug te kijken is."""

    uitzending = forms.URLField(
        label="Adres van de uitzending",
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text="Leeg: er is geen uitzending.",
    )


class VerplaatsForm(TijdEnPlaats):
    """Een vergadering verplaatsen."""

    reden = forms.CharField(label="Reden", max_length=300, help_text="Komt in het dossier te staan.")


class RedenForm(forms.Form):
    """Een handeling met alleen een reden."""

    reden = forms.CharField(label="Reden", max_length=300, help_text="Komt in het dossier te staan.")


class OproepingForm(forms.Form):
    """De leden oproepen."""

    opgeroepen_op = Datumveld(label="Oproeping verstuurd op")
    stukken_op = Datumveld(label="Stukken verstuurd op")


class MomentForm(forms.Form):
    """Het moment van opening of sluiting."""

    heet: ClassVar = {"geopend_op": "moment", "gesloten_op": "moment"}
    moment = forms.DateTimeField(label="Moment", required=False, help_text="Laat leeg voor nu.")


class GeenQuorumForm(TijdEnPlaats):
    """De volgende oproeping na een vergadering zonder quorum."""

    heet: ClassVar = {"nieuwe_datum": "datum"}
    datum = Datumveld(label="Datum van de volgende oproeping")


class AgendapuntForm(forms.Form):
    """Een agendapunt toevoegen of wijzigen."""

    onderwerp = forms.CharField(label="Onderwerp", max_length=400)
    soort = forms.ChoiceField(label="Soort", choices=Puntsoort.choices, initial=Puntsoort.OVERIG)
    toelichting = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    stuk = forms.FileField(label="Stuk", required=False, help_text=WORD_OF_PDF)
    vertrouwelijk = forms.BooleanField(label="Vertrouwelijk: niet op de openbare agenda", required=False)


class NummerForm(forms.Form):
    """Een stuknummer geven of verbeteren."""

    nummer = forms.CharField(
        label="Stuknummer", required=False, max_length=20, help_text="Laat leeg voor het volgende nummer uit de reeks."
    )
    reden = forms.CharField(label="Reden van de verbetering", required=False, max_length=300)

    def __init__(self, *args: Any, punt: Agendapunt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if punt.stuknummer:
            self.fields["nummer"].required = self.fields["reden"].required = True
            self.fields["nummer"].help_text = f"Nu {punt.stuknummer}."
        else:
            del self.fields["reden"]


class BesluitForm(forms.Form):
    """Een besluit vastleggen."""

    soms_verplicht = ("voor", "tegen")  # bij een stemming allebei
    tekst = forms.CharField(label="Besluit", widget=forms.Textarea(attrs={"rows": 3}))
    soort = forms.ChoiceField(label="Waarover", choices=Besluitsoort.choices, initial=Besluitsoort.ZAAK)
    uitkomst = forms.ChoiceField(
        label="Uitkomst zonder stemming",
        choices=[
            (u, u.label)
            for u in (Uitkomst.AANGENOMEN, Uitkomst.VERWORPEN, Uitkomst.AANGEHOUDEN, Uitkomst.TER_KENNISNEMING)
        ],
        required=False,
        help_text="Vraagt niemand stemming, dan geldt het voorstel als aangenomen. Bij een telling volgt de uitkomst.",
    )
    voor = forms.IntegerField(label="Voor", required=False, min_value=0, max_value=200)
    tegen = forms.IntegerField(label="Tegen", required=False, min_value=0, max_value=200)
    blanco = forms.IntegerField(label="Blanco", required=False, min_value=0, max_value=200)

    def __init__(self, *args: Any, hoofdelijk: bool = False, alleen_zaak: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hoofdelijk = hoofdelijk
        if alleen_zaak:  # over een verslag gaat het nooit om personen of een verordening
            del self.fields["soort"]
        if hoofdelijk:  # tijdens de vergadering van raad en bestuur telt het portaal de stemmen per zetel zelf
            for naam in ("voor", "tegen", "blanco"):
                del self.fields[naam]
            self.fields[
                "uitkomst"
            ].help_text = (
                "Vraagt niemand stemming, dan geldt het voorstel als aangenomen. Vraagt iemand stemming: open er een."
            )

    def clean(self) -> dict[str, Any]:
        """Maak van de drie aantallen een telling; half ingevuld mag niet."""
        schoon: dict[str, Any] = super().clean() or self.cleaned_data
        if "soort" not in self.fields:
            schoon["soort"] = Besluitsoort.ZAAK
        if self.hoofdelijk and any(self.data.get(self.add_prefix(naam)) for naam in ("voor", "tegen", "blanco")):
            raise ValidationError("Tijdens de vergadering wordt per zetel gestemd. Open een stemming bij dit punt.")
        aantallen = [schoon.get(naam) for naam in ("voor", "tegen", "blanco")]
        schoon["telling"] = None
        if any(aantal is not None for aantal in aantallen):
            if aantallen[0] is None or aantallen[1] is None:
                raise ValidationError("Vul bij een stemming in hoeveel leden voor en hoeveel tegen waren.")
            schoon["telling"] = Telling(aantallen[0], aantallen[1], aantallen[2] or 0)
            schoon["uitkomst"] = ""
        return schoon


class CorrectieForm(forms.Form):
    """Een verkeerd vastgelegd besluit verbeteren."""

    tekst = forms.CharField(label="Besluit", widget=forms.Textarea(attrs={"rows": 3}))
    uitkomst = forms.ChoiceField(label="Uitkomst", choices=Uitkomst.choices)
    reden = forms.CharField(label="Reden van de verbetering", max_length=300)


class KeuzeForm(forms.Form):
    """Twee mensen kiezen: wie vervangt, en wie vervangen wordt. Gebruikt voor pool en agendapunt."""

    heet: ClassVar = {"persoon": "vervanger", "voor": "lid", "zetel": "lid"}
    vervanger = forms.TypedChoiceField(label="Plaatsvervanger", coerce=int, choices=[])
    lid = forms.TypedChoiceField(label="Vervangt", coerce=int, choices=[])

    def __init__(self, *args: Any, vervangers: list[tuple[int, str]], leden: list[tuple[int, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["vervanger"].choices = [("", "Kies een plaatsvervanger"), *vervangers]  # type: ignore[attr-defined]
        self.fields["lid"].choices = [("", "Kies een lid"), *leden]  # type: ignore[attr-defined]


ONBEKEND = "onbekend"


class VerslagForm(forms.Form):
    """Het verslag schrijven, in gewone tekst met eenvoudige opmaak (vergaderingen.opmaak)."""

    tekst = forms.CharField(
        label="Verslag",
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "verslag-veld"}),
        help_text="Een kop begint met #, een tussenkop met ##, een punt van een lijst met een streepje. Zet "
        "[vertrouwelijk] voor een alinea, punt of kop die niet in de openbare tekst mag.",
    )


class BijdrageForm(forms.Form):
    """Wie wat zei: een spreker van de presentielijst, of een onbekende."""

    bij = forms.ChoiceField(label="Bij punt", choices=[])
    spreker = forms.ChoiceField(label="Spreker", choices=[])
    bijdrage = forms.CharField(label="Wat de spreker zei", widget=forms.Textarea(attrs={"rows": 3}))
    vertrouwelijk = forms.BooleanField(label="Vertrouwelijk: niet in de openbare tekst", required=False)

    def __init__(self, *args: Any, koppen: list[str], sprekers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bij"].choices = [(k, k) for k in koppen]  # type: ignore[attr-defined]
        self.fields["spreker"].choices = [  # type: ignore[attr-defined]
            ("", "Kies de spreker"), (ONBEKEND, "Onbekende spreker"), *((naam, naam) for naam in sprekers),
        ]  # fmt: skip

    @property
    def alinea(self) -> str:
        """Geef de bijdrage als alinea: "Lid FNV 3: tekst", met "?" voor een onbekende spreker."""
        schoon = self.cleaned_data
        naam = "?" if schoon["spreker"] == ONBEKEND else schoon["spreker"]
        merk = f"{VERTROUWELIJK} " if schoon["vertrouwelijk"] else ""
        return f"{merk}{naam}: {' '.join(schoon['bijdrage'].split())}"


class VaststelForm(forms.Form):
    """Het verslag vaststellen in een latere vergadering."""

    vastgesteld_in = forms.ModelChoiceField(
        Vergadering.objects.none(), label="Vastgesteld in", empty_label="Kies de vergadering"
    )
    gewijzigd = forms.BooleanField(label="Gewijzigd vastgesteld", required=False)

    def __init__(self, *args: Any, later: list[Vergadering], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vastgesteld_in"].queryset = Vergadering.objects.filter(  # type: ignore[attr-defined]
            pk__in=[v.pk for v in later], status__in=(Status.GEOPEND, Status.GESLOTEN)
        ).select_related("commissie")
