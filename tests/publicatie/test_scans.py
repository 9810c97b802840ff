"""Een opgestuurde PDF bij een ouder stuk: gelezen, doorzoekbaar, en nooit dubbel of kwijt."""

import hashlib
import io
from contextlib import nullcontext
from datetime import date
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kern.beurt import alleen
from kern.fouten import GeenToegang, PortaalFout
from logboek.models import Gebeurtenis
from publicatie import actions, planning, tasks
from publicatie.models import Publicatie, Scan
from publicatie.queries import laatste
from publicatie.scans import met_scan, zonder_scan
from publiek.cache import BEWARING
from publiek.models import Advies
from publiek.planning import archiefblad
from publiek.queries import vorige_uitgaven
from publiek.verbinding import leestransactie
from stukken import opslag, pdf
from stukken.actions import bewaar
from tests.hulp import in_draad
from tests.publiek.wereld import maak_wereld, publiceer_advies

pytestmark = pytest.mark.django_db
SLEUTEL = "advies:adv-3"
WENK = tasks.wenk  # de echte; in de toetsen hieronder is zij vervangen


@pytest.fixture(scope="module")
def met_tekst() -> bytes:
    """Een PDF van één bladzijde met gewone tekst."""
    alinea = "Deze tekst gaat over kolenschaarste en over de mijnwerkers van toen & <nu>."
    return pdf.maak(
        html=f'<p data-blok="a">{alinea.replace("&", "&amp;").replace("<", "&lt;")}</p>',
        titel="Scan", datum=date(1951, 2, 16), inhoudsopgave=False,
    )  # fmt: skip


@pytest.fixture
def zonder_tekst() -> bytes:
    """Een PDF van twee lege bladzijden, zoals een scan zonder tekstlaag."""
    uit = io.BytesIO()
    bestand = pikepdf.new()
    bestand.add_blank_page()
    bestand.add_blank_page()
    bestand.save(uit)
    return uit.getvalue()


