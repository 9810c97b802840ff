"""Journalisten onder embargo: toegelaten, na hun belofte, op naam, en nooit een tel te vroeg of te lang."""

import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from adviezen.actions import perslezers as acties
from adviezen.actions.aanbieding import bevestig
from adviezen.actions.pers import schrijf_persbericht
from adviezen.enums import SoortVersie, Stap
from adviezen.models import Adviesaanvraag, Perslezer
from adviezen.queries.antwoorden import leesbare_versies
from adviezen.queries.pers import Persstand, eigen, stand_van
from berichten.mails import bouw as bouw_mail
from berichten.mails import verbinding
from berichten.models import Bericht
from berichten.opmaak import NietMeerNodig
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu, vandaag
from logboek.models import Gebeurtenis, Inzage
from raad.actions import leg_contact_vast
from stukken.models import PdfOpdracht
from tests.adviezen import bouw
from tests.adviezen.aanbieden import PDF, alles_klaar, bied_aan, zet_klaar
from tests.adviezen.test_pers import GOED
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import heeft, hoedanigheden, vergeet

pytestmark = pytest.mark.django_db
WACHTWOORD = "een lange zin om te onthouden"


def begin(wereld):
    return bouw.traject_op(Stap.AANBIEDING, wereld)


def laat_toe(cast, **anders):
    velden = {"email": "pers@krant.test", "naam": "P. Pers (voorbeeld)", "medium": "De Krant (voorbeeld)"}
    return acties.laat_perslezer_toe(traject=cast.vers(), door=anders.pop("door", cast.secretaris), **(velden | anders))


def stand(lezer):
    return stand_van(eigen(lezer.gebruiker, lezer.pk))


def ingelogd(gebruiker):
    client = Client()
    client.force_login(gebruiker)
    return client


def test_de_link_werkt_een_keer_en_zegt_niets_over_het_advies(cast):
    alles_klaar(cast, embargo_tot=nu() + timedelta(days=1))
    scherm = ingelogd(cast.secretaris)
    adres = f"/werk/trajecten/{cast.traject.slug}/aanbieding/perslezers/"
    fout = scherm.post(adres, {"email": "pers@krant.test", "naam": "", "medium": "De Krant (voorbeeld)"})
    assert fout.status_code == 422
    assert "Vul de naam van de journalist in" in fout.content.decode()
    goed = {"email": "pers@krant.test", "naam": "P. Pers (voorbeeld)", "medium": "De Krant (voorbeeld)"}
    assert scherm.post(adres, goed).status_code == 302
    lezer = Perslezer.objects.get()
    bericht = Bericht.objects.get(feit=f"adviezen.laat_perslezer_toe:{lezer.pk}:0")
    brief = bouw_mail(bericht, verbinding()).body
    assert cast.traject.titel not in brief
    link = re.search(r"/pers/uitnodiging/[^\s/]+/", brief).group()
    assert link.split("/")[-2] not in f"{bericht.pad}{bericht.tekst}"
    blad = Client()
    assert cast.traject.titel not in blad.get(link).content.decode()
    assert blad.get(link)["Referrer-Policy"] == "strict-origin"
    invoer = {"wachtwoord": WACHTWOORD, "nogmaals": WACHTWOORD}
    assert blad.post(link, invoer).status_code == 422, "zonder belofte komt niemand binnen"
    binnen = blad.post(link, {**invoer, "akkoord": "on"}, follow=True)
    assert binnen.redirect_chain[-1][0] == f"/pers/{lezer.pk}/"
    assert "Embargo tot" in binnen.content.decode()
    assert Client().get(link).status_code == 410
    assert Client().post(link, {**invoer, "akkoord": "on"}).status_code == 410


