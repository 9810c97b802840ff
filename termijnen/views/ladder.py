"""De ladders: de beheerder ziet per soort wanneer er gewaarschuwd wordt, bekijkt de dagen vooraf, en wijzigt."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kern.fouten import InvoerFout, PortaalFout
from kern.tijd import vandaag
from termijnen import actions, queries, soorten
from termijnen.enums import Status
from termijnen.forms import LadderForm
from termijnen.ladders import Gepland, Trede, geplande
from termijnen.models import Termijn
from toegang.enums import Rol
from toegang.routes import voor
from toegang.verzoek import gebruiker

VOORBEELD_NA = timedelta(days=90)


@voor(Rol.BEHEERDER)
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Elke soort met haar ladder."""
    eigen = queries.eigen_ladders()
    rijen = [(s, eigen.get(s.naam, s.ladder), s.naam in eigen) for s in soorten.alle()]
    return render(request, "termijnen/ladders.html", {"rijen": rijen})


def _dagen(ladder: tuple[Trede, ...]) -> list[tuple[Gepland, Trede]]:
    """Geef de waarschuwingen van een termijn die over negentig dagen vervalt, tot een half jaar erna."""
    vervalt = vandaag() + VOORBEELD_NA
    per = {t.naam: t for t in ladder}
    alle = geplande(ladder, vervalt, van=vervalt - timedelta(days=400), tot_en_met=vervalt + timedelta(days=183))
    return [(g, per[g.trede]) for g in alle]


@voor(Rol.BEHEERDER)
@require_http_methods(["GET", "HEAD", "POST"])
def ladder(request: HttpRequest, soort: str) -> HttpResponse:
    """Bekijk of wijzig één ladder; "Bekijk de dagen" laat zien wat er zou gebeuren zonder iets te bewaren."""
    gekozen = next((s for s in soorten.alle() if s.naam == soort), None)
    if gekozen is None:
        raise Http404
    nu = queries.ladder_van(gekozen)
    form = LadderForm(request.POST or None, ladder=nu)
    treden: tuple[Trede, ...] = nu
    bewaar = request.method == "POST" and "bekijk" not in request.POST
    if request.method == "POST" and "terug" in request.POST:
        actions.zet_ladder(soort=soort, treden=[], door=gebruiker(request))
        messages.success(request, "De dagen waarmee het portaal begon gelden weer.")
        return redirect("termijnen:ladders")
    if request.method == "POST" and form.is_valid():
        treden = tuple(form.treden())
        if bewaar:
            try:
                if not treden:
                    raise InvoerFout("", "Vul ten minste één waarschuwing in, of ga terug naar hoe het begon.")
                aantal = actions.zet_ladder(soort=soort, treden=treden, door=gebruiker(request))
            except PortaalFout as fout:
                form.add_error(None, fout.tekst if isinstance(fout, InvoerFout) else str(fout))
            else:
                wat = "1 lopende termijn is" if aantal == 1 else f"{aantal} lopende termijnen zijn"
                messages.success(request, f"De waarschuwingen zijn gewijzigd; {wat} opnieuw gepland.")
                return redirect("termijnen:ladders")
    return render(
        request,
        "termijnen/ladder.html",
        {
            "soort": gekozen,
            "form": form,
            "dagen": _dagen(treden),
            "vervalt": vandaag() + VOORBEELD_NA,
            "lopend": Termijn.objects.filter(soort=soort, status=Status.OPEN).count(),
            "eigen": soort in queries.eigen_ladders(),
        },
        status=422 if form.errors else 200,
    )
