"""Een meelezer zonder account: uitgenodigd per e-mail, met een link die één keer werkt."""

import re

import pytest
from django.urls import reverse

from adviezen.actions import organisatie as acties
from adviezen.enums import Stap
from adviezen.models import Achterbanberaad, Meelezer
from adviezen.queries.uitnodiging import code_voor
from berichten.mails import bouw as bouw_mail
from berichten.mails import verbinding
from berichten.models import Bericht
from berichten.opmaak import NietMeerNodig
from kern.fouten import InvoerFout
from kern.tijd import nu
from tests.adviezen import bouw
from tests.adviezen.hulp import deelnamepad as pad
from tests.adviezen.test_nieuw import over
from toegang.models import Gebruiker

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)


@pytest.fixture
def fnv(cast):
    return cast.deelname("FNV")


WACHTWOORD = "een lange zin om te onthouden"


def nodig_uit(als, fnv, **anders):
    velden = {"email": "Nieuw.Mens@voorbeeld.test", "naam": "Nieuw Mens (voorbeeld)"} | anders
    return als(fnv.contact).post(pad(fnv, "meelezer"), velden)


def test_een_collega_zonder_account_komt_met_een_eenmalige_link_binnen(als, cast, fnv, client):
    zonder_naam = nodig_uit(als, fnv, naam="")
    assert (zonder_naam.status_code, "Vul de naam" in zonder_naam.content.decode()) == (422, True)
    assert not Gebruiker.objects.filter(email="nieuw.mens@voorbeeld.test").exists()
    assert nodig_uit(als, fnv).status_code == 302
    rij = Meelezer.objects.get(gebruiker__email="nieuw.mens@voorbeeld.test")
    # De postbus bewaart geen toegang; de link staat alleen in de e-mail zelf.
    bericht = Bericht.objects.get(feit__startswith=f"adviezen.laat_meelezen:{rij.pk}:")
    brief = bouw_mail(bericht, verbinding()).body
    link = re.search(r"/organisatie/uitnodiging/nieuw/[^\s/]+/", brief).group()
    assert link.split("/")[-2] not in f"{bericht.pad}{bericht.tekst}{bericht.onderwerp}"
    assert cast.traject.titel not in brief
    # Kijken verbruikt niets, en laat van het traject niets zien.
    for _ in range(2):
        blad = client.get(link)
        assert (blad.status_code, blad["Referrer-Policy"]) == (200, "strict-origin")
        assert cast.traject.titel not in blad.content.decode()
    zwak = client.post(link, {"wachtwoord": "kort", "nogmaals": "kort", "akkoord": "on"})
    assert (zwak.status_code, "kort" in zwak.content.decode()) == (422, True)
    velden = {"wachtwoord": WACHTWOORD, "nogmaals": WACHTWOORD}
    assert "Zonder deze belofte" in client.post(link, velden).content.decode()
    assert "niet gelijk" in client.post(link, velden | {"nogmaals": "x", "akkoord": "on"}).content.decode()
    assert not rij.gebruiker.has_usable_password()
    binnen = client.post(link, velden | {"akkoord": "on"})
    assert (binnen.status_code, binnen.url) == (302, pad(fnv))
    assert client.get(pad(fnv, "tekst")).status_code == 200
    rij.refresh_from_db()
    assert rij.geheimhouding_op is not None
    assert Gebruiker.objects.get(pk=rij.gebruiker_id).check_password(WACHTWOORD)
    # Daarna werkt de link niet meer, ook niet twee keer tegelijk, en de e-mail zou de gewone link geven.
    assert client.get(link).status_code == 410
    with pytest.raises(InvoerFout, match="al gebruikt"):
        acties.neem_uitnodiging_aan(code=link.split("/")[-2], wachtwoord=WACHTWOORD)
    assert f"/organisatie/uitnodiging/{rij.pk}/" in bouw_mail(bericht, verbinding()).body


def test_een_link_die_vervalt_zegt_niets_over_wie_er_gevraagd_was(als, fnv, client):
    nodig_uit(als, fnv)
    rij = Meelezer.objects.get(gebruiker__email="nieuw.mens@voorbeeld.test")
    adres = reverse("organisatie:uitnodiging_nieuw", kwargs={"code": code_voor(rij)})
    vals = reverse("organisatie:uitnodiging_nieuw", kwargs={"code": "WzEsImEiXQ:1tAAAA:vals"})
    with over(days=15):
        te_oud = client.get(adres)
    acties.stop_meelezen(meelezer=rij, deelname=fnv, door=fnv.contact)
    gestopt = client.get(adres)
    assert te_oud.status_code == gestopt.status_code == client.get(vals).status_code == 410
    assert "Deze link werkt niet meer" in gestopt.content.decode()
    assert "FNV" not in gestopt.content.decode()
    with pytest.raises(NietMeerNodig):
        bouw_mail(Bericht.objects.get(feit__startswith=f"adviezen.laat_meelezen:{rij.pk}:"), verbinding())
    # Opnieuw uitnodigen kan; het account bestaat al en krijgt een nieuwe link.
    assert nodig_uit(als, fnv, naam="").status_code == 302
    assert Gebruiker.objects.filter(email="nieuw.mens@voorbeeld.test").count() == 1
    # Wie voor een ander werkt, komt hier niet binnen.
    ander = nodig_uit(als, fnv, email=fnv.beraad.traject.secretaris.email)
    assert "kan iemand niet voor uw organisatie" in ander.content.decode()


def test_een_link_van_voor_het_wisselen_van_de_sleutel_werkt_nog(als, fnv, client, settings):
    nodig_uit(als, fnv)
    rij = Meelezer.objects.get(gebruiker__email="nieuw.mens@voorbeeld.test")
    adres, oud = reverse("organisatie:uitnodiging_nieuw", kwargs={"code": code_voor(rij)}), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "nieuw" * 12, [oud]
    assert client.get(adres).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(adres).status_code == 410


def test_beloven_na_het_sluiten_kan_niet_meer_en_zegt_dat(als, cast, fnv):
    collega = bouw.maak_gebruiker("Collega FNV")
    rij = acties.laat_meelezen(deelname=fnv, gebruiker=collega, door=fnv.contact)
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(gesloten_op=nu(), sluit_reden="Klaar.")
    antwoord = als(collega).post(reverse("organisatie:uitnodiging", kwargs={"pk": rij.pk}), {"akkoord": "on"})
    assert (antwoord.status_code, "Deze ronde is gesloten" in antwoord.content.decode()) == (422, True)
    rij.refresh_from_db()
    assert rij.geheimhouding_op is None
    assert als(collega).get(pad(fnv)).status_code == 404
