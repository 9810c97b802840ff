"""Een advies vóór het openbaar is, zoals publiek, pers, waarnemer of adviserend lid het dan ziet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from adviezen.actions.aanbieding import gegevens_erbij
from adviezen.models import Advies as Werkadvies
from adviezen.models import Adviestraject
from adviezen.openbaar import metadata_van, sleutel_van
from adviezen.policies.aanbieding import vastgestelde_versie
from kern.tijd import nu
from publiek.models import Advies
from publiek.verbinding import leestransactie
from publiek.views.adviezen import advies_context
from stukken.queries import laatste_pdf
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker
from werkplek.queries_voorproef import LEZERS, nieuwste_tekst_voor, stukken_voor


@voor_secretariaat
@require_safe
def voorproef(request: HttpRequest, slug: str) -> HttpResponse:
    """Toon een vastgesteld advies zoals het publiek of de pers het leest, of wat een waarnemer of adviserend lid leest.

    `als` kiest de lezer. De bladzijde is met dezelfde code en hetzelfde sjabloon gemaakt als de openbare, uit de
    gegevens van nu, dus zij kan er niet van afwijken; er wordt niets bewaard.
    """
    traject = get_object_or_404(Adviestraject.objects.zichtbaar_voor(request.user), slug=slug)
    advies = Werkadvies.objects.filter(traject=traject).first()
    tekst = vastgestelde_versie(traject)
    if advies is None or tekst is None:
        raise Http404
    keuze = request.GET.get("als", "publiek")
    if keuze in LEZERS:
        stukken = stukken_voor(traject, keuze, gebruiker(request))
        context = {
            "traject": traject,
            "als": keuze,
            "wie": LEZERS[keuze][1],
            "stukken": stukken,
            "versie": nieuwste_tekst_voor(traject, keuze, gebruiker(request)),
        }
        antwoord = render(request, "werkplek/voorproef_lezer.html", context)
        antwoord["Cache-Control"] = "private, no-store"
        return antwoord
    rij = als_openbaar(advies, tekst.html)
    aanbieding = getattr(traject, "aanbieding", None)
    heeft_pdf = laatste_pdf(sleutel_van(advies)) is not None
    erbij = {
        "traject": traject,
        "als": "pers" if keuze == "pers" else "publiek",
        "aanbieding": aanbieding,
        "pdf": reverse("adviezen:adviespdf", args=[slug]) if heeft_pdf else "",
    }
    with leestransactie():
        context = advies_context(rij) | erbij
        antwoord = render(request, "werkplek/voorproef.html", context)
    antwoord["Cache-Control"] = "private, no-store"
    return antwoord


def als_openbaar(advies: Werkadvies, html: str) -> Advies:
    """Geef het advies als rij van het openbare schema, zonder haar te bewaren."""
    metadata = metadata_van(advies, volledig=True) | gegevens_erbij(advies)
    if "persbericht" in metadata:  # de eigen bladzijde van het persbericht is er nog niet: het staat hier
        metadata["persbericht"] = metadata["persbericht"] | {"adres": "#persbericht"}
    return Advies(
        id=0,
        kenmerk=advies.kenmerk,
        nummer=metadata["nummer"],
        jaar=metadata["jaar"],
        datum=advies.datum,
        titel=advies.titel,
        soort=metadata["vorm"],
        commissie=metadata["orgaan"],
        oordeel=metadata["uitkomst"],
        themas=metadata["onderwerpen"],
        reactie="afgewacht" if advies.heeft_klok else "geen",
        metadata=metadata,
        html=html,
        bestanden=[],
        inhoud_hash="",
        vanaf=nu(),
        voorbeeld=advies.voorbeeld,
    )
