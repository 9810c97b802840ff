"""Een openbaar advies intrekken: de een stelt het voor, een ander bevestigt, en na tien minuten is het weg.

De openbare kant leest alleen de publicatie. Bladzijde, PDF, zoeken, lijsten, feeds, API en bestanden slaan daarom op
hetzelfde moment om, en het oude adres geeft 410 met de reden.
"""

from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.correctie import werk_uitgaande_bij
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.actions.klokken import NA_AANBIEDEN, laat_klokken_vervallen
from adviezen.models import Adviesintrekking, Adviestraject
from adviezen.openbaar import sleutel_van
from adviezen.queries.aanspreken import behandelaars, met_rol, raadssecretarissen, wie_behandelt
from adviezen.queries.intrekking import intrekking_van, mag_trek_advies_in
from berichten.actions import annuleer, stuur
from commissies.queries import leden_van
from kern.elk import doe_elk
from kern.fouten import GeenToegang, InvoerFout, eis
from kern.tijd import WACHTTIJD, nu, vandaag
from logboek.actions import leg_vast
from publicatie.actions import laat_openbaar, trek_in
from publicatie.queries import laatste
from termijnen.models import Termijn
from toegang.enums import Rol

if TYPE_CHECKING:
    from toegang.models import Gebruiker

LANGSTE_REDEN = 1000
FEIT = "adviezen.bevestig_intrekking"


@transaction.atomic
def stel_intrekking_voor(
    *, traject: Adviestraject, versie: int | None, reden: str, door: "Gebruiker"
) -> Adviesintrekking:
    """Stel voor een openbaar advies in te trekken, en geef het voorstel; er verandert nog niets voor het publiek.

    `reden` komt straks op het adres van het advies te staan. Wie mag bevestigen krijgt meteen bericht. Werpt
    InvoerFout("reden"), OvergangGeweigerd als er niets in te trekken is, GeenToegang en VerouderdeVersie.
    """
    vers = vergrendel(traject.pk, versie)
    if not permissions.mag_intrekking_voorstellen(vers, door):
        raise GeenToegang
    reden = reden.strip()
    if not reden:
        raise InvoerFout("reden", "Geef de reden; die komt op het adres van het advies te staan.")
    if len(reden) > LANGSTE_REDEN:
        raise InvoerFout("reden", f"Houd de reden kort: hoogstens {LANGSTE_REDEN} tekens.")
    if vers.intrekkingen.filter(vervallen_op__isnull=True).exists():
        raise InvoerFout("", "Er is al een voorstel om dit advies in te trekken.")
    eis(mag_trek_advies_in(vers))
    rij: Adviesintrekking = Adviesintrekking.objects.create(traject=vers, reden=reden, voorgesteld_door=door)
    hoog_op(vers)
    leg_vast(soort="adviezen.stel_intrekking_voor", object=vers, door=door, reden=reden)
    for ontvanger in wie_bevestigt(rij):
        stuur(
            ontvanger=ontvanger,
            onderwerp="Een voorstel om een advies in te trekken wacht op u",
            pad=f"/werk/trajecten/{vers.slug}/intrekken/",
            feit=f"adviezen.stel_intrekking_voor:{vers.pk}:{vers.rijversie}",
            wacht=False,
            door=door,
        )
    return rij


def wie_bevestigt(rij: Adviesintrekking) -> "list[Gebruiker]":
    """Geef wie gevraagd wordt te bevestigen: de algemeen secretaris, of bij diens eigen voorstel wie ernaast staat."""
    kring = met_rol(Rol.ALGEMEEN_SECRETARIS)
    if permissions.mag_aanbieden(rij.traject, rij.voorgesteld_door):
        kring = [*kring, *raadssecretarissen(), *behandelaars(rij.traject)]
    return [g for g in {g.pk: g for g in kring}.values() if permissions.mag_intrekking_bevestigen(rij, g)]


@transaction.atomic
def bevestig_intrekking(*, traject: Adviestraject, versie: int | None, door: "Gebruiker") -> Adviesintrekking:
    """Bevestig het voorstel als tweede persoon: over tien minuten is het advies van de site.

    Zodra het zover is, vervallen de klok van het kabinet en de evaluaties (`rond_intrekkingen_af`), en krijgen wie
    eraan werkte en de journalisten die het lazen bericht. Werpt InvoerFout zonder voorstel, OvergangGeweigerd,
    GeenToegang en VerouderdeVersie.
    """
    vers = vergrendel(traject.pk, versie)
    rij = intrekking_van(vers)
    if rij is None or rij.bevestigd_op is not None:
        raise InvoerFout("", "Er is geen voorstel om te bevestigen.")
    if rij.voorgesteld_door_id == door.pk:
        raise InvoerFout("", "U stelde deze intrekking voor; een ander bevestigt haar.")
    if not permissions.mag_intrekking_bevestigen(rij, door):
        raise GeenToegang
    eis(mag_trek_advies_in(vers))
    publicatie = laatste(sleutel_van(vers.advies))
    assert publicatie is not None  # noqa: S101 - het beleid keek dit na
    weg = trek_in(publicatie=publicatie, reden=rij.reden, door=door, vanaf=nu() + WACHTTIJD)
    rij.bevestigd_door, rij.bevestigd_op, rij.gaat_in_op = door, nu(), weg.vanaf
    rij.save(update_fields=["bevestigd_door", "bevestigd_op", "gaat_in_op"])
    hoog_op(vers)
    leg_vast(
        soort=FEIT,
        object=vers,
        door=door,
        reden=rij.reden,
        gegevens={"gaat_in_op": weg.vanaf.isoformat()},
    )
    _bericht(vers, rij, door)
    return rij


