"""Wat een organisatie binnen een ronde doet naast haar reactie: meelezers, notities, knelpunten."""

from datetime import date, timedelta

from django.db import transaction

from adviezen import permissions
from adviezen.actions.bericht import bericht_behandelaars, bericht_organisatie
from adviezen.actions.genodigden import kies_eerste_wachtwoord, maak_account
from adviezen.models import Deelname, InterneNotitie, Knelpunt, Knelpuntbericht, Meelezer
from adviezen.models.zicht import meelezend
from adviezen.policies.bewaren import notities_tot
from adviezen.queries.uitnodiging import meelezer_bij
from berichten.actions import stuur
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu, vandaag
from logboek.actions import leg_vast
from raad.models.tijdvak import geldt_op
from toegang.models import Gebruiker

# --- knelpunten -----------------------------------------------------------------------------------------------


def _naar_secretaris(knelpunt: Knelpunt, onderwerp: str, feit: str, door: Gebruiker) -> None:
    traject = knelpunt.deelname.beraad.traject
    bericht_behandelaars(traject, onderwerp=onderwerp, feit=feit, door=door, blad="reacties/", wacht=False)


@transaction.atomic
def meld_knelpunt(*, deelname: Deelname, tekst: str, door: Gebruiker) -> Knelpunt:
    """Meld een knelpunt meteen aan de secretaris, vóór de reactie zelf (SER-Wijzer 29). Geen tekst in het bericht.

    Hetzelfde knelpunt twee keer versturen geeft één knelpunt.
    """
    if not permissions.mag_voor_organisatie(deelname, door):
        raise GeenToegang
    if not tekst.strip():
        raise InvoerFout("tekst", "Beschrijf het knelpunt.")
    if not deelname.beraad.is_open:
        raise InvoerFout("tekst", "Het achterbanberaad is niet open.")
    Deelname.objects.select_for_update(of=("self",)).get(pk=deelname.pk)
    net = Knelpunt.objects.filter(deelname=deelname).last()
    if net is not None and (net.gemeld_door_id, net.tekst, net.gezien_op) == (door.pk, tekst.strip(), None):
        return net
    knelpunt = Knelpunt.objects.create(deelname=deelname, tekst=tekst.strip(), gemeld_door=door)
    leg_vast(soort="adviezen.meld_knelpunt", object=knelpunt, door=door)
    _naar_secretaris(knelpunt, "Een organisatie meldt een knelpunt", f"adviezen.meld_knelpunt:{knelpunt.pk}:0", door)
    return knelpunt


@transaction.atomic
def markeer_knelpunt_gezien(*, knelpunt: Knelpunt, door: Gebruiker) -> Knelpunt:
    """Leg vast dat de secretaris het knelpunt zag; het verdwijnt dan van het beginscherm."""
    if not permissions.mag_als_commissiesecretaris(knelpunt.deelname.beraad.traject, door):
        raise GeenToegang
    if knelpunt.gezien_op is None:
        knelpunt.gezien_op = nu()
        knelpunt.save(update_fields=["gezien_op"])
        leg_vast(soort="adviezen.zag_knelpunt", object=knelpunt, door=door)
    return knelpunt


@transaction.atomic
def beantwoord_knelpunt(*, knelpunt: Knelpunt, tekst: str, door: Gebruiker) -> Knelpuntbericht:
    """Antwoord bij een knelpunt: de secretaris aan de organisatie, of de organisatie terug.

    Een antwoord van de secretaris zegt ook dat hij het knelpunt zag. Hetzelfde antwoord twee keer versturen geeft
    één antwoord. Werpt InvoerFout("tekst") zonder tekst.
    """
    Knelpunt.objects.select_for_update(of=("self",)).get(pk=knelpunt.pk)
    organisatie = permissions.mag_voor_organisatie(knelpunt.deelname, door)
    if not organisatie and not permissions.mag_als_commissiesecretaris(knelpunt.deelname.beraad.traject, door):
        raise GeenToegang
    if not tekst.strip():
        raise InvoerFout("tekst", "Schrijf uw antwoord.")
    laatste = knelpunt.berichten.last()
    if laatste is not None and (laatste.auteur_id, laatste.tekst) == (door.pk, tekst.strip()):
        return laatste
    antwoord = Knelpuntbericht.objects.create(
        knelpunt=knelpunt, tekst=tekst.strip(), van_organisatie=organisatie, auteur=door, auteur_naam=door.naam
    )
    leg_vast(soort="adviezen.beantwoord_knelpunt", object=knelpunt, door=door)
    feit = f"adviezen.beantwoord_knelpunt:{knelpunt.pk}:{antwoord.pk}"
    if organisatie:
        _naar_secretaris(knelpunt, "Een organisatie antwoordt bij een knelpunt", feit, door)
        return antwoord
    markeer_knelpunt_gezien(knelpunt=knelpunt, door=door)
    bericht_organisatie(
        knelpunt.deelname,
        onderwerp="De secretaris antwoordt op uw knelpunt",
        feit=feit,
        wacht=False,
        door=door,
        ook=knelpunt.gemeld_door,
    )
    return antwoord


