"""Staat er ergens een woord dat er niet mag staan? En zou deze toets het merken?"""

import io
import logging
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from unittest import mock

import pikepdf
import pytest
import xlsxwriter
from django.core import mail
from docx import Document

from adviezen.models import Perslezer, Versie
from adviezen.models.zicht import Zichtbaar
from berichten.actions import verstuur_gereed
from berichten.models import Bericht
from kern.logregels import Regel
from kern.tijd import AMSTERDAM
from publicatie.actions import publiceer
from tests.hulp import zonder_bewaking
from tests.matrix import routes
from tests.matrix.kanarie import velden
from tests.matrix.kanarie.kooi import Kooi
from tests.matrix.loop import Ronde, echte_objecten
from tests.matrix.ronde import Bezoek
from tests.matrix.wereld import ANONIEM, STAF
from tests.publiek.wereld import metadata

EIGEN_GEGEVENS = {"gegevens", "gegevens_bestand"}
# Zonder zichtbaar_voor, maar wel te lezen door wie er langs de poort bij komt.
VOOR_STAF = {
    *("adviezen_adviestraject", "adviezen_stapgang", "adviezen_startbesluit", "adviezen_uitvoeringstoets"),
    *("adviezen_advies", "adviezen_aanbeveling", "adviezen_correctie", "adviezen_schrijfstand", "adviezen_agendering"),
    *("adviezen_aanbieding", "adviezen_aanbiedingsbrief", "adviezen_registratie", "adviezen_opvattingrij"),
    *("adviezen_persbericht", "adviezen_perslezer", "adviezen_adviesintrekking"),
    *("vergaderingen_besluit", "vergaderingen_vergadering", "vergaderingen_agendapunt", "commissies_commissielid"),
    *("termijnen_termijn", "termijnen_termijnwijziging", "stukken_bestand", "stukken_pdfopdracht"),
    *("logboek_gebeurtenis", "berichten_bericht", "dialoog_editie"),
}
LEZERS = (
    *("buitenstaander", "raadslid werknemers", "kroonlid", "plaatsvervanger", "lid dagelijks bestuur", "commissielid"),
    *("commissielid elders", "adviserend lid", "ministerieel vertegenwoordiger", "waarnemer", "coördinator"),
    *("coördinator elders", "meelezer", "beheerder", "superuser", "oud-lid", "pers", "secretaris"),
)


def openbare_vragen() -> list[str]:
    """Openbare adressen die niet in het register staan: vragen aan het zoeken, en wat er niet is."""
    vragen = [
        "/adviezen/?q=embargogeheim",
        "/adviezen/?q=embargowoord",
        "/adviezen/?q=embargozim",
        "/adviezen/?jaar=2026",
    ]
    vragen += ["/api/v1/adviezen?q=embargowoord", "/adviezen/2026/99/", "/adviezen/2026/99/advies.pdf", "/nergens/"]
    vragen += ["/api/v1/adviezen/embargo", "/raad/?op=2026-01-01", "/account/login/", "/account/password/reset/"]
    return vragen


def in_antwoorden(kooi: Kooi, bezoeken: Iterable[Bezoek], mag: set[tuple[int, int]]) -> list[str]:
    """Geef elke kanarie in deze antwoorden die de bezoeker niet mag zien."""
    uit = set()
    for b in bezoeken:
        for kanarie in velden.gevonden(b.antwoord.inhoud + str(b.antwoord.kop).encode()) - mag:
            wat = velden.noem(kooi.kolommen, kanarie) if kanarie[0] < 900 else "een advies onder embargo"
            uit.add(f"{b.methode} {b.pad} als {b.rol} toont {wat}")
    return sorted(uit)


def lek(kooi: Kooi, rol: str, adressen: list[str], mag: set[tuple[int, int]]) -> list[str]:
    """Geef elke kanarie op deze adressen die deze rol niet mag zien."""
    with (
        mock.patch("publiek.planning.maak_adviespdf.apply_async", return_value=None),
        mock.patch("publiek.planning.maak_archiefpdf.apply_async", return_value=None),
    ):
        return in_antwoorden(kooi, [kooi.bezoeker.bezoek(rol, "GET", adres) for adres in adressen], mag)


def test_elke_kolom_is_openbaar_of_draagt_een_kanarie(kooi: Kooi) -> None:
    namen = {f"{k.model._meta.db_table}.{k.naam}" for k in kooi.kolommen}
    assert {"adviezen_versie.html", "adviezen_opmerking.tekst", "adviezen_adviestraject.titel"} <= namen
    assert {"vergaderingen_verslag.html", "stukken_bestand.naam", "logboek_gebeurtenis.reden"} <= namen
    assert len(namen) > 60
    html = Versie.objects.values_list("html", flat=True)
    assert all(velden.gevonden(tekst.encode()) for tekst in html)


