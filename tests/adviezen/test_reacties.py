"""/organisatie/: lezen, punten, oordeel, indienen, terugnemen, intern houden, en wat na sluiten niet meer kan."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adviezen.actions import organisatie as eigen
from adviezen.actions import reacties as acties
from adviezen.actions.reacties import Punt
from adviezen.enums import Stap
from adviezen.models import Achterbanberaad, InterneNotitie, Meelezer, Perslezer, Reactie, ReactieItem, Verwerking
from berichten.models import Bericht
from kern.blokken import blokken
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, VerouderdeVersie
from kern.tijd import nu
from tests.adviezen import bouw
from tests.adviezen.hulp import deelnamepad as pad
from tests.browser import axe, bladzijden, loopt_over

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)


@pytest.fixture
def fnv(cast):
    return cast.deelname("FNV")


def sluit(cast):
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(gesloten_op=nu(), sluit_reden="Klaar.")


def alinea(deelname, plaats=1):
    return blokken(deelname.beraad.versie.html)[plaats]


def test_van_lezen_tot_indienen_en_terug(als, cast, fnv):
    client, blok = als(fnv.contact), alinea(fnv)
    tekst = client.get(pad(fnv, "tekst")).content.decode()
    assert f"?blok={blok.id}" in tekst
    formulier = client.get(pad(fnv, "punt"), {"blok": blok.id}).content.decode()
    assert blok.tekst in formulier
    punt = {"blok": blok.id, "tekst": "Noem uitzendkrachten.", "voorstel": "Ook uitzendkrachten."}
    for _ in range(2):  # dubbel verstuurd is één punt
        assert client.post(pad(fnv, "punt"), punt).status_code == 302
    item = ReactieItem.objects.get()
    assert (item.citaat, item.blok) == (blok.tekst, blok.id)
    assert "Noem uitzendkrachten." in client.get(pad(fnv, "tekst")).content.decode()
    wijzig = pad(fnv, "punt_wijzig", item=item.pk)
    assert "Noem uitzendkrachten." in client.get(wijzig).content.decode()
    assert client.post(wijzig, punt | {"tekst": "Noem ook zelfstandigen."}).status_code == 302
    assert ReactieItem.objects.get().tekst == "Noem ook zelfstandigen."
    ontbreekt = client.get(pad(fnv, "daad", naam="dien_in")).content.decode()
    assert "Kies een oordeel" in ontbreekt
    reactie = cast.reactie("FNV")
    oordeel = {"versie": reactie.rijversie, "oordeel": "akkoord_mits", "toelichting": "Mits dit."}
    assert client.post(pad(fnv), oordeel).status_code == 302
    oud = client.post(pad(fnv), oordeel | {"toelichting": "Oud venster."})
    assert oud.status_code == 422
    assert "Oud venster." in oud.content.decode()
    reactie.refresh_from_db()
    bevestig = client.get(pad(fnv, "daad", naam="dien_in")).content.decode()
    assert "Tot het achterbanberaad sluit kunt u haar" in bevestig
    assert client.post(pad(fnv, "daad", naam="dien_in"), {"versie": 999}).status_code == 422
    assert "Uw reactie volgt later." in client.get(pad(fnv, "knelpunt")).content.decode()
    for _ in range(2):
        assert client.post(pad(fnv, "daad", naam="dien_in"), {"versie": reactie.rijversie}).status_code == 302
    assert "Uw reactie volgt later." not in client.get(pad(fnv, "knelpunt")).content.decode(), "zij is er al"
    assert Bericht.objects.filter(feit__startswith="adviezen.dien_in").count() == 1
    weg = client.post(pad(fnv, "punt"), punt)
    assert "Neem haar eerst terug" in weg.content.decode()
    reactie.refresh_from_db()
    assert client.post(pad(fnv, "daad", naam="neem_terug"), {"versie": reactie.rijversie}).status_code == 302
    assert client.post(pad(fnv, "punt_weg", item=item.pk)).status_code == 302
    assert client.post(pad(fnv, "punt_weg", item=item.pk)).status_code == 302  # al weg
    assert not ReactieItem.objects.exists()
    reactie.refresh_from_db()
    assert reactie.status == "concept"


def test_geen_reactie_melden_kan_niet_met_punten_in_concept(als, fnv):
    client = als(fnv.contact)
    assert client.get(pad(fnv, "daad", naam="meld_geen_reactie")).status_code == 302  # nog niet begonnen
    client.post(pad(fnv, "punt"), {"tekst": "Toch iets."})
    adres = pad(fnv, "daad", naam="meld_geen_reactie")
    reactie = Reactie.objects.get()
    assert "nog punten in concept" in client.get(adres).content.decode()
    assert client.post(adres, {"versie": reactie.rijversie}).status_code == 422
    client.post(pad(fnv, "punt_weg", item=ReactieItem.objects.get().pk))
    reactie.refresh_from_db()
    assert client.post(adres, {"versie": reactie.rijversie}).status_code == 302
    assert "geen reactie geeft" in client.get(pad(fnv)).content.decode()
    assert client.get(pad(fnv, "daad", naam="onzin")).status_code == 404


def test_na_sluiten_kan_niets_meer_en_blijft_de_tekst_staan(als, cast, fnv):
    client = als(fnv.contact)
    client.post(pad(fnv, "punt"), {"tekst": "Op tijd."})
    item, reactie = ReactieItem.objects.get(), Reactie.objects.get()
    sluit(cast)
    for adres, invoer in (
        (pad(fnv, "punt"), {"tekst": "Te laat getypt."}),
        (pad(fnv, "punt_wijzig", item=item.pk), {"tekst": "Te laat getypt."}),
        (pad(fnv), {"versie": reactie.rijversie, "oordeel": "akkoord", "toelichting": "Te laat getypt."}),
        (pad(fnv, "knelpunt"), {"tekst": "Te laat getypt."}),
    ):
        antwoord = client.post(adres, invoer)
        tekst = antwoord.content.decode()
        assert antwoord.status_code == 422, adres
        assert ("is niet open" if adres == pad(fnv, "knelpunt") else "is gesloten; reageren") in tekst, adres
        assert "Te laat getypt." in tekst
    assert client.post(pad(fnv, "punt_weg", item=item.pk)).status_code == 422
    assert client.post(pad(fnv, "daad", naam="dien_in"), {"versie": reactie.rijversie}).status_code == 422
    assert ReactieItem.objects.get().tekst == "Op tijd."
    assert "Uw organisatie reageerde niet" in client.get(pad(fnv)).content.decode()


@pytest.mark.parametrize("naam", ["beraad", "tekst", "punt", "knelpunt", "meelezer"])
def test_een_andere_organisatie_en_het_secretariaat_komen_er_niet_in(als, cast, fnv, naam):
    wereld = cast.wereld
    anderen = [
        wereld.secretaris, wereld.beheerder, wereld.buitenstaander, wereld.raad.coordinatoren["CNV"],
        wereld.account("CNV 1"), wereld.account("Kroonlid 5"), wereld.raad.oud_lid.gebruiker,
    ]  # fmt: skip
    for wie in anderen:
        echt = als(wie).get(pad(fnv, naam))
        nep = als(wie).get(reverse(f"organisatie:{naam}", kwargs={"pk": 999_999}))
        assert (echt.status_code, nep.status_code) == (404, 404), wie


def test_wie_meeleest_schrijft_notities_maar_geen_reactie(als, cast, fnv):
    lid = cast.wereld.account("FNV 1")
    client = als(lid)
    assert client.get(pad(fnv)).status_code == 200
    assert client.get(pad(fnv, "punt")).status_code == 404
    assert client.post(pad(fnv), {"oordeel": "akkoord"}).status_code == 422
    assert client.post(pad(fnv, "daad", naam="dien_in"), {}).status_code == 404
    with pytest.raises(GeenToegang):
        acties.begin_reactie(deelname=fnv, door=lid)
    with pytest.raises(GeenToegang):
        eigen.meld_knelpunt(deelname=fnv, tekst="x", door=lid)


def test_notities_en_meelezers_blijven_binnen_de_organisatie(als, cast, fnv):
    collega, vreemde = bouw.maak_gebruiker("Collega FNV"), cast.wereld.account("CNV 1")
    client = als(fnv.contact)
    assert client.post(pad(fnv, "notitie"), {"notitie-tekst": " "}).status_code == 422
    assert client.post(pad(fnv, "notitie"), {"notitie-tekst": "kanarie-intern"}).status_code == 302
    assert "kanarie-intern" in client.get(pad(fnv)).content.decode()
    assert not InterneNotitie.objects.zichtbaar_voor(cast.secretaris).exists()
    assert als(collega).get(pad(fnv)).status_code == 404
    pers = bouw.maak_gebruiker("Journalist")
    Perslezer.objects.create(traject=cast.traject, gebruiker=pers, medium="Krant", toegelaten_door=cast.secretaris)
    client = als(fnv.contact)
    for adres, zin in (
        (vreemde.email, "kan iemand niet voor uw organisatie"),
        (cast.secretaris.email, "kan iemand niet voor uw organisatie"),
        (cast.wereld.raad.ministerieel.gebruiker.email, "kan iemand niet voor uw organisatie"),
        (pers.email, "kan iemand niet voor uw organisatie"),
        ("niemand@voorbeeld.test", "Vul de naam van uw collega in"),
    ):
        antwoord = client.post(pad(fnv, "meelezer"), {"email": adres})
        assert antwoord.status_code == 422
        assert zin in antwoord.content.decode()
    assert not Meelezer.objects.exists()
    assert client.post(pad(fnv, "meelezer"), {"email": collega.email, "tot": "2001-01-01"}).status_code == 422
    assert client.post(pad(fnv, "meelezer"), {"email": collega.email.upper()}).status_code == 302
    assert "leest al mee" in client.post(pad(fnv, "meelezer"), {"email": collega.email}).content.decode()
    meelezer = Meelezer.objects.get()
    gelezen = als(type(collega).objects.get(pk=collega.pk))
    assert gelezen.get(pad(fnv)).status_code == 404  # eerst de belofte
    uitnodiging = reverse("organisatie:uitnodiging", kwargs={"pk": meelezer.pk})
    assert gelezen.post(uitnodiging, {"akkoord": "on"}).status_code == 302
    gelezen = als(type(collega).objects.get(pk=collega.pk))
    assert "kanarie-intern" in gelezen.get(pad(fnv)).content.decode()
    assert gelezen.post(pad(fnv, "notitie"), {"notitie-tekst": "Van de meelezer."}).status_code == 302
    assert gelezen.get(pad(fnv, "meelezer")).status_code == 404
    stop = pad(fnv, "meelezer_stop", meelezer=meelezer.pk)
    assert gelezen.post(stop).status_code == 404
    assert als(fnv.contact).post(stop).status_code == 302
    assert als(type(collega).objects.get(pk=collega.pk)).get(pad(fnv)).status_code == 404
    with pytest.raises(GeenToegang):
        eigen.schrijf_notitie(deelname=fnv, tekst="x", door=cast.secretaris)
    with pytest.raises(GeenToegang):
        eigen.laat_meelezen(deelname=fnv, gebruiker=collega, door=vreemde)


def test_acties_weigeren_wat_niet_kan(cast, fnv):
    reactie = acties.begin_reactie(deelname=fnv, door=fnv.contact)
    assert acties.begin_reactie(deelname=fnv, door=fnv.contact) == reactie
    kw = {"reactie": reactie, "door": fnv.contact}
    with pytest.raises(InvoerFout, match="Vul het punt in"):
        acties.voeg_punt_toe(versie=None, punt=Punt(" "), **kw)
    with pytest.raises(VerouderdeVersie):
        acties.voeg_punt_toe(versie=99, punt=Punt("x"), **kw)
    with pytest.raises(GeenToegang):
        acties.voeg_punt_toe(reactie=reactie, versie=None, punt=Punt("x"), door=cast.secretaris)
    acties.voeg_punt_toe(versie=None, punt=Punt("x"), **kw)
    item = ReactieItem.objects.get()
    item.delete()
    item.pk = 999_999
    with pytest.raises(InvoerFout, match="intussen weggehaald"):
        acties.wijzig_punt(item=item, versie=None, punt=Punt("y"), door=fnv.contact)
    bewaard = acties.bewaar_reactie(
        versie=None, oordeel="akkoord", toelichting="", punten=[Punt("a"), Punt("b", voorstel="c")], **kw
    )
    assert [i.tekst for i in bewaard.items.all()] == ["a", "b"]
    with pytest.raises(InvoerFout, match="Punt 1 is leeg"):
        acties.bewaar_reactie(versie=None, oordeel="", toelichting="", punten=[Punt("")], **kw)
    with pytest.raises(OvergangGeweigerd):
        acties.meld_geen_reactie(versie=None, **kw)


def test_na_het_besluit_ziet_de_organisatie_haar_antwoord_en_niet_eerder(als, wereld):
    cast = bouw.traject_op(Stap.VERWERKING, wereld)
    deelname = cast.beraad.deelnames.filter(reactie__items__isnull=False).select_related("contact").first()
    punt = deelname.reactie.items.get()
    Verwerking.objects.create(item=punt, oordeel="niet", reden="kanarie-reden", voorgesteld_door=cast.secretaris)
    assert "kanarie-reden" not in als(deelname.contact).get(pad(deelname)).content.decode()
    zitting = bouw.vergadering(wereld, "commissie", commissie=cast.traject.commissie)
    Verwerking.objects.update(vastgesteld_in=zitting)
    bladzijde = als(deelname.contact).get(pad(deelname)).content.decode()
    assert "kanarie-reden" in bladzijde
    assert "niet overgenomen" in bladzijde


def test_het_beginscherm_van_de_organisatie(als, cast, fnv):
    client = als(fnv.contact)
    bladzijde = client.get("/organisatie/").content.decode()
    assert "om 1 reactie gevraagd" in bladzijde
    assert "nog te beginnen" in bladzijde
    client.post(pad(fnv, "punt"), {"tekst": "Iets."})
    assert "in concept, 1 punt" in client.get("/organisatie/").content.decode()
    Achterbanberaad.objects.update(uiterlijk_op="2001-01-01", geopend_op="2000-12-01T12:00:00Z")
    assert "te laat" in client.get("/organisatie/").content.decode()
    reactie = Reactie.objects.get()
    reactie = acties.bewaar_oordeel(reactie=reactie, versie=None, oordeel="knelpunt", toelichting="x", door=fnv.contact)
    acties.dien_reactie_in(reactie=reactie, versie=None, door=fnv.contact)
    assert "ingediend; u kunt de reactie nog terugnemen" in client.get("/organisatie/").content.decode()
    sluit(cast)
    assert "over 0 van 1 punt besloot de commissie" in client.get("/organisatie/").content.decode()
    assert "Niets te doen" in als(cast.buitenstaander).get("/organisatie/").content.decode()


def test_het_beginscherm_van_een_lezer(als, cast, fnv):
    lid = cast.wereld.account("FNV 2")
    client = als(lid)
    bladzijde = client.get("/lezen/")
    assert [d.pk for d in bladzijde.context["gevraagd"]] == [fnv.pk]  # als commissielid ziet hij ook andere deelnames
    assert [t.versie for t in bladzijde.context["te_lezen"]] == [cast.beraad.versie]
    client.post(reverse("lezen:klaar", kwargs={"pk": cast.beraad.versie_id}))
    na = client.get("/lezen/").context
    assert ([t.versie for t in na["te_lezen"]], [t.versie for t in na["gelezen"]]) == ([], [cast.beraad.versie])
    assert "Niets te lezen" in als(cast.buitenstaander).get("/lezen/").content.decode()
    assert als(cast.secretaris).get("/lezen/").context["gevraagd"] == []


def test_beginschermen_kosten_evenveel_bij_een_en_bij_vijf(als, wereld):
    tellingen = {"/lezen/": [], "/organisatie/": []}
    for aantal in (1, 4):
        for _ in range(aantal):
            bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
        for adres, wie in (("/lezen/", wereld.account("FNV 2")), ("/organisatie/", wereld.raad.coordinatoren["FNV"])):
            client = als(wie)
            client.get(adres)
            with CaptureQueriesContext(connection) as gevangen:
                client.get(adres)
            tellingen[adres].append(len(gevangen))
    assert all(een == vijf <= 20 for een, vijf in tellingen.values()), tellingen


@pytest.mark.browser
@pytest.mark.parametrize("breedte", [360, 1280])
def test_de_reactie_in_de_browser(als, fnv, breedte):
    client = als(fnv.contact)
    client.post(pad(fnv, "punt"), {"blok": alinea(fnv).id, "tekst": "Noem uitzendkrachten."})
    adressen = [pad(fnv), pad(fnv, "tekst"), "/organisatie/"]
    with bladzijden({a: client.get(a) for a in adressen}, viewport={"width": breedte, "height": 800}) as blad:
        for adres in adressen:
            blad.goto(adres)
            assert axe(blad) == []
            assert loopt_over(blad) == 0
