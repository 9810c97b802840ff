"""/werk/archief/: bij welke oudere stukken een PDF hangt, en een PDF opsturen."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.fouten import InvoerFout, PortaalFout
from kern.tijd import nu
from publicatie import actions, queries
from publicatie.forms import ScanForm, ScanWegForm
from publicatie.models import Publicatie
from stukken.actions import bewaar
from toegang.enums import Rol
from toegang.rollen import heeft
from toegang.routes import voor_secretariaat
from toegang.verzoek import gebruiker

PER_BLADZIJDE = 50


@voor_secretariaat
@require_safe
def archief(request: HttpRequest) -> HttpResponse:
    """De openbare stukken waarvan wij de tekst niet hebben, met de stand van hun PDF; zoeken op titel of nummer.

    `?zonder=pdf` laat alleen zien waar er nog geen hangt.
    """
    q = "".join(c for c in request.GET.get("q", "") if c.isprintable()).strip()[:200]
    zonder = request.GET.get("zonder") == "pdf"
    pagina = Paginator(queries.zonder_tekst(nu(), q, zonder_pdf=zonder), PER_BLADZIJDE).get_page(
        request.GET.get("pagina")
    )
    scans = queries.scans_bij([rij.sleutel for rij in pagina.object_list])
    regels = [(rij, scans.get(rij.sleutel)) for rij in pagina.object_list]
    vernietigen = heeft(request.user, Rol.ALGEMEEN_SECRETARIS, Rol.RAADSSECRETARIS)
    gegevens = {"q": q, "zonder": zonder, "pagina": pagina, "regels": regels, "vernietigen": vernietigen}
    return render(request, "publicatie/archief.html", gegevens)


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Eén stuk: de stand van zijn PDF, en een (nieuwe) PDF opsturen.

    Met elke PDF krijgt het stuk een nieuwe uitgave; het adres van een eerdere uitgave brengt er nog steeds.
    """
    rij = queries.zonder_tekst(nu()).filter(sleutel__in=queries.sleutel_van(pk)).first()
    if rij is None:
        raise Http404
    if rij.pk != pk and request.method != "POST":
        return redirect("publicatie:scan", pk=rij.pk)
    form = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
    if form.is_bound and form.is_valid():
        try:
            bestand = bewaar(upload=form.cleaned_data["bestand"], door=gebruiker(request), toegestaan=("pdf",))
            actions.hang_scan_aan(sleutel=rij.sleutel, bestand=bestand, door=gebruiker(request))
        except InvoerFout as fout:
            form.add_error(fout.veld if fout.veld in form.fields else None, fout.tekst)
        except PortaalFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, "De PDF is ontvangen en wordt nu gelezen. Daarna staat zij bij het stuk.")
            return redirect("publicatie:scan", pk=rij.pk)
    return _scherm(request, rij, form, ScanWegForm(), 422 if form.is_bound else 200)


def _scherm(request: HttpRequest, rij: Publicatie, form: ScanForm, weg: ScanWegForm, status: int) -> HttpResponse:
    gegevens = {"rij": rij, "scan": queries.scans_bij([rij.sleutel]).get(rij.sleutel), "form": form, "weg": weg}
    return render(request, "publicatie/scan.html", gegevens, status=status)


@voor_secretariaat
@require_POST
def scan_weg(request: HttpRequest, pk: int) -> HttpResponse:
    """Haal de PDF van een stuk weg, met een reden."""
    rij = queries.zonder_tekst(nu()).filter(sleutel__in=queries.sleutel_van(pk)).first()
    if rij is None:
        raise Http404
    weg = ScanWegForm(request.POST)
    if weg.is_valid():
        try:
            actions.haal_scan_weg(sleutel=rij.sleutel, door=gebruiker(request), **weg.cleaned_data)
        except InvoerFout as fout:
            weg.add_error(fout.veld if fout.veld in weg.fields else None, fout.tekst)
        except PortaalFout as fout:
            weg.add_error(None, str(fout))
        else:
            messages.success(request, "De PDF is weg: van de site, en uit het zoeken. Het stuk zelf staat er nog.")
            return redirect("publicatie:scan", pk=pk)
    return _scherm(request, rij, ScanForm(), weg, 422)
