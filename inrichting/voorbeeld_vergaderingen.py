"""Bouwstenen voor de vergaderingen van de voorbeeldwereld: alles langs de gewone handelingen, niets vervalst.

Een vergadering in het verleden krijgt haar dagen en tijden als argument mee (opgeroepen_op, geopend_op, …).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from inrichting.voorbeeld_raad import Raadswereld
from kern.tijd import AMSTERDAM, vandaag
from raad.enums import Geleding
from raad.models import Persoon
from toegang.models import Gebruiker
from vergaderingen import actions
from vergaderingen.concept import conceptverslag
from vergaderingen.enums import Orgaan, Puntsoort
from vergaderingen.models import Agendapunt, Besluit, Vergadering, Verslag

Punt = tuple[str, Puntsoort]
VAST_BEGIN: Punt = ("Opening en mededelingen", Puntsoort.OPENING)
VAST_EIND: Punt = ("Rondvraag en sluiting", Puntsoort.RONDVRAAG)
RAADZAAL = "Raadzaal (voorbeeld)"


def vrijdag_bij(dag: date) -> date:
    """Geef de vrijdag die het dichtst bij de dag ligt: de raad vergadert in het voorbeeld op vrijdag."""
    return dag + timedelta(days=(4 - dag.weekday() + 3) % 7 - 3)


def werkdag_bij(dag: date) -> date:
    """Geef de dag zelf, of in het weekend de dichtstbijzijnde werkdag.

    Wat nog komt schuift nooit naar vandaag, en wat al geweest is ook niet: op maandag is gisteren vrijdag, anders
    gebeurde het zojuist.
    """
    if dag.weekday() < 5:
        return dag
    vrijdag, maandag = dag - timedelta(days=dag.weekday() - 4), dag + timedelta(days=7 - dag.weekday())
    if dag.weekday() == 5:
        return maandag if vrijdag <= vandaag() < dag else vrijdag
    return vrijdag if dag < vandaag() <= maandag else maandag


@dataclass(frozen=True)
class Bouw:
    """Maakt vergaderingen namens de secretarissen van de voorbeeldwereld."""

    wereld: Raadswereld
    raadssecretaris: Gebruiker
    commissiesecretaris: Gebruiker

    def raad(
        self, dag: date, punten: Sequence[Punt] = (), *, besloten_reden: str = "", begin: time = time(10, 15)
    ) -> Vergadering:
        """Plan een raadsvergadering op de vrijdag bij `dag`, met opening en rondvraag om de punten heen."""
        rij = actions.plan_vergadering(
            orgaan=Orgaan.RAAD, datum=vrijdag_bij(dag), begin=begin, eind=time(12, 30), plaats=RAADZAAL,
            openbaar=not besloten_reden, besloten_reden=besloten_reden, door=self.raadssecretaris,
        )  # fmt: skip
        self.agendeer(rij, [VAST_BEGIN, *punten, VAST_EIND])
        return rij

    def bestuur(self, dag: date, punten: Sequence[Punt] = ()) -> Vergadering:
        """Plan een vergadering van het dagelijks bestuur op de werkdag bij `dag`."""
        rij = actions.plan_vergadering(
            orgaan=Orgaan.DAGELIJKS_BESTUUR, datum=werkdag_bij(dag), begin=time(9, 0), eind=time(10, 0),
            plaats="Bestuurskamer (voorbeeld)", door=self.raadssecretaris,
        )  # fmt: skip
        self.agendeer(rij, [VAST_BEGIN, *punten, VAST_EIND])
        return rij

    def kroonleden(self, dag: date, punten: Sequence[Punt] = ()) -> Vergadering:
        """Plan een kroonledenoverleg op de werkdag bij `dag`."""
        rij = actions.plan_vergadering(
            orgaan=Orgaan.KROONLEDENOVERLEG, datum=werkdag_bij(dag), begin=time(14, 0), eind=time(15, 30),
            plaats="Zaal 2 (voorbeeld)", door=self.raadssecretaris,
        )  # fmt: skip
        self.agendeer(rij, [*punten, VAST_EIND])
        return rij

    def commissie(self, sleutel: str, dag: date, punten: Sequence[Punt] = ()) -> Vergadering:
        """Plan een vergadering van een voorbeeldcommissie ("grensarbeid", "leren", …) op de werkdag bij `dag`."""
        rij = actions.plan_vergadering(
            orgaan=Orgaan.COMMISSIE, commissie=self.wereld.commissies[sleutel], datum=werkdag_bij(dag),
            begin=time(10, 0), eind=time(12, 0), plaats="Zaal 1 (voorbeeld)", door=self.commissiesecretaris,
        )  # fmt: skip
        self.agendeer(rij, [VAST_BEGIN, *punten, VAST_EIND])
        return rij

    def _door(self, rij: Vergadering) -> Gebruiker:
        return self.commissiesecretaris if rij.commissie_id else self.raadssecretaris

    def agendeer(self, rij: Vergadering, punten: Sequence[Punt]) -> list[Agendapunt]:
        """Zet punten op de agenda en geef ze terug."""
        return [
            actions.voeg_agendapunt_toe(vergadering=rij, onderwerp=onderwerp, soort=soort, door=self._door(rij))
            for onderwerp, soort in punten
        ]

    def nummer(self, punten: Sequence[Agendapunt]) -> None:
        """Geef de punten een stuknummer, in deze volgorde (die mag van de agenda afwijken)."""
        for punt in punten:
            actions.geef_stuknummer(agendapunt=punt, door=self._door(punt.vergadering))

    def roep_op(self, rij: Vergadering, *, dagen_vooraf: int = 11) -> Vergadering:
        """Roep de leden op, zoveel dagen vooraf; ligt die dag nog in de toekomst, dan vandaag."""
        dag = vandaag() if rij.datum is None else min(vandaag(), rij.datum - timedelta(days=dagen_vooraf))
        return actions.roep_op(vergadering=rij, versie=None, opgeroepen_op=dag, door=self._door(rij))

    def open(
        self,
        rij: Vergadering,
        *,
        afwezig: Sequence[str] = (),
        vervangen: Mapping[str, str] | None = None,
        erbij: Sequence[Persoon] = (),
    ) -> Vergadering:
        """Teken de presentielijst en open de vergadering op haar begintijd.

        `afwezig` en de sleutels van `vervangen` zijn zetels ("Kroonlid 9"); de waarde is de zetel waarvan de
        plaatsvervanger komt (dezelfde, of een andere uit de kroonledenpool). `erbij`: wie nog meer komt.
        """
        door, moment = self._door(rij), self._moment(rij)
        vervangen = vervangen or {}
        for sleutel in [*afwezig, *vervangen]:
            actions.teken_presentie(
                vergadering=rij, persoon=self.wereld.leden[sleutel], aanwezig=False, getekend_op=moment, door=door
            )
        for sleutel, van in vervangen.items():
            actions.teken_presentie(
                vergadering=rij, persoon=self.wereld.plaatsvervangers[van], voor=self.wereld.leden[sleutel],
                getekend_op=moment, door=door,
            )  # fmt: skip
        for geleding in (*Geleding.values, "consumenten", ""):
            actions.teken_geleding(vergadering=rij, geleding=geleding, getekend_op=moment, door=door)
        for persoon in erbij:
            actions.teken_presentie(vergadering=rij, persoon=persoon, getekend_op=moment, door=door)
        return actions.open_vergadering(vergadering=rij, versie=None, geopend_op=moment, door=door)

    def vervang_bij(self, punt: Agendapunt, sleutel: str) -> None:
        """Laat bij één punt de eigen plaatsvervanger van deze zetel stemmen (die moet aanwezig zijn)."""
        lid = self.wereld.leden[sleutel]
        zetel = next(p.zetel for p in punt.vergadering.presenties.all() if p.persoon_id == lid.pk and p.zetel)
        actions.vervang(
            agendapunt=punt,
            zetel=zetel,
            vervanger=self.wereld.plaatsvervangers[sleutel],
            door=self._door(punt.vergadering),
        )

    def besluit(self, punt: Agendapunt, tekst: str, uitkomst: str = "") -> Besluit:
        """Leg bij een punt een besluit zonder stemming vast."""
        return actions.leg_besluit_vast(
            agendapunt=punt, tekst=tekst, uitkomst=uitkomst, door=self._door(punt.vergadering)
        )

    def sluit(self, rij: Vergadering, *, na: timedelta = timedelta(hours=1, minutes=55)) -> Vergadering:
        """Sluit de vergadering, zo lang na de opening (nooit in de toekomst)."""
        moment = self._moment(rij) + na
        eerder = moment if moment < datetime.now(AMSTERDAM) else None
        return actions.sluit_vergadering(vergadering=rij, versie=None, gesloten_op=eerder, door=self._door(rij))

    def verslag(self, rij: Vergadering, *, vastgesteld_in: Vergadering | None = None) -> Verslag:
        """Schrijf het verslag uit agenda, presentie en besluiten; stel het vast als `vastgesteld_in` er is."""
        html, openbaar = conceptverslag(Vergadering.objects.get(pk=rij.pk))
        verslag = actions.schrijf_verslag(vergadering=rij, html=html, openbaar_html=openbaar, door=self._door(rij))
        if vastgesteld_in is None:
            return verslag
        return actions.stel_verslag_vast(
            verslag=verslag, versie=None, vastgesteld_in=vastgesteld_in, door=self._door(rij)
        )

    def _moment(self, rij: Vergadering) -> datetime:
        moment = datetime.combine(rij.datum or vandaag(), rij.begin or time(10, 0), AMSTERDAM)
        return min(moment, datetime.now(AMSTERDAM))


def maak_losse_vergaderingen(bouw: Bouw, dag: date) -> dict[str, Vergadering]:
    """Maak wat geen traject nodig heeft: een besloten en een afgelaste raad, en een komend kroonledenoverleg.

    Geeft ze op "besloten", "afgelast" en "kroonleden". Nog een keer draaien doet de aanroeper niet (laad_voorbeeld).
    """
    besloten = bouw.raad(
        dag - timedelta(days=63),
        [("Voordracht voorzitter (voorbeeld)", Puntsoort.BENOEMING)],
        besloten_reden="Het gaat over personen (voorbeeld).",
    )
    bouw.roep_op(besloten)
    bouw.open(besloten)
    besloten = bouw.sluit(besloten, na=timedelta(minutes=40))
    afgelast = bouw.raad(dag + timedelta(days=37))
    afgelast = actions.gelast_af(
        vergadering=afgelast, versie=None, reden="Er zijn geen stukken om te behandelen (voorbeeld).",
        door=bouw.raadssecretaris,
    )  # fmt: skip
    kroonleden = bouw.kroonleden(dag + timedelta(days=5), [("Voortgang lopende trajecten", Puntsoort.BESPREKING)])
    kroonleden = bouw.roep_op(kroonleden)
    return {"besloten": besloten, "afgelast": afgelast, "kroonleden": kroonleden}
