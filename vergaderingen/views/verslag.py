"""Het verslag schrijven en vaststellen."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from kern.getal import geheel
from toegang.routes import voor_secretariaat
from vergaderingen import actions, permissions
from vergaderingen.concept import conceptverslag, niet_in_verslag, punt_kop, sprekers
from vergaderingen.enums import Verslagstatus
from vergaderingen.forms import BijdrageForm, VaststelForm, VerslagForm
from vergaderingen.models import Vergadering, Verslag
from vergaderingen.opmaak import naar_html, naar_tekst, openbaar_deel, twijfel_over_merken, voeg_bijdrage_in
from vergaderingen.queries import latere_vergaderingen
from vergaderingen.views.hulp import invoer, laad, probeer, versie_van, wie


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def verslag(request: HttpRequest, pk: int) -> HttpResponse:
    """Schrijf het verslag; een nieuw verslag begint met een opzet uit agenda, presentie en besluiten."""
    rij = laad(request, pk)
    bestaand = Verslag.objects.zichtbaar_voor(wie(request)).filter(vergadering=rij).first()
    vast = bestaand is not None and bestaand.status == Verslagstatus.VASTGESTELD
    begin = naar_tekst(bestaand.html if bestaand else conceptverslag(rij)[0])
    keuzes = {
        "koppen": [punt_kop(p) for p in rij.agendapunten.filter(vervallen_reden="").order_by("volgorde")],
        "sprekers": sprekers(rij),
    }
    formulier = VerslagForm(invoer(request), initial={"tekst": begin})
    bijdrage = BijdrageForm(request.POST if "voeg-toe" in request.POST else None, **keuzes)
    kijk = request.method == "POST" and "kijk" in request.POST
    if request.method == "POST" and formulier.is_valid() and not kijk:
        toevoegen = "voeg-toe" in request.POST
        if (not toevoegen or bijdrage.is_valid()) and probeer(
            formulier, lambda: _bewaar(request, rij, formulier, bijdrage if toevoegen else None)
        ):
            messages.success(request, "De bijdrage staat in het verslag." if toevoegen else "Het concept is bewaard.")
            return redirect("vergaderingen:verslag", pk)
    getypt = str(formulier["tekst"].value() or "")
    if kijk:
        leest, openbare = naar_html(getypt), naar_html(openbaar_deel(getypt)) if rij.openbaar else ""
    else:
        leest, openbare = (bestaand.html, bestaand.openbaar_html) if bestaand else ("", "")
    return render(
        request, "vergaderingen/verslag.html",
        {"vergadering": rij, "verslag": bestaand, "formulier": formulier, "vast": vast, "bijdrage": bijdrage,
         "kijk": kijk, "leest": leest, "openbare": openbare,
         "let_op": [] if vast else _let_op(rij, getypt),
         "mag": permissions.mag_beheren(rij, wie(request)),
         "versie": request.POST.get("versie", bestaand.rijversie if bestaand else "")},
    )  # fmt: skip


def _let_op(rij: Vergadering, tekst: str) -> list[str]:
    """Geef wat de schrijver moet weten voordat het verslag vastligt: twijfel over een merk, besluiten die ontbreken."""
    uit = twijfel_over_merken(tekst) if rij.openbaar else []
    ontbreekt = niet_in_verslag(rij, tekst)
    if ontbreekt:
        uit.append(f"Niet letterlijk in dit verslag: {'; '.join(ontbreekt)}. Kijk of dat klopt.")
    return uit


def _bewaar(request: HttpRequest, rij: Vergadering, formulier: VerslagForm, bijdrage: BijdrageForm | None) -> Verslag:
    """Bewaar de getypte tekst, met de bijdrage erin als die erbij moet."""
    tekst = formulier.cleaned_data["tekst"]
    if bijdrage is not None:
        tekst = voeg_bijdrage_in(tekst, kop=bijdrage.cleaned_data["bij"], alinea=bijdrage.alinea)
    return actions.schrijf_verslag(
        vergadering=rij, html=naar_html(tekst), openbaar_html=naar_html(openbaar_deel(tekst)), door=wie(request),
        versie=versie_van(request) or 0,  # leeg: er was nog geen verslag toen deze schrijver begon
    )  # fmt: skip


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def vaststellen(request: HttpRequest, pk: int) -> HttpResponse:
    """Stel het verslag vast in een latere vergadering."""
    rij = laad(request, pk)
    gevonden = get_object_or_404(Verslag.objects.zichtbaar_voor(wie(request)), vergadering=rij)
    later = latere_vergaderingen(rij)
    formulier = VaststelForm(
        invoer(request), later=later, initial={"vastgesteld_in": geheel(request.GET.get("in", ""))}
    )
    if (
        request.method == "POST"
        and formulier.is_valid()
        and probeer(
            formulier,
            lambda: actions.stel_verslag_vast(
                verslag=gevonden, versie=versie_van(request), door=wie(request), **formulier.cleaned_data
            ),
        )
    ):
        messages.success(request, "Het verslag is vastgesteld.")
        return redirect("vergaderingen:vergadering", pk)
    gevolgen = ["Het verslag ligt daarna vast."]
    if rij.openbaar:
        gevolgen.append("De openbare tekst staat over tien minuten op de openbare site.")
    if not later:
        gevolgen.append("Dit kan nog niet: er is nog geen latere vergadering, op een andere dag, geopend.")
    gevolgen += [f"Let op: {zin}" for zin in _let_op(rij, naar_tekst(gevonden.html))]
    return render(
        request, "vergaderingen/verslag_vaststellen.html",
        {"vergadering": rij, "formulier": formulier, "kop": "Stel het verslag vast",
         "knop": "Stel het verslag vast" if later else "",
         "gevolgen": gevolgen, "versie": request.POST.get("versie", gevonden.rijversie), "verslag": gevonden},
    )  # fmt: skip
