"""De fouten die een handeling kan melden. Views vertalen ze naar een melding bij het veld of op de pagina."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from kern.tekort import Tekort


class PortaalFout(Exception):
    """Een fout met een tekst die een gebruiker begrijpt."""


class InvoerFout(PortaalFout):
    """Onjuiste invoer in één veld; `veld` is de naam van het formulierveld, of "" voor het geheel."""

    def __init__(self, veld: str, tekst: str) -> None:
        super().__init__(tekst)
        self.veld = veld
        self.tekst = tekst


class OvergangGeweigerd(PortaalFout):
    """Een overgang mag nu niet; `tekorten` zegt wat ontbreekt."""

    def __init__(self, tekorten: Sequence[Tekort]) -> None:
        super().__init__(" ".join(t.tekst for t in tekorten))
        self.tekorten = list(tekorten)


class VerouderdeVersie(PortaalFout):
    """Iemand anders was eerder: de rij is intussen veranderd."""

    def __init__(self) -> None:
        super().__init__(
            "Iemand anders heeft dit intussen gewijzigd. Bekijk de nieuwe stand en probeer het dan opnieuw."
        )


class GeenToegang(PortaalFout, PermissionDenied):
    """Deze persoon mag deze handeling niet doen."""

    def __init__(self, tekst: str = "U mag deze handeling niet doen.") -> None:
        super().__init__(tekst)


def eis(tekorten: Sequence[Tekort]) -> None:
    """Werp OvergangGeweigerd als er iets ontbreekt."""
    if tekorten:
        raise OvergangGeweigerd(tekorten)
