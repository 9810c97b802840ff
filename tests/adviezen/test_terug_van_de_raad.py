"""Een advies gaat terug: de raad stelt niet vast, de commissie haalt terug, of het wordt uitgesteld."""

import pytest

from adviezen.actions.handelen import gevolgen, handel
from adviezen.enums import Stap, Uitkomst
from adviezen.policies.raad import lopende_agendering
from berichten.models import Bericht
from tests.adviezen import bouw
from tests.adviezen.agenderen import agendeer, raad

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.NAAR_RAAD, wereld)


@pytest.mark.parametrize(
    ("overgang", "stap", "uitkomst"),
    [
        ("verwijs_terug", Stap.VERWERKING, Uitkomst.TERUGVERWEZEN),
        ("stel_uit", Stap.NAAR_RAAD, Uitkomst.UITGESTELD),
    ],
)
def test_de_raad_stelt_niet_vast(wereld, overgang, stap, uitkomst):
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld)
    agendering = lopende_agendering(cast.traject)
    bouw.geopend(wereld, agendering.agendapunt.vergadering)
    assert gevolgen(cast.traject, overgang)
    klaar = handel(
        traject=cast.traject, versie=None, overgang=overgang, door=cast.raadssecretaris, reden="Nog niet rijp."
    )
    agendering.refresh_from_db()
    assert (klaar.stap, agendering.uitkomst) == (stap, uitkomst)
    assert Bericht.objects.filter(ontvanger=cast.secretaris, feit__startswith=f"adviezen.{overgang}:").exists()
    if stap == Stap.NAAR_RAAD:
        cast.vers()
        assert lopende_agendering(cast.traject) is None
        assert agendeer(cast, raad(cast)).uitkomst == ""


def test_terughalen_door_de_commissie_laat_de_raadssecretaris_het_punt_weghalen(cast):
    agendering = agendeer(cast, raad(cast))
    assert "vervalt" in str(gevolgen(cast.vers(), "haal_terug_naar_commissie"))
    klaar = handel(
        traject=cast.traject,
        versie=None,
        overgang="haal_terug_naar_commissie",
        door=cast.secretaris,
        reden="Een fout in de tekst.",
    )
    agendering.refresh_from_db()
    assert (klaar.stap, agendering.uitkomst) == (Stap.VERWERKING, Uitkomst.TERUGGENOMEN)
    assert agendering.agendapunt.vervallen_reden == ""
    assert Bericht.objects.filter(ontvanger=cast.raadssecretaris, onderwerp__startswith="Haal een").exists()


def test_terughalen_door_de_raadssecretaris_haalt_het_punt_weg(cast):
    agendering = agendeer(cast, raad(cast))
    handel(
        traject=cast.traject,
        versie=None,
        overgang="haal_terug_naar_commissie",
        door=cast.raadssecretaris,
        reden="Een fout in de tekst.",
    )
    agendering.agendapunt.refresh_from_db()
    assert agendering.agendapunt.vervallen_reden == "Een fout in de tekst."


def test_verzenden_en_herroepen(wereld):
    cast = bouw.traject_op(Stap.VERWERKING, wereld)
    bouw.bereid_verzending_voor(cast)
    assert cast.raadssecretaris.naam in str(gevolgen(cast.traject, "stuur_naar_raad"))
    cast.traject = handel(traject=cast.traject, versie=None, overgang="stuur_naar_raad", door=cast.secretaris)
    bericht = Bericht.objects.get(ontvanger=cast.raadssecretaris, feit__startswith="adviezen.stuur_naar_raad:")
    agendering = agendeer(cast, raad(cast))
    cast.vers()
    cast.traject = handel(
        traject=cast.traject, versie=None, overgang="herroep_naar_raad", door=cast.secretaris, reden="Te vroeg."
    )
    agendering.refresh_from_db()
    bericht.refresh_from_db()
    assert (cast.traject.stap, agendering.uitkomst) == (Stap.VERWERKING, Uitkomst.TERUGGENOMEN)
    assert bericht.status == "herroepen"


def test_uitstellen_kan_ook_als_het_punt_al_van_de_agenda_is(wereld):
    """Anders blijft een advies in stap 7 hangen bij een vergadering waar het niet meer op staat."""
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld)
    punt = lopende_agendering(cast.traject).agendapunt
    type(punt).objects.filter(pk=punt.pk).update(vervallen_reden="Vol (voorbeeld).")
    klaar = handel(traject=cast.traject, versie=None, overgang="stel_uit", door=cast.raadssecretaris, reden="Vol.")
    assert klaar.stap == Stap.NAAR_RAAD
    assert Bericht.objects.filter(feit__startswith="adviezen.stel_uit:", ontvanger=cast.secretaris).exists()
