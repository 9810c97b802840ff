"""Gelijktijdige handelingen op echte verbindingen: precies een wint, de anderen krijgen een gewone melding."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from commissies.actions import beeindig_commissielid, benoem_commissielid, stel_commissie_in
from commissies.models import Commissielid
from kern.fouten import InvoerFout
from raad.actions import beeindig_benoeming, benoem, benoem_db_lid
from raad.enums import Geleding
from raad.models import Benoeming, DagelijksBestuurslid
from tests.raad.conftest import VAN, Raad

pytestmark = [pytest.mark.wedloop, pytest.mark.django_db(transaction=True)]


def tegelijk(*daden: Callable[[], Any]) -> Sequence[str]:
    """Start alle daden op hetzelfde moment; geef per daad "gelukt" of het veld van de weigering."""
    start = Barrier(len(daden))

    def doe(daad: Callable[[], Any]) -> str:
        try:
            start.wait(timeout=30)
            daad()
        except InvoerFout as fout:
            return fout.veld
        finally:
            connection.close()
        return "gelukt"

    with ThreadPoolExecutor(len(daden)) as groep:
        return sorted(groep.map(doe, daden))


def test_een_zetel_een_lid(raad: Raad) -> None:
    zetel = raad.zetels[0]
    mensen = [raad.persoon(f"Kandidaat {n}") for n in range(6)]
    uitkomst = tegelijk(*(lambda p=p: benoem(persoon=p, zetel=zetel, soort="lid", van=VAN, door=None) for p in mensen))
    assert uitkomst == ["gelukt", *["van"] * 5]
    assert Benoeming.objects.count() == 1


def test_een_persoon_een_zetel(raad: Raad) -> None:
    wie = raad.persoon()
    uitkomst = tegelijk(
        *(lambda z=z: benoem(persoon=wie, zetel=z, soort="lid", van=VAN, door=None) for z in raad.zetels[:6])
    )
    assert uitkomst == ["gelukt", *["persoon"] * 5]


def test_laatste_plaats_in_het_dagelijks_bestuur(raad: Raad) -> None:
    leden = [raad.lid(Geleding.ONDERNEMERS, n).persoon for n in range(3)]
    uitkomst = tegelijk(*(lambda p=p: benoem_db_lid(persoon=p, van=VAN, door=None) for p in leden))
    assert uitkomst == ["gelukt", "persoon", "persoon"]
    assert DagelijksBestuurslid.objects.count() == 1


def test_beeindigen_en_functie_geven_tegelijk_laten_geen_functie_zonder_lid(raad: Raad) -> None:
    lid = raad.lid(Geleding.KROONLEDEN)
    per = VAN.replace(year=2027)
    tegelijk(
        lambda: beeindig_benoeming(benoeming=lid, per=per, reden="Vertrekt", door=None),
        lambda: benoem_db_lid(persoon=lid.persoon, van=VAN, door=None),
    )
    lid.refresh_from_db()
    assert lid.tot == per
    assert DagelijksBestuurslid.objects.get().tot == per


def test_een_voorzitter_per_commissie_ook_bij_een_wissel(raad: Raad) -> None:
    commissie = stel_commissie_in(naam="Proef", soort="vast", ingesteld_op=VAN, door=None)
    mensen = [raad.persoon(f"Voorzitter {n}") for n in range(4)]
    velden: dict[str, Any] = {"commissie": commissie, "rol": "voorzitter", "geleding": "kroonleden", "reden": "proef"}
    eerste = benoem_commissielid(persoon=mensen[0], van=VAN, **velden, door=None)
    wissel = VAN.replace(year=2027)
    uitkomst = tegelijk(
        lambda: beeindig_commissielid(lid=eerste, per=wissel, reden="Wissel", door=None),
        *(lambda p=p: benoem_commissielid(persoon=p, van=wissel, **velden, door=None) for p in mensen[1:]),
    )
    assert uitkomst.count("gelukt") in {1, 2}
    assert set(uitkomst) <= {"gelukt", "van"}
    assert Commissielid.objects.filter(van=wissel).count() == uitkomst.count("gelukt") - 1
