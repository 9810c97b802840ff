"""Stap 3 in de browser: inlezen, schrijven met schrijfstand, wit en groen vaststellen, en wat fout kan gaan."""

from datetime import timedelta

import docx
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from adviezen.actions import versies as acties
from adviezen.enums import SoortVersie, Stap
from adviezen.models import Schrijfstand, Versie
from adviezen.policies.beraad import wit_sinds
from kern.blokken import blokken
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, VerouderdeVersie
from kern.tijd import nu, vandaag
from stukken.ontvangst import TeGrootBestand
from tests.adviezen import bouw
from tests.adviezen.hulp import pad
from tests.stukken.conftest import herpak, opslaan
from vergaderingen.actions import plan_vergadering
from vergaderingen.enums import Orgaan
from vergaderingen.models import Vergadering

pytestmark = pytest.mark.django_db


def word(*alineas):
    document = docx.Document()
    document.add_heading("Inleiding", 1)
    for alinea in alineas:
        document.add_paragraph(alinea)
    return opslaan(document)


def upload(inhoud, naam="advies.docx"):
    return SimpleUploadedFile(naam, inhoud, "application/octet-stream")


def begin(wereld):
    return bouw.traject_op(Stap.CONCEPT, wereld)


def test_inlezen_houdt_de_blokken_van_de_vorige_versie(als, cast):
    client = als(cast.secretaris)
    for basis, alineas in ((None, ("Een.", "Twee.")), ("vorige", ("Een.", "Ertussen.", "Twee."))):
        eerder = cast.traject.versies.last()
        antwoord = client.post(
            pad(cast, "inlezen"),
            {"basis": eerder.pk if basis else "", "bestand": upload(word(*alineas)), "notitie": "Nieuw."},
        )
        assert antwoord.status_code == 302, antwoord.context["form"].errors
    een, twee = cast.traject.versies.all()
    namen = {b.tekst: b.id for b in blokken(een.html)}
    assert {b.tekst: b.id for b in blokken(twee.html) if b.tekst in namen} == namen
    assert (twee.vorige, twee.nummer, twee.notitie, twee.auteur) == (een, 2, "Nieuw.", cast.secretaris)
    assert twee.bron_bestand.naam == "advies.docx"
    bladzijde = client.get(pad(cast, "versies")).content.decode()
    assert "Concept 2" in bladzijde
    assert twee.hash[:12] in bladzijde


@pytest.mark.parametrize(
    ("maak", "zin"),
    [
        (lambda: upload(b"%PDF-1.7\n", "advies.pdf"), "docx"),
        (lambda: upload(herpak(word("x"), {"word/bom.xml": b"0" * 55_000_000})), "uitgepakt te groot"),
        (lambda: upload(herpak(word("x"), {"word/vbaProject.bin": b"x"})), "macro"),
        (lambda: upload(b"", "leeg.docx"), "leeg"),
    ],
)
def test_een_bestand_dat_niet_deugt_houdt_de_notitie(als, cast, maak, zin):
    antwoord = als(cast.secretaris).post(pad(cast, "inlezen"), {"bestand": maak(), "notitie": "Mijn notitie."})
    assert antwoord.status_code == 422
    assert zin in " ".join(antwoord.context["form"].errors["bestand"]).lower()
    assert "Mijn notitie." in antwoord.content.decode()
    assert not Versie.objects.exists()


def test_driehonderd_megabyte_wordt_geweigerd_zonder_inhoud(als, cast, rf):
    from adviezen.views import inlezen as views

    verzoek = rf.post(pad(cast, "inlezen"), {"notitie": "Groot."})
    verzoek.user, verzoek._dont_enforce_csrf_checks = cast.secretaris, True
    verzoek.FILES["bestand"] = TeGrootBestand(name="groot.docx", size=300_000_000)
    antwoord = views.inlezen(verzoek, slug=cast.traject.slug)
    assert antwoord.status_code == 422
    assert "Dit bestand is te groot: 300 MB" in antwoord.content.decode()


