"""De PDF van een advies: klaar, of een bladzijde die laat zien hoe ver hij is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from publicatie.scans import ROL
from publiek import planning
from publiek.models import Advies, Archiefpdf, Grafsteen, Pdf, Stuk, Traject
from publiek.views import openbaar
from publiek.views.adviezen import ingetrokken, vind
from stukken import opslag
from stukken.leveren import IN_BEELD, veilige_naam


@openbaar
def advies_pdf(request: HttpRequest, jaar: str, nr: str) -> HttpResponse:
    """Geef de PDF/UA-1 van een advies.

    Is hij er nog niet, dan gaat er een wenk naar een werker en ziet de lezer hoe ver het is (202). Wie blijft
    vragen laat niets dubbel maken: er is één opdracht per inhoud. Wat mislukte, probeert de werker later weer.
    """
    return _geef(request, jaar, nr, Pdf)


@openbaar
def archief_pdf(request: HttpRequest, jaar: str, nr: str) -> HttpResponse:
    """Geef de archiefkopie: PDF/A-3a, met de gegevens van het advies als tweede bestand erin. Verder gelijk."""
    return _geef(request, jaar, nr, Archiefpdf)


@openbaar
def origineel_pdf(request: HttpRequest, jaar: str, nr: str) -> HttpResponse:
    """Geef de PDF van toen, zoals het secretariaat haar bij een ouder advies hing."""
    rij = vind(jaar, nr)
    if isinstance(rij, Grafsteen):
        return ingetrokken(request, rij)
    scan = next((b for b in rij.bestanden if b.get("rol") == ROL), None)
    if scan is None:
        raise Http404
    try:
        return lever(rij, opslag.pad(scan["sha256"]).read_bytes(), soort="-origineel")
    except FileNotFoundError:
        raise Http404 from None


def _geef(request: HttpRequest, jaar: str, nr: str, soort: type[Pdf] | type[Archiefpdf]) -> HttpResponse:
    archief = soort is Archiefpdf
    rij = vind(jaar, nr)
    if isinstance(rij, Grafsteen):
        return ingetrokken(request, rij)
    eigen = None if archief else next((b for b in rij.bestanden if b.get("rol") == "pdf"), None)
    stand = soort.objects.filter(pk=rij.pk).first()
    sha256 = eigen["sha256"] if eigen else (stand.sha256 if stand and stand.status == "klaar" else "")
    if sha256:
        try:
            return lever(rij, opslag.pad(sha256).read_bytes(), soort="-archief" if archief else "")
        except FileNotFoundError:
            if eigen:
                raise Http404 from None
            stand = None
    mislukt = stand is not None and stand.status == "mislukt"
    gevraagd = planning.wenk(rij.kenmerk, archief=archief) if stand is None or mislukt else True
    antwoord = render(
        request,
        "publiek/pdf_bezig.html",
        {
            "advies": rij,
            "procent": stand.voortgang if stand else 0,
            "mislukt": stand.fout if mislukt and stand else "",
            "stil": not gevraagd,
        },
        status=503 if mislukt or not gevraagd else 202,
    )
    antwoord["Cache-Control"] = "no-store"
    if not mislukt:
        antwoord["Refresh"] = "3"
    return antwoord


@openbaar
def stukbestand(request: HttpRequest, slug: str, soort: str, nr: int) -> HttpResponse:
    """Geef het bestand bij een openbaar stuk van een traject, zoals de brief met de vraag; `nr` telt vanaf 1."""
    rij = Traject.objects.filter(slug=slug).first()
    stuk = Stuk.objects.filter(sleutel=f"{soort}:t-{rij.pk}").first() if rij else None
    if stuk is None or not 1 <= nr <= len(stuk.bestanden):
        raise Http404
    bestand = stuk.bestanden[nr - 1]
    try:
        inhoud = opslag.pad(bestand["sha256"]).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(
        inhoud,
        content_type=bestand["soort"],
        headers={
            "Content-Disposition": content_disposition_header(
                bestand["soort"] not in IN_BEELD, veilige_naam(bestand["naam"])
            )
            or "inline",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "public, max-age=0, must-revalidate",
        },
    )


def lever(rij: Advies, inhoud: bytes, *, soort: str = "") -> HttpResponse:
    """Geef de bytes als PDF met een leesbare naam."""
    return als_pdf(inhoud, f"SER-advies-{(rij.nummer or rij.kenmerk).replace('/', '-')}{soort}.pdf")


def als_pdf(inhoud: bytes, naam: str) -> HttpResponse:
    """Geef openbare bytes als PDF die in de browser opent; wie haar al heeft, vraagt of zij nog dezelfde is."""
    return HttpResponse(
        inhoud,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{naam}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "public, max-age=0, must-revalidate",
        },
    )
