"""Een kleine, volledige raad: 3 ondernemers, 3 kroonleden (een van DNB) en 3 werknemers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from raad.actions import Zetels, benoem, registreer_organisatie, registreer_persoon, richt_periode_in
from raad.enums import Bijzonder, Geleding, SoortBenoeming
from raad.models import Benoeming, Organisatie, Persoon, Zetel, Zittingsperiode
from toegang.models import Gebruiker

VAN, TOT = date(2026, 4, 1), date(2028, 4, 1)


@dataclass
class Raad:
    periode: Zittingsperiode
    vno: Organisatie
    fnv: Organisatie
    zetels: list[Zetel] = field(default_factory=list)

    def zetel(self, geleding: Geleding, plaats: int = 0) -> Zetel:
        return [z for z in self.zetels if z.geleding == geleding and not z.bijzonder][plaats]

    def persoon(self, naam: str = "Iemand") -> Persoon:
        return registreer_persoon(naam=naam, door=None)

    def lid(self, geleding: Geleding, plaats: int = 0, van: date = VAN, tot: date | None = None) -> Benoeming:
        zetel = self.zetel(geleding, plaats)
        return benoem(
            persoon=self.persoon(f"Lid {geleding} {plaats}"),
            zetel=zetel,
            soort=SoortBenoeming.LID,
            van=van,
            tot=tot,
            door=None,
        )


@pytest.fixture
def richt_in(db: None) -> Callable[..., Zittingsperiode]:
    def maak(van: date = VAN, tot: date = TOT, **extra: object) -> Zittingsperiode:
        vno = Organisatie.objects.filter(naam="VNO-NCW (voorbeeld)").first() or registreer_organisatie(
            naam="VNO-NCW (voorbeeld)", geleding=Geleding.ONDERNEMERS, door=None
        )
        fnv = Organisatie.objects.filter(naam="FNV (voorbeeld)").first() or registreer_organisatie(
            naam="FNV (voorbeeld)", geleding=Geleding.WERKNEMERS, lidwoord="de", door=None
        )
        velden: dict[str, object] = {
            "naam": f"Periode {van.year}",
            "van": van,
            "tot": tot,
            "zetels": [
                Zetels(Geleding.ONDERNEMERS, 3, vno),
                Zetels(Geleding.WERKNEMERS, 3, fnv),
                Zetels(Geleding.KROONLEDEN, 2),
                Zetels(Geleding.KROONLEDEN, 1, bijzonder=Bijzonder.DNB),
            ],
            "aantallen": dict.fromkeys(Geleding, 3),
            "db_per_geleding": 1,
            "door": None,
        }
        return richt_periode_in(**(velden | extra))

    return maak


@pytest.fixture
def raad(richt_in: Callable[..., Zittingsperiode]) -> Raad:
    periode = richt_in()
    return Raad(
        periode,
        Organisatie.objects.get(naam="VNO-NCW (voorbeeld)"),
        Organisatie.objects.get(naam="FNV (voorbeeld)"),
        list(periode.zetels.order_by("nummer")),
    )


@pytest.fixture
def op_een_vaste_dag(settings: Any) -> Iterator[None]:
    """Vrijdag 20 november 2026, midden in de zittingsperiode; inloggen gaat er zonder tweede stap."""
    settings.VOORBEELD = True
    with time_machine.travel("2026-11-20 12:00 +0100", tick=False):
        yield


@pytest.fixture
def binnen(client: Client, secretaris: Gebruiker) -> Client:
    """Een secretaris die is ingelogd."""
    client.force_login(secretaris, backend="django.contrib.auth.backends.ModelBackend")
    return client
