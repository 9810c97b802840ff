"""Stemmen onder druk: twee secretarissen tegelijk, en 36 tablets in dezelfde seconde over echt HTTP."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

import pytest
from dateutil.relativedelta import relativedelta
from django.conf import settings as instellingen
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import IntegrityError, connection
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler
from django.urls import reverse

from kern.fouten import OvergangGeweigerd, VerouderdeVersie
from kern.tijd import vandaag
from raad.actions import Zetels, benoem, registreer_organisatie, registreer_persoon, richt_periode_in
from raad.enums import Geleding, SoortBenoeming
from tests.vergaderingen.conftest import Wereld, bouw
from tests.vergaderingen.test_wedloop import tegelijk
from toegang.enums import Rol
from toegang.models import Gebruiker
from vergaderingen import actions, natellen, stemlijst
from vergaderingen.actions import stemmen as stem_actions
from vergaderingen.enums import Rondesoort
from vergaderingen.models import Stem, Stemronde
from vergaderingen.stemming import Telling

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wedloop]


@pytest.fixture
def wereld(maak_gebruiker: Callable[..., Gebruiker]) -> Wereld:
    return bouw(maak_gebruiker)


BEPERKINGEN = {"stem_een_per_zetel": "(ronde_id, zetel_id)", "stem_een_per_persoon": "(ronde_id, persoon_id)"}


def _ronde(wereld: Wereld, soort: str = Rondesoort.HOOFDELIJK) -> Stemronde:
    punt = wereld.geopend().agendapunten.get()
    return actions.open_stemronde(agendapunt=punt, soort=soort, vraag="Het voorstel", door=wereld.door)


def _schrijver(wereld: Wereld, ronde: Stemronde, keuze: str) -> Callable[[], list[Exception]]:
    """Een secretaris die de hele lijst afloopt en bij een botsing doorgaat met de volgende."""
    door = Gebruiker.objects.get(pk=wereld.door.pk)

    def loop() -> list[Exception]:
        botsingen: list[Exception] = []
        for zetel in wereld.zetels.values():
            try:
                actions.leg_stem_vast(ronde=ronde, zetel=zetel.pk, keuze=keuze, door=door)
            except VerouderdeVersie as fout:
                botsingen.append(fout)
        return botsingen

    return loop


def test_twee_secretarissen_leggen_tegelijk_dezelfde_stemming_vast(wereld: Wereld) -> None:
    ronde = _ronde(wereld)
    botsingen: list[Exception] = []
    schrijvers = [_schrijver(wereld, ronde, keuze) for keuze in ("voor", "tegen")]
    assert tegelijk(*[lambda s=s: botsingen.extend(s()) for s in schrijvers]) == []
    zetels = list(Stem.objects.values_list("zetel_id", flat=True))
    assert sorted(zetels) == sorted(z.pk for z in wereld.zetels.values()), "per zetel precies één stem"
    assert len(botsingen) == 10, "de tweede hoort het bij elke zetel, en overschrijft niets"
    telling = stemlijst.telling(ronde)
    assert telling.voor + telling.tegen == 10


def test_twee_secretarissen_sluiten_tegelijk_en_er_is_een_besluit(wereld: Wereld) -> None:
    ronde = _ronde(wereld)
    actions.leg_geleding_vast(ronde=ronde, geleding="ondernemers", keuze="voor", door=wereld.door)

    def sluit() -> None:
        actions.sluit_stemronde(ronde=ronde, onvolledig=True, door=Gebruiker.objects.get(pk=wereld.door.pk))

    assert tegelijk(sluit, sluit, sluit) == []
    assert ronde.agendapunt.besluiten.count() == 1


def test_stemmen_tijdens_het_sluiten_valt_erin_of_eruit(wereld: Wereld) -> None:
    """Geval 19: de telling van het besluit is precies wie erin zat, en wie te laat was hoort dat."""
    punt, zetel = wereld.geopend().agendapunten.get(), wereld.zetels["O1"].pk
    for beurt in range(12):
        ronde = actions.open_stemronde(
            agendapunt=punt, soort=Rondesoort.HOOFDELIJK, vraag=f"Voorstel {beurt}", door=wereld.door
        )
        actions.leg_geleding_vast(ronde=ronde, geleding="werknemers", keuze="voor", door=wereld.door)
        stem = lambda r=ronde: actions.leg_stem_vast(ronde=r, zetel=zetel, keuze="tegen", door=wereld.door)  # noqa: E731
        dicht = lambda r=ronde: actions.sluit_stemronde(ronde=r, onvolledig=True, door=wereld.door)  # noqa: E731
        fouten = tegelijk(*((stem, dicht) if beurt % 2 else (dicht, stem)))
        assert [type(f) for f in fouten] in ([], [OvergangGeweigerd]), fouten
        ronde.refresh_from_db()
        telling = stemlijst.telling(ronde)
        assert telling.tegen == (0 if fouten else 1)
        assert (ronde.besluit.voor, ronde.besluit.tegen) == (telling.voor, telling.tegen)
    assert natellen.klopt_niet() == []


def _zonder_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Haal het slot weg, en laat twee schrijvers allebei een lege zetel zien voordat een van beide schrijft."""
    hek = threading.Barrier(2)

    def los(ronde: Stemronde, *, door: Gebruiker) -> Stemronde:
        return Stemronde.objects.select_related("agendapunt__vergadering").get(pk=ronde.pk)

    echt = Stem.save

    def samen(self: Stem, *args: Any, **kwargs: Any) -> None:
        hek.wait(timeout=20)
        echt(self, *args, **kwargs)

    monkeypatch.setattr(stem_actions, "_vergrendel_ronde", los)
    monkeypatch.setattr(Stem, "save", samen)


