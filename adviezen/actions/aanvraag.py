"""Stap 1: een adviesaanvraag of eigen initiatief registreren, aanvullen en de ontvangst bevestigen."""

from collections.abc import Mapping, Sequence
from datetime import date
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.html import escape
from django.utils.text import slugify

from adviezen import permissions
from adviezen.actions.bericht import bericht_overdracht
from adviezen.actions.hulp import vergrendel
from adviezen.actions.klokken import draag_klokken_over, schuif_adviestermijn, schuif_bevestiging
from adviezen.enums import Stap
from adviezen.models import Adviesaanvraag, Adviestraject, Adviesvrager, Stapgang, Thema
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import WACHTTIJD, dag_van, nu, vandaag
from logboek.actions import leg_vast
from publicatie.actions import herroep, publiceer, trek_in
from publicatie.queries import laatste
from termijnen.actions import open_termijn, voldoe
from termijnen.models import Termijn

if TYPE_CHECKING:
    from stukken.models import Bestand
    from toegang.models import Gebruiker


# Onder /werk/trajecten/ staan ook schermen; een traject met zo'n naam was niet te openen.
VASTE_ADRESSEN = frozenset({"nieuw", "embargo", "werkprogramma", "planning", "bureau"})

AANGEPAST = "De aanvraag is aangepast."


def _vrije_slug(titel: str) -> str:
    """Geef een naam in het adres die nog niet bestaat."""
    basis = slugify(titel)[:100].strip("-") or "traject"
    bezet = set(Adviestraject.objects.filter(slug__startswith=basis).values_list("slug", flat=True))
    bezet.update(VASTE_ADRESSEN)
    slug, teller = basis, 2
    while slug in bezet:
        slug, teller = f"{basis}-{teller}", teller + 1
    return slug


def nieuw_traject(
    *, door: "Gebruiker", themas: Sequence[Thema], zelfde: Mapping[str, date], **velden: Any
) -> Adviestraject:
    """Maak een traject met een eigen naam in het adres, een kenmerk en het begin van zijn verloop; geef het terug.

    Werpt InvoerFout bij "titel" als er al een lopend traject is met deze titel en de dag in `zelfde` (bij een tweede
    klik, of als een collega dezelfde brief registreerde); anders liepen er twee klokken over één vraag.
    """
    with connection.cursor() as cursor:  # wie tegelijk een traject maakt, ziet daarna welke naam al bezet is
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('adviezen_nieuw_traject'))")
    dubbel = Adviestraject.objects.filter(titel__iexact=velden["titel"], geeindigd_op=None, **zelfde).first()
    if dubbel is not None:
        raise InvoerFout("titel", f"Dit is al geregistreerd, als {dubbel.kenmerk}, met dezelfde titel en dag.")
    slug = _vrije_slug(velden.get("werktitel_openbaar") or velden["titel"])
    # Het kenmerk volgt uit het nummer van de rij; tot die er is, houdt een willekeurige waarde de plaats vrij.
    traject = Adviestraject.objects.create(slug=slug, kenmerk=token_hex(16), **velden)
    reeks = "VT" if traject.voorbeeld else "T"
    traject.kenmerk = f"{reeks}{dag_van(traject.aangemaakt_op):%y}/{traject.pk:03d}"
    traject.save(update_fields=["kenmerk"])
    traject.themas.set(themas)
    Stapgang.begin(traject, door_naam=door.naam)
    bericht_overdracht(traject, van=None, nam_waar=None, door=door)
    return traject


def keur_aanvraag(
    *, vragers: Sequence[Adviesvrager], datum: date, ontvangen_op: date, adviestermijn: date | None
) -> None:
    """Kijk de gegevens van een aanvraag na; werpt InvoerFout met het eerste veld dat niet klopt.

    Regel 13 (alleen minister, staatssecretaris of Kamer; dat is een lijst) en regel 14 (een bewindspersoon noemt
    altijd een adviestermijn; Wet op de SER, artikel 41).
    """
    if not vragers:
        raise InvoerFout("vragers", "Kies ten minste één adviesvrager.")
    if ontvangen_op > vandaag():
        raise InvoerFout("ontvangen_op", "De dag van ontvangst ligt in de toekomst.")
    if ontvangen_op < datum:
        raise InvoerFout("ontvangen_op", "De brief kan niet zijn ontvangen vóór de datum van de brief.")
    if adviestermijn is None and any(v.is_bewindspersoon for v in vragers):
        raise InvoerFout("adviestermijn", "Een minister of staatssecretaris noemt altijd een adviestermijn.")
    if adviestermijn is not None and adviestermijn <= datum:
        raise InvoerFout("adviestermijn", "De adviestermijn moet na de datum van de brief liggen.")


