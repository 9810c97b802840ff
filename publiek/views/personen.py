"""Wie iemand in de raad is of was: alleen wat openbaar is, met de bron van elke periode."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from commissies.enums import CommissieRol
from kern.tijd import datum_met_precisie, vandaag
from publiek.models import Benoeming, Bestuursfunctie, Commissielid, Nevenfunctie, Zittingsperiode
from publiek.views import openbaar
from publiek.views.raad import BIJZONDER, FUNCTIES
from raad.enums import Geleding, SoortBenoeming


def periode(van: date | None, tot: date | None, van_precisie: str = "dag", tot_precisie: str = "dag") -> str:
    """Geef "sinds …", "vanaf …" als het nog moet beginnen, of "van … tot …"; op `tot` geldt het niet meer."""
    begin = datum_met_precisie(van, van_precisie) if van else "onbekend"
    bekend = tot is not None and tot_precisie != "onbekend"
    eind = f", benoemd {_tot(tot, tot_precisie)}" if bekend else ""
    if van is not None and van > vandaag():
        return f"vanaf {begin}{eind}"
    if tot is None or tot > vandaag():
        return f"sinds {begin}{eind}"
    return f"van {begin} {_tot(tot, tot_precisie)}"


def _tot(tot: date | None, precisie: str) -> str:
    """Is alleen de maand of het jaar van het einde bekend, dan is `tot` de eerste dag erna: "tot en met 2013"."""
    if tot is not None and precisie in {"maand", "jaar"}:
        return f"tot en met {datum_met_precisie(tot - timedelta(days=1), precisie)}"
    return f"tot {datum_met_precisie(tot, precisie)}"


def _functies(functies: list[Bestuursfunctie], pk: int) -> list[tuple[str, str]]:
    """Geef elke functie met haar tijd: begint of eindigt zij met het lidmaatschap, dan even nauwkeurig als dat."""
    leden = list(Benoeming.objects.filter(persoon_id=pk)) if functies else []
    van, tot = {b.van: b.van_precisie for b in leden}, {b.tot: b.tot_precisie for b in leden}
    return [
        (FUNCTIES[f.functie], periode(f.van, f.tot, van.get(f.van, "dag"), tot.get(f.tot, "dag"))) for f in functies
    ]


def _benoemingen(pk: int) -> list[dict[str, Any]]:
    rijen = Benoeming.objects.filter(persoon_id=pk).select_related("zetel").order_by("-van", "-pk")
    return [
        {
            "wat": SoortBenoeming(b.soort).label if b.soort in SoortBenoeming.values else b.soort,
            "namens": b.zetel.organisatie or BIJZONDER.get(b.zetel.bijzonder, "de Kroon"),
            "geleding": Geleding(b.zetel.geleding).label,
            "wanneer": periode(b.van, b.tot, b.van_precisie, b.tot_precisie),
            "opmerking": b.opmerking,
            "dag": b.van,
            "nu": b.van <= vandaag() and (b.tot is None or b.tot > vandaag()),
        }
        for b in rijen
    ]


@openbaar
def persoon(request: HttpRequest, pk: int) -> HttpResponse:
    """Eén (oud-)lid van de raad of een commissie: zetels, functies en commissies door de tijd. Verder niets."""
    benoemingen = _benoemingen(pk)
    functies = list(Bestuursfunctie.objects.filter(persoon_id=pk).order_by("-van"))
    lidmaatschappen = list(
        Commissielid.objects.filter(persoon_id=pk).select_related("commissie").order_by("-van", "commissie__naam")
    )
    bron = Benoeming.objects.filter(persoon_id=pk).first()
    naam = (
        bron.persoon
        if bron
        else functies[0].persoon
        if functies
        else lidmaatschappen[0].persoon
        if lidmaatschappen
        else ""
    )
    if not naam:
        raise Http404
    merken = [*functies, *lidmaatschappen] if bron is None else [bron, *functies, *lidmaatschappen]
    voorbeeld = any(getattr(rij, "voorbeeld", False) for rij in merken)
    nu = Q(tot__isnull=True) | Q(tot__gt=vandaag())
    return render(
        request,
        "publiek/persoon.html",
        {
            "naam": naam,
            "voorbeeld": voorbeeld,
            "nu": any(b["nu"] for b in benoemingen),
            "komt": any(b["dag"] > vandaag() for b in benoemingen),
            "benoemingen": benoemingen,
            "functies": _functies(functies, pk),
            "nevenfuncties": Nevenfunctie.objects.filter(nu, persoon_id=pk, van__lte=vandaag()).order_by(
                "-betaald", "van"
            )
            if any(b["nu"] for b in benoemingen)
            else [],
            "commissies": [
                (lid.commissie, CommissieRol(lid.rol).label, periode(lid.van, lid.tot)) for lid in lidmaatschappen
            ],
        },
    )


@openbaar
def nevenfuncties(request: HttpRequest) -> HttpResponse:
    """Wat de leden en plaatsvervangers van vandaag naast de raad doen, op naam; wie niets opgaf, staat er ook."""
    dag = vandaag()
    nu = Q(van__lte=dag) & (Q(tot__isnull=True) | Q(tot__gt=dag))
    periode_ = Zittingsperiode.objects.filter(nu).order_by("-voorbeeld", "-van").first()
    zittend = Benoeming.objects.filter(nu, zetel__periode=periode_).select_related("zetel").order_by("sorteersleutel")
    per: dict[int, list[Nevenfunctie]] = {}
    for rij in Nevenfunctie.objects.filter(nu).order_by("-betaald", "functie", "id"):
        per.setdefault(rij.persoon_id, []).append(rij)
    return render(
        request,
        "publiek/nevenfuncties.html",
        {"periode": periode_, "regels": [(b, per.get(b.persoon_id, [])) for b in zittend], "dag": dag},
    )
