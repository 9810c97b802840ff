"""Stap 5: over elk punt een voorstel van de secretaris en een besluit van de commissie, en de uitvoeringstoets."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from adviezen import permissions
from adviezen.actions.hulp import hoog_op, vergrendel
from adviezen.enums import Stap, Verwerkingsoordeel
from adviezen.models import Adviestraject, ReactieItem, Uitvoeringstoets, Verwerking
from adviezen.policies.gedeeld import van_commissie
from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie, eis
from kern.tijd import dag_van, datum_nl, nu
from logboek.actions import leg_vast

if TYPE_CHECKING:
    from adviezen.models import Versie
    from toegang.models import Gebruiker
    from vergaderingen.models import Vergadering


def _open(traject: Adviestraject, versie: int | None, door: "Gebruiker") -> Adviestraject:
    vers = vergrendel(traject.pk, versie)
    if not permissions.mag_als_commissiesecretaris(vers, door):
        raise GeenToegang
    if vers.stap != Stap.VERWERKING:
        raise InvoerFout("", "Punten verwerken kan alleen in stap 5.")
    return vers


@transaction.atomic
def stel_verwerking_voor(
    *,
    item: ReactieItem,
    rijversie: int | None,
    oordeel: str,
    reden: str,
    door: "Gebruiker",
    antwoord_versie: "Versie | None" = None,
    antwoord_blok: str = "",
) -> Verwerking:
    """Stel voor wat er met een punt gebeurt, en geef dat voorstel. De commissie besluit (domein §13.7).

    Werpt InvoerFout("reden", …) als niet of deels overgenomen wordt zonder reden. Een nieuw voorstel na een besluit
    vraagt een nieuw besluit; alleen een andere plek in de tekst aanwijzen niet.
    """
    traject = _open(item.reactie.deelname.beraad.traject, None, door)
    if oordeel != Verwerkingsoordeel.OVERGENOMEN and not reden.strip():
        raise InvoerFout("reden", "Geef een reden: de organisatie leest haar bij haar punt.")
    verwerking = Verwerking.objects.select_for_update().filter(item=item).first()
    if verwerking is None:
        verwerking = Verwerking(item=item)
    elif rijversie is not None and verwerking.rijversie != rijversie:
        raise VerouderdeVersie
    if (verwerking.oordeel, verwerking.reden) != (oordeel, reden.strip()):
        verwerking.vastgesteld_in = None
    verwerking.oordeel, verwerking.reden = oordeel, reden.strip()
    verwerking.voorgesteld_door, verwerking.voorgesteld_op = door, nu()
    verwerking.antwoord_versie, verwerking.antwoord_blok = antwoord_versie, antwoord_blok
    verwerking.rijversie += 1
    verwerking.save()
    hoog_op(traject)  # wie intussen een besluit vastlegt, zag dit voorstel nog niet
    leg_vast(
        soort="adviezen.stel_verwerking_voor",
        object=traject,
        door=door,
        gegevens={"punt": item.pk, "oordeel": oordeel},
    )
    return verwerking


def _lag_er(punt: ReactieItem, vergadering: "Vergadering") -> None:
    """Werp InvoerFout als de reactie van dit punt pas na de dag van de vergadering is ingediend."""
    reactie = punt.reactie
    kwam = None if reactie.ingediend_op is None else dag_van(reactie.ingediend_op)
    if kwam is not None and vergadering.datum is not None and vergadering.datum < kwam:
        wie = reactie.deelname.organisatie
        raise InvoerFout("vergadering", f"De reactie van {wie} kwam op {datum_nl(kwam)}, na deze vergadering.")


@transaction.atomic
def besluit_over_verwerking(
    *,
    traject: Adviestraject,
    versie: int | None,
    verwerkingen: Sequence[Verwerking],
    vergadering: "Vergadering",
    door: "Gebruiker",
) -> int:
    """Leg vast dat de commissie in `vergadering` over deze punten besloot; geef hoeveel het er nieuw waren.

    Werpt InvoerFout("vergadering", …) als een reactie pas na die vergadering kwam.
    """
    traject = _open(traject, versie, door)
    eis(van_commissie(traject, vergadering, "De verwerking"))
    if not verwerkingen:
        raise InvoerFout("verwerkingen", "Kies ten minste één punt waarover de commissie besloot.")
    nummers = [v.pk for v in verwerkingen]
    eigen = (
        Verwerking.objects.select_for_update(of=("self",))
        .filter(pk__in=nummers, item__reactie__deelname__beraad__traject=traject)
        .select_related("item__reactie__deelname__organisatie")
    )
    aantal = 0
    for verwerking in eigen:
        _lag_er(verwerking.item, vergadering)
        if verwerking.vastgesteld_in_id == vergadering.pk:
            continue  # nog eens gedrukt: dit besluit staat er al
        verwerking.vastgesteld_in = vergadering
        verwerking.rijversie += 1
        verwerking.save(update_fields=["vastgesteld_in", "rijversie"])
        aantal += 1
    if not aantal:
        return 0
    hoog_op(traject)
    leg_vast(
        soort="adviezen.besluit_over_verwerking",
        object=traject,
        door=door,
        gegevens={"punten": aantal, "vergadering": str(vergadering)},
    )
    return aantal


@transaction.atomic
def leg_toets_vast(
    *,
    traject: Adviestraject,
    versie: int | None,
    uitvoerbaarheid: str,
    kosten: str,
    doelgroepen: str,
    door: "Gebruiker",
) -> Uitvoeringstoets:
    """Leg vast wat de commissie zag bij uitvoerbaarheid, kosten en geraakte groepen, en geef die toets."""
    traject = _open(traject, versie, door)
    toets, _ = Uitvoeringstoets.objects.update_or_create(
        traject=traject,
        defaults={
            "uitvoerbaarheid": uitvoerbaarheid.strip(),
            "kosten": kosten.strip(),
            "doelgroepen": doelgroepen.strip(),
            "door": door,
            "bijgewerkt_op": nu(),
        },
    )
    hoog_op(traject)
    leg_vast(soort="adviezen.leg_toets_vast", object=traject, door=door)
    return toets
