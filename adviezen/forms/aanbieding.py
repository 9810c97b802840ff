"""Formulieren van stap 8: adviesgegevens, brieven, klaarzetten, aanbieden en ontvangst."""

from typing import Any

from django import forms
from django.utils.text import Truncator

from adviezen.actions.aanbevelingen import Punt
from adviezen.actions.adviesgegevens import volgend_nummer
from adviezen.enums import SoortAdvies
from adviezen.forms.handeling import FORMULIEREN, HandelingForm
from adviezen.models import Aanbiedingsbrief, Advies, Adviestraject, Thema
from adviezen.policies.aanbieding import vastgestelde_versie
from kern.blokken import blokken
from kern.datumveld import Datumveld
from kern.tijd import vandaag
from vergaderingen.opmaak import naar_html, naar_tekst

LEGE_PLAATSEN = 2
MEESTE_PUNTEN = 40


class AdviesForm(forms.Form):
    """Nummer, titel, samenvatting, thema's en aanbevelingen; een leeggemaakte aanbeveling vervalt."""

    nummer = forms.CharField(label="Adviesnummer", max_length=12, help_text="Het volgende vrije nummer staat klaar.")
    soort = forms.ChoiceField(label="Soort", choices=SoortAdvies.choices)
    titel = forms.CharField(label="Titel", max_length=500)
    ondertitel = forms.CharField(label="Ondertitel", max_length=500, required=False)
    samenvatting = forms.CharField(
        label="Samenvatting",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="In gewone woorden, voor iedereen te lezen. Elke regel wordt een alinea.",
    )
    themas = forms.ModelMultipleChoiceField(
        label="Thema’s", queryset=Thema.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, traject: Adviestraject, advies: Advies, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "nummer": advies.nummer or volgend_nummer(traject),
            "soort": advies.soort,
            "titel": advies.titel,
            "ondertitel": advies.ondertitel,
            "samenvatting": advies.samenvatting,
            "themas": list(advies.themas.values_list("pk", flat=True)),
        }
        bestaand = list(advies.aanbevelingen.all())
        plaatsen = plaatsen_in(traject)
        self.aantal = min(MEESTE_PUNTEN, len(bestaand) + LEGE_PLAATSEN)
        for n in range(self.aantal):
            rij = bestaand[n] if n < len(bestaand) else None
            self.fields[f"punt_{n}"] = forms.CharField(
                label=f"Aanbeveling {n + 1}",
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=rij.tekst if rij else "",
            )
            self.fields[f"aan_{n}"] = forms.CharField(
                label="Aan wie",
                required=False,
                max_length=300,
                initial=rij.geadresseerden if rij else "",
                help_text="Meer namen: zet er een puntkomma tussen.",
            )
            self.fields[f"plaats_{n}"] = forms.ChoiceField(
                label="Plaats in de tekst",
                required=False,
                choices=plaatsen if rij is None or rij.blok in dict(plaatsen) else [*plaatsen, (rij.blok, rij.blok)],
                initial=rij.blok if rij else "",
            )

    def gegevens(self) -> dict[str, Any]:
        """Geef wat de handeling vraagt."""
        schoon = self.cleaned_data
        punten = [
            Punt(
                tekst=schoon[f"punt_{n}"],
                geadresseerden=schoon[f"aan_{n}"],
                blok=schoon[f"plaats_{n}"],
            )
            for n in range(self.aantal)
        ]
        vast = ("nummer", "soort", "titel", "ondertitel", "samenvatting", "themas")
        return {naam: schoon[naam] for naam in vast} | {"aanbevelingen": punten}

    def puntvelden(self) -> list[tuple[Any, Any, Any]]:
        """Geef per aanbeveling haar velden, voor het sjabloon."""
        return [(self[f"punt_{n}"], self[f"aan_{n}"], self[f"plaats_{n}"]) for n in range(self.aantal)]

    def kopvelden(self) -> list[Any]:
        """Geef de velden boven de aanbevelingen, voor het sjabloon."""
        return [self[naam] for naam in ("nummer", "soort", "titel", "ondertitel", "samenvatting", "themas")]


def plaatsen_in(traject: Adviestraject) -> list[tuple[str, str]]:
    """Geef de alinea's van de vastgestelde tekst als keuzes: (blok, begin van de alinea)."""
    tekst = vastgestelde_versie(traject)
    alineas = blokken(tekst.html) if tekst is not None else []
    return [("", "geen alinea aangewezen"), *((b.id, Truncator(b.tekst.strip()).chars(90)) for b in alineas if b.id)]


class BriefForm(forms.Form):
    """De tekst van een aanbiedingsbrief, als gewone tekst met witregels tussen de alinea's."""

    aan = forms.CharField(label="Aan", max_length=300)
    html = forms.CharField(
        label="Tekst van de brief",
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Een witregel begint een nieuwe alinea.",
    )

    def __init__(self, *args: Any, brief: Aanbiedingsbrief, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"aan": brief.aan, "html": naar_tekst(brief.html)}

    def als_html(self) -> str:
        """Geef de tekst als HTML."""
        return naar_html(self.cleaned_data["html"])


class KlaarzetForm(forms.Form):
    """Klaarzetten, met zo nodig een embargo."""

    embargo_tot = forms.DateTimeField(
        label="Embargo tot",
        required=False,
        help_text="Leeg: het advies wordt tien minuten na het aanbieden openbaar.",
    )


class EmbargoForm(forms.Form):
    """Het nieuwe moment, of leeg om het embargo op te heffen."""

    tot = forms.DateTimeField(
        label="Nieuw embargo tot",
        required=False,
        help_text="Leeg: het embargo is opgeheven, en het advies is over tien minuten openbaar.",
    )
    reden = forms.CharField(label="Reden", max_length=500, help_text="Niet openbaar: dit blijft in het dossier staan.")


class OntvangstForm(forms.Form):
    """Wanneer de adviesvrager de ontvangst bevestigde."""

    op = Datumveld(label="Ontvangst bevestigd op", initial=vandaag)


class AanbiedenForm(HandelingForm):
    """Aanbieden, op vandaag of een eerdere dag."""

    op = Datumveld(
        label="Aangeboden op",
        initial=vandaag,
        help_text="Vandaag, of een eerdere dag die nog niet was vastgelegd; dan gaan er geen berichten uit.",
    )


FORMULIEREN["bied_aan"] = AanbiedenForm
