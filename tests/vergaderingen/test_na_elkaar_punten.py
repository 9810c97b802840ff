"""Tijdens de vergadering van punt naar punt, en wat er bij een punt te lezen staat."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kern.tijd import nu, vandaag
from tests.vergaderingen.conftest import Wereld, pad, tekst
from tests.vergaderingen.test_stemronde import open_, sluit, stem
from toegang.models import Gebruiker
from vergaderingen import actions
from vergaderingen.models import Agendapunt, Stemronde, Vergadering
from vergaderingen.views.hulp import buren

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("voorbeeldstand")]

AANKRUISEN = "Wie nog geen stem heeft, nam niet deel"


def bij_ronde(naam: str, ronde: Stemronde) -> str:
    return pad(naam, ronde.agendapunt.vergadering_id, ronde.pk)


@pytest.fixture
def agenda(wereld: Wereld) -> list[Agendapunt]:
    """Vier punten van een geopende raad; het derde is van de agenda gehaald."""
    rij = wereld.geopend()
    for naam in ("Tweede", "Derde", "Vierde"):
        wereld.punt(rij, naam)
    punten = list(rij.agendapunten.order_by("volgorde"))
    actions.haal_van_agenda(agendapunt=punten[2], reden="Later", door=wereld.door)
    return punten


def verwijzing(punt: Agendapunt) -> str:
    return f'href="{pad("agendapunt", punt.vergadering_id, punt.pk)}"'


def test_van_punt_naar_punt_langs_wat_op_de_agenda_staat(
    werk: Client, wereld: Wereld, agenda: list[Agendapunt]
) -> None:
    een, twee, weg, vier = agenda
    ander = wereld.punt(wereld.plan(vandaag() + timedelta(days=30)), "Van een andere vergadering")
    for punt, vorig, volgend in ((een, None, twee), (twee, een, vier), (vier, twee, None), (weg, twee, vier)):
        assert buren(punt, wereld.door) == (vorig, volgend)
        blad = tekst(werk.get(pad("agendapunt", punt.vergadering_id, punt.pk)))
        assert ("Vorig punt" in blad) == (vorig is not None)
        assert ("Volgend punt" in blad) == (volgend is not None)
        for buur in (vorig, volgend):
            assert buur is None or verwijzing(buur) in blad
    assert buren(ander, wereld.door) == (None, None)
    ronde = open_(wereld, twee)
    blad = tekst(werk.get(bij_ronde("stemronde", ronde)))
    assert verwijzing(een) in blad
    assert verwijzing(vier) in blad
    kruimels = blad.split("utrecht-breadcrumb-nav", 1)[1].split("</nav>", 1)[0]
    assert 'href="/werk/vergaderingen/"' in kruimels


def test_wie_een_punt_niet_mag_zien_wordt_er_niet_heen_gewezen(
    wereld: Wereld, agenda: list[Agendapunt], maak_gebruiker: Callable[..., Gebruiker]
) -> None:
    """Een vertrouwelijk punt van een openbare vergadering is er voor een ander niet; ook de naam niet."""
    een, twee, _, vier = agenda
    Agendapunt.objects.filter(pk=twee.pk).update(vertrouwelijk=True)
    Vergadering.objects.filter(pk=een.vergadering_id).update(agenda_vanaf=nu() - timedelta(hours=1))
    vreemde = maak_gebruiker("")
    assert buren(een, vreemde) == (None, vier)
    assert buren(vier, vreemde) == (een, None)


def test_na_het_sluiten_terug_naar_het_punt_en_door_naar_het_volgende(
    werk: Client, wereld: Wereld, agenda: list[Agendapunt]
) -> None:
    ronde = open_(wereld, agenda[0])
    blad = tekst(werk.get(bij_ronde("stemronde", ronde)))
    assert blad.count("Terug naar het agendapunt") == 1
    assert "Naar het volgende punt" not in blad
    stem(wereld, ronde, "voor", *wereld.zetels)
    blad = tekst(werk.post(bij_ronde("stemronde-sluit", ronde), {}, follow=True))
    assert "De stemming is gesloten: aangenomen." in blad
    assert blad.count("Terug naar het agendapunt") == 1
    door = blad.split("Naar het volgende punt", 1)[0].rsplit("<a ", 1)[1]
    assert verwijzing(agenda[1]) in door
    laatste = sluit(wereld, open_(wereld, agenda[3]), onvolledig=True)
    assert "Naar het volgende punt" not in tekst(werk.get(bij_ronde("stemronde", laatste)))


def test_wie_niet_deelnam_valt_alleen_aan_te_kruisen_zolang_iemand_geen_stem_heeft(
    werk: Client, wereld: Wereld, agenda: list[Agendapunt]
) -> None:
    """De lijst ververst zonder de bladzijde; haar merk verbergt het vakje dan."""
    ronde = open_(wereld, agenda[0])
    blad = tekst(werk.get(bij_ronde("stemronde", ronde)))
    assert AANKRUISEN in blad
    assert "stemlijst-vol" not in blad
    stem(wereld, ronde, "voor", *wereld.zetels)
    blad = tekst(werk.get(bij_ronde("stemronde", ronde)))
    assert AANKRUISEN not in blad
    deel = tekst(werk.get(bij_ronde("stemronde", ronde), headers={"HX-Request": "true"}))
    assert '<div id="stemlijst" class="stemlijst-vol"' in deel


def test_een_toelichting_houdt_haar_regels_en_vult_de_agenda_niet(werk: Client, wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + timedelta(days=30))
    lang = "Eerste regel.\nTweede regel.\n" + "woord " * 200 + "slotwoord"
    punt = wereld.punt(rij, "Lang", toelichting=lang)
    actions.haal_van_agenda(agendapunt=punt, reden="Komt later terug", door=wereld.door)
    blad = tekst(werk.get(pad("agendapunt", rij.pk, punt.pk)))
    assert "<p>Eerste regel.<br>Tweede regel.<br>" in blad
    assert "slotwoord</p>" in blad
    tabel = tekst(werk.get(pad("vergadering", rij.pk)))
    assert "Eerste regel." in tabel
    assert "slotwoord" not in tabel
    assert "Komt later terug" in tabel, "de reden van vervallen blijft heel"
    lezen = tekst(werk.get(reverse("vergaderingen_lezen:vergadering", args=[rij.pk])))
    assert "Eerste regel.<br>Tweede regel." in lezen
