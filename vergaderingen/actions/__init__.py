"""De handelingen van de vergaderingen: één functie per gebruik, één transactie, altijd gelogd."""

from vergaderingen.actions.afmelden import kom_toch, meld_af
from vergaderingen.actions.agenda import (
    corrigeer_stuknummer,
    geef_stuknummer,
    haal_van_agenda,
    herschik,
    plaats_aanbod,
    voeg_agendapunt_toe,
    wijzig_agendapunt,
)
from vergaderingen.actions.agendasleutel import gebruiker_bij, maak_agendasleutel, trek_agendasleutel_in
from vergaderingen.actions.bekendmaking import (
    leg_bekendmaking_vast,
    onthoud_dagelijks_bestuur,
    trek_bekendmaking_in,
)
from vergaderingen.actions.besluiten import corrigeer_besluit, leg_besluit_vast
from vergaderingen.actions.bundel import vraag_bundel
from vergaderingen.actions.ineens import Geplaatst, Zaak, geef_alle_stuknummers, plaats_alles
from vergaderingen.actions.openbaarheid import zet_openbaarheid
from vergaderingen.actions.plannen import plan_met_bericht, plan_rooster, plan_vergadering, verplaats
from vergaderingen.actions.presentie import (
    teken_geleding,
    teken_presentie,
    teken_zelf,
    vervang,
)
from vergaderingen.actions.stemmen import (
    antwoord_peiling,
    leg_briefjes_vast,
    leg_geleding_vast,
    leg_onthouding_vast,
    leg_stem_vast,
    neem_onthouding_terug,
    open_stemronde,
    sluit_stemronde,
    trek_stemronde_in,
)
from vergaderingen.actions.terugzetten import herroep_afgelasting, herroep_verplaatsing
from vergaderingen.actions.thema import (
    plak_eigen_stickers,
    plak_stickers,
    schrijf_terugkoppeling,
    voeg_onderwerp_toe,
    voeg_tafel_toe,
)
from vergaderingen.actions.uitzending import zet_uitzending
from vergaderingen.actions.vergadering import (
    gelast_af,
    herroep_oproeping,
    open_vergadering,
    roep_op,
    sluit_vergadering,
    stel_ontbreken_quorum_vast,
)
from vergaderingen.actions.verslag import schrijf_verslag, stel_verslag_vast

__all__ = [
    "Geplaatst",
    "Zaak",
    "geef_alle_stuknummers",
    "plaats_alles",
    "antwoord_peiling",
    "kom_toch",
    "meld_af",
    "leg_briefjes_vast",
    "leg_geleding_vast",
    "leg_onthouding_vast",
    "leg_stem_vast",
    "neem_onthouding_terug",
    "open_stemronde",
    "sluit_stemronde",
    "trek_stemronde_in",
    "corrigeer_besluit",
    "corrigeer_stuknummer",
    "geef_stuknummer",
    "gelast_af",
    "haal_van_agenda",
    "herroep_afgelasting",
    "herroep_oproeping",
    "herroep_verplaatsing",
    "herschik",
    "leg_bekendmaking_vast",
    "leg_besluit_vast",
    "onthoud_dagelijks_bestuur",
    "trek_bekendmaking_in",
    "open_vergadering",
    "plaats_aanbod",
    "plan_met_bericht",
    "plan_rooster",
    "plan_vergadering",
    "roep_op",
    "schrijf_verslag",
    "sluit_vergadering",
    "stel_ontbreken_quorum_vast",
    "stel_verslag_vast",
    "teken_geleding",
    "teken_presentie",
    "teken_zelf",
    "verplaats",
    "vervang",
    "vraag_bundel",
    "gebruiker_bij",
    "plak_eigen_stickers",
    "plak_stickers",
    "schrijf_terugkoppeling",
    "voeg_onderwerp_toe",
    "voeg_tafel_toe",
    "maak_agendasleutel",
    "trek_agendasleutel_in",
    "voeg_agendapunt_toe",
    "wijzig_agendapunt",
    "zet_openbaarheid",
    "zet_uitzending",
]
