"""Een openbaar advies intrekken in de browser: voorstellen, als tweede persoon bevestigen, of laten vervallen."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from adviezen.actions import intrekking as acties
from adviezen.enums import Stap
from adviezen.forms.intrekking import IntrekkingForm, VervalForm
from adviezen.models import Adviesintrekking, Adviestraject
from adviezen.permissions import (
    mag_intrekking_bevestigen,
    mag_intrekking_laten_vervallen,
    mag_intrekking_voorstellen,
)
from adviezen.queries.intrekking import intrekking_van, mag_trek_advies_in
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import laad_traject, meld, probeer
from kern.fouten import PortaalFout
from kern.tijd import moment_nl
from toegang.opnieuw import opnieuw_bevestigd
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


def _laad(request: HttpRequest, slug: str) -> tuple[Adviestraject, Adviesintrekking | None]:
    """Geef het aangeboden traject met wat er van een intrekking loopt; eerder in de acht stappen bestaat dit niet."""
    traject = laad_traject(request, slug)
    if traject.stap != Stap.AANGEBODEN:
        raise Http404
    return traject, intrekking_van(traject)


def _scherm(
    request: HttpRequest, traject: Adviestraject, form: IntrekkingForm, verval: VervalForm, status: int = 200
) -> HttpResponse:
    wie, rij = gebruiker(request), intrekking_van(traject)
    tekorten = mag_trek_advies_in(traject) if rij is None else []
    context = {
        "traject": traject,
        "advies": traject.advies,
        "rij": rij,
        "form": form,
        "verval": verval,
        "tekorten": tekorten,
        "eerdere": traject.intrekkingen.filter(vervallen_op__isnull=False).select_related(
            "voorgesteld_door", "vervallen_door"
        ),
        "mag_voorstellen": rij is None and not tekorten and mag_intrekking_voorstellen(traject, wie),
        "mag_bevestigen": rij is not None and rij.wacht_op_bevestiging and mag_intrekking_bevestigen(rij, wie),
        "mag_vervallen": rij is not None and not rij.geldt and mag_intrekking_laten_vervallen(rij, wie),
        "bevestigers": acties.wie_bevestigt(rij) if rij is not None and rij.wacht_op_bevestiging else [],
        "versie": traject.rijversie,
    }
    return render(request, "adviezen/intrekken.html", context, status=status)


@voor_secretariaat
@require_http_methods(GET_POST)
def intrekken(request: HttpRequest, slug: str) -> HttpResponse:
    """Toon hoe het ervoor staat, en stel voor het advies in te trekken met een openbare reden."""
    traject, _ = _laad(request, slug)
    form = IntrekkingForm(request.POST or None)
    if request.method == "POST" and not mag_intrekking_voorstellen(traject, gebruiker(request)):
        raise Http404
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.stel_intrekking_voor(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.cleaned_data
            ),
        )
        if klaar is not None:
            meld(request, "Het voorstel staat klaar. Een ander bevestigt het; tot dan verandert er niets op de site.")
            return redirect("adviezen:intrekken", slug=slug)
    return _scherm(request, traject, form, VervalForm(), 422 if form.is_bound else 200)


@voor_secretariaat
@require_POST
@opnieuw_bevestigd
def bevestig_intrekking(request: HttpRequest, slug: str) -> HttpResponse:
    """Bevestig het voorstel als tweede persoon."""
    traject, rij = _laad(request, slug)
    if rij is None or not mag_intrekking_bevestigen(rij, gebruiker(request)):
        raise Http404
    try:
        klaar = acties.bevestig_intrekking(traject=traject, versie=_versie(request), door=gebruiker(request))
    except PortaalFout as fout:
        messages.error(request, str(fout))
    else:
        assert klaar.gaat_in_op is not None  # noqa: S101 - net bevestigd
        wanneer = moment_nl(klaar.gaat_in_op)
        meld(request, f"Het advies is vanaf {wanneer} van de site. Tot dan kunt u de intrekking herroepen.")
    return redirect("adviezen:intrekken", slug=slug)


@voor_secretariaat
@require_POST
def intrekking_vervalt(request: HttpRequest, slug: str) -> HttpResponse:
    """Neem het voorstel terug, of herroep de intrekking zolang zij niet inging."""
    traject, rij = _laad(request, slug)
    if rij is None or not mag_intrekking_laten_vervallen(rij, gebruiker(request)):
        raise Http404
    verval = VervalForm(request.POST)
    if verval.is_valid():
        klaar = probeer(
            request,
            verval,
            lambda: acties.laat_intrekking_vervallen(
                traject=traject,
                versie=_versie(request),
                reden=verval.cleaned_data["waarom"],
                door=gebruiker(request),
            ),
        )
        if klaar is not None:
            herroepen = klaar.bevestigd_op is not None
            wat = "De intrekking is herroepen." if herroepen else "Het voorstel is teruggenomen."
            meld(request, f"{wat} Het advies blijft openbaar.")
            return redirect("adviezen:intrekken", slug=slug)
    return _scherm(request, traject, IntrekkingForm(), verval, 422)
