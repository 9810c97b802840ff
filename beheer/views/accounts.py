"""/werk/beheer/accounts/: wie er kan inloggen, en helpen wie er niet in kan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from beheer import actions, forms, queries
from kern.fouten import InvoerFout, PortaalFout, VerouderdeVersie
from kern.tekort import Tekort
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.opnieuw import opnieuw_bevestigd
from toegang.rollen import hoedanigheden
from toegang.routes import voor
from toegang.verzoek import gebruiker

PER_BLADZIJDE = 50


@dataclass(frozen=True)
class Daad:
    """Iets wat de beheerder met een account kan doen."""

    titel: str
    knop: str
    voer_uit: Callable[..., Any]
    formulier: type[forms.RedenForm]
    gevolgen: tuple[str, ...]
    gelukt: str
    kan: Callable[[Gebruiker], bool]
    gevaar: bool = False
    tekorten: Callable[[Gebruiker], list[Tekort]] = lambda g: []


DADEN = {
    "tweede-stap": Daad(
        "Haal de tweede stap weg",
        "Haal de tweede stap weg",
        actions.haal_tweede_stap_weg,
        forms.VaststelForm,
        (
            "Deze persoon wordt overal uitgelogd. Ook het wachtwoord geldt niet meer.",
            "Hij of zij krijgt meteen een e-mail met een link om zelf een nieuw wachtwoord te kiezen.",
            "De algemeen secretaris en de secretaris van de raad krijgen bericht dat u dit deed.",
        ),
        "De tweede stap is weg. De link voor een nieuw wachtwoord is onderweg.",
        lambda g: g.is_active and bool(getattr(g, "tweede_stap", False)),
        gevaar=True,
    ),
    "zittingen": Daad(
        "Log deze persoon overal uit",
        "Log overal uit",
        actions.beeindig_zittingen,
        forms.RedenForm,
        (
            "Wat deze persoon nu typt en nog niet verstuurde, staat nog op het eigen scherm.",
            "Hij of zij krijgt bericht en kan gewoon weer inloggen.",
        ),
        "Deze persoon is overal uitgelogd.",
        lambda g: queries.zittingen(g) > 0,
    ),
    "naam": Daad(
        "Verbeter de naam",
        "Verbeter de naam",
        actions.wijzig_naam,
        forms.NaamForm,
        (
            "Wat al onder de oude naam staat, blijft zo staan.",
            "Deze persoon krijgt bericht, en wie rollen geeft ook.",
        ),
        "De naam is verbeterd.",
        lambda g: True,
    ),
    "sluit": Daad(
        "Sluit dit account",
        "Sluit het account",
        actions.sluit_account,
        forms.RedenForm,
        (
            "Deze persoon wordt overal uitgelogd en komt er niet meer in. Wat op zijn of haar naam staat, blijft.",
            "Post die nog wacht gaat niet meer naar deze persoon.",
            "De algemeen secretaris en de secretaris van de raad krijgen bericht dat u dit deed.",
        ),
        "Het account is gesloten.",
        lambda g: g.is_active,
        gevaar=True,
        tekorten=queries.tekorten_bij_stoppen,
    ),
    "heropen": Daad(
        "Heropen dit account",
        "Heropen het account",
        actions.heropen_account,
        forms.RedenForm,
        (
            "Deze persoon kan weer inloggen, met wat uit een benoeming volgt.",
            "Een rol van de staf komt niet terug. Die geeft de algemeen secretaris of secretaris van de raad opnieuw.",
            "Zij krijgen bericht dat u dit deed, en de persoon zelf ook.",
        ),
        "Het account is heropend.",
        lambda g: not g.is_active,
    ),
}


@voor(Rol.BEHEERDER)
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Toon de accounts, met zoeken op naam of adres en vijftig per bladzijde."""
    keuze = {naam: request.GET.get(naam, "")[:200] for naam in ("q", "stand")}
    bladzijde = Paginator(queries.accounts(**keuze), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    rijen = [(g, queries.stafrollen(g), queries.persoon_van(g)) for g in bladzijde]
    gegevens = {"keuze": keuze, "standen": queries.STANDEN, "bladzijde": bladzijde, "rijen": rijen}
    return render(request, "beheer/accounts.html", gegevens)


@voor(Rol.BEHEERDER)
@require_http_methods(["GET", "HEAD", "POST"])
@opnieuw_bevestigd
def nieuw(request: HttpRequest) -> HttpResponse:
    """Maak een account; een wachtwoord kiest de persoon zelf."""
    form = forms.AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rij = actions.maak_account(**form.cleaned_data, door=gebruiker(request))
        except PortaalFout as fout:
            weiger(form, fout)
        else:
            messages.success(
                request,
                "Het account is gemaakt. Over tien minuten gaat de e-mail met de link voor een wachtwoord naar "
                f"{rij.email}. Klopt dat adres niet, sluit het account dan nu.",
            )
            return redirect("beheer:account", pk=rij.pk)
    return render(request, "beheer/nieuw.html", {"form": form}, status=422 if form.errors else 200)


@voor(Rol.BEHEERDER)
@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Toon één account: of men ermee inlogt, welke rollen het geeft, en wat er met het account gebeurde."""
    wie = get_object_or_404(queries.accounts(), pk=pk)
    zelf = wie.pk == gebruiker(request).pk
    gegevens = {
        "wie": wie,
        "zelf": zelf,
        "persoon": queries.persoon_van(wie),
        "stafrollen": queries.stafrollen(wie),
        "rollen": sorted({str(h.rol.label) for h in hoedanigheden(wie)}),
        "zittingen": queries.zittingen(wie),
        "daden": [] if zelf else [(naam, d) for naam, d in DADEN.items() if d.kan(wie)],
        "geschiedenis": queries.geschiedenis(wie),
    }
    return render(request, "beheer/account.html", gegevens)


@voor(Rol.BEHEERDER)
@require_http_methods(["GET", "HEAD", "POST"])
@opnieuw_bevestigd
def daad(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Vraag een daad nog eens na, met wat er dan gebeurt, en voer haar uit."""
    wie = get_object_or_404(queries.accounts(), pk=pk)
    if naam not in DADEN:
        raise Http404
    gekozen = DADEN[naam]
    form = gekozen.formulier(request.POST or None, initial={"naam": wie.naam, "was": wie.naam})
    if request.method == "POST" and form.is_valid():
        try:
            gekozen.voer_uit(gebruiker=wie, door=gebruiker(request), **form.cleaned_data)
        except PortaalFout as fout:
            weiger(form, fout)
        else:
            messages.success(request, gekozen.gelukt)
            return redirect("beheer:account", pk=pk)
    gegevens = {"wie": wie, "daad": gekozen, "form": form, "kan": gekozen.kan(wie), "tekorten": gekozen.tekorten(wie)}
    gegevens["zelf"] = wie.pk == gebruiker(request).pk
    return render(request, "beheer/daad.html", gegevens, status=422 if form.errors else 200)


def weiger(form: django_forms.Form, fout: PortaalFout) -> None:
    """Zet een weigering bij haar veld, of boven het formulier als dat veld er niet is.

    Was iemand eerder, dan staat de nieuwe stand nu op het scherm: wie weer verstuurt, besluit daarover.
    """
    veld = fout.veld if isinstance(fout, InvoerFout) else ""
    form.add_error(veld if veld in form.fields else None, str(fout))
    if isinstance(fout, VerouderdeVersie) and isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["was"] = form.initial["was"]