def _twee(wereld: Wereld, ronde: Stemronde) -> list[Callable[[], Any]]:
    zetel = wereld.zetels["O1"].pk
    return [
        lambda k=k: actions.leg_stem_vast(ronde=ronde, zetel=zetel, keuze=k, door=wereld.door)
        for k in ("voor", "tegen")
    ]


def test_controle_zonder_slot_weigert_de_database_de_tweede_stem(
    wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    ronde = _ronde(wereld)
    _zonder_slot(monkeypatch)
    assert [type(f) for f in tegelijk(*_twee(wereld, ronde))] == [IntegrityError]
    assert Stem.objects.count() == 1


def test_controle_zonder_slot_en_zonder_bewaking_telt_de_zetel_dubbel(
    wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    ronde = _ronde(wereld)
    _zonder_slot(monkeypatch)
    with connection.cursor() as cursor:
        for naam in BEPERKINGEN:
            cursor.execute(f"ALTER TABLE vergaderingen_stem DROP CONSTRAINT {naam}")
        try:
            assert tegelijk(*_twee(wereld, ronde)) == []
            assert Stem.objects.filter(zetel=wereld.zetels["O1"]).count() == 2, (
                "dit is wat slot en database tegenhouden"
            )
            assert stemlijst.telling(ronde) == Telling(1, 1)
        finally:
            cursor.execute("DELETE FROM vergaderingen_stem")
            for naam, kolommen in BEPERKINGEN.items():
                cursor.execute(f"ALTER TABLE vergaderingen_stem ADD CONSTRAINT {naam} UNIQUE {kolommen}")


@pytest.fixture
def volle_raad(maak_gebruiker: Callable[..., Gebruiker]) -> Wereld:
    """36 leden met een eigen account, twaalf per geleding."""
    wereld = Wereld(maak_gebruiker("Raadssecretaris (voorbeeld)", Rol.RAADSSECRETARIS))
    van = vandaag() - timedelta(days=400)
    organisaties = {
        Geleding.ONDERNEMERS: registreer_organisatie(naam="O (voorbeeld)", geleding=Geleding.ONDERNEMERS, door=None),
        Geleding.WERKNEMERS: registreer_organisatie(naam="W (voorbeeld)", geleding=Geleding.WERKNEMERS, door=None),
        Geleding.KROONLEDEN: None,
    }
    periode = richt_periode_in(
        naam="Proef", van=van, tot=van + relativedelta(years=2), door=None,
        aantallen=dict.fromkeys(Geleding, 12),
        zetels=[Zetels(g, 12, organisatie) for g, organisatie in organisaties.items()],
    )  # fmt: skip
    for zetel in periode.zetels.all():
        sleutel = str(zetel.nummer)
        wereld.zetels[sleutel] = zetel
        naam = f"Lid {zetel.nummer} (voorbeeld)"
        wereld.leden[sleutel] = registreer_persoon(naam=naam, gebruiker=maak_gebruiker(naam), door=None)
        benoem(persoon=wereld.leden[sleutel], zetel=zetel, soort=SoortBenoeming.LID, van=van, door=None)
    return wereld


class Zaalserver(ThreadedWSGIServer):
    """De webserver van Django, met een rij die lang genoeg is voor een volle zaal."""

    request_queue_size = 64
    daemon_threads = True


@pytest.fixture
def server(settings: Any) -> Iterator[str]:
    """Een echte webserver op een echte poort, met een verbinding per verzoek."""
    settings.ALLOWED_HOSTS = ["localhost"]
    zaal = Zaalserver(("localhost", 0), QuietWSGIRequestHandler)
    zaal.set_app(WSGIHandler())
    draad = threading.Thread(target=zaal.serve_forever)
    draad.start()
    yield f"localhost:{zaal.server_address[1]}"
    zaal.shutdown()
    draad.join()
    zaal.server_close()


def _tablet(server: str, gebruiker: Gebruiker, pad: str, keuze: str) -> Callable[[], int]:
    """Een ingelogde tablet die haar antwoord verstuurt; geeft de HTTP-status."""
    client = Client()
    client.force_login(gebruiker)
    sessie = client.cookies[instellingen.SESSION_COOKIE_NAME].value
    teken = "a" * 32
    koppen = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{instellingen.SESSION_COOKIE_NAME}={sessie}; {instellingen.CSRF_COOKIE_NAME}={teken}",
        "X-CSRFToken": teken,
    }
    lijf = urlencode({"keuze": keuze})

    def verstuur() -> int:
        verbinding = HTTPConnection(server, timeout=60)
        try:
            verbinding.request("POST", pad, lijf, koppen)
            return verbinding.getresponse().status
        finally:
            verbinding.close()

    return verstuur


def test_36_tablets_antwoorden_in_dezelfde_seconde_op_een_peiling(volle_raad: Wereld, server: str) -> None:
    ronde = _ronde(volle_raad, Rondesoort.PEILING)
    pad = reverse("vergaderingen_lezen:peiling", args=[ronde.agendapunt.vergadering_id, ronde.pk])
    standen: list[int] = []
    daden = []
    for nummer, lid in enumerate(volle_raad.leden.values()):
        assert lid.gebruiker is not None
        for keuze in ("voor", "tegen") if nummer == 0 else ("voor",):  # één lid drukt op twee tablets tegelijk
            tablet = _tablet(server, lid.gebruiker, pad, keuze)
            daden.append(lambda t=tablet: standen.append(t()))
    assert tegelijk(*daden) == []
    assert standen == [302] * 37
    assert Stem.objects.filter(ronde=ronde).count() == 36, "één antwoord per zetel"
    telling = stemlijst.telling(ronde)
    assert telling.voor + telling.tegen == 36
    assert telling.voor >= 35
