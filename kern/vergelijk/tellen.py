"""Wijzigingen nummeren en tellen, en de inhoudsopgave met aantallen."""

from collections import Counter
from dataclasses import replace

from kern.vergelijk.gegevens import Kopregel, Regel, Tabel, Vergelijking

KOPPEN = {"h2": 1, "h3": 2, "h4": 3}


def nummer_en_tel(delen: list[Regel | Tabel]) -> Vergelijking:
    """Nummer de wijzigingen, tel ze, en maak de inhoudsopgave. Een verhuisd rijtje blokken telt als één wijziging."""
    uit: list[Regel | Tabel] = []
    koppen: list[Kopregel] = []
    tellingen: Counter[str] = Counter()
    teller = 0
    vorige: Regel | None = None
    for deel in delen:
        voor = teller
        if isinstance(deel, Tabel):
            rijen = []
            if deel.verplaatst and deel.soort != "vertrok":
                teller += 1
                tellingen["verplaatst"] += 1
            eigen = teller if teller > voor else 0
            for rij in deel.rijen:
                teller += int(rij.is_wijziging)
                _tel(tellingen, rij)
                rijen.append(replace(rij, nummer=teller) if rij.is_wijziging else rij)
            uit.append(replace(deel, rijen=tuple(rijen), nummer=eigen))
            vorige = None
        else:
            _tel(tellingen, deel)
            nieuw = deel.is_wijziging and not _hoort_bij(deel, vorige)
            teller += int(nieuw)
            if deel.vorm in KOPPEN and deel.soort != "vertrok":
                tekst = "".join(s.tekst for s in deel.stukken if not s.noot and (s.soort != "eraf" or not deel.nieuw))
                koppen.append(Kopregel(deel.blok, tekst, KOPPEN[deel.vorm], 0, deel.soort == "eraf"))
            uit.append(replace(deel, nummer=teller) if nieuw else deel)
            vorige = deel
        if teller > voor and koppen:
            koppen[-1] = replace(koppen[-1], aantal=koppen[-1].aantal + teller - voor)
    return Vergelijking(tuple(uit), tuple(koppen), dict(tellingen), teller)


def _hoort_bij(deel: Regel, vorige: Regel | None) -> bool:
    """Of dit blok samen met het vorige verhuisde of ervan afgesplitst is, zonder dat er een woord veranderde."""
    if vorige is not None and deel.deel is not None and deel.deel[0] > 1:
        return deel.soort == "gelijk"
    return (
        vorige is not None
        and deel.verplaatst
        and vorige.verplaatst
        and deel.soort == "gelijk"
        and vorige.soort != "vertrok"
        and deel.plaats_oud == vorige.plaats_oud + 1
    )


def _tel(tellingen: Counter[str], regel: Regel) -> None:
    if regel.soort in {"erbij", "eraf", "gewijzigd"}:
        tellingen[regel.soort] += 1
    begin = regel.deel is None or regel.deel[0] == 1
    if regel.verplaatst and regel.soort != "vertrok" and begin:
        tellingen["verplaatst"] += 1
    if regel.deel is not None and begin:
        tellingen["gesplitst"] += 1
    if regel.samen:
        tellingen["samengevoegd"] += 1
    if regel.opmaak or regel.was:
        tellingen["opmaak"] += 1
