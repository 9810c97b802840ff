"""Wat een bezoeker op de openbare site tegenkomt: wegen, woorden en getallen die overal hetzelfde zijn."""

import csv
import io
import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from commissies.models import Commissie
from kern.tijd import AMSTERDAM, nu
from publiek import lezen, zoekvraag
from publiek.api import bestanden
from publiek.api.codeboek import leesnaam
from publiek.templatetags.zoekuitslag import REACTIEMERKEN
from publiek.zoeken import zoek
from tests.browser import bladzijden
from tests.publiek.wereld import publiceer_advies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]
TELEFOON: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
KLEMBORD = """
const bord = { writeText: (tekst) => { window.kopie = tekst; return Promise.resolve(); } };
Object.defineProperty(navigator, "clipboard", { value: bord });
"""


def blad(client: Client, adres: str, status: int = 200) -> str:
    antwoord = client.get(adres)
    assert antwoord.status_code == status, adres
    return antwoord.content.decode()


def anders(q: str) -> dict[str, str]:
    return zoek(zoekvraag.lees(QueryDict(f"q={q}"))).anders


def test_een_tikfout_die_toch_iets_vindt_wordt_gezegd(client: Client) -> None:
    """ "28 adviezen met pensioenn": geen advies heeft dat woord, en dat er op pensioen gezocht was stond nergens."""
    assert anders("stadd") == {"stadd": "stad"}
    tekst = blad(client, "/adviezen/?q=stadd")
    assert "Gezocht op “stad”; u typte “stadd”." in tekst
    assert "1 advies met “stad”</h2>" in tekst
    assert "Gezocht op “stad”" in blad(client, "/zoeken/?q=stadd")
    for goed in ("innovatie", "steden", "huizenprijs", '"sociale stadd"', "-stadd stad", "qqqqqq"):
        assert anders(goed) == {}, goed


def test_de_voorbeelden_verklaren_het_verschil_tussen_de_getallen(client: Client) -> None:
    """ "4 van circa 1000" boven "5 adviezen": twee totalen op één blik, zonder een woord."""
    tekst = blad(client, "/adviezen/")
    assert "4 adviezen en 1 voorbeeld</h2>" in tekst
    assert "4 van circa 1000 adviezen en rapporten, uit 2007 tot en met 2023. De voorbeelden (1) tellen" in tekst
    assert "sinds 2007: wat er gevraagd werd" in blad(client, "/")
    assert "Bij de thema’s en de filters tellen zij wel mee" in blad(client, "/cijfers/")
    assert "Bij 3 van de 4 adviezen en rapporten in dit archief hoort een reactie" in blad(client, "/kabinetsreacties/")


def test_de_delen_van_de_reacties_tellen_op_tot_het_geheel(client: Client) -> None:
    """ "Van 16 kennen wij haar", met twee wetten erbij die bij de cijfers geen reactie heten; wie nog wacht ontbrak."""
    brief = {"datum": "1954-09-30", "nummer": "Wet van 30 september 1954", "toelichting": None, "bron": None}
    publiceer_advies("adv-60", "Gevolgd", jaar=1953, kabinetsreactie=brief)
    morgen = str(nu().date() + timedelta(days=1))
    publiceer_advies("adv-61", "Wacht", jaar=2020, klok={"basis": "2020-01-01", "vervalt_op": morgen, "uitleg": "x"})
    tekst = " ".join(blad(client, "/kabinetsreacties/").split())
    assert "Bij 5 van de 6 adviezen" in tekst
    assert "Van 1 kennen wij haar. Op 1 wordt nog gewacht. 1 is gevolgd in een wet; dat is geen reactie." in tekst
    assert "Van 2 is bij ons geen reactie bekend" in tekst


def test_alleen_voorbeelden_heten_geen_nul_adviezen(client: Client) -> None:
    assert '<h2 class="uitslag-aantal">1 voorbeeld met “proefveld”</h2>' in blad(client, "/adviezen/?q=proefveld")


def test_een_filter_dat_niet_bestaat_en_een_bladzijde_zonder_treffers(client: Client) -> None:
    tekst = blad(client, "/adviezen/?thema=onzin&pagina=999")
    assert "“onzin” kennen wij niet bij thema. Haal dat filter weg om iets te vinden." in tekst
    assert "u ziet de laatste" not in tekst
    assert "Mail mij bij iets nieuws" not in tekst, "wat niet bestaat is niet te volgen"
    assert "kennen wij niet" not in blad(client, "/adviezen/?thema=arbeid")


