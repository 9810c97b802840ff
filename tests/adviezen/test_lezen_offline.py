"""Lezen zonder verbinding, in een echte browser tegen een echte server: bewaren, opmerken, versturen, wissen."""

import re
import threading
from contextlib import suppress

import pytest
from django.db import connections
from django.urls import reverse
from playwright.sync_api import Locator, expect

from adviezen.enums import Stap
from adviezen.models import Leesstand, Opmerking, VoorlopigStandpunt
from logboek.models import Inzage
from tests.adviezen import bouw
from tests.reis.mens import gezelschap

pytestmark = pytest.mark.browser

WACHTWOORD = "een-lang-wachtwoord-2026"


@pytest.fixture
def lezers(transactional_db, live_server, settings, monkeypatch):
    """Twee commissieleden met een wachtwoord en een concept om te lezen, in een echte browser."""
    settings.VOORBEELD = True
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright houdt in deze draad een lus open
    cast = bouw.traject_op(Stap.CONCEPT, bouw.maak_wereld())
    versie = bouw.versie(cast)
    for naam, adres in (("FNV 2", "een"), ("VNO-NCW 2", "ander")):
        account = cast.wereld.account(naam)
        account.email = f"{adres}@voorbeeld.test"
        account.set_password(WACHTWOORD)
        account.save()
    with gezelschap(live_server.url, WACHTWOORD) as mensen:
        yield mensen, reverse("lezen:versie", kwargs={"pk": versie.pk})
        connections.close_all()
    for draad in threading.enumerate():
        if "process_request_thread" in draad.name:
            draad.join(10)


def banken(blad):
    return blad.evaluate("indexedDB.databases().then(d => d.map(x => x.name))")


def inhoud(blad):
    """Alles wat er op het apparaat staat, zoals iemand zonder sleutel het ziet."""
    return blad.evaluate(
        """async () => {
          const uit = [];
          for (const {name} of await indexedDB.databases()) {
            const bank = await new Promise(g => { const v = indexedDB.open(name); v.onsuccess = () => g(v.result); });
            for (const vak of ["bladen", "wachtrij"]) {
              const rijen = await new Promise(g => {
                const v = bank.transaction(vak).objectStore(vak).getAll(); v.onsuccess = () => g(v.result); });
              uit.push(...rijen.map(r => new TextDecoder().decode(r.data)));
            }
            const sleutel = await new Promise(g => {
              const v = bank.transaction("sleutel").objectStore("sleutel").get("nu");
              v.onsuccess = () => g(v.result); });
            uit.push("afgeven: " + sleutel.extractable);
            bank.close();
          }
          return uit.join("\\n");
        }"""
    )


def test_in_de_trein_lezen_en_opmerken_en_daarna_een_keer_versturen(lezers):
    mensen, adres = lezers
    een = mensen("een")
    blad, context = een.blad, een.context
    blad.goto(adres)
    blad.wait_for_selector("html[data-bewaard]")
    een.fouten.clear()
    context.set_offline(True)
    blad.goto(adres)
    expect(blad.locator("#leesstatus")).to_contain_text("Geen verbinding. U leest de bladzijde zoals die op")
    expect(blad.get_by_text("De raad adviseert").first).to_be_visible()
    # De bladzijde zonder verbinding staat onder dezelfde CSP: een script in de bladzijde loopt niet.
    blad.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: 'window.stuk = 1'}))")
    assert blad.evaluate("window.stuk") is None
    blad.locator(".passage-daad [data-opmerken]").first.click()
    blad.locator("form.opmerkformulier [name=tekst]").fill("In de trein geschreven.")
    blad.get_by_label("de commissie", exact=True).check()
    blad.get_by_role("button", name="Plaats de opmerking").click()
    expect(blad.locator("#leesstatus")).to_contain_text("1 opmerking wacht op verbinding.")
    gelezen = inhoud(blad)
    assert "afgeven: false" in gelezen
    assert "De raad adviseert" not in gelezen
    assert "In de trein geschreven" not in gelezen
    # De wachtrij overleeft een verversing; het gaat precies één keer weg, ook met twee vensters open.
    blad.goto(adres)
    expect(blad.locator("#leesstatus")).to_contain_text("In de trein geschreven.")
    context.set_offline(False)
    tweede = context.new_page()
    tweede.goto(adres)
    blad.goto(adres)
    for venster in (blad, tweede):
        expect(venster.locator("#leesstatus")).not_to_contain_text("wacht op verbinding")
    assert Opmerking.objects.filter(tekst="In de trein geschreven.").count() == 1
    blad.reload()
    expect(blad.locator(".opmerking", has_text="In de trein geschreven.")).to_be_visible()
    # Wie uitlogt, laat niets achter.
    blad.locator("details.gebruiker summary").click()
    blad.get_by_role("button", name="Uitloggen").click()
    blad.wait_for_url(f"{mensen.adres}/")
    assert banken(blad) == []
    assert blad.evaluate("navigator.serviceWorker.getRegistrations().then(r => r.length)") == 0


