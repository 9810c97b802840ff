"""Het register van agendabronnen: hogere verdiepingen bieden hier stukken aan voor een agenda.

Zo hoeft deze app niets van adviezen te weten. Een bron koppelt zelf haar werk aan het agendapunt
(bijvoorbeeld adviezen.Agendering) en hoort wanneer de leden zijn opgeroepen.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from vergaderingen.enums import Puntsoort

if TYPE_CHECKING:
    from stukken.models import Bestand
    from toegang.models import Gebruiker
    from vergaderingen.models import Agendapunt, Vergadering

# De eigen bron, en hoe daar de sleutel begint van een punt dat een eerder punt voortzet.
NAAM, OPNIEUW = "vergaderingen", "opnieuw:"


@dataclass(frozen=True)
class Aanbod:
    """Eén zaak die klaar is voor de agenda. `sleutel` is van de bron zelf, bijvoorbeeld "traject:12"."""

    sleutel: str
    onderwerp: str
    soort: Puntsoort = Puntsoort.OVERIG
    toelichting: str = ""
    vertrouwelijk: bool = False
    bestand: Bestand | None = None


@dataclass(frozen=True)
class Verwijzing:
    """Waar een agendapunt over gaat: een naam en het adres van dat werk."""

    tekst: str
    link: str


@dataclass(frozen=True)
class Papier:
    """Een stuk bij een agendapunt voor de bundel: een bestand, of een tekst met de opmaak van stukken.pdf."""

    titel: str
    bestand: Bestand | None = None
    html: str = ""
    opmaak: Mapping[str, Any] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        """Geef de hash van de inhoud: gelijk betekent hetzelfde stuk."""
        if self.bestand is not None:
            return self.bestand.sha256
        return sha256(json.dumps([self.html, dict(self.opmaak)], sort_keys=True, default=str).encode()).hexdigest()


class Agendabron:
    """Grondslag voor een bron; elke methode mag weg. `naam` is uniek, in kleine letters."""

    naam: str = ""

    def aanbod(self, vergadering: Vergadering, gebruiker: Gebruiker) -> Sequence[Aanbod]:
        """Geef wat deze bron voor deze vergadering aanbiedt."""
        return ()

    def geplaatst(self, *, agendapunt: Agendapunt, sleutel: str, door: Gebruiker) -> None:
        """Koppel de aangeboden zaak aan het agendapunt; in dezelfde transactie als het plaatsen."""

    def opgeroepen(self, *, vergadering: Vergadering, door: Gebruiker) -> None:
        """Hoor dat de leden zijn opgeroepen; in dezelfde transactie."""

    def oproeping_herroepen(self, *, vergadering: Vergadering, door: Gebruiker) -> None:
        """Hoor dat de oproeping is herroepen voordat zij uitging; in dezelfde transactie."""

    def teruggetrokken(self, *, agendapunt: Agendapunt, reden: str, door: Gebruiker) -> None:
        """Hoor dat dit punt niet (meer openbaar) behandeld wordt: wat nog wacht, gaat niet uit."""

    def doorgegaan(self, *, agendapunt: Agendapunt, reden: str, door: Gebruiker) -> None:
        """Hoor dat dit punt toch behandeld wordt: wat om `reden` werd teruggehaald, gaat alsnog."""

    def voortgezet(self, *, oud: Agendapunt, nieuw: Agendapunt, door: Gebruiker) -> None:
        """Hoor dat `nieuw` op een volgende agenda verder gaat waar `oud` bleef; in dezelfde transactie."""

    def openbaar_geworden(self, *, agendapunt: Agendapunt, door: Gebruiker) -> None:
        """Hoor dat dit punt na de oproeping niet langer vertrouwelijk is; in dezelfde transactie."""

    def verwijzingen(self, punten: Collection[Agendapunt], gebruiker: Gebruiker) -> Mapping[int, Verwijzing]:
        """Geef per agendapunt (pk) het werk erachter, voor zover deze gebruiker het mag zien. Eén query."""
        return {}

    def uitkomsten(self, punten: Collection[Agendapunt]) -> Mapping[int, str]:
        """Geef per agendapunt (pk) in één zin wat de vergadering over deze zaak besloot; vaste woorden, geen titel."""
        return {}

    def papieren(self, punten: Collection[Agendapunt], gebruiker: Gebruiker) -> Mapping[int, Sequence[Papier]]:
        """Geef per agendapunt (pk) de stukken die deze gebruiker mag lezen, voor de bundel. Een vast aantal queries."""
        return {}


_bronnen: dict[str, Agendabron] = {}


def registreer_bron(bron: Agendabron) -> Agendabron:
    """Meld een bron aan (in `ready()` van een app) en geef haar terug. Een naam geldt één keer."""
    if not bron.naam:
        raise ValueError("Een agendabron heeft een naam nodig.")
    _bronnen[bron.naam] = bron
    return bron


def bronnen() -> list[Agendabron]:
    """Geef de aangemelde bronnen, op naam."""
    return [_bronnen[naam] for naam in sorted(_bronnen)]


def uitkomsten(punten: Collection[Agendapunt]) -> dict[int, str]:
    """Geef wat de bronnen over deze punten als besluit kennen, naast de vastgelegde besluiten."""
    return {pk: zin for bron in bronnen() for pk, zin in bron.uitkomsten(punten).items()}


def trek_terug(punten: Collection[Agendapunt], *, reden: str, door: Gebruiker) -> None:
    """Zeg elke bron dat deze punten vervallen, vertrouwelijk werden, of met hun vergadering zijn afgelast."""
    for bron in bronnen():
        for punt in punten:
            bron.teruggetrokken(agendapunt=punt, reden=reden, door=door)


def laat_doorgaan(punten: Collection[Agendapunt], *, reden: str, door: Gebruiker) -> None:
    """Zeg elke bron dat deze punten toch behandeld worden: hun vergadering was om `reden` even afgelast."""
    for bron in bronnen():
        for punt in punten:
            bron.doorgegaan(agendapunt=punt, reden=reden, door=door)


def zet_voort(*, oud: Agendapunt, nieuw: Agendapunt, door: Gebruiker) -> None:
    """Zeg elke bron dat een punt op een volgende agenda verder gaat."""
    for bron in bronnen():
        bron.voortgezet(oud=oud, nieuw=nieuw, door=door)


def maak_openbaar(punt: Agendapunt, *, door: Gebruiker) -> None:
    """Zeg elke bron dat dit punt na de oproeping niet langer vertrouwelijk is."""
    for bron in bronnen():
        bron.openbaar_geworden(agendapunt=punt, door=door)


def bron_met(naam: str) -> Agendabron | None:
    """Geef de bron met deze naam, of None."""
    return _bronnen.get(naam)
