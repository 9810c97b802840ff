"""Het echte archief van raad en commissies: herhaalbaar, eerlijk over wat niet bekend is, en bestand tegen fouten."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from commissies.models import Commissie
from inrichting import archief_commissies, archief_raad
from inrichting.archiefdatum import lees_datum, lees_tot_en_met
from kern.models import Precisie
from logboek.models import Gebeurtenis
from raad.enums import Bijzonder, Geleding, SoortBenoeming
from raad.models import Benoeming, Organisatie, Persoon, Voorzitterschap, Zetel, Zittingsperiode
from raad.queries import zetels_op

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(autouse=True)
def _op_een_vaste_dag() -> object:
    with time_machine.travel("2026-11-20 12:00 +0100", tick=False):
        yield


class Meldingen(list[tuple[str, str]]):
    def __call__(self, record: str, tekst: str) -> None:
        self.append((record, tekst))


def schrijf(map: Path, naam: str, inhoud: Any) -> Path:
    tekst = inhoud if isinstance(inhoud, str) else json.dumps(inhoud)
    (map / naam).write_text(tekst, encoding="utf-8")
    return map


def lees(naam: str) -> Any:
    return json.loads((DATA / naam).read_text(encoding="utf-8"))


def verdeling_op(dag: date) -> Counter[str]:
    return Counter(str(z.organisatie) if z.organisatie else str(z.geleding) for z in zetels_op(dag))


def test_een_voorzitter_eindigt_niet_op_een_dag_die_de_bron_niet_noemt(
    db: None, tmp_path: Path, client: Client
) -> None:
    """Zonder einde in de bron loopt de rij tot het eind van de periode; dat is niet de dag waarop iemand stopte."""
    inhoud = lees("raadsleden.json")
    inhoud["leden"] = [lid for lid in inhoud["leden"] if lid["id"] == "lid-046"]
    assert archief_raad.laad(schrijf(tmp_path, "raadsleden.json", inhoud), Meldingen()) > 0
    blad = client.get(f"/raad/personen/{Persoon.objects.get().pk}/").content.decode()
    assert blad.count("van di 1 augustus 2006 tot datum niet bekend") == 2
    assert "2008" not in blad


def test_echte_raad_laadt_zonder_meldingen(db: None) -> None:
    meldingen = Meldingen()
    assert archief_raad.laad(DATA, meldingen) == 83
    assert meldingen == []
    assert Persoon.objects.count() == 73
    assert not Zittingsperiode.objects.filter(volledig=True).exists()
    assert not Zittingsperiode.objects.filter(voorbeeld=True).exists()
    assert verdeling_op(date(2023, 3, 16)) == {
        "VNO-NCW": 7, "MKB-Nederland": 3, "LTO Nederland": 1, "FNV": 8, "CNV": 2, "VCP": 1, "kroonleden": 11,
    }  # fmt: skip
    assert verdeling_op(date(2023, 9, 15)).total() == 33
    assert verdeling_op(date(2023, 9, 16)) == {
        "VNO-NCW": 8, "MKB-Nederland": 3, "LTO Nederland": 1, "FNV": 8, "CNV": 2, "VCP": 2, "kroonleden": 12,
    }  # fmt: skip
    assert verdeling_op(date(2018, 7, 3))["VCP"] == 2
    assert verdeling_op(date(2018, 7, 2))["MHP"] == 1
    assert verdeling_op(date(1995, 1, 1)) == {"ondernemers": 15, "kroonleden": 15, "werknemers": 15}
    assert {z.bijzonder for z in Zetel.objects.filter(periode__naam="1996-1998")} >= set(Bijzonder.values)


def test_wat_niet_bekend_is_blijft_onbekend(db: None) -> None:
    archief_raad.laad(DATA, Meldingen())
    putters = Benoeming.objects.get(persoon__naam="Kim Putters")
    assert (putters.van, putters.van_precisie, putters.tot) == (date(2022, 9, 16), "dag", date(2024, 4, 1))
    assert putters.soort == SoortBenoeming.LID
    nijpels = Benoeming.objects.get(persoon__naam="Ed Nijpels", zetel__periode__naam="2022-2024")
    assert (nijpels.soort, nijpels.van_precisie, nijpels.tot_precisie) == ("onbekend", "onbekend", "onbekend")
    dijkhuizen = Benoeming.objects.get(persoon__naam="Josette Dijkhuizen")
    assert (dijkhuizen.van, dijkhuizen.van_precisie) == (date(2023, 11, 24), Precisie.ONBEKEND)
    # Geleding niet genoemd, of een organisatie zonder eigen zetel: wel een persoon, geen zetel.
    assert not Benoeming.objects.filter(persoon__naam__in=["Oudshoorn", "Visser", "J.W. de Pous"]).exists()
    assert "lid-011" in Persoon.objects.get(naam="Oudshoorn").opmerking
    duisenberg = Benoeming.objects.get(persoon__naam="W. Duisenberg")
    assert duisenberg.zetel.bijzonder == Bijzonder.DNB
    namen = set(Voorzitterschap.objects.values_list("persoon__naam", flat=True))
    assert namen >= {"Kim Putters", "Mariëtte Hamer", "H. Wijffels"}
    # Wie misschien lid is zit niet achter een lid verscholen.
    dubbel = Counter((z.zetel.pk) for z in zetels_op(date(2023, 12, 1)) if z.lid_benoeming and z.onbekend_benoeming)
    assert not dubbel


def test_nog_een_keer_laden_verdubbelt_niets(db: None) -> None:
    def tel() -> tuple[int, ...]:
        modellen: tuple[Any, ...] = (
            Persoon,
            Benoeming,
            Zetel,
            Zittingsperiode,
            Voorzitterschap,
            Commissie,
            Organisatie,
        )
        return (*(model.objects.count() for model in modellen), Gebeurtenis.objects.count())

    for laad in (archief_raad.laad, archief_commissies.laad):
        laad(DATA, Meldingen())
    eerst, opmerkingen = tel(), list(Persoon.objects.order_by("pk").values_list("opmerking", flat=True))
    for laad in (archief_raad.laad, archief_commissies.laad):
        meldingen = Meldingen()
        laad(DATA, meldingen)
        assert meldingen == []
    assert tel() == eerst
    assert list(Persoon.objects.order_by("pk").values_list("opmerking", flat=True)) == opmerkingen


FOUTEN: tuple[tuple[dict[str, Any], str], ...] = (
    ({"naam": " "}, "de naam ontbreekt"),
    ({"lidmaatschap": "erelid"}, "onbekend lidmaatschap: 'erelid'"),
    ({"geleding": "jongeren"}, "onbekende geleding: 'jongeren'"),
    ({"zittingsperiode": "1890-1892"}, "onbekende zittingsperiode"),
    ({"van": "2023-02-30"}, "'2023-02-30' is geen datum"),
    ({"van": "vorig jaar"}, "is geen datum"),
    ({"van": "2024-01-01", "tot": "2023-01-01"}, "het einde ligt voor het begin"),
    ({"naam": "x" * 200}, "het record past niet"),
    ({"naam": None}, "de naam ontbreekt"),
)


def test_slechte_leden_worden_gemeld_en_de_rest_laadt(db: None, tmp_path: Path) -> None:
    inhoud = lees("raadsleden.json")
    goed_lid = inhoud["leden"][0] | {"rol": None}
    inhoud["leden"] += [
        goed_lid | {"id": f"fout-{n}", "naam": f"Fout {n}"} | velden for n, (velden, _) in enumerate(FOUTEN)
    ]
    del inhoud["leden"][1]["naam"]
    inhoud["leden"].append("geen record")
    meldingen = Meldingen()
    goed = archief_raad.laad(schrijf(tmp_path, "raadsleden.json", inhoud), meldingen)
    slecht = dict(meldingen)
    assert goed == 83 - 1
    assert "niet leesbaar" in slecht.pop("lid-002")
    assert "niet leesbaar" in slecht.pop(f"lid {len(inhoud['leden'])}")
    assert len(slecht) == len(FOUTEN)
    for nummer, (_, melding) in enumerate(FOUTEN):
        assert melding in slecht[f"fout-{nummer}"]
    assert not Persoon.objects.filter(naam__startswith="Fout").exists()
    assert Zittingsperiode.objects.order_by("van")[0].van.year == 1992


def test_slechte_verdeling_en_te_veel_leden(db: None, tmp_path: Path) -> None:
    inhoud = lees("raadsleden.json")
    inhoud["zetelverdelingen"][2]["werknemers"]["FNV"] = 9
    inhoud["zetelverdelingen"][3]["ondernemers"] = {"Onbekende Bond": 11}
    inhoud["zetelverdelingen"][4]["vanaf"] = "2020-13-01"
    inhoud["zetelverdelingen"].append({"vanaf": "2021"})
    voorbeeld = inhoud["leden"][0] | {"rol": None}
    inhoud["leden"] += [voorbeeld | {"id": f"extra-{n}", "naam": f"Extra {n}"} for n in range(12)]
    meldingen = Meldingen()
    archief_raad.laad(schrijf(tmp_path, "raadsleden.json", inhoud), meldingen)
    soorten = dict(meldingen)
    assert "niet evenveel zetels" in soorten["zetelverdeling 3"]
    assert "onbekende organisatie" in soorten["zetelverdeling 4"]
    assert "is geen datum" in soorten["zetelverdeling 5"]
    assert "niet leesbaar" in soorten["zetelverdeling 8"]
    assert "alle zetels van deze groep" in soorten["extra-11"]


@pytest.mark.parametrize("inhoud", ["{", "[]", '{"leden": []}'])
def test_kapot_of_ontbrekend_bestand(db: None, tmp_path: Path, inhoud: str) -> None:
    meldingen = Meldingen()
    assert archief_raad.laad(tmp_path, meldingen) == 0
    assert archief_commissies.laad(tmp_path, meldingen) == 0
    schrijf(tmp_path, "raadsleden.json", inhoud)
    assert archief_raad.laad(tmp_path, meldingen) == 0
    assert [record for record, _ in meldingen] == ["raadsleden.json", "commissies.json", "raadsleden.json"]


def test_lege_lijst_maakt_geen_perioden(db: None, tmp_path: Path) -> None:
    schrijf(tmp_path, "raadsleden.json", {"leden": [], "zetelverdelingen": []})
    assert archief_raad.laad(tmp_path, Meldingen()) == 0
    assert not Zittingsperiode.objects.exists()


def test_echte_commissies(db: None) -> None:
    meldingen = Meldingen()
    assert archief_commissies.laad(DATA, meldingen) == 37
    assert meldingen == []
    assert not Commissie.objects.filter(voorbeeld=True).exists()
    innovatie = Commissie.objects.get(kenmerk="com-017")
    assert (innovatie.voorzitter_volgens_bron, innovatie.soort) == ("Steven van Eijck", "ad_hoc")
    assert (innovatie.ingesteld_op, innovatie.ingesteld_precisie) == (None, "onbekend")
    jong = Commissie.objects.get(naam="SER Jongerenplatform")
    assert (jong.soort, jong.ingesteld_op, jong.ingesteld_precisie) == ("eigen_orgaan", date(2015, 1, 1), "jaar")
    assert Commissie.objects.get(afkorting="CCA").consumentenleden
    assert Commissie.objects.filter(consumentenleden=True).count() == 1
    assert "Frank Dietz" in Commissie.objects.get(afkorting="DUO").opmerking


def test_slechte_commissies_worden_gemeld(db: None, tmp_path: Path) -> None:
    inhoud = lees("commissies.json")
    inhoud[0]["soort"] = "clubje"
    inhoud[1]["naam"] = ""
    inhoud[2]["ingesteld"] = "ooit"
    inhoud[3] |= {"ingesteld": "2020", "opgeheven": "2019"}
    inhoud[4]["naam"] = inhoud[5]["naam"]
    del inhoud[6]["soort"]
    inhoud[7]["afkorting"] = "X" * 50
    inhoud.append(7)
    meldingen = Meldingen()
    goed = archief_commissies.laad(schrijf(tmp_path, "commissies.json", inhoud), meldingen)
    slecht = dict(meldingen)
    assert goed == 38 - 8
    assert "onbekende soort" in slecht["com-001"]
    assert "naam ontbreekt" in slecht["com-002"]
    assert "ingesteld: 'ooit' is geen datum" in slecht["com-003"]
    assert "opgeheven ligt voor ingesteld" in slecht["com-004"]
    assert "al een commissie met de naam" in slecht["com-006"]
    assert "niet leesbaar" in slecht["com-007"]
    assert "het record past niet" in slecht["com-008"]
    assert "record 38" in slecht
    for kapot in ({}, "{"):
        assert archief_commissies.laad(schrijf(tmp_path, "commissies.json", kapot), meldingen) == 0
        assert meldingen[-1][0] == "commissies.json"


def test_twee_commissies_met_hetzelfde_adres(db: None, tmp_path: Path) -> None:
    inhoud = lees("commissies.json")[:2]
    inhoud[1]["naam"] = f"{inhoud[0]['naam']}!"
    assert archief_commissies.laad(schrijf(tmp_path, "commissies.json", inhoud), Meldingen()) == 2
    eerste, tweede = Commissie.objects.order_by("pk")
    assert tweede.slug == f"{eerste.slug}-com-002"


def test_verbeterd_record_wordt_bijgewerkt_en_houdt_zijn_adres(db: None, tmp_path: Path) -> None:
    inhoud = lees("commissies.json")
    archief_commissies.laad(schrijf(tmp_path, "commissies.json", inhoud), Meldingen())
    oud = Commissie.objects.get(kenmerk="com-017")
    inhoud[16] |= {"naam": "Commissie Sociale Vernieuwing", "opgeheven": "2023-12"}
    archief_commissies.laad(schrijf(tmp_path, "commissies.json", inhoud), Meldingen())
    nieuw = Commissie.objects.get(kenmerk="com-017")
    assert (nieuw.naam, nieuw.slug, nieuw.opgeheven_op) == (
        "Commissie Sociale Vernieuwing", oud.slug, date(2023, 12, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("tekst", "begin", "erna", "precisie"),
    [
        ("2013-05-01", date(2013, 5, 1), date(2013, 5, 2), "dag"),
        ("2020-02", date(2020, 2, 1), date(2020, 3, 1), "maand"),
        ("2015", date(2015, 1, 1), date(2016, 1, 1), "jaar"),
    ],
)
def test_datums(tekst: str, begin: date, erna: date, precisie: str) -> None:
    assert lees_datum(tekst) == (begin, precisie)
    assert lees_tot_en_met(tekst) == (erna, precisie)


@pytest.mark.parametrize("tekst", ["", "2013-5-1", "13-05-2013", "2013-05-01-01", "circa 2013", "0000"])
def test_geen_datum(tekst: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        lees_datum(tekst)


def test_geledingen_van_organisaties(db: None) -> None:
    archief_raad.laad(DATA, Meldingen())
    assert Organisatie.objects.get(naam="FNV").met_lidwoord == "de FNV"
    assert set(Organisatie.objects.filter(geleding=Geleding.ONDERNEMERS).values_list("naam", flat=True)) == {
        "VNO-NCW", "MKB-Nederland", "LTO Nederland",
    }  # fmt: skip