def test_wat_zonder_embargo_openbaar_werd_is_niet_nog_niet_vrijgegeven(cast):
    """Zijn uitnodiging bracht hem bij "kom later terug", terwijl iedereen het advies al las."""
    lezer = laat_toe(cast)
    alles_klaar(cast)
    bied_aan(cast)
    client = ingelogd(lezer.gebruiker)
    assert "nog niet vrijgegeven" in client.get(f"/pers/{lezer.pk}/").content.decode()
    with time_machine.travel(nu() + timedelta(minutes=11)):
        client = ingelogd(lezer.gebruiker)
        blad, lijst = (client.get(pad).content.decode() for pad in (f"/pers/{lezer.pk}/", "/pers/"))
    assert "openbaar" in lijst
    assert "sinds" not in lijst
    assert "staat nu voor iedereen op de site" in blad
    assert "Het embargo is voorbij" not in blad


def test_hij_leest_pas_na_bevestiging_en_belofte_en_niet_na_het_embargo(cast):
    lezer = laat_toe(cast)
    assert stand(lezer) == Persstand.WACHT
    schrijf_persbericht(traject=cast.vers(), versie=None, door=cast.secretaris, **GOED)
    tot = nu() + timedelta(days=1)
    alles_klaar(cast, embargo_tot=tot)
    client = ingelogd(lezer.gebruiker)
    adres = f"/pers/{lezer.pk}/"
    beloven = client.get(adres).content.decode()
    assert "Aanvaard het embargo" in beloven
    assert cast.vers().advies.titel not in beloven
    assert client.post(adres, {}).status_code == 422
    assert client.post(adres, {"akkoord": "on"}).status_code == 302
    voor = Inzage.objects.count()
    antwoord = client.get(adres)
    tekst = antwoord.content.decode()
    for stuk in ("Exemplaar van P. Pers (voorbeeld) (De Krant (voorbeeld))", cast.traject.advies.titel, GOED["titel"]):
        assert stuk in tekst, stuk
    assert "no-store" in antwoord["Cache-Control"]
    assert Inzage.objects.count() == voor + 1, "elke keer lezen staat vast"
    assert GOED["titel"] in client.post(adres, {"akkoord": "on"}).content.decode(), "de belofte nog eens verstuurd"
    assert Inzage.objects.count() == voor + 2, "ook zo las hij haar"
    # Wie iets wijzigt, haalt de bevestiging weg: dan leest niemand.
    schrijf_persbericht(traject=cast.vers(), versie=None, door=cast.secretaris, **(GOED | {"titel": "Anders"}))
    assert stand(lezer) == Persstand.WACHT
    assert GOED["titel"] not in client.get(adres).content.decode()
    bevestig(traject=cast.vers(), versie=None, door=cast.tweede)
    bied_aan(cast)
    assert stand(lezer) == Persstand.OPEN
    with time_machine.travel(tot, tick=False):
        assert stand(lezer) == Persstand.VOORBIJ
        openbaar = f'href="/adviezen/{cast.vers().advies.jaar}/{cast.vers().advies.kenmerk}/"'
        for pad in ("/pers/", adres):  # daarna wijst de lijst naar wat iedereen leest
            assert openbaar in ingelogd(lezer.gebruiker).get(pad).content.decode(), pad


def test_geen_link_op_zijn_bladzijde_is_dood(cast):
    """De PDF en het persbericht voor iedereen zijn er nog niet; zijn bladzijde wijst naar wat hij wel heeft."""
    lezer = laat_toe(cast)
    schrijf_persbericht(traject=cast.vers(), versie=None, door=cast.secretaris, **GOED)
    alles_klaar(cast, embargo_tot=nu() + timedelta(days=1))
    bied_aan(cast)
    acties.aanvaard_embargo(lezer=lezer, door=lezer.gebruiker)
    client, adres = ingelogd(lezer.gebruiker), f"/pers/{lezer.pk}/"
    blad = client.get(adres).content.decode()
    links = {urljoin(adres, link) for link in re.findall(r'href="([^"]+)"', blad)}
    binnen = {link for link in links if link.startswith("/") and not link.startswith("/static/")}
    namen = {link.partition("#")[2] for link in binnen if link.partition("#")[0] == adres} - {""}
    assert namen >= {"kop-exemplaar", "persbericht"}
    assert {naam for naam in namen if f'id="{naam}"' not in blad} == set()
    assert ">Aangeboden<" in blad.replace(" ", "").replace("\n", "")
    assert "Aangeboden en openbaar" not in blad, "dat is het nog niet"
    dood = {link for link in binnen if client.get(link.partition("#")[0]).status_code >= 400}
    assert dood == set()


