"""Wie iets doet dat niet terug te nemen is, bevestigt eerst opnieuw wie hij is."""

import json
import time

import pytest
import time_machine
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.contrib.auth.models import Group
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from tests.toegang.hulp import WACHTWOORD, log_in
from toegang.enums import Rol
from toegang.opnieuw import langs_de_poort, opnieuw_bevestigd
from toegang.routes import publiek, voor_secretariaat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("schone_telling")]


GEDAAN = []


@voor_secretariaat
@opnieuw_bevestigd
def publiceer(request):
    if request.method == "POST":
        GEDAAN.append(request.POST.get("tekst"))
    return HttpResponse("gedaan")


urlpatterns = [
    path("publiceer/", publiceer),
    path("zonder-eis/", lambda request: HttpResponse("x")),
    path("openbaar/", publiek(lambda request: HttpResponse("x"))),
    path("account/", include("toegang.urls")),
    path("", include("berichten.urls")),
]


@pytest.fixture(autouse=True)
def _niets_gedaan():
    GEDAAN.clear()


@pytest.mark.urls(__name__)
def test_openbaar_maken_vraagt_opnieuw_wie_u_bent_en_doet_daarna_hetzelfde(lid, settings):
    settings.OPNIEUW_BEVESTIGEN = True
    client = Client()
    log_in(client, lid.email)
    assert client.get("/publiceer/").status_code == 200
    gevraagd = client.post("/publiceer/", {"tekst": "wat getypt was"})
    assert gevraagd["Location"].startswith(reverse("account_reauthenticate"))
    assert GEDAAN == []
    bladzijde = client.get(gevraagd["Location"]).content.decode()
    assert "u hoeft niets opnieuw in te vullen" in bladzijde
    assert 'type="password"' in bladzijde
    assert client.post(gevraagd["Location"], {"password": "fout"}).status_code == 200
    assert GEDAAN == []
    assert STATE_SESSION_KEY in client.session
    klaar = client.post(gevraagd["Location"], {"password": WACHTWOORD})
    assert klaar.content.decode() == "gedaan"
    assert GEDAAN == ["wat getypt was"]
    client.post("/publiceer/", {"tekst": "meteen erna"})
    assert len(GEDAAN) == 2
    with time_machine.travel(time.time() + 16 * 60, tick=False):
        assert client.post("/publiceer/", {"tekst": "later"}).status_code == 302
    assert len(GEDAAN) == 2


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("daarna", ["rol weg", "tweede stap weg"])
def test_wat_na_het_bevestigen_gebeurt_gaat_eerst_weer_langs_de_poort(lid, settings, daarna):
    """allauth doet het bewaarde formulier zonder middleware; een recht kan intussen vervallen zijn."""
    settings.OPNIEUW_BEVESTIGEN = True
    client = Client()
    log_in(client, lid.email)
    gevraagd = client.post("/publiceer/", {"tekst": "te laat"})["Location"]
    if daarna == "rol weg":
        lid.groups.clear()
    else:
        settings.VOORBEELD = False  # dan is de tweede stap verplicht, en dit account heeft er geen
    antwoord = client.post(gevraagd, {"password": WACHTWOORD})
    assert antwoord.status_code == (404 if daarna == "rol weg" else 302)
    assert STATE_SESSION_KEY not in client.session
    assert GEDAAN == []
    settings.VOORBEELD = True
    lid.groups.add(Group.objects.get_or_create(name=str(Rol.SECRETARIAAT))[0])
    client.post(gevraagd, {"password": WACHTWOORD})
    assert GEDAAN == [], "wat verviel komt niet alsnog"


def test_wie_alleen_kijkt_gaat_langs_de_poort_zonder_iets_te_bewaren(rf):
    vraag = rf.get("/bevestig/")
    vraag.session = {}
    for omhul in (langs_de_poort, opnieuw_bevestigd):
        assert omhul(lambda request: HttpResponse("bevestig"))(vraag).content == b"bevestig"


@pytest.mark.urls(__name__)
def test_wat_bewaard_is_voor_een_adres_zonder_eis_gebeurt_nooit(rf, lid):
    vraag = rf.post("/bevestig/")
    vraag.session, vraag.user = {STATE_SESSION_KEY: {"request": json.dumps({"path_info": "/zonder-eis/"})}}, lid
    with pytest.raises(Http404):
        langs_de_poort(lambda request: HttpResponse("gedaan"))(vraag)
    assert vraag.session == {}


def test_wie_zijn_adres_wijzigt_bevestigt_opnieuw(lid, settings):
    settings.ACCOUNT_REAUTHENTICATION_REQUIRED = True
    client = Client()
    log_in(client, lid.email)
    antwoord = client.post(reverse("account_email"), {"email": "ander@voorbeeld.test", "action_add": ""})
    assert antwoord["Location"].startswith(reverse("account_reauthenticate"))
    assert not lid.emailaddress_set.filter(email="ander@voorbeeld.test").exists()
