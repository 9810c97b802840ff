"""Wat opgestuurd wordt: goed wordt bewaard, fout geweigerd met een zin bij het veld, en niets blijft half achter."""

import errno
import io
import os
import zipfile
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import ObjectStreamMode

from kern.fouten import InvoerFout
from stukken import keuring, onderhoud, opslag
from stukken.actions import bewaar, bewaar_bytes, megabytes
from stukken.enums import Soort
from stukken.models import Bestand
from stukken.queries import bij_hash
from tests.stukken.conftest import KLEINE_PDF, herpak
from toegang.models import Gebruiker

pytestmark = pytest.mark.django_db


def upload(inhoud: bytes, naam: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, inhoud)


def geweigerd(inhoud: bytes, naam: str, **meer: Any) -> str:
    with pytest.raises(InvoerFout) as fout:
        bewaar(upload=upload(inhoud, naam), door=None, veld="bijlage", **meer)
    assert fout.value.veld == "bijlage"
    assert not Bestand.objects.exists()
    assert not list(opslag.bewaarde_hashes())
    return fout.value.tekst


def test_een_pdf_wordt_bewaard_onder_zijn_hash(secretaris: Gebruiker) -> None:
    rij = bewaar(upload=upload(KLEINE_PDF, "Brief minister.PDF"), door=secretaris)
    assert (rij.naam, rij.soort, rij.grootte, rij.door_id) == (
        "Brief minister.PDF",
        Soort.PDF,
        len(KLEINE_PDF),
        secretaris.pk,
    )
    assert rij.inhoud() == KLEINE_PDF
    assert rij.pad.name == rij.sha256
    assert rij.pad.parent.name == rij.sha256[2:4]
    assert bij_hash(rij.sha256) == rij
    assert str(rij) == "Brief minister.PDF"


def test_dezelfde_inhoud_deelt_het_bestand_maar_niet_de_rij(secretaris: Gebruiker, buitenstaander: Gebruiker) -> None:
    een = bewaar(upload=upload(KLEINE_PDF, "a.pdf"), door=secretaris)
    twee = bewaar(upload=upload(KLEINE_PDF, "b.pdf"), door=buitenstaander)
    assert een.pk != twee.pk
    assert een.pad == twee.pad
    assert (een.naam, twee.naam) == ("a.pdf", "b.pdf")


def test_een_word_bestand_wordt_bewaard(word: Callable[..., bytes]) -> None:
    assert bewaar(upload=upload(word(), "stuk.docx"), door=None).soort == Soort.DOCX


def test_een_rij_wijzigt_nooit() -> None:
    rij = bewaar_bytes(inhoud=b"x", naam="x.csv", soort="csv")
    with pytest.raises(DatabaseError), transaction.atomic():
        Bestand.objects.filter(pk=rij.pk).update(naam="y.csv")
    with pytest.raises(DatabaseError), transaction.atomic():
        Bestand.objects.filter(pk=rij.pk).delete()


def test_te_groot_noemt_beide_maten() -> None:
    assert geweigerd(KLEINE_PDF, "a.pdf", maximum=50) == (
        f"Dit bestand is te groot: {megabytes(len(KLEINE_PDF))}. Het mag ten hoogste {megabytes(50)} zijn."
    )
    assert megabytes(25_000_000) == "25 MB"
    assert megabytes(12_540_000) == "12,5 MB"


@pytest.mark.parametrize(
    ("inhoud", "naam", "zin"),
    [
        (b"", "leeg.pdf", "leeg"),
        (b"MZ\x90", "virus.exe", "Dit soort bestand kan hier niet. Kies een PDF-bestand of Word-bestand (.docx)."),
        (KLEINE_PDF, "stuk.docx", "eindigt op .docx, maar de inhoud is geen Word-bestand"),
        (b"<html><script>", "stuk.pdf", "eindigt op .pdf, maar de inhoud is geen PDF-bestand"),
        (b"PK\x03\x04rommel", "stuk.docx", "de inhoud is geen Word-bestand"),
        (keuring.OUD_WORD + b"x", "oud.doc", "oud of versleuteld"),
        (keuring.OUD_WORD + b"x", "versleuteld.docx", "oud of versleuteld"),
        (b"PK\x03\x04", "stuk.docm", "macro's"),
        (b"tekst", "zonder", "Dit soort bestand kan hier niet"),
        (KLEINE_PDF[:-20], "half.pdf", "niet heel"),
    ],
)
def test_de_verkeerde_soort(inhoud: bytes, naam: str, zin: str) -> None:
    assert zin in geweigerd(inhoud, naam)


