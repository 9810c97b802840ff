"""Wat hoe lang blijft, en hoe te vinden is wat er weg mag.

Een regel hier is een voorstel zolang de selectielijst van de SER haar niet noemt (Archiefwet 1995, artikel 5); daarom
beslissen twee mensen, en niet de klok. Advies, dossier, besluit, stem en het logboek staan hier niet: die blijven en
gaan naar het Nationaal Archief. Wat vanzelf weggaat (`VANZELF`) heeft zijn eigen taak.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error


@dataclass(frozen=True)
class Regel:
    """Een soort gegevens met een termijn in maanden (0: blijft). Welke rijen het zijn staat in `sql.BRON`."""

    naam: str
    titel: str
    begint: str
    tabel: str
    maanden: int
    grond: str
    waarom: str

    @property
    def termijn(self) -> int:
        """Geef de termijn in maanden die nu geldt: BEWAARTERMIJNEN gaat voor."""
        return int(settings.BEWAARTERMIJNEN.get(self.naam, self.maanden))


NOG_TE_BEVESTIGEN = "selectielijst van de SER nog te bevestigen"
PROCES = f"werkaantekening zonder waarde voor het dossier; {NOG_TE_BEVESTIGEN}"
REGELS = (
    Regel(
        "berichten",
        "Berichten aan mensen met een account",
        "de dag waarop het bericht wegging",
        "berichten_bericht",
        60,
        f"bedrijfsvoering; {NOG_TE_BEVESTIGEN}",
        "Dan vraagt niemand meer of iemand bericht kreeg. Een waarschuwing bij een termijn blijft bij de "
        "termijn, en een brief aan een ministerie bij het dossier.",
    ),
    Regel(
        "inzagen",
        "Leeslog van vertrouwelijke stukken",
        "de dag waarop het uur van lezen verzegeld is",
        "logboek_inzage",
        60,
        f"toezicht op wie leest; {NOG_TE_BEVESTIGEN}",
        "Wie een stuk las, is dan niet meer nodig om misbruik te zien. De zegels blijven, en het logboek zegt "
        "welke regels met een lijst vernietigd zijn.",
    ),
    Regel(
        "leesstanden",
        "Waar lezers gebleven waren",
        "de dag waarop het dossier sloot",
        "adviezen_leesstand",
        12,
        PROCES,
        "Tot waar iemand een concept las, dient alleen om verder te lezen.",
    ),
    Regel(
        "schrijfstanden",
        "Tekst die onderweg bewaard werd en geen versie is geworden",
        "de dag waarop het dossier sloot",
        "adviezen_schrijfstand",
        12,
        PROCES,
        "Het portaal bewaart tijdens het schrijven mee. Wat geen versie werd, hoort niet bij het dossier.",
    ),
    Regel(
        "eigen_standpunten",
        "Voorlopige standpunten die iemand met niemand deelde",
        "de dag waarop het dossier sloot",
        "adviezen_voorlopigstandpunt",
        12,
        PROCES,
        "Een aantekening voor de schrijver zelf. Wat hij deelde, blijft.",
    ),
)
TABELLEN = tuple(regel.tabel for regel in REGELS)
# Wat zonder lijst weggaat, met wie het wist; en wat nooit weggaat.
VANZELF = (
    ("Zittingen, met netwerkadres en browser", "als zij voorbij zijn", "elke zes uur"),
    ("Interne notities van organisaties", "{INTERNE_NOTITIES_DAGEN} dagen na het sluiten van de ronde", "elke zes uur"),
    ("E-mailadres van een lezer van buiten", "als hij stopt; zonder bevestiging zeven dagen", "meteen"),
    (
        "PDF's die een lezer voor zichzelf liet maken",
        "dertig dagen als er een nieuwere is, anders een jaar; wie het stuk mag lezen, laat een nieuwe maken",
        "elke zes uur",
    ),
    ("Bestanden waar geen stuk bij hoort", "een dag", "elke zes uur"),
)
BLIJFT = (
    "Adviezen, publicaties en wat er uit een advies volgde",
    "Dossiers: versies, opmerkingen, reacties, standpunten en besluiten",
    "Vergaderingen, stemmen en verslagen",
    "Benoemingen en commissies",
    "Termijnen met hun waarschuwingen",
    "Het logboek",
)


def controleer(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Meld een naam in BEWAARTERMIJNEN die geen regel is: een tikfout zou anders stil de vaste termijn laten gelden."""
    namen = {r.naam for r in REGELS}
    return [
        Error(f"BEWAARTERMIJNEN noemt {naam!r}; bekend zijn: {', '.join(sorted(namen))}", id="vernietiging.E001")
        for naam in sorted(set(settings.BEWAARTERMIJNEN) - namen)
    ]
