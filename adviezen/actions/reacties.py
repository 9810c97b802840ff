"""De reactie van een organisatie: punten schrijven, indienen, terugnemen, en wat intern blijft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from adviezen import permissions, policies
from adviezen.actions.hulp import eis
from adviezen.models import Deelname, InterneNotitie, Knelpunt, Meelezer, Reactie, ReactieItem
from berichten.actions import stuur
from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie
from kern.tijd import nu, vandaag
from logboek.actions import leg_vast
from overgangen import voer_uit

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@dataclass(frozen=True)
class Punt:
    """Eén punt van een reactie, bij een blok van de witte versie (leeg: bij het geheel)."""

    tekst: str
    blok: str = ""
    citaat: str = ""
    voorstel: str = ""


def _vergrendel(reactie: Reactie, versie: int | None, door: "Gebruiker") -> Reactie:
    vers = Reactie.objects.select_for_update(of=("self",)).select_related("deelname__beraad").get(pk=reactie.pk)
    if versie is not None and vers.rijversie != versie:
        raise VerouderdeVersie
    if not permissions.mag_reageren(vers, door):
        raise GeenToegang
    return vers


@transaction.atomic
def bewaar_reactie(
    *,
    reactie: Reactie,
    versie: int | None,
    oordeel: str,
    toelichting: str,
    punten: Sequence[Punt],
    door: "Gebruiker",
    mede_namens: str = "",
) -> Reactie:
    """Bewaar het concept van een reactie met al haar punten (wat er niet bij staat vervalt) en geef het terug."""
    vers = _vergrendel(reactie, versie, door)
    eis(policies.beraad.mag_wijzigen(vers))
    for nummer, punt in enumerate(punten, 1):
        if not punt.tekst.strip():
            raise InvoerFout("punten", f"Punt {nummer} is leeg. Vul het in of haal het weg.")
    vers.oordeel, vers.toelichting, vers.mede_namens = oordeel, toelichting.strip(), mede_namens.strip()
    vers.rijversie += 1
    vers.save(update_fields=["oordeel", "toelichting", "mede_namens", "rijversie"])
    vers.items.all().delete()
    ReactieItem.objects.bulk_create(
        ReactieItem(
            reactie=vers,
            volgorde=nummer,
            blok=punt.blok,
            citaat=punt.citaat.strip(),
            tekst=punt.tekst.strip(),
            voorstel=punt.voorstel.strip(),
        )
        for nummer, punt in enumerate(punten, 1)
    )
    # Alleen het aantal: de punten zelf zijn van de organisatie, tot zij ze indient.
    leg_vast(soort="adviezen.bewaar_reactie", object=vers, door=door, gegevens={"punten": len(punten)})
    return vers


@transaction.atomic
def begin_reactie(*, deelname: Deelname, door: "Gebruiker") -> Reactie:
    """Geef de reactie van een deelname; is zij er nog niet, dan begint zij hier in concept."""
    if not permissions.mag_voor_organisatie(deelname, door):
        raise GeenToegang
    Deelname.objects.select_for_update(of=("self",)).get(pk=deelname.pk)
    reactie = Reactie.objects.filter(deelname=deelname).first()
    if reactie is None:
        reactie = Reactie.objects.create(deelname=deelname)
        leg_vast(soort="adviezen.begin_reactie", object=reactie, door=door)
    return reactie


@transaction.atomic
def bewaar_oordeel(
    *, reactie: Reactie, versie: int | None, oordeel: str, toelichting: str, door: "Gebruiker", mede_namens: str = ""
) -> Reactie:
    """Bewaar het oordeel en de toelichting in het concept; de punten blijven zoals ze zijn."""
    vers = _vergrendel(reactie, versie, door)
    eis(policies.beraad.mag_wijzigen(vers))
    vers.oordeel, vers.toelichting, vers.mede_namens = oordeel, toelichting.strip(), mede_namens.strip()
    vers.rijversie += 1
    vers.save(update_fields=["oordeel", "toelichting", "mede_namens", "rijversie"])
    leg_vast(soort="adviezen.bewaar_reactie", object=vers, door=door)
    return vers


@transaction.atomic
def voeg_punt_toe(*, reactie: Reactie, versie: int | None, punt: Punt, door: "Gebruiker") -> Reactie:
    """Zet één punt achteraan het concept en geef de reactie. Hetzelfde punt twee keer versturen geeft één punt."""
    vers = _vergrendel(reactie, versie, door)
    eis(policies.beraad.mag_wijzigen(vers))
    velden = _velden(punt)
    if not vers.items.filter(**velden).exists():
        hoogste = vers.items.aggregate(hoogste=Max("volgorde"))["hoogste"] or 0
        ReactieItem.objects.create(reactie=vers, volgorde=hoogste + 1, **velden)
        _hoog_op(vers, door)
    return vers


@transaction.atomic
def wijzig_punt(*, item: ReactieItem, versie: int | None, punt: Punt, door: "Gebruiker") -> Reactie:
    """Wijzig één punt van het concept en geef de reactie."""
    vers = _vergrendel(item.reactie, versie, door)
    eis(policies.beraad.mag_wijzigen(vers))
    if not vers.items.filter(pk=item.pk).update(**_velden(punt)):
        raise InvoerFout("tekst", "Dit punt is intussen weggehaald. Uw tekst staat er nog; maak er een nieuw punt van.")
    _hoog_op(vers, door)
    return vers


@transaction.atomic
def haal_punt_weg(*, item: ReactieItem, door: "Gebruiker") -> Reactie:
    """Haal één punt uit het concept. Is het al weg, dan gebeurt er niets."""
    vers = _vergrendel(item.reactie, None, door)
    eis(policies.beraad.mag_wijzigen(vers))
    if vers.items.filter(pk=item.pk).delete()[0]:
        _hoog_op(vers, door)
    return vers


def _velden(punt: Punt) -> dict[str, str]:
    if not punt.tekst.strip():
        raise InvoerFout("tekst", "Vul het punt in.")
    return {
        "blok": punt.blok,
        "citaat": punt.citaat.strip(),
        "tekst": punt.tekst.strip(),
        "voorstel": punt.voorstel.strip(),
    }


def _hoog_op(reactie: Reactie, door: "Gebruiker") -> None:
    reactie.rijversie += 1
    reactie.save(update_fields=["rijversie"])
    # Alleen dat er iets veranderde: de punten zelf zijn van de organisatie, tot zij ze indient.
    leg_vast(soort="adviezen.bewaar_reactie", object=reactie, door=door)


@transaction.atomic
def dien_reactie_in(*, reactie: Reactie, versie: int | None, door: "Gebruiker") -> Reactie:
    """Dien de reactie in; de commissie leest haar. Werpt OvergangGeweigerd met wat ontbreekt."""
    return _stap(reactie, versie, "dien_in", door, indiener=door)


@transaction.atomic
def meld_geen_reactie(*, reactie: Reactie, versie: int | None, door: "Gebruiker") -> Reactie:
    """Meld dat deze organisatie geen reactie geeft."""
    return _stap(reactie, versie, "meld_geen_reactie", door, indiener=door)


@transaction.atomic
def neem_reactie_terug(*, reactie: Reactie, versie: int | None, door: "Gebruiker") -> Reactie:
    """Neem een reactie terug om haar te wijzigen, zolang de ronde open is."""
    return _stap(reactie, versie, "neem_terug", door)


def _stap(reactie: Reactie, versie: int | None, overgang: str, door: "Gebruiker", **kw: object) -> Reactie:
    klaar = voer_uit(Reactie, reactie.pk, versie, overgang, door=door, **kw)
    traject = klaar.deelname.beraad.traject
    stuur(
        ontvanger=traject.secretaris,
        onderwerp="De stand van een achterbanberaad is veranderd",
        pad=f"/werk/trajecten/{traject.slug}/reacties/",
        feit=f"adviezen.{overgang}:{klaar.pk}:{klaar.rijversie}",
        door=door,
    )
    return klaar


@transaction.atomic
def meld_knelpunt(*, deelname: Deelname, tekst: str, door: "Gebruiker") -> Knelpunt:
    """Meld een knelpunt meteen aan de secretaris, vóór de reactie zelf (SER-Wijzer 29). Geen tekst in het bericht."""
    if not permissions.mag_voor_organisatie(deelname, door):
        raise GeenToegang
    if not tekst.strip():
        raise InvoerFout("tekst", "Beschrijf het knelpunt.")
    if not deelname.beraad.is_open:
        raise InvoerFout("tekst", "Het achterbanberaad is niet open.")
    knelpunt = Knelpunt.objects.create(deelname=deelname, tekst=tekst.strip(), gemeld_door=door)
    traject = deelname.beraad.traject
    leg_vast(soort="adviezen.meld_knelpunt", object=knelpunt, door=door)
    for ontvanger in {g.pk: g for g in (traject.secretaris, traject.waarnemer) if g is not None}.values():
        stuur(
            ontvanger=ontvanger,
            onderwerp="Een organisatie meldt een knelpunt",
            pad=f"/werk/trajecten/{traject.slug}/reacties/",
            feit=f"adviezen.meld_knelpunt:{knelpunt.pk}:0",
            wacht=False,
            door=door,
        )
    return knelpunt


@transaction.atomic
def markeer_knelpunt_gezien(*, knelpunt: Knelpunt, door: "Gebruiker") -> Knelpunt:
    """Leg vast dat de secretaris het knelpunt zag; het verdwijnt dan van het beginscherm."""
    if not permissions.mag_als_commissiesecretaris(knelpunt.deelname.beraad.traject, door):
        raise GeenToegang
    if knelpunt.gezien_op is None:
        knelpunt.gezien_op = nu()
        knelpunt.save(update_fields=["gezien_op"])
        leg_vast(soort="adviezen.zag_knelpunt", object=knelpunt, door=door)
    return knelpunt


@transaction.atomic
def schrijf_notitie(*, deelname: Deelname, tekst: str, door: "Gebruiker") -> InterneNotitie:
    """Schrijf een notitie die alleen de eigen organisatie leest; ook het logboek noemt haar niet."""
    if not permissions.mag_voor_organisatie(deelname, door) and not _leest_mee(deelname, door):
        raise GeenToegang
    if not tekst.strip():
        raise InvoerFout("tekst", "De notitie is leeg.")
    return InterneNotitie.objects.create(deelname=deelname, auteur=door, auteur_naam=door.naam, tekst=tekst.strip())


def _leest_mee(deelname: Deelname, gebruiker: "Gebruiker") -> bool:
    dag = vandaag()
    return (
        Meelezer.objects.filter(
            gebruiker=gebruiker,
            organisatie_id=deelname.organisatie_id,
            traject_id=deelname.beraad.traject_id,
            van__lte=dag,
        )
        .exclude(tot__lte=dag)
        .exists()
    )


@transaction.atomic
def laat_meelezen(
    *, deelname: Deelname, gebruiker: "Gebruiker", door: "Gebruiker", tot: date | None = None
) -> Meelezer:
    """Laat een collega van de organisatie meelezen met dit traject, onder dezelfde zwijgplicht (SER-Wijzer 28, 33)."""
    if not permissions.mag_meelezers_toelaten(deelname, door):
        raise GeenToegang
    if tot is not None and tot <= vandaag():
        raise InvoerFout("tot", "Deze dag ligt niet na vandaag.")
    if _leest_mee(deelname, gebruiker):
        raise InvoerFout("gebruiker", f"{gebruiker.naam} leest al mee.")
    meelezer = Meelezer.objects.create(
        gebruiker=gebruiker,
        organisatie_id=deelname.organisatie_id,
        traject_id=deelname.beraad.traject_id,
        van=vandaag(),
        tot=tot,
        toegelaten_door=door,
    )
    leg_vast(soort="adviezen.laat_meelezen", object=meelezer, door=door, gegevens={"meelezer": gebruiker.naam})
    return meelezer


@transaction.atomic
def stop_meelezen(*, meelezer: Meelezer, deelname: Deelname, door: "Gebruiker") -> None:
    """Neem het meelezen terug, vanaf vandaag."""
    if not permissions.mag_meelezers_toelaten(deelname, door):
        raise GeenToegang
    leg_vast(soort="adviezen.stop_meelezen", object=meelezer, door=door)
    if meelezer.van >= vandaag():
        meelezer.delete()
    else:
        meelezer.tot = vandaag()
        meelezer.save(update_fields=["tot"])
