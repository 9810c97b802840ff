"""Stap 2: het besluit van het dagelijks bestuur."""

from typing import TYPE_CHECKING, Any

from adviezen.adressen import adres
from adviezen.enums import VASTE_CRITERIA, ToewijzingBesluit
from adviezen.policies.gedeeld import bijeen, met_quorum
from kern.tekort import Tekort
from kern.tijd import datum_nl, vandaag
from raad.enums import Geleding
from raad.models.tijdvak import geldt_op
from vergaderingen.enums import Orgaan

if TYPE_CHECKING:
    from adviezen.models import Adviestraject, Toewijzing
    from raad.models import Persoon


def geldend_besluit(traject: "Adviestraject") -> "Toewijzing | None":
    """Geef het laatste besluit sinds het traject bij het dagelijks bestuur ligt, of None."""
    return (
        traject.toewijzingen.filter(vastgelegd_op__gte=traject.stap_sinds)
        .select_related("vergadering", "commissie", "voorzitter")
        .last()
    )


def vorige_toewijzing(traject: "Adviestraject") -> "Toewijzing | None":
    """Geef het besluit van de toewijzing voordat het traject nu bij het dagelijks bestuur kwam, of None."""
    return (
        traject.toewijzingen.filter(vastgelegd_op__lt=traject.stap_sinds, besluit=ToewijzingBesluit.WIJS_TOE)
        .select_related("commissie", "voorzitter")
        .last()
    )


def criteria_tekorten(traject: "Adviestraject") -> list[Tekort]:
    """De zeven criteria zijn beoordeeld met een toelichting; "n.v.t." telt ook (regel 15, domein §13.4)."""
    gedaan = set(traject.criteriumoordelen.values_list("criterium", flat=True))
    open_ = [c for c in VASTE_CRITERIA if c not in gedaan]
    if not open_:
        return []
    woord = "criterium is" if len(open_) == 1 else "criteria zijn"
    return [Tekort(f"{len(open_)} {woord} nog niet beoordeeld.", adres("criteria", traject))]


def is_kroonlid(persoon: "Persoon") -> bool:
    """Geef of iemand vandaag (plaatsvervangend) kroonlid is; die mag zonder reden voorzitter zijn (regel 17)."""
    return persoon.benoemingen.filter(
        geldt_op(vandaag()), geldt_op(vandaag(), "zetel__"), zetel__geleding=Geleding.KROONLEDEN
    ).exists()


def _besluit_tekorten(traject: "Adviestraject", soort: ToewijzingBesluit) -> list[Tekort]:
    link = adres("toewijzing", traject)
    besluit = geldend_besluit(traject)
    if besluit is None or besluit.besluit != soort:
        wat = "toe te wijzen" if soort == ToewijzingBesluit.WIJS_TOE else "niet in behandeling te nemen"
        return [Tekort(f"Leg het besluit van het dagelijks bestuur vast om de aanvraag {wat}.", link)]
    vergadering, wat = besluit.vergadering, "De vergadering van het dagelijks bestuur"
    if vergadering.orgaan != Orgaan.DAGELIJKS_BESTUUR:
        return [Tekort("Het besluit hoort in een vergadering van het dagelijks bestuur.", link)]
    return bijeen(vergadering, wat, link) or met_quorum(vergadering, wat, link)


def mag_wijs_toe(traject: "Adviestraject", **kw: Any) -> list[Tekort]:
    """DB-vergadering met quorum, criteria beoordeeld, reikwijdte, één commissie, voorzitter (regel 15-17)."""
    link = adres("toewijzing", traject)
    uit = _eigen_initiatief_tekorten(traject) + criteria_tekorten(traject)
    uit += _besluit_tekorten(traject, ToewijzingBesluit.WIJS_TOE)
    besluit = geldend_besluit(traject)
    if besluit is None or besluit.besluit != ToewijzingBesluit.WIJS_TOE:
        return uit
    commissie, voorzitter = besluit.commissie, besluit.voorzitter
    assert commissie is not None  # noqa: S101 - de database eist beide bij toewijzen
    assert voorzitter is not None  # noqa: S101
    if commissie.opgeheven_op is not None and commissie.opgeheven_op <= vandaag():
        uit.append(Tekort(f"{commissie.naam} is opgeheven op {datum_nl(commissie.opgeheven_op)}.", link))
    if not besluit.reden_voorzitter and not is_kroonlid(voorzitter):
        uit.append(Tekort(f"{voorzitter.naam} is geen kroonlid; geef daarvoor een reden.", link))
    return uit


def mag_neem_niet_in_behandeling(traject: "Adviestraject", **kw: Any) -> list[Tekort]:
    """DB-vergadering met quorum, criteria beoordeeld, motivering en brief."""
    uit = criteria_tekorten(traject) + _besluit_tekorten(traject, ToewijzingBesluit.NIET_IN_BEHANDELING)
    besluit = geldend_besluit(traject)
    if (
        besluit is not None
        and besluit.besluit == ToewijzingBesluit.NIET_IN_BEHANDELING
        and not (besluit.brief_id or besluit.brief_tekst)
    ):
        uit.append(Tekort("Voeg de brief aan de adviesvrager toe.", adres("toewijzing", traject)))
    return uit


def _eigen_initiatief_tekorten(traject: "Adviestraject") -> list[Tekort]:
    if not traject.eigen_initiatief:
        return []
    link, uit = adres("startbesluit", traject), []
    if getattr(traject, "startbesluit", None) is None:
        uit.append(Tekort("Leg het besluit vast om op eigen initiatief te adviseren.", link))
    if not traject.geadresseerden:
        uit.append(Tekort("Noem aan wie dit advies op eigen initiatief gericht is.", link))
    return uit
