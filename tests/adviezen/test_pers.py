"""Persbericht, embargobalie en voorproef: klaar vóór het embargo, openbaar met het advies en nooit eerder."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from adviezen.actions.aanbieding import bevestig
from adviezen.actions.brieven import wijzig_brief
from adviezen.actions.inspraak import Partij, haal_inspraak_weg, leg_inspraak_vast
from adviezen.actions.pers import schrijf_persbericht
from adviezen.enums import Stap
from adviezen.models import Persbericht
from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie
from kern.tijd import nu, vandaag
from publicatie.models import Publicatie
from tests.adviezen import bouw
from tests.adviezen.aanbieden import alles_klaar, bied_aan, gegevens
from tests.hulp import zonder_bewaking

pytestmark = pytest.mark.django_db
GOED = {
    "titel": "SER wil eenvoud (voorbeeld)",
    "tekst": "Het kan eenvoudiger.\n\n<b>Echt</b>.",
    "woordvoerder": "W. Woordvoerder (voorbeeld)",
    "telefoon": "070 000 00 00",
    "email": "pers@voorbeeld.test",
}


def begin(wereld):
    return bouw.traject_op(Stap.AANBIEDING, wereld)


def schrijf(cast, **anders):
    return schrijf_persbericht(
        traject=cast.traject, versie=anders.pop("versie", None), door=anders.pop("door", cast.secretaris),
        **(GOED | anders),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"titel": " "}, "titel"),
        ({"tekst": ""}, "tekst"),
        ({"woordvoerder": ""}, "woordvoerder"),
        ({"telefoon": "", "email": ""}, "telefoon"),
        ({"email": "geen adres"}, "email"),
    ],
)
def test_wat_ontbreekt_noemt_het_veld(cast, anders, veld):
    with pytest.raises(InvoerFout) as fout:
        schrijf(cast, **anders)
    assert fout.value.veld == veld
    assert not Persbericht.objects.exists()


def test_ook_de_database_wil_een_woordvoerder_die_te_bereiken_is(cast):
    rij = schrijf(cast)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE adviezen_persbericht SET telefoon = '', email = '' WHERE id = %s", [rij.pk])


def test_wie_er_niet_over_gaat_schrijft_niet(cast, buitenstaander):
    with pytest.raises(GeenToegang):
        schrijf(cast, door=buitenstaander)
    oud = cast.traject.rijversie
    schrijf(cast, versie=oud)
    with pytest.raises(VerouderdeVersie):
        schrijf(cast, versie=oud)


def brief(cast):
    eerste = cast.traject.aanbieding.brieven.first()
    wijzig_brief(brief=eerste, versie=None, aan=eerste.aan, html="<p>Anders.</p>", door=cast.secretaris)


def gehoord(cast):
    vast = {"vorm": "hoorzitting", "van": vandaag(), "partijen": [Partij("Bond X")], "door": cast.secretaris}
    return leg_inspraak_vast(traject=cast.traject, **vast)


def niet_gehoord(cast):
    rij = gehoord(cast)
    bevestig(traject=cast.traject, versie=None, door=cast.tweede)
    haal_inspraak_weg(inspraak=rij, reden="Dubbel.", door=cast.secretaris)


@pytest.mark.parametrize("wijzig", [schrijf, brief, gehoord, niet_gehoord])
def test_wijzigen_vraagt_een_nieuwe_bevestiging(cast, wijzig):
    """Wat er uitgaat of met het advies openbaar wordt, zagen twee mensen zo."""
    alles_klaar(cast)
    assert cast.traject.aanbieding.bevestigd_op is not None
    oud = cast.traject.rijversie
    wijzig(cast)
    with pytest.raises(VerouderdeVersie):
        bevestig(traject=cast.traject, versie=oud, door=cast.tweede)
    aanbieding = cast.vers().aanbieding
    assert aanbieding.bevestigd_op is None
    assert aanbieding.klaargezet_op is not None


def test_het_persbericht_wordt_openbaar_met_het_advies_en_niet_eerder(cast):
    schrijf(cast)
    alles_klaar(cast, embargo_tot=nu() + timedelta(days=1))
    bied_aan(cast)
    rij = Publicatie.objects.get(sleutel=f"advies:t-{cast.traject.pk}")
    assert rij.metadata["persbericht"]["html"] == "<p>Het kan eenvoudiger.</p>\n<p>&lt;b&gt;Echt&lt;/b&gt;.</p>"
    assert rij.metadata["woordvoerder"]["telefoon"] == "070 000 00 00"
    adres = "/adviezen/2026/v31/persbericht/"
    assert Client().get(adres).status_code == 404
    with zonder_bewaking() as cursor:  # de klok van de database is niet te verzetten: verzet het begin
        cursor.execute("UPDATE publicatie_publicatie SET vanaf = now() WHERE id = %s", [rij.pk])
    antwoord = Client().get(adres)
    assert antwoord.status_code == 200
    tekst = antwoord.content.decode()
    assert "SER wil eenvoud (voorbeeld)" in tekst
    assert "mailto:pers@voorbeeld.test" in tekst
    assert Client().get(f"/adviezen/2026/t-{cast.traject.pk}/persbericht/").status_code == 301


def test_het_scherm_bewaart_en_houdt_bij_een_fout_wat_er_stond(cast):
    gegevens(cast)
    client = Client()
    client.force_login(cast.secretaris)
    adres = f"/werk/trajecten/{cast.traject.slug}/aanbieding/pers/"
    fout = client.post(adres, {**GOED, "telefoon": "", "email": "", "versie": cast.vers().rijversie})
    assert fout.status_code == 422
    assert "telefoonnummer of een e-mailadres" in fout.content.decode()
    assert "Het kan eenvoudiger." in fout.content.decode()
    cast.vers()
    assert client.post(adres, {**GOED, "versie": cast.traject.rijversie}).status_code == 302
    assert Persbericht.objects.get().woordvoerder == GOED["woordvoerder"]


def test_de_balie_toont_wat_er_komt_en_wat_ontbreekt(cast):
    client = Client()
    client.force_login(cast.secretaris)
    leeg = client.get("/werk/trajecten/embargo/").content.decode()
    assert "persbericht en woordvoerder, klaarzetten" in leeg
    schrijf(cast)
    straks = nu() + timedelta(days=1)
    alles_klaar(cast, embargo_tot=straks)
    assert "aanbieden" in client.get("/werk/trajecten/embargo/").content.decode()
    bied_aan(cast)
    tekst = client.get("/werk/trajecten/embargo/").content.decode()
    assert "niets" in tekst
    assert GOED["titel"] in tekst


def test_de_voorproef_is_de_openbare_bladzijde_en_alleen_voor_het_secretariaat(cast, buitenstaander):
    gegevens(cast)
    schrijf(cast)
    adres = f"/werk/trajecten/{cast.traject.slug}/voorproef/"
    client = Client()
    client.force_login(cast.secretaris)
    antwoord = client.get(adres)
    assert antwoord.status_code == 200
    assert "no-store" in antwoord["Cache-Control"]
    tekst = antwoord.content.decode()
    assert "journalist" in client.get(f"{adres}?als=pers").content.decode()
    for keuze in ("waarnemer", "adviserend"):
        lezer = client.get(f"{adres}?als={keuze}").content.decode()
        assert "nu leest, met alleen die rol" in lezer
        assert lezer.count("<tr>") > 2
        assert "De tekst die een" in lezer
    for dood in ("advies.pdf", "archief.pdf", "verwijzing.bib"):  # die adressen geven nu nog 404
        assert dood not in tekst, dood
    assert "Zij is nog niet gemaakt." in tekst
    for stuk in (
        "Voorproef.",
        "Thuiswerken over de grens (voorbeeld)",
        "Doe dit.",
        GOED["titel"],
        GOED["woordvoerder"],
    ):
        assert stuk in tekst, stuk
    assert not Publicatie.objects.filter(sleutel=f"advies:t-{cast.traject.pk}").exists()
    client.force_login(buitenstaander)
    assert client.get(adres).status_code == 404
    assert Client().get(adres).status_code == 302


def test_voor_de_vaststelling_is_er_nog_geen_voorproef(wereld):
    vroeg = bouw.traject_op(Stap.CONCEPT, wereld)
    client = Client()
    client.force_login(vroeg.secretaris)
    assert client.get(f"/werk/trajecten/{vroeg.traject.slug}/voorproef/").status_code == 404
    assert client.get(f"/werk/trajecten/{vroeg.traject.slug}/aanbieding/pers/").status_code == 404
