"""Stap 7: standpunten, oordeel, minderheidsnota's en de vaststelling."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adviezen.actions import standpunten as acties
from adviezen.actions.handelen import gevolgen, handel
from adviezen.actions.standpunten import Opvattinginvoer
from adviezen.enums import SoortVersie, Stap, Uitkomst
from adviezen.models import Registratie, Steun
from adviezen.policies.raad import lopende_agendering
from adviezen.queries.standpunten import stemmers
from adviezen.tekst import Nota, Passage, Standpunt, met_standpunten, vind_aanbevelingen
from berichten.models import Bericht
from kern.blokken import munt
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, VerouderdeVersie
from raad.enums import Geleding
from raad.models import Persoon
from stukken.actions import bewaar_bytes
from tests.adviezen import bouw
from vergaderingen.actions import leg_besluit_vast
from vergaderingen.concept import conceptverslag

pytestmark = pytest.mark.django_db


@pytest.fixture
def als(client):
    def log_in(gebruiker):
        client.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


def begin(wereld):
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld)
    bouw.geopend(wereld, lopende_agendering(cast.traject).agendapunt.vergadering)
    cast.vers()
    return cast


def zetels(cast, *gelederen):
    aanwezig = stemmers(lopende_agendering(cast.traject))
    return frozenset(s.zetel_pk for s in aanwezig if not gelederen or s.geleding in gelederen)


def leg_vast(cast, *opvattingen, **kw):
    gegevens = {"passage": "Maak het eenvoudiger.", "door": cast.raadssecretaris, "versie": None} | kw
    return acties.leg_passage_vast(traject=cast.traject, opvattingen=opvattingen, **gegevens)


def verdeeld(cast, **kw):
    ondernemers = zetels(cast, Geleding.ONDERNEMERS)
    return leg_vast(
        cast,
        Opvattinginvoer("Doen.", zetels(cast) - ondernemers),
        Opvattinginvoer("Niet doen.", ondernemers),
        **kw,
    )


def oordeel(cast, waarde):
    return acties.leg_oordeel_vast(traject=cast.traject, versie=None, oordeel=waarde, door=cast.raadssecretaris)


def test_de_vaste_woorden_en_voetnoten_staan_bij_de_opvattingen(cast):
    registratie = verdeeld(cast)
    rijen = list(registratie.opvattingen.all())
    assert [r.aanduiding for r in rijen] == ["een deel van de raad", "een ander deel van de raad"]
    assert rijen[1].voetnoot == "de ondernemersleden"
    assert not any(r.aangepast for r in rijen)
    assert Steun.objects.filter(registratie=registratie).count() == len(zetels(cast))
    opnieuw = verdeeld(cast, registratie=registratie, passage="Doe het samen.")
    assert (opnieuw.pk, opnieuw.passage) == (registratie.pk, "Doe het samen.")
    assert Steun.objects.filter(registratie=registratie).count() == len(zetels(cast))


def test_eigen_woorden_alleen_waar_de_bron_zwijgt(cast):
    alle = sorted(zetels(cast))
    deel = [
        Opvattinginvoer("A.", frozenset(alle[2:])),
        Opvattinginvoer("B.", frozenset(alle[:1])),
        Opvattinginvoer("C.", frozenset(alle[1:2]), aanduiding="nog één lid van de raad"),
    ]
    registratie = leg_vast(cast, *deel)
    rij = registratie.opvattingen.get(volgorde=2)
    assert (rij.aanduiding, rij.aangepast) == ("nog één lid van de raad", True)
    with pytest.raises(InvoerFout, match="staan de woorden vast") as fout:
        leg_vast(
            cast,
            Opvattinginvoer("A.", zetels(cast, Geleding.KROONLEDEN), aanduiding="iedereen"),
            Opvattinginvoer("B.", zetels(cast, Geleding.ONDERNEMERS)),
        )
    assert fout.value.veld == "opvatting_0"


@pytest.mark.parametrize(
    ("maak", "veld", "tekst"),
    [
        (lambda z: {"passage": "  ", "opvattingen": [Opvattinginvoer("A.", z)]}, "passage", "Noem of citeer"),
        (lambda z: {"opvattingen": []}, "opvatting_0", "ten minste één"),
        (lambda z: {"opvattingen": [Opvattinginvoer("", z)]}, "opvatting_0", "Schrijf de opvatting op"),
        (lambda z: {"opvattingen": [Opvattinginvoer("A.", frozenset())]}, "opvatting_0", "Niemand staat"),
        (lambda z: {"opvattingen": [Opvattinginvoer("A.", z | {0})]}, "opvatting_0", "niet aanwezig"),
        (
            lambda z: {"opvattingen": [Opvattinginvoer("A.", z), Opvattinginvoer("B.", z)]},
            "opvatting_1",
            "steunt al een andere",
        ),
    ],
)
def test_slechte_invoer_noemt_het_veld_en_verandert_niets(cast, maak, veld, tekst):
    invoer = {"passage": "Een passage."} | maak(zetels(cast))
    with pytest.raises(InvoerFout, match=tekst) as fout:
        acties.leg_passage_vast(traject=cast.traject, versie=None, door=cast.raadssecretaris, **invoer)
    assert fout.value.veld == veld
    assert not Registratie.objects.filter(agendering__traject=cast.traject).exists()


def test_alleen_de_secretaris_van_de_raad_en_alleen_in_stap_zeven(cast, wereld):
    with pytest.raises(GeenToegang):
        verdeeld(cast, door=cast.secretaris)
    with pytest.raises(VerouderdeVersie):
        verdeeld(cast, versie=cast.traject.rijversie - 1)
    ander = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    with pytest.raises(InvoerFout, match="stap 7"):
        acties.leg_oordeel_vast(traject=ander.traject, versie=None, oordeel="unaniem", door=ander.raadssecretaris)


def test_oordeel_volgt_de_standpunten(cast):
    with pytest.raises(InvoerFout, match="Kies unaniem"):
        oordeel(cast, "anders")
    with pytest.raises(InvoerFout, match="eerst de uiteenlopende"):
        oordeel(cast, "verdeeld")
    assert oordeel(cast, "unaniem").oordeel == "unaniem"
    registratie = verdeeld(cast)
    with pytest.raises(InvoerFout, match="unaniem kan dan niet"):
        oordeel(cast, "unaniem")
    # Het eerder vastgelegde "unaniem" klopt niet meer: vaststellen weigert.
    with pytest.raises(OvergangGeweigerd, match="afwijkend standpunt"):
        handel(traject=cast.traject, versie=None, overgang="stel_vast", door=cast.raadssecretaris)
    acties.verwijder_passage(traject=cast.traject, versie=None, registratie=registratie, door=cast.raadssecretaris)
    assert handel(traject=cast.traject, versie=None, overgang="stel_vast", door=cast.raadssecretaris)


def test_een_passage_van_een_ander_advies_blijft_staan(cast, wereld):
    ander = bouw.traject_op(Stap.VASTSTELLING, wereld)
    bouw.geopend(wereld, lopende_agendering(ander.traject).agendapunt.vergadering)
    ander.vers()
    vreemd = verdeeld(ander)
    with pytest.raises(InvoerFout, match="andere vergadering"):
        verdeeld(cast, registratie=vreemd)
    with pytest.raises(InvoerFout, match="andere vergadering"):
        acties.verwijder_passage(traject=cast.traject, versie=None, registratie=vreemd, door=cast.raadssecretaris)
    nota = voeg_nota_toe(ander, [ander_lid(ander)])
    with pytest.raises(InvoerFout, match="andere vergadering"):
        acties.verwijder_nota(traject=cast.traject, versie=None, nota=nota, door=cast.raadssecretaris)


def ander_lid(cast):
    return Persoon.objects.get(pk=stemmers(lopende_agendering(cast.traject))[0].persoon_pk)


def voeg_nota_toe(cast, leden, **kw):
    gegevens = {"titel": "Anders (voorbeeld)", "tekst": "<p>Wij zien dit anders.</p>"} | kw
    return acties.voeg_nota_toe(traject=cast.traject, versie=None, leden=leden, door=cast.raadssecretaris, **gegevens)


def test_minderheidsnota_van_wie_er_was_en_het_standpunt_verdedigde(cast, wereld):
    lid = ander_lid(cast)
    with pytest.raises(InvoerFout, match="verdedigde geen standpunt"):
        voeg_nota_toe(cast, [lid])
    registratie = verdeeld(cast)
    for veld, kw in (("titel", {"titel": " "}), ("tekst", {"tekst": "<p> </p>"})):
        with pytest.raises(InvoerFout) as fout:
            voeg_nota_toe(cast, [lid], **kw)
        assert fout.value.veld == veld
    with pytest.raises(InvoerFout, match="Noem de leden"):
        voeg_nota_toe(cast, [])
    afwezig = Persoon.objects.get(pk=wereld.raad.oud_lid.pk)
    with pytest.raises(InvoerFout, match="stemt niet"):
        voeg_nota_toe(cast, [afwezig])
    nota = voeg_nota_toe(cast, [lid], registratie=registratie)
    with pytest.raises(InvoerFout, match="hoort een minderheidsnota"):
        acties.verwijder_passage(traject=cast.traject, versie=None, registratie=registratie, door=cast.raadssecretaris)
    acties.verwijder_nota(traject=cast.traject, versie=None, nota=nota, door=cast.raadssecretaris)
    los = bewaar_bytes(inhoud=b"%PDF-1.7", naam="nota.pdf", soort="pdf")
    assert voeg_nota_toe(cast, [lid], tekst="", bestand=los).bestand == los


def test_vaststellen_maakt_de_tekst_en_het_advies(cast):
    verdeeld(cast)
    voeg_nota_toe(cast, [ander_lid(cast)])
    oordeel(cast, "verdeeld")
    cast.vers()
    vooraf = str(gevolgen(cast.traject, "stel_vast"))
    assert "verdeeld" in vooraf
    assert "1 minderheidsnota" in vooraf
    agendering = lopende_agendering(cast.traject)
    klaar = handel(traject=cast.traject, versie=cast.traject.rijversie, overgang="stel_vast", door=cast.raadssecretaris)
    agendering.refresh_from_db()
    tekst = klaar.versies.get(soort=SoortVersie.VASTGESTELD)
    assert (klaar.stap, agendering.uitkomst) == (Stap.AANBIEDING, Uitkomst.VASTGESTELD)
    assert tekst.vastgesteld_in == agendering.agendapunt.vergadering
    assert "Een ander deel van de raad</strong><sup>" in tekst.html
    assert "De ondernemersleden." in tekst.html
    assert "Minderheidsnota: Anders (voorbeeld)" in tekst.html
    assert klaar.advies.kenmerk == f"t-{klaar.pk}"
    assert (klaar.advies.oordeel, klaar.advies.datum, klaar.advies.nummer) == ("verdeeld", klaar.vastgesteld_op, None)
    assert Bericht.objects.filter(ontvanger=cast.secretaris, feit__startswith="adviezen.stel_vast:").count() == 1


def test_zonder_agendering_niets_te_tonen(wereld):
    cast = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    assert gevolgen(cast.traject, "stel_vast") == []
    assert gevolgen(cast.traject, "behandel_in_raad") == []
    assert len(gevolgen(cast.traject, "haal_terug_naar_commissie")) == 1


# --- de tekst (zuiver) ---------------------------------------------------------------------------------------------


PUNTEN = [Standpunt("één lid van de raad", "A & B.", "het kroonlid Jansen"), Standpunt("de raad", "C.", "x")]


def test_tekst_zonder_verdeeldheid_blijft_gelijk():
    assert met_standpunten("<p>Zo.</p>", [Passage("p", PUNTEN[:1])]) == "<p>Zo.</p>"


def test_voetnoten_nummeren_door_en_de_lijst_blijft_onderaan():
    html = '<p>Zo<sup>1</sup>.</p><ol class="voetnoten"><li class="voetnoot" id="voetnoot-1">Bron.</li></ol>'
    uit = met_standpunten(html, [Passage("Een <passage>", PUNTEN)], [Nota("Anders", "A en B", "<p>Nee.</p>")])
    assert uit.index("Standpunten in de raad") < uit.index("Minderheidsnota: Anders") < uit.index('class="voetnoten"')
    assert 'id="voetnoot-2">Het kroonlid Jansen.</li>' in uit
    assert 'id="voetnoot-3">' in uit
    assert "Een &lt;passage&gt;" in uit
    assert "A &amp; B." in uit


def test_zonder_voetnoten_komt_er_een_lijst_en_alleen_een_nota_geen():
    assert met_standpunten("<p>Zo.</p>", [Passage("p", PUNTEN)]).endswith("X.</li></ol>")
    assert met_standpunten("<p>Zo.</p>", [], [Nota("N", "A", "")]).endswith("<p>Van A.</p>")


def test_aanbevelingen_onder_hun_kop():
    html = munt(
        "<h2>Inleiding</h2><ul><li>Geen</li></ul><h2>Aanbevelingen</h2><h3>Aan het kabinet</h3><p>Vooraf.</p>"
        "<ol><li>Doe dit.</li><li>Doe dat.</li></ol><h2>Slot</h2><p>Klaar.</p>"
    )
    assert [g.tekst for g in vind_aanbevelingen(html)] == ["Doe dit.", "Doe dat."]
    assert all(g.blok for g in vind_aanbevelingen(html))
    alineas = munt("<h2>Aanbeveling</h2><p>Doe dit.</p><p>En dat.</p>")
    assert [g.tekst for g in vind_aanbevelingen(alineas)] == ["Doe dit.", "En dat."]
    assert vind_aanbevelingen(munt("<p>Niets.</p>")) == []


# --- de schermen --------------------------------------------------------------------------------------------------


def _keuzes(cast):
    """Vul het formulier: elke groep opvatting A, ondernemers B, en één afwijker."""
    agendering = lopende_agendering(cast.traject)
    groepen = list(dict.fromkeys((s.geleding, s.groep) for s in stemmers(agendering)))
    return {f"groep_{n}": "1" if geleding == Geleding.ONDERNEMERS else "0" for n, (geleding, _) in enumerate(groepen)}


def test_van_standpunten_tot_vastgesteld_in_de_browser(als, cast):
    client = als(cast.raadssecretaris)
    pad = {"slug": cast.traject.slug}
    gegevens = {
        "aantal": "2",
        "versie": cast.traject.rijversie,
        "passage": "Maak het eenvoudiger.",
        "marge": "4",
        "opvatting_0": "Doen.",
        "opvatting_1": "Niet doen.",
    } | _keuzes(cast)
    adres = reverse("adviezen:passage", kwargs=pad)
    assert "Wie vindt wat" in client.get(adres).content.decode()
    # Eerst alleen tonen: er wordt niets vastgelegd.
    tonen = client.post(adres, gegevens | {"toon": "1"})
    assert tonen.status_code == 200
    assert "ander deel van de raad" in tonen.content.decode()
    levend = client.post(adres, gegevens | {"toon": "1"}, HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in levend
    assert "de ondernemersleden" in levend
    assert 'name="opvatting_2"' in client.post(adres, gegevens | {"meer": "1"}).content.decode()
    assert not Registratie.objects.filter(agendering__traject=cast.traject).exists()
    # Een lid wijkt af, en een ander stemt niet mee in deze verdeling.
    agendering = lopende_agendering(cast.traject)
    eerste, tweede = stemmers(agendering)[:2]
    met_afwijker = gegevens | {f"stem_{eerste.zetel_pk}": "0", f"stem_{tweede.zetel_pk}": "geen"}
    assert client.post(adres, met_afwijker).status_code == 302
    registratie = Registratie.objects.get(agendering=agendering)
    assert Steun.objects.get(registratie=registratie, zetel=eerste.zetel_pk).opvatting.volgorde == 0
    assert not Steun.objects.filter(registratie=registratie, zetel=tweede.zetel_pk).exists()

    cast.vers()
    wijzig = reverse("adviezen:passage_wijzig", kwargs=pad | {"pk": registratie.pk})
    assert "Niet doen." in client.get(wijzig).content.decode()
    verouderd = client.post(wijzig, gegevens | {"opvatting_0": "Getypt werk"})
    assert verouderd.status_code == 422
    assert "Getypt werk" in verouderd.content.decode()
    assert client.post(wijzig, gegevens | {"versie": cast.traject.rijversie}).status_code == 302

    cast.vers()
    scherm = reverse("adviezen:standpunten", kwargs=pad)
    assert client.post(scherm, {"oordeel": "unaniem", "versie": cast.traject.rijversie}).status_code == 422
    assert client.post(scherm, {"oordeel": "verdeeld", "versie": cast.traject.rijversie}).status_code == 302
    cast.vers()
    lid = Steun.objects.filter(registratie=registratie).first().persoon_id
    nota = {"titel": "Anders", "tekst": "Wij zien dit anders.", "leden": [lid], "versie": cast.traject.rijversie}
    adres_nota = reverse("adviezen:nota", kwargs=pad)
    assert client.get(adres_nota).status_code == 200
    assert client.post(adres_nota, nota | {"tekst": ""}).status_code == 422
    assert client.post(adres_nota, nota).status_code == 302
    cast.vers()
    pagina = client.get(scherm).content.decode()
    assert "Anders" in pagina
    assert "Stel het advies vast" in pagina
    doe = reverse("adviezen:handeling", kwargs=pad | {"naam": "stel_vast"})
    assert client.post(doe, {"versie": cast.traject.rijversie}).status_code == 302
    assert cast.vers().stap == Stap.AANBIEDING
    # Daarna is het lezen, niet meer wijzigen.
    assert client.get(adres).status_code == 404
    assert "Leg het oordeel vast" not in client.get(scherm).content.decode()


def test_weghalen_en_weigeren_op_het_scherm(als, cast):
    registratie = verdeeld(cast)
    nota = voeg_nota_toe(cast, [ander_lid(cast)], registratie=registratie)
    client = als(cast.raadssecretaris)
    pad = {"slug": cast.traject.slug}
    weg = reverse("adviezen:passage_weg", kwargs=pad | {"pk": registratie.pk})
    versie = {"versie": cast.vers().rijversie}
    assert "Haal die eerst weg" in client.post(weg, versie, follow=True).content.decode()
    nota_weg = reverse("adviezen:nota_weg", kwargs=pad | {"pk": nota.pk})
    assert "weggehaald" in client.post(nota_weg, versie, follow=True).content.decode()
    assert "weggehaald" in client.post(weg, {"versie": cast.vers().rijversie}, follow=True).content.decode()
    assert client.post(weg, versie).status_code == 404


@pytest.mark.parametrize("naam", ["standpunten", "passage", "nota"])
def test_wie_het_scherm_ziet(als, cast, naam):
    adres = reverse(f"adviezen:{naam}", kwargs={"slug": cast.traject.slug})
    assert als(cast.raadssecretaris).get(adres).status_code == 200
    assert als(cast.secretaris).get(adres).status_code == (200 if naam == "standpunten" else 404)
    assert als(cast.buitenstaander).get(adres).status_code == 404


def test_nog_niets_te_zien_voor_de_behandeling(als, wereld):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    adres = reverse("adviezen:standpunten", kwargs={"slug": cast.traject.slug})
    assert "Nog niets vastgelegd" in als(cast.raadssecretaris).get(adres).content.decode()


def test_evenveel_zoekvragen_bij_meer_passages(als, cast):
    client = als(cast.raadssecretaris)
    adres = reverse("adviezen:standpunten", kwargs={"slug": cast.traject.slug})

    def tel():
        with CaptureQueriesContext(
            connection,
        ) as gevraagd:
            assert client.get(adres).status_code == 200
        return len(gevraagd)

    verdeeld(cast)
    tel()
    met_een = tel()
    for _ in range(4):
        verdeeld(cast)
    assert tel() == met_een


def test_een_vastgesteld_advies_staat_op_de_besluitenlijst_en_in_het_conceptverslag(wereld, als):
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    punt = cast.traject.agenderingen.get().agendapunt
    zin = "Het advies wordt unaniem vastgesteld en aangenomen."
    client = als(cast.raadssecretaris)
    blad = client.get(reverse("vergaderingen_lezen:besluiten", args=[punt.vergadering_id])).content.decode()
    assert zin in blad
    assert zin in conceptverslag(punt.vergadering)[1]
    leg_besluit_vast(agendapunt=punt, tekst="In eigen woorden vastgesteld.", door=cast.raadssecretaris)
    blad = client.get(reverse("vergaderingen_lezen:besluiten", args=[punt.vergadering_id])).content.decode()
    assert "In eigen woorden vastgesteld." in blad
    assert zin not in blad
