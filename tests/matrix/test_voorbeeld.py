"""De voorbeeldwereld: alles gemerkt, alles langs de gewone handelingen, en een tweede keer verandert niets."""

import pytest
from django.core.management import CommandError, call_command

from adviezen.enums import STAPPEN
from adviezen.models import Advies, Adviestraject, Minderheidsnota, OpvattingRij, Reactie, Verwerking
from inrichting.voorbeeld import maak_wereld
from kern.tijd import vandaag
from logboek.models import Gebeurtenis
from opvolging.models import Kabinetsreactie
from termijnen.models import Termijn
from toegang.models import Gebruiker
from vergaderingen.models import Vergadering

pytestmark = pytest.mark.django_db


@pytest.fixture
def loods(toneel, settings):
    """De voorbeeldwereld in de wereld van de matrix, die er een paar adviezen en mensen bij heeft."""
    settings.VOORBEELD = True
    return toneel.loods


def test_a_staat_in_achterbanberaad_met_reacties_in_alle_standen(loods):
    a = Adviestraject.objects.get(slug__startswith="thuiswerken")
    assert (a.stap, a.waarnemer) == ("achterbanberaad", loods.staf.tweede)
    assert a.versies.count() == 4
    stand = {
        r.deelname.organisatie.naam.removesuffix(" (voorbeeld)"): (r.status, r.items.count())
        for r in Reactie.objects.filter(deelname__beraad__traject=a).select_related("deelname__organisatie")
    }
    assert stand == {
        "FNV": ("ingediend", 4),
        "VCP": ("ingediend", 0),
        "CNV": ("geen_reactie", 0),
        "VNO-NCW": ("concept", 1),
        "MKB-Nederland": ("concept", 0),
        "LTO Nederland": ("concept", 0),
    }


def test_b_heeft_veertien_verwerkte_punten_uit_twee_ronden(loods):
    b = Adviestraject.objects.get(slug__startswith="leren")
    assert b.beraden.count() == 2
    oordelen = Verwerking.objects.filter(item__reactie__deelname__beraad__traject=b).values_list("oordeel", flat=True)
    assert sorted(oordelen) == sorted(["overgenomen"] * 7 + ["deels"] * 3 + ["niet"] * 3 + ["buiten_scope"])


def test_alles_draagt_het_merk_en_staat_in_het_logboek(loods):
    assert not Adviestraject.objects.filter(voorbeeld=False).exists()
    assert not Gebruiker.objects.filter(voorbeeld=False).exists()
    for traject in Adviestraject.objects.all():
        assert "(voorbeeld)" in traject.titel
        assert traject.kenmerk.startswith("VT")
        gezet = Gebeurtenis.objects.filter(object_soort="adviezen.adviestraject", object_id=str(traject.pk))
        assert gezet.exists()


def test_een_tweede_keer_verandert_niets(loods):
    voor = Gebeurtenis.objects.count()
    assert maak_wereld(vandaag()) is None
    assert Gebeurtenis.objects.count() == voor


def test_buiten_de_voorbeeldstand_weigert_de_opdracht(settings):
    settings.VOORBEELD = False
    with pytest.raises(CommandError, match="voorbeeldstand"):
        call_command("laad_voorbeeld")


def test_d_is_verdeeld_in_vier_opvattingen_van_drieendertig_aanwezigen(loods):
    d = Advies.objects.get(titel__startswith="Loondoorbetaling")
    assert (d.oordeel, d.nummer[:1]) == ("verdeeld", "V")
    rijen = OpvattingRij.objects.order_by("pk")
    assert [r.aanduiding for r in rijen] == [
        "een deel van de raad",
        "een ander deel van de raad",
        "enkele leden van de raad",
        "één lid van de raad",
    ]
    assert [r.steun.count() for r in rijen] == [18, 11, 3, 1]
    assert Minderheidsnota.objects.count() == 1


def test_klokken_lopen_en_een_is_verstreken(loods):
    termijnen = {
        Advies.objects.get(pk=t.object_id).titel.split()[0]: t.is_te_laat(vandaag())
        for t in Termijn.objects.filter(soort="kabinetsreactie")
    }
    assert termijnen == {"Loondoorbetaling": True, "Werken": False, "Voorwaarden": False}
    assert Kabinetsreactie.objects.get().gedeeltelijk


def test_er_is_een_traject_op_elke_stap_en_in_elke_eindstand_die_het_voorbeeld_noemt(loods):
    standen = set(Adviestraject.objects.values_list("stap", flat=True))
    assert standen >= {*STAPPEN, "aangeboden", "niet_in_behandeling", "ingetrokken"}


def test_stuknummers_volgen_de_agenda_niet(loods):
    komend = Vergadering.objects.get(orgaan="raad", datum__gt=vandaag(), status="opgeroepen")
    nummers = [p.stuknummer for p in komend.agendapunten.order_by("volgorde") if p.stuknummer]
    assert nummers == sorted(nummers, reverse=True)
    assert komend.agendapunten.order_by("volgorde").last().soort == "rondvraag"
