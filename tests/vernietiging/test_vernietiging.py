"""Vernietigen: het portaal stelt voor, twee mensen beslissen, en anders weigert de database."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, transaction

from berichten.actions import stuur
from berichten.enums import Status
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, VerouderdeVersie
from kern.tijd import dag_van, datum_nl, nu
from logboek import queries as logboek
from logboek.actions import leg_inzage_vast, verzegel_inzagen
from logboek.models import Gebeurtenis, Inzage, InzageZegel
from ser_portal.omgeving import lees_omgeving
from tests.hulp import wacht_tot_iemand_wacht, zonder_bewaking
from tests.vernietiging.hulp import eis_weigering
from toegang.enums import Rol
from vernietiging import actions, planning, queries
from vernietiging.enums import Stand
from vernietiging.models import Post, Postrij, Vernietigingslijst
from vernietiging.regels import REGELS, controleer

LATER = timedelta(days=5 * 366 + 2)


@pytest.fixture
def twee(maak_gebruiker):
    return maak_gebruiker("Ans", Rol.ALGEMEEN_SECRETARIS), maak_gebruiker("Rik", Rol.RAADSSECRETARIS)


def post_en_leeslog(mens, aantal=3):
    """Berichten die weg zijn, één dat wacht, en inzagen onder een zegel; over vijf jaar mag dat weg."""
    for n in range(aantal):
        stuur(ontvanger=mens, onderwerp=f"Bericht {n}", pad="/account/", feit=f"proef.oud:{n}")
    Bericht.objects.update(status=Status.VERSTUURD, verstuurd_op=nu())
    stuur(ontvanger=mens, onderwerp="Dit wacht nog", pad="/account/", feit="proef.wacht:1")
    for _ in range(aantal):
        leg_inzage_vast(object=mens, door=mens)
    verzegel_inzagen()
    leg_inzage_vast(object=mens, door=mens)  # nog niet verzegeld


@pytest.mark.django_db(transaction=True)
def test_van_voorstel_tot_verklaring_en_geen_stap_zonder_twee_mensen(maak_gebruiker, twee):
    ans, rik = twee
    lezer = maak_gebruiker("Lezer")
    post_en_leeslog(lezer)
    assert actions.stel_voor(nu=nu()) is None  # niets is oud genoeg, en een lege lijst is er nooit geweest
    assert not Vernietigingslijst.objects.exists()
    lijst = actions.stel_voor(nu=nu() + LATER)
    assert {(p.regel, p.aantal) for p in lijst.posten.all()} == {("berichten", 3), ("inzagen", 3)}
    assert actions.stel_voor(nu=nu() + LATER, door=ans) is None  # er loopt er al een
    assert Bericht.objects.filter(feit__startswith="vernietiging.voorgesteld").count() == 2

    # Niets wist iets: niet het web, niet met de hand, niet met een lijst die half is afgetekend.
    for tabel in ("berichten_bericht", "logboek_inzage"):
        eis_weigering(f"DELETE FROM {tabel}", reden="twee mensen")
    eis_weigering("SELECT vernietiging_voer_uit(%s)", lijst.pk, reden="twee mensen")
    with pytest.raises(OvergangGeweigerd):
        actions.bevestig(lijst=lijst, versie=0, door=rik)
    lijst = actions.keur_goed(lijst=lijst, versie=0, door=ans)
    assert Bericht.objects.filter(feit__startswith="vernietiging.goedgekeurd").get().ontvanger == rik
    with pytest.raises(OvergangGeweigerd, match="Iemand anders"):
        actions.bevestig(lijst=lijst, versie=1, door=ans)
    with pytest.raises(GeenToegang):
        actions.bevestig(lijst=lijst, versie=1, door=lezer)
    with pytest.raises(VerouderdeVersie):
        actions.bevestig(lijst=lijst, versie=0, door=rik)
    zet = (
        "UPDATE vernietiging_vernietigingslijst SET stand = 'vernietigd', bevestigd_op = now(), bevestigd_door_id = %s,"
    )
    zet += " transactie = logboek_transactie() WHERE id = %s"
    eis_weigering(zet, ans.pk, lijst.pk, reden="twee_mensen")
    eis_weigering(zet, rik.pk, lijst.pk, reden="gebeurtenis|twee verschillende mensen")
    eis_weigering("UPDATE vernietiging_post SET aantal = 1 WHERE lijst_id = %s", lijst.pk, reden="verandert niet meer")
    eis_weigering(
        "UPDATE vernietiging_vernietigingslijst SET goedgekeurd_door_id = %s WHERE id = %s", rik.pk, lijst.pk,
        reden="verandert niet meer",
    )  # fmt: skip
    assert Bericht.objects.filter(feit__startswith="proef.oud").count() == 3

    voor = {p.pk: p.hash for p in lijst.posten.all()}
    klaar = actions.bevestig(lijst=lijst, versie=1, door=rik)
    assert klaar.stand == Stand.VERNIETIGD
    assert not Bericht.objects.filter(feit__startswith="proef.oud").exists()
    assert Bericht.objects.filter(feit="proef.wacht:1").exists()
    assert Inzage.objects.count() == 1
    assert {p.pk: p.hash for p in klaar.posten.all()} == voor
    assert Postrij.objects.count() == 6
    spoor = Gebeurtenis.objects.get(soort="vernietiging.bevestig")
    assert sum(p["aantal"] for p in spoor.gegevens["posten"]) == 6
    assert "Bericht 0" not in str(spoor.gegevens)
    # De keten klopt nog, en de rest van het leeslog ook met een volgend zegel.
    verzegel_inzagen()
    assert logboek.kijk_na().breuken == ()
    # Met dezelfde lijst kan in een volgende transactie niets meer, en aan de verklaring verandert niets.
    eis_weigering("DELETE FROM logboek_inzage", reden="twee mensen")
    eis_weigering("DELETE FROM vernietiging_vernietigingslijst", reden="verandert niet meer")
    eis_weigering("DELETE FROM vernietiging_post", reden="blijft staan")
    with pytest.raises(OvergangGeweigerd):
        actions.bevestig(lijst=klaar, versie=None, door=rik)
    assert actions.stel_voor(nu=nu() + LATER) is None  # de klok wacht een maand

    # Wie het leeslog buiten de lijst om wist, valt nog steeds op; ook in een bereik dat vernietigd heet.
    with zonder_bewaking() as cursor:
        cursor.execute("DELETE FROM logboek_inzage")
    assert [b for b in logboek.kijk_na().breuken if "inzagezegel" in b] == [
        f"inzagezegel {InzageZegel.objects.latest('pk').pk}: de inzagen passen niet bij het zegel"
    ]


@pytest.mark.wedloop
@pytest.mark.django_db(transaction=True)
def test_wie_tegelijk_voorstelt_of_verzegelt_wacht_en_krijgt_geen_fout(maak_gebruiker):
    post_en_leeslog(maak_gebruiker("Lezer"))
    for werk in (lambda: actions.stel_voor(nu=nu() + LATER), verzegel_inzagen):
        uitkomst = []

        def doe(werk=werk, uitkomst=uitkomst):
            uitkomst.append(werk())
            connection.close()

        draad = threading.Thread(target=doe)
        with transaction.atomic():
            assert werk() is not None
            draad.start()
            wacht_tot_iemand_wacht(draad)
        draad.join()
        assert uitkomst == [None]


@pytest.mark.django_db
def test_verandert_er_iets_na_de_goedkeuring_dan_wordt_er_niets_gewist(maak_gebruiker, twee):
    ans, rik = twee
    post_en_leeslog(maak_gebruiker("Lezer"))
    lijst = actions.keur_goed(lijst=actions.stel_voor(nu=nu() + LATER), versie=0, door=ans)
    een = Bericht.objects.filter(feit__startswith="proef.oud").first()
    Bericht.objects.filter(pk=een.pk).update(gelezen_op=nu())  # lezen verandert het bericht niet
    assert queries.veranderd(lijst, {r.naam: r for r in REGELS}) == []
    Bericht.objects.filter(pk=een.pk).update(onderwerp="Anders")
    with pytest.raises(OvergangGeweigerd, match="niet meer wat er is goedgekeurd: Berichten"):
        actions.bevestig(lijst=lijst, versie=1, door=rik)
    lijst.refresh_from_db()
    assert (lijst.stand, Bericht.objects.filter(feit__startswith="proef.oud").count()) == (Stand.GOEDGEKEURD, 3)
    with pytest.raises(InvoerFout, match="reden"):
        actions.wijs_af(lijst=lijst, versie=1, reden=" ", door=rik)
    assert actions.wijs_af(lijst=lijst, versie=1, reden="Klopt niet", door=rik).stand == Stand.AFGEWEZEN


@pytest.mark.django_db
def test_wat_is_uitgezonderd_blijft_en_komt_pas_na_die_dag_terug(maak_gebruiker, twee):
    ans, rik = twee
    post_en_leeslog(maak_gebruiker("Lezer"))
    moment = nu() + LATER
    lijst = actions.stel_voor(nu=moment)
    vooraf = queries.lijsten().get(pk=lijst.pk)
    berichten = lijst.posten.get(regel="berichten")
    tot = dag_van(moment) + timedelta(days=100)
    for fout, waarden in {
        "reden": {"tot": tot, "reden": " "},
        "tot": {"tot": dag_van(moment), "reden": "Woo-verzoek"},
    }.items():
        with pytest.raises(InvoerFout) as geweigerd:
            actions.zonder_uit(post=berichten, versie=0, door=ans, **waarden)
        assert geweigerd.value.veld == fout
    with pytest.raises(GeenToegang):
        actions.zonder_uit(post=berichten, tot=tot, reden="Woo-verzoek", versie=0, door=maak_gebruiker("Ander"))
    with pytest.raises(VerouderdeVersie):
        actions.zonder_uit(post=berichten, tot=tot, reden="Woo-verzoek", versie=1, door=ans)
    rij = actions.zonder_uit(post=berichten, tot=tot, reden=" Woo-verzoek ", versie=0, door=ans)
    assert (rij.pk, rij.uitgezonderd_tot, rij.uitgezonderd_door_naam) == (berichten.pk, tot, ans.naam)
    spoor = Gebeurtenis.objects.get(soort="vernietiging.zonder_uit")
    assert (spoor.reden, spoor.gegevens["post"], spoor.gegevens["tot"]) == ("Woo-verzoek", rij.pk, tot.isoformat())
    # Wat blijft telt nergens meer mee als iets dat weggaat.
    telt = queries.lijsten().get(pk=lijst.pk)
    assert ((vooraf.rijen, vooraf.groepen), (telt.rijen, telt.groepen)) == ((6, 2), (3, 1))
    assert [(k.titel, k.aantal) for k in queries.koppen(lijst)] == [(r.titel, 3 * n) for n, r in enumerate(REGELS[:2])]
    lijst = actions.keur_goed(lijst=lijst, versie=1, door=ans)
    with pytest.raises(InvoerFout, match="al goedgekeurd"):
        actions.zonder_uit(post=lijst.posten.get(regel="inzagen"), tot=tot, reden="Ook dit", versie=2, door=ans)
    actions.bevestig(lijst=lijst, versie=2, door=rik)
    assert (Inzage.objects.count(), Bericht.objects.filter(feit__startswith="proef.oud").count()) == (1, 3)
    dag = dag_van(moment)
    per = {r.naam: r for r in REGELS}["berichten"]
    eigen = Bericht.objects.filter(feit__startswith="vernietiging").update(niet_voor=moment)
    assert eigen == 3
    assert [queries.geteld(per, dag + timedelta(days=n)) for n in (99, 100)] == [0, 3]


@pytest.mark.django_db
def test_langer_dan_25_jaar_blijft_niets_en_alles_uitzonderen_is_afwijzen(maak_gebruiker, twee):
    ans, rik = twee
    post_en_leeslog(maak_gebruiker("Lezer"))
    moment = nu() + LATER
    with pytest.raises(GeenToegang):
        actions.stel_voor(nu=moment, door=maak_gebruiker("Ander"))
    lijst = actions.stel_voor(nu=moment, door=rik)
    assert str(lijst) == f"vernietigingslijst van {datum_nl(dag_van(moment), weekdag=False)}"
    langst = lijst.peildag + timedelta(days=366 * 25)
    for versie, post in enumerate(lijst.posten.all()):
        with pytest.raises(InvoerFout, match="hoogstens 25 jaar later"):
            actions.zonder_uit(post=post, tot=langst + timedelta(days=1), reden="Woo", versie=versie, door=ans)
        actions.zonder_uit(post=post, tot=langst, reden="Woo", versie=versie, door=ans)
    with pytest.raises(OvergangGeweigerd, match="Alles op deze lijst is uitgezonderd"):
        actions.keur_goed(lijst=lijst, versie=2, door=rik)
    assert actions.wijs_af(lijst=lijst, versie=2, reden="Loopt nog", door=rik).stand == Stand.AFGEWEZEN


@pytest.mark.django_db
def test_wie_aan_de_beurt_is_en_een_regel_die_er_niet_meer_is(maak_gebruiker, twee, settings):
    ans, rik = twee
    post_en_leeslog(maak_gebruiker("Lezer"))
    assert not queries.wacht_op_mij(None, ans.pk)
    moment = nu() + LATER
    lijst = actions.stel_voor(nu=moment)
    assert [queries.wacht_op_mij(lijst, mens.pk) for mens in twee] == [True, True]
    lijst = actions.keur_goed(lijst=lijst, versie=0, door=ans)
    assert [queries.wacht_op_mij(lijst, mens.pk) for mens in twee] == [False, True]
    assert set(queries.veranderd(lijst, {})) == set(lijst.posten.all())
    settings.BEWAARTERMIJNEN = {"inzagen": 0}
    assert [post.regel for post in queries.veranderd(lijst, {r.naam: r for r in REGELS})] == ["inzagen"]
    settings.INTERNE_NOTITIES_DAGEN = 77
    # De drie van toen, en de twee vragen om een besluit die met het goedkeuren zijn teruggehaald.
    assert {s.regel.naam: s.rijp for s in queries.soorten(lijst.peildag)} == {
        regel.naam: 5 * (regel.naam == "berichten") for regel in REGELS
    }
    assert "77 dagen" in str(queries.overzicht()["vanzelf"])
    # Na een lijst laat de klok dertig dagen rust.
    actions.wijs_af(lijst=lijst, versie=1, reden="Loopt nog", door=rik)
    assert actions.stel_voor(nu=moment + timedelta(days=30, seconds=-1)) is None
    assert actions.stel_voor(nu=moment + timedelta(days=30)) is not None


@pytest.mark.django_db
def test_wie_al_besloot_vraagt_niemand_meer_om_een_besluit(maak_gebruiker, twee):
    """Wat tien minuten wacht, gaat niet meer uit als de lijst intussen is afgewezen of een stap verder is."""
    ans, rik = twee

    def wacht():
        rijen = Bericht.objects.filter(feit__startswith="vernietiging.", status=Status.WACHT).order_by("pk")
        return [(rij.feit.split(":")[0], rij.ontvanger) for rij in rijen]

    post_en_leeslog(maak_gebruiker("Lezer"))
    lijst = actions.stel_voor(nu=nu() + LATER)
    assert len(wacht()) == 2
    lijst = actions.keur_goed(lijst=lijst, versie=0, door=ans)
    assert wacht() == [("vernietiging.goedgekeurd", rik)]
    actions.wijs_af(lijst=lijst, versie=1, reden="Loopt nog", door=rik)
    assert wacht() == []


@pytest.mark.django_db
def test_de_rol_van_het_web_kan_het_alleen_langs_deze_weg(maak_gebruiker, twee):
    """Zij mag in het leeslog alleen toevoegen, en voert een lijst toch uit: dat doet de functie van de eigenaar."""
    ans, rik = twee
    post_en_leeslog(maak_gebruiker("Lezer"))
    call_command("maak_rollen", verbosity=0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE ser_app")
        eis_weigering("DELETE FROM logboek_inzage", reden="permission denied")
        lijst = actions.keur_goed(lijst=actions.stel_voor(nu=nu() + LATER), versie=0, door=ans)
        eis_weigering("DELETE FROM berichten_bericht", reden="twee mensen")
        actions.bevestig(lijst=lijst, versie=1, door=rik)
        cursor.execute("RESET ROLE")
    assert Inzage.objects.count() == 1


@pytest.mark.django_db
def test_wie_niet_de_eerste_was_kan_na_de_melding_verder(maak_gebruiker, twee, client):
    """Twee posten in twee vensters: de tweede weigert één keer, met wat er getypt was, en daarna lukt zij."""
    ans, _ = twee
    post_en_leeslog(maak_gebruiker("Lezer"))
    lijst = actions.stel_voor(nu=nu() + LATER)
    client.force_login(ans, backend="django.contrib.auth.backends.ModelBackend")
    adressen = [f"/werk/archief/vernietiging/post/{post.pk}/uitzonderen/" for post in lijst.posten.all()]
    velden = {"versie": 0, "reden": "Een Woo-verzoek", "tot": (lijst.peildag + timedelta(days=9)).isoformat()}
    assert client.post(adressen[0], velden).status_code == 302
    oud = client.post(adressen[1], velden)
    assert oud.status_code == 422
    form = oud.context["form"]
    weer = {naam: form[naam].value() for naam in form.fields}
    assert weer["reden"] == "Een Woo-verzoek"
    assert client.post(adressen[1], weer).status_code == 302


@pytest.mark.django_db
def test_de_schermen_in_gewone_taal_en_wat_getypt_is_blijft(maak_gebruiker, twee, client):
    ans, rik = twee
    lezer = maak_gebruiker("Lezer")
    post_en_leeslog(lezer)
    lijst = actions.stel_voor(nu=nu() + LATER)
    begin, adres = "/werk/archief/vernietiging/", f"/werk/archief/vernietiging/{lijst.pk}/"

    def als(mens):
        client.force_login(mens, backend="django.contrib.auth.backends.ModelBackend")
        return client

    assert als(lezer).get(adres).status_code == 404
    assert "wacht op goedkeuring" in als(ans).get(begin).content.decode()
    blad = client.get(adres).content.decode()
    assert "Mag weg sinds" in blad
    assert "Er is nog niets vernietigd" in blad
    berichten = lijst.posten.get(regel="berichten")
    zonder = f"/werk/archief/vernietiging/post/{berichten.pk}/uitzonderen/"
    fout = client.post(zonder, {"versie": 0, "reden": "Een Woo-verzoek loopt", "tot": "2001-01-01"})
    assert fout.status_code == 422
    assert "Een Woo-verzoek loopt" in fout.content.decode()
    assert client.post(adres + "keur-goed/", {"versie": 7}).status_code == 422  # een oud scherm
    assert client.post(adres + "keur-goed/", {"versie": 0}).status_code == 302
    assert "Iemand anders moet haar bevestigen" in client.get(adres).content.decode()
    zelf = client.post(adres + "bevestig/", {"versie": 1, "gezien": "on"})
    assert zelf.status_code == 422
    assert "<h1>Iemand anders moet bevestigen</h1>" in zelf.content.decode()
    leeg = als(rik).post(adres + "wijs-af/", {"versie": 1, "reden": ""})
    assert leeg.status_code == 422
    vragen = client.get(adres + "bevestig/").content.decode()
    for post in lijst.posten.all():
        assert f"/werk/archief/vernietiging/post/{post.pk}/rijen/" in vragen, "wie bevestigt, kan alles bekijken"
    assert "selectielijst van de SER" in vragen
    blind = client.post(adres + "bevestig/", {"versie": 1})
    assert blind.status_code == 422
    assert "Bekijk eerst wat er op de lijst staat" in blind.content.decode()
    assert client.post(adres + "bevestig/", {"versie": 1, "gezien": "on"}).status_code == 302
    verklaring = client.get(adres).content.decode()
    for stuk in ("Verklaring van vernietiging", "Ans", "Rik", berichten.hash):
        assert stuk in verklaring
    assert client.get(adres + "bevestig/").status_code == 200
    assert client.get(zonder).status_code == 200
    assert client.get(adres + "verzonnen/").status_code == 404
    assert client.post(begin + "stel-voor/").status_code == 302
    assert "Verklaring van vernietiging" in client.get(begin).content.decode()


def test_een_tikfout_in_de_termijnen_is_een_fout(settings):
    assert lees_omgeving({"BEWAARTERMIJNEN": "berichten=84, inzagen=0"})["BEWAARTERMIJNEN"] == {
        "berichten": 84,
        "inzagen": 0,
    }
    for ruw in ("berichten", "berichten=vijf", "berichten=-1", "=3", "berichten=99999"):
        with pytest.raises(ImproperlyConfigured, match="BEWAARTERMIJNEN"):
            lees_omgeving({"BEWAARTERMIJNEN": ruw})
    settings.BEWAARTERMIJNEN = {"brieven": 12}
    assert "brieven" in controleer(None)[0].msg
    settings.BEWAARTERMIJNEN = {"inzagen": 0}
    assert controleer(None) == []


@pytest.mark.django_db
def test_nul_maanden_is_nooit_en_de_klok_wist_niets(maak_gebruiker, settings, monkeypatch):
    post_en_leeslog(maak_gebruiker("Lezer"))
    settings.BEWAARTERMIJNEN = {"inzagen": 0, "berichten": 1}
    monkeypatch.setattr(planning, "nu", lambda: nu() + timedelta(days=40))
    planning.stel_voor()
    assert list(Post.objects.values_list("regel", "maanden", "aantal")) == [("berichten", 1, 3)]
    assert Bericht.objects.filter(feit__startswith="proef.oud").count() == 3


@pytest.mark.django_db
def test_de_termijn_van_een_bericht_begint_toen_het_wegging(maak_gebruiker):
    """Na een storing of een nieuwe poging is dat later dan de dag waarop het weg mocht."""
    post_en_leeslog(maak_gebruiker("Lezer"), aantal=1)
    weg = nu() + timedelta(days=100)
    Bericht.objects.filter(status=Status.VERSTUURD).update(verstuurd_op=weg)
    regel = next(r for r in REGELS if r.naam == "berichten")
    assert queries.geteld(regel, dag_van(nu() + LATER)) == 0
    assert queries.geteld(regel, dag_van(weg + LATER)) == 1
