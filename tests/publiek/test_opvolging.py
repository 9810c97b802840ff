"""Wat er openbaar is over de aanbevelingen: de antwoorden per advies, de lijst met filters en het rekenblad."""

import csv
import io
import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from adviezen.models import Geadresseerde
from kern.csvregels import veilig
from kern.tijd import vandaag
from opvolging.actions import (
    Antwoordregel,
    leg_antwoorden_vast,
    trek_bewijs_in,
    voeg_bewijs_toe,
    zet_stand,
)
from publiek.cache import BEWARING
from publiek.models import Aanbeveling, Advies
from publiek.opvolging import lees_filter, met_opvolging, met_voorgangers
from tests.adviezen.conftest import _stand, _wereld, wereld
from tests.browser import bladzijden
from tests.opvolging.hulp import leg_vast, openbaar, pagina, wacht_voorbij

__all__ = ["_stand", "_wereld", "wereld"]
pytestmark = pytest.mark.django_db


def test_tien_minuten_later_openbaar_met_citaat_stand_en_bewijs(client, wereld):
    rij = openbaar(wereld, [("Doe dit.", "minister A (voorbeeld)"), "Doe dat."])
    een = rij.aanbevelingen.select_related("advies").first()
    reactie = leg_vast(wereld, rij, kamerstuk="Kamerstuk 7 (voorbeeld)")
    fout = leg_antwoorden_vast(
        advies=rij, reactie=reactie, door=wereld.secretaris, regels=[Antwoordregel(een, "niet", "Verkeerd gelezen.")]
    )[0]
    leg_antwoorden_vast(
        advies=rij,
        reactie=reactie,
        door=wereld.secretaris,
        regels=[Antwoordregel(een, "neemt_over", "Dat doe ik.", "blz. 2", gezien=fout.pk)],
    )
    wet = voeg_bewijs_toe(
        aanbevelingen=[een], soort="wet", titel="Wet X", datum=vandaag(), bron="b", door=wereld.secretaris
    )
    zet_stand(aanbeveling=een, stand="uitgevoerd", motivering="Staat in de wet.", door=wereld.secretaris)
    assert "Dat doe ik." not in pagina(client, rij)
    wacht_voorbij()
    BEWARING.wis()
    tekst = pagina(client, rij)
    for stuk in ("Dat doe ik.", "blz. 2", "Kamerstuk 7 (voorbeeld)", "Uitgevoerd", "Staat in de wet.", "Wet X"):
        assert stuk in tekst
    assert "Verkeerd gelezen." not in tekst  # binnen tien minuten hersteld: nooit openbaar geweest
    trek_bewijs_in(bewijs=wet, reden="Verkeerd.", door=wereld.secretaris)
    BEWARING.wis()
    assert "Wet X" not in pagina(client, rij)


def test_het_advies_zelf_zegt_bij_elke_aanbeveling_wat_het_kabinet_antwoordde_en_wat_ervan_kwam(client, wereld):
    """Wie het advies opent, leest niet alleen wat er gevraagd is; wat niemand beoordeelde, krijgt geen merk."""
    rij = openbaar(wereld, ["Doe dit.", "Doe dat."])
    adres = Advies.objects.get(kenmerk=rij.kenmerk).get_absolute_url()
    een = rij.aanbevelingen.first()
    reactie = leg_vast(wereld, rij)
    leg_antwoorden_vast(
        advies=rij, reactie=reactie, door=wereld.secretaris, regels=[Antwoordregel(een, "deels", "Een stuk ervan.")]
    )
    zet_stand(aanbeveling=een, stand="niet_uitgevoerd", motivering="Het begon niet.", door=wereld.secretaris)

    def lijst():
        BEWARING.wis()
        tekst = client.get(adres).content.decode()
        return tekst.partition('class="aanbevelingen"')[2].partition("</ol>")[0].split("<li")[1:]

    assert [("Kabinet:" in punt, "Stand:" in punt) for punt in lijst()] == [(False, False)] * 2, "nog te herroepen"
    wacht_voorbij()
    met, zonder = lijst()
    assert "Neemt deels over" in met
    assert "Niet uitgevoerd" in met
    assert ("Kabinet:" in zonder, "Stand:" in zonder) == (False, False)


