"""Van een bericht naar het traject waar het over gaat, voor het postvak van wie dat traject ziet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import Resolver404, resolve

from adviezen.models import Adviestraject, Deelname, Voortraject

if TYPE_CHECKING:
    from berichten.models import Bericht
    from toegang.models import Gebruiker


def _waarden(berichten: "Sequence[Bericht]") -> tuple[dict[int, str], dict[int, int], dict[int, int]]:
    """Geef per bericht wat er in zijn pad staat: de slug van een traject, een deelname of een voortraject."""
    slugs: dict[int, str] = {}
    deelnames: dict[int, int] = {}
    voortrajecten: dict[int, int] = {}
    for bericht in berichten:
        try:
            gevonden = resolve(bericht.pad.partition("?")[0])
        except Resolver404:
            continue
        if "slug" in gevonden.kwargs and gevonden.namespace in {"adviezen", "lezen"}:
            slugs[bericht.pk] = gevonden.kwargs["slug"]
        elif bericht.pad.startswith("/organisatie/beraad/") and "pk" in gevonden.kwargs:
            deelnames[bericht.pk] = gevonden.kwargs["pk"]
        elif bericht.pad.startswith("/werk/trajecten/werkprogramma/") and "pk" in gevonden.kwargs:
            voortrajecten[bericht.pk] = gevonden.kwargs["pk"]
    return slugs, deelnames, voortrajecten


def namen(gebruiker: "Gebruiker", berichten: "Sequence[Bericht]") -> dict[int, str]:
    """Geef per bericht (pk) de titel van het traject of de verwachte vraag, als deze gebruiker dat ziet.

    Hoogstens drie zoekvragen, hoeveel berichten het er ook zijn.
    """
    slugs, deelnames, voortrajecten = _waarden(berichten)
    uit: dict[int, str] = {}
    if slugs:
        zichtbaar = Adviestraject.objects.zichtbaar_voor(gebruiker).filter(slug__in=set(slugs.values()))
        titels = dict(zichtbaar.values_list("slug", "titel"))
        uit |= {pk: titels[slug] for pk, slug in slugs.items() if slug in titels}
    if deelnames:
        van_mij = Deelname.objects.zichtbaar_voor(gebruiker).filter(pk__in=set(deelnames.values()))
        rondes = dict(van_mij.values_list("pk", "beraad__traject__titel"))
        uit |= {pk: rondes[nummer] for pk, nummer in deelnames.items() if nummer in rondes}
    if voortrajecten:
        vragen = Voortraject.objects.zichtbaar_voor(gebruiker).filter(pk__in=set(voortrajecten.values()))
        verwacht = dict(vragen.values_list("pk", "titel"))
        uit |= {pk: verwacht[nummer] for pk, nummer in voortrajecten.items() if nummer in verwacht}
    return uit
