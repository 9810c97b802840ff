"""Een adres tegelijk: aanmelden telt wat er echt is, en bevestigen en stoppen wachten op elkaar."""

from datetime import timedelta

import pytest
from django.db.models import ProtectedError

from dialoog.actions import volgen
from dialoog.models import Aanmelding, Abonnement, Volgvraag
from kern.tijd import nu
from tests.hulp import midden_in

pytestmark = [pytest.mark.wedloop, pytest.mark.django_db(transaction=True)]
ADRES = "lezer@voorbeeld.test"


@pytest.fixture(autouse=True)
def _bron(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bron:
        def beschrijf(self, vraag: str) -> tuple[str, str]:
            return vraag, "Alles"

    monkeypatch.setattr(volgen, "bron", Bron)


def _meld_aan() -> None:
    volgen.meld_aan(email=ADRES, vragen=[""], ritme="dag")


def _vierde_tegelijk_met_de_derde(monkeypatch: pytest.MonkeyPatch) -> int:
    for _ in range(volgen.PER_DAG - 1):
        _meld_aan()
    draden = midden_in(monkeypatch, volgen, "stuur", _meld_aan)
    _meld_aan()
    draden[0].join()
    return Aanmelding.objects.count()


def test_niemand_krijgt_door_haast_meer_bevestigingen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _vierde_tegelijk_met_de_derde(monkeypatch) == volgen.PER_DAG


def test_zonder_beurt_krijgt_hij_er_een_te_veel(monkeypatch: pytest.MonkeyPatch) -> None:
    """De proef laat de wedloop zien die de beurt voorkomt."""
    monkeypatch.setattr(volgen, "_beurt", lambda email: None)
    assert _vierde_tegelijk_met_de_derde(monkeypatch) == volgen.PER_DAG + 1


def _bevestigt_terwijl_hij_met_alles_stopt(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Geef de fouten van het stoppen; het begint vlak voordat het bevestigen klaar is."""
    abonnement, fouten = Abonnement.objects.create(email=ADRES), list[str]()
    Volgvraag.objects.create(abonnement=abonnement, vraag="", omschrijving="Alles", ritme="dag")
    nieuw = Aanmelding.objects.create(
        email=ADRES, vraag="q=loon", omschrijving="Loon", ritme="week", vervalt_op=nu() + timedelta(days=1)
    )

    def stop() -> None:
        try:
            volgen.stop_alles(abonnement=abonnement)
        except ProtectedError as fout:
            fouten.append(type(fout).__name__)

    draden = midden_in(monkeypatch, Aanmelding, "delete", stop)
    volgen.bevestig(kenmerk=nieuw.kenmerk)
    draden[0].join()
    return fouten


def test_wie_bevestigt_terwijl_hij_met_alles_stopt_is_weg(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _bevestigt_terwijl_hij_met_alles_stopt(monkeypatch) == []
    assert not Abonnement.objects.exists()


def test_zonder_beurt_loopt_het_stoppen_stuk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volgen, "_beurt", lambda email: None)
    assert _bevestigt_terwijl_hij_met_alles_stopt(monkeypatch) == ["ProtectedError"]
    assert Abonnement.objects.exists(), "wie stopte, kreeg een fout en werd nog gemaild"
