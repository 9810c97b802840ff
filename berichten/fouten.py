"""Fouten van de berichten."""

from kern.fouten import PortaalFout


class AlVerstuurd(PortaalFout):
    """Wat de deur uit is, is niet meer te herroepen."""

    def __init__(self, gegaan: int, totaal: int) -> None:
        if gegaan == totaal:
            wat = "Het bericht is" if totaal == 1 else f"Alle {totaal} berichten zijn"
        else:
            wat = f"{gegaan} van de {totaal} berichten {'is' if gegaan == 1 else 'zijn'}"
        super().__init__(
            f"{wat} al verstuurd of gelezen. Wat verstuurd is, is niet meer te herroepen; er is niets veranderd. "
            "Stuur de ontvangers zo nodig een rechtzetting."
        )
        self.gegaan, self.totaal = gegaan, totaal
