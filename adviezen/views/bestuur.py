"""Voor leden van het dagelijks bestuur: welke vragen eraan komen, de verkenning, en wat zij ervan vinden."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from adviezen.actions.voortraject import geef_mening
from adviezen.forms.voortraject import MeningForm
from adviezen.models import Voortraject
from adviezen.models.voortraject import OPEN
from adviezen.queries.voortraject import meningen, open_vragen
from adviezen.views.aanvraag import GET_POST
from adviezen.views.gedeeld import meld, probeer
from toegang.enums import Rol
from toegang.routes import voor
from toegang.verzoek import gebruiker

voor_het_bestuur = voor(Rol.DB_LID)


@voor_het_bestuur
@require_safe
def werkprogramma(request: HttpRequest) -> HttpResponse:
    """Toon wat eraan komt, en waar het bestuur over besloot."""
    besloten = Voortraject.objects.zichtbaar_voor(gebruiker(request)).exclude(stand__in=OPEN).select_related("traject")
    return render(
        request,
        "adviezen/bestuur/werkprogramma.html",
        {"verwacht": open_vragen(gebruiker(request)), "besloten": besloten.order_by("-pk")},
    )


@voor_het_bestuur
@require_http_methods(GET_POST)
def voortraject(request: HttpRequest, pk: int) -> HttpResponse:
    """Toon één verwachte vraag; het bestuurslid zegt hier wat hij ervan vindt."""
    wie = gebruiker(request)
    rij = get_object_or_404(Voortraject.objects.zichtbaar_voor(wie).select_related("secretaris", "traject"), pk=pk)
    allen = meningen(rij, wie)
    mijn = next((m for m in allen if m.door_id == wie.pk), None)
    begin = {"wens": mijn.wens, "toelichting": mijn.toelichting} if mijn is not None else None
    form = MeningForm(request.POST if request.method == "POST" else None, initial=begin)
    if form.is_bound and form.is_valid():
        klaar = probeer(request, form, lambda: geef_mening(voortraject=rij, door=wie, **form.cleaned_data))
        if klaar is not None:
            meld(request, "Uw mening is vastgelegd. De secretaris krijgt bericht.")
            return redirect("lezen:voortraject", pk=pk)
    return render(
        request,
        "adviezen/bestuur/voortraject.html",
        {
            "rij": rij,
            "form": form,
            "meningen": allen,
            "mijn": mijn,
            "verkenningen": rij.verkenningen.select_related("door"),
        },
        status=422 if form.is_bound else 200,
    )
