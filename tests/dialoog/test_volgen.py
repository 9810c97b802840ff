"""Aanmelden met bevestiging, wijzigen, stoppen met één klik. Het antwoord verraadt nooit wie ons volgt."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from berichten import mails
from berichten.models import Bericht
from commissies.models import Commissie
from dialoog import tokens
from dialoog.actions import volgen
from dialoog.bronnen import bron
from dialoog.models import Aanmelding, Abonnement, Editie, Verzending, Volgvraag
from kern.fouten import InvoerFout
from kern.tijd import nu
from logboek.models import Gebeurtenis
from tests.browser import bladzijden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]
ADRES = "lezer@voorbeeld.test"


@pytest.fixture(autouse=True)
def _verse_teller() -> None:
    from django.core.cache import cache

    cache.clear()


def link_uit_mail(soort: str) -> str:
    """Verstuur wat klaarstaat en geef het pad van de link van deze soort uit de laatste e-mail."""
    post_uit()
    gevonden = re.search(rf"http://\S+?(/volgen/{soort}/\S+?/)(?=[\s>]|$)", str(mail.outbox[-1].body))
    assert gevonden, mail.outbox[-1].body
    return gevonden.group(1)


def post_uit() -> None:
    """Verstuur wat klaarstaat; verstuur_gereed zelf wil een eigen transactie en heeft zijn eigen toetsen."""
    post = mails.verbinding()
    for bericht in Bericht.objects.gereed(nu()):
        mails.verstuur(bericht, post)
        bericht.noteer_verstuurd(nu())
        bericht.save()


def meld_aan(client: Client, **velden: Any) -> Any:
    return client.post("/volgen/", {"email": ADRES, "ritme": "week", "vraag": "", "website": "", **velden})


def volg(vraag: str = "", ritme: str = "nieuwsupdate", email: str = ADRES) -> Abonnement:
    volgen.meld_aan(email=email, vragen=[vraag], ritme=ritme)
    abonnement = volgen.bevestig(kenmerk=Aanmelding.objects.get(email=email).kenmerk)
    assert abonnement is not None
    return abonnement


def test_wie_nog_niet_bevestigde_leest_niet_dat_hij_al_volgt(client: Client) -> None:
    tekst = client.get("/volgen/?vraag=q%3Dwonen").content.decode()
    assert "Na uw bevestiging volgt u:" in tekst
    assert "U volgt" not in tekst


def test_van_zoekvraag_tot_bevestigd(client: Client, settings: Any) -> None:
    """Regel 50: niemand krijgt post voor hij zelf bevestigde."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tekst = client.get("/adviezen/?q=stad&oordeel=verdeeld").content.decode()
    assert 'href="/volgen/?vraag=q%3Dstad%26oordeel%3Dverdeeld"' in tekst
    formulier = client.get("/volgen/?vraag=q%3Dstad%26oordeel%3Dverdeeld").content.decode()
    assert "“stad”, oordeel van de raad verdeeld" in formulier
    assert meld_aan(client, vraag="oordeel=verdeeld&q=stad").status_code == 302
    assert not Abonnement.objects.exists(), "zonder bevestiging volgt niemand iets"
    pad = link_uit_mail("bevestig")
    assert client.get(pad).status_code == 200
    assert not Abonnement.objects.exists(), "openen is niet bevestigen: een virusscanner opent ook"
    beheer = client.post(pad)
    assert beheer.status_code == 302
    assert beheer["Referrer-Policy"] == "strict-origin"
    rij = Volgvraag.objects.get()
    assert (rij.vraag, rij.ritme, rij.abonnement.email) == ("q=stad&oordeel=verdeeld", "week", ADRES)
    assert not Aanmelding.objects.exists()
    assert client.post(pad).status_code == 410, "een link werkt één keer"
    bladzijde = client.get(beheer["Location"].partition("?")[0])
    assert "“stad”" in bladzijde.content.decode()
    assert "no-store" in bladzijde["Cache-Control"]


