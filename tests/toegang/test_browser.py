"""De lijst van zittingen noemt een browser zoals iemand zijn toestel kent."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.toegang.hulp import WACHTWOORD
from toegang.browser import noem
from toegang.models import Gebruiker

KOP = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {}"


@pytest.mark.parametrize(
    ("wat", "woorden"),
    [
        (KOP.format("X11; Linux x86_64", "Chrome/130.0.0.0 Safari/537.36"), "Chrome op Linux"),
        (KOP.format("X11; Linux x86_64", "HeadlessChrome/130.0.0.0 Safari/537.36"), "Chrome op Linux"),
        (KOP.format("Windows NT 10.0; Win64; x64", "Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0"), "Edge op Windows"),
        (KOP.format("Macintosh; Intel Mac OS X 10_15_7", "Version/17.4 Safari/605.1.15"), "Safari op een Mac"),
        (KOP.format("iPhone; CPU iPhone OS 17_4 like Mac OS X", "CriOS/123.0 Mobile Safari/604.1"),
         "Chrome op een iPhone"),
        (KOP.format("Linux; Android 14; SM-S911B", "SamsungBrowser/24.0 Chrome/117.0 Mobile Safari/537.36"),
         "Samsung Internet op Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox op Linux"),
        ("curl/8.5.0", "een onbekende browser"),
        ("", "een onbekende browser"),
    ],
)  # fmt: skip
def test_een_browser_in_woorden(wat, woorden):
    assert noem(wat) == woorden


@pytest.mark.django_db
def test_de_lijst_noemt_toestel_en_niet_de_kopregel():
    Gebruiker.objects.create_user("lid@voorbeeld.test", "Lid", WACHTWOORD)
    kop = KOP.format("Windows NT 10.0; Win64; x64", "Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0")
    client = Client(HTTP_USER_AGENT=kop)
    client.post(reverse("account_login"), {"login": "lid@voorbeeld.test", "password": WACHTWOORD})
    tekst = client.get(reverse("usersessions_list")).content.decode()
    assert "Edge op Windows" in tekst
    assert "AppleWebKit" not in tekst


@pytest.mark.django_db
def test_een_verkeerd_huidig_wachtwoord_heet_niet_leeg():
    gebruiker = Gebruiker.objects.create_user("lid@voorbeeld.test", "Lid", WACHTWOORD)
    client = Client()
    client.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
    velden = {"oldpassword": "verkeerd", "password1": "nog-een-lang-geheim-7", "password2": "nog-een-lang-geheim-7"}
    tekst = client.post(reverse("account_change_password"), velden).content.decode()
    assert "Dit is niet uw huidige wachtwoord" in tekst
    assert "Wat u invulde staat er nog" not in tekst
