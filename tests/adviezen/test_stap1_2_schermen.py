"""Stap 1 en 2 in de browser: registreren, ontvangst, criteria, besluit, toewijzen of weigeren, en wat fout kan gaan."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from adviezen.actions.bureau import draag_over
from adviezen.enums import VASTE_CRITERIA, Stap
from adviezen.models import Adviestraject, CriteriumOordeel
from adviezen.views.trajecten import GEDAAN
from berichten.models import Bericht
from kern.tijd import datum_nl, nu, vandaag
from overgangen.uitvoering import overgangen_van
from publicatie.models import Publicatie
from termijnen.actions import voldoe
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.aanvraag_scherm import PDF, registreer

pytestmark = pytest.mark.django_db


def test_van_registreren_tot_toegewezen(als, wereld):
    client = als(wereld.secretaris)
    traject = registreer(client, wereld)
    assert (traject.stap, traject.kenmerk.startswith("VT")) == (Stap.AANVRAAG, True)
    assert set(Termijn.objects.van(traject).values_list("soort", flat=True)) == {
        "adviestermijn",
        "ontvangstbevestiging",
    }
    openbaar = Publicatie.objects.get(sleutel=f"adviesaanvraag:t-{traject.pk}")
    assert openbaar.vanaf > nu() + timedelta(minutes=9)
    pad = {"slug": traject.slug}

    bladzijde = client.get(reverse("adviezen:traject", kwargs=pad)).content.decode()
    assert "De ontvangst is nog niet aan de adviesvrager bevestigd." in bladzijde
    client.post(
        reverse("adviezen:aanvraag", kwargs=pad),
        {"bevestig": "1", "op": vandaag().isoformat(), "versie": traject.rijversie},
    )
    assert Termijn.objects.van(traject).get(soort="ontvangstbevestiging").status == "voldaan"
    doe(client, traject, "leg_voor_aan_db")

    traject.refresh_from_db()
    criteria = {"versie": traject.rijversie}
    for c in VASTE_CRITERIA:
        criteria |= {f"{c}_oordeel": "ja", f"{c}_toelichting": "Past."}
    criteria |= {"eigen0_naam": "Urgentie", "eigen0_oordeel": "deels", "eigen0_toelichting": "Kan wachten."}
    assert client.post(reverse("adviezen:criteria", kwargs=pad), criteria).status_code == 302
    assert CriteriumOordeel.objects.filter(traject=traject).count() == 8

    bestuur = bouw.vergadering(wereld, "dagelijks_bestuur")
    commissie = wereld.raad.commissies["grensarbeid"]
    traject.refresh_from_db()
    besluit = {
        "versie": traject.rijversie,
        "vergadering": bestuur.pk,
        "besluit": "wijs_toe",
        "commissie": commissie.pk,
        "voorzitter": bouw.voorzitter_van(commissie).pk,
        "scope": "Alleen de hoofdlijnen.",
    }
    antwoord = client.post(reverse("adviezen:toewijzing", kwargs=pad), besluit)
    assert antwoord.status_code == 302, antwoord.context["form"].errors
    bevestig = client.get(reverse("adviezen:handeling", kwargs=pad | {"naam": "wijs_toe"})).content.decode()
    assert f"leden van {commissie.naam}" in bevestig
    doe(client, traject, "wijs_toe")
    traject.refresh_from_db()
    assert (traject.stap, traject.commissie) == (Stap.CONCEPT, commissie)
    berichten = Bericht.objects.filter(feit__startswith=f"adviezen.wijs_toe:{traject.pk}:")
    assert berichten.count() > 3
    assert all(traject.titel not in b.onderwerp for b in berichten)

    doe(client, traject, "herroep_toewijzing", reden="Verkeerde commissie gekozen.")
    traject.refresh_from_db()
    assert traject.stap == Stap.TOEWIJZING
    assert not berichten.filter(status="wacht").exists()


def doe(client, traject, naam, **velden):
    traject.refresh_from_db()
    pad = reverse("adviezen:handeling", kwargs={"slug": traject.slug, "naam": naam})
    antwoord = client.post(pad, {"versie": traject.rijversie, **velden})
    assert antwoord.status_code == 302, antwoord.context and antwoord.context["form"].errors
    return antwoord


def test_een_afgesloten_termijn_staat_ingeklapt_onder_wat_nog_loopt(als, wereld):
    """Een voldane klok stond maandenlang bovenaan, voor de termijn die nog liep."""
    client = als(wereld.secretaris)
    traject = registreer(client, wereld)
    voldoe(termijn=Termijn.objects.van(traject).get(soort="ontvangstbevestiging"), door=wereld.secretaris)
    antwoord = client.get(reverse("adviezen:traject", kwargs={"slug": traject.slug}))
    assert [t.soort for t in antwoord.context["termijnen"]] == ["adviestermijn"]
    tekst = antwoord.content.decode()
    ingeklapt = tekst[tekst.index("1 afgesloten termijn</summary>") :].partition("</details>")[0]
    assert "Ontvangst bevestigen" in ingeklapt
    assert "Adviestermijn" not in ingeklapt


def test_een_vergadering_van_voor_de_aanvraag_staat_niet_ter_keuze(als, wereld):
    """De lijst bood alleen vergaderingen van voor de ontvangst; het scherm weigerde ze pas na het kiezen."""
    client = als(wereld.secretaris)
    traject = registreer(client, wereld)
    oud = bouw.vergadering(wereld, "dagelijks_bestuur")
    toen = vandaag() - timedelta(days=30)
    type(oud).objects.filter(pk=oud.pk).update(datum=toen, opgeroepen_op=toen, stukken_op=toen)
    adres = reverse("adviezen:toewijzing", kwargs={"slug": traject.slug})
    veld = client.get(adres).context["form"].fields["vergadering"]
    sinds = datum_nl(traject.aanvraag.ontvangen_op)
    assert (list(veld.queryset), veld.help_text) == (
        [],
        f"Het dagelijks bestuur vergaderde nog niet sinds {sinds}; dan is er nog geen besluit vast te leggen.",
    )
    fout = client.post(adres, {"versie": traject.rijversie, "vergadering": oud.pk, "besluit": "wijs_toe"})
    assert fout.context["form"].errors["vergadering"] == [f"Kies een vergadering die gehouden is sinds {sinds}."]
    type(oud).objects.filter(pk=oud.pk).update(datum=vandaag())
    assert list(client.get(adres).context["form"].fields["vergadering"].queryset) == [oud]


def test_dubbel_versturen_van_een_handeling_doet_haar_een_keer(als, wereld):
    cast = bouw.traject_op(Stap.AANVRAAG, wereld)
    bouw.bereid_aanvraag_voor(cast)
    client, traject = als(cast.secretaris), cast.traject
    traject.refresh_from_db()
    pad = reverse("adviezen:handeling", kwargs={"slug": traject.slug, "naam": "leg_voor_aan_db"})
    versie = {"versie": traject.rijversie}
    assert client.post(pad, versie).status_code == 302
    antwoord = client.post(pad, versie, follow=True)
    assert "Deze handeling was al gedaan." in antwoord.content.decode()
    traject.refresh_from_db()
    assert traject.stapgangen.count() == 2


def test_een_handeling_die_nog_niet_kan_zegt_wat_ontbreekt_met_een_link(als, wereld):
    cast = bouw.traject_op(Stap.TOEWIJZING, wereld)
    pad = reverse("adviezen:handeling", kwargs={"slug": cast.traject.slug, "naam": "wijs_toe"})
    tekst = als(cast.secretaris).get(pad).content.decode()
    assert "7 criteria zijn nog niet beoordeeld." in tekst
    assert reverse("adviezen:criteria", kwargs={"slug": cast.traject.slug}) in tekst
    assert als(cast.secretaris).post(pad, {"versie": cast.traject.rijversie}).status_code == 422


@pytest.mark.parametrize(
    ("gegevens", "veld"),
    [
        ({"domein_oordeel": "ja"}, "domein_toelichting"),
        ({"domein_toelichting": "Zomaar."}, "domein_oordeel"),
        ({"eigen0_oordeel": "ja", "eigen0_toelichting": "Ja."}, "eigen0_naam"),
        ({"eigen0_naam": "Urgentie"}, "eigen0_oordeel"),
        ({"eigen0_oordeel": "ja"}, "eigen0_toelichting"),
        ({"eigen0_toelichting": "Zomaar."}, "eigen0_oordeel"),
    ],
)
def test_criteria_vragen_oordeel_en_toelichting(als, wereld, gegevens, veld):
    cast = bouw.traject_op(Stap.TOEWIJZING, wereld)
    antwoord = als(cast.secretaris).post(
        reverse("adviezen:criteria", kwargs={"slug": cast.traject.slug}), {"versie": cast.traject.rijversie, **gegevens}
    )
    assert antwoord.status_code == 422
    assert veld in antwoord.context["form"].errors
    zin = antwoord.context["form"].errors[veld][0]
    assert not re.search(r"[a-z] (Licht|Kies) ", zin), f"twee zinnen zonder punt ertussen: {zin}"


@pytest.mark.parametrize(
    ("gegevens", "veld"),
    [
        ({"besluit": "wijs_toe"}, "commissie"),
        ({"besluit": "neem_niet_in_behandeling"}, "motivering"),
        ({"besluit": "neem_niet_in_behandeling", "motivering": "Buiten het terrein."}, "brief_tekst"),
        ({"besluit": "iets"}, "besluit"),
    ],
)
def test_een_besluit_dat_niet_af_is(als, wereld, gegevens, veld):
    cast = bouw.traject_op(Stap.TOEWIJZING, wereld)
    bestuur = bouw.vergadering(wereld, "dagelijks_bestuur")
    antwoord = als(cast.secretaris).post(
        reverse("adviezen:toewijzing", kwargs={"slug": cast.traject.slug}),
        {"versie": cast.traject.rijversie, "vergadering": bestuur.pk, **gegevens},
    )
    assert antwoord.status_code == 422
    assert veld in antwoord.context["form"].errors


def test_weigeren_met_brief_en_herroepen(als, wereld):
    cast = bouw.traject_op(Stap.TOEWIJZING, wereld)
    bouw.beoordeel_criteria(cast)
    client, traject = als(cast.secretaris), cast.traject
    bestuur = bouw.vergadering(wereld, "dagelijks_bestuur")
    traject.refresh_from_db()
    besluit = {
        "versie": traject.rijversie,
        "vergadering": bestuur.pk,
        "besluit": "neem_niet_in_behandeling",
        "motivering": "Buiten het terrein.",
        "brief_tekst": "Geachte minister (voorbeeld), …",
    }
    assert client.post(reverse("adviezen:toewijzing", kwargs={"slug": traject.slug}), besluit).status_code == 302
    doe(client, traject, "neem_niet_in_behandeling")
    traject.refresh_from_db()
    assert (traject.stap, traject.einde_reden) == (Stap.NIET_IN_BEHANDELING, "Buiten het terrein.")
    assert "Geachte minister (voorbeeld)" in client.get(reverse("adviezen:traject", kwargs={"slug": traject.slug})).text
    assert not Termijn.objects.van(traject).lopend().exists()
    doe(client, traject, "herroep_weigering", reden="Toch wel.")
    traject.refresh_from_db()
    assert traject.stap == Stap.TOEWIJZING


def test_intrekken_vraagt_een_reden_en_een_dag(als, wereld):
    cast = bouw.traject_op(Stap.TOEWIJZING, wereld)
    client, traject = als(cast.secretaris), cast.traject
    pad = reverse("adviezen:handeling", kwargs={"slug": traject.slug, "naam": "trek_in"})
    antwoord = client.post(pad, {"versie": traject.rijversie, "datum": "2100-01-01", "reden": "Ingetrokken."})
    assert "in de toekomst" in antwoord.content.decode()
    antwoord = client.post(pad, {"versie": traject.rijversie, "datum": vandaag().isoformat(), "reden": " "})
    assert "reden" in antwoord.context["form"].errors
    brief = SimpleUploadedFile("intrekking.pdf", PDF, "application/pdf")
    doe(client, traject, "trek_in", datum=vandaag().isoformat(), reden="De vraag is vervallen.", brief=brief)
    einde = reverse("adviezen:eindbrief", kwargs={"slug": traject.slug})
    assert einde in client.get(reverse("adviezen:traject", kwargs={"slug": traject.slug})).text
    assert b"".join(client.get(einde).streaming_content) == PDF
    doe(client, traject, "herroep_einde", reden="Vergissing.")
    traject.refresh_from_db()
    assert traject.stap == Stap.TOEWIJZING


def test_eigen_initiatief_begint_bij_het_bestuur(als, wereld):
    client = als(wereld.secretaris)
    gegevens = {
        "titel": "Kleine bedrijven en AI (voorbeeld)",
        "geadresseerden": "het kabinet",
        "tekst": "De raad besluit te adviseren.",
        "besloten_op": vandaag().isoformat(),
        "secretaris": wereld.secretaris.pk,
    }
    assert (
        client.post(reverse("adviezen:eigen_initiatief"), gegevens | {"besloten_op": "2100-01-01"}).status_code == 422
    )
    assert client.post(reverse("adviezen:eigen_initiatief"), gegevens).status_code == 302
    traject = Adviestraject.objects.get()
    assert (traject.stap, traject.eigen_initiatief) == (Stap.TOEWIJZING, True)
    pad = reverse("adviezen:startbesluit", kwargs={"slug": traject.slug})
    scherm = client.get(pad)
    assert scherm.context["form"]["geadresseerden"].value() == "het kabinet"
    versie = {"versie": scherm.context["versie"]}
    fout = client.post(pad, gegevens | versie | {"geadresseerden": "", "titel": "Nieuw (voorbeeld)"})
    assert (fout.status_code, fout.context["form"]["titel"].value()) == (422, "Nieuw (voorbeeld)")
    assert client.post(pad, gegevens | versie | {"titel": "Nieuw (voorbeeld)"}).status_code == 302
    traject.refresh_from_db()
    assert traject.titel == "Nieuw (voorbeeld)"


def test_overdragen_en_waarnemen(als, wereld):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    client, traject = als(cast.secretaris), cast.traject
    pad = reverse("adviezen:overdragen", kwargs={"slug": traject.slug})
    zelfde = {"versie": traject.rijversie, "secretaris": cast.secretaris.pk, "waarnemer": cast.secretaris.pk}
    assert client.post(pad, zelfde).status_code == 422
    assert client.post(pad, zelfde | {"waarnemer": cast.tweede.pk}).status_code == 302
    traject.refresh_from_db()
    assert traject.waarnemer == cast.tweede


def test_wie_wacht_op_anderen_leest_dat_en_krijgt_geen_stap_terug_als_hoofdknop(als, wereld):
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    context = als(cast.secretaris).get(reverse("adviezen:traject", kwargs={"slug": cast.traject.slug})).context
    assert not context["beurt"].bent_u
    assert context["beurt"].knop is None
    assert len(context["beurt"].tekorten) == 6
    assert "Trek terug naar concept" in [k.tekst for k in context["zijpaden"]]


def test_wie_aan_zet_is_ziet_de_weg_vooruit_als_hoofdknop(als, wereld):
    cast = bouw.traject_op(Stap.AANVRAAG, wereld)
    bouw.bereid_aanvraag_voor(cast)
    context = als(cast.secretaris).get(reverse("adviezen:traject", kwargs={"slug": cast.traject.slug})).context
    assert (context["beurt"].bent_u, context["beurt"].knop.tekst) == (True, "Leg voor aan het dagelijks bestuur")


def test_herroepen_haalt_de_berichten_ook_terug_als_het_traject_intussen_wijzigde(als, wereld):
    cast = bouw.traject_op(Stap.TOEWIJZING, wereld)
    bouw.beoordeel_criteria(cast)
    bouw.bereid_toewijzing_voor(cast)
    client, traject = als(cast.secretaris), cast.traject
    doe(client, traject, "wijs_toe")
    berichten = Bericht.objects.filter(feit__startswith=f"adviezen.wijs_toe:{traject.pk}:", status="wacht")
    assert berichten.exists()
    traject.refresh_from_db()
    draag_over(traject=traject, versie=None, secretaris=cast.secretaris, waarnemer=cast.tweede, door=cast.secretaris)
    doe(client, traject, "herroep_toewijzing", reden="Verkeerde commissie gekozen.")
    assert not berichten.exists()


def test_van_elke_handeling_zegt_het_scherm_daarna_wat_er_gebeurde() -> None:
    """De tekst van de knop is een opdracht; "Bied het advies aan: gedaan" is geen zin."""
    assert {overgang.name for overgang in overgangen_van(Adviestraject)} == set(GEDAAN)
