"""Brengt een traject met echte aanroepen naar elke stap, met mensen in elke rol.

    wereld = bouw.maak_wereld()                        # raad, commissies en secretariaat (voorbeeld), ongeveer 1 s
    cast = bouw.traject_op(Stap.VERWERKING, wereld)    # traject in stap 5, met witte versie en reacties
    cast.doe("stuur_naar_raad", door=cast.secretaris)  # voer_uit, en cast.traject is daarna vers

Elke stap is twee functies: `bereid_X_voor(cast)` legt alles klaar wat de handeling eist, `naar_X(cast)` doet haar ook.
De tests van pagina's gebruiken de fixture `wereld` (tests/adviezen/conftest.py): die is er één keer voor alles.
Een bestand dat steeds hetzelfde traject nodig heeft, maakt het in `begin(wereld)` en gebruikt de fixture `cast`.
"""

from tests.adviezen.bouw.begin import (
    TEKST,
    begin_reactie,
    beoordeel_criteria,
    bereid_aanvraag_voor,
    bereid_beraad_voor,
    bereid_sluiting_voor,
    bereid_toewijzing_voor,
    bereid_weigering_voor,
    commissie_van,
    dien_in,
    eindig,
    naar_achterbanberaad,
    naar_concept,
    naar_toewijzing,
    naar_verwerking,
    nieuw,
    versie,
    voorzitter_van,
    weiger,
    witte_versie,
)
from tests.adviezen.bouw.mensen import (
    Cast,
    Wereld,
    bestand,
    geopend,
    maak_gebruiker,
    maak_wereld,
    raadsvergadering,
    vergadering,
    vrager,
)
from tests.adviezen.bouw.slot import (
    bereid_aanbieding_voor,
    bereid_behandeling_voor,
    bereid_vaststelling_voor,
    bereid_verzending_voor,
    leg_standpunten_vast,
    naar_aanbieding,
    naar_aanbieding_met_mandaat,
    naar_aangeboden,
    naar_raad,
    naar_vaststelling,
    toets,
    verwerk_punten,
)
from tests.adviezen.bouw.stappen import (
    VOORUIT,
    naar,
    traject_op,
)

__all__ = [
    "Cast",
    "TEKST",
    "VOORUIT",
    "Wereld",
    "begin_reactie",
    "beoordeel_criteria",
    "bereid_aanbieding_voor",
    "bereid_aanvraag_voor",
    "bereid_behandeling_voor",
    "bereid_beraad_voor",
    "bereid_sluiting_voor",
    "bereid_toewijzing_voor",
    "bereid_vaststelling_voor",
    "bereid_verzending_voor",
    "bereid_weigering_voor",
    "bestand",
    "commissie_van",
    "dien_in",
    "eindig",
    "geopend",
    "leg_standpunten_vast",
    "maak_gebruiker",
    "maak_wereld",
    "naar",
    "naar_aanbieding",
    "naar_aanbieding_met_mandaat",
    "naar_aangeboden",
    "naar_achterbanberaad",
    "naar_concept",
    "naar_raad",
    "naar_toewijzing",
    "naar_vaststelling",
    "naar_verwerking",
    "nieuw",
    "raadsvergadering",
    "toets",
    "traject_op",
    "vergadering",
    "versie",
    "verwerk_punten",
    "voorzitter_van",
    "vrager",
    "weiger",
    "witte_versie",
]
