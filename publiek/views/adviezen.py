"""Zoeken in de adviezen, en de bladzijde van één advies."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from publiek import lezen, zoekvraag
from publiek.models import Advies, Commissie, Grafsteen, Kabinetsreactie, Klok
from publiek.queries import dekking, namen_van_themas, verwante
from publiek.views import openbaar
from publiek.zoeken import Uitslag, zoek

KOPPEN = {
    "thema": "Thema",
    "soort": "Soort",
    "commissie": "Commissie",
    "oordeel": "Oordeel van de raad",
    "reactie": "Reactie van het kabinet",
    "decennium": "Periode",
    "jaar": "Jaar",
}
ZICHTBAAR = 8


@openbaar
def zoeken(request: HttpRequest) -> HttpResponse:
    """Alle adviezen sinds 1950, te zoeken en te filteren; de hele toestand staat in het adres."""
    vraag = zoekvraag.lees(request.GET)
    uitslag = zoek(vraag)
    meldingen = list(vraag.meldingen)
    if vraag.pagina > max(uitslag.paginas, 1):
        meldingen.append(f"Bladzijde {vraag.pagina} is er niet; u ziet de laatste.")
    namen = _namen()
    return render(
        request,
        "publiek/adviezen.html",
        {
            "vraag": vraag,
            "uitslag": uitslag,
            "meldingen": meldingen,
            "filters": _filters(vraag, uitslag, namen),
            "actief": [
                {
                    "kop": KOPPEN[naam],
                    "naam": _naam(naam, str(getattr(vraag, naam)), namen),
                    "weg": vraag.adres(**{naam: LEEG[naam]}),
                }
                for naam in vraag.gefilterd
            ],
            "sorteerwijzen": [
                (sleutel, naam, vraag.adres(sorteer=sleutel), sleutel == vraag.volgorde)
                for sleutel, naam in zoekvraag.SORTEERWIJZEN.items()
                if vraag.q or sleutel != "relevantie"
            ],
            "bladeren": _bladeren(uitslag),
            "dekking": dekking(),
            "verborgen": [(n, getattr(vraag, n)) for n in (*vraag.gefilterd, "sorteer") if getattr(vraag, n)],
            "bedoelde_adres": vraag.adres(q=uitslag.bedoelde) if uitslag.bedoelde else "",
            "robots": "noindex" if vraag.q or len(vraag.gefilterd) > 1 else "",
        },
    )


LEEG: dict[str, Any] = {"jaar": None, "decennium": None, **dict.fromkeys(("thema", "commissie", *zoekvraag.VAST), "")}


def _namen() -> dict[str, dict[str, str]]:
    return {
        "thema": namen_van_themas(),
        "commissie": dict(Commissie.objects.values_list("slug", "naam")),
        **zoekvraag.VAST,
    }


def _naam(filternaam: str, waarde: str, namen: dict[str, dict[str, str]]) -> str:
    if filternaam == "decennium":
        return f"{waarde}–{int(waarde) + 9}"
    return namen.get(filternaam, {}).get(waarde, waarde)


def _filters(vraag: zoekvraag.Zoekvraag, uitslag: Uitslag, namen: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """Geef per filter de keuzes met aantal en adres; de gekozen keuze zet zichzelf weer uit."""
    uit = []
    for filternaam, kop in KOPPEN.items():
        gekozen = getattr(vraag, filternaam)
        keuzes = [
            {
                "naam": _naam(filternaam, waarde, namen),
                "aantal": aantal,
                "aan": waarde == str(gekozen),
                "adres": vraag.adres(**{filternaam: LEEG[filternaam] if waarde == str(gekozen) else waarde}),
            }
            for waarde, aantal in uitslag.tellingen[filternaam]
        ]
        if filternaam == "jaar" and not vraag.decennium and not vraag.jaar:
            keuzes = []
        if keuzes:
            zichtbaar = 20 if filternaam in {"jaar", "decennium"} else ZICHTBAAR
            uit.append({"kop": kop, "keuzes": keuzes[:zichtbaar], "rest": keuzes[zichtbaar:], "aan": bool(gekozen)})
    return uit


def _bladeren(uitslag: Uitslag) -> Page[Any]:
    return Paginator(range(uitslag.totaal), zoekvraag.PER_PAGINA).get_page(uitslag.pagina)


@openbaar
def advies(request: HttpRequest, jaar: str, nr: str) -> HttpResponse:
    """Eén advies. Een ander adres van hetzelfde advies stuurt door; een ingetrokken advies geeft 410."""
    rij = vind(jaar, nr)
    if isinstance(rij, Grafsteen):
        return ingetrokken(request, rij)
    if request.path != rij.get_absolute_url():
        return HttpResponsePermanentRedirect(rij.get_absolute_url())
    return render(request, "publiek/advies.html", advies_context(rij))


def advies_context(rij: Advies) -> dict[str, Any]:
    """Alles wat de bladzijde van een advies toont."""
    m = rij.metadata
    klok = Klok.objects.filter(kenmerk=rij.kenmerk).first()
    reacties = list(Kabinetsreactie.objects.filter(kenmerk=rij.kenmerk))
    commissie = Commissie.objects.filter(slug=rij.commissie).first() if rij.commissie else None
    return {
        "advies": rij,
        "m": m,
        "commissie": commissie,
        "datum_tekst": lezen.datum_tekst(rij),
        "oordeel": lezen.oordeel_merk(rij),
        "reactie": lezen.reactie_merk(rij.reactie),
        "klok": lezen.klok_van(rij, klok, reacties),
        "aannames": klok.aannames if klok else [],
        "reacties": [(r, lezen.reactie_datum(r)) for r in reacties],
        "verhaal": lezen.verhaal_van(rij, klok, reacties),
        "bronnen": lezen.bronnen_van(m),
        "verwijzing": lezen.verwijzing(rij),
        "adres": lezen.absoluut(rij.get_absolute_url()),
        "json_ld": lezen.json_ld(rij),
        "verwant": verwante(rij),
    }


def vind(jaar: str, nr: str) -> Advies | Grafsteen:
    """Zoek een advies bij de delen van zijn adres: adviesnummer of kenmerk. Werpt Http404 als er niets is."""
    nr = nr.lower()
    nummers = [f"{jaar}/{nr}"]
    if nr[:1] == "v" and nr[1:].isdigit():
        nummers = [f"V{jaar[2:]}/{nr[1:]}"]
    elif nr.isdigit() and len(nr) == 1:
        nummers.append(f"{jaar}/0{nr}")
    kolommen = Advies.objects.defer("zoek", "zoek_kort")
    rij = kolommen.filter(nummer__in=nummers).first() if jaar.isdigit() else None
    rij = rij or kolommen.filter(kenmerk=nr).first()
    if rij is None:
        graf = Grafsteen.objects.filter(soort="advies", nummer__in=nummers).first() if jaar.isdigit() else None
        graf = graf or Grafsteen.objects.filter(soort="advies", kenmerk=nr).first()
        if graf is None:
            raise Http404
        return graf
    return rij


def ingetrokken(request: HttpRequest, graf: Grafsteen) -> HttpResponse:
    """Geef 410 met wat hier stond, sinds wanneer het weg is en waarom."""
    return render(request, "publiek/ingetrokken.html", {"graf": graf}, status=410)
