"""Wat een punt in de tekst veranderde, voor wie die tekst lezen mag.

De verwerking van een punt wijst een versie aan. Zolang de commissie schrijft is dat haar stuk (SER-Wijzer 28): wie
leest, ziet de nieuwe woorden in de eerste versie vanaf daar die hij zelf mag openen, en anders oordeel en reden.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from adviezen.enums import SoortVersie
from adviezen.models import Adviestraject, Versie, Verwerking
from adviezen.queries.ontwerp import advies_is_openbaar, sleutel
from adviezen.queries.vergelijken import naar_blok, stukken_van
from kern.tijd import nu
from publicatie.queries import openbaar

if TYPE_CHECKING:
    from toegang.models import Gebruiker


def eerste_vanaf(versie: int | None, leesbare: Sequence[Versie]) -> Versie | None:
    """Geef de eerste van deze versies (oudste eerst) die `versie` (pk) is of daarna kwam."""
    return None if versie is None else next((v for v in leesbare if v.pk >= versie), None)


def leesbare_versies(traject: Adviestraject, gebruiker: "Gebruiker") -> list[Versie]:
    """Geef de versies die deze persoon mag lezen, met die intussen openbaar zijn, oudste eerst en zonder hun tekst.

    Een coördinator leest na het witte alleen wat openbaar werd: het ontwerpadvies van de raad, en het advies zelf.
    """
    ontwerp = openbaar(nu()).filter(sleutel=sleutel(traject)).values_list("metadata__hash", flat=True)
    buiten = Q(soort__in=[SoortVersie.WIT, SoortVersie.GROEN], hash__in=list(ontwerp))
    if advies_is_openbaar(traject):  # onder embargo is het al aangeboden, en leest een organisatie het nog niet
        buiten |= Q(soort=SoortVersie.VASTGESTELD)
    eigen = Versie.objects.zichtbaar_voor(gebruiker).filter(traject=traject).values("pk")
    rijen = Versie.objects.filter(Q(pk__in=eigen) | buiten, traject=traject)
    return list(rijen.select_related("vastgesteld_in").defer("html").order_by("pk"))


def leesbaar(besluit: Verwerking | None, leesbare: Sequence[Versie]) -> Versie | None:
    """Geef de versie waarin deze lezer het antwoord kan lezen, of None."""
    if besluit is None or not besluit.antwoord_blok:
        return None
    return eerste_vanaf(besluit.antwoord_versie_id, leesbare)


def hang_antwoorden(punten: Iterable[Any], leesbare: Sequence[Versie]) -> None:
    """Zet bij elk punt (met `besluit`) `antwoord`, de versie, en `delen`, wat er sinds de witte versie veranderde.

    `delen` is leeg als er geen passage is aangewezen, de lezer haar nog niet mag lezen, of zij niet veranderde.
    """
    for punt in punten:
        punt.antwoord = leesbaar(punt.besluit, leesbare)
        wit = punt.reactie.deelname.beraad.versie
        punt.delen = (
            stukken_van(naar_blok(wit, punt.antwoord, punt.besluit.antwoord_blok))
            if punt.antwoord is not None and wit is not None
            else []
        )
