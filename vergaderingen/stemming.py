"""De uitslag van een stemming, zuiver gerekend (Wet op de SER art. 20-27; domein §4, regels 28-33)."""

from dataclasses import dataclass

from vergaderingen.enums import Besluitsoort, Uitkomst


@dataclass(frozen=True)
class Telling:
    """Getelde stemmen; blanco geldt niet als uitgebracht (art. 26), maar bij personen wel als deelname (art. 25)."""

    voor: int
    tegen: int
    blanco: int = 0

    def __post_init__(self) -> None:
        if min(self.voor, self.tegen, self.blanco) < 0:
            raise ValueError("Een aantal stemmen kan niet kleiner dan nul zijn.")

    @property
    def uitgebracht(self) -> int:
        """Geef het aantal stemmen waarover de meerderheid wordt gerekend."""
        return self.voor + self.tegen

    def deelnemers(self, soort: str) -> int:
        """Geef hoeveel leden aan de stemming deelnamen (art. 25)."""
        return self.uitgebracht + (self.blanco if soort == Besluitsoort.PERSONEN else 0)


def uitslag(
    telling: Telling,
    soort: str,
    *,
    stemgerechtigd: int,
    herstemming: bool = False,
    derde_oproeping: bool = False,
    tweede_staking: bool = False,
) -> Uitkomst:
    """Geef de uitkomst van een stemming.

    `stemgerechtigd`: zittende leden zonder wie zich van medestemmen onthoudt (art. 23, regel 33).
    Nietig als niet meer dan de helft van hen deelnam (art. 25, regel 30), behalve bij een herstemming en in de
    vergadering na twee mislukte oproepingen (art. 25 lid 4). Een verordening vraagt twee derde (art. 26, regel 29).
    Staken de stemmen (art. 27, regel 31): in een voltallige vergadering, en bij een tweede staking, is de zaak
    verworpen en beslist over personen het lot; anders wordt de zaak aangehouden.
    """
    deelnemers = telling.deelnemers(soort)
    if deelnemers > stemgerechtigd:
        raise ValueError("Er zijn meer stemmen dan stemgerechtigde leden.")
    if not (herstemming or derde_oproeping) and deelnemers * 2 <= stemgerechtigd:
        return Uitkomst.NIETIG
    if telling.voor == telling.tegen and soort != Besluitsoort.VERORDENING:
        voltallig = deelnemers == stemgerechtigd
        if not (voltallig or tweede_staking):
            return Uitkomst.AANGEHOUDEN
        return Uitkomst.DOOR_LOTING if soort == Besluitsoort.PERSONEN else Uitkomst.VERWORPEN
    if soort == Besluitsoort.VERORDENING:
        gehaald = telling.uitgebracht > 0 and telling.voor * 3 >= telling.uitgebracht * 2
    else:
        gehaald = telling.voor > telling.tegen
    return Uitkomst.AANGENOMEN if gehaald else Uitkomst.VERWORPEN
