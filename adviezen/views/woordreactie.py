"""/organisatie/beraad/…/inlezen/: een reactie in Word inlezen, de punten nakijken, en in het concept zetten."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from adviezen.actions import reacties as acties
from adviezen.forms.reacties import InleesForm, KandidatenForm
from adviezen.models import Deelname
from adviezen.queries.organisatie import leest_concept_mee
from adviezen.queries.tekst import citaat
from adviezen.views.aanvraag import GET_POST
from adviezen.views.gedeeld import meld, probeer
from adviezen.views.organisatie import schrijver
from adviezen.woordreactie import MEESTE, kandidaten
from kern.blokken import blokken
from kern.getal import geheel
from stukken.docx import naar_html
from toegang.routes import ingelogd
from toegang.verzoek import gebruiker

VOL = f"Meer dan {MEESTE} punten kunnen niet in één keer. Staan er meer in uw bestand, lees de rest dan apart in."


def _passages(deelname: Deelname) -> list[tuple[str, str]]:
    html = deelname.beraad.versie.html if deelname.beraad.versie else ""
    return [(b.id, b.tekst if len(b.tekst) <= 80 else f"{b.tekst[:79].rstrip()}…") for b in blokken(html) if b.tekst]


@ingelogd
@require_http_methods(GET_POST)
def inlezen(request: HttpRequest, pk: int) -> HttpResponse:
    """Eerst het bestand, dan de punten om na te kijken; pas de knop daaronder zet ze in het concept."""
    deelname = schrijver(request, pk)
    if request.method == "POST" and "aantal" in request.POST:
        return _bewaar(request, deelname)
    form = InleesForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        wit = deelname.beraad.versie.html if deelname.beraad.versie else ""
        gelezen = probeer(request, form, lambda: naar_html(form.cleaned_data["bestand"].read(), veld="bestand"))
        gevonden = kandidaten(gelezen.html, wit) if gelezen is not None else []
        if gelezen is not None and not gevonden:
            form.add_error("bestand", "In dit bestand staat geen tekst om punten van te maken.")
        if gelezen is not None and gevonden:
            begin: dict[str, Any] = {"aantal": len(gevonden)}
            for n, k in enumerate(gevonden, 1):
                begin |= {f"blok_{n}": k.blok, f"tekst_{n}": k.tekst, f"voorstel_{n}": k.voorstel}
                begin |= {f"mee_{n}": True, f"waarom_{n}": k.waarom}
            nakijken = KandidatenForm(initial=begin, aantal=len(gevonden), passages=_passages(deelname))
            vol = [VOL] if len(gevonden) == MEESTE else []
            return _toon(request, deelname, nakijken, [*vol, *gelezen.meldingen])
    return render(
        request,
        "adviezen/organisatie/inlezen.html",
        {"deelname": deelname, "traject": deelname.beraad.traject, "form": form},
        status=422 if form.is_bound else 200,
    )


def _toon(request: HttpRequest, deelname: Deelname, form: KandidatenForm, meldingen: list[str]) -> HttpResponse:
    return render(
        request,
        "adviezen/organisatie/nakijken.html",
        {"deelname": deelname, "traject": deelname.beraad.traject, "form": form, "meldingen": meldingen},
        status=422 if form.is_bound else 200,
    )


def _bewaar(request: HttpRequest, deelname: Deelname) -> HttpResponse:
    aantal = min(max(geheel(request.POST.get("aantal", "")) or 1, 1), MEESTE)
    form = KandidatenForm(request.POST, aantal=aantal, passages=_passages(deelname))
    if form.is_valid():
        html = deelname.beraad.versie.html if deelname.beraad.versie else ""

        def bewaar() -> int:
            punten = [acties.Punt(t, b, citaat(html, b) if b else "", v) for b, t, v in form.gekozen()]
            reactie = acties.begin_reactie(deelname=deelname, door=gebruiker(request))
            return acties.voeg_punten_toe(reactie=reactie, versie=None, punten=punten, door=gebruiker(request))[1]

        erbij = probeer(request, form, bewaar)
        if erbij is not None:
            wat = f"{erbij} {'punt staat' if erbij == 1 else 'punten staan'} in uw concept."
            meld(request, f"{wat} {leest_concept_mee(deelname)}".strip())
            return redirect("organisatie:beraad", pk=deelname.pk)
    return _toon(request, deelname, form, [])
