"""Het embargo van een aangeboden advies verzetten of opheffen: het advies wordt eerder of later openbaar."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.aanbieding import LANGSTE_EMBARGO
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.models import Aanbieding, Adviestraject
from adviezen.openbaar import sleutel_van
from adviezen.queries.aanspreken import met_rol, wie_behandelt
from adviezen.queries.embargo import loopt_embargo
from berichten.actions import stuur, verzet
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import WACHTTIJD, moment_nl, nu
from logboek.actions import leg_vast
from publicatie.actions import herroep, publiceer_opnieuw
from publicatie.queries import laatste
from toegang.enums import Rol

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@transaction.atomic
def verzet_embargo(
    *, traject: Adviestraject, versie: int | None, tot: datetime | None, reden: str, door: "Gebruiker"
) -> Aanbieding:
    """Verzet het embargo van een aangeboden advies naar `tot`, of hef het op (None): dan is het over tien minuten weg.

    Wat openbaar wordt, verandert niet. Wie op het embargo wachtte, krijgt zijn bericht op het nieuwe moment. Duurt het
    langer, dan belooft een journalist dat eerst opnieuw. Werpt InvoerFout ("tot", "reden", of zonder embargo),
    GeenToegang en VerouderdeVersie.
    """
    vers = vergrendel(traject.pk, versie)
    if not permissions.mag_aanbieden(vers, door):
        raise GeenToegang
    aanbieding: Aanbieding | None = getattr(vers, "aanbieding", None)
    rij = laatste(sleutel_van(vers.advies)) if aanbieding is not None and loopt_embargo(vers) else None
    if aanbieding is None or aanbieding.embargo_tot is None or rij is None or rij.vanaf <= nu():
        raise InvoerFout("", "Dit advies staat niet (meer) onder embargo.")
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden; die blijft in het dossier staan.")
    oud, nieuw = aanbieding.embargo_tot, _moment(aanbieding.embargo_tot, tot)
    herroep(publicatie=rij, door=door, reden=reden)
    publiceer_opnieuw(publicatie=rij, vanaf=nieuw, door=door)
    aanbieding.embargo_tot = nieuw
    aanbieding.save(update_fields=["embargo_tot"])
    if nieuw > oud:
        vers.perslezers.filter(gestopt_op__isnull=True).update(embargo_aanvaard_op=None)
    hoog_op(vers)
    leg_vast(
        soort="adviezen.verzet_embargo",
        object=vers,
        door=door,
        reden=reden.strip(),
        gegevens={"was": oud.isoformat(), "wordt": nieuw.isoformat(), "opgeheven": tot is None},
    )
    verzet(feit_begin=f"adviezen.bied_aan:{vers.pk}", van=oud, naar=nieuw)
    _bericht(vers, door)
    return aanbieding


def _moment(oud: datetime, tot: datetime | None) -> datetime:
    """Geef het nieuwe moment. Werpt InvoerFout("tot") als het te vroeg, te ver of hetzelfde is."""
    vroegst = nu() + WACHTTIJD
    if tot is None:
        return vroegst
    if tot < vroegst:
        raise InvoerFout("tot", f"Kies een moment na {moment_nl(vroegst)}, of laat dit leeg om het op te heffen.")
    if tot > nu() + LANGSTE_EMBARGO:
        raise InvoerFout("tot", "Een embargo duurt hoogstens drie maanden.")
    if tot == oud:
        raise InvoerFout("tot", "Dit is het embargo dat er al staat.")
    return tot


def _bericht(traject: Adviestraject, door: "Gebruiker") -> None:
    feit = f"adviezen.verzet_embargo:{traject.pk}:{traject.rijversie}"
    wie = {g.pk: (g, f"/werk/trajecten/{traject.slug}/aanbieding/") for g in wie_behandelt(traject)}
    for g in met_rol(Rol.COMMUNICATIE):
        wie.setdefault(g.pk, (g, f"/werk/trajecten/{traject.slug}/aanbieding/"))
    for lezer in traject.perslezers.filter(gestopt_op__isnull=True).select_related("gebruiker"):
        wie.setdefault(lezer.gebruiker_id, (lezer.gebruiker, f"/pers/{lezer.pk}/"))
    for ontvanger, pad in wie.values():
        if ontvanger != door:
            stuur(
                ontvanger=ontvanger, onderwerp="Het embargo op een advies is verzet", pad=pad, feit=feit,
                wacht=False, door=door,
            )  # fmt: skip
