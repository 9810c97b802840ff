"""De stand van het portaal voor de beheerder: dezelfde metingen als /gezond/, in gewone woorden, zonder inhoud.

Van post staat er hoeveel en waarom het niet ging, nooit aan wie of waarover.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count, QuerySet, Value
from django.db.models.functions import Greatest, Left, StrIndex

from berichten.enums import Status
from berichten.models import STORING, Bericht
from bewaking.queries import FOUT, GOED, Meting, gezond, meet

# Per onderdeel: wat het is, en wat te doen als het niet goed is.
WOORDEN = {
    "database": ("De database", "Zeg het wie de server beheert: misschien is de schijf vol."),
    "openbaar": (
        "De openbare site leest wat er nu staat",
        "Zeg het meteen wie de server beheert: wat ingetrokken is, kan nog te lezen zijn.",
    ),
    "redis": ("De wachtrij voor werk", "Zeg het wie de server beheert. Er gaat niets verloren."),
    "klok": ("De klok die werk start", "Zeg het wie de server beheert: de klok moet opnieuw starten."),
    "wachtrij": ("Hoe lang werk wacht", "Zeg het wie de server beheert: de werkers moeten opnieuw starten."),
    "post": (
        "Hoe lang post al weg had moeten zijn",
        "Zeg het wie de server beheert, met de oorzaak die hieronder bij de berichten staat. Staat er geen, dan loopt "
        "het versturen achter. Er gaat niets verloren.",
    ),
    "pdf": ("Hoe lang een PDF wacht", "Zeg het wie de server beheert: de werkers moeten opnieuw starten."),
    "klokverschil": ("Verschil tussen de klokken", "Zeg het wie de server beheert: zet de tijd gelijk."),
    "schijf": ("Vrije ruimte op de schijf", "Zeg het wie de server beheert: er moet ruimte bij."),
}
OUDERDOM = {"klok", "wachtrij", "post", "pdf", "klokverschil"}  # deze waarden zijn seconden
# Waarom post niet ging, in gewone woorden; de melding zelf kan een adres noemen.
OORZAKEN = {
    "SMTPRecipientsRefused": "het adres is geweigerd",
    "SMTPDataError": "de mailserver weigerde het bericht",
    "SMTPSenderRefused": "de mailserver weigerde onze afzender",
    "SMTPAuthenticationError": "de mailserver weigerde onze aanmelding",
    "ConnectionRefusedError": "de mailserver antwoordt niet",
    "TimeoutError": "de mailserver antwoordt niet",
    "gaierror": "de mailserver is niet te vinden",
}


@dataclass(frozen=True)
class Onderdeel:
    """Een regel van de stand: wat het is, goed, fout of onbekend, het getal in woorden, en wat te doen."""

    naam: str
    stand: str
    getal: str
    doe: str


@dataclass(frozen=True)
class Stand:
    """De hele bladzijde. `backup` is het moment van de laatste tar van `./portal backup`, of None."""

    goed: bool
    onderdelen: tuple[Onderdeel, ...]
    wacht: int
    wacht_na_fout: tuple[tuple[str, int], ...]
    mislukt: tuple[tuple[str, int], ...]
    termijnen: int
    backup: datetime | None

    @property
    def aantal_mislukt(self) -> int:
        """Geef hoeveel berichten apart liggen."""
        return sum(aantal for _, aantal in self.mislukt)

    @property
    def problemen(self) -> tuple[Onderdeel, ...]:
        """Geef wat niet goed is, eerst wat fout is."""
        rijen = [o for o in self.onderdelen if o.stand != GOED]
        return tuple(sorted(rijen, key=lambda o: o.stand != FOUT))


def stand(moment: datetime) -> Stand:
    """Geef de stand op `moment`. Wat niet te meten is, heet onbekend."""
    metingen = meet(moment)
    getallen = {m.naam: m.waarde for m in metingen}
    return Stand(
        goed=gezond(metingen)[0] == GOED,
        onderdelen=tuple(_onderdeel(m) for m in metingen if m.naam in WOORDEN),
        wacht=Bericht.objects.filter(status=Status.WACHT).count(),
        wacht_na_fout=_oorzaken(Bericht.objects.filter(status=Status.WACHT, pogingen__gt=0)),
        mislukt=_oorzaken(Bericht.objects.filter(status=Status.MISLUKT)),
        termijnen=int(getallen.get("termijnen apart") or 0),
        backup=laatste_backup(),
    )


def _onderdeel(meting: Meting) -> Onderdeel:
    naam, doe = WOORDEN[meting.naam]
    return Onderdeel(naam, meting.stand, _getal(meting), "" if meting.stand == GOED else doe)


def _getal(meting: Meting) -> str:
    if meting.waarde is None:
        return "niet te meten"
    if meting.naam in OUDERDOM:
        return duur(meting.waarde)
    if meting.naam == "schijf":
        return f"{meting.waarde:.0%} vrij".replace("%", " procent")
    return "antwoordt" if meting.waarde else "antwoordt niet"


def duur(seconden: float) -> str:
    """Geef een duur in woorden: "12 seconden", "7 minuten", "3 uur", "2 dagen"."""
    heel = round(seconden)
    if heel < 120:
        return f"{heel} {'seconde' if heel == 1 else 'seconden'}"
    if heel < 7200:
        return f"{heel // 60} minuten"
    return f"{heel // 3600} uur" if heel < 172800 else f"{heel // 86400} dagen"


def _oorzaken(berichten: QuerySet[Bericht]) -> tuple[tuple[str, int], ...]:
    """Geef per oorzaak hoeveel berichten niet gingen, meeste eerst; de fout zelf niet, want die noemt een adres."""
    begin = Left("laatste_fout", Greatest(StrIndex("laatste_fout", Value(":")) - 1, 0))
    soorten: Counter[str] = Counter()
    for kop, aantal in berichten.annotate(kop=begin).values_list("kop").annotate(n=Count("pk")).order_by("kop"):
        bekend = OORZAKEN.get(kop.removeprefix(STORING), "")
        if kop.startswith(STORING):
            soorten[f"storing, {bekend}" if bekend else "storing"] += aantal
        else:
            soorten[bekend or "een andere oorzaak"] += aantal
    return tuple(soorten.most_common())


def laatste_backup() -> datetime | None:
    """Geef wanneer `./portal backup` voor het laatst in `var/backup` schreef; een kopie elders telt niet mee."""
    try:
        tijden = [pad.stat().st_mtime for pad in (Path(settings.VAR) / "backup").glob("*.tar")]
    except OSError:
        return None
    return datetime.fromtimestamp(max(tijden), UTC) if tijden else None