def test_wat_hier_niet_mag_wordt_genoemd(word: Callable[..., bytes]) -> None:
    assert geweigerd(word(), "a.docx", toegestaan=("pdf",)) == "Dit soort bestand kan hier niet. Kies een PDF-bestand."


@pytest.mark.parametrize(
    "actie",
    [
        b"<< /S /JavaScript /JS (app.alert(1)) >>",
        b"<< /S /J#61vaScript >>",
        b"<< /S /Launch /F (cmd.exe) >>",
        b"<< /Subtype /RichMedia >>",
    ],
)
def test_een_pdf_die_iets_doet(actie: bytes) -> None:
    stuk = KLEINE_PDF.replace(b"<< /Type /Catalog >>", b"<< /Type /Catalog /OpenAction " + actie + b" >>")
    assert "script" in geweigerd(stuk, "a.pdf")
    for soort in (b"/ObjStm", b"/Obj#53tm", b"/#4fbjStm /DecodeParms << /Predictor 1 >>"):
        kop = b"2 0 obj\n<< /Type " + soort + b" /Filter /FlateDecode >>\nstream\n"
        ingepakt = kop + zlib.compress(actie) + b"\nendstream\n"
        assert "script" in geweigerd(KLEINE_PDF.replace(b"trailer", ingepakt + b"trailer"), "a.pdf"), soort


@pytest.mark.parametrize("gebruiker", ["geheim", ""], ids=["om te openen", "tegen wijzigen"])
@pytest.mark.parametrize("lijsten", [ObjectStreamMode.disable, ObjectStreamMode.generate])
def test_een_beveiligde_pdf_kan_niemand_nakijken(gebruiker: str, lijsten: ObjectStreamMode) -> None:
    """In wat versleuteld is staat een script net zo onleesbaar als de rest; een lezer opent het zonder wachtwoord."""
    pdf, uit = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    slot = pikepdf.Encryption(owner="baas", user=gebruiker)
    pdf.save(uit, encryption=slot, object_stream_mode=lijsten)
    assert "beveiligd" in geweigerd(uit.getvalue(), "a.pdf")
    assert "beveiligd" in geweigerd(uit.getvalue().replace(b"/Encrypt", b"/Encr#79pt"), "a.pdf")


def test_een_pdf_over_beveiligde_pdfs_mag() -> None:
    assert bewaar(
        upload=upload(KLEINE_PDF.replace(b"trailer", b"% over /Encrypt en de rest\ntrailer"), "a.pdf"), door=None
    )


@pytest.mark.parametrize("wijze", [b"/ASCII85Decode", b"[ /ASCIIHexDecode /FlateDecode ]", b"/LZW#44ecode"])
def test_een_lijst_die_niemand_zo_inpakt(wijze: bytes) -> None:
    kop = b"2 0 obj\n<< /Filter " + wijze + b" /Type /ObjStm >>\nstream\n"
    assert "niet na te gaan" in geweigerd(KLEINE_PDF.replace(b"trailer", kop + b"x\nendstream\ntrailer"), "a.pdf")


def test_na_vijftig_megabyte_blijft_niets_ongelezen() -> None:
    """Een grote lege lijst vooraan verborg wat erachter stond."""
    lijst = b"2 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n%b\nendstream\n"
    vol, actie = zlib.compress(b" " * 50_000_001), zlib.compress(b"<< /S /JavaScript >>")
    stuk = KLEINE_PDF.replace(b"trailer", lijst % vol + lijst % actie + b"trailer")
    assert "niet na te gaan" in geweigerd(stuk, "a.pdf")


def test_een_kapotte_objectlijst_houdt_een_pdf_niet_tegen() -> None:
    stuk = KLEINE_PDF.replace(b"trailer", b"<< /Type /ObjStm >>\nstream\nrommel\ntrailer")
    assert bewaar(upload=upload(stuk, "a.pdf"), door=None)