def test_een_ander_op_hetzelfde_apparaat_ziet_niets(lezers):
    mensen, adres = lezers
    een = mensen("een")
    blad, context = een.blad, een.context
    blad.goto(adres)
    blad.wait_for_selector("html[data-bewaard]")
    een.fouten.clear()
    context.set_offline(True)
    blad.goto(adres)
    blad.locator(".passage-daad [data-opmerken]").first.click()
    blad.locator("form.opmerkformulier [name=tekst]").fill("Van de eerste lezer.")
    blad.get_by_role("button", name="Plaats de opmerking").click()
    expect(blad.locator("#leesstatus")).to_contain_text("1 opmerking wacht")
    context.set_offline(False)
    # De sessie is verlopen zonder uitloggen, en een ander logt in.
    context.clear_cookies()
    een.fouten.clear()
    een.log_in("ander@voorbeeld.test", WACHTWOORD)
    blad.goto("/lezen/")
    blad.wait_for_selector("html[data-bewaard]")
    context.set_offline(True)
    blad.goto(adres)
    expect(blad.get_by_text("Deze bladzijde staat niet op dit apparaat.")).to_be_visible()
    context.set_offline(False)
    blad.goto(adres)
    expect(blad.locator("body")).not_to_contain_text("Van de eerste lezer.")
    assert not Opmerking.objects.filter(tekst="Van de eerste lezer.").exists()
    # Komt de eerste terug, dan gaat zijn opmerking alsnog onder zijn eigen naam weg.
    context.clear_cookies()
    een.fouten.clear()
    een.log_in("een@voorbeeld.test", WACHTWOORD)
    blad.goto(adres)
    for _ in range(120):  # het versturen begint op de eerste leesbladzijde, welke dat ook is
        if Opmerking.objects.filter(tekst="Van de eerste lezer.").exists():
            break
        blad.wait_for_timeout(250)
    assert Opmerking.objects.get(tekst="Van de eerste lezer.").auteur.email == "een@voorbeeld.test"


def volg(link: Locator, doel: Locator) -> None:
    """Druk Enter op een link binnen de bladzijde tot zij haar doel aanwijst.

    Na een sprong zet de browser de focus even later terug; een toets die juist dan komt, valt naast de link.
    """
    for _ in range(4):
        link.press("Enter")
        with suppress(AssertionError):
            expect(doel).to_have_count(1, timeout=3_000)
            return
    raise AssertionError(f"{link} wijst {doel} niet aan")


BEDEKT = """() => { const r = document.activeElement.getBoundingClientRect();
  const balk = document.querySelector(".voetbalk").getBoundingClientRect();
  return document.activeElement !== document.body && !document.activeElement.closest(".voetbalk")
    && r.height > 0 && r.top + Math.min(24, r.height) > balk.top + 1; }"""


