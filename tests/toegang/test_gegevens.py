"""Ieder haalt op wat er van hem is, en van niemand anders; en het register noemt elke tabel met een mens erin."""

import json
import os
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as instellingen
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from berichten.actions import herroep, stuur
from toegang import gegevens
from toegang.gegevensregister import GEEN_MENS, REGISTER, als_tekst

DOC = Path(instellingen.BASE_DIR) / "docs" / "gegevensregister.md"
NAMEN = ("email", "ip", "user_agent", "actor_id", "aan", "naam")


def tabellen_met_mensen():
    """Elke tabel met een verwijzing naar een account of persoon, of een kolom die naar een naam of adres heet."""
    uit = set()
    for model in apps.get_models():
        if not model._meta.managed or model._meta.app_label in ("proef", "auth"):
            continue
        for veld in model._meta.concrete_fields:
            mens = veld.is_relation and veld.related_model._meta.label in ("toegang.Gebruiker", "raad.Persoon")
            naam = veld.name in NAMEN or veld.name.endswith(("_naam", "_email"))
            if mens or (naam and not veld.is_relation):
                uit.add(model._meta.db_table)
    return uit - GEEN_MENS


def test_elke_tabel_met_een_mens_staat_een_keer_in_het_register():
    genoemd = [tabel for v in REGISTER for tabel in v.tabellen]
    assert len(genoemd) == len(set(genoemd))
    bestaat = {m._meta.db_table for m in apps.get_models()}
    assert not set(genoemd) - bestaat
    assert not tabellen_met_mensen() - set(genoemd)
    assert not GEEN_MENS & set(genoemd)


def test_het_document_is_bij():
    if os.environ.get("SCHRIJF_REGISTER"):
        DOC.write_text(als_tekst(), encoding="utf-8")
    assert DOC.read_text(encoding="utf-8") == als_tekst()


def test_geen_enkele_stem_over_personen_is_aan_een_mens_te_koppelen():
    """Van een briefje bestaat alleen dat het er was: geen kolom van een tabel kan de keuze dragen."""
    briefje = {veld.name for veld in apps.get_model("vergaderingen.Stembriefje")._meta.concrete_fields}
    assert briefje == {"id", "voorbeeld", "ronde", "zetel", "persoon"}


def test_wat_over_iemand_gaat_of_van_hem_is_haalt_hij_op():
    """Elke tabel over leden en vergaderen, en wat iemand voor zichzelf, zijn organisatie of het bestuur schreef."""
    haalt = {apps.get_model(soort.model)._meta.db_table for soort in gegevens.SOORTEN}
    over = {v.naam: set(v.tabellen) for v in REGISTER}
    leden = over["Leden van de raad en van commissies"] | over["Vergaderen en stemmen"]
    assert leden - haalt == {"vergaderingen_agendasleutel"}, "alleen wat een geheim is, gaat niet mee"
    schreef = ("opmerking", "kroonledenopmerking", "internenotitie", "knelpunt", "knelpuntbericht", "bestuursmening")
    assert {f"adviezen_{naam}" for naam in (*schreef, "voorlopigstandpunt", "meelezer", "perslezer")} <= haalt


@pytest.mark.django_db
def test_iemand_haalt_alleen_zijn_eigen_gegevens_op(maak_gebruiker):
    ik, ander = maak_gebruiker("Lid (voorbeeld)"), maak_gebruiker("Een ander (voorbeeld)")
    ik.set_password("een-lang-wachtwoord-42")
    ik.save()
    for mens in (ik, ander):
        stuur(
            ontvanger=mens,
            onderwerp=f"Bericht voor {mens.pk}",
            tekst="",
            pad="/account/",
            feit=f"proef.gegevens:{mens.pk}",
            wacht=False,
        )
    client = Client()
    client.force_login(ik, backend="django.contrib.auth.backends.ModelBackend")
    antwoord = client.get(reverse("gegevens_bestand"))
    inhoud = json.loads(antwoord.content)
    assert antwoord["Content-Disposition"].startswith("attachment")
    assert antwoord["Cache-Control"] == "private, no-store"
    assert set(inhoud) == {"gemaakt_op", *(soort.naam for soort in gegevens.SOORTEN)}
    assert inhoud["Account"][0]["email"] == ik.email
    assert [b["onderwerp"] for b in inhoud["Berichten aan u"]] == [f"Bericht voor {ik.pk}"]
    ruw = antwoord.content.decode()
    for geheim in (ander.email, ander.naam, ik.password, client.session.session_key):
        assert geheim not in ruw
    bladzijde = client.get(reverse("gegevens")).content.decode()
    assert "Berichten aan u" in bladzijde
    assert all(v.naam in bladzijde for v in REGISTER)


@pytest.mark.django_db
def test_de_bladzijde_telt_en_haalt_de_rijen_zelf_niet_op(client, maak_gebruiker):
    """Na tien jaar zijn het er tienduizenden; de bladzijde zegt alleen hoeveel."""
    lid = maak_gebruiker("Lid (voorbeeld)")
    for n in range(3):
        stuur(ontvanger=lid, onderwerp="Dag", pad="/account/", feit=f"proef.tel:{n}", wacht=False)
    client.force_login(lid, backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as vragen:
        aantallen = dict(client.get(reverse("gegevens")).context["aantallen"])
    assert aantallen == {soort.naam: len(rijen) for soort, rijen in gegevens.van(lid)}
    assert aantallen["Berichten aan u"] == 3
    assert not [v for v in vragen if '"berichten_bericht"."onderwerp"' in v["sql"]]


@pytest.mark.django_db
def test_wat_nog_wacht_of_herroepen_is_heeft_niemand_gekregen(maak_gebruiker, secretaris):
    """Herroepen belooft dat niemand er iets van te zien krijgt; dus ook niet langs de eigen gegevens."""
    lid = maak_gebruiker("Lid (voorbeeld)")
    for naam, wacht in (("gekregen", False), ("wacht", True), ("herroepen", False)):
        stuur(ontvanger=lid, onderwerp=f"Dit is {naam}", pad="/account/", feit=f"proef.{naam}:1:0", wacht=wacht)
    herroep(feit_begin="proef.herroepen:1:0", door=secretaris)
    rijen = {soort.naam: rijen for soort, rijen in gegevens.van(lid)}["Berichten aan u"]
    assert [rij["onderwerp"] for rij in rijen] == ["Dit is gekregen"]
