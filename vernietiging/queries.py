"""Wat er weg mag, en wat er op een lijst staat."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from vernietiging import sql
from vernietiging.enums import OPEN, Stand
from vernietiging.models import Post, Vernietigingslijst
from vernietiging.regels import BLIJFT, REGELS, VANZELF, Regel


def geteld(regel: Regel, dag: date) -> int:
    """Geef hoeveel rijen van deze regel op `dag` weg mogen."""
    if not regel.termijn:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(sql.telling(regel.naam), {"maanden": regel.termijn, "dag": dag})
        return int(cursor.fetchone()[0])


def veranderd(lijst: Vernietigingslijst, regels: dict[str, Regel]) -> list[Post]:
    """Geef de posten die niet meer zijn wat er op de lijst staat: een rij is weg, anders, of mag niet meer weg.

    Dat laatste ook als de beheerder intussen instelde dat deze soort nooit weggaat.
    """
    uit = []
    with connection.cursor() as cursor:
        for post in lijst.posten.filter(uitgezonderd_tot__isnull=True):
            regel = regels.get(post.regel)
            if regel is None or not regel.termijn:
                uit.append(post)
                continue
            cursor.execute(
                sql.nakijken(regel.naam),
                {"maanden": post.maanden, "dag": lijst.peildag, "post": post.pk},
            )
            if tuple(cursor.fetchone()) != (post.aantal, post.hash):
                uit.append(post)
    return uit


def bereiken(lijst: Vernietigingslijst) -> list[list[int]]:
    """Geef van elke post met leeslog het bereik (boven, tot en met) van haar zegels, voor het nakijken van de keten."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.id, min(z.vanaf_id), max(z.tot_en_met_id) FROM vernietiging_post p
            JOIN vernietiging_postrij r ON r.post_id = p.id
            JOIN logboek_inzagezegel z ON r.object_id > z.vanaf_id AND r.object_id <= z.tot_en_met_id
            WHERE p.lijst_id = %s AND p.tabel = 'logboek_inzage' AND p.uitgezonderd_tot IS NULL
            GROUP BY p.id ORDER BY p.id
            """,
            [lijst.pk],
        )
        return [[van, tot] for _, van, tot in cursor.fetchall()]


def open_lijst() -> Vernietigingslijst | None:
    """Geef de lijst die op een besluit wacht."""
    return Vernietigingslijst.objects.filter(stand__in=OPEN).first()


def lijsten() -> "QuerySet[Vernietigingslijst]":
    """Geef alle lijsten, nieuwste eerst, met het aantal rijen dat telt."""
    return Vernietigingslijst.objects.annotate(
        rijen=Sum("posten__aantal", filter=Q(posten__uitgezonderd_tot__isnull=True)),
        groepen=Count("posten", filter=Q(posten__uitgezonderd_tot__isnull=True)),
    ).order_by("-pk")


@dataclass(frozen=True)
class Soort:
    """Een regel op het scherm, met hoeveel er nu weg mag."""

    regel: Regel
    rijp: int


def soorten(dag: date) -> list[Soort]:
    """Geef elke regel met hoeveel er op `dag` weg mag."""
    return [Soort(regel, geteld(regel, dag)) for regel in REGELS]


def overzicht() -> dict[str, Any]:
    """Geef wat vanzelf gaat en wat altijd blijft, met de ingestelde dagen."""
    dagen = {"INTERNE_NOTITIES_DAGEN": settings.INTERNE_NOTITIES_DAGEN}
    return {"vanzelf": [(wat, wanneer.format(**dagen), hoe) for wat, wanneer, hoe in VANZELF], "blijft": BLIJFT}


@dataclass(frozen=True)
class Kop:
    """De posten van één soort op een lijst."""

    titel: str
    waarom: str
    grond: str
    maanden: int
    begint: str
    posten: tuple[Post, ...]

    @property
    def aantal(self) -> int:
        """Geef hoeveel rijen er van deze soort tellen."""
        return sum(p.aantal for p in self.posten if p.uitgezonderd_tot is None)


def koppen(lijst: Vernietigingslijst) -> list[Kop]:
    """Geef de posten per soort, in de volgorde van de regels."""
    posten = list(lijst.posten.all())
    uit = []
    for regel in REGELS:
        eigen = tuple(p for p in posten if p.regel == regel.naam)
        if eigen:
            uit.append(Kop(eigen[0].titel, regel.waarom, eigen[0].grond, eigen[0].maanden, regel.begint, eigen))
    return uit


def wacht_op_mij(lijst: Vernietigingslijst | None, gebruiker_pk: int) -> bool:
    """Geef of deze persoon nu de volgende kan zijn: goedkeuren, of bevestigen wat een ander goedkeurde."""
    if lijst is None:
        return False
    return lijst.stand == Stand.VOORGESTELD or lijst.goedgekeurd_door_id != gebruiker_pk
