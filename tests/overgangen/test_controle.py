"""De systeemcontrole ziet elk verschil tussen code en database."""

import pytest
from django.db import DatabaseError, connection, transaction

import overgangen
from logboek.actions import leg_vast
from overgangen import controle
from overgangen.migraties import BewaakOvergangen
from tests.proef.models import Brief

GOED = [("concept", "klaar"), ("klaar", "concept"), ("concept", "weg"), ("klaar", "weg")]


def aangifte(**anders):
    return BewaakOvergangen(
        **{
            "model": "proef.brief",
            "tabel": "proef_brief",
            "veld": "stand",
            "begin": ["concept"],
            "paren": GOED,
            **anders,
        }
    )


@pytest.fixture(autouse=True)
def _alleen_brief(monkeypatch):
    monkeypatch.setattr(controle, "modellen_met_toestand", lambda: [Brief])


@pytest.mark.parametrize(
    ("bewaakt", "fouten"),
    [
        ({"proef.brief": aangifte()}, []),
        ({}, ["overgangen.E001"]),
        ({"proef.brief": aangifte(paren=GOED[:3])}, ["overgangen.E002"]),
        ({"proef.brief": aangifte(paren=[*GOED, ("weg", "klaar")])}, ["overgangen.E002"]),
        ({"proef.brief": aangifte(veld="status")}, ["overgangen.E003"]),
    ],
)
def test_code_en_database_moeten_gelijk_zijn(monkeypatch, bewaakt, fouten):
    monkeypatch.setattr(controle, "bewaakt", lambda: bewaakt)
    assert [fout.id for fout in controle.controleer(None)] == fouten


def test_een_overgang_zonder_opschrift_of_recht_wordt_gemeld(monkeypatch):
    monkeypatch.setattr(controle, "bewaakt", lambda: {"proef.brief": aangifte()})
    overgang = next(o for o in controle.overgangen_van(Brief) if o.name == "rond_af")
    monkeypatch.setattr(overgang, "permission", None)
    monkeypatch.setattr(controle, "overgangen_van", lambda model: [overgang])
    assert [fout.id for fout in controle.controleer(None)] == ["overgangen.E004"]


def test_de_laatste_aangifte_in_de_migraties_telt():
    assert controle.bewaakt()["proef.brief"].paren == sorted(GOED)


def test_een_aangifte_is_na_te_maken_uit_haar_deconstructie():
    _, args, kwargs = aangifte(begin=[("klaar", "NEW.tekst = 'x'")]).deconstruct()
    assert BewaakOvergangen(*args, **kwargs).sql == aangifte(begin=[("klaar", "NEW.tekst = 'x'")]).sql


def _leg_neer(stand, tekst):
    with transaction.atomic(), connection.cursor() as cursor:
        sql = "INSERT INTO proef_brief (tekst, stand, aantal, rijversie) VALUES (%s, %s, 0, 0) RETURNING id"
        cursor.execute(sql, [tekst, stand])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_een_aangifte_zet_de_wacht_op_en_neemt_haar_ook_weer_weg():
    nieuw = aangifte(begin=["weg", ("klaar", "NEW.tekst = 'ja'")], paren=[])
    with connection.cursor() as cursor:
        cursor.execute(nieuw.sql)
        for stand, tekst in (("concept", ""), ("klaar", "nee")):
            with pytest.raises(DatabaseError, match=f"mag niet beginnen in {stand}"):
                _leg_neer(stand, tekst)
        weg, brief = _leg_neer("weg", ""), _leg_neer("klaar", "ja")
        naar_concept = f"UPDATE proef_brief SET stand = 'concept' WHERE id = {brief}"
        with pytest.raises(DatabaseError, match="mag niet van klaar naar concept"), transaction.atomic():
            cursor.execute(naar_concept)
        with pytest.raises(DatabaseError, match="zonder gebeurtenis"), transaction.atomic():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for pk in (weg, brief):
            leg_vast(soort="proef.maak", object=Brief(pk=pk), door=None)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(nieuw.reverse_sql)
        assert _leg_neer("concept", "")
        cursor.execute(naar_concept)


def test_wat_deze_map_niet_kent_bestaat_niet():
    assert not hasattr(overgangen, "bestaat_niet")
