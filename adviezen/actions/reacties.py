"""De reactie van een organisatie: punten schrijven, indienen en terugnemen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from adviezen import permissions, policies
from adviezen.actions.bericht import bericht_behandelaars
from adviezen.actions.herinner import laat_met_rust
from adviezen.actions.hulp import vergrendel
from adviezen.actions.mede import laat_los, vraag_opnieuw
from adviezen.enums import SoortIndiening
from adviezen.models import Deelname, Indiening, Reactie, ReactieItem, Verwerking
from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie, eis
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
    was = _inhoud(vers)
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
    if _inhoud(vers) != was:
        vraag_opnieuw(vers, door)
    return vers


def _inhoud(reactie: Reactie) -> tuple[object, ...]:
    """Geef alles waar een ander mee instemt die meetekent."""
    punten = list(reactie.items.values_list("blok", "citaat", "tekst", "voorstel"))
    return reactie.oordeel, reactie.toelichting, reactie.mede_namens, punten


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
    was = _inhoud(vers)
    vers.oordeel, vers.toelichting, vers.mede_namens = oordeel, toelichting.strip(), mede_namens.strip()
    vers.rijversie += 1
    vers.save(update_fields=["oordeel", "toelichting", "mede_namens", "rijversie"])
    leg_vast(soort="adviezen.bewaar_reactie", object=vers, door=door)
    if _inhoud(vers) != was:
        vraag_opnieuw(vers, door)
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
def voeg_punten_toe(
    *, reactie: Reactie, versie: int | None, punten: Sequence[Punt], door: "Gebruiker"
) -> tuple[Reactie, int]:
    """Zet meer punten tegelijk achteraan het concept; geef de reactie en hoeveel er bijkwamen.

    Wat er al precies zo staat, komt er niet nog eens bij. Werpt InvoerFout("punten", …) bij een leeg punt.
    """
    vers = _vergrendel(reactie, versie, door)
    eis(policies.beraad.mag_wijzigen(vers))
    hoogste = vers.items.aggregate(hoogste=Max("volgorde"))["hoogste"] or 0
    erbij = 0
    for nummer, punt in enumerate(punten, 1):
        if not punt.tekst.strip():
            raise InvoerFout("punten", f"Punt {nummer} is leeg. Vul het in of vink het uit.")
        velden = _velden(punt)
        if not vers.items.filter(**velden).exists():
            erbij += 1
            ReactieItem.objects.create(reactie=vers, volgorde=hoogste + erbij, **velden)
    if erbij:
        _hoog_op(vers, door)
    return vers, erbij


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
    vraag_opnieuw(reactie, door)


@transaction.atomic
def dien_reactie_in(*, reactie: Reactie, versie: int | None, door: "Gebruiker") -> Reactie:
    """Dien de reactie in; de commissie leest haar. Werpt OvergangGeweigerd met wat ontbreekt."""
    return _stap(reactie, versie, "dien_in", SoortIndiening.INGEDIEND, door, indiener=door)


@transaction.atomic
def meld_geen_reactie(*, reactie: Reactie, versie: int | None, door: "Gebruiker") -> Reactie:
    """Meld dat deze organisatie geen reactie geeft; wie met haar zou meetekenen, staat dan weer los en hoort dat."""
    klaar = _stap(reactie, versie, "meld_geen_reactie", SoortIndiening.GEEN_REACTIE, door, indiener=door)
    laat_los(klaar, door)
    return klaar


@transaction.atomic
def neem_reactie_terug(*, reactie: Reactie, versie: int | None, door: "Gebruiker") -> Reactie:
    """Neem een reactie terug om haar te wijzigen, zolang de ronde open is. Wie meetekende, bevestigt daarna opnieuw.

    Was de ronde even gesloten en lag er al een verwerking van een punt, dan vervalt die: het punt kan nu veranderen.
    """
    klaar = _stap(reactie, versie, "neem_terug", SoortIndiening.TERUGGENOMEN, door)
    verwerkt = Verwerking.objects.filter(item__reactie=klaar)
    if oordelen := {str(punt): oordeel for punt, oordeel in verwerkt.values_list("item", "oordeel")}:
        leg_vast(soort="adviezen.laat_verwerking_vervallen", object=klaar, door=door, gegevens={"punten": oordelen})
        verwerkt.delete()
    vraag_opnieuw(klaar, door)
    return klaar


def _stap(
    reactie: Reactie, versie: int | None, overgang: str, soort: SoortIndiening, door: "Gebruiker", **kw: object
) -> Reactie:
    vergrendel(reactie.deelname.beraad.traject_id)  # wie de ronde sluit, telt wie er dan gereageerd heeft
    klaar = voer_uit(Reactie, reactie.pk, versie, overgang, door=door, **kw)
    Indiening.objects.create(
        reactie=klaar,
        soort=soort,
        oordeel=klaar.oordeel,
        toelichting=klaar.toelichting,
        mede_namens=klaar.mede_namens,
        punten=list(klaar.items.values("blok", "citaat", "tekst", "voorstel")),
        door=door,
        door_naam=door.naam,
    )
    traject = klaar.deelname.beraad.traject
    bericht_behandelaars(
        traject,
        onderwerp="De stand van een achterbanberaad is veranderd",
        feit=f"adviezen.{overgang}:{klaar.pk}:{klaar.rijversie}",
        door=door,
        blad="reacties/",
        bundel=True,
    )
    laat_met_rust(klaar.deelname.beraad, door=door)
    return klaar
