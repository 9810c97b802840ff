"""Stap 8 in de browser: gegevens van het advies, PDF, brieven, klaarzetten, bevestigen, ontvangst."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adviezen.actions import aanbieding as acties
from adviezen.actions import adviesgegevens, brieven
from adviezen.enums import Stap
from adviezen.forms.aanbieding import AdviesForm, BriefForm, KlaarzetForm, OntvangstForm
from adviezen.models import Aanbieding, Aanbiedingsbrief, Advies, Adviestraject
from adviezen.openbaar import sleutel_van
from adviezen.permissions import mag_aanbieden, mag_bevestigen, mag_brief_aftekenen, mag_klaarzetten, mag_parafen
from adviezen.policies.aanbieding import brief_tekorten, mag_bied_aan, vastgestelde_versie, waarschuwingen
from adviezen.queries.embargo import loopt_embargo
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import laad_traject, meld, probeer
from kern.fouten import PortaalFout
from kern.tijd import nu
from stukken.actions import probeer_pdf_opnieuw
from stukken.leveren import lever
from stukken.queries import laatste_opdracht, laatste_pdf
from stukken.voortgang import PdfGegevens, gegevens, paneel
from toegang.opnieuw import opnieuw_bevestigd
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker

OPEN = (Stap.AANBIEDING, Stap.AANGEBODEN)


def _laad(request: HttpRequest, slug: str) -> tuple[Adviestraject, Advies | None]:
    traject = laad_traject(request, slug)
    return traject, Advies.objects.filter(traject=traject).first()


def _pdf(traject: Adviestraject, advies: Advies | None) -> PdfGegevens | None:
    if advies is None:
        return None
    pad = {"slug": traject.slug}
    return gegevens(
        laatste_opdracht(sleutel_van(advies)),
        stand=reverse("adviezen:adviespdf_stand", kwargs=pad),
        download=reverse("adviezen:adviespdf", kwargs=pad),
        opnieuw=reverse("adviezen:adviespdf_maak", kwargs=pad),
        terug=reverse("adviezen:aanbieding", kwargs=pad),
        van_nu=adviesgegevens.adviespdf_van_nu(traject, advies) if traject.stap == Stap.AANBIEDING else "",
    )


def _stand(request: HttpRequest, traject: Adviestraject, advies: Advies | None) -> dict[str, object]:
    wie = gebruiker(request)
    aanbieding = Aanbieding.objects.select_related("klaargezet_door", "bevestigd_door").filter(traject=traject).first()
    open_ = traject.stap == Stap.AANBIEDING
    let_op = waarschuwingen(traject)
    return {
        "traject": traject,
        "advies": advies,
        "aanbevelingen": list(advies.aanbevelingen.all()) if advies else [],
        "aanbieding": aanbieding,
        "brieven": list(aanbieding.brieven.select_related("afgetekend_door", "geparafeerd_door")) if aanbieding else [],
        "tekst": vastgestelde_versie(traject),
        "pdf": _pdf(traject, advies),
        "tekorten": mag_bied_aan(traject) if open_ else [],
        "waarschuwingen": let_op,
        "brief_ontbreekt": aanbieding is None
        or any("afschrift" in t.tekst for t in let_op)
        or any("nog geen aanbiedingsbrief" in t.tekst for t in brief_tekorten(traject, aanbieding)),
        "mag_klaarzetten": open_ and mag_klaarzetten(aanbieding or Aanbieding(traject=traject), wie),
        "mag_parafen": open_ and aanbieding is not None and mag_parafen(aanbieding, wie),
        "mag_aftekenen": open_ and aanbieding is not None and mag_brief_aftekenen(aanbieding, wie),
        "mag_bevestigen": open_
        and aanbieding is not None
        and aanbieding.klaargezet_op is not None
        and aanbieding.bevestigd_op is None
        and mag_bevestigen(aanbieding, wie),
        "onder_embargo": loopt_embargo(traject),
        "mag_verzetten": mag_aanbieden(traject, wie),
        "versie": traject.rijversie,
    }


@voor_secretariaat
@require_http_methods(GET_POST)
def aanbieding(request: HttpRequest, slug: str) -> HttpResponse:
    """Toon wat klaar is en wat nog ontbreekt; zet klaar, of leg de ontvangst vast."""
    traject, advies = _laad(request, slug)
    zet = request.method == "POST" and "klaarzetten" in request.POST
    ontvangst = request.method == "POST" and "ontvangst" in request.POST
    form = KlaarzetForm(request.POST if zet else None, initial=_embargo(traject))
    ontvangen = OntvangstForm(request.POST if ontvangst else None)
    klaar: Aanbieding | None = None
    if zet and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.zet_klaar(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.cleaned_data
            ),
        )
    elif ontvangst and ontvangen.is_valid():
        klaar = probeer(
            request,
            ontvangen,
            lambda: acties.leg_ontvangst_vast(
                traject=traject, versie=_versie(request), door=gebruiker(request), **ontvangen.cleaned_data
            ),
        )
    if klaar is not None:
        meld(request, "De aanbieding staat klaar. Een ander bevestigt haar." if zet else "De ontvangst is vastgelegd.")
        return redirect("adviezen:aanbieding", slug=slug)
    fout = form.is_bound or ontvangen.is_bound
    context = _stand(request, traject, advies) | {"form": form, "ontvangst": ontvangen}
    return render(request, "adviezen/aanbieding.html", context, status=422 if fout else 200)


def _embargo(traject: Adviestraject) -> dict[str, object]:
    """Geef het embargo dat geldt: wie opnieuw klaarzet, laat het anders ongemerkt vallen."""
    tot = Aanbieding.objects.filter(traject=traject, embargo_tot__gt=nu()).values_list("embargo_tot", flat=True)
    return {"embargo_tot": tot[0]} if tot else {}


def _doe(request: HttpRequest, slug: str, daad: Callable[[], object], tekst: str) -> HttpResponse:
    """Doe één handeling van een knop zonder velden; een weigering staat op de bladzijde van de aanbieding."""
    try:
        daad()
    except PortaalFout as fout:
        messages.error(request, str(fout))
    else:
        meld(request, tekst)
    return redirect("adviezen:aanbieding", slug=slug)


@voor_secretariaat
@require_http_methods(GET_POST)
def adviesgegevens_(request: HttpRequest, slug: str) -> HttpResponse:
    """Nummer, titel, samenvatting en aanbevelingen."""
    traject, advies = _laad(request, slug)
    if traject.stap != Stap.AANBIEDING or not mag_klaarzetten(Aanbieding(traject=traject), gebruiker(request)):
        raise Http404
    form = AdviesForm(request.POST or None, traject=traject, advies=advies or adviesgegevens.advies_van(traject))
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: adviesgegevens.leg_adviesgegevens_vast(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.gegevens()
            ),
        )
        if klaar is not None:
            meld(request, f"Het advies heeft nummer {klaar.nummer}.")
            return redirect("adviezen:aanbieding", slug=slug)
    return render(
        request,
        "adviezen/adviesgegevens.html",
        {"traject": traject, "form": form, "versie": traject.rijversie},
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_POST
def adviespdf_maak(request: HttpRequest, slug: str) -> HttpResponse:
    """Vraag de PDF van het advies, of probeer een mislukte opnieuw."""
    traject, _ = _laad(request, slug)

    def doe() -> None:
        opdracht = adviesgegevens.vraag_adviespdf(traject=traject, door=gebruiker(request))
        probeer_pdf_opnieuw(opdracht=opdracht, door=gebruiker(request))

    return _doe(request, slug, doe, "De PDF wordt gemaakt.")


@voor_secretariaat
@require_safe
def adviespdf_stand(request: HttpRequest, slug: str) -> HttpResponse:
    """Hoe ver de PDF is."""
    traject, advies = _laad(request, slug)
    pdf = _pdf(traject, advies)
    if pdf is None:
        raise Http404
    return paneel(request, pdf)


@voor_secretariaat
@require_safe
def adviespdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Geef de laatste PDF van het advies."""
    _, advies = _laad(request, slug)
    opdracht = laatste_pdf(sleutel_van(advies)) if advies else None
    if opdracht is None or opdracht.bestand is None:
        raise Http404
    return lever(opdracht.bestand)