# --- intern -----------------------------------------------------------------------------------------------------


@transaction.atomic
def schrijf_notitie(*, deelname: Deelname, tekst: str, door: Gebruiker) -> InterneNotitie:
    """Schrijf een notitie die alleen de eigen organisatie leest; ook het logboek noemt haar niet."""
    if not permissions.mag_voor_organisatie(deelname, door) and not leest_mee(deelname, door):
        raise GeenToegang
    if not tekst.strip():
        raise InvoerFout("tekst", "De notitie is leeg.")
    tot = notities_tot(deelname.beraad)
    if tot is not None and tot <= vandaag():
        raise InvoerFout("tekst", "De bewaartermijn van notities in deze ronde is voorbij; bewaar uw tekst elders.")
    return InterneNotitie.objects.create(deelname=deelname, auteur=door, auteur_naam=door.naam, tekst=tekst.strip())


def leest_mee(deelname: Deelname, gebruiker: Gebruiker) -> bool:
    """Geef of iemand nu in deze ronde voor deze organisatie meeleest."""
    rijen = Meelezer.objects.filter(
        meelezend(vandaag()),
        gebruiker=gebruiker,
        organisatie_id=deelname.organisatie_id,
        beraad_id=deelname.beraad_id,
    )
    return rijen.exists()


@transaction.atomic
def laat_meelezen(*, deelname: Deelname, gebruiker: Gebruiker, door: Gebruiker, tot: date | None = None) -> Meelezer:
    """Nodig een collega uit om in deze ronde mee te lezen, onder dezelfde zwijgplicht (SER-Wijzer 28, 33).

    Hij leest pas als hij die zwijgplicht aanvaardde (`aanvaard_geheimhouding`), en tot de ronde sluit. Werpt
    InvoerFout als de ronde dicht is, de dag voorbij is, of hij al meeleest.
    """
    if not permissions.mag_meelezers_toelaten(deelname, door):
        raise GeenToegang
    if deelname.beraad.gesloten_op is not None:
        raise InvoerFout("gebruiker", "Deze ronde is gesloten; meelezen is er niet meer bij.")
    if permissions.mag_voor_organisatie(deelname, gebruiker):
        raise InvoerFout("email", f"{gebruiker.naam} schrijft al voor uw organisatie en leest deze ronde al.")
    if tot is not None and tot <= vandaag():
        raise InvoerFout("tot", "Deze dag ligt niet na vandaag.")
    if tot is not None and tot > vandaag() + timedelta(days=366):
        raise InvoerFout("tot", "Kies een dag binnen een jaar. Controleer het jaar.")
    Deelname.objects.select_for_update(of=("self",)).get(pk=deelname.pk)
    if Meelezer.objects.filter(geldt_op(vandaag()), gebruiker=gebruiker, beraad_id=deelname.beraad_id).exists():
        raise InvoerFout("gebruiker", f"{gebruiker.naam} leest al mee of is al uitgenodigd.")
    meelezer = Meelezer.objects.create(
        gebruiker=gebruiker,
        organisatie_id=deelname.organisatie_id,
        traject_id=deelname.beraad.traject_id,
        beraad_id=deelname.beraad_id,
        van=vandaag(),
        tot=tot,
        toegelaten_door=door,
    )
    leg_vast(soort="adviezen.laat_meelezen", object=meelezer, door=door, gegevens={"meelezer": gebruiker.naam})
    stuur(
        ontvanger=gebruiker,
        onderwerp="U bent gevraagd mee te lezen in een achterbanberaad",
        pad=f"/organisatie/uitnodiging/{meelezer.pk}/",
        feit=f"adviezen.laat_meelezen:{meelezer.pk}:0",
        wacht=False,
        door=door,
    )
    return meelezer


