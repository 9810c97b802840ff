"""Formulieren van de themasessie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from vergaderingen.models import Themaonderwerp
from vergaderingen.models.thema import STICKERS


class OnderwerpForm(forms.Form):
    """Een onderwerp toevoegen."""

    titel = forms.CharField(label="Onderwerp", max_length=300)


class TafelForm(forms.Form):
    """Een tafel toevoegen."""

    onderwerp = forms.TypedChoiceField(label="Onderwerp", coerce=int, choices=[])
    leider = forms.CharField(label="Wie leidt het gesprek?", required=False, max_length=200)

    def __init__(self, *args: Any, onderwerpen: Sequence[Themaonderwerp], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["onderwerp"].choices = [("", "Kies"), *((o.pk, o.titel) for o in onderwerpen)]  # type: ignore[attr-defined]


class TerugkoppelingForm(forms.Form):
    """Wat een tafel terugkoppelt."""

    tekst = forms.CharField(label="Terugkoppeling", required=False, widget=forms.Textarea(attrs={"rows": 5}))


class StickerForm(forms.Form):
    """Drie stickers verdelen: per onderwerp een aantal. Meer dan een sticker bij een onderwerp mag."""

    verberg_niet_verplicht = True

    def __init__(
        self, *args: Any, onderwerpen: Sequence[Themaonderwerp], zetels: Sequence[tuple[int, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.onderwerpen = onderwerpen
        if zetels:
            self.fields["zetel"] = forms.TypedChoiceField(
                label="Lid", coerce=int, choices=[("", "Kies een lid"), *zetels]
            )
        for onderwerp in onderwerpen:
            self.fields[f"o{onderwerp.pk}"] = forms.TypedChoiceField(
                label=onderwerp.titel, coerce=int, required=False, empty_value=None,
                choices=[(n, f"{n} sticker{'' if n == 1 else 's'}" if n else "geen") for n in range(STICKERS + 1)],
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Tel de stickers; meer dan drie mag niet."""
        schoon: dict[str, Any] = super().clean() or self.cleaned_data
        gekozen = [o.pk for o in self.onderwerpen for _ in range(schoon.get(f"o{o.pk}") or 0)]
        if len(gekozen) > STICKERS:
            raise ValidationError(f"Ieder lid heeft {STICKERS} stickers; dit zijn er {len(gekozen)}.")
        schoon["stickers"] = gekozen
        return schoon
