"""De hele reis: één verzonnen adviesaanvraag gaat in een echte browser door alle acht stappen."""

from collections.abc import Callable

import pytest

from kern.tijd import vandaag
from tests.reis import stappen
from tests.reis.mens import Gezelschap

pytestmark = pytest.mark.browser


def test_van_aanvraag_tot_kabinetsreactie(reizigers: Gezelschap, tien_minuten_later: Callable[[], None]) -> None:
    reis = stappen.Reis(reizigers, tien_minuten_later, vandaag())
    reis.registreer_aanvraag()
    reis.bevestig_ontvangst()
    reis.voeg_brief_toe()
    reis.leg_voor_aan_db()
    reis.beoordeel_criteria()
    reis.vergader_dagelijks_bestuur()
    reis.wijs_toe()
    reis.lees_concept_in()
    reis.schrijf_versie("De raad denkt ook aan de bus (voorbeeld).")
    reis.stel_vast_in_commissie("wit", begin="10:00")
    reis.bereid_beraad_voor()
    reis.start_beraad()
    reis.reageer("fnv", "akkoord, mits", "Noem ook de tram (voorbeeld).", "Reken de kosten uit (voorbeeld).")
    reis.reageer("vno-ncw", "knelpunt", "Laat de stalling aan de werkgever (voorbeeld).")
    for organisatie in ("cnv", "vcp", "mkb"):
        reis.reageer(organisatie, "akkoord$")
    reis.meld_geen_reactie("lto")
    reis.sluit_beraad()