@transaction.atomic
def nodig_nieuwe_collega_uit(
    *, deelname: Deelname, email: str, naam: str, door: Gebruiker, tot: date | None = None
) -> Meelezer:
    """Maak een account voor een collega en nodig hem uit mee te lezen; geef de meelezer terug.

    Het account heeft geen wachtwoord en geen enkele rol. De e-mail krijgt een eenmalige link (queries.uitnodiging);
    daar kiest hij een wachtwoord en belooft hij geheimhouding. Bestaat het adres al, dan werpt dit InvoerFout("email").
    """
    if not permissions.mag_meelezers_toelaten(deelname, door):
        raise GeenToegang
    collega = maak_account(
        email=email, naam=naam, wie="uw collega", soort="adviezen.maak_account_meelezer",
        voorbeeld=deelname.beraad.traject.voorbeeld, door=door,
    )  # fmt: skip
    return laat_meelezen(deelname=deelname, gebruiker=collega, door=door, tot=tot)


@transaction.atomic
def neem_uitnodiging_aan(*, code: str, wachtwoord: str) -> Meelezer:
    """Kies het eerste wachtwoord en beloof geheimhouding, met de link uit de e-mail; geef de meelezer terug.

    Twee keer geeft InvoerFout. `wachtwoord` is al gekeurd.
    """
    meelezer = kies_eerste_wachtwoord(
        meelezer_bij, code=code, wachtwoord=wachtwoord, soort="adviezen.neem_uitnodiging_aan",
        anders="Log in, of vraag een nieuwe uitnodiging.",
    )  # fmt: skip
    return aanvaard_geheimhouding(meelezer=meelezer, door=meelezer.gebruiker)


@transaction.atomic
def aanvaard_geheimhouding(*, meelezer: Meelezer, door: Gebruiker) -> Meelezer:
    """Leg vast dat de meelezer zelf de zwijgplicht aanvaardt; vanaf nu leest hij. Twee keer doen verandert niets."""
    vers = Meelezer.objects.select_for_update(of=("self",)).select_related("beraad").get(pk=meelezer.pk)
    if vers.gebruiker_id != door.pk:
        raise GeenToegang
    if vers.tot is not None and vers.tot <= vandaag():
        raise InvoerFout("", "Deze uitnodiging geldt niet meer. Vraag het aan wie u uitnodigde.")
    if vers.beraad.gesloten_op is not None:
        raise InvoerFout("", "Deze ronde is gesloten; meelezen kan niet meer.")
    if vers.geheimhouding_op is None:
        vers.geheimhouding_op = nu()
        vers.save(update_fields=["geheimhouding_op"])
        leg_vast(soort="adviezen.aanvaard_geheimhouding", object=vers, door=door)
    return vers


@transaction.atomic
def stop_meelezen(*, meelezer: Meelezer, deelname: Deelname, door: Gebruiker, reden: str = "") -> Meelezer:
    """Neem het meelezen terug, meteen; de rij blijft staan als spoor en zijn notities blijven van de organisatie.

    Twee keer doen verandert niets.
    """
    if not permissions.mag_meelezers_toelaten(deelname, door):
        raise GeenToegang
    vers = Meelezer.objects.select_for_update(of=("self",)).get(pk=meelezer.pk)
    if vers.gestopt_op is None:
        vers.tot, vers.gestopt_op, vers.gestopt_door = max(vandaag(), vers.van), nu(), door
        vers.stop_reden = reden.strip()
        vers.save(update_fields=["tot", "gestopt_op", "gestopt_door", "stop_reden"])
        leg_vast(soort="adviezen.stop_meelezen", object=vers, door=door, gegevens={"meelezer": vers.gebruiker.naam})
    return vers
