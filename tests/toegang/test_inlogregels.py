"""Wat er in het log staat van wie in- en uitlogt, zonder adres of wachtwoord."""

import re

import pytest
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.test import Client
from django.urls import reverse

from tests.toegang.hulp import WACHTWOORD, log_in
from toegang import inlogregels
from toegang.apps import onthoud_uitloggen
from toegang.zitting import begin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("schone_telling")]


def test_het_log_luistert_naar_in_en_uitloggen(lid, caplog):
    seinen = {"binnen": user_logged_in, "buiten": user_logged_out, "mislukt": user_login_failed}
    for naam, sein in seinen.items():
        assert sein.disconnect(dispatch_uid=f"toegang.inlogregels.{naam}")
    inlogregels.sluit_aan()
    with caplog.at_level("INFO", logger="toegang"):
        client = Client()
        log_in(client, lid.email, "fout")
        log_in(client, lid.email)
        client.post(reverse("account_logout"))
    assert [r.getMessage().partition(":")[0] for r in caplog.records if r.name == "toegang.inlogregels"] == [
        "inloggen mislukt",
        "ingelogd",
        "uitgelogd",
    ]


def test_wie_verandert_waarmee_hij_binnenkomt_staat_in_het_log(lid, caplog):
    """Een ander adres of wachtwoord is wat een overnemer het eerst doet; ook dat staat er zonder adres."""
    client = Client()
    log_in(client, lid.email)
    nieuw = "een-heel-ander-wachtwoord-2026"
    caplog.clear()
    with caplog.at_level("INFO", logger="toegang"):
        client.post(reverse("account_email"), {"email": "ander@voorbeeld.test", "action_add": ""})
        lid.emailaddress_set.update(verified=True)
        client.post(reverse("account_email"), {"email": "ander@voorbeeld.test", "action_primary": ""})
        client.post(reverse("account_email"), {"email": lid.email, "action_remove": ""})
        velden = {"oldpassword": WACHTWOORD, "password1": nieuw, "password2": nieuw}
        client.post(reverse("account_change_password"), velden)
    wat = ("e-mailadres erbij", "inlognaam gewijzigd", "e-mailadres weg", "wachtwoord gewijzigd")
    regels = [r.getMessage() for r in caplog.records if r.name == "toegang.inlogregels"]
    assert regels == [f"{een}: account {lid.pk}" for een in wat]
    assert "@" not in "".join(regels)


def test_een_sein_zonder_aanvraag_doet_niets():
    """Een toets of een opdracht kan iemand in- of uitloggen zonder dat er een browser is."""
    assert begin() is None
    assert onthoud_uitloggen() is None


def test_inloggen_staat_in_het_log_zonder_adres_of_wachtwoord(lid, caplog):
    with caplog.at_level("INFO", logger="toegang"):
        client = Client()
        log_in(client, lid.email, "een-geheim-woord")
        log_in(client, lid.email.upper(), "een-geheim-woord")
        log_in(client, lid.email)
        log_in(Client(), "ander@voorbeeld.test", "een-geheim-woord")
        client.post(reverse("account_logout"))
    regels = [r.getMessage() for r in caplog.records if r.name == "toegang.inlogregels"]
    mislukt = {r for r in regels if r.startswith("inloggen mislukt")}
    assert len(mislukt) == 2, "hetzelfde adres heeft hetzelfde kenmerk, een ander een ander"
    assert all(re.fullmatch("inloggen mislukt: adres [0-9a-f]{12}", regel) for regel in mislukt)
    assert f"ingelogd: account {lid.pk}" in regels
    assert f"uitgelogd: account {lid.pk}" in regels
    assert lid.email not in caplog.text.lower()
    assert "geheim" not in caplog.text
