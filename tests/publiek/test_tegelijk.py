"""Elk openbaar oppervlak verspringt tegelijk: niets te vroeg, niets half, niets dat na intrekken nog te lezen is.

Lezers vragen alle oppervlakken door elkaar terwijl er gepubliceerd en ingetrokken wordt, op echte transacties en onder
de leesrol. Van elk antwoord is bekend tussen welke momenten het gemaakt is; meer is voor het oordeel niet nodig.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import DataError, InternalError, OperationalError, connection, connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kern.tijd import nu
from publicatie.actions import publiceer, trek_in
from publiek.cache import BEWARING
from publiek.models import Advies
from publiek.verbinding import ALIAS, leestransactie, stand_nu
from tests.publiek.wereld import metadata

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wedloop]
SLOT = "laatstewoorden"


def in_tekst(antwoord: HttpResponse, woord: str) -> bool:
    return antwoord.status_code == 200 and woord in antwoord.content.decode()


def in_api(antwoord: HttpResponse, woord: str) -> bool:
    return antwoord.status_code == 200 and woord in json.dumps(antwoord.json())


def in_link(antwoord: HttpResponse, woord: str) -> bool:
    return in_tekst(antwoord, f"kip-{woord.removeprefix('proefwoord')}/")


# Oppervlak: adres bij een nummer, en of het advies er staat. Elk nummer heeft een eigen jaar en een eigen woord.
OPPERVLAKKEN: dict[str, tuple[str, Callable[[HttpResponse, str], bool]]] = {
    "bladzijde": ("/adviezen/{jaar}/kip-{n}/", in_tekst),
    "lijst": ("/adviezen/?jaar={jaar}", in_tekst),
    "zoeken": ("/adviezen/?q={woord}", in_link),  # het woord zelf staat al in het zoekvak
    "begin": ("/", in_tekst),
    "feed": ("/feeds/adviezen.atom", in_tekst),
    "sitemap": ("/sitemap.xml", in_link),
    "api": ("/api/v1/adviezen/kip-{n}", in_api),
    "api-lijst": ("/api/v1/adviezen?jaar={jaar}", in_api),
    "bestand": ("/data/adviezen-{jaar}.json", in_tekst),
}  # fmt: skip
WEG = {"bladzijde", "api"}


@dataclass
class Proef:
    """Eén advies: wanneer het op zijn vroegst openbaar werd, zeker openbaar was, en weer weg was."""

    n: int
    begin: float = float("inf")
    openbaar: float = float("inf")
    einde: float = float("inf")
    weg: float = float("inf")

    @property
    def woord(self) -> str:
        return f"proefwoord{self.n}"

    def adres(self, oppervlak: str) -> str:
        return OPPERVLAKKEN[oppervlak][0].format(n=self.n, jaar=1950 + self.n % 70, woord=self.woord)


@dataclass
class Oordeel:
    """Wat de lezers zagen."""

    gelezen: int = 0
    fouten: list[str] = field(default_factory=list)

    def lees(self, client: Client, proef: Proef, oppervlak: str) -> bool:
        """Lees één oppervlak en leg vast wat er niet mocht; geef of het advies er stond."""
        voor = time.perf_counter()
        antwoord = client.get(proef.adres(oppervlak))
        na = time.perf_counter()
        staat_er = OPPERVLAKKEN[oppervlak][1](antwoord, proef.woord)
        waar = f"{oppervlak} van {proef.n}: {antwoord.status_code}"
        self.gelezen += 1
        if antwoord.status_code >= 500:
            self.fouten.append(f"stuk: {waar}")
        if staat_er and na < proef.begin:
            self.fouten.append(f"te vroeg: {waar}")
        if staat_er and voor > proef.weg:
            self.fouten.append(f"nog te lezen: {waar}")
        if not staat_er and voor > proef.openbaar and na < proef.einde:
            self.fouten.append(f"te laat: {waar}")
        if staat_er and oppervlak in {"bladzijde", "bestand"} and SLOT not in antwoord.content.decode():
            self.fouten.append(f"half: {waar}")
        if voor > proef.weg and oppervlak in WEG and antwoord.status_code != 410:
            self.fouten.append(f"geen 410: {waar}")
        return staat_er


def draai(aantal: int, lezers: int) -> Oordeel:
    """Publiceer en trek in, `aantal` keer, terwijl `lezers` alles lezen."""
    BEWARING.wis()
    proeven = [Proef(n) for n in range(aantal)]
    huidig, klaar, oordeel = [proeven[0]], threading.Event(), Oordeel()
    kapot: list[BaseException] = []

    def lezer(begin: int) -> None:
        client, namen = Client(), list(OPPERVLAKKEN)
        try:
            while not klaar.is_set():
                begin += 1
                oordeel.lees(client, huidig[0], namen[begin % len(namen)])
        except BaseException as fout:
            kapot.append(fout)
        finally:
            connections.close_all()

    draden = [threading.Thread(target=lezer, args=(n * 2,)) for n in range(lezers)]
    for draad in draden:
        draad.start()
    client = Client()
    try:
        for proef in proeven:
            huidig[0] = proef
            assert staat_op(oordeel, client, proef) == set()
            proef.begin = time.perf_counter()
            rij = publiceer_proef(proef)
            proef.openbaar = time.perf_counter()
            assert staat_op(oordeel, client, proef) == set(OPPERVLAKKEN)
            proef.einde = time.perf_counter()
            trek_in(publicatie=rij, reden="Proef", door=None)
            proef.weg = time.perf_counter()
            assert staat_op(oordeel, client, proef) == set()
    finally:
        klaar.set()
        for draad in draden:
            draad.join()
    assert not kapot, kapot
    return oordeel


def staat_op(oordeel: Oordeel, client: Client, proef: Proef) -> set[str]:
    """Geef op welke oppervlakken het advies nu staat."""
    return {naam for naam in OPPERVLAKKEN if oordeel.lees(client, proef, naam)}


def publiceer_proef(proef: Proef) -> Any:
    jaar = 1950 + proef.n % 70
    return publiceer(
        soort="advies",
        sleutel=f"advies:kip-{proef.n}",
        titel=f"Advies {proef.woord}",
        html=f'<p data-blok="a1">Over {proef.woord}.</p><p data-blok="a2">{SLOT}</p>',
        metadata=metadata(jaar=jaar, datum=f"{jaar}-12-31", datum_precisie="dag", datum_tekst="x", volledig=True),
        vanaf=nu(),
        door=None,
        voorbeeld=False,
    )


def test_alle_oppervlakken_verspringen_tegelijk() -> None:
    oordeel = draai(4, lezers=4)
    assert not oordeel.fouten, oordeel.fouten[:20]
    assert oordeel.gelezen > 4 * 3 * len(OPPERVLAKKEN)


def test_en_de_proef_merkt_een_oude_bladzijde_op(settings: Any) -> None:
    """Leest het portaal de stand maar af en toe, dan moet deze proef dat zien."""
    settings.PUBLIEK_STAND_SECONDEN = 600
    with pytest.raises(AssertionError):
        draai(1, lezers=1)


def test_een_bladzijde_leest_alles_op_een_moment() -> None:
    """Intrekken halverwege een bladzijde die in meer zoekvragen leest: zij is dan nog heel van ervoor."""
    rij = publiceer_proef(Proef(0))
    with leestransactie():
        assert Advies.objects.count() == 1
        trek_in(publicatie=rij, reden="Proef", door=None)
        assert Advies.objects.count() == 1
    assert Advies.objects.count() == 0


def test_en_zonder_dat_ene_moment_is_zij_half() -> None:
    rij = publiceer_proef(Proef(0))
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        assert Advies.objects.count() == 1
        trek_in(publicatie=rij, reden="Proef", door=None)
        assert Advies.objects.count() == 0


def test_een_blok_binnen_een_ander_hoort_daarbij() -> None:
    rij = publiceer_proef(Proef(0))
    with leestransactie(), connections[ALIAS].cursor() as cursor:
        stand = stand_nu(cursor)
        trek_in(publicatie=rij, reden="Proef", door=None)
        with leestransactie():
            assert Advies.objects.count() == 1
        assert Advies.objects.count() == 1
        assert stand_nu(cursor) == stand
    with connections[ALIAS].cursor() as cursor:
        assert stand_nu(cursor) != stand


def test_na_een_fout_of_een_dode_verbinding_leest_het_volgende_blok_gewoon() -> None:
    publiceer_proef(Proef(0))
    with pytest.raises(ZeroDivisionError), leestransactie():
        raise ZeroDivisionError
    with pytest.raises(DataError), leestransactie(), connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    with leestransactie():
        assert Advies.objects.count() == 1
    dood_de_verbinding()
    with leestransactie():
        assert Advies.objects.count() == 1
    with pytest.raises(OperationalError), leestransactie():
        tel_na(dood_de_verbinding)
    with leestransactie():
        assert Advies.objects.count() == 1


def test_een_leestransactie_sluit_met_haar_laatste_vraag() -> None:
    """Daarna is de verbinding vrij; een blok binnen een ander sluit dat andere niet."""
    rij = publiceer_proef(Proef(0))
    with leestransactie(("SELECT count(*) FROM publiek.advies", [])) as lezing:
        assert lezing.vooruit == (1,)
        with leestransactie(("SELECT 7", [])) as binnen:
            assert binnen.vooruit == (7,)
            assert binnen.laatste("SELECT %s + 1", [1]) == [(2,)]
        trek_in(publicatie=rij, reden="Proef", door=None)
        assert lezing.laatste("SELECT count(*) FROM publiek.advies WHERE id > %s", [0]) == [(1,)]
        assert connections[ALIAS].connection.info.transaction_status.name == "IDLE"
        with leestransactie():
            assert Advies.objects.count() == 0
    assert connections[ALIAS].connection.info.transaction_status.name == "IDLE"


def test_een_fout_in_de_eerste_of_de_laatste_vraag_laat_niets_open() -> None:
    with pytest.raises(DataError), leestransactie(("SELECT 1 / 0", [])):
        pytest.fail("het blok begint niet")
    assert connections[ALIAS].connection.info.transaction_status.name == "IDLE"
    with pytest.raises(DataError), leestransactie() as lezing:
        lezing.laatste("SELECT 1 / %s", [0])
    assert connections[ALIAS].connection.info.transaction_status.name == "IDLE"
    with leestransactie():
        assert Advies.objects.count() == 0


def test_een_zoekbladzijde_gaat_drie_keer_heen_en_weer(client: Client) -> None:
    """Begin met het zoekwoord, regels met het eind, en welke woorden gemerkt worden. Zonder woord is dat er niet."""
    publiceer_proef(Proef(0))
    client.get("/adviezen/?q=iets")  # de kaart is nu gelezen
    for vraag, aantal in (("?q=proefwoord0", 3), ("?q=proefwoord0&sorteer=oudste", 3), ("", 2)):
        with CaptureQueriesContext(connections[ALIAS]) as vragen:
            assert client.get(f"/adviezen/{vraag}").status_code == 200
        stand, *gesteld = [v["sql"] for v in vragen.captured_queries]
        assert stand == "SELECT publiek.stand_nu()"  # van de paginabewaring; in het echt hoogstens eens per seconde
        assert len(gesteld) == aantal, gesteld
        assert gesteld[0].startswith("BEGIN;")
        assert sum(sql.endswith("COMMIT") for sql in gesteld) == 1


def tel_na(doe: Callable[[], None]) -> int:
    assert Advies.objects.count() == 1
    doe()
    return Advies.objects.count()


def dood_de_verbinding() -> None:
    with connection.cursor() as cursor:
        assert connections[ALIAS].connection is not None
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [connections[ALIAS].connection.info.backend_pid])
        assert cursor.fetchone() == (True,)


def test_in_een_leestransactie_is_niets_te_schrijven() -> None:
    with pytest.raises(InternalError, match="read-only"), leestransactie(), connections[ALIAS].cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE; DELETE FROM publicatie_publicatie")


@pytest.mark.lang
def test_duizend_keer_met_acht_lezers() -> None:
    oordeel = draai(1_000, lezers=8)
    assert not oordeel.fouten, oordeel.fouten[:20]
