"""De vergaderingen voor leden: alleen lezen, alleen de eigen kring en wat openbaar is."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from berichten.enums import Status as Poststatus
from kern.fouten import PortaalFout
from kern.tijd import vandaag
from toegang.enums import Rol
from toegang.rollen import heeft
from toegang.routes import ingelogd
from vergaderingen import actions, agenda, policies, stemlijst
from vergaderingen.enums import Rondesoort, Status, Stemkeuze
from vergaderingen.models import Agendapunt, Presentie, Vergadering, Verslag
from vergaderingen.models.vergadering import kring_filter
from vergaderingen.queries import komst_van, kring, post_over_komst, verplaatst_van
from vergaderingen.views.bladzijde import agendaregels
from vergaderingen.views.bundel import bundelgegevens, mag_bundel
from vergaderingen.views.hulp import fouttekst, laad, wie
from vergaderingen.views.stemmen import laad_ronde

PER_BLADZIJDE = 25
BEDENKTIJD = " Bedenkt u zich binnen tien minuten, dan krijgt niemand er bericht van."
ZONDER_STEM = "U staat op de presentielijst. Een ander heeft de stem van deze zetel; u telt niet mee voor het quorum."


@ingelogd
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Toon de komende en gehouden vergaderingen van deze lezer."""
    zichtbaar = Vergadering.objects.zichtbaar_voor(wie(request)).select_related("commissie")
    komend = list(zichtbaar.komend(vandaag())[:50])
    eigen = Presentie.objects.filter(vergadering__in=komend, persoon__gebruiker=wie(request), aanwezig=False)
    geweest = zichtbaar.filter(status=Status.GESLOTEN).order_by("-datum", "-pk")
    bladzijde = Paginator(geweest, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(
        request, "vergaderingen/lezen_lijst.html",
        {"komend": komend, "afgemeld": set(eigen.values_list("vergadering_id", flat=True)), "bladzijde": bladzijde},
    )  # fmt: skip


@ingelogd
@require_safe
def vergadering(request: HttpRequest, pk: int) -> HttpResponse:
    """Toon één vergadering om te lezen: agenda, stukken, besluiten en verslag."""
    rij = laad(request, pk)
    gebruiker = wie(request)
    persoon = getattr(gebruiker, "persoon", None)
    regels = agendaregels(rij, gebruiker)
    peiling = stemlijst.open_peiling([r.punt for r in regels]) if rij.status == Status.GEOPEND else None
    in_kring = Vergadering.objects.filter(kring_filter(gebruiker), pk=rij.pk).exists()
    verslag = Verslag.objects.zichtbaar_voor(gebruiker).filter(vergadering=rij).first()
    genodigden = kring(rij) if persoon is not None and not policies.mag_tekenen(rij) else []
    genodigde = next((g.persoon for g in genodigden if g.persoon == persoon), None)
    return render(
        request,
        "vergaderingen/lezen.html",
        {
            "vergadering": rij,
            "regels": regels,
            "verplaatst_van": verplaatst_van(rij),
            "pdf": bundelgegevens(request, rij) if mag_bundel(rij) and regels else None,
            "peiling": peiling if peiling and stemlijst.eigen_stem(peiling, persoon) else None,
            "mag_tekenen": genodigde is not None and not policies.mag_zelf_tekenen(rij),
            "komst": komst_van(genodigde, rij, genodigden)
            if genodigde is not None and not policies.mag_zich_afmelden(rij)
            else None,
            "verslag": verslag,
            "verslagtekst": (verslag.html if in_kring else verslag.openbaar_html) if verslag else "",
            "eigen_presentie": Presentie.objects.filter(vergadering=rij, persoon__gebruiker=gebruiker)
            .select_related("vervangt")
            .first(),
            "quorum": policies.quorum(rij) if in_kring and rij.status == Status.GESLOTEN else None,
            "is_staf": heeft(gebruiker, Rol.SECRETARIAAT),
        },
    )


@ingelogd
@require_safe
def besluiten(request: HttpRequest, pk: int) -> HttpResponse:
    """Toon de besluitenlijst: per agendapunt wat besloten is, met stemming en onthoudingen; er zodra het vastligt."""
    rij = laad(request, pk)
    if rij.status not in (Status.GEOPEND, Status.GESLOTEN):
        raise Http404
    punten = list(
        Agendapunt.objects.zichtbaar_voor(wie(request))
        .filter(vergadering=rij, vervallen_reden="")
        .prefetch_related("besluiten", "onthoudingen__persoon")
        .order_by("volgorde")
    )
    zaken = agenda.uitkomsten(punten)
    return render(
        request, "vergaderingen/besluiten.html",
        {"vergadering": rij, "punten": [(p, zaken.get(p.pk, "")) for p in punten],
         "aantal": sum(len(p.besluiten.all()) for p in punten) + len(zaken)},
    )  # fmt: skip


@ingelogd
@require_POST
def teken(request: HttpRequest, pk: int) -> HttpResponse:
    """Teken de presentielijst voor uzelf, op de vergaderdag."""
    rij = laad(request, pk)
    try:
        regel = actions.teken_zelf(vergadering=rij, door=wie(request))
    except PortaalFout as fout:
        messages.error(request, fouttekst(fout))
    else:
        messages.success(request, "U staat op de presentielijst." if regel.stemhebbend else ZONDER_STEM)
    return redirect("vergaderingen_lezen:vergadering", pk)


@ingelogd
@require_POST
def komst(request: HttpRequest, pk: int) -> HttpResponse:
    """Laat weten dat u niet komt, of toch wel."""
    rij = laad(request, pk)
    komt = request.POST.get("komt")
    try:
        if komt == "nee":
            regel = actions.meld_af(vergadering=rij, door=wie(request))
            wacht = Poststatus.WACHT in post_over_komst(rij, regel.persoon)
            messages.success(request, f"U heeft zich afgemeld.{BEDENKTIJD * wacht}")
        elif komt == "toch":
            terug = actions.kom_toch(vergadering=rij, door=wie(request))
            messages.success(request, _gelukt_toch(rij, request) if terug else "U had zich niet afgemeld.")
        else:
            messages.error(request, "Kies of u komt.")
    except PortaalFout as fout:
        messages.error(request, fouttekst(fout))
    return redirect("vergaderingen_lezen:vergadering", pk)


def _gelukt_toch(rij: Vergadering, request: HttpRequest) -> str:
    """Zeg dat de afmelding is teruggenomen, en of de plaatsvervanger dat hoort."""
    persoon = getattr(wie(request), "persoon", None)
    genodigden = kring(rij)
    if persoon is None or not any(v.gebruiker_id for v in komst_van(persoon, rij, genodigden).vervangers):
        return "Uw afmelding is teruggenomen."
    hoort = post_over_komst(rij, persoon) - {Poststatus.HERROEPEN}
    zin = "Uw plaatsvervanger krijgt daar bericht van." if hoort else "Uw plaatsvervanger had er nog niets van gehoord."
    return f"Uw afmelding is teruggenomen. {zin}"


@ingelogd
@require_http_methods(["GET", "HEAD", "POST"])
def peiling(request: HttpRequest, pk: int, ronde: int) -> HttpResponse:
    """Beantwoord een peiling op de eigen tablet; tot de sluiting mag u zich bedenken."""
    rij = laad_ronde(request, pk, ronde)
    persoon = getattr(wie(request), "persoon", None)
    eigen = stemlijst.eigen_stem(rij, persoon)
    if rij.soort != Rondesoort.PEILING or eigen is None or eigen.zetel is None:
        raise Http404
    if request.method == "POST":
        try:
            actions.antwoord_peiling(ronde=rij, keuze=request.POST.get("keuze", ""), door=wie(request))
            messages.success(request, "Uw antwoord is binnen.")
        except PortaalFout as fout:
            messages.error(request, fouttekst(fout))
        return redirect("vergaderingen_lezen:peiling", pk, ronde)
    gegeven = rij.stemmen.filter(zetel=eigen.zetel).first()
    return render(
        request, "vergaderingen/peiling.html",
        {"ronde": rij, "vergadering": rij.agendapunt.vergadering, "punt": rij.agendapunt, "eigen": eigen,
         "gegeven": gegeven.keuze if gegeven else "", "keuzes": Stemkeuze.values,
         "telling": None if rij.is_open else stemlijst.telling(rij)},
    )  # fmt: skip
