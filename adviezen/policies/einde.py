"""Intrekken, beëindigen en herroepen."""

from datetime import date
from typing import TYPE_CHECKING, Any

from adviezen.enums import EINDSTANDEN
from kern.tekort import Tekort
from kern.tijd import moment_nl, nu, vandaag

if TYPE_CHECKING:
    from adviezen.models import Adviestraject


def mag_eindigen(traject: "Adviestraject", *, datum: date | None = None, **kw: Any) -> list[Tekort]:
    """De dag van intrekken of beëindigen ligt niet in de toekomst en niet voor de aanvraag."""
    if datum is None:
        return []
    if datum > vandaag():
        return [Tekort("Deze dag ligt in de toekomst.")]
    aanvraag = getattr(traject, "aanvraag", None)
    if aanvraag is not None and datum < aanvraag.datum:
        return [Tekort("Deze dag ligt voor de datum van de aanvraag.")]
    return []


def mag_intrekken(traject: "Adviestraject", **kw: Any) -> list[Tekort]:
    """Alleen een aanvraag kan worden ingetrokken; een eigen initiatief wordt beëindigd."""
    if traject.eigen_initiatief:
        return [Tekort("Dit is een eigen initiatief: beëindig het in plaats van het in te trekken.")]
    return mag_eindigen(traject, **kw)


def vrij(traject: "Adviestraject", **kw: Any) -> list[Tekort]:
    """Geen voorwaarden aan het object; de reden is verplicht."""
    return []


def nog_te_herroepen(traject: "Adviestraject", **kw: Any) -> list[Tekort]:
    """Zolang de berichten wachten (tien minuten) kan de handeling nog terug; daarna niet meer."""
    tot = traject.herroepbaar_tot
    if tot is not None and nu() < tot:
        return []
    wanneer = f" sinds {moment_nl(tot)}" if tot is not None else ""
    return [Tekort(f"Herroepen kan niet meer: de berichten zijn verzonden{wanneer}.")]


def dossier_tekorten(traject: "Adviestraject") -> list[Tekort]:
    """Een dossier gaat pas naar het archief als het traject klaar is en niets meer herroepen kan worden."""
    if traject.stap not in EINDSTANDEN:
        return [Tekort(f"Dit traject loopt nog ({traject.get_stap_display()}). Een dossier is pas af na het einde.")]
    tot = traject.herroepbaar_tot
    if tot is not None and nu() < tot:
        return [Tekort(f"De laatste handeling kan nog herroepen worden, tot {moment_nl(tot)}. Wacht daarop.")]
    return []
