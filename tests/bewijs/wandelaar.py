"""Eén traject onderweg: een stap zetten, en na elke stap wat er altijd moet gelden.

Een stap is een poging om het traject met alles wat erbij hoort verder te brengen, of een willekeurige handeling, vaak
een die in deze stand bestaat, door een willekeurig mens met een willekeurige versie: die lukt helemaal, of verandert
niets. Alle handelingen gaan door `handel`, dus met hun berichten, termijnen en publicaties.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction

from adviezen.actions.handelen import handel
from adviezen.enums import Stap
from adviezen.models import Adviestraject
from kern.fouten import PortaalFout
from kern.tijd import vandaag
from overgangen.uitvoering import overgangen_van, paren
from tests.adviezen import bouw

PAREN = paren(Adviestraject)
NAMEN = sorted({o.name for o in overgangen_van(Adviestraject)})
VANUIT = {n: {str(o.source) for o in overgangen_van(Adviestraject) if o.name == n} for n in NAMEN}
# Per stand hoe het verder kan, met wat daarvoor klaar moet liggen; wat er vaker staat komt vaker.
VERDER: dict[str, tuple[tuple[str, Callable[[bouw.Cast], Any]], ...]] = {
    Stap.AANVRAAG: (("leg_voor_aan_db", bouw.bereid_aanvraag_voor),),
    Stap.TOEWIJZING: (
        *(("wijs_toe", bouw.bereid_toewijzing_voor),) * 5,
        ("neem_niet_in_behandeling", bouw.bereid_weigering_voor),
    ),
    Stap.CONCEPT: (("start_achterbanberaad", bouw.bereid_beraad_voor),),
    Stap.ACHTERBANBERAAD: (("sluit_achterbanberaad", bouw.bereid_sluiting_voor),),
    Stap.VERWERKING: (
        *(("stuur_naar_raad", bouw.bereid_verzending_voor),) * 4,
        ("adviseer_rechtstreeks", bouw.bereid_verzending_voor),
        ("open_nieuw_achterbanberaad", bouw.bereid_beraad_voor),
    ),
    Stap.NAAR_RAAD: (("behandel_in_raad", bouw.bereid_behandeling_voor),),
    Stap.VASTSTELLING: (("stel_vast", bouw.bereid_vaststelling_voor),),
    Stap.AANBIEDING: (("bied_aan", bouw.bereid_aanbieding_voor),),
}
# Wat er in deze transactie aan rijen geschreven is, ook wat weer terugdraaide: gelijk gebleven is niets gedaan.
GESCHREVEN = """SELECT coalesce(sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
    + pg_stat_get_xact_tuples_deleted(oid)), 0)
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"""
STAND = """SELECT t.stap, t.rijversie, (SELECT count(*) FROM adviezen_stapgang WHERE traject_id = t.id),
    (SELECT count(*) FROM adviezen_versie WHERE traject_id = t.id), (SELECT count(*) FROM berichten_bericht),
    (SELECT count(*) FROM publicatie_publicatie), (SELECT count(*) FROM termijnen_termijn),
    (SELECT count(*) FROM logboek_gebeurtenis) FROM adviezen_adviestraject t WHERE t.id = %(pk)s"""
ALLES = """SELECT t.stap,
    (SELECT json_agg(json_build_array(g.overgang, g.van, g.naar) ORDER BY g.id) FROM adviezen_stapgang g
        WHERE g.traject_id = t.id),
    (SELECT json_agg(l.soort) FROM logboek_gebeurtenis l WHERE l.object_soort = 'adviezen.adviestraject'
        AND l.object_id = t.id::text AND l.soort = ANY(%(soorten)s)),
    (SELECT json_agg(json_build_array(p.id, p.tot IS NULL OR p.tot > p.vanaf, md5(concat_ws('|', p.titel, p.html,
        p.metadata, p.bestanden)))) FROM publicatie_publicatie p WHERE p.sleutel = 'advies:' || a.kenmerk),
    (SELECT count(*) FROM publiek.advies WHERE kenmerk = a.kenmerk),
    (SELECT json_agg(json_build_array(b.id, (SELECT json_agg(d.organisatie_id ORDER BY d.organisatie_id)
        FROM adviezen_deelname d WHERE d.beraad_id = b.id)))
        FROM adviezen_achterbanberaad b WHERE b.traject_id = t.id AND b.geopend_op IS NOT NULL),
    (SELECT count(*) FROM (SELECT 1 FROM termijnen_termijn WHERE soort <> 'eigen' AND status IN ('open', 'gepauzeerd')
        GROUP BY object_soort, object_id, soort HAVING count(*) > 1) x),
    (SELECT count(*) FROM (SELECT 1 FROM termijnen_herinnering
        GROUP BY termijn_id, trede, gepland_op, ontvanger_id HAVING count(*) > 1) x),
    (SELECT count(*) FROM berichten_bericht b WHERE b.feit LIKE 'adviezen.%%'
        AND split_part(b.feit, ':', 1) = ANY(%(soorten)s) AND split_part(b.feit, ':', 2) = t.id::text
        AND NOT EXISTS (SELECT 1 FROM logboek_gebeurtenis g WHERE g.soort = split_part(b.feit, ':', 1)
        AND g.object_soort = 'adviezen.adviestraject' AND g.object_id = t.id::text)),
    (SELECT count(*) FROM (SELECT 1 FROM adviezen_steun s GROUP BY s.registratie_id, s.zetel_id HAVING count(*) > 1) x)
    FROM adviezen_adviestraject t LEFT JOIN adviezen_advies a ON a.traject_id = t.id WHERE t.id = %(pk)s"""
DUBBEL = ("twee lopende termijnen", "een dubbele waarschuwing", "een bericht zonder oorzaak", "een zetel dubbel")


def _vraag(sql: str, **velden: Any) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, velden)
        return tuple(cursor.fetchone())


@dataclass
class Wandeling:
    """Eén traject onderweg, en wat er nooit meer mag veranderen."""

    cast: bouw.Cast
    drang: float = 0.5  # zo vaak probeert een stap het traject verder te brengen
    gepubliceerd: dict[int, str] = field(default_factory=dict)
    deelnemers: dict[int, list[int]] = field(default_factory=dict)
    stand: tuple[Any, ...] = ()
    geschreven: int = -1

    def kopie(self) -> "Wandeling":
        """Geef dezelfde wandeling voor een andere tak: wat de ene tak leert weet de andere niet."""
        cast = replace(self.cast, opties=dict(self.cast.opties))
        return replace(
            self, cast=cast, gepubliceerd=dict(self.gepubliceerd), deelnemers=dict(self.deelnemers), geschreven=-1
        )

    def fouten(self) -> list[str]:
        """Geef wat er niet (meer) geldt."""
        soorten = [f"adviezen.{naam}" for naam in NAMEN]
        stap, gangen, gelogd, rijen, openbaar, kringen, *dubbel = _vraag(
            ALLES, pk=self.cast.traject.pk, soorten=soorten
        )
        uit = [] if stap in Stap.values else ["geen bestaande stand"]
        if gangen[-1][2] != stap:
            uit.append("de laatste gezette stap is niet de stand")
        if any(een[2] != twee[1] for een, twee in zip(gangen, gangen[1:], strict=False)):
            uit.append("een stap begint niet waar de vorige eindigde")
        if any((van, naar) not in PAREN for _, van, naar in gangen[1:]):
            uit.append("een stap die niet bestaat")
        if Counter(gelogd or []) != Counter(f"adviezen.{naam}" for naam, _, _ in gangen[1:]):
            uit.append("logboek en gezette stappen verschillen")
        geldig = sum(telt for _, telt, _ in rijen or [])
        if bool(geldig) != (stap == Stap.AANGEBODEN):
            uit.append(f"stand {stap} met {geldig} publicaties")
        if any(self.gepubliceerd.setdefault(pk, inhoud) != inhoud for pk, _, inhoud in rijen or []):
            uit.append("een publicatie veranderde van inhoud")
        if openbaar and stap != Stap.AANGEBODEN:
            uit.append("openbaar te lezen zonder aangeboden te zijn")
        vast, self.deelnemers = self.deelnemers, dict(kringen or [])  # wie het openen herroept, mag haar nog wijzigen
        if any(vast.get(pk, wie) != wie for pk, wie in self.deelnemers.items()):
            uit.append("de kring van een geopende ronde veranderde")
        return uit + [naam for naam, aantal in zip(DUBBEL, dubbel, strict=True) if aantal]

    def stap(self, loterij: random.Random, mensen: list[Any]) -> tuple[str, bool, list[str]]:
        """Zet één stap; geef de handeling, of zij lukte, en wat er daarna niet geldt.

        Een geweigerde handeling die niets schreef laat alles zoals het was: dan is wat gold niet opnieuw te vragen.
        """
        if self.geschreven < 0:
            self.stand, self.geschreven = _vraag(STAND, pk=self.cast.traject.pk), int(_vraag(GESCHREVEN)[0])
        self.cast.vers()
        if loterij.random() < self.drang and (naam := self._vooruit(loterij)):
            gelukt = True
        else:
            naam, gelukt = self._zomaar(loterij, mensen)
        geschreven = int(_vraag(GESCHREVEN)[0])
        if geschreven == self.geschreven:
            return naam, gelukt, ["een gelukte handeling schreef niets"] if gelukt else []
        stand = _vraag(STAND, pk=self.cast.traject.pk)
        if not gelukt and stand != self.stand:
            return naam, gelukt, [f"{naam} werd geweigerd en veranderde toch iets"]
        connection.check_constraints()  # wat de database anders pas bij het vastleggen nakijkt
        # De schakels van het logboek, die bij dat nakijken ontstaan, tellen mee als geschreven.
        self.stand, self.geschreven = stand, int(_vraag(GESCHREVEN)[0])
        return naam, gelukt, self.fouten()

    def _vooruit(self, loterij: random.Random) -> str:
        if self.cast.traject.stap not in VERDER:
            return ""
        naam, bereid = loterij.choice(VERDER[self.cast.traject.stap])
        klaar = False
        try:
            with transaction.atomic():
                bereid(self.cast)
                self.cast.vers()
                klaar = True
                self._handel(naam, self.cast.wie(naam), reden="Proef.")
        except (PortaalFout, DatabaseError, ObjectDoesNotExist) as fout:
            # De bouwers kennen niet elke weg terug. De handeling zelf weigert alleen met een nette fout.
            if klaar and not isinstance(fout, PortaalFout):
                raise
            self.cast.vers()
            return ""
        return naam

    def _zomaar(self, loterij: random.Random, mensen: list[Any]) -> tuple[str, bool]:
        traject = self.cast.traject
        # De helft is een handeling die in deze stand bestaat: die komt verder dan de eerste deur. Aan het eind minder,
        # want daar bestaat er maar één: terug.
        passend = [naam for naam in NAMEN if VANUIT[naam] & {traject.stap, "*"}]
        kans = 0.5 if traject.stap in VERDER else 0.15
        naam = loterij.choice(passend) if passend and loterij.random() < kans else loterij.choice(NAMEN)
        door = self.cast.wie(naam) if loterij.random() < 0.7 else loterij.choice(mensen)
        versie = loterij.choice([None, traject.rijversie, traject.rijversie, traject.rijversie - 1])
        try:
            self._handel(naam, door, versie=versie, reden=loterij.choice(["", "Proef.", "Proef."]))
        except PortaalFout:
            return naam, False
        return naam, True

    def _handel(self, naam: str, door: Any, **kw: Any) -> None:
        if naam in ("trek_in", "beeindig"):
            kw["datum"] = vandaag()
        handel(traject=self.cast.traject, overgang=naam, door=door, **({"versie": None} | kw))
