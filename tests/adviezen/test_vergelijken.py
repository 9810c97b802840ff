"""Twee versies vergelijken en de geschiedenis van een alinea: wat er staat, wie het ziet, en wat het kost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import expect

from adviezen.actions.opmerkingen import plaats_opmerking
from adviezen.enums import SoortVersie, Stap
from adviezen.models import ReactieItem, Verwerking
from adviezen.queries import vergelijken as queries
from inrichting import voorbeeld_teksten as teksten
from kern.blokken import blokken
from logboek.models import Inzage
from overgangen import voer_uit
from tests.adviezen import bouw
from tests.browser import axe, bladzijden, loopt_over

pytestmark = pytest.mark.django_db


def pad(oud, nieuw, **vraag):
    adres = reverse("lezen:vergelijk", kwargs={"oud": oud.pk, "nieuw": nieuw.pk})
    return adres + ("?" + "&".join(f"{n}={w}" for n, w in vraag.items()) if vraag else "")


def alineapad(versie, blok):
    return reverse("lezen:geschiedenis", kwargs={"pk": versie.pk, "blok": blok})


@pytest.fixture
def cast(wereld):
    queries.bewaring.leeg()
    return bouw.traject_op(Stap.CONCEPT, wereld)


@pytest.fixture
def paar(cast):
    return bouw.versie(cast, html=teksten.THUISWERKEN_2), bouw.versie(cast, html=teksten.THUISWERKEN_3)


def blok(versie, begin):
    return next(b.id for b in blokken(versie.html) if b.tekst.startswith(begin))


def test_doorlopend_staat_alles_er_een_keer(als, cast, paar):
    html = als(cast.wereld.account("FNV 2")).get(pad(*paar)).content.decode()
    assert "Van concept 1 naar concept 2" in html
    assert html.count("<table") == 1
    assert '<ins class="wijziging-erbij"><span class="alleen-lezer">ingevoegd: </span>41.000' in html
    assert '<del class="wijziging-eraf">In de tijd van de reisbeperkingen' in html
    assert "verplaatst</strong> uit" in html
    assert "stond hier, nu" in html
    assert "1 verplaatst" in html
    stops = [int(n) for n in re.findall(r'id="w-(\d+)"', html)]
    assert sorted(stops) == list(range(1, max(stops) + 1)), "elke wijziging is één keer te bereiken"
    assert all(f'href="#w-{n}"' in html for n in range(2, max(stops)))


def test_naast_elkaar_en_alleen_wijzigingen(als, cast, paar):
    client = als(cast.wereld.account("FNV 2"))
    naast = client.get(pad(*paar, naast=1)).content.decode()
    assert naast.count("<table") == 2
    assert "staat er niet meer" in naast
    assert sorted(int(n) for n in re.findall(r'id="w-(\d+)"', naast)) == list(
        range(1, queries.verschillen(*paar).aantal + 1)
    )
    alleen = client.get(pad(*paar, alleen=1)).content.decode()
    assert "zonder wijziging" in alleen
    assert "De vragers willen weten" not in alleen
    assert f"{pad(*paar)}#" in alleen, "vanaf een weggelaten stuk gaat een link naar de hele tekst"


def test_gelijke_teksten_zeggen_dat(als, cast, paar):
    zitting = bouw.vergadering(cast.wereld, "commissie", commissie=cast.traject.commissie)
    wit = bouw.versie(cast, SoortVersie.WIT, html=paar[1].html, vastgesteld_in=zitting)
    html = als(cast.secretaris).get(pad(paar[1], wit)).content.decode()
    assert "woord voor woord gelijk" in html


def test_kiezen_gaat_naar_het_vaste_adres_met_de_oudste_links(als, cast, paar):
    client, kies = als(cast.secretaris), reverse("lezen:vergelijk_kies")
    een, twee = paar
    assert client.get(kies, {"van": twee.pk, "naar": een.pk, "naast": "1"}).url == pad(een, twee, naast=1)
    assert client.get(kies, {"van": een.pk, "naar": een.pk}).url == reverse("lezen:versie", kwargs={"pk": een.pk})
    for vraag in ({}, {"van": "x", "naar": een.pk}, {"van": een.pk, "naar": "999999"}):
        assert client.get(kies, vraag).status_code == 404


def test_alleen_wie_beide_versies_ziet(als, wereld):
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    wit = cast.traject.versies.last()
    concept = cast.traject.versies.first()
    coordinator = wereld.raad.coordinatoren["FNV"]
    assert als(coordinator).get(reverse("lezen:versie", kwargs={"pk": wit.pk})).status_code == 200
    assert als(coordinator).get(pad(concept, wit)).status_code == 404
    assert als(coordinator).get(reverse("lezen:vergelijk_kies"), {"van": concept.pk, "naar": wit.pk}).status_code == 404
    assert als(wereld.secretaris).get(pad(concept, wit)).status_code == 200
    ander = bouw.versie(bouw.traject_op(Stap.CONCEPT, wereld))
    assert als(wereld.secretaris).get(pad(wit, ander)).status_code == 404
    assert als(wereld.secretaris).get(pad(wit, wit)).status_code == 404
    keuze = als(coordinator).get(alineapad(wit, blokken(wit.html)[0].id)).content.decode()
    assert "Concept" not in keuze


def test_lezen_wordt_vastgelegd_en_kijken_met_head_niet(als, cast, paar):
    client = als(cast.secretaris)
    client.head(pad(*paar))
    assert not Inzage.objects.exists()
    client.get(pad(*paar))
    assert sorted(Inzage.objects.values_list("object_id", flat=True)) == sorted(str(v.pk) for v in paar)


def test_de_tweede_keer_komt_uit_het_geheugen_en_na_een_uur_niet(cast, paar, monkeypatch):
    keren = []
    echt = queries.vergelijk
    monkeypatch.setattr(queries, "vergelijk", lambda oud, nieuw: keren.append(1) or echt(oud, nieuw))
    assert queries.verschillen(*paar) is queries.verschillen(*paar)
    assert len(keren) == 1
    uur = queries.time.monotonic() + queries.BEWAARTIJD + 1
    monkeypatch.setattr(queries.time, "monotonic", lambda: uur)
    queries.verschillen(*paar)
    assert len(keren) == 2


def test_wat_weg_moest_en_terugkwam_blijft_vanaf_dan_een_uur(paar, monkeypatch):
    lang = sum(len(v.html) for v in paar)
    monkeypatch.setattr(queries, "MEESTE_LETTERS", lang)
    nu = queries.time.monotonic()
    klok = iter([nu, nu + 1, nu + 2000, nu + queries.BEWAARTIJD + 10, nu + 2000 + queries.BEWAARTIJD + 10])
    monkeypatch.setattr(queries.time, "monotonic", lambda: next(klok))
    queries.verschillen(*paar)
    queries.verschillen(*paar[::-1])  # verdringt de eerste
    terug = queries.verschillen(*paar)
    assert queries.verschillen(*paar) is terug  # het eerste uur is om, het tweede niet
    assert queries.verschillen(*paar) is not terug


def test_het_geheugen_is_begrensd(cast, paar, monkeypatch):
    lang = sum(len(v.html) for v in paar)
    monkeypatch.setattr(queries, "MEESTE_LETTERS", lang)
    eerste = queries.verschillen(*paar)
    queries.verschillen(*paar[::-1])
    assert queries.verschillen(*paar) is not eerste
    queries.bewaring.leeg()
    monkeypatch.setattr(queries, "MEESTE_LETTERS", 10)
    assert queries.verschillen(*paar) is not queries.verschillen(*paar)


def test_het_aantal_zoekvragen_groeit_niet_met_de_versies(als, cast, paar):
    client = als(cast.secretaris)
    client.get(pad(*paar))
    with CaptureQueriesContext(connection) as weinig:
        client.get(pad(*paar))
    for nummer in range(8):
        bouw.versie(cast, html=f"<p>Versie {nummer}.</p>")
    with CaptureQueriesContext(connection) as veel:
        client.get(pad(*paar))
    assert len(veel) == len(weinig) <= 20


def test_het_leesscherm_wijst_naar_de_vergelijking_met_wat_deze_lezer_mag_zien(als, wereld):
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    wit, concept = cast.traject.versies.last(), bouw.versie(cast, html="<p>Een heel andere tekst.</p>")
    adres = reverse("lezen:versie", kwargs={"pk": concept.pk})
    assert pad(wit, concept) in als(wereld.secretaris).get(adres).content.decode()
    leeg = als(wereld.raad.coordinatoren["FNV"]).get(reverse("lezen:versie", kwargs={"pk": wit.pk})).content.decode()
    assert "Vergelijk en neem mee" in leeg
    assert "Wat er veranderde sinds" not in leeg


# --- de geschiedenis van een alinea -----------------------------------------------------------------------------------


def blokteksten(versie):
    return {b.id: b.tekst for b in blokken(versie.html)}


def test_de_geschiedenis_noemt_wie_wanneer_en_wat(als, cast, paar):
    een, twee = paar
    derde = bouw.versie(cast, html=teksten.THUISWERKEN_3.replace("met één loket", "zonder loket"))
    drempel = blok(een, "De commissie denkt aan")
    blad = als(cast.wereld.account("FNV 2")).get(alineapad(derde, drempel))
    boven, html = blad.content.decode().split("Alle versies")
    # Per stukje de versie die het bracht: niets ervan stond er zo in concept 1 dat nu een cijfer draagt.
    uit = blad.context["herkomst"]
    assert "".join(s.tekst for s in uit.stukjes) == next(b.tekst for b in blokken(derde.html) if b.id == drempel)
    assert {uit.bronnen[s.nummer - 1].versie for s in uit.stukjes if s.nummer} == {twee, derde}
    assert all(s.tekst.strip() in blokteksten(een)[drempel] for s in uit.stukjes if not s.nummer)
    assert "Waarom zij nu zo luidt" in boven
    assert html.index("Concept 3") < html.index("Concept 2") < html.index("Concept 1")
    assert '<del class="wijziging-eraf"><span class="alleen-lezer">geschrapt: </span>met één' in html
    assert "Nieuw in deze versie" in html
    assert cast.secretaris.naam in html
    assert f'href="{pad(een, twee)}#{drempel}"' in html
    verhuisd = als(cast.secretaris).get(alineapad(twee, blok(een, "Cijfers over"))).content.decode()
    assert "kwam uit “3. Voorlopige richting”" in verhuisd
    weg = als(cast.secretaris).get(alineapad(een, blok(een, "In de tijd"))).content.decode()
    assert "Geschrapt" in weg
    rij = als(cast.secretaris).get(alineapad(twee, blok(een, "België"))).content.decode()
    assert "41.000" in rij
    assert als(cast.secretaris).get(alineapad(een, "bzzzzzzzz9")).status_code == 404
    assert als(cast.secretaris).get(alineapad(een, "geen-blok")).status_code == 404


def test_de_geschiedenis_vertelt_waarom_en_alleen_aan_wie_dat_mag(als, wereld):
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    wit = cast.traject.versies.last()
    fnv = cast.beraad.deelnames.get(organisatie=wereld.raad.organisaties["FNV"])
    reactie = bouw.begin_reactie(fnv, oordeel="akkoord_mits")
    punt = ReactieItem.objects.create(
        reactie=reactie, volgorde=1, tekst="Maak dit eenvoudig.", blok=blokken(wit.html)[1].id
    )
    concept = als(cast.secretaris).get(alineapad(wit, punt.blok)).content.decode()
    assert punt.tekst not in concept
    voer_uit(type(reactie), reactie.pk, None, "dien_in", door=fnv.contact, indiener=fnv.contact)
    nieuw = bouw.versie(cast, html=wit.html.replace("verzonnen onderwerp", "verzonnen en eenvoudig onderwerp"))
    Verwerking.objects.create(
        item=punt,
        oordeel="deels",
        reden="Half gelijk (voorbeeld).",
        voorgesteld_door=cast.secretaris,
        antwoord_versie=nieuw,
        antwoord_blok=punt.blok,
    )
    plaats_opmerking(versie=wit, blok=punt.blok, tekst="Alleen voor mij.", kring="prive", door=wereld.account("FNV 2"))
    adres = alineapad(nieuw, punt.blok)
    secretaris = als(cast.secretaris).get(adres).content.decode()
    assert punt.tekst in secretaris
    assert "Half gelijk (voorbeeld)." in secretaris
    assert "Hier verwerkt" in secretaris
    assert "Alleen voor mij." not in secretaris
    assert "Alleen voor mij." in als(wereld.account("FNV 2")).get(adres).content.decode()
    coordinator = als(wereld.raad.coordinatoren["VNO-NCW"]).get(alineapad(wit, punt.blok))
    assert coordinator.status_code == 200
    assert punt.tekst not in coordinator.content.decode()
    assert als(wereld.raad.coordinatoren["VNO-NCW"]).get(adres).status_code == 404


@pytest.mark.browser
def test_in_de_browser_met_alleen_toetsen_op_elke_breedte(als, cast, paar):
    client = als(cast.secretaris)
    adressen = [pad(*paar), alineapad(paar[1], blok(paar[0], "De commissie denkt"))]
    antwoorden = {adres: client.get(adres) for adres in adressen}
    aantal = queries.verschillen(*paar).aantal
    with bladzijden(antwoorden, viewport={"width": 360, "height": 800}) as blad:
        for adres in adressen:
            blad.goto(adres)
            for breedte in (360, 768, 1280):
                blad.set_viewport_size({"width": breedte, "height": 800})
                assert loopt_over(blad) == 0
            assert axe(blad) == []
        blad.goto(adressen[0])
        for toets, nummer in (("n", 1), ("n", 2), ("p", 1), ("p", aantal)):
            blad.keyboard.press(toets)
            assert blad.evaluate("document.activeElement.id") == f"w-{nummer}"
        blad.locator("#w-2 .verg-gang a", has_text="volgende").first.click()
        expect(blad.locator("#w-3")).to_be_focused()
        # Wie met zijn stem werkt, zet de letters uit; dat blijft zo, ook op de volgende bladzijde.
        blad.get_by_role("button", name="zet deze toetsen uit").click()
        blad.goto(adressen[0])
        blad.keyboard.press("n")
        assert blad.evaluate("document.activeElement === document.body")
        blad.get_by_role("button", name="zet deze toetsen aan").click()
        blad.keyboard.press("n")
        expect(blad.locator("#w-1")).to_be_focused()
