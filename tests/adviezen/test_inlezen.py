"""Uit Word: het verslag bij de versie, beschrijvingen bij beelden, en een versie weer meenemen als Word of HTML."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from adviezen.actions import versies as acties
from adviezen.enums import Stap
from adviezen.models import Schrijfstand, Versie
from inrichting import voorbeeld_leren
from inrichting import voorbeeld_teksten as teksten
from inrichting.voorbeeld_word import uit_word
from kern.blokken import blokken
from kern.fouten import InvoerFout
from kern.vergelijk import vergelijk
from logboek.models import Inzage
from stukken.actions import bewaar_bytes
from stukken.models import Bestand
from tests.adviezen import bouw
from tests.adviezen.hulp import pad
from tests.browser import axe, bladzijden, loopt_over
from tests.stukken.conftest import PNG, opslaan
from tests.stukken.test_docx_heen_en_weer import GIF

pytestmark = pytest.mark.django_db
TEKST = teksten.kort("de vierdaagse werkweek")


def begin(wereld):
    return bouw.traject_op(Stap.CONCEPT, wereld)


def lees(als, cast, **meer):
    bestand = SimpleUploadedFile("van-de-leden.docx", uit_word(TEKST, "Proef"), "application/octet-stream")
    laatste = cast.traject.versies.last()
    invoer = {"basis": laatste.pk if laatste else "", "bestand": bestand, "notitie": "Uit Word."}
    return als(cast.secretaris).post(pad(cast, "inlezen"), invoer | meer)


def test_na_het_inlezen_volgt_een_verslag_dat_bij_de_versie_blijft(als, cast):
    antwoord = lees(als, cast)
    versie = Versie.objects.get()
    assert antwoord.url == pad(cast, "inleesverslag", pk=versie.pk)
    html = als(cast.secretaris).get(antwoord.url).content.decode()
    assert "Lid VCP 1 (voorbeeld)" in html
    assert "Wat is hier de grens: tien of vijftig medewerkers?" in html
    assert "bij “uitvoerbaarheid”" in html
    assert "3 bijgehouden wijzigingen" in html
    assert "van-de-leden.docx" in html
    assert versie.inleesverslag["schrijvers"][0] == {
        "naam": "Lid VCP 1 (voorbeeld)",
        "erbij": 1,
        "eraf": 1,
        "verplaatst": 0,
        "opmaak": 0,
    }
    assert "data:image" not in str(versie.inleesverslag), "het beeld zelf blijft in het bestand"
    assert Inzage.objects.filter(object_id=str(versie.pk)).exists()
    assert "(3 punten)" in als(cast.secretaris).get(pad(cast, "versies")).content.decode()


def test_het_verslag_is_er_alleen_voor_wie_schrijft_en_alleen_bij_een_ingelezen_versie(als, cast):
    lees(als, cast)
    ingelezen = Versie.objects.get()
    getypt = bouw.versie(cast)
    assert als(cast.wereld.account("FNV 2")).get(pad(cast, "inleesverslag", pk=ingelezen.pk)).status_code == 404
    assert als(cast.secretaris).get(pad(cast, "inleesverslag", pk=getypt.pk)).status_code == 404
    ander = bouw.versie(bouw.traject_op(Stap.CONCEPT, cast.wereld))
    assert als(cast.secretaris).get(pad(cast, "inleesverslag", pk=ander.pk)).status_code == 404


def test_een_beeld_zonder_beschrijving_krijgt_er_een_in_een_nieuwe_versie(als, cast):
    lees(als, cast)
    eerste = Versie.objects.get()
    client, adres = als(cast.secretaris), pad(cast, "beschrijf", pk=eerste.pk)
    assert (
        "Beschrijf de afbeelding en lees opnieuw in"
        in client.get(pad(cast, "inleesverslag", pk=eerste.pk)).content.decode()
    )
    bladzijde = client.get(adres).content.decode()
    assert 'src="data:image/png;base64,' in bladzijde
    (sleutel,) = eerste.inleesverslag["zonder_beschrijving"]
    leeg = client.post(adres, {sleutel: "  "})
    assert leeg.status_code == 422
    assert "Beschrijf ten minste één afbeelding" in leeg.content.decode()
    klaar = client.post(adres, {sleutel: "Vier staven; de derde is het hoogst."})
    tweede = Versie.objects.last()
    assert klaar.url == pad(cast, "inleesverslag", pk=tweede.pk)
    assert 'alt="Vier staven; de derde is het hoogst."' in tweede.html
    assert tweede.inleesverslag["zonder_beschrijving"] == []
    assert (tweede.vorige, tweede.bron_bestand) == (eerste, eerste.bron_bestand)
    assert client.get(adres).status_code == 404, "er is intussen een nieuwere versie"
    assert client.get(pad(cast, "beschrijf", pk=tweede.pk)).status_code == 404, "er valt niets te beschrijven"
    assert "Er is intussen een nieuwere versie" in client.get(pad(cast, "inleesverslag", pk=eerste.pk)).content.decode()


def test_wie_een_tweede_beeld_beschrijft_houdt_het_eerste(als, cast):
    document = docx.Document()
    document.add_paragraph("Twee beelden.")
    for beeld in (PNG, GIF):
        document.add_picture(io.BytesIO(beeld))
    bestand = SimpleUploadedFile("beelden.docx", opslaan(document), "application/octet-stream")
    client = als(cast.secretaris)
    assert client.post(pad(cast, "inlezen"), {"basis": "", "bestand": bestand}).status_code == 302
    een, ander = Versie.objects.get().inleesverslag["zonder_beschrijving"]
    for sleutel, tekst in ((een, "Een stip."), (ander, "Een vlak.")):
        versie = Versie.objects.last()
        assert client.post(pad(cast, "beschrijf", pk=versie.pk), {sleutel: tekst}).status_code == 302
    laatste = Versie.objects.last()
    assert [alt in laatste.html for alt in ('alt="Een stip."', 'alt="Een vlak."')] == [True, True]
    assert laatste.inleesverslag["zonder_beschrijving"] == []


def test_een_bestand_dat_verdween_is_geen_fout(als, cast):
    lees(als, cast)
    versie = Versie.objects.get()
    Bestand.objects.get(pk=versie.bron_bestand_id).pad.unlink()
    assert als(cast.secretaris).get(pad(cast, "beschrijf", pk=versie.pk)).status_code == 404


def test_inlezen_gooit_onbewaarde_tekst_niet_weg(als, cast):
    als(cast.secretaris).post(pad(cast, "schrijfstand"), {"html": "<p>Half getypt.</p>", "basis": ""})
    assert lees(als, cast).status_code == 302
    assert Schrijfstand.objects.get().html == "<p>Half getypt.</p>"


def test_een_document_van_vierhonderd_bladzijden_wordt_ingelezen(cast):
    from benchmarks.pdf import advies
    from stukken.docx_uit import maak_docx

    lang = advies(54)
    bestand = bewaar_bytes(inhoud=maak_docx(lang, titel="Lang"), naam="lang.docx", soort="docx", door=cast.secretaris)
    klaar = acties.lees_word_in(traject=cast.traject, basis=None, bestand=bestand, door=cast.secretaris)
    assert len(blokken(klaar.versie.html)) == len(blokken(lang)) > 2500


# --- meenemen ---------------------------------------------------------------------------------------------------------


def test_een_versie_gaat_mee_naar_word_en_komt_gelijk_terug(als, cast):
    versie = bouw.versie(cast, html=teksten.THUISWERKEN_3)
    lid = cast.wereld.account("FNV 2")
    antwoord = als(lid).get(reverse("lezen:word", kwargs={"pk": versie.pk}))
    assert antwoord["Cache-Control"] == "private, no-store"
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert f'filename="{cast.traject.slug}-concept 1.docx"' in antwoord["Content-Disposition"]
    gelezen = docx.Document(io.BytesIO(antwoord.content))
    assert f"Exemplaar van {lid.naam}" in gelezen.sections[0].footer.paragraphs[0].text
    assert gelezen.core_properties.author == "Sociaal-Economische Raad"
    assert Inzage.objects.filter(actor_id=lid.pk, object_id=str(versie.pk)).count() == 1
    bestand = bewaar_bytes(inhoud=antwoord.content, naam="terug.docx", soort="docx", door=cast.secretaris)
    klaar = acties.lees_word_in(traject=cast.traject, basis=versie.pk, bestand=bestand, door=cast.secretaris)
    assert vergelijk(versie.html, klaar.versie.html).gelijk
    assert [b.id for b in blokken(klaar.versie.html)] == [b.id for b in blokken(versie.html)]
    with pytest.raises(InvoerFout, match="gelijk aan concept 2"):
        acties.lees_word_in(traject=cast.traject, basis=klaar.versie.pk, bestand=bestand, door=cast.secretaris)


def test_een_versie_als_los_html_bestand(als, cast):
    versie = bouw.versie(cast, html=teksten.THUISWERKEN_3)
    antwoord = als(cast.wereld.account("FNV 2")).get(reverse("lezen:html", kwargs={"pk": versie.pk}))
    tekst = antwoord.content.decode()
    assert antwoord["Cache-Control"] == "private, no-store"
    assert antwoord["Content-Disposition"].startswith("attachment")
    assert "VERTROUWELIJK" in tekst
    assert "data-blok" not in tekst
    assert "<script" not in tekst
    assert 'data-nummer="1"' in tekst
    for buiten in (cast.wereld.buitenstaander, cast.wereld.beheerder):
        for naam in ("word", "html"):
            assert als(buiten).get(reverse(f"lezen:{naam}", kwargs={"pk": versie.pk})).status_code == 404
    aantal = Inzage.objects.count()
    als(cast.secretaris).head(reverse("lezen:html", kwargs={"pk": versie.pk}))
    assert Inzage.objects.count() == aantal


# --- schrijven met meer -----------------------------------------------------------------------------------------------


def test_wie_er_ook_schrijft_en_een_nieuwere_versie_komen_met_elk_antwoord_mee(als, cast):
    basis, ander = bouw.versie(cast), cast.raadssecretaris
    adres = pad(cast, "schrijfstand")
    als(ander).post(adres, {"html": "<p>Van de ander.</p>", "basis": basis.pk})
    antwoord = als(cast.secretaris).post(adres, {"html": "<p>Van mij.</p>", "basis": basis.pk}).json()
    (bezig,) = antwoord["anderen"]
    assert (bezig["naam"], bezig["bezig"]) == (ander.naam, True)
    assert "Van de ander" not in str(antwoord)
    assert antwoord["nieuwer"] is None
    Schrijfstand.objects.filter(auteur=ander).update(bewaard_op="2026-01-01T10:00:00Z")
    assert als(cast.secretaris).get(adres, {"basis": basis.pk}).json()["anderen"][0]["bezig"] is False
    nieuw = acties.schrijf_concept(traject=cast.traject, basis=basis.pk, html="<p>Klaar.</p>", door=ander)
    stil = als(cast.secretaris).get(adres, {"basis": basis.pk}).json()
    assert stil["nieuwer"] == {"pk": nieuw.pk, "naam": "concept 2", "door": ander.naam}
    assert stil["anderen"] == []


def test_een_verloren_wijziging_staat_er_als_vergelijking(als, cast):
    basis = bouw.versie(cast, html=voorbeeld_leren.LEREN_1)
    acties.schrijf_concept(
        traject=cast.traject, basis=basis.pk, html=voorbeeld_leren.LEREN_2, door=cast.raadssecretaris
    )
    eigen = voorbeeld_leren.LEREN_1.replace("Tijd, geld en overzicht ontbreken.", "Tijd en geld ontbreken.")
    antwoord = als(cast.secretaris).post(pad(cast, "schrijven"), {"basis": basis.pk, "html": eigen})
    html = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "oncept 2 en uw tekst naast elkaar" in html
    assert '<del class="wijziging-eraf"><span class="alleen-lezer">geschrapt: </span>, geld' in html
    assert "ook bij een kort contract" in html
    assert "Tijd en geld ontbreken." in html, "de eigen tekst staat nog in het vak"


@pytest.mark.browser
def test_verslag_en_beschrijven_in_de_browser(als, cast):
    lees(als, cast)
    versie, client = Versie.objects.get(), als(cast.secretaris)
    adressen = [pad(cast, "inleesverslag", pk=versie.pk), pad(cast, "beschrijf", pk=versie.pk), pad(cast, "versies")]
    with bladzijden({a: client.get(a) for a in adressen}, viewport={"width": 360, "height": 800}) as blad:
        for adres in adressen:
            blad.goto(adres)
            for breedte in (360, 1280):
                blad.set_viewport_size({"width": breedte, "height": 800})
                assert loopt_over(blad) == 0
            assert axe(blad) == []
