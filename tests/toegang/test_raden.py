"""Wat raden en aftasten oplevert: geen account, geen bestand, en een slachtoffer dat binnen kan."""

from unittest import mock

import pytest
from django.conf import settings as instellingen
from django.contrib.auth import hashers
from django.test import Client
from django.urls import reverse

from tests.toegang.hulp import WACHTWOORD, log_in
from toegang.toestel import KOEKJE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("schone_telling")]


def werk(daad):
    """Tel hoe vaak er een wachtwoord is nagerekend: dat is wat een antwoord lang doet duren."""
    with mock.patch.object(hashers.MD5PasswordHasher, "encode", autospec=True, side_effect=_encode) as gerekend:
        daad()
    return gerekend.call_count


_encode = hashers.MD5PasswordHasher.encode


def test_een_onbekend_adres_kost_evenveel_werk_als_een_fout_wachtwoord(lid, maak_gebruiker):
    dicht = maak_gebruiker("Dicht", is_active=False)
    keren = {werk(lambda e=e: log_in(Client(), e, "fout")) for e in (lid.email, "niemand@voorbeeld.test", dicht.email)}
    assert len(keren) == 1
    assert keren.pop() > 0


def test_wachtwoord_vergeten_doet_voor_iedereen_hetzelfde(lid, mailoutbox):
    for adres in (lid.email, "niemand@voorbeeld.test"):
        mailoutbox.clear()
        Client().post(reverse("account_reset_password"), {"email": adres})
        assert [m.to for m in mailoutbox] == [[adres]], "ook wie er niet is krijgt post: zo verraadt de tijd niets"


def test_wie_elders_raadt_sluit_het_slachtoffer_niet_buiten(lid):
    eigen = Client()
    log_in(eigen, lid.email)
    eigen.post(reverse("account_logout"))
    koekje = eigen.cookies[KOEKJE]
    assert (koekje["httponly"], koekje["samesite"], koekje["path"]) == (True, "Strict", instellingen.LOGIN_URL)
    for nummer in range(60):
        log_in(Client(REMOTE_ADDR=f"10.0.{nummer}.1"), lid.email, "fout")
    vreemd = log_in(Client(REMOTE_ADDR="10.1.0.1"), lid.email)
    assert vreemd.status_code == 200, "het account is voor een onbekend toestel een uur dicht"
    assert log_in(eigen, lid.email).status_code == 302, "op zijn eigen toestel komt hij gewoon binnen"


def test_ook_een_bekend_toestel_raadt_niet_eindeloos_en_een_koekje_geldt_voor_een_account(lid, maak_gebruiker):
    ander = maak_gebruiker("Ander")
    ander.set_password(WACHTWOORD)
    ander.save()
    toestel = Client(REMOTE_ADDR="10.2.0.1")
    log_in(toestel, lid.email)
    toestel.post(reverse("account_logout"))
    antwoorden = [log_in(toestel, lid.email, "fout") for _ in range(11)]
    assert "pogingen" in str(antwoorden[-1].context["form"].non_field_errors()).lower()
    for _ in range(5):
        log_in(toestel, ander.email, "fout")
    assert log_in(toestel, ander.email).status_code == 200, "voor een ander account telt het netwerkadres"
    toestel.cookies[KOEKJE] = "vals:koekje"
    assert log_in(toestel, lid.email).status_code == 200


def test_een_geraden_pad_in_de_opslag_is_er_niet(lid):
    from stukken.actions import bewaar_bytes

    rij = bewaar_bytes(inhoud=b"geheim", naam="a.csv", soort="csv")
    client = Client()
    client.force_login(lid, backend="django.contrib.auth.backends.ModelBackend")
    relatief = rij.pad.relative_to(instellingen.MEDIA_ROOT)
    niets = client.get("/bestanden/niets").content
    for wortel in ("", "bestanden/", "media/", "static/", "static/../bestanden/", "var/bestanden/"):
        antwoord = client.get(f"/{wortel}{relatief}")
        assert antwoord.status_code == 404
        assert b"geheim" not in antwoord.content
    assert client.get(f"/bestanden/{relatief}").content == niets


@pytest.mark.parametrize(
    "lijf", [b"login=%ff%fe&password=x", b"login=a%00b&password=x", b"login=\xff\xfe&password=\xc3"]
)
def test_bytes_die_geen_tekst_zijn_worden_netjes_geweigerd(lijf):
    antwoord = Client().post("/account/login/", lijf, content_type="application/x-www-form-urlencoded")
    assert antwoord.status_code in (200, 400)
