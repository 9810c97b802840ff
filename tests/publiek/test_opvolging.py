"""De openbare opvolging: de klokpagina, de matrix, de lijst met filters en het rekenblad."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from adviezen.models import Geadresseerde
from adviezen.openbaar import klok_van as klok_uit_het_archief
from adviezen.openbaar import publiceer_advies
from kern.csvregels import veilig
from kern.tijd import datum_nl, nu, vandaag
from opvolging.actions import (
    Antwoordregel,
    geef_klok_vrij,
    leg_antwoorden_vast,
    teken_brief_af,
    trek_bewijs_in,
    trek_reactie_in,
    verstuur_brief,
    voeg_bewijs_toe,
    zet_brief_klaar,
    zet_stand,
)
from opvolging.enums import Vorm
from opvolging.models import Herinneringsbrief
from publiek import cijfers
from publiek.cache import BEWARING
from publiek.lezen import als_zin, zonder_klok
from publiek.lezen import klok_van as openbare_klok
from publiek.models import Aanbeveling, Advies, Kabinetsreactie, Klok
from publiek.opvolging import lees_filter, met_opvolging, met_voorgangers
from tests.adviezen.conftest import _stand, _wereld, wereld
from tests.opvolging.hulp import advies, klok_van, leg_vast, openbaar, wacht_voorbij

__all__ = ["_stand", "_wereld", "wereld"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _leeg():
    BEWARING.wis()


def pagina(client, rij):
    antwoord = client.get(f"/kabinetsreacties/{rij.kenmerk}/")
    assert antwoord.status_code == 200
    return antwoord.content.decode()


def test_de_klokpagina_blijft_neutraal_tot_de_vrijgave(client, wereld):
    rij = openbaar(wereld, dagen_geleden=200)
    afgesproken = datum_nl(klok_van(rij).vervalt_op)
    tekst = pagina(client, rij)
    assert f"de reactie wordt afgewacht; afgesproken uiterlijk {afgesproken}" in tekst
    assert "nog geen reactie ontvangen" not in tekst.casefold()
    assert Advies.objects.get(kenmerk=rij.kenmerk).reactie == "afgewacht"
    geef_klok_vrij(advies=rij, vrij=True, door=wereld.algemeen_secretaris)
    BEWARING.wis()
    tekst = pagina(client, rij)
    assert f"nog geen reactie ontvangen; afgesproken uiterlijk {afgesproken}" in tekst
    assert Advies.objects.get(kenmerk=rij.kenmerk).reactie == "uitgebleven"


def test_een_wet_een_deel_en_een_ingetrokken_brief(client, wereld):
    rij = openbaar(wereld, dagen_geleden=200, klok=False)
    leg_vast(wereld, rij, vorm=Vorm.WET, kamerstuk="Stb. 1 (voorbeeld)")
    assert Advies.objects.get(kenmerk=rij.kenmerk).reactie == "wet"
    assert "Gevolgd in wet" in pagina(client, rij)
    ander = openbaar(wereld, dagen_geleden=10)
    deel = leg_vast(wereld, ander, gedeeltelijk=True)
    assert Advies.objects.get(kenmerk=ander.kenmerk).reactie == "deels_afgewacht"
    assert "Gedeeltelijke reactie" in pagina(client, ander)
    heel = leg_vast(wereld, ander, kamerstuk="heel")
    assert Advies.objects.get(kenmerk=ander.kenmerk).reactie == "op_tijd"
    trek_reactie_in(reactie=heel, reden="Teruggenomen (voorbeeld).", door=wereld.secretaris)
    BEWARING.wis()
    assert Advies.objects.get(kenmerk=ander.kenmerk).reactie == "deels_afgewacht"
    assert "Teruggenomen (voorbeeld)." in pagina(client, ander)
    assert not deel.ingetrokken_op


def test_wie_een_deel_kreeg_leest_niet_dat_er_niets_kwam(client, wereld):
    """Bladzijde, beginpagina, klokpagina en verhaal zeggen hetzelfde; de afgesproken dag staat op zijn plaats."""
    rij = openbaar(wereld, dagen_geleden=200)
    afgesproken = klok_van(rij).vervalt_op
    leg_vast(wereld, rij, gedeeltelijk=True, datum=afgesproken + timedelta(days=20))
    wacht = "de rest van de reactie wordt afgewacht"
    assert wacht in pagina(client, rij)
    geef_klok_vrij(advies=rij, vrij=True, door=wereld.algemeen_secretaris)
    for adres in (f"/adviezen/{rij.jaar}/{rij.kenmerk}/", "/", f"/kabinetsreacties/{rij.kenmerk}/"):
        BEWARING.wis()
        tekst = client.get(adres).content.decode()
        assert "nog geen reactie ontvangen" not in tekst.casefold(), adres
        assert "gedeeltelijke reactie ontvangen" in tekst.casefold(), adres
    lijst = client.get("/adviezen/").content.decode()
    assert ("gedeeltelijke reactie ontvangen" in lijst, "nog geen reactie" in lijst) == (True, False)
    verhaal = client.get(f"/adviezen/{rij.jaar}/{rij.kenmerk}/").content.decode()
    assert f"nog geen volledige reactie ontvangen; afgesproken uiterlijk {datum_nl(afgesproken)}" in verhaal
    dag, brief = "Afgesproken dag voor de reactie", "Gedeeltelijke reactie van het kabinet"
    assert 0 < verhaal.index(dag) < verhaal.rindex(brief)


def test_de_open_data_zeggen_van_een_deel_niet_dat_de_reactie_uitbleef(client, wereld):
    """Wie de standen telt, telde een gedeeltelijke reactie als geen; API, bestand, uitslag en filter noemen haar."""
    rij = openbaar(wereld, dagen_geleden=200)
    leg_vast(wereld, rij, gedeeltelijk=True, datum=klok_van(rij).vervalt_op - timedelta(days=20))
    assert client.get(f"/api/v1/adviezen/{rij.kenmerk}").json()["reactiestand"] == "deels_afgewacht"
    geef_klok_vrij(advies=rij, vrij=True, door=wereld.algemeen_secretaris)
    BEWARING.wis()
    assert client.get(f"/api/v1/adviezen/{rij.kenmerk}").json()["reactiestand"] == "deels_uitgebleven"
    assert ",deels_uitgebleven," in client.get(f"/data/adviezen-{rij.jaar}.csv").content.decode()
    uitslag = client.get("/adviezen/uitslag.json?reactie=deels_uitgebleven").json()["adviezen"]
    assert [(a["kenmerk"], a["reactie"]) for a in uitslag] == [(rij.kenmerk, "gedeeltelijk ontvangen, termijn voorbij")]
    codeboek = client.get("/api/").content.decode()
    assert "deels_uitgebleven: er kwam een reactie op een deel" in codeboek


def test_een_brief_over_twee_adviezen_is_openbaar_per_advies(wereld):
    heel, deel = openbaar(wereld, dagen_geleden=20), openbaar(wereld, dagen_geleden=20)
    leg_vast(wereld, heel, deel, deels=[deel])
    assert {r.kenmerk: r.gedeeltelijk for r in Kabinetsreactie.objects.all()} == {
        heel.kenmerk: False,
        deel.kenmerk: True,
    }


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
    tekst = client.get(Advies.objects.get(kenmerk=rij.kenmerk).get_absolute_url()).content.decode()
    punt = re.sub(r"<[^>]+>|\s+", " ", tekst.partition('class="aanbevelingen"')[2].partition("</ol>")[0])
    assert re.search(r"Neemt deels over +minister A", punt), punt
    assert re.search(r"Niet beantwoord +minister B", punt), punt


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


def test_brieven_en_niet_openbare_adviezen(client, wereld):
    rij = openbaar(wereld, dagen_geleden=200)
    brief = zet_brief_klaar(advies=rij, door=wereld.secretaris)
    teken_brief_af(brief=brief, versie=None, door=wereld.algemeen_secretaris)
    verstuur_brief(brief=brief, versie=None, door=wereld.secretaris)
    assert "Brieven van de SER hierover" not in pagina(client, rij)
    Herinneringsbrief.objects.update(verstuurd_moment=brief.aangemaakt_op - timedelta(minutes=11))
    BEWARING.wis()
    tekst = pagina(client, rij)
    assert "Brieven van de SER hierover" in tekst
    assert brief.tekst.splitlines()[-1] not in tekst
    stil = advies(wereld)
    assert client.get(f"/kabinetsreacties/{stil.kenmerk}/").status_code == 404
    assert not Klok.objects.filter(kenmerk=stil.kenmerk).exists()


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


def test_de_klokpagina_bladert_door_wat_er_niet_op_past(client, wereld, monkeypatch):
    """Na vijfhonderd ontvangen reacties hield zij zonder woord op; wat loopt las zij altijd helemaal."""
    monkeypatch.setattr("publiek.views.opvolging.HOOGSTENS", 1)
    oud, nieuw = openbaar(wereld, dagen_geleden=20), openbaar(wereld, dagen_geleden=10)
    een = client.get("/kabinetsreacties/").content.decode()
    assert (nieuw.titel in een, oud.titel in een, "?wacht=2" in een) == (True, False, True)
    twee = client.get("/kabinetsreacties/", {"wacht": "2"}).content.decode()
    assert (nieuw.titel in twee, oud.titel in twee) == (False, True)
    for rij in (oud, nieuw):
        leg_vast(wereld, rij)
    BEWARING.wis()
    assert "?pagina=2" in client.get("/kabinetsreacties/").content.decode()
    assert client.get("/kabinetsreacties/", {"pagina": "²", "wacht": "x"}).status_code == 200


def test_een_stilgezette_klok_en_een_onbekende(wereld):
    rij = openbaar(wereld, dagen_geleden=200)
    klok = Klok.objects.get(kenmerk=rij.kenmerk)
    klok.status = "gepauzeerd"
    assert openbare_klok(Advies.objects.get(kenmerk=rij.kenmerk), klok, []).toestand == "gepauzeerd"
    assert openbare_klok(Advies.objects.get(kenmerk=rij.kenmerk), None, []) is None
    filter_ = lees_filter(QueryDict("q=a%00b"))
    assert filter_.q == "ab"
    assert met_opvolging(list(Aanbeveling.objects.none())) == []


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


def test_zonder_klok_staat_er_waarom():
    """Een maand is geen dag, en een brief zonder dag is niet op tijd en niet te laat."""
    brief, zonder_dag = Kabinetsreactie(datum=date(2023, 10, 30)), Kabinetsreactie(datum=None)
    op_de_dag, in_de_maand = ({"datum_precisie": precisie} for precisie in ("dag", "maand"))
    for stand, precisie, reacties, zin in (
        ("ontvangen", in_de_maand, [brief], "Van dit advies is de dag niet bekend."),
        ("ontvangen", op_de_dag, [zonder_dag], "De dag van de reactie is niet bekend."),
        ("wet", op_de_dag, [brief], "Een wet volgde dit advies"),
        ("niet_bekend", op_de_dag, [], "Of er een termijn liep, is niet bekend."),
    ):
        assert zonder_klok(Advies(reactie=stand, metadata=precisie), reacties).startswith(zin)
    assert [als_zin(t) for t in ("er bestaat een brief", " Al af. ", "")] == ["Er bestaat een brief.", "Al af.", ""]


def test_de_bladzijde_van_het_advies_zegt_dat_een_brief_is_ingetrokken(client, wereld):
    rij = openbaar(wereld, dagen_geleden=20)
    brief = leg_vast(wereld, rij, kamerstuk="Kamerstuk 8 (voorbeeld)")
    trek_reactie_in(reactie=brief, reden="Bij het verkeerde advies (voorbeeld).", door=wereld.secretaris)
    adres = Advies.objects.get(kenmerk=rij.kenmerk).get_absolute_url()
    deel = client.get(adres).content.decode().partition('id="kop-reactie">')[2].partition("</section>")[0]
    assert "Kamerstuk 8 (voorbeeld)" in deel
    assert f"Ingetrokken op {datum_nl(vandaag())}: Bij het verkeerde advies (voorbeeld)." in deel
    (api,) = client.get(f"/api/v1/adviezen/{rij.kenmerk}").json()["kabinetsreacties"]
    assert api["vervallenReden"] == "Bij het verkeerde advies (voorbeeld)."
    assert "Ingetrokken kabinetsreactie · " in client.get("/zoeken/?q=voorbeeld&in=reacties").content.decode()


def test_een_brief_zonder_dag_is_een_reactie_en_maakt_een_latere_niet_te_laat(client, wereld):
    """De klok loopt weer als de brief met een dag is ingetrokken; wat er verder ligt, blijft een reactie."""
    rij = openbaar(wereld, dagen_geleden=200)
    geef_klok_vrij(advies=rij, vrij=True, door=wereld.algemeen_secretaris)
    fout = leg_vast(wereld, rij, kamerstuk="fout")
    leg_vast(wereld, rij, datum=vandaag().replace(day=1), datum_precisie="maand", kamerstuk="in een maand")
    openbare = Advies.objects.get(kenmerk=rij.kenmerk)
    assert openbare.reactie == "ontvangen", "de brief zonder dag kan de eerste zijn geweest"
    assert "dagen na de datum" not in pagina(client, rij)
    trek_reactie_in(reactie=fout, reden="Verkeerd advies (voorbeeld).", door=wereld.secretaris)
    BEWARING.wis()
    tekst = pagina(client, rij)
    assert Advies.objects.get(kenmerk=rij.kenmerk).reactie == "ontvangen"
    assert "nog geen reactie ontvangen" not in tekst
    assert "er kwam een reactie, de dag is niet bekend; afgesproken uiterlijk" in tekst


@pytest.mark.parametrize(
    ("velden", "gewacht", "stand"),
    [
        ({"uitgebracht_op": None, "dag_afgeleid": True}, 199, "later"),
        ({"uitgebracht_op": None}, 20, "op_tijd"),
        ({}, 95, "later"),
        ({"uitgebracht_op": None, "datum_precisie": "maand"}, 199, "ontvangen"),
        ({"soort": "rapport"}, 20, "ontvangen"),
    ],
)
def test_een_reactie_op_een_archiefadvies_krijgt_dezelfde_som_als_binnen(client, wereld, velden, gewacht, stand):
    rij = openbaar(wereld, dagen_geleden=200, klok=False, voorbeeld=False)
    type(rij).objects.filter(pk=rij.pk).update(**velden)
    rij.refresh_from_db()
    publiceer_advies(advies=rij, html="<p>Tekst</p>", vanaf=nu() - timedelta(minutes=1), door=None)
    brief = leg_vast(wereld, rij, datum=vandaag() - timedelta(days=200 - gewacht))
    assert Advies.objects.get(kenmerk=rij.kenmerk).reactie == stand
    som = klok_uit_het_archief(rij)
    termijn = client.get(f"/api/v1/adviezen/{rij.kenmerk}").json()["termijn"]
    namen = {"basis": "basis", "vervaltOp": "vervalt_op", "uitleg": "uitleg", "aannames": "aannames"}
    assert termijn == (som and {naam: som[eigen] for naam, eigen in namen.items()})
    trek_reactie_in(reactie=brief, reden="Verkeerd advies (voorbeeld).", door=wereld.secretaris)
    assert not Klok.objects.filter(kenmerk=rij.kenmerk).exists(), "zonder reactie is er niets te toetsen"


def test_een_brief_over_twee_adviezen_staat_overal_eender(client, wereld):
    heel, deel = openbaar(wereld, dagen_geleden=20), openbaar(wereld, dagen_geleden=20)
    brief = leg_vast(wereld, heel, deel, deels=[deel])
    beide = sorted([heel.kenmerk, deel.kenmerk])
    bestand = client.get(f"/data/adviezen-{heel.jaar}.json").json()["adviezen"]
    per = {a["kenmerk"]: a["kabinetsreacties"] for a in bestand}
    for rij, gedeeltelijk in ((heel, False), (deel, True)):
        los = client.get(f"/api/v1/adviezen/{rij.kenmerk}").json()["kabinetsreacties"]
        lijst = client.get("/api/v1/kabinetsreacties", {"advies": rij.kenmerk}).json()["kabinetsreacties"]
        for (reactie,) in (los, lijst, per[rij.kenmerk]):
            assert (reactie["id"], reactie["adviezen"], reactie["gedeeltelijk"]) == (str(brief.pk), beide, gedeeltelijk)
    alle = client.get(f"/api/v1/kabinetsreacties/{brief.pk}").json()
    assert (alle["adviezen"], alle["gedeeltelijk"]) == (beide, False), "zij beantwoordt er een helemaal"


def test_de_klokpagina_telt_en_toont_ook_voorbij_de_eerste_vijfhonderd(client, wereld, monkeypatch):
    monkeypatch.setattr("publiek.views.opvolging.HOOGSTENS", 1)
    wacht = openbaar(wereld, dagen_geleden=60, voorbeeld=False)
    for dagen in (40, 30):
        leg_vast(wereld, openbaar(wereld, dagen_geleden=dagen, voorbeeld=False))
    antwoord = client.get("/kabinetsreacties/")
    assert [r["advies"].kenmerk for r in antwoord.context["lopend"]] == [wacht.kenmerk]
    assert antwoord.context["bekend"] == 2


def test_het_rekenblad_zegt_ook_dat_er_nog_geen_antwoord_is(client, wereld):
    openbaar(wereld, ["Doe dit."], dagen_geleden=20)
    openbaar(wereld, ["Doe dat."], klok=False)
    tekst = client.get("/aanbevelingen.csv").content.decode().removeprefix("\ufeff")
    per = {r["aanbeveling"]: r["antwoord kabinet"] for r in csv.DictReader(io.StringIO(tekst), delimiter=";")}
    assert per == {"Doe dit.": "nog geen antwoord", "Doe dat.": "niet bekend"}


# --- cijfers ------------------------------------------------------------------------------------------------------


def test_elk_cijfer_telt_wat_zijn_records_zijn(client, wereld):
    snel = openbaar(wereld, dagen_geleden=10, voorbeeld=False)
    traag = openbaar(wereld, dagen_geleden=200, voorbeeld=False)
    openbaar(wereld, dagen_geleden=200, voorbeeld=False, klok=False)
    openbaar(wereld, dagen_geleden=10)  # een voorbeeld telt nooit mee
    leg_vast(wereld, snel)
    leg_vast(wereld, traag)
    for cijfer in cijfers.CIJFERS:
        g, rijen = cijfers.grafiek(cijfer), cijfers.records(cijfer)
        assert sum(s.aantal for s in g.staven) == len(rijen), cijfer.id
        bekend = {(r.kenmerk, r.titel) for r in cijfers.records(cijfer, bekend=True)}
        assert (g.n, g.n + g.onbekend) == (len(bekend), g.van), cijfer.id
        for staaf in g.staven:
            assert len(cijfers.records(cijfer, staaf.groep)) == staaf.aantal
    tijdig = cijfers.grafiek(cijfers.met_id("tijdig"))
    assert {s.groep: s.aantal for s in tijdig.staven} == {"op_tijd": 1, "later": 1, "niet_bekend": 1}
    assert (tijdig.n, tijdig.onbekend, tijdig.van, tijdig.dekking) == (2, 1, 3, "67%")
    assert tijdig.kern == "1 van de 2 die te toetsen zijn kwam op tijd."
    reactietijd = cijfers.grafiek(cijfers.met_id("reactietijd"))
    assert (reactietijd.staven[0].getal, reactietijd.staven[0].bereik) == (105, "10–200")
    assert reactietijd.staven[0].naam == "Schoof en later"
    pagina_ = client.get("/cijfers/").content.decode()
    assert "/cijfers/tijdig/?groep=op_tijd" in pagina_
    assert "Nog geen traject uit dit portaal" in pagina_
    assert "/cijfers/tijdig/?bekend=ja" in pagina_
    assert len(client.get("/cijfers/tijdig/", {"bekend": "ja"}).context["rijen"]) == tijdig.n
    achter = client.get("/cijfers/tijdig/", {"groep": "later"}).content.decode()
    assert traag.titel in achter
    assert snel.titel not in achter
    assert client.get("/cijfers/bestaat-niet/").status_code == 404
    blad = client.get("/cijfers/reactietijd.csv").content.decode()
    assert ";200" in blad


def test_een_brief_van_voor_het_uitbrengen_telt_geen_dagen_terug(client, wereld):
    """Het archief kent brieven die ouder zijn dan het advies waarbij zij staan; de eerste daarna is de reactie."""
    rij = openbaar(wereld, dagen_geleden=10, voorbeeld=False)
    leg_vast(wereld, rij, kamerstuk="eerste (voorbeeld)")
    eerder = leg_vast(wereld, rij, kamerstuk="eerder (voorbeeld)")
    type(eerder).objects.filter(pk=eerder.pk).update(datum=vandaag() - timedelta(days=40))
    (record,) = cijfers.records(cijfers.met_id("reactietijd"))
    assert record.waarde == 10


def test_zonder_records_is_er_niets_te_tellen(client, wereld):
    assert cijfers.grafiek(cijfers.met_id("tijdig")).kern == "Van geen enkel advies zijn beide dagen bekend."
    assert "Nog niets te tellen" in client.get("/cijfers/").content.decode()
    rij = openbaar(wereld, voorbeeld=False)
    type(rij).objects.filter(pk=rij.pk).update(oordeel="unaniem")
    publiceer_advies(
        advies=type(rij).objects.get(pk=rij.pk), html="<p>x</p>", vanaf=nu() - timedelta(minutes=1), door=None
    )
    unaniem = cijfers.grafiek(cijfers.met_id("unaniem-door-de-tijd"))
    assert (unaniem.staven[0].getal, unaniem.staven[0].aantal) == (1, 1)
    decennium = vandaag().year // 10 * 10
    assert unaniem.staven[0].naam == f"{decennium}–{decennium + 9}"
    assert "1 van de 1" in cijfers.grafiek(cijfers.met_id("oordeel")).kern