def test_de_pdf_draagt_naam_medium_en_embargo_en_is_alleen_de_zijne(cast):
    lezer, ander = laat_toe(cast), laat_toe(cast, email="b@blad.test", naam="B. Blad (voorbeeld)")
    alles_klaar(cast, embargo_tot=nu() + timedelta(days=1))
    client = ingelogd(lezer.gebruiker)
    assert client.post(f"/pers/{lezer.pk}/pdf/").status_code == 404, "eerst de belofte"
    for een in (lezer, ander):
        acties.aanvaard_embargo(lezer=een, door=een.gebruiker)
    assert client.post(f"/pers/{lezer.pk}/pdf/").status_code == 302
    opdracht = PdfOpdracht.objects.get(onderwerp=f"pers:{lezer.pk}")
    assert opdracht.invoer["merk"] == "EMBARGO"
    assert opdracht.invoer["lezer"].startswith("P. Pers (voorbeeld) (De Krant (voorbeeld)), onder embargo tot ")
    PdfOpdracht.objects.claim(opdracht.pk).rond_af(PDF)
    assert b"".join(client.get(f"/pers/{lezer.pk}/pdf/bestand/")).startswith(b"%PDF")
    for pad in ("", "pdf/", "pdf/bestand/"):
        assert client.get(f"/pers/{ander.pk}/{pad}").status_code == 404, pad
        assert ingelogd(ander.gebruiker).get(f"/pers/{lezer.pk}/{pad}").status_code == 404, pad


def test_na_een_wijziging_haalt_hij_niet_het_exemplaar_van_daarvoor(cast):
    """Het oude draagt op elke bladzijde een embargo dat niet meer geldt: wie dat volgt, publiceert te vroeg."""
    lezer = laat_toe(cast)
    alles_klaar(cast, embargo_tot=nu() + timedelta(days=1))
    acties.aanvaard_embargo(lezer=lezer, door=lezer.gebruiker)
    client, adres = ingelogd(lezer.gebruiker), f"/pers/{lezer.pk}/"
    client.post(f"{adres}pdf/")
    PdfOpdracht.objects.claim(PdfOpdracht.objects.get(onderwerp=f"pers:{lezer.pk}").pk).rond_af(PDF)
    assert b"".join(client.get(f"{adres}pdf/bestand/")).startswith(b"%PDF")
    zet_klaar(cast, embargo_tot=nu() + timedelta(days=2))
    bevestig(traject=cast.vers(), versie=None, door=cast.tweede)
    assert client.get(f"{adres}pdf/bestand/").status_code == 404
    for pad in (adres, f"{adres}pdf/"):
        assert f"{adres}pdf/bestand/" not in client.get(pad).content.decode(), pad
    client.post(f"{adres}pdf/")
    nieuw = PdfOpdracht.objects.filter(onderwerp=f"pers:{lezer.pk}").latest("pk")
    PdfOpdracht.objects.claim(nieuw.pk).rond_af(PDF)
    assert b"".join(client.get(f"{adres}pdf/bestand/")).startswith(b"%PDF")


def test_stoppen_werkt_meteen_en_neemt_de_rol_weg(cast):
    lezer = laat_toe(cast)
    alles_klaar(cast, embargo_tot=nu() + timedelta(days=1))
    acties.aanvaard_embargo(lezer=lezer, door=lezer.gebruiker)
    client = ingelogd(lezer.gebruiker)
    assert client.get(f"/pers/{lezer.pk}/").status_code == 200
    bericht = Bericht.objects.get(feit=f"adviezen.laat_perslezer_toe:{lezer.pk}:0")
    adres = f"/werk/trajecten/{cast.traject.slug}/aanbieding/perslezers/{lezer.pk}/stop/"
    assert ingelogd(cast.secretaris).post(adres, {"reden": "Te vroeg gepubliceerd."}).status_code == 302
    assert client.get(f"/pers/{lezer.pk}/").status_code == 404
    vergeet(lezer.gebruiker)
    assert not heeft(Gebruiker.objects.get(pk=lezer.gebruiker.pk), Rol.PERS)
    with pytest.raises(NietMeerNodig):
        bouw_mail(bericht, verbinding())
    with pytest.raises(GeenToegang):
        acties.aanvaard_embargo(lezer=lezer, door=lezer.gebruiker)
    assert "Te vroeg gepubliceerd." in ingelogd(cast.secretaris).get(adres.rsplit("/", 3)[0] + "/").content.decode()


