"""Zoeken in het Nederlands: stammen, samenstellingen, woordgroepen, filters en verkeerde invoer."""

import re
from typing import Any
from unicodedata import normalize
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client

from publiek.verbinding import leestransactie
from publiek.woorden import toonvraag
from publiek.zoeken import Uitslag, zoek
from publiek.zoekvraag import lees
from tests.publiek.wereld import publiceer_advies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]


def vind(vraag: str) -> Uitslag:
    with leestransactie():
        return zoek(lees(QueryDict(vraag)))


def kenmerken(vraag: str) -> set[str]:
    return {t.advies.kenmerk for t in vind(vraag).treffers}


PAREN = """
advies/adviezen stad/steden lid/leden kind/kinderen schip/schepen brief/brieven huis/huizen crisis/crises
visie/visies commissie/commissies premie/premies innovatie/innovaties museum/musea criterium/criteria
politicus/politici cao/cao's thema/thema's fonds/fondsen haven/havens inkomen/inkomens kroonlid/kroonleden
binnenstad/binnensteden grens/grenzen kans/kansen wens/wensen toets/toetsen prijs/prijzen bedrijf/bedrijven
sociaal/sociale financieel/financiële materiaal/materialen adviseren/adviseert werkt/werken energie/energieën
pensioenstelsel/pensioenstelsels loon/lonen vraag/vragen onderneming/ondernemingen mogelijkheid/mogelijkheden
gemeente/gemeenten werkloze/werklozen huishouden/huishoudens tarief/tarieven mens/mensen balans/balansen
"""


@pytest.mark.parametrize("paar", PAREN.split())
def test_vormen_van_een_woord_vinden_elkaar(paar: str) -> None:
    een, ander = paar.split("/")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT publicatie_vector(%s) @@ publicatie_vraag(%s), publicatie_vector(%s) @@ publicatie_vraag(%s)",
            [een, ander, ander, een],
        )
        assert cursor.fetchone() == (True, True)


def test_wat_niet_bij_elkaar_hoort_blijft_uit_elkaar() -> None:
    with connection.cursor() as cursor:
        for een, ander in (("raad", "raming"), ("lening", "lid"), ("arbeid", "beleid"), ("loon", "lening")):
            cursor.execute("SELECT publicatie_vector(%s) @@ publicatie_vraag(%s)", [een, ander])
            assert cursor.fetchone() == (False,), (een, ander)


def test_het_begin_van_een_samenstelling_telt() -> None:
    assert kenmerken("q=pensioen") == {"adv-1"}
    assert kenmerken("q=huizenprijs") == {"adv-1"}
    assert kenmerken("q=brieven -pensioenstelsels") == set()
    assert kenmerken("q=brieven -pensioen") == {"adv-1"}, "uitsluiten geldt alleen het woord zelf"


def test_het_eind_en_de_delen_van_een_samenstelling_tellen() -> None:
    publiceer_advies("adv-31", "Over het stelsel van pensioenen", samenvatting="Iets over pensioen en het stelsel.")
    assert kenmerken("q=stelsel") == {"adv-1", "adv-31"}, "achterin een woord"
    assert kenmerken("q=pensioenstelsel") == {"adv-1", "adv-31"}, "de delen los van elkaar"
    assert kenmerken('q="pensioenstelsel"') >= {"adv-1"}
    assert kenmerken("q=huis -stelsel") == {"adv-1"}, "uitsluiten geldt alleen het woord zelf"


def test_woordgroep_minteken_en_accenten() -> None:
    assert kenmerken('q="sociale innovatie"') == {"adv-2"}
    assert kenmerken('q="innovatie sociale"') == set()
    assert kenmerken("q=innovatie -werk") == set()
    assert kenmerken("q=één stad") == kenmerken("q=een stad") == {"adv-1"}
    assert kenmerken("q=2007/04") == {"adv-1"}


