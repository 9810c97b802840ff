"""/organisatie/…: wie er meeleest en onder welke belofte, antwoorden bij een knelpunt, en samen reageren."""

from django import forms
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from adviezen import permissions
from adviezen.actions import mede as mede_acties
from adviezen.actions import organisatie as acties
from adviezen.forms.reacties import GeheimhoudingForm, KnelpuntantwoordForm, MedeForm, MeelezerForm, NieuwAccountForm
from adviezen.models import Deelname, Medeondertekening, Meelezer
from adviezen.queries import organisatie as queries
from adviezen.queries.uitnodiging import meelezer_bij, zonder_inlog
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import meld, probeer
from adviezen.views.organisatie import formulier, gesloten, laad, schrijver, toon
from kern.antwoord import houd_adres_binnen
from toegang.routes import ingelogd, open_route
from toegang.verzoek import gebruiker


@ingelogd
@require_http_methods(GET_POST)
def meelezer(request: HttpRequest, pk: int) -> HttpResponse:
    """Nodig een collega uit om in deze ronde mee te lezen."""
    deelname = laad(request, pk)
    if not permissions.mag_meelezers_toelaten(deelname, gebruiker(request)):
        raise Http404
    if request.method != "POST" and not deelname.beraad.is_open:
        return gesloten(request, deelname, "Een collega laten meelezen kan niet meer")
    form = MeelezerForm(request.POST or None, deelname=deelname)
    if request.method == "POST" and form.is_valid():

        def laat() -> Meelezer:
            g = form.cleaned_data
            if form.collega is None:
                return acties.nodig_nieuwe_collega_uit(deelname=deelname, door=gebruiker(request), **g)
            return acties.laat_meelezen(
                deelname=deelname, gebruiker=form.collega, tot=g["tot"], door=gebruiker(request)
            )

        klaar = probeer(request, form, laat)
        if klaar is not None:
            hoe = " met een link om een account te maken" if zonder_inlog(klaar.gebruiker) else ""
            meld(
                request, f"{klaar.gebruiker.naam} krijgt een e-mail{hoe} en leest mee na de belofte van geheimhouding."
            )
            return redirect("organisatie:beraad", pk=pk)
    return formulier(
        request,
        deelname,
        form,
        kop="Laat een collega meelezen",
        uitleg=(
            "Uw collega krijgt een e-mail en belooft eerst geheimhouding. Daarna leest hij de witte versie, uw reactie "
            "en uw notities, tot deze ronde sluit. U kunt het meelezen elk moment stoppen."
        ),
        knop="Nodig uit",
    )


@ingelogd
@require_POST
def meelezer_stop(request: HttpRequest, pk: int, meelezer: int) -> HttpResponse:
    """Stop het meelezen van een collega, meteen."""
    deelname = laad(request, pk)
    gevonden = get_object_or_404(Meelezer, pk=meelezer, organisatie=deelname.organisatie_id, beraad=deelname.beraad_id)
    if not permissions.mag_meelezers_toelaten(deelname, gebruiker(request)):
        raise Http404
    acties.stop_meelezen(
        meelezer=gevonden,
        deelname=deelname,
        reden=request.POST.get("reden", "").replace("\x00", "")[:500],
        door=gebruiker(request),
    )
    meld(request, f"{gevonden.gebruiker.naam} leest vanaf nu niet meer mee. Wat hij noteerde, blijft bij u.")
    return redirect("organisatie:beraad", pk=pk)


@ingelogd
@require_http_methods(GET_POST)
def uitnodiging(request: HttpRequest, pk: int) -> HttpResponse:
    """De uitnodiging van een meelezer: wat geheim blijft, en de belofte die het lezen opent."""
    eigen = Meelezer.objects.filter(gebruiker=gebruiker(request)).select_related("traject", "organisatie", "beraad")
    gevonden: Meelezer = get_object_or_404(eigen.select_related("toegelaten_door"), pk=pk)
    if request.method != "POST" and queries.leest_al(gevonden):
        return redirect("organisatie:beraad", pk=queries.deelname_van(gevonden))
    form = GeheimhoudingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request, form, lambda: acties.aanvaard_geheimhouding(meelezer=gevonden, door=gebruiker(request))
        )
        if klaar is not None:
            meld(request, "Vastgelegd. U leest nu mee.")
            return redirect("organisatie:beraad", pk=queries.deelname_van(gevonden))
    return render(
        request,
        "adviezen/organisatie/uitnodiging.html",
        {"meelezer": gevonden, "traject": gevonden.traject, "form": form, "geldt": queries.geldt(gevonden)},
        status=422 if form.is_bound else 200,
    )


