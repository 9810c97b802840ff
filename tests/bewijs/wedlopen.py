"""Tien wedlopen, elk duizend keer: twee draden met een eigen verbinding beginnen op hetzelfde moment.

Bij elke wedloop hoort een controle: dezelfde proef met het slot eruit en een kleine pauze vóór het bewaren. Gaat het
dan nooit mis, dan bewijst de proef niets en is de regel niet gehaald.
"""

import contextlib
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from unittest import mock

from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, OperationalError, connection, models
from django.utils import timezone

from adviezen.actions.opmerkingen import plaats_opmerking
from adviezen.enums import Kring, Stap
from adviezen.models import Opmerking, Stapgang
from berichten import actions as berichten
from berichten import mails
from berichten.models import Bericht
from commissies.actions import benoem_commissielid, stel_commissie_in
from commissies.models import Commissielid
from kern.fouten import PortaalFout
from kern.tijd import vandaag
from overgangen import voer_uit
from publicatie import actions as publicaties
from publicatie.models import Publicatie
from raad.actions import registreer_persoon
from termijnen import actions as termijnen
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.bewijs.hulp import geschaald, meld, regel, servers
from tests.hulp import zonder_bewaking
from toegang.models import Gebruiker
from vergaderingen import actions as zittingen
from vergaderingen import stemlijst
from vergaderingen.queries import stemmen_bij

AANTAL, CONTROLES = 1_000, 60
SECONDEN, PROEF = 900, 30  # hoogstens, per wedloop en per controle; de regel noemt hoe vaak er gelopen is
Daad = Callable[[], Any]
BOTSING = (IntegrityError, OperationalError)  # de database zelf weigert, of twee wachten op elkaar


@dataclass
class Wedloop:
    """Wat er tegelijk gebeurt, en hoe het er daarna uit moet zien; `maak` krijgt een nummer dat nog niet voorkwam."""

    naam: str
    maak: Callable[[int], tuple[Daad, Daad, Callable[[], bool]]]
    zonder: Callable[[], contextlib.AbstractContextManager[Any]]


class Baan:
    """Twee draden die blijven bestaan, elk met een eigen verbinding."""

    def __init__(self) -> None:
        self._draden = ThreadPoolExecutor(2)
        self._hek = threading.Barrier(2)

    def _loop(self, daad: Daad) -> Exception | None:
        self._hek.wait(timeout=60)
        try:
            daad()
        except (PortaalFout, *BOTSING) as fout:
            return fout
        return None

    def tegelijk(self, een: Daad, twee: Daad) -> list[Exception]:
        """Doe beide en geef de weigeringen; een andere fout valt hier door."""
        return [fout for fout in self._draden.map(self._loop, (een, twee)) if fout is not None]

    def sluit(self) -> None:
        for _ in self._draden.map(lambda _: (self._hek.wait(timeout=60), connection.close()), range(2)):
            pass
        self._draden.shutdown()


@contextlib.contextmanager
def zonder_slot() -> Iterator[None]:
    """Laat alle sloten weg, en wacht even vóór elk bewaren."""
    echt = models.Model.save

    def traag(self: models.Model, *args: Any, **kw: Any) -> None:
        time.sleep(0.004)
        echt(self, *args, **kw)

    with (
        mock.patch.object(models.QuerySet, "select_for_update", lambda self, **kw: self),
        mock.patch.object(berichten, "mag_versturen", return_value=True),
        mock.patch.object(publicaties, "_vergrendel", side_effect=lambda sleutel: timezone.now()),
        mock.patch.object(models.Model, "save", traag),
    ):
        yield


def zonder_beperking(
    model: type[models.Model], naam: str, uniek: str = ""
) -> Callable[[], contextlib.AbstractContextManager[None]]:
    """Geef een blok waarin deze beperking van de database weg is, en die op het veld `uniek`.

    Wat er in het blok dubbel kwam, gaat erna weg.
    """
    beperking = next(b for b in model._meta.constraints if b.name == naam)
    tabel = model._meta.db_table

    @contextlib.contextmanager
    def los() -> Iterator[None]:
        laatste = model._base_manager.aggregate(m=models.Max("pk"))["m"] or 0
        sleutel = f"{tabel}_{uniek}_key"
        with connection.schema_editor() as schema:
            schema.remove_constraint(model, beperking)
            if uniek:
                schema.execute(f"ALTER TABLE {tabel} DROP CONSTRAINT {sleutel}")
        try:
            with zonder_slot():
                yield
        finally:
            with zonder_bewaking() as cursor:
                cursor.execute(f"DELETE FROM {tabel} WHERE id > %s", [laatste])
            with connection.schema_editor() as schema:
                schema.add_constraint(model, beperking)
                if uniek:
                    schema.execute(f"ALTER TABLE {tabel} ADD CONSTRAINT {sleutel} UNIQUE ({uniek})")

    return los


