"""Een reactie in Word: welke punten eruit komen, bij welke passage, en dat er pas na nakijken iets bewaard wordt."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from adviezen.enums import Stap
from adviezen.models import ReactieItem
from adviezen.woordreactie import MEESTE, kandidaten
from kern.blokken import blokken, munt
from tests.adviezen import bouw

WIT = munt(
    "<h2>1. Aanleiding</h2><p>Steeds meer mensen werken thuis voor een werkgever in een ander land.</p>"
    "<h2>2. Wat er speelt</h2><p>Wie een dag per week thuiswerkt, kan onder twee stelsels vallen.</p>"
    "<ul><li>De premies verschillen per land.</li><li>De regels voor ziekte lopen uiteen.</li></ul>"
)
PLEK = {b.tekst: b.id for b in blokken(WIT)}


def blok(begin):
    return next(pk for tekst, pk in PLEK.items() if tekst.startswith(begin))


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("Bij “onder twee stelsels vallen” hoort een voorbeeld.", "Wie een dag"),
        ('Bij "ONDER TWEE STELSELS, vallen" hoort een voorbeeld.', "Wie een dag"),
        ("In alinea 2 ontbreekt een voorbeeld.", "Wie een dag"),
        ("Bij alinea 4 ontbreekt een bron.", "De regels voor ziekte"),
        ("Hoofdstuk 2 is te lang.", "2. Wat"),
        ("Aanbeveling 2 is onduidelijk.", "De regels voor ziekte"),
        ("Wij lezen dat premies verschillen per land; dat klopt.", "De premies"),
    ],
)
def test_de_passage_volgt_uit_citaat_nummer_of_woorden(tekst, verwacht):
    (gevonden,) = kandidaten(f"<p>{tekst}</p>", WIT)
    assert gevonden.blok == blok(verwacht)
    assert gevonden.waarom


@pytest.mark.parametrize(
    "tekst",
    ["Wij danken de commissie.", "Hoofdstuk 9 ontbreekt.", "Bij “kort” niets.", "alinea 99", f"alinea {'9' * 5000}"],
)
def test_zonder_grond_blijft_een_punt_bij_het_geheel(tekst):
    (gevonden,) = kandidaten(f"<p>{tekst}</p>", WIT)
    assert (gevonden.blok, gevonden.waarom) == ("", "")


def test_kop_citaat_lijst_en_tabel():
    html = (
        "<h2>Bij hoofdstuk 2</h2><p>Dit is ons eerste punt.</p><ol><li>Nog een.</li></ol>"
        "<blockquote><p>De regels voor ziekte lopen uiteen</p></blockquote><p>Leg dit uit.</p>"
        "<table><tr><th>Waar</th><th>Punt</th></tr><tr><td>1</td><td>Noem cijfers.</td><td>Zie CBS.</td></tr>"
        "<tr><td></td><td></td><td></td></tr></table>"
    )
    uit = kandidaten(html, WIT)
    assert [k.tekst for k in uit] == ["Dit is ons eerste punt.", "Nog een.", "Leg dit uit.", "Noem cijfers."]
    assert [k.blok for k in uit] == [blok("2. Wat"), blok("2. Wat"), blok("De regels"), blok("1. Aanl")]
    assert uit[3].voorstel == "Zie CBS."
    assert kandidaten("", WIT) == []
    assert len(kandidaten("<p>x</p>" * 300, WIT)) == MEESTE


def test_er_valt_geen_tekst_weg_en_geen_punt_staat_er_dubbel():
    """Een punt in een punt, een aanhaling die nergens staat, en een tabel met een kolom te veel."""
    html = (
        "<ul><li>Wij vragen:<ul><li>cijfers,</li><li>een voorbeeld.</li></ul> Tot slot.</li></ul>"
        "<blockquote><p>Onze eigen tekst in een citaat.</p></blockquote>"
        "<table><tr><td>1</td><td>Noem cijfers.</td><td>Zie CBS.</td><td>Of het CPB.</td></tr></table>"
    )
    uit = kandidaten(html, WIT)
    assert [k.tekst for k in uit] == [
        "Wij vragen: Tot slot.", "cijfers,", "een voorbeeld.", "Onze eigen tekst in een citaat.", "Noem cijfers."
    ]  # fmt: skip
    assert uit[-1].voorstel == "Zie CBS.\nOf het CPB."


def test_een_citaat_dat_nergens_staat_verhindert_het_volgende_niet():
    (gevonden,) = kandidaten("<p>Bij “dit staat echt nergens” en “onder twee stelsels vallen” hoort uitleg.</p>", WIT)
    assert gevonden.blok == blok("Wie een dag")
    (niets,) = kandidaten("<p>Kinderopvang verdient volgens onze achterban aandacht.</p>", WIT)
    assert (niets.blok, niets.waarom) == ("", ""), "veel woorden, maar geen passage die erop lijkt"


def test_lege_alineas_en_losse_tekst_zijn_geen_punt():
    assert [k.tekst for k in kandidaten("los<p> </p><p>Een echt punt.</p><ul><li></li></ul>", WIT)] == [
        "Een echt punt."
    ]


def test_een_tabel_zonder_nummers_wijst_met_woorden():
    """Een rij van één cel is een gewoon punt; een eerste kolom met woorden is de passage, niet het punt."""
    html = (
        "<table><tr><td>Bij “onder twee stelsels vallen” hoort uitleg.</td></tr>"
        "<tr><td>De regels voor ziekte lopen uiteen</td><td>Leg dit uit.</td></tr>"
        "<tr><td>Inleiding</td><td></td></tr></table>"
    )
    een, twee, drie = kandidaten(html, WIT)
    assert (een.blok, een.voorstel, een.waarom) == (blok("Wie een dag"), "", "u haalt de passage aan")
    assert (twee.tekst, twee.blok) == ("Leg dit uit.", blok("De regels"))
    assert twee.waarom == "de eerste kolom haalt de passage aan"
    assert (drie.tekst, drie.blok) == ("Inleiding", "")


# --- in het scherm ------------------------------------------------------------------------------------------------


def word(*alineas):
    uit, document = io.BytesIO(), docx.Document()
    for alinea in alineas:
        document.add_paragraph(alinea)
    document.save(uit)
    return SimpleUploadedFile("reactie.docx", uit.getvalue())


@pytest.mark.django_db
def test_inlezen_nakijken_en_in_het_concept(als, wereld):
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    fnv = cast.deelname("FNV")
    wit = fnv.beraad.versie
    doel = blokken(wit.html)[1]
    adres = reverse("organisatie:inlezen", kwargs={"pk": fnv.pk})
    client = als(fnv.contact)
    assert "Kies een Word-bestand" in client.post(adres, {}).content.decode()
    kapot = client.post(adres, {"bestand": SimpleUploadedFile("x.docx", b"geen word")})
    assert kapot.status_code == 422
    scherm = client.post(adres, {"bestand": word("Geachte commissie,", f"Bij “{doel.tekst[:40]}”: te kort.")})
    assert scherm.status_code == 200
    assert "u haalt de passage aan" in scherm.content.decode()
    # Wat direct na de naam van de groep komt begint op een eigen regel, maar een verborgen veld doet dat niet.
    assert '</legend><input type="hidden"' not in scherm.content.decode()
    assert not ReactieItem.objects.exists()  # nog niets bewaard
    form = scherm.context["form"]
    invoer = {naam: form[naam].value() or "" for naam in form.fields}
    invoer |= {"mee_1": "", "mee_2": "on", "voorstel_2": "Langer."}
    leeg = client.post(adres, invoer | {"tekst_2": " "})
    assert leeg.status_code == 422
    assert "Punt 2 is leeg" in leeg.content.decode()
    assert "Langer." in leeg.content.decode()
    assert client.post(adres, invoer | {"mee_2": ""}).status_code == 422
    for _ in range(2):  # dubbel verstuurd is één keer
        assert client.post(adres, invoer).status_code == 302
    item = ReactieItem.objects.get()
    assert (item.blok, item.voorstel) == (doel.id, "Langer.")
    assert client.post(adres, invoer | {"blok_2": "bverzonnen"}).status_code == 422
    assert client.post(adres, {"aantal": "²"}).status_code == 422
    vol = client.post(adres, {"bestand": word(*(f"Punt {n}." for n in range(MEESTE + 1)))})
    assert f"Meer dan {MEESTE} punten kunnen niet" in vol.content.decode()
    for buiten in (cast.secretaris, cast.deelname("CNV").contact, cast.wereld.account("FNV 8")):
        assert als(buiten).get(adres).status_code == 404
