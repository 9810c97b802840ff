"""/werk/: wat vandaag moet, wat fout dreigt te gaan, en evenveel zoekvragen bij elk aantal."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from adviezen.actions import brieven, mede, reacties
from adviezen.actions.aanbieding import bevestig
from adviezen.enums import Stap
from adviezen.models import Achterbanberaad, Adviesaanvraag, Adviestraject
from berichten.actions import stuur
from berichten.models import Bericht
from dialoog.models import Editie
from kern.tijd import datum_nl, nu, vandaag
from termijnen import soorten
from termijnen.actions import open_termijn, verwerk
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.aanbieden import gegevens, maak_pdf, zet_klaar
from tests.adviezen.conftest import _stand, _wereld, wereld  # noqa: F401 dezelfde wereld als bij de adviezen
from vergaderingen.actions import plan_vergadering
from werkplek import queries
from werkplek.queries_organisatie import gesloten, open_beraden, uitgelegd

pytestmark = pytest.mark.django_db


@pytest.fixture
def als(client):
    def log_in(gebruiker):
        client.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


def test_een_secretaris_begint_bij_eigen_werk_en_een_ander_bij_alles(als, wereld):  # noqa: F811
    bouw.traject_op(Stap.AANVRAAG, wereld)
    assert als(wereld.secretaris).get("/werk/").context["van"] == "mij"
    assert als(wereld.communicatie).get("/werk/").context["van"] == "alle"
    assert als(wereld.communicatie).get("/werk/?van=onzin").context["van"] == "alle"


def test_mij_waarneming_en_alle(als, wereld):  # noqa: F811
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    cast.traject.waarnemer = cast.tweede
    cast.traject.save()
    tellingen = {van: als(cast.tweede).get(f"/werk/?van={van}").context["aantal"] for van in queries.VAN}
    assert tellingen == {"mij": 0, "waarneming": 1, "alle": 1}
    # ook de termijnen op dat tabblad zijn die van wat iemand waarneemt, niet die van iedereen
    ander = bouw.traject_op(Stap.CONCEPT, wereld).traject
    dag = vandaag()
    for traject in (cast.traject, ander):
        open_termijn(soort="eigen", object=traject, basis=dag, vervalt_op=dag, door=cast.secretaris, wat="Bellen")
    gezien = {van: queries.termijnstand(cast.tweede, van, dag).rijen for van in queries.VAN}
    assert {t.object_id for t, _ in gezien["waarneming"] if t.soort == "eigen"} == {str(cast.traject.pk)}
    assert len([t for t, _ in gezien["alle"] if t.soort == "eigen"]) == 2


def test_eigen_termijnen_staan_er_ook_als_anderen_er_heel_veel_hebben(wereld, monkeypatch):  # noqa: F811
    """De grens op wat gelezen wordt geldt per tabblad: de verstreken termijnen van een ander verdringen niets."""
    monkeypatch.setattr(queries, "GRENS", 2)
    ander, eigen = (bouw.traject_op(Stap.CONCEPT, wereld) for _ in range(2))
    ander.traject.secretaris, eigen.traject.waarnemer = wereld.raadssecretaris, wereld.communicatie
    for cast in (ander, eigen):
        cast.traject.save()
    dag = vandaag()
    kw = {"soort": "eigen", "basis": dag, "door": eigen.secretaris}
    for n in range(3):
        open_termijn(object=ander.traject, vervalt_op=dag, eigenaar=ander.tweede, wat=f"Bel {n}", **kw)
    open_termijn(object=eigen.traject, vervalt_op=dag + timedelta(days=3), wat="Bel zelf", **kw)
    for van, wie in (("mij", eigen.secretaris), ("waarneming", wereld.communicatie)):
        rijen = queries.termijnstand(wie, van, dag).rijen
        assert {t.object_id for t, _ in rijen if t.soort == "eigen"} == {str(eigen.traject.pk)}, van


def test_wat_verstreken_is_telt_over_de_grens_heen(wereld, monkeypatch):  # noqa: F811
    monkeypatch.setattr(queries, "GRENS", 2)
    cast, dag = bouw.traject_op(Stap.CONCEPT, wereld), vandaag()
    wie = {"soort": "eigen", "object": cast.traject, "basis": dag - timedelta(days=9)}
    for dagen in (3, 2, 1):
        open_termijn(**wie, vervalt_op=dag - timedelta(days=dagen), door=cast.secretaris, wat="Voorbij")
    assert queries.termijnstand(cast.secretaris, "mij", dag).verstreken == 3


def test_waarnemen_gaat_ook_over_ronden_klokken_en_evaluaties(als, wereld):  # noqa: F811
    ronde, klok = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld), bouw.traject_op(Stap.AANGEBODEN, wereld)
    for cast in (ronde, klok):
        cast.traject.waarnemer = cast.tweede
        cast.traject.save()
    dag, beraad = vandaag(), ronde.traject.beraden.get()
    termijn = open_termijn(soort="achterbanberaad", object=beraad, basis=dag, vervalt_op=dag, door=ronde.secretaris)
    for soort in ("kabinetsreactie", "evaluatie_1"):
        open_termijn(soort=soort, object=klok.traject.advies, basis=dag, door=klok.secretaris)

    def gezien(gebruiker, wie):
        return {t.soort for t in als(gebruiker).get(f"/werk/termijnen/?wie={wie}").context["bladzijde"]}

    assert gezien(ronde.tweede, "waarneming") == {"achterbanberaad", "kabinetsreactie", "evaluatie_1"}
    assert gezien(ronde.tweede, "mijn") == gezien(ronde.raadssecretaris, "waarneming") == set()
    assert ronde.tweede in soorten.met_naam("achterbanberaad").ontvangers(termijn, dag)


def test_het_postvak_noemt_het_traject_voor_wie_het_ziet(als, wereld):  # noqa: F811
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    titel, beraad = cast.traject.titel, cast.traject.beraden.get()
    deelname = beraad.deelnames.exclude(contact=None).first()
    gevraagd = f"/organisatie/beraad/{deelname.pk}/"
    stuur(ontvanger=deelname.contact, onderwerp="Proef", pad=gevraagd, feit="proef.over:0", wacht=False)
    pad = f"/werk/trajecten/{cast.traject.slug}/reacties/"
    for wie in (cast.secretaris, cast.buitenstaander):
        stuur(ontvanger=wie, onderwerp="Proef", pad=pad, feit=f"proef.over:{wie.pk}", wacht=False)

    def postvak(gebruiker):
        with CaptureQueriesContext(connection) as vragen:
            antwoord = als(gebruiker).get("/account/berichten/")
        return [over for _, over in antwoord.context["rijen"]], len(vragen)

    assert titel in postvak(deelname.contact)[0], "gevraagd om een reactie"
    assert postvak(cast.buitenstaander)[0] == [""], "wie het traject niet ziet, leest de titel niet"
    over, een = postvak(cast.secretaris)
    assert titel in over
    dag = vandaag()
    open_termijn(soort="achterbanberaad", object=beraad, basis=dag, vervalt_op=dag, door=cast.secretaris)
    verwerk()
    for n in range(12):
        stuur(ontvanger=cast.secretaris, onderwerp="Proef", pad=pad, feit=f"proef.meer:{n}", wacht=False)
    over, veel = postvak(cast.secretaris)
    assert Termijn.objects.get(soort="achterbanberaad").object_naam in over, "de waarschuwing over de termijn"
    assert veel <= een + 1, "één zoekvraag erbij voor de termijnen, hoeveel berichten er ook zijn"


def test_uitzonderingen_noemen_stille_organisaties_en_wachtende_ontvangst(wereld):  # noqa: F811
    beraad = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld).traject
    aanvraag = bouw.traject_op(Stap.AANVRAAG, wereld).traject
    ronde = beraad.beraden.get()
    dag = ronde.uiterlijk_op + timedelta(days=1)
    teksten = [u.tekst for u in queries.uitzonderingen(wereld.secretaris, "mij", dag, 2, [])]
    assert teksten[0] == "2 termijnen zijn verstreken"
    assert any(t.startswith(f"{beraad.titel}: 6 organisaties reageerden nog niet") for t in teksten)
    if hasattr(aanvraag, "aanvraag"):
        assert any("ontvangst nog niet bevestigd" in t for t in teksten)


def test_wat_op_iemand_wacht_staat_op_zijn_beginscherm(wereld):  # noqa: F811
    """Er komt geen bericht van: wie niet zelf ging kijken, liet een advies of de nieuwsupdate liggen."""
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    gegevens(cast)
    brieven.stel_brieven_op(traject=cast.traject, versie=None, door=cast.secretaris)
    maak_pdf(cast)
    zet_klaar(cast)
    tot = nu()
    Editie.objects.create(ritme="nieuwsupdate", nummer=7, van=tot - timedelta(days=14), tot=tot)

    def staat_er(wie):
        return {u.tekst: u.link for u in queries.uitzonderingen(wie, "mij", vandaag(), 0, [])}

    pad = f"/werk/trajecten/{cast.traject.slug}/aanbieding/"
    bevestigen = f"{cast.traject.titel}: de aanbieding wacht op bevestiging door een tweede"
    tekenen = f"{cast.traject.titel}: 1 brief wacht op uw handtekening"
    assert staat_er(cast.algemeen_secretaris).items() >= {bevestigen: pad, tekenen: pad}.items()
    assert "Nieuwsupdate 7 wacht op vrijgave" in staat_er(cast.algemeen_secretaris)
    assert not staat_er(cast.secretaris).keys() & {bevestigen, tekenen, "Nieuwsupdate 7 wacht op vrijgave"}
    bevestig(traject=cast.vers(), versie=None, door=cast.tweede)
    assert bevestigen not in staat_er(cast.algemeen_secretaris)


def test_een_werker_die_stilstaat_valt_op(wereld):  # noqa: F811
    stuur(ontvanger=wereld.secretaris, onderwerp="Proef", pad="/werk/", feit="proef.stil:1", door=None)
    teksten = [u.tekst for u in queries.uitzonderingen(wereld.secretaris, "mij", vandaag(), 0, [])]
    assert not any("te lang" in t for t in teksten)
    Bericht.objects.update(volgende_poging=nu() - timedelta(minutes=16))
    teksten = [u.tekst for u in queries.uitzonderingen(wereld.secretaris, "mij", vandaag(), 0, [])]
    assert teksten[0] == "1 bericht wacht te lang: zeg het de beheerder"


def test_het_overzicht_telt_per_stap_en_commissie_en_klopt_met_de_lijst(wereld):  # noqa: F811
    assert queries.fasen(wereld.secretaris) is None
    for stap in (Stap.TOEWIJZING, Stap.CONCEPT, Stap.CONCEPT):
        bouw.traject_op(stap, wereld)
    matrix = queries.fasen(wereld.secretaris)
    assert matrix.kolomtotalen == ["0", "1", "2", "0", "0", "0", "0", "0", "3"]
    assert [rij.totaal for rij in matrix.rijen] == ["2", "1"]


def test_elk_getal_in_het_overzicht_is_het_aantal_op_de_lijst_erachter(als, wereld):  # noqa: F811
    """Ook "nog niet toegewezen": een traject dat terug is bij het bestuur heeft zijn commissie nog."""
    for stap in (Stap.TOEWIJZING, Stap.TOEWIJZING, Stap.CONCEPT):
        laatste = bouw.traject_op(stap, wereld)
    commissie = laatste.traject.commissie
    Adviestraject.objects.filter(pk=Adviestraject.objects.filter(stap=Stap.TOEWIJZING).first().pk).update(
        commissie=commissie
    )
    client, matrix = als(wereld.secretaris), queries.fasen(wereld.secretaris)
    for rij in matrix.rijen:
        for cel in (c for c in rij.cellen if c.url):
            assert str(client.get(cel.url).context["pagina"].paginator.count) == cel.woord, (rij.kop.tekst, cel.url)
        assert str(client.get(rij.kop.url).context["pagina"].paginator.count) == rij.totaal


@pytest.mark.parametrize("van", queries.VAN)
def test_evenveel_zoekvragen_bij_drie_en_bij_negen_trajecten(als, wereld, van):  # noqa: F811
    client, tellingen = als(wereld.secretaris), []
    for _ in range(3):
        for stap in (Stap.TOEWIJZING, Stap.CONCEPT, Stap.ACHTERBANBERAAD):
            bouw.traject_op(stap, wereld)
        client.get(f"/werk/?van={van}")
        with CaptureQueriesContext(connection) as vragen:
            assert client.get(f"/werk/?van={van}").status_code == 200
        tellingen.append(len(vragen))
    assert len(set(tellingen)) == 1
    assert tellingen[0] <= 20


def test_alleen_het_secretariaat(als, wereld):  # noqa: F811
    assert als(wereld.buitenstaander).get("/werk/").status_code == 404
    assert als(wereld.beheerder).get("/werk/").status_code == 404


def test_een_vergadering_zonder_oproeping_linkt_naar_de_bladzijde_van_die_vergadering(als, wereld):  # noqa: F811
    dag = vandaag() + timedelta(days=3)
    vergadering = plan_vergadering(orgaan="raad", datum=dag, door=wereld.raadssecretaris)
    [zin] = [
        u
        for u in queries.uitzonderingen(wereld.raadssecretaris, "alle", vandaag(), 0, [vergadering])
        if "opgeroepen" in u.tekst
    ]
    assert als(wereld.raadssecretaris).get(zin.link).status_code == 200


def test_een_of_twee_zonder_bevestiging_staan_er_met_hun_naam(wereld):  # noqa: F811
    zonder = [bouw.traject_op(Stap.AANVRAAG, wereld).traject for _ in range(queries.MEESTE)]
    Adviesaanvraag.objects.filter(traject__in=zonder).update(ontvangst_bevestigd_op=None)
    uit = queries.uitzonderingen(wereld.secretaris, "mij", vandaag() + timedelta(days=30), 0, [])
    wachtend = [u for u in uit if "ontvangst nog niet bevestigd" in u.tekst]
    assert {u.link for u in wachtend} == {f"/werk/trajecten/{t.slug}/aanvraag/" for t in zonder}
    assert all(any(u.tekst.startswith(t.titel) for t in zonder) for u in wachtend)


def test_een_dag_die_bij_aan_zet_staat_komt_niet_nog_eens_bij_de_termijnen(als, wereld):  # noqa: F811
    """Met veertig trajecten stond hetzelfde traject tot drie keer op het scherm, elk keer met dezelfde dag."""
    traject = bouw.traject_op(Stap.AANVRAAG, wereld).traject
    dag = vandaag()
    klok = open_termijn(soort="ontvangstbevestiging", object=traject, basis=dag, door=wereld.secretaris)
    eigen = open_termijn(
        soort="eigen",
        object=traject,
        basis=dag,
        vervalt_op=dag,
        door=wereld.secretaris,
        eigenaar=wereld.secretaris,
        wat="Bel de vrager",
    )
    antwoord = als(wereld.secretaris).get("/werk/")
    [(rij, beurt)] = [(t, b) for t, b in antwoord.context["rijen"] if t.pk == traject.pk]
    assert (beurt.tot, beurt.waarvoor) == (klok.vervalt_op, klok.omschrijving)
    assert [t.pk for t, _ in antwoord.context["termijnen"]] == [eigen.pk], "wat nergens anders staat, blijft"
    assert "<h2>Andere termijnen</h2>" in antwoord.content.decode()
    Termijn.objects.filter(pk=eigen.pk).update(status="voldaan", voldaan_op=dag)
    tekst = als(wereld.secretaris).get("/werk/").content.decode()
    assert "Alle dagen van de komende twee weken staan bij “Aan zet”." in tekst


def test_meer_zonder_bevestiging_zijn_een_regel_met_het_aantal_en_mislukte_post_staat_vooraan(als, wereld):  # noqa: F811
    zonder = [bouw.traject_op(Stap.AANVRAAG, wereld).traject for _ in range(queries.MEESTE + 1)]
    Adviesaanvraag.objects.filter(traject__in=zonder).update(ontvangst_bevestigd_op=None)
    dag = vandaag() + timedelta(days=30)
    stuur(ontvanger=wereld.secretaris, onderwerp="Proef", pad="/werk/", feit="proef.mislukt:1", door=None)
    Bericht.objects.filter(feit="proef.mislukt:1").update(status="mislukt")
    uit = queries.uitzonderingen(wereld.secretaris, "mij", dag, 0, [])
    assert (uit[0].ernst, uit[0].tekst) == ("fout", "1 bericht kon niet worden verstuurd")
    wachtend = [u for u in uit if "ontvangst nog niet bevestigd" in u.tekst]
    oudste = datum_nl(min(t.aanvraag.ontvangen_op for t in zonder))
    zin = f"{len(zonder)} aanvragen: ontvangst nog niet bevestigd (de oudste ontvangen {oudste})"
    assert [u.tekst for u in wachtend] == [zin] == [uit[-1].tekst]
    Adviestraject.objects.filter(pk=zonder[0].pk).update(secretaris=wereld.raadssecretaris)
    lijst = als(wereld.secretaris).get(uit[-1].link)
    achter = {t.pk for t in lijst.context["pagina"].object_list}
    assert (achter >= {t.pk for t in zonder[1:]}, zonder[0].pk in achter) == (True, False), "dezelfde tab"


@pytest.mark.parametrize("einde", [False, True])
def test_het_beginscherm_van_de_organisatie_zegt_in_elke_stand_wat_er_moet(als, wereld, einde):  # noqa: F811
    """Zonder punten ingediend, met een ander mee, geen reactie: elk een eigen zin, open en gesloten."""
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    fnv, lto, cnv = (cast.deelname(naam) for naam in ("FNV", "LTO", "CNV"))
    reactie = reacties.bewaar_oordeel(
        reactie=reacties.begin_reactie(deelname=fnv, door=fnv.contact), versie=None,
        oordeel="akkoord", toelichting="", door=fnv.contact,
    )  # fmt: skip
    samen = mede.vraag_mede(reactie=reactie, deelname=lto, door=fnv.contact)
    mede.beantwoord_mede(mede=samen, akkoord=True, door=lto.contact)
    reacties.dien_reactie_in(reactie=reactie, versie=None, door=fnv.contact)
    niets = reacties.begin_reactie(deelname=cnv, door=cnv.contact)
    reacties.meld_geen_reactie(reactie=niets, versie=None, door=cnv.contact)
    if einde:
        Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(gesloten_op=nu(), sluit_reden="Klaar.")
    zinnen = {}
    for deelname in (fnv, lto, cnv):
        wie = deelname.contact
        rijen = uitgelegd(gesloten(wie), wie) if einde else open_beraden(wie)
        zinnen[deelname.pk] = next(b.vraag for b in rijen if b.deelname.pk == deelname.pk)
    assert zinnen == {
        fnv.pk: "gesloten; u reageerde zonder punten" if einde else "ingediend; u kunt de reactie nog terugnemen",
        lto.pk: "gesloten; u reageerde samen met een ander" if einde else "u tekent mee met een andere organisatie",
        cnv.pk: "gesloten; u gaf geen reactie" if einde else "gemeld: geen reactie",
    }


def test_gesloten_ronden_worden_per_bladzijde_gelezen(als, wereld, monkeypatch):  # noqa: F811
    """Na tien jaar heeft een organisatie er honderden; er staan er vijfentwintig op een bladzijde."""
    monkeypatch.setattr("werkplek.views.organisatie.PER_BLADZIJDE", 1)
    casts = [bouw.traject_op(Stap.ACHTERBANBERAAD, wereld) for _ in range(2)]
    Achterbanberaad.objects.update(gesloten_op=nu(), sluit_reden="Klaar.")
    client = als(casts[0].deelname("FNV").contact)
    with CaptureQueriesContext(connection) as vragen:
        bladen = [client.get("/organisatie/", {"pagina": str(n)}).context["gesloten"] for n in (1, 2)]
    assert bladen[0].paginator.count == 2
    assert [[b.deelname.beraad.traject_id for b in blad] for blad in bladen] == [
        [cast.traject.pk] for cast in reversed(casts)
    ]
    lijsten = [v["sql"] for v in vragen if 'AS "antwoorden"' in v["sql"] and "ORDER BY" in v["sql"]]
    assert len([sql for sql in lijsten if "LIMIT 1" in sql[-40:]]) == 2
