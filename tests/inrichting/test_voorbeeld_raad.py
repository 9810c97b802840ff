"""De voorbeeldraad: volledig, gemerkt, langs de gewone handelingen, en een tweede keer verandert niets."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate

from commissies.enums import CommissieRol
from commissies.models import Commissie, Commissielid
from commissies.queries import leden_van, secretarissen_van, voorzitter_van
from inrichting.voorbeeld_raad import Raadswereld, maak_raad
from logboek.models import Gebeurtenis
from raad import queries
from raad.enums import Geleding
from raad.models import Benoeming, Organisatie, Persoon
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import hoedanigheden

DAG = date(2026, 11, 20)
WACHTWOORD = "een-lang-voorbeeld"


ROLLEN = (
    ("fnv3", Rol.RAADSLID),
    ("kroonlid5", Rol.KROONLID),
    ("plv-kroonlid5", Rol.PLAATSVERVANGER),
    ("dnb", Rol.KROONLID),
    ("vno-ncw1", Rol.DB_LID),
    ("kroonlid2", Rol.COMMISSIEVOORZITTER),
    ("plv-fnv2", Rol.COMMISSIE_PLAATSVERVANGER),
    ("coordinator-mkb", Rol.ORGANISATIECOORDINATOR),
    ("oudlid", Rol.OUD_LID),
    ("waarnemer", Rol.WAARNEMER),
    ("ministerie", Rol.MINISTERIEEL_VERTEGENWOORDIGER),
    ("adviseur", Rol.ADVISEREND_LID),
    ("consument1", Rol.COMMISSIELID),
)


@pytest.fixture
def wereld(settings: Any, secretaris: Gebruiker) -> Raadswereld:
    settings.VOORBEELD = True
    return maak_raad(dag=DAG, wachtwoord=WACHTWOORD, door=secretaris, secretarissen=[secretaris])


def test_zesendertig_zetels_met_lid_en_plaatsvervanger(wereld: Raadswereld) -> None:
    for dag in (DAG - timedelta(days=160), DAG, DAG + timedelta(days=300)):
        zetels = queries.zetels_op(dag)
        assert len(zetels) == 36
        assert all(zetel.lid and zetel.plaatsvervanger for zetel in zetels)
        assert [sum(z.geleding == g for z in zetels) for g in Geleding] == [12, 12, 12]
    assert [
        wereld.periode.zetels.filter(organisatie=wereld.organisaties[naam]).count()
        for naam in ("VNO-NCW", "MKB", "LTO", "FNV", "CNV", "VCP")
    ] == [8, 3, 1, 8, 2, 2]
    assert {z.bijzonder for z in wereld.periode.zetels.all()} == {"", "dnb", "cpb"}


def test_voorzitters_en_dagelijks_bestuur(wereld: Raadswereld) -> None:
    assert queries.voorzitter(DAG) == wereld.voorzitter
    assert len(queries.voorzitters_op(DAG)) == 3
    assert [len(leden) for _, leden in queries.bestuur_op(DAG)] == [4, 4, 4]


def test_alles_draagt_het_merk(wereld: Raadswereld) -> None:
    assert not Persoon.objects.filter(voorbeeld=False).exists()
    assert not Organisatie.objects.filter(voorbeeld=False).exists()
    assert not Commissie.objects.filter(voorbeeld=False).exists()
    assert all("(voorbeeld)" in o.naam for o in Organisatie.objects.all())
    assert all("(voorbeeld)" in c.naam for c in Commissie.objects.all())


def test_zes_commissies_met_alle_rollen(wereld: Raadswereld, secretaris: Gebruiker) -> None:
    assert set(wereld.commissies) == {"grensarbeid", "leren", "digitalisering", "consumenten", "duurzaam", "jongwerk"}
    assert set(Commissielid.objects.values_list("rol", flat=True)) == set(CommissieRol.values)
    for commissie in wereld.commissies.values():
        assert voorzitter_van(commissie, DAG) is not None
        assert list(secretarissen_van(commissie, DAG)) == [secretaris]
        assert {lid.geleding for lid in leden_van(commissie, DAG)} >= {"ondernemers", "kroonleden"}
    assert wereld.commissies["consumenten"].mandaat
    assert "consumenten" in leden_van(wereld.commissies["consumenten"], DAG).values_list("geleding", flat=True)
    assert wereld.commissies["digitalisering"].ook_bekend_als == ["Werkgroep Digitalisering (voorbeeld)"]


def test_accounts_kunnen_inloggen_en_hebben_hun_rol(wereld: Raadswereld) -> None:
    for adres, rol in ROLLEN:
        gebruiker = authenticate(None, username=f"{adres}@voorbeeld.test", password=WACHTWOORD)
        assert gebruiker is not None, adres
        assert rol in {h.rol for h in hoedanigheden(gebruiker, DAG)}, adres


def test_tweede_keer_verandert_niets(wereld: Raadswereld, secretaris: Gebruiker) -> None:
    def tel() -> tuple[int, ...]:
        modellen: tuple[Any, ...] = (Gebruiker, Persoon, Benoeming, Commissie, Commissielid, Gebeurtenis)
        return tuple(model.objects.count() for model in modellen)

    eerst = tel()
    later = maak_raad(dag=DAG + timedelta(days=40), wachtwoord="anders", door=secretaris, secretarissen=[secretaris])
    assert tel() == eerst
    assert later == wereld


def test_alleen_in_de_voorbeeldstand(settings: Any, secretaris: Gebruiker) -> None:
    settings.VOORBEELD = False
    with pytest.raises(RuntimeError):
        maak_raad(dag=DAG, wachtwoord=WACHTWOORD, door=secretaris, secretarissen=[secretaris])
    assert not Persoon.objects.exists()
