"""Wat herroepen, terugnemen of overnieuw doen achterlaat: precies wat er zonder de eerste keer had gelegen."""

import pytest

from adviezen.actions.handelen import handel
from adviezen.enums import Stap
from kern.tijd import vandaag
from tests.adviezen import bouw
from tests.adviezen.bouw import Wereld
from tests.adviezen.test_agendering import agendeer, ontwerp, raad
from vergaderingen.actions import haal_van_agenda, herroep_oproeping, roep_op

REDEN = "Vergissing (voorbeeld)."


def doe(cast, overgang, **kw):
    """Doe een handeling met alles wat erbij hoort, door wie dat mag."""
    cast.traject = handel(
        traject=cast.traject, versie=None, overgang=overgang, door=cast.wie(overgang), reden=REDEN, **kw
    )
    return cast.traject


# --- toewijzing ---------------------------------------------------------------------------------------------------


# --- de agenda van de raad ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("hoe", ["haal_van_agenda", "herroep_oproeping", "niets"])
def test_na_een_herroepen_einde_wordt_alleen_openbaar_wat_de_raad_nog_behandelt(wereld: Wereld, hoe: str) -> None:
    """De secretaris van de raad kreeg de opdracht het van de agenda te halen, en deed dat in die minuten."""
    cast = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    zitting = raad(cast)
    punt = agendeer(cast, zitting).agendapunt
    zitting = roep_op(vergadering=zitting, versie=None, door=cast.raadssecretaris)
    doe(cast, "beeindig", datum=vandaag())
    if hoe == "haal_van_agenda":
        haal_van_agenda(agendapunt=punt, reden="Gestopt.", door=cast.raadssecretaris)
    if hoe == "herroep_oproeping":
        herroep_oproeping(vergadering=zitting, versie=None, reden="Gestopt.", door=cast.raadssecretaris)
    doe(cast, "herroep_einde")
    assert (ontwerp(cast).tot is None) == (hoe == "niets")


# --- de ronde -----------------------------------------------------------------------------------------------------


# --- termijnen ----------------------------------------------------------------------------------------------------
