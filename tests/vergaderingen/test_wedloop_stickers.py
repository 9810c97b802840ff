"""Een lid plakt zijn stickers terwijl de secretaris dat namens hem doet."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from tests.hulp import wacht_tot_iemand_wacht
from tests.vergaderingen.conftest import bouw
from tests.vergaderingen.test_thema import sessie
from toegang.models import Gebruiker
from vergaderingen import actions
from vergaderingen.models import Sticker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wedloop]


@pytest.mark.parametrize("lid_eerst", [True, False])
def test_wie_het_laatst_plakt_vervangt_wat_er_hing(maak_gebruiker: Callable[..., Gebruiker], lid_eerst: bool) -> None:
    """Met elk een eigen slot zagen beiden een lege zetel, en botsten de stickers: de secretaris kreeg een storing."""
    wereld = bouw(maak_gebruiker)
    persoon = wereld.leden["O1"]
    persoon.gebruiker = maak_gebruiker(persoon.naam)
    persoon.save()
    _, punt, (proces, kennis, *_) = sessie(wereld)
    fouten: list[Exception] = []

    def plak_zelf() -> None:
        actions.plak_eigen_stickers(agendapunt=punt, onderwerpen=[proces.pk] * 3, door=persoon.gebruiker)

    def plak_namens() -> None:
        actions.plak_stickers(agendapunt=punt, zetel=wereld.zetels["O1"], onderwerpen=[kennis.pk], door=wereld.door)

    eerste, tweede, laatste = (
        (plak_zelf, plak_namens, [kennis.pk]) if lid_eerst else (plak_namens, plak_zelf, [proces.pk] * 3)
    )

    def doe() -> None:
        try:
            tweede()
        except Exception as fout:
            fouten.append(fout)
        finally:
            connection.close()

    draad = threading.Thread(target=doe)
    with transaction.atomic():
        eerste()
        draad.start()
        wacht_tot_iemand_wacht(draad)
    draad.join()
    assert fouten == []
    assert list(Sticker.objects.values_list("onderwerp", flat=True)) == laatste
