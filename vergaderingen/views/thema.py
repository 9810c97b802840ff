"""De themasessie: onderwerpen, tafels, terugkoppeling en de uitslag van de stickers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from kern.getal import geheel
from raad.models import Zetel
from toegang.routes import ingelogd, voor_secretariaat
from vergaderingen import actions, permissions, policies
from vergaderingen.enums import Puntsoort
from vergaderingen.forms import OnderwerpForm, StickerForm, TafelForm, TerugkoppelingForm
from vergaderingen.models import Agendapunt, Sticker, Thematafel
from vergaderingen.queries import stemmen_bij
from vergaderingen.views.hulp import laad_punt, probeer, versie_van, wie


@dataclass(frozen=True)
class Tafelregel:
    """Een tafel met haar formulier."""

    tafel: Thematafel
    formulier: forms.Form | None


def laad_thema(request: HttpRequest, pk: int, punt: int) -> Agendapunt:
    """Geef een punt dat een themasessie is en dat deze gebruiker mag zien, anders 404."""
    rij = laad_punt(request, pk, punt)
    if rij.soort != Puntsoort.THEMA:
        raise Http404
    return rij


def uitslag(punt: Agendapunt) -> dict[str, Any]:
    """Geef per onderwerp het aantal stickers, het meeste boven, en hoeveel leden plakten."""
    onderwerpen = punt.themaonderwerpen.annotate(aantal=Count("stickers")).order_by("-aantal", "volgorde")
    return {
        "onderwerpen": list(onderwerpen),
        "hoogste": max((o.aantal for o in onderwerpen), default=0),
        "stickers": punt.stickers.count(),
        "plakkers": punt.stickers.values("zetel").distinct().count(),
    }


def _stemkeuzes(punt: Agendapunt) -> list[tuple[int, str]]:
    return [(s.zetel.pk, s.persoon.naam) for s in stemmen_bij(punt.vergadering, punt) if s.zetel]


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def thema(request: HttpRequest, pk: int, punt: int) -> HttpResponse:
    """Bereid de sessie voor, schrijf de terugkoppeling, en voer stickers in; `daad` zegt welk formulier het is."""
    rij = laad_thema(request, pk, punt)
    onderwerpen = list(rij.themaonderwerpen.all())
    daad = request.POST.get("daad", "")
    tafel_pk = geheel(request.POST.get("tafel", ""))
    data = {naam: request.POST if daad == naam else None for naam in ("onderwerp", "tafel", "sticker")}
    onderwerp = OnderwerpForm(data["onderwerp"], prefix="onderwerp")
    tafel = TafelForm(data["tafel"], onderwerpen=onderwerpen, prefix="tafel")
    sticker = StickerForm(data["sticker"], onderwerpen=onderwerpen, zetels=_stemkeuzes(rij), prefix="sticker")
    terug = TerugkoppelingForm(request.POST if daad == "terug" else None, prefix=f"terug-{tafel_pk}")
    gebruiker = wie(request)
    daden: dict[str, tuple[forms.Form, Callable[[], Any], str]] = {
        "onderwerp": (
            onderwerp,
            lambda: actions.voeg_onderwerp_toe(agendapunt=rij, door=gebruiker, **onderwerp.cleaned_data),
            "Het onderwerp staat erbij.",
        ),
        "tafel": (
            tafel,
            lambda: actions.voeg_tafel_toe(agendapunt=rij, door=gebruiker, **tafel.cleaned_data),
            "De tafel staat klaar.",
        ),
        "sticker": (
            sticker,
            lambda: actions.plak_stickers(
                agendapunt=rij, zetel=get_object_or_404(Zetel, pk=sticker.cleaned_data["zetel"]),
                onderwerpen=sticker.cleaned_data["stickers"], door=gebruiker,
            ) + 1,
            "De stickers van dit lid zijn vastgelegd.",
        ),
        "terug": (
            terug,
            lambda: actions.schrijf_terugkoppeling(
                tafel=get_object_or_404(rij.thematafels, pk=tafel_pk), versie=versie_van(request), door=gebruiker,
                tekst=terug.cleaned_data["tekst"],
            ),
            "De terugkoppeling is bewaard.",
        ),
    }  # fmt: skip
    if daad in daden:
        formulier, doe, tekst = daden[daad]
        if formulier.is_valid() and probeer(formulier, doe):
            messages.success(request, tekst)
            return redirect("vergaderingen:thema", pk, punt)
    mag = permissions.mag_beheren(rij.vergadering, gebruiker)
    tafels = [
        Tafelregel(
            t,
            None if not mag else terug if daad == "terug" and t.pk == tafel_pk
            else TerugkoppelingForm(initial={"tekst": t.verslag}, prefix=f"terug-{t.pk}"),
        )
        for t in rij.thematafels.select_related("onderwerp")
    ]  # fmt: skip
    open_ = mag and not policies.mag_agenda_wijzigen(rij.vergadering)
    plakken = mag and onderwerpen and not policies.mag_plakken(rij.vergadering, achteraf=True)
    return render(
        request, "vergaderingen/thema.html",
        {"punt": rij, "vergadering": rij.vergadering, "tafels": tafels, "mag": mag,
         "onderwerp": onderwerp if open_ else None, "tafel": tafel if open_ and onderwerpen else None,
         "sticker": sticker if plakken else None,
         **uitslag(rij)},
    )  # fmt: skip


@ingelogd
@require_http_methods(["GET", "HEAD", "POST"])
def eigen_stickers(request: HttpRequest, pk: int, punt: int) -> HttpResponse:
    """Plak de eigen drie stickers, op de eigen tablet; of zie de uitslag."""
    rij = laad_thema(request, pk, punt)
    persoon = getattr(wie(request), "persoon", None)
    stem = next((s for s in stemmen_bij(rij.vergadering, rij) if persoon and s.persoon.pk == persoon.pk), None)
    onderwerpen = list(rij.themaonderwerpen.all())
    mag = stem is not None and stem.zetel is not None and not policies.mag_plakken(rij.vergadering)
    zetel = stem.zetel if stem else None
    geplakt = list(Sticker.objects.filter(agendapunt=rij, zetel=zetel)) if zetel else []
    aantallen = {o.pk: sum(1 for s in geplakt if s.onderwerp_id == o.pk) for o in onderwerpen}
    formulier = StickerForm(
        request.POST if request.method == "POST" else None,
        onderwerpen=onderwerpen,
        initial={f"o{o}": n for o, n in aantallen.items()},
    )
    if request.method == "POST":
        if not mag:
            raise Http404
        if formulier.is_valid() and probeer(
            formulier,
            lambda: actions.plak_eigen_stickers(
                agendapunt=rij, onderwerpen=formulier.cleaned_data["stickers"], door=wie(request)
            ) + 1,
        ):  # fmt: skip
            messages.success(request, "Uw stickers hangen. Tot de sluiting kunt u ze verhangen.")
            return redirect("vergaderingen_lezen:stickers", pk, punt)
    return render(
        request, "vergaderingen/stickers.html",
        {"punt": rij, "vergadering": rij.vergadering, "formulier": formulier if mag else None,
         "tafels": rij.thematafels.select_related("onderwerp"), **uitslag(rij)},
    )  # fmt: skip
