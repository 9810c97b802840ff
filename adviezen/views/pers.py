"""De embargobalie: wat er binnenkort openbaar wordt, met persbericht en woordvoerder."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from adviezen.actions.pers import schrijf_persbericht
from adviezen.enums import Stap
from adviezen.forms.pers import PersForm
from adviezen.models import Aanbieding, Persbericht
from adviezen.permissions import mag_klaarzetten
from adviezen.queries.embargo import balie
from adviezen.views.aanvraag import GET_POST, _versie
from adviezen.views.gedeeld import laad_traject, meld, probeer
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker


@voor_secretariaat
@require_safe
def embargo(request: HttpRequest) -> HttpResponse:
    """Elk advies dat klaarligt of onder embargo staat, met wat er voor de buitenwereld nog ontbreekt."""
    return render(request, "adviezen/embargo.html", {"regels": balie(gebruiker(request))})


@voor_secretariaat
@require_http_methods(GET_POST)
def persbericht(request: HttpRequest, slug: str) -> HttpResponse:
    """Schrijf het persbericht en noem de woordvoerder; na het aanbieden alleen nog te lezen."""
    traject = laad_traject(request, slug)
    rij = Persbericht.objects.filter(traject=traject).first()
    open_ = traject.stap == Stap.AANBIEDING
    mag = open_ and mag_klaarzetten(Aanbieding(traject=traject), gebruiker(request))
    if rij is None and not mag:
        raise Http404
    form = PersForm(request.POST or None, rij=rij)
    if request.method == "POST" and mag and form.is_valid():
        klaar = probeer(
            request,
            form,
            lambda: schrijf_persbericht(
                traject=traject, versie=_versie(request), door=gebruiker(request), **form.cleaned_data
            ),
        )
        if klaar is not None:
            meld(request, "Het persbericht is bewaard. Het wordt openbaar met het advies.")
            return redirect("adviezen:aanbieding", slug=slug)
    return render(
        request,
        "adviezen/persbericht.html",
        {"traject": traject, "rij": rij, "form": form, "mag": mag, "versie": traject.rijversie},
        status=422 if form.is_bound else 200,
    )
