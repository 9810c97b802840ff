"""Elke openbare bladzijde: zonder zoekvraag op `default`, zonder cookie, voor iedereen gelijk, alleen GET."""

from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from whitenoise.middleware import WhiteNoiseMiddleware

from publiek.views.voeding import VAST
from tests.publiek.wereld import ADRESSEN, NIET_BEWAARD, publiceer_advies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]


@pytest.mark.parametrize("adres", ADRESSEN)
def test_antwoordt_zonder_cookie_en_onder_de_leesrol(client: Client, adres: str) -> None:
    assert connections["publiek"] is connections["default"]
    with CaptureQueriesContext(connections["publiek"]) as vragen:
        antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    assert not antwoord.cookies
    assert "Cookie" not in antwoord.get("Vary", "")
    assert antwoord["Cache-Control"] == "public, max-age=0, must-revalidate"
    rol = ""
    for vraag in vragen.captured_queries:
        sql = vraag["sql"]
        if "LOCAL ROLE" in sql:
            rol = sql.split()[-1]
        elif sql.startswith("SELECT") and "publiek.stand" not in sql:
            assert rol == "ser_publiek", f"{adres} las buiten de leesrol: {sql[:200]}"


@pytest.mark.parametrize("adres", ADRESSEN)
def test_is_voor_iedereen_gelijk(client: Client, buitenstaander: Any, adres: str) -> None:
    zonder = client.get(adres)
    from publiek.cache import BEWARING

    BEWARING.wis()
    client.force_login(buitenstaander)
    met = client.get(adres)
    assert met.content == zonder.content
    assert met["ETag"] == zonder["ETag"]


@pytest.mark.parametrize("adres", ADRESSEN)
def test_alleen_get_en_head(client: Client, adres: str) -> None:
    assert client.post(adres).status_code == 405
    hoofd = client.head(adres)
    assert hoofd.status_code == 200
    assert hoofd.content == b""


@pytest.mark.parametrize("adres", NIET_BEWAARD)
def test_wat_per_keer_verschilt_wordt_niet_bewaard(client: Client, adres: str, monkeypatch: Any) -> None:
    monkeypatch.setattr("publiek.planning.maak_adviespdf.apply_async", lambda **kw: None)
    assert client.get(adres)["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "adres",
    [
        "/adviezen/2024/99/",
        "/adviezen/1899/adv-77/",
        "/adviezen/zonder-jaar/adv-0/",
        "/trajecten/bestaat-niet/",
        "/commissies/bestaat-niet/",
        "/vergaderingen/2024-01-01/",
        "/themas/bestaat-niet/",
        "/adviezen/2024/99/advies.pdf",
    ],
)
def test_wat_er_niet_is_geeft_404(client: Client, adres: str) -> None:
    assert client.get(adres).status_code == 404


def test_advies_heeft_een_vast_adres(client: Client) -> None:
    antwoord = client.get("/adviezen/2023/adv-2/")
    assert antwoord.status_code == 301
    assert antwoord["Location"] == "/adviezen/2023/04/"
    assert client.get("/adviezen/2023/4/")["Location"] == "/adviezen/2023/04/"
    assert client.get("/adviezen/zonder-jaar/adv-2/")["Location"] == "/adviezen/2023/04/"


def test_advies_zegt_wat_het_weet(client: Client) -> None:
    tekst = client.get("/adviezen/2023/04/").content.decode()
    for stuk in (
        "<h1>Sociale innovatie in bedrijven</h1>",
        "do 16 maart 2023 (afgeleid)",
        "Unaniem",
        "minister van Proef",
        '<li id="aanbeveling-1">',
        'type="application/ld+json"',
        "3 maanden na uitbrengen op do 16 maart 2023 = vr 16 juni 2023",
        "reactie gekomen op do 3 juli 2025, 748 dagen na de datum",
        "De dag van vaststelling, do 16 maart 2023, is zelf afgeleid.",
        "De dag van uitbrengen is niet bekend; gerekend is vanaf de dag van vaststelling.",
    ):
        assert stuk in tekst, stuk


