"""Wat een vergadering niet afdeed, staat klaar voor de volgende (Wet op de SER art. 25 en 27)."""

from datetime import timedelta

import pytest
from django.test import Client

from kern.tijd import vandaag
from stukken.models import Bestand
from tests.vergaderingen.conftest import Wereld, pad, tekst
from vergaderingen import actions
from vergaderingen.eigen_bron import EigenBron
from vergaderingen.enums import Orgaan, Puntsoort, Uitkomst
from vergaderingen.models import Agendapunt, Vergadering
from vergaderingen.queries import tekorten_bekendmaking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("voorbeeldstand")]

GISTEREN, OVER = vandaag() - timedelta(days=1), timedelta(days=30)


def klaar(wereld: Wereld, rij: Vergadering) -> dict[str, str]:
    """Wat voor deze agenda klaarstaat: onderwerp en sleutel, zonder wat op elke agenda of in dit seizoen hoort."""
    vast = ("Opening en mededelingen", "Rondvraag en sluiting")
    alles = {a.onderwerp: a.sleutel for a in EigenBron().aanbod(rij, wereld.door) if a.onderwerp not in vast}
    seizoen = [
        naam for naam, sleutel in alles.items() if naam.startswith("Vaststellen ") and sleutel.startswith("jaar:")
    ]
    return {naam: sleutel for naam, sleutel in alles.items() if naam not in seizoen}


def plaats(wereld: Wereld, rij: Vergadering, sleutel: str) -> Agendapunt:
    return actions.plaats_aanbod(vergadering=rij, bron="vergaderingen", sleutel=sleutel, door=wereld.door)


def besluit(wereld: Wereld, punt: Agendapunt, uitkomst: str) -> None:
    actions.leg_besluit_vast(agendapunt=punt, tekst=f"{punt}: {uitkomst}", uitkomst=uitkomst, door=wereld.door)


def test_regel_31_een_aangehouden_punt_staat_klaar_voor_de_volgende_vergadering(wereld: Wereld, werk: Client) -> None:
    """Vertrouwelijk blijft vertrouwelijk, en het stuk gaat mee; wat opnieuw wordt aangehouden komt nog eens terug."""
    oud = wereld.geopend(GISTEREN)
    stuk = Bestand.objects.create(sha256="a" * 64, naam="stuk.pdf", soort="application/pdf", grootte=1)
    punt = wereld.punt(oud, "Geheim plan", toelichting="Zie het stuk.", vertrouwelijk=True, bestand=stuk)
    besluit(wereld, punt, Uitkomst.AANGEHOUDEN)
    besluit(wereld, oud.agendapunten.get(onderwerp="Advies"), Uitkomst.AANGENOMEN)
    volgende = wereld.plan(vandaag() + OVER)
    assert klaar(wereld, volgende) == {}, "de vergadering loopt nog"
    actions.sluit_vergadering(vergadering=oud, versie=None, door=wereld.door)
    assert list(klaar(wereld, volgende)) == ["Geheim plan"]
    assert "“Geheim plan” staat nog niet op deze agenda." in tekst(werk.get(pad("oproeping", volgende.pk)))
    nieuw = plaats(wereld, volgende, klaar(wereld, volgende)["Geheim plan"])
    assert (nieuw.vertrouwelijk, nieuw.bestand) == (True, stuk)
    assert nieuw.toelichting == f"Aangehouden op {oud.datum_tekst}. Zie het stuk."
    assert klaar(wereld, volgende) == klaar(wereld, wereld.plan(vandaag() + 2 * OVER)) == {}
    actions.haal_van_agenda(agendapunt=nieuw, reden="Vergissing", door=wereld.door)
    assert list(klaar(wereld, volgende)) == ["Geheim plan"]


def test_wat_met_de_hand_op_een_latere_agenda_kwam_is_terug(wereld: Wereld) -> None:
    oud = wereld.geopend(GISTEREN)
    besluit(wereld, oud.agendapunten.get(), Uitkomst.AANGEHOUDEN)
    actions.sluit_vergadering(vergadering=oud, versie=None, door=wereld.door)
    volgende = wereld.plan(vandaag() + OVER)
    assert list(klaar(wereld, volgende)) == ["Advies"]
    assert klaar(wereld, wereld.plan(vandaag() + OVER, Orgaan.DAGELIJKS_BESTUUR)) == {}, "een ander orgaan"
    wereld.punt(volgende)
    assert klaar(wereld, volgende) == {}


