"""Wat op de agenda wachtte om openbaar te worden, en er in de wachttijd af gaat."""

from datetime import timedelta

import pytest
import time_machine

from kern.tijd import nu
from tests.adviezen.agenderen import agendeer, raad
from tests.adviezen.test_agendering import begin, ontwerp
from vergaderingen.actions import gelast_af, haal_van_agenda, roep_op, wijzig_agendapunt

__all__ = ["begin"]
pytestmark = pytest.mark.django_db


def _haal_af(cast, zitting, punt):
    haal_van_agenda(agendapunt=punt, reden="Nog niet rijp.", door=cast.raadssecretaris)


def _maak_vertrouwelijk(cast, zitting, punt):
    wijzig_agendapunt(
        agendapunt=punt, versie=None, onderwerp=punt.onderwerp, soort=punt.soort, vertrouwelijk=True,
        door=cast.raadssecretaris,
    )  # fmt: skip


def _gelast_af(cast, zitting, punt):
    gelast_af(vergadering=zitting, versie=None, reden="Geen stukken.", door=cast.raadssecretaris)


@pytest.mark.parametrize("daad", [_haal_af, _maak_vertrouwelijk, _gelast_af])
def test_wat_de_raad_toch_niet_behandelt_wordt_in_de_wachttijd_niet_openbaar(cast, daad):
    """De tien minuten zijn er om een vergissing te herstellen; ook vanaf de bladzijde van de vergadering."""
    zitting = raad(cast)
    punt = agendeer(cast, zitting).agendapunt
    zitting = roep_op(vergadering=zitting, versie=None, door=cast.raadssecretaris)
    daad(cast, zitting, punt)
    rij = ontwerp(cast)
    assert rij.tot == rij.vanaf, "nooit openbaar geweest"


def test_wat_al_openbaar_was_blijft_openbaar_na_afgelasten(cast):
    zitting = raad(cast)
    agendeer(cast, zitting)
    zitting = roep_op(vergadering=zitting, versie=None, door=cast.raadssecretaris)
    with time_machine.travel(nu() + timedelta(minutes=11), tick=False):
        gelast_af(vergadering=zitting, versie=None, reden="Geen stukken.", door=cast.raadssecretaris)
    assert ontwerp(cast).tot is None