class Bus(BaseEmailBackend):
    """Post die alleen telt."""

    binnen: list[str] = []  # noqa: RUF012 - één bus voor beide draden

    def send_messages(self, email_messages: Any) -> int:
        time.sleep(0.002)
        self.binnen += [str(m.extra_headers["Message-ID"]) for m in email_messages]
        return len(email_messages)


def _wedlopen() -> list[Wedloop]:
    wereld = bouw.maak_wereld()
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    versie, wie = bouw.versie(cast), cast.secretaris
    return [*_van_de_stappen(wereld), *_van_de_zitting(cast), *_van_post_en_klok(wie), *_van_het_schrijven(versie, wie)]


def _van_de_stappen(wereld: Any) -> list[Wedloop]:
    def stap(n: int) -> tuple[Daad, Daad, Callable[[], bool]]:
        cast = bouw.nieuw(wereld)
        bouw.bereid_aanvraag_voor(cast)
        pk, door = cast.traject.pk, cast.secretaris
        doe = lambda: voer_uit(type(cast.traject), pk, None, "leg_voor_aan_db", door=door)  # noqa: E731
        return doe, doe, lambda: Stapgang.objects.filter(traject=pk, overgang="leg_voor_aan_db").count() == 1

    commissie = stel_commissie_in(naam="Wedloop", soort="vast", ingesteld_op=date(1950, 1, 1), door=None)
    mensen = [registreer_persoon(naam=f"Wedloper {n} (voorbeeld)", door=None) for n in range(2)]

    def voorzitter(n: int) -> tuple[Daad, Daad, Callable[[], bool]]:
        van = date(1950, 1, 1) + timedelta(days=2 * n)
        velden: dict[str, Any] = {
            "commissie": commissie,
            "rol": "voorzitter",
            "geleding": "kroonleden",
            "reden": "proef",
        }
        een, twee = (
            lambda p=p: benoem_commissielid(persoon=p, van=van, tot=van + timedelta(days=1), door=None, **velden)
            for p in mensen
        )
        return een, twee, lambda: Commissielid.objects.filter(commissie=commissie, van=van).count() == 1

    return [
        Wedloop("een handeling door twee secretarissen", stap, zonder_slot),
        Wedloop("twee voorzitters", voorzitter, zonder_beperking(Commissielid, "commissies_een_voorzitter")),
    ]


def _van_de_zitting(cast: Any) -> list[Wedloop]:
    punt = bouw.raadsvergadering(cast, open=True)
    door = cast.raadssecretaris
    zetels = [s.zetel.pk for s in stemmen_bij(punt.vergadering, punt) if s.zetel]

    def ronde(n: int) -> Any:
        return zittingen.open_stemronde(agendapunt=punt, soort="hoofdelijk", vraag=f"Voorstel {n}", door=door)

    def stem(n: int) -> tuple[Daad, Daad, Callable[[], bool]]:
        r, zetel = ronde(n), zetels[n % len(zetels)]
        een, twee = (
            lambda k=k: zittingen.leg_stem_vast(ronde=r, zetel=zetel, keuze=k, door=door) for k in ("voor", "tegen")
        )

        def klopt() -> bool:
            telling = stemlijst.telling(r)
            zittingen.trek_stemronde_in(ronde=r, reden="proef", door=door)
            return telling.voor + telling.tegen == 1

        return een, twee, klopt

    def sluit(n: int) -> tuple[Daad, Daad, Callable[[], bool]]:
        r = ronde(n)
        een = lambda: zittingen.leg_stem_vast(ronde=r, zetel=zetels[0], keuze="voor", door=door)  # noqa: E731
        twee = lambda: zittingen.sluit_stemronde(ronde=r, onvolledig=True, door=door)  # noqa: E731

        def klopt() -> bool:
            r.refresh_from_db()
            return r.besluit is not None and r.besluit.voor == stemlijst.telling(r).voor == r.voor

        return (een, twee, klopt) if n % 2 else (twee, een, klopt)

    return [
        Wedloop("twee stemmen van een zetel", stem, zonder_slot),
        Wedloop("stemmen tijdens het sluiten", sluit, zonder_slot),
    ]


