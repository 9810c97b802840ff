"""Vóór stap 1: is het probleem helder genoeg om een aanvraag gewenst te noemen?"""

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from kern.tekort import Tekort

if TYPE_CHECKING:
    from adviezen.models import Voortraject


def mag_gewenst(voortraject: "Voortraject", **kw: Any) -> list[Tekort]:
    """Een probleemstelling en ten minste één verkenning: eerst weten wat het probleem is (verslag maart 2023)."""
    uit = []
    if not voortraject.verkenningen.exists():
        weg = reverse("adviezen:voortraject", args=[voortraject.pk])
        uit.append(Tekort("Er is nog met niemand verkend wat het probleem is.", f"{weg}#verkennen"))
    if not voortraject.probleemstelling.strip():
        weg = reverse("adviezen:voortraject_wijzig", args=[voortraject.pk])
        uit.append(Tekort("Schrijf wat het probleem is.", weg))
    return uit
