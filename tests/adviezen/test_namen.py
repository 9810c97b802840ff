"""Hoe een rij heet in het logboek en het beheer: de naam zegt wat het is, en nooit iets vertrouwelijks."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from adviezen import models
from adviezen.adressen import ADRESSEN, adres
from adviezen.enums import Criterium, Impactmoment, SoortAgendering, Verwerkingsoordeel
from raad.models import Organisatie, Persoon

DAG, MOMENT = date(2026, 3, 2), datetime(2026, 3, 2, 9, tzinfo=UTC)
TRAJECT = models.Adviestraject(titel="Wonen (voorbeeld)", slug="wonen")
DEELNAME = models.Deelname(organisatie=Organisatie(naam="De Bond (voorbeeld)"))


@pytest.mark.parametrize(
    ("rij", "naam"),
    [
        (models.Aanbieding(traject=TRAJECT), f"aanbieding van {TRAJECT}"),
        (models.Aanbiedingsbrief(aan="de minister", html="Geheim"), "brief aan de minister"),
        (models.Adviesaanvraag(datum=DAG, vraag="Geheim"), "adviesaanvraag van 2026-03-02"),
        (models.Startbesluit(besloten_op=DAG, tekst="Geheim"), "startbesluit van 2026-03-02"),
        (models.CriteriumOordeel(criterium=Criterium.EIGEN, naam="Urgentie", oordeel="ja"), "Urgentie ja"),
        (models.Toewijzing(besluit="wijs_toe", motivering="Geheim"), "toewijzen aan een commissie"),
        (models.Correctie(veld="titel", oud="a", nieuw="b"), "titel: a → b"),
        (models.ReactieItem(volgorde=3, tekst="Geheim"), "punt 3"),
        (models.Inspraak(vorm="hoorzitting", uitkomst="Geheim"), "hoorzitting"),
        (models.Gehoorde(naam="Bond X"), "Bond X"),
        (models.Voortgangsrapportage(nummer=2, tekst="Geheim"), "voortgangsrapportage 2"),
        (models.Kroonledenopmerking(auteur_naam="K. Kroon", tekst="Geheim"), "opmerking van K. Kroon"),
        (models.InterneNotitie(auteur_naam="C. Collega", tekst="Geheim"), "notitie van C. Collega"),
        (models.Knelpuntbericht(auteur_naam="S. Schrijver", tekst="Geheim"), "antwoord van S. Schrijver"),
        (models.Indiening(soort="ingediend", door_naam="C. Collega"), "ingediend door C. Collega"),
        (models.Persbericht(titel="Wonen kan beter"), "Wonen kan beter"),
        (
            models.Agendering(soort=SoortAgendering.BEHANDELING, traject=TRAJECT),
            f"behandeling van het ontwerpadvies van {TRAJECT}",
        ),
        (models.Registratie(passage="Maak het eenvoudiger." * 9), ("Maak het eenvoudiger." * 9)[:80]),
        (models.Steun(persoon=Persoon(naam="L. Lid")), "L. Lid"),
        (models.Minderheidsnota(titel="Wij niet"), "Wij niet"),
        (models.Schrijfstand(bewaard_op=MOMENT, html="Geheim"), "schrijfstand van 2026-03-02 09:00:00+00:00"),
        (models.Verwerking(oordeel=Verwerkingsoordeel.OVERGENOMEN, reden="Geheim"), "overgenomen"),
        (models.Uitvoeringstoets(bijgewerkt_op=MOMENT), "uitvoeringstoets van 2026-03-02 09:00:00+00:00"),
        (models.Verkenning(vorm="gesprek", op=DAG, opbrengst="Geheim"), "gesprek met deskundigen op 2026-03-02"),
        (models.Bestuursmening(wens="gewenst", toelichting="Geheim", door_id=7), "een aanvraag is gewenst (7)"),
        (models.BeoogdeImpact(moment=Impactmoment.values[0]), f"beoogde impact {Impactmoment.labels[0]}"),
        (models.Medeondertekening(deelname=DEELNAME, status="gevraagd"), f"{DEELNAME}: gevraagd"),
    ],
    ids=lambda waarde: type(waarde).__name__ if not isinstance(waarde, str) else "",
)
def test_de_naam_van_een_rij(rij: Any, naam: str) -> None:
    assert str(rij).lower() == naam.lower()
    assert "Geheim" not in str(rij)


@pytest.mark.parametrize("naam", ADRESSEN)
def test_elk_tekort_wijst_naar_een_bladzijde_die_bestaat(naam: str) -> None:
    assert adres(naam, TRAJECT).startswith("/werk/trajecten/wonen/")


def test_een_tikfout_in_een_adres_valt_op() -> None:
    with pytest.raises(KeyError):
        adres("bestaat-niet", TRAJECT)
