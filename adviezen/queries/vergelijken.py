"""Versies van een traject vergelijken: alleen wat deze lezer mag zien, en een uitkomst maar één keer berekend."""

import threading
import time
from collections import OrderedDict, defaultdict, deque
from collections.abc import Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING

from adviezen.models import Versie
from kern.vergelijk import Regel, Stuk, Vergelijking, vergelijk

if TYPE_CHECKING:
    from adviezen.models import Adviestraject
    from toegang.models import Gebruiker

# Uitkomsten blijven in het geheugen van het webproces en nergens anders; zie docs/besluiten over het vergelijken.
BEWAARTIJD = 3600.0  # seconden
MEESTE_LETTERS = 12_000_000  # van alle bewaarde teksten samen


class _Bewaring:
    """Uitkomsten per paar teksten, het langst ongebruikte eerst weg, en alles na een uur."""

    def __init__(self) -> None:
        self._slot = threading.Lock()
        self._rijen: OrderedDict[tuple[bytes, bytes], tuple[float, int, Vergelijking]] = OrderedDict()
        # Wanneer elk paar erbij kwam, op volgorde: zo kost vegen niets zolang er niets oud genoeg is.
        self._sinds: deque[tuple[float, tuple[bytes, bytes]]] = deque()
        self._letters = 0

    def geef(self, oud: str, nieuw: str) -> Vergelijking:
        """Geef de uitkomst voor deze twee teksten, uit het geheugen of vers."""
        sleutel = (_kenmerk(oud), _kenmerk(nieuw))
        nu = time.monotonic()
        with self._slot:
            self._veeg(nu)
            if sleutel in self._rijen:
                self._rijen.move_to_end(sleutel)
                return self._rijen[sleutel][2]
        uitkomst = vergelijk(oud, nieuw)
        with self._slot:
            if sleutel not in self._rijen and len(oud) + len(nieuw) <= MEESTE_LETTERS:
                self._rijen[sleutel] = (nu, len(oud) + len(nieuw), uitkomst)
                self._sinds.append((nu, sleutel))
                self._letters += len(oud) + len(nieuw)
            while self._letters > MEESTE_LETTERS:
                self._weg(next(iter(self._rijen)))
        return uitkomst

    def leeg(self) -> None:
        """Vergeet alles."""
        with self._slot:
            self._rijen.clear()
            self._sinds.clear()
            self._letters = 0

    def _veeg(self, nu: float) -> None:
        while self._sinds and nu - self._sinds[0][0] > BEWAARTIJD:
            sinds, sleutel = self._sinds.popleft()
            # Intussen weg en opnieuw gekomen? Dan is zij jonger en staat zij verderop.
            if sleutel in self._rijen and self._rijen[sleutel][0] == sinds:
                self._weg(sleutel)

    def _weg(self, sleutel: tuple[bytes, bytes]) -> None:
        self._letters -= self._rijen.pop(sleutel)[1]


bewaring = _Bewaring()


def _kenmerk(tekst: str) -> bytes:
    """Geef de hash van de tekst mét haar blok-ids: de ankers in de uitkomst hangen daaraan."""
    return blake2b(tekst.encode(), digest_size=16).digest()


def verschillen(oud: Versie, nieuw: Versie) -> Vergelijking:
    """Geef wat er van `oud` naar `nieuw` veranderde. De beller heeft nagekeken dat de lezer beide mag zien."""
    return bewaring.geef(oud.html, nieuw.html)


def verwant(oud: str, nieuw: str) -> Mapping[str, tuple[str, ...]]:
    """Geef van elk blok van `oud` dat gesplitst is of opging in een ander de blokken van `nieuw`, in leesvolgorde."""
    uit: dict[str, list[str]] = defaultdict(list)
    for regel in bewaring.geef(oud, nieuw).regels():
        for blok in (regel.oud,) if regel.deel is not None else regel.oude:
            uit[blok].append(regel.nieuw)
    return {blok: tuple(delen) for blok, delen in uit.items()}


def stukken_van(regels: list[Regel]) -> list[Stuk]:
    """Geef de stukken van deze regels achter elkaar, cellen gescheiden door ` | `; leeg als er geen woord anders is."""
    uit: list[Stuk] = []
    for regel in regels:
        uit += [Stuk(" ")] if uit else []
        for nummer, cel in enumerate(regel.cellen):
            uit += [*([Stuk(" | ")] if nummer else []), *cel.stukken]
        uit += regel.stukken
    return uit if any(regel.soort != "gelijk" for regel in regels) else []


def van_blok(oud: Versie, nieuw: Versie, blok: str) -> list[Regel]:
    """Geef wat er van een blok van `oud` werd: één regel, of meer als het gesplitst is; leeg als het er nooit stond."""
    regels = (r for r in verschillen(oud, nieuw).regels() if r.soort != "vertrok")
    return [r for r in regels if blok and (r.oud == blok or blok in r.oude)]


def naar_blok(oud: Versie, nieuw: Versie, blok: str) -> list[Regel]:
    """Geef hoe een blok van `nieuw` ontstond; leeg als het er niet staat."""
    return [r for r in verschillen(oud, nieuw).regels() if blok and r.nieuw == blok]


def per_blok(oud: Versie, nieuw: Versie) -> Mapping[str, list[Regel]]:
    """Geef van elk blok van `nieuw` wat `naar_blok` ervan zegt, voor wie het van veel blokken wil weten."""
    uit: dict[str, list[Regel]] = defaultdict(list)
    for regel in verschillen(oud, nieuw).regels():
        if regel.nieuw:
            uit[regel.nieuw].append(regel)
    return uit


def zichtbare_versies(traject: "Adviestraject", gebruiker: "Gebruiker") -> list[Versie]:
    """Geef de versies van het traject die deze persoon mag zien, oudste eerst, zonder de tekst zelf."""
    rijen = Versie.objects.zichtbaar_voor(gebruiker).filter(traject=traject)
    return list(rijen.select_related("vastgesteld_in").defer("html").order_by("pk"))