def test_met_alleen_het_toetsenbord_en_zonder_script(lezers):
    """Lezen, opmerken bij woorden en antwoorden: eerst zonder muis, dan in een browser zonder JavaScript."""
    mensen, adres = lezers
    een = mensen("een")
    blad = een.blad
    gevraagd: list[str] = []
    blad.on("dialog", lambda vraag: (gevraagd.append(vraag.type), vraag.accept()))
    for breed in (360, 1280):
        blad.set_viewport_size({"width": breed, "height": 740})
        blad.goto(adres)
        for _ in range(70):
            blad.keyboard.press("Tab")
            assert not blad.evaluate(BEDEKT), f"{breed}: " + blad.evaluate("document.activeElement.outerHTML")
    blad.goto(adres)
    for _ in range(60):
        blad.keyboard.press("Tab")
        if blad.evaluate("document.activeElement.matches('.passage-daad [data-opmerken]')"):
            break
    blad.keyboard.press("Enter")
    expect(blad.locator("form.opmerkformulier [name=tekst]")).to_be_focused()
    expect(blad.locator("form.opmerkformulier")).to_contain_text(re.compile(r"^\s*Bij alinea \d+: \w"))
    blad.keyboard.type("Met het toetsenbord.")
    blad.keyboard.press("Tab")
    blad.keyboard.type("De raad adviseert")
    for _ in range(12):
        blad.keyboard.press("Tab")
        if blad.evaluate("document.activeElement.matches('form.opmerkformulier button[type=submit]')"):
            break
    blad.keyboard.press("Enter")
    expect(blad.locator("mark.aanhaling")).to_have_text("De raad adviseert")
    assert gevraagd == [], "wat geplaatst is, is geen onverzonden tekst"
    # De wijzer in de tekst en het nummer bij de opmerking gaan heen en weer.
    volg(blad.locator(".aanhaling-wijzer"), blad.locator(".opmerking:target"))
    volg(blad.locator(".opmerking:target .opmerking-nummer"), blad.locator(".aanhaling-wijzer:target"))
    een.kijk()

    context = mensen.browser.new_context(
        java_script_enabled=False, base_url=mensen.adres, storage_state=een.context.storage_state(), locale="nl-NL"
    )
    zonder = context.new_page()
    zonder.goto(adres)
    expect(zonder.get_by_text("De raad adviseert").first).to_be_visible()
    zonder.locator(".passage-daad [data-opmerken]").nth(1).click()
    zonder.get_by_label("Opmerking", exact=True).fill("Zonder script.")
    zonder.get_by_label("de commissie", exact=True).check()
    zonder.get_by_role("button", name="Plaats de opmerking").click()
    expect(zonder.locator(".opmerking", has_text="Zonder script.")).to_be_visible()
    zonder.locator(".opmerking", has_text="Zonder script.").locator("summary").click()
    zonder.locator(".opmerking", has_text="Zonder script.").locator("textarea").fill("En een antwoord.")
    zonder.locator(".opmerking", has_text="Zonder script.").get_by_role("button", name="Plaats antwoord").click()
    expect(zonder.get_by_text("En een antwoord.")).to_be_visible()
    zonder.goto(f"{adres}?mij=1&stand=open")
    expect(zonder.locator(".opmerking")).to_have_count(2)
    context.close()
    assert Opmerking.objects.get(tekst="Met het toetsenbord.").citaat == "De raad adviseert"


def test_woorden_selecteren_met_de_muis(lezers):
    mensen, adres = lezers
    blad = mensen("een").blad
    blad.goto(adres)
    blad.evaluate(
        """() => {
          const p = document.querySelector(".passage-tekst p").firstChild, r = document.createRange();
          r.setStart(p, 3); r.setEnd(p, 7);
          getSelection().removeAllRanges(); getSelection().addRange(r);
        }"""
    )
    blad.get_by_role("button", name="Opmerking bij deze woorden").click()
    expect(blad.get_by_label("Over welke woorden?")).to_have_value("raad")
    blad.locator("form.opmerkformulier [name=tekst]").fill("Welke raad?")
    blad.get_by_role("button", name="Plaats de opmerking").click()
    expect(blad.locator("mark.aanhaling")).to_have_text("raad")
    gemaakt = Opmerking.objects.get()
    assert (gemaakt.begin, gemaakt.einde, gemaakt.voor) == (3, 7, "De ")


def test_vooraf_op_het_apparaat_en_zonder_verbinding_zien_wat_er_staat(lezers):
    """Alleen wat men toevallig opende stond er; wat er niet stond gaf een kale bladzijde, of die van de browser."""
    mensen, adres = lezers
    een = mensen("een")
    blad, context = een.blad, een.context
    blad.goto("/lezen/")
    vak = blad.locator("#op-apparaat")
    expect(vak).to_contain_text("0 van 2 staan op dit apparaat.")
    vak.get_by_role("button", name="Zet deze stukken op dit apparaat").click()
    expect(vak).to_contain_text("Alles staat op dit apparaat.")
    expect(blad.locator("#te-lezen ~ .lijst .merk-apparaat")).to_have_text("op dit apparaat")
    assert not Leesstand.objects.exists(), "op het apparaat gezet is niet gelezen"
    assert Inzage.objects.exists(), "opgehaald is wel ingezien"
    blad.wait_for_selector("html[data-bewaard]")
    een.fouten.clear()
    context.set_offline(True)
    blad.goto(adres)
    expect(blad.get_by_text("De raad adviseert").first).to_be_visible()
    for pad in (f"{adres}opmerken/", "/lezen/vergaderingen/", "/lezen/werkprogramma/"):
        blad.goto(pad)
        expect(blad.get_by_role("heading", name="Geen verbinding")).to_be_visible()
        wanneer = re.compile(r"op dit apparaat gezet op \w+ \d+ \w+, \d\d\.\d\d uur")
        expect(blad.locator(".lijst-feit").first).to_contain_text(wanneer)
        assert blad.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Source Sans 3"')
    blad.get_by_role("link", name="Naar uw leeslijst").click()
    expect(blad.locator("#te-lezen ~ .lijst .merk-apparaat")).to_have_text("op dit apparaat")
    # Na veertien dagen weet niemand meer of de lezer dit nog mag lezen.
    over = """async (pad) => {
      const wie = document.querySelector("meta[name=lezer]").content, echt = Date.now, uit = [];
      for (const dagen of [13, 15]) {
        Date.now = () => echt() + dagen * 86400000;
        uit.push(Boolean(await leesopslag.blad(wie, pad)), (await leesopslag.bladen(wie)).length > 0,
          (await leesopslag.staat(wie)).length > 0);
      }
      return uit;
    }"""
    assert blad.evaluate(over, adres) == [True, True, True, False, False, False]


