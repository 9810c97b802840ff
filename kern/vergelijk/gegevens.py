"""Wat een vergelijking van twee teksten oplevert: gewone gegevens, zonder HTML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Stuk:
    """Een stuk tekst: `soort` gelijk, erbij of eraf; `merken` is de opmaak; `noot` het nummer als het een noot is.

    Soort "naad" heeft geen tekst: daar begon in de oude tekst een nieuwe alinea.
    """

    tekst: str
    soort: str = "gelijk"
    merken: tuple[str, ...] = ()
    noot: str = ""


@dataclass(frozen=True)
class Celverschil:
    """Een cel van een tabelrij. `soort`: gelijk, gewijzigd, erbij of eraf (de hele kolom)."""

    stukken: tuple[Stuk, ...]
    soort: str = "gelijk"
    kop: bool = False
    breed: int = 1


@dataclass(frozen=True)
class Regel:
    """Een blok in de vergelijking.

    `soort`: gelijk, gewijzigd, erbij, eraf, of "vertrok" (de oude plek van een verplaatst blok; zijn tekst staat op de
    nieuwe plek). `oud` en `nieuw` zijn blok-ids ("" als het blok daar niet staat), `plaats_oud` en `plaats_nieuw` hun
    volgorde (-1). `elders` is de kop waar een verplaatst blok vandaan kwam of heen ging. `nummer` telt de wijzigingen
    (0: geen, of hoort bij de vorige). `opmaak` zegt welke opmaak anders is, `was` welke vorm het blok had.

    Is een blok gesplitst, dan heeft elk deel een regel: `deel` is (nummer, aantal) en `bereik` het stuk van het oude
    blok dat erbij hoort. Zijn blokken samengevoegd, dan noemt `samen` hun plaatsen en `oude` hun ids.
    """

    soort: str
    vorm: str
    stukken: tuple[Stuk, ...] = ()
    cellen: tuple[Celverschil, ...] = ()
    oud: str = ""
    nieuw: str = ""
    plaats_oud: int = -1
    plaats_nieuw: int = -1
    verplaatst: bool = False
    elders: str = ""
    elders_blok: str = ""
    opmaak: tuple[str, ...] = ()
    was: str = ""
    merk: str = ""
    diep: int = 0
    citaat: bool = False
    nummer: int = 0
    deel: tuple[int, int] | None = None
    bereik: tuple[int, int] | None = None
    samen: tuple[int, ...] = ()
    oude: tuple[str, ...] = ()

    @property
    def blok(self) -> str:
        """Geef het id waar dit blok onder bekend is: in de nieuwe tekst, of anders in de oude."""
        return self.nieuw or self.oud

    @property
    def is_wijziging(self) -> bool:
        """Of de woorden anders zijn, of het blok verplaatst, gesplitst of samengevoegd is."""
        anders = self.soort in {"gewijzigd", "erbij", "eraf"}
        return anders or (self.soort != "vertrok" and (self.verplaatst or self.deel is not None or bool(self.samen)))


@dataclass(frozen=True)
class Tabel:
    """Een tabel met haar regels (rijen en bijschrift); `soort` als bij Regel, voor de tabel als geheel."""

    rijen: tuple[Regel, ...]
    soort: str
    verplaatst: bool = False
    elders: str = ""
    elders_blok: str = ""
    nummer: int = 0

    @property
    def is_wijziging(self) -> bool:
        """Of er iets in de tabel anders is, of zij verplaatst is."""
        return self.soort != "vertrok" and (self.verplaatst or any(rij.is_wijziging for rij in self.rijen))


@dataclass(frozen=True)
class Kopregel:
    """Een kop in de inhoudsopgave, met hoeveel wijzigingen eronder staan (tot de volgende kop)."""

    blok: str
    tekst: str
    niveau: int
    aantal: int
    weg: bool = False


@dataclass(frozen=True)
class Vergelijking:
    """De uitkomst. `tellingen` telt blokken: erbij, eraf, gewijzigd, verplaatst, gesplitst, samengevoegd, opmaak.

    `aantal` is het hoogste nummer van een wijziging.
    """

    delen: tuple[Regel | Tabel, ...]
    inhoud: tuple[Kopregel, ...]
    tellingen: Mapping[str, int]
    aantal: int

    def regels(self) -> Iterator[Regel]:
        """Geef alle regels in leesvolgorde, ook die in tabellen."""
        for deel in self.delen:
            if isinstance(deel, Tabel):
                yield from deel.rijen
            else:
                yield deel

    @property
    def gelijk(self) -> bool:
        """Of er niets anders is, ook geen opmaak."""
        return not any(self.tellingen.values())
