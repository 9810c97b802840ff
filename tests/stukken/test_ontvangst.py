"""Een te groot bestand wordt niet bewaard, maar wat verder in het formulier stond blijft."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopUpload
from django.test import RequestFactory

from kern.fouten import InvoerFout
from stukken import ontvangst
from stukken.actions import bewaar


@pytest.fixture(autouse=True)
def _kleine_grens(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(ontvangst, "GRENS", 3_000_000)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)


@pytest.mark.parametrize("grootte", [3_000_001, 9_000_000])
def test_te_groot_houdt_het_formulier_heel_en_schrijft_niets(grootte: int, tmp_path: Path) -> None:
    verzoek = RequestFactory().post(
        "/",
        {
            "vraag": "Wat getypt was",
            "bijlage": SimpleUploadedFile("groot.pdf", b"%PDF-" + b"0" * (grootte - 5)),
            "na": "x",
        },
    )
    upload = verzoek.FILES["bijlage"]
    assert (verzoek.POST["vraag"], verzoek.POST["na"]) == ("Wat getypt was", "x")
    assert isinstance(upload, ontvangst.TeGrootBestand)
    assert (upload.name, upload.size, upload.read()) == ("groot.pdf", grootte, b"")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InvoerFout, match="te groot"):
        bewaar(upload=upload, door=None, maximum=3_000_000)


@pytest.mark.parametrize("grootte", [10, 2_900_000])
def test_wat_past_komt_heel_aan(grootte: int) -> None:
    verzoek = RequestFactory().post("/", {"bijlage": SimpleUploadedFile("a.pdf", b"1" * grootte)})
    upload = verzoek.FILES["bijlage"]
    assert upload.size == grootte
    assert upload.read() == b"1" * grootte
    upload.close()


def test_boven_de_uiterste_grens_stopt_het_lezen() -> None:
    handler = ontvangst.BegrensdeOntvangst(None)
    with pytest.raises(StopUpload):
        handler.receive_data_chunk(b"x", ontvangst.VERBREEK)
