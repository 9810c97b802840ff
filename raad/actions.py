"""Handelingen in de raad. Elke functie is een transactie, legt zich vast in het logboek en weigert met InvoerFout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.text import slugify

from kern.fouten import InvoerFout
from kern.tijd import datum_nl, vandaag
from logboek.actions import leg_vast
from raad import regels
from raad.enums import ContactRol, Geleding, SoortBenoeming
from raad.models import (
    Benoeming,
    DagelijksBestuurslid,
    Organisatie,
    OrganisatieContact,
    Persoon,
    Voorzitterschap,
    Zetel,
    Zetelverdeling,
    Zittingsperiode,
)
from raad.models.tijdvak import Tijdvak
from raad.namen import sorteernaam
from raad.termijn import ACCEPTATIE
from raad.weigering import eis_tijdvak, in_een_keer
from termijnen.actions import laat_vervallen, open_termijn, voldoe
from termijnen.enums import Status
from termijnen.models import Termijn
from termijnen.queries import laatste
from toegang.models import Gebruiker


@dataclass(frozen=True)
class Zetels:
    """Een groep gelijke zetels in een nieuwe zittingsperiode."""

    geleding: Geleding
    aantal: int
    organisatie: Organisatie | None = None
    bijzonder: str = ""


def registreer_organisatie(
    *, naam: str, door: Gebruiker | None, geleding: str | None = None, lidwoord: str = "", voluit: str = ""
) -> Organisatie:
    """Geef een nieuwe organisatie; werpt InvoerFout als de naam al bestaat."""
    naam = naam.strip()
    if not naam:
        raise InvoerFout("naam", "Vul de naam van de organisatie in.")
    if Organisatie.objects.filter(naam=naam).exists():
        raise InvoerFout("naam", "Er is al een organisatie met deze naam.")
    with in_een_keer({"raad_organisatie_slug_key": ("naam", "Er is al een organisatie met bijna deze naam.")}):
        organisatie = Organisatie.objects.create(
            naam=naam, slug=slugify(naam)[:120], geleding=geleding, lidwoord=lidwoord, voluit=voluit
        )
        leg_vast(soort="raad.registreer_organisatie", object=organisatie, door=door)
    return organisatie


def registreer_persoon(
    *, naam: str, door: Gebruiker | None, gebruiker: Gebruiker | None = None, achternaam_eerst: str = ""
) -> Persoon:
    """Geef een nieuwe persoon; de sorteernaam volgt uit de naam als die niet gegeven is."""
    naam = " ".join(naam.split())
    if not naam:
        raise InvoerFout("naam", "Vul de naam in.")
    if gebruiker is not None and Persoon.objects.filter(gebruiker=gebruiker).exists():
        raise InvoerFout("gebruiker", "Dit account hoort al bij een andere persoon.")
    with in_een_keer({"raad_persoon_gebruiker_id_key": ("gebruiker", "Dit account hoort al bij iemand.")}):
        persoon = Persoon.objects.create(
            naam=naam, sorteernaam=achternaam_eerst or sorteernaam(naam), gebruiker=gebruiker
        )
        leg_vast(soort="raad.registreer_persoon", object=persoon, door=door)
    return persoon


def koppel_account(*, persoon: Persoon, gebruiker: Gebruiker, door: Gebruiker | None) -> Persoon:
    """Geef een persoon zonder account een account; diens rollen gelden daarna meteen."""
    with in_een_keer({"raad_persoon_gebruiker_id_key": ("gebruiker", "Dit account hoort al bij iemand.")}):
        persoon = Persoon.objects.select_for_update().get(pk=persoon.pk)
        if persoon.gebruiker_id is not None:
            raise InvoerFout("gebruiker", "Deze persoon heeft al een account.")
        if persoon.voorbeeld != gebruiker.voorbeeld:
            raise InvoerFout("gebruiker", "Een echte persoon en een voorbeeldaccount horen niet bij elkaar.")
        persoon.gebruiker = gebruiker
        persoon.save(update_fields=["gebruiker"])
        leg_vast(soort="raad.koppel_account", object=persoon, door=door, gegevens={"gebruiker": gebruiker.naam})
    return persoon


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
        volgorde = [g for geleding in Geleding for g in zetels if g.geleding == geleding]
        rijen = [groep for groep in volgorde for _ in range(groep.aantal)]
        Zetel.objects.bulk_create(
            Zetel(
                periode=periode,
                nummer=nummer,
                geleding=groep.geleding,
                organisatie=groep.organisatie,
                bijzonder=groep.bijzonder,
                van=van,
                tot=tot,
            )
            for nummer, groep in enumerate(rijen, start=1)
        )
        leg_vast(soort="raad.richt_periode_in", object=periode, door=door, gegevens={"van": str(van), "tot": str(tot)})
    return periode


def benoem(
    *,
    persoon: Persoon,
    zetel: Zetel,
    soort: str,
    van: date,
    door: Gebruiker | None,
    tot: date | None = None,
    meegedeeld_op: date | None = None,
    aanvaard_op: date | None = None,
    bron: str = "",
    opmerking: str = "",
) -> Benoeming:
    """Benoem iemand in een zetel en geef de benoeming terug.

    Zonder `tot` loopt zij tot het einde van de zetel: wie tussentijds komt, maakt de tijd van de voorganger vol
    (regel 3). Met `meegedeeld_op` en zonder `aanvaard_op` begint de termijn van drie weken om te aanvaarden (regel 4).
    Werpt InvoerFout bij een bezette zetel, een tweede zetel of data buiten de zetel.
    """
    tot = tot or zetel.tot
    eis_tijdvak(van, tot)
    if soort == SoortBenoeming.LID and zetel.bijzonder and not (bron or opmerking):
        opmerking = f"ambtshalve, {zetel.get_bijzonder_display()}"
    if aanvaard_op is not None and meegedeeld_op is not None and aanvaard_op < meegedeeld_op:
        raise InvoerFout("aanvaard_op", "Aanvaarden kan pas nadat de benoeming is meegedeeld.")
    with in_een_keer(regels.BENOEMING, regels.UITGESTELD_BESTUUR, slot=regels.SLOT):
        benoeming = Benoeming.objects.create(
            persoon=persoon,
            zetel=zetel,
            soort=soort,
            van=van,
            tot=tot,
            meegedeeld_op=meegedeeld_op,
            aanvaard_op=aanvaard_op,
            bron=bron,
            opmerking=opmerking,
        )
        _leg_tijdvak_vast("raad.benoem", benoeming, door, persoon, zetel=zetel.pk, rol=soort)
        if meegedeeld_op is not None and aanvaard_op is None:
            open_termijn(soort=ACCEPTATIE, object=benoeming, basis=meegedeeld_op, door=door)
    return benoeming


def leg_aanvaarding_vast(*, benoeming: Benoeming, op: date, door: Gebruiker | None) -> Benoeming:
    """Leg vast dat het lid schriftelijk heeft aanvaard; na de termijn geldt de benoeming als afgewezen (regel 4)."""
    with in_een_keer({}, slot=regels.SLOT):
        benoeming = Benoeming.objects.select_for_update().get(pk=benoeming.pk)
        termijn = _open_acceptatie(benoeming)
        if benoeming.aanvaard_op is not None:
            raise InvoerFout("op", "Deze benoeming is al aanvaard.")
        if op > vandaag():
            raise InvoerFout("op", "Deze datum moet nog komen.")
        if benoeming.meegedeeld_op is not None and op < benoeming.meegedeeld_op:
            raise InvoerFout("op", "Aanvaarden kan pas nadat de benoeming is meegedeeld.")
        if termijn is not None and op > termijn.vervalt_op:
            raise InvoerFout(
                "op", f"Aanvaarden kon tot en met {datum_nl(termijn.vervalt_op)}. De benoeming geldt als afgewezen."
            )
        benoeming.aanvaard_op = op
        benoeming.save(update_fields=["aanvaard_op"])
        if termijn is not None:
            voldoe(termijn=termijn, door=door, op=op)
        leg_vast(soort="raad.leg_aanvaarding_vast", object=benoeming.persoon, door=door, gegevens={"op": str(op)})
    return benoeming


def stel_afwijzing_vast(*, benoeming: Benoeming, reden: str, door: Gebruiker | None) -> None:
    """Leg vast dat iemand de benoeming niet aanvaardde.

    Ging zij nog niet in, dan is er nooit een lid geweest en verdwijnt de rij (het logboek houdt wat er stond);
    anders eindigt zij vandaag. Werpt InvoerFout als de benoeming al is aanvaard.
    """
    with in_een_keer(regels.BENOEMING | regels.BESTUUR, regels.UITGESTELD_BESTUUR, slot=regels.SLOT):
        benoeming = Benoeming.objects.select_for_update().get(pk=benoeming.pk)
        if benoeming.aanvaard_op is not None:
            raise InvoerFout("reden", "Deze benoeming is al aanvaard. Beëindig haar als het lid vertrekt.")
        if not reden.strip():
            raise InvoerFout("reden", "Geef een reden, bijvoorbeeld: niet binnen drie weken aanvaard.")
        termijn = _open_acceptatie(benoeming)
        if termijn is not None:
            laat_vervallen(termijn=termijn, reden=reden, door=door)
        if benoeming.van < vandaag():
            beeindig_benoeming(benoeming=benoeming, per=vandaag(), reden=reden, door=door)
            return
        zetel, rol = benoeming.zetel_id, benoeming.soort
        _leg_tijdvak_vast("raad.stel_afwijzing_vast", benoeming, door, benoeming.persoon, reden, zetel=zetel, rol=rol)
        benoeming.delete()


def _open_acceptatie(benoeming: Benoeming) -> Termijn | None:
    termijn = laatste(benoeming, ACCEPTATIE)
    return termijn if termijn is not None and termijn.status in {Status.OPEN, Status.GEPAUZEERD} else None


def beeindig_benoeming(*, benoeming: Benoeming, per: date, reden: str, door: Gebruiker | None) -> Benoeming:
    """Beëindig een benoeming: `per` is de eerste dag dat iemand geen lid of plaatsvervanger meer is.

    Voorzitterschap en dagelijks bestuur eindigen mee; de plaatsvervanger van de zetel blijft (SER-Wijzer 8).
    Bij een onverenigbare functie is `per` de dag waarop die begint (regel 5).
    """
    with in_een_keer(regels.BENOEMING | regels.BESTUUR, regels.UITGESTELD_BESTUUR, slot=regels.SLOT):
        benoeming = Benoeming.objects.select_for_update().get(pk=benoeming.pk)
        _controleer_einde(benoeming, per, reden)
        if (termijn := _open_acceptatie(benoeming)) is not None:
            laat_vervallen(termijn=termijn, reden=reden, door=door)
        if benoeming.soort == SoortBenoeming.LID:
            for model in (Voorzitterschap, DagelijksBestuurslid):
                for rij in model.objects.filter(persoon=benoeming.persoon, van__lt=benoeming.tot or date.max):
                    if rij.van >= per:
                        raise InvoerFout("per", "Beëindig eerst de functie die na deze datum begint.")
                    if rij.tot is None or rij.tot > per:
                        _zet_einde(rij, per, reden, door)
        _zet_einde(benoeming, per, reden, door)
    return benoeming


def kies_voorzitter(
    *, persoon: Persoon, functie: str, van: date, door: Gebruiker | None, tot: date | None = None
) -> Voorzitterschap:
    """Leg een (plaatsvervangend) voorzitter vast; zonder `tot` tot het einde van de benoeming als lid.

    Werpt InvoerFout als de persoon geen lid is, de voorzitter geen kroonlid, of twee uit dezelfde geleding komen
    (regels 6 en 7).
    """
    with in_een_keer(regels.BESTUUR, regels.UITGESTELD_BESTUUR, slot=regels.SLOT):
        tot = tot or _einde_als_lid(persoon, van)
        eis_tijdvak(van, tot)
        rij = Voorzitterschap.objects.create(persoon=persoon, functie=functie, van=van, tot=tot)
        _leg_tijdvak_vast("raad.kies_voorzitter", rij, door, persoon, rol=functie)
    return rij


def benoem_db_lid(
    *, persoon: Persoon, van: date, door: Gebruiker | None, tot: date | None = None
) -> DagelijksBestuurslid:
    """Leg een lid van het dagelijks bestuur vast; ten hoogste het aantal per geleding van de periode (regel 8)."""
    with in_een_keer(regels.BESTUUR, regels.UITGESTELD_BESTUUR, slot=regels.SLOT):
        tot = tot or _einde_als_lid(persoon, van)
        eis_tijdvak(van, tot)
        rij = DagelijksBestuurslid.objects.create(persoon=persoon, van=van, tot=tot)
        _leg_tijdvak_vast("raad.benoem_db_lid", rij, door, persoon)
    return rij


def beeindig_functie(
    *, rij: Voorzitterschap | DagelijksBestuurslid, per: date, reden: str, door: Gebruiker | None
) -> None:
    """Beëindig een voorzitterschap of een plaats in het dagelijks bestuur per een dag, met een reden."""
    with in_een_keer(regels.BESTUUR, regels.UITGESTELD_BESTUUR, slot=regels.SLOT):
        rij = type(rij).objects.select_for_update().get(pk=rij.pk)
        _controleer_einde(rij, per, reden)
        _zet_einde(rij, per, reden, door)


def leg_contact_vast(
    *,
    gebruiker: Gebruiker,
    organisatie: Organisatie,
    van: date,
    door: Gebruiker | None,
    tot: date | None = None,
    rol: str = ContactRol.COORDINATOR,
) -> OrganisatieContact:
    """Maak een account contactpersoon van een organisatie, en geef de rij terug."""
    eis_tijdvak(van, tot)
    with in_een_keer(regels.CONTACT, slot=regels.SLOT):
        contact = OrganisatieContact.objects.create(
            gebruiker=gebruiker, organisatie=organisatie, van=van, tot=tot, rol=rol
        )
        _leg_tijdvak_vast("raad.leg_contact_vast", contact, door, organisatie, gebruiker=gebruiker.naam)
    return contact


def beeindig_contact(*, contact: OrganisatieContact, per: date, reden: str, door: Gebruiker | None) -> None:
    """Beëindig een contactpersoon per een dag, met een reden."""
    with in_een_keer(regels.CONTACT, slot=regels.SLOT):
        contact = OrganisatieContact.objects.select_for_update().get(pk=contact.pk)
        _controleer_einde(contact, per, reden)
        contact.tot = per
        contact.save(update_fields=["tot"])
        _leg_tijdvak_vast(
            "raad.beeindig_contact", contact, door, contact.organisatie, reden, gebruiker=contact.gebruiker.naam
        )


def _einde_als_lid(persoon: Persoon, van: date) -> date | None:
    lid = persoon.benoemingen.filter(soort=SoortBenoeming.LID, van__lte=van).order_by("-van").first()
    if lid is None or not lid.geldt(van):
        raise InvoerFout("persoon", "Deze persoon is op die dag geen lid van de raad.")
    return lid.tot


def _controleer_einde(rij: Tijdvak, per: date, reden: str) -> None:
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden.")
    if per <= rij.van:
        raise InvoerFout("per", "Deze datum ligt op of voor het begin. Kies een latere datum.")
    if rij.tot is not None and per >= rij.tot:
        raise InvoerFout("per", "Dit eindigt al op of voor die datum.")


def _zet_einde(
    rij: Benoeming | Voorzitterschap | DagelijksBestuurslid, per: date, reden: str, door: Gebruiker | None
) -> None:
    rij.tot = per
    rij.save(update_fields=["tot"])
    _leg_tijdvak_vast(f"raad.beeindig_{rij._meta.model_name}", rij, door, rij.persoon, reden)


def _leg_tijdvak_vast(
    soort: str, rij: Tijdvak, door: Gebruiker | None, object: Persoon | Organisatie, reden: str = "", **meer: Any
) -> None:
    """De gebeurtenis hangt aan de persoon of de organisatie: daar zoekt iemand de geschiedenis."""
    gegevens = {"rij": rij.pk, "van": str(rij.van), "tot": str(rij.tot) if rij.tot else None, **meer}
    leg_vast(soort=soort, object=object, door=door, reden=reden.strip(), gegevens=gegevens)
