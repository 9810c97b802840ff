"""Leesvragen van de openbare bladzijden; alles op de views van het schema `publiek`."""

from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import Count, F, Max, Min, Q, QuerySet

from publiek.models import Advies, Thema, Traject
from publiek.verbinding import ALIAS

# De SER bracht volgens zijn eigen bronnen ongeveer zoveel adviezen uit (data/README.md).
ONGEVEER_UITGEBRACHT = 1000


def kort() -> QuerySet[Advies]:
    """Adviezen zonder de lange kolommen, nieuwste eerst."""
    return Advies.objects.defer("zoek", "zoek_kort", "html", "bestanden").order_by(
        F("datum").desc(nulls_last=True), F("jaar").desc(nulls_last=True), "-id"
    )


@dataclass(frozen=True)
class Dekking:
    """Hoeveel van het archief hier staat. Voorbeelden tellen niet mee."""

    aantal: int
    eerste: int | None
    laatste: int | None
    geheel: int = ONGEVEER_UITGEBRACHT


def dekking() -> Dekking:
    """Tel de echte adviezen en hun eerste en laatste jaar."""
    uit = Advies.objects.filter(voorbeeld=False).aggregate(n=Count("id"), eerste=Min("jaar"), laatste=Max("jaar"))
    return Dekking(uit["n"], uit["eerste"], uit["laatste"])


def themas() -> list[dict[str, Any]]:
    """Geef de thema's die voorkomen, met naam, slug en aantal, meest gebruikte eerst."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT a.slug, coalesce(t.naam, a.slug), a.aantal FROM (SELECT unnest(themas) AS slug, count(*) AS aantal "
            "FROM publiek.advies GROUP BY 1) a LEFT JOIN publiek.thema t ON t.slug = a.slug ORDER BY 3 DESC, 2"
        )
        return [{"slug": slug, "naam": naam, "aantal": aantal} for slug, naam, aantal in cursor.fetchall()]


def namen_van_themas() -> dict[str, str]:
    """Geef slug → naam van elk thema."""
    return dict(Thema.objects.values_list("slug", "naam"))


def verwante(advies: Advies, aantal: int = 4) -> list[Advies]:
    """Geef adviezen met de meeste gedeelde thema's, de dichtstbijzijnde in tijd eerst."""
    if not advies.themas:
        return []
    gelijk = list(kort().filter(themas__overlap=advies.themas, voorbeeld=advies.voorbeeld).exclude(pk=advies.pk)[:60])
    gelijk.sort(
        key=lambda a: (-len(set(a.themas) & set(advies.themas)), abs((a.jaar or 0) - (advies.jaar or 0)), a.kenmerk)
    )
    return gelijk[:aantal]


def met_reactie() -> QuerySet[Advies]:
    """Adviezen waarvan over de reactie van het kabinet iets bekend is."""
    return kort().filter(~Q(reactie__in=["niet_bekend", "geen"]))


def lopende_trajecten() -> QuerySet[Any]:
    """Trajecten die nog lopen, het verst gevorderde eerst."""
    return Traject.objects.filter(lopend=True).order_by("-volgnummer", "titel")