@transaction.atomic
def registreer_aanvraag(
    *,
    titel: str,
    vraag: str,
    vragers: Sequence[Adviesvrager],
    datum: date,
    ontvangen_op: date,
    secretaris: "Gebruiker",
    door: "Gebruiker",
    werktitel_openbaar: str = "",
    adviestermijn: date | None = None,
    kenmerk_vrager: str = "",
    bestand: "Bestand | None" = None,
    niet_openbaar_grond: str = "",
    raad_zelf_gevraagd: bool = False,
    themas: Sequence[Thema] = (),
) -> Adviestraject:
    """Registreer een adviesaanvraag en geef het nieuwe traject, in stap 1.

    Opent de termijn voor de ontvangstbevestiging en, als die er is, de adviestermijn. De aanvraag wordt na tien minuten
    openbaar, tenzij `niet_openbaar_grond` is ingevuld (ontwerp §5). Werpt InvoerFout en GeenToegang.
    """
    if not permissions.mag_registreren(door):
        raise GeenToegang
    keur_aanvraag(vragers=vragers, datum=datum, ontvangen_op=ontvangen_op, adviestermijn=adviestermijn)
    traject = nieuw_traject(
        titel=titel.strip(),
        zelfde={"aanvraag__datum": datum},
        stap=Stap.AANVRAAG,
        door=door,
        themas=themas,
        werktitel_openbaar=werktitel_openbaar.strip(),
        secretaris=secretaris,
        adviestermijn=adviestermijn,
        raad_zelf_gevraagd=raad_zelf_gevraagd,
    )
    aanvraag = Adviesaanvraag.objects.create(
        traject=traject,
        vraag=vraag.strip(),
        datum=datum,
        ontvangen_op=ontvangen_op,
        kenmerk_vrager=kenmerk_vrager.strip(),
        bestand=bestand,
        niet_openbaar_grond=niet_openbaar_grond.strip(),
    )
    aanvraag.vragers.set(vragers)
    leg_vast(soort="adviezen.registreer_aanvraag", object=traject, door=door, gegevens={"datum": datum.isoformat()})
    open_termijn(soort="ontvangstbevestiging", object=traject, basis=ontvangen_op, door=door, eigenaar=secretaris)
    if adviestermijn is not None:
        open_termijn(
            soort="adviestermijn",
            object=traject,
            basis=datum,
            vervalt_op=adviestermijn,
            door=door,
            eigenaar=secretaris,
        )
    publiceer_aanvraag(aanvraag, door=door)
    return traject


def sleutel_van_aanvraag(traject: Adviestraject) -> str:
    """Geef de sleutel van alle publicaties van deze aanvraag."""
    return f"adviesaanvraag:t-{traject.pk}"


def publiceer_aanvraag(aanvraag: Adviesaanvraag, *, door: "Gebruiker") -> None:
    """Breng de openbare aanvraag in overeenstemming met wat vastligt: openbaar maken, vervangen of intrekken."""
    traject = aanvraag.traject
    sleutel = sleutel_van_aanvraag(traject)
    if not aanvraag.openbaar:
        _neem_terug(sleutel, reden=aanvraag.niet_openbaar_grond, door=door)
        return
    bestanden = []
    if aanvraag.bestand is not None:
        b = aanvraag.bestand
        bestanden = [{"naam": b.naam, "sha256": b.sha256, "soort": b.soort, "rol": "aanvraag"}]
    publiceer(
        soort="adviesaanvraag",
        sleutel=sleutel,
        titel=f"Adviesaanvraag: {traject.openbare_titel}",
        html="".join(f"<p>{alinea}</p>" for alinea in _alineas(aanvraag.vraag)),
        metadata={
            "traject": traject.pk,
            "jaar": aanvraag.datum.year,
            "datum": aanvraag.datum.isoformat(),
            "vragers": [v.naam for v in aanvraag.vragers.all()],
        },
        bestanden=bestanden,
        vanaf=nu() + WACHTTIJD,
        door=door,
        voorbeeld=traject.voorbeeld,
    )


def _neem_terug(sleutel: str, *, reden: str, door: "Gebruiker") -> None:
    """Herroep wat nog moet beginnen en trek in wat nu openbaar is; is er niets (meer), dan verandert er niets."""
    while (rij := laatste(sleutel)) is not None and rij.vanaf > nu():
        herroep(publicatie=rij, reden=reden, door=door)
    if rij is not None and rij.tot is None:
        trek_in(publicatie=rij, reden=reden, door=door)


def _alineas(tekst: str) -> list[str]:
    return [escape(alinea.strip()) for alinea in tekst.split("\n") if alinea.strip()]


