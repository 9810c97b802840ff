"""Van een waarschuwing naar het dossier waar de termijn over gaat, voor het postvak van wie haar ziet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from termijnen.models import Herinnering, Termijn

if TYPE_CHECKING:
    from berichten.models import Bericht
    from toegang.models import Gebruiker

MEESTE = 3


def namen(gebruiker: "Gebruiker", berichten: "Sequence[Bericht]") -> dict[int, str]:
    """Geef per bericht (pk) over welke dossiers zijn termijnen gaan, hoogstens drie bij naam. Twee zoekvragen."""
    nummers = [bericht.pk for bericht in berichten]
    paren = list(
        Herinnering.objects.filter(Q(bericht__in=nummers) | Q(overzichtregel__bericht__in=nummers))
        .order_by("pk")
        .values_list("bericht", "overzichtregel__bericht", "termijn")
    )
    if not paren:
        return {}
    zichtbaar = Termijn.objects.zichtbaar_voor(gebruiker).filter(pk__in={termijn for _, _, termijn in paren})
    van = dict(zichtbaar.values_list("pk", "object_naam"))
    uit: dict[int, list[str]] = {}
    for direct, in_overzicht, termijn in paren:
        dossiers = uit.setdefault(direct or in_overzicht, [])
        if van.get(termijn) and van[termijn] not in dossiers:
            dossiers.append(van[termijn])
    return {bericht: _opsomming(dossiers) for bericht, dossiers in uit.items() if dossiers}


def _opsomming(dossiers: list[str]) -> str:
    rest = len(dossiers) - MEESTE
    return "; ".join(dossiers[:MEESTE]) + (f"; en {rest} meer" if rest > 0 else "")
