"""Echte transacties: geen stap zonder spoor, en van twee secretarissen tegelijk wint er één."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from adviezen.enums import SoortVrager, Stap
from adviezen.models import Adviesaanvraag, Adviestraject, Reactie, ReactieItem, Stapgang
from kern.fouten import OvergangGeweigerd, VerouderdeVersie
from kern.tijd import vandaag
from logboek.actions import leg_vast
from logboek.models import Gebeurtenis
from overgangen import voer_uit
from tests.adviezen import bouw
from toegang.enums import Rol

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wedloop]


def maak_traject() -> Adviestraject:
    secretaris = bouw.maak_gebruiker("Secretaris", Rol.COMMISSIESECRETARIS)
    with transaction.atomic():
        traject = Adviestraject.objects.create(
            titel="Wedloop (voorbeeld)",
            slug="wedloop",
            kenmerk="VT/1",
            secretaris=secretaris,
            adviestermijn=vandaag() + timedelta(days=90),
        )
        leg_vast(soort="adviezen.registreer", object=traject, door=secretaris)
        Stapgang.begin(traject, door_naam=secretaris.naam)
        aanvraag = Adviesaanvraag.objects.create(
            traject=traject,
            vraag="?",
            datum=vandaag(),
            ontvangen_op=vandaag(),
            ontvangst_bevestigd_op=vandaag(),
            bestand=bouw.bestand(),
        )
        aanvraag.vragers.add(bouw.vrager(SoortVrager.MINISTER))
    return traject


def test_geen_stap_zonder_spoor() -> None:
    traject = maak_traject()
    with (
        pytest.raises(DatabaseError, match="zonder gebeurtenis"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE adviezen_adviestraject SET stap = 'toewijzing' WHERE id = %s", [traject.pk])
    traject.refresh_from_db()
    assert traject.stap == Stap.AANVRAAG


def test_geen_begin_zonder_spoor() -> None:
    wie = bouw.maak_gebruiker("Secretaris")
    with pytest.raises(DatabaseError, match="zonder gebeurtenis"):
        Adviestraject.objects.create(titel="Stil (voorbeeld)", slug="stil", kenmerk="VT/2", secretaris=wie)
    assert not Adviestraject.objects.exists()


@pytest.mark.parametrize("gezien", [True, False])
def test_twee_secretarissen_tegelijk(gezien: bool) -> None:
    """De ander hoort dat het scherm verouderd is, of dat de stand al verder is; er komt één spoor."""
    traject = maak_traject()
    startschot = Barrier(4)

    def probeer(_: int) -> str:
        try:
            startschot.wait(timeout=10)
            versie = traject.rijversie if gezien else None
            voer_uit(Adviestraject, traject.pk, versie, "leg_voor_aan_db", door=traject.secretaris)
            return "gelukt"
        except (VerouderdeVersie, OvergangGeweigerd) as fout:
            return type(fout).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as zwembad:
        uitkomsten = sorted(zwembad.map(probeer, range(4)))
    verlies = "VerouderdeVersie" if gezien else "OvergangGeweigerd"
    assert uitkomsten == sorted(["gelukt", verlies, verlies, verlies])
    assert Stapgang.objects.filter(overgang="leg_voor_aan_db").count() == 1
    assert Gebeurtenis.objects.filter(soort="adviezen.leg_voor_aan_db").count() == 1


def test_een_punt_komt_er_niet_meer_bij_tijdens_het_indienen() -> None:
    """Indienen en een punt toevoegen tegelijk: het punt wacht en wordt dan geweigerd, nooit stil toegevoegd."""
    wereld = bouw.maak_wereld()
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    deelname = cast.deelname("FNV")
    reactie = bouw.begin_reactie(deelname, oordeel="akkoord")
    startschot = Barrier(2)

    def voeg_toe() -> str:
        try:
            startschot.wait(timeout=10)
            ReactieItem.objects.create(reactie=reactie, volgorde=1, tekst="te laat (voorbeeld)")
            return "toegevoegd"
        except DatabaseError:
            return "geweigerd"
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as zwembad, transaction.atomic():
        voer_uit(Reactie, reactie.pk, None, "dien_in", door=deelname.contact, indiener=deelname.contact)
        toekomst = zwembad.submit(voeg_toe)
        startschot.wait(timeout=10)
        # Het punt wacht op onze vergrendeling: kijk in de database tot het zover is.
        with connection.cursor() as cursor:
            for _ in range(2000):
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[0]:
                    break
        assert not toekomst.done()
    # De with-volgorde legt eerst vast en wacht dan op het punt.
    assert toekomst.result(timeout=10) == "geweigerd"
    assert ReactieItem.objects.filter(reactie=reactie).count() == 0
