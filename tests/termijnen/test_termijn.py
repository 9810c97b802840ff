"""Openen, verlengen, stilzetten, hervatten, voldoen, laten vervallen, heropenen."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Q

from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, VerouderdeVersie
from kern.tijd import vandaag
from logboek.queries import geschiedenis
from termijnen import actions, queries, soorten
from termijnen.controle import controleer_soorten
from termijnen.enums import Status
from termijnen.klok import klok
from termijnen.models import Herinnering, Termijn, TermijnWijziging

pytestmark = pytest.mark.django_db
BASIS = date(2026, 3, 16)


def test_openen_rekent_legt_vast_en_plant(open_proef: Any, reis: Any, secretaris: Any) -> None:
    reis(BASIS)
    termijn = open_proef(BASIS)
    assert termijn.vervalt_op == date(2026, 6, 16)
    assert termijn.uitleg == "3 maanden na uitbrengen op ma 16 maart 2026 = di 16 juni 2026"
    assert termijn.volgende_herinnering == date(2026, 5, 19)
    assert termijn.dagen_over(date(2026, 6, 17)) == -1
    assert termijn.eigenaar == secretaris
    assert (termijn.adres, str(termijn)) == (f"/werk/proef/{termijn.object_id}/", "Proeftermijn: Dossier")
    assert [g.soort for g in geschiedenis(termijn)] == ["termijnen.open_termijn"]


def test_een_gekozen_dag(open_proef: Any) -> None:
    termijn = open_proef(BASIS, vervalt_op=date(2026, 4, 1))
    assert (termijn.regel, termijn.uitleg) == ("eigen", "gekozen dag: wo 1 april 2026")


def test_weekend_volgens_de_instelling(open_proef: Any, settings: Any) -> None:
    settings.TERMIJN_WEEKEND_VERSCHUIVEN = True
    termijn = open_proef(date(2026, 2, 16))
    assert termijn.vervalt_op == date(2026, 5, 18)
    assert termijn.uitleg.endswith("in het weekend, dus ma 18 mei 2026")


def test_tweemaal_openen_geeft_dezelfde_en_anders_wordt_geweigerd(
    open_proef: Any, secretaris: Any, maak_gebruiker: Any
) -> None:
    dossier = maak_gebruiker()
    termijn = open_proef(BASIS, object=dossier)
    assert open_proef(BASIS, object=dossier) == termijn
    with pytest.raises(InvoerFout, match="Er loopt al een termijn “Proeftermijn”, tot di 16 juni 2026"):
        open_proef(BASIS + timedelta(days=1), object=dossier)
    for dag in (1, 2):
        actions.open_termijn(
            soort="eigen", object=dossier, basis=BASIS, vervalt_op=BASIS + timedelta(days=dag), door=secretaris
        )
    assert queries.termijnen_van(dossier).count() == 3
    assert queries.laatste(dossier, "proef") == termijn
    assert queries.laatste(dossier, "bestaat_niet") is None


@pytest.mark.parametrize(
    ("kw", "veld"),
    [
        ({"soort": "bestaat_niet"}, "soort"),
        ({"vervalt_op": BASIS - timedelta(days=1)}, "vervalt_op"),
        ({"vervalt_op": date(2200, 1, 1)}, "vervalt_op"),
        ({"basis": date.max}, "basis"),
    ],
)
def test_onmogelijke_invoer(open_proef: Any, kw: dict[str, Any], veld: str) -> None:
    with pytest.raises(InvoerFout) as geweigerd:
        open_proef(**{"basis": BASIS} | kw)
    assert geweigerd.value.veld == veld
    assert not Termijn.objects.exists()


def test_de_laatste_dag_die_kan(open_proef: Any, secretaris: Any) -> None:
    termijn = open_proef(BASIS, vervalt_op=date(2199, 12, 30))
    langer = actions.verleng(termijn=termijn, vervalt_op=date(2199, 12, 31), reden="x", door=secretaris)
    assert langer.vervalt_op == date(2199, 12, 31)
    assert open_proef(date(2199, 12, 31), vervalt_op=date(2199, 12, 31)).basis == date(2199, 12, 31)
    with pytest.raises(InvoerFout, match="vóór 2200"):
        open_proef(BASIS, vervalt_op=date(2200, 1, 1))


def test_voorbeeld_volgt_het_object(open_proef: Any, maak_gebruiker: Any) -> None:
    for merk in (True, False):
        termijn = open_proef(BASIS, object=maak_gebruiker(voorbeeld=merk))
        assert termijn.voorbeeld is merk


def test_verlengen(open_proef: Any, reis: Any, secretaris: Any) -> None:
    reis(date(2026, 6, 1))
    termijn = open_proef(BASIS)
    nieuw = actions.verleng(termijn=termijn, vervalt_op=date(2026, 7, 16), reden="Toegezegd in brief", door=secretaris)
    assert nieuw.vervalt_op == date(2026, 7, 16)
    assert nieuw.uitleg.endswith("= di 16 juni 2026; verlengd tot do 16 juli 2026")
    assert nieuw.volgende_herinnering == date(2026, 6, 18)
    wijziging = TermijnWijziging.objects.get()
    assert (wijziging.oud_vervalt_op, wijziging.nieuw_vervalt_op) == (date(2026, 6, 16), date(2026, 7, 16))
    assert str(wijziging) == "verlengd: Toegezegd in brief"
    spoor = geschiedenis(termijn).last()
    assert spoor is not None
    assert (spoor.soort, spoor.reden) == ("termijnen.verleng", "Toegezegd in brief")
    assert spoor.gegevens["oud"] == "2026-06-16"


@pytest.mark.parametrize(
    ("dag", "zin"),
    [
        (date(2026, 6, 16), "na de huidige vervaldag, di 16 juni 2026"),
        (date(2026, 6, 15), "na de huidige vervaldag, di 16 juni 2026"),
        (date(2200, 1, 1), "vóór 2200"),
    ],
)
def test_verlengen_naar_een_onmogelijke_dag(open_proef: Any, secretaris: Any, dag: date, zin: str) -> None:
    termijn = open_proef(BASIS)
    with pytest.raises(OvergangGeweigerd, match=f"Kies een dag {zin}"):
        actions.verleng(termijn=termijn, vervalt_op=dag, reden="x", door=secretaris)
    termijn.refresh_from_db()
    assert (termijn.vervalt_op, termijn.rijversie) == (date(2026, 6, 16), 0)


def test_een_dag_na_de_vervaldag_is_te_laat_en_een_lange_naam_past(open_proef: Any) -> None:
    termijn = open_proef(BASIS, wat="x" * 400)
    assert [termijn.is_te_laat(date(2026, 6, dag)) for dag in (16, 17)] == [False, True]
    assert len(termijn.object_naam) == 300


def test_na_een_wijziging_telt_het_misgaan_opnieuw(open_proef: Any, secretaris: Any) -> None:
    termijn = open_proef(BASIS)
    Termijn.objects.update(fouten=7, laatste_fout="gif", uitleg="x" * 500)
    actions.verleng(termijn=termijn, vervalt_op=date(2026, 7, 16), reden="x", door=secretaris)
    termijn.refresh_from_db()
    assert (termijn.fouten, termijn.laatste_fout, termijn.uitleg) == (0, "", "x" * 500), "en lang is niet te lang"


def test_een_lange_uitleg_houdt_hervatten_niet_tegen(open_proef: Any, reis: Any, secretaris: Any) -> None:
    reis(date(2026, 4, 1))
    stil = actions.pauzeer(termijn=open_proef(BASIS), reden="x", door=secretaris)
    Termijn.objects.update(uitleg="x" * 500)
    reis(date(2026, 4, 2))
    assert actions.hervat(termijn=stil, reden="x", door=secretaris).uitleg == "x" * 500


def test_de_klok_noemt_de_soort_en_een_eigen_termijn_zichzelf(open_proef: Any) -> None:
    gewoon = klok(open_proef(BASIS), vandaag())
    assert (gewoon.naam, gewoon.waarom[0][:10], len(gewoon.waarom)) == ("Proeftermijn", "3 maanden ", 2)
    eigen = klok(open_proef(BASIS, soort="eigen", vervalt_op=BASIS, wat="Nabellen"), vandaag())
    assert (eigen.naam, eigen.basis, eigen.waarom) == (
        "Nabellen (Dossier)",
        None,
        ("Gekozen dag: ma 16 maart 2026.", "Grond: eigen planning."),
    )


def test_een_ander_bewaakt_de_termijn(open_proef: Any, secretaris: Any, buitenstaander: Any) -> None:
    termijn = open_proef(BASIS)
    rij = actions.draag_termijn_over(termijn=termijn, naar=buitenstaander, door=secretaris, reden="Verlof")
    assert (rij.pk, rij.eigenaar) == (termijn.pk, buitenstaander)
    wijziging = TermijnWijziging.objects.get()
    assert (wijziging.reden, wijziging.oud_vervalt_op, wijziging.nieuw_vervalt_op) == ("Verlof", *[rij.vervalt_op] * 2)
    spoor = geschiedenis(termijn).last()
    assert spoor is not None
    assert (spoor.soort, spoor.gegevens) == ("termijnen.draag_over", {"naar": buitenstaander.naam})
    termijn.refresh_from_db()
    assert termijn.eigenaar == buitenstaander


def test_verzetten_eerder_later_en_gelijk(open_proef: Any, reis: Any, secretaris: Any, buitenstaander: Any) -> None:
    reis(date(2026, 4, 1))
    termijn = open_proef(BASIS, eigenaar=buitenstaander)
    kw = {"reden": "Brief noemde een andere dag", "door": secretaris}
    assert actions.verzet(termijn=termijn, vervalt_op=date(2026, 6, 16), **kw) == termijn
    assert actions.verzet(termijn=termijn, vervalt_op=date(2026, 7, 1), **kw).pk == termijn.pk
    nieuw = actions.verzet(termijn=termijn, vervalt_op=date(2026, 5, 1), **kw)
    assert nieuw.uitleg == "gekozen dag: vr 1 mei 2026 (eerst wo 1 juli 2026)"
    assert (nieuw.basis, nieuw.eigenaar, nieuw.volgende_herinnering) == (BASIS, buitenstaander, date(2026, 4, 3))
    termijn.refresh_from_db()
    assert termijn.status == Status.VERVALLEN
    with pytest.raises(InvoerFout) as geweigerd:
        actions.verzet(termijn=nieuw, vervalt_op=BASIS - timedelta(days=1), **kw)
    assert geweigerd.value.veld == "vervalt_op"
    assert list(queries.open_termijnen()) == [nieuw]
    assert actions.verzet(termijn=nieuw, vervalt_op=BASIS, **kw).vervalt_op == BASIS


def test_voldoen_te_laat_is_ook_voldaan(open_proef: Any, secretaris: Any) -> None:
    termijn = open_proef(date(2023, 3, 16))
    klaar = actions.voldoe(termijn=termijn, door=secretaris, op=date(2025, 7, 3))
    assert (klaar.status, klaar.voldaan_op) == (Status.VOLDAAN, date(2025, 7, 3))
    assert klaar.is_te_laat(vandaag())
    assert klaar.volgende_herinnering is None
    assert not klaar.loopt


def test_voldoen_op_de_dag_zelf_is_op_tijd(open_proef: Any, secretaris: Any, reis: Any) -> None:
    termijn = open_proef(BASIS)
    reis(date(2026, 6, 16), 23, 59)
    klaar = actions.voldoe(termijn=termijn, door=secretaris)
    assert not klaar.is_te_laat(vandaag())
    assert not klaar.is_te_laat(date(2030, 1, 1)), "wat op tijd was blijft op tijd"
    reis(date(2026, 6, 17), 0, 30)
    ander = actions.voldoe(termijn=open_proef(BASIS), door=None)
    assert ander.voldaan_op == date(2026, 6, 17), "00.30 uur in Amsterdam is in UTC nog gisteren"
    assert ander.is_te_laat(vandaag())


def test_een_reactie_voor_het_advies_telt_en_een_uit_de_toekomst_niet(open_proef: Any, secretaris: Any) -> None:
    termijn = open_proef(BASIS)
    with pytest.raises(OvergangGeweigerd, match="niet in de toekomst"):
        actions.voldoe(termijn=termijn, door=secretaris, op=vandaag() + timedelta(days=1))
    assert actions.voldoe(termijn=termijn, door=secretaris, op=BASIS - timedelta(days=3)).voldaan_op < BASIS


def test_vervallen_en_heropenen(open_proef: Any, secretaris: Any, reis: Any) -> None:
    reis(date(2026, 6, 1))
    termijn = open_proef(BASIS)
    weg = actions.laat_vervallen(termijn=termijn, reden="Traject ingetrokken", door=secretaris)
    assert (weg.status, weg.volgende_herinnering) == (Status.VERVALLEN, None)
    assert not weg.is_te_laat(date(2030, 1, 1))
    terug = actions.heropen(termijn=weg, reden="Reactie ingetrokken", door=secretaris)
    assert (terug.status, terug.volgende_herinnering) == (Status.OPEN, date(2026, 6, 9))


def test_heropenen_naast_een_nieuwe_wordt_geweigerd(open_proef: Any, secretaris: Any, maak_gebruiker: Any) -> None:
    dossier = maak_gebruiker()
    oud = actions.voldoe(termijn=open_proef(BASIS, object=dossier), door=secretaris)
    open_proef(BASIS, object=dossier)
    with pytest.raises(InvoerFout, match="andere termijn"):
        actions.heropen(termijn=oud, reden="x", door=secretaris)


@pytest.mark.parametrize("naam", ["verleng", "pauzeer", "hervat", "laat_vervallen", "heropen"])
def test_zonder_reden_niet(open_proef: Any, secretaris: Any, naam: str) -> None:
    termijn = open_proef(BASIS)
    if naam == "hervat":
        termijn = actions.pauzeer(termijn=termijn, reden="x", door=secretaris)
    if naam == "heropen":
        termijn = actions.voldoe(termijn=termijn, door=secretaris)
    kw = {"vervalt_op": date(2026, 8, 1)} if naam == "verleng" else {}
    with pytest.raises(InvoerFout) as geweigerd:
        getattr(actions, naam)(termijn=termijn, reden="  ", door=secretaris, **kw)
    assert geweigerd.value.veld == "reden"


@pytest.mark.parametrize("naam", ["pauzeer", "hervat", "heropen"])
def test_wijzigen_is_voor_het_secretariaat(open_proef: Any, secretaris: Any, buitenstaander: Any, naam: str) -> None:
    termijn = open_proef(BASIS)
    if naam == "hervat":
        actions.pauzeer(termijn=termijn, reden="x", door=secretaris)
    if naam == "heropen":
        actions.voldoe(termijn=termijn, door=secretaris)
    with pytest.raises(GeenToegang):
        getattr(actions, naam)(termijn=termijn, reden="x", door=buitenstaander)


def test_afsluiten_volgt_uit_andermans_handeling(open_proef: Any, buitenstaander: Any, maak_gebruiker: Any) -> None:
    assert actions.voldoe(termijn=open_proef(BASIS), door=buitenstaander).status == Status.VOLDAAN
    with pytest.raises(GeenToegang):
        actions.voldoe(termijn=open_proef(BASIS), door=maak_gebruiker(is_active=False))


def test_in_de_verkeerde_stand(open_proef: Any, secretaris: Any) -> None:
    klaar = actions.voldoe(termijn=open_proef(BASIS), door=secretaris)
    for naam in ("pauzeer", "hervat", "laat_vervallen"):
        with pytest.raises(OvergangGeweigerd, match="kan nu niet"):
            getattr(actions, naam)(termijn=klaar, reden="x", door=secretaris)


def test_een_verouderd_scherm_overschrijft_niets(open_proef: Any, secretaris: Any) -> None:
    termijn = open_proef(BASIS)
    actions.verleng(termijn=termijn, vervalt_op=date(2026, 8, 1), reden="een", door=secretaris, versie=0)
    with pytest.raises(VerouderdeVersie):
        actions.verleng(termijn=termijn, vervalt_op=date(2026, 9, 1), reden="twee", door=secretaris, versie=0)
    termijn.refresh_from_db()
    assert termijn.vervalt_op == date(2026, 8, 1)


def test_de_database_weigert_wat_de_code_niet_mag(open_proef: Any, maak_gebruiker: Any, secretaris: Any) -> None:
    termijn = open_proef(BASIS, object=maak_gebruiker())
    actions.verleng(termijn=termijn, vervalt_op=date(2026, 8, 1), reden="x", door=secretaris)
    Herinnering.objects.create(termijn=termijn, trede="x", gepland_op=BASIS, verwerkt_op="2026-03-16T12:00Z")
    for sql in (
        "UPDATE termijnen_termijn SET status = 'voldaan'",
        "UPDATE termijnen_termijn SET gepauzeerd_op = '2026-01-01'",
        "UPDATE termijnen_termijnwijziging SET reden = 'anders'",
        "DELETE FROM termijnen_termijnwijziging",
        "UPDATE termijnen_herinnering SET gepland_op = '2026-01-01'",
        "DELETE FROM termijnen_herinnering",
        "INSERT INTO termijnen_herinnering (termijn_id, trede, gepland_op, overgeslagen, verwerkt_op, voorbeeld) "
        "SELECT termijn_id, trede, gepland_op, true, verwerkt_op, false FROM termijnen_herinnering",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with pytest.raises(IntegrityError, match="termijn_een_lopende"), transaction.atomic():
        Termijn.objects.bulk_create(
            [
                Termijn(
                    soort=termijn.soort,
                    object_soort=termijn.object_soort,
                    object_id=termijn.object_id,
                    basis=BASIS,
                    vervalt_op=BASIS,
                    herinner_vanaf=BASIS,
                )
            ]
        )


def test_zichtbaar_voor(open_proef: Any, secretaris: Any, buitenstaander: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    van_ander, eigen = open_proef(BASIS), open_proef(BASIS, eigenaar=buitenstaander)
    assert set(Termijn.objects.zichtbaar_voor(secretaris)) == {van_ander, eigen}
    assert set(Termijn.objects.zichtbaar_voor(buitenstaander)) == {eigen}
    soort = soorten.met_naam("proef")
    ruim = soorten.SoortTermijn(**vars(soort) | {"zichtbaar": lambda gebruiker: Q(object_id=van_ander.object_id)})
    monkeypatch.setitem(soorten._soorten, "proef", ruim)
    Termijn.objects.filter(pk=open_proef(BASIS, soort="eigen", vervalt_op=BASIS).pk).update(
        object_id=van_ander.object_id
    )
    assert set(Termijn.objects.zichtbaar_voor(buitenstaander)) == {van_ander, eigen}, "een andere soort blijft dicht"


def test_open_termijnen_en_volgorde(open_proef: Any, secretaris: Any, reis: Any) -> None:
    reis(date(2026, 6, 20))
    ruim, verstreken = open_proef(date(2026, 6, 1)), open_proef(BASIS)
    stil = actions.pauzeer(termijn=open_proef(date(2026, 1, 1)), reden="x", door=secretaris)
    actions.voldoe(termijn=open_proef(BASIS), door=secretaris)
    assert list(queries.open_termijnen()) == [stil, verstreken, ruim]
    assert list(queries.urgentste_eerst(queries.open_termijnen(), vandaag())) == [verstreken, ruim, stil]
    assert queries.telling(queries.open_termijnen(), vandaag()) == queries.Telling(1, 0, 2, 1)


def test_controle_weigert_een_soort_die_niemand_aanmeldt(open_proef: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    termijn = open_proef(BASIS)
    assert controleer_soorten(None, databases=["default"]) == []
    monkeypatch.delitem(soorten._soorten, "proef")
    [fout] = controleer_soorten(None, databases=["default"])
    assert "'proef'" in fout.msg
    assert fout in run_checks(tags=["database"], databases=["default"])
    assert controleer_soorten(None) == controleer_soorten(None, databases=["publiek"]) == []
    assert (termijn.omschrijving, termijn.adres) == ("proef", "")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE termijnen_termijn RENAME TO weg")
    assert controleer_soorten(None, databases=["default"]) == [], "voor de eerste migratie is er nog niets"