@pytest.mark.parametrize(
    ("erbij", "zin"),
    [
        ({"word/vbaProject.bin": b"x"}, "macro's"),
        ({"word/activeX/activeX1.xml": b"<x/>"}, "macro's"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "macro's"),
        ({"word/media/start.exe": b"x"}, "macro's"),
        ({"../../etc/passwd": b"x"}, "vreemd opgebouwd"),
        ({"/absoluut.xml": b"<x/>"}, "vreemd opgebouwd"),
        ({"word\\..\\x.xml": b"<x/>"}, "vreemd opgebouwd"),
        ({"WORD/Document.xml": b"<x/>"}, "vreemd opgebouwd"),
        ({"word/x.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}, "DOCTYPE"),
        ({"word/x.xml": "<?xml version='1.0' encoding='UTF-16'?><x/>".encode("utf-16")}, "DOCTYPE"),
        ({"word/x.xml": b"<?xml version='1.0' encoding='cp037'?><x/>"}, "DOCTYPE"),
        ({"word/bom.xml": b"0" * 55_000_000}, "uitgepakt te groot"),
        ({"word/groot.xml": b"0" * 61_000_000}, "uitgepakt te groot"),
        ({"[Content_Types].xml": b"<Types/>"}, "geen gewoon Word-document"),
        ({"[Content_Types].xml": None}, "beschadigd"),
    ],
)
def test_een_word_bestand_dat_niet_deugt(word: Callable[..., bytes], erbij: dict[str, bytes | None], zin: str) -> None:
    assert zin in geweigerd(herpak(word(), erbij), "a.docx")


def test_te_veel_onderdelen(word: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keuring, "MEESTE_DELEN", 3)
    assert "uitgepakt te groot" in geweigerd(word(), "a.docx")


def test_een_wachtwoord(word: Callable[..., bytes]) -> None:
    inhoud = bytearray(word())
    plaats = inhoud.rfind(b"PK\x01\x02")
    inhoud[plaats + 8] |= 1
    assert "wachtwoord" in geweigerd(bytes(inhoud), "a.docx")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_een_beschadigd_word_bestand_geeft_een_zin_en_nooit_een_andere_fout(data: st.DataObject) -> None:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("[Content_Types].xml", f'<Types><x y="{keuring.HOOFDTYPE}"/></Types>')
        archief.writestr("word/document.xml", "<w/>" * 40)
    inhoud = bytearray(uit.getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        inhoud[data.draw(st.integers(4, len(inhoud) - 1))] = data.draw(st.integers(0, 255))
    try:
        keuring.keur_docx(bytes(inhoud), "veld")
        gemeld = "veld"
    except InvoerFout as fout:
        gemeld = fout.veld
    assert gemeld == "veld"


def test_een_volle_schijf_geeft_een_zin_en_laat_niets_achter(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    def vol(nummer: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", vol)
    assert "opslag is vol" in geweigerd(KLEINE_PDF, "a.pdf")
    assert list(Path(settings.MEDIA_ROOT).rglob("*")) == []
    monkeypatch.undo()
    settings.MEDIA_ROOT = Path(settings.MEDIA_ROOT).parent / "ander" / "bestand"
    settings.MEDIA_ROOT.parent.mkdir()
    settings.MEDIA_ROOT.write_text("geen map")
    with pytest.raises(InvoerFout, match="Probeer het opnieuw"):
        bewaar(upload=upload(KLEINE_PDF, "a.pdf"), door=None)
    assert not Bestand.objects.exists()


def test_bewaar_bytes_kent_zijn_soorten() -> None:
    assert bewaar_bytes(inhoud=b"a;b", naam="lijst.csv", soort="text/csv").soort == Soort.CSV
    with pytest.raises(ValueError, match="onbekende soort"):
        bewaar_bytes(inhoud=b"", naam="x", soort="exe")


def test_een_pad_is_altijd_een_hash() -> None:
    with pytest.raises(ValueError, match="sha256"):
        opslag.pad("../../etc/passwd")


def test_nagaan_wat_een_rij_heeft_is_een_zoekvraag_voor_alle_bestanden() -> None:
    kosten = []
    for aantal in (1, 12):
        for n in range(aantal):
            bewaar_bytes(inhoud=f"{aantal} {n}".encode(), naam="a.csv", soort="csv")
        with CaptureQueriesContext(connection) as vragen:
            assert onderhoud.veeg_wezen(timezone.now() + timedelta(hours=25)) == 0
        kosten.append(len(vragen))
    assert kosten == [1, 1]