@pytest.mark.browser
def test_twee_ministers_die_anders_antwoorden_staan_met_hun_naam_in_het_advies(client, wereld):
    """ "Neemt deels over" en "Niet beantwoord" naast elkaar: van wie was welk?"""
    rij = openbaar(wereld, [("Doe dit.", "minister A (voorbeeld)")])
    een = rij.aanbevelingen.first()
    ander = Geadresseerde.objects.create(naam="minister B (voorbeeld)", soort="bewindspersoon", voorbeeld=True)
    een.aan.add(ander)
    reactie = leg_vast(wereld, rij)
    eerst = een.aan.exclude(pk=ander.pk).get()
    regels = [
        Antwoordregel(een, "deels", "Een stuk ervan.", geadresseerde=eerst),
        Antwoordregel(een, "niet_beantwoord", "", motivering="Hij noemt haar niet.", geadresseerde=ander),
    ]
    leg_antwoorden_vast(advies=rij, reactie=reactie, door=wereld.secretaris, regels=regels)
    wacht_voorbij()
    BEWARING.wis()
    adres = Advies.objects.get(kenmerk=rij.kenmerk).get_absolute_url()
    antwoord = client.get(adres)
    tekst = antwoord.content.decode()
    punt = re.sub(r"<[^>]+>|\s+", " ", tekst.partition('class="aanbevelingen"')[2].partition("</ol>")[0])
    assert re.search(r"Neemt deels over +minister A", punt), punt
    assert re.search(r"Niet beantwoord +minister B", punt), punt
    lijst = client.get("/aanbevelingen/")
    for pad, blad_ in ((adres, antwoord), ("/aanbevelingen/", lijst)):
        with bladzijden({pad: blad_}, viewport={"width": 360, "height": 740}) as blad:
            blad.goto(pad)
            delen = blad.locator(".bijeen").evaluate_all("alle => alle.map(e => e.getClientRects().length)")
            assert len(delen) >= 2, pad
            assert set(delen) == {1}, "een merk en wie het zei staan bij elkaar, ook op een telefoon"


def test_de_geschiedenis_is_openbaar(client, wereld):
    rij = openbaar(wereld)
    een = rij.aanbevelingen.first()
    reactie = leg_vast(wereld, rij)
    oud = leg_antwoorden_vast(
        advies=rij, reactie=reactie, door=wereld.secretaris, regels=[Antwoordregel(een, "nader", "Wij kijken.")]
    )[0]
    wacht_voorbij()
    leg_antwoorden_vast(
        advies=rij,
        reactie=reactie,
        door=wereld.secretaris,
        regels=[Antwoordregel(een, "niet", "Toch niet.", gezien=oud.pk)],
    )
    wacht_voorbij()
    tekst = pagina(client, rij)
    assert "“Toch niet.”" in tekst
    assert "kabinet beziet nader" in tekst


