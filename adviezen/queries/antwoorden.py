"""Wat een punt in de tekst veranderde, voor wie die tekst lezen mag.

De verwerking van een punt wijst een versie aan. Zolang de commissie schrijft is dat haar stuk (SER-Wijzer 28): wie
leest, ziet de nieuwe woorden in de eerste versie vanaf daar die hij zelf mag openen, en anders oordeel en reden.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from adviezen.enums import SoortVersie
from adviezen.models import Adviestraject, Versie, Verwerking
from adviezen.queries.ontwerp import advies_is_openbaar, sleutel
from adviezen.queries.vergelijken import per_blok, stukken_van
from kern.tijd import nu
from kern.vergelijk import Regel
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


def deel_witte_versies(punten: Iterable[Any]) -> None:
    """Geef alle punten van een ronde dezelfde witte versie, in één zoekvraag.

    Haar tekst kan een megabyte zijn; bij elk punt apart is dat bij duizend punten een gigabyte.
    """
    ronden = [punt.reactie.deelname.beraad for punt in punten]
    versies = Versie.objects.in_bulk({ronde.versie_id for ronde in ronden if ronde.versie_id is not None})
    for ronde in ronden:
        ronde.versie = versies.get(ronde.versie_id)


def hang_antwoorden(punten: Iterable[Any], leesbare: Sequence[Versie]) -> None:
    """Zet bij elk punt (met `besluit`) `antwoord`, de versie, en `delen`, wat er sinds de witte versie veranderde.

    `delen` is leeg als er geen passage is aangewezen, de lezer haar nog niet mag lezen, of zij niet veranderde.
    """
    regels: dict[tuple[int, int], Mapping[str, list[Regel]]] = {}
    for punt in punten:
        punt.antwoord, punt.delen = leesbaar(punt.besluit, leesbare), []
        wit = punt.reactie.deelname.beraad.versie
        if punt.antwoord is None or wit is None:
            continue
        paar = (wit.pk, punt.antwoord.pk)
        if paar not in regels:
            regels[paar] = per_blok(wit, punt.antwoord)
        punt.delen = stukken_van(regels[paar].get(punt.besluit.antwoord_blok, []))
