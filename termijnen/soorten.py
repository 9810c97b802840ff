"""Het register van soorten termijnen: elke app meldt in `ready()` de termijnen aan die zij opent.

Deze verdieping kent de dossiers niet. Wie er gewaarschuwd wordt, waar de termijn over gaat en wie haar mag zien, zegt
de soort.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from kern.fouten import InvoerFout
from termijnen import ladders
from termijnen.ladders import Gepland, Trede
from termijnen.regels import EVALUATIEJAREN, REGELS

if TYPE_CHECKING:
    from termijnen.models import Termijn
    from toegang.models import Gebruiker

Ontvangers = Callable[["Termijn", date], "Iterable[Gebruiker]"]
Adres = Callable[["Termijn"], str]
AdresVoor = Callable[["Termijn", "Gebruiker"], str]
BijTrede = Callable[["Termijn", Gepland], None]
Zichtbaar = Callable[["Gebruiker"], Q | None]


Waarneming = Callable[["Gebruiker"], Q]


def alleen_secretariaat(gebruiker: "Gebruiker") -> Q | None:
    """Niemand buiten het secretariaat ziet deze soort."""
    return None


@dataclass(frozen=True)
class SoortTermijn:
    """Een soort termijn.

    `ontvangers(termijn, dag)` geeft wie op die dag gewaarschuwd wordt; het wordt pas gevraagd als het zover is.
    `adres(termijn)` geeft het pad waar het secretariaat verder kan, `adres_voor(termijn, ontvanger)` dat van deze
    ontvanger als niet ieder op dezelfde plek werkt. `zichtbaar(gebruiker)` geeft een voorwaarde op Termijn voor wie
    niet bij het secretariaat hoort, of None. `bij_trede(termijn, trede)` doet wat er bij een trede nog meer
    hoort (een conceptbrief klaarzetten), in dezelfde transactie als de waarschuwing; het moet tweemaal mogen.
    `openbaar` zegt wat het publiek van een verlenging te zien krijgt; leeg: niets. Wat openbaar wordt, is tien minuten
    te herroepen.
    """

    naam: str
    omschrijving: str
    regel: str
    ladder: tuple[Trede, ...]
    ontvangers: Ontvangers
    adres: Adres
    zichtbaar: Zichtbaar = alleen_secretariaat
    bij_trede: BijTrede | None = None
    adres_voor: AdresVoor | None = None
    openbaar: str = ""

    def pad(self, termijn: "Termijn", ontvanger: "Gebruiker") -> str:
        """Geef waar deze ontvanger verder kan."""
        return self.adres(termijn) if self.adres_voor is None else self.adres_voor(termijn, ontvanger)


# Omschrijving, rekenregel en ladder van de termijnen uit het ontwerp; wie er gewaarschuwd wordt, weet de hogere app.
STANDAARD: dict[str, tuple[str, str, tuple[Trede, ...]]] = {
    "adviestermijn": ("Adviestermijn", "eigen", ladders.ADVIESTERMIJN),
    "ontvangstbevestiging": ("Ontvangst bevestigen", "ontvangstbevestiging", ladders.ONTVANGSTBEVESTIGING),
    "achterbanberaad": ("Reactie in het achterbanberaad", "eigen", ladders.ACHTERBANBERAAD),
    "vergaderstukken": ("Stukken voor de vergadering", "vergaderstukken", ladders.VERGADERSTUKKEN),
    "aanbieding": ("Advies aanbieden", "aanbieding", ladders.PUBLICATIE),
    "publicatie": ("Advies openbaar maken", "publicatie", ladders.PUBLICATIE),
    "kabinetsreactie": ("Reactie van het kabinet", "kabinetsreactie", ladders.KABINETSREACTIE),
    "verwachte_aanvraag": ("Verwachte adviesaanvraag", "eigen", ladders.VERWACHT),
    "jaarverslag": ("Jaarverslag aan de ministers", "jaarverslag", ladders.ADVIESTERMIJN),
    "acceptatie_benoeming": ("Benoeming aanvaarden", "acceptatie_benoeming", ladders.EIGEN),
    **{
        f"evaluatie_{jaren}": (f"Evaluatie na {jaren} jaar", f"evaluatie_{jaren}", ladders.EVALUATIE)
        for jaren in EVALUATIEJAREN
    },
    "eigen": ("Eigen termijn", "eigen", ladders.EIGEN),
}


def standaard(
    naam: str,
    *,
    ontvangers: Ontvangers,
    adres: Adres,
    zichtbaar: Zichtbaar = alleen_secretariaat,
    bij_trede: BijTrede | None = None,
    adres_voor: AdresVoor | None = None,
    openbaar: str = "",
) -> SoortTermijn:
    """Geef een soort uit STANDAARD met de gegeven ontvangers en adres. Werpt KeyError bij een andere naam."""
    omschrijving, regel, ladder = STANDAARD[naam]
    return SoortTermijn(
        naam, omschrijving, regel, ladder, ontvangers, adres, zichtbaar, bij_trede, adres_voor, openbaar
    )


_soorten: dict[str, SoortTermijn] = {}
_waarnemingen: list[Waarneming] = []


def registreer_waarneming(bron: Waarneming) -> None:
    """Meld aan welke termijnen iemand voor een ander waarneemt, als voorwaarde op Termijn zonder eigen zoekvraag."""
    if bron not in _waarnemingen:
        _waarnemingen.append(bron)


def waargenomen(gebruiker: "Gebruiker") -> Q:
    """Geef de voorwaarde "ik neem waar" op Termijn; zonder aangemelde bron past er niets."""
    uit = Q(pk__in=[])
    for bron in _waarnemingen:
        uit |= bron(gebruiker)
    return uit


def registreer(soort: SoortTermijn) -> SoortTermijn:
    """Meld een soort aan en geef haar terug.

    Werpt ValueError bij een naam die al bezet is, een onbekende rekenregel of twee treden met dezelfde naam.
    """
    namen = [trede.naam for trede in soort.ladder]
    if soort.naam in _soorten and _soorten[soort.naam] != soort:
        raise ValueError(f"Er is al een soort termijn {soort.naam!r}.")
    if soort.regel not in REGELS:
        raise ValueError(f"Soort termijn {soort.naam!r} noemt een onbekende rekenregel {soort.regel!r}.")
    if len(namen) != len(set(namen)):
        raise ValueError(f"Soort termijn {soort.naam!r} heeft twee treden met dezelfde naam.")
    _soorten[soort.naam] = soort
    return soort


def met_naam(naam: str) -> SoortTermijn:
    """Geef een aangemelde soort. Werpt InvoerFout("soort") bij een onbekende naam."""
    try:
        return _soorten[naam]
    except KeyError as fout:
        raise InvoerFout("soort", f"Er is geen soort termijn {naam!r}.") from fout


def alle() -> tuple[SoortTermijn, ...]:
    """Geef alle aangemelde soorten, op omschrijving."""
    return tuple(sorted(_soorten.values(), key=lambda soort: soort.omschrijving))


def omschrijving(naam: str) -> str:
    """Geef de naam voor op het scherm; van een soort die niemand meer aanmeldt wat er van bekend is."""
    if naam in _soorten:
        return _soorten[naam].omschrijving
    return STANDAARD[naam][0] if naam in STANDAARD else naam


def wat_openbaar(naam: str) -> str:
    """Geef wat het publiek van een verlenging van deze soort te zien krijgt; leeg als dat niets is."""
    return _soorten[naam].openbaar if naam in _soorten else ""


def adres(termijn: "Termijn") -> str:
    """Geef het pad van de pagina waar een termijn over gaat; leeg bij een soort die niemand meer aanmeldt."""
    return _soorten[termijn.soort].adres(termijn) if termijn.soort in _soorten else ""
