"""/werk/nieuwsupdate/: bekijken, bewerken, proeven en vrijgeven."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dialoog import mails, queries
from dialoog.actions import edities
from dialoog.bronnen import bron
from dialoog.enums import Ritme
from dialoog.models import Editie
from dialoog.permissions import mag_nieuwsupdate
from kern.fouten import PortaalFout
from kern.tijd import WACHTTIJD, nu
from toegang.enums import Rol
from toegang.routes import voor, voor_secretariaat
from toegang.verzoek import gebruiker

voor_communicatie = voor(Rol.COMMUNICATIE, Rol.ALGEMEEN_SECRETARIS)
PER_BLADZIJDE = 50


def _editie(pk: int) -> Editie:
    return get_object_or_404(queries.nieuwsupdates(), pk=pk)


@voor_secretariaat
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Alle nieuwsupdates, wat er nu klaarstaat, en hoeveel mensen volgen."""
    return render(
        request,
        "dialoog/nieuwsupdates.html",
        {
            "edities": Paginator(queries.nieuwsupdates(), PER_BLADZIJDE).get_page(request.GET.get("pagina")),
            "aantallen": [(Ritme(r).label, n) for r, n in queries.aantallen().items()],
            "mag": mag_nieuwsupdate(gebruiker(request)),
            "wacht": queries.op_vrijgave()[:3],
        },
    )


@voor_communicatie
@require_POST
def stel_samen(request: HttpRequest) -> HttpResponse:
    """Stel nu samen, zonder op de dinsdag te wachten."""
    editie = edities.stel_samen(ritme=Ritme.NIEUWSUPDATE, tot=nu())
    if editie is None:
        messages.warning(request, "Er is sinds de vorige nieuwsupdate niets nieuws openbaar geworden.")
        return redirect("dialoog:nieuwsupdates")
    messages.success(request, f"Nieuwsupdate {editie.nummer} staat klaar om na te lezen.")
    return redirect("dialoog:nieuwsupdate", pk=editie.pk)


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def nieuwsupdate(request: HttpRequest, pk: int) -> HttpResponse:
    """Eén nieuwsupdate: bewerken, en zien hoe zij eruitziet voor wie één onderwerp volgt (`?als=`)."""
    return _toon(request, pk)


@voor_communicatie
@require_POST
def geef_vrij(request: HttpRequest, pk: int) -> HttpResponse:
    """Bewaar wat er op het scherm staat en geef vrij, in één keer; na tien minuten gaat de nieuwsupdate uit."""
    return _toon(request, pk, vrij=True)


def _toon(request: HttpRequest, pk: int, *, vrij: bool = False) -> HttpResponse:
    editie = _editie(pk)
    if editie.verstuurd_op is None:
        editie.onderdelen = queries.bijgewerkt(editie)
    mag = mag_nieuwsupdate(gebruiker(request))
    fout = ""
    if request.method == "POST":
        try:
            _verwerk(request, editie, vrij=vrij)
        except PortaalFout as geweigerd:
            if "inleiding" not in request.POST or editie.vrijgegeven_op is not None:
                messages.error(request, str(geweigerd))
                return redirect("dialoog:nieuwsupdate", pk=pk)
            fout = str(geweigerd)
            # Met het nummer dat hij zag: zo overschrijft nog eens versturen niet ongezien wat een ander schreef.
            editie.rijversie = _versie(request)
            editie.inleiding = request.POST.get("inleiding", "")
            keuzes = _ingevuld(request, editie)
            for o in editie.onderdelen:
                o["mee"], o["tekst"] = keuzes[o["sleutel"]]
        else:
            uit = "vrijgegeven. Hij gaat over tien minuten uit; tot dan kunt u herroepen" if vrij else "bewaard"
            messages.success(request, f"De nieuwsupdate is {uit}.")
            return redirect("dialoog:nieuwsupdate", pk=pk)
    als = request.GET.get("als", "")
    onderwerpen = [(vraag, f"{groep}: {naam}") for groep, keuzes in bron().onderwerpen() for vraag, naam in keuzes]
    onderdelen: list[Any] = editie.mee
    if als and als in dict(onderwerpen):
        gekozen = bron().past(als, queries.nieuws_van(onderdelen))
        onderdelen = [o for o in onderdelen if o["sleutel"] in gekozen]
    return render(
        request,
        "dialoog/nieuwsupdate.html",
        {
            "editie": editie,
            "mag": mag,
            "bewerkbaar": mag and editie.vrijgegeven_op is None,
            "fout": fout,
            "proef": mails.inhoud(editie, onderdelen) | {"voorbeeld": editie.voorbeeld},
            "leeg": not onderdelen,
            "als": als,
            "onderwerpen": onderwerpen,
            "ontvangers": len(queries.passend(editie)) if editie.verstuurd_op is None else editie.ontvangers,
            "vertrekt": editie.vrijgegeven_op + WACHTTIJD if editie.vrijgegeven_op else None,
        },
        status=422 if fout else 200,
    )


def _ingevuld(request: HttpRequest, editie: Editie) -> dict[str, tuple[bool, str]]:
    return {
        o["sleutel"]: (f"mee-{o['sleutel']}" in request.POST, request.POST.get(f"tekst-{o['sleutel']}", o["tekst"]))
        for o in editie.onderdelen
    }


def _versie(request: HttpRequest) -> int:
    ruw = request.POST.get("versie", "")
    return int(ruw) if ruw.isascii() and ruw.isdigit() and len(ruw) < 9 else -1


@transaction.atomic
def _verwerk(request: HttpRequest, editie: Editie, *, vrij: bool) -> None:
    """Bewaar wat er is ingevuld, en geef desgevraagd vrij; alles of niets."""
    wie, versie = gebruiker(request), _versie(request)
    if "inleiding" in request.POST:
        inleiding = request.POST["inleiding"].replace("\r\n", "\n")
        ingevuld = _ingevuld(request, editie)
        bewerkt = edities.bewerk(editie=editie, rijversie=versie, inleiding=inleiding, onderdelen=ingevuld, door=wie)
        versie = bewerkt.rijversie
    if vrij:
        edities.geef_vrij(editie=editie, rijversie=versie, door=wie)


@voor_communicatie
@require_POST
def herroep(request: HttpRequest, pk: int) -> HttpResponse:
    """Neem de vrijgave terug."""
    try:
        edities.herroep(editie=_editie(pk), door=gebruiker(request))
    except PortaalFout as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, "De vrijgave is herroepen. Niemand kreeg iets.")
    return redirect("dialoog:nieuwsupdate", pk=pk)
