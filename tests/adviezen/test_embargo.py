"""Na het aanbieden, vóór het embargo: verzetten of opheffen, een journalist erbij, en het persbericht herstellen."""

from datetime import timedelta

import pytest
from django.test import Client

from adviezen.actions import perslezers as lezeracties
from adviezen.actions.correctie import corrigeer
from adviezen.actions.embargo import verzet_embargo
from adviezen.actions.pers import schrijf_persbericht
from adviezen.enums import Stap
from adviezen.models import Perslezer
from adviezen.queries.pers import Persstand, eigen, stand_van
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie
from kern.tijd import nu
from logboek.models import Gebeurtenis
from publicatie.models import Publicatie
from publicatie.queries import laatste
from tests.adviezen import bouw
from tests.adviezen.aanbieden import alles_klaar, bied_aan, later
from tests.adviezen.test_pers import GOED

pytestmark = pytest.mark.django_db
ADVIES = "/adviezen/2026/v31/"
DAG = timedelta(days=1)


def begin(wereld):
    """Een advies dat is aangeboden, over twee dagen openbaar wordt, en dat een journalist al leest."""
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    schrijf_persbericht(traject=cast.traject, versie=None, door=cast.secretaris, **GOED)
    alles_klaar(cast, embargo_tot=nu() + 2 * DAG)
    Perslezer.objects.create(
        traject=cast.traject, gebruiker=cast.buitenstaander, medium="De Krant (voorbeeld)",
        toegelaten_door=cast.secretaris, embargo_aanvaard_op=nu(),
    )  # fmt: skip
    bied_aan(cast)
    cast.vers()
    return cast


def verzet(cast, **anders):
    velden = {"traject": cast.traject, "versie": None, "tot": None, "reden": "Er is gelekt."}
    return verzet_embargo(**({"door": cast.algemeen_secretaris} | velden | anders))


def rij(cast):
    return laatste(f"advies:t-{cast.traject.pk}")


def lezer(cast):
    zelf = Perslezer.objects.get(traject=cast.traject, gebruiker=cast.buitenstaander, gestopt_op=None)
    return eigen(cast.buitenstaander, zelf.pk)


def ingelogd(gebruiker):
    client = Client()
    client.force_login(gebruiker)
    return client


def test_opheffen_maakt_het_over_tien_minuten_openbaar_zoals_het_klaarlag(cast):
    oud = rij(cast)
    verzet(cast)
    nieuw = rij(cast)
    assert nu() + timedelta(minutes=9) < nieuw.vanaf <= nu() + timedelta(minutes=10)
    assert (nieuw.html, nieuw.metadata, nieuw.bestanden) == (oud.html, oud.metadata, oud.bestanden)
    oud.refresh_from_db()
    assert oud.tot == oud.vanaf, "wat klaarlag, wordt nooit nog eens openbaar"
    assert Client().get(ADVIES).status_code == 404
    later()
    assert Client().get(ADVIES).status_code == 200
    assert "Vorige uitgaven" not in Client().get(ADVIES).content.decode()
    assert stand_van(lezer(cast)) == Persstand.VOORBIJ


def test_verlengen_houdt_het_dicht_en_vraagt_de_belofte_opnieuw(cast):
    tot = nu() + 5 * DAG
    verzet(cast, tot=tot)
    assert rij(cast).vanaf == tot
    eerder = Publicatie.objects.filter(sleutel=rij(cast).sleutel, vanaf__lt=tot)
    assert [oud.tot == oud.vanaf for oud in eerder] == [True], "wat klaarlag, wordt nooit nog eens openbaar"
    later(3 * 24 * 60)
    assert Client().get(ADVIES).status_code == 404
    assert stand_van(lezer(cast)) == Persstand.BELOVEN
    wacht = Bericht.objects.filter(onderwerp="Een advies van uw commissie is aangeboden")
    assert wacht.exists()
    assert {b.niet_voor for b in wacht} == {tot}


