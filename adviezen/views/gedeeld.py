"""Wat alle werkpagina's van een traject delen: laden door de poort van zichtbaarheid, en fouten bij het veld."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.choices import flatten_choices

from adviezen.models import Adviestraject, Versie
from adviezen.queries.lezen import adres
from adviezen.queries.lezen import laad as lees_versies
from kern.fouten import InvoerFout, OvergangGeweigerd, PortaalFout, VerouderdeVersie
from kern.tijd import datum_nl, moment_nl
from logboek.actions import leg_inzage_vast
from stukken.actions import bewaar
from stukken.models import Bestand
from toegang.verzoek import gebruiker

T = TypeVar("T")


def laad_traject(request: HttpRequest, slug: str) -> Adviestraject:
    """Geef het traject dat deze gebruiker mag zien; anders dezelfde 404 als bij een traject dat niet bestaat."""
    zichtbaar = Adviestraject.objects.zichtbaar_voor(request.user)
    return get_object_or_404(
        zichtbaar.select_related(
            "commissie", "commissievoorzitter", "secretaris", "waarnemer", "aanvraag", "voortraject"
        ),
        slug=slug,
    )


def laad_versie(request: HttpRequest, pk: int) -> Versie:
    """Geef de versie die deze gebruiker mag lezen; anders dezelfde 404 als bij een versie die niet bestaat."""
    gevonden: Versie = get_object_or_404(lees_versies(gebruiker(request)), pk=pk)
    return gevonden


def noteer_inzage(request: HttpRequest, stuk: Adviestraject | Versie | None) -> None:
    """Leg vast dat deze gebruiker een vertrouwelijk stuk opende; niet bij HEAD, want die toont niets.

    Voor elk scherm waarop tekst van een concept of een reactie staat, ook als er iets anders mee gedaan wordt. Ook bij
    POST: wie een formulier stuurt dat geweigerd wordt, krijgt de tekst terug.
    """
    if stuk is not None and request.method != "HEAD":
        leg_inzage_vast(object=stuk, door=gebruiker(request))


def naar_versie(versie: Versie, anker: str = "") -> HttpResponse:
    """Ga naar het leesscherm van een versie, eventueel bij een anker."""
    return redirect(adres(versie, anker))


def probeer(request: HttpRequest, form: forms.Form, daad: Callable[[], T]) -> T | None:
    """Doe één handeling; zet een weigering op het formulier (bij het veld) en geef dan None.

    De ingevulde tekst blijft staan, want hetzelfde formulier wordt opnieuw getoond.
    """
    try:
        return daad()
    except InvoerFout as fout:
        form.add_error(fout.veld if fout.veld in form.fields else None, fout.tekst)
    except OvergangGeweigerd as fout:
        for tekort in fout.tekorten:
            form.add_error(None, tekort.tekst)
    except VerouderdeVersie as fout:
        form.add_error(None, str(fout))
        _zeg_wat_er_nu_ligt(form)
    except PortaalFout as fout:
        form.add_error(None, str(fout))
    return None


def _zeg_wat_er_nu_ligt(form: forms.Form) -> None:
    """Zet bij elk veld dat anders is dan wat nu vastligt wat dat is: wie nog eens verstuurt, weet wat hij overschrijft.

    De beginwaarden van het formulier zijn bij deze aanvraag gelezen, dus van na de ander.
    """
    for naam in form.changed_data:
        if naam in form.initial and naam in form.fields and not form.fields[naam].widget.is_hidden:
            form.add_error(naam, f"Nu vastgelegd: {_in_woorden(form.initial[naam], form.fields[naam])}")


def _in_woorden(waarde: Any, veld: forms.Field) -> str:
    """Geef een waarde zoals het scherm haar noemt: van een keuze de naam, van een moment ook het uur."""
    if isinstance(waarde, (list, tuple)):
        return ", ".join(_in_woorden(een, veld) for een in waarde) or "niets"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime):
        return moment_nl(waarde)
    if isinstance(waarde, date):
        return datum_nl(waarde)
    if isinstance(veld, forms.ModelChoiceField):
        if isinstance(waarde, int) and veld.queryset is not None:
            waarde = veld.queryset.filter(pk=waarde).first()
    elif isinstance(veld, forms.ChoiceField):
        keuzen: Any = veld.choices
        waarde = dict(flatten_choices(keuzen)).get(waarde, waarde)
    return str(waarde or "") or "niets"


def bewaar_bestand(request: HttpRequest, form: forms.Form, veld: str, **kw: Any) -> Bestand | None:
    """Bewaar het meegestuurde bestand van een veld, of geef None als er geen is. Werpt InvoerFout op dat veld."""
    upload = form.cleaned_data.get(veld)
    if not upload:
        return None
    return bewaar(upload=upload, door=gebruiker(request), veld=veld, **kw)


def meld(request: HttpRequest, tekst: str) -> None:
    """Zet een bevestiging klaar voor de volgende bladzijde."""
    messages.success(request, tekst)
