"""De voorbeeldwereld: alles gemerkt, alles langs de gewone handelingen, en een tweede keer verandert niets."""

import pytest
from django.core.management import CommandError, call_command

from adviezen.models import Adviestraject, Reactie, Verwerking
from inrichting.voorbeeld import maak_wereld
from kern.tijd import vandaag
from logboek.models import Gebeurtenis
from toegang.models import Gebruiker

pytestmark = pytest.mark.django_db


@pytest.fixture
def loods(settings):
    settings.VOORBEELD = True
    return maak_wereld(vandaag(), veertig=False)


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
