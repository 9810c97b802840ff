"""Een Word-bestand inlezen als nieuwe versie, het verslag daarvan, en beschrijvingen bij afbeeldingen zonder."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from adviezen import permissions
from adviezen.actions import versies as acties
from adviezen.forms.versies import BeschrijfForm, WordForm
from adviezen.models import Adviestraject, Versie
from adviezen.views.aanvraag import GET_POST
from adviezen.views.gedeeld import bewaar_bestand, laad_traject, meld, probeer
from kern.fouten import InvoerFout
from logboek.actions import leg_inzage_vast
from stukken.docx import naar_html
from stukken.docx_verslag import LosBeeld
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


@voor_secretariaat
@require_http_methods(GET_POST)
def inlezen(request: HttpRequest, slug: str) -> HttpResponse:
    """Lees een Word-bestand in als nieuwe versie; daarna volgt het verslag van wat er opviel."""
    traject = laad_traject(request, slug)
    laatste = traject.versies.last()
    form = WordForm(request.POST or None, request.FILES or None, initial={"basis": laatste.pk if laatste else None})
    if request.method == "POST" and form.is_valid():

        def lees() -> acties.Ingelezen:
            bestand = bewaar_bestand(request, form, "bestand", toegestaan=("docx",))
            assert bestand is not None  # noqa: S101 - het veld is verplicht
            return acties.lees_word_in(
                traject=traject,
                basis=form.cleaned_data["basis"],
                bestand=bestand,
                notitie=form.cleaned_data["notitie"],
                door=gebruiker(request),
            )

        klaar = probeer(request, form, lees)
        if klaar is not None:
            meld(request, f"Ingelezen als {klaar.versie}.")
            return redirect("adviezen:inleesverslag", slug=traject.slug, pk=klaar.versie.pk)
    return render(
        request,
        "adviezen/versies/inlezen.html",
        {"traject": traject, "form": form, "laatste": laatste},
        status=422 if form.is_bound else 200,
    )


def _ingelezen(request: HttpRequest, slug: str, pk: int) -> tuple[Adviestraject, Versie]:
    """Geef een versie die uit Word kwam; anders 404."""
    traject = laad_traject(request, slug)
    zichtbaar = Versie.objects.zichtbaar_voor(request.user).select_related("bron_bestand", "vorige", "traject")
    versie: Versie = get_object_or_404(zichtbaar, pk=pk, traject=traject, inleesverslag__isnull=False)
    return traject, versie


def _kan_over(request: HttpRequest, traject: Adviestraject, versie: Versie) -> bool:
    """Of dit bestand nog eens ingelezen kan worden: het is de laatste tekst, en deze persoon mag schrijven."""
    laatste = traject.versies.last()
    return (
        laatste is not None
        and laatste.pk == versie.pk
        and versie.bron_bestand is not None
        and traject.stap in acties.SCHRIJFSTAPPEN
        and permissions.mag_bewerken(traject, gebruiker(request))
    )


@voor_secretariaat
@require_safe
def verslag(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Wat er bij het inlezen van deze versie opviel: wie wat wijzigde, opmerkingen uit Word, weggelaten beelden."""
    traject, versie = _ingelezen(request, slug, pk)
    if request.method == "GET":
        leg_inzage_vast(object=versie, door=gebruiker(request))  # de opmerkingen uit Word zijn deel van het stuk
    inhoud = versie.inleesverslag or {}
    return render(
        request,
        "adviezen/versies/verslag.html",
        {
            "traject": traject,
            "versie": versie,
            "verslag": inhoud,
            "meer_opmerkingen": max(0, inhoud.get("aantal_opmerkingen", 0) - len(inhoud.get("opmerkingen", []))),
            "kan_beschrijven": bool(inhoud.get("zonder_beschrijving")) and _kan_over(request, traject, versie),
        },
    )


def _losse_beelden(versie: Versie) -> list[LosBeeld]:
    """Geef de beelden die bij deze versie wegbleven, uit het bewaarde bestand; leeg als dat niet meer te lezen is."""
    assert versie.bron_bestand is not None  # noqa: S101 - zie _kan_over
    sleutels = (versie.inleesverslag or {}).get("zonder_beschrijving", [])
    if not sleutels:
        return []
    try:
        with versie.bron_bestand.open() as bron:
            return [b for b in naar_html(bron.read()).verslag.zonder_beschrijving if b.sleutel in sleutels]
    except (InvoerFout, FileNotFoundError):
        return []


@voor_secretariaat
@require_http_methods(GET_POST)
def beschrijf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Geef afbeeldingen zonder beschrijving er alsnog een: het bestand wordt opnieuw ingelezen als nieuwe versie."""
    traject, versie = _ingelezen(request, slug, pk)
    beelden = _losse_beelden(versie) if _kan_over(request, traject, versie) else []
    if not beelden:
        raise Http404
    form = BeschrijfForm(request.POST or None, beelden=beelden)
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: acties.lees_word_in(
                traject=traject,
                basis=versie.pk,
                bestand=versie.bron_bestand,  # type: ignore[arg-type]  # zie _kan_over
                notitie="Met beschrijvingen bij de afbeeldingen.",
                beschrijvingen=form.beschrijvingen(),
                door=gebruiker(request),
            ),
        )
        if klaar is not None:
            meld(request, f"Opnieuw ingelezen als {klaar.versie}, nu met beschrijvingen.")
            return redirect("adviezen:inleesverslag", slug=traject.slug, pk=klaar.versie.pk)
    return render(
        request,
        "adviezen/versies/beschrijf.html",
        {"traject": traject, "versie": versie, "form": form, "beelden": form.met_beelden()},
        status=422 if form.is_bound else 200,
    )
