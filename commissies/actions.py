"""Handelingen met commissies. Elke functie is een transactie, met logboek, en weigert met InvoerFout."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils.text import slugify

from commissies import regels
from commissies.enums import STEMGERECHTIGD, CommissieRol, SoortCommissie
from commissies.models import Commissie, Commissielid
from kern.fouten import InvoerFout
from logboek.actions import leg_vast
from raad.models import Organisatie, Persoon
from raad.queries import benoeming_van, is_kroonlid_of_vervanger
from raad.weigering import eis_tijdvak, in_een_keer
from toegang.models import Gebruiker
from toegang.rollen import is_medewerker


def stel_commissie_in(
    *,
    naam: str,
    soort: str,
    ingesteld_op: date,
    door: Gebruiker | None,
    taak: str = "",
    afkorting: str = "",
    consumentenleden: bool = False,
    mandaat: bool = False,
    mandaat_grond: str = "",
) -> Commissie:
    """Stel een commissie in en geef haar terug. Een mandaat om zelf te adviseren vraagt een grond (artikel 44)."""
    naam = " ".join(naam.split())
    if not slugify(naam):
        raise InvoerFout("naam", "Vul de naam van de commissie in.")
    with in_een_keer(regels.COMMISSIE):
        commissie = Commissie.objects.create(
            naam=naam,
            slug=slugify(naam)[:160],
            soort=soort,
            taak=taak.strip(),
            afkorting=afkorting.strip(),
            ingesteld_op=ingesteld_op,
            consumentenleden=consumentenleden,
            mandaat=mandaat,
            mandaat_grond=mandaat_grond.strip(),
        )
        leg_vast(
            soort="commissies.stel_commissie_in",
            object=commissie,
            door=door,
            gegevens={"op": str(ingesteld_op), "soort": soort, "mandaat": mandaat},
        )
    return commissie


def wijzig_mandaat(*, commissie: Commissie, mandaat: bool, grond: str, reden: str, door: Gebruiker | None) -> Commissie:
    """Geef een commissie het mandaat om zelf te adviseren of trek het in, met een reden."""
    _eis_eigen_wereld(commissie)
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden.")
    with in_een_keer(regels.COMMISSIE):
        commissie = Commissie.objects.select_for_update().get(pk=commissie.pk)
        commissie.mandaat, commissie.mandaat_grond = mandaat, grond.strip() if mandaat else ""
        commissie.save(update_fields=["mandaat", "mandaat_grond"])
        leg_vast(
            soort="commissies.wijzig_mandaat",
            object=commissie,
            door=door,
            reden=reden.strip(),
            gegevens={"mandaat": mandaat, "grond": commissie.mandaat_grond},
        )
    return commissie


def maak_commissie_van_werkgroep(
    *, commissie: Commissie, soort: str, naam: str, reden: str, door: Gebruiker | None
) -> Commissie:
    """Zet een werkgroep om in een commissie; leden, stukken en adres blijven (jaarverslag 2023)."""
    _eis_eigen_wereld(commissie)
    if soort == SoortCommissie.WERKGROEP:
        raise InvoerFout("soort", "Kies welke soort commissie de werkgroep wordt.")
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden.")
    with in_een_keer(regels.COMMISSIE):
        commissie = Commissie.objects.select_for_update().get(pk=commissie.pk)
        if commissie.soort != SoortCommissie.WERKGROEP:
            raise InvoerFout("soort", "Dit is al een commissie.")
        oud = commissie.naam
        commissie.soort, commissie.naam = soort, " ".join(naam.split()) or oud
        if commissie.naam != oud:
            commissie.ook_bekend_als = [*commissie.ook_bekend_als, oud]
        commissie.save(update_fields=["soort", "naam", "ook_bekend_als"])
        leg_vast(
            soort="commissies.maak_commissie_van_werkgroep",
            object=commissie,
            door=door,
            reden=reden.strip(),
            gegevens={"oude_naam": oud, "soort": soort},
        )
    return commissie


def hef_op(*, commissie: Commissie, per: date, reden: str, door: Gebruiker | None) -> Commissie:
    """Hef een commissie op: `per` is de eerste dag dat zij niet meer bestaat. Alle rollen eindigen mee."""
    _eis_eigen_wereld(commissie)
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden.")
    with in_een_keer(regels.COMMISSIE):
        commissie = Commissie.objects.select_for_update().get(pk=commissie.pk)
        if commissie.opgeheven_op is not None:
            raise InvoerFout("per", "Deze commissie is al opgeheven.")
        loopt_door = Q(tot__isnull=True) | Q(tot__gt=per)
        rollen = Commissielid.objects.filter(loopt_door, commissie=commissie, van__lt=per)
        vervangers = rollen.filter(rol=CommissieRol.PLAATSVERVANGER).update(tot=per)
        aantal = vervangers + rollen.exclude(rol=CommissieRol.PLAATSVERVANGER).update(tot=per)
        if commissie.ingesteld_op is not None and per <= commissie.ingesteld_op:
            raise InvoerFout("per", "Opheffen kan pas na de dag van instelling.")
        commissie.opgeheven_op = per
        commissie.save(update_fields=["opgeheven_op"])
        leg_vast(
            soort="commissies.hef_op",
            object=commissie,
            door=door,
            reden=reden.strip(),
            gegevens={"per": str(per), "rollen_beeindigd": aantal},
        )
    return commissie


def benoem_commissielid(
    *,
    commissie: Commissie,
    persoon: Persoon,
    rol: str,
    van: date,
    door: Gebruiker | None,
    tot: date | None = None,
    geleding: str | None = None,
    organisatie: Organisatie | None = None,
    vervangt: Commissielid | None = None,
    reden: str = "",
) -> Commissielid:
    """Geef iemand een rol in een commissie en geef de rij terug.

    Geleding en organisatie volgen uit de raadszetel, of bij een plaatsvervanger uit het lid, als zij niet gegeven
    zijn. De voorzitter is (plaatsvervangend) kroonlid; anders is een reden verplicht (regel 17). Een secretaris
    heeft een account nodig. Met terugwerkende kracht mag, vanaf de dag van instelling (SER-Wijzer 25).
    """
    _eis_eigen_wereld(commissie)
    if rol not in CommissieRol.values:
        raise InvoerFout("rol", "Kies een rol.")
    if rol == CommissieRol.VOORZITTER and not reden.strip() and not is_kroonlid_of_vervanger(persoon, van):
        raise InvoerFout(
            "reden", "De voorzitter is meestal een (plaatsvervangend) kroonlid. Geef een reden om daarvan af te wijken."
        )
    if rol == CommissieRol.SECRETARIS and persoon.gebruiker_id is None:
        raise InvoerFout("persoon", "Een secretaris heeft een account nodig; deze persoon heeft er geen.")
    if rol in STEMGERECHTIGD:
        if is_medewerker(persoon.gebruiker):
            raise InvoerFout("persoon", f"{persoon.naam} werkt bij het secretariaat en beslist niet mee.")
        geleding, organisatie = _herkomst(persoon, van, geleding, organisatie, vervangt)
        if not geleding:
            raise InvoerFout("geleding", "Kies de geleding waarvoor deze persoon meebeslist.")
    tot = tot or (vervangt.tot if vervangt else None) or commissie.opgeheven_op
    eis_tijdvak(van, tot)
    with in_een_keer(regels.LID):
        _controleer_dubbelrol(commissie, persoon, rol, van, tot)
        lid = Commissielid.objects.create(
            commissie=commissie,
            persoon=persoon,
            rol=rol,
            geleding=geleding or None,
            organisatie=organisatie,
            vervangt=vervangt,
            van=van,
            tot=tot,
            reden=reden.strip(),
        )
        _leg_vast("commissies.benoem_commissielid", lid, door, reden)
    return lid


def beeindig_commissielid(*, lid: Commissielid, per: date, reden: str, door: Gebruiker | None) -> Commissielid:
    """Beëindig een rol: `per` is de eerste dag zonder. Wie dit lid vervangt, eindigt mee."""
    _eis_eigen_wereld(lid.commissie)
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden.")
    with in_een_keer(regels.LID):
        # Eerst de commissie, zoals bij benoemen en opheffen: anders wachten twee handelingen op elkaar.
        Commissie.objects.select_for_update().get(pk=lid.commissie_id)
        lid = Commissielid.objects.select_for_update().get(pk=lid.pk)
        if per <= lid.van:
            raise InvoerFout("per", "Deze datum ligt op of voor het begin. Kies een latere datum.")
        if lid.tot is not None and per >= lid.tot:
            raise InvoerFout("per", "Deze rol eindigt al op of voor die datum.")
        for rij in [*lid.plaatsvervangers.all(), lid]:
            if rij.van >= per:
                raise InvoerFout("per", "De plaatsvervanger van dit lid begint pas na deze datum. Beëindig die eerst.")
            if rij.tot is None or rij.tot > per:
                rij.tot = per
                rij.save(update_fields=["tot"])
                _leg_vast("commissies.beeindig_commissielid", rij, door, reden)
    return lid


def _eis_eigen_wereld(commissie: Commissie) -> None:
    """In de voorbeeldstand verandert niemand iets aan een echte commissie: dat zou een verzonnen feit zijn."""
    if commissie.voorbeeld != settings.VOORBEELD:
        raise InvoerFout("", "Dit is een commissie uit het archief. In de voorbeeldstand verandert u daar niets aan.")


def _herkomst(
    persoon: Persoon,
    van: date,
    geleding: str | None,
    organisatie: Organisatie | None,
    vervangt: Commissielid | None,
) -> tuple[str | None, Organisatie | None]:
    if geleding:
        return geleding, organisatie
    if vervangt is not None:
        return vervangt.geleding, organisatie or vervangt.organisatie
    benoeming = benoeming_van(persoon, van)
    if benoeming is None:
        return (organisatie.geleding, organisatie) if organisatie else (None, None)
    return benoeming.zetel.geleding, organisatie or benoeming.zetel.organisatie


def _controleer_dubbelrol(commissie: Commissie, persoon: Persoon, rol: str, van: date, tot: date | None) -> None:
    """Niemand is in een commissie tegelijk stemgerechtigd lid en plaatsvervanger (regel 11)."""
    Commissie.objects.select_for_update().get(pk=commissie.pk)
    andere = Commissielid.objects.filter(commissie=commissie, persoon=persoon).filter(
        Q(tot__isnull=True) | Q(tot__gt=van), Q() if tot is None else Q(van__lt=tot)
    )
    vervanger = Q(rol=CommissieRol.PLAATSVERVANGER)
    if andere.filter(~vervanger if rol == CommissieRol.PLAATSVERVANGER else vervanger).exists():
        raise InvoerFout("persoon", "Deze persoon heeft in die tijd al een andere rol in de commissie.")


def _leg_vast(soort: str, lid: Commissielid, door: Gebruiker | None, reden: str) -> None:
    leg_vast(
        soort=soort,
        object=lid.commissie,
        door=door,
        reden=reden.strip(),
        gegevens={
            "persoon": lid.persoon.naam,
            "rol": lid.rol,
            "van": str(lid.van),
            "tot": str(lid.tot) if lid.tot else None,
        },
    )
