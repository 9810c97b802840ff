"""De presentielijst en de vervanging per agendapunt. Elke zetel telt één keer (regels 10-12, 19)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from kern.fouten import InvoerFout, eis
from kern.kopieer import kopieer
from kern.tijd import datum_nl, nu
from logboek.actions import leg_vast, leg_vele_vast
from raad.models import Persoon, Zetel
from toegang.models import Gebruiker
from vergaderingen import policies
from vergaderingen.actions.agenda import vergrendel_punt
from vergaderingen.actions.bericht import bericht_komst
from vergaderingen.actions.hulp import eigen_persoon, vergrendel
from vergaderingen.enums import AanwezigAls, Orgaan
from vergaderingen.models import Agendapunt, Presentie, Vergadering, Vervanging
from vergaderingen.queries import Genodigde, kring, mag_zetel_vervangen

TEKEN = "vergaderingen.teken_presentie"


@dataclass(frozen=True)
class Stand:
    """Wat er op een regel van de presentielijst staat."""

    als: str
    zetel: Zetel | None = None
    vervangt: Persoon | None = None
    stem: bool = False
    raad: bool = False
    aanwezig: bool = False

    @classmethod
    def van(cls, regel: Presentie) -> Stand:
        """Geef de stand van een bestaande regel."""
        return cls(regel.hoedanigheid, regel.zetel, regel.vervangt, regel.stemhebbend, regel.raadgevend, regel.aanwezig)


@transaction.atomic
def teken_presentie(
    *,
    vergadering: Vergadering,
    persoon: Persoon,
    door: Gebruiker,
    aanwezig: bool = True,
    voor: Persoon | None = None,
    getekend_op: datetime | None = None,
) -> Presentie:
    """Zet iemand op de presentielijst, aan- of afwezig, en geef zijn regel terug. Nog eens tekenen verandert niets.

    Een lid neemt zijn stem over van wie hem verving. Een plaatsvervanger krijgt de stem van het eigen lid als dat er
    niet is, of van `voor` (kroonledenpool, regel 12); naast het eigen aanwezige lid is hij zonder stem, en als
    plaatsvervangend kroonlid raadgevend (W19). Adviserende leden en ministerie zijn raadgevend (regel 19).

    De vergadering is vergrendeld tot het eind van de transactie, dus lid en plaatsvervanger die tegelijk tekenen
    krijgen samen één stem. Werpt InvoerFout("persoon" of "voor"), OvergangGeweigerd, GeenToegang.
    """
    rij = vergrendel(vergadering.pk, door=door)
    eis(policies.mag_tekenen(rij))
    moment, genodigden = getekend_op or nu(), kring(rij)
    regel = _teken(rij, genodigden, persoon, aanwezig=aanwezig, voor=voor, moment=moment, door=door)
    if policies.is_dag_gekomen(rij):  # wie nu al belt dat hij niet komt, of toch wel
        bericht_komst(rij, persoon, genodigden, door, komt=aanwezig)
    return regel


@transaction.atomic
def teken_zelf(*, vergadering: Vergadering, door: Gebruiker) -> Presentie:
    """Laat iemand op de eigen tablet tekenen en geef de regel terug; alleen op de vergaderdag, alleen voor zichzelf.

    Zelfde regels als `teken_presentie`: een lid krijgt de eigen zetel, een plaatsvervanger die van het afwezige lid.
    Werpt InvoerFout voor wie niet bij deze vergadering hoort, OvergangGeweigerd op een andere dag of na sluiting.
    """
    rij = Vergadering.objects.select_for_update().get(pk=vergadering.pk)
    eis(policies.mag_zelf_tekenen(rij))
    persoon = eigen_persoon(door)
    return _teken(rij, kring(rij), persoon, aanwezig=True, voor=None, moment=nu(), door=door)


@transaction.atomic
def teken_geleding(
    *, vergadering: Vergadering, geleding: str, door: Gebruiker, getekend_op: datetime | None = None
) -> int:
    """Zet iedereen van een geleding die nog niets liet weten op aanwezig; geef hoeveel er getekend zijn.

    Plaatsvervangers en vervangers van ministeries tekenen zelf; wie als afwezig of vervangen staat, blijft dat.
    """
    rij = vergrendel(vergadering.pk, door=door)
    eis(policies.mag_tekenen(rij))
    genodigden = kring(rij)
    bekend = set(rij.presenties.values_list("persoon_id", flat=True))
    vervangen = set(rij.presenties.filter(aanwezig=True, stemhebbend=True).values_list("vervangt_id", flat=True))
    eerste: dict[int, Genodigde] = {}
    for g in genodigden:
        eerste.setdefault(g.persoon.pk, g)
    nieuw = {
        g.persoon.pk: _eigen_stand(eerste[g.persoon.pk])
        for g in genodigden
        if g.groep == geleding
        and g.als != AanwezigAls.PLAATSVERVANGER
        and g.vervangt is None
        and g.persoon.pk not in bekend | vervangen
    }
    moment = getekend_op or nu()
    # Van wie hier nieuw is wordt niemand vervangen: er is geen plek vrij te maken, en het kan in één keer.
    regels = [
        _vul(Presentie(vergadering=rij, persoon=eerste[pk].persoon, voorbeeld=rij.voorbeeld), stand, moment)
        for pk, stand in nieuw.items()
        if stand is not None
    ]
    kopieer(regels)
    leg_vele_vast(soort=TEKEN, objecten=[rij] * len(regels), door=door, gegevens=[_gegevens(r) for r in regels])
    for persoon in (eerste[pk].persoon for pk, stand in nieuw.items() if stand is None):
        _teken(rij, genodigden, persoon, aanwezig=True, voor=None, moment=moment, door=door)
    return len(nieuw)


def _teken(
    rij: Vergadering,
    genodigden: list[Genodigde],
    persoon: Persoon,
    *,
    aanwezig: bool,
    voor: Persoon | None,
    moment: datetime,
    door: Gebruiker,
) -> Presentie:
    regel, anders = zet_op_lijst(rij, genodigden, persoon, aanwezig=aanwezig, voor=voor, moment=moment)
    if anders:
        leg_vast(soort=TEKEN, object=rij, door=door, gegevens=_gegevens(regel))
    return regel


def zet_op_lijst(
    rij: Vergadering,
    genodigden: list[Genodigde],
    persoon: Persoon,
    *,
    aanwezig: bool,
    voor: Persoon | None,
    moment: datetime,
) -> tuple[Presentie, bool]:
    """Zet iemand op de lijst van een vergrendelde vergadering; geef zijn regel, en of die anders werd.

    Werpt InvoerFout("persoon") voor wie er die dag niet bij hoort, en InvoerFout("voor").
    """
    eigen = [g for g in genodigden if g.persoon.pk == persoon.pk]
    if not eigen:
        dag = f" op {datum_nl(rij.datum)}" if rij.datum else ""
        raise InvoerFout("persoon", f"{persoon.naam} hoort{dag} niet bij deze vergadering.")
    nieuw = Stand(als=eigen[0].als, zetel=eigen[0].zetel)
    if aanwezig:
        nieuw = _stand(rij, genodigden, eigen, voor)
    regel = rij.presenties.select_related("zetel", "vervangt").filter(persoon=persoon).first()
    if regel is None:
        regel = Presentie(vergadering=rij, persoon=persoon, voorbeeld=rij.voorbeeld)
    elif Stand.van(regel) == nieuw:
        return regel, False
    _vul(regel, nieuw, moment).save()
    return regel, True


def _vul(regel: Presentie, stand: Stand, moment: datetime) -> Presentie:
    regel.hoedanigheid, regel.zetel, regel.vervangt = stand.als, stand.zetel, stand.vervangt
    regel.stemhebbend, regel.raadgevend, regel.aanwezig = stand.stem, stand.raad, stand.aanwezig
    regel.getekend_op = moment
    return regel


def _gegevens(regel: Presentie) -> dict[str, Any]:
    """Geef wat het logboek van een regel bewaart."""
    return {
        "persoon": regel.persoon_id, "naam": regel.persoon.naam, "aanwezig": regel.aanwezig,
        "stem": regel.stemhebbend, "raadgevend": regel.raadgevend, "zetel": regel.zetel_id,
        "vervangt": regel.vervangt_id,
    }  # fmt: skip


def _eigen_stand(eerste: Genodigde) -> Stand | None:
    """Geef de stand van wie er is en niemand vervangt; None voor een plaatsvervanger: die hangt van anderen af."""
    if eerste.als == AanwezigAls.PLAATSVERVANGER:
        return None
    raad = eerste.als in (AanwezigAls.ADVISEREND, AanwezigAls.MINISTERIEEL)
    return Stand(eerste.als, eerste.zetel, stem=eerste.als == AanwezigAls.LID, raad=raad, aanwezig=True)


def _stand(rij: Vergadering, genodigden: list[Genodigde], eigen: list[Genodigde], voor: Persoon | None) -> Stand:
    """Bepaal hoedanigheid, zetel en stem van wie aanwezig is; maak zo nodig de plek van het lid vrij."""
    eerste = eigen[0]
    if (vast := _eigen_stand(eerste)) is not None:
        if vast.stem:
            _maak_vrij(rij, eerste)
        return vast
    stand = Stand(als=eerste.als, zetel=eerste.zetel, aanwezig=True)
    getekend = rij.presenties.filter(aanwezig=True, stemhebbend=True).select_related("persoon", "zetel", "vervangt")
    bezet = {p.vervangt_id or p.persoon_id: p for p in getekend if p.persoon_id != eerste.persoon.pk}
    if voor is not None:
        doel = next((g for g in genodigden if g.als == AanwezigAls.LID and g.persoon.pk == voor.pk), None)
        if doel is None or not any(mag_zetel_vervangen(g, doel) for g in eigen):
            raise InvoerFout("voor", f"{eerste.persoon.naam} mag {voor.naam} niet vervangen.")
        if voor.pk in bezet:
            wie = bezet[voor.pk].persoon.naam
            raise InvoerFout("voor", f"De stem van {voor.naam} is al bezet: {wie} heeft getekend.")
        return replace(stand, zetel=doel.zetel, vervangt=doel.persoon, stem=True)
    huidig = next((p for p in getekend if p.persoon_id == eerste.persoon.pk), None)
    if huidig and huidig.vervangt_id not in bezet:
        return replace(stand, zetel=huidig.zetel, vervangt=huidig.vervangt, stem=True)
    for g in eigen:
        if g.vervangt is not None and g.vervangt.pk not in bezet:
            return replace(stand, zetel=g.zetel, vervangt=g.vervangt, stem=True)
    naast_eigen_lid = any(g.vervangt and g.vervangt.pk in bezet for g in eigen)
    raad = eerste.is_kroon and eerste.zetel is not None and naast_eigen_lid
    return replace(stand, vervangt=eerste.vervangt, raad=raad)


def _maak_vrij(rij: Vergadering, lid: Genodigde) -> None:
    """Het lid is er zelf: wie hem verving verliest de stem; een plaatsvervangend kroonlid blijft raadgevend."""
    for regel in rij.presenties.filter(vervangt=lid.persoon, stemhebbend=True):
        regel.stemhebbend = False
        regel.raadgevend = lid.is_kroon and lid.zetel is not None
        regel.save()


@transaction.atomic
def vervang(*, agendapunt: Agendapunt, zetel: Zetel, vervanger: Persoon, door: Gebruiker) -> Vervanging:
    """Laat iemand bij één agendapunt een lid vervangen (regel 10) en geef de vervanging terug.

    Het lid stemt bij dat punt dan niet (regel 11); met het lid zelf als `vervanger` vervalt de vervanging. Alleen in de
    raad. Werpt InvoerFout("zetel" of "vervanger") als de vervanger er niet is, zelf al een stem heeft, of dit lid niet
    mag vervangen (regel 12).
    """
    punt = vergrendel_punt(agendapunt, door=door)
    rij = punt.vergadering
    eis(policies.mag_tekenen(rij))
    if rij.orgaan != Orgaan.RAAD:
        raise InvoerFout("zetel", "Vervanging per agendapunt bestaat alleen in de raad.")
    genodigden = kring(rij)
    doel = next((g for g in genodigden if g.als == AanwezigAls.LID and g.zetel and g.zetel.pk == zetel.pk), None)
    if doel is None:
        raise InvoerFout("zetel", "Op deze zetel zit die dag niemand.")
    if vervanger.pk != doel.persoon.pk:
        _controleer_vervanger(rij, punt, genodigden, doel, vervanger)
    vervanging, nieuw = Vervanging.objects.get_or_create(
        agendapunt=punt, zetel=zetel, defaults={"vervanger": vervanger, "voorbeeld": rij.voorbeeld}
    )
    if nieuw or vervanging.vervanger_id != vervanger.pk:
        vervanging.vervanger = vervanger
        vervanging.save()
        leg_vast(
            soort="vergaderingen.vervang", object=rij, door=door,
            gegevens={"agendapunt": punt.pk, "zetel": zetel.pk, "lid": doel.persoon.naam, "vervanger": vervanger.naam},
        )  # fmt: skip
    return vervanging


def _controleer_vervanger(
    rij: Vergadering, punt: Agendapunt, genodigden: list[Genodigde], doel: Genodigde, vervanger: Persoon
) -> None:
    eigen = [g for g in genodigden if g.persoon.pk == vervanger.pk and g.als == AanwezigAls.PLAATSVERVANGER]
    if not any(mag_zetel_vervangen(g, doel) for g in eigen):
        raise InvoerFout("vervanger", f"{vervanger.naam} mag {doel.persoon.naam} niet vervangen.")
    regel = rij.presenties.filter(persoon=vervanger, aanwezig=True).first()
    if regel is None:
        raise InvoerFout("vervanger", f"{vervanger.naam} staat niet als aanwezig op de presentielijst.")
    if regel.stemhebbend:
        raise InvoerFout("vervanger", f"{vervanger.naam} heeft in deze vergadering al een stem.")
    if punt.vervangingen.filter(vervanger=vervanger).exclude(zetel=doel.zetel).exists():
        raise InvoerFout("vervanger", f"{vervanger.naam} vervangt bij dit punt al een ander lid.")
