"""Wat wij uitgeven, gelezen door gereedschap van anderen: de Nu-validator, feedparser en icalendar."""

import json
import subprocess
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from django.conf import settings
from django.test import Client
from icalendar import Calendar

from kern.tijd import AMSTERDAM, nu, vandaag
from publicatie.actions import trek_in
from publicatie.models import Publicatie
from ser_portal.baas.gereedschap import nu_validator
from tests.publiek.test_advies import VERDEELD, vol
from tests.publiek.wereld import ADRESSEN, publiceer_advies
from toegang.enums import Rol
from vergaderingen.actions import gelast_af, plan_vergadering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kleine_wereld")]
PLEK = Path(settings.BASE_DIR) / "var" / "gereedschap"


def keur(bladen: dict[str, str], map_: Path) -> list[str]:
    """Geef de fouten die de Nu-validator in deze bladen vindt, elk met het adres ervoor. Eén keer Java voor alles."""
    for nummer, tekst in enumerate(bladen.values()):
        (map_ / f"{nummer}.html").write_text(tekst, encoding="utf-8")
    klaar = subprocess.run(
        [*nu_validator(PLEK), "--errors-only", "--format", "json", "--exit-zero-always", str(map_)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    namen = list(bladen)
    gevonden = json.loads(klaar.stderr)["messages"]
    return [f"{namen[int(Path(m['url']).stem)]}: {m['message']} {m.get('extract', '')[:200]}" for m in gevonden]


def test_elke_openbare_bladzijde_is_geldige_html(client: Client, tmp_path: Path) -> None:
    vol_adres = vol(
        standpunten=VERDEELD, persbericht={"titel": "Kop", "html": "<p>Tekst.</p>", "adres": "persbericht/"}
    )
    weg = publiceer_advies("weg-1", "Weg", jaar=2001, nummer="2001/09")
    trek_in(publicatie=weg, reden="Fout.", door=None)
    oud = Publicatie.objects.get(sleutel="advies:adv-4")
    publiceer_advies("adv-4", "Rapport, beter", vorm="rapport", samenvatting="Nu langer.", vanaf=oud.vanaf)
    meer = [
        vol_adres, f"{vol_adres}persbericht/", f"/adviezen/zonder-jaar/adv-4/uitgaven/{oud.pk}/", "/adviezen/2001/09/",
        "/adviezen/?q=bestaatniet", "/bestaat-niet/", "/volgen/", "/raad/nevenfuncties/", "/bekendmakingen/",
        "/kabinetsreacties/adv-2/", "/cijfers/tijdig/",
    ]  # fmt: skip
    bladen = {}
    for adres in [*ADRESSEN, *meer]:
        if adres.startswith(("/api/v1/", "/data/")):
            continue
        antwoord = client.get(adres)
        if antwoord["Content-Type"].startswith("text/html") and b"<html" in antwoord.content:
            bladen[adres] = antwoord.content.decode()
    assert len(bladen) > 25
    bladen["kapot"] = "<!doctype html><html lang=nl><title>x</title><p><ul><li>Open</p></ul><a href='/'><a>"
    fouten = keur(bladen, tmp_path)
    assert [f for f in fouten if f.startswith("kapot: ")], "de keuring ziet niets"
    assert [f for f in fouten if not f.startswith("kapot: ")] == []


def test_een_feedlezer_leest_de_feed(client: Client) -> None:
    for vraag, aantal in (("", 5), ("?thema=arbeid", 2), ("?q=bestaatniet", 0)):
        feed = feedparser.parse(client.get(f"/feeds/adviezen.atom{vraag}").content)
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.version == "atom10"
        assert len(feed.entries) == aantal
        assert len({e.id for e in feed.entries}) == aantal
        for e in feed.entries:
            assert e.title
            assert e.updated_parsed
            assert e.link.startswith("http")


def test_een_agenda_leest_de_vergaderingen(client: Client) -> None:
    agenda = Calendar.from_ical(client.get("/agenda.ics").content)
    assert agenda["PRODID"]
    assert str(agenda["VERSION"]) == "2.0"
    assert not agenda.errors


def test_elke_openbare_vergadering_staat_in_de_agenda_met_haar_tijd_en_wat_ervan_kwam(
    client: Client, maak_gebruiker: Any
) -> None:
    wie, dag = maak_gebruiker("Raad", Rol.RAADSSECRETARIS), vandaag() + timedelta(days=40)
    kw: dict[str, Any] = {"orgaan": "raad", "door": wie}
    met = plan_vergadering(datum=dag, begin=time(10), eind=time(12, 30), plaats="Bezuidenhoutseweg 60", **kw)
    open_eind = plan_vergadering(datum=dag + timedelta(days=30), begin=time(14), **kw)
    heel = plan_vergadering(datum=dag + timedelta(days=60), **kw)
    gelast_af(vergadering=heel, versie=None, reden="Geen stukken.", door=wie)
    besloten = plan_vergadering(datum=dag, openbaar=False, besloten_reden="Personen.", **kw)
    punten = {str(e["UID"]): e for e in Calendar.from_ical(client.get("/agenda.ics").content).walk("VEVENT")}
    assert set(punten) == {f"vergadering-{v.pk}@ser-portaal" for v in (met, open_eind, heel, besloten)}
    een, twee, drie = (punten[f"vergadering-{v.pk}@ser-portaal"] for v in (met, open_eind, heel))
    assert (een["DTEND"].dt - een["DTSTART"].dt, str(een["LOCATION"])) == (timedelta(hours=2.5), "Bezuidenhoutseweg 60")
    assert een["DTSTART"].dt.astimezone(AMSTERDAM).time() == time(10)
    assert twee["DTEND"].dt - twee["DTSTART"].dt == timedelta(hours=3)
    assert "LOCATION" not in twee
    assert (drie["DTSTART"].dt, drie["DTEND"].dt) == (heel.datum, heel.datum + timedelta(days=1))
    assert [str(e["STATUS"]) for e in (een, twee, drie)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert str(drie["SUMMARY"]).endswith("Raadsvergadering SER (afgelast)")
    vier = punten[f"vergadering-{besloten.pk}@ser-portaal"]
    assert str(vier["SUMMARY"]).endswith("Raadsvergadering SER (besloten: niet bij te wonen)")
    assert str(vier["TRANSP"]) == "TRANSPARENT", "zij houdt niemands dag bezet"
    assert {e["DTSTAMP"].dt <= nu() for e in (een, twee, drie, vier)} == {True}, "niet gewijzigd in de toekomst"
