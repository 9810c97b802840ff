"""Vastleggen wie er gehoord is: hoorzitting, panel, werkbezoek en wat er verder bij hoort."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.brieven import laat_bevestiging_vervallen
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.enums import EINDSTANDEN, SoortGehoorde, Werkvorm
from adviezen.models import Aanbieding, Adviestraject, Gehoorde, Inspraak
from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie
from kern.tijd import nu
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from toegang.models import Gebruiker

LANGSTE_NAAM = 200


@dataclass(frozen=True)
class Partij:
    """Wie er gehoord is; `toestemming` telt alleen bij een persoon."""

    naam: str
    soort: str = SoortGehoorde.ORGANISATIE
    toestemming: bool = False


@transaction.atomic
def leg_inspraak_vast(
    *,
    traject: Adviestraject,
    vorm: str,
    van: date,
    partijen: Sequence[Partij],
    door: "Gebruiker",
    inspraak: Inspraak | None = None,
    rijversie: int | None = None,
    tot: date | None = None,
    onderwerp: str = "",
    plaats: str = "",
    uitkomst: str = "",
    openbaar: bool = True,
    niet_openbaar_reden: str = "",
) -> Inspraak:
    """Leg vast dat de commissie anderen hoorde, of wijzig wat er stond (`inspraak` met de `rijversie` die men zag).

    Dezelfde naam twee keer telt één keer. De lijst wordt met het advies openbaar: was de aanbieding al bevestigd, dan
    moet dat opnieuw. Werpt InvoerFout bij het veld, VerouderdeVersie en GeenToegang.
    """
    traject = vergrendel(traject.pk)
    if not permissions.mag_bewerken(traject, door):
        raise GeenToegang
    if traject.stap in EINDSTANDEN:
        raise InvoerFout("", "Dit traject is afgerond; de lijst wijzigt niet meer.")
    if vorm not in Werkvorm.values:
        raise InvoerFout("vorm", "Kies hoe er gehoord is.")
    if tot is not None and tot < van:
        raise InvoerFout("tot", "De laatste dag ligt voor de eerste.")
    if not openbaar and not niet_openbaar_reden.strip():
        raise InvoerFout("niet_openbaar_reden", "Zeg waarom dit niet in de openbare lijst komt.")
    uniek = {(p.naam.strip().casefold(), p.soort): p for p in partijen if p.naam.strip()}
    for partij in uniek.values():
        if len(partij.naam.strip()) > LANGSTE_NAAM:
            raise InvoerFout("organisaties", f"Een naam telt hoogstens {LANGSTE_NAAM} tekens: {partij.naam[:40]}…")
    inhoud = {
        "vorm": vorm, "van": van, "tot": tot, "onderwerp": onderwerp.strip(), "plaats": plaats.strip(),
        "uitkomst": uitkomst.strip(), "openbaar": openbaar,
        "niet_openbaar_reden": "" if openbaar else niet_openbaar_reden.strip(),
    }  # fmt: skip
    if inspraak is None:
        wie = [(p.naam.strip(), p.soort, p.soort == SoortGehoorde.PERSOON and p.toestemming) for p in uniek.values()]
        for net in Inspraak.objects.filter(traject=traject, **inhoud):
            if list(net.gehoorden.order_by("volgorde").values_list("naam", "soort", "toestemming")) == wie:
                return net  # twee keer verstuurd; in de openbare lijst staat het één keer
        rij = Inspraak(traject=traject)
    else:
        rij = Inspraak.objects.select_for_update(of=("self",)).get(pk=inspraak.pk, traject=traject)
        if rijversie is not None and rij.rijversie != rijversie:
            raise VerouderdeVersie
        rij.rijversie += 1
    for naam, waarde in inhoud.items():
        setattr(rij, naam, waarde)
    rij.door, rij.bijgewerkt_op = door, nu()
    rij.save()
    rij.gehoorden.all().delete()
    Gehoorde.objects.bulk_create(
        Gehoorde(
            inspraak=rij,
            naam=p.naam.strip(),
            soort=p.soort,
            toestemming=p.soort == SoortGehoorde.PERSOON and p.toestemming,
            volgorde=n,
        )
        for n, p in enumerate(uniek.values())
    )
    _bevestig_opnieuw(traject)
    leg_vast(
        soort="adviezen.leg_inspraak_vast",
        object=traject,
        door=door,
        gegevens={"inspraak": rij.pk, "vorm": vorm, "partijen": len(uniek)},
    )
    return rij


@transaction.atomic
def haal_inspraak_weg(*, inspraak: Inspraak, reden: str, door: "Gebruiker") -> None:
    """Haal een verkeerd vastgelegde regel weg; de reden en wat er stond blijven in het logboek."""
    traject = vergrendel(inspraak.traject_id)
    if not permissions.mag_bewerken(traject, door):
        raise GeenToegang
    if traject.stap in EINDSTANDEN:
        raise InvoerFout("", "Dit traject is afgerond; de lijst wijzigt niet meer.")
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden; die komt in het dossier te staan.")
    rij = Inspraak.objects.select_for_update(of=("self",)).filter(pk=inspraak.pk).first()
    if rij is None:
        return
    leg_vast(
        soort="adviezen.haal_inspraak_weg",
        object=traject,
        door=door,
        reden=reden.strip(),
        gegevens={"vorm": rij.vorm, "van": rij.van.isoformat(), "partijen": [g.naam for g in rij.gehoorden.all()]},
    )
    rij.gehoorden.all().delete()
    rij.delete()
    _bevestig_opnieuw(traject)


def _bevestig_opnieuw(traject: Adviestraject) -> None:
    if (aanbieding := Aanbieding.objects.filter(traject=traject).first()) is not None:
        laat_bevestiging_vervallen(aanbieding)
        hoog_op(traject)  # wie intussen wil bevestigen, zag deze lijst nog niet