def test_schrijven_maakt_een_schone_versie_en_ruimt_de_schrijfstand_op(als, cast):
    client = als(cast.secretaris)
    stand = client.post(pad(cast, "schrijfstand"), {"html": "<p>Half</p>", "basis": "", "rijversie": ""})
    assert stand.json()["rijversie"] == 1
    assert "Half" in client.get(pad(cast, "schrijven")).content.decode()
    antwoord = client.post(pad(cast, "schrijven"), {"basis": "", "html": "<p>Klaar<script>x</script></p>"})
    assert antwoord.status_code == 302
    versie = Versie.objects.get()
    assert "script" not in versie.html
    assert "data-blok" in versie.html
    assert not Schrijfstand.objects.exists()


def test_twee_schrijvers_tegelijk_houden_beide_teksten(als, cast):
    basis = bouw.versie(cast)
    als(cast.raadssecretaris).post(pad(cast, "schrijven"), {"basis": basis.pk, "html": "<p>Van de een.</p>"})
    antwoord = als(cast.secretaris).post(pad(cast, "schrijven"), {"basis": basis.pk, "html": "<p>Van de ander.</p>"})
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "intussen een nieuwere versie" in tekst
    assert "Van de ander." in tekst
    assert "Van de een." in tekst
    assert 'name="samen"' not in tekst, "dezelfde alinea: dan kiest een mens"
    assert "U wijzigde allebei dit stuk" in tekst
    velden = {n: antwoord.context["form"].data[n] for n in ("basis", "gezien")}
    assert velden == {"basis": str(basis.pk), "gezien": str(Versie.objects.last().pk)}
    vanzelf = als(cast.secretaris).post(pad(cast, "schrijven"), velden | {"html": "<p>Ik.</p>", "samen": "1"})
    assert (vanzelf.status_code, "kan niet vanzelf" in vanzelf.content.decode()) == (422, True)
    opnieuw = als(cast.secretaris).post(pad(cast, "schrijven"), velden | {"html": "<p>Van beiden.</p>"})
    assert opnieuw.status_code == 302
    assert Versie.objects.count() == 3


def test_wijzigingen_die_elkaar_niet_raken_voegt_het_portaal_samen(als, cast):
    """Zo leest de bewerker een lijst terug: met een alinea in elk punt. Dat is geen wijziging."""
    een, twee, drie = "<p>Eerste alinea.</p>", "<p>Tweede alinea.</p>", "<ul><li>Punt.</li></ul>"
    basis = acties.schrijf_concept(traject=cast.traject, basis=None, html=een + twee + drie, door=cast.secretaris)
    ander = {"basis": basis.pk, "html": een.replace("Eerste", "Nieuwe eerste") + twee + drie}
    als(cast.raadssecretaris).post(pad(cast, "schrijven"), ander)
    mijn = een + twee.replace("Tweede", "Mijn tweede") + "<ul><li><p>Punt.</p></li></ul><p>Slot.</p>"
    client = als(cast.secretaris)
    antwoord = client.post(pad(cast, "schrijven"), {"basis": basis.pk, "html": mijn})
    assert "raken niet dezelfde alinea’s" in antwoord.content.decode()
    velden = {n: antwoord.context["form"].data[n] for n in ("basis", "gezien")}
    assert client.post(pad(cast, "schrijven"), velden | {"html": mijn, "samen": "1"}).status_code == 302
    stand = Schrijfstand.objects.get()
    assert [b.tekst for b in blokken(stand.html)] == ["Nieuwe eerste alinea.", "Mijn tweede alinea.", "Punt.", "Slot."]
    assert stand.basis == Versie.objects.last()
    blad = client.get(pad(cast, "schrijven"))
    assert blad.context["botsing"] is None
    assert client.post(pad(cast, "schrijven"), {"basis": stand.basis_id, "html": stand.html}).status_code == 302
    assert Versie.objects.count() == 3


def test_een_tweede_venster_overschrijft_de_schrijfstand_niet(als, cast):
    client, adres = als(cast.secretaris), pad(cast, "schrijfstand")
    client.post(adres, {"html": "<p>1</p>", "rijversie": ""})
    assert client.post(adres, {"html": "<p>2</p>", "rijversie": "1"}).status_code == 200
    botsing = client.post(adres, {"html": "<p>oud venster</p>", "rijversie": "1"})
    assert (botsing.status_code, "ander venster" in botsing.json()["fout"]) == (409, True)
    assert Schrijfstand.objects.get().html == "<p>2</p>"
    assert client.post(adres, {"html": "<p>x</p>", "basis": "999999"}).status_code == 409
    assert client.post(pad(cast, "schrijfstand_weg")).status_code == 302
    assert not Schrijfstand.objects.exists()


