"""Wat organisaties over het geheel zeiden, en namens wie: het hoort bij de verwerkingstabel, ook zonder punt erbij."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from adviezen.enums import Medestatus, Reactieoordeel, Reactiestatus
from adviezen.models import Adviestraject, Deelname, Medeondertekening, Reactie
from adviezen.standpunten import opsomming

if TYPE_CHECKING:
    from toegang.models import Gebruiker


def hang_namens(reacties: Iterable[Any], gebruiker: "Gebruiker") -> None:
    """Zet bij elke reactie `namens`: wie het nog meer zegt ("CNV en FNV Zelfstandigen"), of "". Twee zoekvragen.

    Eerst de organisaties in de ronde die zelf bevestigden, dan wie de organisatie er zelf bij schreef (regel 23). Wie
    wel de punten leest en niet de reactie (een kroonlid), leest dat niet.
    """
    rijen = list(reacties)
    zichtbaar = Reactie.objects.zichtbaar_voor(gebruiker).filter(pk__in={r.pk for r in rijen})
    leesbaar = set(zichtbaar.values_list("pk", flat=True))
    mede: dict[int, list[str]] = defaultdict(list)
    bevestigd = Medeondertekening.objects.filter(reactie__in=leesbaar, status=Medestatus.BEVESTIGD)
    for pk, naam in bevestigd.order_by("deelname__organisatie__naam").values_list(
        "reactie_id", "deelname__organisatie__naam"
    ):
        mede[pk].append(naam)
    for rij in rijen:
        eigen = [rij.mede_namens] if rij.mede_namens and rij.pk in leesbaar else []
        rij.namens = opsomming([*mede[rij.pk], *eigen])


def inbreng(traject: Adviestraject, gebruiker: "Gebruiker") -> list[Any]:
    """Geef de reacties die deze persoon leest, jongste ronde eerst en dan op naam; elk met `namens` en `punten`.

    `los` is waar als er een voorwaarde of bezwaar is en geen enkel punt: dan staat die reactie nergens in de tabel.
    """
    rijen: list[Any] = list(
        Reactie.objects.zichtbaar_voor(gebruiker)
        .filter(deelname__beraad__traject=traject)
        .exclude(status=Reactiestatus.CONCEPT)
        .select_related("deelname__organisatie", "deelname__beraad")
        .annotate(punten=Count("items", distinct=True))
        .order_by("-deelname__beraad__ronde", "deelname__organisatie__naam")
    )
    hang_namens(rijen, gebruiker)
    for rij in rijen:
        ingediend = rij.status == Reactiestatus.INGEDIEND
        rij.los = ingediend and rij.oordeel != Reactieoordeel.AKKOORD and not rij.punten
    return rijen


def zonder_reactie(traject: Adviestraject, gebruiker: "Gebruiker") -> list[str]:
    """Geef wie in een gesloten ronde niet reageerde en ook niet meetekende ("LTO (ronde 1)"), voor wie dat mag zien."""
    rijen = (
        Deelname.objects.zichtbaar_voor(gebruiker)
        .wachtend()
        .filter(beraad__traject=traject, beraad__gesloten_op__isnull=False)
        .select_related("organisatie", "beraad")
        .order_by("-beraad__ronde", "organisatie__naam")
    )
    return [f"{d.organisatie} (ronde {d.beraad.ronde})" for d in rijen]
