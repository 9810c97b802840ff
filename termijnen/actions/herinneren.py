"""Waarschuwen: wat is er aan de beurt en nog niet verstuurd? Een zoekvraag, geen wekker; stilstand kost niets."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from berichten.actions import stuur, verstuur_gereed
from kern.tijd import dag_van, datum_nl
from kern.tijd import nu as nu_
from termijnen import soorten
from termijnen.actions.termijn import FEIT, volgende
from termijnen.enums import Status
from termijnen.ladders import Gepland, geplande
from termijnen.models import Herinnering, Termijn
from toegang.enums import Rol
from toegang.models import Gebruiker

if TYPE_CHECKING:
    from termijnen.soorten import SoortTermijn

logboek = logging.getLogger(__name__)


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
    while aantal := verstuur_gereed(limiet, nu=nu):
        verstuurd += aantal
    return Verwerkt(herinneringen, verstuurd, fouten)


@transaction.atomic
def herinner_bundel(*, moment: datetime, limiet: int = 100, na: tuple[date, int] | None = None) -> Bundel:
    """Maak van ten hoogste `limiet` termijnen de waarschuwingen die op `moment` aan de beurt zijn, met hun berichten.

    Een termijn die niet wil (een fout bij het zoeken van ontvangers) houdt de rest niet op en gaat na acht keer apart.
    """
    dag = dag_van(moment)
    rijen = list(
        Termijn.objects.te_herinneren(dag, na)
        .select_related("eigenaar")
        .prefetch_related("herinneringen")
        .select_for_update(skip_locked=True, of=("self",))[:limiet]
    )
    gemaakt = fouten = 0
    tot: tuple[date, int] | None = None
    for termijn in rijen:
        tot = (termijn.volgende_herinnering or dag, termijn.pk)
        try:
            with transaction.atomic():
                gemaakt += _herinner(termijn, dag, moment)
        except Exception as fout:
            fouten += 1
            logboek.exception("Waarschuwen over termijn %s mislukt", termijn.pk)
            termijn.fouten, termijn.laatste_fout = termijn.fouten + 1, f"{type(fout).__name__}: {fout}"[:300]
            termijn.save(update_fields=["fouten", "laatste_fout"])
    return Bundel(gemaakt, fouten, tot if len(rijen) == limiet else None)


def _herinner(termijn: Termijn, dag: date, moment: datetime) -> int:
    soort = soorten.met_naam(termijn.soort)
    gedaan = {(h.gepland_op, h.trede) for h in termijn.herinneringen.all()}
    nieuw = [
        g
        for g in geplande(soort.ladder, termijn.vervalt_op, van=termijn.herinner_vanaf, tot_en_met=dag)
        if (g.op, g.trede) not in gedaan
    ]
    for gepland in nieuw[:-1]:  # na lange stilstand telt alleen de laatste trede; de eerdere staan als overgeslagen
        _leg_vast(termijn, gepland, None, soort, moment, overgeslagen=True)
    for ontvanger in _ontvangers(soort, termijn, dag) if nieuw else ():
        _leg_vast(termijn, nieuw[-1], ontvanger, soort, moment)
    if nieuw and soort.bij_trede is not None:
        soort.bij_trede(termijn, nieuw[-1])
    termijn.volgende_herinnering = volgende(termijn, vanaf=dag + timedelta(days=1))
    termijn.fouten, termijn.laatste_fout = 0, ""
    termijn.save(update_fields=["volgende_herinnering", "fouten", "laatste_fout"])
    return len(nieuw)


def _ontvangers(soort: "SoortTermijn", termijn: Termijn, dag: date) -> Iterable[Gebruiker | None]:
    """Wie er nu gewaarschuwd wordt: de soort, anders de algemeen secretaris, anders niemand (None)."""
    gevonden = {g.pk: g for g in soort.ontvangers(termijn, dag) if g.is_active}
    if not gevonden:
        terugval = Gebruiker.objects.filter(is_active=True, groups__name=str(Rol.ALGEMEEN_SECRETARIS))
        gevonden = {g.pk: g for g in terugval}
    return [gevonden[pk] for pk in sorted(gevonden)] or [None]


def _leg_vast(
    termijn: Termijn,
    gepland: Gepland,
    ontvanger: Gebruiker | None,
    soort: "SoortTermijn",
    moment: datetime,
    *,
    overgeslagen: bool = False,
) -> None:
    bericht = None
    if ontvanger is not None:
        zin = next(trede.zin for trede in soort.ladder if trede.naam == gepland.trede)
        bericht = stuur(
            ontvanger=ontvanger,
            onderwerp=f"{soort.omschrijving}: {datum_nl(termijn.vervalt_op)}",
            tekst=zin.format(dag=datum_nl(termijn.vervalt_op)),
            pad=soort.adres(termijn),
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


def herplan(*, dag: date) -> int:
    """Reken van elke lopende termijn opnieuw uit wanneer zij waarschuwt, na een gewijzigde ladder; geeft het aantal.

    Wat al gewaarschuwd is, blijft gewaarschuwd; wat door een fout apart lag, doet weer mee.
    """
    aantal = 0
    for pk in Termijn.objects.filter(status=Status.OPEN).values_list("pk", flat=True).iterator(chunk_size=500):
        with transaction.atomic():
            termijn = Termijn.objects.select_for_update().get(pk=pk)
            termijn.volgende_herinnering = volgende(termijn, vanaf=termijn.herinner_vanaf)
            termijn.fouten, termijn.laatste_fout = 0, ""
            termijn.save(update_fields=["volgende_herinnering", "fouten", "laatste_fout"])
            aantal += 1
    return aantal