@open_route
@require_http_methods(GET_POST)
def uitnodiging_nieuw(request: HttpRequest, code: str) -> HttpResponse:
    """De eenmalige link van een meelezer zonder account: een wachtwoord, de belofte, en binnen.

    Een link die niet (meer) werkt geeft 410 met uitleg, en niets over wie er uitgenodigd was.
    """
    gevonden = meelezer_bij(code)
    if gevonden is None:
        antwoord = render(request, "adviezen/organisatie/uitnodiging_nieuw.html", status=410)
        antwoord["Cache-Control"] = "private, no-store"
        return antwoord
    form = NieuwAccountForm(request.POST or None, gebruiker=gevonden.gebruiker)
    if request.method == "POST" and form.is_valid():
        wachtwoord = form.cleaned_data["wachtwoord"]
        klaar = probeer(request, form, lambda: acties.neem_uitnodiging_aan(code=code, wachtwoord=wachtwoord))
        if klaar is not None:
            login(request, klaar.gebruiker, backend="django.contrib.auth.backends.ModelBackend")
            meld(request, "Uw account is gemaakt en uw belofte is vastgelegd. U leest nu mee.")
            return redirect("organisatie:beraad", pk=queries.deelname_van(klaar))
    ander = request.user.naam if request.user.is_authenticated else ""
    antwoord = render(
        request,
        "adviezen/organisatie/uitnodiging_nieuw.html",
        {
            "meelezer": gevonden,
            "form": form,
            "ander": f"U bent nu ingelogd als {ander}. Hierna gaat u verder als {gevonden.gebruiker.naam}."
            if ander
            else "",
        },
        status=422 if form.is_bound else 200,
    )
    antwoord["Cache-Control"] = "private, no-store"
    return houd_adres_binnen(antwoord)


# --- antwoord bij een knelpunt ----------------------------------------------------------------------------------


@ingelogd
@require_POST
def knelpunt_antwoord(request: HttpRequest, pk: int, knelpunt: int) -> HttpResponse:
    """Antwoord de secretaris bij een eigen knelpunt."""
    deelname = schrijver(request, pk)
    gevonden = get_object_or_404(deelname.knelpunten, pk=knelpunt)
    form = KnelpuntantwoordForm(request.POST, prefix="antwoord")
    if form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.beantwoord_knelpunt(knelpunt=gevonden, door=gebruiker(request), **form.cleaned_data),
        )
        if klaar is not None:
            meld(request, "Uw antwoord is verstuurd; de secretaris krijgt nu bericht.")
            return redirect("organisatie:beraad", pk=pk)
    return toon(request, deelname, antwoord=form, antwoord_bij=gevonden.pk)


# --- samen reageren ---------------------------------------------------------------------------------------------


@ingelogd
@require_POST
def vraag_mede(request: HttpRequest, pk: int) -> HttpResponse:
    """Vraag een andere organisatie mee te tekenen."""
    deelname = schrijver(request, pk)
    reactie = queries.eigen_reactie(deelname)
    if reactie is None:
        raise Http404
    form = MedeForm(request.POST, keuze=queries.te_vragen(deelname, reactie))
    if form.is_valid():
        ander: Deelname = form.cleaned_data["deelname"]
        klaar = probeer(
            request, form, lambda: mede_acties.vraag_mede(reactie=reactie, deelname=ander, door=gebruiker(request))
        )
        if klaar is not None:
            meld(request, f"{ander.organisatie} is gevraagd en leest uw reactie nu mee.")
            return redirect("organisatie:beraad", pk=pk)
    return toon(request, deelname, medeform=form)


@ingelogd
@require_POST
def mede_weg(request: HttpRequest, pk: int, mede: int) -> HttpResponse:
    """Vraag een organisatie niet langer mee te tekenen. Is dat al zo, dan gebeurt er niets."""
    deelname = schrijver(request, pk)
    gevonden = Medeondertekening.objects.filter(pk=mede, reactie__deelname=deelname).select_related("deelname").first()
    if gevonden is not None:
        form = forms.Form({})
        form.is_valid()
        daad = lambda: mede_acties.trek_mede_terug(mede=gevonden, door=gebruiker(request)) or True  # noqa: E731
        if probeer(request, form, daad) is None:
            return toon(request, deelname, fouten=form.non_field_errors())
        meld(request, f"{gevonden.deelname.organisatie} wordt niet meer gevraagd mee te tekenen.")
    return redirect("organisatie:beraad", pk=pk)


@ingelogd
@require_http_methods(GET_POST)
def mede(request: HttpRequest, pk: int, mede: int) -> HttpResponse:
    """Lees de reactie van een ander en teken mee, of niet."""
    deelname = laad(request, pk)
    gevonden = get_object_or_404(
        deelname.mede_verzoeken.exclude(status="afgewezen").select_related("reactie__deelname__organisatie"), pk=mede
    )
    mag = permissions.mag_voor_organisatie(deelname, gebruiker(request))
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        if not mag:
            raise Http404
        form = forms.Form(request.POST)
        form.is_valid()
        akkoord = request.POST.get("akkoord") == "ja"
        klaar = probeer(
            request,
            form,
            lambda: mede_acties.beantwoord_mede(
                mede=gevonden, akkoord=akkoord, door=gebruiker(request), versie=_versie(request)
            ),
        )
        if klaar is not None:
            meld(request, "Uw organisatie tekent mee." if akkoord else "Uw organisatie tekent niet mee.")
            return redirect("organisatie:beraad", pk=pk)
    return render(
        request,
        "adviezen/organisatie/mede.html",
        {
            "deelname": deelname,
            "traject": deelname.beraad.traject,
            "mede": gevonden,
            "reactie": gevonden.reactie,
            "punten": queries.punten(gevonden.reactie, gebruiker(request)),
            "form": form,
            "mag": mag and deelname.beraad.is_open,
        },
        status=422 if form.errors else 200,
    )
