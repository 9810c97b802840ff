"""Het formulier voor een kabinetsreactie."""

from typing import Any

from django import forms
from django.db.models import Q

from adviezen.models import Advies
from kern.bronveld import Bronadres
from kern.datumveld import Datumveld
from kern.models import Precisie
from opvolging.enums import Vorm
from opvolging.queries import klokken
from stukken.ontvangst import WORD_OF_PDF


class ReactieForm(forms.Form):
    """Eén brief, over een of meer adviezen: te kiezen waar de klok loopt, te noemen wat al langer uit is."""

    soms_verplicht = ("adviezen", "andere")  # een van de twee
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
    datum = Datumveld(label="Datum van de brief", required=False, help_text="Leeg alleen als de dag niet bekend is.")
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
        label="Welke adviezen beantwoordt de brief maar voor een deel?",
        queryset=Advies.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Kruis niets aan als de brief overal helemaal op ingaat. Van wat u aankruist, loopt de termijn door.",
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
        if not schoon["adviezen"] and "andere" not in self.errors:
            self.add_error("adviezen", "Kies het advies waarop het kabinet reageert.")
        schoon["deels"] = schoon.get("deels") or []
        schoon.setdefault("gedeeltelijk", False)
        schoon["vorm"] = schoon.get("vorm") or Vorm.KAMERBRIEF
        schoon["datum_precisie"] = schoon.get("datum_precisie") or Precisie.DAG
        return schoon

    def __init__(self, *args: Any, advies: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lopend = [int(pk) for pk in klokken().values_list("object_id", flat=True)]
        gevraagd = Q(pk=int(advies)) if advies.isdecimal() and len(advies) < 10 else Q(pk__in=[])
        rijen = Advies.objects.filter(Q(pk__in=lopend) | gevraagd).distinct()
        self.fields["adviezen"].queryset = rijen  # type: ignore[attr-defined]
        self.fields["deels"].queryset = rijen  # type: ignore[attr-defined]
        # Bij één advies is het ja of nee, bij meer is het per advies: nooit allebei de vragen.
        del self.fields["deels" if rijen.count() < 2 else "gedeeltelijk"]
        self.initial = dict(self.initial) | {"adviezen": list(rijen.filter(gevraagd).values_list("pk", flat=True))}
