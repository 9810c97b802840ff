"""De echte raadsvergaderingen: volledig, zonder verdubbeling, en met gemelde fouten."""

import json
from pathlib import Path
from typing import Any

import pytest

from inrichting.archief_vergaderingen import laad
from kern.models import Precisie
from logboek.queries import geschiedenis
from vergaderingen.enums import Puntsoort, Status
from vergaderingen.models import Agendapunt, Stuknummerreeks, Vergadering

DATA = Path(__file__).parent.parent.parent / "data"
MAART = "verg-072"


def _laad(map: Path) -> tuple[int, list[tuple[str, str]]]:
    meldingen: list[tuple[str, str]] = []
    return laad(map, lambda kenmerk, tekst: meldingen.append((kenmerk, tekst))), meldingen


def test_alle_echte_vergaderingen_laden_en_verdubbelen_niet(db: None) -> None:
    for _ in range(2):
        assert _laad(DATA) == (72, [])
        assert (Vergadering.objects.count(), Agendapunt.objects.count()) == (72, 82)
    assert not Vergadering.objects.filter(voorbeeld=True).exists()
    assert not Agendapunt.objects.filter(voorbeeld=True).exists()
    assert set(Vergadering.objects.values_list("status", flat=True)) == {Status.GESLOTEN}
    assert Stuknummerreeks.objects.get(reeks="R").laatste == 3034
    assert geschiedenis(Vergadering.objects.get(kenmerk=MAART)).count() == 1


def test_regel_45_maart_2023_staat_in_de_gedrukte_volgorde_met_de_dag_afgeleid(db: None) -> None:
    _laad(DATA)
    rij = Vergadering.objects.get(kenmerk=MAART)
    assert (rij.slug, rij.dag_afgeleid, rij.datum_tekst) == ("2023-03-16", True, "do 16 maart 2023 (afgeleid)")
    punten = list(rij.agendapunten.order_by("volgorde"))
    assert [p.stuknummer for p in punten] == [None, "R/3030", "R/3031", "R/3033", "R/3032", "R/3034", None]
    assert punten[4].soort == Puntsoort.ADVIES
    assert punten[4].uitkomst == "unaniem vastgesteld en aangenomen"
    assert rij.eind is not None
    assert rij.eind.isoformat() == "12:10:00"
    assert len(rij.archiefbesluiten) == 4
    assert rij.bron[0].startswith("seed:")


def test_een_vergadering_zonder_dag_houdt_haar_precisie(db: None) -> None:
    _laad(DATA)
    rij = Vergadering.objects.get(kenmerk="verg-068")
    assert (rij.slug, rij.datum_precisie, rij.datum_tekst) == (
        "2019-11",
        Precisie.MAAND,
        "november 2019 (dag onbekend)",
    )


def _record(**velden: Any) -> dict[str, Any]:
    return {
        "id": "verg-x", "datum": "1999-01-15", "datum_precisie": "dag", "zekerheid": "waargenomen", "agenda": [],
        "besluiten": [], "sprekers": None, "opmerking": None, "bron": "bron", "dag_afgeleid": False,
    } | velden  # fmt: skip


PUNT = {"nr": 1, "onderwerp": "Iets", "stuknummer": "R/7", "toelichting": None, "uitkomst": None}


@pytest.mark.parametrize(
    ("velden", "tekst"),
    [
        ({"datum": "1999-02-31"}, "is geen datum"),
        ({"datum": "ooit"}, "geen datum"),
        ({"datum": None}, "datum ontbreekt"),
        ({"datum": "1999"}, "past niet bij precisie"),
        ({"id": ""}, "id ontbreekt"),
        ({"agenda": "leeg"}, "geen lijst"),
        ({"agenda": [PUNT | {"onderwerp": ""}]}, "geen onderwerp"),
        ({"agenda": [PUNT | {"stuknummer": "R/zeven"}]}, "database weigert"),
        ({"agenda": [PUNT | {"onderwerp": "x" * 401, "stuknummer": None}]}, "database weigert"),
        ({"agenda": [PUNT]}, "R/7 is al gebruikt"),
        ({"datum": "1998-01-16"}, "er is al een vergadering"),
        ({"datum_precisie": "dag", "bron": None, "eindtijd": "25:00"}, "hour must be in"),
    ],
)
def test_een_slecht_record_wordt_gemeld_en_de_rest_laadt(
    db: None, tmp_path: Path, velden: dict[str, Any], tekst: str
) -> None:
    goed = _record(id="verg-goed", datum="1998-01-16", agenda=[PUNT])
    (tmp_path / "vergaderingen.json").write_text(json.dumps([goed, _record(**velden)]))
    aantal, meldingen = _laad(tmp_path)
    assert aantal == 1
    assert [m for m in meldingen if tekst in m[1]], meldingen
    assert Vergadering.objects.get().kenmerk == "verg-goed"


def test_een_punt_dat_uit_het_record_verdween_staat_niet_meer_op_de_agenda(db: None, tmp_path: Path) -> None:
    for agenda in ([PUNT, PUNT | {"nr": 2, "stuknummer": "R/8"}], [PUNT]):
        (tmp_path / "vergaderingen.json").write_text(json.dumps([_record(agenda=agenda)]))
        assert _laad(tmp_path) == (1, [])
        assert Agendapunt.objects.count() == len(agenda)


def test_een_record_dat_geen_record_is(db: None, tmp_path: Path) -> None:
    (tmp_path / "vergaderingen.json").write_text(json.dumps(["tekst", {"datum": "1999-01-15"}]))
    aantal, meldingen = _laad(tmp_path)
    assert (aantal, [m[0] for m in meldingen]) == (0, ["record 1", "record 2"])


@pytest.mark.parametrize(
    ("inhoud", "tekst"), [(None, "niet te lezen"), ("{", "geen geldige JSON"), ("{}", "hoort een lijst")]
)
def test_een_onleesbaar_bestand_wordt_gemeld(db: None, tmp_path: Path, inhoud: str | None, tekst: str) -> None:
    if inhoud is not None:
        (tmp_path / "vergaderingen.json").write_text(inhoud)
    aantal, meldingen = _laad(tmp_path)
    assert aantal == 0
    assert meldingen[0][0] == "vergaderingen.json"
    assert tekst in meldingen[0][1]
