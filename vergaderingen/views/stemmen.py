"""Stemmen: een ronde openen, per zetel vastleggen, briefjes tellen, sluiten; en de onthouding bij een punt."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kern.fouten import PortaalFout
from kern.getal import geheel
from raad.models import Zetel
from toegang.opnieuw import opnieuw_bevestigd
from toegang.routes import voor_secretariaat
from vergaderingen import actions, permissions, stemlijst
from vergaderingen.enums import AanwezigAls, Rondesoort, Stemkeuze
from vergaderingen.forms import BriefjesForm, OnthoudingForm, RedenForm, SluitForm, StemrondeForm
from vergaderingen.models import Stemronde, Vergadering
from vergaderingen.queries import kring
from vergaderingen.views.agenda import toon_punt
from vergaderingen.views.hulp import buren, fouttekst, laad, laad_punt, probeer, wie


def laad_ronde(request: HttpRequest, pk: int, ronde: int) -> Stemronde:
    """Geef een stemming bij een agendapunt dat deze gebruiker mag zien, anders 404."""
    zichtbaar = Stemronde.objects.zichtbaar_voor(wie(request)).filter(agendapunt__vergadering_id=pk)
    gevonden: Stemronde = get_object_or_404(
        zichtbaar.select_related("agendapunt__vergadering__commissie", "besluit", "vorige__besluit"), pk=ronde
    )
    return gevonden


def zetelkeuzes(rij: Vergadering) -> list[tuple[int, str]]:
    """Geef de leden van dit orgaan met hun zetel, om uit te kiezen."""
    return [(g.zetel.pk, g.persoon.naam) for g in kring(rij) if g.als == AanwezigAls.LID and g.zetel]


def _adres(ronde: Stemronde) -> str:
    return reverse("vergaderingen:stemronde", args=[ronde.agendapunt.vergadering_id, ronde.pk])


@voor_secretariaat
@require_POST
def open_(request: HttpRequest, pk: int, punt: int) -> HttpResponse:
    """Open een stemming of peiling bij dit punt."""
    rij = laad_punt(request, pk, punt)
    formulier = StemrondeForm(request.POST, herstembaar=stemlijst.te_herstemmen(rij), prefix="stemronde")
    if formulier.is_valid() and (
        ronde := probeer(
            formulier, lambda: actions.open_stemronde(agendapunt=rij, door=wie(request), **formulier.velden)
        )
    ):
        return redirect(_adres(ronde))
    return toon_punt(request, rij, stemronde=formulier)


def _scherm(
    request: HttpRequest,
    ronde: Stemronde,
    *,
    fout: str = "",
    sluit: forms.Form | None = None,
    briefjes: forms.Form | None = None,
    intrekken: forms.Form | None = None,
) -> HttpResponse:
    groepen = stemlijst.stemlijst(ronde)
    mag = ronde.is_open and permissions.mag_beheren(ronde.agendapunt.vergadering, wie(request))
    papier = ronde.soort == Rondesoort.BRIEFJES
    vorig, volgend = buren(ronde.agendapunt, wie(request))
    nog_niet = stemlijst.nog_niet(groepen) if ronde.is_open and not papier else []
    deel = getattr(request, "htmx", False) and not (sluit or briefjes or intrekken)
    return render(
        request,
        "vergaderingen/_stemlijst.html" if deel else "vergaderingen/stemronde.html",
        {
            "ronde": ronde, "punt": ronde.agendapunt, "vergadering": ronde.agendapunt.vergadering, "groepen": groepen,
            "mag": mag, "fout": fout, "telling": stemlijst.telling(ronde), "keuzes": Stemkeuze.values,
            "gevolg": stemlijst.gevolg(ronde.besluit) if ronde.besluit else "",
            "nog_niet": nog_niet, "vorig_punt": vorig, "volgend_punt": volgend,
            "hoofdelijk": ronde.soort == Rondesoort.HOOFDELIJK, "papier": papier,
            "peiling": ronde.soort == Rondesoort.PEILING,
            "onthoudingen": ronde.agendapunt.onthoudingen.select_related("persoon"),
            "sluit": sluit or (SluitForm(vol=not nog_niet) if mag and not papier else None),
            "briefjes": briefjes or (BriefjesForm(groepen=groepen) if mag and papier else None),
            "intrekken": intrekken or (RedenForm(prefix="intrekken") if mag else None),
        },
    )  # fmt: skip


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def stemronde(request: HttpRequest, pk: int, ronde: int) -> HttpResponse:
    """Toon de stemming, of leg vast: `stem` is "<zetel>:<keuze>:<wat er stond>" of "geleding:<naam>:<keuze>"."""
    rij = laad_ronde(request, pk, ronde)
    if request.method != "POST":
        return _scherm(request, rij)
    delen = (request.POST.get("stem", "") + "::").split(":")
    fout = ""
    try:
        if delen[0] == "geleding":
            actions.leg_geleding_vast(ronde=rij, geleding=delen[1], keuze=delen[2], door=wie(request))
        elif (zetel := geheel(delen[0])) is not None:
            actions.leg_stem_vast(ronde=rij, zetel=zetel, keuze=delen[1], eerder=delen[2], door=wie(request))
        else:
            fout = "Kies van wie u de stem vastlegt."
    except PortaalFout as geweigerd:
        fout = fouttekst(geweigerd)
    if getattr(request, "htmx", False):
        return _scherm(request, rij, fout=fout)
    if fout:
        messages.error(request, fout)
    return redirect(_adres(rij))


@voor_secretariaat
@require_POST
@opnieuw_bevestigd
def sluit(request: HttpRequest, pk: int, ronde: int) -> HttpResponse:
    """Sluit een hoofdelijke stemming of een peiling."""
    rij = laad_ronde(request, pk, ronde)
    formulier = SluitForm(request.POST)
    if formulier.is_valid() and probeer(
        formulier, lambda: actions.sluit_stemronde(ronde=rij, door=wie(request), **formulier.cleaned_data)
    ):
        return _klaar(request, rij)
    return _scherm(request, rij, sluit=formulier)


@voor_secretariaat
@require_POST
@opnieuw_bevestigd
def briefjes(request: HttpRequest, pk: int, ronde: int) -> HttpResponse:
    """Leg de uitslag van een stemming met briefjes vast."""
    rij = laad_ronde(request, pk, ronde)
    formulier = BriefjesForm(request.POST, groepen=stemlijst.stemlijst(rij))
    if formulier.is_valid() and probeer(
        formulier, lambda: actions.leg_briefjes_vast(ronde=rij, door=wie(request), **formulier.velden)
    ):
        return _klaar(request, rij)
    return _scherm(request, rij, briefjes=formulier)


def _klaar(request: HttpRequest, ronde: Stemronde) -> HttpResponse:
    vers = Stemronde.objects.select_related("besluit", "agendapunt").get(pk=ronde.pk)
    if vers.besluit:
        zin = f"De stemming is gesloten: {vers.besluit.get_uitkomst_display()}. {stemlijst.gevolg(vers.besluit)}"
        messages.success(request, zin.strip())
    else:
        messages.success(request, "De peiling is gesloten.")
    return redirect(_adres(vers))


@voor_secretariaat
@require_POST
def trek_in(request: HttpRequest, pk: int, ronde: int) -> HttpResponse:
    """Staak een stemming zonder uitslag."""
    rij = laad_ronde(request, pk, ronde)
    formulier = RedenForm(request.POST, prefix="intrekken")
    if formulier.is_valid() and probeer(
        formulier, lambda: actions.trek_stemronde_in(ronde=rij, door=wie(request), **formulier.cleaned_data)
    ):
        return redirect(_adres(rij))
    return _scherm(request, rij, intrekken=formulier)


@voor_secretariaat
@require_POST
def onthouding(request: HttpRequest, pk: int, punt: int) -> HttpResponse:
    """Leg vast wie zich onthoudt, of neem dat terug (`terug` = pk van de onthouding)."""
    rij = laad_punt(request, pk, punt)
    terug = geheel(request.POST.get("terug", ""))
    if terug is not None:
        gevonden = get_object_or_404(rij.onthoudingen, pk=terug)
        try:
            actions.neem_onthouding_terug(onthouding=gevonden, door=wie(request))
        except PortaalFout as fout:
            messages.error(request, fouttekst(fout))
        return redirect("vergaderingen:agendapunt", pk, punt)
    formulier = OnthoudingForm(request.POST, leden=zetelkeuzes(laad(request, pk)), prefix="onthouding")

    def doe() -> Any:
        schoon = formulier.cleaned_data
        return actions.leg_onthouding_vast(
            agendapunt=rij, zetel=Zetel.objects.get(pk=schoon["zetel"]), reden=schoon["reden"], door=wie(request)
        )

    if formulier.is_valid() and probeer(formulier, doe):
        messages.success(request, "De onthouding is vastgelegd; dit lid telt bij dit punt niet mee.")
        return redirect("vergaderingen:agendapunt", pk, punt)
    return toon_punt(request, rij, onthouding=formulier)