def test_niet_bekend_is_nooit_te_laat(client: Client) -> None:
    tekst = client.get("/adviezen/2010/adv-3/").content.decode()
    assert "Reactie niet bekend" in tekst
    assert "na de datum" not in tekst
    assert "klok-" not in tekst
    rapport = client.get("/adviezen/zonder-jaar/adv-4/").content.decode()
    assert "datum niet bekend" in rapport
    assert "Er is bij ons geen reactie" not in rapport


def test_voorbeeld_draagt_overal_het_merk(client: Client) -> None:
    for adres in ("/adviezen/?q=proefveld", "/adviezen/2026/v01/", "/feeds/adviezen.atom"):
        assert "VOORBEELD" in client.get(adres).content.decode(), adres
    assert client.get("/api/v1/adviezen?q=proefveld").json()["adviezen"][0]["voorbeeld"] is True
    assert "v01" not in client.get("/sitemap.xml").content.decode()
    assert "noindex" in client.get("/adviezen/2026/v01/").content.decode()


def test_de_sitemap_noemt_de_amsterdamse_dag(client: Client) -> None:
    """Adviezen worden om middernacht openbaar; in UTC is dat de dag ervoor."""
    kaart = client.get("/sitemap.xml").content.decode()
    assert "/adviezen/2023/04/</loc><lastmod>2023-01-01</lastmod>" in kaart
    for pad in VAST:
        assert client.get(pad).status_code == 200, pad
        assert f"{pad}</loc>" in kaart
    assert {"/bekendmakingen/", "/raad/nevenfuncties/", "/api/"} <= set(VAST)


def test_wie_vastloopt_leest_waar_hij_terechtkan(client: Client, settings: Any) -> None:
    """De verklaring hoort een adres te noemen; op de afzender van het portaal leest niemand de antwoorden."""
    settings.CONTACT_ADRES = "portaal-vragen@voorbeeld.test"
    for pad in ("/toegankelijkheid", "/privacy"):
        assert 'href="mailto:portaal-vragen@voorbeeld.test"' in client.get(pad).content.decode(), pad
    assert "Contact: mailto:portaal-vragen@voorbeeld.test" in client.get("/.well-known/security.txt").content.decode()


@pytest.mark.parametrize("pad", ["/toegankelijkheid", "/privacy"])
def test_een_streep_te_veel_brengt_u_bij_dezelfde_bladzijde(client: Client, pad: str) -> None:
    """Alle andere bladzijden eindigen op een schuine streep; wie die hier ook typt, hoort geen 404 te krijgen."""
    antwoord = client.get(f"{pad}/")
    assert (antwoord.status_code, antwoord["Location"]) == (301, pad)


def test_security_txt_verloopt_niet_binnenkort(client: Client) -> None:
    from datetime import UTC, datetime, timedelta

    regel = next(r for r in client.get("/.well-known/security.txt").content.decode().splitlines() if "Expires" in r)
    vervalt = datetime.strptime(regel.partition(": ")[2], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert vervalt > datetime.now(UTC) + timedelta(days=30)


def test_een_browser_vindt_het_pictogram_ook_op_het_vaste_adres(rf: Any, settings: Any) -> None:
    settings.STATIC_ROOT = settings.BASE_DIR / "static"
    antwoord = WhiteNoiseMiddleware(lambda _: HttpResponse(status=404))(rf.get("/favicon.ico"))
    assert antwoord.status_code == 200
    inhoud = b"".join(antwoord.streaming_content)  # type: ignore[attr-defined]
    antwoord.close()
    assert inhoud.startswith(b"\x00\x00\x01\x00"), "een .ico"


def test_een_lezer_met_toetsenbord_komt_meteen_bij_de_tekst_en_de_pdf(client: Client) -> None:
    publiceer_advies("heel", "Een heel advies", jaar=2012, html="<h2 data-blok='b1'>Kop</h2>", volledig=True)
    bladzijde = client.get("/adviezen/2012/heel/").content.decode()
    kop = bladzijde.partition('class="pagina-lijf"')[0]
    assert 'href="#kop-tekst"' in kop
    assert 'advies.pdf"' in kop
    assert 'id="kop-tekst"' in bladzijde
