"""De lijst van trajecten, de pagina van één traject, en elke handeling met haar bevestiging."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from adviezen.actions import handelen
from adviezen.enums import EINDSTANDEN, STAPPEN, Stap
from adviezen.forms.handeling import FORMULIEREN, HandelingForm
from adviezen.models import Adviestraject
from adviezen.queries import bladzijde
from adviezen.views.gedeeld import bewaar_bestand, laad_traject, meld, probeer
from commissies.models import Commissie
from kern.tijd import moment_nl
from overgangen import beschikbaar
from toegang.opnieuw import eis_opnieuw
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker

# Wat een advies openbaar maakt: dan vragen wij opnieuw wie u bent.
OPNIEUW = {"bied_aan"}
PER_BLADZIJDE = 50
# Waar te zien is wat een handeling op een lijst zet.
ZIE = {"leg_voor_aan_db": ("Wat bij het dagelijks bestuur ligt", f"/werk/trajecten/?stap={Stap.TOEWIJZING}")}


# Wat er daarna boven het traject staat: het label is de opdracht van de knop, dit is wat er gebeurde.
GEDAAN = {
    "leg_voor_aan_db": "Het traject ligt bij het dagelijks bestuur.",
    "wijs_toe": "Het traject is toegewezen aan de commissie.",
    "start_achterbanberaad": "Het achterbanberaad is begonnen.",
    "sluit_achterbanberaad": "Het achterbanberaad is gesloten.",
    "sluit_achterbanberaad_na_termijn": "Het achterbanberaad is gesloten, zonder alle reacties.",
    "stuur_naar_raad": "Het ontwerpadvies is naar de raad.",
    "adviseer_rechtstreeks": "De commissie brengt het advies zelf uit.",
    "behandel_in_raad": "De raad behandelt het ontwerpadvies.",
    "stel_vast": "Het advies is vastgesteld.",
    "bied_aan": "Het advies is aangeboden.",
    "trek_terug_naar_concept": "Het traject is terug bij de concepttekst.",
    "open_nieuw_achterbanberaad": "Het nieuwe achterbanberaad is begonnen.",
    "haal_terug_naar_commissie": "Het advies is terug bij de commissie.",
    "verwijs_terug": "De raad verwees het advies terug naar de commissie.",
    "stel_uit": "De behandeling is uitgesteld naar een volgende vergadering.",
    "wijs_opnieuw_toe": "Het traject ligt opnieuw bij het dagelijks bestuur.",
    "herroep_toewijzing": "De toewijzing is herroepen.",
    "herroep_weigering": "Het besluit om niet in behandeling te nemen is herroepen.",
    "herroep_achterbanberaad": "De start van het achterbanberaad is herroepen.",
    "herroep_nieuw_achterbanberaad": "Het nieuwe achterbanberaad is herroepen.",
    "herroep_sluiting": "Het sluiten van het achterbanberaad is herroepen.",
    "herroep_naar_raad": "De verzending naar de raad is herroepen.",
    "herroep_aanbieding": "De aanbieding is herroepen.",
    "herroep_einde": "Het einde van het traject is herroepen.",
    "neem_niet_in_behandeling": "De aanvraag wordt niet in behandeling genomen.",
    "trek_in": "Vastgelegd dat de aanvraag is ingetrokken.",
    "beeindig": "Het traject is beëindigd zonder advies.",
}


@voor_secretariaat
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Alle trajecten, te beperken tot stap, commissie, eigenaar of woorden; de stand staat in het adres.

    Wat loopt staat zoals op het beginscherm: te laat, dan uw beurt, dan op dag. Staat er ook iets bij dat klaar is,
    dan de laatst gezette stap eerst.
    """
    trajecten = bladzijde.lijst(gebruiker(request))
    keuze = {naam: request.GET.get(naam, "").strip() for naam in ("stap", "commissie", "van", "q")}
    if keuze["stap"] in Stap.values:
        trajecten = trajecten.filter(stap=keuze["stap"])
    elif keuze["stap"] != "alle":
        trajecten = trajecten.filter(stap__in=STAPPEN)
    if keuze["commissie"] == bladzijde.ZONDER_COMMISSIE:
        trajecten = trajecten.filter(commissie__isnull=True)
    elif keuze["commissie"]:
        trajecten = trajecten.filter(commissie__slug=keuze["commissie"])
    if keuze["van"] == "mij":
        trajecten = trajecten.filter(secretaris=request.user)
    elif keuze["van"] == "waarneming":
        trajecten = trajecten.filter(waarnemer=request.user)
    trajecten = bladzijde.met_woorden(trajecten, keuze["q"])
    op_dag = keuze["stap"] not in ("alle", *EINDSTANDEN)
    if op_dag:
        rijen = bladzijde.op_volgorde(list(trajecten), gebruiker(request))
        pagina = Paginator([t for t, _ in rijen], PER_BLADZIJDE).get_page(request.GET.get("pagina"))
        rijen = rijen[pagina.start_index() - 1 : pagina.end_index()] if rijen else []
    else:
        pagina = Paginator(trajecten, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
        rijen = bladzijde.met_beurt(list(pagina.object_list))
    commissies = Commissie.objects.filter(trajecten__isnull=False).distinct().order_by("sorteersleutel")
    return render(
        request,
        "adviezen/lijst.html",
        {
            "pagina": pagina,
            "rijen": rijen,
            "op_dag": op_dag,
            "keuze": keuze,
            "stappen": Stap.choices,
            "commissies": commissies,
        },
    )


@voor_secretariaat
@require_safe
def traject(request: HttpRequest, slug: str) -> HttpResponse:
    """Alles van één traject: stappen, beurt, wat ontbreekt, klokken, stukken en het verhaal."""
    gevonden = laad_traject(request, slug)
    return render(request, "adviezen/traject.html", bladzijde.traject(gevonden, gebruiker(request)))


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def handeling(request: HttpRequest, slug: str, naam: str) -> HttpResponse:
    """Eén handeling: eerst wat zij doet en wat nog ontbreekt, dan de knop met haar naam."""
    gevonden = laad_traject(request, slug)
    al_gedaan = request.method == "POST" and gevonden.laatste_overgang == naam
    if al_gedaan and str(gevonden.rijversie) != request.POST.get("versie"):
        # Dubbel verstuurd, of een collega was net eerder: de handeling is er al en gebeurt geen tweede keer.
        messages.info(request, "Deze handeling was al gedaan.")
        return redirect("adviezen:traject", slug=gevonden.slug)
    keuze = next((k for k in beschikbaar(gevonden, gebruiker(request)) if k.naam == naam), None)
    if keuze is None and gevonden.laatste_overgang == naam:
        # De terugknop na een handeling: zij is gedaan, en dat is geen bladzijde die er niet is.
        messages.info(request, f"{GEDAAN.get(naam, 'Gedaan.')} Dat was op {moment_nl(gevonden.stap_sinds)}.")
        return redirect("adviezen:traject", slug=gevonden.slug)
    if keuze is None:
        raise Http404
    if naam in OPNIEUW and request.method == "POST":
        eis_opnieuw(request)
    soort: type[HandelingForm] = FORMULIEREN.get(naam, HandelingForm)
    form = soort(
        request.POST or None,
        request.FILES or None,
        reden_verplicht=keuze.reden_verplicht,
        initial={"versie": gevonden.rijversie},
    )
    if request.method == "POST" and form.is_valid():

        def doe() -> Adviestraject:
            kw: dict[str, Any] = dict(form.cleaned_data)
            for veld in form.files.keys() & form.fields.keys():  # een ander meegestuurd bestand hoort hier niet
                kw[veld] = bewaar_bestand(request, form, veld)
            return handelen.handel(traject=gevonden, overgang=naam, door=gebruiker(request), **kw)

        klaar = probeer(request, form, doe)
        if klaar is not None:
            tot = klaar.herroepbaar_tot
            meld(request, GEDAAN[naam] + (f" Herroepen kan tot {moment_nl(tot)}." if tot else ""))
            return redirect("adviezen:traject", slug=klaar.slug)
    return render(
        request,
        "adviezen/handeling.html",
        {
            "traject": gevonden,
            "keuze": keuze,
            "form": form,
            "gevolgen": handelen.gevolgen(gevonden, naam),
            "zie": ZIE.get(naam),
            "gewijzigd": form.is_bound and str(gevonden.rijversie) != str(form["versie"].value()),
        },
        status=422 if form.is_bound else 200,
    )