def test_vervroegen_laat_de_belofte_staan_en_bericht_de_journalist(cast):
    verzet(cast, tot=nu() + DAG)
    assert stand_van(lezer(cast)) == Persstand.OPEN
    aan = Bericht.objects.filter(feit__startswith="adviezen.verzet_embargo")
    assert {cast.buitenstaander, cast.secretaris} <= {b.ontvanger for b in aan}
    assert all(cast.traject.titel not in b.onderwerp for b in aan)
    assert Gebeurtenis.objects.get(soort="adviezen.verzet_embargo").reden == "Er is gelekt."


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"tot": timedelta(minutes=5)}, "tot"),
        ({"tot": timedelta(days=93)}, "tot"),
        ({"reden": " "}, "reden"),
    ],
    ids=["te vroeg", "te ver", "zonder reden"],
)
def test_wat_niet_kan_staat_bij_het_veld(cast, anders, veld):
    oud = rij(cast)
    if "tot" in anders:
        anders = {"tot": nu() + anders["tot"]}
    with pytest.raises(InvoerFout) as fout:
        verzet(cast, **anders)
    assert fout.value.veld == veld
    assert rij(cast) == oud


def test_alleen_wie_aanbiedt_verzet_het_en_alleen_zolang_het_loopt(cast):
    with pytest.raises(GeenToegang):
        verzet(cast, door=cast.secretaris)
    oud = cast.traject.rijversie
    verzet(cast, versie=oud, tot=nu() + DAG)
    with pytest.raises(VerouderdeVersie):
        verzet(cast, versie=oud)
    later(2 * 24 * 60)
    with pytest.raises(InvoerFout, match="onder embargo"):
        verzet(cast, versie=None)


def test_het_scherm_zegt_wie_het_kan_en_verzet_het(cast):
    blad = f"/werk/trajecten/{cast.traject.slug}/aanbieding/"
    secretaris, tekenaar = ingelogd(cast.secretaris), ingelogd(cast.algemeen_secretaris)
    assert "doet de algemeen secretaris" in secretaris.get(blad).content.decode()
    assert secretaris.get(f"{blad}embargo/").status_code == 404
    assert "Verzet het embargo of hef het op" in tekenaar.get(blad).content.decode()
    versie = cast.traject.rijversie
    fout = tekenaar.post(f"{blad}embargo/", {"tot_0": "", "tot": "", "reden": "", "versie": versie})
    assert fout.status_code == 422
    goed = tekenaar.post(f"{blad}embargo/", {"tot": "", "reden": "Gelekt", "versie": versie}, follow=True)
    assert "Tot dan kunt u het verzetten" in goed.content.decode()


def test_ook_in_de_dagen_van_het_embargo_komt_er_een_journalist_bij(cast):
    """Juist dan belt de pers; en wie per abuis gestopt is, kan terug."""
    adres = f"/werk/trajecten/{cast.traject.slug}/aanbieding/perslezers/"
    scherm = ingelogd(cast.secretaris)
    goed = {"email": "pers@krant.test", "naam": "P. Pers (voorbeeld)", "medium": "De Krant (voorbeeld)"}
    assert scherm.post(adres, goed).status_code == 302
    weg = lezer(cast)
    lezeracties.stop_perslezer(lezer=weg, door=cast.secretaris)
    tekst = scherm.get(adres).content.decode()
    assert "Laat weer toe" in tekst
    weer = {"email": weg.gebruiker.email, "naam": weg.gebruiker.naam, "medium": weg.medium}
    assert scherm.post(adres, weer).status_code == 302
    assert stand_van(lezer(cast)) == Persstand.BELOVEN
    later(3 * 24 * 60)
    tekst = scherm.get(adres).content.decode()
    assert "Laat een journalist toe" not in tekst
    assert "Journalisten lezen tot" not in tekst, "het embargo is voorbij"
    with pytest.raises(InvoerFout):
        lezeracties.laat_perslezer_toe(
            traject=cast.vers(), email="laat@krant.test", naam="L. Laat (voorbeeld)", medium="X", door=cast.secretaris
        )


