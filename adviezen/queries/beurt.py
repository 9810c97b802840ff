"""Wiens beurt is het, sinds wanneer, tot wanneer, en wat ontbreekt er nog? Afgeleid, nergens opgeslagen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Prefetch

from adviezen import policies
from adviezen.enums import SoortAgendering, Stap
from adviezen.models import Achterbanberaad, Adviestraject, Agendering, Deelname
from kern.tekort import Tekort
from kern.tijd import vandaag
from termijnen import soorten
from termijnen.enums import Status as Termijnstatus
from termijnen.models import Termijn
from vergaderingen.enums import Orgaan, Status
from vergaderingen.models import Vergadering


@dataclass(frozen=True)
class Beurt:
    """Wie nu aan zet is.

    `wie` is een zin(sdeel) voor op het scherm: "het dagelijks bestuur", "de FNV en VNO-NCW".
    `sinds` is het begin van de stap, `tot` de eerstvolgende dag waarop het klaar moet zijn (None: geen dag bekend).
    `waarvoor` zegt welke termijn die dag is ("" als hij bij de stap zelf hoort). `bij_secretaris`: de behandelend
    secretaris moet iets doen, en niet het bestuur, de raad of een organisatie.
    `overgang` is de naam van de handeling die de stap vooruit afsluit ("" in een eindstand) en `tekorten` wat daar
    nog voor ontbreekt (alleen gevuld door `beurt`, niet door `beurten`).
    """

    wie: str
    sinds: datetime
    tot: date | None
    overgang: str
    tekorten: tuple[Tekort, ...] = ()
    waarvoor: str = ""
    bij_secretaris: bool = False

    @property
    def te_laat(self) -> bool:
        """Of de dag voorbij is."""
        return self.tot is not None and self.tot < vandaag()


# De termijnen van het traject zelf. Een eigen termijn is van wie haar zette, en staat bij diens termijnen.
TRAJECTTERMIJNEN = ("adviestermijn", "ontvangstbevestiging", "aanbieding", "publicatie")
BIJ_DE_SECRETARIS = frozenset({Stap.AANVRAAG, Stap.CONCEPT, Stap.VERWERKING})

# De handeling die elke stap afsluit, met haar beleid.
VOORUIT: dict[str, tuple[str, Callable[..., list[Tekort]]]] = {
    Stap.AANVRAAG: ("leg_voor_aan_db", policies.aanvraag.mag_leg_voor),
    Stap.TOEWIJZING: ("wijs_toe", policies.toewijzing.mag_wijs_toe),
    Stap.CONCEPT: ("start_achterbanberaad", policies.beraad.mag_start_beraad),
    Stap.ACHTERBANBERAAD: ("sluit_achterbanberaad", policies.beraad.mag_sluit),
    Stap.VERWERKING: ("stuur_naar_raad", policies.verwerking.mag_stuur_naar_raad),
    Stap.NAAR_RAAD: ("behandel_in_raad", policies.raad.mag_behandel),
    Stap.VASTSTELLING: ("stel_vast", policies.raad.mag_stel_vast),
    Stap.AANBIEDING: ("bied_aan", policies.aanbieding.mag_bied_aan),
}


def beurt(traject: Adviestraject) -> Beurt:
    """Geef wie aan zet is, met wat nog ontbreekt om verder te kunnen."""
    uit = _zonder_klokken([traject])[traject.pk]
    if traject.stap not in VOORUIT:
        return uit
    return replace(uit, tekorten=tuple(VOORUIT[traject.stap][1](traject)))


def beurten(trajecten: Iterable[Adviestraject]) -> dict[int, Beurt]:
    """Geef per pk wie aan zet is, zonder tekorten, met een vast aantal zoekvragen (voor lijsten).

    Loopt er bij het traject een termijn die eerder afloopt dan de stap, dan is `tot` die dag: anders lijkt een traject
    met een verstreken termijn op tijd. Laad de trajecten met `select_related("secretaris", "commissie")`, anders komt
    er per rij een zoekvraag bij.
    """
    rijen = list(trajecten)
    uit = _zonder_klokken(rijen)
    for traject_pk, soort, dag in _eerste_klokken(rijen):
        nu = uit[traject_pk]
        if nu.tot is None or dag < nu.tot:
            uit[traject_pk] = replace(nu, tot=dag, waarvoor=soorten.omschrijving(soort))
    return uit


def _eerste_klokken(rijen: list[Adviestraject]) -> list[tuple[int, str, date]]:
    """Geef per lopend traject de soort en de dag van de termijn die het eerst afloopt; wat stilstaat telt niet mee."""
    nummers = [str(t.pk) for t in rijen if t.loopt]
    if not nummers:
        return []
    klokken = (
        Termijn.objects.filter(
            object_soort=Adviestraject._meta.label_lower,
            object_id__in=nummers,
            soort__in=TRAJECTTERMIJNEN,
            status=Termijnstatus.OPEN,
        )
        .order_by("object_id", "vervalt_op", "pk")
        .distinct("object_id")
    )
    return [(int(pk), soort, dag) for pk, soort, dag in klokken.values_list("object_id", "soort", "vervalt_op")]


def _zonder_klokken(rijen: list[Adviestraject]) -> dict[int, Beurt]:
    wachtend = _wachtende_organisaties([t for t in rijen if t.stap == Stap.ACHTERBANBERAAD])
    raad = _raadsdagen([t for t in rijen if t.stap in (Stap.NAAR_RAAD, Stap.VASTSTELLING)])
    bestuur = _eerste_bestuursdag() if any(t.stap == Stap.TOEWIJZING for t in rijen) else None
    return {t.pk: _een(t, wachtend, raad, bestuur) for t in rijen}


def _een(
    traject: Adviestraject,
    wachtend: dict[int, tuple[list[str], date | None]],
    raad: dict[int, date | None],
    bestuur: date | None,
) -> Beurt:
    stap = traject.stap
    wie, tot = "niemand", None
    if stap == Stap.AANVRAAG:
        wie, tot = str(traject.secretaris), traject.adviestermijn
    elif stap == Stap.TOEWIJZING:
        wie, tot = "het dagelijks bestuur", bestuur
    elif stap in (Stap.CONCEPT, Stap.VERWERKING):
        wie, tot = f"{traject.commissie} ({traject.secretaris})", traject.adviestermijn
    elif stap == Stap.ACHTERBANBERAAD:
        namen, tot = wachtend.get(traject.pk, ([], None))
        wie = _opsomming(namen) if namen else str(traject.secretaris)
    elif stap == Stap.NAAR_RAAD:
        wie, tot = "de secretaris van de raad", raad.get(traject.pk)
    elif stap == Stap.VASTSTELLING:
        wie, tot = "de raad", raad.get(traject.pk)
    elif stap == Stap.AANBIEDING:
        wie, tot = "de algemeen secretaris", traject.adviestermijn
    overgang = VOORUIT[stap][0] if stap in VOORUIT else ""
    eigen = stap in BIJ_DE_SECRETARIS or (stap == Stap.ACHTERBANBERAAD and not wachtend.get(traject.pk, ([], None))[0])
    return Beurt(wie, traject.stap_sinds, tot, overgang, bij_secretaris=eigen)


def _opsomming(namen: list[str]) -> str:
    return namen[0] if len(namen) == 1 else f"{', '.join(namen[:-1])} en {namen[-1]}"


def _wachtende_organisaties(trajecten: list[Adviestraject]) -> dict[int, tuple[list[str], date | None]]:
    if not trajecten:
        return {}
    rondes = Achterbanberaad.objects.filter(
        traject__in=trajecten, geopend_op__isnull=False, gesloten_op__isnull=True
    ).prefetch_related(Prefetch("deelnames", Deelname.objects.wachtend().select_related("organisatie")))
    return {ronde.traject_id: _wie_tot(ronde) for ronde in rondes}


def _wie_tot(ronde: Achterbanberaad) -> tuple[list[str], date | None]:
    """Geef wie nog moet, en de eerste dag waarop een van hen te laat is; zonder hen de dag van de ronde."""
    wachtend = list(ronde.deelnames.all())
    dagen = [d.laatste_dag for d in wachtend if d.laatste_dag is not None]
    return [d.organisatie.met_lidwoord for d in wachtend], min(dagen, default=ronde.uiterlijk_op)


def _raadsdagen(trajecten: list[Adviestraject]) -> dict[int, date | None]:
    if not trajecten:
        return {}
    rijen = (
        Agendering.objects.filter(
            traject__in=trajecten,
            soort=SoortAgendering.BEHANDELING,
            uitkomst="",
            agendapunt__vervallen_reden="",
        )
        .exclude(agendapunt__vergadering__status=Status.AFGELAST)
        .values_list("traject_id", "agendapunt__vergadering__datum")
    )
    return dict(rijen)


def _eerste_bestuursdag() -> date | None:
    komend = Vergadering.objects.filter(
        orgaan=Orgaan.DAGELIJKS_BESTUUR,
        datum__gte=vandaag(),
        status__in=[Status.GEPLAND, Status.OPGEROEPEN, Status.GEOPEND],
    )
    return komend.order_by("datum").values_list("datum", flat=True).first()