# Wat er in de tekst staat, en een vraag die dat vindt: leestekens van een zetter horen niet bij het woord.
GEZET = [
    ("de ‘vergeten groepen’ van toen", "vergeten groepen"),
    ("het “stelsel…” en meer", "stelsel"),
    ("de loon–prijsspiraal", "loon prijsspiraal"),
    ("artikel\u00a036 van de wet", "artikel 36"),
    ("pensioen\u00adfondsen", "pensioenfondsen"),
    ("cafe\u0301s in de stad", "cafés"),
    ("• woningbouw", "woningbouw"),
    ("vergeten groepen", "‘vergeten groepen’"),
    ("vergeten groepen", "“vergeten groepen”"),
    ("foto’s van d’Ancona", "d'ancona"),
    ("zin en bijzin", "zin – bijzin"),
    ("zin en bijzin", "zin - bijzin"),
    ("de jaren 1994-1998", "1998"),
    ("de jaren 1994-1998", "jaren 1994-1998"),
    ("de jaren 1994–1998", "1998"),
]


@pytest.mark.parametrize(("tekst", "vraag"), GEZET)
def test_gezette_leestekens_horen_niet_bij_het_woord(tekst: str, vraag: str) -> None:
    publiceer_advies("adv-40", "Zonder", html=f'<p data-blok="a1">Over {tekst} gaat het.</p>')
    uitslag = vind(urlencode({"q": vraag}))
    (treffer,) = [t for t in uitslag.treffers if t.advies.kenmerk == "adv-40"]
    assert "<mark>" in treffer.fragment
    leesbaar = " ".join(normalize("NFC", tekst).replace("\u00ad", "").split())
    assert leesbaar in treffer.fragment.replace("<mark>", "").replace("</mark>", ""), "de tekens zelf blijven staan"


def test_het_tweede_jaar_van_een_reeks_is_een_jaar() -> None:
    publiceer_advies("adv-41", "Beleid in de jaren 1994-1998")
    assert kenmerken("q=beleid 1998") == kenmerken("q=1994 1998") == kenmerken('q="jaren 1994-1998"') == {"adv-41"}
    assert kenmerken("q=1994-1998") == kenmerken("q=1994–1998") == {"adv-41"}
    assert "adv-41" not in kenmerken("q=jaren -1998") | kenmerken("q=jaren -1994")
    assert "adv-41" in kenmerken("q=jaren -1996")
    assert "adv-41" not in kenmerken("q=199 98") | kenmerken("q=19981")


def test_gezette_aanhalingstekens_en_streepjes_doen_in_de_vraag_wat_de_getypte_doen() -> None:
    assert kenmerken("q=“innovatie sociale”") == set()
    assert kenmerken("q=“sociale innovatie”") == {"adv-2"}
    assert kenmerken("q=innovatie –werk") == set()
    assert kenmerken("q=innovatie —qqqq") == {"adv-2"}


@pytest.mark.parametrize("vraag", ["‘s-Gravenhage’", "ŉ'ŉ", "'' a'b''c", "\\'\\ “", "½ jaar", "<->|!&:*'", "a:* & !b"])
def test_geen_teken_breekt_een_zoekvraag(vraag: str) -> None:
    vind(urlencode({"q": vraag}))
    vind(urlencode({"q": f"verg{vraag}eten {vraag}stelsels pensioen{vraag}"}))


@pytest.mark.parametrize("vraag", ["07/04", "07/4", "2007/04"])
def test_een_nummer_zoals_het_gedrukt_staat_vindt_het_advies(vraag: str) -> None:
    assert kenmerken(f"q={vraag}") == {"adv-1"}


def test_fragment_komt_uit_de_alinea_en_is_veilig() -> None:
    treffer = vind("q=pensioenstelsel").treffers[0]
    assert "<mark>pensioenstelsels</mark>" in treffer.fragment
    assert treffer.plaats == "#a2"
    samengevat = vind("q=innovatie").treffers[0]
    assert "<mark>innovatie</mark>" in samengevat.fragment
    assert "<b>" not in samengevat.fragment
    assert "<mark>Help" not in samengevat.fragment


VUL = "De raad ziet dat veel mensen hierover anders zijn gaan denken dan vroeger. " * 15


