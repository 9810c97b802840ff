"""Het beginscherm van een lezer: wat er van mij gevraagd wordt, en wat ik kan lezen. Een vast aantal zoekvragen."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Subquery

from adviezen.enums import EINDSTANDEN, SoortVersie
from adviezen.models import Deelname, Leesstand, Opmerking, Versie
from adviezen.queries.lezen import hoedanigheid
from adviezen.queries.nieuw import Nieuw
from adviezen.queries.opmerkingen import nieuw_per_traject
from kern.tijd import vandaag
from vergaderingen.models import Vergadering

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@dataclass(frozen=True)
class TeLezen:
    """Een versie op de leeslijst, met of de lezer klaar is en hoeveel opmerkingen hij ziet."""

    versie: Versie
    gezien: bool
    klaar: bool
    opmerkingen: int
    uiterlijk_op: date | None
    nieuw: Nieuw = Nieuw()
    nieuwe_tekst: bool = False
    hoedanigheid: str = ""


def leeslijst(gebruiker: "Gebruiker") -> list[TeLezen]:
    """Geef van elk lopend traject de nieuwste versie die deze persoon mag lezen, wat nog moet eerst."""
    zichtbaar = Versie.objects.zichtbaar_voor(gebruiker).exclude(traject__stap__in=EINDSTANDEN)
    nieuwste = zichtbaar.filter(traject=OuterRef("traject")).order_by("-pk").values("pk")[:1]
    rijen = list(
        zichtbaar.filter(pk=Subquery(nieuwste)).select_related("traject__commissie", "vastgesteld_in").order_by("-pk")
    )
    standen = {s.versie_id: s for s in Leesstand.objects.filter(gebruiker=gebruiker, versie__in=rijen)}
    tellingen: dict[int, int] = dict(
        Opmerking.objects.zichtbaar_voor(gebruiker)
        .filter(versie__in=rijen, antwoord_op__isnull=True)
        .values_list("versie")
        .annotate(n=Count("pk", distinct=True))
    )
    tot = dict(
        Versie.objects.filter(pk__in=[r.pk for r in rijen])
        .filter(beraden__geopend_op__isnull=False, beraden__gesloten_op__isnull=True)
        .values_list("pk", "beraden__uiterlijk_op")
    )
    nieuw = nieuw_per_traject(gebruiker, rijen)
    uit = [
        TeLezen(
            r,
            r.pk in standen,
            r.pk in standen and standen[r.pk].klaar_op is not None,
            tellingen.get(r.pk, 0),
            tot.get(r.pk),
            nieuw.get(r.traject_id, Nieuw()),
            r.traject_id in nieuw and r.pk not in standen,
            hoedanigheid(r, gebruiker),
        )
        for r in rijen
    ]
    return sorted(uit, key=lambda t: (t.klaar, t.uiterlijk_op is None, t.uiterlijk_op or date.max))


def gevraagd(gebruiker: "Gebruiker") -> list[Deelname]:
    """Geef de open rondes waarin de eigen organisatie nog niet reageerde, eerst wat het eerst sluit."""
    zichtbaar = Deelname.objects.eigen(gebruiker).filter(
        beraad__geopend_op__isnull=False, beraad__gesloten_op__isnull=True
    )
    return list(
        zichtbaar.wachtend()
        .select_related("beraad__traject__commissie", "organisatie", "reactie", "contact")
        .order_by("beraad__uiterlijk_op", "organisatie__naam")
    )


def vergaderingen(gebruiker: "Gebruiker", aantal: int = 6) -> Any:
    """Geef de komende vergaderingen van deze lezer."""
    return Vergadering.objects.zichtbaar_voor(gebruiker).select_related("commissie").komend(vandaag())[:aantal]


def vastgesteld(gebruiker: "Gebruiker", aantal: int = 8) -> list[Versie]:
    """Geef de laatst vastgestelde teksten die deze lezer mag zien, ook van afgeronde trajecten."""
    return list(
        Versie.objects.zichtbaar_voor(gebruiker)
        .filter(soort=SoortVersie.VASTGESTELD)
        .select_related("traject", "vastgesteld_in")
        .order_by("-pk")[:aantal]
    )
