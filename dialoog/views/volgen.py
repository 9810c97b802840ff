"""/volgen/: aanmelden, bevestigen, wijzigen en stoppen. Voor lezers van buiten, zonder account."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dialoog import queries, tokens
from dialoog.actions import volgen
from dialoog.bronnen import bron
from dialoog.enums import Ritme
from dialoog.forms import AanmeldForm
from kern.antwoord import houd_adres_binnen
from kern.fouten import InvoerFout
from toegang.routes import open_route

PER_UUR = 20  # aanmeldingen per netwerkadres
MEESTE = 60  # onderwerpen die een adres klaar kan zetten
WEG = "Deze link werkt niet meer. U bevestigde al, of de link is ouder dan zeven dagen."
LEES = ["GET", "HEAD", "POST"]


def _te_veel(request: HttpRequest) -> bool:
    """Tel deze poging, en geef of dit netwerkadres er dit uur te veel deed."""
    sleutel = f"dialoog-aanmelden:{get_adapter().get_client_ip(request)}"
    try:
        cache.add(sleutel, 0, 3600)
        return bool(cache.incr(sleutel) > PER_UUR)
    except Exception:  # net verlopen, of Redis is weg: dit is een rem, de grens per adres staat in de database
        return False


def _prive(antwoord: HttpResponse) -> HttpResponse:
    """Een bladzijde achter een link met toegang: nergens bewaren, en het adres niet doorgeven."""
    add_never_cache_headers(antwoord)
    return houd_adres_binnen(antwoord)


def _melding(request: HttpRequest, kop: str, *zinnen: str, status: int = 200, **extra: Any) -> HttpResponse:
    antwoord = render(request, "dialoog/melding.html", {"kop": kop, "zinnen": zinnen, **extra}, status=status)
    return _prive(antwoord)


@open_route
@require_http_methods(LEES)
def aanmelden(request: HttpRequest) -> HttpResponse:
    """Kies wat u wilt volgen. `?vraag=` zet een zoekvraag van de zoekpagina klaar."""
    invoer = request.POST if request.method == "POST" else request.GET
    vraag = invoer.get("vraag", "")[:2000]
    omschrijving = ""
    if vraag:
        vraag, omschrijving = bron().beschrijf(vraag)
    begin: dict[str, Any] = {
        "vraag": vraag,
        "ritme": request.GET.get("ritme") or (Ritme.WEEK if vraag else Ritme.NIEUWSUPDATE),
    }
    onderwerpen = bron().onderwerpen()
    gevraagd = {deel for deel in request.GET.getlist("onderwerp")[:MEESTE] if deel}
    bekend = {deel for _, keuzes in onderwerpen for deel, _ in keuzes}
    begin["onderwerp"] = sorted(gevraagd & bekend)
    form = AanmeldForm(
        request.POST if request.method == "POST" else None, onderwerpen=onderwerpen, vraag=vraag, initial=begin
    )
    status = 200
    if request.method == "POST":
        if _te_veel(request):
            form.add_error(None, "Er kwamen te veel aanmeldingen van uw netwerk. Probeer het over een uur opnieuw.")
            status = 429
        elif form.is_valid():
            try:
                if not form.cleaned_data["website"]:
                    volgen.meld_aan(
                        email=form.cleaned_data["email"], vragen=form.gekozen, ritme=form.cleaned_data["ritme"]
                    )
            except InvoerFout as fout:
                form.add_error(fout.veld if fout.veld in form.fields else None, fout.tekst)
            else:
                return redirect("dialoog:verstuurd")
        status = 429 if status == 429 else 422
    gegevens = {"form": form, "omschrijving": omschrijving, "onbekend": bool(gevraagd - bekend)}
    return render(request, "dialoog/aanmelden.html", gegevens, status=status)


@open_route
@require_http_methods(["GET", "HEAD"])
def verstuurd(request: HttpRequest) -> HttpResponse:
    """Hetzelfde antwoord voor elk adres."""
    return _melding(
        request,
        "Kijk in uw e-mail",
        "Wij stuurden een e-mail naar het adres dat u opgaf. Open de link daarin om te bevestigen.",
        "Niets gekregen? Kijk bij ongewenste post, of meld u opnieuw aan met het juiste adres.",
        opnieuw=True,
    )


@open_route
@require_http_methods(LEES)
def bevestig(request: HttpRequest, token: str) -> HttpResponse:
    """Bevestig een aanmelding. De link zelf doet nog niets: virusscanners openen haar ook."""
    gelezen = tokens.lees("bevestig", token)
    if gelezen is None:
        raise Http404
    if request.method != "POST":
        aanmelding = queries.aanmelding(gelezen[0])
        if aanmelding is None:
            return _melding(request, "Deze link is niet meer nodig", WEG, status=410, opnieuw=True)
        return _melding(
            request,
            "Bevestig uw aanmelding",
            f"U gaat volgen: {aanmelding.omschrijving} ({aanmelding.get_ritme_display()}).",
            "Met één klik is het in orde. U kunt altijd weer stoppen.",
            knop="Ja, dit volg ik",
        )
    try:
        abonnement = volgen.bevestig(kenmerk=gelezen[0])
    except InvoerFout as fout:
        return _melding(request, "Dat lukt nog niet", status=422, fout=fout.tekst)
    if abonnement is None:
        return _melding(request, "Link verlopen", WEG, status=410, opnieuw=True)
    beheer = f"/volgen/beheer/{tokens.maak('beheer', abonnement.kenmerk)}/"
    return _prive(redirect(f"{beheer}?nieuw=1"))


@open_route
@require_http_methods(LEES)
def beheer(request: HttpRequest, token: str) -> HttpResponse:
    """Wat dit adres volgt, met per regel een knop om te stoppen."""
    gelezen = tokens.lees("beheer", token)
    if gelezen is None:
        raise Http404
    abonnement = queries.abonnement(gelezen[0])
    if abonnement is None:
        return _melding(request, "U volgt niets", "Bij deze link hoort geen adres (meer).", status=410)
    if request.method == "POST":
        welke = request.POST.get("stop", "")
        over = True
        if welke == "alles":
            volgen.stop_alles(abonnement=abonnement)
            over = False
        elif welke.isascii() and welke.isdigit() and len(welke) < 18:
            over = volgen.stop_vraag(abonnement=abonnement, volgvraag=int(welke))
        if over:
            return _prive(redirect(request.path))
        return _melding(request, "U bent afgemeld", "Uw e-mailadres en wat u volgde zijn gewist.")
    gegevens = {
        "abonnement": abonnement,
        "volgvragen": abonnement.volgvragen.all(),
        "nieuw": request.GET.get("nieuw") == "1",
    }
    return _prive(render(request, "dialoog/beheer.html", gegevens))


@open_route
@csrf_exempt  # een e-mailprogramma stuurt de afmelding zelf, zonder cookie (RFC 8058); het token is de toegang
@require_http_methods(LEES)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop met één soort e-mail. Openen doet niets; de knop of het e-mailprogramma stuurt een POST."""
    gelezen = tokens.lees("stop", token)
    if gelezen is None:
        raise Http404
    kenmerk, ritme = gelezen
    wat = "de SER-nieuwsupdate" if ritme == Ritme.NIEUWSUPDATE else "deze berichten"
    if request.method != "POST":
        zin = f"U krijgt dan {wat} niet meer. Volgt u verder niets, dan wissen wij ook uw e-mailadres."
        return _melding(request, f"Stop met {wat}", zin, knop=f"Stop met {wat}")
    over = volgen.stop_ritme(kenmerk=kenmerk, ritme=ritme)
    if over:
        adres = f"/volgen/beheer/{tokens.maak('beheer', kenmerk)}/"
        return _melding(request, "U bent afgemeld", f"U krijgt {wat} niet meer.", beheer=adres)
    return _melding(request, "U bent afgemeld", f"U krijgt {wat} niet meer.", "Uw e-mailadres is gewist.")
