"""Het archiefdossier na het aanbieden: brieven over en weer, en wat ervan kwam."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from kern.tijd import nu, vandaag
from opvolging.actions import trek_reactie_in
from opvolging.models import Evaluatie, Herinneringsbrief, Opvolgstand, Toezegging
from opvolging.queries.archief import stukken
from tests.opvolging.hulp import leg_vast, openbaar

pytestmark = pytest.mark.django_db


def test_na_het_aanbieden_komt_erbij_wat_het_kabinet_schreef_en_wat_ervan_kwam(wereld):
    """Ook een ingetrokken brief: die was er, en de reden zegt waarom hij niet telt. Van een ander advies niets."""
    rij, ander, wie, dag = openbaar(wereld, dagen_geleden=200), openbaar(wereld), wereld.secretaris, vandaag()
    verkeerd = leg_vast(wereld, rij, afzenders="De verkeerde minister (voorbeeld)")
    trek_reactie_in(reactie=verkeerd, reden="Hoort bij een ander advies.", door=wie)
    leg_vast(wereld, rij, kamerstuk="Kamerstuk 1 & 2 (voorbeeld)")
    leg_vast(wereld, ander, kamerstuk="Van een ander")
    Toezegging.objects.create(advies=rij, datum=dag, door_wie="De minister (voorbeeld)", gedaan_op=dag, door=wie)
    vast = {"door": wie, "door_naam": "S"}
    punt = rij.aanbevelingen.first()
    Opvolgstand.objects.create(aanbeveling=punt, stand="uitgevoerd", per=dag, motivering="Zie de wet.", **vast)
    Evaluatie.objects.create(advies=rij, na_jaren=5, per=dag, uitwerking="bereikt", bevindingen="Het werkt.", **vast)
    brief = {"advies": rij, "onderwerp": "Herinnering", "tekst": "Geachte minister."}
    Herinneringsbrief.objects.create(aan="De minister (voorbeeld)", **brief)
    Herinneringsbrief.objects.create(
        aan="De staatssecretaris (voorbeeld)", afgetekend_op=nu(), verstuurd_op=dag - timedelta(days=3), **brief
    )
    uit = {stuk.naam: stuk for stuk in stukken(SimpleNamespace(advies=rij))}
    assert list(uit) == [
        "toezeggingen",
        "herinneringsbrief-1",
        "kabinetsreactie-1",
        "kabinetsreactie-2",
        "aanbevelingen-gevolgd",
        "evaluatie-1",
    ]
    assert uit["herinneringsbrief-1"].titel == "Herinneringsbrief aan De staatssecretaris (voorbeeld)"
    assert "Hoort bij een ander advies." in uit["kabinetsreactie-1"].omschrijving
    assert "Kamerstuk 1 &amp; 2" in uit["kabinetsreactie-2"].html
    assert "Zie de wet." in uit["aanbevelingen-gevolgd"].html
    assert "Het werkt." in uit["evaluatie-1"].html
    assert "Van een ander" not in "".join(stuk.html for stuk in uit.values())
    assert list(stukken(SimpleNamespace())) == [], "een traject zonder advies"