def test_wie_het_traject_niet_behandelt_schrijft_niet(als, cast):
    ander = cast.wereld.communicatie
    adres = pad(cast, "schrijfstand")
    assert als(ander).post(adres, {"html": "<p>x</p>"}).status_code == 409
    with pytest.raises(GeenToegang):
        acties.schrijf_concept(traject=cast.traject, basis=None, html="<p>x</p>", door=ander)
    with pytest.raises(GeenToegang):
        acties.gooi_schrijfstand_weg(traject=cast.traject, door=ander)


@pytest.mark.parametrize(
    ("html", "zin"),
    [("<p> </p>", "leeg"), ("<script>x</script>", "leeg"), ("<p>" + "x" * 3_000_001, "te lang")],
)
def test_een_lege_of_te_lange_tekst(cast, html, zin):
    with pytest.raises(InvoerFout, match=zin):
        acties.schrijf_concept(traject=cast.traject, basis=None, html=html, door=cast.secretaris)
    if zin == "te lang":
        with pytest.raises(InvoerFout, match=zin):
            acties.bewaar_schrijfstand(
                traject=cast.traject, basis=None, html=html, rijversie=None, door=cast.secretaris
            )


def test_dezelfde_tekst_is_geen_nieuwe_versie_en_dubbel_versturen_dus_ook_niet(als, cast):
    client = als(cast.secretaris)
    gegevens = {"basis": "", "html": "<p>Eén keer.</p>"}
    assert [client.post(pad(cast, "schrijven"), gegevens).status_code for _ in range(2)] == [302, 422]
    basis = Versie.objects.get()
    antwoord = client.post(pad(cast, "schrijven"), {"basis": basis.pk, "html": basis.html})
    assert "niets nieuws te bewaren" in antwoord.content.decode()
    assert Versie.objects.count() == 1


def test_na_stap_vijf_verandert_de_tekst_niet(wereld, als):
    cast = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    antwoord = als(cast.secretaris).post(pad(cast, "schrijven"), {"basis": "", "html": "<p>x</p>"})
    assert "verandert de tekst niet meer" in antwoord.content.decode()
    assert "Schrijf in de browser" not in als(cast.secretaris).get(pad(cast, "versies")).content.decode()


def test_wit_vaststellen_in_een_vergadering_van_de_eigen_commissie(als, cast):
    client = als(cast.secretaris)
    assert "nog geen concepttekst" in client.get(pad(cast, "vaststellen", soort="wit")).content.decode()
    bouw.versie(cast)
    cast.vers()
    zitting = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    andere = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.wereld.raad.commissies["leren"])
    adres, gegevens = pad(cast, "vaststellen", soort="wit"), {"versie": cast.traject.rijversie}
    assert client.post(adres, gegevens | {"vergadering": andere.pk}).status_code == 422
    assert client.post(adres, gegevens).status_code == 422
    verouderd = client.post(adres, {"versie": 999, "vergadering": zitting.pk})
    assert "Iemand anders" in verouderd.content.decode()
    assert client.post(adres, gegevens | {"vergadering": zitting.pk}).status_code == 302
    wit = Versie.objects.get(soort=SoortVersie.WIT)
    assert (wit.vastgesteld_in, wit.hash) == (zitting, wit.vorige.hash)
    assert client.post(adres, gegevens | {"vergadering": zitting.pk}).status_code == 422
    assert client.get(pad(cast, "vaststellen", soort="paars")).status_code == 404
    cast.vers()
    with pytest.raises(InvoerFout, match="al witte versie"):
        acties.stel_wit_vast(traject=cast.traject, versie=None, vergadering=zitting, door=cast.secretaris)
    with pytest.raises(InvoerFout, match="in deze stap niet"):
        acties.stel_groen_vast(traject=cast.traject, versie=None, vergadering=zitting, door=cast.secretaris)


def test_een_vergadering_die_nog_niet_open_is_kan_niets_vaststellen(cast):
    bouw.versie(cast)
    zitting = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie, open=False)
    with pytest.raises(OvergangGeweigerd) as fout:
        acties.stel_wit_vast(traject=cast.traject, versie=None, vergadering=zitting, door=cast.secretaris)
    assert "nog niet geopend" in str(fout.value.tekorten[0].tekst)


