"""Welke handelingen iemand op de pagina van een traject ziet."""

from adviezen.enums import Stap
from adviezen.models import Adviestraject
from overgangen import Keuze, beschikbaar
from toegang.models import Gebruiker

# Zijpaden staan op het scherm apart, onder "Meer".
ZIJPADEN = frozenset({"trek_in", "beeindig", "neem_niet_in_behandeling", "wijs_opnieuw_toe"})


def keuzes(traject: Adviestraject, gebruiker: Gebruiker) -> list[Keuze]:
    """Geef wat `gebruiker` nu kan of zou kunnen doen, zonder wat alleen maar ruis is.

    Weg zijn: herroepen dat niet meer kan, en sluiten zonder alle reacties zolang de termijn loopt of als alle
    reacties er zijn. Intrekken ontbreekt bij een eigen initiatief.
    """
    alle = beschikbaar(traject, gebruiker)
    kan = {k.naam: k.kan for k in alle}
    uit = []
    for keuze in alle:
        if keuze.naam.startswith("herroep_") and not keuze.kan:
            continue
        if keuze.naam == "sluit_achterbanberaad_na_termijn" and (not keuze.kan or kan.get("sluit_achterbanberaad")):
            continue
        if keuze.naam == "trek_in" and traject.eigen_initiatief:
            continue
        if keuze.naam == "adviseer_rechtstreeks" and not _mag_rechtstreeks(traject):
            continue
        uit.append(keuze)
    return uit


def _mag_rechtstreeks(traject: Adviestraject) -> bool:
    if traject.stap != Stap.VERWERKING:
        return False
    return traject.artikel43 or bool(traject.commissie and traject.commissie.mandaat)
