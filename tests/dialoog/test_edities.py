"""De nieuwsupdate en de meldingen: samengesteld uit wat openbaar werd, per lezer gefilterd, nooit twee keer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adviezen.models import Advies
from berichten import mails as postmails
from berichten.actions import stuur
from berichten.enums import Status
from berichten.models import Bericht
from berichten.opmaak import NietMeerNodig
from dialoog import mails, queries
from dialoog.actions import edities, volgen
from dialoog.enums import Ritme
from dialoog.models import Aanmelding, Abonnement, Editie, Verzending, Volgvraag
from kern.fouten import GeenToegang, InvoerFout, PortaalFout, VerouderdeVersie
from kern.tijd import nu, vandaag
from opvolging.actions import trek_reactie_in
from opvolging.models import Kabinetsreactie
from publicatie.actions import trek_in
from publicatie.models import Publicatie
from tests.dialoog.test_volgen import volg
from tests.opvolging.hulp import openbare_reactie
from tests.publiek.wereld import ARBEID, publiceer_advies
from toegang.enums import Rol

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]


def nieuw_advies(kenmerk: str = "adv-50", **velden: Any) -> Publicatie:
    """Een advies dat nu openbaar wordt, over arbeid."""
    gewoon = {"jaar": 2026, "samenvatting": "Kort en nieuw.", "themas": [ARBEID], "onderwerpen": ["arbeid"]}
    return publiceer_advies(kenmerk, f"Nieuw advies {kenmerk}", vanaf=nu(), **{**gewoon, **velden})


def stel_samen(ritme: str = Ritme.NIEUWSUPDATE) -> Editie:
    editie = edities.stel_samen(ritme=ritme, tot=nu() + timedelta(seconds=5))
    assert editie is not None
    return editie


@pytest.fixture
def redactie(maak_gebruiker: Any) -> Any:
    return maak_gebruiker("Redactie (voorbeeld)", Rol.COMMUNICATIE)


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


def test_redactie_bewerkt_en_geeft_vrij(client: Client, redactie: Any, secretaris: Any) -> None:
    volg()
    nieuw_advies()
    nieuw_advies("adv-51")
    client.force_login(redactie)
    assert client.post("/werk/nieuwsupdate/samenstellen/").status_code == 302
    editie = Editie.objects.get()
    pad = f"/werk/nieuwsupdate/{editie.pk}/"
    bladzijde = client.get(pad).content.decode()
    assert "Nieuw advies adv-50" in bladzijde
    assert "1 adres" in bladzijde
    assert "Nu volgt niemand" not in bladzijde
    wacht = f'Op vrijgave wacht nog <a href="{pad}">nummer {editie.nummer}</a>'
    assert wacht in client.get("/werk/nieuwsupdate/").content.decode(), "wie er nog een samenstelt, weet dat"
    gegevens = {"versie": "0", "inleiding": "Beste lezer", "mee-advies:adv-50": "on", "tekst-advies:adv-50": "Korter."}
    assert client.post(pad, gegevens).status_code == 302
    editie.refresh_from_db()
    assert [o["sleutel"] for o in editie.mee] == ["advies:adv-50"]
    assert editie.mee[0]["tekst"] == "Korter."
    te_lang = client.post(pad, gegevens | {"versie": "1", "inleiding": "x" * 2001})
    assert te_lang.status_code == 422
    assert "x" * 2001 in te_lang.content.decode(), "wat getypt is blijft staan"
    verouderd = client.post(pad, gegevens | {"inleiding": "Ik schreef <dit> ook."})
    assert verouderd.status_code == 422
    assert "Ik schreef &lt;dit&gt; ook." in verouderd.content.decode(), "een ander was eerder; de tekst staat er nog"
    assert 'name="versie" value="0"' in verouderd.content.decode()
    editie.refresh_from_db()
    assert editie.inleiding == "Beste lezer"
    assert "Geef de nieuwsupdate vrij" in client.get(f"{pad}?als=thema%3Darbeid").content.decode()
    client.post(f"{pad}vrijgeven/", {"versie": "1"})
    assert edities.verwerk()["berichten"] == 0, "tien minuten bedenktijd"
    client.post(f"{pad}herroepen/")
    editie.refresh_from_db()
    assert editie.vrijgegeven_op is None
    edities.geef_vrij(editie=editie, rijversie=editie.rijversie, door=redactie)
    with time_machine.travel(nu() + timedelta(minutes=11), tick=False):
        assert edities.verwerk()["berichten"] == 1
        with pytest.raises(PortaalFout) as te_laat:
            edities.herroep(editie=editie, door=redactie)
        assert str(te_laat.value) in client.post(f"{pad}herroepen/", follow=True).content.decode()
    client.force_login(secretaris)
    assert client.get(pad).status_code == 200
    assert client.post(f"{pad}vrijgeven/").status_code == 404


def test_vrijgeven_neemt_mee_wat_er_getypt_is_of_doet_niets(client: Client, redactie: Any) -> None:
    """De knop staat naast de tekst: wie haar indrukt zonder eerst te bewaren, verstuurde de oude inleiding."""
    nieuw_advies()
    client.force_login(redactie)
    editie = stel_samen()
    assert "Nu volgt niemand iets" in client.get(f"/werk/nieuwsupdate/{editie.pk}/").content.decode()
    pad = f"/werk/nieuwsupdate/{editie.pk}/vrijgeven/"
    getypt = {"versie": "0", "inleiding": "Net getypt", "mee-advies:adv-50": "on", "tekst-advies:adv-50": "Zo."}
    te_lang = client.post(pad, getypt | {"tekst-advies:adv-50": "x" * 601})
    niets_mee = client.post(pad, {k: v for k, v in getypt.items() if not k.startswith("mee-")})
    for fout, zin in ((te_lang, "ten hoogste 600 tekens"), (niets_mee, "Er staat niets in deze nieuwsupdate")):
        assert fout.status_code == 422
        assert zin in fout.content.decode()
        assert "Net getypt" in fout.content.decode()
    editie.refresh_from_db()
    assert (editie.inleiding, editie.rijversie, editie.vrijgegeven_op) == ("", 0, None)
    assert client.post(pad, getypt).status_code == 302
    editie.refresh_from_db()
    assert (editie.inleiding, editie.mee[0]["tekst"]) == ("Net getypt", "Zo.")
    assert editie.vrijgegeven_op is not None


def test_niets_nieuws_en_een_oud_venster_zegt_het_scherm(client: Client, redactie: Any) -> None:
    client.force_login(redactie)
    leeg = client.post("/werk/nieuwsupdate/samenstellen/", follow=True)
    assert "niets nieuws openbaar geworden" in leeg.content.decode()
    assert not Editie.objects.exists()
    nieuw_advies()
    editie = stel_samen()
    fout = client.post(f"/werk/nieuwsupdate/{editie.pk}/vrijgeven/", {"versie": "x"}, follow=True)
    assert "Iemand anders heeft dit intussen gewijzigd" in fout.content.decode()
    editie.refresh_from_db()
    assert editie.vrijgegeven_op is None


def test_weigeringen(redactie: Any, secretaris: Any) -> None:
    nieuw_advies()
    editie = stel_samen()
    leeg: dict[str, Any] = {"inleiding": "", "onderdelen": {}}
    with pytest.raises(GeenToegang):
        edities.bewerk(editie=editie, rijversie=0, door=secretaris, **leeg)
    with pytest.raises(VerouderdeVersie):
        edities.bewerk(editie=editie, rijversie=7, door=redactie, **leeg)
    with pytest.raises(InvoerFout):
        edities.bewerk(
            editie=editie, rijversie=0, inleiding="", onderdelen={"advies:adv-50": (True, "x" * 601)}, door=redactie
        )
    edities.bewerk(editie=editie, rijversie=0, inleiding="", onderdelen={"advies:adv-50": (False, "")}, door=redactie)
    editie.refresh_from_db()
    with pytest.raises(PortaalFout):
        edities.geef_vrij(editie=editie, rijversie=1, door=redactie)
    with pytest.raises(GeenToegang):
        edities.herroep(editie=editie, door=secretaris)


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


def test_elke_nieuwsupdate_is_terug_te_vinden(client: Client, redactie: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialoog.views.nieuwsupdate.PER_BLADZIJDE", 1)
    moment = nu()
    for n in (1, 2):
        van = moment + timedelta(days=n)
        Editie.objects.create(ritme=Ritme.NIEUWSUPDATE, nummer=n, van=van, tot=van + timedelta(days=1))
    client.force_login(redactie)
    bladen = [client.get("/werk/nieuwsupdate/", vraag).content.decode() for vraag in ({}, {"pagina": "2"})]
    assert [[f"Nieuwsupdate {n}</a>" in blad for n in (1, 2)] for blad in bladen] == [[False, True], [True, False]]


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
