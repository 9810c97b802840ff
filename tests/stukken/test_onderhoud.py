"""Bestanden zonder rij en rijen zonder bestand: geveegd of gemeld, zonder een ander op te houden."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from stukken import onderhoud, opslag, planning
from stukken.actions import bewaar_bytes
from stukken.models import Bestand


@pytest.mark.django_db(transaction=True)
def test_wezen_worden_opgeruimd_en_wat_een_rij_heeft_blijft(settings: Any) -> None:
    blijft = bewaar_bytes(inhoud=b"blijft", naam="a.csv", soort="csv")
    wees, _ = opslag.schrijf([b"wees"])
    half = settings.MEDIA_ROOT / ".nieuw-afgebroken"
    half.write_bytes(b"half")
    (settings.MEDIA_ROOT / "aa" / "bb").mkdir(parents=True)
    (settings.MEDIA_ROOT / "aa" / "bb" / "LEESMIJ").write_text("geen hash")
    assert onderhoud.veeg_wezen(timezone.now()) == 0
    assert onderhoud.veeg_wezen(timezone.now() + timedelta(hours=25)) == 2
    assert blijft.inhoud() == b"blijft"
    assert not opslag.pad(wees).exists()
    assert not half.exists()
    assert planning.klok_wezen() == 0
    assert planning.klok_pdf() == 0


@pytest.mark.django_db(transaction=True)
def test_opruimen_wacht_op_wie_de_inhoud_net_hergebruikt() -> None:
    """Een schrijver die nog niet heeft vastgelegd houdt zijn bestand, al is het oud en zonder rij."""
    hash_, _ = opslag.schrijf([b"oud"])
    weg: list[int] = []
    with transaction.atomic():
        bewaar_bytes(inhoud=b"oud", naam="a.csv", soort="csv")

        def veeg() -> None:
            weg.append(onderhoud.veeg_wezen(timezone.now() + timedelta(hours=25)))
            connection.close()

        draad = threading.Thread(target=veeg)
        draad.start()
        draad.join()
    assert weg == [0]
    assert opslag.pad(hash_).exists()


@pytest.mark.django_db(transaction=True)
def test_het_beheer_hoort_welk_bestand_ontbreekt(capsys: pytest.CaptureFixture[str]) -> None:
    rij = bewaar_bytes(inhoud=b"x", naam="a.csv", soort="csv")
    call_command("veeg_wezen")
    assert "0 bestanden" in capsys.readouterr().out
    rij.pad.unlink()
    with pytest.raises(CommandError, match=rij.sha256):
        call_command("veeg_wezen")


@pytest.mark.django_db(transaction=True)
def test_een_teruggedraaide_handeling_laat_geen_rij_na_en_de_wees_wordt_geveegd() -> None:
    def handeling() -> None:
        with transaction.atomic():
            bewaar_bytes(inhoud=b"x", naam="a.csv", soort="csv")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        handeling()
    assert not Bestand.objects.exists()
    assert onderhoud.veeg_wezen(timezone.now() + timedelta(hours=25)) == 1


@pytest.mark.django_db(transaction=True)
def test_wie_onder_het_vegen_klaar_is_met_schrijven_houdt_het_niet_op(monkeypatch: pytest.MonkeyPatch) -> None:
    """Een half bestand kreeg zijn naam tussen zien en nakijken, en het vegen liep stuk tot zes uur later."""
    wees, _ = opslag.schrijf([b"wees"])
    echt, weg = opslag.half_geschreven, opslag.pad(wees).with_name(".nieuw-net-klaar")
    monkeypatch.setattr(opslag, "half_geschreven", lambda: [*echt(), weg])
    hashes = opslag.bewaarde_hashes
    monkeypatch.setattr(opslag, "bewaarde_hashes", lambda: [("0" * 64, opslag.pad("0" * 64)), *hashes()])
    assert onderhoud.veeg_wezen(timezone.now() + timedelta(hours=25)) == 1