def test_wie_bij_de_adviezen_niets_vindt_leest_waar_het_wel_staat(client: Client) -> None:
    """ "Probeer een ander woord", terwijl er een kabinetsreactie of commissie met dat woord is."""
    Commissie.objects.create(naam="Commissie Wisseltruc", slug="wisseltruc", soort="ad_hoc")
    tekst = blad(client, "/adviezen/?q=wisseltruc")
    assert re.search(r'href="/zoeken/\?q=wisseltruc&amp;in=commissies"[^>]*>Commissies</a> <span[^>]*>1</span>', tekst)
    assert "Wel gevonden" not in blad(client, "/adviezen/?q=stad"), "wie iets vindt leest dat"
    assert "Wel gevonden" not in blad(client, "/adviezen/?q=zoekniets")


@pytest.mark.parametrize("adres", ["/adviezen/", "/zoeken/"])
def test_wie_een_oud_advies_bij_zijn_jaar_zoekt_komt_bij_dat_jaar(client: Client, adres: str) -> None:
    """ "SER zoekniets 2010" gaf niets, en de weg naar alle adviezen uit 2010 stond nergens."""
    tekst = blad(client, f"{adres}?q=zoekniets 2010")
    assert re.search(r'href="/adviezen/\?jaar=2010"[^>]*>Adviezen uit 2010</a> <span[^>]*>1</span>', tekst)
    assert "Adviezen uit" not in blad(client, f"{adres}?q=zoekniets 1960"), "van dat jaar is er geen"


@pytest.mark.parametrize("adres", ["/adviezen/", "/zoeken/"])
def test_een_dossiernummer_zonder_spatie_vindt_wat_met_spatie_gedrukt_staat(client: Client, adres: str) -> None:
    Commissie.objects.create(naam="Commissie bij 33 009", slug="bij-33-009", soort="ad_hoc")
    assert 'Bedoelde u <a href="/zoeken/?q=33+009">33 009</a>?' in blad(client, f"{adres}?q=33009")
    assert "Bedoelde u" not in blad(client, f"{adres}?q=33008"), "dat vindt ook met een spatie niets"


def test_wat_niet_te_zoeken_is_is_ook_niet_te_volgen(client: Client) -> None:
    """Bij "Hiermee is niet te zoeken" stond "Mail mij bij iets nieuws": zo'n melding zou nooit iets sturen."""
    assert "Mail mij bij iets nieuws" not in blad(client, "/adviezen/?q=de")
    assert 'href="#bewaar"' not in blad(client, "/adviezen/?q=de")


def test_een_dag_zoals_men_haar_hier_schrijft_is_een_dag(client: Client) -> None:
    for dag in ("2023-03-16", "16-03-2023", "16/03/2023"):
        assert "De raad op do 16 maart 2023" in blad(client, f"/raad/?op={dag}")
    for onzin in ("31-02-2023", "16-03-23", "16032023x"):
        assert "is geen datum" in blad(client, f"/raad/?op={onzin}")


def test_op_elke_bladzijde_staat_waar_een_mens_leest(client: Client, settings: Any) -> None:
    settings.CONTACT_ADRES = "vragen@voorbeeld.test"
    for adres in ("/", "/adviezen/2007/04/"):
        voet = blad(client, adres).partition('<footer class="voet">')[2]
        assert '<a href="mailto:vragen@voorbeeld.test">Contact</a>' in voet


def test_de_wissel_tussen_soorten_houdt_de_filters_bij_de_adviezen(client: Client) -> None:
    tekst = blad(client, "/adviezen/?q=stad&oordeel=verdeeld")
    assert re.search(r'href="/adviezen/\?q=stad&amp;oordeel=verdeeld"[^>]*aria-current="page">Adviezen', tekst)
    assert "Uw filters gelden alleen voor de adviezen." in tekst
    assert "Uw filters gelden" not in blad(client, "/adviezen/?q=stad")


def test_een_zoekvak_tegelijk_en_inloggen_in_de_kop(client: Client) -> None:
    for adres, vakken in {"/": 1, "/adviezen/": 1, "/zoeken/": 1, "/raad/": 1, "/adviezen/2007/04/": 1}.items():
        tekst = blad(client, adres)
        assert tekst.count('type="search"') == vakken, adres
        kop = tekst.partition("<header")[2].partition("</header>")[0]
        assert kop.count('href="/thuis/" rel="nofollow">Inloggen') == 2, "breed, en in het menu op een telefoon"
        assert 'href="/volgen/"' in kop
        assert 'href="/cijfers/"' in kop


