"""Elke gesloten stemming opnieuw tellen: uit de stemmen, het besluit en het logboek, dat niemand kan wijzigen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from logboek.models import Gebeurtenis
from vergaderingen.enums import Rondesoort
from vergaderingen.models import Stem, Stembriefje, Stemronde

Telling = tuple[int, ...]
KEUZES = ("voor", "tegen", "blanco")


def klopt_niet() -> list[str]:
    """Geef in woorden elke stemming waarvan stemmen, besluit en logboek elkaar tegenspreken; leeg als alles klopt.

    Bij briefjes en peilingen staat nergens wie wat stemde (regel 32); daar tellen alleen de totalen.
    """
    rondes = Stemronde.objects.filter(gesloten_op__isnull=False, ingetrokken_reden="").select_related("besluit")
    stemmen: dict[int, dict[int, str]] = {}
    for ronde, zetel, keuze in Stem.objects.values_list("ronde", "zetel", "keuze"):
        stemmen.setdefault(ronde, {})[zetel] = keuze
    briefjes = Counter(Stembriefje.objects.values_list("ronde", flat=True))
    gelogd, gesloten = _uit_logboek()
    return [
        f"stemming {ronde.pk} ({ronde.vraag[:80]}): {fout}"
        for ronde in rondes.order_by("pk")
        for fout in _fouten(
            ronde, stemmen.get(ronde.pk, {}), briefjes[ronde.pk], gelogd.get(ronde.pk, {}), gesloten.get(ronde.pk)
        )
    ]


def _uit_logboek() -> tuple[dict[int, dict[int, str]], dict[int, Telling]]:
    """Geef per ronde de laatste gelogde keuze van elke zetel, en de telling bij het sluiten."""
    gelogd: dict[int, dict[int, str]] = {}
    gesloten: dict[int, Telling] = {}
    soorten = ("vergaderingen.leg_stem_vast", "vergaderingen.sluit_stemronde")
    regels = Gebeurtenis.objects.filter(soort__in=soorten).order_by("pk").values_list("soort", "gegevens")
    for soort, g in regels.iterator():
        if soort == soorten[1]:
            gesloten[g["ronde"]] = tuple(g[k] for k in KEUZES)
        elif "keuze" in g:
            gelogd.setdefault(g["ronde"], {})[g["zetel"]] = g["keuze"]
    return gelogd, gesloten


def _fouten(
    ronde: Stemronde, stemmen: dict[int, str], briefjes: int, gelogd: dict[int, str], vast: Telling | None
) -> Iterator[str]:
    som = _telling(ronde)
    if ronde.soort == Rondesoort.BRIEFJES:
        if sum(som) != briefjes:
            yield f"{sum(som)} stemmen op {briefjes} briefjes"
    else:
        aantal = Counter(stemmen.values())
        geteld = tuple(aantal[k] for k in KEUZES)
        if geteld != som:
            yield f"de stemmen tellen op tot {_woorden(geteld)}, de stemming zegt {_woorden(som)}"
    if vast is None or vast != som:
        yield f"bij het sluiten stond in het logboek {_woorden(vast) if vast else 'niets'}, nu {_woorden(som)}"
    if ronde.besluit is not None and _telling(ronde.besluit) != som:
        yield f"het besluit zegt {_woorden(_telling(ronde.besluit))}, de stemming {_woorden(som)}"
    if ronde.soort == Rondesoort.HOOFDELIJK:
        for zetel in sorted(gelogd.keys() | stemmen.keys()):
            if gelogd.get(zetel) != stemmen.get(zetel):
                yield f"zetel {zetel}: {stemmen.get(zetel, 'niets')}, in het logboek {gelogd.get(zetel, 'niets')}"


def _telling(rij: Any) -> Telling:
    return tuple(getattr(rij, k) or 0 for k in KEUZES)


def _woorden(telling: Telling) -> str:
    return ", ".join(f"{n} {k}" for n, k in zip(telling, KEUZES, strict=True))
