"""De regels die de database bewaakt, met de melding en het veld waar die melding hoort."""

BENOEMING = {
    "raad_benoeming_einde": ("tot", "De einddatum moet na de begindatum liggen."),
    "raad_zetel_dubbel_bezet": (
        "van",
        "Deze zetel is in die tijd al bezet. Beëindig eerst de lopende benoeming of kies een latere datum.",
    ),
    "raad_persoon_twee_zetels": ("persoon", "Deze persoon heeft in die tijd al een zetel."),
    "raad_benoeming_binnen_zetel": (
        "van",
        "De benoeming moet vallen binnen de tijd dat de zetel bestaat (de zittingsperiode).",
    ),
    "raad_benoeming_soort_bekend": (
        "soort",
        "Kies lid of plaatsvervanger. Alleen in het archief mag dit onbekend zijn.",
    ),
    "raad_een_wereld": (
        "persoon",
        "Een persoon uit het archief kan niet in de voorbeeldraad, en een verzonnen persoon niet in de echte raad.",
    ),
    "raad_benoeming_soort_bestaat": ("soort", "Kies lid of plaatsvervanger."),
}
BESTUUR = {
    "raad_voorzitter_einde": ("tot", "De einddatum moet na de begindatum liggen."),
    "raad_voorzitter_functie_bestaat": ("functie", "Kies een functie."),
    "raad_functie_dubbel_bezet": ("functie", "Deze functie is in die tijd al vervuld."),
    "raad_persoon_twee_functies": ("persoon", "Deze persoon heeft in die tijd al een functie."),
    "raad_voorzitter_is_lid": ("persoon", "Deze persoon moet al die tijd lid van de raad zijn."),
    "raad_voorzitter_is_kroonlid": ("persoon", "De voorzitter moet een kroonlid zijn."),
    "raad_voorzitters_geledingen": (
        "persoon",
        "De voorzitter en de twee plaatsvervangers moeten uit drie verschillende geledingen komen.",
    ),
    "raad_db_einde": ("tot", "De einddatum moet na de begindatum liggen."),
    "raad_db_persoon_dubbel": ("persoon", "Deze persoon zit in die tijd al in het dagelijks bestuur."),
    "raad_db_is_lid": ("persoon", "Wie in het dagelijks bestuur zit, moet al die tijd lid van de raad zijn."),
    "raad_db_vol": ("persoon", "Alle plaatsen van deze geleding in het dagelijks bestuur zijn al bezet."),
}
PERIODE = {
    "raad_periode_einde": ("tot", "De einddatum moet na de begindatum liggen."),
    "raad_periode_overlapt": ("van", "Er is al een zittingsperiode in deze tijd."),
    "raad_verdeling_gelijk": ("werknemers", "Ondernemers en werknemers moeten evenveel zetels hebben."),
    "raad_zetels_gelijk": (
        "zetels",
        "De organisaties van ondernemers en die van werknemers moeten samen evenveel zetels hebben.",
    ),
    "raad_zetels_volgens_verdeling": (
        "zetels",
        "De zetels samen zijn niet het aantal dat de verdeling per geleding noemt.",
    ),
    "raad_zetel_organisatie_geleding": ("zetels", "Een organisatie krijgt alleen zetels in haar eigen geleding."),
    "raad_zetel_bijzonder": ("zetels", "De zetels van DNB en CPB zijn kroonledenzetels."),
    "raad_zetel_bijzonder_overlapt": ("zetels", "DNB en CPB hebben elk een zetel."),
    "raad_zetel_kroonlid": ("zetels", "Een kroonledenzetel hoort niet bij een organisatie."),
}
CONTACT = {
    "raad_contact_einde": ("tot", "De einddatum moet na de begindatum liggen."),
    "raad_contact_dubbel": ("gebruiker", "Dit account is in die tijd al contactpersoon van deze organisatie."),
}
MINISTERIE = {
    "raad_ministerie_einde": ("tot", "De einddatum moet na de begindatum liggen."),
    "raad_ministerie_dubbel": ("persoon", "Deze persoon vertegenwoordigt in die tijd al een ministerie."),
}
UITGESTELD_PERIODE = ("raad_zetels_kloppen", "raad_verdeling_klopt", "raad_periode_klopt")
UITGESTELD_BESTUUR = ("raad_voorzitters_kloppen", "raad_db_klopt", "raad_benoeming_bestuur_klopt")
# Wie de samenstelling van de raad wijzigt wacht op wie dat al doet; dezelfde sleutel als in de database.
SLOT = "raad_bestuur"
