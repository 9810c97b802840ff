"""Stap 4: het achterbanberaad voorbereiden, openen, sluiten, en dat herroepen."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from adviezen import permissions
from adviezen.actions.bericht import OPENINGEN, bericht_organisatie, laat_vorige_toch_gaan, vraag_aan
from adviezen.actions.handelen import feit, uitvoering, zet_stap
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.actions.tijdvraag import (
    beantwoord_tijdvragen,
    dag_voor,
    herstel_antwoorden,
    keur_laatste_dag,
    open_tijdvragen,
)
from adviezen.enums import Reactiestatus, Stap
from adviezen.models import Achterbanberaad, Adviestraject, Deelname, Knelpunt, Reactie, Versie
from adviezen.models.zicht import gereed
from adviezen.policies.beraad import open_beraad, voorbereid_beraad, witte_versie
from adviezen.queries.beraad import te_herstellen_tot
from adviezen.queries.ontwerp import sleutel, wachtend_ontwerp
from berichten.actions import annuleer
from berichten.enums import Status
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import WACHTTIJD, nu, vandaag
from logboek.actions import leg_vast
from publicatie.actions import herroep as herroep_publicatie
from publicatie.actions import publiceer, publiceer_opnieuw
from publicatie.models import Publicatie
from termijnen.actions import heropen, laat_vervallen, open_termijn, verzet, voldoe
from termijnen.models import Termijn

if TYPE_CHECKING:
    from raad.models import Organisatie
    from toegang.models import Gebruiker

AANSPORINGEN = ("verleng_beraad", "verleng_deelname", "herinner", "eigen_dag")


@transaction.atomic
def bereid_voor(
    *,
    traject: Adviestraject,
    versie: int | None,
    uiterlijk_op: date,
    contacten: "Mapping[Organisatie, Gebruiker | None]",
    openbaar: bool | None,
    toestemming_op: date | None,
    door: "Gebruiker",
    toelichting: str = "",
    eigen_lijst: bool = False,
    lijst_reden: str = "",
) -> Achterbanberaad:
    """Leg de ronde klaar: laatste witte versie, termijn, wie meedoet met welk contact, en de toestemming.

    `openbaar` is wat de commissievoorzitter zei; er is geen beginwaarde (regel 22, domein §13.6). Werpt InvoerFout.
    """
    traject = vergrendel(traject.pk, versie)
    if not permissions.mag_als_commissiesecretaris(traject, door):
        raise GeenToegang
    if traject.stap not in (Stap.CONCEPT, Stap.VERWERKING):
        raise InvoerFout("", "Een ronde voorbereiden kan in stap 3, of in stap 5 voor een nieuwe ronde.")
    if uiterlijk_op <= vandaag():
        raise InvoerFout("uiterlijk_op", "De laatste dag om te reageren moet na vandaag liggen.")
    keur_laatste_dag(uiterlijk_op)
    if toestemming_op is not None and toestemming_op > vandaag():
        raise InvoerFout("toestemming_op", "De dag van de toestemming ligt in de toekomst.")
    if (openbaar is None) != (toestemming_op is None):
        raise InvoerFout("openbaar", "Leg vast wat de commissievoorzitter zei, en op welke dag.")
    if not contacten:
        raise InvoerFout("organisaties", "Kies de organisaties die meedoen.")
    if eigen_lijst and not lijst_reden.strip():
        raise InvoerFout("lijst_reden", "Zeg waarom de commissie zelf kiest welke organisaties meedoen.")
    beraad = voorbereid_beraad(traject)
    if beraad is None:
        beraad = Achterbanberaad(traject=traject, ronde=traject.beraden.count() + 1)
    beraad.versie = witte_versie(traject)
    beraad.uiterlijk_op, beraad.openbaar, beraad.toestemming_op = uiterlijk_op, openbaar, toestemming_op
    beraad.toestemming_van = traject.commissievoorzitter if toestemming_op is not None else None
    beraad.toestemming_toelichting = toelichting.strip()
    beraad.eigen_lijst, beraad.lijst_reden = eigen_lijst, lijst_reden.strip() if eigen_lijst else ""
    beraad.save()
    weg = beraad.deelnames.exclude(organisatie__in=contacten).select_related("organisatie")
    begonnen = [d.organisatie.naam for d in weg.filter(reactie__isnull=False)]
    if begonnen:
        raise InvoerFout("organisaties", f"{', '.join(begonnen)} begon al aan een reactie en blijft meedoen.")
    weg.delete()
    for organisatie, contact in contacten.items():
        Deelname.objects.update_or_create(beraad=beraad, organisatie=organisatie, defaults={"contact": contact})
    hoog_op(traject)
    leg_vast(
        soort="adviezen.bereid_beraad_voor",
        object=traject,
        door=door,
        gegevens={"ronde": beraad.ronde, "uiterlijk_op": uiterlijk_op.isoformat(), "openbaar": openbaar},
    )
    return beraad


# --- openen -------------------------------------------------------------------------------------------------------


@uitvoering("start_achterbanberaad", "open_nieuw_achterbanberaad")
def open_ronde(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Open de voorbereide ronde: reacties in concept, termijn, berichten, en zo nodig het openbare ontwerp."""
    vooraf = vergrendel(traject_pk, versie)
    beraad = voorbereid_beraad(vooraf)
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    assert beraad is not None  # noqa: S101 - het beleid keek dit na
    assert beraad.uiterlijk_op is not None  # noqa: S101 - idem
    beraad.geopend_op = nu()
    beraad.save(update_fields=["geopend_op"])
    for deelname in beraad.deelnames.select_related("contact", "organisatie"):
        _begin_reactie(deelname, door)
        vraag = feit(traject, overgang, str(deelname.pk))
        bericht_organisatie(deelname, onderwerp="Uw organisatie is om een reactie gevraagd", feit=vraag, door=door)
    open_termijn(
        soort="achterbanberaad",
        object=beraad,
        basis=vandaag(),
        vervalt_op=beraad.uiterlijk_op,
        door=door,
        eigenaar=traject.secretaris,
        wat=traject.titel[:200],
    )
    if beraad.openbaar and beraad.versie is not None:
        publiceer_ontwerp(traject, beraad.versie, door=door)
    return traject


