"""Opmerkingen bij een passage, antwoorden, afdoen, en waar een lezer gebleven was."""

from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.enums import Kring, SoortOpmerking
from adviezen.models import Leesstand, Opmerking, Versie
from adviezen.queries.beraad import kringen
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from raad.models import Organisatie
    from toegang.models import Gebruiker


@transaction.atomic
def plaats_opmerking(
    *,
    versie: Versie,
    tekst: str,
    kring: str,
    door: "Gebruiker",
    blok: str = "",
    citaat: str = "",
    soort: str = SoortOpmerking.GEWOON,
    voorstel: str = "",
    organisatie: "Organisatie | None" = None,
    geleding: str = "",
    antwoord_op: Opmerking | None = None,
) -> Opmerking:
    """Plaats een opmerking in een kring en geef haar terug.

    De kring moet er een van de lezer zijn bij deze versie (adviezen.queries.beraad.kringen); een antwoord staat in de
    kring van de opmerking zelf. Een blokkerend bezwaar vraagt ook een voorstel. Werpt InvoerFout en GeenToegang.
    """
    if not Versie.objects.zichtbaar_voor(door).filter(pk=versie.pk).exists():
        raise GeenToegang
    if not tekst.strip():
        raise InvoerFout("tekst", "Vul een opmerking in.")
    if antwoord_op is not None:
        kring, organisatie, geleding = antwoord_op.kring, antwoord_op.organisatie, antwoord_op.geleding
        blok, versie = antwoord_op.blok, antwoord_op.versie
    elif kring not in kringen(versie, door):
        raise InvoerFout("kring", "Kies wie deze opmerking mag lezen.")
    if soort == SoortOpmerking.BLOKKEREND and not voorstel.strip():
        raise InvoerFout("voorstel", "Een blokkerend bezwaar vraagt ook een voorstel.")
    if kring == Kring.ORGANISATIE and organisatie is None:
        raise InvoerFout("kring", "U hoort nu niet bij een organisatie.")
    if kring == Kring.GELEDING and not geleding:
        raise InvoerFout("kring", "U hoort nu niet bij een geleding.")
    opmerking = Opmerking.objects.create(
        versie=versie,
        blok=blok,
        citaat=citaat.strip()[:2000],
        tekst=tekst.strip(),
        voorstel=voorstel.strip(),
        soort=soort,
        kring=kring,
        auteur=door,
        auteur_naam=door.naam,
        organisatie=organisatie if kring == Kring.ORGANISATIE else None,
        geleding=geleding if kring == Kring.GELEDING else "",
        antwoord_op=antwoord_op,
    )
    if kring in (Kring.COMMISSIE, Kring.SECRETARIAAT):
        # Andere kringen blijven buiten het logboek: niemand daarbuiten hoeft te weten dat er iets staat.
        leg_vast(soort="adviezen.plaats_opmerking", object=opmerking, door=door)
    return opmerking


@transaction.atomic
def doe_opmerking_af(*, opmerking: Opmerking, afdoening: str, door: "Gebruiker") -> Opmerking:
    """Zeg wat er met een opmerking gedaan is. Twee mensen tegelijk: de eerste wint, de tweede krijgt InvoerFout."""
    vers = Opmerking.objects.select_for_update(of=("self",)).select_related("versie__traject").get(pk=opmerking.pk)
    mag = vers.auteur_id == door.pk or (
        vers.kring in (Kring.COMMISSIE, Kring.SECRETARIAAT) and permissions.mag_bewerken(vers.versie.traject, door)
    )
    if not mag:
        raise GeenToegang
    if vers.afgedaan_op is not None:
        raise InvoerFout("afdoening", "Deze opmerking is intussen al afgedaan.")
    if not afdoening.strip():
        raise InvoerFout("afdoening", "Zeg wat ermee gedaan is.")
    vers.afgedaan_op, vers.afgedaan_door, vers.afdoening = nu(), door, afdoening.strip()
    vers.save(update_fields=["afgedaan_op", "afgedaan_door", "afdoening"])
    if vers.kring in (Kring.COMMISSIE, Kring.SECRETARIAAT):
        leg_vast(soort="adviezen.doe_opmerking_af", object=vers, door=door)
    return vers


def onthoud_gelezen(*, versie: Versie, door: "Gebruiker", klaar: bool | None = None) -> Leesstand:
    """Onthoud dat deze lezer de versie zag, en met `klaar` dat hij haar uit heeft. Alleen de lezer ziet dit."""
    moment = nu()
    velden: dict[str, object] = {"gezien_op": moment}
    if klaar is not None:
        velden["klaar_op"] = moment if klaar else None
    stand, _ = Leesstand.objects.update_or_create(gebruiker=door, versie=versie, defaults=velden)
    return stand
