"""Tekstvoorstellen overnemen: oud en nieuw, één nieuw concept, wie het voorstelde, en wat er misgaat."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adviezen.actions import opmerkingen as acties
from adviezen.actions.overnemen import neem_voorstellen_over
from adviezen.actions.versies import bewaar_schrijfstand, schrijf_concept
from adviezen.enums import Kring, Stap
from adviezen.models import Opmerking, Versie
from adviezen.queries.voorstellen import open_voorstellen
from kern import markeer
from kern.anker import Citaat
from kern.blokken import blokken
from kern.fouten import GeenToegang, InvoerFout
from tests.adviezen import bouw

pytestmark = pytest.mark.django_db
EEN = "De raad vraagt <strong>aandacht</strong> voor kleine bedrijven in de grensstreek."
TWEE = "Een hogere drempel geeft rust, maar raakt de opbrengst van premies."


def begin(wereld):
    return bouw.traject_op(Stap.CONCEPT, wereld)


@pytest.fixture
def versie(cast):
    return schrijf(cast, EEN, TWEE)


def schrijf(cast, *alineas):
    laatste = cast.traject.versies.last()
    html = "<h2>Kop</h2>" + "".join(f"<p>{a}</p>" for a in alineas)
    return schrijf_concept(traject=cast.traject, basis=laatste.pk if laatste else None, html=html, door=cast.secretaris)


def stel_voor(cast, versie, plaats, voorstel, exact="", kring=Kring.COMMISSIE, wie="FNV 2"):
    return acties.plaats_opmerking(
        versie=versie, tekst=f"Liever zo: {voorstel[:20]}", voorstel=voorstel, kring=kring,
        door=cast.wereld.account(wie), blok=blokken(versie.html)[plaats].id,
        aanhaling=Citaat(exact) if exact else None,
    )  # fmt: skip


def adres(cast):
    return reverse("adviezen:voorstellen", kwargs={"slug": cast.traject.slug})


def test_een_klik_neemt_over_en_houdt_opmaak_naam_en_afdoening(als, cast, versie):
    woorden = stel_voor(cast, versie, 1, "het midden- en kleinbedrijf", "kleine bedrijven")
    alinea = stel_voor(cast, versie, 2, "Een hogere drempel geeft rust, maar kost premies.", kring=Kring.SECRETARIAAT)
    client = als(cast.secretaris)
    html = client.get(adres(cast), {"kies": woorden.pk}).content.decode()
    assert "Alinea 1: " in html
    assert f'value="{woorden.pk}" checked' in html
    assert "<del" in html
    antwoord = client.post(adres(cast), {"basis": versie.pk, "voorstellen": [woorden.pk, alinea.pk]})
    nieuw = Versie.objects.last()
    assert antwoord.url == reverse("lezen:versie", kwargs={"pk": nieuw.pk})
    assert "<strong>aandacht</strong> voor het midden- en kleinbedrijf in de" in nieuw.html
    assert "maar kost premies." in nieuw.html
    assert [b.id for b in blokken(nieuw.html)] == [b.id for b in blokken(versie.html)]
    assert nieuw.notitie == "2 tekstvoorstellen van lezers overgenomen bij alinea 1 en 2."
    for o in (woorden, alinea):
        o.refresh_from_db()
        assert (o.overgenomen_in, o.afdoening) == (nieuw, "Overgenomen in concept 2.")
    # Wie in de kring zit ziet bij het nieuwe concept wiens voorstel het was; een ander niet.
    lid = als(cast.wereld.account("CNV 1")).get(reverse("lezen:versie", kwargs={"pk": nieuw.pk})).content.decode()
    assert "Afgedaan: Overgenomen in concept 2." in lid
    assert woorden.auteur_naam in lid
    ministerie = als(cast.wereld.raad.ministerieel.gebruiker)
    gelezen = ministerie.get(reverse("lezen:versie", kwargs={"pk": nieuw.pk})).content.decode()
    assert woorden.auteur_naam not in gelezen
    assert not open_voorstellen(cast.traject, cast.secretaris, nieuw)


def test_een_gewijzigde_alinea_is_een_conflict_en_verandert_niets(als, cast, versie):
    alinea = stel_voor(cast, versie, 2, "Een hogere drempel geeft rust.")
    woorden = stel_voor(cast, versie, 2, "kosten", "opbrengst")
    schrijf(cast, EEN, TWEE.replace("hogere", "lagere"))
    laatste = cast.traject.versies.last()
    per = {v.opmerking.pk: v for v in open_voorstellen(cast.traject, cast.secretaris, laatste)}
    assert "gewijzigd sinds" in per[alinea.pk].reden
    assert (per[alinea.pk].toen, per[alinea.pk].nu) == (TWEE, TWEE.replace("hogere", "lagere"))
    assert per[woorden.pk].reden == ""  # de aangehaalde woorden staan er nog
    html = als(cast.secretaris).get(adres(cast)).content.decode()
    assert "Stond er" in html
    assert f'name="voorstellen" value="{alinea.pk}"' not in html
    assert f'name="voorstellen" value="{woorden.pk}"' in html
    voor = Versie.objects.count()
    kw = {"traject": cast.traject, "basis": laatste.pk, "door": cast.secretaris}
    with pytest.raises(InvoerFout, match="gewijzigd sinds"):
        neem_voorstellen_over(voorstellen=[woorden.pk, alinea.pk], **kw)
    assert Versie.objects.count() == voor
    assert Opmerking.objects.filter(afgedaan_op__isnull=False).count() == 0


def test_twee_voorstellen_over_dezelfde_woorden_gaan_niet_samen(cast, versie):
    een = stel_voor(cast, versie, 1, "grote bedrijven", "kleine bedrijven")
    twee = stel_voor(cast, versie, 1, "alle bedrijven", "kleine bedrijven", wie="CNV 1")
    kw = {"traject": cast.traject, "basis": versie.pk, "door": cast.secretaris}
    with pytest.raises(InvoerFout, match="staan er niet meer zo"):
        neem_voorstellen_over(voorstellen=[een.pk, twee.pk], **kw)
    assert Versie.objects.filter(traject=cast.traject).count() == 1
    assert neem_voorstellen_over(voorstellen=[een.pk], **kw).nummer == 2


def test_wie_te_laat_is_ziet_waarom_en_verliest_niets(als, cast, versie):
    o = stel_voor(cast, versie, 1, "het mkb", "kleine bedrijven")
    client = als(cast.secretaris)
    for gegevens, tekst in (
        ({"basis": versie.pk}, "Kies ten minste één voorstel"),
        ({"basis": 1, "voorstellen": [o.pk]}, "intussen een nieuwere versie"),
    ):
        antwoord = client.post(adres(cast), gegevens)
        assert antwoord.status_code == 422
        assert tekst in antwoord.content.decode()
    bewaar_schrijfstand(
        traject=cast.traject, basis=versie.pk, html="<p>Nog niet af.</p>", rijversie=None, door=cast.secretaris
    )
    antwoord = client.post(adres(cast), {"basis": versie.pk, "voorstellen": [o.pk]})
    assert "nog geen versie is" in antwoord.content.decode()
    cast.traject.schrijfstanden.all().delete()
    acties.doe_opmerking_af(opmerking=o, afdoening="Nee.", door=cast.secretaris)
    antwoord = client.post(adres(cast), {"basis": versie.pk, "voorstellen": [o.pk]})
    assert "intussen afgedaan door" in antwoord.content.decode()
    assert Versie.objects.filter(traject=cast.traject).count() == 1


def test_alleen_wat_het_secretariaat_mag_lezen_en_alleen_wie_mag_schrijven(als, cast, versie):
    eigen = stel_voor(cast, versie, 1, "het mkb", "kleine bedrijven", kring=Kring.GELEDING)
    kw = {"traject": cast.traject, "basis": versie.pk}
    assert open_voorstellen(cast.traject, cast.secretaris, versie) == []
    with pytest.raises(GeenToegang):
        neem_voorstellen_over(voorstellen=[eigen.pk], door=cast.secretaris, **kw)
    open_ = stel_voor(cast, versie, 1, "het mkb", "kleine bedrijven")
    for wie in (cast.wereld.account("FNV 2"), cast.wereld.beheerder):
        with pytest.raises(GeenToegang):
            neem_voorstellen_over(voorstellen=[open_.pk], door=wie, **kw)
        assert als(wie).get(adres(cast)).status_code == 404


def test_wat_niet_vanzelf_kan_zegt_waarom_en_hoe_dan_wel(als, cast):
    assert "tekstvoorstel" in als(cast.secretaris).get(adres(cast)).content.decode()  # er is nog geen tekst
    assert open_voorstellen(cast.traject, cast.secretaris, None) == []
    versie = schrijf_concept(
        traject=cast.traject, basis=None, html="<table><tr><td>een</td><td>twee</td></tr></table>", door=cast.secretaris
    )
    o = stel_voor(cast, versie, 0, "iets heel anders")
    (gevonden,) = open_voorstellen(cast.traject, cast.secretaris, versie)
    assert gevonden.reden.startswith("Het voorstel gaat over een regeleinde of over meer dan één cel")
    assert gevonden.reden.endswith("Neem het voorstel over met “Schrijf in de browser”.")
    assert (gevonden.alinea, gevonden.nu) == (0, "een | twee")  # een rij van een tabel heeft geen alineanummer
    html = als(cast.secretaris).get(adres(cast)).content.decode()
    assert f'name="voorstellen" value="{o.pk}"' not in html
    fout = als(cast.secretaris).post(adres(cast), {"basis": versie.pk, "voorstellen": [o.pk]})
    assert fout.status_code == 422
    assert Versie.objects.filter(traject=cast.traject).count() == 1


def test_de_tekst_wordt_een_keer_gelezen_hoeveel_voorstellen_er_ook_zijn(cast, versie, monkeypatch):
    """Bij elk voorstel de hele tekst uit de database halen en ontleden is bij een lang advies niet te doen."""
    echt, gelezen, kosten = markeer._boom, [], []
    monkeypatch.setattr(markeer, "_boom", lambda html: gelezen.append(html) or echt(html))
    for totaal in (1, 4):
        while Opmerking.objects.count() < totaal:
            stel_voor(cast, versie, 1, f"bedrijf {Opmerking.objects.count()}", "kleine bedrijven")
        gelezen.clear()
        with CaptureQueriesContext(connection) as vragen:
            voorstellen = open_voorstellen(cast.traject, cast.secretaris, versie)
        assert [v.reden for v in voorstellen] == [""] * totaal
        assert not [v for v in vragen if '"adviezen_opmerking"' in v["sql"] and '"html"' in v["sql"]]
        kosten.append((len(gelezen), len(vragen)))
    assert kosten[0] == kosten[1]


def test_een_lange_lijst_is_te_bladeren_en_het_gekozene_staat_ervoor(als, cast, versie, monkeypatch):
    monkeypatch.setattr("adviezen.views.voorstellen.PER_BLADZIJDE", 1)
    een = stel_voor(cast, versie, 1, "het midden- en kleinbedrijf", "kleine bedrijven")
    twee = stel_voor(cast, versie, 2, "Een hogere drempel geeft rust.")
    client = als(cast.secretaris)

    def hier(**vraag):
        html = client.get(adres(cast), vraag).content.decode()
        return [o for o in (een, twee) if f'value="{o.pk}"' in html]

    assert hier() == [een]
    assert hier(pagina="2") == hier(kies=twee.pk) == [twee]
    assert hier(kies=twee.pk, pagina="1") == [een]
