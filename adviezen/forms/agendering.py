"""Formulieren van stap 6: op de agenda van de raad zetten, en er weer af."""

from typing import Any

from django import forms

from adviezen.models import Adviestraject
from kern.tijd import vandaag
from vergaderingen.enums import Orgaan, Status
from vergaderingen.models import Vergadering


class AgenderingForm(forms.Form):
    """Kies de raadsvergadering; het stuknummer volgt uit de reeks."""

    vergadering = forms.ModelChoiceField(
        label="Raadsvergadering",
        queryset=Vergadering.objects.none(),
        empty_label="Kies een vergadering",
        help_text="Gepland of al opgeroepen. Stukken gaan ongeveer tien dagen vooraf uit.",
    )
    nummer = forms.CharField(
        label="Stuknummer",
        required=False,
        max_length=20,
        help_text="Laat leeg voor het volgende nummer uit de reeks.",
    )

    def __init__(self, *args: Any, traject: Adviestraject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        komend = Vergadering.objects.filter(orgaan=Orgaan.RAAD, voorbeeld=traject.voorbeeld, datum__gte=vandaag())
        komend = komend.filter(status__in=[Status.GEPLAND, Status.OPGEROEPEN, Status.GEOPEND]).order_by("datum")
        self.fields["vergadering"].queryset = komend  # type: ignore[attr-defined]


class TussenForm(AgenderingForm):
    """Een tussenbespreking: de raad praat over een traject waar de commissie nog aan werkt."""

    nummer = None  # type: ignore[assignment]
    vraag = forms.CharField(
        label="Wat de raad bespreekt",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text="Komt op de agenda en is bij een openbare vergadering openbaar.",
    )
    besloten = forms.BooleanField(label="Vertrouwelijk punt: niet op de openbare agenda", required=False)


class VanAgendaForm(forms.Form):
    """Van de agenda halen, met reden."""

    reden = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=300,
        help_text="De reden komt bij het agendapunt te staan.",
    )
