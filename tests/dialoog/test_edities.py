"""De nieuwsupdate en de meldingen: samengesteld uit wat openbaar werd, per lezer gefilterd, nooit twee keer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from adviezen.models import Advies
from berichten import mails as postmails
from berichten.models import Bericht
from dialoog import queries
from dialoog.actions import edities
from dialoog.enums import Ritme
from dialoog.models import Verzending
from kern.tijd import nu, vandaag
from opvolging.actions import trek_reactie_in
from opvolging.models import Kabinetsreactie
from publicatie.actions import trek_in
from tests.dialoog.hulp import nieuw_advies, stel_samen
from tests.dialoog.test_volgen import volg
from tests.opvolging.hulp import openbare_reactie
from tests.publiek.wereld import ARBEID, publiceer_advies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]


@pytest.mark.parametrize(
    ("ritme", "op", "verwacht"),
    [
        ("dag", "2026-11-25T06:30:00+00:00", "2026-11-25T06:00:00+00:00"),
        ("dag", "2026-11-25T05:30:00+00:00", "2026-11-24T06:00:00+00:00"),
        ("dag", "2026-07-01T05:00:00+00:00", "2026-07-01T05:00:00+00:00"),  # zomertijd: zeven uur is 05.00 UTC
        ("week", "2026-11-25T12:00:00+00:00", "2026-11-23T06:00:00+00:00"),
        ("nieuwsupdate", "2026-11-25T12:00:00+00:00", "2026-11-24T06:00:00+00:00"),  # week 48
        ("nieuwsupdate", "2026-12-01T12:00:00+00:00", "2026-11-24T06:00:00+00:00"),  # week 49 is oneven
    ],
)
def test_het_moment_van_verschijnen(ritme: str, op: str, verwacht: str) -> None:
    """Regel 50: de nieuwsupdate verschijnt om de twee weken."""
    moment = queries.laatste_moment(ritme, datetime.fromisoformat(op))
    assert moment.astimezone(UTC) == datetime.fromisoformat(verwacht)


def test_samenstellen_neemt_wat_nieuw_is_en_een_keer() -> None:
    assert edities.stel_samen(ritme=Ritme.DAG, tot=nu()) is None, "er is niets nieuws, dus geen editie"
    nieuw_advies()
    straks = nieuw_advies("adv-51")
    editie = stel_samen(Ritme.DAG)
    assert [o["sleutel"] for o in editie.onderdelen] == ["advies:adv-51", "advies:adv-50"]
    assert edities.stel_samen(ritme=Ritme.DAG, tot=editie.tot) is None
    with time_machine.travel(nu() + timedelta(days=1), tick=False):
        publiceer_advies("adv-51", "Nieuw advies, verbeterd", vanaf=nu(), jaar=2026, samenvatting="Verbeterd.")
        assert straks.pk
        assert edities.stel_samen(ritme=Ritme.DAG, tot=nu() + timedelta(seconds=1)) is None, "verbeteren is geen nieuws"


def test_een_advies_dat_meteen_verbeterd_is_blijft_nieuws_van_zijn_eerste_dag() -> None:
    begin = nu() - timedelta(hours=3)
    publiceer_advies("adv-50", "Nieuw advies", vanaf=begin, jaar=2026, samenvatting="Met een fuot.")
    publiceer_advies("adv-50", "Nieuw advies", vanaf=nu(), jaar=2026, samenvatting="Zonder fout.")
    editie = stel_samen(Ritme.DAG)
    assert [(o["sleutel"], o["tekst"]) for o in editie.onderdelen] == [("advies:adv-50", "Zonder fout.")]
    assert datetime.fromisoformat(editie.onderdelen[0]["moment"]) == begin


def test_een_verbeterd_advies_maakt_zijn_reactie_niet_opnieuw_nieuws(secretaris: Any) -> None:
    advies = Advies.objects.create(kenmerk="adv-50", titel="Nieuw advies")
    nieuw_advies()
    reactie = openbare_reactie(adviezen=[advies], datum=vandaag(), afzenders="De minister", door=secretaris)
    editie = stel_samen(Ritme.DAG)
    assert f"reactie:{reactie.pk}:adv-50" in [o["sleutel"] for o in editie.onderdelen]
    with time_machine.travel(nu() + timedelta(days=1), tick=False):
        publiceer_advies("adv-50", "Nieuw advies", vanaf=nu(), jaar=2026, samenvatting="Zonder fout.")
        assert edities.stel_samen(ritme=Ritme.DAG, tot=nu() + timedelta(seconds=1)) is None


def test_een_oude_brief_die_nu_pas_vastligt_is_geen_nieuws(secretaris: Any) -> None:
    """Ook niet wat bij het laden van het archief meekwam: dat legde niemand vast, en het vulde de nieuwsupdate."""
    advies = Advies.objects.create(kenmerk="adv-1", titel="Brieven over steden")
    geladen = openbare_reactie(adviezen=[advies], datum=vandaag(), afzenders="Uit het archief", door=secretaris)
    Kabinetsreactie.objects.filter(pk=geladen.pk).update(vastgelegd_door=None)
    for dagen in (44, 46):
        dag = vandaag() - timedelta(days=dagen)
        openbare_reactie(adviezen=[advies], datum=dag, afzenders=f"{dagen} dagen oud", door=secretaris)
    assert [o["tekst"] for o in stel_samen(Ritme.DAG).onderdelen] == ["44 dagen oud"]


def test_een_ingetrokken_reactie_is_geen_nieuws(secretaris: Any) -> None:
    advies = Advies.objects.create(kenmerk="adv-1", titel="Brieven over steden")
    reactie = openbare_reactie(adviezen=[advies], datum=vandaag(), afzenders="De minister", door=secretaris)
    sleutel = f"reactie:{reactie.pk}:adv-1"
    assert [o["sleutel"] for o in stel_samen(Ritme.DAG).onderdelen] == [sleutel]
    trek_reactie_in(reactie=reactie, reden="Hoorde bij een ander advies.", door=secretaris)
    assert edities.stel_samen(ritme=Ritme.WEEK, tot=nu() + timedelta(seconds=5)) is None


def test_wat_is_ingetrokken_terwijl_de_nieuwsupdate_wachtte_gaat_niet_mee(redactie: Any) -> None:
    volg()
    nieuw_advies()
    weg = nieuw_advies("adv-51")
    editie = stel_samen()
    trek_in(publicatie=weg, reden="Verkeerde tekst.", door=None)
    edities.geef_vrij(editie=editie, rijversie=0, door=redactie)
    with time_machine.travel(nu() + timedelta(minutes=11), tick=False):
        assert edities.verwerk()["berichten"] == 1
    assert Verzending.objects.get().sleutels == ["advies:adv-50"]
    bericht = Bericht.objects.get(feit__startswith="dialoog.editie")
    assert bericht.onderwerp.endswith("1 onderwerp")
    assert "adv-51" not in str(postmails.bouw(bericht, postmails.verbinding()).body)


def test_wat_is_verbeterd_terwijl_de_nieuwsupdate_wachtte_gaat_verbeterd_mee(client: Client, redactie: Any) -> None:
    """Ook bij wie één zoekvraag volgt: de uitgave van toen is niet meer te vinden."""
    volg("thema=arbeid", "nieuwsupdate")
    nieuw_advies()
    nieuw_advies("adv-51")
    editie = stel_samen()
    keuze = {"advies:adv-51": (True, "Door ons herschreven.")}
    edities.bewerk(editie=editie, rijversie=0, inleiding="", onderdelen=keuze, door=redactie)
    for kenmerk in ("adv-50", "adv-51"):
        publiceer_advies(
            kenmerk, f"Verbeterd {kenmerk}", jaar=2026, samenvatting="Zonder fout.", themas=[ARBEID],
            onderwerpen=["arbeid"], vanaf=nu(),
        )  # fmt: skip
    client.force_login(redactie)
    assert "Verbeterd adv-50" in client.get(f"/werk/nieuwsupdate/{editie.pk}/").content.decode()
    edities.geef_vrij(editie=editie, rijversie=1, door=redactie)
    with time_machine.travel(nu() + timedelta(minutes=11), tick=False):
        assert edities.verwerk()["berichten"] == 1
    brief = str(postmails.bouw(Bericht.objects.get(feit__startswith="dialoog.editie"), postmails.verbinding()).body)
    for stuk in ("Verbeterd adv-50", "Zonder fout.", "Verbeterd adv-51", "Door ons herschreven."):
        assert stuk in brief, stuk
    assert "Nieuw advies" not in brief
    assert "Kort en nieuw." not in brief


def test_onder_embargo_staat_er_niets_in() -> None:
    publiceer_advies("adv-52", "Geheim", samenvatting="Geheim.", vanaf=nu() + timedelta(minutes=30))
    assert edities.stel_samen(ritme=Ritme.DAG, tot=nu() + timedelta(hours=2)) is None
