"""Het echte archief laden: alles erin, niets dubbel, en een slecht record houdt de rest niet tegen."""

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from adviezen.models import Aanbeveling, Advies, Thema
from inrichting import archief_adviezen
from opvolging.models import Kabinetsreactie
from publicatie.actions import trek_in
from publicatie.models import Publicatie
from publicatie.queries import laatste

pytestmark = pytest.mark.django_db
DATA = Path(settings.BASE_DIR) / "data"


@pytest.fixture
def map_met(tmp_path: Path) -> Callable[..., Path]:
    """Geef een functie die een datamap maakt met enkele records, door `wijzig` veranderd."""

    def maak(wijzig: Callable[[list[dict[str, Any]]], Any] = lambda r: None) -> Path:
        shutil.copy(DATA / "overige.json", tmp_path)
        alle = json.loads((DATA / "adviezen.json").read_text(encoding="utf-8"))
        records = [r for r in alle if r["id"] in {"adv-001", "adv-002", "adv-149"}]
        wijzig(records)
        (tmp_path / "adviezen.json").write_text(json.dumps(records), encoding="utf-8")
        return tmp_path

    return maak


def laad(map_: Path) -> tuple[int, list[tuple[str, str]]]:
    gemeld: list[tuple[str, str]] = []
    return archief_adviezen.laad(map_, lambda record, tekst: gemeld.append((record, tekst))), gemeld


def test_hele_archief_twee_keer(client: Client) -> None:
    for _ in range(2):
        uit = StringIO()
        call_command("laad_archief", str(DATA), stdout=uit)
        assert "adviezen.json: 157 records geladen" in uit.getvalue()
    assert Advies.objects.count() == 157
    assert Publicatie.objects.filter(soort="advies").count() == 157
    assert Aanbeveling.objects.count() == sum(
        len(r["aanbevelingen"] or []) for r in json.loads((DATA / "adviezen.json").read_text(encoding="utf-8"))
    )
    assert not Advies.objects.filter(voorbeeld=True).exists()
    assert Advies.objects.exclude(commissie_naam="").filter(commissie__isnull=True).count() == 0
    tekst = client.get("/adviezen/").content.decode()
    assert "157 van circa 1000" in tekst
    sociale_innovatie(client)
    klok_alleen_waar_beide_datums_het_toelaten()
    assert Kabinetsreactie.objects.count() == 16
    assert Kabinetsreactie.objects.get(adviezen__kenmerk="adv-121").datum_tekst == "juni 2016 (dag onbekend)"
    assert "juni 2016 (dag onbekend)" in client.get("/kabinetsreacties/").content.decode()


def sociale_innovatie(client: Client) -> None:
    """Het advies over sociale innovatie: unaniem, reactie verwacht op 16 juni 2023, gekomen op 3 juli 2025."""
    tekst = client.get("/adviezen/2023/adv-149/").content.decode()
    for stuk in (
        "Unaniem",
        "do 16 maart 2023 (afgeleid)",
        "vr 16 juni 2023",
        "De dag van vaststelling, do 16 maart 2023, is zelf afgeleid.",
        "De dag van uitbrengen is niet bekend; gerekend is vanaf de dag van vaststelling.",
        "do 3 juli 2025",
        "Reactie later dan afgesproken",
        "Kamerstuk 33 009, nr. 163",
    ):
        assert stuk in tekst, stuk
    agenda = client.get("/vergaderingen/2023-03-16/").content.decode()
    plaatsen = [agenda.index(f"R/30{n}") for n in (30, 31, 33, 32, 34)]
    assert plaatsen == sorted(plaatsen), "in de gedrukte volgorde"
    assert "(afgeleid)" in agenda


def klok_alleen_waar_beide_datums_het_toelaten() -> None:
    met = Publicatie.objects.filter(soort="advies", metadata__has_key="klok")
    assert sorted(met.values_list("sleutel", flat=True)) == ["advies:adv-147", "advies:adv-149"]
    reacties = Publicatie.objects.filter(soort="advies", metadata__has_key="kabinetsreactie")
    assert reacties.count() == 16


