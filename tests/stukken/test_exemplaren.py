"""Exemplaren van lezers blijven niet voor altijd; wat op te halen is, openbaar is of verstuurd is, blijft."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from stukken import exemplaren, onderhoud, planning
from stukken.actions import bewaar_bytes, vraag_pdf
from stukken.enums import PdfStatus
from stukken.models import Bestand, PdfOpdracht
from stukken.queries import laatste_pdf
from tests.hulp import in_draad

pytestmark = pytest.mark.django_db
OP = timezone.now()


@pytest.fixture(autouse=True)
def _geen_werker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stukken.actions.geef_door", lambda pk: None)


def gemaakt(
    tekst: str, *, dagen: int, soort: str = "versie", sleutel: str = "versie:1:2", stand: str = PdfStatus.KLAAR
) -> PdfOpdracht:
    """Een PDF die zoveel dagen geleden gevraagd en gemaakt is."""
    rij = vraag_pdf(soort=soort, sleutel=sleutel, html=f"<p>{tekst}</p>", titel="Stuk")
    rij.status, rij.gevraagd_op = stand, OP - timedelta(days=dagen)
    if stand == PdfStatus.KLAAR:
        rij.bestand = bewaar_bytes(inhoud=tekst.encode(), naam="a.pdf", soort="pdf")
    rij.save()
    return rij


def over() -> set[int]:
    return set(PdfOpdracht.objects.values_list("pk", flat=True))


def test_wat_vervangen_is_gaat_na_een_maand_en_het_laatste_na_een_jaar() -> None:
    eerste, tweede = gemaakt("een", dagen=31), gemaakt("twee", dagen=29)
    assert laatste_pdf("versie:1:2") == tweede
    assert exemplaren.ruim(OP) == 1
    assert over() == {tweede.pk}
    assert not Bestand.objects.filter(pk=eerste.bestand_id).exists()
    assert exemplaren.ruim(OP + timedelta(days=335)) == 0, "zolang het scherm haar aanbiedt, is zij er"
    assert exemplaren.ruim(OP + timedelta(days=337)) == 1
    assert (over(), Bestand.objects.count()) == (set(), 0)
    assert onderhoud.veeg_wezen(OP + timedelta(days=340)) == 2, "en de schijf volgt"


def test_een_nieuwere_die_mislukte_vervangt_niets() -> None:
    oud = gemaakt("een", dagen=40)
    stuk = gemaakt("twee", dagen=35, stand=PdfStatus.MISLUKT)
    assert exemplaren.ruim(OP) == 0
    assert laatste_pdf("versie:1:2") == oud
    nieuw = gemaakt("drie", dagen=1)
    assert exemplaren.ruim(OP) == 2
    assert over() == {nieuw.pk}
    assert stuk.pk not in over(), "met de hele tekst die er nog bij stond"


@pytest.mark.parametrize("soort", ["advies", "archief", "persexemplaar", "adviesbrief", "jaarverslag"])
def test_wat_geen_exemplaar_is_blijft(soort: str) -> None:
    rijen = {gemaakt("een", dagen=4000, soort=soort).pk, gemaakt("twee", dagen=3000, soort=soort).pk}
    assert exemplaren.ruim(OP) == 0
    assert over() == rijen


@pytest.mark.parametrize("stand", [PdfStatus.WACHT, PdfStatus.BEZIG])
def test_wat_nog_gemaakt_wordt_blijft(stand: str) -> None:
    gemaakt("een", dagen=400, stand=stand)
    assert exemplaren.ruim(OP) == 0


def test_wat_een_ander_vasthoudt_blijft(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ook als iemand later een brief laat verwijzen naar een exemplaar: de rest gaat gewoon weg."""
    from berichten.actions import stuur

    vast, los = gemaakt("een", dagen=400), gemaakt("twee", dagen=390)
    stuur(email="lezer@voorbeeld.test", onderwerp="Stuk", pad="/", feit="toets.doe:1:1", bijlage=vast.bestand)
    monkeypatch.setattr(exemplaren, "PER_KEER", 1)
    assert exemplaren.ruim(OP) == 1
    assert over() == {vast.pk} != {los.pk}


def test_wie_na_een_jaar_weer_hetzelfde_vraagt_houdt_het() -> None:
    rij = gemaakt("een", dagen=400)
    weer = vraag_pdf(soort="versie", sleutel="versie:1:2", html="<p>een</p>", titel="Stuk")
    assert weer.pk == rij.pk
    assert exemplaren.ruim(timezone.now()) == 0


def test_wie_vraagt_wat_juist_weg_is_krijgt_een_nieuwe(monkeypatch: pytest.MonkeyPatch) -> None:
    rij = gemaakt("een", dagen=400)
    echt = PdfOpdracht.objects.get_or_create

    def dan(**velden: Any) -> Any:
        uit = echt(**velden)
        monkeypatch.undo()
        monkeypatch.setattr("stukken.actions.geef_door", lambda pk: None)
        exemplaren.ruim(OP)
        return uit

    monkeypatch.setattr(type(PdfOpdracht.objects), "get_or_create", lambda self, **velden: dan(**velden))
    weer = vraag_pdf(soort="versie", sleutel="versie:1:2", html="<p>een</p>", titel="Stuk")
    assert (weer.pk != rij.pk, weer.status) == (True, PdfStatus.WACHT)


def test_de_database_laat_geen_ander_bestand_gaan() -> None:
    los = bewaar_bytes(inhoud=b"x", naam="a.csv", soort="csv")
    openbaar = gemaakt("een", dagen=1, soort="advies").bestand
    eigen = gemaakt("twee", dagen=1).bestand
    assert openbaar is not None
    assert eigen is not None
    for rij in (los, openbaar):
        with pytest.raises(DatabaseError, match="onveranderlijk"), transaction.atomic():
            Bestand.objects.filter(pk=rij.pk)._raw_delete(using="default")
    with pytest.raises(DatabaseError, match="onveranderlijk"), transaction.atomic():
        Bestand.objects.filter(pk=eigen.pk).update(naam="anders.pdf")
    with pytest.raises(ProtectedError):
        eigen.delete()


@pytest.mark.django_db(transaction=True)
def test_wie_het_op_dit_moment_vraagt_houdt_het() -> None:
    """Het opruimen slaat over wat een ander vasthoudt, en kijkt na dat slot de dag nog eens na."""
    rij = gemaakt("een", dagen=400)
    with transaction.atomic():
        vraag_pdf(soort="versie", sleutel="versie:1:2", html="<p>een</p>", titel="Stuk")
        assert in_draad(lambda: exemplaren.ruim(OP)) == [0]
    assert over() == {rij.pk}


def test_een_fout_bij_het_een_houdt_het_ander_niet_op(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stuk(nu: Any) -> int:
        raise ValueError("gif")

    monkeypatch.setattr(exemplaren, "ruim", stuk)
    assert planning.klok_wezen() == 0
    assert "exemplaren opruimen mislukt" in caplog.text