def test_wie_er_niet_over_gaat_laat_niemand_toe_en_wie_lid_is_leest_niet_als_pers(cast, buitenstaander):
    with pytest.raises(GeenToegang):
        laat_toe(cast, door=buitenstaander)
    with pytest.raises(InvoerFout) as fout:
        laat_toe(cast, email=cast.tweede.email)
    assert fout.value.veld == "email"
    lezer = laat_toe(cast)
    with pytest.raises(InvoerFout, match="al toegelaten"):
        laat_toe(cast, email="PERS@krant.test")
    assert {h.rol for h in hoedanigheden(Gebruiker.objects.get(pk=lezer.gebruiker.pk))} == {Rol.PERS}
    client = ingelogd(lezer.gebruiker)
    assert client.get("/thuis/").headers["Location"] == "/pers/"
    Adviesaanvraag.objects.filter(traject=cast.traject).update(niet_openbaar_grond="vertrouwelijk")
    assert not Adviesaanvraag.objects.zichtbaar_voor(Gebruiker.objects.get(pk=lezer.gebruiker.pk)).exists()
    for pad in ("/werk/", f"/werk/trajecten/{cast.traject.slug}/"):
        assert client.get(pad).status_code == 404, pad


def test_zonder_embargo_leest_niemand(cast):
    lezer = laat_toe(cast)
    alles_klaar(cast)
    assert stand(lezer) == Persstand.WACHT
    bied_aan(cast)
    assert stand(lezer) == Persstand.WACHT


def test_toelaten_vraagt_een_medium_en_kan_alleen_in_stap_8(cast):
    """Het medium staat op zijn exemplaar: zonder is een uitgelekte PDF van niemand."""
    with pytest.raises(InvoerFout) as fout:
        laat_toe(cast, medium="  ")
    assert fout.value.veld == "medium"
    elders = bouw.traject_op(Stap.VASTSTELLING, cast.wereld)
    with pytest.raises(InvoerFout, match="alleen in stap 8"):
        laat_toe(elders)
    assert not Perslezer.objects.exists()
    assert not Gebruiker.objects.filter(email="pers@krant.test").exists()


def test_twee_keer_stoppen_of_beloven_schrijft_een_keer(cast):
    """Het logboek zegt wie het eerst stopte en waarom; een tweede druk mag dat niet overschrijven."""
    lezer = laat_toe(cast)
    alles_klaar(cast, embargo_tot=nu() + timedelta(days=1))
    for _ in range(2):
        acties.aanvaard_embargo(lezer=lezer, door=lezer.gebruiker)
    assert Gebeurtenis.objects.filter(soort="adviezen.aanvaard_embargo").count() == 1
    acties.stop_perslezer(lezer=lezer, door=cast.secretaris, reden="Te vroeg gepubliceerd.")
    gestopt = acties.stop_perslezer(lezer=lezer, door=cast.raadssecretaris, reden="Iets anders.")
    assert (gestopt.gestopt_door, gestopt.stop_reden) == (cast.secretaris, "Te vroeg gepubliceerd.")
    assert Gebeurtenis.objects.filter(soort="adviezen.stop_perslezer").count() == 1