def test_niets_vertrouwelijks_op_een_openbare_bladzijde(kooi: Kooi, ronde: Ronde) -> None:
    """Bij elke route, rol en methode van de ronde, ook bij een geweigerd of onzinnig verzoek."""
    bezoeken = [b for route, b in ronde.alle() if route.openbaar]
    assert len(bezoeken) > 1000
    assert in_antwoorden(kooi, bezoeken, set()) == []
    assert lek(kooi, ANONIEM, openbare_vragen(), set()) == []


def test_zoeken_naar_wat_onder_embargo_is_geeft_hetzelfde_als_naar_niets(kooi: Kooi) -> None:
    """Ook geen telling, facet of suggestie verraadt het."""
    for pad in ("/adviezen/?q={}", "/api/v1/adviezen?q={}"):
        echt = kooi.bezoeker.bezoek(ANONIEM, "GET", pad.format("embargogeheim")).antwoord.inhoud
        niets = kooi.bezoeker.bezoek(ANONIEM, "GET", pad.format("qqqqzzzzxxxxx")).antwoord.inhoud
        assert echt.replace(b"embargogeheim", b"W") == niets.replace(b"qqqqzzzzxxxxx", b"W")


@pytest.mark.parametrize("rol", LEZERS)
def test_niemand_leest_wat_hij_niet_mag_zien(kooi: Kooi, ronde: Ronde, rol: str) -> None:
    """Alles wat deze rol in de ronde te zien kreeg: elk echt object, en wat een weigering of fout invoer toont."""
    mag = velden.mag_zien(kooi.kolommen, kooi.toneel.rollen[rol], VOOR_STAF if rol in STAF else BIJ_HET_LEZEN)
    ronden = [(r.naam, b) for r, b in ronde.alle() if b.rol == rol and r.eis.soort in ("ingelogd", "rollen")]
    assert len(ronden) > 100
    gelekt = in_antwoorden(kooi, [b for naam, b in ronden if naam not in EIGEN_GEGEVENS], mag)
    # Alleen daar staat ook wat men elders niet (meer) te zien krijgt, en alleen wat over de lezer zelf gaat.
    zelf = velden.eigen(kooi.kolommen, kooi.toneel.rollen[rol])
    gelekt += in_antwoorden(kooi, [b for naam, b in ronden if naam in EIGEN_GEGEVENS], mag | zelf)
    assert not gelekt, "\n".join(gelekt)


def test_een_sleutel_opent_alleen_het_eigen_bericht(kooi: Kooi, ronde: Ronde) -> None:
    """Wie met een link uit een e-mail komt, ziet bij welk medium of welke organisatie hij hoort en verder niets."""
    bezoeken = [b for route, b in ronde.alle() if route.eis.soort == "open"]
    assert len(bezoeken) > 100
    mag = {(k.nummer, rij.pk) for k in kooi.kolommen if k.model is Perslezer for rij in Perslezer.objects.all()}
    gelekt = in_antwoorden(kooi, bezoeken, mag)
    assert not gelekt, "\n".join(gelekt)


# Wat een lezer te zien krijgt bij een traject, vergadering of commissie die hij mag zien.
BIJ_HET_LEZEN = {"berichten_bericht"}


OPPERVLAKKEN = (
    *("/", "/adviezen/", "/adviezen/?q=gelekt", "/zoeken/?q=gelekt", "/zoeken/suggesties/?q=gelekt"),
    *("/adviezen/2026/98/", "/adviezen/2026/98/verwijzing.bib"),
    *("/feeds/adviezen.atom", "/api/v1/adviezen", "/api/v1/adviezen/gelekt"),
    *("/adviezen/uitslag.csv?q=gelekt", "/adviezen/uitslag.json?q=gelekt", "/data/adviezen-2026.json"),
)


def test_een_lek_op_een_openbaar_oppervlak_valt_op(kooi: Kooi) -> None:
    """De proef op de som: zet een kanarie in het openbaar, en elk oppervlak moet haar melden."""
    publiceer(
        soort="advies",
        sleutel="advies:gelekt",
        titel="kanarieq1q1q gelekt",
        html='<p data-blok="a1">kanarieq1q1q</p>',
        metadata=metadata(jaar=2026, nummer="2026/98", samenvatting="kanarieq1q1q", datum="2026-01-02"),
        vanaf=datetime(2026, 1, 2, tzinfo=AMSTERDAM),
        door=None,
        voorbeeld=False,
    )
    stil = [adres for adres in OPPERVLAKKEN if not lek(kooi, ANONIEM, [adres], set())]
    assert stil == [], "toonde de kanarie, en de toets zag het niet"