def test_zonder_besluit_komt_een_punt_één_keer_terug_en_een_mededeling_niet(wereld: Wereld) -> None:
    oud = wereld.geopend(GISTEREN)
    for soort in (Puntsoort.INGEKOMEN, Puntsoort.AANVRAAG, Puntsoort.RONDVRAAG, Puntsoort.VERORDENING):
        wereld.punt(oud, f"Een {soort}", soort=soort)
    actions.sluit_vergadering(vergadering=oud, versie=None, door=wereld.door)
    volgende = wereld.plan(vandaag() + OVER)
    assert list(klaar(wereld, volgende)) == ["Advies", "Een verordening"]
    besluit(wereld, oud.agendapunten.get(onderwerp="Een verordening"), Uitkomst.AANGENOMEN)
    assert list(klaar(wereld, volgende)) == ["Advies"], "een besluit dat pas na de sluiting werd vastgelegd"


def test_regel_46_een_verslag_waarover_niets_werd_besloten_staat_weer_klaar(wereld: Wereld) -> None:
    eerste = wereld.gesloten(vandaag() - timedelta(days=40))
    actions.schrijf_verslag(vergadering=eerste, html="<p>Zo ging het.</p>", openbaar_html="", door=wereld.door)
    tweede = wereld.geopend(GISTEREN)
    (sleutel,) = (s for s in klaar(wereld, tweede).values() if s.startswith("verslag:"))
    punt = plaats(wereld, tweede, sleutel)
    volgende = wereld.plan(vandaag() + OVER)
    assert sleutel not in klaar(wereld, volgende).values()
    actions.sluit_vergadering(vergadering=tweede, versie=None, door=wereld.door)
    assert sleutel in klaar(wereld, volgende).values()
    besluit(wereld, punt, Uitkomst.AANGENOMEN)
    assert sleutel not in klaar(wereld, volgende).values(), "er is over besloten; het vaststellen zelf wacht"


def test_regel_48_een_aangehouden_jaarstuk_blijft_dat_jaarstuk_ook_na_zijn_wettelijke_dag(wereld: Wereld) -> None:
    """Aan zijn sleutel is te zien welk stuk het is, en dus wat er bekend moet zijn."""
    oud = wereld.geopend(GISTEREN)
    punt = wereld.punt(
        oud, "Het stuk", soort=Puntsoort.JAARSTUK, sleutel="vergaderingen:jaar:begroting-db:2020:v", toelichting=""
    )
    besluit(wereld, punt, Uitkomst.AANGEHOUDEN)
    actions.sluit_vergadering(vergadering=oud, versie=None, door=wereld.door)
    volgende = wereld.plan(vandaag() + OVER)
    nieuw = plaats(wereld, volgende, klaar(wereld, volgende)["Het stuk"])
    assert nieuw.sleutel == punt.sleutel


def test_regel_29_een_aangehouden_verordening_hoeft_niet_nog_eens_bekend_te_worden(
    wereld: Wereld, werk: Client
) -> None:
    oud = wereld.geopend(GISTEREN)
    punt = wereld.punt(oud, "De verordening", soort=Puntsoort.VERORDENING)
    bekend = actions.leg_bekendmaking_vast(
        agendapunt=punt, soort="ontwerpverordening", op=GISTEREN, vindplaats="Stcrt. 1", door=wereld.door
    )
    besluit(wereld, punt, Uitkomst.AANGEHOUDEN)
    actions.sluit_vergadering(vergadering=oud, versie=None, door=wereld.door)
    volgende = wereld.plan(vandaag() + OVER)
    nieuw = plaats(wereld, volgende, klaar(wereld, volgende)["De verordening"])
    assert tekorten_bekendmaking(volgende) == []
    blad = tekst(werk.get(pad("agendapunt", volgende.pk, nieuw.pk)))
    assert "is nog niet bekendgemaakt" not in blad
    assert pad("bekend-trek-in", oud.pk, punt.pk, bekend.pk) in blad