@pytest.mark.parametrize(
    ("tekst", "vraag", "gemerkt"),
    [
        (f"{VUL}Wie wil lenen moet wachten. {VUL}", "lenen", "lenen"),
        (f"In de lente begint het. {VUL}Wie wil lenen moet wachten. {VUL}", "lenen", "lenen"),
        (f"{VUL}Zo’n coöperatie groeit. {VUL}", "cooperaties", "coöperatie"),
        (f"{VUL}In steden is dat zo.", "stad", "steden"),
    ],
)
def test_fragment_uit_een_lange_alinea_is_wat_rond_het_woord_staat(tekst: str, vraag: str, gemerkt: str) -> None:
    publiceer_advies("adv-50", "Lang", html=f'<p data-blok="a1">{tekst}</p>')
    (treffer,) = [t for t in vind(f"q={vraag}").treffers if t.advies.kenmerk == "adv-50"]
    assert f"<mark>{gemerkt}</mark>" in treffer.fragment
    heel = treffer.fragment.replace("<mark>", "").replace("</mark>", "")
    kaal = heel.removeprefix("… ").removesuffix(" …")
    assert f" {kaal} " in f" {tekst} ", "hele woorden, zoals zij er staan"
    assert 100 < len(kaal) < 320


def test_bedoelde_u_stelt_alleen_iets_voor_dat_iets_oplevert() -> None:
    assert vind("q=pensionstelsels").bedoelde == "pensioenstelsels"
    assert vind("q=qqqqqqqq").bedoelde == ""
    assert vind("q=innovatie").bedoelde == ""
    assert vind("q=zz innovatei").totaal == 0


def test_te_gewone_woorden() -> None:
    assert vind("q=de het een").te_gewoon


@pytest.mark.parametrize(
    ("vraag", "verwacht"),
    [
        ("jaar=2023", {"adv-2"}),
        ("decennium=2005", {"adv-1", "adv-4"} - {"adv-4"}),
        ("thema=arbeid", {"adv-1", "adv-2"}),
        ("soort=rapport", {"adv-4"}),
        ("oordeel=verdeeld", {"adv-1"}),
        ("oordeel=onbekend", {"adv-3", "adv-4", "t-9"}),
        ("reactie=later", {"adv-2"}),
        ("reactie=geen", {"adv-4"}),
        ("jaar=2023&oordeel=verdeeld", set()),
    ],
)
def test_filters(vraag: str, verwacht: set[str]) -> None:
    assert kenmerken(vraag) == verwacht


def test_meer_keuzes_binnen_een_filter_zijn_of_en_onbekend_is_een_keuze() -> None:
    assert kenmerken("jaar=2023&jaar=2007") == {"adv-1", "adv-2"}
    assert kenmerken("thema=onbekend") == {"adv-3", "adv-4", "t-9"}
    assert kenmerken("thema=onbekend&thema=arbeid") == {"adv-1", "adv-2", "adv-3", "adv-4", "t-9"}
    assert kenmerken("decennium=onbekend") == {"adv-4"}
    assert kenmerken("commissie=onbekend&jaar=2023") == {"adv-2"}
    assert kenmerken("vrager=minister van Proef") == {"adv-2"}
    assert kenmerken("vrager=onbekend") == {"adv-1", "adv-3", "adv-4", "t-9"}
    assert kenmerken("van=2008&tot=2023") == {"adv-2", "adv-3"}
    assert kenmerken("van=2024") == {"t-9"}
    assert kenmerken("van=2023&tot=2008") == {"adv-2", "adv-3"}, "omgedraaid, met een melding"
    tellingen = vind("").tellingen
    assert dict(tellingen["vrager"]) == {"minister van Proef": 1, "onbekend": 4}
    assert dict(tellingen["thema"]) == {"arbeid": 2, "onbekend": 3}
    assert dict(tellingen["decennium"])["onbekend"] == 1


def test_de_hele_toestand_staat_in_het_adres(client: Client) -> None:
    vraag = lees(QueryDict("thema=arbeid&q=stad&oordeel=verdeeld&oordeel=onbekend&van=1990&sorteer=oudste&pagina=2"))
    opnieuw = lees(QueryDict(vraag.adres(pagina=2)[1:]))
    assert opnieuw == vraag
    assert vraag.wissel("oordeel", "verdeeld") == "?q=stad&van=1990&thema=arbeid&oordeel=onbekend&sorteer=oudste"
    assert vraag.kern() == "q=stad&van=1990&thema=arbeid&oordeel=onbekend&oordeel=verdeeld"
    tekst = client.get("/adviezen/?q=stad&oordeel=verdeeld&oordeel=onbekend").content.decode()
    assert 'href="?q=stad&amp;oordeel=onbekend"' in tekst, "een gekozen filter is los weg te halen"
    assert "5 adviezen" not in tekst
    assert "van circa 1000 adviezen" in tekst


