"""De systeemcontrole ziet elk verschil tussen code en database."""

import pytest

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
