"""Terugplannen langs raad, stukken, achterban en commissie; en een heel bureau overdragen."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from adviezen.actions.bureau import bureau_van, draag_bureau_over
from adviezen.actions.eigen_termijn import zet_eigen_termijn
from adviezen.actions.voortraject import leg_voortraject_vast
from adviezen.queries.planning import Regel, drukte, plan_van, planning
from adviezen.terugplannen import Aannames, Periode, overlappen, plan_terug, reces_in
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import datum_nl, vandaag
from logboek.models import Gebeurtenis
from termijnen.actions import open_termijn, pauzeer, verwerk
from termijnen.models import Termijn
from termijnen.queries import van_mij
from tests.adviezen import bouw
from vergaderingen.actions import trek_agendasleutel_in

RADEN = [date(2026, m, 18) for m in range(1, 13)] + [date(2027, 1, 15)]


def plan(termijn=date(2027, 2, 1), *, raden=RADEN, recessen=(), dag=date(2026, 1, 5), **kw):
    return plan_terug(termijn, raden=raden, recessen=recessen, vandaag=dag, **kw)


def test_van_de_termijn_terug_naar_de_aanvraag():
    p = plan()
    dagen = [m.uiterlijk for m in p.mijlpalen]
    assert dagen == sorted(dagen)
    assert p.mijlpalen[-1].uiterlijk == date(2027, 2, 1)
    raad = next(m for m in p.mijlpalen if m.stap == "vaststelling")
    stukken = next(m for m in p.mijlpalen if m.stap == "naar_raad")
    assert (raad.uiterlijk, (raad.uiterlijk - stukken.uiterlijk).days) == (date(2027, 1, 15), 10)
    assert p.haalbaar
    assert p.achterban is not None
    assert (p.achterban.tot - p.achterban.van).days > 42


def test_een_week_een_dag_en_een_vergadering_zijn_enkelvoud():
    een = dict.fromkeys(("weken_ertussen", "achterban_weken", "verwerking_weken", "aanbieden_dagen"), 1)
    som = [m.som for m in plan(aannames=Aannames(vergaderingen=2, **een)).mijlpalen]
    assert som[2] == "2 vergaderingen met 1 week ertussen, buiten het reces"
    assert som[4:6] == ["1 week open, reces niet meegeteld", "1 week verwerking"]
    assert som[-1] == "1 dag voor PDF en brieven"
    assert plan(aannames=Aannames(vergaderingen=1)).mijlpalen[2].som == "1 vergadering, buiten het reces"


def test_wat_al_gedaan_is_staat_er_niet_in():
    assert [m.stap for m in plan(vanaf="naar_raad").mijlpalen] == ["naar_raad", "vaststelling", "aanbieding"]
    assert plan(vanaf="verwerking").achterban is None
    assert len(plan(vanaf="onbekend").mijlpalen) == len(plan().mijlpalen)


def test_wat_met_de_stap_begon_wordt_niet_meer_gevraagd():
    """Een traject heeft zijn aanvraag al; loopt de concepttekst, dan is de commissie al begonnen."""
    namen = {stap: [m.naam for m in plan(vanaf=stap).mijlpalen] for stap in ("", "aanvraag", "concept")}
    assert namen[""][0] == "De aanvraag is binnen"
    assert namen["aanvraag"] == namen[""][1:]
    assert namen["concept"][0] == "De commissie stelt het concept vast"
    laat = plan(date(2026, 6, 30), dag=date(2026, 4, 1), vanaf="aanvraag")
    assert (laat.begin < date(2026, 4, 1) <= laat.volgende.uiterlijk, laat.volgende.voorbij) == (True, False)
    assert plan(date(2026, 6, 30), dag=date(2026, 7, 1)).volgende is None


def test_het_reces_telt_niet_mee():
    recessen = reces_in([2026])
    zomer = recessen[0]
    assert (zomer.van.weekday(), (zomer.tot - zomer.van).days) == (0, 42)
    zonder = plan(date(2026, 10, 16), raden=[date(2026, 9, 25)])
    met = plan(date(2026, 10, 16), raden=[date(2026, 9, 25)], recessen=recessen)
    assert zonder.achterban.van - met.achterban.van >= timedelta(days=30)
    assert not any(
        zomer.bevat(m.uiterlijk) for m in met.mijlpalen if m.stap not in {"vaststelling", "aanbieding", "naar_raad"}
    )


def test_conflicten_in_woorden():
    geen_raad = plan(date(2026, 3, 1), raden=[])
    assert "geen raadsvergadering gepland" in geen_raad.conflicten[0]
    te_laat = plan(date(2026, 3, 20))
    assert any("geleden gemoeten" in c for c in te_laat.conflicten)
    in_reces = plan(date(2026, 8, 20), raden=[date(2026, 8, 3)], recessen=reces_in([2026]), vanaf="naar_raad")
    assert any("zomerreces" in c for c in in_reces.conflicten)
    een_dag = plan(date(2026, 12, 1), dag=plan(date(2026, 12, 1)).begin + timedelta(days=1))
    assert "had 1 dag geleden" in een_dag.conflicten[0]


@given(
    termijn=st.dates(date(2024, 1, 1), date(2040, 12, 31)),
    aannames=st.builds(
        Aannames,
        st.integers(0, 60),
        st.integers(0, 26),
        st.integers(1, 26),
        st.integers(1, 20),
        st.integers(1, 12),
        st.integers(0, 26),
    ),
)
@settings(max_examples=60, deadline=None)
def test_altijd_op_volgorde_en_nooit_na_de_termijn(termijn, aannames):
    p = plan(
        termijn, raden=[], recessen=reces_in([termijn.year - 1, termijn.year]), dag=date(2024, 1, 1), aannames=aannames
    )
    dagen = [m.uiterlijk for m in p.mijlpalen]
    assert dagen == sorted(dagen)
    assert dagen[-1] == termijn


def test_overlappen_en_drukte():
    een, twee = Periode(date(2026, 1, 1), date(2026, 2, 1)), Periode(date(2026, 1, 31), date(2026, 3, 1))
    assert overlappen(een, twee)
    assert not overlappen(een, Periode(date(2026, 2, 1), date(2026, 3, 1)))
    regels = [
        Regel(None, None, een, ["A"]),
        Regel(None, None, twee, ["A", "B"]),
        Regel(None, None, twee),
        Regel(None, None, None),
    ]
    # alleen in de week waarin alle drie lopen; daarvoor en daarna zijn het er een en twee
    druk = drukte(regels, date(2026, 1, 1))
    assert [(d.periode.van, d.periode.tot, d.meest) for d in druk] == [(date(2026, 1, 26), date(2026, 2, 2), 3)]
    assert druk[0].per_organisatie == [("A", 2), ("B", 1)]
    assert len(druk[0].regels) == 3
    assert drukte(regels, date(2026, 2, 9)) == []  # wat voorbij is, is niet meer druk
    assert drukte(regels[:2], date(2026, 1, 1)) == []
    lang = Periode(date(2026, 1, 5), date(2026, 2, 1))
    langer = drukte([Regel(None, None, lang)] * 2 + [Regel(None, None, een), *regels[1:3]], date(2026, 1, 1))
    assert [(d.periode.van, d.periode.tot, d.meest) for d in langer] == [(date(2026, 1, 5), date(2026, 2, 2), 5)]


def test_een_rooster_dat_te_kort_is_geeft_een_aanname_en_geen_verzuim():
    """In december staat de raad van april er nog niet; dan had niets "al gemoeten"."""
    kort = plan(date(2026, 6, 30), raden=[date(2026, 1, 23)], vanaf="naar_raad")
    raad = next(m for m in kort.mijlpalen if m.stap == "vaststelling")
    assert (raad.uiterlijk, raad.som) == (
        date(2026, 6, 12),
        "aanname: het rooster van de raad loopt nog maar tot vr 23 januari 2026",
    )
    assert kort.haalbaar
    genoeg = plan(date(2026, 6, 30), raden=[date(2026, 5, 8)], vanaf="naar_raad")
    assert genoeg.mijlpalen[1].uiterlijk == date(2026, 5, 8)
    in_reces = plan(date(2026, 9, 1), raden=[date(2026, 1, 23)], recessen=reces_in([2026]), vanaf="naar_raad")
    assert in_reces.mijlpalen[1].uiterlijk == date(2026, 7, 10)


# --- met de database ----------------------------------------------------------------------------------------------


@pytest.fixture
def als(client):
    def log_in(gebruiker):
        client.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


@pytest.mark.parametrize(("vanaf", "knelt"), [("vaststelling", 2), ("aanbieding", 0)])
def test_wat_de_raad_al_deed_knelt_niet_meer(vanaf, knelt):
    """Na de vaststelling hoeft er geen raad meer te komen, ook niet buiten het reces."""
    reces = [Periode(date(2026, 7, 1), date(2026, 9, 1), "zomerreces")]
    p = plan(date(2026, 8, 20), raden=[], recessen=reces, dag=date(2026, 7, 30), vanaf=vanaf)
    assert [m.stap for m in p.mijlpalen][-1] == "aanbieding"
    assert len([c for c in p.conflicten if "aad" in c]) == knelt


@pytest.mark.django_db
def test_de_laatste_dag_van_een_ronde_hoort_erbij(wereld):
    """Wie dan nog reageert is op tijd; een ronde die die dag begint valt er dus mee samen."""
    cast = bouw.traject_op("achterbanberaad", wereld)
    cast.traject.adviestermijn = vandaag() + timedelta(days=200)
    cast.traject.save()
    beraad = cast.traject.beraden.get()
    (regel,) = [r for r in planning(cast.secretaris, vandaag()) if r.traject == cast.traject]
    assert regel.ronde.bevat(beraad.uiterlijk_op)
    assert not regel.ronde.bevat(beraad.uiterlijk_op + timedelta(days=1))


@pytest.mark.django_db
def test_de_planning_en_terugplannen_in_de_browser(als, wereld):
    cast = bouw.traject_op("concept", wereld)
    cast.traject.adviestermijn = vandaag() + timedelta(days=200)
    cast.traject.save()
    client = als(cast.secretaris)
    pad = reverse("adviezen:planning")
    assert cast.traject.titel in client.get(pad).content.decode()

    def tel():
        with CaptureQueriesContext(connection) as gevraagd:
            assert client.get(pad).status_code == 200
        return len(gevraagd)

    tel()
    een = tel()
    for _ in range(3):
        ander = bouw.traject_op("concept", wereld)
        ander.traject.adviestermijn = vandaag() + timedelta(days=210)
        ander.traject.save()
    assert tel() == een
    assert "Waar het druk wordt" in client.get(pad).content.decode()
    terug = reverse("adviezen:terugplannen", args=[cast.traject.slug])
    assert f'href="{terug}"' in client.get(terug.removesuffix("terugplannen/")).content.decode()
    pagina = client.get(terug).content.decode()
    assert "Waarom deze dag" in pagina
    assert "Tegelijk in achterbanberaad" in pagina
    anders = client.get(terug, {"achterban_weken": "10", "vergaderingen": "2"}).content.decode()
    assert "10 weken open" in anders
    enkel = client.get(terug, dict.fromkeys(("achterban_weken", "aanbieden_dagen"), "1")).content.decode()
    assert "1 week open" in enkel
    assert "1 dag voor PDF" in enkel
    assert client.get(terug, {"achterban_weken": "x"}).status_code == 422
    assert client.get(terug, {"termijn": "1900-01-01"}).status_code == 200
    cast.traject.adviestermijn = None
    cast.traject.save()
    assert "Nog geen adviestermijn" in client.get(terug).content.decode()
    assert plan_van(cast.vers(), vandaag(), raden=[]) is None
    assert len(planning(cast.secretaris, vandaag())) == 3


@pytest.mark.django_db
def test_de_planning_noemt_de_dag_die_komt_en_telt_geen_ronden_die_er_nooit_waren(als, wereld):
    krap, ook_krap, open_ = (
        bouw.traject_op(stap, wereld).traject for stap in ("toewijzing", "toewijzing", "achterbanberaad")
    )
    aanvraag = bouw.nieuw(wereld).traject
    for traject in (krap, ook_krap, open_, aanvraag):
        traject.adviestermijn = vandaag() + timedelta(days=20)
        traject.save()
    client = als(wereld.secretaris)
    blad = strip_tags(client.get(reverse("adviezen:planning")).content.decode().partition("<tbody>")[2])
    assert "De aanvraag is binnen" not in blad
    assert blad.count("te laat Het dagelijks bestuur beslist") == 3
    assert blad.count(f"{datum_nl(vandaag() + timedelta(days=20))}") >= 4
    for traject in (krap, aanvraag):
        terug = client.get(reverse("adviezen:terugplannen", args=[traject.slug])).content.decode()
        assert "Tegelijk in achterbanberaad" not in terug, "die ronden zijn er nooit geweest"
        assert "te laat</span>" in terug
    ruim = bouw.traject_op("achterbanberaad", wereld).traject
    ruim.adviestermijn = vandaag() + timedelta(days=20)
    ruim.save()
    terug = strip_tags(client.get(reverse("adviezen:terugplannen", args=[ruim.slug])).content.decode())
    assert "In dezelfde weken valt 1 andere ronde die open is of nog komt." in terug, "twee ronden die echt open zijn"


@pytest.mark.django_db
def test_de_maanden_op_de_tijdlijn_heten_zoals_in_het_nederlands(als, wereld):
    traject = bouw.nieuw(wereld).traject
    traject.adviestermijn = vandaag() + timedelta(days=400)
    traject.save()
    blad = als(wereld.secretaris).get(reverse("adviezen:planning"))
    namen = {m["naam"] for m in blad.context["beeld"]["maanden"]}
    assert namen == {"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}


@pytest.mark.django_db
def test_een_heel_bureau_overdragen_en_laten_waarnemen(wereld):
    cast = bouw.traject_op("concept", wereld)
    klok = bouw.traject_op("aangeboden", wereld)
    van, naar = cast.secretaris, cast.tweede
    eigen = open_termijn(soort="eigen", object=cast.traject, basis=vandaag(), door=van, vervalt_op=vandaag())
    gewoon = {"van": van, "naar": naar, "reden": "Zwangerschapsverlof (voorbeeld).", "door": van}
    draag_bureau_over(**gewoon, hoe="waarnemen")
    assert {t.waarnemer for t in (cast.vers(), klok.vers())} == {naar}
    assert draag_bureau_over(**gewoon, hoe="terug").trajecten >= 2
    assert cast.vers().waarnemer is None
    with pytest.raises(InvoerFout, match="niets om over te dragen"):
        draag_bureau_over(**gewoon, hoe="terug")
    draag_bureau_over(**gewoon, hoe="waarnemen")
    vraag = leg_voortraject_vast(titel="Verwacht (voorbeeld)", herkomst="ser", secretaris=van, door=van)
    verwerk()
    assert Termijn.objects.filter(van_mij(van), pk=eigen.pk, herinneringen__ontvanger=van).exists()
    voor = bureau_van(van)
    gedaan = draag_bureau_over(**gewoon, hoe="overdragen")
    assert gedaan == voor
    assert {(t.secretaris, t.waarnemer) for t in (cast.vers(), klok.vers())} == {(naar, None)}
    assert Termijn.objects.get(pk=eigen.pk).eigenaar == naar
    assert not Termijn.objects.filter(van_mij(van), pk=eigen.pk).exists(), "ook al was hij erover gewaarschuwd"
    assert eigen.wijzigingen.get().reden == gewoon["reden"]
    vraag.refresh_from_db()
    assert vraag.secretaris == naar
    assert bureau_van(van).trajecten == 0
    assert Gebeurtenis.objects.filter(soort="adviezen.draag_bureau_over").count() >= 8


@pytest.mark.django_db
def test_wie_alleen_voortrajecten_heeft_kan_ze_overdragen(wereld):
    van, naar = wereld.secretaris, wereld.tweede
    leg_voortraject_vast(titel="Verwacht (voorbeeld)", herkomst="ser", secretaris=van, door=van)
    voor = bureau_van(van)
    assert (voor.trajecten, voor.termijnen, voor.voortrajecten) == (0, 0, 1)
    gewoon = {"van": van, "naar": naar, "reden": "Andere baan.", "door": van}
    with pytest.raises(InvoerFout, match="niets om over te dragen"):
        draag_bureau_over(**gewoon, hoe="waarnemen")
    assert draag_bureau_over(**gewoon, hoe="overdragen") == voor
    assert bureau_van(naar).voortrajecten == 1


@pytest.mark.django_db
def test_wat_niet_kan_met_een_bureau(als, wereld):
    cast = bouw.traject_op("concept", wereld)
    gewoon = {"van": cast.secretaris, "naar": cast.tweede, "hoe": "overdragen", "reden": "x", "door": cast.secretaris}
    with pytest.raises(GeenToegang):
        draag_bureau_over(**gewoon | {"door": cast.tweede})
    for anders, veld in (({"naar": cast.secretaris}, "naar"), ({"hoe": "weg"}, "hoe"), ({"reden": " "}, "reden")):
        with pytest.raises(InvoerFout) as fout:
            draag_bureau_over(**gewoon | anders)
        assert fout.value.veld == veld
    cast.tweede.is_active = False
    cast.tweede.save()
    with pytest.raises(InvoerFout, match="geen werkend account"):
        draag_bureau_over(**gewoon)
    cast.tweede.is_active = True
    cast.tweede.save()
    client = als(cast.algemeen_secretaris)
    pad = reverse("adviezen:bureau")
    assert client.get(pad).status_code == 200
    invoer = {"van": cast.secretaris.pk, "naar": cast.tweede.pk, "hoe": "overdragen"}
    assert client.post(pad, invoer).status_code == 422
    klaar = client.post(pad, invoer | {"reden": "Andere baan."}, follow=True)
    assert "Gedaan:" in klaar.content.decode()
    assert cast.vers().secretaris == cast.tweede


@pytest.mark.django_db
def test_een_eigen_termijn_staat_in_de_eigen_agenda_zonder_titel(als, wereld, client):
    """Een geheime sleutel per persoon, in te trekken; het kenmerk wel, de titel van iets in wording niet."""
    cast = bouw.traject_op("concept", wereld)
    weg = reverse("adviezen:eigen_termijn", args=[cast.traject.slug])
    dag = vandaag() + timedelta(days=9)
    invoer = {"wat": "Concept naar de voorzitter", "vervalt_op": dag.isoformat(), "wie": cast.secretaris.pk}
    fout = als(cast.tweede).post(weg, invoer | {"vervalt_op": (vandaag() - timedelta(days=1)).isoformat()})
    assert (fout.status_code, b"Concept naar de voorzitter" in fout.content) == (422, True)
    for _ in range(2):  # eigen termijnen mogen naast elkaar lopen
        assert als(cast.tweede).post(weg, invoer).status_code == 302
    termijn = Termijn.objects.filter(soort="eigen").latest("pk")
    assert (termijn.eigenaar, termijn.volgende_herinnering) == (cast.secretaris, dag - timedelta(days=7))
    assert termijn.object_naam.startswith("Concept naar de voorzitter (")

    scherm = als(cast.secretaris).post(reverse("vergaderingen_lezen:abonnement")).content.decode()
    sleutel = scherm.partition("/agenda/")[2].partition(".ics")[0]
    adres = reverse("eigen-termijnen", args=[sleutel])
    assert adres in scherm
    client.logout()
    antwoord = client.get(adres)
    punten = {str(p["SUMMARY"]): p for p in Calendar.from_ical(antwoord.content).walk("VEVENT")}
    naam = f"VOORBEELD: Eigen termijn {cast.traject.kenmerk}"
    assert punten[naam]["DTSTART"].dt == dag
    assert cast.traject.titel not in antwoord.content.decode()
    assert "voorzitter" not in antwoord.content.decode()
    assert antwoord["Cache-Control"] == "private, no-store"
    pauzeer(termijn=termijn, reden="Wacht", door=cast.secretaris)
    assert f"{naam} (staat stil)" in client.get(adres).content.decode().replace("\r\n ", "")
    trek_agendasleutel_in(door=cast.secretaris)
    assert client.get(adres).status_code == 404


@pytest.mark.django_db
def test_een_eigen_termijn_vraagt_een_lopend_traject(wereld):
    cast = bouw.traject_op("aangeboden", wereld)
    invoer = {"traject": cast.traject, "wat": "x", "vervalt_op": vandaag(), "wie": cast.secretaris}
    with pytest.raises(InvoerFout, match="afgesloten"):
        zet_eigen_termijn(**invoer, door=cast.secretaris)
    with pytest.raises(GeenToegang):
        zet_eigen_termijn(**invoer, door=wereld.account("FNV 3"))
