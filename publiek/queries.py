"""Leesvragen van de openbare bladzijden; alles op de views van het schema `publiek`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connections
from django.db.models import F, Model, Q, QuerySet

from publicatie.scans import zonder_scan
from publiek.kaart import KAARTEN, Kaart
from publiek.models import Advies, Thema, Traject, VorigeUitgave
from publiek.verbinding import ALIAS

Rij = TypeVar("Rij", bound=Model)
# De SER bracht volgens zijn eigen bronnen ongeveer zoveel adviezen uit (data/README.md).
ONGEVEER_UITGEBRACHT = 1000


def kort() -> QuerySet[Advies]:
    """Adviezen zonder de lange kolommen, nieuwste eerst."""
    return Advies.objects.defer("zoek", "zoek_kort", "html", "bestanden").order_by(
        F("datum").desc(nulls_last=True), F("jaar").desc(nulls_last=True), "-id"
    )


@dataclass(frozen=True)
class Dekking:
    """Hoeveel van het archief hier staat. Voorbeelden tellen niet mee; `voorbeelden` zegt hoeveel dat er zijn."""

    aantal: int
    eerste: int | None
    laatste: int | None
    voorbeelden: int = 0
    geheel: int = ONGEVEER_UITGEBRACHT


def dekking(kaart: Kaart | None = None) -> Dekking:
    """Tel de echte adviezen en hun eerste en laatste jaar. `kaart`: die van deze leestransactie, als u haar al hebt."""
    kaart = kaart or _kaart()
    jaren = kaart.jaren(kaart.echt)
    eerste, laatste = (jaren[0], jaren[-1]) if jaren else (None, None)
    return Dekking(kaart.echt.bit_count(), eerste, laatste, (kaart.alle & ~kaart.echt).bit_count())


def _kaart() -> Kaart:
    with connections[ALIAS].cursor() as cursor:
        return KAARTEN.geef(cursor)


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


def namen_van_keuzes() -> dict[str, dict[str, str]]:
    """Geef per filter waarde → naam."""
    return _kaart().namen


def in_een_regel(adviezen: Sequence[Advies]) -> str:
    """Geef de cijfers van deze adviezen als één zin; wat niet bekend is staat er als niet bekend."""
    if not adviezen:
        return ""
    unaniem = sum(a.oordeel == "unaniem" for a in adviezen)
    verdeeld = sum(a.oordeel == "verdeeld" for a in adviezen)
    gereageerd = sum(a.reactie in {"op_tijd", "later", "ontvangen"} for a in adviezen)
    jaren = sorted(a.jaar for a in adviezen if a.jaar)
    tijd = f", {jaren[0]}–{jaren[-1]}" if jaren and jaren[0] != jaren[-1] else ""
    rest = len(adviezen) - unaniem - verdeeld
    oordeel = f"{unaniem} unaniem, {verdeeld} verdeeld, van {rest} niet bekend"
    return f"{len(adviezen)} in dit archief{tijd}. {oordeel}. Van {gereageerd} kennen wij de reactie van het kabinet."


def een(rijen: "QuerySet[Rij]", kenmerk: str) -> Rij | None:
    """Geef de ene rij met dit kenmerk, of None. Er is er nooit meer dan een, dus er valt niets te sorteren.

    Met een volgorde erbij loopt PostgreSQL liever alle adviezen in die volgorde langs dan de index op het kenmerk.
    """
    return next(iter(rijen.filter(kenmerk=kenmerk).order_by()), None)


def rond(kenmerk: str) -> set[str]:
    """Geef wat er bij een advies vastligt, als namen van openbare modellen ("klok", "toezegging", …): één zoekvraag.

    Wie daarna alleen vraagt naar wat er is, doet er een stuk of acht minder.
    """
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT publiek.rond_advies(%s)", [kenmerk])
        return set(cursor.fetchone()[0])


@dataclass(frozen=True)
class Verwant:
    """Wat er eerder en later over hetzelfde onderwerp verscheen, elk de best passende eerst."""

    eerder: list[Advies]
    later: list[Advies]


KANDIDATEN = 100  # zoveel adviezen met hetzelfde thema worden vergeleken, de dichtstbijzijnde in de tijd
VERWANT = """
WITH zelf AS (SELECT id, titel, themas, voorbeeld, coalesce(datum, make_date(coalesce(jaar, 1950), 7, 1)) AS op
              FROM publiek.advies WHERE id = %(id)s),
