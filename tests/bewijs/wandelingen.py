"""Willekeurige wandelingen van dertig stappen door een adviestraject, met na elke stap twaalf dingen die altijd gelden.

Zes van de tien stappen brengen het traject met alles wat erbij hoort vooruit; de andere zijn een willekeurige
handeling, vaak een die in deze stand bestaat, door een willekeurig mens met een willekeurige versie: die lukt helemaal,
of verandert niets.
"""

import hashlib
import os
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction

from adviezen.actions.handelen import handel
from adviezen.enums import Stap
from adviezen.models import Adviestraject, Stapgang
from berichten.models import Bericht
from kern.fouten import PortaalFout
from logboek.models import Gebeurtenis
from overgangen.uitvoering import overgangen_van, paren
from publicatie.models import Publicatie
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.bouw import slot
from tests.bewijs.hulp import geschaald, meld, regel, servers

WANDELINGEN, STAPPEN, ZAAD = 50_000, 30, int(os.environ.get("BEWIJS_ZAAD") or 20261129)
VOORUIT = 0.6  # zo vaak probeert een stap het traject verder te brengen; de rest is willekeurig
SECONDEN = 420  # het doel haalt deze machine in geen dag; de regel noemt wat er in deze tijd lukte
PAREN = paren(Adviestraject)
NAMEN = sorted({o.name for o in overgangen_van(Adviestraject)})
VANUIT = {n: {str(o.source) for o in overgangen_van(Adviestraject) if o.name == n} for n in NAMEN}


