"""Het formulier voor een kabinetsreactie."""

from typing import Any

from django import forms
from django.db.models import Q

from adviezen.models import Advies
from kern.bronveld import Bronadres
from kern.datumveld import Datumveld
from kern.models import Precisie
from opvolging.enums import Vorm
from opvolging.keuring import Ingevuld, fouten
from opvolging.queries import klokken
from opvolging.queries.reactie import lopend, onder_embargo
from stukken.ontvangst import WORD_OF_PDF


class ReactieForm(forms.Form):
    """Eén brief, over een of meer adviezen: te kiezen waar de klok loopt, te noemen wat al langer uit is."""

    soms_verplicht = ("adviezen", "andere", "datum")  # een van de eerste twee
    adviezen = forms.ModelMultipleChoiceField(
        label="Adviezen waarop het kabinet reageert",
        queryset=Advies.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Verplicht, tenzij u hieronder een ander advies noemt. Eén brief kan op meer adviezen ingaan.",
        required=False,
    )
    andere = forms.CharField(
        label="Ook op deze adviezen",
        required=False,
        max_length=500,
        help_text="Nummers of kenmerken met een komma ertussen, ook uit het archief. Bijvoorbeeld: 2019/13, adv-149.",
    )
    vorm = forms.ChoiceField(label="Vorm", required=False, choices=Vorm.choices, initial=Vorm.KAMERBRIEF)
    datum = Datumveld(
        label="Datum van de brief",
        required=False,
        help_text="Verplicht als de brief een lopende termijn sluit. Bij een deel, een wet of een advies zonder "
        "lopende termijn mag hij leeg blijven als de dag niet bekend is.",
    )
    datum_precisie = forms.ChoiceField(
        label="Hoe precies is de datum bekend",
        required=False,
        choices=[keuze for keuze in Precisie.choices if keuze[0] != Precisie.ONBEKEND],
        initial=Precisie.DAG,
    )
    afzenders = forms.CharField(
        label="Afzenders", max_length=500, help_text="Bijvoorbeeld: de minister, mede namens de staatssecretaris."
    )
    kamerstuk = forms.CharField(
        label="Kamerstuk", max_length=300, required=False, help_text="Bijvoorbeeld: Kamerstuk 33 009, nr. 163."
    )
    bron = Bronadres(label="Adres van de bron", max_length=500, required=False)
    toelichting = forms.CharField(
        label="Toelichting", required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    bestand = forms.FileField(label="De brief", required=False, help_text=WORD_OF_PDF)
    gedeeltelijk = forms.BooleanField(
        label="De brief gaat op een deel van het advies in",
        required=False,
        help_text="De termijn loopt dan door.",
    )
    deels = forms.ModelMultipleChoiceField(
        label="Maar voor een deel beantwoord",
        queryset=Advies.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    voor_aanbieding = forms.BooleanField(
        label="De brief is van vóór het aanbieden: het kabinet reageerde op het ontwerpadvies", required=False
    )

    def clean_andere(self) -> list[Advies]:
        """Zoek de genoemde adviezen. Werpt ValidationError met wat er niet te vinden is."""
        genoemd = {deel.strip().casefold() for deel in self.cleaned_data["andere"].split(",") if deel.strip()}
        voorwaarde = Q(kenmerk__in=genoemd)
        for naam in genoemd:
            voorwaarde |= Q(nummer__iexact=naam)
        gevonden = list(Advies.objects.filter(voorwaarde).order_by("pk")) if genoemd else []
        gezien = {advies.kenmerk for advies in gevonden} | {(advies.nummer or "").casefold() for advies in gevonden}
        weg = sorted(genoemd - gezien)
        if weg:
            raise forms.ValidationError(f"Er is geen advies met nummer of kenmerk {', '.join(weg)}.")
        return gevonden

    def clean(self) -> dict[str, Any]:
        """Vul aan wat niet getoond of gekozen is; wat in `andere` staat, hoort bij de adviezen."""
        schoon = super().clean() or {}
        gekozen = [*schoon.get("adviezen", []), *schoon.pop("andere", [])]
        schoon["adviezen"] = list({advies.pk: advies for advies in gekozen}.values())
        schoon["deels"] = schoon.get("deels") or []
        schoon.setdefault("gedeeltelijk", False)
        schoon["vorm"] = schoon.get("vorm") or Vorm.KAMERBRIEF
        schoon["datum_precisie"] = schoon.get("datum_precisie") or Precisie.DAG
        self._keur(schoon)
        return schoon

    def _keur(self, schoon: dict[str, Any]) -> None:
        """Zet alles wat de handeling zou weigeren nu al bij zijn veld: wie één fout herstelt, krijgt er geen tweede."""
        ingevuld = Ingevuld(
            adviezen=schoon["adviezen"],
            deels={a.pk for a in schoon["deels"]},
            afzenders=schoon.get("afzenders", ""),
            vorm=schoon["vorm"],
            gedeeltelijk=schoon["gedeeltelijk"],
            datum=schoon.get("datum"),
            precisie=schoon["datum_precisie"],
            voor_aanbieding=bool(schoon.get("voor_aanbieding")),
            loopt=lopend(schoon["adviezen"]),
            geheim=onder_embargo(schoon["adviezen"]),
        )
        for veld, zin in fouten(ingevuld):
            # Een nummer dat niet bestaat is de fout, niet dat er verder niets gekozen is.
            if veld not in self.errors and not (veld == "adviezen" and "andere" in self.errors):
                self.add_error(veld if veld in self.fields else None, zin)

    def adviesrijen(self) -> list[dict[str, Any]]:
        """Geef per advies zijn vakje, en het vakje "voor een deel" ernaast als er meer te kiezen zijn."""
        deels = list(self["deels"]) if "deels" in self.fields else []
        rijen = list(self["adviezen"])
        return [{"advies": vak, "deel": deels[n] if deels else None} for n, vak in enumerate(rijen)]

    def overige(self) -> list[forms.BoundField]:
        """Geef de velden die niet in `adviesrijen` staan, op volgorde."""
        return [veld for veld in self.visible_fields() if veld.name not in ("adviezen", "deels")]

    def __init__(self, *args: Any, advies: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wachtend = [int(pk) for pk in klokken().values_list("object_id", flat=True)]
        gevraagd = Q(pk=int(advies)) if advies.isdecimal() and len(advies) < 10 else Q(pk__in=[])
        gevonden = Advies.objects.filter(Q(pk__in=wachtend) | gevraagd).distinct()
        # Over wat onder embargo ligt kan nog geen openbare brief vastliggen.
        rijen = gevonden.exclude(pk__in=onder_embargo(gevonden))
        self.fields["adviezen"].queryset = rijen  # type: ignore[attr-defined]
        self.fields["deels"].queryset = rijen  # type: ignore[attr-defined]
        # Bij één advies is het ja of nee, bij meer is het per advies: nooit allebei de vragen.
        del self.fields["deels" if rijen.count() < 2 else "gedeeltelijk"]
        self.initial = dict(self.initial) | {"adviezen": list(rijen.filter(gevraagd).values_list("pk", flat=True))}
