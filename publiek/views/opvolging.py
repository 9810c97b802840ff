"""Wat er na een advies gebeurde: de klokken, de reacties, en per aanbeveling wat ervan kwam."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kern.csvregels import als_csv
from publiek.lezen import absoluut, als_zin, is_adres, klok_van, reactie_datum, reactie_merk, zonder_klok
from publiek.models import Aanbeveling, Advies, Grafsteen, Herinneringsbrief, Kabinetsreactie, Klok, Toezegging
from publiek.opvolging import BEWIJZEN, OORDELEN, STANDEN, Opgevolgd, gefilterd, keuzes, lees_filter, met_opvolging
from publiek.queries import dekking, een, kort, met_reactie, rond
from publiek.verhaal import doorwerking_van
from publiek.views import openbaar
from publiek.views.adviezen import ingetrokken
from publiek.zoekvraag import WACHT

PER_PAGINA = 25
HOOGSTENS = 500  # zoveel lopende klokken en zoveel ontvangen reacties op één klokpagina
KOPPEN = (
    *("advies", "titel", "jaar", "nummer", "aanbeveling", "gericht aan", "antwoord kabinet", "citaat", "vindplaats"),
    *("stand", "stand per", "waarom", "bewijs", "adres", "voorbeeld"),
)


@openbaar
def kabinetsreacties(request: HttpRequest) -> HttpResponse:
    """De klokken van drie maanden: wat loopt, wat uitbleef, wat kwam. Geen record betekent niet: geen antwoord."""
    lopend = _bladzijde(request, met_reactie().filter(reactie__in=WACHT), "wacht", HOOGSTENS)
    alle = met_reactie().exclude(reactie__in=WACHT)
    bekend = _bladzijde(request, alle, "pagina", HOOGSTENS)
    adviezen = [*lopend, *bekend]
    kenmerken = [advies.kenmerk for advies in adviezen]
    klokken = {k.kenmerk: k for k in Klok.objects.filter(kenmerk__in=kenmerken)}
    reacties: dict[str, list[Kabinetsreactie]] = {}
    geldig = Kabinetsreactie.objects.filter(ingetrokken_op__isnull=True, kenmerk__in=kenmerken)
    for reactie in geldig.order_by("datum"):
        reacties.setdefault(reactie.kenmerk, []).append(reactie)
    rijen: list[dict[str, Any]] = []
    for advies in adviezen:
        eigen = reacties.get(advies.kenmerk, [])
        rijen.append(
            {
                "advies": advies,
                "klok": klok_van(advies, klokken.get(advies.kenmerk), eigen),
                "merk": reactie_merk(advies.reactie),
                "reacties": [(r, reactie_datum(r)) for r in eigen],
                "deels": advies.reactie.startswith("deels_"),
            }
        )
    verwacht = kort().filter(voorbeeld=False).exclude(reactie="geen").order_by()
    per_stand = dict(verwacht.values_list("reactie").annotate(aantal=Count("pk")))
    nog = sum(per_stand.get(stand, 0) for stand in WACHT)
    onbekend, wet = per_stand.get("niet_bekend", 0), per_stand.get("wet", 0)
    return render(
        request,
        "publiek/kabinetsreacties.html",
        {
            "lopend": [r for r in rijen if r["advies"].reactie in WACHT],
            "ontvangen": [r for r in rijen if r["advies"].reactie not in WACHT],
            "wacht": lopend,
            "pagina": bekend,
            "bekend": sum(per_stand.values()) - nog - onbekend - wet,
            "nog": nog,
            "wet": wet,
            "onbekend": onbekend,
            "totaal": sum(per_stand.values()),
            "dekking": dekking(),
        },
    )


def _bladzijde(request: HttpRequest, rijen: QuerySet[Any], naam: str, per: int) -> Page[Any]:
    nummer = request.GET.get(naam, "1")
    return Paginator(rijen, per).get_page(nummer if nummer.isascii() and nummer.isdigit() else 1)


@openbaar
def opvolging(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """Eén advies na het aanbieden: de klok, de brieven over en weer, en per aanbeveling wat ervan kwam.

    410 als het advies is ingetrokken, zoals op zijn eigen adres.
    """
    advies = een(kort(), kenmerk)
    if advies is None:
        graf = Grafsteen.objects.filter(soort="advies", kenmerk=kenmerk).first()
        if graf is None:
            raise Http404
        return ingetrokken(request, graf)
    reacties = list(Kabinetsreactie.objects.filter(kenmerk=kenmerk).order_by("datum", "id"))
    klok = een(Klok.objects.all(), kenmerk)
    rijen = met_opvolging(list(Aanbeveling.objects.filter(kenmerk=kenmerk).order_by("nummer")))
    return render(
        request,
        "publiek/opvolging.html",
        {
            "advies": advies,
            "merk": reactie_merk(advies.reactie),
            "klok": klok_van(advies, klok, reacties),
            "aannames": klok.aannames if klok else [],
            "toezeggingen": list(Toezegging.objects.filter(kenmerk=kenmerk)),
            "brieven": list(Herinneringsbrief.objects.filter(kenmerk=kenmerk)),
            "geen_klok": zonder_klok(advies, reacties),
            "reacties": [(r, reactie_datum(r), als_zin(r.toelichting or ""), is_adres(r.bron)) for r in reacties],
            "namen": {r.pk: _noem(r) for r in reacties},
            "aanbevelingen": rijen,
            "eenheid": _eenheid(rijen),
            "meer_keer": any(len(rij.antwoorden) > 1 for rij in rijen),
            "w": doorwerking_van(kenmerk, advies.metadata, rond(kenmerk)),
        },
    )


def _noem(reactie: Kabinetsreactie) -> str:
    return f"{reactie.kamerstuk or 'brief'}, {reactie_datum(reactie)}"


def _eenheid(rijen: list[Opgevolgd]) -> list[tuple[str, int]]:
    """Tel de geldende antwoorden per oordeel, in de vaste volgorde."""
    alle = [a.oordeel for rij in rijen for a in rij.antwoorden]
    return [(naam, alle.count(sleutel)) for sleutel, naam in OORDELEN.items() if sleutel in alle]


@openbaar
def aanbevelingen(request: HttpRequest) -> HttpResponse:
    """Elke aanbeveling uit elk advies, met wat het kabinet antwoordde en wat ervan kwam."""
    filter = lees_filter(request.GET)
    rijen = gefilterd(filter)
    pagina = _bladzijde(request, rijen, "pagina", PER_PAGINA)
    echt = rijen.filter(voorbeeld=False).aggregate(
        aanbevelingen=Count("id"), adviezen=Count("advies_id", distinct=True)
    )
    vraag = request.GET.copy()
    vraag.pop("pagina", None)
    return render(
        request,
        "publiek/aanbevelingen.html",
        {
            "filter": filter,
            "keuzes": keuzes(),
            "pagina": pagina,
            "regels": met_opvolging(list(pagina.object_list)),
            "echt": echt["aanbevelingen"],
            "adviezen": echt["adviezen"],
            "voorbeelden": pagina.paginator.count - echt["aanbevelingen"],
            "vraag": vraag.urlencode(),
        },
    )


@openbaar
def aanbevelingen_csv(request: HttpRequest) -> HttpResponse:
    """Dezelfde aanbevelingen als rekenblad; wat op een formule lijkt, komt er als tekst in."""
    rijen = met_opvolging(list(gefilterd(lees_filter(request.GET))))
    adressen = Advies.objects.defer("zoek", "zoek_kort", "html").in_bulk({r.aanbeveling.advies_id for r in rijen})
    inhoud = als_csv(KOPPEN, (_csvrij(rij, adressen[rij.aanbeveling.advies_id]) for rij in rijen))
    antwoord = HttpResponse(inhoud, content_type="text/csv; charset=utf-8")
    antwoord["Content-Disposition"] = 'attachment; filename="aanbevelingen.csv"'
    return antwoord


def _csvrij(rij: Opgevolgd, advies: Advies) -> list[object]:
    a, stand = rij.aanbeveling, rij.stand
    return [
        a.advies_nummer or a.kenmerk,
        a.advies_titel,
        a.jaar,
        a.nummer,
        a.tekst,
        rij.aan_wie,
        " | ".join(f"{w.geadresseerde}: {OORDELEN[w.oordeel]}".removeprefix(": ") for w in rij.antwoorden)
        or (rij.zonder_antwoord.woord or "niet bekend").lower(),
        " | ".join(w.citaat for w in rij.antwoorden if w.citaat),
        " | ".join(w.vindplaats for w in rij.antwoorden if w.vindplaats),
        STANDEN[a.stand],
        a.stand_per.isoformat() if a.stand_per else "",
        stand.motivering if stand else "",
        " | ".join(f"{BEWIJZEN[b.soort]}: {b.titel} ({b.datum_tekst})" for b in rij.bewijzen),
        absoluut(f"{advies.get_absolute_url()}#{a.blok}"),
        "ja" if a.voorbeeld else "nee",
    ]
