"""De werkruimte van een organisatie: meelezers, knelpunten, samen reageren, indieningen, bewaartermijn, matrix."""

from datetime import timedelta

import pytest
from django.urls import reverse

from adviezen.actions import bewaren, reacties
from adviezen.actions import mede as samen
from adviezen.actions import organisatie as acties
from adviezen.actions.bewaren import vernietig_notities
from adviezen.actions.herinner import herinner
from adviezen.actions.reacties import Punt
from adviezen.enums import Stap
from adviezen.models import (
    Achterbanberaad,
    Indiening,
    InterneNotitie,
    Knelpunt,
    Knelpuntbericht,
    Medeondertekening,
    Reactie,
    Versie,
)
from adviezen.policies.beraad import mag_sluit
from adviezen.queries.beraad import stand_van_beraad
from adviezen.queries.reacties import matrix, ronden
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, PortaalFout, VerouderdeVersie
from kern.tijd import nu, vandaag
from logboek.models import Gebeurtenis
from tests.adviezen import bouw
from tests.adviezen.hulp import deelnamepad as pad
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import heeft

pytestmark = pytest.mark.django_db


def begin(wereld):
    return bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)


@pytest.fixture
def fnv(cast):
    return cast.deelname("FNV")


@pytest.fixture
def lto(cast):
    return cast.deelname("LTO")


def vers(gebruiker):
    return Gebruiker.objects.get(pk=gebruiker.pk)


def sluit(cast, dagen=0):
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(
        geopend_op=nu() - timedelta(days=dagen + 1), gesloten_op=nu() - timedelta(days=dagen), sluit_reden="Klaar."
    )


def meelezer(deelname, *, belofte=True):
    collega = bouw.maak_gebruiker("Collega")
    rij = acties.laat_meelezen(deelname=deelname, gebruiker=collega, door=deelname.contact)
    if belofte:
        acties.aanvaard_geheimhouding(meelezer=rij, door=collega)
    return vers(collega), rij


# --- meelezers (regel 21) ---------------------------------------------------------------------------------------


def test_regel_21_een_meelezer_leest_pas_na_zijn_belofte_en_dient_niets_in(als, cast, fnv):
    collega, rij = meelezer(fnv, belofte=False)
    wit = fnv.beraad.versie
    assert not Versie.objects.zichtbaar_voor(collega).filter(pk=wit.pk).exists()
    assert not heeft(collega, Rol.MEELEZER)
    client = als(collega)
    assert client.get(pad(fnv)).status_code == 404
    uitnodiging = reverse("organisatie:uitnodiging", kwargs={"pk": rij.pk})
    tekst = client.get(uitnodiging).content.decode()
    assert "U houdt geheim wat u hier leest" in tekst
    assert cast.traject.titel not in tekst  # ook de titel pas na de belofte
    assert str(rij.pk) in client.get("/organisatie/").content.decode()
    assert client.post(uitnodiging, {}).status_code == 422
    assert client.post(uitnodiging, {"akkoord": "on"}).status_code == 302
    collega = vers(collega)
    client = als(collega)
    assert Versie.objects.zichtbaar_voor(collega).filter(pk=wit.pk).exists()
    assert client.get(pad(fnv)).status_code == 200
    assert client.get(uitnodiging).status_code == 302
    for adres in (pad(fnv, "punt"), pad(fnv, "knelpunt"), pad(fnv, "meelezer"), pad(fnv, "daad", naam="dien_in")):
        assert client.get(adres).status_code == 404, adres
    assert client.post(pad(fnv), {"oordeel": "akkoord"}).status_code == 422
    assert als(cast.secretaris).get(uitnodiging).status_code == 404
    with pytest.raises(GeenToegang):
        acties.aanvaard_geheimhouding(meelezer=rij, door=fnv.contact)


def test_stoppen_werkt_meteen_laat_een_spoor_en_de_notities_blijven(als, fnv):
    collega, rij = meelezer(fnv)
    acties.schrijf_notitie(deelname=fnv, tekst="Let op de premies.", door=collega)
    client = als(fnv.contact)
    assert client.post(pad(fnv, "meelezer_stop", meelezer=rij.pk), {"reden": "Andere baan."}).status_code == 302
    acties.stop_meelezen(meelezer=rij, deelname=fnv, door=fnv.contact)  # nog eens verandert niets
    rij.refresh_from_db()
    assert (rij.tot, rij.gestopt_door, rij.stop_reden) == (vandaag(), fnv.contact, "Andere baan.")
    assert Gebeurtenis.objects.filter(soort="adviezen.stop_meelezen").count() == 1
    bladzijde = client.get(pad(fnv)).content.decode()
    assert "Let op de premies." in bladzijde
    assert "Andere baan." in bladzijde
    assert als(vers(collega)).get(pad(fnv)).status_code == 404
    with pytest.raises(GeenToegang):
        acties.schrijf_notitie(deelname=fnv, tekst="x", door=vers(collega))
    with pytest.raises(InvoerFout, match="geldt niet meer"):
        acties.aanvaard_geheimhouding(meelezer=rij, door=collega)
    opnieuw = acties.laat_meelezen(deelname=fnv, gebruiker=collega, door=fnv.contact)  # dezelfde dag weer kan
    assert opnieuw.geheimhouding_op is None


