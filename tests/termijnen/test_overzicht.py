"""Het dagelijkse overzicht, haast, uitstel met reden, hogerop, en de ladder van de beheerder."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse

from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu
from logboek.queries import geschiedenis
from termijnen import actions, ladders, soorten, waarover
from termijnen.actions import herinneren
from termijnen.enums import Status
from termijnen.models import Herinnering, Laddertrede, Overzichtregel, Termijn
from termijnen.queries import komende_waarschuwingen, ladder_van
from tests.termijnen.conftest import om
from toegang.enums import Rol

pytestmark = pytest.mark.django_db
BASIS = date(2026, 3, 16)  # vervalt op di 16 juni 2026
VIER_WEKEN = date(2026, 5, 19)
OP_DE_DAG = date(2026, 6, 16)


@pytest.fixture(autouse=True)
def _zonder_haast(proefsoort: Any, monkeypatch: Any) -> None:
    """De gewone ladder van de kabinetsreactie: alleen de dag zelf heeft haast."""
    soort = replace(soorten.met_naam("proef"), ladder=ladders.KABINETSREACTIE)
    monkeypatch.setitem(soorten._soorten, "proef", soort)


def groep(gebruiker: Any, rol: Rol) -> Any:
    gebruiker.groups.add(Group.objects.get_or_create(name=str(rol))[0])
    return gebruiker


def test_een_overzicht_per_persoon_per_dag(open_proef: Any, reis: Any, proefsoort: Any, maak_gebruiker: Any) -> None:
    reis(BASIS)
    termijnen = [open_proef(BASIS) for _ in range(4)]
    ander = maak_gebruiker()
    proefsoort.append(ander)
    uitkomst = actions.verwerk(reis(VIER_WEKEN))
    assert (uitkomst.herinneringen, uitkomst.verstuurd) == (4, 2)
    assert sorted(m.to for m in mail.outbox) == sorted([[proefsoort[0].email], [ander.email]])
    assert mail.outbox[0].subject.endswith("Uw termijnen van vandaag: 4")
    assert "4 termijnen vragen uw aandacht." in mail.outbox[0].body
    assert {h.post.pk for t in termijnen for h in t.herinneringen.filter(ontvanger=ander)} == {
        Bericht.objects.get(ontvanger=ander).pk
    }
    assert {str(regel) for regel in Overzichtregel.objects.all()} == {"vier_weken_ervoor op 2026-05-19"}
    # Wie niet bij het secretariaat hoort, kan de termijnen van het secretariaat niet openen.
    assert Bericht.objects.get(ontvanger=ander).pad == "/thuis/"
    assert Bericht.objects.get(ontvanger=proefsoort[0]).pad == "/werk/termijnen/"
    assert actions.verwerk().verstuurd == 0


def test_het_postvak_noemt_een_dossier_met_twee_termijnen_een_keer(
    open_proef: Any, reis: Any, proefsoort: Any, maak_gebruiker: Any
) -> None:
    reis(BASIS)
    naam = "Hetzelfde dossier"
    for _ in range(2):
        open_proef(BASIS, object=maak_gebruiker(naam))
    open_proef(BASIS, object=maak_gebruiker("Een ander dossier"))
    actions.verwerk(reis(VIER_WEKEN))
    bericht = Bericht.objects.get(ontvanger=proefsoort[0])
    woorden = waarover.namen(proefsoort[0], [bericht])[bericht.pk]
    assert woorden.count(naam) == 1
    assert "Een ander dossier" in woorden


def test_wat_er_na_het_overzicht_bijkomt_wacht_tot_morgen(open_proef: Any, reis: Any) -> None:
    reis(BASIS)
    open_proef(BASIS)
    actions.verwerk(reis(VIER_WEKEN, 8))
    reis(VIER_WEKEN, 9)
    open_proef(BASIS)
    assert actions.verwerk(reis(VIER_WEKEN, 10)).verstuurd == 0
    assert actions.verwerk(reis(VIER_WEKEN + timedelta(days=1), 8)).verstuurd == 1
    assert len({m.extra_headers["Message-ID"] for m in mail.outbox}) == 2


def test_voor_zeven_uur_groeit_het_overzicht_en_dan_gaat_het(open_proef: Any, reis: Any) -> None:
    reis(BASIS)
    open_proef(BASIS)
    assert actions.verwerk(reis(VIER_WEKEN, 1)).verstuurd == 0
    laat = open_proef(BASIS)
    assert actions.verwerk(reis(VIER_WEKEN, 2)).verstuurd == 0
    assert Bericht.objects.get().onderwerp.endswith(": 2")
    actions.voldoe(termijn=laat, door=None)
    assert Bericht.objects.get().status == "wacht"  # het gaat ook over een andere termijn
    assert actions.verwerk(reis(VIER_WEKEN, 7)).verstuurd == 1


@pytest.mark.parametrize(("bases", "zin"), [((16, 16), "2 zijn"), ((16, 23), "1 is")])
def test_het_overzicht_zegt_hoeveel_er_verstreken_is(open_proef: Any, reis: Any, bases: Any, zin: str) -> None:
    """Op 16 juli is die van 16 juni een maand verstreken, en die van 23 juli over een week aan de beurt."""
    reis(date(2026, 6, 17))
    for dag in bases:
        open_proef(date(2026, 3 + (dag == 23), dag))
    actions.verwerk(reis(date(2026, 7, 16)))
    assert f"2 termijnen vragen uw aandacht; {zin} verstreken." in mail.outbox[0].body


def test_wat_vandaag_afloopt_is_niet_verstreken_en_een_eigen_zin_gaat_mee(
    open_proef: Any, reis: Any, monkeypatch: Any
) -> None:
    ladder = (replace(ladders.van_dagen(-7), zin="Nog een week, tot {dag}."), ladders.van_dagen(0))
    monkeypatch.setitem(soorten._soorten, "proef", replace(soorten.met_naam("proef"), ladder=ladder))
    reis(BASIS)
    open_proef(BASIS)
    actions.verwerk(reis(date(2026, 6, 9)))
    assert "Nog een week, tot di 16 juni 2026." in mail.outbox[0].body
    open_proef(BASIS)
    actions.verwerk(reis(OP_DE_DAG))
    assert "2 termijnen vragen uw aandacht.\n" in mail.outbox[1].body


def test_een_teruggehaald_overzicht_neemt_niets_meer_mee(open_proef: Any, reis: Any) -> None:
    reis(BASIS)
    eerst = open_proef(BASIS)
    actions.verwerk(reis(VIER_WEKEN, 1))
    actions.voldoe(termijn=eerst, door=None)
    open_proef(BASIS)
    assert actions.verwerk(reis(VIER_WEKEN, 8)).verstuurd == 0
    assert actions.verwerk(reis(VIER_WEKEN + timedelta(days=1), 8)).verstuurd == 1


def test_haast_gaat_meteen_en_apart(open_proef: Any, reis: Any) -> None:
    reis(BASIS)
    for _ in range(3):
        open_proef(BASIS)
    assert actions.verwerk(reis(OP_DE_DAG, 0, 5)).verstuurd == 3
    assert all("De termijn loopt vandaag af" in m.body for m in mail.outbox)


def test_een_voldane_termijn_haalt_haar_overzicht_terug(open_proef: Any, reis: Any) -> None:
    reis(BASIS)
    termijn = open_proef(BASIS)
    actions.verwerk(reis(VIER_WEKEN, 1))
    actions.voldoe(termijn=termijn, door=None)
    assert Bericht.objects.get().status == "herroepen"
    assert actions.verwerk(reis(VIER_WEKEN, 8)).verstuurd == 0


def test_wat_intussen_voldaan_is_telt_niet_mee_in_een_overzicht_dat_groeit(open_proef: Any, reis: Any) -> None:
    reis(BASIS)
    eerst, _ = open_proef(BASIS), open_proef(BASIS)
    actions.verwerk(reis(VIER_WEKEN, 1))
    actions.voldoe(termijn=eerst, door=None)
    open_proef(BASIS)
    assert actions.verwerk(reis(VIER_WEKEN, 7)).verstuurd == 1
    assert "2 termijnen vragen uw aandacht." in mail.outbox[0].body


def test_zijn_alle_termijnen_van_een_overzicht_voldaan_dan_gaat_het_niet_uit(open_proef: Any, reis: Any) -> None:
    reis(BASIS)
    termijnen = [open_proef(BASIS) for _ in range(3)]
    actions.verwerk(reis(VIER_WEKEN, 1))
    for nog, termijn in zip((2, 1, 0), termijnen, strict=True):
        actions.voldoe(termijn=termijn, door=None)
        assert Bericht.objects.filter(status="wacht").exists() is (nog > 0)
    assert actions.verwerk(reis(VIER_WEKEN, 8)).verstuurd == 0


def test_wie_wegging_krijgt_geen_overzicht(open_proef: Any, reis: Any, proefsoort: Any) -> None:
    reis(BASIS)
    open_proef(BASIS)
    actions.herinner_bundel(moment=reis(VIER_WEKEN, 1))
    proefsoort[0].is_active = False
    proefsoort[0].save()
    assert actions.verwerk(reis(VIER_WEKEN, 8)).verstuurd == 0
    assert not Bericht.objects.exists()


# --- uitstel ------------------------------------------------------------------------------------------------------


def test_uitstel_met_reden_zwijgt_voor_een_en_komt_terug(
    open_proef: Any, reis: Any, proefsoort: Any, maak_gebruiker: Any
) -> None:
    reis(date(2026, 6, 1))
    ander = maak_gebruiker()
    ik = proefsoort[0]
    proefsoort.append(ander)
    termijn = open_proef(BASIS)
    for tot in (date(2026, 6, 1), date(2026, 6, 30)):
        with pytest.raises(InvoerFout, match="van morgen tot en met ma 29 juni 2026") as fout:
            actions.stel_uit(termijn=termijn, tot=tot, reden="x", door=ik)
        assert fout.value.veld == "tot"
    with pytest.raises(InvoerFout, match="waarom"):
        actions.stel_uit(termijn=termijn, tot=date(2026, 6, 12), reden=" ", door=ik)
    assert str(actions.stel_uit(termijn=termijn, tot=date(2026, 6, 12), reden="Vakantie.", door=ik)) == "tot 2026-06-12"
    spoor = geschiedenis(termijn).last()
    assert spoor is not None
    assert (spoor.soort, spoor.reden, spoor.gegevens) == ("termijnen.stel_uit", "Vakantie.", {"tot": "2026-06-12"})
    actions.verwerk(reis(date(2026, 6, 9)))  # een week ervoor: alleen de ander
    assert [m.to for m in mail.outbox] == [[ander.email]]
    assert Herinnering.objects.get(ontvanger=ik).overgeslagen
    assert actions.verwerk(reis(date(2026, 6, 12))).herinneringen == 1
    assert [m.to for m in mail.outbox][1:] == [[ik.email]]
    assert Herinnering.objects.filter(trede="na_uitstel", ontvanger=ik).count() == 1
    assert actions.verwerk(reis(date(2026, 6, 13))).herinneringen == 0
    actions.verwerk(reis(OP_DE_DAG))
    assert [m.to for m in mail.outbox][2:] == [[ik.email], [ander.email]]


def test_uitstel_tot_na_een_gewone_waarschuwing_dubbelt_niet(open_proef: Any, reis: Any, proefsoort: Any) -> None:
    reis(date(2026, 6, 1))
    termijn = open_proef(BASIS)
    actions.stel_uit(termijn=termijn, tot=date(2026, 6, 8), reden="Even niet.", door=proefsoort[0])
    termijn.refresh_from_db()
    assert termijn.volgende_herinnering == date(2026, 6, 8)
    assert actions.verwerk(reis(date(2026, 6, 9))).verstuurd == 1
    assert mail.outbox[0].body.count("De termijn loopt af") == 1
    actions.pauzeer(termijn=termijn, reden="x", door=proefsoort[0])
    with pytest.raises(InvoerFout, match="loopt niet"):
        actions.stel_uit(termijn=termijn, tot=date(2026, 6, 20), reden="x", door=proefsoort[0])


def test_uitstel_tot_de_dag_van_een_gewone_waarschuwing_geeft_er_een(
    open_proef: Any, reis: Any, proefsoort: Any, maak_gebruiker: Any
) -> None:
    reis(date(2026, 6, 1))
    ander = maak_gebruiker()
    termijn = open_proef(BASIS)
    actions.stel_uit(termijn=termijn, tot=OP_DE_DAG, reden="Even niet.", door=proefsoort[0])
    actions.stel_uit(termijn=termijn, tot=OP_DE_DAG + timedelta(days=2), reden="Even niet.", door=ander)
    actions.verwerk(reis(OP_DE_DAG))
    assert [m.to for m in mail.outbox] == [[proefsoort[0].email]]
    assert termijn.herinneringen.filter(trede="op_de_dag", overgeslagen=False, ontvanger=proefsoort[0]).exists()
    actions.verwerk(reis(OP_DE_DAG + timedelta(days=2)))
    assert [m.to for m in mail.outbox][1:] == [[ander.email]], "alleen wie toen nog wachtte"


def test_uitstel_plant_de_eerste_dag_die_nog_telt(open_proef: Any, reis: Any, proefsoort: Any) -> None:
    reis(date(2026, 6, 1))
    termijn = open_proef(BASIS)

    def na_uitstel_tot(dag: int) -> date | None:
        actions.stel_uit(termijn=termijn, tot=date(2026, 6, dag), reden="Even niet.", door=proefsoort[0])
        termijn.refresh_from_db()
        return termijn.volgende_herinnering

    reis(date(2026, 6, 9))
    assert na_uitstel_tot(12) == date(2026, 6, 9), "wie vandaag nog aan de beurt is, gaat niet verloren"
    actions.verwerk()
    assert na_uitstel_tot(12) == date(2026, 6, 12), "en wat gedaan is, komt niet terug"
    assert na_uitstel_tot(10) == date(2026, 6, 10)


@pytest.mark.parametrize(("dagen", "meteen"), [(-1, 0), (0, 1), (1, 1)])
def test_na_uitstel_heeft_het_haast_vanaf_de_vervaldag(
    open_proef: Any, reis: Any, proefsoort: Any, monkeypatch: Any, dagen: int, meteen: int
) -> None:
    week = (ladders.van_dagen(-7),)
    monkeypatch.setitem(soorten._soorten, "proef", replace(soorten.met_naam("proef"), ladder=week))
    reis(date(2026, 6, 8))
    tot = OP_DE_DAG + timedelta(days=dagen)
    actions.stel_uit(termijn=open_proef(BASIS), tot=tot, reden="Even niet.", door=proefsoort[0])
    actions.verwerk(reis(date(2026, 6, 9)))
    assert actions.verwerk(reis(tot, 1)).verstuurd == meteen, "wat geen haast heeft, wacht tot zeven uur"


# --- hogerop en de ladder -----------------------------------------------------------------------------------------


def test_hogerop_tot_de_algemeen_secretaris(
    open_proef: Any, reis: Any, proefsoort: Any, maak_gebruiker: Any, monkeypatch: Any
) -> None:
    hoofd = groep(maak_gebruiker("Hoofd"), Rol.RAADSSECRETARIS)
    algemeen = groep(maak_gebruiker("Algemeen"), Rol.ALGEMEEN_SECRETARIS)
    ladder = (ladders.van_dagen(-7), ladders.van_dagen(0, niveau=1), ladders.van_dagen(7, niveau=2))
    monkeypatch.setitem(soorten._soorten, "proef", replace(soorten.met_naam("proef"), ladder=ladder))
    reis(BASIS)
    termijn = open_proef(BASIS)

    def op(dag: date) -> set[Any]:
        actions.verwerk(reis(dag))
        return {h.ontvanger for h in termijn.herinneringen.filter(gepland_op=dag)}

    assert op(date(2026, 6, 9)) == {proefsoort[0]}
    assert op(OP_DE_DAG) == {proefsoort[0], hoofd}
    assert op(date(2026, 6, 23)) == {proefsoort[0], hoofd, algemeen}


def test_de_beheerder_wijzigt_een_ladder_en_niets_wordt_herhaald(
    open_proef: Any, reis: Any, secretaris: Any, maak_gebruiker: Any
) -> None:
    beheerder = groep(maak_gebruiker("Beheer"), Rol.BEHEERDER)
    reis(BASIS)
    termijn = open_proef(BASIS)
    open_proef(BASIS, soort="eigen", vervalt_op=date(2027, 6, 1))  # van een andere soort: die ladder blijft
    actions.verwerk(reis(VIER_WEKEN))
    nieuw = [ladders.van_dagen(-28), ladders.van_dagen(-3, spoed=True), ladders.van_dagen(0, elke_maand=True)]
    with pytest.raises(GeenToegang):
        actions.zet_ladder(soort="proef", treden=nieuw, door=secretaris)
    assert actions.zet_ladder(soort="proef", treden=nieuw, door=beheerder) == 1
    assert [t.naam for t in ladder_van(soorten.met_naam("proef"))] == [
        "28_dagen_ervoor",
        "3_dagen_ervoor",
        "elke_maand_erna",
    ]
    assert actions.verwerk().herinneringen == 0  # dezelfde dag onder een andere naam
    termijn.refresh_from_db()
    assert termijn.volgende_herinnering == date(2026, 6, 13)
    assert [op for op, _, _ in komende_waarschuwingen(termijn, date(2026, 5, 20))][0] == date(2026, 6, 13)
    assert actions.verwerk(reis(date(2026, 6, 9))).herinneringen == 0
    assert actions.verwerk(reis(date(2026, 6, 13))).verstuurd == 1
    for slecht in (
        [ladders.van_dagen(1), ladders.van_dagen(1)],
        [ladders.van_dagen(n) for n in range(13)],
        [ladders.van_dagen(367)],
    ):
        with pytest.raises(InvoerFout):
            actions.zet_ladder(soort="proef", treden=slecht, door=beheerder)
    langst = [ladders.van_dagen(n) for n in (*range(11), 366)]
    assert actions.zet_ladder(soort="proef", treden=langst, door=beheerder) == 1
    spoor = geschiedenis(beheerder).last()
    assert spoor is not None
    assert (spoor.soort, len(spoor.gegevens["treden"])) == ("termijnen.zet_ladder", 12)
    actions.zet_ladder(soort="proef", treden=[], door=beheerder)
    assert not Laddertrede.objects.exists()
    klaar = Termijn(status=Status.VOLDAAN)
    assert komende_waarschuwingen(klaar, VIER_WEKEN) == []


def test_de_ladder_in_de_browser(open_proef: Any, client: Any, maak_gebruiker: Any) -> None:
    open_proef(BASIS)
    beheerder = groep(maak_gebruiker("Beheer"), Rol.BEHEERDER)
    client.force_login(beheerder, backend="django.contrib.auth.backends.ModelBackend")
    assert "Proeftermijn" in client.get(reverse("termijnen:ladders")).content.decode()
    pad = reverse("termijnen:ladder", args=["proef"])
    assert client.get(reverse("termijnen:ladder", args=["bestaat-niet"])).status_code == 404
    blad = client.get(pad).content.decode()
    assert "28" in blad
    assert "Trede" not in blad, "een woord van ons"
    leeg = blad.index("Nog een waarschuwing erbij")
    assert 'name="dagen_0"' in blad[:leeg], "wat er is staat open"
    assert 'name="dagen_7"' in blad[leeg:], "wat leeg is niet"
    assert "wordt 1 lopende termijn opnieuw gepland" in blad
    basis = {f"{naam}_{n}": waarde for n in range(8) for naam, waarde in (("kant", "voor"), ("niveau", "0"))}
    invoer = basis | {"dagen_0": "5", "niveau_0": "1", "maand_niveau": "0"}
    vooraf = client.post(pad, invoer | {"bekijk": "1"})
    assert "ook aan het hoofd" in vooraf.content.decode()
    assert not Laddertrede.objects.exists()
    assert client.post(pad, basis | {"maand_niveau": "0"}).status_code == 422
    assert client.post(pad, invoer | {"dagen_0": "999"}).status_code == 422
    assert "1 lopende termijn is opnieuw gepland" in client.post(pad, invoer, follow=True).content.decode()
    assert Laddertrede.objects.get().dagen == -5
    assert str(Laddertrede.objects.get()) == "proef: -5"
    client.post(pad, invoer | {"maand": "on", "maand_niveau": "2"})
    assert [str(t) for t in Laddertrede.objects.order_by("elke_maand")] == ["proef: -5", "proef: elke maand erna"]
    assert "waarmee het portaal begon gelden weer" in client.post(pad, {"terug": "1"}, follow=True).content.decode()


def test_wie_niets_meer_te_horen_heeft_krijgt_geen_leeg_overzicht(open_proef: Any, reis: Any, secretaris: Any) -> None:
    """Een andere werker nam het al mee tussen vinden en vastzetten."""
    reis(BASIS)
    open_proef(BASIS)
    herinneren._maak_overzicht(secretaris, nu())
    assert not Bericht.objects.exists()


def test_uitstel_in_de_browser(open_proef: Any, client: Any, secretaris: Any, reis: Any) -> None:
    reis(BASIS)
    termijn = open_proef(BASIS)
    client.force_login(secretaris, backend="django.contrib.auth.backends.ModelBackend")
    pad = reverse("termijnen:uitstel", args=[termijn.pk])
    assert client.get(pad).status_code == 200
    assert client.post(pad, {"tot": "2026-03-01", "reden": "x"}).status_code == 422
    klaar = client.post(pad, {"tot": "2026-03-20", "reden": "Eerst de raad."}, follow=True).content.decode()
    assert "Eerst de raad." in klaar
    assert "Wie wanneer nog gewaarschuwd wordt" in klaar
    actions.pauzeer(termijn=termijn, reden="x", door=secretaris)
    assert client.post(pad, {"tot": "2026-03-20", "reden": "x"}).status_code == 422
    assert om(BASIS).hour == 12
