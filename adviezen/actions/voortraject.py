"""Vóór stap 1: vastleggen, verkennen, besluiten, en een traject worden."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from adviezen.actions.aanvraag import registreer_aanvraag
from adviezen.actions.doelen import zet_doelen
from adviezen.actions.startbesluit import start_eigen_initiatief
from adviezen.enums import Bestuurswens, Verkenningsvorm, Voortrajectherkomst
from adviezen.models import Adviestraject, Adviesvrager, Bestuursmening, Doel, Verkenning, Voortraject
from adviezen.permissions import is_bestuurslid, mag_voortraject
from berichten.actions import stuur
from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie
from kern.tijd import vandaag
from logboek.actions import leg_vast
from overgangen import voer_uit
from termijnen.actions import begin_opnieuw, draag_termijn_over, laat_vervallen, open_termijn, voldoe
from termijnen.models import Termijn

if TYPE_CHECKING:
    from toegang.models import Gebruiker

SOORT = "verwachte_aanvraag"
LANGSTE_LIJSTJAAR = 2199


@transaction.atomic
def leg_voortraject_vast(
    *,
    titel: str,
    herkomst: str,
    secretaris: "Gebruiker",
    door: "Gebruiker",
    toelichting: str = "",
    lijstjaar: int | None = None,
    vragers: Sequence[Adviesvrager] = (),
    doelen: Sequence[Doel] = (),
    verwacht_op: date | None = None,
    probleemstelling: str = "",
    voortraject: Voortraject | None = None,
    versie: int | None = None,
) -> Voortraject:
    """Leg een verwachte vraag vast, of wijzig `voortraject`, en geef de verse rij.

    Met `verwacht_op` loopt er een termijn om te kijken of de aanvraag er is. Werpt InvoerFout bij het veld, GeenToegang
    en VerouderdeVersie.
    """
    if not mag_voortraject(voortraject, door):
        raise GeenToegang
    if not titel.strip():
        raise InvoerFout("titel", "Geef een titel.")
    if herkomst not in Voortrajectherkomst.values:
        raise InvoerFout("herkomst", "Kies waar de vraag vandaan komt.")
    if herkomst == Voortrajectherkomst.KABINETSLIJST and lijstjaar is None:
        raise InvoerFout("lijstjaar", "Van welk jaar is de lijst?")
    if lijstjaar is not None and not 1950 <= lijstjaar <= LANGSTE_LIJSTJAAR:
        raise InvoerFout("lijstjaar", "Vul een jaartal in, zoals 2027.")
    if voortraject is None:
        rij = Voortraject()
    else:
        rij = Voortraject.objects.select_for_update(of=("self",)).get(pk=voortraject.pk)
        if versie is not None and rij.rijversie != versie:
            raise VerouderdeVersie
        if not rij.is_open:
            raise InvoerFout("", "Dit voortraject is afgesloten.")
        rij.rijversie += 1
    rij.titel, rij.toelichting, rij.herkomst, rij.lijstjaar = titel.strip(), toelichting.strip(), herkomst, lijstjaar
    rij.verwacht_op, rij.probleemstelling, rij.secretaris = verwacht_op, probleemstelling.strip(), secretaris
    rij.save()
    rij.vragers.set(vragers)
    rij.doelen.set(doelen)
    leg_vast(soort="adviezen.leg_voortraject_vast", object=rij, door=door, gegevens={"nieuw": voortraject is None})
    _zet_termijn(rij, door)
    return rij


def _zet_termijn(rij: Voortraject, door: "Gebruiker") -> None:
    loopt = Termijn.objects.van(rij).filter(soort=SOORT).lopend().first()
    dag = rij.verwacht_op
    if dag is None:
        if loopt is not None:
            laat_vervallen(termijn=loopt, reden="Er is geen dag meer bekend.", door=door)
        return
    klok: dict[str, Any] = {"object": rij, "vervalt_op": dag, "eigenaar": rij.secretaris, "door": door}
    basis = min(vandaag(), dag)
    if loopt is None:
        open_termijn(soort=SOORT, basis=basis, **klok)
    else:  # een dag voor de begindag is een nieuwe termijn
        basis = loopt.basis if dag >= loopt.basis else basis
        loopt = begin_opnieuw(termijn=loopt, basis=basis, reden="De verwachting is aangepast.", **klok)
        if loopt.eigenaar_id != rij.secretaris_id:
            draag_termijn_over(termijn=loopt, naar=rij.secretaris, door=door, reden="Een ander volgt deze vraag.")


@transaction.atomic
def leg_verkenning_vast(
    *, voortraject: Voortraject, op: date, vorm: str, met_wie: str, opbrengst: str, door: "Gebruiker"
) -> Verkenning:
    """Leg vast met wie het probleem verkend is en wat dat opleverde. Twee keer hetzelfde geeft de bestaande.

    Werpt InvoerFout bij het veld, en GeenToegang.
    """
    rij = Voortraject.objects.select_for_update(of=("self",)).get(pk=voortraject.pk)
    if not mag_voortraject(rij, door):
        raise GeenToegang
    if not rij.is_open:
        raise InvoerFout("", "Dit voortraject is afgesloten.")
    if vorm not in Verkenningsvorm.values:
        raise InvoerFout("vorm", "Kies hoe er verkend is.")
    if op > vandaag():
        raise InvoerFout("op", "De dag ligt in de toekomst.")
    if not opbrengst.strip():
        raise InvoerFout("opbrengst", "Schrijf wat het opleverde.")
    velden = {
        "voortraject": rij, "op": op, "vorm": vorm, "met_wie": met_wie.strip(), "opbrengst": opbrengst.strip(),
        "door": door,
    }  # fmt: skip
    if (net := Verkenning.objects.filter(**velden).first()) is not None:
        return net
    verkenning = Verkenning.objects.create(**velden, voorbeeld=rij.voorbeeld)
    leg_vast(soort="adviezen.leg_verkenning_vast", object=rij, door=door, gegevens={"verkenning": verkenning.pk})
    return verkenning


@transaction.atomic
def geef_mening(*, voortraject: Voortraject, wens: str, toelichting: str, door: "Gebruiker") -> Bestuursmening:
    """Leg vast wat `door`, lid van het dagelijks bestuur, van een verwachte vraag vindt, en zeg het wie haar volgt.

    Een mening is geen besluit: dat neemt het bestuur samen. Opnieuw zeggen mag, de jongste geldt; twee keer hetzelfde
    is één keer. Werpt InvoerFout bij het veld, en GeenToegang.
    """
    rij = Voortraject.objects.select_for_update(of=("self",)).get(pk=voortraject.pk)
    if not is_bestuurslid(door):
        raise GeenToegang
    if not rij.is_open:
        raise InvoerFout("", "Hierover is al besloten.")
    if wens not in Bestuurswens.values:
        raise InvoerFout("wens", "Kies wat u vindt.")
    if wens != Bestuurswens.GEWENST and not toelichting.strip():
        raise InvoerFout("toelichting", "Schrijf waarom.")
    vorige = Bestuursmening.objects.filter(voortraject=rij, door=door).order_by("pk").last()
    if vorige is not None and (vorige.wens, vorige.toelichting) == (wens, toelichting.strip()):
        return vorige
    mening = Bestuursmening.objects.create(
        voortraject=rij, wens=wens, toelichting=toelichting.strip(), door=door, voorbeeld=rij.voorbeeld
    )
    leg_vast(soort="adviezen.geef_mening", object=rij, door=door, gegevens={"mening": mening.pk, "wens": wens})
    stuur(
        ontvanger=rij.secretaris,
        onderwerp="Een lid van het dagelijks bestuur zei wat hij van een verwachte vraag vindt",
        pad=f"/werk/trajecten/werkprogramma/{rij.pk}/",
        feit=f"adviezen.bestuursmening:{mening.pk}",
        door=door,
    )
    return mening


@transaction.atomic
def besluit(
    *, voortraject: Voortraject, versie: int | None, overgang: str, door: "Gebruiker", reden: str = ""
) -> Voortraject:
    """Begin te verkennen, noem een aanvraag gewenst, zie ervan af of verken opnieuw; geeft de verse rij.

    Werpt OvergangGeweigerd met wat ontbreekt, InvoerFout("reden"), GeenToegang en VerouderdeVersie.
    """
    kw = {"waarom": reden.strip()} if overgang in ("besluit_gewenst", "zie_af") else {}
    vers = voer_uit(Voortraject, voortraject.pk, versie, overgang, door=door, reden=reden, **kw)
    if overgang == "zie_af":
        for termijn in Termijn.objects.van(vers).filter(soort=SOORT).lopend():
            laat_vervallen(termijn=termijn, reden=reden, door=door)
    if overgang == "heropen":
        _zet_termijn(vers, door)
    return vers


@transaction.atomic
def maak_traject(
    *, voortraject: Voortraject, versie: int | None, door: "Gebruiker", eigen: bool = False, **gegevens: Any
) -> Adviestraject:
    """Maak van een voortraject een traject: de aanvraag kwam, of (`eigen`) de SER begint zelf. Alles of niets.

    `gegevens` zijn die van `registreer_aanvraag` of `start_eigen_initiatief`. Het traject krijgt de doelen mee. Werpt
    wat die werpen, en OvergangGeweigerd als het al een traject is.
    """
    maak = start_eigen_initiatief if eigen else registreer_aanvraag
    traject: Adviestraject = maak(door=door, **gegevens)
    vers = voer_uit(
        Voortraject,
        voortraject.pk,
        versie,
        "wordt_traject",
        door=door,
        gegevens={"traject": traject.pk},
        traject=traject,
    )
    traject = zet_doelen(traject, list(vers.doelen.all()), door=door)
    for termijn in Termijn.objects.van(vers).filter(soort=SOORT).lopend():
        voldoe(termijn=termijn, door=door)
    return traject