def test_meelezen_geldt_voor_een_ronde(als, cast, fnv):
    collega, rij = meelezer(fnv)
    with pytest.raises(InvoerFout, match="leest al mee"):
        acties.laat_meelezen(deelname=fnv, gebruiker=collega, door=fnv.contact)
    sluit(cast)
    assert als(vers(collega)).get(pad(fnv)).status_code == 404
    assert not Versie.objects.zichtbaar_voor(vers(collega)).exists()
    fnv.beraad.refresh_from_db()
    with pytest.raises(InvoerFout, match="gesloten"):
        acties.laat_meelezen(deelname=fnv, gebruiker=bouw.maak_gebruiker("Laat"), door=fnv.contact)
    uitnodiging = reverse("organisatie:uitnodiging", kwargs={"pk": rij.pk})
    assert "geldt niet meer" in als(vers(collega)).get(uitnodiging).content.decode()


# --- knelpunten -------------------------------------------------------------------------------------------------


def test_een_knelpunt_krijgt_antwoord_en_de_organisatie_schrijft_terug(als, cast, fnv):
    knelpunt = acties.meld_knelpunt(deelname=fnv, tekst="Een jaar is te kort.", door=fnv.contact)
    werk = reverse("adviezen:knelpunt_antwoord", kwargs={"slug": cast.traject.slug, "pk": knelpunt.pk})
    client = als(cast.secretaris)
    leeg = client.post(werk, {"antwoord-tekst": " "})
    assert leeg.status_code == 422
    assert "Schrijf uw antwoord" in leeg.content.decode()
    for _ in range(2):  # dubbel verstuurd is één antwoord
        assert client.post(werk, {"antwoord-tekst": "Wij bellen u."}).status_code == 302
    knelpunt.refresh_from_db()
    assert knelpunt.gezien_op is not None
    assert Bericht.objects.filter(ontvanger=fnv.contact, feit__startswith="adviezen.beantwoord_knelpunt").count() == 1
    client = als(fnv.contact)
    assert "Wij bellen u." in client.get(pad(fnv)).content.decode()
    terug = pad(fnv, "knelpunt_antwoord", knelpunt=knelpunt.pk)
    assert client.post(terug, {"antwoord-tekst": ""}).status_code == 422
    assert client.post(terug, {"antwoord-tekst": "Graag vandaag."}).status_code == 302
    assert (
        "Graag vandaag."
        in als(cast.secretaris).get(reverse("adviezen:reacties", kwargs={"slug": cast.traject.slug})).content.decode()
    )
    assert [b.van_organisatie for b in Knelpuntbericht.objects.all()] == [False, True]
    ander = cast.deelname("CNV").contact
    assert als(ander).post(terug, {"antwoord-tekst": "x"}).status_code == 404
    assert als(cast.tweede).post(werk, {"antwoord-tekst": "x"}).status_code == 404
    with pytest.raises(GeenToegang):
        acties.beantwoord_knelpunt(knelpunt=knelpunt, tekst="x", door=ander)
    assert not Knelpunt.objects.zichtbaar_voor(ander).exists()
    assert not Bericht.objects.filter(tekst__contains="jaar").exists()  # nooit tekst in een bericht


# --- samen reageren ---------------------------------------------------------------------------------------------


def concept(deelname, *punten):
    reactie = reacties.begin_reactie(deelname=deelname, door=deelname.contact)
    return reacties.bewaar_reactie(
        reactie=reactie, versie=None, oordeel="akkoord", toelichting="Samen.", door=deelname.contact,
        punten=[Punt(p) for p in punten],
    )  # fmt: skip


