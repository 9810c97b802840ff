"""Openbaar maken, vervangen, intrekken, herroepen: de regels en wat de database zelf weigert."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from kern.fouten import InvoerFout, PortaalFout
from logboek.models import Gebeurtenis
from publicatie.actions import herroep, publiceer, trek_in
from publicatie.models import Intrekking, Passage, Publicatie, Woord
from publicatie.passages import in_passages, tekst_van, woorden
from publicatie.queries import laatste, openbaar

pytestmark = pytest.mark.django_db
HTML = '<h2 data-blok="b1">Lonen</h2><p data-blok="b2">De raad adviseert matiging.</p><p data-blok="b3">Slot.</p>'


def maak(**velden: Any) -> Publicatie:
    gegevens: dict[str, Any] = {
        "soort": "advies",
        "sleutel": "advies:t-1",
        "titel": "Lonen",
        "html": HTML,
        "metadata": {"jaar": 2024, "datum": "2024-03-15", "nummer": "2024/01", "samenvatting": "Kort over lonen."},
        "vanaf": timezone.now(),
        "door": None,
    }
    return publiceer(**gegevens | velden)


def test_publiceer_bevriest_en_legt_vast(secretaris: Any) -> None:
    rij = maak(door=secretaris, voorbeeld=True, bestanden=[{"naam": "advies.pdf"}])
    assert list(openbaar(timezone.now())) == [rij]
    assert (rij.jaar, str(rij.datum), rij.nummer, rij.door_naam) == (2024, "2024-03-15", "2024/01", secretaris.naam)
    assert rij.tekst == "Lonen\nDe raad adviseert matiging.\nSlot."
    assert list(rij.passages.values_list("blok", "kop", "tekst")) == [
        ("b2", "Lonen", "De raad adviseert matiging."),
        ("b3", "Lonen", "Slot."),
    ]
    spoor = Gebeurtenis.objects.get(soort="publicatie.publiceer")
    assert spoor.actor_id == secretaris.pk
    assert spoor.object_id == str(rij.pk)


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"titel": " "}, "titel"),
        ({"sleutel": ""}, "sleutel"),
        ({"vanaf": timezone.now().replace(tzinfo=None)}, "vanaf"),
    ],
)
def test_onbruikbare_invoer_noemt_het_veld(velden: dict[str, Any], veld: str) -> None:
    with pytest.raises(InvoerFout) as fout:
        maak(**velden)
    assert fout.value.veld == veld
    assert not Publicatie.objects.exists()


def test_gelijke_inhoud_verdubbelt_niet() -> None:
    eerste = maak()
    assert maak() == eerste
    assert Publicatie.objects.count() == 1


def test_gelijke_inhoud_onder_embargo_met_ander_tijdstip_is_wel_nieuw() -> None:
    morgen = timezone.now() + timedelta(days=1)
    eerste = maak(vanaf=morgen)
    assert maak(vanaf=morgen) == eerste
    tweede = maak(vanaf=morgen + timedelta(hours=1))
    eerste.refresh_from_db()
    assert tweede != eerste
    assert eerste.tot == tweede.vanaf


def test_nieuwere_rij_neemt_over_en_het_verleden_blijft() -> None:
    oud = maak(vanaf=timezone.now() - timedelta(days=400))
    nieuw = maak(titel="Lonen (verbeterd)", vanaf=timezone.now() - timedelta(days=300))
    oud.refresh_from_db()
    assert nieuw.vervangt == oud
    assert oud.tot == nieuw.vanaf
    assert nieuw.vanaf > timezone.now() - timedelta(minutes=5), "niet met terugwerkende kracht"
    assert list(openbaar(timezone.now())) == [nieuw]
    assert list(openbaar(timezone.now() - timedelta(days=200))) == [oud]


def test_embargo_is_een_voorwaarde() -> None:
    oud = maak()
    straks = maak(titel="Straks", vanaf=timezone.now() + timedelta(hours=2))
    assert list(openbaar(timezone.now())) == [oud]
    assert list(openbaar(straks.vanaf)) == [straks]
    assert laatste("advies:t-1") == straks


def test_eerder_embargo_gaat_voor_het_latere() -> None:
    nu = timezone.now()
    oud = maak()
    laat = maak(titel="Laat", vanaf=nu + timedelta(days=3))
    vroeg = maak(titel="Vroeg", vanaf=nu + timedelta(days=1))
    oud.refresh_from_db()
    laat.refresh_from_db()
    assert (oud.tot, laat.tot, vroeg.tot) == (vroeg.vanaf, laat.vanaf, None)
    assert list(openbaar(nu + timedelta(days=4))) == [vroeg]


def test_trek_in_laat_een_grafsteen_en_vervalt_wat_nog_kwam(secretaris: Any) -> None:
    rij = maak()
    maak(titel="Straks", vanaf=timezone.now() + timedelta(days=1))
    intrekking = trek_in(publicatie=rij, reden="Onjuist document.", door=secretaris)
    assert intrekking.grafsteen
    assert intrekking.door_naam == secretaris.naam
    assert not openbaar(timezone.now()).exists()
    assert not openbaar(timezone.now() + timedelta(days=2)).exists()
    assert Gebeurtenis.objects.filter(soort="publicatie.trek_in", reden="Onjuist document.").exists()
    with pytest.raises(PortaalFout, match="al niet meer"):
        trek_in(publicatie=rij, reden="Nog eens.", door=secretaris)


def test_na_intrekking_kan_hetzelfde_opnieuw_openbaar() -> None:
    rij = maak()
    trek_in(publicatie=rij, reden="Vergissing.", door=None)
    nieuw = maak()
    assert nieuw != rij
    assert list(openbaar(timezone.now())) == [nieuw]


def test_trek_in_weigert_zonder_reden_en_voor_het_begin() -> None:
    rij = maak(vanaf=timezone.now() + timedelta(hours=1))
    with pytest.raises(InvoerFout):
        trek_in(publicatie=rij, reden="  ", door=None)
    with pytest.raises(PortaalFout, match="Herroep"):
        trek_in(publicatie=rij, reden="Toch niet.", door=None)


def test_herroep_geeft_de_vorige_haar_tijd_terug() -> None:
    oud = maak()
    straks = maak(titel="Straks", vanaf=timezone.now() + timedelta(hours=1))
    intrekking = herroep(publicatie=straks, door=None)
    oud.refresh_from_db()
    assert oud.tot is None
    assert not intrekking.grafsteen
    assert laatste("advies:t-1") == oud
    with pytest.raises(PortaalFout, match="al herroepen"):
        herroep(publicatie=straks, door=None)
    with pytest.raises(PortaalFout, match="al openbaar"):
        herroep(publicatie=oud, door=None)


def test_herroep_zonder_voorganger_laat_niets_achter() -> None:
    rij = maak(vanaf=timezone.now() + timedelta(hours=1))
    herroep(publicatie=rij, door=None, reden="Te vroeg.")
    assert laatste("advies:t-1") is None
    assert not openbaar(timezone.now() + timedelta(days=1)).exists()
    assert Gebeurtenis.objects.filter(soort="publicatie.herroep").count() == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE publicatie_publicatie SET titel = 'x'",
        "UPDATE publicatie_publicatie SET vanaf = vanaf + interval '1 day'",
        "UPDATE publicatie_publicatie SET tot = now() - interval '1 minute'",
        "UPDATE publicatie_publicatie SET tot = vanaf",
        "DELETE FROM publicatie_publicatie",
        "TRUNCATE publicatie_publicatie CASCADE",
        "UPDATE publicatie_passage SET tekst = 'x'",
        "DELETE FROM publicatie_passage",
        "DELETE FROM publicatie_intrekking",
    ],
)
def test_database_weigert_wat_al_openbaar_was(sql: str) -> None:
    """Regel 49: wat openbaar was, blijft dat."""
    rij = maak(vanaf=timezone.now() - timedelta(days=2))
    maak(sleutel="advies:t-2")
    trek_in(publicatie=laatste("advies:t-2"), reden="Weg.", door=None)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    rij.refresh_from_db()
    assert rij.titel == "Lonen"
    assert Passage.objects.count() == 4
    assert Intrekking.objects.count() == 1


def test_database_weigert_een_verstreken_einde_te_verschuiven() -> None:
    rij = maak(vanaf=timezone.now() - timedelta(days=2))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publicatie_publicatie SET tot = now() WHERE id = %s", [rij.pk])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE publicatie_publicatie SET tot = NULL WHERE id = %s", [rij.pk])


def test_database_staat_maar_een_tegelijk_toe() -> None:
    rij = maak()
    velden = {f.attname: getattr(rij, f.attname) for f in Publicatie._meta.concrete_fields if f.attname != "id"}
    with pytest.raises(IntegrityError, match="publicatie_een_tegelijk"), transaction.atomic():
        Publicatie.objects.create(**velden)


def test_metadata_is_json() -> None:
    rij = maak(metadata={"themas": [{"slug": "arbeid"}], "onderwerpen": ["arbeid"]})
    assert json.loads(json.dumps(rij.metadata)) == rij.metadata
    assert (rij.jaar, rij.datum, rij.onderwerpen) == (None, None, ["arbeid"])


def test_woorden_worden_zichtbaar_met_de_vroegste_publicatie() -> None:
    laat = maak(vanaf=timezone.now() + timedelta(days=9), titel="Medezeggenschap")
    assert Woord.objects.get(woord="medezeggenschap").vanaf == laat.vanaf
    vroeg = maak(sleutel="advies:t-2", titel="Medezeggenschap nu")
    assert Woord.objects.get(woord="medezeggenschap").vanaf == vroeg.vanaf
    maak(sleutel="advies:t-3", titel="Medezeggenschap ooit", vanaf=timezone.now() + timedelta(days=20))
    assert Woord.objects.get(woord="medezeggenschap").vanaf == vroeg.vanaf


def test_wat_nooit_openbaar_werd_laat_geen_woorden_achter() -> None:
    """Een voorstel bij het zoeken verraadde anders de titel, op de dag van een embargo dat niet meer geldt."""
    morgen, later = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=40)
    geheim = maak(titel="Fusieplannen geheim", vanaf=morgen)
    ander = maak(sleutel="advies:t-2", titel="Geheim archief", vanaf=later)
    herroep(publicatie=geheim, door=None)
    assert not Woord.objects.filter(woord="fusieplannen").exists()
    assert Woord.objects.get(woord="geheim").vanaf == ander.vanaf
    maak(titel="Fusieplannen openbaar", vanaf=later)
    assert Woord.objects.get(woord="fusieplannen").vanaf == later
    maak(titel="Toch iets anders", vanaf=morgen)
    assert not Woord.objects.filter(woord="fusieplannen").exists(), "vervangen voor zij begon"


def test_wat_is_ingetrokken_laat_alleen_woorden_achter_die_ook_elders_staan() -> None:
    maak(titel="Lonen van Verdwenen")
    weg = maak(titel="Lonen van Weggehaald", vanaf=timezone.now())
    ander = maak(sleutel="advies:t-2", titel="Weggehaald afval", vanaf=timezone.now())
    trek_in(publicatie=weg, reden="Er stond een naam in.", door=None)
    assert not Woord.objects.filter(woord="verdwenen").exists(), "een vorige uitgave is dan ook weg"
    assert Woord.objects.get(woord="weggehaald").vanaf == ander.vanaf


def test_passages_slaan_omhulsels_en_dubbelen_over() -> None:
    html = (
        '<ul data-blok="u"><li data-blok="l1">Een</li><li data-blok="l2"> </li></ul><!-- x -->'
        '<p data-blok="l1">Dubbel</p><p>Zonder naam</p>'
    )
    assert [p.tekst for p in in_passages(html)] == ["Een"]
    assert in_passages(" ") == []
    assert tekst_van("") == ""
    assert woorden("De CAO-lonen, cafés en wet") == ["cafés", "lonen"]


def test_lege_periode_telt_niet_mee() -> None:
    rij = maak(vanaf=timezone.now() + timedelta(hours=1))
    herroep(publicatie=rij, door=None)
    assert Publicatie.objects.filter(tot=F("vanaf")).count() == 1
    assert str(rij).startswith("advies:t-1")
