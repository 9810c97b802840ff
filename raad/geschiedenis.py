"""De geschiedenis uit het logboek in gewoon Nederlands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kern.tijd import datum_nl
from logboek.models import Gebeurtenis
from raad.enums import SoortBenoeming, Voorzittersfunctie


@dataclass(frozen=True)
class Regel:
    """Een gebeurtenis om te lezen."""

    tijdstip: datetime
    zin: str
    door: str
    reden: str


ZINNEN: Mapping[str, str] = {
    "raad.registreer_persoon": "Toegevoegd.",
    "raad.registreer_organisatie": "Toegevoegd.",
    "raad.koppel_account": "Account gekoppeld: {gebruiker}.",
    "raad.laad_archief": "Uit het archief geladen.",
    "raad.benoem": "Benoemd als {rol}{vak}.",
    "raad.leg_aanvaarding_vast": "Heeft de benoeming aanvaard op {op}.",
    "raad.stel_afwijzing_vast": "Heeft de benoeming als {rol} niet aanvaard.",
    "raad.beeindig_benoeming": "Benoeming beëindigd; laatste dag {laatste}.",
    "raad.maak_bekend": "Benoeming bekendgemaakt op {op}: {vindplaats}.",
    "raad.registreer_nevenfunctie": "Nevenfunctie opgegeven: {functie}{vak}.",
    "raad.beeindig_nevenfunctie": "Nevenfunctie {functie} beëindigd; laatste dag {laatste}.",
    "raad.leg_vertegenwoordiger_vast": "Vertegenwoordigt {ministerie}{vak}.",
    "raad.beeindig_vertegenwoordiger": "Vertegenwoordigt {ministerie} niet meer; laatste dag {laatste}.",
    "raad.kies_voorzitter": "Gekozen tot {rol}{vak}.",
    "raad.beeindig_voorzitterschap": "Voorzitterschap beëindigd; laatste dag {laatste}.",
    "raad.benoem_db_lid": "Benoemd in het dagelijks bestuur{vak}.",
    "raad.beeindig_dagelijksbestuurslid": "Plaats in het dagelijks bestuur beëindigd; laatste dag {laatste}.",
    "raad.leg_contact_vast": "{gebruiker} is coördinator{vak}.",
    "raad.herroep_contact": "{gebruiker} is meteen geen coördinator meer: dat was een vergissing.",
    "raad.beeindig_contact": "{gebruiker} is geen coördinator meer; laatste dag {laatste}.",
}
WOORDEN: Mapping[str, str] = dict([*SoortBenoeming.choices, *Voorzittersfunctie.choices])


def regels(
    gebeurtenissen: Iterable[Gebeurtenis],
    zinnen: Mapping[str, str] = ZINNEN,
    woorden: Mapping[str, str] = WOORDEN,
) -> list[Regel]:
    """Geef de gebeurtenissen als zinnen, nieuwste eerst; een onbekende soort staat er met haar naam."""
    uit = []
    for gebeurtenis in gebeurtenissen:
        zin = zinnen.get(gebeurtenis.soort, gebeurtenis.soort.rpartition(".")[2].replace("_", " ").capitalize() + ".")
        uit.append(
            Regel(
                gebeurtenis.tijdstip,
                zin.format_map(_Velden(_woorden(gebeurtenis.gegevens, woorden))),
                gebeurtenis.actor_naam,
                gebeurtenis.reden,
            )
        )
    return sorted(uit, key=lambda regel: regel.tijdstip, reverse=True)


class _Velden(dict[str, str]):
    def __missing__(self, sleutel: str) -> str:
        return ""


def _woorden(gegevens: Mapping[str, Any], woorden: Mapping[str, str]) -> dict[str, str]:
    uit = {naam: woorden.get(str(waarde), str(waarde)) for naam, waarde in gegevens.items() if waarde is not None}
    van, tot = _dag(gegevens.get("van")), _dag(gegevens.get("tot"))
    laatste = tot - timedelta(days=1) if tot else None
    uit["laatste"] = datum_nl(laatste) if laatste else ""
    uit["vak"] = f" vanaf {datum_nl(van)}" if van else ""
    if van and laatste:
        uit["vak"] += f" tot en met {datum_nl(laatste)}"
    for naam in ("op", "per"):
        if dag := _dag(gegevens.get(naam)):
            uit[naam] = datum_nl(dag)
    return uit


def _dag(waarde: Any) -> date | None:
    return date.fromisoformat(waarde) if isinstance(waarde, str) else None