@pytest.mark.parametrize(
    ("veld", "waarde", "woord"),
    [
        ("datum", "1951-13-45", "datum '1951-13-45'"),
        ("aanvraagdatum", "gisteren", "aanvraagdatum 'gisteren'"),
        ("themas", ["sprookjes"], "thema 'sprookjes'"),
        ("soort", "sprookje", "soort 'sprookje'"),
        ("oordeel", "lauw", "oordeel 'lauw'"),
        ("titel", " ", "titel"),
        ("jaar", 1999, "jaar 1999"),
        ("datum_precisie", "maand", "spreken elkaar tegen"),
        ("adviesnummer_norm", "1951/02", "adviesnummer 1951/02"),
        ("id", "adv-002", "adv-002"),
        ("themas", 7, "niet leesbaar"),
        ("adviesnummer_norm", "1951/1", "past niet"),
        ("titel", "x" * 501, "past niet"),
    ],
)
def test_een_slecht_record_wordt_gemeld_en_de_rest_laadt(
    map_met: Callable[..., Path], veld: str, waarde: Any, woord: str
) -> None:
    goed, gemeld = laad(map_met(lambda records: records[0].update({veld: waarde})))
    assert goed == 2
    assert len(gemeld) == 1
    assert woord in " ".join(gemeld[0])
    assert Advies.objects.count() == 2
    assert Publicatie.objects.count() == 2


def test_geen_record_geen_json_geen_bestand(map_met: Callable[..., Path], tmp_path: Path) -> None:
    goed, gemeld = laad(map_met(lambda records: records.append("geen record")))
    assert (goed, gemeld[0][0]) == (3, "record 4")
    (tmp_path / "adviezen.json").write_text("{kapot", encoding="utf-8")
    assert "geen leesbare JSON" in laad(tmp_path)[1][0][1]
    (tmp_path / "adviezen.json").write_text("{}", encoding="utf-8")
    assert "verwacht een lijst" in laad(tmp_path)[1][0][1]
    (tmp_path / "adviezen.json").unlink()
    assert laad(tmp_path)[1] == [("adviezen.json", "het bestand ontbreekt")]


def test_opdracht_eindigt_met_een_fout(map_met: Callable[..., Path]) -> None:
    map_ = map_met(lambda records: records[0].update({"datum": "ooit"}))
    for naam in ("commissies.json", "raadsleden.json", "vergaderingen.json"):
        shutil.copy(DATA / naam, map_)
    fout = StringIO()
    with pytest.raises(CommandError, match="1 record is niet geladen"):
        call_command("laad_archief", str(map_), stdout=StringIO(), stderr=fout)
    assert "adviezen.json: adv-001: datum 'ooit' is geen geldige datum" in fout.getvalue()
    with pytest.raises(CommandError, match="bestaat niet"):
        call_command("laad_archief", "/bestaat/niet")


def test_gewijzigd_record_wordt_een_nieuwe_publicatie(map_met: Callable[..., Path]) -> None:
    laad(map_met())
    laad(map_met(lambda records: records[0].update({"titel": "Verbeterde titel", "aanbevelingen": None})))
    rij = laatste("advies:adv-001")
    assert rij is not None
    assert rij.titel == "Verbeterde titel"
    assert rij.vervangt is not None
    assert Advies.objects.get(kenmerk="adv-001").aanbevelingen.count() == 0
    assert Publicatie.objects.count() == 4


def test_een_reactie_die_uit_het_record_verdween_telt_niet_meer(map_met: Callable[..., Path], client: Client) -> None:
    """Zoals een aanbeveling die het record niet meer noemt; een beoordeling die haar citeert kan er nog aan hangen."""
    for anders, ingetrokken in (({}, False), ({"kabinetsreactie": None}, True), ({}, False)):
        assert laad(map_met(lambda records, anders=anders: records[2].update(anders)))[1] == []
        assert (Kabinetsreactie.objects.get().ingetrokken_op is not None) is ingetrokken
        blad = client.get("/adviezen/2023/adv-149/").content.decode()
        assert ("Reactie later dan afgesproken" in blad) is not ingetrokken


def test_nummer_van_een_ander_wordt_geweigerd(map_met: Callable[..., Path]) -> None:
    Advies.objects.create(kenmerk="eigen", nummer="1951/01", titel="Al bezet", jaar=1951, voorbeeld=False)
    goed, gemeld = laad(map_met())
    assert goed == 2
    assert gemeld == [("adv-001", "adviesnummer 1951/01 is al van eigen")]


def test_ingetrokken_komt_niet_terug(map_met: Callable[..., Path]) -> None:
    map_ = map_met()
    laad(map_)
    rij = laatste("advies:adv-001")
    assert rij is not None
    trek_in(publicatie=rij, reden="Onjuist.", door=None)
    assert laad(map_) == (3, [])
    assert laatste("advies:adv-001") == rij
    assert Thema.objects.count() == 14
