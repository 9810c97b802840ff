"""De schermen: laden door de poort, één daad, en invoer die blijft staan."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from berichten.models import Bericht
from kern.tijd import vandaag
from tests.vergaderingen.conftest import Wereld, maak_commissie, pad, tekst
from toegang.models import Gebruiker
from vergaderingen import actions, agenda
from vergaderingen.enums import Orgaan, Puntsoort, Status, Verslagstatus
from vergaderingen.models import Vergadering, Verslag
from vergaderingen.opmaak import naar_tekst
from vergaderingen.queries import presentiestand

OVER = timedelta(days=30)


@pytest.fixture(autouse=True)
def _zonder_tweede_factor(settings: Any) -> None:
    settings.VOORBEELD = True


def test_plannen_van_begin_tot_bladzijde(werk: Client, wereld: Wereld) -> None:
    assert "Plan de vergadering" in tekst(werk.get(pad("plan")))
    gegevens = {"orgaan": "raad", "datum": str(vandaag() + OVER), "begin": "10:15", "eind": "12:30", "openbaar": "ja"}
    antwoord = werk.post(pad("plan"), gegevens)
    rij = Vergadering.objects.get()
    assert antwoord.url == pad("vergadering", rij.pk)
    assert "De agenda is nog leeg" in tekst(werk.get(antwoord.url))
    dubbel = werk.post(pad("plan"), gegevens)
    assert "vergadert al op" in tekst(dubbel)
    assert Vergadering.objects.count() == 1


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"eind": "09:00"}, "Het einde moet na het begin liggen."),
        ({"datum": "32-13-2026"}, "Voer een geldige datum in."),
        ({"openbaar": "nee"}, "Geef de reden waarom deze raadsvergadering besloten is."),
        ({"orgaan": "commissie"}, "Kies de commissie of werkgroep die vergadert."),
    ],
)
def test_onmogelijke_invoer_houdt_wat_getypt_is(werk: Client, velden: dict[str, str], melding: str) -> None:
    gegevens = {"orgaan": "raad", "datum": "2027-01-15", "begin": "10:15", "eind": "12:30", "plaats": "Zaal Zeven"}
    bladzijde = tekst(werk.post(pad("plan"), gegevens | velden))
    assert melding in bladzijde
    assert "Zaal Zeven" in bladzijde
    assert not Vergadering.objects.exists()


def test_een_werkgroep_plant_men_als_commissie(werk: Client, wereld: Wereld) -> None:
    from commissies.models import Commissie

    commissie = maak_commissie(wereld)
    Commissie.objects.filter(pk=commissie.pk).update(soort="werkgroep")
    werk.post(pad("plan"), {"orgaan": "commissie", "commissie": commissie.pk, "datum": str(vandaag() + OVER)})
    assert Vergadering.objects.get().orgaan == Orgaan.WERKGROEP
    voorstel = tekst(werk.get(pad("plan") + f"?orgaan=commissie&commissie={commissie.pk}"))
    assert f'<option value="{commissie.pk}" selected>' in voorstel


def test_oproepen_toont_vooraf_wie_bericht_krijgt(werk: Client, wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + timedelta(days=5))
    leeg = tekst(werk.get(pad("oproeping", rij.pk)))
    eerst, gebeurt = leeg.index("<h2>Eerst nodig</h2>"), leeg.index("Wat er gebeurt")
    assert eerst < leeg.index("De agenda is nog leeg.") < gebeurt, "een beletsel is geen gevolg"
    assert f'<a href="{pad("vergadering", rij.pk)}#agenda">De agenda is nog leeg.</a>' in leeg
    wereld.punt(rij)
    vooraf = tekst(werk.get(pad("oproeping", rij.pk)))
    assert "Zonder account, dus zelf berichten: Lid O1" in vooraf
    assert "worden dan openbaar" in vooraf
    assert "5 dagen vooraf" in vooraf
    dag = str(vandaag())
    antwoord = werk.post(pad("oproeping", rij.pk), {"opgeroepen_op": dag, "stukken_op": dag, "versie": rij.rijversie})
    assert antwoord.url == pad("vergadering", rij.pk)
    nogmaals = werk.post(pad("oproeping", rij.pk), {"opgeroepen_op": dag, "stukken_op": dag, "versie": rij.rijversie})
    assert "Iemand anders heeft dit intussen gewijzigd" in tekst(nogmaals)
    bladzijde = tekst(werk.get(pad("vergadering", rij.pk)))
    assert "Herroep oproeping" in bladzijde
    werk.post(pad("herroep", rij.pk), {"reden": "Verkeerde zaal"})
    assert Vergadering.objects.get().status == Status.GEPLAND


def test_agenda_toevoegen_met_stuk_nummeren_en_verschuiven(werk: Client, wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + OVER)
    fout = werk.post(pad("voeg-toe", rij.pk), {"onderwerp": "Met fout stuk", "soort": "advies",
                     "stuk": SimpleUploadedFile("virus.exe", b"MZ", "application/octet-stream")})  # fmt: skip
    assert "Met fout stuk" in tekst(fout)
    assert not rij.agendapunten.exists()
    pdf = SimpleUploadedFile("stuk.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF", "application/pdf")
    werk.post(pad("voeg-toe", rij.pk), {"onderwerp": "Eerste", "soort": "advies", "stuk": pdf})
    werk.post(pad("voeg-toe", rij.pk), {"onderwerp": "Tweede", "soort": "benoeming"})
    eerste, tweede = rij.agendapunten.order_by("volgorde")
    assert eerste.bestand is not None
    assert "staat al op de agenda" in tekst(
        werk.post(pad("voeg-toe", rij.pk), {"onderwerp": "eerste", "soort": "advies"})
    )
    werk.post(pad("nummer-snel", rij.pk, tweede.pk))
    # Wie met toetsen verschuift, houdt dezelfde pijl; aan de rand is die er niet meer en wordt het de andere.
    assert werk.post(pad("volgorde", rij.pk), {"omhoog": tweede.pk}).url.endswith(f"#omlaag-{tweede.pk}")
    assert list(rij.agendapunten.order_by("volgorde")) == [tweede, eerste]
    derde = wereld.punt(rij, "Derde")
    assert werk.post(pad("volgorde", rij.pk), {"omlaag": tweede.pk}).url.endswith(f"#omlaag-{tweede.pk}")
    derde.delete()
    werk.post(pad("volgorde", rij.pk), {"volgorde": f"{tweede.pk},{eerste.pk}"})
    assert list(rij.agendapunten.order_by("volgorde")) == [tweede, eerste]
    kapot = werk.post(pad("volgorde", rij.pk), {"volgorde": "1"}, follow=True)
    assert "Iemand anders heeft dit intussen gewijzigd" in tekst(kapot)
    tweede.refresh_from_db()
    gebruikt = werk.post(pad("nummer", rij.pk, eerste.pk), {"nummer-nummer": tweede.stuknummer})
    assert "is al gebruikt: Tweede" in tekst(gebruikt)
    assert f'value="{tweede.stuknummer}"' in tekst(gebruikt)
    werk.post(pad("nummer", rij.pk, eerste.pk), {"nummer-nummer": "77"})
    werk.post(pad("nummer", rij.pk, eerste.pk), {"nummer-nummer": "78", "nummer-reden": "Vergissing"})
    eerste.refresh_from_db()
    assert eerste.stuknummer.endswith("/78")


def test_punt_wijzigen_en_van_de_agenda_halen(werk: Client, wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + OVER)
    punt = wereld.punt(rij)
    velden = {"punt-onderwerp": "Beter", "punt-soort": "advies", "versie": 0}
    assert werk.post(pad("agendapunt", rij.pk, punt.pk), velden).status_code == 302
    verouderd = werk.post(pad("agendapunt", rij.pk, punt.pk), velden | {"punt-onderwerp": "Nog beter"})
    assert "Iemand anders" in tekst(verouderd)
    assert "Nog beter" in tekst(verouderd)
    assert "verplicht" in tekst(werk.post(pad("vervalt", rij.pk, punt.pk), {"vervalt-reden": ""}))
    werk.post(pad("vervalt", rij.pk, punt.pk), {"vervalt-reden": "Ingetrokken"})
    assert "Ingetrokken" in tekst(werk.get(pad("vergadering", rij.pk)))


def test_presentielijst_met_en_zonder_htmx(werk: Client, wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    adres = pad("presentie", rij.pk)
    assert "nog geen quorum" in tekst(werk.get(adres))
    assert werk.post(adres, {"teken": "geleding:kroonleden"}).url == adres
    deel = werk.post(adres, {"teken": f"aan:{wereld.leden['O1'].pk}"}, headers={"HX-Request": "true"})
    assert "<html" not in tekst(deel)
    assert "<strong>5</strong> van 10" in tekst(deel)
    # De lijst vraagt zelf of er iemand tekende; zonder wijziging blijft zij staan.
    stand = {"stand": presentiestand(rij)}
    assert werk.get(adres, stand, headers={"HX-Request": "true"}).status_code == 204
    wereld.teken(rij, "W1")
    assert "<strong>6</strong> van 10" in tekst(werk.get(adres, stand, headers={"HX-Request": "true"}))
    werk.post(adres, {"teken": f"af:{wereld.leden['W1'].pk}"})
    werk.post(adres, {"teken": f"af:{wereld.leden['O1'].pk}"})
    assert "<strong>4</strong> van 10" in tekst(werk.get(pad("quorum", rij.pk)))
    assert "Kies wie er tekent." in tekst(werk.post(adres, {"teken": "onzin"}, follow=True))
    assert werk.post(adres, {"teken": "aan:999999"}).status_code == 404
    werk.post(adres, {"teken": f"af:{wereld.leden['K1'].pk}"})
    pool = werk.post(pad("pool", rij.pk), {"pool-vervanger": wereld.plv["K2"].pk, "pool-lid": wereld.leden["K1"].pk})
    assert pool.url == adres
    assert "vervangen door Plv K2" in tekst(werk.get(adres))
    bezet = werk.post(pad("pool", rij.pk), {"pool-vervanger": wereld.plv["K1"].pk, "pool-lid": wereld.leden["K1"].pk})
    assert "al bezet" in tekst(bezet)


def test_openen_besluiten_sluiten_en_verslag(werk: Client, wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    punt = rij.agendapunten.get()
    geweigerd = tekst(werk.post(pad("open", rij.pk), {"versie": rij.rijversie}))
    assert "Er is geen quorum: 0 van de 10" in geweigerd
    for groep in ("ondernemers", "kroonleden", "werknemers"):
        werk.post(pad("presentie", rij.pk), {"teken": f"geleding:{groep}"})
    werk.post(pad("open", rij.pk), {"versie": rij.rijversie})
    halve = {"besluit-tekst": "X", "besluit-soort": "zaak", "besluit-voor": "3"}
    assert "per zetel gestemd" in tekst(werk.post(pad("besluit", rij.pk, punt.pk), halve))
    assert not punt.besluiten.exists()
    werk.post(pad("presentie", rij.pk), {"teken": f"aan:{wereld.plv['O1'].pk}"})
    vervang = {"vervang-vervanger": wereld.plv["O1"].pk, "vervang-lid": wereld.zetels["O1"].pk}
    werk.post(pad("vervang", rij.pk, punt.pk), vervang)
    assert "Plv O1 stemt voor" in tekst(werk.get(pad("agendapunt", rij.pk, punt.pk)))
    fout = werk.post(pad("vervang", rij.pk, punt.pk), vervang | {"vervang-lid": wereld.zetels["O2"].pk})
    assert "mag Lid O2 niet vervangen" in tekst(fout)
    werk.post(pad("sluit", rij.pk), {})
    assert "hoeveel tegen" in tekst(werk.post(pad("besluit", rij.pk, punt.pk), halve))
    werk.post(
        pad("besluit", rij.pk, punt.pk),
        {"besluit-tekst": "Akkoord.", "besluit-soort": "zaak", "besluit-voor": "6", "besluit-tegen": "4"},
    )
    besluit = punt.besluiten.get()
    assert (besluit.uitkomst, besluit.blanco) == ("aangenomen", 0)
    verbeter = pad("corrigeer", rij.pk, punt.pk, besluit.pk)
    assert "Verbeter een besluit" in tekst(werk.get(verbeter))
    werk.post(verbeter, {"tekst": "Akkoord, unaniem.", "uitkomst": "aangenomen", "reden": "Tikfout"})
    editor = tekst(werk.get(pad("verslag", rij.pk)))
    assert "Akkoord, unaniem." in editor
    assert "formnovalidate>Bewaar het concept" in editor  # de lege bijdrage eronder houdt het bewaren niet tegen
    werk.post(pad("verslag", rij.pk), {"tekst": "# Kop\n\nZo was het.\n\n[vertrouwelijk] Stil.", "versie": ""})
    verslag = Verslag.objects.get()
    assert verslag.html == "<h2>Kop</h2>\n<p>Zo was het.</p>\n<p>[vertrouwelijk] Stil.</p>"
    assert verslag.openbaar_html == "<h2>Kop</h2>\n<p>Zo was het.</p>"
    oud = werk.post(pad("verslag", rij.pk), {"tekst": "Anders", "versie": "0"})
    assert "Iemand anders" in tekst(oud)
    assert "Anders" in tekst(oud)
    assert "nog geen latere vergadering" in tekst(werk.get(pad("vaststellen", rij.pk)))
    assert verslag.status == Verslagstatus.CONCEPT


def test_een_bijdrage_komt_onder_haar_punt_met_een_spreker_van_de_presentielijst(werk: Client, wereld: Wereld) -> None:
    rij = wereld.gesloten()
    scherm = tekst(werk.get(pad("verslag", rij.pk)))
    assert '<option value="Lid O1">' in scherm
    assert "Plv O1" not in scherm, "wie er niet was, spreekt niet"
    begin = "## 1. Advies\n\nDe raad stemt in.\n\n## Sluiting\n\nOm 12.10 uur.\n"
    velden = {"tekst": begin, "versie": "", "voeg-toe": "ja", "bij": "1. Advies", "bijdrage": "Wat kost het?"}
    assert "Selecteer" in tekst(werk.post(pad("verslag", rij.pk), velden | {"spreker": "Vreemde"}))
    assert not Verslag.objects.exists(), "afgekeurd: niets half bewaard"
    werk.post(pad("verslag", rij.pk), velden | {"spreker": "Lid O1"})
    verslag = Verslag.objects.get()
    assert (
        "<h3>1. Advies</h3>\n<p>De raad stemt in.</p>\n<p>Lid O1: Wat kost het?</p>\n<h3>Sluiting</h3>" in verslag.html
    )
    velden |= {"tekst": naar_tekst(verslag.html), "versie": verslag.rijversie, "spreker": "onbekend"}
    werk.post(pad("verslag", rij.pk), velden | {"bijdrage": "Onder ons.", "vertrouwelijk": "on"})
    verslag.refresh_from_db()
    assert "<p>[vertrouwelijk] ?: Onder ons.</p>" in verslag.html
    assert "Onder ons" not in verslag.openbaar_html


def test_verslag_vaststellen_langs_het_scherm(werk: Client, wereld: Wereld) -> None:
    rij = wereld.gesloten(vandaag() - timedelta(days=30))
    actions.schrijf_verslag(vergadering=rij, html="<p>Tekst</p>", openbaar_html="<p>T</p>", door=wereld.door)
    later = wereld.geopend()
    assert "verplicht" in tekst(werk.post(pad("vaststellen", rij.pk), {}))
    werk.post(pad("vaststellen", rij.pk), {"vastgesteld_in": later.pk})
    assert "vastgesteld" in tekst(werk.get(pad("verslag", rij.pk)))
    assert "<textarea" not in tekst(werk.get(pad("verslag", rij.pk)))


def test_aanbod_uit_een_bron_staat_klaar(werk: Client, wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    class Bron(agenda.Agendabron):
        naam = "proef"

        def aanbod(self, vergadering: Vergadering, gebruiker: Gebruiker) -> list[agenda.Aanbod]:
            return [agenda.Aanbod("z", "Zaak uit de bron")]

        def verwijzingen(self, punten: Any, gebruiker: Gebruiker) -> dict[int, agenda.Verwijzing]:
            return {p.pk: agenda.Verwijzing("Naar de zaak", "/werk/zaak/") for p in punten}

    monkeypatch.setattr(agenda, "_bronnen", {})
    agenda.registreer_bron(Bron())
    rij = wereld.plan(vandaag() + OVER)
    assert "Zaak uit de bron" in tekst(werk.get(pad("vergadering", rij.pk)))
    werk.post(pad("plaats-aanbod", rij.pk), {"bron": "proef", "sleutel": "z"})
    assert "Naar de zaak" in tekst(werk.get(pad("vergadering", rij.pk)))
    weg = werk.post(pad("plaats-aanbod", rij.pk), {"bron": "proef", "sleutel": "weg"}, follow=True)
    assert "niet meer aangeboden" in tekst(weg)


def test_regel_42_wie_oproept_hoort_wat_op_deze_agenda_hoort_en_er_nog_niet_staat(
    werk: Client, wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Een advies dat een commissie zelf gaf hoort op de volgende agenda, een open verslag ook (regel 46)."""

    class Bron(agenda.Agendabron):
        naam = "proef"

        def aanbod(self, vergadering: Vergadering, gebruiker: Gebruiker) -> list[agenda.Aanbod]:
            return [
                agenda.Aanbod("i", "Advies van de commissie", Puntsoort.INGEKOMEN),
                agenda.Aanbod("v", "Verslag van mei", Puntsoort.VERSLAG),
                agenda.Aanbod("a", "Een ontwerpadvies", Puntsoort.ADVIES),
            ]

    monkeypatch.setattr(agenda, "_bronnen", {})
    agenda.registreer_bron(Bron())
    rij = wereld.plan(vandaag() + OVER)
    vooraf = tekst(werk.get(pad("oproeping", rij.pk)))
    for onderwerp in ("Advies van de commissie", "Verslag van mei"):
        assert f"Let op: “{onderwerp}” staat nog niet op deze agenda." in vooraf
    assert "“Een ontwerpadvies” staat" not in vooraf, "dat beslist de secretaris"


