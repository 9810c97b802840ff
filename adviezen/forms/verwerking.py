"""Formulieren van stap 5: het voorstel bij een punt, het besluit van de commissie, en de uitvoeringstoets."""

from collections.abc import Sequence
from typing import Any

from django import forms

from adviezen.enums import Verwerkingsoordeel
from adviezen.forms.versies import commissievergaderingen, welke
from adviezen.models import Adviestraject, ReactieItem, Versie, Verwerking
from adviezen.queries.verwerking import VERANDERD, Filter, Groep, blokkeuzes, organisaties
from kern.tijd import dag_van
from vergaderingen.models import Vergadering


class VoorstelForm(forms.Form):
    """Wat de secretaris voorstelt met een punt te doen."""

    soms_verplicht = ("reden",)
    rijversie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    oordeel = forms.ChoiceField(
        label="Voorstel",
        choices=Verwerkingsoordeel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er met het punt gebeurt."},
    )
    reden = forms.CharField(
        label="Reden",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Verplicht, behalve als het punt helemaal is overgenomen. De organisatie leest dit bij haar punt.",
    )
    antwoord_blok = forms.ChoiceField(
        label="Waar in de nieuwe tekst?",
        required=False,
        choices=(),
        help_text="De organisatie ziet dan wat er op die plek veranderde.",
    )
    reden_klopt = forms.BooleanField(
        label="De reden blijft zoals zij was",
        required=False,
        help_text="Alleen als u het voorstel wijzigt: de reden hoorde bij het vorige voorstel.",
    )

    def __init__(
        self,
        *args: Any,
        verwerking: Verwerking | None,
        wit: Versie | None,
        versie: Versie | None,
        blok: str = "",
        **kwargs: Any,
    ) -> None:
        begin: dict[str, Any] = {}
        if verwerking is not None:
            begin = {n: getattr(verwerking, n) for n in ("rijversie", "oordeel", "reden", "antwoord_blok")}
        # De witte versie is de tekst waar het punt over ging: daar is niets in overgenomen.
        nieuwer = versie is not None and (wit is None or versie.pk > wit.pk)
        groepen: list[Any] = blokkeuzes(wit.html if wit else "", versie.html) if versie is not None and nieuwer else []
        huidig = begin.get("antwoord_blok")
        if huidig and huidig not in {naam for _, keuzes in groepen for naam, _ in keuzes}:
            groepen.append((huidig, "zoals eerder aangewezen"))
        if verwerking is None and groepen and blok in dict(groepen[0][1]) and groepen[0][0] == VERANDERD:
            begin["antwoord_blok"] = blok  # de passage van het punt is intussen veranderd: wijs haar alvast aan
        kwargs.setdefault("initial", begin)
        super().__init__(*args, **kwargs)
        self.fields["antwoord_blok"].choices = [("", "niet aangewezen"), *groepen]  # type: ignore[attr-defined]
        if not nieuwer:
            self.fields["antwoord_blok"].help_text = (
                "Er is nog geen tekst van na de witte versie. Wijs de plek aan als die er is; het besluit van de "
                "commissie blijft dan staan."
            )
        if not begin.get("reden"):
            del self.fields["reden_klopt"]

    def clean(self) -> dict[str, Any]:
        """Een ander voorstel met de reden van het vorige: de organisatie las dan "overgenomen" met een afwijzing."""
        g = super().clean() or {}
        klopt, begin = g.pop("reden_klopt", False), self.initial
        anders = bool(begin.get("oordeel")) and g.get("oordeel") not in (None, begin["oordeel"])
        if anders and g.get("reden") and g["reden"] == begin.get("reden") and not klopt:
            was = Verwerkingsoordeel(begin["oordeel"]).label
            self.add_error(
                "reden",
                f"Deze reden hoort bij “{was}”. Pas haar aan, maak het vak leeg, of vink aan dat zij blijft.",
            )
        return g


class FilterForm(forms.Form):
    """Wat er van de tabel te zien is; staat in het adres."""

    verberg_niet_verplicht = True
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[
            ("", "alle"),
            ("open", "zonder voorstel"),
            ("wacht", "wacht op de commissie"),
            ("besloten", "besloten"),
            ("letop", "overgenomen, tekst gelijk"),
        ],
    )
    oordeel = forms.ChoiceField(label="Verwerking", required=False, choices=[("", "alle"), *Verwerkingsoordeel.choices])
    organisatie = forms.ChoiceField(label="Organisatie", required=False)
    ronde = forms.ChoiceField(label="Ronde", required=False)
    zoek = forms.CharField(label="Woord", required=False, max_length=100)

    def __init__(self, *args: Any, groepen: list[Groep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rondes = sorted({p.reactie.deelname.beraad.ronde for g in groepen for p in g.punten})
        self.fields["organisatie"].choices = [  # type: ignore[attr-defined]
            ("", "alle"), *((str(o.pk), o.naam) for o in organisaties(groepen))
        ]  # fmt: skip
        self.fields["ronde"].choices = [("", "alle"), *((str(r), f"ronde {r}") for r in rondes)]  # type: ignore[attr-defined]

    def filter(self) -> Filter:
        """Geef het filter; wat onbekend is telt niet."""
        self.is_valid()
        return Filter(**{naam: str(self.cleaned_data.get(naam) or "") for naam in self.fields})


class BesluitForm(forms.Form):
    """In welke vergadering de commissie over welke punten besloot."""

    vergadering = forms.ModelChoiceField(
        label="Vergadering van de commissie",
        queryset=Vergadering.objects.none(),
        error_messages={"required": "Kies de vergadering waarin de commissie besloot."},
    )
    verwerkingen = forms.ModelMultipleChoiceField(
        label="Punten",
        queryset=Verwerking.objects.none(),
        error_messages={
            "required": "Kies ten minste één punt waarover de commissie besloot.",
            "invalid_choice": "Een van de gekozen punten hoort niet bij dit traject.",
            "invalid_pk_value": "Een van de gekozen punten hoort niet bij dit traject.",
        },
    )

    def __init__(self, *args: Any, traject: Adviestraject, punten: Sequence[ReactieItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kwamen = [p.reactie.ingediend_op for p in punten if p.reactie.ingediend_op is not None]
        sinds = dag_van(min(kwamen)) if kwamen else None  # per punt kijkt de handeling
        self.fields["vergadering"].queryset = commissievergaderingen(traject, sinds)  # type: ignore[attr-defined]
        self.fields["vergadering"].help_text = welke(sinds)
        self.fields["verwerkingen"].queryset = Verwerking.objects.filter(item__in=[p.pk for p in punten])  # type: ignore[attr-defined]

    @property
    def gekozen(self) -> set[str]:
        """De aangevinkte punten van een afgewezen formulier."""
        return set(self.data.getlist("verwerkingen")) if self.is_bound else set()  # type: ignore[attr-defined]


class ToetsForm(forms.Form):
    """Uitvoerbaarheid, kosten en geraakte groepen; bewaren kan met gaten, naar de raad gaan niet."""

    verberg_niet_verplicht = True

    soms_verplicht = ("uitvoerbaarheid", "kosten", "doelgroepen")  # voordat het naar de raad gaat
    uitvoerbaarheid = forms.CharField(
        label="Uitvoerbaarheid",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Wie voert het uit, en kan dat?",
    )
    kosten = forms.CharField(
        label="Kosten",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Voor de overheid, voor bedrijven en voor mensen.",
    )
    doelgroepen = forms.CharField(
        label="Geraakte groepen",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Wie merkt er iets van, en hoe?",
    )
