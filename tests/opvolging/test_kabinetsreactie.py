"""De reactie van het kabinet: vastleggen, op tijd of later, gedeeltelijk, en wat niet kan."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adviezen.models import Advies
from adviezen.openbaar import publiceer_advies
from kern.fouten import GeenToegang, InvoerFout
from kern.models import Precisie
from kern.tijd import nu, vandaag
from logboek.models import Gebeurtenis
from opvolging import termijnsoorten
from opvolging.actions import trek_reactie_in
from opvolging.enums import Vorm
from opvolging.models import Kabinetsreactie
from opvolging.queries import afgesproken, afgewacht, klokken, ontvangen, tijdigheid
from termijnen import soorten
from termijnen.actions import open_termijn, voldoe
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.opvolging.hulp import PDF, advies, klok_van, leg_vast

pytestmark = pytest.mark.django_db


def test_op_tijd_en_later(wereld):
    snel, traag = advies(wereld, 10), advies(wereld, 200)
    reactie = leg_vast(wereld, snel, traag, kamerstuk="Kamerstuk 1 (voorbeeld)")
    assert {klok_van(snel).status, klok_van(traag).status} == {"voldaan"}
    assert klok_van(snel).voldaan_op == vandaag()
    assert (tijdigheid(reactie, klok_van(snel).vervalt_op), tijdigheid(reactie, klok_van(traag).vervalt_op)) == (
        "op_tijd",
        "later",
    )
    assert reactie.voorbeeld
    assert Gebeurtenis.objects.filter(soort="opvolging.leg_reactie_vast", object_id=str(reactie.pk)).exists()


def test_op_de_dag_zelf_is_op_tijd(wereld):
    rij = advies(wereld, 200)
    klok = klok_van(rij)
    op_de_dag = leg_vast(wereld, rij, datum=klok.vervalt_op)
    assert tijdigheid(op_de_dag, klok.vervalt_op) == "op_tijd"
    assert tijdigheid(Kabinetsreactie(datum=klok.vervalt_op + timedelta(days=1)), klok.vervalt_op) == "later"


def test_een_gedeeltelijke_reactie_laat_de_klok_lopen(wereld):
    rij = advies(wereld)
    deel = leg_vast(wereld, rij, gedeeltelijk=True, datum=None)
    assert (klok_van(rij).status, tijdigheid(deel, klok_van(rij).vervalt_op)) == ("open", "gedeeltelijk")
    assert afgewacht([klok_van(rij)])[0].reacties == [deel]
    leg_vast(wereld, rij)
    assert klok_van(rij).status == "voldaan"


def test_een_brief_over_twee_adviezen_beantwoordt_er_een_maar_deels(wereld):
    heel, deel = advies(wereld, 100), advies(wereld, 10)
    reactie = leg_vast(wereld, heel, deel, deels=[deel])
    assert (klok_van(heel).status, klok_van(deel).status) == ("voldaan", "open")
    regel = ontvangen([Kabinetsreactie.objects.prefetch_related("adviezen", "deels").get(pk=reactie.pk)])[0]
    assert dict(regel.adviezen) == {heel: "later", deel: "gedeeltelijk"}


@pytest.mark.parametrize("vorm", [Vorm.MONDELING, Vorm.BRIEF, Vorm.NOTA])
def test_laat_is_laat_in_welke_vorm_ook(wereld, vorm):
    rij = advies(wereld, 200)
    reactie = leg_vast(wereld, rij, vorm=vorm)
    assert tijdigheid(reactie, klok_van(rij).vervalt_op) == "later"


def test_een_wet_beantwoordt_de_termijn_niet(wereld):
    rij = advies(wereld, 200)
    wet = leg_vast(wereld, rij, vorm=Vorm.WET, kamerstuk="Stb. 1 (voorbeeld)")
    assert (klok_van(rij).status, tijdigheid(wet, klok_van(rij).vervalt_op)) == ("open", "wet")


def test_een_eerdere_brief_die_later_bovenkomt_telt(wereld):
    rij = advies(wereld, 100)
    leg_vast(wereld, rij)
    vroeg = vandaag() - timedelta(days=20)
    leg_vast(wereld, rij, datum=vroeg, kamerstuk="eerder")
    assert klok_van(rij).voldaan_op == vroeg


def test_ingetrokken_laat_de_klok_weer_lopen_met_dezelfde_dag(wereld):
    rij = advies(wereld, 100)
    vervalt = klok_van(rij).vervalt_op
    eerste = leg_vast(wereld, rij, datum=vandaag() - timedelta(days=20))
    tweede = leg_vast(wereld, rij)
    trek_reactie_in(reactie=eerste, reden="Het kabinet trok de brief in.", door=wereld.secretaris)
    assert (klok_van(rij).status, klok_van(rij).voldaan_op) == ("voldaan", vandaag())
    trek_reactie_in(reactie=tweede, reden="Per ongeluk.", door=wereld.secretaris)
    assert (klok_van(rij).status, klok_van(rij).vervalt_op) == ("open", vervalt)
    assert tijdigheid(Kabinetsreactie.objects.get(pk=eerste.pk), klok_van(rij).vervalt_op) == "ingetrokken"
    assert afgewacht([klok_van(rij)])[0].reacties == []
    with pytest.raises(InvoerFout, match="al ingetrokken"):
        trek_reactie_in(reactie=tweede, reden="Nog eens.", door=wereld.secretaris)
    with pytest.raises(InvoerFout, match="reden"):
        trek_reactie_in(reactie=tweede, reden=" ", door=wereld.secretaris)
    with pytest.raises(GeenToegang):
        trek_reactie_in(reactie=tweede, reden="Ik", door=wereld.buitenstaander)
    leg_vast(wereld, rij)  # dezelfde brief mag opnieuw, nu de vorige niet meer telt


@pytest.mark.parametrize("anders", [{"gedeeltelijk": True}, {"vorm": Vorm.WET}])
def test_intrekken_van_wat_geen_klok_sloot_opent_er_geen(wereld, anders):
    """Wie de klok met de hand sloot, vindt haar niet weer lopend om een brief die nooit meetelde."""
    rij = advies(wereld, 100)
    brief = leg_vast(wereld, rij, **anders)
    voldoe(termijn=klok_van(rij), door=wereld.secretaris, reden="Mondeling afgedaan.")
    trek_reactie_in(reactie=brief, reden="Hoorde bij een ander advies.", door=wereld.secretaris)
    assert klok_van(rij).status == "voldaan"


def test_intrekken_op_een_dag_die_nog_komt_kan_niet(wereld):
    reactie = leg_vast(wereld, advies(wereld))
    with pytest.raises(InvoerFout, match="toekomst"):
        trek_reactie_in(reactie=reactie, reden="x", door=wereld.secretaris, op=vandaag() + timedelta(days=1))


def test_een_reactie_op_het_ontwerp_telt_als_dat_gezegd_wordt(wereld):
    rij = advies(wereld, 10)
    eerder = vandaag() - timedelta(days=15)
    with pytest.raises(InvoerFout, match="ontwerpadvies"):
        leg_vast(wereld, rij, datum=eerder)
    reactie = leg_vast(wereld, rij, datum=eerder, voor_aanbieding=True)
    assert (klok_van(rij).status, tijdigheid(reactie, klok_van(rij).vervalt_op)) == ("voldaan", "op_tijd")


def test_niet_bekend_is_nooit_te_laat(wereld):
    rij = advies(wereld, klok=False)
    zonder_dag = leg_vast(wereld, rij, datum=None)
    assert zonder_dag.datum_precisie == Precisie.ONBEKEND
    assert "niet bekend" in str(zonder_dag)
    assert tijdigheid(zonder_dag, None) == "niet_bekend"
    maand = leg_vast(wereld, rij, datum=vandaag(), datum_precisie=Precisie.MAAND)
    assert tijdigheid(maand, vandaag()) == "niet_bekend"


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"afzenders": " "}, "afzenders"),
        ({"datum": None}, "datum"),
        ({"datum_precisie": Precisie.MAAND}, "datum"),
        ({"datum": vandaag() + timedelta(days=1)}, "datum"),
        ({"datum": vandaag() - timedelta(days=11)}, "datum"),
    ],
)
def test_slechte_invoer_noemt_het_veld(wereld, anders, veld):
    rij = advies(wereld)
    with pytest.raises(InvoerFout) as fout:
        leg_vast(wereld, rij, **anders)
    assert fout.value.veld == veld
    assert klok_van(rij).status == "open"


def test_wat_verder_niet_kan(wereld):
    rij = advies(wereld)
    with pytest.raises(InvoerFout, match="Kies het advies"):
        leg_vast(wereld)
    echt = Advies.objects.create(kenmerk="echt", titel="Echt", voorbeeld=False)
    with pytest.raises(InvoerFout, match="voorbeeld"):
        leg_vast(wereld, rij, echt)
    with pytest.raises(GeenToegang):
        leg_vast(wereld, rij, door=wereld.buitenstaander)
    leg_vast(wereld, rij)
    with pytest.raises(InvoerFout, match="al vastgelegd"):
        leg_vast(wereld, rij)
    with pytest.raises(InvoerFout, match="vorm"):
        leg_vast(wereld, rij, vorm="postduif")
    with pytest.raises(InvoerFout, match="Kies alleen adviezen"):
        leg_vast(wereld, rij, deels=[echt])
    with pytest.raises(IntegrityError), transaction.atomic():
        Kabinetsreactie.objects.create(datum=None, datum_precisie=Precisie.DAG)


def test_de_klok_is_bekend_en_waarschuwt_de_behandelaar(wereld):
    rij = advies(wereld)
    soort, klok = soorten.met_naam("kabinetsreactie"), klok_van(rij)
    assert list(soort.ontvangers(klok, vandaag())) == [wereld.secretaris]
    klok.eigenaar = None
    assert list(termijnsoorten.behandelaars(klok, vandaag())) == []
    assert soort.adres(klok) == f"/werk/opvolging/adviezen/{rij.kenmerk}/"
    assert soort.adres(Termijn(object_id="0")) == "/werk/opvolging/"
    assert soort.zichtbaar(wereld.account("FNV 3")) is not None
    cast = bouw.traject_op("aangeboden", wereld)
    cast.traject.waarnemer = cast.tweede
    cast.traject.save()
    klok = open_termijn(soort="kabinetsreactie", object=cast.traject.advies, basis=vandaag(), door=None)
    assert list(soort.ontvangers(klok, vandaag())) == [cast.secretaris, cast.tweede]


def test_zichtbaar_voor_wie_een_account_heeft(wereld):
    leg_vast(wereld, advies(wereld))
    assert Kabinetsreactie.objects.zichtbaar_voor(wereld.account("FNV 3")).count() == 1
    assert not Kabinetsreactie.objects.zichtbaar_voor(None).exists()


def test_de_langst_verstreken_klok_staat_bovenaan(wereld):
    jong, oud, midden = advies(wereld, 10), advies(wereld, 300), advies(wereld, 150)
    volgorde = [int(t.object_id) for t in klokken()]
    assert volgorde == [oud.pk, midden.pk, jong.pk]


# --- de schermen --------------------------------------------------------------------------------------------------


def test_van_lijst_tot_vastgelegd_in_de_browser(als, wereld):
    client = als(wereld.secretaris)
    lijst, nieuw = reverse("opvolging:lijst"), reverse("opvolging:nieuw")
    assert "Er wordt niets afgewacht" in client.get(lijst).content.decode()
    assert "Nog geen reacties" in client.get(lijst, {"toon": "ontvangen"}).content.decode()
    rij = advies(wereld, 200)
    pagina = client.get(lijst).content.decode()
    assert rij.titel in pagina
    assert "label-fout" in pagina
    vast = client.get(nieuw, {"advies": rij.pk})
    assert vast.context["form"]["adviezen"].value() == [rij.pk]
    assert client.get(nieuw, {"advies": "niets"}).status_code == 200
    invoer = {"adviezen": [rij.pk], "datum": vandaag().isoformat(), "afzenders": "De minister (voorbeeld)"}
    fout = client.post(nieuw, invoer | {"datum": (vandaag() + timedelta(days=2)).isoformat()})
    assert fout.status_code == 422
    assert "in de toekomst" in fout.content.decode()
    assert "De minister (voorbeeld)" in fout.content.decode()
    verkeerd = SimpleUploadedFile("brief.exe", b"MZ", "application/octet-stream")
    assert client.post(nieuw, invoer | {"bestand": verkeerd}).status_code == 422
    brief = SimpleUploadedFile("brief.pdf", PDF, "application/pdf")
    klaar = client.post(nieuw, invoer | {"bestand": brief}, follow=True)
    assert "vastgelegd" in klaar.content.decode()
    reactie = Kabinetsreactie.objects.get()
    bestand = reverse("opvolging:bestand", kwargs={"pk": reactie.pk})
    assert b"".join(client.get(bestand).streaming_content) == PDF
    assert client.post(nieuw + f"?advies={rij.pk}", invoer).status_code == 422
    assert "De minister" in client.get(lijst, {"toon": "ontvangen"}).content.decode()
    zonder = leg_vast(wereld, advies(wereld), kamerstuk="anders")
    assert client.get(reverse("opvolging:bestand", kwargs={"pk": zonder.pk})).status_code == 404


def test_alle_fouten_in_een_keer_en_deels_naast_elk_advies(als, wereld):
    """Wie vier dingen verkeerd invulde, kreeg ze in drie rondes te horen."""
    een, twee = advies(wereld, 20), advies(wereld, 30)
    geheim = advies(wereld, 1)
    publiceer_advies(advies=geheim, html="<p>x</p>", vanaf=nu() + timedelta(days=2), door=wereld.secretaris)
    client, pad = als(wereld.secretaris), reverse("opvolging:nieuw")
    form = client.get(pad).context["form"]
    assert [rij["advies"].choice_label for rij in form.adviesrijen()] == [str(een), str(twee)]  # niet wat geheim is
    assert all(rij["deel"] is not None for rij in form.adviesrijen())
    morgen = (vandaag() + timedelta(days=2)).isoformat()
    fout = client.post(pad, {"andere": "9999/99", "deels": [een.pk], "datum": morgen, "bron": "javascript:alert(1)"})
    assert set(fout.context["form"].errors) == {"andere", "deels", "datum", "bron", "afzenders"}
    dicht = client.post(pad, {"andere": geheim.kenmerk, "afzenders": "De minister (voorbeeld)"})
    assert "Nog onder embargo" in dicht.content.decode()
    invoer = {"adviezen": [een.pk, twee.pk], "deels": [twee.pk], "afzenders": "De minister (voorbeeld)"}
    zonder = client.post(pad, invoer)
    assert "er loopt een termijn" in zonder.content.decode()
    assert client.post(pad, invoer | {"datum": vandaag().isoformat()}).status_code == 302
    assert (klok_van(een).status, klok_van(twee).status) == ("voldaan", "open")


def test_over_wat_onder_embargo_ligt_kan_geen_brief_vastliggen(wereld):
    """Ook niet als het embargo inging toen het formulier al open stond; zijn brief zou het advies verraden."""
    geheim = advies(wereld, 1)
    publiceer_advies(advies=geheim, html="<p>x</p>", vanaf=nu() + timedelta(days=2), door=wereld.secretaris)
    with pytest.raises(InvoerFout, match="Nog onder embargo") as fout:
        leg_vast(wereld, geheim)
    assert fout.value.veld == "andere"
    assert not Kabinetsreactie.objects.exists()


@pytest.mark.parametrize("naam", ["lijst", "nieuw"])
def test_alleen_het_secretariaat(als, wereld, naam):
    assert als(wereld.secretaris).get(reverse(f"opvolging:{naam}")).status_code == 200
    for wie in (wereld.buitenstaander, wereld.account("FNV 3"), wereld.beheerder):
        assert als(wie).get(reverse(f"opvolging:{naam}")).status_code == 404


def test_geen_toegang_onderweg_staat_op_het_formulier(als, wereld, monkeypatch):
    rij = advies(wereld)
    monkeypatch.setattr("opvolging.permissions.mag_vastleggen", lambda g: False)
    invoer = {"adviezen": [rij.pk], "datum": vandaag().isoformat(), "afzenders": "De minister (voorbeeld)"}
    antwoord = als(wereld.secretaris).post(reverse("opvolging:nieuw"), invoer)
    assert antwoord.status_code == 422


@pytest.mark.parametrize("toon", ["afgewacht", "ontvangen"])
def test_evenveel_zoekvragen_bij_meer_regels(als, wereld, toon):
    client = als(wereld.secretaris)

    def tel():
        with CaptureQueriesContext(connection) as gevraagd:
            assert client.get(reverse("opvolging:lijst"), {"toon": toon}).status_code == 200
        return len(gevraagd)

    def maak(n):
        rij = advies(wereld, n)
        if toon == "ontvangen":
            leg_vast(wereld, rij, kamerstuk=f"Stuk {n}")

    maak(5)
    tel()
    een = tel()
    for n in range(10, 19):
        maak(n)
    assert tel() == een
    assert een <= 20


def test_het_secretariaat_leest_over_een_archiefadvies_hetzelfde_als_het_publiek(wereld):
    """Zonder termijn telt de som uit de datums (sociale innovatie); een maand of een verkenning geeft niets."""
    archief = Advies(kenmerk="adv-x", soort="advies", datum=date(2023, 3, 16), datum_precisie="dag", dag_afgeleid=True)
    assert afgesproken(archief, None) == date(2023, 6, 16)
    laat = Kabinetsreactie(datum=date(2025, 7, 3))
    assert tijdigheid(laat, afgesproken(archief, None)) == "later"
    assert tijdigheid(Kabinetsreactie(datum=date(2023, 6, 16)), date(2023, 6, 16)) == "op_tijd"
    for anders in ({"datum_precisie": "maand"}, {"soort": "verkenning"}, {"datum": None}):
        for veld, waarde in anders.items():
            ander = Advies(kenmerk="adv-y", soort="advies", datum=date(2023, 3, 16), datum_precisie="dag")
            setattr(ander, veld, waarde)
        assert afgesproken(ander, None) is None
    vervallen = Advies(kenmerk="t-9", soort="advies", uitgebracht_op=date(2023, 3, 16), traject_id=1)
    assert afgesproken(vervallen, None) is None  # zijn termijn verviel: dan is er ook geen afspraak meer
