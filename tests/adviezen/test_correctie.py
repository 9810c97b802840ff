"""Een verkeerd vastgelegd feit herstellen: reden, oude waarde zichtbaar, en wat openbaar is gaat mee."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from adviezen.actions.aanbieding import bevestig, leg_ontvangst_vast
from adviezen.actions.aanvraag import publiceer_aanvraag
from adviezen.actions.brieven import teken_brief_af
from adviezen.actions.correctie import te_corrigeren
from adviezen.actions.handelen import handel
from adviezen.enums import Stap
from adviezen.models import Advies, Correctie
from adviezen.policies.raad import lopende_agendering
from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie
from kern.tijd import AMSTERDAM, dag_van, datum_nl, nu, vandaag
from logboek.models import Gebeurtenis
from publicatie.models import Publicatie
from publicatie.queries import laatste
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.aanbieden import alles_klaar, bied_aan, maak_pdf, zet_klaar
from tests.adviezen.hulp import herstel

pytestmark = pytest.mark.django_db
GISTEREN = timedelta(days=1)


def maak_klaar(wereld, nummer="V26/31"):
    """Maak een traject dat klaarstaat om aan te bieden, vastgesteld tien dagen geleden."""
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    toen = vandaag() - 10 * GISTEREN
    type(cast.traject).objects.filter(pk=cast.traject.pk).update(vastgesteld_op=toen)
    cast.vers()
    alles_klaar(cast, nummer)
    Advies.objects.filter(traject=cast.traject).update(datum=toen, oordeel="unaniem")
    cast.vers()
    return cast


@pytest.fixture
def klaar(wereld):
    return maak_klaar(wereld, "V26/32")


def opnieuw_klaar(cast):
    """Na een wijziging in stap 8: PDF, klaarzetten, handtekeningen en de bevestiging opnieuw."""
    cast.vers()
    maak_pdf(cast)
    zet_klaar(cast)
    for brief in cast.vers().aanbieding.brieven.filter(afgetekend_op__isnull=True):
        teken_brief_af(brief=brief, versie=None, door=cast.algemeen_secretaris)
    bevestig(traject=cast.traject, versie=None, door=cast.tweede)
    cast.vers()


def begin(wereld):
    cast = maak_klaar(wereld)
    cast.traject = bied_aan(cast)
    return cast


def openbaar(cast):
    return Publicatie.objects.filter(sleutel=f"advies:t-{cast.traject.pk}").latest("pk")


def test_nummer_en_titel_gaan_na_tien_minuten_openbaar_verder(cast):
    correctie = herstel(cast, "nummer", "V26/32")
    assert (correctie.oud, correctie.nieuw, correctie.door_naam) == ("V26/31", "V26/32", cast.secretaris.naam)
    rij = openbaar(cast)
    assert (rij.nummer, rij.bestanden) == ("V26/32", [])
    assert rij.vanaf > nu() + timedelta(minutes=9)
    assert rij.metadata["correcties"][0]["was"] == "V26/31"
    herstel(cast, "titel", " Nieuwe titel (voorbeeld) ")
    assert openbaar(cast).titel == "Nieuwe titel (voorbeeld)"
    assert {t.object_naam for t in Termijn.objects.van(cast.traject.advies)} == {"Nieuwe titel (voorbeeld)"}
    assert len(openbaar(cast).metadata["correcties"]) == 2
    spoor = Gebeurtenis.objects.filter(soort="adviezen.corrigeer", object_id=str(cast.traject.pk))
    assert spoor.count() == 2


def test_wat_voor_het_aanbieden_is_hersteld_heet_daarna_niet_verbeterd(klaar):
    """Het staat goed in de PDF die openbaar werd: die blijft, en het publiek las de oude waarde nooit."""
    herstel(klaar, "oordeel", "verdeeld")
    opnieuw_klaar(klaar)
    klaar.traject = bied_aan(klaar)
    herstel(klaar, "uitgebracht_op", vandaag() - GISTEREN)
    rij = openbaar(klaar)
    assert [c["gegeven"] for c in rij.metadata["correcties"]] == ["dag van aanbieding"]
    assert [b["rol"] for b in rij.bestanden] == ["pdf"]


def test_een_andere_dag_van_vaststelling_verzet_de_tijd_om_aan_te_bieden(wereld):
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld)
    bouw.geopend(wereld, lopende_agendering(cast.traject).agendapunt.vergadering)
    bouw.leg_standpunten_vast(cast)
    cast.traject = handel(traject=cast.traject, versie=None, overgang="stel_vast", door=cast.raadssecretaris)
    herstel(cast, "vastgesteld_op", vandaag() - 3 * GISTEREN, door=cast.raadssecretaris)
    lopend = Termijn.objects.van(cast.traject).lopend().order_by("soort")
    assert [(t.soort, t.basis) for t in lopend if t.soort != "adviestermijn"] == [
        ("aanbieding", vandaag() - 3 * GISTEREN),
        ("publicatie", vandaag() - 3 * GISTEREN),
    ]


def test_een_correctie_noemt_de_dag_in_nederland(cast):
    with time_machine.travel(datetime.combine(vandaag() + timedelta(days=1), time(0, 30), AMSTERDAM), tick=False):
        correctie = herstel(cast, "titel", "Na middernacht (voorbeeld)")
        assert openbaar(cast).metadata["correcties"][0]["op"] == datum_nl(dag_van(correctie.op)) == datum_nl(vandaag())


def test_een_andere_dag_van_aanbieding_verzet_de_klok(cast):
    dag = vandaag() - GISTEREN
    herstel(cast, "uitgebracht_op", dag)
    advies = cast.vers().advies
    assert (cast.traject.aangeboden_op, advies.uitgebracht_op) == (dag, dag)
    klok = Termijn.objects.van(advies).filter(soort="kabinetsreactie")
    assert sorted(klok.values_list("status", flat=True)) == ["open", "vervallen"]
    assert klok.get(status="open").basis == dag
    rij = openbaar(cast)
    assert rij.metadata["klok"]["basis"] == dag.isoformat()
    assert rij.bestanden, "de dag van aanbieding staat niet op de PDF"


@pytest.mark.parametrize(
    ("gegeven", "dag", "tekst"),
    [
        ("uitgebracht_op", 1, "toekomst"),
        ("uitgebracht_op", -11, "voor de vaststelling"),
        ("vastgesteld_op", 1, "toekomst"),
        ("ontvangen_op", -1, "voor de datum van de brief"),
    ],
)
def test_een_dag_die_niet_kan(cast, gegeven, dag, tekst):
    with pytest.raises(InvoerFout, match=tekst) as fout:
        herstel(cast, gegeven, vandaag() + timedelta(days=dag))
    assert fout.value.veld == "nieuw"
    assert not Correctie.objects.exists()


def test_vaststelling_na_aanbieding_kan_niet(cast):
    herstel(cast, "uitgebracht_op", vandaag() - 5 * GISTEREN)
    with pytest.raises(InvoerFout, match="na de aanbieding"):
        herstel(cast, "vastgesteld_op", vandaag() - 2 * GISTEREN)
    herstel(cast, "vastgesteld_op", vandaag() - 6 * GISTEREN)
    cast.vers()
    assert cast.traject.vastgesteld_op == cast.traject.advies.datum == vandaag() - 6 * GISTEREN


def test_oordeel(cast):
    with pytest.raises(InvoerFout, match="Kies unaniem"):
        herstel(cast, "oordeel", "misschien")
    herstel(cast, "oordeel", "verdeeld")
    herstel(cast, "oordeel", "unaniem")
    assert openbaar(cast).uitkomst == "unaniem"


def test_unaniem_kan_niet_naast_uiteenlopende_standpunten(wereld):
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld, verdeeld=True)
    bouw.geopend(wereld, lopende_agendering(cast.traject).agendapunt.vergadering)
    bouw.leg_standpunten_vast(cast, verdeeld=True)
    cast.traject = handel(traject=cast.traject, versie=None, overgang="stel_vast", door=cast.raadssecretaris)
    with pytest.raises(InvoerFout, match="uiteenlopende standpunten"):
        herstel(cast, "oordeel", "unaniem", door=cast.raadssecretaris)


def test_voor_het_aanbieden_moet_het_opnieuw_klaar(klaar):
    assert "nummer" not in {g.naam for g, _ in te_corrigeren(klaar.traject)}
    herstel(klaar, "oordeel", "verdeeld")
    klaar.vers()
    assert klaar.traject.aanbieding.klaargezet_op is None
    brieven = klaar.traject.aanbieding.brieven
    assert not brieven.filter(afgetekend_op__isnull=False).exists(), "in de brief staan de dag en het oordeel"
    assert not Publicatie.objects.filter(sleutel=f"advies:t-{klaar.traject.pk}").exists()


def test_zonder_aanbieding_is_er_niets_bij_te_werken(wereld):
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    Advies.objects.create(
        traject=cast.traject,
        kenmerk=f"t-{cast.traject.pk}",
        titel="T",
        datum=vandaag(),
        oordeel="unaniem",
        voorbeeld=True,
    )
    assert herstel(cast, "oordeel", "verdeeld").nieuw == "verdeeld"


def test_wat_herroepen_is_wordt_door_een_correctie_niet_openbaar(cast):
    rij = openbaar(cast)
    from publicatie.actions import herroep

    herroep(publicatie=rij, door=cast.secretaris)
    herstel(cast, "titel", "Anders (voorbeeld)")
    assert Publicatie.objects.filter(sleutel=rij.sleutel).count() == 1


def herroep_aanbieding(cast):
    stop = {"versie": None, "door": cast.algemeen_secretaris, "reden": "Verkeerde brief."}
    cast.traject = handel(traject=cast.traject, overgang="herroep_aanbieding", **stop)
    cast.vers()


def test_na_een_correctie_neemt_herroepen_alles_terug(cast):
    """Alleen de laatste herroepen liet de eerste gelden: het advies werd na tien minuten toch openbaar."""
    herstel(cast, "titel", "Anders (voorbeeld)")
    herroep_aanbieding(cast)
    assert laatste(f"advies:t-{cast.traject.pk}") is None
    assert cast.traject.aanbieding.pdf is None, "op de PDF staat de oude titel"
    opnieuw_klaar(cast)
    bied_aan(cast)
    assert openbaar(cast).titel == "Anders (voorbeeld)"
    assert [b["rol"] for b in openbaar(cast).bestanden] == ["pdf"]


def test_een_herstelde_dag_van_de_vraag_staat_overal_goed(cast):
    """Bij de openbare vraag, bij het advies en onder Verbeterd; de dag van ontvangst blijft binnen."""
    publiceer_aanvraag(cast.traject.aanvraag, door=cast.secretaris)
    dag = cast.traject.aanvraag.datum - GISTEREN
    herstel(cast, "aanvraag_datum", dag)
    assert cast.vers().advies.aanvraagdatum == dag
    vraag = laatste(f"adviesaanvraag:t-{cast.traject.pk}")
    assert (vraag.metadata["datum"], openbaar(cast).metadata["aanvraagdatum"]) == (dag.isoformat(), dag.isoformat())
    assert [c["gegeven"] for c in openbaar(cast).metadata["correcties"]] == ["datum van de adviesaanvraag"]
    assert openbaar(cast).bestanden, "de dag van de vraag staat niet op de PDF"
    herstel(cast, "ontvangen_op", dag)
    herstel(cast, "titel", "Anders (voorbeeld)")
    genoemd = [c["gegeven"] for c in openbaar(cast).metadata["correcties"]]
    assert genoemd == ["datum van de adviesaanvraag", "titel van het advies"]


def test_een_brief_noemt_de_dag_van_de_vraag(klaar):
    herstel(klaar, "aanvraag_datum", klaar.traject.aanvraag.datum - GISTEREN)
    assert not klaar.vers().aanbieding.brieven.filter(afgetekend_op__isnull=False).exists()
    assert klaar.traject.aanbieding.klaargezet_op is None


def test_aanbieden_is_niet_na_de_bevestiging_van_de_ontvangst(cast):
    herstel(cast, "uitgebracht_op", vandaag() - 5 * GISTEREN)
    leg_ontvangst_vast(traject=cast.traject, versie=None, op=vandaag() - 4 * GISTEREN, door=cast.secretaris)
    with pytest.raises(InvoerFout, match="na de bevestiging van de ontvangst"):
        herstel(cast, "uitgebracht_op", vandaag() - 3 * GISTEREN)


def test_weigeringen(cast):
    with pytest.raises(GeenToegang):
        herstel(cast, "titel", "x", door=cast.tweede)
    with pytest.raises(VerouderdeVersie):
        herstel(cast, "titel", "x", versie=0)
    for gegeven, nieuw, veld, reden in (
        ("scope", "x", "", "r"),
        ("titel", "x", "reden", " "),
        ("titel", "  ", "nieuw", "r"),
        ("nummer", "zeven", "nieuw", "r"),
        ("nummer", "V26/31", "nieuw", "r"),
    ):
        with pytest.raises(InvoerFout) as fout:
            herstel(cast, gegeven, nieuw, reden=reden)
        assert fout.value.veld == veld


def test_het_scherm(als, cast):
    client = als(cast.secretaris)
    slug = cast.traject.slug
    lijst = reverse("adviezen:correctie", kwargs={"slug": slug})
    doe = reverse("adviezen:corrigeer", kwargs={"slug": slug, "gegeven": "uitgebracht_op"})
    assert "Herstel" in client.get(lijst).content.decode()
    zegt = client.get(doe).content.decode()
    assert "opnieuw gerekend" in zegt
    assert "De openbare bladzijde toont" in zegt
    ontvangen = reverse("adviezen:corrigeer", kwargs={"slug": slug, "gegeven": "ontvangen_op"})
    binnen = client.get(ontvangen).content.decode()
    assert "schuift mee" in binnen
    assert "openbare bladzijde" not in binnen
    invoer = {
        "nieuw": (vandaag() + GISTEREN).isoformat(),
        "reden": "Verkeerde dag getypt.",
        "versie": cast.vers().rijversie,
    }
    fout = client.post(doe, invoer)
    assert fout.status_code == 422
    assert "Verkeerde dag getypt." in fout.content.decode()
    assert client.post(doe, invoer | {"nieuw": (vandaag() - GISTEREN).isoformat()}).status_code == 302
    bladzijde = client.get(lijst).content.decode()
    assert "<s>" in bladzijde
    for gegeven, status in (("oordeel", 200), ("samenvatting", 200), ("titel", 200), ("scope", 404)):
        pad = reverse("adviezen:corrigeer", kwargs={"slug": slug, "gegeven": gegeven})
        assert client.get(pad).status_code == status
    ander = als(cast.tweede)
    assert ander.get(doe).status_code == 404
    leest_mee = ander.get(lijst).content.decode()
    assert "Herstel<span" not in leest_mee
    assert "Dat doet de secretaris van de commissie of de secretaris van de raad" in leest_mee, "anders loopt het dood"
    assert als(cast.buitenstaander).get(lijst).status_code == 404


def test_het_scherm_zegt_dat_er_opnieuw_getekend_moet_worden(als, klaar):
    pad = reverse("adviezen:corrigeer", kwargs={"slug": klaar.traject.slug, "gegeven": "vastgesteld_op"})
    zegt = als(klaar.secretaris).get(pad).content.decode()
    assert "opnieuw afgetekend" in zegt
    assert "schuift mee" in zegt


def test_na_een_correctie_kan_opnieuw_worden_klaargezet(klaar):
    herstel(klaar, "vastgesteld_op", vandaag() - 9 * GISTEREN)
    klaar.vers()
    with pytest.raises(InvoerFout, match="nog niet klaar"):
        zet_klaar(klaar)


def test_een_correctie_van_na_middernacht_heet_openbaar_van_die_dag(cast):
    """Om half een 's nachts is het in UTC nog gisteren."""
    morgen = vandaag() + timedelta(days=1)
    with time_machine.travel(datetime.combine(morgen, time(0, 30), AMSTERDAM), tick=False):
        herstel(cast, "titel", "Na middernacht (voorbeeld)")
        assert openbaar(cast).metadata["correcties"][0]["op"] == datum_nl(morgen)