@pytest.fixture(autouse=True)
def gewekt(db: None, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    maak_wereld()
    uit: list[int] = []
    monkeypatch.setattr("publicatie.tasks.wenk", uit.append)
    return uit


def hang_aan(inhoud: bytes, door: Any) -> Scan:
    bestand = bewaar(upload=SimpleUploadedFile("toen.pdf", inhoud), door=door, toegestaan=("pdf",))
    return actions.hang_scan_aan(sleutel=SLEUTEL, bestand=bestand, door=door)


def test_van_opsturen_tot_vinden(
    client: Client, secretaris: Any, met_tekst: bytes, django_capture_on_commit_callbacks: Any, gewekt: list[int]
) -> None:
    client.force_login(secretaris)
    pad = f"/werk/archief/{laatste(SLEUTEL).pk}/"  # type: ignore[union-attr]
    with django_capture_on_commit_callbacks(execute=True):
        antwoord = client.post(pad, {"bestand": SimpleUploadedFile("toen.pdf", met_tekst)})
    assert antwoord["Location"] == pad
    scan = Scan.objects.get()
    assert gewekt == [scan.pk]
    assert "Wordt gelezen" in client.get("/werk/archief/?q=zonder veel").content.decode()
    assert "<mark>kolen" not in client.get("/adviezen/?q=kolenschaarste").content.decode()
    planning.verwerk_scans()
    scan.refresh_from_db()
    assert (scan.stand, scan.met_tekst) == ("klaar", len(scan.bladzijden))
    nu = f"/werk/archief/{laatste(SLEUTEL).pk}/"  # type: ignore[union-attr]
    assert client.get(pad)["Location"] == nu != pad, "de terugknop en een tweede tabblad vinden het stuk nog"
    assert "is te doorzoeken" in client.get(nu).content.decode()
    uitslag = client.get("/adviezen/?q=kolenschaarste").content.decode()
    assert "<mark>kolenschaarste</mark>" in uitslag
    assert "/adviezen/2010/adv-3/#scan-" in uitslag
    bladzijde = client.get("/adviezen/2010/adv-3/").content.decode()
    assert "Bekijk de PDF van toen" in bladzijde
    assert "toen &amp; &lt;nu&gt;" in bladzijde
    origineel = client.get("/adviezen/2010/adv-3/origineel.pdf")
    assert leesbaar_in(origineel.content) == leesbaar_in(met_tekst)
    assert origineel["Content-Disposition"] == 'inline; filename="SER-advies-adv-3-origineel.pdf"'
    blad, toen = client.get("/api/v1/adviezen/adv-3").json()["bestanden"]
    assert (blad["url"].rpartition("/")[2], toen["url"].rpartition("/")[2]) == ("advies.pdf", "origineel.pdf")
    assert toen["sha256"] == hashlib.sha256(origineel.content).hexdigest()
    with leestransactie():
        assert "kolenschaarste" not in archiefblad(Advies.objects.get(kenmerk="adv-3"))


def leesbaar_in(inhoud: bytes) -> list[str]:
    """Geef de tekst van elke bladzijde van een PDF."""
    document = pypdfium2.PdfDocument(inhoud)
    uit = [blad.get_textpage().get_text_range() for blad in document]
    document.close()
    return uit


def test_wie_of_wat_de_pdf_maakte_wordt_niet_openbaar(client: Client, secretaris: Any, zonder_tekst: bytes) -> None:
    uit = io.BytesIO()
    with pikepdf.open(io.BytesIO(zonder_tekst)) as pdf_:
        pdf_.docinfo["/Author"] = "kanarieq-maker"
        with pdf_.open_metadata() as xmp:
            xmp["xmp:CreatorTool"] = "kanarieq-scanner"
        blad = pdf_.pages[0]
        blad.obj.PieceInfo = pikepdf.Dictionary(Naam=pikepdf.String("kanarieq-stuk"))
        blad.obj.Metadata = pdf_.make_stream(b"kanarieq-blad")
        pdf_.attachments["kanarieq-bijlage.txt"] = b"kanarieq-inhoud"
        pdf_.save(uit, compress_streams=False)
    with pikepdf.open(io.BytesIO(uit.getvalue())) as vuil:
        assert "kanarieq" in _alles(vuil), "zonder schonen is het te vinden"
    scan = hang_aan(uit.getvalue(), secretaris)
    actions.verwerk_scan(scan.pk)
    openbaar = client.get("/adviezen/2010/adv-3/origineel.pdf").content
    with pikepdf.open(io.BytesIO(openbaar)) as schoon:
        assert len(schoon.pages) == 2
        assert "kanarieq" not in _alles(schoon)
    scan.refresh_from_db()
    assert scan.bestand.inhoud() == openbaar
    assert scan.bestand.naam == "toen.pdf"


def _alles(document: pikepdf.Pdf) -> str:
    stromen = b"".join(ding.read_bytes() for ding in document.objects if isinstance(ding, pikepdf.Stream))
    return f"{[repr(ding) for ding in document.objects]} {dict(document.docinfo)} {stromen!r}"


def test_opnieuw_openbaar_maken_houdt_de_scan_en_verdubbelt_haar_niet(secretaris: Any, met_tekst: bytes) -> None:
    scan = hang_aan(met_tekst, secretaris)
    assert actions.verwerk_scan(scan.pk) == "klaar"
    assert actions.verwerk_scan(scan.pk) == "overgeslagen"
    aantal = Publicatie.objects.filter(sleutel=SLEUTEL).count()
    publiceer_advies("adv-3", "Zonder veel gegevens", jaar=2010, samenvatting="Kort.")
    assert Publicatie.objects.filter(sleutel=SLEUTEL).count() == aantal, "het archief opnieuw laden verandert niets"
    nu = laatste(SLEUTEL)
    assert nu is not None
    assert nu.html.count('data-blok="scan"') == 1
    assert [b["rol"] for b in nu.bestanden] == ["scan"]


def test_een_scan_erbij_is_geen_verbetering(client: Client, secretaris: Any, zonder_tekst: bytes) -> None:
    """Het portaal was er toen niet, en aan het advies veranderde niets. Wat erna verbeterd is, gold vanaf het begin."""
    begin = laatste(SLEUTEL)
    assert begin is not None
    actions.verwerk_scan(hang_aan(zonder_tekst, secretaris).pk)
    adres = Advies.objects.get(kenmerk="adv-3").get_absolute_url()
    assert "Vorige uitgaven" not in client.get(adres).content.decode()
    publiceer_advies("adv-3", "Een andere titel", jaar=2010, samenvatting="Kort.")
    with leestransactie():
        (oud,) = vorige_uitgaven(Advies.objects.get(kenmerk="adv-3"))
    assert (oud.titel, oud.vanaf) == (begin.titel, begin.vanaf)
    assert "Vorige uitgaven" in client.get(adres).content.decode()


def test_een_beeld_zonder_tekst_heet_niet_doorzoekbaar(client: Client, secretaris: Any, zonder_tekst: bytes) -> None:
    scan = hang_aan(zonder_tekst, secretaris)
    assert actions.verwerk_scan(scan.pk) == "niet_doorzoekbaar"
    client.force_login(secretaris)
    rij = laatste(SLEUTEL)
    assert rij is not None
    assert "niet doorzoekbaar" in client.get(f"/werk/archief/{rij.pk}/").content.decode()
    assert "is niet doorzoekbaar" in client.get("/adviezen/2010/adv-3/").content.decode()
    assert rij.metadata["scan"] == {"bladzijden": 2, "met_tekst": 0}


def test_een_kapotte_pdf_wordt_gemeld_en_verandert_niets(
    client: Client, secretaris: Any, zonder_tekst: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = hang_aan(zonder_tekst, secretaris)
    scan.bestand.pad.chmod(0o600)
    scan.bestand.pad.write_bytes(b"%PDF-1.4 kapot")
    voor = laatste(SLEUTEL)
    assert actions.verwerk_scan(scan.pk) == "mislukt"
    assert laatste(SLEUTEL) == voor
    client.force_login(secretaris)
    assert "beschadigd" in client.get(f"/werk/archief/{voor.pk}/").content.decode()  # type: ignore[union-attr]


def test_weigeringen(client: Client, secretaris: Any, buitenstaander: Any, zonder_tekst: bytes) -> None:
    with pytest.raises(GeenToegang):
        hang_aan(zonder_tekst, buitenstaander)
    bestand = bewaar(upload=SimpleUploadedFile("toen.pdf", zonder_tekst), door=secretaris)
    with pytest.raises(PortaalFout):
        actions.hang_scan_aan(sleutel="advies:bestaat-niet", bestand=bestand, door=secretaris)
    client.force_login(secretaris)
    pad = f"/werk/archief/{laatste(SLEUTEL).pk}/"  # type: ignore[union-attr]
    geen_pdf = client.post(pad, {"bestand": SimpleUploadedFile("toen.pdf", b"geen pdf")})
    assert geen_pdf.status_code == 422
    assert client.post(pad, {}).status_code == 422
    assert not Scan.objects.exists()


def test_erbij_en_eraf_is_hetzelfde() -> None:
    begin = ("<p>Tekst</p>", {"a": 1}, [{"rol": "pdf"}])
    erbij = met_scan(*begin, bladzijden=["x" * 40, "kort"], bestand={"sha256": "s"})
    assert erbij[1]["scan"] == {"bladzijden": 2, "met_tekst": 1}
    assert zonder_scan(*erbij) == begin
    assert met_scan(*erbij, bladzijden=["x" * 40, "kort"], bestand={"sha256": "s"}) == erbij


def test_de_pdf_van_toen_gaat_mee_met_haar_advies_en_met_haar_bestand(
    client: Client, secretaris: Any, zonder_tekst: bytes
) -> None:
    adres = "/adviezen/2010/adv-3/origineel.pdf"
    assert client.get(adres).status_code == 404, "er hangt nog niets aan"
    hang_aan(zonder_tekst, secretaris)
    planning.verwerk_scans()
    assert client.get(adres).status_code == 200
    with leestransactie():
        (bestand,) = Advies.objects.get(kenmerk="adv-3").bestanden
    opslag.pad(bestand["sha256"]).unlink()
    BEWARING.wis()
    assert client.get(adres).status_code == 404, "een bestand dat weg is, is geen fout van de lezer"
    actions.trek_in(publicatie=laatste(SLEUTEL), reden="Weg.", door=None)
    assert client.get(adres).status_code == 410


def test_een_scan_die_niet_wil_houdt_de_andere_niet_op(
    secretaris: Any, zonder_tekst: bytes, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    scan, gelezen = hang_aan(zonder_tekst, secretaris), list[int]()
    tweede = Scan.objects.get(pk=scan.pk)
    tweede.pk, tweede.sleutel = None, "advies:adv-4"
    tweede._state.adding = True
    tweede.save()

    def verwerk(pk: int) -> str:
        gelezen.append(pk)
        raise OSError("schijf vol")

    monkeypatch.setattr(actions, "verwerk_scan", verwerk)
    planning.verwerk_scans()
    assert sorted(gelezen) == [scan.pk, tweede.pk]
    assert [r.getMessage() for r in caplog.records] == [f"Scan {pk} lezen mislukt" for pk in gelezen]


def test_zonder_broker_wacht_de_scan_op_de_klok(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def weg(*args: Any, **kwargs: Any) -> None:
        raise OSError("geen broker")

    monkeypatch.setattr("publicatie.tasks.current_app.send_task", weg)
    WENK(7)
    assert "Scan 7 niet doorgegeven; de klok pakt haar op" in caplog.text


@pytest.mark.parametrize("met_beurt", [True, False], ids=["met beurt", "zonder"])
def test_een_scan_wordt_niet_door_twee_werkers_tegelijk_gelezen(
    monkeypatch: pytest.MonkeyPatch, met_beurt: bool
) -> None:
    """De wenk en de klok vinden dezelfde scan; zonder beurt leest de tweede haar ook."""
    gelezen: list[int] = []

    def verwerk(pk: int) -> str:
        gelezen.append(pk)
        if len(gelezen) == 1:
            in_draad(lambda: planning.verwerk_scan(pk))
        return "klaar"

    monkeypatch.setattr(actions, "verwerk_scan", verwerk)
    if not met_beurt:
        monkeypatch.setattr(planning, "alleen", lambda naam: nullcontext(True))
    planning.verwerk_scan(7)
    assert gelezen == ([7] if met_beurt else [7, 7])
    gelezen.append(0)
    planning.verwerk_scan(7)
    assert gelezen[-1] == 7, "daarna is de beurt weer vrij"


def test_na_een_fout_is_de_beurt_weer_vrij() -> None:
    with pytest.raises(ValueError, match="gif"), alleen("proef"):
        raise ValueError("gif")
    assert in_draad(lambda: _vrij("proef")) == [True]
    with alleen("proef"):
        assert in_draad(lambda: _vrij("proef")) == [False]


def _vrij(naam: str) -> bool:
    with alleen(naam) as mag:
        return mag


def test_een_verkeerde_pdf_gaat_weg_en_is_nergens_meer_te_vinden(
    client: Client, secretaris: Any, buitenstaander: Any, met_tekst: bytes
) -> None:
    """Ook niet in de uitgave waarin zij stond; en het stuk van toen heet daardoor niet verbeterd."""
    oud = laatste(SLEUTEL)
    hang_aan(met_tekst, secretaris)
    planning.verwerk_scans()
    uitgave = laatste(SLEUTEL)
    assert "adv-3" in Client().get("/adviezen/?q=kolenschaarste").content.decode()
    assert oud is not None
    assert uitgave is not None
    client.force_login(secretaris)
    pad = f"/werk/archief/{uitgave.pk}/"
    assert "Haal deze PDF weg" in client.get(pad).content.decode()
    assert client.post(f"{pad}weg/", {"reden": " "}).status_code == 422
    assert Scan.objects.exists()
    with pytest.raises(GeenToegang):
        actions.haal_scan_weg(sleutel=SLEUTEL, reden="Fout.", door=buitenstaander)
    antwoord = client.post(f"{pad}weg/", {"reden": "Dit is een ander advies."}, follow=True)
    assert "De PDF is weg" in antwoord.content.decode()
    assert not Scan.objects.exists()
    nu = laatste(SLEUTEL)
    assert nu is not None
    assert (nu.html, nu.metadata, nu.bestanden) == (oud.html, oud.metadata, oud.bestanden)
    buiten = Client()
    assert buiten.get("/adviezen/2010/adv-3/origineel.pdf").status_code == 404
    assert buiten.get(f"/adviezen/2010/adv-3/uitgaven/{uitgave.pk}/").status_code == 404
    assert "adv-3" not in buiten.get("/adviezen/?q=kolenschaarste").content.decode()
    with leestransactie():
        eerder = vorige_uitgaven(Advies.objects.get(kenmerk="adv-3"))
    assert [u.ingetrokken for u in eerder] == [True]
    spoor = Gebeurtenis.objects.get(soort="publicatie.haal_scan_weg")
    assert spoor.reden == "Dit is een ander advies."
    with pytest.raises(PortaalFout):
        actions.haal_scan_weg(sleutel=SLEUTEL, reden="Nog eens.", door=secretaris)


def test_een_pdf_die_nog_gelezen_wordt_kan_ook_weg(secretaris: Any, met_tekst: bytes) -> None:
    scan, begin = hang_aan(met_tekst, secretaris), laatste(SLEUTEL)
    actions.haal_scan_weg(sleutel=SLEUTEL, reden="Verkeerde.", door=secretaris)
    assert actions.verwerk_scan(scan.pk) == "overgeslagen"
    assert laatste(SLEUTEL) == begin


def test_de_lijst_laat_zien_waar_nog_geen_pdf_hangt(client: Client, secretaris: Any, zonder_tekst: bytes) -> None:
    """Ook een PDF die nog gelezen wordt, hoeft niet nog eens."""
    client.force_login(secretaris)
    stuk = laatste(SLEUTEL)
    assert stuk is not None
    lijst = "/werk/archief/?zonder=pdf"
    assert stuk.titel in client.get(lijst).content.decode()
    hang_aan(zonder_tekst, secretaris)
    assert stuk.titel not in client.get(lijst).content.decode()
    assert stuk.titel in client.get("/werk/archief/").content.decode()
