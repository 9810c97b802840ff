"""Geval 14: wie tekst van een concept of een reactie ziet, staat in het inzagelogboek, op welk scherm het ook is."""

import pytest
from django.urls import reverse

from adviezen.actions.beraad import publiceer_ontwerp
from adviezen.enums import Stap
from adviezen.models import ReactieItem
from kern.tijd import nu
from logboek.models import Inzage
from tests.adviezen import bouw

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.VERWERKING, wereld)


def test_elk_scherm_met_vertrouwelijke_tekst_legt_het_lezen_vast(als, cast):
    slug, versie = {"slug": cast.traject.slug}, cast.traject.versies.last()
    item = ReactieItem.objects.filter(reactie__deelname__beraad__traject=cast.traject)[0]
    adressen = {
        reverse("lezen:versie", kwargs={"pk": versie.pk}): versie,
        reverse("lezen:alinea", kwargs={"pk": versie.pk, "waar": "geheel"}): versie,
        reverse("adviezen:schrijven", kwargs=slug): versie,
        reverse("adviezen:voorstellen", kwargs=slug): versie,
        reverse("adviezen:reacties", kwargs=slug): cast.traject,
        reverse("adviezen:verwerking", kwargs=slug): cast.traject,
        reverse("adviezen:voorstel", kwargs=slug | {"item": item.pk}): cast.traject,
        reverse("lezen:verwerking", kwargs=slug): cast.traject,
        reverse("lezen:verschillen", kwargs=slug): cast.traject,
    }
    client = als(cast.secretaris)
    for adres in adressen:
        assert client.head(adres).status_code == 200, adres
    assert not Inzage.objects.exists()
    for adres, stuk in adressen.items():
        voor = Inzage.objects.count()
        assert client.get(adres).status_code == 200
        assert Inzage.objects.count() == voor + 1, adres
        inzage = Inzage.objects.latest("pk")
        assert (inzage.object_soort, inzage.object_id) == (stuk._meta.label_lower, str(stuk.pk)), adres


def test_ook_wie_een_formulier_stuurt_dat_geweigerd_wordt_krijgt_de_tekst_en_staat_in_het_logboek(als, cast):
    slug = {"slug": cast.traject.slug}
    item = ReactieItem.objects.filter(reactie__deelname__beraad__traject=cast.traject)[0]
    client = als(cast.secretaris)
    for naam, erbij in (("schrijven", {}), ("voorstellen", {}), ("verwerking", {}), ("voorstel", {"item": item.pk})):
        voor = Inzage.objects.count()
        antwoord = client.post(reverse(f"adviezen:{naam}", kwargs=slug | erbij), {"versie": "oud"})
        assert (antwoord.status_code, Inzage.objects.count() - voor) == (422, 1), naam


def test_een_concept_van_na_een_openbare_ronde_draagt_het_merk_van_wat_vertrouwelijk_is(als, cast):
    """Dat de witte versie openbaar werd, maakt de tekst waar de commissie daarna aan werkt dat niet."""
    wit = cast.traject.versies.filter(soort="wit").last()
    publiceer_ontwerp(cast.traject, wit, door=cast.secretaris, vanaf=nu())
    later = bouw.versie(cast, html="<p>Nog niet openbaar (voorbeeld).</p>")
    for versie, merk, ander in ((wit, "ONTWERP", "VERTROUWELIJK"), (later, "VERTROUWELIJK", "ONTWERP")):
        for naam in ("html", "versie"):
            tekst = als(cast.secretaris).get(reverse(f"lezen:{naam}", kwargs={"pk": versie.pk})).content.decode()
            assert (merk in tekst, ander in tekst) == (True, False), (naam, merk)
        assert ("openbaar als ontwerpadvies: dat u dit leest" in tekst) == (merk == "ONTWERP")
        assert ("vertrouwelijk: dat u dit leest" in tekst) == (merk == "VERTROUWELIJK")