def test_een_lek_in_de_zichtbaarheid_valt_op(kooi: Kooi) -> None:
    gebruiker = kooi.toneel.rollen["buitenstaander"]
    mag = velden.mag_zien(kooi.kolommen, gebruiker, BIJ_HET_LEZEN)
    versies = next(route for route in routes.alle() if route.naam == "lezen:versie")
    adressen = [versies.adres(kwargs) for kwargs in echte_objecten(kooi.toneel, versies)]
    with mock.patch.object(Zichtbaar, "zichtbaar_voor", lambda self, g: self.all()):
        assert any("adviezen_versie.html" in regel for regel in lek(kooi, "buitenstaander", adressen, mag))


def gelekte_post() -> list[str]:
    """Geef elke verstuurde brief met een kanarie in kop, onderwerp of tekst."""
    alles = [(b.subject, b.message().as_string() + b.subject + str(b.body)) for b in mail.outbox]
    return [onderwerp for onderwerp, ruw in alles if velden.gevonden(ruw.encode())]


@pytest.fixture
def verstuurd(kooi: Kooi, settings: Any) -> Any:
    """Zet wat klaarstaat op nu en verstuur het naar het geheugen; de teksten zijn die van vóór de kanaries."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with zonder_bewaking() as cursor:
        # het onderwerp en de zin zoals een handeling ze schrijft, over een traject vol kanaries
        cursor.execute(
            "UPDATE berichten_bericht SET niet_voor = now() - interval '1 hour', status = 'wacht', "
            "volgende_poging = now() - interval '1 hour', onderwerp = 'Bericht', tekst = ''"
        )
    mail.outbox = []
    return verstuur_gereed


def test_een_brief_draagt_alleen_een_adres(kooi: Kooi, verstuurd: Any) -> None:
    """Het sjabloon haalt niets bij het traject vandaan: alleen onderwerp, zin en link."""
    verstuurd(50)
    assert mail.outbox
    assert gelekte_post() == []


def test_een_lek_in_de_post_valt_op(kooi: Kooi, verstuurd: Any) -> None:
    Bericht.objects.filter(status="wacht").update(onderwerp="kanarieq1q1q")
    verstuurd(5)
    assert gelekte_post()


def bestanden() -> dict[str, bytes]:
    """Een bestand van elke soort die het portaal geeft, met een kanarie erin."""
    woord, blad, pdf = io.BytesIO(), io.BytesIO(), io.BytesIO()
    document = Document()
    document.add_paragraph("kanarieq1q1q")
    document.save(woord)
    with xlsxwriter.Workbook(blad) as werkboek:
        werkboek.add_worksheet().write_string(0, 0, "kanarieq1q1q")
    with pikepdf.new() as leeg:
        leeg.add_blank_page()
        leeg.docinfo["/Title"] = "kanarieq1q1q"
        leeg.attachments["bijlage.docx"] = woord.getvalue()
        leeg.save(pdf)
    agenda = b"BEGIN:VCALENDAR\r\nSUMMARY:een lange regel met kanar\r\n ieq1q1q\r\nEND:VCALENDAR"
    return {"Word": woord.getvalue(), "rekenblad": blad.getvalue(), "PDF": pdf.getvalue(), "agenda": agenda}


@pytest.mark.parametrize("soort", ["Word", "rekenblad", "PDF", "agenda"])
def test_een_lek_in_een_bestand_valt_op(soort: str) -> None:
    """Wat gepakt of gebroken is, staat niet leesbaar in de bytes; de toets kijkt erin."""
    inhoud = bestanden()[soort]
    assert b"kanarieq1q1q" not in inhoud or soort == "PDF"
    assert velden.ook_verpakt(inhoud) == {(1, 1)}


def test_het_log_noemt_geen_tekst_en_een_lek_valt_op() -> None:
    """De melding van een fout herhaalt vaak wat iemand schreef; alleen soort en plek komen in het log."""
    try:
        raise ValueError("kanarieq1q1q")
    except ValueError:
        regel = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Fout", None, sys.exc_info())
    assert not velden.gevonden(Regel().format(regel).encode())
    assert velden.gevonden(logging.Formatter().format(regel).encode())