def _begin_reactie(deelname: Deelname, door: "Gebruiker") -> None:
    if not Reactie.objects.filter(deelname=deelname).exists():
        reactie = Reactie.objects.create(deelname=deelname)
        leg_vast(soort="adviezen.begin_reactie", object=reactie, door=door)


def publiceer_ontwerp(
    traject: Adviestraject, versie: Versie, *, door: "Gebruiker", vanaf: Any = None, stuknummer: str | None = None
) -> None:
    """Maak een witte of groene versie openbaar als ontwerpadvies, standaard na tien minuten.

    Met `stuknummer` is het een stuk voor de raad: de openbare agenda vindt het daaraan terug.
    """
    publiceer(
        soort="ontwerpadvies",
        sleutel=sleutel(traject),
        titel=f"Ontwerpadvies: {traject.openbare_titel}",
        html=versie.html,
        metadata={
            "traject": traject.pk,
            "jaar": vandaag().year,
            "datum": vandaag().isoformat(),
            "versie": versie.openbare_naam,
            "hash": versie.hash,
        }
        | ({"stuknummer": stuknummer} if stuknummer else {}),
        vanaf=vanaf or nu() + WACHTTIJD,
        door=door,
        voorbeeld=traject.voorbeeld,
    )


def neem_ontwerp_terug(traject: Adviestraject, *, door: "Gebruiker", reden: str) -> None:
    """Herroep het ontwerpadvies dat nog moet beginnen; wat al openbaar was, blijft openbaar."""
    rij = wachtend_ontwerp(traject)
    if rij is not None:
        herroep_publicatie(publicatie=rij, door=door, reden=reden)


def haal_aansporingen_terug(traject: Adviestraject, *, door: "Gebruiker", reden: str) -> None:
    """Haal terug wat nog wacht om organisaties te laten reageren: dat kan niet meer.

    Ook de vraag zelf, als de ronde al weer dicht is voordat die wegging.
    """
    for wat in (*OPENINGEN, *AANSPORINGEN):
        annuleer(feit_begin=f"adviezen.{wat}:{traject.pk}", reden=reden, door=door)


