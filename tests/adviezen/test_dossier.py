"""Het archiefdossier: alleen van een gesloten traject, volledig, met kloppende sommen, en zonder wat van anderen is."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from lxml import etree

from adviezen.actions import mede as samen
from adviezen.actions.dossier import exporteer_dossier
from adviezen.enums import Stap
from adviezen.mdto import RUIMTE, formaat
from adviezen.models import (
    Adviestraject,
    BeoogdeImpact,
    Bestuursmening,
    Deelname,
    Gehoorde,
    Inspraak,
    InterneNotitie,
    Knelpunt,
    Knelpuntbericht,
    Kroonledenopmerking,
    Minderheidsnota,
    Opmerking,
    Steun,
    Verkenning,
    Versie,
    Voortgangsrapportage,
    Voortraject,
)
from adviezen.policies.raad import lopende_agendering
from adviezen.queries.dossier import logboek, stukken
from kern.fouten import GeenToegang, OvergangGeweigerd
from kern.tijd import nu, vandaag
from logboek.actions import leg_vast
from logboek.models import Gebeurtenis
from publicatie.actions import herroep, publiceer
from stukken.opslag import schrijf
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
    versies = [f"{versie}".capitalize() for versie in gesloten.traject.versies.all()]
    assert versies
    assert [naam for naam in versies if f'<th scope="row">{naam}</th>' not in tekst] == []
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


def namen(traject) -> dict[str, str]:
    """Geef de naam en de tekst van elk stuk van dit dossier."""
    return {stuk.naam: stuk.html for stuk in stukken(Adviestraject.objects.get(pk=traject.pk))}


def test_een_beeindigd_eigen_initiatief_heeft_een_startbesluit_en_een_einde(wereld):
    """Zonder aanvraag, zonder besluit, zonder tekst: het dossier is klein, maar zegt waarom het begon en stopte."""
    cast = bouw.traject_op(Stap.BEEINDIGD, wereld, eigen_initiatief=True)
    uit = namen(cast.traject)
    assert set(uit) == {"startbesluit", "einde"}
    assert "Wij beginnen zelf (voorbeeld)." in uit["startbesluit"]
    assert "Niet meer nodig (voorbeeld)." in uit["einde"]
    assert {r["soort"] for r in logboek(cast.traject)} >= {"adviezen.registreer", "adviezen.beeindig"}


def test_een_geweigerde_aanvraag_houdt_de_criteria_en_de_brief(wereld):
    cast = bouw.traject_op(Stap.NIET_IN_BEHANDELING, wereld)
    uit = namen(cast.traject)
    assert set(uit) == {"adviesaanvraag", "criteria", "besluit-dagelijks-bestuur-1", "einde"}
    assert "Voldoet (voorbeeld)." in uit["criteria"]
    assert "Geachte minister (voorbeeld)" in uit["besluit-dagelijks-bestuur-1"]


def test_wie_later_leest_ziet_ook_hoe_het_advies_ontstond(gesloten):
    """De vraag vooraf, wie er gehoord is, wat organisaties meldden, wat de kroonleden lazen, en wie wat vond."""
    cast = gesloten
    traject, wie, dag = cast.traject, cast.secretaris, vandaag()
    vooraf = Voortraject.objects.create(titel="Verwacht (voorbeeld)", herkomst="kabinetslijst", secretaris=wie)
    Voortraject.objects.filter(pk=vooraf.pk).update(stand="traject", traject=traject, probleemstelling="Wie betaalt?")
    leg_vast(soort="adviezen.maak_traject", object=vooraf, door=wie)
    Verkenning.objects.create(voortraject=vooraf, op=dag, vorm="gesprek", opbrengst="Zij twijfelen.", door=wie)
    Bestuursmening.objects.create(voortraject=vooraf, wens="gewenst", toelichting="Doen.", door=wie)
    gehoord = Inspraak.objects.create(traject=traject, vorm="panel", van=dag, uitkomst="Vooral zorgen.", door=wie)
    Gehoorde.objects.create(inspraak=gehoord, naam="Wethouder (voorbeeld)", soort="persoon")
    BeoogdeImpact.objects.create(traject=traject, moment="intake", beoogd="Minder regels.", door=wie)
    Voortgangsrapportage.objects.create(traject=traject, nummer=1, tekst="Het loopt.", auteur=wie, auteur_naam="S")
    Kroonledenopmerking.objects.create(traject=traject, tekst=f"{GEHEIM} kroon", auteur=wie, auteur_naam="S")
    knelpunt = Knelpunt.objects.create(deelname=cast.deelname("FNV"), tekst="Te kort & te snel.", gemeld_door=wie)
    Knelpuntbericht.objects.create(
        knelpunt=knelpunt, tekst="Een week erbij.", van_organisatie=False, auteur=wie, auteur_naam="S"
    )
    uit = namen(traject)
    verwacht = {
        "voortraject": ("Wie betaalt?", "Zij twijfelen.", "Doen."),
        "inspraak": ("Wethouder (voorbeeld)", "Vooral zorgen."),
        "beoogde-impact-intake": ("Minder regels.",),
        "voortgangsrapportage-1": ("Het loopt.",),
        "knelpunten-ronde-1": ("Te kort &amp; te snel.", "Een week erbij.", "FNV (voorbeeld)"),
    }
    for naam, delen in verwacht.items():
        assert all(deel in uit[naam] for deel in delen), (naam, uit[naam])
    (standpunten,) = (html for naam, html in uit.items() if naam.startswith("standpunten-"))
    steun = Steun.objects.filter(registratie__agendering__traject=traject)
    assert steun.count() > 10
    assert all(f"{rij.persoon.naam} (zetel {rij.zetel.nummer}" in standpunten for rij in steun)
    assert GEHEIM not in "".join(uit.values())


def test_een_concept_van_een_organisatie_gaat_niet_mee(wereld):
    """Wat nooit is ingediend is van de schrijver; wat wel is ingediend is van de raad."""
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    bouw.begin_reactie(cast.deelname("FNV"), toelichting=GEHEIM)
    bouw.dien_in(cast.deelname("CNV"))
    bouw.eindig(cast, "trek_in")
    uit = namen(cast.traject)
    organisatie = wereld.raad.organisaties["CNV"].slug
    assert [naam for naam in uit if naam.startswith("reactie-")] == [f"reactie-ronde-1-{organisatie}"]
    assert GEHEIM not in "".join(uit.values())


def test_een_reactie_zegt_namens_wie_zij_mede_is(wereld):
    """Wie meetekende gaf geen eigen reactie; zonder zijn naam hier zwijgt het dossier over hem."""
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    fnv, cnv = cast.deelname("FNV"), cast.deelname("CNV")
    reactie = bouw.begin_reactie(fnv, mede_namens="de jongeren (voorbeeld)")
    vraag = samen.vraag_mede(reactie=reactie, deelname=cnv, door=fnv.contact)
    samen.beantwoord_mede(mede=vraag, akkoord=True, door=cnv.contact)
    bouw.dien_in(fnv)
    bouw.eindig(cast, "trek_in")
    (tekst,) = (html for naam, html in namen(cast.traject).items() if naam.startswith("reactie-"))
    assert f"Mede namens {cnv.organisatie.naam}, de jongeren (voorbeeld)." in tekst


def test_zonder_een_bestand_uit_de_opslag_komt_er_geen_half_dossier(gesloten, tmp_path):
    """Wie het haalt leest welk stuk het is, op het scherm en aan de opdrachtregel."""
    pdf = gesloten.traject.aanbieding.pdf
    inhoud = pdf.inhoud()
    pdf.pad.unlink()
    client = Client()
    client.force_login(gesloten.secretaris)
    antwoord = client.post(f"/werk/trajecten/{gesloten.traject.slug}/dossier/")
    assert antwoord.status_code == 409
    assert "ontbreekt in de opslag" in antwoord.content.decode()
    with pytest.raises(CommandError, match="ontbreekt in de opslag"):
        call_command("exporteer_dossier", gesloten.traject.slug, naar=tmp_path)
    assert not list(tmp_path.iterdir())
    schrijf([inhoud])


def test_minderheidsnota_mee_en_wat_nooit_openbaar_was_niet_als_publicatie(wereld):
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld)
    agendering = lopende_agendering(cast.traject)
    nota = Minderheidsnota.objects.create(agendering=agendering, titel="Nota (voorbeeld)", html="<p>Wij niet.</p>")
    sleutel = f"adviesaanvraag:t-{cast.traject.pk}"
    for vanaf, weg in ((nu() - timedelta(days=1), False), (nu() + timedelta(minutes=9), True)):
        rij = publiceer(
            soort="adviesaanvraag", sleutel=sleutel, titel=f"Vraag {weg}", vanaf=vanaf, door=cast.secretaris
        )
        if weg:
            herroep(publicatie=rij, door=cast.secretaris)
    uit = list(stukken(cast.traject))
    assert [s.html for s in uit if s.naam == f"minderheidsnota-{agendering.pk}-1"] == [nota.html]
    assert [s.titel for s in uit if s.naam.startswith("publicatie-")] == ["Publicatie: Vraag False"]


def test_wat_onder_embargo_ligt_heet_in_het_archief_niet_openbaar(gesloten):
    """Aangeboden is nog niet openbaar; pas als het embargo voorbij is, zijn tekst, PDF en publicatie dat."""

    def openbaar():
        namen = {s.naam for s in stukken(gesloten.traject) if s.openbaar}
        return {n for n in namen if n in ("versie-vastgesteld-1", "advies") or n.endswith("-advies")}

    assert openbaar() == set()
    with time_machine.travel(nu() + timedelta(minutes=11), tick=False):
        assert len(openbaar()) == 3


def test_een_aanbieding_zonder_pdf_houdt_haar_brieven(wereld):
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    aanbieding = bouw.bereid_aanbieding_voor(cast)
    assert {"brief-1", "advies"} <= set(namen(cast.traject))
    type(aanbieding).objects.filter(pk=aanbieding.pk).update(
        pdf=None, pdf_van_hash="", bevestigd_door=None, bevestigd_op=None, klaargezet_door=None, klaargezet_op=None
    )
    uit = namen(cast.traject)
    assert "brief-1" in uit
    assert "advies" not in uit


def test_wat_al_ingepakt_is_gaat_er_zo_in(gesloten):
    """Een PDF nog eens inpakken kost tientallen keren zoveel tijd, en het web wacht erop."""
    wijze = {Path(deel.filename).suffix: deel.compress_type for deel in pak_uit(gesloten).infolist()}
    assert wijze[".pdf"] == zipfile.ZIP_STORED
    assert wijze[".xml"] == wijze[".json"] == zipfile.ZIP_DEFLATED
