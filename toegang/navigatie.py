"""De hoofdnavigatie achter inloggen. Kent alleen adressen en rollen, geen hogere verdiepingen."""

from dataclasses import dataclass
from typing import Any

from toegang.enums import Rol
from toegang.rollen import hoedanigheden

LEZERS = frozenset(
    {
        Rol.RAADSLID,
        Rol.KROONLID,
        Rol.PLAATSVERVANGER,
        Rol.DB_LID,
        Rol.COMMISSIEVOORZITTER,
        Rol.COMMISSIELID,
        Rol.COMMISSIE_PLAATSVERVANGER,
        Rol.ADVISEREND_LID,
        Rol.MINISTERIEEL_VERTEGENWOORDIGER,
        Rol.WAARNEMER,
        Rol.ORGANISATIECOORDINATOR,
        Rol.MEELEZER,
        Rol.OUD_LID,
    }
)
ORGANISATIE = frozenset({Rol.ORGANISATIECOORDINATOR, Rol.MEELEZER})
# Wie zelf vergadert: niet wie alleen voor zijn organisatie leest, of vroeger lid was.
VERGADERT = LEZERS - ORGANISATIE - {Rol.OUD_LID}


@dataclass(frozen=True)
class Punt:
    """Een punt van de navigatie: opschrift, adres, en wie het ziet (leeg: iedereen met een account)."""

    tekst: str
    pad: str
    rollen: frozenset[Rol]


PUNTEN = (
    Punt("Werk", "/werk/", frozenset({Rol.SECRETARIAAT})),
    Punt("Trajecten", "/werk/trajecten/", frozenset({Rol.SECRETARIAAT})),
    Punt("Achterban", "/werk/achterban/", frozenset({Rol.SECRETARIAAT})),
    Punt("Vergaderingen", "/werk/vergaderingen/", frozenset({Rol.SECRETARIAAT})),
    Punt("Opvolging", "/werk/opvolging/", frozenset({Rol.SECRETARIAAT})),
    Punt("Commissies", "/werk/commissies/", frozenset({Rol.SECRETARIAAT})),
    Punt("Raad", "/werk/raad/", frozenset({Rol.SECRETARIAAT})),
    Punt("Termijnen", "/werk/termijnen/", frozenset({Rol.SECRETARIAAT})),
    Punt("Archief", "/werk/archief/", frozenset({Rol.SECRETARIAAT})),
    Punt("Pers", "/werk/trajecten/embargo/", frozenset({Rol.COMMUNICATIE})),
    Punt("Nieuwsupdate", "/werk/nieuwsupdate/", frozenset({Rol.COMMUNICATIE, Rol.ALGEMEEN_SECRETARIS})),
    Punt("Berichten", "/werk/berichten/", frozenset({Rol.SECRETARIAAT})),
    Punt("Beheer", "/werk/beheer/", frozenset({Rol.BEHEERDER})),
    Punt("Accounts", "/werk/beheer/accounts/", frozenset({Rol.BEHEERDER})),
    Punt("Waarschuwingen", "/werk/termijnen/ladders/", frozenset({Rol.BEHEERDER})),
    Punt("Wie ziet wat", "/werk/waarom/", frozenset({Rol.BEHEERDER})),
    Punt("Lezen", "/lezen/", LEZERS),
    Punt("Vergaderingen", "/lezen/vergaderingen/", VERGADERT),
    Punt("Werkprogramma", "/lezen/werkprogramma/", frozenset({Rol.DB_LID})),
    Punt("Kroonleden", "/lezen/kroonleden/", frozenset({Rol.KROONLID})),
    Punt("Organisatie", "/organisatie/", ORGANISATIE),
    Punt("Pers", "/pers/", frozenset({Rol.PERS})),
)


def punten(gebruiker: Any, pad: str) -> list[tuple[str, str, bool]]:
    """Geef de punten voor deze persoon als (opschrift, adres, is dit de huidige plek).

    Een opschrift staat er één keer: wie zelf vergadert en bij het secretariaat werkt, gaat naar het werkscherm.
    """
    rollen = {h.rol for h in hoedanigheden(gebruiker)}
    zichtbaar = list({p.tekst: p for p in reversed(PUNTEN) if p.rollen & rollen}.values())[::-1]
    passend = [p.pad for p in zichtbaar if pad.startswith(p.pad)]
    huidig = max(passend, key=len, default="")
    return [(p.tekst, p.pad, p.pad == huidig) for p in zichtbaar]


def thuis(gebruiker: Any) -> str:
    """Geef het beginscherm van deze persoon: werk, beheer, organisatie, lezen, pers, of anders het eigen account."""
    rollen = {h.rol for h in hoedanigheden(gebruiker)}
    if Rol.SECRETARIAAT in rollen:
        return "/werk/"
    if Rol.BEHEERDER in rollen:
        return "/werk/beheer/"
    if Rol.ORGANISATIECOORDINATOR in rollen:
        return "/organisatie/"
    if rollen & LEZERS:
        return "/lezen/"
    return "/pers/" if Rol.PERS in rollen else "/account/"