@dataclass
class Wandeling:
    """Eén traject onderweg, en wat er nooit meer mag veranderen."""

    cast: Any
    gepubliceerd: dict[int, str] = field(default_factory=dict)
    deelnemers: dict[int, frozenset[int]] = field(default_factory=dict)

    def stand(self) -> tuple[Any, ...]:
        """Geef alles waaraan te zien is of een geweigerde handeling toch iets deed."""
        traject = self.cast.vers()
        return (
            *(traject.stap, traject.rijversie, traject.stapgangen.count(), traject.versies.count()),
            *(
                Bericht.objects.count(),
                Publicatie.objects.count(),
                Termijn.objects.count(),
                Gebeurtenis.objects.count(),
            ),
        )

    def fouten(self) -> list[str]:
        """Geef wat er niet (meer) geldt."""
        traject = self.cast.vers()
        gangen = list(Stapgang.objects.filter(traject=traject).order_by("pk"))
        uit = [] if traject.stap in Stap.values else ["geen bestaande stand"]
        if gangen[-1].naar != traject.stap:
            uit.append("de laatste gezette stap is niet de stand")
        stappen = list(zip(gangen, gangen[1:], strict=False))
        if any(een.naar != twee.van for een, twee in stappen):
            uit.append("een stap begint niet waar de vorige eindigde")
        if any((g.van, g.naar) not in PAREN for g in gangen[1:]):
            uit.append("een stap die niet bestaat")
        gelogd = Counter(
            Gebeurtenis.objects.filter(object_soort="adviezen.adviestraject", object_id=str(traject.pk))
            .filter(soort__in=[f"adviezen.{naam}" for naam in NAMEN])
            .values_list("soort", flat=True)
        )
        if gelogd != Counter(f"adviezen.{g.overgang}" for g in gangen[1:]):
            uit.append("logboek en gezette stappen verschillen")
        return uit + self._openbaar(traject) + self._rondom(traject)

    def _openbaar(self, traject: Adviestraject) -> list[str]:
        uit = []
        advies = getattr(traject, "advies", None)
        sleutel = f"advies:{advies.kenmerk}" if advies else "advies:-"
        rijen = list(Publicatie.objects.filter(sleutel=sleutel))
        geldig = [r for r in rijen if r.tot is None or r.tot > r.vanaf]
        if bool(geldig) != (traject.stap == Stap.AANGEBODEN):
            uit.append(f"stand {traject.stap} met {len(geldig)} publicaties")
        for rij in rijen:
            inhoud = hashlib.sha256(f"{rij.titel}|{rij.html}|{rij.metadata}|{rij.bestanden}".encode()).hexdigest()
            if self.gepubliceerd.setdefault(rij.pk, inhoud) != inhoud:
                uit.append("een publicatie veranderde van inhoud")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM publiek.advies WHERE kenmerk = %s", [advies.kenmerk if advies else "-"]
            )
            if cursor.fetchone()[0] and traject.stap != Stap.AANGEBODEN:
                uit.append("openbaar te lezen zonder aangeboden te zijn")
        return uit

    def _rondom(self, traject: Adviestraject) -> list[str]:
        uit = []
        for beraad in traject.beraden.filter(geopend_op__isnull=False):
            wie = frozenset(beraad.deelnames.values_list("organisatie_id", flat=True))
            if self.deelnemers.setdefault(beraad.pk, wie) != wie:
                uit.append("de kring van een geopende ronde veranderde")
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT (SELECT count(*) FROM (SELECT 1 FROM termijnen_termijn WHERE soort <> 'eigen' AND status IN
                     ('open', 'gepauzeerd') GROUP BY object_soort, object_id, soort HAVING count(*) > 1) x),
                   (SELECT count(*) FROM (SELECT 1 FROM termijnen_herinnering
                     GROUP BY termijn_id, trede, gepland_op, ontvanger_id HAVING count(*) > 1) x),
                   (SELECT count(*) FROM berichten_bericht b WHERE b.feit LIKE 'adviezen.%%:' || %(pk)s || ':%%'
                     AND NOT EXISTS (SELECT 1 FROM logboek_gebeurtenis g WHERE g.soort = split_part(b.feit, ':', 1)
                     AND g.object_soort = 'adviezen.adviestraject' AND g.object_id = %(pk)s::text)),
                   (SELECT count(*) FROM (SELECT 1 FROM adviezen_steun s
                     GROUP BY s.registratie_id, s.zetel_id HAVING count(*) > 1) x)""",
                {"pk": traject.pk},
            )
            namen = (
                "twee lopende termijnen",
                "een dubbele waarschuwing",
                "een bericht zonder oorzaak",
                "een zetel dubbel",
            )
            uit += [naam for naam, aantal in zip(namen, cursor.fetchone(), strict=True) if aantal]
        return uit


def _vooruit(w: Wandeling) -> None:
    traject = w.cast.vers()
    if traject.stap == Stap.AANBIEDING:
        slot.bereid_aanbieding_voor(w.cast)
        handel(traject=w.cast.vers(), versie=None, overgang="bied_aan", door=w.cast.algemeen_secretaris)
    elif traject.stap in bouw.VOORUIT:
        bouw.VOORUIT[traject.stap](w.cast)


def _zomaar(w: Wandeling, loterij: random.Random, mensen: list[Any]) -> bool:
    """Probeer iets willekeurigs; geef of het lukte. Een weigering die toch iets veranderde werpt AssertionError."""
    traject = w.cast.vers()
    # De helft is een handeling die in deze stand bestaat: die komt verder dan de eerste deur.
    passend = [naam for naam in NAMEN if VANUIT[naam] & {traject.stap, "*"}]
    naam = loterij.choice(passend) if passend and loterij.random() < 0.5 else loterij.choice(NAMEN)
    door = w.cast.wie(naam) if loterij.random() < 0.7 else loterij.choice(mensen)
    versie = loterij.choice([None, traject.rijversie, traject.rijversie, traject.rijversie - 1])
    voor = w.stand()
    try:
        handel(traject=traject, versie=versie, overgang=naam, door=door, reden=loterij.choice(["", "Proef.", "Proef."]))
    except (PortaalFout, TypeError):  # TypeError: een handeling die meer vraagt dan een reden
        assert w.stand() == voor, f"{naam} werd geweigerd en veranderde toch iets"
        return False
    return True


def _kan_verder(w: Wandeling) -> bool:
    return w.cast.vers().stap in bouw.VOORUIT


def _wandel(
    wereld: Any, mensen: list[Any], loterij: random.Random, telling: Counter[str], eind: Counter[str]
) -> list[str]:
    """Loop één traject dertig stappen en geef wat er misging."""
    w = Wandeling(bouw.nieuw(wereld, verdeeld=loterij.random() < 0.3))
    telling["wandelingen"] += 1
    rust = 0
    for _ in range(STAPPEN):
        try:
            gelukt = (loterij.random() < VOORUIT and _probeer_vooruit(w)) or _zomaar(w, loterij, mensen)
        except AssertionError as fout:
            return [str(fout)]
        telling["gelukt" if gelukt else "geweigerd"] += 1
        rust = 0 if gelukt or _kan_verder(w) else rust + 1
        if rust > 3:  # ingetrokken of aangeboden: meer dan een paar weigeringen leren daar niets
            break
        connection.check_constraints()  # wat de database anders pas bij het vastleggen nakijkt
        if mis := w.fouten():
            return [f"{w.cast.traject.stap}: {mis}"]
    eind[w.cast.vers().stap] += 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM logboek_breuken()")
        return ["de keten van het logboek is gebroken"] if cursor.fetchone()[0] else []


def bewijs() -> list[dict[str, Any]]:
    """Wandel zo vaak als er tijd is, tot vijftigduizend keer."""
    servers()
    connection.close()
    wereld, loterij, begin = bouw.maak_wereld(), random.Random(ZAAD), time.monotonic()
    mensen = [
        wereld.secretaris,
        wereld.buitenstaander,
        wereld.beheerder,
        wereld.account("FNV 2"),
        wereld.raadssecretaris,
    ]
    telling, fouten, grens = Counter[str](), [], SECONDEN * min(1.0, geschaald(1000) / 1000)
    eind: Counter[str] = Counter()
    while telling["wandelingen"] < geschaald(WANDELINGEN) and time.monotonic() - begin < grens and not fouten:
        with transaction.atomic():  # elke wandeling draait terug: een orgaan vergadert maar zo vaak op een dag
            fouten += _wandel(wereld, mensen, loterij, telling, eind)
            transaction.set_rollback(True)
        if telling["wandelingen"] % 50 == 0:
            meld(f"  wandelingen: {telling['wandelingen']} na {time.monotonic() - begin:.0f} s")
    stappen = telling["gelukt"] + telling["geweigerd"]
    gemeten = f"{len(fouten)} fouten, {telling['gelukt']} gelukt"
    gemeten += f", {telling['geweigerd']} geweigerd"
    gemeten += f" ({fouten[0][:200]})" if fouten else ""
    naam = f"{telling['wandelingen']} wandelingen, {stappen} stappen"
    doel = (
        "0 fouten; 50.000 × 30 stappen haalt deze machine niet" if telling["wandelingen"] < WANDELINGEN else "0 fouten"
    )
    return [regel(naam, gemeten, f"eindigden in {len(eind)} standen", doel, not fouten, begin)]


def _probeer_vooruit(w: Wandeling) -> bool:
    voor = w.cast.vers().rijversie
    try:
        with transaction.atomic():
            _vooruit(w)
    except (PortaalFout, DatabaseError, ObjectDoesNotExist):  # de bouwers kennen niet elke weg terug
        return False
    return bool(w.cast.vers().rijversie != voor)