def test_een_stand_heeft_overal_hetzelfde_woord() -> None:
    """Beginpagina, lijst en bladzijde noemden dezelfde reactie elk anders."""
    assert {stand: woord for stand, (_, woord) in REACTIEMERKEN.items()} == {
        stand: lezen.reactie_merk(stand).woord.lower()
        for stand in zoekvraag.REACTIES
        if stand not in {"niet_bekend", "geen"}
    }
    assert set(zoekvraag.REACTIES) == set(lezen.WOORD_REACTIE) == set(lezen.UITLEG_REACTIE) == set(lezen.BEELD_REACTIE)


def test_een_vermoed_jaar_is_geen_datum(client: Client) -> None:
    """Een bronvermelding met jaar 2010, terwijl de bladzijde zegt dat de datum niet bekend is."""
    zin = "datum niet bekend, vermoedelijk 2010"
    for adres in ("/adviezen/2010/adv-3/", "/adviezen/?decennium=2010"):
        assert zin in blad(client, adres), adres
    bib = blad(client, "/adviezen/2010/adv-3/verwijzing.bib")
    assert "year" not in bib
    rij = next(a for a in client.get("/adviezen/uitslag.json").json()["adviezen"] if a["kenmerk"] == "adv-3")
    assert (rij["jaar"], rij["datum"]) == (2010, "")
    dag = client.get("/api/v1/adviezen/adv-3").json()["dagtekening"]
    assert (dag["waarde"], dag["tekst"]) == (None, zin)


def test_de_themas_hebben_een_overzicht(client: Client) -> None:
    tekst = blad(client, "/themas/")
    assert '<a class="lijst-kop" href="/themas/arbeid/">Arbeid</a><span class="lijst-feit">2 adviezen</span>' in tekst
    assert "Bij 2 adviezen is geen thema bekend." in tekst
    assert 'href="/themas/"' in blad(client, "/themas/arbeid/").partition("utrecht-breadcrumb")[2]
    assert "/themas/</loc>" in blad(client, "/sitemap.xml")


def test_een_onbekend_nummer_in_een_bekend_jaar_wijst_naar_dat_jaar(client: Client) -> None:
    tekst = blad(client, "/adviezen/2007/99/", 404)
    assert '<a href="/adviezen/?jaar=2007">Het advies uit 2007</a>' in tekst
    assert "uit 1901" not in blad(client, "/adviezen/1901/99/", 404)


def test_op_papier_staat_van_wie_het_is_en_waar_het_stond(client: Client, settings: Any) -> None:
    tekst = blad(client, "/adviezen/?q=stad")
    assert f"Sociaal-Economische Raad (SER) · {settings.PORTAL_ADRES}/adviezen/?q=stad ·" in tekst
    assert client.get("/bestaat-niet/").content == client.get("/bestaat-ook-niet/").content, "een 404 noemt geen adres"


@pytest.mark.browser
def test_op_papier_is_wat_dicht_is_open(client: Client) -> None:
    with bladzijden({"/cijfers/": client.get("/cijfers/")}) as scherm:
        scherm.goto("/cijfers/")
        tabel = scherm.locator("details table").first
        assert not tabel.is_visible()
        scherm.emulate_media(media="print")
        assert scherm.locator(".alleen-druk").is_visible()
        hoog = tabel.bounding_box()
    assert hoog is not None
    assert hoog["height"] > 20


@pytest.mark.browser
def test_een_alineanummer_kopieert_de_hele_verwijzing_en_zegt_dat(client: Client) -> None:
    publiceer_advies(
        "adv-9", "Proef (voorbeeld)", jaar=2020, nummer="2020/09", volledig=True, datum="2020-03-04",
        datum_precisie="dag", html='<p data-blok="a1">Een.</p><p data-blok="a2">Twee.</p>',
    )  # fmt: skip
    adres = "/adviezen/2020/09/"
    with bladzijden({adres: client.get(adres)}, **TELEFOON) as scherm:
        scherm.add_init_script(KLEMBORD)
        scherm.goto(adres)
        anker = scherm.locator("a.anker").nth(1)
        vak = anker.bounding_box()
        anker.click()
        scherm.wait_for_selector(".anker[data-gekopieerd]")
        kopie, gezegd = scherm.evaluate("window.kopie"), scherm.locator("#gekopieerd").text_content()
        scherm.get_by_role("button", name="Kopieer de verwijzing").click()
        heel = scherm.evaluate("window.kopie")
    assert kopie.startswith(
        "Sociaal-Economische Raad. (2020, 4 maart). Proef (voorbeeld) (Advies 2020/09), alinea 2. http"
    )
    assert kopie.endswith("/adviezen/2020/09/#p-2")
    assert gezegd == "De verwijzing naar alinea 2 is gekopieerd."
    assert heel.startswith("Sociaal-Economische Raad. (2020, 4 maart). Proef (voorbeeld) (Advies 2020/09). http")
    assert vak is not None
    assert (vak["width"] >= 36, vak["height"] >= 44) == (True, True), vak


