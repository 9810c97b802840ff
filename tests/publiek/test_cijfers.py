"""De cijfers: elk telt wat er achter zijn staven staat."""

from datetime import timedelta

import pytest

from adviezen.openbaar import publiceer_advies
from kern.tijd import nu, vandaag
from publiek import cijfers
from tests.adviezen.conftest import _stand, _wereld, wereld
from tests.opvolging.hulp import leg_vast, openbaar

__all__ = ["_stand", "_wereld", "wereld"]
pytestmark = pytest.mark.django_db


def test_elk_cijfer_telt_wat_zijn_records_zijn(client, wereld):
    snel = openbaar(wereld, dagen_geleden=10, voorbeeld=False)
    traag = openbaar(wereld, dagen_geleden=200, voorbeeld=False)
    openbaar(wereld, dagen_geleden=200, voorbeeld=False, klok=False)
    openbaar(wereld, dagen_geleden=10)  # een voorbeeld telt nooit mee
    leg_vast(wereld, snel)
    leg_vast(wereld, traag)
    for cijfer in cijfers.CIJFERS:
        g, rijen = cijfers.grafiek(cijfer), cijfers.records(cijfer)
        assert sum(s.aantal for s in g.staven) == len(rijen), cijfer.id
        bekend = {(r.kenmerk, r.titel) for r in cijfers.records(cijfer, bekend=True)}
        assert (g.n, g.n + g.onbekend) == (len(bekend), g.van), cijfer.id
        for staaf in g.staven:
            assert len(cijfers.records(cijfer, staaf.groep)) == staaf.aantal
    tijdig = cijfers.grafiek(cijfers.met_id("tijdig"))
    assert {s.groep: s.aantal for s in tijdig.staven} == {"op_tijd": 1, "later": 1, "niet_bekend": 1}
    assert (tijdig.n, tijdig.onbekend, tijdig.van, tijdig.dekking) == (2, 1, 3, "67%")
    assert tijdig.kern == "1 van de 2 die te toetsen zijn kwam op tijd."
    reactietijd = cijfers.grafiek(cijfers.met_id("reactietijd"))
    assert (reactietijd.staven[0].getal, reactietijd.staven[0].bereik) == (105, "10–200")
    assert reactietijd.staven[0].naam == "Schoof en later"
    pagina_ = client.get("/cijfers/").content.decode()
    assert "/cijfers/tijdig/?groep=op_tijd" in pagina_
    assert "Nog geen traject uit dit portaal" in pagina_
    assert "/cijfers/tijdig/?bekend=ja" in pagina_
    assert len(client.get("/cijfers/tijdig/", {"bekend": "ja"}).context["rijen"]) == tijdig.n
    achter = client.get("/cijfers/tijdig/", {"groep": "later"}).content.decode()
    assert traag.titel in achter
    assert snel.titel not in achter
    assert client.get("/cijfers/bestaat-niet/").status_code == 404
    blad = client.get("/cijfers/reactietijd.csv").content.decode()
    assert ";200" in blad


def test_een_brief_van_voor_het_uitbrengen_telt_geen_dagen_terug(client, wereld):
    """Het archief kent brieven die ouder zijn dan het advies waarbij zij staan; de eerste daarna is de reactie."""
    rij = openbaar(wereld, dagen_geleden=10, voorbeeld=False)
    leg_vast(wereld, rij, kamerstuk="eerste (voorbeeld)")
    eerder = leg_vast(wereld, rij, kamerstuk="eerder (voorbeeld)")
    type(eerder).objects.filter(pk=eerder.pk).update(datum=vandaag() - timedelta(days=40))
    (record,) = cijfers.records(cijfers.met_id("reactietijd"))
    assert record.waarde == 10


def test_zonder_records_is_er_niets_te_tellen(client, wereld):
    assert cijfers.grafiek(cijfers.met_id("tijdig")).kern == "Van geen enkel advies zijn beide dagen bekend."
    assert "Nog niets te tellen" in client.get("/cijfers/").content.decode()
    rij = openbaar(wereld, voorbeeld=False)
    type(rij).objects.filter(pk=rij.pk).update(oordeel="unaniem")
    publiceer_advies(
        advies=type(rij).objects.get(pk=rij.pk), html="<p>x</p>", vanaf=nu() - timedelta(minutes=1), door=None
    )
    unaniem = cijfers.grafiek(cijfers.met_id("unaniem-door-de-tijd"))
    assert (unaniem.staven[0].getal, unaniem.staven[0].aantal) == (1, 1)
    decennium = rij.jaar // 10 * 10
    assert unaniem.staven[0].naam == f"{decennium}–{decennium + 9}"
    assert "1 van de 1" in cijfers.grafiek(cijfers.met_id("oordeel")).kern