@pytest.mark.parametrize("soort", ["wit", "groen"])
def test_de_commissie_stelt_niets_vast_in_een_vergadering_van_voor_haar_opdracht(als, wereld, soort):
    """Een vergadering van maanden eerder werd zonder woord aangenomen, en stond zo in het dossier."""
    cast = bouw.traject_op(Stap.CONCEPT if soort == "wit" else Stap.VERWERKING, wereld)
    if soort == "wit":
        with time_machine.travel(nu() + timedelta(days=1)):
            bouw.versie(cast)
    else:
        bouw.verwerk_punten(cast, bouw.vergadering(wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie))
    kw = {"orgaan": Orgaan.COMMISSIE, "commissie": cast.traject.commissie, "datum": vandaag() - timedelta(days=90)}
    daad = acties.stel_wit_vast if soort == "wit" else acties.stel_groen_vast
    with pytest.raises(OvergangGeweigerd) as fout:
        daad(traject=cast.traject, versie=None, vergadering=Vergadering(status="gesloten", **kw), door=cast.secretaris)
    assert "pas op" in fout.value.tekorten[0].tekst
    eerder = plan_vergadering(door=wereld.raadssecretaris, **kw)
    veld = als(cast.secretaris).get(pad(cast, "vaststellen", soort=soort)).context["form"].fields["vergadering"]
    assert eerder not in veld.queryset
    if soort == "wit":
        traject = cast.traject
        assert wit_sinds(traject) == traject.toewijzingen.get().vergadering.datum, (
            "de tekst mag later in het portaal staan"
        )
    assert "eerder was het nog niet zover" in veld.help_text


def test_groen_pas_als_elk_punt_besloten_is(wereld):
    cast = bouw.traject_op(Stap.VERWERKING, wereld)
    zitting = bouw.vergadering(wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    kw = {"traject": cast.traject, "vergadering": zitting, "door": cast.secretaris}
    with pytest.raises(OvergangGeweigerd):
        acties.stel_groen_vast(versie=None, **kw)
    bouw.verwerk_punten(cast, zitting)
    with pytest.raises(VerouderdeVersie):
        acties.stel_groen_vast(versie=9999, **kw)
    groen = acties.stel_groen_vast(versie=None, **kw)
    assert (groen.soort, groen.slotvergadering) == (SoortVersie.GROEN, True)


@pytest.mark.parametrize("naam", ["versies", "inlezen", "schrijven", "beraad", "reacties", "verwerking", "toets"])
def test_alleen_het_secretariaat_werkt_hier(als, cast, naam):
    wereld = cast.wereld
    for wie in (wereld.buitenstaander, wereld.beheerder, wereld.account("FNV 2"), wereld.raad.coordinatoren["FNV"]):
        antwoord = als(wie).get(pad(cast, naam))
        assert antwoord.status_code == 404
    assert als(wereld.secretaris).get(pad(cast, naam)).status_code == 200


@pytest.mark.parametrize(
    ("stap", "terug", "soort", "daad"),
    [
        (Stap.ACHTERBANBERAAD, "trek_terug_naar_concept", SoortVersie.WIT, acties.stel_wit_vast),
        (Stap.NAAR_RAAD, "haal_terug_naar_commissie", SoortVersie.GROEN, acties.stel_groen_vast),
    ],
)
def test_na_een_stap_terug_kan_dezelfde_tekst_opnieuw_worden_vastgesteld(wereld, stap, terug, soort, daad):
    """Een ronde met een verkeerde dag, of een advies dat de raad uitstelde: aan de tekst hoeft niets te veranderen."""
    cast = bouw.traject_op(stap, wereld)
    eerder = cast.traject.versies.last()
    assert eerder.soort == soort
    cast.doe(terug, reden="De dag klopte niet.")
    zitting = bouw.vergadering(wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    kw = {"traject": cast.traject, "versie": None, "vergadering": zitting, "door": cast.secretaris}
    opnieuw = daad(**kw)
    assert (opnieuw.soort, opnieuw.nummer, opnieuw.html, opnieuw.vorige) == (soort, 2, eerder.html, eerder)
    with pytest.raises(InvoerFout, match="is al"):
        daad(**kw)
