"""Wie ziet wat van een organisatie in een ronde, wie er gehoord is, en wat kroonleden lezen; hoort bij `zicht`."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from adviezen.models.blik import NIETS, Blik, bij
from adviezen.models.zicht import Zichtbaar, _model, deelname_zicht


class MeelezerQuerySet(Zichtbaar):
    """Wie meeleest weet de eigen organisatie, en de meelezer zelf; niet het secretariaat."""

    def _zicht(self, b: Blik) -> Q:
        deelnames = _model("Deelname").objects.filter(
            deelname_zicht(b), beraad=OuterRef("beraad"), organisatie=OuterRef("organisatie")
        )
        return Q(gebruiker=b.pk) | Q(Exists(deelnames))


class IndieningQuerySet(Zichtbaar):
    """Eerdere indieningen leest alleen de eigen organisatie: teruggenomen is teruggenomen."""

    def _zicht(self, b: Blik) -> Q:
        return deelname_zicht(b, "reactie__deelname__")


class MedeQuerySet(Zichtbaar):
    """Beide organisaties; het secretariaat en de commissie zien het bij de ingediende reactie.

    De deelnames staan in een eigen zoekvraag: twee keer de weg naar het traject in één zoekvraag kostte seconden.
    """

    def _zicht(self, b: Blik) -> Q:
        deelnames = _model("Deelname").objects
        eigen = deelnames.filter(deelname_zicht(b)).values("pk")
        uit = Q(deelname__in=eigen) | Q(reactie__deelname__in=eigen)
        verzonden = Q(reactie__status="ingediend")
        if b.staf:
            return uit | verzonden
        if not b.lid_van:
            return uit
        in_commissie = deelnames.filter(beraad__traject__commissie__in=b.lid_van).values("pk")
        return uit | verzonden & Q(reactie__deelname__in=in_commissie)


class KnelpuntberichtQuerySet(Zichtbaar):
    """Zoals het knelpunt zelf: de eigen organisatie en het secretariaat."""

    def _zicht(self, b: Blik) -> Q:
        return Q() if b.staf else deelname_zicht(b, "knelpunt__deelname__")


def inspraak_zicht(b: Blik, pad: str = "") -> Q:
    """Het secretariaat, de hele commissie en de kroonleden; wat openbaar wordt, staat bij het advies."""
    if b.staf or b.kroonlid or b.kroon_plaatsvervanger:
        return Q()
    return bij(f"{pad}traject__commissie", b.lid_van | b.meedenker_in)


class InspraakQuerySet(Zichtbaar):
    """Zie `inspraak_zicht`."""

    def _zicht(self, b: Blik) -> Q:
        return inspraak_zicht(b)


class GehoordeQuerySet(Zichtbaar):
    """Zie `inspraak_zicht`."""

    def _zicht(self, b: Blik) -> Q:
        return inspraak_zicht(b, "inspraak__")


class KroonledenQuerySet(Zichtbaar):
    """Voortgangsrapportages en het kroonledenoverleg: kroonleden, hun plaatsvervangers en het secretariaat."""

    def _zicht(self, b: Blik) -> Q:
        return Q() if b.staf or b.kroonlid or b.kroon_plaatsvervanger else NIETS
