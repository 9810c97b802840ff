"""De presentielijst: per geleding, per zetel één knop; werkt met en zonder JavaScript."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.fouten import PortaalFout
from kern.getal import geheel
from raad.enums import Geleding
from raad.models import Persoon
from toegang.routes import voor_secretariaat
from vergaderingen import actions, permissions, policies
from vergaderingen.enums import AanwezigAls, Orgaan
from vergaderingen.forms import KeuzeForm
from vergaderingen.models import Vergadering
from vergaderingen.queries import kring, presentielijst, presentiestand
from vergaderingen.views.hulp import fouttekst, laad, probeer, wie


def _poolkeuzes(rij: Vergadering) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Geef de plaatsvervangers en leden van de kroonledenpool (regel 12): zonder DNB en CPB."""
    vervangers: list[tuple[int, str]] = []
    leden: list[tuple[int, str]] = []
    for g in kring(rij):
        if g.is_kroon and g.zetel and not g.zetel.bijzonder:
            doel = leden if g.als == AanwezigAls.LID else vervangers
            doel.append((g.persoon.pk, g.persoon.naam))
    return vervangers, leden


def _scherm(request: HttpRequest, rij: Vergadering, fout: str = "", pool: KeuzeForm | None = None) -> HttpResponse:
    open_ = permissions.mag_beheren(rij, wie(request)) and not policies.mag_tekenen(rij)
    if pool is None and open_ and rij.orgaan == Orgaan.RAAD:
        vervangers, leden = _poolkeuzes(rij)
        pool = KeuzeForm(vervangers=vervangers, leden=leden, prefix="pool") if vervangers else None
    sjabloon = "vergaderingen/_presentie.html" if getattr(request, "htmx", False) else "vergaderingen/presentie.html"
    return render(
        request, sjabloon,
        {"vergadering": rij, "groepen": presentielijst(rij), "quorum": policies.quorum(rij), "open": open_,
         "fout": fout, "pool": pool, "stand": presentiestand(rij),
         "tekorten": policies.mag_tekenen(rij), "geledingen": Geleding.values},
    )  # fmt: skip


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def presentie(request: HttpRequest, pk: int) -> HttpResponse:
    """Toon de presentielijst, of teken: `teken` is "aan:<persoon>", "af:<persoon>" of "geleding:<naam>"."""
    rij = laad(request, pk)
    if request.method != "POST":
        if request.GET.get("stand") == presentiestand(rij):
            return HttpResponse(status=204)  # niets veranderd: htmx laat de lijst staan, en de vinger op de knop
        return _scherm(request, rij)
    wat, _, wie_ = request.POST.get("teken", "").partition(":")
    fout = ""
    try:
        if wat == "geleding":
            actions.teken_geleding(vergadering=rij, geleding=wie_, door=wie(request))
        elif wat in ("aan", "af") and (nummer := geheel(wie_)) is not None:
            persoon = get_object_or_404(Persoon, pk=nummer)
            actions.teken_presentie(vergadering=rij, persoon=persoon, door=wie(request), aanwezig=wat == "aan")
        else:
            fout = "Kies wie er tekent."
    except PortaalFout as geweigerd:
        fout = fouttekst(geweigerd)
    if request.htmx:  # type: ignore[attr-defined]
        return _scherm(request, rij, fout)
    if fout:
        messages.error(request, fout)
    return redirect("vergaderingen:presentie", pk)


@voor_secretariaat
@require_POST
def pool(request: HttpRequest, pk: int) -> HttpResponse:
    """Laat een plaatsvervangend kroonlid uit de pool voor een ander kroonlid tekenen."""
    rij = laad(request, pk)
    vervangers, leden = _poolkeuzes(rij)
    formulier = KeuzeForm(request.POST, vervangers=vervangers, leden=leden, prefix="pool")
    if formulier.is_valid():
        schoon = formulier.cleaned_data
        klaar = probeer(
            formulier,
            lambda: actions.teken_presentie(
                vergadering=rij,
                persoon=Persoon.objects.get(pk=schoon["vervanger"]),
                voor=Persoon.objects.get(pk=schoon["lid"]),
                door=wie(request),
            ),
        )
        if klaar:
            messages.success(request, "De vervanging is vastgelegd.")
            return redirect("vergaderingen:presentie", pk)
    return _scherm(request, rij, pool=formulier)


@voor_secretariaat
@require_safe
def quorum(request: HttpRequest, pk: int) -> HttpResponse:
    """Geef alleen de stand van het quorum (elke paar seconden ververst)."""
    rij = laad(request, pk)
    return render(request, "vergaderingen/_quorum_tekst.html", {"vergadering": rij, "quorum": policies.quorum(rij)})