def test_filters_vinden_ook_wie_anders_heette(client, wereld):
    rij = openbaar(
        wereld, [("Eerste.", "minister van EZ (voorbeeld)"), ("Tweede.", "minister van OCW (voorbeeld)"), "Derde."]
    )
    oud = Geadresseerde.objects.get(naam="minister van EZ (voorbeeld)")
    tussen = Geadresseerde.objects.create(naam="minister van EZK (voorbeeld)", soort="bewindspersoon")
    nieuw = Geadresseerde.objects.create(naam="minister van KGG (voorbeeld)", soort="bewindspersoon")
    oud.opvolgers.add(tussen)
    tussen.opvolgers.add(nieuw)
    nieuw.opvolgers.add(oud)  # een kring mag het zoeken niet ophouden
    assert set(met_voorgangers(nieuw.pk)) == {oud.pk, tussen.pk, nieuw.pk}

    def gevonden(**vraag):
        return [r.aanbeveling.tekst for r in client.get("/aanbevelingen/", vraag).context["regels"]]

    assert gevonden(aan=nieuw.pk) == ["Eerste."]
    assert gevonden(stand="niet_bekend", oordeel="niet_bekend", q="tweede") == ["Tweede."]
    assert gevonden(oordeel="niet") == []
    assert gevonden(van=rij.jaar, tot=rij.jaar) == ["Eerste.", "Tweede.", "Derde."]
    assert gevonden(van=rij.jaar + 1) == []
    assert gevonden(thema="bestaat-niet") == []
    assert len(gevonden(aan="²", stand="onzin", van="99999", pagina="x")) == 3


def test_het_rekenblad_voert_niets_uit(client, wereld):
    openbaar(wereld, ["=HYPERLINK(1)", ("+1", "@iemand"), "gewoon"])
    antwoord = client.get("/aanbevelingen.csv")
    assert antwoord["Content-Type"].startswith("text/csv")
    rijen = list(csv.reader(io.StringIO(antwoord.content.decode().removeprefix("\ufeff")), delimiter=";"))
    assert [r[4] for r in rijen[1:]] == ["'=HYPERLINK(1)", "'+1", "gewoon"]
    assert rijen[2][5] == "'@iemand"
    assert [veilig(w) for w in (-3, None, " =1", "\ttab", "2-1")] == ["-3", "", "' =1", "'\ttab", "2-1"]


def test_evenveel_zoekvragen_bij_meer_aanbevelingen(client, wereld):
    def tel(pad):
        BEWARING.wis()
        with CaptureQueriesContext(connection) as gevraagd:
            assert client.get(pad).status_code == 200
        return len(gevraagd)

    rij = openbaar(wereld)
    paden = ("/aanbevelingen/", "/aanbevelingen.csv", f"/kabinetsreacties/{rij.kenmerk}/", "/kabinetsreacties/")
    eerst = [tel(p) for p in paden]
    for _ in range(4):
        openbaar(wereld, [f"Punt {n}" for n in range(6)])
    assert [tel(p) for p in paden] == eerst


def test_nog_geen_antwoord_alleen_zolang_het_advies_wacht(client, wereld):
    """Een stand zegt niets over het antwoord: na een brief die niemand beoordeelde is het antwoord niet bekend."""
    rij = openbaar(wereld, dagen_geleden=20)
    assert "Nog geen antwoord" in pagina(client, rij)
    leg_vast(wereld, rij)
    for punt in rij.aanbevelingen.select_related("advies"):
        zet_stand(aanbeveling=punt, stand="open", motivering="Nog niets gedaan.", door=wereld.secretaris)
    wacht_voorbij()
    BEWARING.wis()
    html = pagina(client, rij)
    assert "Nog niets gedaan." in html
    assert "Nog geen antwoord" not in html


def test_het_rekenblad_zegt_ook_dat_er_nog_geen_antwoord_is(client, wereld):
    openbaar(wereld, ["Doe dit."], dagen_geleden=20)
    openbaar(wereld, ["Doe dat."], klok=False)
    tekst = client.get("/aanbevelingen.csv").content.decode().removeprefix("\ufeff")
    per = {r["aanbeveling"]: r["antwoord kabinet"] for r in csv.DictReader(io.StringIO(tekst), delimiter=";")}
    assert per == {"Doe dit.": "nog geen antwoord", "Doe dat.": "niet bekend"}


def test_een_nul_in_het_filter_en_een_lege_lijst():
    assert lees_filter(QueryDict("q=a%00b")).q == "ab"
    assert met_opvolging(list(Aanbeveling.objects.none())) == []