@pytest.mark.parametrize("vraag", ["", "?toon=geweest", "?orgaan=raad", "?orgaan=kantine", "?pagina=99"])
def test_de_lijst_doet_een_vast_aantal_zoekvragen(
    werk: Client, wereld: Wereld, django_assert_num_queries: DjangoAssertNumQueries, vraag: str
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    wereld.plan(vandaag() + OVER)
    with CaptureQueriesContext(
        connection,
    ) as een:
        werk.get(pad("lijst") + vraag)
    for n in range(1, 12):
        wereld.plan(vandaag() + OVER + timedelta(days=n), Orgaan.KROONLEDENOVERLEG)
    with django_assert_num_queries(len(een)):
        werk.get(pad("lijst") + vraag)
    assert len(een) <= 20


def test_de_bladzijde_doet_een_vast_aantal_zoekvragen(
    werk: Client, wereld: Wereld, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    rij = wereld.geopend()
    actions.leg_besluit_vast(agendapunt=rij.agendapunten.get(), tekst="X", door=wereld.door)
    werk.get(pad("vergadering", rij.pk))
    with CaptureQueriesContext(connection) as een:
        werk.get(pad("vergadering", rij.pk))
    for n in range(12):
        actions.leg_besluit_vast(agendapunt=wereld.punt(rij, f"Punt {n}"), tekst=f"Y{n}", door=wereld.door)
    with django_assert_num_queries(len(een)):
        werk.get(pad("vergadering", rij.pk))


def test_filter_op_commissie(werk: Client, wereld: Wereld) -> None:
    een, twee = maak_commissie(wereld, "Commissie Een"), maak_commissie(wereld, "Commissie Twee")
    for commissie in (een, twee):
        wereld.plan(vandaag() + OVER, Orgaan.COMMISSIE, commissie=commissie)
    bladzijde = tekst(werk.get(pad("lijst") + f"?commissie={een.pk}"))
    assert bladzijde.count('scope="row"') == 1


def test_een_oproeping_van_een_dag_die_geweest_is_belooft_geen_berichten(werk: Client, wereld: Wereld) -> None:
    """Er gaat dan niets uit; en een jaartal van een eeuw terug is een tikfout."""
    rij = wereld.plan(vandaag() + OVER)
    wereld.punt(rij)
    gegevens = {"versie": rij.rijversie, "opgeroepen_op": "1926-01-01", "stukken_op": "1926-01-01"}
    assert "Kijk het jaar na" in tekst(werk.post(pad("oproeping", rij.pk), gegevens))
    gisteren = str(vandaag() - timedelta(days=1))
    gegevens |= {"opgeroepen_op": gisteren, "stukken_op": gisteren}
    antwoord = tekst(werk.post(pad("oproeping", rij.pk), gegevens, follow=True))
    assert "Er gaan geen berichten uit" in antwoord
    assert "over tien minuten" not in antwoord
    assert not Bericht.objects.filter(feit__startswith="vergaderingen.roep_op").exists()