def test_een_exemplaar_is_er_alleen_terwijl_hij_leest(cast):
    """Ook wie het adres van zijn PDF bewaarde, krijgt haar niet voor zijn belofte en niet na het embargo."""
    lezer = laat_toe(cast)
    with pytest.raises(GeenToegang):
        acties.vraag_persexemplaar(lezer=eigen(lezer.gebruiker, lezer.pk))
    alles_klaar(cast, embargo_tot=nu() + timedelta(days=1))
    with pytest.raises(GeenToegang):
        acties.vraag_persexemplaar(lezer=eigen(lezer.gebruiker, lezer.pk))
    acties.aanvaard_embargo(lezer=lezer, door=lezer.gebruiker)
    with time_machine.travel(nu() + timedelta(days=2)), pytest.raises(GeenToegang):
        acties.vraag_persexemplaar(lezer=eigen(lezer.gebruiker, lezer.pk))
    assert not PdfOpdracht.objects.filter(onderwerp=f"pers:{lezer.pk}").exists()
    assert acties.vraag_persexemplaar(lezer=eigen(lezer.gebruiker, lezer.pk)).onderwerp == f"pers:{lezer.pk}"


def test_een_mislukt_exemplaar_vraagt_hij_zelf_opnieuw(cast):
    lezer = laat_toe(cast)
    alles_klaar(cast, embargo_tot=nu() + timedelta(days=1))
    acties.aanvaard_embargo(lezer=lezer, door=lezer.gebruiker)
    client, adres = ingelogd(lezer.gebruiker), f"/pers/{lezer.pk}/pdf/"
    assert client.get(f"{adres}bestand/").status_code == 404, "er is nog niets gevraagd"
    client.post(adres)
    PdfOpdracht.objects.filter(onderwerp=f"pers:{lezer.pk}").update(status="mislukt", fout="Pango ontbreekt.")
    kijk = client.get(adres)
    assert (kijk.status_code, "Pango ontbreekt." in kijk.content.decode()) == (200, True)
    assert client.post(adres).status_code == 302
    assert PdfOpdracht.objects.get(onderwerp=f"pers:{lezer.pk}").status == "wacht"


def test_onder_embargo_is_het_advies_voor_elke_lezer_nog_vertrouwelijk(cast):
    """Aangeboden is nog niet openbaar: het exemplaar draagt het merk, en wie leest staat in het leeslog."""
    straks = nu() + timedelta(days=1)
    alles_klaar(cast, embargo_tot=straks)
    bied_aan(cast)
    versie = cast.vers().versies.filter(soort="vastgesteld").last()
    adres, gelezen = reverse("lezen:html", kwargs={"pk": versie.pk}), Inzage.objects.filter(object_id=str(versie.pk))
    assert "VERTROUWELIJK" in ingelogd(cast.secretaris).get(adres).content.decode()
    assert gelezen.count() == 1
    with time_machine.travel(straks + timedelta(minutes=1), tick=False):
        assert "VERTROUWELIJK" not in ingelogd(cast.secretaris).get(adres).content.decode()
    assert gelezen.count() == 1


def test_een_organisatie_leest_het_advies_onder_embargo_nog_niet_in_het_antwoord_op_haar_punt(cast):
    """Wat er met een punt gebeurde toonde bij het aanbieden al de woorden van het advies, voor de pers ze las."""
    straks, lezer = nu() + timedelta(days=1), cast.deelname("FNV").contact

    def leest():
        rijen = leesbare_versies(cast.vers(), Gebruiker.objects.get(pk=lezer.pk))
        return any(versie.soort == SoortVersie.VASTGESTELD for versie in rijen)

    alles_klaar(cast, embargo_tot=straks)
    bied_aan(cast)
    assert not leest()
    with time_machine.travel(straks + timedelta(minutes=1), tick=False):
        assert leest()


def test_een_journalist_wordt_geen_coordinator(cast, wereld):
    """Met één klik las hij wat een organisatie intern schrijft, en kon hij in haar naam indienen."""
    lezer = laat_toe(cast)
    organisatie = wereld.raad.organisaties["FNV"]
    with pytest.raises(InvoerFout, match="van de pers") as fout:
        leg_contact_vast(gebruiker=lezer.gebruiker, organisatie=organisatie, van=vandaag(), door=cast.secretaris)
    assert fout.value.veld == "gebruiker"