@transaction.atomic
def wijzig_aanvraag(
    *,
    traject: Adviestraject,
    versie: int | None,
    door: "Gebruiker",
    titel: str,
    werktitel_openbaar: str,
    vraag: str,
    vragers: Sequence[Adviesvrager],
    datum: date,
    ontvangen_op: date,
    adviestermijn: date | None,
    kenmerk_vrager: str,
    niet_openbaar_grond: str,
    raad_zelf_gevraagd: bool,
    secretaris: "Gebruiker",
    themas: Sequence[Thema],
    bestand: "Bestand | None" = None,
) -> Adviestraject:
    """Vul een aanvraag aan of verbeter haar, zolang zij in stap 1 of 2 is, en geef het verse traject.

    Daarna gaat het met een correctie. Een ander `bestand` vervangt het vorige alleen als het gegeven is. Werpt
    InvoerFout, GeenToegang, VerouderdeVersie.
    """
    traject = vergrendel(traject.pk, versie)
    if not (permissions.mag_bewerken(traject, door) or permissions.mag_voorleggen(traject, door)):
        raise GeenToegang
    if traject.stap not in (Stap.AANVRAAG, Stap.TOEWIJZING) or traject.eigen_initiatief:
        raise InvoerFout("", "Wijzigen kan alleen in stap 1 en 2. Herstel een fout met een correctie.")
    van, nam_waar = traject.secretaris, traject.waarnemer
    if secretaris != van and not permissions.mag_bewerken(traject, door):
        raise InvoerFout("secretaris", "Een ander aanwijzen doet wie het traject heeft, of de secretaris van de raad.")
    keur_aanvraag(vragers=vragers, datum=datum, ontvangen_op=ontvangen_op, adviestermijn=adviestermijn)
    aanvraag = traject.aanvraag
    if aanvraag.ontvangst_bevestigd_op is not None and ontvangen_op > aanvraag.ontvangst_bevestigd_op:
        raise InvoerFout("ontvangen_op", "De ontvangst is al eerder bevestigd dan deze dag.")
    oud = {
        "titel": traject.titel,
        "adviestermijn": str(traject.adviestermijn),
        "datum": str(aanvraag.datum),
        "secretaris": van.naam,
    }
    vorige_klok, vorige_ontvangst = (traject.adviestermijn, aanvraag.datum), aanvraag.ontvangen_op
    traject.titel, traject.werktitel_openbaar = titel.strip(), werktitel_openbaar.strip()
    traject.adviestermijn, traject.raad_zelf_gevraagd = adviestermijn, raad_zelf_gevraagd
    traject.secretaris = secretaris
    if traject.waarnemer_id == secretaris.pk:
        traject.waarnemer = None  # de waarnemer is een ander dan de secretaris
    _bewaar(traject)
    traject.themas.set(themas)
    aanvraag.vraag, aanvraag.datum, aanvraag.ontvangen_op = vraag.strip(), datum, ontvangen_op
    aanvraag.kenmerk_vrager = kenmerk_vrager.strip()
    aanvraag.niet_openbaar_grond = niet_openbaar_grond.strip()
    if bestand is not None:
        aanvraag.bestand = bestand
    aanvraag.save()
    aanvraag.vragers.set(vragers)
    leg_vast(soort="adviezen.wijzig_aanvraag", object=traject, door=door, gegevens={"was": oud})
    if secretaris != van:
        draag_klokken_over(traject, van=van, naar=secretaris, door=door)
        bericht_overdracht(traject, van=van, nam_waar=nam_waar, door=door)
    if (adviestermijn, datum) != vorige_klok:
        schuif_adviestermijn(traject, datum, reden=AANGEPAST, door=door)
    if ontvangen_op != vorige_ontvangst:
        schuif_bevestiging(traject, ontvangen_op, reden=AANGEPAST, door=door)
    publiceer_aanvraag(aanvraag, door=door)
    return Adviestraject.objects.get(pk=traject.pk)


@transaction.atomic
def bevestig_ontvangst(*, traject: Adviestraject, versie: int | None, op: date, door: "Gebruiker") -> Adviestraject:
    """Leg vast dat de ontvangst op dag `op` aan de adviesvrager is bevestigd, en geef het verse traject."""
    traject = vergrendel(traject.pk, versie)
    if not permissions.mag_voorleggen(traject, door):
        raise GeenToegang
    aanvraag = traject.aanvraag
    if op > vandaag():
        raise InvoerFout("op", "Deze dag ligt in de toekomst.")
    if op < aanvraag.ontvangen_op:
        raise InvoerFout("op", "De ontvangst kan niet zijn bevestigd voordat de brief er was.")
    if aanvraag.ontvangst_bevestigd_op is not None:
        raise InvoerFout("op", "De ontvangst is al bevestigd.")
    aanvraag.ontvangst_bevestigd_op = op
    aanvraag.save(update_fields=["ontvangst_bevestigd_op"])
    _bewaar(traject)
    leg_vast(soort="adviezen.bevestig_ontvangst", object=traject, door=door, gegevens={"op": op.isoformat()})
    lopend = Termijn.objects.van(traject).filter(soort="ontvangstbevestiging").lopend().first()
    if lopend is not None:
        voldoe(termijn=lopend, door=door, op=op)
    return Adviestraject.objects.get(pk=traject.pk)


def _bewaar(traject: Adviestraject) -> None:
    traject.rijversie += 1
    traject.save()
