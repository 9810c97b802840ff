"""Wat een advies wilde bereiken, en wat er na 1, 3 en 5 jaar van kwam; van vraag tot uitwerking in één verhaal."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.db import DatabaseError, transaction
from django.urls import reverse

from adviezen.actions.handelen import handel
from adviezen.actions.impact import leg_impact_vast, openbare_impact
from adviezen.enums import Impactmoment, Stap
from adviezen.models import BeoogdeImpact
from adviezen.policies.aanbieding import waarschuwingen
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu, vandaag
from opvolging.actions.evaluatie import leg_evaluatie_vast, plan_evaluaties
from opvolging.models import Evaluatie
from opvolging.queries.evaluatie import begindag, doorwerking_van, komende, te_plannen
from publicatie.models import Publicatie
from publiek.models import Advies as OpenbaarAdvies
from publiek.models import Evaluatie as OpenbareEvaluatie
from publiek.queries import rond
from publiek.verhaal import doorwerking_van as openbare_doorwerking
from publiek.verhaal import verhaal_van, vervolg_van
from termijnen import soorten
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.aanbieden import alles_klaar, bied_aan
from tests.opvolging.hulp import openbaar

pytestmark = pytest.mark.django_db
SOORTEN = ["evaluatie_1", "evaluatie_3", "evaluatie_5"]


def beoog(cast, moment=Impactmoment.VASTSTELLING, **anders):
    invoer = {"beoogd": "Minder wachten (voorbeeld).", "groepen": "Huurders", "door": cast.secretaris}
    return leg_impact_vast(traject=cast.traject, versie=None, moment=moment, **(invoer | anders))


def evalueer(wereld, rij, na_jaren=0, **anders):
    invoer = {"uitwerking": "deels", "bevindingen": "Het wachten werd korter (voorbeeld).", "door": wereld.secretaris}
    return leg_evaluatie_vast(advies=rij, na_jaren=na_jaren, **(invoer | anders))


# --- wat het advies wil bereiken ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stap", "intake", "vaststelling"),
    [
        (Stap.TOEWIJZING, True, False),
        (Stap.CONCEPT, True, False),
        (Stap.ACHTERBANBERAAD, False, False),
        (Stap.VERWERKING, False, True),
        (Stap.VASTSTELLING, False, True),
        (Stap.AANGEBODEN, False, False),
    ],
)
def test_elk_moment_is_alleen_in_zijn_stappen_open(wereld, stap, intake, vaststelling):
    cast = bouw.traject_op(stap, wereld)
    for moment, open_ in ((Impactmoment.INTAKE, intake), (Impactmoment.VASTSTELLING, vaststelling)):
        if open_:
            assert beoog(cast, moment).moment == moment
        else:
            with pytest.raises(InvoerFout, match="ligt dit vast"):
                beoog(cast, moment)


def test_wie_het_mag_en_wat_er_moet_staan(wereld):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    with pytest.raises(GeenToegang):
        beoog(cast, Impactmoment.INTAKE, door=cast.tweede)
    with pytest.raises(InvoerFout) as fout:
        beoog(cast, Impactmoment.INTAKE, beoogd=" ")
    assert fout.value.veld == "beoogd"


def test_openbaar_met_het_advies_en_niet_eerder(wereld):
    """De tekst van de vaststelling gaat met de publicatie mee; die van de intake nooit."""
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    BeoogdeImpact.objects.create(
        traject=cast.traject, moment=Impactmoment.INTAKE, beoogd="Geheim van de intake", door=cast.secretaris
    )
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    assert [t.tekst for t in waarschuwingen(cast.traject)] == ["Er staat niet wat dit advies moet bereiken."]
    BeoogdeImpact.objects.create(
        traject=cast.traject, moment=Impactmoment.INTAKE, beoogd="Geheim van de intake", door=cast.secretaris
    )
    beoog(cast)
    assert waarschuwingen(cast.traject) == []
    assert not Publicatie.objects.filter(metadata__has_key="impact").exists()
    alles_klaar(cast)
    bied_aan(cast)
    rij = Publicatie.objects.get(metadata__has_key="impact")
    assert rij.metadata["impact"] == [
        {"kop": "Wat het advies teweeg moet brengen", "tekst": "Minder wachten (voorbeeld)."},
        {"kop": "Wie het raakt, ten goede en ten kwade", "tekst": "Huurders"},
    ]
    assert "Geheim" not in str(rij.metadata)
    assert rij.vanaf > nu()  # tien minuten lang nog niemand
    assert openbare_impact(cast.traject) == {"impact": rij.metadata["impact"]}


def test_wijzigen_na_klaarzetten_vraagt_een_nieuwe_bevestiging(wereld):
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    beoog(cast)
    alles_klaar(cast)
    beoog(cast)  # niets anders: blijft staan
    cast.traject.aanbieding.refresh_from_db()
    assert cast.traject.aanbieding.bevestigd_op is not None
    beoog(cast, beoogd="Iets anders")
    cast.traject.aanbieding.refresh_from_db()
    assert cast.traject.aanbieding.bevestigd_op is None


def test_het_scherm_vult_de_tweede_vooraf_en_bewaart_wat_getypt_is(wereld, als):
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld)
    weg = reverse("adviezen:impact", args=[cast.traject.slug])
    html = als(cast.secretaris).get(weg).content.decode()
    assert "Uitvoerbaar (voorbeeld)." in html
    assert "vooraf gevuld" in html
    invoer = {"versie": cast.traject.rijversie, "moment": "vaststelling", "beoogd": "", "kosten": "Eén miljoen"}
    antwoord = als(cast.secretaris).post(weg, invoer)
    assert (antwoord.status_code, "Eén miljoen" in antwoord.content.decode()) == (422, True)
    assert als(cast.secretaris).post(weg, invoer | {"beoogd": "Rust"}).status_code == 302
    assert BeoogdeImpact.objects.get(traject=cast.traject).kosten == "Eén miljoen"


# --- de evaluaties als termijn -----------------------------------------------------------------------------------


def test_aanbieden_plant_de_evaluaties_en_herroepen_haalt_ze_weg(wereld):
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    alles_klaar(cast)
    bied_aan(cast)
    termijnen = Termijn.objects.van(cast.traject.advies).filter(soort__in=SOORTEN)
    assert [(t.soort, t.vervalt_op) for t in termijnen.order_by("vervalt_op")] == [
        (f"evaluatie_{n}", vandaag() + relativedelta(years=n)) for n in (1, 3, 5)
    ]
    assert termijnen[0].uitleg.startswith("1 jaar na uitbrengen op")
    handel(
        traject=cast.vers(),
        versie=None,
        overgang="herroep_aanbieding",
        reden="Te vroeg",
        door=cast.algemeen_secretaris,
    )
    assert {t.status for t in termijnen.all()} == {"vervallen"}


def test_vastleggen_voldoet_de_termijn_en_het_laatste_geldt(wereld):
    rij = openbaar(wereld, dagen_geleden=330)
    plan_evaluaties(advies=rij, door=wereld.secretaris)
    assert [t.soort for t in komende()] == SOORTEN
    eerste = evalueer(wereld, rij, 1)
    assert Termijn.objects.van(rij).get(soort="evaluatie_1").status == "voldaan"
    with pytest.raises(InvoerFout, match="Een ander"):
        evalueer(wereld, rij, 1)
    tweede = evalueer(wereld, rij, 1, uitwerking="bereikt", gezien=eerste.pk)
    assert tweede.openbaar_vanaf == eerste.openbaar_vanaf  # binnen tien minuten: het publiek leest alleen de laatste
    evalueer(wereld, rij, 0)
    evalueer(wereld, rij, 0)
    stand = doorwerking_van(rij, wereld.secretaris)
    assert [(e.na_jaren, e.uitwerking) for e in stand.evaluaties] == [(1, "bereikt"), (0, "deels"), (0, "deels")]
    assert [e.pk for e in stand.eerdere] == [eerste.pk]
    with pytest.raises(DatabaseError), transaction.atomic():
        Evaluatie.objects.filter(pk=eerste.pk).update(bevindingen="Anders")


@pytest.mark.parametrize(
    ("na_jaren", "anders", "veld"),
    [
        (2, {}, "na_jaren"),
        (5, {}, "na_jaren"),  # vijf jaar, na tien dagen
        (0, {"uitwerking": "prachtig"}, "uitwerking"),
        (0, {"bevindingen": " "}, "bevindingen"),
        (0, {"per": date(2200, 1, 1)}, "per"),
        (0, {"per": date(1990, 1, 1)}, "per"),
    ],
)
def test_slechte_invoer_noemt_het_veld(wereld, na_jaren, anders, veld):
    rij = openbaar(wereld)
    with pytest.raises(InvoerFout) as fout:
        evalueer(wereld, rij, na_jaren, **anders)
    assert (fout.value.veld, Evaluatie.objects.count()) == (veld, 0)


def test_plannen_kan_een_keer_en_niet_in_het_verleden(wereld):
    rij = openbaar(wereld, dagen_geleden=400)
    assert [t.soort for t in plan_evaluaties(advies=rij, door=wereld.secretaris)] == SOORTEN[1:]
    for dagen in (400, 2000):
        ander = rij if dagen == 400 else openbaar(wereld, dagen_geleden=dagen)
        with pytest.raises(InvoerFout, match="niets te plannen"):
            plan_evaluaties(advies=ander, door=wereld.secretaris)
    rij.uitgebracht_op, rij.datum_precisie = None, "maand"
    rij.save()
    with pytest.raises(InvoerFout, match="niet bekend"):
        plan_evaluaties(advies=rij, door=wereld.secretaris)
    with pytest.raises(InvoerFout, match="niet bekend"):
        evalueer(wereld, rij, 1)


# --- wat het publiek leest ---------------------------------------------------------------------------------------


def test_het_publiek_leest_het_na_tien_minuten_en_de_lessen_nooit(wereld, als, client):
    rij = openbaar(wereld, dagen_geleden=340)
    plan_evaluaties(advies=rij, door=wereld.secretaris)
    evaluatie = evalueer(wereld, rij, 1, groepen="Huurders merkten het", lessen="Geheime les")
    weg = f"/kabinetsreacties/{rij.kenmerk}/"
    assert not OpenbareEvaluatie.objects.exists()
    assert [t.na_jaren for t in openbare_doorwerking(rij.kenmerk, {}, rond(rij.kenmerk)).komend] == [3, 5]
    Evaluatie.objects.bulk_create([_als_gisteren(evaluatie)])
    html = client.get(weg).content.decode()
    assert "Evaluatie na 1 jaar: deels bereikt" in html
    assert "Huurders merkten het" in html
    assert "Geheime les" not in html
    assert wereld.secretaris.naam not in html
    binnen = als(wereld.secretaris).get(reverse("opvolging:advies", args=[rij.kenmerk])).content.decode()
    assert "Geheime les" in binnen
    assert client.get("/api/v1/evaluaties").json()["evaluaties"] == [een := _in_de_api(client, rij)]
    assert client.get(f"/api/v1/evaluaties/{een['id']}").json() == een
    assert client.get("/api/v1/evaluaties?uitwerking=niet").json()["totaal"] == 0
    rij_openbaar = OpenbaarAdvies.objects.get(kenmerk=rij.kenmerk)
    daden = [
        f.daad
        for f in verhaal_van(rij_openbaar, None, [], vervolg_van(rij_openbaar, rond(rij_openbaar.kenmerk))).feiten
    ]
    assert daden[-3:] == [
        "Evaluatie na 1 jaar: deels bereikt",
        "De SER kijkt na 3 jaar wat het uitwerkte",
        "De SER kijkt na 5 jaar wat het uitwerkte",
    ]


def _in_de_api(client, rij):
    """De ene evaluatie van dit advies zoals de API haar geeft; de lessen staan er niet in."""
    advies = client.get(f"/api/v1/adviezen/{rij.kenmerk}").json()
    assert [k["naJaren"] for k in advies["komendeEvaluaties"]] == [3, 5]
    (kort,) = advies["evaluaties"]
    assert (kort["naJaren"], kort["uitwerking"], kort["groepen"]) == (1, "deels", "Huurders merkten het")
    uit = client.get("/api/v1/evaluaties", {"advies": rij.kenmerk}).json()["evaluaties"][0]
    assert (uit["advies"], uit["adviesTitel"]) == (rij.kenmerk, rij.titel)
    assert "Geheime les" not in str(uit) + str(advies)
    assert {naam: uit[naam] for naam in kort} == kort
    return uit


def _als_gisteren(rij):
    """Dezelfde evaluatie, alsof zij gisteren was vastgelegd."""
    velden = {f.attname: getattr(rij, f.attname) for f in Evaluatie._meta.concrete_fields if f.attname != "id"}
    return Evaluatie(**(velden | {"openbaar_vanaf": nu() - timedelta(days=1)}))


def test_het_scherm_staat_op_het_moment_dat_aan_de_beurt_is(wereld, als):
    rij = openbaar(wereld, dagen_geleden=340)
    weg = reverse("opvolging:evaluatie", args=[rij.kenmerk])
    opvolging = reverse("opvolging:advies", args=[rij.kenmerk])
    assert b"Plan de evaluaties" in als(wereld.secretaris).get(opvolging).content
    assert als(wereld.secretaris).post(reverse("opvolging:plan_evaluaties", args=[rij.kenmerk])).status_code == 302
    assert b"Plan de evaluaties" not in als(wereld.secretaris).get(opvolging).content
    assert b'<option value="1" selected>' in als(wereld.secretaris).get(weg).content
    assert b'<option value="0" selected>' in als(wereld.secretaris).get(weg + "?na=0").content
    fout = als(wereld.secretaris).post(weg, {"na_jaren": "1", "bevindingen": "Blijft staan"})
    assert (fout.status_code, b"Blijft staan" in fout.content) == (422, True)
    goed = {"na_jaren": "1", "per": vandaag().isoformat(), "uitwerking": "niet", "bevindingen": "Niets"}
    lang = als(wereld.secretaris).post(weg, goed | {"bevindingen": "x" * 20_001})
    assert (lang.status_code, list(lang.context["form"].errors)) == (422, ["bevindingen"])
    assert als(wereld.secretaris).post(weg, goed).status_code == 302
    blad = als(wereld.secretaris).get(weg + "?na=1")
    assert b"al vastgelegd" in blad.content
    # Wie op dat scherm een ander moment kiest, vervangt niets; niemand was hem voor.
    tussentijds = goed | {"na_jaren": "0", "gezien": blad.context["form"]["gezien"].value()}
    assert als(wereld.secretaris).post(weg + "?na=1", tussentijds).status_code == 302
    lijst = als(wereld.secretaris).get(reverse("opvolging:evaluaties")).content
    assert b"Evaluatie na 3 jaar" in lijst
    assert b"evaluatie na 5 jaar" in lijst


def test_de_waarschuwing_opent_het_scherm_van_die_evaluatie(wereld, als):
    rij = openbaar(wereld, dagen_geleden=10)
    for termijn in plan_evaluaties(advies=rij, door=wereld.secretaris):
        soort = soorten.met_naam(termijn.soort)
        jaren = termijn.soort.removeprefix("evaluatie_")
        scherm = als(wereld.secretaris).get(soort.adres(termijn))
        assert f'<option value="{jaren}" selected>' in scherm.content.decode()
    weg = Termijn(soort="evaluatie_3", object_id="0")
    assert soort.adres(weg) == soorten.met_naam("kabinetsreactie").adres(weg) == "/werk/opvolging/"
    assert list(soort.ontvangers(weg, vandaag())) == []


def test_van_een_archiefadvies_tellen_de_jaren_vanaf_zijn_dag_en_zonder_dag_is_er_niets_te_plannen(wereld, als):
    rij = openbaar(wereld, dagen_geleden=340)
    rij.uitgebracht_op = None
    rij.save()
    pad = reverse("opvolging:advies", args=[rij.kenmerk])
    assert begindag(rij) == rij.datum
    assert te_plannen(rij) == SOORTEN
    assert b"Plan de evaluaties" in als(wereld.secretaris).get(pad).content
    rij.datum_precisie = "jaar"
    rij.save()
    assert (begindag(rij), te_plannen(rij)) == (None, [])
    scherm = als(wereld.secretaris).get(pad).content.decode()
    assert "Van dit advies is de dag niet bekend." in scherm
    assert "Plan de evaluaties" not in scherm


def test_elke_gedane_evaluatie_is_terug_te_vinden(wereld, als, monkeypatch):
    monkeypatch.setattr("opvolging.views.evaluatie.PER_BLADZIJDE", 1)
    rij = openbaar(wereld)
    pks = [evalueer(wereld, rij).pk for _ in range(2)]
    client, adres = als(wereld.secretaris), reverse("opvolging:evaluaties")
    bladen = [client.get(adres, {"gedaan": str(n)}).context["gedaan"] for n in (1, 2)]
    assert [[e.pk for e in blad] for blad in bladen] == [[pk] for pk in reversed(pks)]
    assert "?gedaan=2" in client.get(adres).content.decode()


def test_de_evaluaties_die_komen_staan_bij_hun_advies_en_alleen_wat_nu_kan_is_een_link(wereld, als, monkeypatch):
    """Los van elkaar stond elk advies er drie keer, tot vijf jaar vooruit, met een link die dan weigerde."""
    oud, vers = openbaar(wereld, dagen_geleden=330), openbaar(wereld, dagen_geleden=10)
    for rij in (vers, oud):
        plan_evaluaties(advies=rij, door=wereld.secretaris)
    Termijn.objects.van(oud).filter(soort="evaluatie_1").update(vervalt_op=vandaag() - timedelta(days=3))
    client, adres = als(wereld.secretaris), reverse("opvolging:evaluaties")
    antwoord = client.get(adres)
    assert [r.advies for r in antwoord.context["regels"]] == [oud, vers], "wat verstreken is eerst"
    assert [[t.soort for t, _ in r.eerst] for r in antwoord.context["regels"]] == [["evaluatie_1"]] * 2
    assert [[t.soort for t in r.later] for r in antwoord.context["regels"]] == [["evaluatie_3", "evaluatie_5"]] * 2
    tekst = antwoord.content.decode()
    formulier = "{}?na=1".format
    assert formulier(reverse("opvolging:evaluatie", args=[oud.kenmerk])) in tekst
    assert formulier(reverse("opvolging:evaluatie", args=[vers.kenmerk])) not in tekst
    assert "Evaluatie na 1 jaar: kan vanaf " in tekst
    assert "dagen verstreken" in tekst
    monkeypatch.setattr("opvolging.views.evaluatie.PER_BLADZIJDE", 1)
    assert [r.advies for r in client.get(adres, {"pagina": "2"}).context["regels"]] == [vers], (
        "een bladzijde telt adviezen"
    )