def test_alles_in_een_bestand_tot_het_er_te_veel_zijn(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wie alles wilde, haalde eenenzestig bestanden op."""
    alles = json.loads(client.get("/data/adviezen.json").content)
    assert (alles["aantal"], len(alles["adviezen"])) == (5, 5)
    assert alles["adviezen"][0] == client.get("/api/v1/adviezen/adv-1").json()
    antwoord = client.get("/data/adviezen.csv")
    assert len(list(csv.DictReader(io.StringIO(antwoord.content.decode("utf-8-sig"), newline="")))) == 5
    assert antwoord["Content-Disposition"] == 'attachment; filename="ser-adviezen.csv"'
    assert 'href="/data/adviezen.json"' in blad(client, "/api/")
    monkeypatch.setattr(bestanden, "MEESTE", 4)
    from publiek.cache import BEWARING

    BEWARING.wis()
    assert 'href="/data/adviezen.json"' not in blad(client, "/api/")
    blad(client, "/data/adviezen.json", 404)


def test_het_codeboek_zegt_of_het_mag_en_noemt_gegevens_in_gewone_woorden(client: Client) -> None:
    tekst = blad(client, "/api/")
    assert "Ja, u mag alles gebruiken, ook bewerkt en om er geld mee te verdienen, als u de bron noemt." in tekst
    assert 'U krijgt: <a href="#soort-adviesvol">advies (volledig)</a>' in tekst
    assert [leesnaam(n) for n in ("ThemaUit", "TrajectVol", "KomendeEvaluatie")] == [
        "thema", "traject (volledig)", "komende evaluatie",
    ]  # fmt: skip
    assert "Twee soorten CSV" in tekst
    for code, woord in zoekvraag.REACTIES.items():
        assert f"<code>{code}</code></th><td>{woord}</td>" in tekst
    rijen = csv.DictReader(
        io.StringIO(client.get("/adviezen/uitslag.csv").content.decode("utf-8-sig"), newline=""), delimiter=";"
    )
    assert {(r["reactiestand"], r["reactie"]) for r in rijen} <= set(zoekvraag.REACTIES.items())


def test_het_rekenblad_achter_op_tijd_heeft_de_dagen_waarop_het_rust(client: Client) -> None:
    tekst = client.get("/cijfers/tijdig.csv").content.decode("utf-8-sig")
    rij = next(r for r in csv.DictReader(io.StringIO(tekst), delimiter=";") if r["kenmerk"] == "adv-2")
    assert list(rij.values())[2:] == ["later dan afgesproken", "2023-03-16", "2023-06-16", "2025-07-03", "840"]
    kop = client.get("/cijfers/reactietijd.csv").content.decode("utf-8-sig").split("\r\n")[0]
    assert kop == "kenmerk;titel;kabinet;dagen;gerekend vanaf;afgesproken uiterlijk;reactie op het hele advies"
    assert "n = " not in blad(client, "/cijfers/")


def test_een_uitgave_uit_het_archief_stond_hier_niet_in_1999(client: Client) -> None:
    """ "Uitgave van vr 15 april 2011, 0.00 uur": toen was er geen portaal."""
    publiceer_advies("adv-7", "Oud advies", jaar=1999, vanaf=datetime(1999, 4, 15, tzinfo=AMSTERDAM))
    publiceer_advies("adv-7", "Oud advies, beter", jaar=1999, vanaf=nu())
    tekst = blad(client, "/adviezen/1999/adv-7/")
    assert re.search(r">Uitgave tot [a-z]{2} \d+ \w+ \d{4}, [0-9.]+ uur</a>, met wat er sindsdien veranderde", tekst)
    weg = re.search(r'href="(/adviezen/1999/adv-7/uitgaven/\d+/)"', tekst)
    assert weg is not None
    assert "Zo stond dit advies hier tot " in blad(client, weg[1])
