"""Het archiefdossier: alleen van een gesloten traject, volledig, met kloppende sommen, en zonder wat van anderen is."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from lxml import etree

from adviezen.actions.dossier import exporteer_dossier
from adviezen.enums import Stap
from adviezen.mdto import RUIMTE, formaat
from adviezen.models import Adviestraject, Deelname, InterneNotitie, Opmerking, Versie
from kern.fouten import GeenToegang, OvergangGeweigerd
from kern.tijd import nu
from logboek.models import Gebeurtenis
from tests.adviezen import bouw
from tests.adviezen.aanbieden import alles_klaar, bied_aan

pytestmark = pytest.mark.django_db
XSD = Path(settings.BASE_DIR) / "tests" / "gereedschap" / "mdto" / "MDTO-XML1.0.1.xsd"
GEHEIM = "alleenvanmij"


def begin(wereld):
    """Maak een verdeeld advies dat is aangeboden en niet meer te herroepen is, met dingen die niet mee mogen."""
    cast = bouw.traject_op(Stap.AANBIEDING, wereld, verdeeld=True)
    alles_klaar(cast)
    bied_aan(cast)
    Adviestraject.objects.filter(pk=cast.traject.pk).update(herroepbaar_tot=nu() - timedelta(minutes=1))
    versie = Versie.objects.filter(traject=cast.traject).order_by("pk")[0]
    for kring in ("commissie", "secretariaat"):
        Opmerking.objects.create(
            versie=versie, tekst=f"{GEHEIM} {kring}", kring=kring, auteur=cast.secretaris, auteur_naam="S"
        )
    deelname = Deelname.objects.filter(beraad__traject=cast.traject).first()
    if deelname is not None:
        InterneNotitie.objects.create(
            deelname=deelname, auteur=cast.secretaris, auteur_naam="S", tekst=f"{GEHEIM} notitie"
        )
    cast.vers()
    return cast


@pytest.fixture
def gesloten(cast):
    return cast


def pak_uit(cast) -> zipfile.ZipFile:
    uit = io.BytesIO()
    exporteer_dossier(traject=cast.traject, naar=uit, door=cast.secretaris)
    return zipfile.ZipFile(uit)


def test_een_lopend_traject_wordt_geweigerd(wereld):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    with pytest.raises(OvergangGeweigerd, match="loopt nog"):
        exporteer_dossier(traject=cast.traject, naar=io.BytesIO(), door=cast.secretaris)
    with pytest.raises(CommandError, match="loopt nog"):
        call_command("exporteer_dossier", cast.traject.slug)
    assert not Gebeurtenis.objects.filter(soort="adviezen.exporteer_dossier").exists()


def test_wat_nog_te_herroepen_is_wacht(wereld):
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    alles_klaar(cast, "V26/32")
    bied_aan(cast)
    with pytest.raises(OvergangGeweigerd, match="kan nog herroepen worden"):
        exporteer_dossier(traject=cast.vers(), naar=io.BytesIO(), door=cast.secretaris)


def test_alleen_het_secretariaat(gesloten, buitenstaander):
    with pytest.raises(GeenToegang):
        exporteer_dossier(traject=gesloten.traject, naar=io.BytesIO(), door=buitenstaander)


def test_het_manifest_klopt_en_de_xml_ook(gesloten):
    pak = pak_uit(gesloten)
    schema = etree.XMLSchema(etree.parse(str(XSD)))
    manifest = dict(reversed(r.split("  ", 1)) for r in pak.read("manifest-sha256.txt").decode().splitlines())
    assert set(manifest) == set(pak.namelist()) - {"manifest-sha256.txt"}
    for pad, som in manifest.items():
        assert hashlib.sha256(pak.read(pad)).hexdigest() == som, pad
    xml = [pad for pad in manifest if pad.endswith(".mdto.xml")]
    for pad in xml:
        assert schema.validate(etree.fromstring(pak.read(pad))), (pad, schema.error_log)
    for pad in manifest:
        if pad.startswith("stukken/") and not pad.endswith(".mdto.xml"):
            gegevens = etree.fromstring(pak.read(f"{pad}.bestand.mdto.xml"))
            assert gegevens.findtext(f".//{{{RUIMTE}}}checksumWaarde") == manifest[pad]
    geheel = etree.fromstring(pak.read("dossier.mdto.xml"))
    mappen = {pad.split("/")[1] for pad in manifest if pad.startswith("stukken/")}
    assert len(geheel.findall(f".//{{{RUIMTE}}}bevatOnderdeel")) == len(mappen)
    assert geheel.findtext(f".//{{{RUIMTE}}}waardering/{{{RUIMTE}}}begripLabel") == "nog niet bepaald"


def test_erin_zit_wat_de_raad_vastlegde(gesloten):
    pak = pak_uit(gesloten)
    stukken = {pad.split("/")[1][4:] for pad in pak.namelist() if pad.startswith("stukken/")}
    assert {"adviesaanvraag", "versie-wit-1", "versie-groen-1", "versie-vastgesteld-1", "brief-1", "advies"} <= stukken
    assert any(naam.startswith("publicatie-") for naam in stukken)
    assert any(pad.endswith(".pdf") for pad in pak.namelist())
    regels = json.loads(pak.read("logboek.json"))
    assert "adviezen.bied_aan" in {r["soort"] for r in regels}
    assert [r["id"] for r in regels] == sorted(r["id"] for r in regels)


def test_er_zit_niets_in_wat_van_een_lezer_is(gesloten):
    assert Opmerking.objects.filter(tekst__contains=GEHEIM).count() == 2
    pak = pak_uit(gesloten)
    for pad in pak.namelist():
        assert GEHEIM not in pak.read(pad).decode("utf-8", "replace"), pad
        assert "leesstand" not in pad


def test_de_uitvoer_staat_in_het_logboek(gesloten):
    pak = pak_uit(gesloten)
    feit = Gebeurtenis.objects.get(soort="adviezen.exporteer_dossier")
    assert feit.actor_naam == gesloten.secretaris.naam
    assert feit.gegevens["manifest"] == hashlib.sha256(pak.read("manifest-sha256.txt")).hexdigest()


def test_het_commando_schrijft_een_heel_bestand_of_niets(gesloten, tmp_path, capsys):
    call_command("exporteer_dossier", gesloten.traject.kenmerk, naar=tmp_path)
    (bestand,) = tmp_path.iterdir()
    assert zipfile.ZipFile(bestand).testzip() is None
    assert str(bestand) in capsys.readouterr().out
    with pytest.raises(CommandError, match="Schrijven naar"):
        call_command("exporteer_dossier", gesloten.traject.slug, naar=tmp_path / "geen" / "map.zip")
    with pytest.raises(CommandError, match="geen traject"):
        call_command("exporteer_dossier", "verzonnen")
    assert len(list(tmp_path.iterdir())) == 1


def test_het_scherm_toont_het_dossier_en_geeft_het(gesloten):
    client = Client()
    client.force_login(gesloten.secretaris)
    adres = f"/werk/trajecten/{gesloten.traject.slug}/"
    assert "Archiefdossier ophalen" in client.get(adres).content.decode()
    tekst = client.get(f"{adres}dossier/").content.decode()
    assert "Haal het dossier op" in tekst
    assert "Versie vastgesteld 1".lower() in tekst.lower() or "vastgesteld" in tekst.lower()
    antwoord = client.post(f"{adres}dossier/")
    assert antwoord["Content-Type"] == "application/zip"
    assert antwoord["Cache-Control"] == "private, no-store"
    assert zipfile.ZipFile(io.BytesIO(b"".join(antwoord.streaming_content))).testzip() is None


def test_het_scherm_weigert_een_lopend_traject(wereld):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    client = Client()
    client.force_login(cast.secretaris)
    antwoord = client.post(f"/werk/trajecten/{cast.traject.slug}/dossier/")
    assert antwoord.status_code == 409
    assert "loopt nog" in antwoord.content.decode()


def test_een_onbekend_formaat_krijgt_geen_verzonnen_code():
    assert formaat("application/pdf", b"%PDF-1.7\n") == ("PDF 1.7", "fmt/276")
    assert formaat("application/pdf", b"%PDF-9.9\n") == ("PDF 9.9", "")
    assert formaat("image/png", b"") == ("image/png", "")
