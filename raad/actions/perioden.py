"""Een zittingsperiode inrichten, leeg of meteen met alle benoemingen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from kern.fouten import InvoerFout
from kern.tijd import vandaag
from logboek.actions import leg_vast
from raad import regels
from raad.actions.benoemingen import benoem
from raad.enums import Geleding
from raad.indeling import Keuze, Zetels, plekken
from raad.models import Persoon, Zetel, Zetelverdeling, Zittingsperiode
from raad.termijn import EINDE_PERIODE
from raad.weigering import eis_tijdvak, in_een_keer
from termijnen.actions import open_termijn, voldoe
from termijnen.queries import laatste
from toegang.models import Gebruiker


def richt_periode_in(
    *,
    naam: str,
    van: date,
    zetels: Sequence[Zetels],
    aantallen: Mapping[Geleding, int],
    door: Gebruiker | None,
    tot: date | None = None,
    volledig: bool = True,
    db_per_geleding: int = 4,
    bron: str = "",
) -> Zittingsperiode:
    """Maak een zittingsperiode met al haar zetels en geef haar terug.

    `tot` is de eerste dag erna, standaard twee jaar na `van` (Wet op de SER, artikel 8). `aantallen` zijn de
    vastgestelde totalen per geleding; de database vergelijkt de zetels daarmee (regels 1 en 2).
    Werpt InvoerFout bij overlap, ongelijke zijden of een aantal dat niet klopt.
    """
    tot = tot or van + relativedelta(years=2)
    if not naam.strip():
        raise InvoerFout("naam", "Vul de naam van de zittingsperiode in.")
    eis_tijdvak(van, tot)
    if tot > van + relativedelta(years=2):
        raise InvoerFout("tot", "Een zittingsperiode duurt ten hoogste twee jaar.")
    with in_een_keer(regels.PERIODE, regels.UITGESTELD_PERIODE, slot=regels.SLOT):
        periode = Zittingsperiode.objects.create(
            naam=naam.strip(), van=van, tot=tot, volledig=volledig, db_per_geleding=db_per_geleding, bron=bron
        )
        Zetelverdeling.objects.create(
            periode=periode,
            vanaf=van,
            ondernemers=aantallen.get(Geleding.ONDERNEMERS, 0),
            werknemers=aantallen.get(Geleding.WERKNEMERS, 0),
            kroonleden=aantallen.get(Geleding.KROONLEDEN, 0),
            bron=bron,
        )
        Zetel.objects.bulk_create(
            Zetel(
                periode=periode,
                nummer=plek.nummer,
                geleding=plek.geleding,
                organisatie=plek.organisatie,
                bijzonder=plek.bijzonder,
                van=van,
                tot=tot,
            )
            for plek in plekken(zetels)
        )
        _bewaak_einde(periode, door)
        leg_vast(soort="raad.richt_periode_in", object=periode, door=door, gegevens={"van": str(van), "tot": str(tot)})
    return periode


def richt_periode_in_met_benoemingen(
    *,
    keuzen: Sequence[Keuze],
    van: date,
    door: Gebruiker | None,
    meegedeeld_op: date | None = None,
    **periode: Any,
) -> Zittingsperiode:
    """Richt een zittingsperiode in en benoem meteen wie gekozen is; lukt er één ding niet, dan gebeurt er niets.

    De andere argumenten zijn die van `richt_periode_in`. Met `meegedeeld_op` loopt voor ieder de termijn van drie
    weken om te aanvaarden (regel 4). Werpt InvoerFout bij dezelfde dingen als `richt_periode_in` en `benoem`; bij een
    zetel is het veld "lid_<nummer>" of "plaatsvervanger_<nummer>".
    """
    personen = Persoon.objects.in_bulk([k.persoon for k in keuzen])
    with in_een_keer({}, slot=regels.SLOT):
        nieuw = richt_periode_in(van=van, door=door, **periode)
        zetels = {z.nummer: z for z in nieuw.zetels.all()}
        for keuze in keuzen:
            veld = f"{keuze.soort}_{keuze.nummer}"
            if keuze.nummer not in zetels or keuze.persoon not in personen:
                raise InvoerFout(veld, "Deze zetel of persoon bestaat niet. Begin opnieuw met de zetels.")
            try:
                benoem(
                    persoon=personen[keuze.persoon], zetel=zetels[keuze.nummer], soort=keuze.soort, van=van, door=door,
                    meegedeeld_op=meegedeeld_op,
                )  # fmt: skip
            except InvoerFout as fout:
                raise InvoerFout(veld, f"{personen[keuze.persoon].naam}: {fout.tekst}") from fout
    return nieuw


def _bewaak_einde(periode: Zittingsperiode, door: Gebruiker | None) -> None:
    """Waarschuw voor het einde van deze periode; voor de vorige hoeft dat nu niet meer."""
    vorige = Zittingsperiode.objects.filter(tot=periode.van, voorbeeld=periode.voorbeeld).first()
    if vorige is not None and (termijn := laatste(vorige, EINDE_PERIODE)) is not None and termijn.loopt:
        voldoe(termijn=termijn, door=door, op=vandaag())
    einde = periode.laatste_dag
    if periode.volledig and einde is not None and einde > vandaag():
        open_termijn(soort=EINDE_PERIODE, object=periode, basis=periode.van, vervalt_op=einde, door=door)
