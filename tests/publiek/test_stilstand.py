"""Een klok die stilstaat is ook openbaar niet te laat, en noemt geen dag die nu niet geldt."""

from datetime import timedelta

import pytest
import time_machine

from kern.tijd import nu
from publiek.models import Advies
from termijnen.actions import pauzeer
from tests.adviezen.conftest import _stand, _wereld, wereld
from tests.opvolging.hulp import klok_van, leg_vast, openbaar

__all__ = ["_stand", "_wereld", "wereld"]
pytestmark = pytest.mark.django_db


def test_het_verhaal_verwacht_niets_op_een_dag_die_stilstaat(client, wereld):
    rij = openbaar(wereld, dagen_geleden=200)
    pauzeer(termijn=klok_van(rij), reden="Het kabinet viel.", door=wereld.secretaris)
    bladzijde = client.get(f"/adviezen/{rij.jaar}/{rij.kenmerk}/").content.decode()
    assert "De termijn voor de reactie van het kabinet staat stil, sinds" in bladzijde
    assert "verwacht, uiterlijk" not in bladzijde
    assert "maanden lopen nog" not in bladzijde, "na 200 dagen lopen er geen drie maanden meer"


def test_een_reactie_terwijl_de_klok_stilstond_is_op_tijd(client, wereld):
    rij = openbaar(wereld, dagen_geleden=80)
    pauzeer(termijn=klok_van(rij), reden="Het kabinet viel.", door=wereld.secretaris)
    with time_machine.travel(nu() + timedelta(days=40), tick=False):
        leg_vast(wereld, rij)
    assert Advies.objects.get(kenmerk=rij.kenmerk).reactie == "op_tijd"
    assert "stond 40 dagen stil" in client.get(f"/kabinetsreacties/{rij.kenmerk}/").content.decode()