def _van_post_en_klok(wie: Gebruiker) -> list[Wedloop]:
    def feit(n: int) -> tuple[Daad, Daad, Callable[[], bool]]:
        naam = f"bewijs.feit:{n}:1"
        doe = lambda: berichten.stuur(ontvanger=wie, onderwerp="Proef", pad="/", feit=naam)  # noqa: E731
        return doe, doe, lambda: Bericht.objects.filter(feit=naam).count() == 1

    def verstuur(n: int) -> tuple[Daad, Daad, Callable[[], bool]]:
        while berichten.verstuur_gereed(1_000):  # wat al klaarstond hoort niet bij de proef
            pass
        bericht = berichten.stuur(ontvanger=wie, onderwerp="Proef", pad="/", feit=f"bewijs.post:{n}:1", wacht=False)
        assert bericht is not None
        doe = lambda: berichten.verstuur_gereed(50)  # noqa: E731
        return doe, doe, lambda: Bus.binnen.count(bericht.message_id) == 1

    def termijn(n: int) -> tuple[Daad, Daad, Callable[[], bool]]:
        doel = registreer_persoon(naam=f"Termijn {n} (voorbeeld)", door=None)
        doe = lambda: termijnen.open_termijn(  # noqa: E731
            soort="evaluatie_1", object=doel, basis=vandaag(), door=wie
        )
        return doe, doe, lambda: Termijn.objects.van(doel).count() == 1

    return [
        Wedloop(
            "een bericht over een feit", feit, zonder_beperking(Bericht, "bericht_feit_ontvanger_eenmaal", "message_id")
        ),
        Wedloop("twee verzenders", verstuur, zonder_slot),
        Wedloop("een termijn openen", termijn, zonder_slot),
    ]


def _van_het_schrijven(versie: Any, wie: Gebruiker) -> list[Wedloop]:
    def opmerking(n: int) -> tuple[Daad, Daad, Callable[[], bool]]:
        nonce = uuid.uuid4()
        doe = lambda: plaats_opmerking(  # noqa: E731
            versie=versie, tekst=f"Opmerking {n}", kring=Kring.COMMISSIE, door=wie, nonce=nonce
        )
        return doe, doe, lambda: Opmerking.objects.filter(nonce=nonce).count() == 1

    def publiceer(sleutel: str, titel: str) -> Any:
        return publicaties.publiceer(soort="pagina", sleutel=sleutel, titel=titel, vanaf=timezone.now(), door=None)

    def anders(n: int) -> tuple[Daad, Daad, Callable[[], bool]]:
        sleutel = f"bewijs:{n}"

        def klopt() -> bool:
            rijen = list(Publicatie.objects.filter(sleutel=sleutel).order_by("vanaf", "pk"))
            return len(rijen) == 2 and rijen[1].tot is None and rijen[0].tot == rijen[1].vanaf

        return lambda: publiceer(sleutel, "Een"), lambda: publiceer(sleutel, "Twee"), klopt

    def gelijk(n: int) -> tuple[Daad, Daad, Callable[[], bool]]:
        doe = lambda: publiceer(f"gelijk:{n}", "Zelfde")  # noqa: E731
        return doe, doe, lambda: Publicatie.objects.filter(sleutel=f"gelijk:{n}").count() == 1

    return [
        Wedloop("een opmerking dubbel verstuurd", opmerking, zonder_slot),
        Wedloop("twee publicaties van hetzelfde", anders, zonder_slot),
        Wedloop("twee gelijke publicaties", gelijk, zonder_slot),
    ]


def _proef(wedloop: Wedloop, baan: Baan, van: int, aantal: int, seconden: float) -> tuple[int, int]:
    """Loop zo vaak, of zo lang; geef (gelopen, mis). Een weigering door de database zelf telt als misgaan."""
    mis, grens, n = 0, time.monotonic() + seconden, van
    while n < van + aantal and time.monotonic() < grens:
        een, twee, klopt = wedloop.maak(n)
        fouten = baan.tegelijk(een, twee)
        goed = klopt()
        mis += not goed or len(fouten) > 1 or any(isinstance(f, BOTSING) for f in fouten)
        n += 1
    return n - van, mis


def bewijs() -> list[dict[str, Any]]:
    """Loop tien wedlopen duizend keer, en elk ook zonder slot."""
    servers()
    connection.close()
    rijen, baan = [], Baan()
    Bus.binnen = []
    with mock.patch.object(mails, "verbinding", Bus):
        for wedloop in _wedlopen():
            begin = time.monotonic()
            gelopen, mis = _proef(wedloop, baan, 0, geschaald(AANTAL), SECONDEN)
            with wedloop.zonder():
                zonder, mis_zonder = _proef(wedloop, baan, AANTAL, CONTROLES, PROEF)
            gemeten = f"{mis} keer mis; zonder slot {mis_zonder} van {zonder}"
            gehaald = not mis and mis_zonder > 0
            naam = f"{gelopen} × {wedloop.naam}"
            rijen.append(
                regel(naam, gemeten, "hetzelfde zonder slot", "1.000 × 0 mis, zonder slot wel", gehaald, begin)
            )
            meld(f"  {rijen[-1]['naam']}: {rijen[-1]['gemeten']}")
    baan.sluit()
    return rijen
