"""Het werkprogramma: per doel van de werkagenda de trajecten die het dienen."""

from django import forms
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from adviezen import permissions
from adviezen.actions.doelen import kies_doelen
from adviezen.enums import EINDSTANDEN, Voortrajectstand
from adviezen.models import Adviestraject, Doel, Voortraject
from adviezen.models.voortraject import OPEN
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import laad_traject, meld, probeer
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


class DoelenForm(forms.Form):
    """Welke doelen een traject dient."""

    doelen = forms.ModelMultipleChoiceField(
        label="Doelen van de werkagenda", queryset=Doel.objects.all(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Geen enkel doel mag ook, zoals bij een vraag van buiten.",
    )  # fmt: skip


@voor_secretariaat
@require_safe
def werkprogramma(request: HttpRequest) -> HttpResponse:
    """Toon wat eraan komt, per doel de lopende trajecten, en wat bij geen enkel doel hoort; zes zoekvragen."""
    lopend = Adviestraject.objects.zichtbaar_voor(gebruiker(request)).exclude(stap__in=EINDSTANDEN)
    lopend = lopend.select_related("commissie", "secretaris").order_by("stap_sinds", "pk")
    vooraf = Voortraject.objects.zichtbaar_voor(gebruiker(request)).select_related("secretaris")
    verwacht = vooraf.filter(stand__in=OPEN)
    doelen = Doel.objects.prefetch_related(
        Prefetch("trajecten", queryset=lopend, to_attr="lopend"),
        Prefetch("voortrajecten", queryset=verwacht, to_attr="verwacht"),
    )
    return render(
        request, "adviezen/werkprogramma.html",
        {
            "doelen": doelen, "zonder": lopend.filter(doelen=None), "verwacht": verwacht,
            "afgezien": vooraf.filter(stand=Voortrajectstand.AFGEZIEN),
        },
    )  # fmt: skip


@voor_secretariaat
@require_http_methods(GET_POST)
def doelen(request: HttpRequest, slug: str) -> HttpResponse:
    """Kies de doelen van één traject."""
    traject = laad_traject(request, slug)
    mag = permissions.mag_bewerken(traject, gebruiker(request))
    form = DoelenForm(request.POST if request.method == "POST" else None, initial={"doelen": traject.doelen.all()})
    if form.is_bound and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: kies_doelen(
                traject=traject, versie=_versie(request), doelen=list(form.cleaned_data["doelen"]),
                door=gebruiker(request),
            ),
        )  # fmt: skip
        if klaar is not None:
            meld(request, "De doelen zijn vastgelegd.")
            return redirect("adviezen:traject", slug=slug)
    return render(
        request, "adviezen/doelen.html",
        {"traject": traject, "form": form, "versie": traject.rijversie, "mag": mag and traject.stap not in EINDSTANDEN},
        status=422 if form.is_bound else 200,
    )  # fmt: skip