def test_samen_reageren_van_vraag_tot_indienen_en_weer_terug(als, cast, fnv, lto):
    reactie = concept(fnv, "Gezamenlijk punt.")
    assert als(lto.contact).get(pad(lto)).status_code == 200
    client = als(fnv.contact)
    assert client.post(pad(fnv, "vraag_mede"), {"deelname": 999}).status_code == 422
    for _ in range(2):
        client.post(pad(fnv, "vraag_mede"), {"deelname": lto.pk})
    mede = Medeondertekening.objects.get()
    client = als(lto.contact)
    assert "vraagt u mee te tekenen" in client.get("/organisatie/").content.decode()
    adres = pad(lto, "mede", mede=mede.pk)
    gelezen = client.get(adres)
    assert "Gezamenlijk punt." in gelezen.content.decode()
    assert als(cast.deelname("CNV").contact).get(adres).status_code == 404
    client = als(lto.contact)
    ja = {"akkoord": "ja", "versie": gelezen.context["reactie"].rijversie}
    assert client.post(adres, ja).status_code == 302
    stand = {s.deelname.pk: s for s in stand_van_beraad(cast.beraad)}
    assert not stand[lto.pk].gereed  # nog niet ingediend
    reacties.dien_reactie_in(reactie=reactie, versie=None, door=fnv.contact)
    stand = {s.deelname.pk: s for s in stand_van_beraad(cast.beraad)}
    assert (stand[lto.pk].status, stand[lto.pk].via, stand[lto.pk].oordeel) == ("mede", "FNV (voorbeeld)", "akkoord")
    assert not any("LTO" in t.tekst for t in mag_sluit(cast.traject))
    werk = als(cast.secretaris).get(reverse("adviezen:reacties", kwargs={"slug": cast.traject.slug})).content.decode()
    assert "Mede namens" in werk
    with pytest.raises(OvergangGeweigerd, match="reageert al mee met FNV"):
        reacties.dien_reactie_in(reactie=concept(lto), versie=None, door=lto.contact)
    reacties.neem_reactie_terug(reactie=reactie, versie=None, door=fnv.contact)
    mede.refresh_from_db()
    assert mede.status == "gevraagd"  # de tekst kan wijzigen: opnieuw bevestigen
    assert any("LTO" in t.tekst for t in mag_sluit(cast.traject))
    assert als(lto.contact).post(adres, {"akkoord": "nee"}).status_code == 302
    assert als(lto.contact).get(adres).status_code == 404  # en leest de reactie niet meer
    assert not Reactie.objects.zichtbaar_voor(vers(lto.contact)).filter(pk=reactie.pk).exists()


def test_samen_reageren_zegt_op_het_scherm_waarom_iets_niet_meer_kan(als, cast, fnv, lto):
    vraag, weg = pad(fnv, "vraag_mede"), {"deelname": lto.pk}
    assert als(fnv.contact).post(vraag, weg).status_code == 404  # er is nog niets om mee te ondertekenen
    reactie = concept(fnv, "Punt.")
    mede = samen.vraag_mede(reactie=reactie, deelname=lto, door=fnv.contact)
    eigen, ander = pad(fnv, "mede_weg", mede=mede.pk), pad(lto, "mede", mede=mede.pk)
    meelezer = cast.wereld.account("LTO 1")
    assert als(meelezer).get(ander).status_code == 200
    assert als(meelezer).post(ander, {"akkoord": "ja"}).status_code == 404  # alleen wie voor de organisatie schrijft
    reacties.dien_reactie_in(reactie=reactie, versie=None, door=fnv.contact)
    for adres, velden in ((vraag, {"deelname": cast.deelname("CNV").pk}), (eigen, {})):
        antwoord = als(fnv.contact).post(adres, velden)
        assert (antwoord.status_code, "Neem haar eerst terug" in antwoord.content.decode()) == (422, True), adres
    sluit(cast)
    antwoord = als(lto.contact).post(ander, {"akkoord": "ja"})
    assert (antwoord.status_code, "bevestigen kan niet meer" in antwoord.content.decode()) == (422, True)
    mede.refresh_from_db()
    assert (mede.status, Medeondertekening.objects.count()) == ("gevraagd", 1)
    assert als(fnv.contact).post(pad(fnv, "mede_weg", mede=999_999)).status_code == 302  # al weg: niets te doen


