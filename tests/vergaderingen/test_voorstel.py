"""Het voorstel bij het plannen hoort bij het gekozen orgaan, en laat staan wat iemand typte."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from commissies.models import Commissie, Commissielid
from kern.tijd import vandaag
from tests.vergaderingen.conftest import Wereld, maak_commissie, pad, tekst
from vergaderingen.enums import Orgaan
from vergaderingen.models import Vergadering
from vergaderingen.queries import voorstel_datum

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("voorbeeldstand")]

ZAAL = "Raadzaal, SER-gebouw"


def ingevuld(blad: str) -> dict[str, str]:
    """Wat er in de velden van het formulier staat."""
    uit = {}
    for veld in re.findall(r"<input[^>]+>", blad):
        naam, waarde = re.search(r'name="(\w+)"', veld), re.search(r' value="([^"]*)"', veld)
        if naam:
            uit[naam[1]] = waarde[1] if waarde else ""
    for naam_, binnen in re.findall(r'<select[^>]*name="(\w+)".*?>(.*?)</select>', blad, re.S):
        keus = re.search(r'value="([^"]*)" selected', binnen)
        uit[naam_] = keus[1] if keus else ""
    return {n: uit.get(n, "?") for n in ("orgaan", "datum", "begin", "plaats", "openbaar", "voorstel")}


def raad() -> dict[str, str]:
    return {
        "orgaan": "raad", "datum": str(voorstel_datum(Orgaan.RAAD, vandaag())), "begin": "10:15",
        "plaats": ZAAL, "openbaar": "ja", "voorstel": "raad",
    }  # fmt: skip


def kort(velden: dict[str, str]) -> dict[str, str]:
    return velden | {"begin": velden["begin"][:5]}


def test_elk_orgaan_begint_met_zijn_eigen_voorstel(werk: Client, wereld: Wereld) -> None:
    assert kort(ingevuld(tekst(werk.get(pad("plan"))))) == raad()
    for orgaan in ("dagelijks_bestuur", "commissie"):
        blad = ingevuld(tekst(werk.get(pad("plan") + f"?orgaan={orgaan}")))
        leeg = {"datum": "", "begin": "", "plaats": "", "openbaar": "nee"}
        assert blad == leeg | {"orgaan": orgaan, "voorstel": orgaan}


@pytest.mark.parametrize("knop", [{}, {"toon": "ja"}])
def test_wie_een_ander_orgaan_kiest_plant_niet_op_de_dag_en_in_de_zaal_van_de_raad(
    werk: Client, wereld: Wereld, knop: dict[str, str]
) -> None:
    antwoord = werk.post(pad("plan"), raad() | {"orgaan": "dagelijks_bestuur"} | knop)
    assert not Vergadering.objects.exists()
    blad = tekst(antwoord)
    assert "Dit is het voorstel voor het gekozen orgaan." in blad
    assert "foutregel" not in blad, "er is nog niets fout ingevuld"
    assert ingevuld(blad) == {
        "orgaan": "dagelijks_bestuur", "datum": "", "begin": "", "plaats": "", "openbaar": "nee",
        "voorstel": "dagelijks_bestuur",
    }  # fmt: skip
    terug = tekst(werk.post(pad("plan"), ingevuld(blad) | {"orgaan": "raad"} | knop))
    assert kort(ingevuld(terug)) == raad()


def test_wat_iemand_typte_blijft_staan(werk: Client, wereld: Wereld) -> None:
    eigen = {"orgaan": "dagelijks_bestuur", "datum": str(vandaag() + timedelta(days=9)), "begin": "09:30"}
    blad = tekst(werk.post(pad("plan"), raad() | eigen | {"opmerking": "Met lunch", "eind": "11:00"}))
    assert not Vergadering.objects.exists()
    velden = kort(ingevuld(blad))
    assert velden | eigen == velden
    assert velden["plaats"] == ""
    assert "Met lunch" in blad
    assert 'value="11:00' in blad
    besloten = raad() | {"orgaan": "commissie", "openbaar": "nee", "besloten_reden": "Personen."}
    terug = werk.post(pad("plan"), besloten | {"toon": "ja"})
    assert 'value="Personen."' in tekst(terug)
    heen = tekst(werk.post(pad("plan"), ingevuld(tekst(terug)) | {"orgaan": "raad", "besloten_reden": "Personen."}))
    assert ingevuld(heen)["openbaar"] == "nee", "besloten wordt niet vanzelf openbaar"


def test_alles_zelf_ingevuld_is_in_een_keer_gepland(werk: Client, wereld: Wereld) -> None:
    dag = vandaag() + timedelta(days=9)
    eigen = {"orgaan": "dagelijks_bestuur", "datum": str(dag), "begin": "09:30", "plaats": "Kamer 3"}
    assert werk.post(pad("plan"), raad() | eigen).status_code == 302
    rij = Vergadering.objects.get()
    assert (rij.orgaan, rij.datum, rij.plaats, rij.openbaar) == ("dagelijks_bestuur", dag, "Kamer 3", False)


def test_lopende_commissies_staan_boven_die_van_het_archief(werk: Client, wereld: Wereld) -> None:
    lopend = maak_commissie(wereld, "Zorg (voorbeeld)")
    oud = maak_commissie(wereld, "Arbeid van toen (voorbeeld)")
    bemand = maak_commissie(wereld, "Bodem (voorbeeld)")
    Commissielid.objects.filter(commissie=oud).delete()
    for nummer, commissie in enumerate((oud, bemand)):
        Commissie.objects.filter(pk=commissie.pk).update(kenmerk=f"com-{nummer}")
    blad = tekst(werk.get(pad("plan")))
    keuze = blad.split('name="commissie"', 1)[1].split("</select>", 1)[0]
    plek = [keuze.index(f'value="{c.pk}"') for c in (bemand, lopend, oud)]
    koppen = [keuze.index(f'<optgroup label="{naam}">') for naam in ("Lopend", "Uit het archief")]
    assert sorted([*plek, *koppen]) == [koppen[0], plek[0], plek[1], koppen[1], plek[2]]
