"""/pers/: een journalist leest een advies onder embargo, na zijn belofte, en haalt een exemplaar op zijn naam."""

from dataclasses import replace

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from adviezen.actions import perslezers as acties
from adviezen.forms.pers import EmbargoForm, NieuwPersaccountForm
from adviezen.models import Perslezer
from adviezen.policies.aanbieding import vastgestelde_versie
from adviezen.queries.pers import Persstand, eigen, perslezing, perslezingen, stand_van
from adviezen.queries.uitnodiging import perslezer_bij
from adviezen.views.gedeeld import meld, probeer
from kern.antwoord import houd_adres_binnen
from logboek.actions import leg_inzage_vast
from publiek.verbinding import leestransactie
from publiek.views.adviezen import advies_context
from stukken.actions import probeer_pdf_opnieuw
from stukken.leveren import lever
from stukken.voortgang import PdfGegevens, gegevens, paneel
from toegang.enums import Rol
from toegang.routes import open_route, voor
from toegang.verzoek import gebruiker
from werkplek.views.voorproef import als_openbaar

GET_POST = ["GET", "HEAD", "POST"]
voor_pers = voor(Rol.PERS)


def _laad(request: HttpRequest, pk: int) -> Perslezer:
    lezer = eigen(gebruiker(request), pk)
    if lezer is None:
        raise Http404
    return lezer


def _prive(antwoord: HttpResponse) -> HttpResponse:
    antwoord["Cache-Control"] = "private, no-store"
    antwoord["X-Robots-Tag"] = "noindex"
    return antwoord


@voor_pers
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Wat deze journalist onder embargo leest of las."""
    return _prive(render(request, "werkplek/pers/lijst.html", {"rijen": perslezingen(gebruiker(request))}))


@voor_pers
@require_http_methods(GET_POST)
def advies(request: HttpRequest, pk: int) -> HttpResponse:
    """Het advies onder embargo; eerst de belofte. Elke keer lezen staat in het inzagelogboek."""
    lezer = _laad(request, pk)
    stand = stand_van(lezer)
    form = EmbargoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and stand == Persstand.BELOVEN and form.is_valid():
        klaar = probeer(request, form, lambda: acties.aanvaard_embargo(lezer=lezer, door=gebruiker(request)))
        if klaar is not None:
            meld(request, "Uw belofte is vastgelegd.")
            return redirect("pers:advies", pk=pk)
    if stand != Persstand.OPEN:
        context = {"rij": perslezing(lezer), "form": form}
        return _prive(render(request, "werkplek/pers/nog_niet.html", context, status=422 if form.errors else 200))
    tekst = vastgestelde_versie(lezer.traject)
    if tekst is None:
        raise Http404
    if request.method != "HEAD":  # ook wie zijn belofte twee keer verstuurt, krijgt de tekst
        leg_inzage_vast(object=lezer, door=gebruiker(request))
    rij = als_openbaar(lezer.traject.advies, tekst.html)
    rij.metadata["embargo"] = True
    erbij = {"rij": perslezing(lezer), "lezer": lezer, "pdf": _pdf(lezer)}
    with leestransactie():
        return _prive(render(request, "werkplek/pers/advies.html", advies_context(rij) | erbij))


def _pdf(lezer: Perslezer) -> PdfGegevens:
    pad = {"pk": lezer.pk}
    stand = reverse("pers:pdf", kwargs=pad)
    uit = gegevens(
        acties.persexemplaar_van_nu(lezer=lezer),
        stand=stand,
        download=reverse("pers:pdf_bestand", kwargs=pad),
        opnieuw=stand,
        terug=reverse("pers:advies", kwargs=pad),
    )
    return replace(uit, vorige=None)  # een eerder exemplaar draagt een tekst of een embargo dat niet meer geldt


@voor_pers
@require_http_methods(GET_POST)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Vraag de PDF met de eigen naam op elke bladzijde (POST), of kijk hoe ver zij is (GET)."""
    lezer = _laad(request, pk)
    if stand_van(lezer) != Persstand.OPEN:
        raise Http404
    if request.method != "POST":
        return paneel(request, _pdf(lezer))
    opdracht = acties.vraag_persexemplaar(lezer=lezer)
    if opdracht.status == "mislukt":
        probeer_pdf_opnieuw(opdracht=opdracht, door=gebruiker(request))
    return redirect(f"{reverse('pers:advies', kwargs={'pk': pk})}#pdf-stand")


@voor_pers
@require_safe
def pdf_bestand(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lever het eigen exemplaar van de tekst van nu, zolang het embargo loopt; ook dat is een inzage."""
    lezer = _laad(request, pk)
    opdracht = acties.persexemplaar_van_nu(lezer=lezer) if stand_van(lezer) == Persstand.OPEN else None
    if opdracht is None or opdracht.bestand is None:
        raise Http404
    if request.method == "GET":
        leg_inzage_vast(object=lezer, door=gebruiker(request))
    return lever(opdracht.bestand, naam=opdracht.naam)


@open_route
@require_http_methods(GET_POST)
def uitnodiging(request: HttpRequest, code: str) -> HttpResponse:
    """De eenmalige link van een journalist zonder account: een wachtwoord, de belofte, en binnen.

    Een link die niet (meer) werkt geeft 410 met uitleg, en niets over wie er uitgenodigd was.
    """
    lezer = perslezer_bij(code)
    if lezer is None:
        return _prive(render(request, "werkplek/pers/uitnodiging.html", status=410))
    form = NieuwPersaccountForm(request.POST or None, gebruiker=lezer.gebruiker)
    if request.method == "POST" and form.is_valid():
        wachtwoord = form.cleaned_data["wachtwoord"]
        klaar = probeer(request, form, lambda: acties.neem_persuitnodiging_aan(code=code, wachtwoord=wachtwoord))
        if klaar is not None:
            login(request, klaar.gebruiker, backend="django.contrib.auth.backends.ModelBackend")
            meld(request, "Uw account is gemaakt en uw belofte is vastgelegd.")
            return redirect("pers:advies", pk=klaar.pk)
    context = {"rij": perslezing(lezer), "lezer": lezer, "form": form}
    antwoord = _prive(render(request, "werkplek/pers/uitnodiging.html", context, status=422 if form.is_bound else 200))
    return houd_adres_binnen(antwoord)
