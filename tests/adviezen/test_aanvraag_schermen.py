"""Een aanvraag registreren en wijzigen in de browser, en wat fout kan gaan."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from adviezen.forms.aanvraag import AanvraagForm
from adviezen.models import Adviesaanvraag, Adviestraject
from kern.tijd import datum_nl, vandaag
from publicatie.models import Publicatie
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.aanvraag_scherm import PDF, aanvraag, registreer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("anders", "veld", "tekst"),
    [
        ({"vragers": []}, "vragers", "ten minste één adviesvrager"),
        ({"vragers": [999_999]}, "vragers", "Alleen een minister"),
        ({"adviestermijn": ""}, "adviestermijn", "noemt altijd een adviestermijn"),
        ({"adviestermijn": "2001-01-01"}, "adviestermijn", "na de datum van de brief"),
        ({"ontvangen_op": "2001-01-01"}, "ontvangen_op", "vóór de datum van de brief"),
        ({"ontvangen_op": "2100-01-01"}, "ontvangen_op", "in de toekomst"),
        ({"datum": "2026-02-31"}, "datum", "geldige datum"),
        ({"titel": ""}, "titel", "verplicht"),
        ({"titel": "x" * 301}, "titel", "300"),
        ({"brief": SimpleUploadedFile("brief.exe", b"MZ", "application/pdf")}, "brief", ""),
    ],
)
def test_onjuiste_invoer_noemt_het_veld_en_houdt_wat_getypt_is(als, wereld, anders, veld, tekst):
    antwoord = als(wereld.secretaris).post(reverse("adviezen:nieuw"), aanvraag(wereld, **anders))
    assert antwoord.status_code == 422
    fouten = " ".join(antwoord.context["form"].errors[veld])
    assert tekst.lower() in fouten.lower()
    assert "En voor wie?" in antwoord.content.decode()
    assert not Adviestraject.objects.exists()


def test_een_kamer_hoeft_geen_termijn_te_noemen(als, wereld):
    traject = registreer(als(wereld.secretaris), wereld, vragers=[bouw.vrager("tweede_kamer").pk], adviestermijn="")
    assert traject.adviestermijn is None
    assert not Termijn.objects.van(traject).filter(soort="adviestermijn").exists()


def test_wie_een_account_in_functie_heeft_opent_de_brief_met_de_vraag(als, wereld):
    traject = registreer(als(wereld.secretaris), wereld, niet_openbaar_grond="Persoonsgegevens (voorbeeld).")
    pad = {"slug": traject.slug}
    brief = reverse("lezen:aanvraagbrief", kwargs=pad)
    assert brief in als(wereld.secretaris).get(reverse("adviezen:traject", kwargs=pad)).content.decode()
    lid = als(wereld.account("FNV 1"))
    assert traject.aanvraag.vraag.split("\n")[0] in lid.get(reverse("lezen:aanvraag", kwargs=pad)).content.decode()
    antwoord = lid.get(brief)
    assert (antwoord["Content-Type"], b"".join(antwoord.streaming_content)) == ("application/pdf", PDF)
    assert "no-store" in antwoord["Cache-Control"]
    for naam in ("lezen:aanvraag", "lezen:aanvraagbrief"):
        assert als(wereld.buitenstaander).get(reverse(naam, kwargs=pad)).status_code == 404


def test_met_een_grond_wordt_de_aanvraag_niet_openbaar_en_intrekken_van_de_grond_wel(als, wereld):
    client = als(wereld.secretaris)
    traject = registreer(client, wereld, niet_openbaar_grond="Bedrijfsgegevens (voorbeeld)")
    assert not Publicatie.objects.filter(sleutel=f"adviesaanvraag:t-{traject.pk}").exists()
    gegevens = aanvraag(wereld, versie=traject.rijversie, titel="Nieuwe titel")
    assert client.post(reverse("adviezen:aanvraag", kwargs={"slug": traject.slug}), gegevens).status_code == 302
    assert Publicatie.objects.filter(sleutel=f"adviesaanvraag:t-{traject.pk}").exists()
    traject.refresh_from_db()
    assert traject.titel == "Nieuwe titel"


def test_een_verouderd_scherm_overschrijft_niets(als, wereld):
    client = als(wereld.secretaris)
    traject = registreer(client, wereld)
    for titel, status in (("Eerste", 302), ("Tweede", 422)):
        gegevens = aanvraag(wereld, versie=0, titel=titel)
        antwoord = client.post(reverse("adviezen:aanvraag", kwargs={"slug": traject.slug}), gegevens)
        assert antwoord.status_code == status
    assert "Iemand anders heeft dit intussen gewijzigd" in antwoord.content.decode()
    assert "Tweede" in antwoord.content.decode()
    traject.refresh_from_db()
    assert traject.titel == "Eerste"


def test_wie_later_is_leest_wat_er_nu_ligt(als, wereld):
    """Alleen "bekijk de nieuwe stand" liet de ander met een tweede klik ongezien overschrijven."""
    client = als(wereld.secretaris)
    traject = registreer(client, wereld)
    pad = reverse("adviezen:aanvraag", kwargs={"slug": traject.slug})
    eerst = {"vraag": "Van een collega (voorbeeld).", "raad_zelf_gevraagd": "on", "vragers": [bouw.vrager().pk]}
    assert client.post(pad, aanvraag(wereld, versie=0, **eerst)).status_code == 302
    termijn = vandaag() + timedelta(days=200)
    antwoord = client.post(pad, aanvraag(wereld, versie=0, adviestermijn=termijn.isoformat()))
    traject.refresh_from_db()
    nu_ligt = {veld: fouten[0] for veld, fouten in antwoord.context["form"].errors.items() if veld != "__all__"}
    assert nu_ligt == {
        "vraag": "Nu vastgelegd: Van een collega (voorbeeld).",
        "raad_zelf_gevraagd": "Nu vastgelegd: ja",
        "adviestermijn": f"Nu vastgelegd: {datum_nl(traject.adviestermijn)}",
        "vragers": f"Nu vastgelegd: {bouw.vrager()}",
    }, "wat gelijk is staat er niet bij"
    assert "Nu vastgelegd: Van een collega (voorbeeld)." in antwoord.content.decode()


def test_meegestuurde_velden_van_het_model_doen_niets(als, wereld):
    """Geval 49: elk veld van het model erbij; alleen wat het formulier vraagt verandert."""
    client = als(wereld.secretaris)
    traject = registreer(client, wereld)
    velden = {v.attname: v for m in (Adviestraject, Adviesaanvraag) for v in m._meta.concrete_fields}
    gevraagd = {*AanvraagForm.base_fields, "secretaris_id", "bestand_id", "rijversie"}
    kwaad = {n: {"slug": "gekaapt", "voorbeeld": ""}.get(n, "1") for n in velden if n not in gevraagd}
    kwaad |= {n.removesuffix("_id"): "1" for n in kwaad if n.endswith("_id")} | {"stap": "aangeboden"}
    voor = {v.attname: getattr(o, v.attname) for o in (traject, traject.aanvraag) for v in o._meta.concrete_fields}
    gegevens = aanvraag(wereld, versie=traject.rijversie, titel="Nieuwe titel (voorbeeld)") | kwaad
    pad = reverse("adviezen:aanvraag", kwargs={"slug": traject.slug})
    assert client.post(pad, gegevens).status_code == 302
    traject = Adviestraject.objects.get(pk=traject.pk)
    na = {v.attname: getattr(o, v.attname) for o in (traject, traject.aanvraag) for v in o._meta.concrete_fields}
    assert {n for n in na if na[n] != voor[n]} <= {"titel", "rijversie", "bestand_id"}
    assert traject.titel == "Nieuwe titel (voorbeeld)"


def test_de_dag_van_ontvangst_staat_op_vandaag(als, wereld):
    form = als(wereld.secretaris).get(reverse("adviezen:nieuw")).context["form"]
    assert form["ontvangen_op"].value() == vandaag()