def test_een_filter_telt_zichzelf_niet_mee() -> None:
    uitslag = vind("jaar=2023&thema=arbeid")
    assert dict(uitslag.tellingen["jaar"]) == {"2023": 1, "2007": 1}
    assert dict(uitslag.tellingen["oordeel"]) == {"unaniem": 1}


def test_volgorde() -> None:
    assert [t.advies.kenmerk for t in vind("sorteer=oudste").treffers][0] == "adv-1"
    assert [t.advies.kenmerk for t in vind("").treffers][0] == "adv-2"
    assert [t.advies.kenmerk for t in vind("q=stad&sorteer=nieuwste").treffers] == ["adv-1"]


def test_bladeren_en_voorbij_het_eind(client: Client) -> None:
    for n in range(45):
        publiceer_advies(f"adv-2{n:02d}", f"Reeks {n}", jaar=1990, nummer=f"1990/{n + 1:02d}")
    uitslag = vind("q=reeks&pagina=3")
    assert (uitslag.totaal, uitslag.paginas, len(uitslag.treffers)) == (45, 3, 5)
    tekst = client.get("/adviezen/?q=reeks&pagina=99").content.decode()
    assert "Bladzijde 99 is er niet" in tekst


def test_ruim_zoeken_blijft_bladeren(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publiek.zoeken.RUIM", 1)
    assert vind("q=samenvatting OR kort OR advies").totaal >= 2
    assert vind("q=advies&pagina=60").pagina == 1


@pytest.mark.parametrize(
    ("vraag", "melding"),
    [
        ("pagina=abc", "is geen bladzijde"),
        ("pagina=-1", "is geen bladzijde"),
        ("pagina=²", "is geen bladzijde"),
        ("jaar=99999", "is geen jaartal"),
        ("jaar=tweeduizend", "is geen jaartal"),
        ("soort=sprookje", "is geen bekende keuze bij soort"),
        ("oordeel=%00", ""),
        ("q=%00%01", ""),
        ("q=" + "a" * 500, "Alleen de eerste 200 tekens"),
        ("q='", ""),
        ("q=%22%27%29%28%3A%2A%26%7C%21", ""),
        ("thema=%27%3B--", ""),
        ("sorteer=kwaad", ""),
    ],
)
def test_verkeerde_invoer_geeft_een_antwoord(client: Client, vraag: str, melding: str) -> None:
    antwoord = client.get(f"/adviezen/?{vraag}")
    assert antwoord.status_code == 200
    assert melding in antwoord.content.decode()
    api = client.get(f"/api/v1/adviezen?{vraag}")
    assert api.status_code in {200, 400}
    assert api["Content-Type"].startswith(("application/json", "application/problem+json"))


def test_toonvraag_kent_alle_vormen() -> None:
    assert "'adviez':*" in toonvraag("'advies':*")
    assert "'sted'" in toonvraag("'stad'")
    assert "stad" not in toonvraag("'huis' & !'stad'")
    assert toonvraag("!'stad'") == ""


def test_onder_embargo_is_er_niets_te_vinden(client: Client) -> None:
    from datetime import timedelta

    from django.utils import timezone

    publiceer_advies("adv-9", "Geheimenis", samenvatting="Kanariewoord.", vanaf=timezone.now() + timedelta(hours=1))
    assert vind("q=kanariewoord").totaal == 0
    assert vind("q=kanariewoort").bedoelde == ""
    for adres in ("/", "/adviezen/", "/feeds/adviezen.atom", "/sitemap.xml", "/api/v1/adviezen", "/cijfers/"):
        assert "eheimenis" not in client.get(adres).content.decode(), adres
    assert client.get("/adviezen/zonder-jaar/adv-9/").status_code == 404


def test_vast_aantal_zoekvragen(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        vind("q=advies")


def test_van_boven_naar_elk_filter_is_een_sprong(client: Client) -> None:
    html = client.get("/adviezen/").content.decode()
    assert '<a class="utrecht-skip-link sprong" href="#filters">' in html
    sprongen = re.findall(r'<li><a href="#(filter-\w+)">', html)
    assert sprongen == re.findall(r'<h2 id="(filter-\w+)"', html) != []