kandidaat AS (
  SELECT a.id, a.titel, a.themas, coalesce(a.datum, make_date(coalesce(a.jaar, 1950), 7, 1)) AS op
  FROM publiek.advies a WHERE a.id = ANY(%(dichtbij)s)
  UNION
  (SELECT a.id, a.titel, a.themas, coalesce(a.datum, make_date(coalesce(a.jaar, 1950), 7, 1))
   FROM publiek.advies a, zelf z
   WHERE %(ook_titels)s AND lower(a.titel) %% lower(z.titel) AND a.id <> z.id AND a.voorbeeld = z.voorbeeld LIMIT 40))
SELECT k.id, k.op < z.op AS eerder FROM kandidaat k, zelf z
ORDER BY (SELECT count(*) FROM unnest(k.themas) t WHERE t = ANY(z.themas))
         + 4 * similarity(lower(k.titel), lower(z.titel)) - abs(k.op - z.op) / 36500.0 DESC, k.id
"""


def verwante(advies: Advies, aantal: int = 3) -> Verwant:
    """Geef wat eerder en later over hetzelfde verscheen: gedeelde thema's, gelijkende titel, dichtbij in de tijd.

    Titels buiten de thema's tellen mee zolang de thema's zelf niet al genoeg geven: alle titels vergelijken kost bij
    honderdduizend adviezen een kwart seconde.
    """
    with connections[ALIAS].cursor() as cursor:
        dichtbij = KAARTEN.geef(cursor).dichtbij(advies.pk, advies.themas, KANDIDATEN)
        ook_titels = len(dichtbij) < KANDIDATEN
        cursor.execute(VERWANT, {"id": advies.pk, "dichtbij": dichtbij, "ook_titels": ook_titels})
        gevonden = cursor.fetchall()
    eerder = [pk for pk, ervoor in gevonden if ervoor][:aantal]
    later = [pk for pk, ervoor in gevonden if not ervoor][:aantal]
    rijen = kort().defer("reactie").in_bulk(eerder + later)  # de stand rekent de database anders voor elk advies uit
    return Verwant([rijen[pk] for pk in eerder if pk in rijen], [rijen[pk] for pk in later if pk in rijen])


def met_reactie() -> QuerySet[Advies]:
    """Adviezen waarvan over de reactie van het kabinet iets bekend is."""
    return kort().filter(~Q(reactie__in=["niet_bekend", "geen"]))


def lopende_trajecten() -> QuerySet[Any]:
    """Trajecten die nog lopen, het verst gevorderde eerst."""
    return Traject.objects.filter(lopend=True).order_by("-volgnummer", "titel")


def vorige_uitgaven(advies: Advies) -> list[VorigeUitgave]:
    """Geef de eerdere uitgaven van dit advies, de laatste eerst.

    Kwam er alleen een scan van toen bij, dan is er niets verbeterd en is dat geen uitgave; wat erna nog verbeterd
    werd, gold dan vanaf het begin ervan. Ook een scan die is weggehaald, maakt van wat ervoor stond geen uitgave.
    """
    rijen = VorigeUitgave.objects.filter(kenmerk=advies.kenmerk).order_by("-tot")
    uitgaven = list(rijen.defer("html", "metadata"))
    if "scan" not in advies.metadata and not any(uitgave.ingetrokken for uitgave in uitgaven):
        return uitgaven
    uit: list[VorigeUitgave] = []
    later = (advies.titel, *zonder_scan(advies.html, advies.metadata, []))
    for uitgave in rijen:
        if uitgave.ingetrokken:
            uit.append(uitgave)
            continue
        zelf = (uitgave.titel, *zonder_scan(uitgave.html, uitgave.metadata, []))
        if zelf != later:
            uit.append(uitgave)
        elif uit and not uit[-1].ingetrokken:
            uit[-1].vanaf = uitgave.vanaf
        later = zelf
    return uit
