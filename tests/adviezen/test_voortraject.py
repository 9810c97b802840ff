"""Vóór stap 1: een verwachte vraag, de verkenning, het besluit, en in één druk een traject."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from adviezen.actions import voortraject as acties
from adviezen.actions.aanvraag import VASTE_ADRESSEN, _vrije_slug
from adviezen.enums import Stap
from adviezen.models import Adviestraject, Adviesvrager, Doel, Verkenning, Voortraject
from adviezen.queries.voortraject import meningen
from adviezen.urls import urlpatterns
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, VerouderdeVersie
from kern.tijd import vandaag
from publicatie.models import Publicatie
from termijnen.models import Termijn

pytestmark = pytest.mark.django_db
STRAKS = timedelta(days=60)


@pytest.fixture
def vrager(wereld):
    return Adviesvrager.objects.create(naam="minister van Proef (voorbeeld)", soort="minister", voorbeeld=True)


def leg_vast(wereld, **anders):
    invoer = {
        "titel": "Geheime verkenning over wonen (voorbeeld)",
        "herkomst": "kabinetslijst",
        "lijstjaar": 2027,
        "verwacht_op": vandaag() + STRAKS,
        "secretaris": wereld.secretaris,
        "door": wereld.secretaris,
    }
    return acties.leg_voortraject_vast(**(invoer | anders))


def verken(rij, wereld, **anders):
    invoer = {"op": vandaag(), "vorm": "gesprek", "met_wie": "twee hoogleraren", "opbrengst": "Het knelt bij starters."}
    return acties.leg_verkenning_vast(voortraject=rij, **({"door": wereld.secretaris} | invoer | anders))


def besluit(rij, overgang, wereld, reden="Omdat het knelt"):
    return acties.besluit(voortraject=rij, versie=None, overgang=overgang, reden=reden, door=wereld.secretaris)


def klok_van(rij):
    return Termijn.objects.van(rij).get(soort="verwachte_aanvraag")


def test_van_verwacht_naar_gewenst_gaat_niet_zonder_te_weten_wat_het_probleem_is(wereld):
    rij = leg_vast(wereld)
    assert klok_van(rij).vervalt_op == vandaag() + STRAKS
    with pytest.raises(OvergangGeweigerd) as fout:
        besluit(rij, "besluit_gewenst", wereld)
    assert len(fout.value.tekorten) == 2
    rij = besluit(rij, "begin_verkenning", wereld)
    verken(rij, wereld)
    rij = leg_vast(wereld, voortraject=rij, versie=rij.rijversie, probleemstelling="Starters vinden niets.")
    rij = besluit(rij, "besluit_gewenst", wereld)
    assert (rij.stand, rij.besluit_reden) == ("gewenst", "Omdat het knelt")
    rij = besluit(rij, "zie_af", wereld, "Het kabinet doet het zelf")
    assert klok_van(rij).status == "vervallen"
    with pytest.raises(InvoerFout, match="afgesloten"):
        verken(rij, wereld)
    rij = besluit(rij, "heropen", wereld)
    assert (rij.stand, rij.besluit_reden) == ("verkenning", "")
    assert Termijn.objects.van(rij).lopend().count() == 1


def test_in_een_druk_een_traject_en_de_verkenning_blijft_binnen(wereld, als, vrager):
    doel = Doel.objects.create(naam="een proefdoel", periode="2026-2028")
    rij = leg_vast(wereld, vragers=[vrager], doelen=[doel], probleemstelling="Starters vinden niets (voorbeeld).")
    verken(rij, wereld, opbrengst="Geheim uit het gesprek")
    weg = reverse("adviezen:voortraject_traject", args=[rij.pk])
    scherm = als(wereld.secretaris).get(weg).content.decode()
    assert "Starters vinden niets" in scherm
    assert "checked" in scherm.partition(vrager.naam)[0].rpartition("<input")[2]
    invoer = {
        "versie": rij.rijversie,
        "titel": rij.titel,
        "werktitel_openbaar": "Wonen voor starters (voorbeeld)",
        "vragers": [vrager.pk],
        "vraag": rij.probleemstelling,
        "datum": vandaag().isoformat(),
        "ontvangen_op": vandaag().isoformat(),
        "secretaris": wereld.secretaris.pk,
    }
    fout = als(wereld.secretaris).post(weg, invoer)
    assert (fout.status_code, Adviestraject.objects.count()) == (422, 0)  # een minister noemt een adviestermijn
    invoer["adviestermijn"] = (vandaag() + timedelta(days=200)).isoformat()
    assert als(wereld.secretaris).post(weg, invoer).status_code == 302
    rij.refresh_from_db()
    assert (rij.stand, rij.traject.stap, list(rij.traject.doelen.all())) == ("traject", Stap.AANVRAAG, [doel])
    assert klok_van(rij).status == "voldaan"
    assert "Geheim" not in str(list(Publicatie.objects.values("titel", "html", "metadata")))
    assert als(wereld.secretaris).get(weg).status_code == 302  # een tweede druk gaat naar het traject
    with pytest.raises(OvergangGeweigerd):
        acties.maak_traject(
            voortraject=rij, versie=None, door=wereld.secretaris, eigen=True, titel="Nog eens", geadresseerden="x",
            tekst="x", besloten_op=vandaag(), secretaris=wereld.secretaris,
        )  # fmt: skip
    assert Adviestraject.objects.count() == 1


def test_ook_een_eigen_initiatief(wereld, als):
    rij = leg_vast(wereld, verwacht_op=None, herkomst="ser", lijstjaar=None)
    weg = reverse("adviezen:voortraject_traject", args=[rij.pk]) + "?eigen=1"
    invoer = {"versie": rij.rijversie, "titel": rij.titel, "geadresseerden": "het kabinet", "tekst": "Omdat",
              "besloten_op": vandaag().isoformat(), "secretaris": wereld.secretaris.pk}  # fmt: skip
    assert als(wereld.secretaris).post(weg, invoer).status_code == 302
    rij.refresh_from_db()
    assert rij.traject.eigen_initiatief
    assert (
        b"Wat eraan voorafging"
        in als(wereld.secretaris).get(reverse("adviezen:traject", args=[rij.traject.slug])).content
    )


def test_vertrouwelijk_voor_secretariaat_en_dagelijks_bestuur(wereld, als):
    rij = leg_vast(wereld)
    verken(rij, wereld)
    weg = reverse("adviezen:voortraject", args=[rij.pk])
    lid = wereld.account("FNV 3")
    assert not Voortraject.objects.zichtbaar_voor(lid).exists()
    assert als(lid).get(weg).status_code == 404
    assert als(wereld.secretaris).get(weg).status_code == 200
    with pytest.raises(GeenToegang):
        leg_vast(wereld, door=lid)
    assert list(Verkenning.objects.zichtbaar_voor(wereld.secretaris)) == list(rij.verkenningen.all())


@pytest.mark.parametrize(
    ("anders", "veld"),
    [({"titel": " "}, "titel"), ({"herkomst": "krant"}, "herkomst"), ({"lijstjaar": None}, "lijstjaar"),
     ({"lijstjaar": 12}, "lijstjaar")],
)  # fmt: skip
def test_slechte_invoer_noemt_het_veld(wereld, anders, veld):
    with pytest.raises(InvoerFout) as fout:
        leg_vast(wereld, **anders)
    assert (fout.value.veld, Voortraject.objects.count()) == (veld, 0)


def test_de_schermen(wereld, als):
    client = als(wereld.secretaris)
    nieuw = reverse("adviezen:voortraject_nieuw")
    invoer = {
        "titel": "Vraag (voorbeeld)",
        "herkomst": "kabinetslijst",
        "lijstjaar": "",
        "secretaris": wereld.secretaris.pk,
    }
    fout = client.post(nieuw, invoer)
    assert (fout.status_code, b"Vraag (voorbeeld)" in fout.content) == (422, True)
    assert client.post(nieuw, invoer | {"lijstjaar": 2027}).status_code == 302
    rij = Voortraject.objects.get()
    assert b"Vraag (voorbeeld)" in client.get(reverse("adviezen:werkprogramma")).content
    weg = reverse("adviezen:voortraject", args=[rij.pk])
    verkenning = {"op": vandaag().isoformat(), "vorm": "bezoek", "opbrengst": ""}
    assert client.post(weg, verkenning).status_code == 422
    assert client.post(weg, verkenning | {"opbrengst": "Gezien"}).status_code == 302
    gewenst = reverse("adviezen:voortraject_besluit", args=[rij.pk, "besluit_gewenst"])
    assert b"Schrijf wat het probleem is." in client.get(gewenst).content
    wijzig = reverse("adviezen:voortraject_wijzig", args=[rij.pk])
    alles = invoer | {"lijstjaar": 2027, "probleemstelling": "Dit", "versie": rij.rijversie}
    assert client.post(wijzig, alles).status_code == 302
    rij.refresh_from_db()
    assert client.post(gewenst, {"versie": rij.rijversie, "reden": ""}).status_code == 422
    assert client.post(gewenst, {"versie": rij.rijversie, "reden": "Ja"}).status_code == 302
    assert client.post(wijzig, alles).status_code == 422  # de stand op dat scherm is verouderd
    assert client.get(reverse("adviezen:voortraject_besluit", args=[rij.pk, "wordt_traject"])).status_code == 404
    with pytest.raises(VerouderdeVersie):
        leg_vast(wereld, voortraject=rij, versie=0)


def test_de_database_bewaakt_de_stand(wereld):
    rij = leg_vast(wereld)
    with pytest.raises(DatabaseError), transaction.atomic():
        Voortraject.objects.filter(pk=rij.pk).update(stand="traject")
    verkenning = verken(rij, wereld)
    with pytest.raises(DatabaseError), transaction.atomic():
        Verkenning.objects.filter(pk=verkenning.pk).update(opbrengst="Anders")


def test_geen_traject_heet_als_een_scherm():
    """Een traject "Planning" zou achter het planningsscherm verdwijnen."""
    vast = {str(p.pattern).partition("/")[0] for p in urlpatterns} - {"", "<slug:slug>"}
    assert vast == VASTE_ADRESSEN
    assert _vrije_slug("Planning") == "planning-2"


def verken_en_schrijf(wereld):
    rij = leg_vast(wereld, probleemstelling="Starters vinden niets (voorbeeld).")
    verken(rij, wereld)
    return besluit(rij, "begin_verkenning", wereld)


def test_de_klok_volgt_wat_er_verwacht_wordt(wereld):
    """Zonder dag waarschuwt niets; een dag van voor het vastleggen zet het scherm niet vast."""
    rij = leg_vast(wereld)
    geen = {"voortraject": rij, "verwacht_op": None}
    leg_vast(wereld, **geen)
    assert klok_van(rij).status == "vervallen"
    leg_vast(wereld, **geen)  # nog eens opslaan maakt er niets bij
    assert klok_van(rij).status == "vervallen"
    later = vandaag() + 2 * STRAKS
    for dag in (later, vandaag() - STRAKS, later):
        rij = leg_vast(wereld, voortraject=rij, verwacht_op=dag)
        loopt = Termijn.objects.van(rij).lopend().get()
        assert (rij.verwacht_op, loopt.vervalt_op) == (dag, dag)


@pytest.mark.parametrize(
    ("anders", "veld"),
    [({"vorm": "raden"}, "vorm"), ({"op": vandaag() + timedelta(days=1)}, "op"), ({"opbrengst": " "}, "opbrengst")],
)
def test_een_verkenning_die_niet_klopt_noemt_het_veld(wereld, anders, veld):
    rij = leg_vast(wereld)
    with pytest.raises(InvoerFout) as fout:
        verken(rij, wereld, **anders)
    assert (fout.value.veld, rij.verkenningen.count()) == (veld, 0)


def test_wie_er_niet_over_gaat_verkent_niet_en_wat_afgesloten_is_blijft_zo(wereld):
    rij = leg_vast(wereld)
    for wie in (wereld.account("FNV 1"), wereld.beheerder):
        with pytest.raises(GeenToegang):
            verken(rij, wereld, door=wie)
    besluit(rij, "zie_af", wereld)
    for daad in (lambda: verken(rij, wereld), lambda: leg_vast(wereld, voortraject=rij, titel="Toch (voorbeeld)")):
        with pytest.raises(InvoerFout, match="afgesloten"):
            daad()
    rij.refresh_from_db()
    assert (rij.titel, rij.verkenningen.count()) == ("Geheime verkenning over wonen (voorbeeld)", 0)


# --- het dagelijks bestuur ------------------------------------------------------------------------------------------


def test_een_bestuurslid_zegt_wat_hij_vindt_en_besluit_niet(als, wereld):
    rij = verken_en_schrijf(wereld)
    lid, ander = wereld.account("FNV 1"), wereld.account("CNV 1")
    lijst, pad = reverse("lezen:werkprogramma"), reverse("lezen:voortraject", args=[rij.pk])
    assert "uw mening gevraagd" in als(lid).get(lijst).content.decode()
    assert rij.titel in als(lid).get("/lezen/").content.decode()
    blad = als(lid).get(pad).content.decode()
    assert "Het knelt bij starters." in blad
    assert "Leg uw mening vast" in blad
    # zonder reden geen "nee", en wat er getypt is blijft staan
    fout = als(lid).post(pad, {"wens": "afzien", "toelichting": " "})
    assert (fout.status_code, fout.context["form"]["wens"].value()) == (422, "afzien")
    assert als(lid).post(pad, {"wens": "afzien", "toelichting": "Geen ruimte."}).status_code == 302
    assert als(lid).post(pad, {"wens": "gewenst", "toelichting": "Toch wel."}).status_code == 302
    rij.refresh_from_db()
    assert rij.stand == "verkenning"  # een mening is geen besluit
    assert [(m.door, m.wens) for m in meningen(rij, ander)] == [(lid, "gewenst")]
    assert "uw mening gevraagd" not in als(lid).get(lijst).content.decode()
    assert Bericht.objects.filter(ontvanger=wereld.secretaris, feit__startswith="adviezen.bestuursmening:").count() == 2
    bij_besluit = als(wereld.secretaris).get(reverse("adviezen:voortraject_besluit", args=[rij.pk, "besluit_gewenst"]))
    assert "Toch wel." in bij_besluit.content.decode()
    besluit(rij, "besluit_gewenst", wereld)
    besluit(rij, "zie_af", wereld)
    assert als(lid).post(pad, {"wens": "gewenst"}).status_code == 422
    assert "Besloten (1)" in als(lid).get(lijst).content.decode()


def test_alleen_het_bestuur_zegt_iets_en_niemand_wist_het(als, wereld):
    rij = verken_en_schrijf(wereld)
    pad = reverse("lezen:voortraject", args=[rij.pk])
    for wie in (wereld.account("FNV 3"), wereld.secretaris):
        assert als(wie).get(pad).status_code == 404
        assert als(wie).get(reverse("lezen:werkprogramma")).status_code == 404
        with pytest.raises(GeenToegang):
            acties.geef_mening(voortraject=rij, wens="gewenst", toelichting="", door=wie)
    lid = wereld.account("FNV 1")
    for wens, veld in (("misschien", "wens"), ("bespreken", "toelichting")):
        with pytest.raises(InvoerFout) as fout:
            acties.geef_mening(voortraject=rij, door=lid, wens=wens, toelichting="")
        assert fout.value.veld == veld
    mening = acties.geef_mening(voortraject=rij, wens="gewenst", toelichting="", door=lid)
    with pytest.raises(DatabaseError), transaction.atomic():
        type(mening).objects.filter(pk=mening.pk).update(toelichting="iets anders")
