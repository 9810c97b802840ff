"""Een traject overdragen of laten waarnemen, of een heel bureau: alles wat er bij één secretaris loopt."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.bericht import bericht_overdracht
from adviezen.actions.hulp import vergrendel
from adviezen.actions.klokken import draag_klokken_over
from adviezen.enums import EINDSTANDEN, Stap
from adviezen.models import Adviestraject, Voortraject
from adviezen.models.voortraject import OPEN
from berichten.actions import stuur
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu
from logboek.actions import leg_vast
from termijnen.actions import draag_termijn_over
from termijnen.enums import LOPEND
from termijnen.models import Termijn

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from toegang.models import Gebruiker

OVERDRAGEN, WAARNEMEN, TERUG = "overdragen", "waarnemen", "terug"
# Wat van wie het bureau was te horen krijgt, en wie het krijgt.
BERICHT = {
    OVERDRAGEN: ("Uw bureau is overgedragen", "Een bureau is aan u overgedragen"),
    WAARNEMEN: ("Uw bureau wordt waargenomen", "U neemt een bureau waar"),
    TERUG: ("De waarneming van uw bureau is beëindigd", "U neemt een bureau niet langer waar"),
}


@transaction.atomic
def draag_over(
    *,
    traject: Adviestraject,
    versie: int | None,
    secretaris: "Gebruiker",
    waarnemer: "Gebruiker | None",
    door: "Gebruiker",
) -> Adviestraject:
    """Wijs een andere behandelend secretaris of een waarnemer aan, en geef het verse traject.

    Wat de vorige secretaris bij dit traject bewaakte, bewaakt de nieuwe. Voor wie er iets verandert, die hoort het.
    Werpt InvoerFout, GeenToegang, VerouderdeVersie.
    """
    traject = vergrendel(traject.pk, versie)
    if not permissions.mag_bewerken(traject, door):
        raise GeenToegang
    if waarnemer is not None and waarnemer.pk == secretaris.pk:
        raise InvoerFout("waarnemer", "De waarnemer is een ander dan de secretaris.")
    van, nam_waar = traject.secretaris, traject.waarnemer
    traject.secretaris, traject.waarnemer = secretaris, waarnemer
    traject.rijversie += 1
    traject.save()
    if secretaris != van:
        draag_klokken_over(traject, van=van, naar=secretaris, door=door)
    leg_vast(
        soort="adviezen.draag_over",
        object=traject,
        door=door,
        gegevens={"secretaris": secretaris.naam, "waarnemer": "" if waarnemer is None else waarnemer.naam},
    )
    bericht_overdracht(traject, van=van, nam_waar=nam_waar, door=door)
    return Adviestraject.objects.get(pk=traject.pk)


@dataclass(frozen=True)
class Bureau:
    """Wat er op iemands bureau ligt."""

    trajecten: int
    termijnen: int
    voortrajecten: int


def bureau_van(gebruiker: "Gebruiker") -> Bureau:
    """Tel de trajecten en voortrajecten van iemand die nog iets vragen, en de lopende termijnen die hij bewaakt."""
    return Bureau(_trajecten(gebruiker).count(), _termijnen(gebruiker).count(), _voortrajecten(gebruiker).count())


def _trajecten(gebruiker: "Gebruiker") -> "QuerySet[Adviestraject]":
    """Lopende trajecten, en aangeboden trajecten: daar loopt de klok van de kabinetsreactie nog."""
    weg = [s for s in EINDSTANDEN if s != Stap.AANGEBODEN]
    return Adviestraject.objects.filter(secretaris=gebruiker).exclude(stap__in=weg)


def _termijnen(gebruiker: "Gebruiker") -> "QuerySet[Termijn]":
    return Termijn.objects.filter(eigenaar=gebruiker, status__in=LOPEND)


def _voortrajecten(gebruiker: "Gebruiker") -> "QuerySet[Voortraject]":
    return Voortraject.objects.filter(secretaris=gebruiker, stand__in=OPEN)


@transaction.atomic
def draag_bureau_over(*, van: "Gebruiker", naar: "Gebruiker", hoe: str, reden: str, door: "Gebruiker") -> Bureau:
    """Draag alles van `van` over aan `naar`, laat het waarnemen, of beëindig die waarneming; alles of niets.

    Overdragen mag ook als `van` geen werkend account meer heeft. Elk traject krijgt een eigen regel in het logboek.
    Voortrajecten en termijnen kennen geen waarnemer: die gaan alleen mee bij overdragen. Geeft hoeveel het er waren.
    Wie het kreeg hoort het in één bericht, en wie het kwijt is ook, behalve wie het deed.
    Werpt InvoerFout bij het veld, en GeenToegang: dit doet wie het bureau heeft, de secretaris van de raad of de
    algemeen secretaris.
    """
    if door.pk != van.pk and not permissions.mag_bureau_overdragen(door):
        raise GeenToegang
    if van.pk == naar.pk:
        raise InvoerFout("naar", "Kies een ander.")
    if not naar.is_active:
        raise InvoerFout("naar", f"{naar.naam} heeft geen werkend account meer.")
    if hoe not in (OVERDRAGEN, WAARNEMEN, TERUG):
        raise InvoerFout("hoe", "Kies overdragen, waarnemen of beëindigen.")
    if not reden.strip():
        raise InvoerFout("reden", "Geef een reden; zij komt in het logboek.")
    rijen = list(_trajecten(van).select_for_update(of=("self",)).order_by("pk"))
    if hoe == TERUG:
        rijen = [t for t in rijen if t.waarnemer_id == naar.pk]
    niet_meer = {t.waarnemer for t in rijen if hoe == WAARNEMEN and t.waarnemer is not None} - {naar, door}
    for traject in rijen:
        if hoe == OVERDRAGEN:
            traject.secretaris = naar
            if traject.waarnemer_id == naar.pk:
                traject.waarnemer = None
        else:
            traject.waarnemer = naar if hoe == WAARNEMEN else None
        traject.rijversie += 1
        traject.save()
        leg_vast(
            soort="adviezen.draag_bureau_over",
            object=traject,
            door=door,
            reden=reden,
            gegevens={"van": van.naam, "naar": naar.naam, "hoe": hoe},
        )
    termijnen, voortrajecten = 0, 0
    if hoe == OVERDRAGEN:
        for termijn in _termijnen(van).select_for_update(of=("self",)):
            draag_termijn_over(termijn=termijn, naar=naar, door=door, reden=reden)
            termijnen += 1
        for vraag in _voortrajecten(van).select_for_update(of=("self",)):
            vraag.secretaris = naar
            vraag.rijversie += 1
            vraag.save(update_fields=["secretaris", "rijversie"])
            leg_vast(
                soort="adviezen.draag_bureau_over", object=vraag, door=door, reden=reden, gegevens={"naar": naar.naam}
            )
            voortrajecten += 1
    if not (rijen or termijnen or voortrajecten):
        raise InvoerFout("van", "Er is niets om over te dragen of waar te nemen.")
    handeling = f"adviezen.draag_bureau_over:{van.pk}:{int(nu().timestamp() * 1e6)}"
    for ontvanger, onderwerp in zip((van, naar), BERICHT[hoe], strict=True):
        if ontvanger != door:
            stuur(ontvanger=ontvanger, onderwerp=onderwerp, pad="/werk/", feit=handeling, door=door)
    for ontvanger in niet_meer:  # wie waarnam, en van wie een ander het nu overneemt
        stuur(ontvanger=ontvanger, onderwerp=BERICHT[TERUG][1], pad="/werk/", feit=handeling, door=door)
    return Bureau(len(rijen), termijnen, voortrajecten)
