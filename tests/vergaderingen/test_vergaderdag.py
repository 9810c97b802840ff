"""Wat het scherm op de dag zelf zegt: te vroeg openen, sluiten terwijl er iets loopt, en een besluit vastleggen."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from kern.tijd import AMSTERDAM, vandaag
from tests.vergaderingen.conftest import Wereld, pad, tekst
from vergaderingen import actions
from vergaderingen.enums import Puntsoort, Status
from vergaderingen.models import Vergadering
from vergaderingen.views.bladzijde import aanbod

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("voorbeeldstand")]

OVER = timedelta(days=30)


def leesbaar(antwoord: Any) -> str:
    return " ".join(strip_tags(tekst(antwoord)).split())


def test_bij_een_besluit_staat_het_onderwerp_er_als_eerste_tekst(wereld: Wereld, werk: Client) -> None:
    rij = wereld.geopend()
    punt = rij.agendapunten.get()
    blad = werk.get(pad("agendapunt", rij.pk, punt.pk))
    assert blad.context["formulieren"]["besluit"]["tekst"].value() == "Advies"
    actions.leg_besluit_vast(agendapunt=punt, tekst="Het advies is vastgesteld.", door=wereld.door)
    blad = werk.get(pad("agendapunt", rij.pk, punt.pk))
    assert blad.context["formulieren"]["besluit"]["tekst"].value() == ""
    assert "Dit punt is niet van de agenda te halen. Over dit punt is besloten" in leesbaar(blad)
    verslagpunt = wereld.punt(rij, "Vaststellen verslag", soort=Puntsoort.VERSLAG)
    adres = pad("besluit", rij.pk, verslagpunt.pk)
    blad = werk.get(pad("agendapunt", rij.pk, verslagpunt.pk))
    assert "soort" not in blad.context["formulieren"]["besluit"].fields, "over een verslag gaat het nooit om personen"
    werk.post(adres, {"besluit-tekst": "Het verslag is vastgesteld.", "besluit-uitkomst": "aangenomen"})
    assert verslagpunt.besluiten.get().soort == "zaak"


def test_wie_sluit_ziet_meteen_welke_peiling_nog_loopt_en_komt_er(wereld: Wereld, werk: Client) -> None:
    rij = wereld.geopend()
    punt = rij.agendapunten.get()
    ronde = actions.open_stemronde(agendapunt=punt, soort="peiling", vraag="Kan het zo?", door=wereld.door)
    blad = werk.get(pad("sluit", rij.pk))
    assert "Er loopt nog een stemming of peiling: “Kan het zo?”. Sluit die eerst." in leesbaar(blad)
    assert f'href="{pad("stemronde", rij.pk, ronde.pk)}"' in tekst(blad)
    werk.post(pad("sluit", rij.pk), {"moment": "", "versie": rij.rijversie})
    rij.refresh_from_db()
    assert rij.status == Status.GEOPEND


def test_wie_te_vroeg_opent_leest_dat(wereld: Wereld, werk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    rij = wereld.plan(begin=time(19, 40), eind=None)
    wereld.punt(rij)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    moment = datetime.combine(vandaag(), time(19, 31), AMSTERDAM)
    Vergadering.objects.filter(pk=rij.pk).update(agenda_vanaf=moment + timedelta(minutes=8))
    monkeypatch.setattr("vergaderingen.views.vergadering.nu", lambda: moment)
    blad = leesbaar(werk.get(pad("open", rij.pk)))
    assert "de vergadering begint om 19.40 uur, en het is nu 19.31 uur" in blad
    assert "de oproeping gaat pas om 19.39 uur uit" in blad
    monkeypatch.setattr("vergaderingen.views.vergadering.nu", lambda: moment + timedelta(minutes=10))
    assert "Let op" not in leesbaar(werk.get(pad("open", rij.pk)))


def test_wat_die_dag_eerder_werd_aangehouden_staat_klaar_voor_de_avond(wereld: Wereld) -> None:
    rij = wereld.geopend()
    actions.leg_besluit_vast(
        agendapunt=rij.agendapunten.get(), tekst="Later.", uitkomst="aangehouden", door=wereld.door
    )
    actions.sluit_vergadering(vergadering=rij, versie=None, door=wereld.door)
    avond = wereld.plan(begin=None, eind=None)
    assert [a.aanbod.onderwerp for a in aanbod(avond, wereld.door)].count("Advies") == 1
    wereld.punt(avond, "Advies")
    assert "Advies" not in [a.aanbod.onderwerp for a in aanbod(avond, wereld.door)]


def test_een_reden_van_beslotenheid_bij_openbaar_verdwijnt_niet_zonder_woord(wereld: Wereld, werk: Client) -> None:
    velden = {"orgaan": "raad", "datum": str(vandaag() + OVER), "openbaar": "ja", "besloten_reden": "Personen."}
    blad = werk.post(pad("plan"), velden)
    assert "U koos openbaar. Kies besloten, of haal deze reden weg." in leesbaar(blad)
    assert not Vergadering.objects.exists()
    werk.post(pad("plan"), velden | {"openbaar": "nee"})
    assert Vergadering.objects.get().besloten_reden == "Personen."
