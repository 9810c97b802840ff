"""Waarschuwen: wat is er aan de beurt en nog niet verstuurd? Een zoekvraag, geen wekker; stilstand kost niets."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, prefetch_related_objects

from berichten.actions import stuur, verstuur_gereed
from berichten.models import Bericht
from kern.tijd import AMSTERDAM, dag_van, datum_nl
from kern.tijd import nu as nu_
from termijnen import ladders, regels, soorten
from termijnen.actions.termijn import FEIT, volgende
from termijnen.enums import SoortWijziging, Status
from termijnen.ladders import Gepland, Trede, geplande
from termijnen.models import Herinnering, Overzichtregel, Termijn, Uitstel
from termijnen.queries import eigen_ladders, neem_te_herinneren, wacht_op_overzicht
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import heeft

if TYPE_CHECKING:
    from termijnen.soorten import SoortTermijn

logboek = logging.getLogger(__name__)
OVERZICHT = "termijnen.overzicht"
NA_UITSTEL = "na_uitstel"
ZEVEN_UUR = time(7)
# Wie er bij een hoger niveau bij komt: 1 het hoofd (de secretaris van de raad), 2 ook de algemeen secretaris.
HOGEROP = (str(Rol.RAADSSECRETARIS), str(Rol.ALGEMEEN_SECRETARIS))


@dataclass(frozen=True)
class Bundel:
    """Wat één transactie deed; `tot` is de plaats waar de volgende verder gaat, None aan het eind."""

    herinneringen: int
    fouten: int
    tot: tuple[date, int] | None


@dataclass(frozen=True)
class Verwerkt:
    """Wat een hele ronde deed."""

    herinneringen: int
    verstuurd: int
    fouten: int


def verwerk(nu: datetime | None = None, *, limiet: int = 100) -> Verwerkt:
    """Doe alles wat op `nu` (standaard nu) aan de beurt is: waarschuwen en versturen. Mag zo vaak en zo veel tegelijk
    als men wil: rijsloten met SKIP LOCKED en de uniekheid van Herinnering maken elk feit één keer.
    """
    moment = nu or nu_()
    plaats: tuple[date, int] | None = None
    herinneringen = fouten = verstuurd = 0
    while True:
        bundel = herinner_bundel(moment=moment, limiet=limiet, na=plaats)
        herinneringen, fouten, plaats = herinneringen + bundel.herinneringen, fouten + bundel.fouten, bundel.tot
        if plaats is None:
            break
    maak_overzichten(moment=moment)
    while aantal := verstuur_gereed(limiet, nu=nu):
        verstuurd += aantal
    return Verwerkt(herinneringen, verstuurd, fouten)


@transaction.atomic
def herinner_bundel(*, moment: datetime, limiet: int = 100, na: tuple[date, int] | None = None) -> Bundel:
    """Maak van ten hoogste `limiet` termijnen de waarschuwingen die op `moment` aan de beurt zijn, met hun berichten.

    Een termijn die niet wil (een fout bij het zoeken van ontvangers) houdt de rest niet op en gaat na acht keer apart.
    """
    dag = dag_van(moment)
    rijen = neem_te_herinneren(dag, na, limiet)
    prefetch_related_objects(rijen, "eigenaar", "herinneringen", "uitstellen__gebruiker")
    eigen = eigen_ladders() if rijen else {}
    gemaakt = fouten = 0
    tot: tuple[date, int] | None = None
    for termijn in rijen:
        tot = (termijn.volgende_herinnering or dag, termijn.pk)
        try:
            with transaction.atomic():
                gemaakt += _herinner(termijn, dag, moment, eigen)
        except Exception as fout:
            fouten += 1
            logboek.exception("Waarschuwen over termijn %s mislukt", termijn.pk)
            termijn.fouten, termijn.laatste_fout = termijn.fouten + 1, f"{type(fout).__name__}: {fout}"[:300]
            termijn.save(update_fields=["fouten", "laatste_fout"])
    return Bundel(gemaakt, fouten, tot if len(rijen) == limiet else None)


def _herinner(termijn: Termijn, dag: date, moment: datetime, eigen: "dict[str, tuple[Trede, ...]]") -> int:
    soort = soorten.met_naam(termijn.soort)
    ladder = eigen.get(soort.naam, soort.ladder)
    rijen = list(termijn.herinneringen.all())
    gedaan = {h.gepland_op for h in rijen if h.trede != NA_UITSTEL}  # een andere ladder waarschuwt niet opnieuw
    nieuw = [
        g
        for g in geplande(ladder, termijn.vervalt_op, van=termijn.herinner_vanaf, tot_en_met=dag)
        if g.op not in gedaan
    ]
    uitstellen = list(termijn.uitstellen.all())
    jongste = {u.gebruiker_id: u for u in uitstellen}  # het jongste uitstel van iemand geldt
    stil = {wie for wie, u in jongste.items() if u.tot > dag}
    for gepland in nieuw[:-1]:  # na lange stilstand telt alleen de laatste trede; de eerdere staan als overgeslagen
        _leg_vast(termijn, gepland, None, soort, moment, overgeslagen=True)
    if nieuw:
        trede = next(t for t in ladder if t.naam == nieuw[-1].trede)
        for ontvanger in _ontvangers(soort, termijn, dag, trede.niveau):
            uitgesteld = ontvanger is not None and ontvanger.pk in stil
            _leg_vast(termijn, nieuw[-1], ontvanger, soort, moment, trede=trede, overgeslagen=uitgesteld)
        if soort.bij_trede is not None:
            soort.bij_trede(termijn, nieuw[-1])
    weer = _na_uitstel(termijn, soort, list(jongste.values()), dag, moment)
    termijn.volgende_herinnering = volgende(termijn, vanaf=dag + timedelta(days=1), ladder=ladder)
    termijn.fouten, termijn.laatste_fout = 0, ""
    termijn.save(update_fields=["volgende_herinnering", "fouten", "laatste_fout"])
    return len(nieuw) + weer


def _na_uitstel(
    termijn: Termijn, soort: "SoortTermijn", uitstellen: "list[Uitstel]", dag: date, moment: datetime
) -> int:
    """Waarschuw wie het uitstelde op de dag die hij koos, met `uitstellen` van ieder het jongste; geeft hoeveel mensen.

    Wie de termijn sindsdien overdroeg en er niet meer bij hoort, hoort er ook niet meer van.
    """
    nu_weer = [u for u in uitstellen if u.tot <= dag and u.gebruiker.is_active]
    if nu_weer and (overgedragen := _laatst_overgedragen(termijn)) is not None:
        blijft = {termijn.eigenaar_id, *(g.pk for g in _ontvangers(soort, termijn, dag, len(HOGEROP)) if g)}
        nu_weer = [u for u in nu_weer if u.op > overgedragen or u.gebruiker_id in blijft]
    if not nu_weer:
        return 0
    laatst = Herinnering.objects.filter(termijn=termijn, overgeslagen=False).order_by().values_list("ontvanger_id")
    gewaarschuwd = dict(laatst.annotate(laatst=Max("verwerkt_op")))
    aantal = 0
    for uitstel in nu_weer:
        eerder = gewaarschuwd.get(uitstel.gebruiker_id)
        if eerder is not None and dag_van(eerder) >= uitstel.tot:
            continue  # sinds die dag al gewaarschuwd, gewoon of hierom
        over = regels.dagen_over(termijn.vervalt_op, dag)
        _leg_vast(
            termijn,
            Gepland(uitstel.tot, NA_UITSTEL),
            uitstel.gebruiker,
            soort,
            moment,
            trede=Trede(NA_UITSTEL, spoed=over <= 0),
        )
        aantal += 1
    return aantal


def _laatst_overgedragen(termijn: Termijn) -> datetime | None:
    """Geef wanneer een ander deze termijn voor het laatst ging bewaken; None als dat nooit gebeurde."""
    rijen = termijn.wijzigingen.filter(soort=SoortWijziging.OVERGEDRAGEN)
    return rijen.order_by("pk").values_list("op", flat=True).last()


def _ontvangers(soort: "SoortTermijn", termijn: Termijn, dag: date, niveau: int = 0) -> Iterable[Gebruiker | None]:
    """Wie er nu gewaarschuwd wordt: de soort, met wie er bij dit niveau hoort; anders de algemeen secretaris."""
    gevonden = {g.pk: g for g in soort.ontvangers(termijn, dag) if g.is_active}
    erbij = HOGEROP[:niveau]
    if not gevonden:
        erbij = (str(Rol.ALGEMEEN_SECRETARIS),)
    gevonden |= {g.pk: g for g in Gebruiker.objects.filter(is_active=True, groups__name__in=erbij)}
    return [gevonden[pk] for pk in sorted(gevonden)] or [None]


def _leg_vast(
    termijn: Termijn,
    gepland: Gepland,
    ontvanger: Gebruiker | None,
    soort: "SoortTermijn",
    moment: datetime,
    *,
    trede: Trede | None = None,
    overgeslagen: bool = False,
) -> None:
    bericht = None
    if ontvanger is not None and trede is not None and trede.spoed and not overgeslagen:
        bericht = stuur(
            ontvanger=ontvanger,
            onderwerp=f"{soort.omschrijving}: {datum_nl(termijn.vervalt_op)}",
            tekst=_zin(termijn, trede.zin, dag_van(moment)),
            pad=soort.pad(termijn, ontvanger),
            feit=f"{FEIT}:{termijn.pk}:{gepland.trede}:{gepland.op.isoformat()}",
            niet_voor=moment,
        )
    Herinnering.objects.create(
        termijn=termijn,
        trede=gepland.trede,
        gepland_op=gepland.op,
        ontvanger=ontvanger,
        bericht=bericht,
        overgeslagen=overgeslagen,
        verwerkt_op=moment,
        voorbeeld=termijn.voorbeeld,
    )


def _zin(termijn: Termijn, eigen: str, dag: date) -> str:
    over = regels.dagen_over(termijn.vervalt_op, dag)
    return ladders.zin_bij(over, eigen).format(dag=datum_nl(termijn.vervalt_op))


def maak_overzichten(*, moment: datetime) -> None:
    """Zet per persoon wat geen haast heeft in één bericht per dag.

    Het overzicht vertrekt niet voor zeven uur. Is dat van vandaag al weg, dan komt de rest in dat van morgen. Staat er
    maar één termijn in, dan noemt het die; anders hoeveel, en het adres van de eigen lijst.
    """
    wie = wacht_op_overzicht(moment).order_by("ontvanger_id").values_list("ontvanger_id", flat=True).distinct()
    for pk in list(wie):
        with transaction.atomic():
            gebruiker = Gebruiker.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=pk).first()
            if gebruiker is not None:
                _maak_overzicht(gebruiker, moment)


def _maak_overzicht(gebruiker: Gebruiker, moment: datetime) -> None:
    dag = dag_van(moment)
    feit = f"{OVERZICHT}:{gebruiker.pk}:{dag.isoformat()}"
    bestaand = Bericht.objects.filter(feit=feit, ontvanger=gebruiker).select_for_update(skip_locked=True).first()
    if bestaand is None and Bericht.objects.filter(feit=feit, ontvanger=gebruiker).exists():
        return  # het wordt nu verstuurd
    if bestaand is not None and (bestaand.is_uitgegaan or bestaand.status != "wacht"):
        return
    nieuw = list(wacht_op_overzicht(moment).filter(ontvanger=gebruiker).select_related("termijn").order_by("pk"))
    if not nieuw:
        return
    in_overzicht = Herinnering.objects.filter(overzichtregel__bericht=bestaand, termijn__status=Status.OPEN)
    eerder = list(in_overzicht.select_related("termijn")) if bestaand else []
    onderwerp, tekst, pad = _in_woorden([*eerder, *nieuw], dag, gebruiker)
    bericht = bestaand or stuur(
        ontvanger=gebruiker,
        onderwerp=onderwerp,
        tekst=tekst,
        pad=pad,
        feit=feit,
        niet_voor=max(moment, datetime.combine(dag, ZEVEN_UUR, AMSTERDAM)),
    )
    assert bericht is not None  # noqa: S101 - wie geen account meer heeft, zit niet in wacht_op_overzicht
    if bestaand is not None:
        bericht.onderwerp, bericht.tekst, bericht.pad = onderwerp, tekst, pad
        bericht.save(update_fields=["onderwerp", "tekst", "pad"])
    Overzichtregel.objects.bulk_create(Overzichtregel(herinnering=h, bericht=bericht) for h in nieuw)


def _in_woorden(rijen: list[Herinnering], dag: date, ontvanger: Gebruiker) -> tuple[str, str, str]:
    """Geef (onderwerp, zin, pad) van een overzicht."""
    termijnen = list({h.termijn_id: h.termijn for h in rijen}.values())
    if len(termijnen) == 1:
        termijn, soort = termijnen[0], soorten.met_naam(termijnen[0].soort)
        eigen = next((trede.zin for trede in soort.ladder if trede.naam == rijen[-1].trede), "")
        onderwerp = f"{soort.omschrijving}: {datum_nl(termijn.vervalt_op)}"
        return onderwerp, _zin(termijn, eigen, dag), soort.pad(termijn, ontvanger)
    voorbij = sum(t.vervalt_op < dag for t in termijnen)
    erbij = f"; {voorbij} {'is' if voorbij == 1 else 'zijn'} verstreken" if voorbij else ""
    return (
        f"Uw termijnen van vandaag: {len(termijnen)}",
        f"{len(termijnen)} termijnen vragen uw aandacht{erbij}.",
        # Wie niet bij het secretariaat hoort, heeft zijn termijnen op zijn beginscherm.
        "/werk/termijnen/" if heeft(ontvanger, Rol.SECRETARIAAT) else "/thuis/",
    )


def herplan(*, dag: date, soort: str = "") -> int:
    """Reken van elke lopende termijn opnieuw uit wanneer zij waarschuwt, na een gewijzigde ladder; geeft het aantal.

    Wat al gewaarschuwd is, blijft gewaarschuwd; wat door een fout apart lag, doet weer mee.
    """
    aantal = 0
    rijen = Termijn.objects.filter(status=Status.OPEN)
    if soort:
        rijen = rijen.filter(soort=soort)
    for pk in list(rijen.values_list("pk", flat=True)):
        with transaction.atomic():
            termijn = Termijn.objects.select_for_update().get(pk=pk)
            termijn.volgende_herinnering = volgende(termijn, vanaf=termijn.herinner_vanaf)
            termijn.fouten, termijn.laatste_fout = 0, ""
            termijn.save(update_fields=["volgende_herinnering", "fouten", "laatste_fout"])
            aantal += 1
    return aantal