@voor_secretariaat
@require_POST
def stel_brieven_op(request: HttpRequest, slug: str) -> HttpResponse:
    """Maak conceptbrieven voor wie er nog geen heeft."""
    traject, _ = _laad(request, slug)
    return _doe(
        request,
        slug,
        lambda: brieven.stel_brieven_op(traject=traject, versie=_versie(request), door=gebruiker(request)),
        "De conceptbrieven staan klaar. Lees ze na; u kunt ze wijzigen.",
    )


def _brief(request: HttpRequest, slug: str, pk: int) -> Aanbiedingsbrief:
    traject = laad_traject(request, slug)
    rijen = Aanbiedingsbrief.objects.select_related("aanbieding__traject", "afgetekend_door", "geparafeerd_door")
    return get_object_or_404(rijen, pk=pk, aanbieding__traject=traject)


@voor_secretariaat
@require_http_methods(GET_POST)
def brief(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Lees en wijzig een brief."""
    rij = _brief(request, slug, pk)
    traject = rij.aanbieding.traject
    form = BriefForm(request.POST or None, brief=rij)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: brieven.wijzig_brief(
                brief=rij,
                versie=_versie(request),
                aan=form.cleaned_data["aan"],
                html=form.als_html(),
                door=gebruiker(request),
            ),
        )
        if klaar is not None:
            meld(request, f"De brief aan {klaar.aan} is gewijzigd.")
            return redirect("adviezen:aanbieding", slug=slug)
    pad = {"slug": slug, "pk": pk}
    pdf = gegevens(
        laatste_opdracht(f"brief:{rij.pk}"),
        stand=reverse("adviezen:briefpdf_stand", kwargs=pad),
        download=reverse("adviezen:briefpdf", kwargs=pad),
        opnieuw=reverse("adviezen:briefpdf_maak", kwargs=pad),
        terug=reverse("adviezen:brief", kwargs=pad),
        van_nu=brieven.briefpdf_van_nu(rij),
    )
    return render(
        request,
        "adviezen/brief.html",
        {
            "traject": traject,
            "brief": rij,
            "form": form,
            "pdf": pdf,
            "versie": traject.rijversie,
            "wijzigbaar": traject.stap == Stap.AANBIEDING and mag_klaarzetten(rij.aanbieding, gebruiker(request)),
        },
        status=422 if form.is_bound else 200,
    )


@voor_secretariaat
@require_POST
def parafeer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Zet een paraaf op een brief."""
    rij = _brief(request, slug, pk)
    return _doe(
        request,
        slug,
        lambda: brieven.parafeer_brief(brief=rij, versie=_versie(request), door=gebruiker(request)),
        f"Uw paraaf staat op de brief aan {rij.aan}.",
    )


@voor_secretariaat
@require_POST
def teken_af(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Teken een brief af."""
    rij = _brief(request, slug, pk)
    return _doe(
        request,
        slug,
        lambda: brieven.teken_brief_af(brief=rij, versie=_versie(request), door=gebruiker(request)),
        f"De brief aan {rij.aan} is afgetekend.",
    )


@voor_secretariaat
@require_POST
def briefpdf_maak(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Vraag de PDF van een brief."""
    rij = _brief(request, slug, pk)
    opdracht = brieven.vraag_briefpdf(brief=rij, door=gebruiker(request))
    probeer_pdf_opnieuw(opdracht=opdracht, door=gebruiker(request))
    return redirect("adviezen:brief", slug=slug, pk=pk)


@voor_secretariaat
@require_safe
def briefpdf_stand(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Hoe ver de PDF van de brief is."""
    rij = _brief(request, slug, pk)
    pad = {"slug": slug, "pk": pk}
    pdf = gegevens(
        laatste_opdracht(f"brief:{rij.pk}"),
        stand=reverse("adviezen:briefpdf_stand", kwargs=pad),
        download=reverse("adviezen:briefpdf", kwargs=pad),
        opnieuw=reverse("adviezen:briefpdf_maak", kwargs=pad),
        terug=reverse("adviezen:brief", kwargs=pad),
        van_nu=brieven.briefpdf_van_nu(rij),
    )
    return paneel(request, pdf)


@voor_secretariaat
@require_safe
def briefpdf(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Geef de laatste PDF van de brief."""
    opdracht = laatste_pdf(f"brief:{_brief(request, slug, pk).pk}")
    if opdracht is None or opdracht.bestand is None:
        raise Http404
    return lever(opdracht.bestand)


@voor_secretariaat
@require_POST
@opnieuw_bevestigd
def bevestig(request: HttpRequest, slug: str) -> HttpResponse:
    """Bevestig als tweede persoon."""
    traject, _ = _laad(request, slug)
    return _doe(
        request,
        slug,
        lambda: acties.bevestig(traject=traject, versie=_versie(request), door=gebruiker(request)),
        "De aanbieding is bevestigd.",
    )