def test_samen_reageren_weigert_wat_niet_kan(cast, fnv, lto):
    reactie = concept(fnv)
    elders = bouw.traject_op(Stap.ACHTERBANBERAAD, cast.wereld, commissie="leren").deelname("CNV")
    for ander in (fnv, elders):
        with pytest.raises(InvoerFout, match="andere organisatie uit deze ronde"):
            samen.vraag_mede(reactie=reactie, deelname=ander, door=fnv.contact)
    with pytest.raises(GeenToegang):
        samen.vraag_mede(reactie=reactie, deelname=lto, door=lto.contact)
    mede = samen.vraag_mede(reactie=reactie, deelname=lto, door=fnv.contact)
    with pytest.raises(GeenToegang):
        samen.beantwoord_mede(mede=mede, akkoord=True, door=fnv.contact)  # niemand bevestigt voor een ander
    eigen = reacties.dien_reactie_in(reactie=concept(lto), versie=None, door=lto.contact)
    with pytest.raises(InvoerFout, match="gaf zelf al een reactie"):
        samen.beantwoord_mede(mede=mede, akkoord=True, door=lto.contact)
    with pytest.raises(InvoerFout, match="heeft zelf al gereageerd"):
        samen.vraag_mede(reactie=reactie, deelname=lto, door=fnv.contact)
    reacties.neem_reactie_terug(reactie=eigen, versie=None, door=lto.contact)
    samen.beantwoord_mede(mede=mede, akkoord=True, door=lto.contact)
    tweede = samen.vraag_mede(reactie=concept(cast.deelname("CNV")), deelname=lto, door=cast.deelname("CNV").contact)
    with pytest.raises(InvoerFout, match="al mee met FNV"):
        samen.beantwoord_mede(mede=tweede, akkoord=True, door=lto.contact)
    samen.trek_mede_terug(mede=mede, door=fnv.contact)
    sluit(cast)
    with pytest.raises(InvoerFout, match="gesloten"):
        samen.beantwoord_mede(mede=tweede, akkoord=True, door=lto.contact)


# --- indieningen, te laat ---------------------------------------------------------------------------------------


def test_elke_indiening_blijft_bewaard_en_alleen_de_organisatie_leest_de_vorige(als, cast, fnv):
    reactie = reacties.dien_reactie_in(reactie=concept(fnv, "Eerste lezing."), versie=None, door=fnv.contact)
    reacties.neem_reactie_terug(reactie=reactie, versie=None, door=fnv.contact)
    assert {s.deelname.pk: s.status for s in stand_van_beraad(cast.beraad)}[fnv.pk] == "teruggenomen"
    reacties.dien_reactie_in(reactie=concept(fnv, "Tweede lezing."), versie=None, door=fnv.contact)
    rijen = list(Indiening.objects.order_by("pk"))
    assert [r.soort for r in rijen] == ["ingediend", "teruggenomen", "ingediend"]
    assert [r.punten[0]["tekst"] for r in rijen] == ["Eerste lezing.", "Eerste lezing.", "Tweede lezing."]
    eigen = als(fnv.contact).get(pad(fnv)).content.decode()
    assert "Eerste lezing." in eigen
    assert "Tweede lezing." in eigen
    werk = als(cast.secretaris).get(reverse("adviezen:reacties", kwargs={"slug": cast.traject.slug})).content.decode()
    assert "Eerste lezing." not in werk
    assert "teruggenomen op" in werk
    assert not Indiening.objects.zichtbaar_voor(cast.secretaris).exists()


def test_te_laat_blijft_de_tekst_staan_en_zegt_het_scherm_wat_te_doen(als, cast, fnv):
    reactie = concept(fnv, "Niet ingediend punt.")
    sluit(cast)
    tekst = als(fnv.contact).get(pad(fnv)).content.decode()
    assert "Niet ingediend punt." in tekst
    assert "Het blijft hier staan" in tekst
    with pytest.raises(OvergangGeweigerd, match="gesloten"):
        reacties.dien_reactie_in(reactie=reactie, versie=None, door=fnv.contact)
    assert (
        "Niet ingediend punt."
        not in als(cast.secretaris)
        .get(reverse("adviezen:reacties", kwargs={"slug": cast.traject.slug}))
        .content.decode()
    )


def test_een_ingetrokken_traject_laat_het_concept_staan(als, cast, fnv):
    concept(fnv, "Half werk.")
    cast.doe(
        "trek_in", reden="Niet meer nodig (voorbeeld).", datum=vandaag(), motivering="Niet meer nodig.", brief=None
    )
    sluit(cast)
    tekst = als(fnv.contact).get(pad(fnv)).content.decode()
    assert "Half werk." in tekst
    assert "Dit traject is gestopt" in tekst


# --- bewaartermijn ----------------------------------------------------------------------------------------------


