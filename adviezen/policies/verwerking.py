"""Stap 5: de verwerkingstabel, de groene versie, en advies door de commissie zelf."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Max

from adviezen.adressen import adres
from adviezen.enums import Reactiestatus, SoortVersie
from adviezen.policies.gedeeld import niet_voor, van_commissie
from kern.tekort import Tekort
from kern.tijd import dag_van
from vergaderingen.enums import Orgaan

if TYPE_CHECKING:
    from adviezen.models import Adviestraject, Versie


def groene_versie(traject: "Adviestraject") -> "Versie | None":
    """Geef de laatste groene versie sinds de verwerking (weer) begon, of None."""
    return (
        traject.versies.filter(soort=SoortVersie.GROEN, aangemaakt_op__gte=traject.verwerking_sinds)
        .select_related("vastgesteld_in")
        .last()
        if traject.verwerking_sinds is not None
        else None
    )


def open_punten(traject: "Adviestraject") -> tuple[int, int]:
    """Geef (punten zonder voorstel, punten waarover de commissie nog niet besloot), over alle rondes."""
    items = "deelnames__reactie__items"
    ingediend = {"deelnames__reactie__status": Reactiestatus.INGEDIEND, f"{items}__isnull": False}
    zonder = traject.beraden.filter(**ingediend, **{f"{items}__verwerking__isnull": True})
    # De vergadering moet van de eigen commissie zijn.
    alle = traject.beraden.filter(**ingediend, **{f"{items}__verwerking__isnull": False})
    besloten = traject.beraden.filter(
        **ingediend,
        **{
            f"{items}__verwerking__vastgesteld_in__orgaan": Orgaan.COMMISSIE,
            f"{items}__verwerking__vastgesteld_in__commissie": traject.commissie_id,
        },
    )
    tel = [q.values(items).distinct().count() for q in (zonder, alle, besloten)]
    return tel[0], tel[1] - tel[2]


def punten_tekorten(traject: "Adviestraject") -> list[Tekort]:
    """Elk punt uit elke reactie heeft een verwerking waarover de commissie besloot."""
    link, uit = adres("verwerking", traject), []
    zonder, wachtend = open_punten(traject)
    if zonder:
        woord = "punt heeft" if zonder == 1 else "punten hebben"
        uit.append(Tekort(f"{zonder} {woord} nog geen voorstel in de verwerkingstabel.", link))
    if wachtend:
        woord = "punt wacht" if wachtend == 1 else "punten wachten"
        uit.append(Tekort(f"{wachtend} {woord} nog op een besluit van de commissie.", link))
    return uit


def toets_tekorten(traject: "Adviestraject") -> list[Tekort]:
    """Uitvoerbaarheid, kosten en geraakte groepen zijn bekeken."""
    toets = getattr(traject, "uitvoeringstoets", None)
    delen = [
        ("uitvoerbaarheid", getattr(toets, "uitvoerbaarheid", "")),
        ("kosten", getattr(toets, "kosten", "")),
        ("geraakte groepen", getattr(toets, "doelgroepen", "")),
    ]
    return [
        Tekort(f"Leg vast wat de commissie zag bij: {naam}.", adres("toets", traject))
        for naam, tekst in delen
        if not tekst
    ]


def groen_sinds(traject: "Adviestraject") -> date | None:
    """Geef de eerste dag waarop de commissie deze groene versie kon vaststellen: zij was met de punten klaar."""
    besluit = "deelnames__reactie__items__verwerking__vastgesteld_in__datum"
    besloten = traject.beraden.aggregate(dag=Max(besluit))["dag"]
    sinds = None if traject.verwerking_sinds is None else dag_van(traject.verwerking_sinds)
    return max((dag for dag in (sinds, besloten) if dag is not None), default=None)


def mag_groen_vaststellen(traject: "Adviestraject", vergadering: Any = None) -> list[Tekort]:
    """Voor de handeling die een groene versie maakt: geen punt meer open; `vergadering` is van de eigen commissie.

    De handeling zet `slotvergadering=True`; zonder dat weigert de database (regel 24).
    """
    uit = punten_tekorten(traject)
    if vergadering is not None:
        link = adres("versies", traject)
        uit += van_commissie(traject, vergadering, "De groene versie", link)
        if (begin := groen_sinds(traject)) is not None:
            uit += niet_voor(vergadering, begin, "zo ver was de verwerking", link)
    return uit


def groen_tekorten(traject: "Adviestraject") -> list[Tekort]:
    """Groene versie uit een slotvergadering van de eigen commissie, sinds de verwerking begon (regel 24)."""
    versie, link = groene_versie(traject), adres("versies", traject)
    if versie is None:
        return [Tekort("De commissie heeft nog geen groene versie vastgesteld in een slotvergadering.", link)]
    return van_commissie(traject, versie.vastgesteld_in, "De groene versie", link)


def mag_stuur_naar_raad(traject: "Adviestraject", **kw: Any) -> list[Tekort]:
    """Alle punten besloten, groene versie uit een slotvergadering, uitvoeringstoets gedaan."""
    return punten_tekorten(traject) + groen_tekorten(traject) + toets_tekorten(traject)


def mag_adviseer_rechtstreeks(traject: "Adviestraject", **kw: Any) -> list[Tekort]:
    """Als stuur naar de raad, en met mandaat of op grond van artikel 43 (regel 40).

    Met mandaat nooit als de minister het oordeel van de raad zelf vroeg (Wet op de SER, artikel 44).
    """
    uit, link = [], adres("traject", traject)
    commissie = traject.commissie
    if not traject.artikel43:
        if commissie is None or not commissie.mandaat:
            uit.append(Tekort("De commissie heeft geen mandaat om zelf te adviseren.", link))
        if traject.raad_zelf_gevraagd:
            uit.append(Tekort("De minister vroeg het oordeel van de raad zelf; mandaat geldt dan niet.", link))
    return uit + mag_stuur_naar_raad(traject)
