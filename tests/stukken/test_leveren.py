"""Downloads: besloten tenzij gepubliceerd, nooit uitvoerbaar, en een naam kan geen kop breken."""

from email.message import EmailMessage

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from stukken import lever
from stukken.actions import bewaar_bytes
from stukken.leveren import lever as lever_openbaar
from stukken.leveren import veilige_naam


@pytest.mark.django_db
def test_een_besloten_download_blijft_in_geen_tussengeheugen() -> None:
    rij = bewaar_bytes(inhoud=b"%PDF", naam="stuk.pdf", soort="pdf")
    antwoord = lever(rij)
    assert b"".join(antwoord) == b"%PDF"
    assert antwoord["Cache-Control"] == "private, no-store"
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord["Content-Security-Policy"].startswith("sandbox")
    assert antwoord["Content-Disposition"] == 'attachment; filename="stuk.pdf"'
    assert antwoord["Content-Length"] == "4"
    antwoord.close()


@pytest.mark.django_db
def test_alleen_wat_een_browser_veilig_toont_komt_in_beeld() -> None:
    pdf = bewaar_bytes(inhoud=b"%PDF", naam="stuk.pdf", soort="pdf")
    html = bewaar_bytes(inhoud=b"<script>", naam="stuk.html", soort="html")
    for rij, begin in ((pdf, "inline"), (html, "attachment")):
        antwoord = lever(rij, naam="ander.pdf", als_bijlage=False)
        assert antwoord["Content-Disposition"].startswith(begin)
        antwoord.close()


@pytest.mark.django_db
def test_wat_gepubliceerd_is_mag_bewaard_worden() -> None:
    rij = bewaar_bytes(inhoud=b"%PDF", naam="stuk.pdf", soort="pdf")
    antwoord = lever_openbaar(rij, openbaar=True)
    assert antwoord["Cache-Control"] == "public, max-age=3600"
    assert antwoord["ETag"] == f'"{rij.sha256}"'
    antwoord.close()


@pytest.mark.django_db
def test_een_bestand_dat_de_opslag_mist_is_een_404_en_een_regel_in_het_log(caplog: pytest.LogCaptureFixture) -> None:
    rij = bewaar_bytes(inhoud=b"x", naam="a.csv", soort="csv")
    rij.pad.unlink()
    with pytest.raises(Http404):
        lever(rij)
    assert rij.sha256 in caplog.text


@given(st.text(max_size=300))
def test_een_naam_kan_geen_kop_breken(naam: str) -> None:
    from django.http import HttpResponse
    from django.utils.http import content_disposition_header

    veilig = veilige_naam(naam)
    assert veilig
    assert len(veilig) <= 120
    assert not set(veilig) & set('\r\n\0"\\/;')
    antwoord = HttpResponse()
    antwoord["Content-Disposition"] = content_disposition_header(True, veilig)
    kop = EmailMessage()
    kop["Content-Disposition"] = antwoord["Content-Disposition"]
    assert kop.get_content_disposition() == "attachment"


def test_een_naam_houdt_zijn_uitgang_en_verliest_zijn_map() -> None:
    assert veilige_naam("..\\..\\C:\\map\\Brief\r\nSet-Cookie: x.pdf") == "Brief Set-Cookie x.pdf"
    assert veilige_naam("a" * 300 + ".docx").endswith("a.docx")
    assert veilige_naam("b" * 300) == "b" * 120
    assert veilige_naam("...", "leeg.pdf") == "leeg.pdf"
