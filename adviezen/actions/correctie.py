"""Een verkeerd vastgelegd feit herstellen: met reden, en de oude waarde blijft te zien (ontwerp §4)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction
from django.utils.text import Truncator

from adviezen import permissions
from adviezen.actions.aanbieding import maak_openbaar
from adviezen.actions.aanvraag import publiceer_aanvraag, sleutel_van_aanvraag
from adviezen.actions.adviesgegevens import jaar_van, keur_nummer
from adviezen.actions.brieven import laat_handtekeningen_vervallen, leg_terug
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.actions.klokken import (
    schuif_adviestermijn,
    schuif_bevestiging,
    schuif_na_vaststelling,
    verzet_klokken,
)
from adviezen.actions.pers import VELDEN, keur
from adviezen.enums import Raadsoordeel, SoortAgendering, Stap, Uitkomst
from adviezen.models import Aanbieding, Advies, Adviesaanvraag, Adviestraject, Correctie, Persbericht
from adviezen.openbaar import sleutel_van
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import WACHTTIJD, dag_van, datum_nl, nu, vandaag
from logboek.actions import leg_vast
from publicatie.actions import herroep
from publicatie.models import Publicatie
from publicatie.queries import laatste, openbaar
from termijnen.actions import begin_opnieuw, hernoem
from termijnen.models import Termijn

if TYPE_CHECKING:
    from toegang.models import Gebruiker


@dataclass(frozen=True)
class Gegeven:
    """Een feit dat hersteld kan worden. `soort`: tekst, lang, dag of oordeel; `in_pdf`: het staat ook op de PDF.

    `genoemd`: bij het openbare advies staat wat er was en wat het werd.
    """

    naam: str
    label: str
    soort: str
    in_pdf: bool = False
    leeg_mag: bool = False
    genoemd: bool = True


GEGEVENS: dict[str, Gegeven] = {
    g.naam: g
    for g in (
        Gegeven("nummer", "adviesnummer", "tekst", in_pdf=True),
        Gegeven("titel", "titel van het advies", "tekst", in_pdf=True),
        Gegeven("samenvatting", "samenvatting", "lang", in_pdf=True),
        Gegeven("vastgesteld_op", "dag van vaststelling", "dag", in_pdf=True),
        Gegeven("uitgebracht_op", "dag van aanbieding", "dag"),
        Gegeven("oordeel", "oordeel van de raad", "oordeel", in_pdf=True),
        Gegeven("aanvraag_datum", "datum van de adviesaanvraag", "dag"),
        Gegeven("ontvangen_op", "dag waarop de aanvraag is ontvangen", "dag"),
        Gegeven("kenmerk_vrager", "kenmerk van de adviesvrager", "tekst", leeg_mag=True),
        Gegeven("adviestermijn", "adviestermijn", "dag"),
        Gegeven("pers_titel", "kop van het persbericht", "tekst"),
        Gegeven("pers_tekst", "tekst van het persbericht", "lang"),
        # Bij wie de pers terechtkan: geen feit over het advies, en een oud nummer hoort niet op de site te blijven.
        Gegeven("woordvoerder", "woordvoerder", "tekst", genoemd=False),
        Gegeven("telefoon", "telefoon van de woordvoerder", "tekst", leeg_mag=True, genoemd=False),
        Gegeven("email", "e-mailadres van de woordvoerder", "tekst", leeg_mag=True, genoemd=False),
    )
}
VAN_PERS = {
    "pers_titel": "titel",
    "pers_tekst": "tekst",
    "woordvoerder": "woordvoerder",
    "telefoon": "telefoon",
    "email": "email",
}
VAN_AANVRAAG = {"aanvraag_datum": "datum", "ontvangen_op": "ontvangen_op", "kenmerk_vrager": "kenmerk_vrager"}
# Wat in geen brief, PDF of openbare bladzijde staat.
BINNENSKAMERS = ("ontvangen_op", "kenmerk_vrager", "adviestermijn")
# Waar een termijn van telt.
MET_KLOK = ("aanvraag_datum", "ontvangen_op", "adviestermijn", "vastgesteld_op", "uitgebracht_op")
NA_AANBIEDING = ("nummer", "titel", "samenvatting", "uitgebracht_op")


def te_corrigeren(traject: Adviestraject) -> list[tuple[Gegeven, str]]:
    """Geef wat in deze stap met een correctie hersteld kan worden, met de waarde van nu in leesbare vorm."""
    uit: list[str] = []
    if traject.stap in (Stap.AANBIEDING, Stap.AANGEBODEN) and hasattr(traject, "advies"):
        uit += [n for n in NA_AANBIEDING if traject.stap == Stap.AANGEBODEN]
        uit.append("vastgesteld_op")
        if traject.stap == Stap.AANGEBODEN and hasattr(traject, "persbericht"):
            uit += VAN_PERS
        if not traject.rechtstreeks:  # over wat een commissie zelf uitbracht, oordeelde de raad niet
            uit.append("oordeel")
    if traject.stap not in (Stap.AANVRAAG, Stap.TOEWIJZING):
        if hasattr(traject, "aanvraag"):
            uit += VAN_AANVRAAG
        if traject.adviestermijn is not None and traject.loopt:
            uit.append("adviestermijn")
    return [(g, toon(waarde_van(traject, g.naam))) for g in GEGEVENS.values() if g.naam in uit]


def waarde_van(traject: Adviestraject, naam: str) -> Any:
    """Geef de waarde van nu."""
    if naam in VAN_AANVRAAG:
        return getattr(traject.aanvraag, VAN_AANVRAAG[naam])
    if naam in VAN_PERS:
        return getattr(traject.persbericht, VAN_PERS[naam])
    if naam in ("adviestermijn", "vastgesteld_op"):
        return getattr(traject, naam)
    return getattr(traject.advies, naam)


def toon(waarde: Any) -> str:
    """Geef een waarde zoals een lezer haar herkent."""
    return datum_nl(waarde) if isinstance(waarde, date) else str(waarde or "")


def mag_herstellen(traject: Adviestraject, gegeven: str, gebruiker: "Gebruiker") -> bool:
    """Geef of deze persoon dit gegeven herstelt: wie het traject bewerkt, en het persbericht ook wie dat schreef."""
    if gegeven in VAN_PERS and permissions.mag_klaarzetten(Aanbieding(traject=traject), gebruiker):
        return True
    return permissions.mag_corrigeren(traject, gebruiker)


@transaction.atomic
def corrigeer(
    *, traject: Adviestraject, versie: int | None, gegeven: str, nieuw: Any, reden: str, door: "Gebruiker"
) -> Correctie:
    """Herstel één feit en geef de correctie. `nieuw` is een dag, een oordeel of tekst, naar de soort van het gegeven.

    Is het advies al aangeboden, dan komt er na tien minuten een nieuwe openbare versie met de correctie erbij; een
    andere dag van aanbieding verschuift de klok van het kabinet. Werpt InvoerFout ("nieuw", "reden"), GeenToegang en
    VerouderdeVersie.
    """
    vers = vergrendel(traject.pk, versie)
    if not mag_herstellen(vers, gegeven, door):
        raise GeenToegang
    mag = {g.naam: g for g, _ in te_corrigeren(vers)}
    if gegeven not in mag:
        raise InvoerFout("", "Dit gegeven is in deze stap niet met een correctie te herstellen.")
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden voor de correctie; die blijft in het dossier staan.")
    soort = mag[gegeven]
    if isinstance(nieuw, str):
        nieuw = nieuw.strip()
    if not nieuw and not soort.leeg_mag:
        raise InvoerFout("nieuw", f"Vul de juiste waarde in: {soort.label}.")
    oud = waarde_van(vers, gegeven)
    if gegeven == "nummer":
        try:
            nieuw = keur_nummer(vers.advies, nieuw)
        except InvoerFout as fout:
            raise InvoerFout("nieuw", fout.tekst) from fout
    if nieuw == oud:
        raise InvoerFout("nieuw", "Dit is de waarde die er al staat.")
    try:
        with transaction.atomic():
            doel = _zet(vers, gegeven, nieuw, reden, door)
    except IntegrityError as fout:
        raise InvoerFout("nieuw", "Deze waarde past niet bij de andere vastgelegde gegevens.") from fout
    correctie: Correctie = Correctie.objects.create(
        traject=vers,
        object_soort=doel._meta.label_lower,
        object_id=str(doel.pk),
        veld=soort.label,
        oud=toon(oud),
        nieuw=toon(nieuw),
        reden=reden.strip(),
        door=door,
        door_naam=door.naam,
    )
    hoog_op(vers)
    leg_vast(
        soort="adviezen.corrigeer",
        object=vers,
        door=door,
        reden=reden.strip(),
        gegevens={"gegeven": gegeven, "oud": correctie.oud, "nieuw": correctie.nieuw},
    )
    if gegeven == "aanvraag_datum":
        _werk_vraag_bij(vers, door)
    if gegeven not in BINNENSKAMERS:
        werk_uitgaande_bij(vers, door)
    return correctie


def _zet(traject: Adviestraject, gegeven: str, nieuw: Any, reden: str, door: "Gebruiker") -> models.Model:
    if gegeven in VAN_AANVRAAG:
        return _zet_aanvraag(traject, VAN_AANVRAAG[gegeven], nieuw, reden, door)
    if gegeven in VAN_PERS:
        return _zet_persbericht(traject, VAN_PERS[gegeven], nieuw, door)
    if gegeven == "adviestermijn":
        traject.adviestermijn = nieuw
        traject.save(update_fields=["adviestermijn"])
        _zet_adviestermijn(traject, nieuw, reden, door)
        return traject
    advies: Advies = traject.advies
    if gegeven == "vastgesteld_op":
        _keur_dag(nieuw, tot=traject.aangeboden_op, tot_naam="de aanbieding")
        traject.vastgesteld_op = advies.datum = nieuw
        traject.save(update_fields=["vastgesteld_op"])
        schuif_na_vaststelling(traject, nieuw, reden=reden, door=door)
    elif gegeven == "uitgebracht_op":
        bevestigd = Aanbieding.objects.filter(traject=traject).values_list("ontvangst_bevestigd_op", flat=True).first()
        _keur_dag(nieuw, traject.vastgesteld_op, "de vaststelling", bevestigd, "de bevestiging van de ontvangst")
        traject.aangeboden_op = advies.uitgebracht_op = nieuw
        traject.save(update_fields=["aangeboden_op"])
        verzet_klokken(advies, nieuw, reden=reden, eigenaar=traject.secretaris, door=door)
    elif gegeven == "oordeel":
        _keur_oordeel(traject, nieuw)
        advies.oordeel = nieuw
        traject.agenderingen.filter(uitkomst=Uitkomst.VASTGESTELD).update(oordeel=nieuw)
    elif gegeven == "nummer":
        advies.nummer, advies.jaar = nieuw, jaar_van(nieuw)
    else:
        setattr(advies, gegeven, nieuw)
    advies.rijversie += 1
    advies.save()
    if gegeven == "titel":
        hernoem(advies)  # anders noemt elke termijn, en de brief die erbij hoort, nog de oude titel
    return advies


def _zet_persbericht(traject: Adviestraject, veld: str, nieuw: str, door: "Gebruiker") -> Persbericht:
    rij: Persbericht = traject.persbericht
    setattr(rij, veld, nieuw)
    try:
        keur({naam: getattr(rij, naam) for naam in VELDEN})
    except InvoerFout as fout:
        raise InvoerFout("nieuw", fout.tekst) from fout
    rij.gewijzigd_op, rij.gewijzigd_door_naam = nu(), door.naam
    rij.save()
    return rij


def _zet_adviestermijn(traject: Adviestraject, dag: date, reden: str, door: "Gebruiker") -> None:
    """Verzet de lopende adviestermijn; een dag voor haar begin is een nieuwe, die begint bij de (herstelde) brief."""
    brief = traject.aanvraag.datum if hasattr(traject, "aanvraag") else None
    if brief is not None and dag <= brief:
        raise InvoerFout("nieuw", f"De adviestermijn moet na de datum van de brief liggen, {datum_nl(brief)}.")
    for termijn in Termijn.objects.van(traject).lopend().filter(soort="adviestermijn"):
        basis = termijn.basis if dag >= termijn.basis else brief or dag
        begin_opnieuw(
            termijn=termijn,
            object=traject,
            basis=basis,
            vervalt_op=dag,
            reden=reden,
            door=door,
            eigenaar=traject.secretaris,
        )


def _zet_aanvraag(traject: Adviestraject, veld: str, nieuw: Any, reden: str, door: "Gebruiker") -> Adviesaanvraag:
    """Zet het veld; een klok die ervan telt en nog loopt, telt van de herstelde dag."""
    aanvraag = traject.aanvraag
    if veld == "datum":
        _keur_dag(nieuw, tot=aanvraag.ontvangen_op, tot_naam="de ontvangst")
        if traject.adviestermijn is not None and nieuw >= traject.adviestermijn:
            raise InvoerFout("nieuw", f"Deze dag ligt niet voor de adviestermijn, {datum_nl(traject.adviestermijn)}.")
        if Termijn.objects.van(traject).filter(soort="adviestermijn").lopend().exists():
            schuif_adviestermijn(traject, nieuw, reden=reden, door=door)
    elif veld == "ontvangen_op":
        _keur_dag(nieuw, aanvraag.datum, "de datum van de brief", aanvraag.ontvangst_bevestigd_op, "de bevestiging")
        schuif_bevestiging(traject, nieuw, reden=reden, door=door)
    setattr(aanvraag, veld, nieuw)
    aanvraag.save()
    return aanvraag


def _keur_dag(
    dag: date, van: date | None = None, van_naam: str = "", tot: date | None = None, tot_naam: str = ""
) -> None:
    if dag > vandaag():
        raise InvoerFout("nieuw", "Deze dag ligt in de toekomst.")
    if van is not None and dag < van:
        raise InvoerFout("nieuw", f"Deze dag ligt voor {van_naam}, {datum_nl(van)}.")
    if tot is not None and dag > tot:
        raise InvoerFout("nieuw", f"Deze dag ligt na {tot_naam}, {datum_nl(tot)}.")


def _keur_oordeel(traject: Adviestraject, nieuw: str) -> None:
    if nieuw not in Raadsoordeel.values:
        raise InvoerFout("nieuw", "Kies unaniem of verdeeld.")
    behandeling = traject.agenderingen.filter(soort=SoortAgendering.BEHANDELING, uitkomst=Uitkomst.VASTGESTELD).last()
    registraties = [] if behandeling is None else list(behandeling.registraties.all())
    verdeeld = any(r.opvattingen.count() > 1 for r in registraties)
    if nieuw == Raadsoordeel.UNANIEM and verdeeld:
        raise InvoerFout("nieuw", "Er zijn uiteenlopende standpunten vastgelegd; unaniem kan dan niet.")


def _werk_vraag_bij(traject: Adviestraject, door: "Gebruiker") -> None:
    """Zet de dag van de vraag ook bij het advies en bij de openbare vraag; wat ingetrokken is, blijft dat."""
    aanvraag = traject.aanvraag
    advies: Advies | None = getattr(traject, "advies", None)
    if advies is not None:
        advies.aanvraagdatum = aanvraag.datum
        advies.rijversie += 1
        advies.save()
    rij = laatste(sleutel_van_aanvraag(traject))
    if rij is not None and rij.tot is None:
        publiceer_aanvraag(aanvraag, door=door)


def werk_uitgaande_bij(traject: Adviestraject, door: "Gebruiker") -> None:
    """Voor het aanbieden: teken en zet opnieuw klaar. Daarna: een nieuwe openbare versie, met de correcties erbij."""
    aanbieding = Aanbieding.objects.filter(traject=traject).first()
    if aanbieding is None:
        return
    if traject.stap == Stap.AANBIEDING:
        laat_handtekeningen_vervallen(aanbieding)
        leg_terug(aanbieding)
        return
    advies: Advies = traject.advies
    vorige = laatste(sleutel_van(advies))
    if vorige is None or vorige.tot is not None:
        return  # herroepen of ingetrokken: een correctie maakt niets opnieuw openbaar
    nu_openbaar = openbaar(nu()).filter(sleutel=vorige.sleutel).first()
    vanaf = max(nu() + WACHTTIJD, vorige.vanaf)
    if nu_openbaar is not None and vorige.pk != nu_openbaar.pk:
        # Een correctie die nog wacht, gaat op in deze: wie zich vergist, zet het binnen tien minuten ongezien recht.
        herroep(publicatie=vorige, door=door, reden="Er kwam nog een correctie bij.")
        vanaf = nu() + WACHTTIJD
    correcties = _openbare_correcties(traject, nu_openbaar)
    maak_openbaar(
        advies,
        aanbieding,
        vanaf=vanaf,
        door=door,
        met_pdf=not any(GEGEVENS_OP_LABEL[c["gegeven"]].in_pdf for c in correcties),
        extra={"correcties": correcties} if correcties else None,
    )


def _openbare_correcties(traject: Adviestraject, nu_openbaar: Publicatie | None) -> list[dict[str, str]]:
    """Geef wat het publiek over correcties leest: wat er al stond, en wat sinds de uitgave van nu per saldo wijzigde.

    Alleen wat na het aanbieden is hersteld: wat eerder verbeterde, stond in de tekst en de PDF die openbaar werden.
    """
    al, sinds = [], traject.stap_sinds
    if nu_openbaar is not None:
        al, sinds = nu_openbaar.metadata.get("correcties", []), nu_openbaar.aangemaakt_op
    genoemd = [g.label for g in GEGEVENS.values() if g.genoemd and g.naam not in BINNENSKAMERS]
    saldo: dict[str, tuple[str, Correctie]] = {}
    for c in traject.correcties.filter(op__gte=max(sinds, traject.stap_sinds), veld__in=genoemd):
        saldo[c.veld] = (saldo[c.veld][0] if c.veld in saldo else c.oud, c)
    return [
        *al,
        *(
            {"gegeven": veld, "was": _kort(was), "wordt": _kort(c.nieuw), "op": datum_nl(dag_van(c.op))}
            for veld, (was, c) in saldo.items()
            if was != c.nieuw
        ),
    ]


def _kort(waarde: str) -> str:
    """Geef een waarde voor de lijst bij het advies; een heel persbericht past daar niet in."""
    return Truncator(waarde).chars(1000)


GEGEVENS_OP_LABEL = {g.label: g for g in GEGEVENS.values()}
