"""Personen, organisaties, en wie voor een organisatie het achterbanberaad regelt."""

from __future__ import annotations

from datetime import date

from django.utils.text import slugify

from kern.fouten import InvoerFout
from kern.tijd import vandaag
from logboek.actions import leg_vast
from raad import regels
from raad.actions.hulp import controleer_einde, leg_tijdvak_vast
from raad.enums import ContactRol
from raad.models import Organisatie, OrganisatieContact, Persoon
from raad.namen import sorteernaam
from raad.weigering import eis_tijdvak, in_een_keer
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import heeft, is_medewerker, vergeet

BUITEN_DE_ORGANISATIES = {
    Rol.PERS: "de pers",
    Rol.MINISTERIEEL_VERTEGENWOORDIGER: "een ministerie",
    Rol.KROONLID: "een kroonlid",
}


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
        if is_medewerker(gebruiker) and _beslist_mee(persoon, gebruiker):
            raise InvoerFout("gebruiker", "Dit account is van het secretariaat, en deze persoon heeft een zetel.")
        leg_vast(soort="raad.koppel_account", object=persoon, door=door, gegevens={"gebruiker": gebruiker.naam})
    return persoon


def _beslist_mee(persoon: Persoon, gebruiker: Gebruiker) -> bool:
    vergeet(gebruiker)
    zetel = persoon.benoemingen.exclude(tot__lte=vandaag()).exists()
    return zetel or heeft(gebruiker, Rol.COMMISSIEVOORZITTER, Rol.COMMISSIELID, Rol.COMMISSIE_PLAATSVERVANGER)


def leg_contact_vast(
    *,
    gebruiker: Gebruiker,
    organisatie: Organisatie,
    van: date,
    door: Gebruiker | None,
    tot: date | None = None,
    rol: str = ContactRol.COORDINATOR,
) -> OrganisatieContact:
    """Maak een account contactpersoon van een organisatie, en geef de rij terug.

    Nooit dat van een medewerker of van wie juist buiten de organisaties staat: wat een organisatie intern schrijft is
    van haar, tot zij het indient (ontwerp §5).
    """
    eis_tijdvak(van, tot)
    with in_een_keer(regels.CONTACT, slot=regels.SLOT):
        _eis_van_buiten(gebruiker)
        contact = OrganisatieContact.objects.create(
            gebruiker=gebruiker, organisatie=organisatie, van=van, tot=tot, rol=rol
        )
        leg_tijdvak_vast("raad.leg_contact_vast", contact, door, organisatie, gebruiker=gebruiker.naam)
    return contact


def _eis_van_buiten(gebruiker: Gebruiker) -> None:
    """Pas met het slot: wie rollen van de staf geeft of een ambt vastlegt, kijkt naar deze rij."""
    if is_medewerker(gebruiker):
        raise InvoerFout("gebruiker", "Dit account is van het secretariaat. Kies dat van iemand van de organisatie.")
    vergeet(gebruiker)
    for elders, wie in BUITEN_DE_ORGANISATIES.items():
        if heeft(gebruiker, elders):
            raise InvoerFout("gebruiker", f"Dit account is van {wie}. Kies dat van iemand van de organisatie.")
    vergeet(gebruiker)  # hierna is hij het wel


def beeindig_contact(*, contact: OrganisatieContact, per: date | None, reden: str, door: Gebruiker | None) -> None:
    """Beëindig een contactpersoon per een dag, met een reden; zonder dag was het een vergissing en stopt hij nu.

    Begon hij eerder, dan is gisteren zijn laatste dag. Begon hij vandaag of later, dan gaat de rij weg: een tijdvak van
    niets is er niet. Wat er stond, staat met de reden in het logboek.
    """
    with in_een_keer(regels.CONTACT, slot=regels.SLOT):
        contact = OrganisatieContact.objects.select_for_update().get(pk=contact.pk)
        if per is None:
            if not reden.strip():
                raise InvoerFout("reden", "Geef een reden.")
            if contact.tot is not None and contact.tot <= vandaag():
                raise InvoerFout("", "Deze persoon is al geen coördinator meer.")
            leg_tijdvak_vast(
                "raad.herroep_contact", contact, door, contact.organisatie, reden, gebruiker=contact.gebruiker.naam
            )
            if contact.van >= vandaag():
                contact.delete()
            else:
                contact.tot = vandaag()
                contact.save(update_fields=["tot"])
            return
        controleer_einde(contact, per, reden)
        contact.tot = per
        contact.save(update_fields=["tot"])
        leg_tijdvak_vast(
            "raad.beeindig_contact", contact, door, contact.organisatie, reden, gebruiker=contact.gebruiker.naam
        )
