"""De aanbevelingen van een advies dat nog niet is aangeboden: tekst, plaats en geadresseerden."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adviezen.enums import SoortGeadresseerde
from adviezen.models import Aanbeveling, Advies, Geadresseerde

NAMEN = re.compile(r"\s*;\s*")
LANGSTE_NAAM = 200


@dataclass(frozen=True)
class Punt:
    """Een aanbeveling; `geadresseerden` zijn namen met ";" ertussen, `blok` wijst de plaats in de tekst aan."""

    tekst: str
    geadresseerden: str = ""
    blok: str = ""


def zet_aanbevelingen(advies: Advies, punten: Sequence[Punt]) -> list[Aanbeveling]:
    """Vervang de aanbevelingen van `advies` door deze, genummerd vanaf 1; een punt zonder tekst vervalt.

    De database weigert dit na het aanbieden. Roep aan binnen een transactie.
    """
    advies.aanbevelingen.all().delete()
    rijen = []
    for nummer, punt in enumerate((p for p in punten if p.tekst.strip()), start=1):
        rij = Aanbeveling.objects.create(
            advies=advies,
            nummer=nummer,
            tekst=punt.tekst.strip(),
            geadresseerden=punt.geadresseerden.strip(),
            blok=punt.blok,
        )
        rij.aan.set(geadresseerden(namen_in(punt.geadresseerden), voorbeeld=advies.voorbeeld))
        rijen.append(rij)
    return rijen


def namen_in(tekst: str) -> list[str]:
    """Geef de namen in een tekst als "minister van SZW; de Tweede Kamer", zonder doublures."""
    return list(dict.fromkeys(naam[:LANGSTE_NAAM] for naam in NAMEN.split(tekst.strip(" ;")) if naam.strip()))


def geadresseerden(namen: Iterable[str], *, voorbeeld: bool) -> list[Geadresseerde]:
    """Geef het record bij elke naam; een nieuwe naam wordt er een, met de soort die uit de naam blijkt."""
    return [
        Geadresseerde.objects.get_or_create(naam=naam, defaults={"soort": soort_van(naam), "voorbeeld": voorbeeld})[0]
        for naam in namen
    ]


def soort_van(naam: str) -> str:
    """Geef de soort die uit een naam blijkt; anders "overig"."""
    klein = naam.casefold().removeprefix("de ").removeprefix("het ")
    if klein.startswith(("minister", "staatssecretaris")):
        return SoortGeadresseerde.BEWINDSPERSOON
    if klein.startswith("kabinet"):
        return SoortGeadresseerde.KABINET
    return SoortGeadresseerde.KAMER if "kamer" in klein.split()[:2] else SoortGeadresseerde.OVERIG