def test_de_link_zegt_wat_u_gaat_volgen_en_dat_zij_gebruikt_is(client: Client) -> None:
    volgen.meld_aan(email=ADRES, vragen=["thema=arbeid"], ritme="week")
    rij = Aanmelding.objects.get()
    pad = f"/volgen/bevestig/{tokens.maak('bevestig', rij.kenmerk)}/"
    eerst = client.get(pad).content.decode()
    assert f"U gaat volgen: {rij.omschrijving} (elke week, als er iets nieuws is)." in html.unescape(eerst)
    client.post(pad)
    weer = client.get(pad)
    assert (weer.status_code, "Ja, dit volg ik" in weer.content.decode()) == (410, False)
    assert "U bevestigde al" in weer.content.decode()
    assert 'href="/volgen/">Meld u opnieuw aan' in weer.content.decode()


def test_meer_onderwerpen_zijn_een_aanmelding_en_daarna_elk_los_te_stoppen(client: Client) -> None:
    """Wie drie thema's wilde volgen, vulde drie keer het formulier in en kreeg drie e-mails om te bevestigen."""
    Commissie.objects.create(naam="Commissie Stad", slug="stad", soort="ad_hoc")
    formulier = client.get("/volgen/").content.decode()
    assert [formulier.count(f"<summary>{groep}") for groep in ("Thema’s", "Andere commissies, ook van vroeger")] == [
        1,
        1,
    ]
    keuzes = ["commissie=stad", "thema=arbeid"]
    assert meld_aan(client, onderwerp=keuzes).status_code == 302
    rij = Aanmelding.objects.get()
    assert (rij.vraag.split("\n"), rij.omschrijving) == (keuzes, "Commissie Stad; thema arbeid")
    abonnement = volgen.bevestig(kenmerk=rij.kenmerk)
    assert abonnement is not None
    gevolgd = list(abonnement.volgvragen.values_list("vraag", "omschrijving"))
    assert gevolgd == [("commissie=stad", "Commissie Stad"), ("thema=arbeid", "thema arbeid")]
    assert meld_aan(client, onderwerp=[]).status_code == 302
    assert Aanmelding.objects.get().omschrijving == "alle adviezen"


def test_een_onderwerp_dat_wij_niet_kennen_wordt_gezegd(client: Client) -> None:
    """Het werd stil "Alles van de SER"; wie op een oude link klikte, volgde iets anders dan hij dacht."""
    zin = "Dat onderwerp kennen wij niet of niet meer."
    assert zin in client.get("/volgen/?onderwerp=onzin").content.decode()
    goed = client.get("/volgen/?onderwerp=thema%3Darbeid").content.decode()
    assert zin not in goed
    assert re.search(r'value="thema=arbeid"[^>]* checked', goed)
    fout = meld_aan(client, onderwerp=["thema=onzin"])
    assert (fout.status_code, "Dit onderwerp kennen wij niet." in fout.content.decode()) == (422, True)
    vol = [vraag for _, groep in bron().onderwerpen() for vraag, _ in groep]
    with pytest.raises(InvoerFout, match="Kies er minder") as te_veel:
        volgen.meld_aan(email=ADRES, vragen=[*vol, *(f"jaar={jaar}" for jaar in range(1950, 1980))], ritme="week")
    assert te_veel.value.veld == "onderwerp"


def test_na_het_aanmelden_en_bij_een_halve_link_is_er_een_weg_terug(client: Client) -> None:
    assert 'href="/volgen/">Meld u opnieuw aan' in client.get("/volgen/verstuurd/").content.decode()
    for adres in ("/volgen/bevestig/half/", "/volgen/beheer/half/", "/volgen/stop/half/"):
        assert 'href="/volgen/" rel="nofollow">meld u opnieuw aan' in client.get(adres).content.decode(), adres


