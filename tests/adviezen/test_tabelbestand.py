"""De verwerkingstabel als bestand: geen enkel begin van een tekst wordt een formule."""

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from adviezen.tabelbestand import als_csv, als_xlsx, is_gevaarlijk

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
BEGIN = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
VOOR = ("", " ", "\xa0", "\u200b", "\ufeff", "  ")
KOPPEN = ("Nr.", "Punt", "Besluit")


def uit_csv(inhoud):
    return list(csv.reader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=";"))


def uit_xlsx(inhoud):
    """Geef per cel (soort, tekst, aanhalingsmerk) van het blad, zonder ons eigen schrijfprogramma."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as boek:
        blad = etree.fromstring(boek.read("xl/worksheets/sheet1.xml"))
        stijlen = etree.fromstring(boek.read("xl/styles.xml")).findall(".//m:cellXfs/m:xf", NS)
        delen = boek.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in boek.namelist() else b"<sst/>"
    teksten = ["".join(si.itertext()) for si in etree.fromstring(delen).findall("m:si", NS)]
    assert not blad.findall(".//m:f", NS)  # geen formule, nergens
    rijen = []
    for rij in blad.findall(".//m:row", NS):
        cellen = []
        for cel in rij.findall("m:c", NS):
            waarde = cel.findtext("m:v", namespaces=NS) or ""
            merk = stijlen[int(cel.get("s", "0"))].get("quotePrefix")
            tekst = teksten[int(waarde)] if cel.get("t") == "s" else waarde
            cellen.append((cel.get("t") or "getal", tekst, merk == "1"))
        rijen.append(cellen)
    return rijen


@pytest.mark.parametrize("voor", VOOR)
@pytest.mark.parametrize("begin", BEGIN)
def test_elk_gevaarlijk_begin_wordt_tekst(voor, begin):
    tekst = f"{voor}{begin}cmd|' /C calc'!A1"
    assert is_gevaarlijk(tekst)
    rij = uit_csv(als_csv(KOPPEN, [[1, tekst, None]]))[1]
    assert rij[1] == f"'{tekst}"
    (soort, inhoud, merk) = uit_xlsx(als_xlsx(KOPPEN, [[1, tekst, None]], blad="x", breedtes=(5, 5, 5)))[1][1]
    # XML maakt van een los regeleinde een gewone; verder staat er precies wat de organisatie schreef.
    assert (soort, merk) == ("s", True)
    assert re.sub(r"_x000D_|\r", "\n", inhoud) == tekst.replace("\r", "\n")


def test_gewone_tekst_blijft_zoals_zij_is():
    for tekst in ("Een punt.", "a=b", "vóór 1-1", "'s Avonds", "https://voorbeeld.test/", "0612"):
        assert not is_gevaarlijk(tekst)
        assert uit_csv(als_csv(KOPPEN, [[1, tekst, None]]))[1][1] == tekst
        assert uit_xlsx(als_xlsx(KOPPEN, [[1, tekst, None]], blad="x", breedtes=(5, 5, 5)))[1][1] == ("s", tekst, False)


def test_getal_en_dag_blijven_getal_en_dag_ook_onder_nul():
    rij = [-3, "x", date(2023, 3, 16)]
    assert uit_csv(als_csv(KOPPEN, [rij]))[1] == ["-3", "x", "2023-03-16"]
    cellen = uit_xlsx(als_xlsx(KOPPEN, [rij], blad="x", breedtes=(5, 5, 5)))[1]
    assert (cellen[0][:2], cellen[2][:2]) == (("getal", "-3"), ("getal", "45001"))


def test_stuurtekens_te_lange_tekst_en_een_onmogelijke_bladnaam():
    lang = "x" * 40_000
    boek = als_xlsx(KOPPEN, [[1, "a\x00b\x1f", None], [2, lang, None]], blad="[A/B]:*?" + "n" * 40, breedtes=(5, 5, 5))
    rijen = uit_xlsx(boek)
    assert rijen[1][1][1] == "ab"
    assert len(rijen[2][1][1]) == 32_767
    assert uit_csv(als_csv(KOPPEN, [[1, "a\x00b", None]]))[1][1] == "ab"


@settings(max_examples=60, deadline=None, database=None)
@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_geen_enkele_tekst_wordt_een_formule(tekst):
    uit = uit_csv(als_csv(KOPPEN, [[1, tekst, None]]))[1][1]
    assert not uit or uit[0] not in "=+-@\t\r\n|%"
    uit_xlsx(als_xlsx(KOPPEN, [[1, tekst, None]], blad="x", breedtes=(5, 5, 5)))
