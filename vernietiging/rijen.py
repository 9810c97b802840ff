"""Wat er achter één post staat, voor wie erover beslist: zoveel als nodig om te herkennen, en niet meer.

Wat alleen van de lezer zelf is (waar hij bleef, wat hij voor zichzelf vond) en wie een stuk las, staat er zonder naam:
ook wie over vernietigen beslist, leest dat niet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from adviezen.models import Leesstand, Schrijfstand, VoorlopigStandpunt
from berichten.models import Bericht
from logboek.models import Inzage
from vernietiging.models import Post, Postrij


@dataclass(frozen=True)
class Rij:
    """Eén rij van een post: haar nummer, wat het is, en van wanneer. Zonder `op` is zij er niet meer."""

    nummer: int
    wat: str
    op: datetime | None


def _bericht(b: Bericht) -> tuple[str, datetime]:
    return f"“{b.onderwerp}”, aan {b.adres}", b.verstuurd_op or b.niet_voor


def _inzage(i: Inzage) -> tuple[str, datetime]:
    return f"iemand las {i.object_naam}", i.tijdstip


def _leesstand(s: Leesstand) -> tuple[str, datetime]:
    return f"waar een lezer bleef in {s.versie}", s.gezien_op


def _schrijfstand(s: Schrijfstand) -> tuple[str, datetime]:
    return f"tekst die {s.auteur.naam} onderweg bewaarde", s.bewaard_op


def _standpunt(s: VoorlopigStandpunt) -> tuple[str, datetime]:
    return f"wat een lezer voor zichzelf vond van {s.versie}", s.aangemaakt_op


# Per regel: waar de rijen staan, en hoe een rij heet.
SOORTEN: dict[str, tuple[Callable[[], QuerySet[Any]], Callable[[Any], tuple[str, datetime]]]] = {
    "berichten": (lambda: Bericht.objects.select_related("ontvanger"), _bericht),
    "inzagen": (lambda: Inzage.objects.all(), _inzage),
    "leesstanden": (lambda: Leesstand.objects.select_related("versie__traject"), _leesstand),
    "schrijfstanden": (lambda: Schrijfstand.objects.select_related("auteur"), _schrijfstand),
    "eigen_standpunten": (lambda: VoorlopigStandpunt.objects.select_related("versie__traject"), _standpunt),
}


def nummers(post: Post) -> QuerySet[Postrij]:
    """Geef de nummers van de rijen van een post, op volgorde; om doorheen te bladeren."""
    return Postrij.objects.filter(post=post).order_by("object_id")


def beschrijf(post: Post, stuk: list[Postrij]) -> list[Rij]:
    """Geef deze rijen in woorden, in dezelfde volgorde; twee zoekvragen, hoeveel het er ook zijn."""
    if post.regel not in SOORTEN:
        return [Rij(r.object_id, "", None) for r in stuk]
    alle, woorden = SOORTEN[post.regel]
    gevonden = {rij.pk: woorden(rij) for rij in alle().filter(pk__in=[r.object_id for r in stuk])}
    return [Rij(r.object_id, *gevonden.get(r.object_id, ("", None))) for r in stuk]