@pytest.mark.browser
def test_een_browser_noemt_bij_het_bevestigen_ons_en_niet_de_sleutel(client: Client) -> None:
    """Bij Origin "null" weigert Django het formulier; dat kwam van Referrer-Policy "no-referrer"."""
    volgen.meld_aan(email=ADRES, vragen=[""], ritme="week")
    pad = f"/volgen/bevestig/{tokens.maak('bevestig', Aanmelding.objects.get().kenmerk)}/"
    with bladzijden({pad: client.get(pad)}, viewport={"width": 360, "height": 740}) as blad:
        blad.goto(pad)
        huis = str(blad.evaluate("location.origin"))
        with blad.expect_request(lambda verzoek: verzoek.method == "POST") as verzonden:
            blad.get_by_role("button", name="Ja, dit volg ik").press("Enter")
        kop = verzonden.value.all_headers()
        blad.wait_for_load_state()
    assert (kop["origin"], kop.get("referer")) == (huis, f"{huis}/")


def test_elk_adres_krijgt_hetzelfde_antwoord(client: Client) -> None:
    volg()
    bekend, vreemd = meld_aan(client), meld_aan(client, email="ander@voorbeeld.test")
    robot = meld_aan(client, website="http://rommel.test")
    assert {a.status_code for a in (bekend, vreemd, robot)} == {302}
    assert {a["Location"] for a in (bekend, vreemd, robot)} == {"/volgen/verstuurd/"}
    assert Aanmelding.objects.count() == 2, "de robot kreeg hetzelfde antwoord, maar geen aanmelding"
    for _ in range(5):
        assert meld_aan(client, email="ander@voorbeeld.test").status_code == 302
    assert Aanmelding.objects.filter(email="ander@voorbeeld.test").count() == volgen.PER_DAG


def test_verkeerde_invoer_houdt_wat_er_stond(client: Client) -> None:
    antwoord = meld_aan(client, email="geen adres", vraag="q=stad")
    assert antwoord.status_code == 422
    tekst = antwoord.content.decode()
    assert "Dit is geen e-mailadres" in tekst
    assert 'value="geen adres"' in tekst
    assert 'value="q=stad"' in tekst
    assert meld_aan(client, ritme="soms").status_code == 422
    with pytest.raises(InvoerFout):
        volgen.meld_aan(email="x@voorbeeld.test", vragen=[""], ritme="soms")


