"""Een editie vertrekt: wie haar krijgt, wat het kost, en wat een ander niet ophoudt."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from berichten import mails as postmails
from berichten.actions import stuur
from berichten.enums import Status
from berichten.models import Bericht
from berichten.opmaak import NietMeerNodig
from dialoog import mails, queries
from dialoog.actions import edities, volgen
from dialoog.enums import Ritme
from dialoog.models import Aanmelding, Abonnement, Editie, Verzending, Volgvraag
from kern.tijd import nu
from tests.dialoog.hulp import nieuw_advies, stel_samen
from tests.dialoog.test_volgen import volg

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]


def test_ieder_krijgt_wat_hij_volgt_en_hooguit_een_keer() -> None:
    """Regel 50: naar belangstelling."""
    alles, arbeid = volg("", "dag"), volg("thema=arbeid", "dag", "arbeid@voorbeeld.test")
    volg("q=pensioenstelsels", "dag", "pensioen@voorbeeld.test")
    volg("", "week", "week@voorbeeld.test")
    nieuw_advies()
    nieuw_advies("adv-51", themas=[], onderwerpen=[])
    editie = stel_samen(Ritme.DAG)
    with time_machine.travel(editie.tot + timedelta(minutes=1), tick=False):
        assert edities.verwerk()["berichten"] == 2
        for _ in range(3):
            assert edities.verwerk()["berichten"] == 0
            assert edities.verstuur(editie=editie) == 0
    per = {v.abonnement_id: v.sleutels for v in Verzending.objects.all()}
    assert per == {alles.pk: ["advies:adv-51", "advies:adv-50"], arbeid.pk: ["advies:adv-50"]}
    assert Bericht.objects.filter(feit__startswith="dialoog.editie").count() == 2
    editie.refresh_from_db()
    assert editie.ontvangers == 2


def test_wat_er_al_was_is_geen_melding() -> None:
    nieuw_advies()
    with time_machine.travel(nu() + timedelta(hours=1), tick=False):
        volg("", "dag")
        volg("", "nieuwsupdate", "update@voorbeeld.test")
        editie = stel_samen(Ritme.DAG)
        assert queries.passend(editie) == {}
        assert len(queries.passend(stel_samen())) == 1, "de nieuwsupdate kiest men als geheel"


def test_de_email_heeft_een_afmeldkop_en_vervalt_na_afmelden() -> None:
    abonnement = volg("", "dag")
    nieuw_advies()
    editie = stel_samen(Ritme.DAG)
    with time_machine.travel(editie.tot + timedelta(minutes=1), tick=False):
        edities.verstuur(editie=editie)
    bericht = Bericht.objects.get(feit__startswith="dialoog.editie")
    brief = postmails.bouw(bericht, postmails.verbinding())
    kop = brief.extra_headers
    assert kop["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert kop["List-Unsubscribe"].startswith("<http://localhost:8000/volgen/stop/")
    assert "Nieuw advies adv-50" in str(brief.body)
    assert "/adviezen/2026/adv-50/" in str(brief.body)
    assert brief.alternatives[0][1] == "text/html"  # type: ignore[attr-defined]
    assert "/volgen/stop/" not in f"{bericht.pad} {bericht.tekst} {bericht.feit}", "de postbus bewaart geen toegang"
    volgen.stop_alles(abonnement=abonnement)
    with pytest.raises(NietMeerNodig):
        mails.editiemail(bericht)


def test_een_afgemelde_ontvanger_houdt_de_rij_niet_op() -> None:
    bericht = Bericht(feit="dialoog.editie:999:1:999", email="weg@voorbeeld.test", status=Status.WACHT)
    with pytest.raises(NietMeerNodig):
        postmails.bouw(bericht, postmails.verbinding())


def test_een_editie_klaarzetten_kost_evenveel_zoekvragen_voor_drie_als_voor_dertig() -> None:
    """Zes zoekvragen per lezer in één transactie duurt bij twintigduizend lezers een half uur."""
    lezers = Abonnement.objects.bulk_create(Abonnement(email=f"lezer{n}@voorbeeld.test") for n in range(33))
    gisteren = nu() - timedelta(days=1)
    Volgvraag.objects.bulk_create(
        Volgvraag(abonnement=lezer, ritme=Ritme.DAG if n < 3 else Ritme.WEEK, sinds=gisteren)
        for n, lezer in enumerate(lezers)
    )
    nieuw_advies()
    kosten = []
    for ritme, aantal in ((Ritme.DAG, 3), (Ritme.WEEK, 30)):
        editie = stel_samen(ritme)
        with time_machine.travel(nu() + timedelta(minutes=11), tick=False), CaptureQueriesContext(connection) as vragen:
            assert edities.verstuur(editie=editie) == aantal
        assert Bericht.objects.filter(handeling=f"dialoog.editie:{editie.pk}:1").count() == aantal
        kosten.append(len(vragen))
    assert kosten[0] == kosten[1]


def test_een_editie_vertrekt_gespreid_en_houdt_andere_post_niet_op(
    secretaris: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("berichten.actions.GESPREID", 1)
    for n in range(3):
        volg("", "dag", f"lezer{n}@voorbeeld.test")
    nieuw_advies()
    editie = stel_samen(Ritme.DAG)
    with time_machine.travel(nu() + timedelta(minutes=11), tick=False):
        assert edities.verstuur(editie=editie) == 3
        stuur(ontvanger=secretaris, onderwerp="Uw uitnodiging", pad="/", feit="proef.post:1", wacht=False)
        post = Bericht.objects.exclude(feit__startswith="dialoog.aanmelding")
        assert [b.ontvanger_id for b in post.gereed(nu())] == [None, secretaris.pk], "één van de editie, en dan deze"
        assert [b.ontvanger_id for b in post.gereed(nu() + timedelta(seconds=2))] == [None, secretaris.pk, None, None]


def test_een_editie_die_niet_wil_houdt_de_volgende_niet_op(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Ook het wissen van adressen dat wij beloven gaat door, en de opdracht zegt dat er iets mislukte."""
    volg(ritme=Ritme.DAG)
    volgen.meld_aan(email="nooit@voorbeeld.test", vragen=[""], ritme="dag")
    nieuw_advies()
    op = nu()
    eerste = Editie.objects.create(
        ritme=Ritme.WEEK, nummer=1, van=op - timedelta(days=9), tot=op - timedelta(days=2), vrijgegeven_op=op
    )
    tweede = stel_samen(Ritme.DAG)
    echt = queries.passend

    def passend(editie: Editie) -> Any:
        if editie.pk == eerste.pk:
            raise ValueError("gif")
        return echt(editie)

    monkeypatch.setattr(queries, "passend", passend)
    with time_machine.travel(op + timedelta(days=8), tick=False):
        with pytest.raises(CommandError, match="1 onderdeel mislukte"):
            call_command("verwerk_nieuwsupdate")
        assert f"Editie {eerste.pk} versturen mislukt" in caplog.text
    eerste.refresh_from_db(), tweede.refresh_from_db()
    assert eerste.verstuurd_op is None, "zij komt weer"
    assert tweede.verstuurd_op is not None
    assert not Aanmelding.objects.exists(), "na zeven dagen is een adres zonder bevestiging weg"
    monkeypatch.undo()
    with time_machine.travel(op + timedelta(days=8), tick=False):
        assert edities.verwerk(nu())["mislukt"] == 0
    eerste.refresh_from_db()
    assert eerste.verstuurd_op is not None


def test_samenstellen_dat_niet_lukt_houdt_het_versturen_niet_op(monkeypatch: pytest.MonkeyPatch) -> None:
    volg(ritme=Ritme.DAG)
    nieuw_advies()
    stel_samen(Ritme.DAG)

    def stuk(**kwargs: Any) -> None:
        raise ValueError("gif")

    monkeypatch.setattr(edities, "stel_samen", stuk)
    with time_machine.travel(nu() + timedelta(minutes=11), tick=False):
        klaar = edities.verwerk()
    assert (klaar["berichten"], klaar["mislukt"]) == (1, 3)
