"""Eén feit, overal eender: wat de ene openbare plek verbetert of terugneemt, zegt de andere ook."""

import pytest
from django.test import Client

from publicatie.actions import trek_in
from publicatie.queries import laatste

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_een_ingetrokken_advies_is_op_elk_van_zijn_adressen_ingetrokken(client: Client) -> None:
    trek_in(publicatie=laatste("advies:adv-2"), reden="Verkeerde tekst.", door=None)
    for adres in (
        "/adviezen/2023/04/",
        "/adviezen/2023/04/advies.pdf",
        "/kabinetsreacties/adv-2/",
        "/api/v1/adviezen/adv-2",
    ):
        antwoord = client.get(adres)
        assert antwoord.status_code == 410, adres
        assert "Verkeerde tekst." in antwoord.content.decode(), adres
    assert client.get("/kabinetsreacties/adv-bestaat-niet/").status_code == 404
