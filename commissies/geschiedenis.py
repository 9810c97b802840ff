"""De zinnen van de commissies in het logboek."""

from commissies.enums import CommissieRol, SoortCommissie

ZINNEN = {
    "commissies.laad_archief": "Uit het archief geladen.",
    "commissies.stel_commissie_in": "Ingesteld op {op} als {soort}.",
    "commissies.wijzig_mandaat": "Mandaat gewijzigd. {grond}",
    "commissies.maak_commissie_van_werkgroep": "Van werkgroep tot {soort} gemaakt; heette {oude_naam}.",
    "commissies.hef_op": "Opgeheven; bestaat niet meer vanaf {per}.",
    "commissies.benoem_commissielid": "{persoon} is {rol}{vak}.",
    "commissies.beeindig_commissielid": "{persoon} is geen {rol} meer; laatste dag {laatste}.",
}
WOORDEN = dict([*CommissieRol.choices, *SoortCommissie.choices])
