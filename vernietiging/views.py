"""/werk/archief/vernietiging/: wat hoe lang blijft, de lijst die wacht, en de verklaringen van wat vernietigd is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.beeld import hoofdletter
from kern.fouten import InvoerFout, PortaalFout, VerouderdeVersie
from kern.tijd import nu, vandaag
from overgangen import beschikbaar
from toegang.opnieuw import opnieuw_bevestigd
from toegang.routes import voor
from toegang.verzoek import gebruiker
from vernietiging import actions, forms, queries
from vernietiging import rijen as wat_erachter
from vernietiging.enums import Stand
from vernietiging.models import Post, Vernietigingslijst
from vernietiging.permissions import ROLLEN
from vernietiging.regels import NOG_TE_BEVESTIGEN

PER_BLADZIJDE = 20
RIJEN_PER_BLADZIJDE = 100


@dataclass(frozen=True)
class Besluit:
    """Hoe het scherm een overgang uitvoert."""

    overgang: str
    voer_uit: Callable[..., Vernietigingslijst]
    formulier: type[forms.BesluitForm]
    gedaan: str


BESLUITEN = {
    "keur-goed": Besluit(
        "keur_goed", actions.keur_goed, forms.BesluitForm, "Goedgekeurd. Iemand anders moet de lijst nog bevestigen."
    ),
    "bevestig": Besluit("bevestig", actions.bevestig, forms.BevestigForm, "Alles op de lijst is vernietigd."),
    "wijs-af": Besluit("wijs_af", actions.wijs_af, forms.RedenForm, "De lijst is afgewezen; er is niets vernietigd."),
}
ADRES_VAN = {besluit.overgang: adres for adres, besluit in BESLUITEN.items()}


@voor(*ROLLEN)
@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """Toon de lijst die wacht, de verklaringen, en wat hoe lang blijft."""
    pagina = Paginator(queries.lijsten(), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    open_ = queries.open_lijst()
    gegevens = {
        "open": open_,
        "wacht_op_mij": queries.wacht_op_mij(open_, gebruiker(request).pk),
        "pagina": pagina,
        "soorten": queries.soorten(vandaag()),
        **queries.overzicht(),
    }
    return render(request, "vernietiging/overzicht.html", gegevens)


@voor(*ROLLEN)
@require_POST
def stel_voor(request: HttpRequest) -> HttpResponse:
    """Maak nu een lijst, zonder op de klok te wachten."""
    nieuw = actions.stel_voor(nu=nu(), door=gebruiker(request))
    if nieuw is not None:
        messages.success(request, "De lijst staat klaar. Er is nog niets vernietigd.")
        return redirect("vernietiging:lijst", pk=nieuw.pk)
    messages.info(request, "Er is geen nieuwe lijst: er loopt er al een, of er is niets waarvan de termijn om is.")
    return redirect("vernietiging:overzicht")


@voor(*ROLLEN)
@require_safe
def lijst(request: HttpRequest, pk: int) -> HttpResponse:
    """Toon één lijst met haar posten; na het vernietigen is dit de verklaring van vernietiging."""
    rij = get_object_or_404(queries.lijsten(), pk=pk)
    wie = gebruiker(request)
    zelf = rij.stand == Stand.GOEDGEKEURD and rij.goedgekeurd_door_id == wie.pk
    gegevens = {
        "lijst": rij,
        "koppen": queries.koppen(rij),
        "keuzen": [(ADRES_VAN[k.naam], k) for k in beschikbaar(rij, wie)],
        "zelf": zelf,
        "verborgen": "bevestig" if zelf else "",
    }
    return render(request, "vernietiging/lijst.html", gegevens)


@voor(*ROLLEN)
@require_http_methods(["GET", "HEAD", "POST"])
@opnieuw_bevestigd
def besluit(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Vraag een besluit over een lijst nog eens na, en voer het uit."""
    if naam not in BESLUITEN:
        raise Http404
    rij, gekozen, wie = get_object_or_404(queries.lijsten(), pk=pk), BESLUITEN[naam], gebruiker(request)
    form = gekozen.formulier(request.POST or None, initial={"versie": rij.rijversie})
    if request.method == "POST" and form.is_valid():
        try:
            uit = gekozen.voer_uit(lijst=rij, door=wie, **form.cleaned_data)
        except PortaalFout as fout:
            _meld(request, form, fout, rij)
        else:
            erbij = " De nieuwe lijst staat hieronder: laat staan wat moet blijven." if uit.pk != pk else ""
            messages.success(request, gekozen.gedaan + erbij)
            return redirect("vernietiging:lijst", pk=uit.pk)
    keuze = next((k for k in beschikbaar(rij, wie) if k.naam == gekozen.overgang), None)
    zelf = naam == "bevestig" and rij.stand == Stand.GOEDGEKEURD and rij.goedgekeurd_door_id == wie.pk
    gegevens: dict[str, Any] = {
        "lijst": rij,
        "keuze": keuze,
        "form": form,
        "koppen": queries.koppen(rij),
        "zelf": zelf,
        "naam": naam,
    }
    gegevens["voorstel"] = any(NOG_TE_BEVESTIGEN in kop.grond for kop in gegevens["koppen"])
    return render(request, "vernietiging/besluit.html", gegevens, status=422 if form.is_bound else 200)


@voor(*ROLLEN)
@require_safe
def rijen(request: HttpRequest, pk: int) -> HttpResponse:
    """Toon wat er achter een post staat, honderd per bladzijde: wie goedkeurt, moet kunnen zien wat."""
    post = get_object_or_404(Post.objects.select_related("lijst"), pk=pk)
    pagina = Paginator(wat_erachter.nummers(post), RIJEN_PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    gegevens = {"post": post, "pagina": pagina, "rijen": wat_erachter.beschrijf(post, list(pagina))}
    return render(request, "vernietiging/rijen.html", gegevens)


@voor(*ROLLEN)
@require_http_methods(["GET", "HEAD", "POST"])
def uitzonderen(request: HttpRequest, pk: int) -> HttpResponse:
    """Houd één post van de lijst, met een reden en een dag."""
    post = get_object_or_404(Post.objects.select_related("lijst"), pk=pk)
    form = forms.UitzonderForm(request.POST or None, initial={"versie": post.lijst.rijversie})
    if request.method == "POST" and form.is_valid():
        try:
            actions.zonder_uit(post=post, door=gebruiker(request), **form.cleaned_data)
        except PortaalFout as fout:
            _meld(request, form, fout, post.lijst)
        else:
            messages.success(request, f"{hoofdletter(post.omschrijving)} blijft.")
            return redirect("vernietiging:lijst", pk=post.lijst_id)
    kan = post.lijst.stand == Stand.VOORGESTELD
    gegevens: dict[str, Any] = {"post": post, "form": form, "kan": kan}
    return render(request, "vernietiging/uitzonderen.html", gegevens, status=422 if form.is_bound else 200)


def _meld(request: HttpRequest, form: forms.BesluitForm, fout: PortaalFout, gezien: Vernietigingslijst) -> None:
    """Zet een weigering bij haar veld, of boven het formulier.

    Was iemand eerder, dan staat de nieuwe stand nu op het scherm: wie weer verstuurt, besluit daarover.
    """
    veld = fout.veld if isinstance(fout, InvoerFout) and fout.veld in form.fields else None
    form.add_error(veld, str(fout))
    if isinstance(fout, VerouderdeVersie):
        form.data = request.POST.copy()
        form.data["versie"] = str(gezien.rijversie)
