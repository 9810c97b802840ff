"""Welke openbare bekendmaking een agendapunt vraagt en wat eraan ontbreekt. Zuiver rekenen met wat gegeven is.

Bronnen: Wet op de SER art. 38 (ontwerp van een verordening in de Staatscourant, vier weken bezwaar, behandeling in het
openbaar), 46 en 52 (begroting en jaarrekening twee weken vooraf bekendgemaakt; jaarrekening in het openbaar, de leden
van het dagelijks bestuur onthouden zich), 54 (raming). Een tekort is een waarschuwing in het dossier, geen beletsel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kern.tekort import Tekort
from kern.tijd import datum_nl, vandaag
from vergaderingen.enums import Bekendmakingsoort, Puntsoort

if TYPE_CHECKING:
    from vergaderingen.models import Agendapunt, Bekendmaking

STAATSCOURANT = re.compile(r"(?:Staatscourant|Stcrt\.?)\s+(\d{4})\s*,?\s*(?:nr\.?\s*)?(\d{1,6})\b", re.IGNORECASE)
TWEE_WEKEN, VIER_WEKEN = timedelta(weeks=2), timedelta(weeks=4)


def _uit_herkomst(punt: Agendapunt) -> str:
    """Geef welk jaarstuk het portaal hier zelf op de agenda zette, of "" bij een punt dat met de hand kwam."""
    delen = punt.sleutel.split(":")
    return delen[2] if len(delen) > 2 and delen[1] == "jaar" else ""


def jaarstukken(punt: Agendapunt) -> list[str]:
    """Geef welke jaarstukken bij dit punt horen ("begroting", "raming", …): uit de herkomst, anders uit het onderwerp.

    Een met de hand geplaatst punt kan er meer dan één noemen. Leeg is geen, of niet te zeggen welk.
    """
    if punt.soort != Puntsoort.JAARSTUK:
        return []
    if herkomst := _uit_herkomst(punt):
        return [herkomst]
    onderwerp = punt.onderwerp.lower()
    return [naam for naam in ("begroting", "jaarrekening", "jaarverslag", "raming") if naam in onderwerp]


def vooraf(punt: Agendapunt) -> list[Bekendmakingsoort]:
    """Geef wat voor de vergadering bekend moet zijn."""
    if punt.soort == Puntsoort.VERORDENING:
        return [Bekendmakingsoort.ONTWERPVERORDENING]
    per_stuk: Mapping[str, Bekendmakingsoort] = {
        "begroting": Bekendmakingsoort.BEGROTING,
        "jaarrekening": Bekendmakingsoort.JAARREKENING,
    }
    return [per_stuk[naam] for naam in jaarstukken(punt) if naam in per_stuk]


def mogelijk(punt: Agendapunt, gedaan: Mapping[str, Bekendmaking], *, aangenomen: bool) -> list[Bekendmakingsoort]:
    """Geef wat bij dit punt nog bekendgemaakt kan worden; een verordening zelf pas als de raad haar vaststelde.

    Noemt een met de hand geplaatst jaarstuk geen van de jaarstukken, dan kiest de secretaris tussen begroting en
    jaarrekening.
    """
    uit = vooraf(punt)
    if punt.soort == Puntsoort.JAARSTUK and not jaarstukken(punt):
        beide = [Bekendmakingsoort.BEGROTING, Bekendmakingsoort.JAARREKENING]
        uit = [] if any(soort in gedaan for soort in beide) else beide
    if punt.soort == Puntsoort.VERORDENING and aangenomen:
        uit.append(Bekendmakingsoort.VERORDENING)
    return [soort for soort in uit if soort not in gedaan]


def bezwaar_tot(op: date) -> date:
    """Geef de laatste dag van de vier weken bezwaar na bekendmaking op `op`."""
    return op + VIER_WEKEN


def uiterlijk(soort: Bekendmakingsoort, vergaderdag: date) -> date:
    """Geef de laatste dag waarop deze bekendmaking nog op tijd is voor de vergadering."""
    if soort == Bekendmakingsoort.ONTWERPVERORDENING:
        return vergaderdag - VIER_WEKEN - timedelta(days=1)
    return vergaderdag - TWEE_WEKEN


def tekorten(punt: Agendapunt, gedaan: Mapping[str, Bekendmaking]) -> list[Tekort]:
    """Geef wat aan de bekendmaking vooraf ontbreekt, te laat is, of niet openbaar behandeld wordt; leeg is in orde."""
    rij, uit = punt.vergadering, []
    dag = rij.datum
    if dag is None or punt.vervallen:
        return []
    for soort in vooraf(punt):
        grens = uiterlijk(soort, dag)
        bekend = gedaan.get(soort)
        if bekend is None:
            moet = "moet" if grens >= vandaag() else "moest"
            uit.append(
                Tekort(f"{soort.label} is nog niet bekendgemaakt; dat {moet} uiterlijk {datum_nl(grens)}.", "#bekend")
            )
        elif bekend.op > grens:
            laat = f"{soort.label} is op {datum_nl(bekend.op)} bekendgemaakt; uiterlijk {datum_nl(grens)} was op tijd."
            uit.append(Tekort(laat, "#bekend"))
        if soort != Bekendmakingsoort.BEGROTING and (punt.vertrouwelijk or not rij.openbaar):
            uit.append(Tekort(f"{soort.label} hoort in het openbaar behandeld te worden."))
    return uit


def in_staatscourant(vindplaats: str) -> str:
    """Geef het adres van een bekendmaking in de Staatscourant ("Staatscourant 2026, 1234"), of "" als zij elders staat.

    Het adres volgt uit jaar en nummer; zo heten stukken op officielebekendmakingen.nl.
    """
    gevonden = STAATSCOURANT.search(vindplaats)
    return f"https://zoek.officielebekendmakingen.nl/stcrt-{gevonden[1]}-{gevonden[2]}.html" if gevonden else ""
