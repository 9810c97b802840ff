"""Welke openbare bekendmaking een agendapunt vraagt en wat eraan ontbreekt. Zuiver rekenen met wat gegeven is.

Bronnen: Wet op de SER art. 38 (ontwerp van een verordening in de Staatscourant, vier weken bezwaar, behandeling in het
openbaar), 46 en 52 (begroting en jaarrekening twee weken vooraf bekendgemaakt; jaarrekening in het openbaar, de leden
van het dagelijks bestuur onthouden zich), 54 (raming). Een tekort is een waarschuwing in het dossier, geen beletsel.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kern.tekort import Tekort
from kern.tijd import datum_nl, vandaag
from vergaderingen.enums import Bekendmakingsoort, Puntsoort

if TYPE_CHECKING:
    from vergaderingen.models import Agendapunt, Bekendmaking

TWEE_WEKEN, VIER_WEKEN = timedelta(weeks=2), timedelta(weeks=4)


def _uit_herkomst(punt: Agendapunt) -> str:
    """Geef welk jaarstuk het portaal hier zelf op de agenda zette, of "" bij een punt dat met de hand kwam."""
    delen = punt.sleutel.split(":")
    return delen[2] if len(delen) > 2 and delen[1] == "jaar" else ""


def jaarstuk(punt: Agendapunt) -> str:
    """Geef welk jaarstuk dit is ("begroting", "raming", …), uit de herkomst of anders het onderwerp; "" is geen."""
    if punt.soort != Puntsoort.JAARSTUK:
        return ""
    naam = _uit_herkomst(punt) or punt.onderwerp.lower()
    return next((s for s in ("begroting-db", "begroting", "jaarrekening", "jaarverslag", "raming") if s in naam), "")


def vooraf(punt: Agendapunt) -> Bekendmakingsoort | None:
    """Geef wat voor de vergadering bekend moet zijn."""
    if punt.soort == Puntsoort.VERORDENING:
        return Bekendmakingsoort.ONTWERPVERORDENING
    per_stuk: Mapping[str, Bekendmakingsoort] = {
        "begroting": Bekendmakingsoort.BEGROTING,
        "jaarrekening": Bekendmakingsoort.JAARREKENING,
    }
    return per_stuk.get(jaarstuk(punt))


def mogelijk(punt: Agendapunt, gedaan: Mapping[str, Bekendmaking], *, aangenomen: bool) -> list[Bekendmakingsoort]:
    """Geef wat bij dit punt nog bekendgemaakt kan worden; een verordening zelf pas als de raad haar vaststelde.

    Noemt een met de hand geplaatst jaarstuk begroting en jaarrekening allebei, of geen van de jaarstukken, dan kiest
    de secretaris.
    """
    eerst = vooraf(punt)
    uit = [eerst] if eerst else []
    if punt.soort == Puntsoort.JAARSTUK and not _uit_herkomst(punt):
        beide = (Bekendmakingsoort.BEGROTING, Bekendmakingsoort.JAARREKENING)
        onbekend = not jaarstuk(punt) and not any(soort in gedaan for soort in beide)
        if onbekend or all(soort.value in punt.onderwerp.lower() for soort in beide):
            uit = list(beide)
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
    soort, rij = vooraf(punt), punt.vergadering
    if soort is None or rij.datum is None or punt.vervallen:
        return []
    uit = []
    grens = uiterlijk(soort, rij.datum)
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
