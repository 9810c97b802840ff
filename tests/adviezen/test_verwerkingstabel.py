"""De verwerkingstabel: filters, verschillen, antwoord in de tekst, terug naar de organisatie, en als bestand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adviezen.actions import verwerking as acties
from adviezen.actions.beraad import publiceer_ontwerp
from adviezen.enums import Stap
from adviezen.models import ReactieItem, Verwerking
from adviezen.policies.verwerking import mag_groen_vaststellen
from adviezen.queries import verwerking as queries
from kern.blokken import blokken
from kern.fouten import VerouderdeVersie
from kern.tijd import nu
from logboek.models import Inzage
from stukken.models import PdfOpdracht
from tests.adviezen import bouw
from tests.adviezen.hulp import pad
from tests.hulp import zonder_bewaking
from vergaderingen.enums import Orgaan

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.VERWERKING, wereld)


def punten(cast):
    return list(ReactieItem.objects.filter(reactie__deelname__beraad__traject=cast.traject).order_by("pk"))


def nieuwe_tekst(cast, blok, tekst):
    """Een volgend concept waarin één blok anders luidt."""
    oud = cast.traject.versies.last()
    oude = next(b for b in blokken(oud.html) if b.id == blok)
    return bouw.versie(cast, html=oud.html.replace(oude.tekst, tekst))


def bij_een_passage(cast):
    """Een ingediend punt bij een alinea; ingediende punten liggen vast, dus langs de bewaking om."""
    blok = blokken(cast.beraad.versie.html)[1]
    with zonder_bewaking():
        ReactieItem.objects.filter(pk=punten(cast)[0].pk).update(blok=blok.id, citaat=blok.tekst)
    return punten(cast)[0]


def besluit(cast):
    zitting = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    acties.besluit_over_verwerking(
        traject=cast.traject, versie=None, verwerkingen=list(Verwerking.objects.all()), vergadering=zitting,
        door=cast.secretaris,
    )  # fmt: skip


def test_filters_staan_in_het_adres_en_onzin_telt_niet(als, cast):
    client, alle = als(cast.secretaris), punten(cast)
    acties.stel_verwerking_voor(item=alle[0], rijversie=None, oordeel="niet", reden="Om redenen.", door=cast.secretaris)

    def aantal(**vraag):
        return client.get(pad(cast, "verwerking"), vraag).content.decode().count('id="punt-')

    assert aantal() == len(alle)
    assert aantal(stand="wacht") == 1
    assert aantal(stand="open") == len(alle) - 1
    assert aantal(stand="besloten") == 0
    assert aantal(oordeel="niet") == 1
    assert aantal(zoek="OM REDENEN") == 1
    assert aantal(organisatie=alle[0].reactie.deelname.organisatie_id) >= 1
    assert aantal(ronde="7") == len(alle)  # onbekend telt niet
    assert "Geen punt past in dit filter" in client.get(pad(cast, "verwerking"), {"zoek": "nergens"}).content.decode()


def test_een_besluit_over_een_voorstel_dat_intussen_wijzigde_wordt_geweigerd(cast):
    """Twee secretarissen tegelijk: wie besluit, besluit over wat hij zag."""
    punt = punten(cast)[0]
    eerste = acties.stel_verwerking_voor(item=punt, rijversie=None, oordeel="niet", reden="Nee.", door=cast.secretaris)
    gezien = cast.vers().rijversie
    acties.stel_verwerking_voor(
        item=punt, rijversie=eerste.rijversie, oordeel="overgenomen", reden="", door=cast.secretaris
    )
    zitting = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    with pytest.raises(VerouderdeVersie):
        acties.besluit_over_verwerking(
            traject=cast.traject, versie=gezien, verwerkingen=[eerste], vergadering=zitting, door=cast.secretaris
        )
    assert any("wacht" in t.tekst for t in mag_groen_vaststellen(cast.traject))  # open punt: geen groene versie


def test_het_antwoord_wijst_naar_wat_er_in_de_tekst_veranderde(als, cast):
    punt = bij_een_passage(cast)
    versie = nieuwe_tekst(cast, punt.blok, f"{punt.citaat or 'Tekst'} Met een nieuwe zin.")
    client = als(cast.secretaris)
    formulier = client.get(pad(cast, "voorstel", item=punt.pk)).content.decode()
    assert "Wat er intussen veranderde" in formulier
    assert f'value="{punt.blok}" selected' in formulier  # de gewijzigde passage staat al aangewezen
    client.post(
        pad(cast, "voorstel", item=punt.pk), {"oordeel": "overgenomen", "reden": "", "antwoord_blok": punt.blok}
    )
    rij = Verwerking.objects.get(item=punt)
    assert rij.antwoord_versie == versie
    assert "Met een nieuwe zin." in client.get(pad(cast, "verwerking")).content.decode()
    deelname = punt.reactie.deelname
    eigen = reverse("organisatie:beraad", kwargs={"pk": deelname.pk})
    voor_besluit = als(deelname.contact).get(eigen).content.decode()
    assert "Met een nieuwe zin." not in voor_besluit  # het voorstel is nog van de commissie
    assert "besloot nog niet" in voor_besluit
    besluit(cast)
    na_besluit = als(deelname.contact).get(eigen).content.decode()
    # Het oordeel wel, de woorden niet: een concept na het witte is een stuk van de commissie.
    assert "overgenomen" in na_besluit
    assert "Met een nieuwe zin." not in na_besluit
    assert "zodra het ontwerpadvies aan de raad openbaar is" in na_besluit
    slot = bouw.vergadering(cast.wereld, Orgaan.COMMISSIE, commissie=cast.traject.commissie)
    groen = bouw.versie(cast, "groen", html=versie.html, vastgesteld_in=slot, slotvergadering=True)
    assert "Met een nieuwe zin." not in als(deelname.contact).get(eigen).content.decode()
    publiceer_ontwerp(cast.traject, groen, door=cast.secretaris, vanaf=nu())
    na_verzending = als(deelname.contact).get(eigen).content.decode()
    assert "Wat er in de tekst veranderde" in na_verzending
    assert "Met een nieuwe zin." in na_verzending
    # Wie het concept niet mag lezen, krijgt het antwoord bij de eerste tekst die hij wel leest.
    kroonlid = als(cast.wereld.account("Kroonlid 9"))
    tabel = kroonlid.get(reverse("lezen:verwerking", kwargs={"slug": cast.traject.slug})).content.decode()
    assert f"/lezen/versie/{groen.pk}/#{punt.blok}" in tabel
    assert f"/lezen/versie/{versie.pk}/" not in tabel
    waarom = kroonlid.get(reverse("lezen:geschiedenis", kwargs={"pk": groen.pk, "blok": punt.blok}))
    assert waarom.context["standen"][0].antwoorden == [punt]
    (bron,) = waarom.context["herkomst"].bronnen
    assert (bron.versie, bron.antwoorden) == (groen, [punt])
    assert [s.tekst for s in waarom.context["herkomst"].stukjes if s.nummer] == [" Met een nieuwe zin."]


def test_de_organisatie_krijgt_alleen_haar_eigen_punten_als_pdf(als, cast, monkeypatch):
    monkeypatch.setattr("stukken.actions.geef_door", lambda pk: None)
    alle = punten(cast)
    for punt in alle:
        acties.stel_verwerking_voor(
            item=punt, rijversie=None, oordeel="niet", reden=f"Reden {punt.pk}.", door=cast.secretaris
        )
    deelname = alle[0].reactie.deelname
    adres = reverse("organisatie:antwoorden", kwargs={"pk": deelname.pk})
    assert als(deelname.contact).post(adres).status_code == 404  # nog niets besloten
    besluit(cast)
    assert als(deelname.contact).post(adres).status_code == 302
    opdracht = PdfOpdracht.objects.get(soort="antwoorden")
    html = opdracht.invoer["html"]
    for punt in alle:
        assert (f"Reden {punt.pk}." in html) == (punt.reactie.deelname_id == deelname.pk)
    assert deelname.contact.naam in str(opdracht.invoer)
    assert als(cast.deelname("LTO").contact).post(adres).status_code == 404
    assert als(cast.secretaris).get(adres).status_code == 404
    bestand = reverse("organisatie:antwoorden_bestand", kwargs={"pk": deelname.pk})
    assert als(deelname.contact).get(bestand).status_code == 404  # nog niet gezet
    PdfOpdracht.objects.filter(pk=opdracht.pk).update(status="mislukt", fout="Te groot.")
    assert als(deelname.contact).post(adres).status_code == 302
    opdracht.refresh_from_db()
    assert (opdracht.status, PdfOpdracht.objects.filter(soort="antwoorden").count()) == ("wacht", 1)
    beraad = als(deelname.contact).get(reverse("organisatie:beraad", kwargs={"pk": deelname.pk}))
    assert beraad.text.count('id="pdf-stand"') == 1, "de voortgang ververst zichzelf, en niet wat eromheen staat"
    PdfOpdracht.objects.filter(pk=opdracht.pk).update(status="klaar", bestand=bouw.bestand("antwoorden.pdf"))
    voor = Inzage.objects.count()
    antwoord = als(deelname.contact).get(bestand)
    assert f"{cast.traject.slug}-antwoorden.pdf" in antwoord["Content-Disposition"]
    assert antwoord.getvalue().startswith(b"%PDF")
    assert Inzage.objects.count() == voor + 1
    assert als(cast.secretaris).get(bestand).status_code == 404


def test_verschillen_per_passage_voor_wie_bruggen_bouwt(als, cast):
    adres = pad(cast, "verschillen", app="lezen")
    kroonlid = cast.wereld.account("Kroonlid 10")
    groepen = queries.tabel(cast.traject, kroonlid)
    kolommen, rijen = queries.verschillen(groepen, alles=True)
    assert sum(len(vak) for r in rijen for vak in r.vakken) == len(punten(cast))
    assert [k.naam for k in kolommen] == sorted(k.naam for k in kolommen)
    assert len(queries.verschillen(groepen, alles=False)[1]) <= len(rijen)
    tekst = als(kroonlid).get(adres, {"alles": "1"}).content.decode()
    assert punten(cast)[0].tekst in tekst
    for buiten in (cast.deelname("LTO").contact, cast.buitenstaander, cast.wereld.beheerder):
        assert als(buiten).get(adres).status_code == 404


@pytest.mark.parametrize("soort", ["csv", "xlsx"])
def test_de_hele_tabel_als_bestand(als, cast, soort):
    punt = punten(cast)[0]
    adres = pad(cast, "verwerking_bestand", soort=soort)
    antwoord = als(cast.secretaris).get(adres)
    assert antwoord.status_code == 200
    assert f"verwerkingstabel-{cast.traject.slug}.{soort}" in antwoord["Content-Disposition"]
    assert antwoord["Cache-Control"] == "private, no-store"
    assert Inzage.objects.filter(object_id=str(cast.traject.pk)).exists()
    if soort == "csv":
        assert antwoord.content.decode("utf-8-sig").count("\r\n") == len(punten(cast)) + 1
    else:
        assert antwoord.content[:2] == b"PK"
    assert als(cast.secretaris).get(pad(cast, "verwerking_bestand", soort="exe")).status_code == 404
    assert als(punt.reactie.deelname.contact).get(adres).status_code == 404


def test_de_tekst_komt_niet_bij_elk_punt_nog_eens_mee(als, cast):
    """Van een tekst van een megabyte haalden duizend punten anders een gigabyte op."""
    punt, contact = bij_een_passage(cast), punten(cast)[0].reactie.deelname.contact
    versie = nieuwe_tekst(cast, punt.blok, f"{punt.citaat or 'Tekst'} Met een nieuwe zin.")
    for rij in punten(cast):
        acties.stel_verwerking_voor(
            item=rij, rijversie=None, oordeel="overgenomen", reden="", antwoord_versie=versie,
            antwoord_blok=punt.blok, door=cast.secretaris,
        )  # fmt: skip
    besluit(cast)
    for wie, adres in (
        (cast.secretaris, pad(cast, "verwerking")),
        (cast.secretaris, pad(cast, "verwerking_bestand", soort="csv")),
        (cast.wereld.account("Kroonlid 10"), pad(cast, "verschillen", app="lezen")),
        (contact, reverse("organisatie:beraad", kwargs={"pk": punt.reactie.deelname_id})),
    ):
        with CaptureQueriesContext(connection) as vragen:
            assert als(wie).get(adres).status_code == 200
        gevraagd = [v["sql"] for v in vragen]
        assert any('"adviezen_reactieitem"."tekst"' in sql for sql in gevraagd), adres
        samen = [sql for sql in gevraagd if '"adviezen_reactieitem"."tekst"' in sql or '"antwoord_blok"' in sql]
        assert not [sql for sql in samen if '"html"' in sql], adres
