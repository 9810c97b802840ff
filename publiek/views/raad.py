"""De raad op elke dag, en de commissies."""

import re
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from commissies.enums import CommissieRol, SoortCommissie
from kern.componenten import Halfrond, Zetelplek
from kern.tijd import datum_met_precisie, vandaag
from publiek.models import (
    Advies,
    Benoeming,
    Bestuursfunctie,
    Commissie,
    Commissielid,
    Traject,
    Zetel,
    Zittingsperiode,
)
from publiek.queries import in_een_regel, kort
from publiek.views import openbaar
from publiek.zoekvraag import Zoekvraag
from raad.enums import Geleding, Voorzittersfunctie

DAG_EERST = re.compile(r"(\d\d)[-/.](\d\d)[-/.](\d{4})")  # zoals men een dag hier schrijft: 16-03-2023
EERSTE_DAG = date(1950, 1, 1)
MEESTE_ADVIEZEN = 200  # op de bladzijde van een commissie; de rest staat achter "Zoek in deze adviezen"
FUNCTIES = {**dict(Voorzittersfunctie.choices), "dagelijks_bestuur": "lid van het dagelijks bestuur"}
BIJZONDER = {"dnb": "De Nederlandsche Bank", "cpb": "Centraal Planbureau"}


def geldt(dag: date) -> Q:
    """Voorwaarde: het tijdvak [van, tot) omvat deze dag."""
    return Q(van__lte=dag) & (Q(tot__isnull=True) | Q(tot__gt=dag))


def lees_dag(tekst: str) -> tuple[date, str]:
    """Geef de gevraagde dag, of vandaag met een melding als de tekst geen dag is."""
    tekst = "".join(c for c in tekst if c.isprintable()).strip()[:20]
    if not tekst:
        return vandaag(), ""
    try:
        dag = date.fromisoformat("-".join(reversed(m.groups())) if (m := DAG_EERST.fullmatch(tekst)) else tekst)
    except ValueError:
        return vandaag(), f"“{tekst}” is geen datum. Schrijf een dag als 2023-03-16. U ziet de raad van vandaag."
    laatste = date(vandaag().year + 10, 12, 31)
    if not EERSTE_DAG <= dag <= laatste:
        kan = f"Kies een dag van {EERSTE_DAG.year} tot en met {laatste.year}"
        return vandaag(), f"“{tekst}” valt buiten dit archief. {kan}. U ziet de raad van vandaag."
    return dag, ""


@openbaar
def raad(request: HttpRequest) -> HttpResponse:
    """De zetels als halfrond en als tabel, op elke dag (`?op=`). Onbekende namen blijven onbekend."""
    dag, melding = lees_dag(request.GET.get("op", ""))
    periode = Zittingsperiode.objects.filter(geldt(dag)).order_by("-voorbeeld", "-van").first()
    context: dict[str, Any] = {
        "dag": dag,
        "melding": melding,
        "periode": periode,
        "perioden": Zittingsperiode.objects.order_by("-van"),
        "is_vandaag": dag == vandaag(),
    }
    if periode:
        context |= _bezetting(periode, dag)
    return render(request, "publiek/raad.html", context)


