"""Het verslag schrijven en vaststellen."""

from __future__ import annotations

from django.db import transaction

from kern.fouten import InvoerFout, OvergangGeweigerd, VerouderdeVersie
from kern.html import schoon
from kern.tekort import Tekort
from kern.tijd import WACHTTIJD, nu
from logboek.actions import leg_vast
from overgangen import voer_uit
from publicatie.actions import publiceer
from toegang.models import Gebruiker
from vergaderingen.actions.hulp import vergrendel
from vergaderingen.enums import Status, Verslagstatus
from vergaderingen.models import Vergadering, Verslag


@transaction.atomic
def schrijf_verslag(
    *, vergadering: Vergadering, html: str, openbaar_html: str, door: Gebruiker, versie: int | None = None
) -> Verslag:
    """Bewaar het concept van het verslag en geef het terug; `openbaar_html` is de tekst zonder vertrouwelijke passages.

    `versie` is de rijversie die de schrijver zag (0 of None bij een nieuw verslag). Werpt VerouderdeVersie,
    OvergangGeweigerd na vaststelling of voor de opening, GeenToegang.
    """
    rij = vergrendel(vergadering.pk, door=door)
    if rij.status not in (Status.GEOPEND, Status.GESLOTEN):
        raise OvergangGeweigerd([Tekort("Een verslag kan pas als de vergadering is geopend.")])
    verslag = Verslag.objects.select_for_update().filter(vergadering=rij).first()
    if verslag is not None and versie is not None and verslag.rijversie != versie:
        raise VerouderdeVersie
    if verslag is None:
        verslag = Verslag(vergadering=rij, voorbeeld=rij.voorbeeld)
    if verslag.status == Verslagstatus.VASTGESTELD:
        raise OvergangGeweigerd([Tekort("Het verslag is vastgesteld en ligt vast.")])
    schone, openbare = schoon(html), schoon(openbaar_html) if rij.openbaar else ""
    if verslag.pk and (verslag.html, verslag.openbaar_html) == (schone, openbare):
        return verslag
    verslag.html, verslag.openbaar_html = schone, openbare
    verslag.rijversie += 1
    verslag.save()
    leg_vast(soort="vergaderingen.schrijf_verslag", object=verslag, door=door, gegevens={"tekens": len(schone)})
    return verslag


@transaction.atomic
def stel_verslag_vast(
    *,
    verslag: Verslag,
    versie: int | None,
    vastgesteld_in: Vergadering,
    door: Gebruiker,
    gewijzigd: bool = False,
) -> Verslag:
    """Stel het verslag vast in een latere vergadering (regel 46) en geef het terug.

    Het verslag van een openbare vergadering wordt tien minuten later openbaar. Werpt InvoerFout, wat voer_uit werpt.
    """
    if vastgesteld_in.datum is None:
        raise InvoerFout("vastgesteld_in", "Kies de vergadering waarin het verslag is vastgesteld.")
    vast = voer_uit(
        Verslag, verslag.pk, versie, "stel_vast", door=door, vastgesteld_in=vastgesteld_in,
        vastgesteld_op=vastgesteld_in.datum, gewijzigd=gewijzigd,
    )  # fmt: skip
    vergadering = vast.vergadering
    if vergadering.openbaar and vergadering.datum:
        publiceer(
            soort="verslag",
            sleutel=f"verslag:{vergadering.pk}",
            titel=f"Verslag van de raadsvergadering van {vergadering.datum_tekst}",
            html=vast.openbaar_html,
            metadata={
                "datum": vergadering.datum.isoformat(),
                "jaar": vergadering.datum.year,
                "vergadering": vergadering.slug,
            },
            vanaf=nu() + WACHTTIJD,
            door=door,
            voorbeeld=vergadering.voorbeeld,
        )
    return vast