def test_interne_notities_worden_na_hun_termijn_vernietigd_met_alleen_een_aantal_in_het_logboek(cast, fnv, settings):
    for n in range(3):
        acties.schrijf_notitie(deelname=fnv, tekst=f"Kanarie-{n}", door=fnv.contact)
    assert vernietig_notities(nu()) == 0  # de ronde is open
    sluit(cast, dagen=settings.INTERNE_NOTITIES_DAGEN - 2)  # ruim: dichtbij beslist de kalenderdag in Amsterdam
    assert vernietig_notities(nu()) == 0
    sluit(cast, dagen=settings.INTERNE_NOTITIES_DAGEN + 1)
    assert vernietig_notities(nu()) == 3
    assert vernietig_notities(nu()) == 0
    assert not InterneNotitie.objects.exists()
    fnv.beraad.refresh_from_db()
    with pytest.raises(InvoerFout, match="bewaartermijn"):  # wat er nu nog bij kwam, zou meteen weer verdwijnen
        acties.schrijf_notitie(deelname=fnv, tekst="Te laat.", door=fnv.contact)
    spoor = Gebeurtenis.objects.get(soort="adviezen.vernietig_notities")
    assert spoor.gegevens == {"notities": 3}
    assert "FNV" not in f"{spoor.reden}{spoor.object_naam}"
    assert not Gebeurtenis.objects.filter(gegevens__icontains="Kanarie").exists()


# --- matrix en herinneren ---------------------------------------------------------------------------------------


def test_matrix_van_alle_ronden_en_herinneren(als, cast, fnv, lto):
    knelpunt = acties.meld_knelpunt(deelname=lto, tekst="Knelt.", door=lto.contact)
    reacties.dien_reactie_in(reactie=concept(fnv, "a", "b"), versie=None, door=fnv.contact)
    client = als(cast.secretaris)
    tekst = client.get("/werk/achterban/").content.decode()
    assert "1 van 6" in tekst
    assert f"/reacties/#reactie-{fnv.pk}" in tekst
    assert "2 punten" in tekst
    assert "1 knelpunt gemeld, 1 nieuw" in tekst
    assert "Er staat geen ronde open" in client.get("/werk/achterban/?van=waarneming").content.decode()
    assert als(fnv.contact).get("/werk/achterban/").status_code == 404
    adres = reverse("adviezen:herinner", kwargs={"slug": cast.traject.slug})
    client = als(cast.secretaris)
    assert "FNV" not in client.get(adres).content.decode()
    assert client.post(adres, {"versie": cast.vers().rijversie}).status_code == 422
    assert client.post(adres, {"versie": cast.traject.rijversie, "deelnames": [fnv.pk]}).status_code == 422
    assert client.post(adres, {"versie": cast.traject.rijversie, "deelnames": [lto.pk]}).status_code == 302
    bericht = Bericht.objects.get(feit__startswith="adviezen.herinner")
    assert (bericht.ontvanger, bericht.niet_voor > nu()) == (lto.contact, True)
    with pytest.raises(InvoerFout, match="vandaag al herinnerd"):
        herinner(traject=cast.traject, versie=None, deelnames=[lto], door=cast.secretaris)
    with pytest.raises(VerouderdeVersie):
        herinner(traject=cast.traject, versie=0, deelnames=[lto], door=cast.secretaris)
    with pytest.raises(GeenToegang):
        herinner(traject=cast.traject, versie=None, deelnames=[lto], door=cast.tweede)
    assert knelpunt.deelname == lto


def test_matrix_kost_een_zoekvraag_hoeveel_ronden_ook(wereld, django_assert_num_queries):
    eigen = [bouw.traject_op(Stap.ACHTERBANBERAAD, wereld, commissie=c).traject for c in ("grensarbeid", "leren")]
    alle = [ronde for ronde in ronden(wereld.secretaris, "alle") if ronde.traject in eigen]
    assert len(alle) == 2
    with django_assert_num_queries(1):
        beeld = matrix(alle)
    assert len(beeld.kolommen) == 2
    assert beeld.kolomtotalen == ["0 van 6", "0 van 6", "0 van 12"]


def test_een_ronde_die_niet_wil_houdt_het_vernietigen_van_een_andere_niet_op(cast, fnv, settings, monkeypatch, caplog):
    acties.schrijf_notitie(deelname=fnv, tekst="Kanarie", door=fnv.contact)
    sluit(cast, dagen=settings.INTERNE_NOTITIES_DAGEN + 1)

    def stuk(pk, nu):
        raise ValueError("gif")

    with monkeypatch.context() as even:
        even.setattr(bewaren, "_een_ronde", stuk)
        with pytest.raises(PortaalFout, match="1 keer"):
            vernietig_notities(nu())
    assert f"Notities van een ronde vernietigen mislukt: {fnv.beraad_id}" in caplog.text
    assert vernietig_notities(nu()) == 1, "zij komt weer"