def test_een_fout_in_het_persbericht_is_na_het_aanbieden_te_herstellen(cast, wereld):
    """Door communicatie, die het schreef; de journalist leest het verbeterde meteen, het publiek na het embargo."""
    scherm = ingelogd(wereld.communicatie)
    adres = f"/werk/trajecten/{cast.traject.slug}/correctie/"
    assert "kop van het persbericht" in scherm.get(adres).content.decode()
    assert scherm.get(f"{adres}titel/").status_code == 404
    fout = scherm.post(f"{adres}telefoon/", {"nieuw": "geen idee", "reden": "Fout.", "versie": cast.traject.rijversie})
    assert fout.status_code == 422
    assert "Dit is geen telefoonnummer" in fout.content.decode()
    velden = {"nieuw": "Zo hoort het (voorbeeld)", "reden": "Tikfout.", "versie": cast.traject.rijversie}
    assert scherm.post(f"{adres}pers_titel/", velden).status_code == 302
    wacht = rij(cast)
    assert wacht.metadata["persbericht"]["titel"] == "Zo hoort het (voorbeeld)"
    assert wacht.vanaf == cast.traject.aanbieding.embargo_tot
    cast.vers()
    corrigeer(
        traject=cast.traject, versie=None, gegeven="telefoon", nieuw="070 111 11 11", reden="Fout.",
        door=wereld.communicatie,
    )  # fmt: skip
    assert rij(cast).metadata["woordvoerder"]["telefoon"] == "070 111 11 11"
    assert [c["gegeven"] for c in rij(cast).metadata["correcties"]] == ["kop van het persbericht"]
    assert [b["rol"] for b in rij(cast).bestanden] == ["pdf"], "op de PDF van het advies staat het persbericht niet"


def test_een_correctie_die_nog_wacht_gaat_op_in_de_volgende(cast):
    """Wie zich vergist zet het binnen tien minuten recht, en het publiek leest de vergissing nooit."""
    later(3 * 24 * 60)
    cast.vers()
    vast = {"traject": cast.traject, "versie": None, "reden": "Tikfout.", "door": cast.secretaris}
    goed = cast.traject.advies.titel
    corrigeer(**vast, gegeven="titel", nieuw="Vergissing (voorbeeld)")
    scherm = ingelogd(cast.secretaris).get(f"/werk/trajecten/{cast.traject.slug}/correctie/").content.decode()
    assert "Vergist u zich?" in scherm
    corrigeer(**vast | {"traject": cast.vers()}, gegeven="titel", nieuw=goed)
    later(8)
    assert Client().get(ADVIES).status_code == 200
    later(8)
    tekst = Client().get(ADVIES).content.decode()
    assert "Vergissing (voorbeeld)" not in tekst
    assert "Verbeterd" not in tekst
    assert cast.traject.correcties.count() == 2, "in het dossier blijft zij staan"


def test_de_perspagina_noemt_elke_journalist_en_hoever_hij_is(cast, wereld):
    scherm = ingelogd(wereld.communicatie)
    tekst = scherm.get("/werk/trajecten/embargo/").content.decode()
    assert cast.buitenstaander.naam in tekst
    assert Persstand.OPEN.label in tekst
    assert 'href="/werk/trajecten/embargo/"' in scherm.get("/werk/").content.decode(), "zij staat in het menu"
    assert 'href="/werk/trajecten/embargo/"' not in ingelogd(cast.secretaris).get("/werk/").content.decode()


def test_na_het_aanbieden_zegt_de_brief_niet_dat_hij_nog_te_wijzigen_is(cast):
    brief = cast.traject.aanbieding.brieven.first()
    tekst = ingelogd(cast.secretaris).get(f"/werk/trajecten/{cast.traject.slug}/aanbieding/brieven/{brief.pk}/")
    assert "Wijzigt u de tekst" not in tekst.content.decode()
    assert "Het portaal verstuurt deze brief niet" in tekst.content.decode()


def test_wat_nog_nodig_is_wijst_naar_de_plek(wereld):
    vroeg = bouw.traject_op(Stap.AANBIEDING, wereld)
    tekst = ingelogd(vroeg.secretaris).get(f"/werk/trajecten/{vroeg.traject.slug}/aanbieding/").content.decode()
    assert f'href="/werk/trajecten/{vroeg.traject.slug}/aanbieding/#h-gegevens"' in tekst
    assert f'href="/werk/trajecten/{vroeg.traject.slug}/aanbieding/#h-klaar"' in tekst
    for anker in ("h-gegevens", "h-pdf", "h-brieven", "h-klaar"):
        assert f'id="{anker}"' in tekst
