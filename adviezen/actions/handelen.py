"""De ene deur waardoor een traject van stap wisselt, met de gevolgen die elke handeling meebrengt.

Een overgang zet alleen velden van het traject. Wat er verder bij hoort (een ronde openen, berichten, een termijn,
een publicatie) staat in een uitvoering, aangemeld met `@uitvoering("naam")`. Zonder uitvoering is de overgang alles.
Met `@voorvertoning("naam")` zegt een handeling vooraf wie wat krijgt en wat openbaar wordt.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from adviezen.models import Adviestraject
from overgangen import voer_uit

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@dataclass(frozen=True)
class Gevolg:
    """Eén gevolg van een handeling: wie het merkt, en wat er gebeurt."""

    wie: str
    wat: str


Uitvoering = Callable[..., Adviestraject]
Voorvertoning = Callable[[Adviestraject], list[Gevolg]]
_uitvoeringen: dict[str, Uitvoering] = {}
_voorvertoningen: dict[str, Voorvertoning] = {}


def uitvoering(*overgangen: str) -> Callable[[Uitvoering], Uitvoering]:
    """Meld wat er bij deze overgangen hoort.

    De functie krijgt (traject_pk, versie=…, overgang=…, door=…, reden=…, **kw), roept zelf `zet_stap` aan en geeft het
    verse traject; alles loopt in de transactie van `handel`.
    """

    def meld(functie: Uitvoering) -> Uitvoering:
        for naam in overgangen:
            if naam in _uitvoeringen:
                raise ValueError(f"{naam} heeft al een uitvoering")
            _uitvoeringen[naam] = functie
        return functie

    return meld


def voorvertoning(*overgangen: str) -> Callable[[Voorvertoning], Voorvertoning]:
    """Meld wie wat krijgt en wat openbaar wordt bij deze overgangen; alleen lezen."""

    def meld(functie: Voorvertoning) -> Voorvertoning:
        for naam in overgangen:
            _voorvertoningen[naam] = functie
        return functie

    return meld


def zet_stap(
    traject_pk: int,
    *,
    versie: int | None,
    overgang: str,
    door: "Gebruiker",
    reden: str = "",
    gegevens: dict[str, Any] | None = None,
    **kw: Any,
) -> Adviestraject:
    """Voer alleen de overgang uit; zie overgangen.voer_uit voor wat zij werpt."""
    return voer_uit(Adviestraject, traject_pk, versie, overgang, door=door, reden=reden, gegevens=gegevens, **kw)


@transaction.atomic
def handel(
    *, traject: Adviestraject, versie: int | None, overgang: str, door: "Gebruiker", reden: str = "", **kw: Any
) -> Adviestraject:
    """Doe een handeling met alles wat erbij hoort, in één transactie, en geef het verse traject.

    `versie` is de rijversie die de gebruiker zag. Werpt wat `voer_uit` werpt (VerouderdeVersie, OvergangGeweigerd,
    GeenToegang, InvoerFout); dan is er niets veranderd.
    """
    functie = _uitvoeringen.get(overgang, zet_stap)
    return functie(traject.pk, versie=versie, overgang=overgang, door=door, reden=reden, **kw)


def gevolgen(traject: Adviestraject, overgang: str) -> list[Gevolg]:
    """Geef wat deze handeling zou doen, voor het bevestigscherm. Leeg als er buiten het traject niets verandert."""
    functie = _voorvertoningen.get(overgang)
    return [] if functie is None else functie(traject)


def feit(traject: Adviestraject, overgang: str, *rest: str) -> str:
    """Geef de naam van het feit voor berichten: alle berichten van één handeling delen de eerste drie delen."""
    return ":".join([f"adviezen.{overgang}", str(traject.pk), str(traject.rijversie), *rest])
