"""/werk/trajecten/…/voorstellen/: tekstvoorstellen uit opmerkingen naast de tekst, en in één keer overnemen."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from adviezen import permissions
from adviezen.actions.overnemen import neem_voorstellen_over
from adviezen.actions.versies import SCHRIJFSTAPPEN
from adviezen.queries.voorstellen import open_voorstellen
from adviezen.views.gedeeld import laad_traject, meld, noteer_inzage, probeer
from kern.getal import geheel
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker

PER_BLADZIJDE = 50


class VoorstellenForm(forms.Form):
    """Welke voorstellen; de lijst zelf tekent het sjabloon."""

    basis = forms.IntegerField(widget=forms.HiddenInput)
    voorstellen = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": "Kies ten minste één voorstel."}
    )


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def voorstellen(request: HttpRequest, slug: str) -> HttpResponse:
    """Bekijk oud en nieuw naast elkaar en neem over; `?kies=` kruist er een aan."""
    traject = laad_traject(request, slug)
    laatste = traject.versies.last()
    noteer_inzage(request, laatste)
    lijst = open_voorstellen(traject, gebruiker(request), laatste)
    form = VoorstellenForm(request.POST or None)
    # Ook wat intussen is afgedaan mag gekozen zijn: de handeling zegt dan wat ermee gebeurde.
    gekozen = {n for n in (geheel(w) for w in request.POST.getlist("voorstellen")) if n is not None}
    form.fields["voorstellen"].choices = [  # type: ignore[attr-defined]
        (pk, str(pk)) for pk in sorted({v.opmerking.pk for v in lijst} | gekozen)
    ]
    if request.method == "POST" and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: neem_voorstellen_over(traject=traject, door=gebruiker(request), **form.cleaned_data),
        )
        if klaar is not None:
            meld(request, f"Overgenomen in {klaar}. De opmerkingen zijn afgedaan.")
            return redirect("lezen:versie", pk=klaar.pk)
    kies = geheel(request.GET.get("kies", ""))
    gekozen = gekozen if form.is_bound else {n for n in (kies,) if n is not None}
    bladen = Paginator(lijst, PER_BLADZIJDE)
    plek = next((n for n, v in enumerate(lijst) if v.opmerking.pk in gekozen), None)
    if plek is None or ("pagina" in request.GET and not form.is_bound):
        blad = bladen.get_page(request.GET.get("pagina"))
    else:
        blad = bladen.page(plek // PER_BLADZIJDE + 1)  # waar het voorstel staat dat aangekruist komt
    return render(
        request,
        "adviezen/versies/voorstellen.html",
        {
            "traject": traject,
            "laatste": laatste,
            "lijst": lijst,
            "blad": blad,
            "form": form,
            "gekozen": gekozen,
            "mag": permissions.mag_bewerken(traject, gebruiker(request)) and traject.stap in SCHRIJFSTAPPEN,
            "anderen": traject.schrijfstanden.exclude(auteur=request.user.pk).select_related("auteur"),
        },
        status=422 if form.is_bound else 200,
    )
