"""Formulieren van het beheer. Een wachtwoord of een ander e-mailadres staat er met opzet nergens in."""

from __future__ import annotations

from typing import Any

from django import forms

from beheer.queries import stafrollen
from toegang.actions import NAAM_HOOGSTENS
from toegang.enums import STAFROLLEN, Rol
from toegang.models import Gebruiker

TE_KORT = "Geef een reden waar een ander iets aan heeft, bijvoorbeeld wie het vroeg."
IN_LOGBOEK = "Bijvoorbeeld wie erom vroeg. Komt in het logboek."


class RedenForm(forms.Form):
    """Waarom dit met een account gebeurt."""

    reden = forms.CharField(
        label="Reden", max_length=300, min_length=5, widget=forms.Textarea(attrs={"rows": 2}), help_text=IN_LOGBOEK,
        error_messages={"min_length": TE_KORT},
    )  # fmt: skip


class VaststelForm(RedenForm):
    """Wie alles kwijt is: hoe is vastgesteld wie het is?"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld = self.fields["reden"]
        veld.label, veld.help_text = (
            "Hoe u vaststelde wie het is",
            "Bijvoorbeeld: aan de balie, met paspoort. Alleen een e-mail of telefoontje is te weinig. Komt in het "
            "logboek.",
        )


class NaamForm(RedenForm):
    """Een andere naam; `was` is de naam die het scherm toonde."""

    naam = forms.CharField(label="Naam", max_length=NAAM_HOOGSTENS)
    was = forms.CharField(widget=forms.HiddenInput)
    field_order = ("naam", "reden", "was")


class AccountForm(RedenForm):
    """Een nieuw account."""

    naam = forms.CharField(label="Naam", max_length=NAAM_HOOGSTENS, help_text="Zoals anderen haar lezen.")
    email = forms.EmailField(
        label="E-mailadres", max_length=254, help_text="Hiermee logt deze persoon in. U kunt het later niet wijzigen."
    )
    field_order = ("naam", "email", "reden")


class InzageForm(RedenForm):
    """Van welk stuk de beheerder wil weten wie het opende."""

    adres = forms.CharField(
        label="Adres", max_length=500, help_text="Zoals het boven in de browser staat, bijvoorbeeld /lezen/versie/12/."
    )
    field_order = ("adres", "reden")


class RolForm(RedenForm):
    """Welke rollen van de staf iemand heeft; `was` is wat het scherm toonde."""

    rollen = forms.MultipleChoiceField(
        label="Rollen", required=False, widget=forms.CheckboxSelectMultiple, choices=(),
        help_text="Elke rol behalve functioneel beheerder opent alle dossiers.",
    )  # fmt: skip
    was = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("rollen", "reden", "was")
    verberg_niet_verplicht = True

    def __init__(self, *args: Any, wie: Gebruiker, **kwargs: Any) -> None:
        nu = [str(rol) for rol in stafrollen(wie)]
        kwargs["initial"] = {"rollen": nu, "was": ",".join(nu)}
        super().__init__(*args, **kwargs)
        keuzen = sorted(((str(rol), str(rol.label)) for rol in STAFROLLEN), key=lambda k: k[1])
        self.fields["rollen"].choices = keuzen  # type: ignore[attr-defined]

    def clean_was(self) -> list[str]:
        """Geef de rollen van het scherm."""
        return [naam for naam in str(self.cleaned_data["was"]).split(",") if naam in Rol.values]