def zet_aansporingen_terug(traject: Adviestraject, *, door: "Gebruiker", reden: str) -> None:
    """De ronde is toch open: de vraag die bij het sluiten werd teruggehaald gaat alsnog."""
    laat_vorige_toch_gaan(traject, OPENINGEN, reden=reden, door=door)
    zet_herinnerd_terug(traject)


def zet_herinnerd_terug(traject: Adviestraject) -> None:
    """Zeg van wie zijn herinnering werd teruggehaald, dat hij haar niet kreeg: nu kan zij weer."""
    laatst: dict[int, datetime | None] = {}
    berichten = Bericht.objects.van_handeling(f"adviezen.herinner:{traject.pk}").order_by("pk")
    for feit_, status, op in berichten.values_list("feit", "status", "aangemaakt_op"):
        deelname = int(feit_.rpartition(":")[2])
        laatst[deelname] = laatst.get(deelname) if status == Status.HERROEPEN else op
    for deelname, herinnerd_op in laatst.items():
        Deelname.objects.filter(pk=deelname).update(herinnerd_op=herinnerd_op)


def zet_ontwerp_terug(traject: Adviestraject, *, reden: str, door: "Gebruiker") -> None:
    """Laat het ontwerpadvies dat om `reden` is teruggenomen alsnog openbaar worden, op zijn vroegst na tien minuten.

    Alleen als het de nieuwste is. De reden wijst haar aan en niet de tijd: die is van de database, en die van de stap
    van de machine waarop het portaal draait.
    """
    rij = Publicatie.objects.filter(sleutel=sleutel(traject)).order_by("pk").last()
    if rij is not None and rij.tot == rij.vanaf and rij.intrekkingen.filter(reden=reden).exists():
        publiceer_opnieuw(publicatie=rij, vanaf=max(rij.vanaf, nu() + WACHTTIJD), door=door)


