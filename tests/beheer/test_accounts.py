"""De beheerder maakt accounts en helpt wie er niet in kan; zelf komt hij er geen dossier mee in."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from beheer import actions
from berichten.actions import verstuur_gereed
from berichten.models import Bericht
from kern.fouten import GeenToegang
from kern.tijd import nu
from logboek.models import Gebeurtenis
from tests.toegang.hulp import WACHTWOORD, is_binnen, log_in
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import heeft

pytestmark = pytest.mark.django_db
NIEUW = {"naam": "J. Nieuw", "email": "J.Nieuw@voorbeeld.test", "reden": "nieuw lid, brief van vandaag"}


@pytest.fixture
def beheerder(maak_gebruiker):
    return maak_gebruiker("B. Beheer", Rol.BEHEERDER)


@pytest.fixture
def algemeen(maak_gebruiker):
    return maak_gebruiker("A. Algemeen", Rol.ALGEMEEN_SECRETARIS)


@pytest.fixture
def als(client, settings):
    settings.VOORBEELD = True  # zonder tweede stap naar binnen
    settings.OPNIEUW_BEVESTIGEN = False

    def log_in_als(wie):
        client.force_login(wie, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in_als


def daad(wie, naam):
    return reverse("beheer:daad", args=[wie.pk, naam])


def post_aan(wie):
    return list(Bericht.objects.filter(ontvanger=wie).values_list("onderwerp", flat=True))


def test_een_nieuw_lid_krijgt_een_account_en_kiest_zelf_een_wachtwoord(als, beheerder, mailoutbox):
    client = als(beheerder)
    antwoord = client.post(reverse("beheer:nieuw"), NIEUW)
    wie = Gebruiker.objects.get(email="j.nieuw@voorbeeld.test")
    assert antwoord.url == reverse("beheer:account", args=[wie.pk])
    assert "password" not in client.get(reverse("beheer:nieuw")).content.decode().lower()
    assert not wie.has_usable_password()
    assert not wie.groups.exists()
    rij = Gebeurtenis.objects.get(soort="toegang.maak_account")
    assert (rij.actor_naam, rij.reden) == ("B. Beheer", NIEUW["reden"])
    assert verstuur_gereed(nu=nu() + timedelta(minutes=9)) == 0, "tien minuten om een verkeerd adres te zien"
    assert verstuur_gereed(nu=nu() + timedelta(minutes=11)) == 1
    brief = mailoutbox[0]
    assert brief.to == [wie.email]
    link = re.search(r"/account/password/reset/key/\S+", brief.body).group()
    nieuwe = Client()
    formulier = nieuwe.get(nieuwe.get(link).url)
    assert formulier.status_code == 200
    assert "Kies een wachtwoord" in formulier.content.decode()
    velden = {"password1": WACHTWOORD, "password2": WACHTWOORD}
    klaar = nieuwe.post(formulier.request["PATH_INFO"], velden, follow=True).content.decode()
    assert f'href="{reverse("account_login")}"' in klaar, "wie nieuw is, ziet waar hij nu heen moet"
    assert "werkt niet meer" in nieuwe.get(link).content.decode()
    log_in(nieuwe, wie.email)
    assert is_binnen(nieuwe)


def test_een_account_dat_meteen_weer_dicht_gaat_krijgt_geen_post(als, beheerder, mailoutbox):
    client = als(beheerder)
    client.post(reverse("beheer:nieuw"), NIEUW)
    wie = Gebruiker.objects.get(email="j.nieuw@voorbeeld.test")
    client.post(daad(wie, "sluit"), {"reden": "verkeerd adres"})
    verstuur_gereed(nu=nu() + timedelta(minutes=11))
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"email": "B@"}, "geldig"),
        ({"email": "bestaat@voorbeeld.test"}, "heeft al een account"),
        ({"email": "tweede@voorbeeld.test"}, "heeft al een account"),
        ({"naam": "x" * 300}, "200"),
        ({"reden": "x"}, "waar een ander iets aan heeft"),
    ],
)
def test_wat_niet_kan_staat_bij_het_veld_en_de_invoer_blijft(als, beheerder, maak_gebruiker, anders, zin):
    ander = maak_gebruiker("E. Ander")
    Gebruiker.objects.filter(pk=ander.pk).update(email="bestaat@voorbeeld.test")
    ander.emailaddress_set.create(email="tweede@voorbeeld.test", verified=True)
    invoer = NIEUW | anders
    antwoord = als(beheerder).post(reverse("beheer:nieuw"), invoer)
    assert antwoord.status_code == 422
    tekst = antwoord.content.decode()
    assert zin in tekst
    assert all(waarde in tekst for waarde in invoer.values())
    assert not Gebruiker.objects.filter(naam=NIEUW["naam"]).exists()


def test_wie_alles_kwijt_is_krijgt_een_link_en_ook_wie_het_wachtwoord_kent_komt_er_niet_in(
    als, beheerder, algemeen, mailoutbox
):
    kwijt = Gebruiker.objects.create_user("kwijt@voorbeeld.test", "K. Kwijt", WACHTWOORD)
    TOTP.activate(kwijt, "JBSWY3DPEHPK3PXP")
    client = als(beheerder)
    client.post(daad(kwijt, "tweede-stap"), {"reden": "aan de balie, met paspoort"})
    dief = Client()
    log_in(dief, kwijt.email)
    assert not is_binnen(dief)
    assert post_aan(kwijt) == ["Uw tweede stap is weggehaald"]
    assert post_aan(algemeen) == ["Van een account is de tweede stap weggehaald"]
    assert verstuur_gereed() == 2, "meteen: wie het niet vroeg, moet het meteen weten"
    eigen = next(brief for brief in mailoutbox if brief.to == [kwijt.email])
    assert "/account/password/reset/key/" in eigen.body
    assert "/key/" not in "".join(Bericht.objects.values_list("pad", flat=True)), "de postbus bewaart geen sleutel"
    nog_eens = client.post(daad(kwijt, "tweede-stap"), {"reden": "nog een keer"})
    assert "heeft geen tweede stap" in nog_eens.content.decode()
    assert Gebeurtenis.objects.filter(soort="toegang.wis_tweede_stap").count() == 1


def test_heropenen_geeft_geen_rol_terug(als, beheerder, algemeen, maak_gebruiker):
    """Anders liet de beheerder een oud-medewerker met zijn oude rol weer binnen, zonder dat iemand dat besliste."""
    oud = maak_gebruiker("O. Oud", Rol.COMMISSIESECRETARIS)
    client = als(beheerder)
    client.post(daad(oud, "sluit"), {"reden": "uit dienst"})
    client.post(daad(oud, "heropen"), {"reden": "weer in dienst"})
    oud = Gebruiker.objects.get(pk=oud.pk)
    assert oud.is_active
    assert not heeft(oud, Rol.SECRETARIAAT)
    assert post_aan(algemeen) == ["Een account is heropend", "Een account is gesloten"]
    assert post_aan(oud) == ["Uw account in het portaal is heropend"]
    assert "al open" in client.post(daad(oud, "heropen"), {"reden": "nog eens"}).content.decode()


def test_de_enige_die_rollen_geeft_blijft_open(als, beheerder, algemeen, maak_gebruiker):
    """Gesloten en heropend is hij zijn rol kwijt, en dan geeft niemand hem die meer terug."""
    client = als(beheerder)
    vooraf = client.get(daad(algemeen, "sluit")).content.decode()
    assert "de enige die rollen geeft" in vooraf, "het scherm zegt het voordat iemand een reden typt"
    assert "<form" not in vooraf.split("<main")[1].split("</main")[0]
    enige = client.post(daad(algemeen, "sluit"), {"reden": "uit dienst"})
    assert enige.status_code == 422
    assert "de enige die rollen geeft" in enige.content.decode()
    assert "uit dienst" in enige.content.decode()
    maak_gebruiker("R. Raads", Rol.RAADSSECRETARIS)
    assert client.post(daad(algemeen, "sluit"), {"reden": "uit dienst"}).status_code == 302


def test_uitloggen_op_afstand_laat_het_account_open(als, beheerder, maak_gebruiker):
    wie = Gebruiker.objects.create_user("wie@voorbeeld.test", "W. Wie", WACHTWOORD)
    toestel = Client()
    log_in(toestel, wie.email)
    assert is_binnen(toestel)
    als(beheerder).post(daad(wie, "zittingen"), {"reden": "laptop gestolen"})
    assert not is_binnen(toestel)
    log_in(toestel, wie.email)
    assert is_binnen(toestel)


def test_een_naam_die_een_ander_net_verbeterde_wordt_niet_overschreven(als, beheerder, maak_gebruiker):
    wie = maak_gebruiker("J. Jansne")
    client = als(beheerder)
    goed = {"naam": "J. Jansen", "was": "J. Jansne", "reden": "tikfout"}
    client.post(daad(wie, "naam"), goed)
    assert Gebruiker.objects.get(pk=wie.pk).naam == "J. Jansen"
    tweede = client.post(daad(wie, "naam"), goed | {"naam": "J. Janssen"})
    assert "intussen gewijzigd" in tweede.content.decode()
    assert Gebruiker.objects.get(pk=wie.pk).naam == "J. Jansen"
    assert 'name="was" value="J. Jansen"' in tweede.content.decode(), "wie weer verstuurt, ziet de nieuwe naam"


def test_een_beheerder_doet_niets_aan_zijn_eigen_account_en_geeft_geen_rol(als, beheerder, maak_gebruiker):
    client = als(beheerder)
    for naam in ("sluit", "naam", "tweede-stap", "zittingen", "heropen"):
        antwoord = client.post(daad(beheerder, naam), {"reden": "voor mezelf", "naam": "X", "was": "B. Beheer"})
        assert "eigen account" in antwoord.content.decode(), naam
    assert Gebeurtenis.objects.count() == 0
    ander = maak_gebruiker("E. Ander")
    assert client.get(reverse("beheer:rollen")).status_code == 404
    assert client.post(reverse("beheer:rol", args=[ander.pk]), {"rollen": "secretariaat"}).status_code == 404
    with pytest.raises(GeenToegang):
        actions.zet_rollen(gebruiker=ander, rollen=["secretariaat"], was=[], reden="zomaar", door=beheerder)


def test_de_rol_geeft_een_ander_en_wie_rollen_geeft_hoort_het(als, beheerder, algemeen, maak_gebruiker):
    raads, wie = maak_gebruiker("R. Raads", Rol.RAADSSECRETARIS), maak_gebruiker("N. Nieuw")
    client, adres = als(algemeen), reverse("beheer:rol", args=[wie.pk])
    assert reverse("beheer:rollen") in client.get(reverse("raad:overzicht")).content.decode()
    assert client.get(reverse("beheer:nieuw")).status_code == 404, "wie rollen geeft, maakt geen accounts"
    goed = {"rollen": ["communicatie"], "was": "", "reden": "nieuwe woordvoerder"}
    assert client.post(adres, goed).status_code == 302
    assert heeft(Gebruiker.objects.get(pk=wie.pk), Rol.COMMUNICATIE)
    assert post_aan(wie) == ["Uw rol in het portaal is gewijzigd"]
    assert post_aan(raads) == ["Iemand kreeg of verloor een rol"]
    assert post_aan(algemeen) == []
    rij = Gebeurtenis.objects.get(soort="toegang.zet_rollen")
    assert (rij.actor_naam, rij.gegevens) == ("A. Algemeen", {"erbij": ["communicatie"], "eraf": []})
    laat = client.post(adres, goed | {"rollen": ["secretariaat"]})
    assert laat.status_code == 422
    assert "intussen gewijzigd" in laat.content.decode()
    assert 'name="was" value="communicatie"' in laat.content.decode()
    samen = client.post(adres, goed | {"rollen": ["beheerder", "communicatie"], "was": "communicatie"})
    assert "gaat niet samen" in samen.content.decode()
    eigen = reverse("beheer:rol", args=[algemeen.pk])
    assert "eigen account" in client.post(eigen, goed | {"was": "algemeen_secretaris"}).content.decode()


def test_de_lijst_vindt_op_deel_van_naam_of_adres(als, beheerder, maak_gebruiker, django_assert_max_num_queries):
    for nummer in range(60):
        maak_gebruiker(f"Lid {nummer:02}")
    maak_gebruiker("Jan de Vries")
    client, adres = als(beheerder), reverse("beheer:accounts")
    with django_assert_max_num_queries(14):
        tekst = client.get(adres).content.decode()
    assert "62 accounts" in tekst
    assert "Lid 59" not in tekst
    assert "Lid 59" in client.get(adres, {"pagina": 2}).content.decode()
    gevonden = client.get(adres, {"q": "vries JAN"}).content.decode()
    assert "Jan de Vries" in gevonden
    assert "Lid 01" not in gevonden
    assert "Geen account gevonden" in client.get(adres, {"q": "nul\x00 qqq"}).content.decode()


def test_de_geschiedenis_zegt_wie_wat_waarom(als, beheerder, maak_gebruiker):
    wie = maak_gebruiker("S. Sluit")
    client = als(beheerder)
    client.post(daad(wie, "sluit"), {"reden": "gestolen telefoon"})
    tekst = client.get(reverse("beheer:account", args=[wie.pk])).content.decode()
    assert "Account gesloten" in tekst
    assert "door B. Beheer" in tekst
    assert "gestolen telefoon" in tekst
    assert daad(wie, "heropen") in tekst
    assert daad(wie, "sluit") not in tekst


def test_elke_wijziging_vraagt_opnieuw_wie_het_is(client, settings, beheerder, algemeen, maak_gebruiker):
    settings.VOORBEELD, settings.OPNIEUW_BEVESTIGEN = True, True
    wie = maak_gebruiker("W. Wie")
    for mens in (beheerder, algemeen):
        mens.set_password(WACHTWOORD)
        mens.save()
    for mens, adres in (
        (beheerder, reverse("beheer:nieuw")),
        (beheerder, daad(wie, "sluit")),
        (algemeen, reverse("beheer:rol", args=[wie.pk])),
    ):
        client.force_login(mens, backend="django.contrib.auth.backends.ModelBackend")
        antwoord = client.post(adres, NIEUW)
        assert antwoord.status_code == 302
        assert antwoord.url.startswith(reverse("account_reauthenticate")), adres
    assert Gebeurtenis.objects.count() == 0
