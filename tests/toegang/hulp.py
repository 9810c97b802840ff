"""Inloggen zoals iemand dat doet, met een wachtwoord."""

from django.urls import reverse

WACHTWOORD = "een-lang-wachtwoord-42"


def log_in(client, email, wachtwoord=WACHTWOORD, **kw):
    return client.post(reverse("account_login"), {"login": email, "password": wachtwoord}, **kw)


def is_binnen(client):
    return client.get("/account/").status_code == 200