@uitvoering("herroep_achterbanberaad", "herroep_nieuw_achterbanberaad")
def herroep_opening(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Herroep het openen: de ronde is weer in voorbereiding; berichten en publicatie gaan niet door."""
    vorig = vergrendel(traject_pk, versie)
    beraad = open_beraad(vorig)
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    assert beraad is not None  # noqa: S101 - de ronde was open
    annuleer(feit_begin=f"adviezen.{vorig.laatste_overgang}:{vorig.pk}", reden=reden, door=door)
    haal_aansporingen_terug(traject, door=door, reden=reden)
    # Een antwoord of een vraag om mee te tekenen wachtte op de vraag zelf, en kwam anders zonder haar aan.
    paden = [f"/organisatie/beraad/{pk}/" for pk in beraad.deelnames.values_list("pk", flat=True)]
    wacht = Bericht.objects.filter(pad__in=paden, status=Status.WACHT)
    for feit_ in set(wacht.values_list("feit", flat=True)):
        annuleer(feit_begin=feit_, reden=reden, door=door)
    neem_ontwerp_terug(traject, door=door, reden=reden)
    for termijn in Termijn.objects.van(beraad).lopend():
        laat_vervallen(termijn=termijn, reden=reden, door=door)
    # Wie in die minuten al aan een reactie begon, vindt haar terug als de ronde opnieuw opent.
    beraad.geopend_op = None
    beraad.save(update_fields=["geopend_op"])
    beraad.deelnames.update(herinnerd_op=None, uiterlijk_op=None)  # de berichten daarover gaan ook niet door
    _haal_onaangeroerde_reacties_weg(beraad)
    return traject


def _haal_onaangeroerde_reacties_weg(beraad: Achterbanberaad) -> None:
    """Het openen legde voor ieder een concept klaar; wie nergens aan begon, kan uit de ronde."""
    klaargelegd = Reactie.objects.filter(deelname__beraad=beraad, status=Reactiestatus.CONCEPT, rijversie=0)
    for rij in klaargelegd.select_for_update(of=("self",)).select_related("deelname"):
        wie = rij.deelname
        if not any(r.exists() for r in (rij.items, rij.mede, wie.notities, wie.knelpunten, wie.mede_verzoeken)):
            rij.delete()


# --- tijdens de ronde ---------------------------------------------------------------------------------------------


@transaction.atomic
def verleng_ronde(
    *, traject: Adviestraject, versie: int | None, uiterlijk_op: date, reden: str, door: "Gebruiker"
) -> Achterbanberaad:
    """Geef de organisaties meer tijd; zij krijgen bericht. Werpt InvoerFout.

    Zolang de berichten van de vorige keer nog wachten, kan die dag ook weer eerder worden; is het de dag van daarvoor,
    dan gaat er geen bericht.
    """
    traject = vergrendel(traject.pk, versie)
    if not permissions.mag_als_commissiesecretaris(traject, door):
        raise GeenToegang
    beraad = open_beraad(traject)
    if beraad is None or beraad.uiterlijk_op is None:
        raise InvoerFout("", "Er is geen achterbanberaad open.")
    eerder = te_herstellen_tot(beraad)
    teruggedraaid = eerder is not None and uiterlijk_op == eerder
    vanaf = beraad.uiterlijk_op if eerder is None else eerder
    if not teruggedraaid and (uiterlijk_op <= max(vanaf, vandaag()) or uiterlijk_op == beraad.uiterlijk_op):
        raise InvoerFout("uiterlijk_op", "Kies een dag na de huidige laatste dag, en na vandaag.")
    keur_laatste_dag(uiterlijk_op)
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden; die komt in het dossier te staan.")
    oud = beraad.uiterlijk_op
    beraad.uiterlijk_op = uiterlijk_op
    beraad.save(update_fields=["uiterlijk_op"])
    hoog_op(traject)
    for termijn in Termijn.objects.van(beraad).filter(soort="achterbanberaad").lopend():
        verzet(termijn=termijn, vervalt_op=uiterlijk_op, reden=reden, door=door)  # ook als zij stilstaat
    leg_vast(
        soort="adviezen.verleng_beraad",
        object=traject,
        door=door,
        reden=reden.strip(),
        gegevens={"was": oud.isoformat(), "wordt": uiterlijk_op.isoformat()},
    )
    # Wie nog niet hoorde van een eerdere verlenging, hoort er één keer van.
    for wat in ("verleng_beraad", "antwoord_tijd"):
        annuleer(feit_begin=f"adviezen.{wat}:{traject.pk}", reden="De dag is weer gewijzigd.", door=door)
    hersteld: list[Knelpunt] = []
    for deelname in beraad.deelnames.all() if eerder is not None else ():
        dagen = {"was": dag_voor(deelname, oud), "dag": dag_voor(deelname, uiterlijk_op)}
        hersteld += herstel_antwoorden(deelname, **dagen, door=door)
    if teruggedraaid:
        return beraad
    open_ = open_tijdvragen(beraad.deelnames.all())
    beantwoord_tijdvragen(open_, dag=uiterlijk_op, door=door)
    vragen = {vraag.deelname_id: vraag for vraag in [*hersteld, *open_]}
    for deelname in beraad.deelnames.wachtend().select_related("contact", "organisatie"):
        vraag = vragen.pop(deelname.pk, None)
        if vraag is None and deelname.uiterlijk_op is not None and deelname.uiterlijk_op >= uiterlijk_op:
            continue  # haar eigen dag is later: voor haar verandert er niets
        bericht_organisatie(
            deelname, onderwerp="U heeft meer tijd voor uw reactie", door=door,
            feit=feit(traject, "verleng_beraad", str(deelname.pk)), ook=vraag.gemeld_door if vraag else None,
        )  # fmt: skip
    for vraag in vragen.values():  # wie erom vroeg en intussen reageerde, hoort het antwoord ook
        bericht_organisatie(
            vraag.deelname, onderwerp="Er is een antwoord op uw vraag om meer tijd", door=door,
            feit=feit(traject, "antwoord_tijd", str(vraag.deelname_id)), ook=vraag.gemeld_door,
        )  # fmt: skip
    return beraad


# --- sluiten ------------------------------------------------------------------------------------------------------


@uitvoering("sluit_achterbanberaad", "sluit_achterbanberaad_na_termijn")
def sluit_ronde(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Sluit de ronde; de termijn is voldaan, de organisaties krijgen bericht."""
    beraad = open_beraad(vergrendel(traject_pk, versie))
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    assert beraad is not None  # noqa: S101 - het beleid keek dit na
    _sluit(beraad, reden)
    haal_aansporingen_terug(traject, door=door, reden=reden)
    for termijn in Termijn.objects.van(beraad).lopend():
        voldoe(termijn=termijn, door=door)
    _bericht_deelnemers(beraad, traject, overgang, "Het achterbanberaad is gesloten", door)
    return traject


def _sluit(beraad: Achterbanberaad, reden: str) -> None:
    beraad.gesloten_op, beraad.sluit_reden = nu(), reden.strip()
    beraad.save(update_fields=["gesloten_op", "sluit_reden"])


def _bericht_deelnemers(
    beraad: Achterbanberaad, traject: Adviestraject, overgang: str, onderwerp: str, door: "Gebruiker"
) -> None:
    klaar = set(beraad.deelnames.filter(gereed()).values_list("pk", flat=True))
    for deelname in beraad.deelnames.select_related("contact", "organisatie"):
        vraag = vraag_aan(deelname).last()
        if vraag is not None and vraag.status == Status.HERROEPEN and deelname.pk not in klaar:
            continue  # de ronde sloot voordat de vraag wegging: wie niets gevraagd is, hoort niet dat het dicht is
        bericht_organisatie(deelname, onderwerp=onderwerp, feit=feit(traject, overgang, str(deelname.pk)), door=door)


@uitvoering("herroep_sluiting")
def herroep_sluiting(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Herroep het sluiten: de ronde is weer open en de termijn loopt weer."""
    vorig = vergrendel(traject_pk, versie)
    beraad = vorig.beraden.filter(gesloten_op__isnull=False).order_by("gesloten_op").last()
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    assert beraad is not None  # noqa: S101 - de ronde is net gesloten
    annuleer(feit_begin=f"adviezen.{vorig.laatste_overgang}:{vorig.pk}", reden=reden, door=door)
    beraad.gesloten_op, beraad.sluit_reden = None, ""
    beraad.save(update_fields=["gesloten_op", "sluit_reden"])
    zet_aansporingen_terug(traject, reden=reden, door=door)
    for termijn in Termijn.objects.van(beraad).filter(status="voldaan"):
        heropen(termijn=termijn, reden=reden, door=door)
    return traject


@uitvoering("trek_terug_naar_concept")
def trek_terug(
    traject_pk: int, *, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Adviestraject:
    """Stop de ronde en ga terug naar het concept; reacties blijven bewaard, organisaties krijgen bericht."""
    beraad = open_beraad(vergrendel(traject_pk, versie))
    traject = zet_stap(traject_pk, versie=versie, overgang=overgang, door=door, reden=reden)
    if beraad is not None:
        _sluit(beraad, reden)
        haal_aansporingen_terug(traject, door=door, reden=reden)
        for termijn in Termijn.objects.van(beraad).lopend():
            laat_vervallen(termijn=termijn, reden=reden, door=door)
        _bericht_deelnemers(beraad, traject, overgang, "Het achterbanberaad is gestopt", door)
    neem_ontwerp_terug(traject, door=door, reden=reden)
    return traject


@transaction.atomic
def stel_reacties_open(
    *, traject: Adviestraject, versie: int | None, beraad: Achterbanberaad, reden: str, door: "Gebruiker"
) -> Achterbanberaad:
    """Laat ook adviserende leden, waarnemers en het ministerie de reacties lezen, zoals de commissie besloot.

    Twee keer doen verandert niets. Werpt InvoerFout zonder reden.
    """
    traject = vergrendel(traject.pk, versie)
    if not permissions.mag_als_commissiesecretaris(traject, door):
        raise GeenToegang
    if not reden.strip():
        raise InvoerFout("reden", "Geef de reden waarom de commissie de reacties openstelt.")
    beraad = Achterbanberaad.objects.select_for_update().get(pk=beraad.pk, traject=traject)
    if beraad.reacties_opengesteld_op is None:
        beraad.reacties_opengesteld_op, beraad.reacties_opengesteld_reden = nu(), reden.strip()
        beraad.save(update_fields=["reacties_opengesteld_op", "reacties_opengesteld_reden"])
        hoog_op(traject)
        leg_vast(soort="adviezen.stel_reacties_open", object=traject, door=door, reden=reden.strip())
    return beraad