@transaction.atomic
def laat_intrekking_vervallen(
    *, traject: Adviestraject, versie: int | None, reden: str, door: "Gebruiker"
) -> Adviesintrekking:
    """Neem een voorstel terug, of herroep een intrekking die nog niet inging; het advies blijft openbaar.

    Werpt InvoerFout ("reden", of als er niets meer terug kan), GeenToegang
    en VerouderdeVersie.
    """
    vers = vergrendel(traject.pk, versie)
    rij = intrekking_van(vers)
    if rij is None or rij.geldt:
        raise InvoerFout("", "Er is geen voorstel of intrekking die nog terug kan.")
    if not permissions.mag_intrekking_laten_vervallen(rij, door):
        raise GeenToegang
    reden = reden.strip()[:500]
    if not reden:
        raise InvoerFout("reden", "Geef een reden; die blijft in het dossier staan.")
    publicatie = laatste(sleutel_van(vers.advies))
    if rij.bevestigd_op is not None and publicatie is not None:
        laat_openbaar(publicatie=publicatie, door=door, reden=reden)
        if vers.correcties.filter(op__gte=rij.bevestigd_op).exists():  # die wachtte: de uitgave zou verdwijnen
            werk_uitgaande_bij(vers, door)
    rij.vervallen_door, rij.vervallen_op, rij.vervallen_reden = door, nu(), reden
    rij.save(update_fields=["vervallen_door", "vervallen_op", "vervallen_reden"])
    hoog_op(vers)
    for handeling in ("adviezen.stel_intrekking_voor", FEIT):
        annuleer(feit_begin=f"{handeling}:{vers.pk}", reden=reden, door=door)
    leg_vast(soort="adviezen.laat_intrekking_vervallen", object=vers, door=door, reden=reden)
    return rij


def rond_intrekkingen_af() -> int:
    """Laat de termijnen vervallen van wat nu is ingetrokken, en geef van hoeveel adviezen. Mag vaker en tegelijk.

    Pas als de intrekking ingaat: de klok van het kabinet staat openbaar, en verdwijnt met het advies, niet eerder.
    Werpt PortaalFout aan het eind als het bij een advies mislukte (kern.elk).
    """
    weg = Adviesintrekking.objects.filter(vervallen_op__isnull=True, gaat_in_op__lte=nu()).order_by("pk")
    return doe_elk(list(weg.values_list("pk", flat=True)), _rond_af, wat="Een intrekking afronden")


@transaction.atomic
def _rond_af(pk: int) -> bool:
    """Geef of er nog iets liep."""
    rij = Adviesintrekking.objects.select_related("traject__advies", "bevestigd_door").get(pk=pk)
    if not Termijn.objects.van(rij.traject.advies).filter(soort__in=NA_AANBIEDEN).lopend().exists():
        return False
    laat_klokken_vervallen(rij.traject.advies, reden="Het advies is ingetrokken.", door=rij.bevestigd_door)
    return True


def _bericht(traject: Adviestraject, rij: Adviesintrekking, door: "Gebruiker") -> None:
    werk = f"/werk/trajecten/{traject.slug}/intrekken/"
    wie = {g.pk: (g, werk) for g in [*wie_behandelt(traject), *met_rol(Rol.COMMUNICATIE)]}
    if traject.commissie is not None:
        for lid in leden_van(traject.commissie, vandaag()).select_related("persoon__gebruiker"):
            if lid.persoon.gebruiker is not None:
                wie.setdefault(lid.persoon.gebruiker.pk, (lid.persoon.gebruiker, "/lezen/"))
    lazen = traject.perslezers.filter(gestopt_op__isnull=True, embargo_aanvaard_op__isnull=False)
    for lezer in lazen.select_related("gebruiker"):
        wie.setdefault(lezer.gebruiker_id, (lezer.gebruiker, f"/pers/{lezer.pk}/"))
    for ontvanger, pad in wie.values():
        stuur(
            ontvanger=ontvanger,
            onderwerp="Een advies is ingetrokken",
            pad=pad,
            feit=f"{FEIT}:{traject.pk}:{traject.rijversie}",
            niet_voor=rij.gaat_in_op,
            door=door,
        )
