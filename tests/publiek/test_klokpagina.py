"""De reacties van het kabinet in het openbaar: de klok van drie maanden, en wat er kwam of uitbleef."""

from datetime import date, timedelta

import pytest

from adviezen.openbaar import klok_van as klok_uit_het_archief
from adviezen.openbaar import publiceer_advies
from kern.tijd import datum_nl, nu, vandaag
from opvolging.actions import (
    geef_klok_vrij,
    teken_brief_af,
    trek_reactie_in,
    verstuur_brief,
    zet_brief_klaar,
)
from opvolging.enums import Vorm
from opvolging.models import Herinneringsbrief
from publiek.cache import BEWARING
from publiek.lezen import als_zin, zonder_klok
from publiek.lezen import klok_van as openbare_klok
from publiek.models import Advies, Kabinetsreactie, Klok
from tests.adviezen.conftest import _stand, _wereld, wereld
from tests.opvolging.hulp import advies, klok_van, leg_vast, openbaar, pagina

__all__ = ["_stand", "_wereld", "wereld"]
pytestmark = pytest.mark.django_db


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


def test_een_stilgezette_klok_en_een_onbekende(wereld):
    rij = openbaar(wereld, dagen_geleden=200)
    klok = Klok.objects.get(kenmerk=rij.kenmerk)
    klok.status = "gepauzeerd"
    assert openbare_klok(Advies.objects.get(kenmerk=rij.kenmerk), klok, []).toestand == "gepauzeerd"
    assert openbare_klok(Advies.objects.get(kenmerk=rij.kenmerk), None, []) is None
