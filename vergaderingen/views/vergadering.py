"""De bladzijde van één vergadering, en de daden: oproepen, verplaatsen, afgelasten, openen, sluiten."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kern.tekort import Tekort
from kern.tijd import AMSTERDAM, datum_nl, nu, vandaag
from toegang.routes import voor_secretariaat
from vergaderingen import actions, agenda, policies
from vergaderingen.agenda import OPNIEUW
from vergaderingen.eigen_bron import ZONDER_BESLUIT
from vergaderingen.enums import Orgaan, Puntsoort, Status
from vergaderingen.forms import (
    GeenQuorumForm,
    MomentForm,
    OpenbaarheidForm,
    OproepingForm,
    RedenForm,
    UitzendingForm,
    VerplaatsForm,
)
from vergaderingen.models import Vergadering
from vergaderingen.queries import kring, ook_die_maand, tekorten_bekendmaking, zonder_account
from vergaderingen.views.bladzijde import aanbod, toon
from vergaderingen.views.hulp import invoer, laad, probeer, versie_van, wie

# Wat op de eerstvolgende agenda hoort zodra het er is: wat een commissie zelf adviseerde (regel 42), en een verslag
# dat nog vastgesteld moet worden (regel 46).
HOORT_EROP = (Puntsoort.INGEKOMEN, Puntsoort.VERSLAG)
TOT_DE_OPENING = (Status.GEPLAND, Status.OPGEROEPEN)
NA_SLUITEN = "Sluit u haar op de dag zelf en liggen er besluiten vast, dan krijgt de kring de besluitenlijst."


@voor_secretariaat
@require_safe
def vergadering(request: HttpRequest, pk: int) -> HttpResponse:
    """Toon één vergadering: agenda, oproeping, presentie, besluiten, verslag en geschiedenis."""
    return toon(request, laad(request, pk))


def _daad(
    request: HttpRequest,
    rij: Vergadering,
    formulier: forms.Form,
    doe: Callable[[dict[str, Any]], Vergadering],
    *,
    kop: str,
    knop: str,
    gelukt: str | Callable[[Vergadering], str],
    gevolgen: list[str] | None = None,
    uitleg: str = "",
    gevaar: bool = False,
    eerst: list[Tekort] | None = None,
    vanuit: Collection[Status] = (),
    kan_niet: list[Tekort] | None = None,
) -> HttpResponse:
    """Toon het formulier van een daad, of voer haar uit en ga terug naar de vergadering.

    `eerst` is wat er nog ontbreekt en de invoer nog kan verhelpen. Wat in `kan_niet` staat, of een stand buiten
    `vanuit`, komt met invullen niet goed: dan staat er geen formulier.
    """
    if request.method == "POST" and formulier.is_valid():
        uitkomst = probeer(formulier, lambda: doe(formulier.cleaned_data))
        if uitkomst is not None:
            messages.success(request, gelukt if isinstance(gelukt, str) else gelukt(uitkomst))
            return redirect("vergaderingen:vergadering", uitkomst.pk)
    niet = [t.tekst for t in kan_niet or []]
    if vanuit and rij.status not in vanuit:
        niet = [f"de vergadering is {rij.get_status_display()}."]
    fouten = [fout for fout in formulier.non_field_errors() if fout not in niet] if niet else []
    return render(
        request, "vergaderingen/daad.html",
        {"vergadering": rij, "formulier": formulier, "kop": kop, "knop": "" if niet else knop, "fouten": fouten,
         "gevolgen": [] if niet else gevolgen, "uitleg": uitleg, "gevaar": gevaar, "kan_niet": niet,
         "eerst": [] if niet else eerst, "versie": request.POST.get("versie", rij.rijversie)},
    )  # fmt: skip


def _gelukt_opgeroepen(opgeroepen: Vergadering) -> str:
    if opgeroepen.opgeroepen_op == vandaag():
        return "De leden zijn opgeroepen. De berichten gaan over tien minuten uit."
    return "Vastgelegd dat de leden zijn opgeroepen. Er gaan geen berichten uit: die dag is al geweest."


def _meldingen(rij: Vergadering) -> list[str]:
    """Geef wie bericht krijgt en wie geen account heeft."""
    genodigden = kring(rij)
    mensen = {g.persoon.pk for g in genodigden}
    zonder = zonder_account(genodigden)
    aantal = len(mensen) - len(zonder)
    wie_ = "1 mens krijgt" if aantal == 1 else f"{aantal} mensen krijgen"
    uit = [f"{wie_} over tien minuten bericht; tot dan kunt u herroepen."]
    if zonder:
        namen = ", ".join(p.naam for p in zonder[:6]) + (" en anderen" if len(zonder) > 6 else "")
        uit.append(f"Zonder account, dus zelf berichten: {namen}.")
    return uit


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def oproeping(request: HttpRequest, pk: int) -> HttpResponse:
    """Roep de leden op: eerst zien wie bericht krijgt en wat openbaar wordt."""
    rij = laad(request, pk)
    gebruiker = wie(request)
    formulier = OproepingForm(invoer(request), initial={"opgeroepen_op": vandaag(), "stukken_op": vandaag()})
    gevolgen = _meldingen(rij)
    if rij.openbaar:
        gevolgen.append("De agenda en de stukken die niet vertrouwelijk zijn worden dan openbaar.")
    zonder_nummer = rij.agendapunten.filter(stuknummer__isnull=True, bestand__isnull=False, vervallen_reden="").count()
    if rij.orgaan == Orgaan.RAAD and zonder_nummer:
        wat = "1 agendapunt met een stuk heeft" if zonder_nummer == 1 else f"{zonder_nummer} punten met een stuk hebben"
        gevolgen.append(f"Let op: {wat} nog geen R-nummer.")
    if laat := policies.te_laat(rij, vandaag()):
        gevolgen.append(f"Let op: {laat} Dat wordt vastgelegd.")
    gevolgen += [f"Let op: {t.tekst}" for t in tekorten_bekendmaking(rij)]
    gevolgen += [
        f"Let op: “{a.aanbod.onderwerp}” staat nog niet op deze agenda."
        for a in aanbod(rij, gebruiker)
        if a.aanbod.soort in HOORT_EROP or a.aanbod.sleutel.startswith(OPNIEUW)
    ]
    return _daad(
        request, rij, formulier,
        lambda schoon: actions.roep_op(vergadering=rij, versie=versie_van(request), door=gebruiker, **schoon),
        kop="Verstuur de oproeping", knop="Verstuur oproeping", gevolgen=gevolgen, gelukt=_gelukt_opgeroepen,
        eerst=policies.mag_oproepen(rij), vanuit=(Status.GEPLAND,),
    )  # fmt: skip


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def herroep(request: HttpRequest, pk: int) -> HttpResponse:
    """Herroep de oproeping zolang zij nog niet verzonden is."""
    rij = laad(request, pk)
    gebruiker = wie(request)
    return _daad(
        request, rij, RedenForm(invoer(request)),
        lambda schoon: actions.herroep_oproeping(
            vergadering=rij, versie=versie_van(request), door=gebruiker, **schoon
        ),
        kop="Herroep de oproeping", knop="Herroep oproeping",
        gevolgen=["De wachtende berichten vervallen en de agenda wordt niet openbaar."],
        gelukt="De oproeping is herroepen; er is niets verzonden.",
        vanuit=(Status.OPGEROEPEN,), kan_niet=policies.mag_oproeping_herroepen(rij),
    )  # fmt: skip


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def verplaats(request: HttpRequest, pk: int) -> HttpResponse:
    """Verplaats de vergadering."""
    rij = laad(request, pk)
    gebruiker = wie(request)
    begin = {"datum": rij.datum, "begin": rij.begin, "eind": rij.eind, "plaats": rij.plaats}
    gevolgen = _meldingen(rij)
    if rij.presenties.exists():
        gevolgen.append("Op een andere dag begint de presentielijst opnieuw; wat er nu staat blijft in het logboek.")
    if rij.orgaan == Orgaan.RAAD:
        gevolgen.append("Iedereen ziet de nieuwe dag meteen, op de openbare site.")
    return _daad(
        request, rij, VerplaatsForm(invoer(request), initial=begin),
        lambda schoon: actions.verplaats(vergadering=rij, versie=versie_van(request), door=gebruiker, **schoon),
        kop="Verplaats de vergadering", knop="Verplaats de vergadering", gevolgen=gevolgen,
        gelukt=_gelukt_verplaatst, vanuit=TOT_DE_OPENING,
    )  # fmt: skip


def _gelukt_verplaatst(rij: Vergadering) -> str:
    """Zeg dat zij verplaatst is, en of een bekendmaking of een andere vergadering daar iets mee te maken heeft."""
    zinnen = ["De vergadering is verplaatst. Tot de berichten uitgaan kunt u dat hier herroepen."]
    return " ".join([*zinnen, *(f"Let op: {t.tekst}" for t in tekorten_bekendmaking(rij)), *ook_die_maand(rij)])


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def herroep_verplaatsing(request: HttpRequest, pk: int) -> HttpResponse:
    """Zet een net verplaatste vergadering terug waar zij stond."""
    rij = laad(request, pk)
    gebruiker = wie(request)
    gevolgen = [
        f"De vergadering staat weer zoals zij stond: {_toen(rij)}.",
        "De berichten over de verplaatsing gaan niet uit. Wat daarvoor al klaarstond, gaat over tien minuten alsnog.",
    ]
    return _daad(
        request, rij, RedenForm(invoer(request)),
        lambda schoon: actions.herroep_verplaatsing(
            vergadering=rij, versie=versie_van(request), door=gebruiker, **schoon
        ),
        kop="Herroep de verplaatsing", knop="Herroep de verplaatsing", gevolgen=gevolgen,
        vanuit=TOT_DE_OPENING, kan_niet=policies.mag_verplaatsing_herroepen(rij),
        gelukt=lambda terug: f"De verplaatsing is herroepen. De vergadering is op {terug.datum_tekst}.",
    )  # fmt: skip


def _toen(rij: Vergadering) -> str:
    """Geef dag, tijd en plaats van voor de laatste verplaatsing."""
    toen = policies.terug_te_nemen(rij)
    oud: dict[str, str] = toen.gegevens["oud"] if toen else {}
    tijd = "" if oud.get("begin", "None") == "None" else f"{time.fromisoformat(oud['begin']):%H.%M} uur"
    dag = datum_nl(date.fromisoformat(oud["datum"])) if oud else ""
    return ", ".join(deel for deel in (dag, tijd, oud.get("plaats", "")) if deel)


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def openbaarheid(request: HttpRequest, pk: int) -> HttpResponse:
    """Maak een geplande raadsvergadering besloten, of toch openbaar."""
    rij = laad(request, pk)
    gebruiker = wie(request)
    begin = {"openbaar": "ja" if rij.openbaar else "nee", "besloten_reden": rij.besloten_reden}
    return _daad(
        request, rij, OpenbaarheidForm(invoer(request), initial=begin),
        lambda schoon: actions.zet_openbaarheid(vergadering=rij, versie=versie_van(request), door=gebruiker, **schoon),
        kop="Openbaar of besloten", knop="Leg vast", gelukt="Vastgelegd: openbaar of besloten.",
        gevolgen=["Iedereen ziet het meteen, op de openbare site.", "De leden krijgen over tien minuten bericht."],
    )  # fmt: skip


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def uitzending(request: HttpRequest, pk: int) -> HttpResponse:
    """Zet waar de vergadering te volgen of terug te kijken is."""
    rij = laad(request, pk)
    gebruiker = wie(request)
    wie_ziet = "Iedereen ziet het adres meteen, op de openbare site." if rij.openbaar else "De leden zien het adres."
    return _daad(
        request, rij, UitzendingForm(invoer(request), initial={"uitzending": rij.uitzending}),
        lambda schoon: actions.zet_uitzending(vergadering=rij, versie=versie_van(request), door=gebruiker, **schoon),
        kop="Adres van de uitzending", knop="Bewaar het adres", gelukt="Het adres van de uitzending is bewaard.",
        gevolgen=[wie_ziet, "Er gaat geen bericht uit."],
    )  # fmt: skip


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def gelast_af(request: HttpRequest, pk: int) -> HttpResponse:
    """Gelast de vergadering af."""
    rij = laad(request, pk)
    gebruiker = wie(request)
    gevolgen = _meldingen(rij)
    if rij.openbaar:
        gevolgen.append("Op de openbare site staat zij als afgelast, met de reden.")
    if rij.agendapunten.filter(vervallen_reden="").exists():
        gevolgen.append("Wat op deze agenda staat, wordt aangeboden voor de volgende agenda.")
    return _daad(
        request, rij, RedenForm(invoer(request)),
        lambda schoon: actions.gelast_af(vergadering=rij, versie=versie_van(request), door=gebruiker, **schoon),
        kop="Gelast de vergadering af", knop="Gelast af", gevaar=True,
        gevolgen=gevolgen, vanuit=TOT_DE_OPENING,
        gelukt="De vergadering is afgelast. Tot de berichten uitgaan kunt u dat hier herroepen.",
    )  # fmt: skip


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def herroep_afgelasting(request: HttpRequest, pk: int) -> HttpResponse:
    """Laat een net afgelaste vergadering toch doorgaan."""
    rij = laad(request, pk)
    gebruiker = wie(request)
    gevolgen = [
        "De vergadering gaat toch door. De berichten over de afgelasting gaan niet uit.",
        "De oproeping die uit was, geldt nog." if rij.opgeroepen_op
        else "De leden zijn nog niet opgeroepen: dat doet u daarna.",
    ]  # fmt: skip
    return _daad(
        request, rij, RedenForm(invoer(request)),
        lambda schoon: actions.herroep_afgelasting(
            vergadering=rij, versie=versie_van(request), door=gebruiker, **schoon
        ),
        kop="Herroep de afgelasting", knop="Herroep de afgelasting", gevolgen=gevolgen,
        vanuit=(Status.AFGELAST,), kan_niet=policies.mag_afgelasting_herroepen(rij),
        gelukt="De afgelasting is herroepen; de vergadering gaat door.",
    )  # fmt: skip


def _te_vroeg(rij: Vergadering) -> list[str]:
    """Geef wat ertegen pleit om nu al te openen: het aanvangsuur komt nog, of de oproeping is nog niet uit."""
    uit, moment = [], nu().astimezone(AMSTERDAM)
    if rij.datum == moment.date() and rij.begin and moment.time() < rij.begin:
        uit.append(f"Let op: de vergadering begint om {rij.begin:%H.%M} uur, en het is nu {moment:%H.%M} uur.")
    if rij.agenda_vanaf and rij.agenda_vanaf > moment:
        uit.append(f"Let op: de oproeping gaat pas om {rij.agenda_vanaf.astimezone(AMSTERDAM):%H.%M} uur uit.")
    return uit


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def open_(request: HttpRequest, pk: int) -> HttpResponse:
    """Open de vergadering."""
    rij = laad(request, pk)
    gebruiker = wie(request)
    stand = policies.quorum(rij)
    getekend = "1 lid heeft" if stand.aanwezig == 1 else f"{stand.aanwezig} leden hebben"
    uitleg = f"{getekend} getekend; {stand.nodig} zijn nodig." if stand.nodig else ""
    return _daad(
        request, rij, MomentForm(invoer(request)),
        lambda schoon: actions.open_vergadering(
            vergadering=rij, versie=versie_van(request), door=gebruiker, geopend_op=schoon["moment"]
        ),
        kop="Open de vergadering", knop="Open de vergadering", uitleg=uitleg,
        eerst=policies.mag_openen(rij), gevolgen=_te_vroeg(rij), gelukt="De vergadering is geopend.",
        vanuit=(Status.OPGEROEPEN,),
    )  # fmt: skip


def _zonder_besluit(rij: Vergadering) -> list[str]:
    """Geef in één zin bij welke punten nog niets is besloten waar dat wel te verwachten is; leeg is alles gedaan."""
    punten = list(
        rij.agendapunten.filter(vervallen_reden="", besluiten=None)
        .exclude(soort__in=(*ZONDER_BESLUIT, Puntsoort.OPENING, Puntsoort.RONDVRAAG))
        .order_by("volgorde")
    )
    besloten = agenda.uitkomsten(punten)
    open_ = [f"{p.volgorde}. {p.onderwerp}" for p in punten if p.pk not in besloten]
    if not open_:
        return []
    wat = "1 punt heeft" if len(open_) == 1 else f"{len(open_)} punten hebben"
    return [f"Let op: {wat} nog geen besluit: {'; '.join(open_)}. Een besluit vastleggen kan na de sluiting nog."]


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def sluit(request: HttpRequest, pk: int) -> HttpResponse:
    """Sluit de vergadering."""
    rij = laad(request, pk)
    gebruiker = wie(request)
    return _daad(
        request, rij, MomentForm(invoer(request)),
        lambda schoon: actions.sluit_vergadering(
            vergadering=rij, versie=versie_van(request), door=gebruiker, gesloten_op=schoon["moment"]
        ),
        kop="Sluit de vergadering", knop="Sluit de vergadering", eerst=policies.mag_sluiten(rij),
        gevolgen=["De agenda en de presentielijst liggen daarna vast.", *_zonder_besluit(rij), NA_SLUITEN],
        gelukt="De vergadering is gesloten.", vanuit=(Status.GEOPEND,),
    )  # fmt: skip


def _wie_er_is(rij: Vergadering) -> str:
    """Geef wie er volgens de presentielijst is, en hoeveel er nodig zijn."""
    stand = policies.quorum(rij)
    stemmers = rij.presenties.filter(aanwezig=True, stemhebbend=True).order_by("persoon__sorteersleutel")
    namen = list(stemmers.values_list("persoon__naam", flat=True))
    er = f"{len(namen)} van de {stand.zittend} ({', '.join(namen)})" if namen else "nog niemand"
    return f"Aanwezig volgens de presentielijst: {er}; {stand.nodig} zijn nodig. Laat eerst tekenen wie er wel is."


@voor_secretariaat
@require_http_methods(["GET", "HEAD", "POST"])
def geen_quorum(request: HttpRequest, pk: int) -> HttpResponse:
    """Leg vast dat er geen quorum was en plan de volgende oproeping."""
    rij = laad(request, pk)
    gebruiker = wie(request)
    volgende = min(rij.oproeping + 1, policies.LAATSTE_OPROEPING)
    gevolgen = [f"Dit wordt oproeping {volgende}; de agenda met de nummers gaat mee."]
    if volgende == policies.LAATSTE_OPROEPING:
        gevolgen.append(
            "Bij de derde oproeping gaat de vergadering door met elk aantal leden (Wet op de SER, art. 20)."
        )
    if rij.orgaan == Orgaan.RAAD:
        gevolgen.append("De leden horen over tien minuten de nieuwe dag; de oproeping zelf verstuurt u daarna.")

    def doe(schoon: dict[str, Any]) -> Vergadering:
        return actions.stel_ontbreken_quorum_vast(
            vergadering=rij, versie=versie_van(request), door=gebruiker, nieuwe_datum=schoon.pop("datum"), **schoon
        )

    begin = {"begin": rij.begin, "eind": rij.eind, "plaats": rij.plaats}
    return _daad(
        request, rij, GeenQuorumForm(invoer(request), initial=begin), doe,
        kop="Geen quorum", knop="Stel vast: geen quorum", gevolgen=[_wie_er_is(rij), *gevolgen],
        eerst=policies.mag_niet_doorgaan(rij), vanuit=(Status.OPGEROEPEN,),
        gelukt=lambda nieuw: " ".join(
            ["Vastgelegd. Dit is de volgende oproeping: roep de leden opnieuw op.", *ook_die_maand(nieuw)]
        ),
    )  # fmt: skip
