"""Lezen en opmerken: kringen, antwoorden, afdoen, klaar met lezen, de eigen PDF, en wie wat niet ziet."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import expect

from adviezen.actions import opmerkingen as acties
from adviezen.enums import Kring, SoortVersie, Stap
from adviezen.models import Leesstand, Opmerking, Versie
from adviezen.queries.beraad import kringen, kringkeuzes
from adviezen.queries.tekst import citaat, passages
from adviezen.queries.vergelijken import verschillen
from adviezen.templatetags.adviezen import passage
from kern.anker import Citaat
from kern.blokken import blokken
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu
from logboek.models import Inzage
from publicatie.actions import publiceer
from stukken.models import PdfOpdracht
from tests.adviezen import bouw
from tests.adviezen.hulp import versiepad as pad
from tests.browser import axe, bladzijden, loopt_over

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.CONCEPT, wereld)


@pytest.fixture
def versie(cast):
    return bouw.versie(cast)


def alinea(versie, plaats=1):
    return blokken(versie.html)[plaats].id


def test_een_lid_leest_merkt_op_en_de_secretaris_doet_af(als, cast, versie):
    lid, blok = cast.wereld.account("FNV 2"), alinea(versie)
    client = als(lid)
    bladzijde = client.get(pad(versie)).content.decode()
    assert f'id="{blok}"' in bladzijde
    assert "u leest als lid van de commissie" in bladzijde
    formulier = client.get(pad(versie, "opmerken"), {"blok": blok}).content.decode()
    assert "De raad adviseert" in formulier
    antwoord = client.post(
        pad(versie, "opmerken"), {"blok": blok, "tekst": "Dit kan korter.", "kring": "commissie", "soort": "gewoon"}
    )
    opmerking = Opmerking.objects.get()
    assert antwoord.url == f"{pad(versie)}#opmerking-{opmerking.pk}"
    assert opmerking.citaat.startswith("De raad adviseert")
    bij = {"pk": opmerking.pk}
    als(cast.secretaris).post(reverse("lezen:antwoord", kwargs=bij), {"tekst": "Wordt gedaan."})
    assert "Wordt gedaan." in als(lid).get(pad(versie)).content.decode()
    assert als(cast.secretaris).get(reverse("lezen:afdoen", kwargs=bij)).status_code == 200
    assert als(cast.secretaris).post(reverse("lezen:afdoen", kwargs=bij), {"afdoening": " "}).status_code == 422
    gegevens = {"afdoening": "Ingekort."}
    assert als(cast.secretaris).post(reverse("lezen:afdoen", kwargs=bij), gegevens).status_code == 302
    tweede = als(cast.secretaris).post(reverse("lezen:afdoen", kwargs=bij), gegevens)
    assert "al afgedaan" in tweede.content.decode()
    assert "Afgedaan: Ingekort." in als(lid).get(pad(versie)).content.decode()


@pytest.mark.parametrize(
    ("gegevens", "veld"),
    [
        ({"tekst": " "}, "tekst"),
        ({"kring": ""}, "kring"),
        ({"kring": "organisatie:999999"}, "kring"),
        ({"kring": "geleding:ondernemers"}, "kring"),
        ({"soort": "blokkerend"}, "voorstel"),
        ({"soort": "blokkerend", "voorstel": "Wel zo.", "kring": "prive"}, "kring"),
        ({"soort": "iets"}, "soort"),
    ],
)
def test_een_opmerking_die_niet_kan_houdt_wat_getypt_is(als, cast, versie, gegevens, veld):
    invoer = {"tekst": "Mijn woorden.", "kring": "commissie", "soort": "gewoon", "voorstel": ""} | gegevens
    antwoord = als(cast.wereld.account("FNV 2")).post(pad(versie, "opmerken"), invoer)
    assert antwoord.status_code == 422
    assert veld in antwoord.context["form"].errors
    assert "tekst" in gegevens or "Mijn woorden." in antwoord.content.decode()
    assert not Opmerking.objects.exists()


def test_de_kring_volgt_uit_de_eigen_rollen_en_niet_uit_het_formulier(cast, versie):
    lid, wereld = cast.wereld.account("FNV 2"), cast.wereld
    fnv, cnv = wereld.raad.organisaties["FNV"], wereld.raad.organisaties["CNV"]
    kw = {"versie": versie, "tekst": "Voor ons.", "door": lid}
    with pytest.raises(InvoerFout, match="Kies wie"):
        acties.plaats_opmerking(kring=Kring.ORGANISATIE, organisatie=cnv, **kw)
    with pytest.raises(InvoerFout, match="Kies wie"):
        acties.plaats_opmerking(kring=Kring.GELEDING, geleding="ondernemers", **kw)
    eigen = acties.plaats_opmerking(kring=Kring.ORGANISATIE, organisatie=fnv, **kw)
    vanzelf = acties.plaats_opmerking(kring=Kring.GELEDING, **kw)
    assert (eigen.organisatie, vanzelf.geleding, vanzelf.organisatie) == (fnv, "werknemers", None)
    assert {k.waarde for k in kringkeuzes(versie, lid)} == {
        "prive", f"organisatie:{fnv.pk}", "geleding:werknemers", "commissie", "secretariaat",
    }  # fmt: skip
    assert kringen(versie, wereld.buitenstaander) == []


def test_elke_kring_alleen_voor_wie_erin_zit(als, cast, versie):
    wereld = cast.wereld
    fnv2, cnv, vno = (wereld.account(s) for s in ("FNV 2", "CNV 1", "VNO-NCW 2"))
    lezers = {"FNV": fnv2, "CNV": cnv, "VNO": vno, "secretaris": cast.secretaris, "kroon": wereld.account("Kroonlid 5")}
    for kring in Kring:
        acties.plaats_opmerking(versie=versie, tekst=f"kanarie-{kring}", kring=kring, door=fnv2)
    ziet = {
        naam: {str(k) for k in Kring if f"kanarie-{k}" in als(wie).get(pad(versie)).content.decode()}
        for naam, wie in lezers.items()
    }
    assert ziet == {
        "FNV": {str(k) for k in Kring},
        "CNV": {"geleding", "commissie"},
        "VNO": {"commissie"},
        "secretaris": {"commissie", "secretariaat"},
        "kroon": {"commissie"},
    }


def test_dubbel_versturen_geeft_een_opmerking_en_een_ander_blok_weer_een(cast, versie):
    kw = {"versie": versie, "tekst": "Eén keer.", "kring": Kring.COMMISSIE, "door": cast.secretaris}
    een, weer = (acties.plaats_opmerking(blok=alinea(versie), **kw) for _ in range(2))
    ander = acties.plaats_opmerking(blok=alinea(versie, 3), **kw)
    assert (een.pk, Opmerking.objects.count()) == (weer.pk, 2)
    assert ander.pk != een.pk
    with pytest.raises(InvoerFout, match="staat niet in deze versie"):
        acties.plaats_opmerking(blok="bbestaatniet", **kw)
    with pytest.raises(InvoerFout, match="Kies een opmerking of"):
        acties.plaats_opmerking(soort="iets", **kw)


def test_antwoorden_op_wat_je_niet_ziet_kan_niet(als, cast, versie):
    lid, ander = cast.wereld.account("FNV 2"), cast.wereld.account("VNO-NCW 2")
    prive = acties.plaats_opmerking(versie=versie, tekst="Voor mij.", kring=Kring.PRIVE, door=lid)
    with pytest.raises(GeenToegang):
        acties.plaats_opmerking(versie=versie, tekst="Hoi.", kring=Kring.PRIVE, antwoord_op=prive, door=ander)
    for naam in ("antwoord", "afdoen"):
        assert als(ander).get(reverse(f"lezen:{naam}", kwargs={"pk": prive.pk})).status_code == 404
    with pytest.raises(GeenToegang):
        acties.doe_opmerking_af(opmerking=prive, afdoening="Weg.", door=cast.secretaris)
    assert acties.doe_opmerking_af(opmerking=prive, afdoening="Zelf gedaan.", door=lid).afgedaan_door == lid


def test_wie_aan_het_secretariaat_schrijft_leest_het_antwoord_en_een_ander_niet(als, cast, versie):
    ministerie = cast.wereld.raad.ministerieel.gebruiker
    vraag = acties.plaats_opmerking(versie=versie, tekst="Klopt dit?", kring=Kring.SECRETARIAAT, door=ministerie)
    acties.plaats_opmerking(versie=versie, tekst="Ja, dat klopt.", kring="", antwoord_op=vraag, door=cast.secretaris)
    assert "Ja, dat klopt." in als(ministerie).get(pad(versie)).content.decode()
    assert "Ja, dat klopt." not in als(cast.wereld.account("FNV 2")).get(pad(versie)).content.decode()


def test_onzichtbaar_is_hetzelfde_als_niet_bestaand(als, cast, versie):
    for wie in (
        cast.buitenstaander,
        cast.wereld.beheerder,
        cast.wereld.account("FNV 1"),
        cast.wereld.raad.oud_lid.gebruiker,
    ):
        client = als(wie)
        for naam in ("versie", "opmerken", "pdf", "pdf_bestand"):
            echt, nep = client.get(pad(versie, naam)), client.get(reverse(f"lezen:{naam}", kwargs={"pk": 999_999}))
            assert (echt.status_code, nep.status_code) == (404, 404)
        assert client.post(pad(versie, "klaar")).status_code == 404
        with pytest.raises(GeenToegang):
            acties.plaats_opmerking(versie=versie, tekst="x", kring=Kring.PRIVE, door=wie)
    assert not Inzage.objects.exists()


def test_lezen_wordt_vastgelegd_en_klaar_blijft_van_de_lezer(als, cast, versie):
    lid = cast.wereld.account("FNV 2")
    client = als(lid)
    client.get(pad(versie))
    assert Inzage.objects.filter(actor_id=lid.pk, object_id=str(versie.pk)).count() == 1
    client.post(pad(versie, "klaar"))
    assert Leesstand.objects.get(gebruiker=lid).klaar_op is not None
    client.get(pad(versie))
    assert Leesstand.objects.get(gebruiker=lid).klaar_op is not None
    client.post(pad(versie, "klaar"), {"klaar": "nee"})
    assert Leesstand.objects.get(gebruiker=lid).klaar_op is None


def test_wijzigingen_sinds_de_vorige_keer(als, cast, versie):
    client = als(cast.wereld.account("FNV 2"))
    client.get(pad(versie))
    nieuw = bouw.versie(
        cast, html=bouw.TEKST.replace("eenvoudiger", "veel eenvoudiger").replace("<p>Doe het samen.</p>", "")
    )
    schoon = client.get(pad(nieuw)).content.decode()
    assert "Wijzigingen sinds concept 1" in schoon
    assert "1 gewijzigd" in schoon
    gewijzigd = client.get(pad(nieuw), {"sinds": "1"}).content.decode()
    assert "veel" in gewijzigd
    assert "Doe het samen." in gewijzigd
    assert "2 wijzigingen: 1 gewijzigd, 1 geschrapt" in gewijzigd
    # Dezelfde uitkomst als op het vergelijkscherm, met de opmerkingen erbij.
    assert dict(verschillen(versie, nieuw).tellingen) == {"gewijzigd": 1, "eraf": 1}
    assert f"/lezen/versie/{nieuw.pk}/opmerken/?blok=" in gewijzigd


def test_een_eigen_pdf_met_naam_en_merk(als, cast, versie):
    lid = cast.wereld.account("FNV 2")
    client = als(lid)
    assert client.get(pad(versie, "pdf_bestand")).status_code == 404
    assert client.post(pad(versie, "pdf")).status_code == 302
    client.post(pad(versie, "pdf"))
    opdracht = PdfOpdracht.objects.get()
    assert (opdracht.invoer["lezer"], opdracht.invoer["merk"]) == (lid.naam, "VERTROUWELIJK")
    assert client.get(pad(versie, "pdf")).status_code == 200
    assert als(cast.secretaris).get(pad(versie, "pdf_bestand")).status_code == 404
    opdracht.status = "mislukt"
    opdracht.save()
    assert als(lid).post(pad(versie, "pdf")).status_code == 302
    opdracht.refresh_from_db()
    assert opdracht.status == "wacht"


def test_de_pdf_met_eigen_opmerkingen_en_die_van_niemand_anders(als, cast, versie):
    lid = cast.wereld.account("FNV 2")
    kw = {"versie": versie, "kring": Kring.COMMISSIE}
    acties.plaats_opmerking(tekst="Van <mij>.", voorstel="Zo dan.", blok=alinea(versie), door=lid, **kw)
    acties.plaats_opmerking(tekst="Over het geheel van mij.", door=lid, **kw)
    acties.plaats_opmerking(tekst="Van een ander.", blok=alinea(versie), door=cast.secretaris, **kw)
    client = als(lid)
    client.post(pad(versie, "pdf"), {"opmerkingen": "1"})
    html = PdfOpdracht.objects.get().invoer["html"]
    for stuk in (
        "<h2>Mijn opmerkingen</h2>",
        "Bij alinea 1",
        "Van &lt;mij&gt;.",
        "Zo dan.",
        "Over het geheel van mij.",
    ):
        assert stuk in html
    assert "Van een ander." not in html
    client.post(pad(versie, "pdf"))
    assert PdfOpdracht.objects.count() == 2
    assert "Mijn opmerkingen" not in PdfOpdracht.objects.order_by("pk").last().invoer["html"]
    assert "opmerkingen=1" not in client.get(pad(versie)).context["pdf"].stand
    client.post(pad(versie, "pdf") + "?opmerkingen=1")
    assert client.get(pad(versie, "pdf"), {"opmerkingen": "1"}).status_code == 200


def test_na_een_mislukking_komt_de_pdf_met_de_opmerkingen_van_nu(als, cast, versie):
    lid = cast.wereld.account("FNV 2")
    for tekst in ("De eerste.", "De tweede."):
        acties.plaats_opmerking(tekst=tekst, versie=versie, kring=Kring.COMMISSIE, door=lid)
        als(lid).post(pad(versie, "pdf"), {"opmerkingen": "1"})
        PdfOpdracht.objects.update(status="mislukt")
    assert "De tweede." in PdfOpdracht.objects.order_by("pk").last().invoer["html"]


def test_passages_houden_alles_en_wijzen_elk_blok_aan():
    html = (
        '<h2 data-blok="b0001">Kop</h2><ul><li data-blok="b0002">een</li><li data-blok="b0003">twee</li></ul>'
        '<p data-blok="b0004">Slot</p>los'
    )
    delen = passages(html)
    assert [(d.blok, d.blokken, d.kop) for d in delen] == [
        ("b0001", ("b0001",), 1),
        ("b0002", ("b0002", "b0003"), 0),
        ("b0004", ("b0004",), 0),
        ("", (), 0),
    ]
    assert 'id="b0003"' in delen[1].html
    assert [d.tekst for d in passages("vooraf<p data-blok='b0001'>x</p>")] == ["vooraf", "x"]
    assert passages(" ") == []
    assert citaat('<p data-blok="b0001">' + "woord " * 100 + "</p>", "b0001").endswith("…")
    assert citaat(html, "b9999") == ""


def test_een_passage_op_het_scherm_ontsnapt_haar_woorden_en_telt_wat_er_nog_is():
    p = passages('<p data-blok="b0001">Is een &lt; twee &amp; "drie" voor wie zes zeven acht negen?</p>')[0]
    p.nummer, p.meer, p.gewijzigd = 3, 1, True
    html = passage({"eerder": None}, p, "/lezen/versie/1/", "")
    begin = "Is een &lt; twee &amp; &quot;drie&quot; voor wie …"
    assert html.count(f": {begin}</span>") == 2
    assert '<a href="/lezen/versie/1/alinea/b0001/">Nog 1 opmerking<' in html
    assert 'aria-hidden="true">3</span>' in html
    assert "gewijzigd sinds u keek" not in html
    assert "data-opmerken" not in html
    p.meer = 2
    html = passage({"eerder": "versie 1"}, p, "/lezen/versie/1/", "/op/")
    assert "Nog 2 opmerkingen<" in html
    assert "gewijzigd sinds u keek" in html
    assert 'data-opmerken href="/op/?blok=b0001">' in html


def test_evenveel_zoekvragen_bij_een_en_bij_tien_opmerkingen(als, cast, versie):
    client, tellingen = als(cast.wereld.account("FNV 2")), []
    for aantal in (1, 10):
        for n in range(aantal):
            acties.plaats_opmerking(
                versie=versie, tekst=f"{aantal}-{n}", kring=Kring.ORGANISATIE, door=cast.wereld.account("FNV 2")
            )
        client.get(pad(versie))
        with CaptureQueriesContext(connection) as gevangen:
            client.get(pad(versie))
        tellingen.append(len(gevangen))
    assert tellingen[0] == tellingen[1]


def test_vastgesteld_en_uitgebracht_is_niet_meer_vertrouwelijk(als, wereld):
    cast = bouw.traject_op(Stap.AANGEBODEN, wereld)
    versie = Versie.objects.get(traject=cast.traject, soort=SoortVersie.VASTGESTELD)
    publiceer(soort="advies", sleutel=f"advies:t-{cast.traject.pk}", titel="Advies", vanaf=nu(), door=cast.secretaris)
    assert als(wereld.account("FNV 1")).get(pad(versie)).status_code == 200
    assert not Inzage.objects.exists()


@pytest.mark.browser
@pytest.mark.parametrize("breedte", [360, 768, 1280])
def test_het_leesscherm_in_de_browser(als, cast, versie, breedte):
    lid = cast.wereld.account("FNV 2")
    opmerking = acties.plaats_opmerking(
        versie=versie, tekst="Niet zo.", voorstel="Wel zo.", soort="blokkerend", kring=Kring.COMMISSIE, door=lid,
        blok=alinea(versie), aanhaling=Citaat("De raad"),
    )  # fmt: skip
    antwoord = als(lid).get(pad(versie))
    assert "1 open opmerking" in antwoord.content.decode()
    with bladzijden({pad(versie): antwoord}, viewport={"width": breedte, "height": 800}) as blad:
        blad.goto(pad(versie))
        assert axe(blad) == []
        assert loopt_over(blad) == 0
        blad.locator(".passage-daad [data-opmerken]").first.click()
        # “Niet doen” haalt het formulier weg en verlaat de bladzijde niet: de plek in de tekst en de focus blijven.
        niet_doen = "a => !a.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))"
        assert blad.locator("form.opmerkformulier [data-niet-doen]").evaluate(niet_doen), "de link wordt niet gevolgd"
        assert blad.locator("form.opmerkformulier").count() == 0
        expect(blad.locator(".passage-daad [data-opmerken]").first).to_be_focused()
        blad.goto(f"{pad(versie)}#opmerking-{opmerking.pk}")
        rand = "getComputedStyle(document.querySelector('.opmerking:target')).outlineStyle"
        assert blad.evaluate(rand) == "solid", "wie naar een opmerking springt, ziet welke het is"
