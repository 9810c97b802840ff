"""Overzichten over alle adviezen heen: thema's en cijfers."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kern.csvregels import als_csv
from publiek import cijfers as tel
from publiek.models import Advies
from publiek.queries import dekking, in_een_regel, kort, namen_van_themas, themas
from publiek.views import openbaar
from publiek.zoekvraag import Zoekvraag

PER_PAGINA = 50
TERMIJNKOP = ["gerekend vanaf", "afgesproken uiterlijk", "reactie op het hele advies"]


@openbaar
def alle_themas(request: HttpRequest) -> HttpResponse:
    """Elk thema dat voorkomt, met hoeveel adviezen erbij horen."""
    rijen, bekend = themas(), dekking()
    ingedeeld = Advies.objects.exclude(themas=[]).filter(voorbeeld=False).count()
    return render(
        request,
        "publiek/themas.html",
        {"themas": rijen, "dekking": bekend, "zonder": bekend.aantal - ingedeeld},
    )


@openbaar
def thema(request: HttpRequest, slug: str) -> HttpResponse:
    """Alle adviezen bij één thema, per decennium."""
    naam = namen_van_themas().get(slug)
    if naam is None:
        raise Http404
    adviezen = list(kort().filter(themas__contains=[slug]))
    per: dict[str, list[Advies]] = {}
    for advies in adviezen:
        per.setdefault(
            f"{advies.jaar // 10 * 10}–{advies.jaar // 10 * 10 + 9}" if advies.jaar else "Zonder jaar", []
        ).append(advies)
    return render(
        request,
        "publiek/thema.html",
        {
            "naam": naam,
            "slug": slug,
            "per": per,
            "cijfers": in_een_regel(adviezen),
            "themas": themas(),
            "kern": Zoekvraag(thema=(slug,)).kern(),
        },
    )


@openbaar
def cijfers(request: HttpRequest) -> HttpResponse:
    """Cijfers, geteld uit de records zelf, met het aantal waarop zij rusten. Voorbeelden tellen niet mee."""
    return render(request, "publiek/cijfers.html", {"grafieken": tel.alle(), "dekking": dekking()})


def _cijfer(naam: str) -> tel.Cijfer:
    cijfer = tel.met_id(naam)
    if cijfer is None:
        raise Http404
    return cijfer


@openbaar
def cijfer(request: HttpRequest, naam: str) -> HttpResponse:
    """De records achter een cijfer; met ?groep= alleen die van één staaf, met ?bekend=ja die van n."""
    gekozen, groep = _cijfer(naam), request.GET.get("groep", "").replace("\x00", "")[:200]
    bekend = request.GET.get("bekend") == "ja" and not groep
    pagina = Paginator(tel.records(gekozen, groep, bekend=bekend), PER_PAGINA).get_page(request.GET.get("pagina"))
    adressen = kort().in_bulk({r.advies_id for r in pagina.object_list if r.advies_id})
    return render(
        request,
        "publiek/cijfer.html",
        {
            "g": tel.grafiek(gekozen),
            "groep": groep,
            "bekend": bekend,
            "groepnaam": gekozen.namen.get(groep, groep),
            "pagina": pagina,
            "rijen": [(r, adressen[r.advies_id].get_absolute_url() if r.advies_id in adressen else "") for r in pagina],
        },
    )


@openbaar
def cijfer_csv(request: HttpRequest, naam: str) -> HttpResponse:
    """De lijst achter een cijfer als rekenblad; bij de reactie van het kabinet ook de dagen waarop het rust."""
    gekozen = _cijfer(naam)
    kop = ["kenmerk", "titel", gekozen.kop.lower(), *(["dagen"] if gekozen.mediaan else [])]
    rijen: list[list[object]] = [
        [r.kenmerk, r.titel, r.naam, *([r.waarde] if gekozen.mediaan else [])] for r in tel.records(gekozen)
    ]
    if gekozen.met_dagen:
        kop += TERMIJNKOP if gekozen.mediaan else [*TERMIJNKOP, "dagen tot de reactie"]
        dagen = tel.dagen_van()
        for rij in rijen:
            van = dagen.get(str(rij[0]), tel.Dagen(None, None, None))
            rij += [van.vanaf, van.uiterlijk, van.reactie, *([] if gekozen.mediaan else [van.aantal])]
    antwoord = HttpResponse(als_csv(kop, rijen), content_type="text/csv; charset=utf-8")
    antwoord["Content-Disposition"] = f'attachment; filename="{gekozen.id}.csv"'
    return antwoord