def test_te_veel_van_een_netwerk(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("dialoog.views.volgen.PER_UUR", 2)
    codes = [meld_aan(client, email=f"l{n}@voorbeeld.test").status_code for n in range(3)]
    assert codes == [302, 302, 429]


def test_zonder_redis_kan_aanmelden_gewoon(client: Client, monkeypatch: Any) -> None:
    """De teller per netwerk is een rem, geen deur: zonder Redis telt alleen wat per adres in de database staat."""

    def weg(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("Connection refused")

    for naam in ("add", "incr"):
        monkeypatch.setattr(f"dialoog.views.volgen.cache.{naam}", weg)
    for _ in range(volgen.PER_DAG + 1):
        assert meld_aan(client).status_code == 302
    assert Aanmelding.objects.filter(email=ADRES).count() == volgen.PER_DAG


def test_een_teller_die_net_verliep_houdt_niemand_tegen(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("dialoog.views.volgen.cache.add", lambda *args, **kwargs: False)
    assert meld_aan(client).status_code == 302


def test_een_zoekvraag_die_te_lang_is_om_te_volgen_zegt_dat_gewoon(client: Client) -> None:
    antwoord = meld_aan(client, vraag=f"q={'é' * 200}")
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "Deze zoekvraag is te lang om te volgen. Kies minder filters." in tekst
    assert "erborgen veld" not in tekst
    assert not Aanmelding.objects.exists()


def test_wie_er_al_te_veel_volgt_leest_dat_bij_het_bevestigen(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("dialoog.actions.volgen.HOOGSTENS", 1)
    volg()
    volgen.meld_aan(email=ADRES, vragen=["thema=arbeid"], ritme="dag")
    pad = f"/volgen/bevestig/{tokens.maak('bevestig', Aanmelding.objects.get().kenmerk)}/"
    antwoord = client.post(pad)
    assert antwoord.status_code == 422
    assert "U volgt al 1 onderwerpen. Stop eerst met een ervan." in antwoord.content.decode()
    assert Volgvraag.objects.count() == 1
    Volgvraag.objects.all().delete()
    assert client.post(pad).status_code == 302, "de link blijft goed tot het lukt"


def test_een_onmogelijk_adres_wordt_ook_zonder_formulier_geweigerd() -> None:
    with pytest.raises(InvoerFout, match="geen e-mailadres") as fout:
        volgen.meld_aan(email="geen adres", vragen=[""], ritme="dag")
    assert fout.value.veld == "email"
    assert not Aanmelding.objects.exists()


def test_stoppen_met_een_klik_zonder_cookie(client: Client) -> None:
    abonnement = volg()
    volg("thema=arbeid", "dag")
    streng = Client(enforce_csrf_checks=True)
    pad = f"/volgen/stop/{tokens.maak('stop', abonnement.kenmerk, 'dag')}/"
    assert streng.get(pad).status_code == 200
    assert Volgvraag.objects.count() == 2, "openen stopt niets"
    assert streng.post(pad, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert [v.ritme for v in Volgvraag.objects.all()] == ["nieuwsupdate"]
    laatste = f"/volgen/stop/{tokens.maak('stop', abonnement.kenmerk, 'nieuwsupdate')}/"
    for _ in range(2):
        assert streng.post(laatste, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Abonnement.objects.exists()
    assert not Bericht.objects.filter(email=ADRES).exists(), "ook uit de postbus is het adres weg"
    assert not Gebeurtenis.objects.filter(object_naam__contains=ADRES).exists()


def test_beheer_stopt_een_of_alles(client: Client) -> None:
    abonnement = volg()
    tweede = volg("thema=arbeid", "dag").volgvragen.get(ritme="dag")
    pad = f"/volgen/beheer/{tokens.maak('beheer', abonnement.kenmerk)}/"
    assert client.post(pad, {"stop": str(tweede.pk)}).status_code == 302
    assert Volgvraag.objects.count() == 1
    ander = volg(email="ander@voorbeeld.test").volgvragen.get()
    client.post(pad, {"stop": str(ander.pk)})
    assert Volgvraag.objects.filter(pk=ander.pk).exists(), "een ander kan ik niet stoppen"
    assert "gewist" in client.post(pad, {"stop": "alles"}).content.decode()
    assert [a.email for a in Abonnement.objects.all()] == ["ander@voorbeeld.test"]
    assert client.get(pad).status_code == 410


@pytest.mark.parametrize("soort", ["bevestig", "beheer", "stop"])
def test_een_verzonnen_link_is_er_niet(client: Client, soort: str) -> None:
    abonnement = volg()
    anders = {"bevestig": "beheer", "beheer": "bevestig", "stop": "beheer"}[soort]
    for token in ("x", "x.y", abonnement.kenmerk.hex, tokens.maak(anders, abonnement.kenmerk)):
        assert client.get(f"/volgen/{soort}/{token}/").status_code == 404
        assert client.post(f"/volgen/{soort}/{token}/").status_code == 404


def test_wie_niet_bevestigt_wordt_vergeten() -> None:
    volgen.meld_aan(email=ADRES, vragen=[""], ritme="dag")
    kenmerk = Aanmelding.objects.get().kenmerk
    assert volgen.veeg() == 0
    with time_machine.travel(nu() + volgen.GELDIG + timedelta(minutes=1), tick=False):
        assert volgen.bevestig(kenmerk=kenmerk) is None
        assert volgen.veeg() == 1
    assert not Aanmelding.objects.exists()
    assert not Bericht.objects.filter(email=ADRES).exists()


def test_na_dertig_dagen_weet_niemand_meer_wie_wat_kreeg(secretaris: Any) -> None:
    abonnement = volg()
    op = nu()
    editie = Editie.objects.create(
        ritme="nieuwsupdate", nummer=1, van=op - timedelta(days=14), tot=op, vrijgegeven_op=op, verstuurd_op=op
    )
    Verzending.objects.create(editie=editie, abonnement=abonnement, sleutels=["advies:adv-1"])
    for dagen, over in ((29, 1), (31, 0)):
        with time_machine.travel(op + timedelta(days=dagen), tick=False):
            volgen.veeg()
        assert Verzending.objects.count() == over
    assert Abonnement.objects.filter(pk=abonnement.pk).exists(), "wie volgt, volgt nog"
