"""Jaarstukken en bekendmakingen op één blad, en de weg van het agendapunt naar het jaarverslag."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from kern.tijd import vandaag
from tests.vergaderingen.conftest import Wereld, pad, tekst
from vergaderingen import actions
from vergaderingen.eigen_bron import JAARSTUKKEN, EigenBron
from vergaderingen.enums import Puntsoort
from vergaderingen.jaaroverzicht import andere_punten, jaarregels

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("voorbeeldstand")]


def leesbaar(antwoord: Any) -> str:
    return " ".join(strip_tags(tekst(antwoord)).split())


def test_regel_48_elk_jaarstuk_staat_er_met_zijn_eerstvolgende_dag() -> None:
    """Wet art. 46-48, 52, 54 en 65; op de dag zelf is het volgende jaar aan de beurt."""
    regels = jaarregels(date(2026, 11, 30), voorbeeld=True)
    assert [(r.stuk.sleutel, r.jaar, r.grens) for r in regels] == [
        ("jaarverslag", 2026, date(2027, 4, 1)),
        ("jaarrekening", 2026, date(2027, 4, 1)),
        ("raming", 2028, date(2027, 7, 1)),
        ("begroting-db", 2028, date(2027, 10, 1)),
        ("begroting", 2028, date(2027, 11, 15)),
    ]
    jaarverslag = JAARSTUKKEN[0]
    assert jaarverslag.komend(date(2027, 3, 31)) == (2026, date(2027, 4, 1))
    assert jaarverslag.komend(date(2027, 4, 1)) == (2027, date(2028, 4, 1))


def test_het_blad_wijst_het_punt_op_de_agenda_en_wat_er_aan_bekendmaking_ontbreekt(
    wereld: Wereld, werk: Client
) -> None:
    stuk = next(r for r in jaarregels(vandaag(), voorbeeld=True) if r.stuk.sleutel == "jaarrekening")
    blad = leesbaar(werk.get(pad("jaarstukken")))
    assert f"Jaarrekening {stuk.jaar}" in blad
    begroting = next(r for r in jaarregels(vandaag(), voorbeeld=True) if r.stuk.sleutel == "begroting-db")
    assert f"Begroting {begroting.jaar}: voorstel van het dagelijks bestuur" in blad
    assert "nog op geen agenda" in blad
    assert "Zet op een agenda van de raad een punt van de soort Verordening" in blad
    rij = wereld.plan(stuk.grens - timedelta(days=5))
    sleutel = f"jaar:jaarrekening:{stuk.jaar}:v"
    punt = actions.plaats_aanbod(vergadering=rij, bron="vergaderingen", sleutel=sleutel, door=wereld.door)
    hand = wereld.punt(rij, "Verordening op iets", soort=Puntsoort.VERORDENING)
    antwoord = werk.get(pad("jaarstukken"))
    blad = leesbaar(antwoord)
    assert f'href="{pad("agendapunt", rij.pk, punt.pk)}"' in tekst(antwoord)
    assert "De jaarrekening is nog niet bekendgemaakt" in blad
    assert "Het ontwerp van de verordening is nog niet bekendgemaakt" in blad
    actions.leg_bekendmaking_vast(
        agendapunt=hand, soort="ontwerpverordening", op=vandaag(), vindplaats="Stcrt. 1", door=wereld.door
    )
    assert "bezwaar tot en met" in leesbaar(werk.get(pad("jaarstukken")))
    actions.gelast_af(vergadering=rij, versie=None, reden="Proef", door=wereld.door)
    assert andere_punten(vandaag(), voorbeeld=True) == []
    assert pad("jaarstukken") in tekst(werk.get(pad("lijst"))), "de ingang"


def test_het_overzicht_kost_evenveel_zoekvragen_bij_meer_punten(wereld: Wereld) -> None:
    def kosten() -> int:
        with CaptureQueriesContext(
            connection,
        ) as meting:
            andere_punten(vandaag(), voorbeeld=True)
        return len(meting)

    rij = wereld.plan(vandaag() + timedelta(days=50))
    wereld.punt(rij, "Verordening 1", soort=Puntsoort.VERORDENING)
    een = kosten()
    for nummer in range(2, 6):
        wereld.punt(rij, f"Verordening {nummer}", soort=Puntsoort.VERORDENING)
    assert kosten() == een


def test_ook_wat_opnieuw_op_een_agenda_kwam_kost_niet_meer_zoekvragen(wereld: Wereld) -> None:
    """Een verordening die bleef liggen draagt de sleutel van het vorige punt, met zijn bekendmaking."""

    def kosten() -> int:
        with CaptureQueriesContext(connection) as meting:
            standen.extend(andere_punten(vandaag(), voorbeeld=True))
        return len(meting)

    eerst = wereld.plan(vandaag() + timedelta(days=50))
    punten = [wereld.punt(eerst, f"Verordening {n}", soort=Puntsoort.VERORDENING) for n in range(4)]
    actions.leg_bekendmaking_vast(
        agendapunt=punten[0], soort="ontwerpverordening", op=vandaag(), vindplaats="Stcrt. 1", door=wereld.door
    )
    actions.gelast_af(vergadering=eerst, versie=None, reden="Proef", door=wereld.door)
    later = wereld.plan(vandaag() + timedelta(days=80))
    metingen: list[int] = []
    for punt in punten:
        actions.plaats_aanbod(vergadering=later, bron="vergaderingen", sleutel=f"opnieuw:{punt.pk}", door=wereld.door)
        standen: list[Any] = []
        metingen.append(kosten())
    assert len(set(metingen)) == 1, metingen
    bekend = {s.punt.onderwerp: [b.vindplaats for b in s.gedaan] for s in standen}
    assert bekend == {"Verordening 0": ["Stcrt. 1"], "Verordening 1": [], "Verordening 2": [], "Verordening 3": []}


def test_het_agendapunt_over_het_jaarverslag_leidt_het_secretariaat_daarheen(
    wereld_met_accounts: Wereld, werk: Client
) -> None:
    wereld = wereld_met_accounts
    stuk = next(r for r in jaarregels(vandaag(), voorbeeld=True) if r.stuk.sleutel == "jaarverslag")
    rij = wereld.plan(stuk.grens - timedelta(days=5))
    sleutel = f"jaar:jaarverslag:{stuk.jaar}:v"
    punt = actions.plaats_aanbod(vergadering=rij, bron="vergaderingen", sleutel=sleutel, door=wereld.door)
    adres = reverse("opvolging:jaarverslag", args=[stuk.jaar])
    assert EigenBron().verwijzingen([punt], wereld.door)[punt.pk].link == adres
    assert f'href="{adres}"' in tekst(werk.get(pad("vergadering", rij.pk)))
    lid = wereld.leden["O1"].gebruiker
    assert lid is not None
    assert EigenBron().verwijzingen([punt], lid) == {}, "het jaarverslag in wording is van het secretariaat"