def _bezetting(periode: Zittingsperiode, dag: date) -> dict[str, Any]:
    zetels = list(Zetel.objects.filter(geldt(dag), periode=periode).order_by("nummer"))
    benoemingen = list(
        Benoeming.objects.filter(geldt(dag), zetel__in=[z.pk for z in zetels]).order_by("sorteersleutel")
    )
    per_zetel: dict[int, dict[str, Benoeming]] = {}
    for b in benoemingen:
        per_zetel.setdefault(b.zetel_id, {})[b.soort] = b
    plekken = []
    for zetel in zetels:
        bezet = per_zetel.get(zetel.pk, {})
        lid = bezet.get("lid") or bezet.get("onbekend")
        vervanger = bezet.get("plaatsvervanger")
        toelichting = [f"plaatsvervanger {vervanger.persoon}"] if vervanger else []
        if lid and lid.soort == "onbekend":
            toelichting.append("lid of plaatsvervanger, dat is niet bekend")
        plekken.append(
            Zetelplek(
                nummer=zetel.nummer,
                geleding=zetel.geleding,
                organisatie=zetel.organisatie or BIJZONDER.get(zetel.bijzonder, "de Kroon"),
                naam=lid.persoon if lid else "",
                toestand="bezet" if lid else ("leeg" if periode.volledig else "onbekend"),
                toelichting="; ".join(toelichting),
                url=f"/raad/personen/{lid.persoon_id}/" if lid else "",
            )
        )
    bestuur = Bestuursfunctie.objects.filter(geldt(dag), voorbeeld=periode.voorbeeld).order_by("sorteersleutel")
    verdeling = periode.verdelingen.filter(vanaf__lte=dag).order_by("-vanaf").first()
    bekend = sum(1 for p in plekken if p.naam)
    return {
        "halfrond": Halfrond(plekken, titel="De raad") if plekken else None,
        "zetels": len(zetels),
        "bekend": bekend,
        "verdeling": verdeling,
        "voorzitters": [
            (FUNCTIES[b.functie], b) for naam in Voorzittersfunctie.values for b in bestuur if b.functie == naam
        ],
        "bestuur": [b for b in bestuur if b.functie == "dagelijks_bestuur"],
        "geledingen": [(naam, sum(1 for z in zetels if z.geleding == code)) for code, naam in Geleding.choices],
    }


@openbaar
def commissies(request: HttpRequest) -> HttpResponse:
    """Alle commissies per soort, met het aantal adviezen in dit archief."""
    aantallen = dict(Advies.objects.exclude(commissie="").values_list("commissie").annotate(n=Count("id")))
    per: dict[str, list[Any]] = {}
    for commissie in Commissie.objects.order_by(F("opgeheven_op").asc(nulls_first=True), "sorteersleutel"):
        naam = SoortCommissie(commissie.soort).label
        per.setdefault(naam, []).append((commissie, aantallen.get(commissie.slug, 0)))
    volgorde = [soort.label for soort in SoortCommissie if soort.label in per]
    return render(request, "publiek/commissies.html", {"per": [(naam, per[naam]) for naam in volgorde]})


@openbaar
def commissie(request: HttpRequest, slug: str) -> HttpResponse:
    """Eén commissie: taak, leden van vandaag, adviezen."""
    rij = Commissie.objects.filter(slug=slug).first()
    if rij is None:
        raise Http404
    adviezen = list(kort().filter(commissie=slug)[: MEESTE_ADVIEZEN + 1])
    alle = adviezen
    if len(adviezen) > MEESTE_ADVIEZEN:  # de zin telt ook wat niet op de bladzijde past
        alle = list(Advies.objects.filter(commissie=slug).only("oordeel", "reactie", "jaar"))
    leden = list(Commissielid.objects.filter(geldt(vandaag()), commissie=rij))
    rollen = [(CommissieRol(rol).label, [lid for lid in leden if lid.rol == rol]) for rol in CommissieRol.values]
    return render(
        request,
        "publiek/commissie.html",
        {
            "commissie": rij,
            "soort": SoortCommissie(rij.soort).label,
            "rollen": [(naam, groep) for naam, groep in rollen if groep],
            "adviezen": adviezen[:MEESTE_ADVIEZEN],
            "cijfers": in_een_regel(alle),
            "lopend": Traject.objects.filter(lopend=True, commissie_slug=slug).order_by("-volgnummer", "titel"),
            "kern": Zoekvraag(commissie=(slug,)).kern(),
            "ingesteld": datum_met_precisie(rij.ingesteld_op, rij.ingesteld_precisie) if rij.ingesteld_op else "",
        },
    )
