"""De regels die de database bewaakt, met de melding en het veld waar die melding hoort."""

LID = {
    "commissies_lid_einde": ("tot", "De einddatum moet na de begindatum liggen."),
    "commissies_een_wereld": (
        "persoon",
        "Een persoon uit het archief kan niet in een voorbeeldcommissie, en een verzonnen persoon niet in een echte.",
    ),
    "commissies_rol_bestaat": ("rol", "Kies een rol."),
    "commissies_vervangt_wie": ("vervangt", "Kies bij een plaatsvervanger wie vervangen wordt, en anders niemand."),
    "commissies_een_voorzitter": (
        "van",
        "De commissie heeft in die tijd al een voorzitter. Beëindig eerst dat voorzitterschap.",
    ),
    "commissies_persoon_dubbel": ("persoon", "Deze persoon heeft in die tijd al een rol in de commissie."),
    "commissies_een_plaatsvervanger": ("vervangt", "Dit lid heeft in die tijd al een plaatsvervanger."),
    "commissies_lid_binnen_commissie": ("van", "De commissie bestaat in die tijd niet."),
    "commissies_consumentenplaats": (
        "geleding",
        "In deze commissie zitten consumenten op de werknemersplaatsen, of juist niet: kies een andere geleding.",
    ),
    "commissies_vervangt_lid": (
        "vervangt",
        "Een plaatsvervanger vervangt een ander lid van deze commissie, niet langer dan dat lid lid is.",
    ),
}
COMMISSIE = {
    "commissies_soort_bestaat": ("soort", "Kies een soort."),
    "commissies_opgeheven_na_ingesteld": ("per", "Opheffen kan pas na de dag van instelling."),
    "commissies_mandaat_heeft_grond": ("mandaat_grond", "Noem de grond van het mandaat."),
    "commissies_commissie_slug_key": ("naam", "Er is al een commissie met deze naam."),
    "commissies_commissie_kenmerk_key": ("kenmerk", "Dit kenmerk is al gebruikt."),
    "commissies_lid_binnen_commissie": ("per", "Er is een rol die na deze datum begint. Beëindig die eerst."),
}
