"""Het beginscherm van een lezer: wat er van mij gevraagd wordt, en wat ik kan lezen. Een vast aantal zoekvragen."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Subquery

from adviezen.enums import EINDSTANDEN, SoortVersie
from adviezen.models import Deelname, Leesstand, Opmerking, Versie
from adviezen.queries.lezen import hoedanigheid
from adviezen.queries.nieuw import Nieuw
from adviezen.queries.opmerkingen import nieuw_per_traject
from kern.tijd import vandaag
from vergaderingen.models import Presentie, Vergadering

if TYPE_CHECKING:
    from toegang.models import Gebruiker

# Zo dichtbij staat de eerstvolgende vergadering bovenaan.
BINNENKORT = timedelta(days=7)
# Wat een lijst van versies niet toont: een tekst kan een megabyte zijn, en een lijst tientallen teksten lang.
LANG = ("html", "inleesverslag")


@dataclass(frozen=True)
class TeLezen:
    """Een versie op de leeslijst, met of de lezer klaar is en hoeveel open opmerkingen er bij de tekst staan."""

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
        zichtbaar.filter(pk=Subquery(nieuwste))
        .select_related("traject__commissie", "vastgesteld_in")
        .defer(*LANG)
        .order_by("-pk")
    )
    standen = {s.versie_id: s for s in Leesstand.objects.filter(gebruiker=gebruiker, versie__in=rijen)}
    tellingen = _open_opmerkingen(gebruiker, rijen)
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
            tellingen[r.pk],
            tot.get(r.pk),
            nieuw.get(r.traject_id, Nieuw()),
            r.traject_id in nieuw and r.pk not in standen,
            hoedanigheid(r, gebruiker),
        )
        for r in rijen
    ]
    return sorted(uit, key=lambda t: (t.klaar, t.uiterlijk_op is None, t.uiterlijk_op or date.max))


def _open_opmerkingen(gebruiker: "Gebruiker", versies: list[Versie]) -> Counter[int]:
    """Geef per versie wat er nog open staat zoals de tekst het telt: ook wat van een eerdere versie meeloopt."""
    nieuwste = {v.traject_id: v.pk for v in versies}
    geschreven = (
        Opmerking.objects.zichtbaar_voor(gebruiker)
        .filter(versie__traject__in=nieuwste, antwoord_op__isnull=True, afgedaan_op__isnull=True)
        .values_list("versie__traject", "versie")
        .annotate(n=Count("pk", distinct=True))
    )
    uit: Counter[int] = Counter()
    for traject, versie, aantal in geschreven:
        if versie <= nieuwste[traject]:
            uit[nieuwste[traject]] += aantal
    return uit


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


def vergaderingen(gebruiker: "Gebruiker", aantal: int = 6) -> list[Vergadering]:
    """Geef de komende vergaderingen van deze lezer, vroegste eerst; `afgemeld` is waar hij zelf niet komt."""
    eigen = Presentie.objects.filter(vergadering=OuterRef("pk"), persoon__gebruiker=gebruiker, aanwezig=False)
    zichtbaar = (
        Vergadering.objects.zichtbaar_voor(gebruiker).select_related("commissie").annotate(afgemeld=Exists(eigen))
    )
    return list(zichtbaar.komend(vandaag())[:aantal])


def eerstvolgende(komend: list[Vergadering], dag: date) -> Vergadering | None:
    """Geef de eerste vergadering als zij binnen een week is; dan staat zij boven alles wat te lezen is."""
    eerste = next((v for v in komend if v.datum is not None), None)
    return eerste if eerste is not None and eerste.datum is not None and eerste.datum <= dag + BINNENKORT else None


def vastgesteld(gebruiker: "Gebruiker", aantal: int = 8) -> list[Versie]:
    """Geef de laatst vastgestelde teksten die deze lezer mag zien, nieuwste dag eerst, ook van afgeronde trajecten."""
    return list(
        Versie.objects.zichtbaar_voor(gebruiker)
        .filter(soort=SoortVersie.VASTGESTELD)
        .select_related("traject", "vastgesteld_in")
        .defer(*LANG)
        .order_by(F("vastgesteld_in__datum").desc(nulls_last=True), "-pk")[:aantal]
    )
