"""De schermen van een vergadering die al gepland is: verplaatsen, afgelasten, het adres van de uitzending, besloten."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from kern.tijd import vandaag
from tests.vergaderingen.conftest import Wereld, pad, tekst
from vergaderingen import actions
from vergaderingen.models import Vergadering

OVER = timedelta(days=30)


@pytest.fixture(autouse=True)
def _zonder_tweede_factor(settings: Any) -> None:
    settings.VOORBEELD = True


def test_geen_quorum_verplaatsen_en_afgelasten_langs_het_scherm(werk: Client, wereld: Wereld) -> None:
    rij = wereld.opgeroepen(begin=None, eind=None)
    assert "oproeping 2" in tekst(werk.get(pad("geen-quorum", rij.pk)))
    te_vroeg = werk.post(pad("geen-quorum", rij.pk), {"datum": str(vandaag())})
    assert "latere dag" in tekst(te_vroeg)
    antwoord = werk.post(pad("geen-quorum", rij.pk), {"datum": str(vandaag() + OVER)})
    volgende = Vergadering.objects.get(oproeping=2)
    assert antwoord.url == pad("vergadering", volgende.pk)
    assert "Er was geen quorum" in tekst(werk.get(pad("vergadering", rij.pk)))
    agenda_ = Calendar.from_ical(werk.get("/agenda.ics").content).walk("VEVENT")
    (punt,) = [p for p in agenda_ if str(p["UID"]) == f"vergadering-{rij.pk}@ser-portaal"]
    assert (str(punt["STATUS"]), str(punt["SUMMARY"])[-18:]) == ("CANCELLED", " (niet doorgegaan)")
    assert "Dit kan nu niet" in tekst(werk.get(pad("geen-quorum", volgende.pk))), "eerst opnieuw oproepen"
    actions.roep_op(vergadering=volgende, versie=None, door=wereld.door)
    assert "derde oproeping" in tekst(werk.get(pad("geen-quorum", volgende.pk)))
    nieuw = str(vandaag() + OVER * 2)
    assert "verplicht" in tekst(werk.post(pad("verplaats", volgende.pk), {"datum": nieuw}))
    werk.post(pad("verplaats", volgende.pk), {"datum": nieuw, "reden": "Zaal bezet"})
    werk.post(pad("gelast-af", volgende.pk), {"reden": "Geen stukken"})
    assert "Geen stukken" in tekst(werk.get(pad("vergadering", volgende.pk)))
    assert "afgelast" in tekst(werk.get(pad("lijst") + "?toon=geweest"))


def test_de_uitzending_komt_later_dan_het_rooster_en_staat_dan_op_de_openbare_bladzijde(
    werk: Client, wereld: Wereld
) -> None:
    """Wie een jaar vooruit plant kent het adres nog niet; na de sluiting kijkt men terug."""
    (rij,) = actions.plan_rooster(dagen=[vandaag() + OVER], door=wereld.door)
    openbaar = f"/vergaderingen/{rij.slug}/"
    assert "nog geen adres" in tekst(werk.get(pad("vergadering", rij.pk)))
    assert "Kijk mee" not in tekst(werk.get(openbaar))
    lang = werk.post(pad("uitzending", rij.pk), {"uitzending": "https://kijk.test/" + "a" * 200})
    assert "200 tekens" in tekst(lang)
    assert "a" * 200 in tekst(lang)
    te_lang = {"orgaan": "raad", "datum": str(vandaag() + OVER * 3), "uitzending": "https://kijk.test/" + "a" * 200}
    assert "200 tekens" in tekst(werk.post(pad("plan"), te_lang))
    antwoord = werk.post(pad("uitzending", rij.pk), {"uitzending": "https://kijk.test/raad", "versie": rij.rijversie})
    assert antwoord.url == pad("vergadering", rij.pk)
    assert 'href="https://kijk.test/raad"' in tekst(werk.get(openbaar))
    blad = tekst(werk.get(pad("vergadering", rij.pk)))
    assert "zette het adres van de uitzending" in blad
    assert "geen werd https://kijk.test/raad" in blad
    oud = werk.post(pad("uitzending", rij.pk), {"uitzending": "", "versie": rij.rijversie})
    assert "intussen" in tekst(oud), "een ander was eerder"
    werk.post(pad("gelast-af", rij.pk), {"reden": "Geen stukken"})
    assert "er is niets te volgen" in tekst(werk.post(pad("uitzending", rij.pk), {"uitzending": ""}))
    assert "Deze vergadering is afgelast. Reden: Geen stukken" in tekst(werk.get(openbaar))


def test_een_geplande_raad_wordt_besloten_langs_het_scherm(werk: Client, wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + OVER)
    openbaar = f"/vergaderingen/{rij.slug}/"
    assert pad("openbaarheid", rij.pk) in tekst(werk.get(pad("vergadering", rij.pk)))
    zonder = werk.post(pad("openbaarheid", rij.pk), {"openbaar": "nee", "versie": rij.rijversie})
    assert "Geef de reden waarom" in tekst(zonder)
    met = {"openbaar": "nee", "besloten_reden": "Het gaat over personen", "versie": rij.rijversie}
    assert werk.post(pad("openbaarheid", rij.pk), met).url == pad("vergadering", rij.pk)
    assert "Deze vergadering is besloten: Het gaat over personen" in tekst(werk.get(openbaar))
    assert "wijzigde of de vergadering openbaar is" in tekst(werk.get(pad("vergadering", rij.pk)))
