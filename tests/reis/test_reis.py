"""De hele reis: één verzonnen adviesaanvraag gaat in een echte browser door alle acht stappen."""

import pytest

from tests.reis.stappen import Reis

pytestmark = pytest.mark.browser


def test_van_aanvraag_tot_kabinetsreactie(reis: Reis) -> None:
    # stap 1: aanvraag
    reis.registreer_aanvraag()
    reis.bevestig_ontvangst()
    reis.voeg_brief_toe()
    reis.leg_voor_aan_db()
    # stap 2: toewijzing
    reis.beoordeel_criteria()
    reis.vergader_dagelijks_bestuur()
    reis.wijs_toe()
    # stap 3: concepttekst
    reis.lees_concept_in()
    reis.schrijf_versie("De raad denkt ook aan de bus (voorbeeld).")
    reis.vergader_commissie("De witte versie", begin="10:00")
    reis.stel_vast("witte")
    reis.bereid_beraad_voor()
    reis.start_beraad()
    # stap 4: achterbanberaad
    reis.reageer("fnv", "akkoord, mits", "Noem ook de tram (voorbeeld).", "Reken de kosten uit (voorbeeld).")
    reis.reageer("vno-ncw", "knelpunt", "Laat de stalling aan de werkgever (voorbeeld).")
    for organisatie in ("cnv", "vcp", "mkb"):
        reis.reageer(organisatie, "akkoord$")
    reis.meld_geen_reactie("lto")
    reis.sluit_beraad()
    # stap 5: verwerking
    reis.stel_verwerking_voor("overgenomen", "deels", "niet")
    reis.vergader_commissie("Slotvergadering", begin="14:00")
    reis.besluit_over_verwerking()
    reis.stel_vast("groene")
    reis.leg_toets_vast()
    reis.stuur_naar_raad()
    # stap 6: naar de raad
    raad = reis.agendeer()
    reis.behandel()
    # stap 7: vaststelling
    reis.open(reis.raadssecretaris, raad, afwezig="Lid LTO 1")
    reis.leg_standpunten_vast()
    reis.stel_advies_vast()
    # stap 8: aanbieding
    reis.vul_adviesgegevens_in()
    reis.maak_pdf()
    reis.schrijf_brieven()
    reis.bevestig_als_tweede()
    reis.bied_aan()
    reis.is_nog_niet_openbaar()
    reis.tien_minuten_later()
    reis.is_openbaar()
    reis.leg_kabinetsreactie_vast()
