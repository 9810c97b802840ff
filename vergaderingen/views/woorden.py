"""De geschiedenis van een vergadering in gewoon Nederlands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kern.tijd import datum_nl
from logboek.models import Gebeurtenis

ZINNEN = {
    "vergaderingen.plan": "plande de vergadering",
    "vergaderingen.laad_archief": "nam de vergadering over uit het archief",
    "vergaderingen.verplaats": "verplaatste de vergadering",
    "vergaderingen.herroep_verplaatsing": "herriep de verplaatsing",
    "vergaderingen.roep_op": "riep de leden op",
    "vergaderingen.herroep_oproeping": "herriep de oproeping",
    "vergaderingen.open": "opende de vergadering",
    "vergaderingen.ga_niet_door": "stelde vast dat er geen quorum was",
    "vergaderingen.sluit": "sloot de vergadering",
    "vergaderingen.zet_openbaarheid": "wijzigde of de vergadering openbaar is",
    "vergaderingen.zet_uitzending": "zette het adres van de uitzending",
    "vergaderingen.gelast_af": "gelastte de vergadering af",
    "vergaderingen.herroep_afgelasting": "herriep de afgelasting",
    "vergaderingen.voeg_agendapunt_toe": "zette een punt op de agenda",
    "vergaderingen.wijzig_agendapunt": "wijzigde een agendapunt",
    "vergaderingen.haal_van_agenda": "haalde een punt van de agenda",
    "vergaderingen.herschik": "veranderde de volgorde van de agenda",
    "vergaderingen.geef_stuknummer": "gaf een stuknummer",
    "vergaderingen.corrigeer_stuknummer": "verbeterde een stuknummer",
    "vergaderingen.teken_presentie": "werkte de presentielijst bij",
    "vergaderingen.meld_af": "meldde zich af",
    "vergaderingen.kom_toch": "nam de eigen afmelding terug",
    "vergaderingen.vervang": "legde een vervanging bij een agendapunt vast",
    "vergaderingen.leg_besluit_vast": "legde een besluit vast",
    "vergaderingen.corrigeer_besluit": "verbeterde een besluit",
    "vergaderingen.leg_onthouding_vast": "legde vast dat een lid zich van medestemmen onthoudt",
    "vergaderingen.neem_onthouding_terug": "nam een onthouding van medestemmen terug",
    "vergaderingen.open_stemronde": "opende een stemming of peiling",
    "vergaderingen.leg_stem_vast": "legde stemmen vast",
    "vergaderingen.sluit_stemronde": "sloot een stemming of peiling",
    "vergaderingen.voeg_onderwerp_toe": "zette een onderwerp bij de themasessie",
    "vergaderingen.voeg_tafel_toe": "zette een tafel klaar",
    "vergaderingen.schrijf_terugkoppeling": "schreef de terugkoppeling van een tafel",
    "vergaderingen.plak_stickers": "plakte stickers",
    "vergaderingen.leg_bekendmaking_vast": "legde een openbare bekendmaking vast",
    "vergaderingen.trek_bekendmaking_in": "trok een openbare bekendmaking in",
    "vergaderingen.trek_stemronde_in": "staakte een stemming",
}

# Bij een peiling tekent elk lid zelf; op één regel zonder namen, want wie wat antwoordde doet hier niet ter zake.
HERHAALBAAR = ("vergaderingen.teken_presentie", "vergaderingen.leg_stem_vast", "vergaderingen.plak_stickers")


@dataclass(frozen=True)
class Regel:
    """Eén regel geschiedenis; `keer` telt gelijke handelingen die direct op elkaar volgden."""

    wie: str
    zin: str
    wanneer: datetime
    reden: str
    extra: str
    keer: int = 1


def _extra(gegevens: dict[str, Any]) -> str:
    for sleutel in ("waarschuwing", "stuknummer", "onderwerp"):
        if gegevens.get(sleutel):
            return str(gegevens[sleutel])
    oud, nieuw = gegevens.get("oud"), gegevens.get("nieuw")
    if isinstance(oud, dict) and isinstance(nieuw, dict) and oud.get("datum") != nieuw.get("datum"):
        return f"van {datum_nl(date.fromisoformat(oud['datum']))} naar {datum_nl(date.fromisoformat(nieuw['datum']))}"
    if gegevens.get("oud") and isinstance(gegevens.get("nieuw"), str):
        return f"{gegevens['oud']} werd {gegevens['nieuw']}" if isinstance(gegevens["oud"], str) else gegevens["nieuw"]
    return ""


def regels(gebeurtenissen: Iterable[Gebeurtenis]) -> list[Regel]:
    """Geef de geschiedenis, nieuwste eerst; gelijke handelingen achter elkaar staan op één regel."""
    uit: list[Regel] = []
    for g in gebeurtenissen:
        regel = Regel(g.actor_naam, ZINNEN.get(g.soort, g.soort), g.tijdstip, g.reden, _extra(g.gegevens))
        vorige = uit[-1] if uit else None
        if vorige and not regel.reden and g.soort in HERHAALBAAR and vorige.zin == regel.zin:
            uit[-1] = Regel(regel.wie, regel.zin, regel.wanneer, "", "", vorige.keer + 1)
        else:
            uit.append(regel)
    return uit[::-1]
