"""De bladzijde van één advies."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from publiek import lezen, verhaal, verwijzen
from publiek.models import Advies, Commissie, Grafsteen, Kabinetsreactie, Klok, VorigeUitgave
from publiek.opvolging import op_bladzijde
from publiek.queries import een, rond, verwante, vorige_uitgaven
from publiek.views import openbaar
from publiek.zoekvraag import ONBEKEND


@openbaar
def advies(request: HttpRequest, jaar: str, nr: str) -> HttpResponse:
    """Eén advies. Een ander adres van hetzelfde advies stuurt door; een ingetrokken advies geeft 410.

    Is het nummer er niet, dan is het antwoord 404, met de adviezen uit dat jaar erbij als die er zijn.
    """
    try:
        rij = vind(jaar, nr)
    except Http404:
        aantal = Advies.objects.filter(jaar=int(jaar)).count() if jaar.isdigit() else 0
        if not aantal:
            raise
        return render(request, "publiek/geen_advies.html", {"jaar": jaar, "aantal": aantal}, status=404)
    if isinstance(rij, Grafsteen):
        return ingetrokken(request, rij)
    if request.path != rij.get_absolute_url():
        return stuur_door(rij, jaar, nr, rij.get_absolute_url())
    return render(request, "publiek/advies.html", advies_context(rij))


def advies_context(rij: Advies) -> dict[str, Any]:
    """Alles wat de bladzijde van een advies toont."""
    m = rij.metadata
    er_is = rond(rij.kenmerk)
    klok = een(Klok.objects.all(), rij.kenmerk) if "klok" in er_is else None
    reacties = list(Kabinetsreactie.objects.filter(kenmerk=rij.kenmerk)) if "kabinetsreactie" in er_is else []
    vervolg = verhaal.vervolg_van(rij, er_is)
    commissie = Commissie.objects.filter(slug=rij.commissie).first() if rij.commissie else None
    return {
        "advies": rij,
        "m": m,
        "commissie": commissie,
        "aanbevelingen": op_bladzijde(rij.kenmerk, m.get("aanbevelingen") or []),
        "datum_tekst": lezen.datum_tekst(rij),
        "oordeel": lezen.oordeel_merk(rij),
        "reactie": lezen.reactie_merk(rij.reactie),
        "klok": lezen.klok_van(rij, klok, reacties),
        "aannames": klok.aannames if klok else [],
        "reacties": [(r, lezen.reactie_datum(r)) for r in reacties],
        "verhaal": verhaal.verhaal_van(rij, klok, reacties, vervolg),
        "w": vervolg.doorwerking,
        "bronnen": lezen.bronnen_van(m),
        "verwijzing": verwijzen.apa(rij),
        "standpunten": lezen.standpunten_van(m),
        "vorige_uitgaven": vorige_uitgaven(rij) if "vorige_uitgave" in er_is else [],
        "adres": lezen.absoluut(rij.get_absolute_url()),
        "json_ld": lezen.json_ld(rij),
        "verwant": verwante(rij),
    }


@openbaar
def van_jaar(request: HttpRequest, jaar: str) -> HttpResponse:
    """Wie het adres van een advies inkort tot het jaar, komt bij de adviezen daarvan; 404 als er geen zijn."""
    waarde = int(jaar) if jaar.isdigit() else None
    if not Advies.objects.filter(jaar=waarde).exists():
        raise Http404
    return redirect(f"{reverse('publiek:adviezen')}?jaar={waarde or ONBEKEND}")


@openbaar
def verwijzing(request: HttpRequest, jaar: str, nr: str, vorm: str) -> HttpResponse:
    """De bronvermelding als bestand: `bib` (BibTeX) of `ris` (Zotero, EndNote, Mendeley)."""
    rij = vind(jaar, nr)
    if isinstance(rij, Grafsteen):
        return ingetrokken(request, rij)
    maak, soort = {
        "bib": (verwijzen.bibtex, "application/x-bibtex"),
        "ris": (verwijzen.ris, "application/x-research-info-systems"),
    }[vorm]
    naam = f"{verwijzen.sleutel_van(rij)}.{vorm}"
    kop = {"Content-Disposition": f'attachment; filename="{naam}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(maak(rij), content_type=f"{soort}; charset=utf-8", headers=kop)


def _nummers(jaar: str, nr: str) -> list[str]:
    """Geef de adviesnummers die bij deze delen van een adres kunnen horen; leeg zonder jaar."""
    nr = nr.lower()
    if not jaar.isdigit():
        return []
    if nr[:1] == "v" and nr[1:].isdigit():
        return [f"V{jaar[2:]}/{nr[1:]}"]
    return [f"{jaar}/{nr}", *([f"{jaar}/0{nr}"] if nr.isdigit() and len(nr) == 1 else [])]


def vind(jaar: str, nr: str) -> Advies | Grafsteen:
    """Zoek een advies bij de delen van zijn adres: adviesnummer of kenmerk. Werpt Http404 als er niets is.

    Een nummer dat later verbeterd is, vindt het advies ook, zolang geen ander advies het draagt.
    """
    nr, nummers = nr.lower(), _nummers(jaar, nr)
    kolommen = Advies.objects.defer("zoek", "zoek_kort")
    # Het kenmerk eerst: zonder dat rekent de database de stand van de reactie van alle adviezen uit.
    bij_nummer = Advies.objects.filter(nummer__in=nummers).order_by("pk").values_list("kenmerk", flat=True)
    kenmerk = bij_nummer.first() if nummers else None
    rij = een(kolommen, kenmerk or nr)
    if rij is not None:
        return rij
    graf = Grafsteen.objects.filter(soort="advies", nummer__in=nummers).first() if nummers else None
    graf = graf or Grafsteen.objects.filter(soort="advies", kenmerk=nr).first()
    if graf is not None:
        return graf
    oud = VorigeUitgave.objects.filter(metadata__nummer__in=nummers).order_by("-tot") if nummers else []
    rij = next((r for u in oud if (r := een(kolommen, u.kenmerk))), None)
    if rij is None:
        raise Http404
    return rij


def stuur_door(rij: Advies, jaar: str, nr: str, adres: str) -> HttpResponse:
    """Stuur door naar het adres van nu: blijvend, of voor nu als het nummer in het oude adres verkeerd was.

    Zo'n nummer kan nog van een ander advies worden; dat mag een lezer dus niet onthouden.
    """
    eigen = rij.nummer in _nummers(jaar, nr) or nr.lower() == rij.kenmerk
    return HttpResponsePermanentRedirect(adres) if eigen else HttpResponseRedirect(adres)


def ingetrokken(request: HttpRequest, graf: Grafsteen) -> HttpResponse:
    """Geef 410 met wat hier stond, sinds wanneer het weg is en waarom."""
    return render(request, "publiek/ingetrokken.html", {"graf": graf}, status=410)
