"""De zes commissies van de voorbeeldraad, met alle rollen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from commissies.actions import benoem_commissielid, maak_commissie_van_werkgroep, stel_commissie_in
from commissies.enums import CommissieGeleding, CommissieRol, SoortCommissie
from commissies.models import Commissie, Commissielid
from raad.actions import registreer_organisatie
from raad.models import Persoon
from toegang.models import Gebruiker


@dataclass(frozen=True)
class Opzet:
    """Een commissie in het klein: `leden` zijn sleutels van zetels, de eerste is de voorzitter."""

    sleutel: str
    naam: str
    soort: str
    taak: str
    leden: tuple[str, ...]
    vervangers: tuple[str, ...] = ()
    afkorting: str = ""
    mandaat_grond: str = ""
    reden_voorzitter: str = ""
    consumenten: bool = False


OPZET = (
    Opzet(
        "grensarbeid",
        "Commissie Grensarbeid (voorbeeld)",
        SoortCommissie.AD_HOC,
        "Bereidt adviezen voor over werken over de grens (voorbeeld).",
        ("Kroonlid 2", "VNO-NCW 2", "MKB 1", "LTO 1", "FNV 2", "CNV 1", "VCP 1", "Kroonlid 5", "CPB"),
        ("VNO-NCW 2", "FNV 2", "Kroonlid 5"),
    ),
    Opzet(
        "leren",
        "Commissie Leren en Ontwikkelen (voorbeeld)",
        SoortCommissie.VAST,
        "Bereidt adviezen voor over leren tijdens de loopbaan (voorbeeld).",
        ("Kroonlid 3", "VNO-NCW 3", "VNO-NCW 4", "MKB 2", "FNV 3", "FNV 4", "CNV 1", "Kroonlid 6", "Kroonlid 7"),
        ("MKB 2", "CNV 1"),
        afkorting="CLO",
    ),
    Opzet(
        "digitalisering",
        "Commissie Digitalisering (voorbeeld)",
        SoortCommissie.AD_HOC,
        "Bereidt adviezen voor over techniek en werk (voorbeeld).",
        ("Kroonlid 4", "VNO-NCW 5", "MKB 3", "LTO 1", "FNV 5", "VCP 2", "CNV 2", "Kroonlid 8", "DNB"),
    ),
    Opzet(
        "consumenten",
        "Commissie Consumentenzaken (voorbeeld)",
        SoortCommissie.VAST,
        "Bereidt adviezen voor over consumenten; mag zelf adviseren (voorbeeld).",
        ("Kroonlid 9", "VNO-NCW 6", "VNO-NCW 7", "MKB 1", "Kroonlid 10"),
        afkorting="CCZ",
        mandaat_grond="machtiging van de raad (voorbeeld)",
        consumenten=True,
    ),
    Opzet(
        "duurzaam",
        "Commissie Duurzame Groei (voorbeeld)",
        SoortCommissie.VAST,
        "Bereidt adviezen voor over duurzame ontwikkeling (voorbeeld).",
        ("VCP 1", "VNO-NCW 8", "LTO 1", "FNV 6", "FNV 7", "Kroonlid 6", "CPB", "VNO-NCW 1"),
        reden_voorzitter="Op verzoek van alle geledingen, wegens ervaring met het onderwerp (voorbeeld).",
    ),
    Opzet(
        "jongwerk",
        "Werkgroep Jong en Werk (voorbeeld)",
        SoortCommissie.WERKGROEP,
        "Verkent wat jongeren op de arbeidsmarkt nodig hebben (voorbeeld).",
        ("Kroonlid 7", "MKB 2", "VNO-NCW 5", "FNV 8", "CNV 2"),
    ),
)


def maak_commissies(
    *,
    leden: Mapping[str, Persoon],
    plaatsvervangers: Mapping[str, Persoon],
    waarnemer: Persoon,
    ministerieel: Persoon,
    secretarissen: Sequence[Persoon],
    extra: Callable[[str, str], Persoon],
    van: date,
    door: Gebruiker | None,
) -> dict[str, Commissie]:
    """Maak de commissies en geef ze op hun sleutel. `extra(adres, naam)` maakt mensen van buiten de raad."""
    planbureau = registreer_organisatie(naam="Planbureau (voorbeeld)", lidwoord="het", door=door)
    consumentenorganisatie = registreer_organisatie(naam="Consumentenorganisatie (voorbeeld)", lidwoord="de", door=door)
    adviseur = extra("adviseur", "Adviserend lid Planbureau (voorbeeld)")
    consumenten = [extra(f"consument{n}", f"Lid consumenten {n}") for n in (1, 2, 3)]
    uit = {}
    for plaats, opzet in enumerate(OPZET):
        commissie = _stel_in(opzet, van, door)
        zetels: dict[str, Commissielid] = {}
        for sleutel in opzet.leden:
            lid = leden[sleutel]
            begin = max(van, lid.benoemingen.order_by("-van")[0].van)
            rol = CommissieRol.LID if zetels else CommissieRol.VOORZITTER
            reden = "" if zetels else opzet.reden_voorzitter
            zetels[sleutel] = benoem_commissielid(
                commissie=commissie, persoon=lid, rol=rol, van=begin, reden=reden, door=door
            )
        for sleutel in opzet.vervangers:
            benoem_commissielid(
                commissie=commissie,
                persoon=plaatsvervangers[sleutel],
                rol=CommissieRol.PLAATSVERVANGER,
                vervangt=zetels[sleutel],
                van=van,
                door=door,
            )
        for persoon in consumenten if opzet.consumenten else []:
            benoem_commissielid(
                commissie=commissie,
                persoon=persoon,
                rol=CommissieRol.LID,
                geleding=CommissieGeleding.CONSUMENTEN,
                organisatie=consumentenorganisatie,
                van=van,
                door=door,
            )
        for rol, persoon, organisatie in (
            (CommissieRol.ADVISEREND_LID, adviseur, planbureau),
            (CommissieRol.MINISTERIEEL_VERTEGENWOORDIGER, ministerieel, None),
            (CommissieRol.WAARNEMER, waarnemer, None),
            (CommissieRol.SECRETARIS, secretarissen[plaats % len(secretarissen)], None),
        ):
            benoem_commissielid(
                commissie=commissie, persoon=persoon, rol=rol, organisatie=organisatie, van=van, door=door
            )
        uit[opzet.sleutel] = commissie
    return uit


def _stel_in(opzet: Opzet, van: date, door: Gebruiker | None) -> Commissie:
    """De commissie Digitalisering begon als werkgroep, zoals er echt een begon (jaarverslag 2023)."""
    was_werkgroep = opzet.sleutel == "digitalisering"
    commissie = stel_commissie_in(
        naam="Werkgroep Digitalisering (voorbeeld)" if was_werkgroep else opzet.naam,
        soort=SoortCommissie.WERKGROEP if was_werkgroep else opzet.soort,
        taak=opzet.taak,
        ingesteld_op=van,
        afkorting=opzet.afkorting,
        consumentenleden=opzet.consumenten,
        mandaat=bool(opzet.mandaat_grond),
        mandaat_grond=opzet.mandaat_grond,
        door=door,
    )
    if was_werkgroep:
        commissie = maak_commissie_van_werkgroep(
            commissie=commissie,
            soort=opzet.soort,
            naam=opzet.naam,
            reden="Er komt een adviesaanvraag over dit onderwerp (voorbeeld).",
            door=door,
        )
    return commissie