def test_een_browser_die_niet_zegt_wat_er_staat_bewaart_niets(lezers):
    """Wat er staat, kan hij bij uitloggen of een andere lezer ook niet wissen."""
    mensen, adres = lezers
    een = mensen("een")
    een.context.add_init_script("delete IDBFactory.prototype.databases")
    een.blad.goto(adres)
    assert een.blad.evaluate("leesopslag.kan") is False
    een.blad.goto("/lezen/")
    expect(een.blad.get_by_role("heading", level=1)).to_be_visible()
    expect(een.blad.locator("#op-apparaat")).to_be_hidden()
    expect(een.blad.locator("html[data-bewaard]")).to_have_count(0)


def test_wat_zonder_verbinding_getypt_is_staat_er_later_weer_en_gaat_niet_naar_een_ander(lezers):
    """Het scherm sprong naar de kop met "dit kan weer zodra u verbinding heeft"; na verversen was de tekst weg."""
    mensen, adres = lezers
    een = mensen("een")
    blad, context = een.blad, een.context
    blad.on("dialog", lambda vraag: vraag.accept())
    blad.goto(adres)
    blad.wait_for_selector("html[data-bewaard]")
    een.fouten.clear()
    formulier = blad.locator("form.voorlopig-formulier")
    for reis in ("eerst", "weer"):
        context.set_offline(True)
        formulier.get_by_label("afwijkend standpunt").check()
        formulier.get_by_label("Toelichting").fill(f"In de trein, {reis}.")
        formulier.get_by_role("button", name="Bewaar wat ik voorlopig vind").click()
        expect(formulier).to_contain_text("Wat u typte is op dit apparaat bewaard.")
        context.set_offline(False)
        blad.goto(adres)
        expect(formulier).to_contain_text("zonder verbinding. Het is nog niet verstuurd.")
        expect(formulier.get_by_label("Toelichting")).to_have_value(f"In de trein, {reis}.")
        expect(formulier.get_by_label("afwijkend standpunt")).to_be_checked()
        assert not VoorlopigStandpunt.objects.filter(tekst=f"In de trein, {reis}.").exists()
        if reis == "eerst":
            formulier.get_by_role("button", name="Bewaar wat ik voorlopig vind").click()
            expect(blad.get_by_text("Wat u voorlopig vindt is bewaard. Alleen u ziet dit.")).to_be_visible()
            expect(formulier).not_to_contain_text("nog niet verstuurd")
            assert VoorlopigStandpunt.objects.get().tekst == "In de trein, eerst."
    # Een ander op dit apparaat: het concept is weg, ook als de eerste terugkomt.
    for account in ("ander", "een"):
        context.clear_cookies()
        een.fouten.clear()
        een.log_in(f"{account}@voorbeeld.test", WACHTWOORD)
        blad.goto(adres)
        blad.wait_for_selector("html[data-bewaard]")
        expect(blad.locator("main")).not_to_contain_text("nog niet verstuurd")


def test_klaar_met_lezen_wacht_op_wat_er_getypt_staat(lezers):
    """Half een antwoord getypt, "Ik ben klaar met lezen" altijd in beeld: na de vraag van de browser was het weg."""
    mensen, adres = lezers
    blad = mensen("een").blad
    blad.goto(adres)
    blad.locator("form.voorlopig-formulier").get_by_label("Toelichting").fill("Half")
    blad.get_by_role("button", name="Ik ben klaar met lezen").click()
    balk = blad.locator(".voetbalk")
    expect(balk.get_by_role("alert")).to_contain_text("U typte nog iets dat niet is verstuurd.")
    assert blad.url.endswith(adres)
    balk.get_by_role("button", name="Ga erheen").click()
    expect(blad.locator("form.voorlopig-formulier").get_by_label("Toelichting")).to_be_focused()
    blad.get_by_role("button", name="Ik ben klaar met lezen").click()
    balk.get_by_role("button", name="Laat het vervallen").click()
    expect(blad.get_by_text("U bent klaar met lezen.")).to_be_visible()
