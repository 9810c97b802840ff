"""Een openbaar advies intrekken: twee mensen, tien minuten bedenktijd, en dan overal tegelijk weg."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from adviezen.actions import correctie
from adviezen.actions import intrekking as acties
from adviezen.actions.pers import schrijf_persbericht
from adviezen.enums import Stap
from adviezen.models import Adviesintrekking, Perslezer
from adviezen.planning import rond_intrekkingen_af
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, PortaalFout, VerouderdeVersie
from kern.tijd import nu
from logboek.models import Gebeurtenis
from publicatie.queries import laatste
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.aanbieden import alles_klaar, bied_aan, later
from tests.adviezen.test_pers import GOED
from werkplek.queries_wachtend import wachtend

pytestmark = pytest.mark.django_db
REDEN = "In bijlage 2 staan bedrijfsgegevens (voorbeeld)."


def begin(wereld, nummer="V26/31"):
    """Een advies dat twintig minuten geleden is aangeboden, met een persbericht en een journalist die het las."""
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    schrijf_persbericht(traject=cast.traject, versie=None, door=cast.secretaris, **GOED)
    alles_klaar(cast, nummer=nummer)
    Perslezer.objects.create(
        traject=cast.traject, gebruiker=cast.buitenstaander, medium="De Krant (voorbeeld)",
        toegelaten_door=cast.secretaris, embargo_aanvaard_op=nu(),
    )  # fmt: skip
    bied_aan(cast)
    later()
    cast.vers()
    return cast


def stel_voor(cast, **anders):
    velden = {"traject": cast.traject, "versie": None, "reden": REDEN, "door": cast.secretaris}
    return acties.stel_intrekking_voor(**(velden | anders))


def bevestig(cast, door=None):
    return acties.bevestig_intrekking(traject=cast.traject, versie=None, door=door or cast.algemeen_secretaris)


def laat_vervallen(cast, door=None, reden="Toch niet."):
    return acties.laat_intrekking_vervallen(
        traject=cast.traject, versie=None, reden=reden, door=door or cast.secretaris
    )


def ingelogd(gebruiker):
    client = Client()
    client.force_login(gebruiker)
    return client


def klokken(cast):
    return set(Termijn.objects.van(cast.traject.advies).lopend().values_list("soort", flat=True))


ADVIES = "/adviezen/2026/v31/"
EIGEN = ("", "advies.pdf", "persbericht/", "verwijzing.bib", "verwijzing.ris", "archief.pdf")
LIJSTEN = (
    "/", "/adviezen/", "/adviezen/?q=thuiswerken", "/zoeken/?q=thuiswerken", "/feeds/adviezen.atom", "/sitemap.xml",
    "/api/v1/adviezen", "/api/v1/aanbevelingen", "/aanbevelingen/", "/aanbevelingen.csv", "/kabinetsreacties/",
    "/data/adviezen-2026.json", "/data/adviezen-2026.csv", "/adviezen/uitslag.csv", "/adviezen/uitslag.bib",
)  # fmt: skip
TITEL = "Thuiswerken over de grens (voorbeeld)"


def waar_het_staat():
    """Geef welke openbare lijsten, feeds en bestanden het advies noemen, met hun adres."""
    uit = set()
    for adres in LIJSTEN:
        antwoord = Client().get(adres)
        inhoud = b"".join(antwoord.streaming_content) if antwoord.streaming else antwoord.content
        assert antwoord.status_code == 200 or "/data/" in adres, adres
        tekst = inhoud.decode()
        if TITEL in tekst or "/2026/v31/" in tekst.lower():
            uit.add(adres)
    return uit


def test_alles_slaat_tegelijk_om_en_het_adres_zegt_waarom(cast):
    overal = waar_het_staat()
    assert {"/", "/adviezen/", "/feeds/adviezen.atom", "/api/v1/adviezen", "/aanbevelingen/"} <= overal
    assert {"/data/adviezen-2026.json", "/zoeken/?q=thuiswerken", "/kabinetsreacties/"} <= overal
    stel_voor(cast)
    bevestig(cast)
    assert waar_het_staat() == overal, "in de tien minuten verandert er niets"
    assert Client().get(ADVIES).status_code == 200
    later()
    assert waar_het_staat() == set()
    for deel in EIGEN:
        antwoord = Client().get(ADVIES + deel)
        assert antwoord.status_code == 410, deel
        assert REDEN in antwoord.content.decode()
        assert "Doe dit." not in antwoord.content.decode()
    assert Client().get("/api/v1/adviezen/t-" + str(cast.traject.pk)).status_code == 410


def test_het_traject_blijft_uitgebracht_en_zegt_dat_het_is_ingetrokken(cast):
    """Zonder advies viel het terug op de stap ervoor, en stond het weer tussen waar de raad aan werkt."""
    stel_voor(cast)
    bevestig(cast)
    later()
    tekst = Client().get(f"/trajecten/{cast.traject.slug}/").content.decode()
    assert "Het advies is ingetrokken" in tekst
    assert REDEN in tekst
    assert "Uitgebracht sinds" in tekst
    assert Client().get(f"/api/v1/trajecten/{cast.traject.slug}").json()["lopend"] is False


def test_de_journalist_leest_dat_het_is_ingetrokken(cast):
    lezer = Perslezer.objects.get(traject=cast.traject)
    client = ingelogd(lezer.gebruiker)
    assert "voor iedereen op de site" in client.get(f"/pers/{lezer.pk}/").content.decode()
    stel_voor(cast)
    bevestig(cast)
    later()
    tekst = client.get(f"/pers/{lezer.pk}/").content.decode()
    assert "voor iedereen op de site" not in tekst
    assert "is ingetrokken" in tekst
    assert "ingetrokken" in client.get("/pers/").content.decode()
    aan = Bericht.objects.filter(feit__startswith="adviezen.bevestig_intrekking").values_list("ontvanger", flat=True)
    assert {lezer.gebruiker_id, cast.secretaris.pk} <= set(aan)


def test_twee_mensen_van_wie_een_de_algemeen_secretaris(cast, buitenstaander):
    with pytest.raises(GeenToegang):
        stel_voor(cast, door=buitenstaander)
    rij = stel_voor(cast)
    with pytest.raises(InvoerFout, match="een ander bevestigt"):
        bevestig(cast, door=cast.secretaris)
    with pytest.raises(GeenToegang):
        bevestig(cast, door=cast.tweede)
    with pytest.raises(IntegrityError), transaction.atomic():
        Adviesintrekking.objects.filter(pk=rij.pk).update(
            bevestigd_door=cast.secretaris, bevestigd_op=nu(), gaat_in_op=nu()
        )
    laat_vervallen(cast)
    stel_voor(cast, door=cast.algemeen_secretaris)
    assert bevestig(cast, door=cast.tweede).bevestigd_door == cast.tweede, "stelde de a.s. het voor, dan mag een ander"


def test_wie_mag_bevestigen_krijgt_meteen_bericht(cast):
    stel_voor(cast)
    bericht = Bericht.objects.get(feit__startswith="adviezen.stel_intrekking_voor")
    assert bericht.ontvanger == cast.algemeen_secretaris
    assert bericht.niet_voor <= nu()
    assert TITEL not in bericht.onderwerp
    assert any("in te trekken" in tekst for tekst, _ in wachtend(cast.algemeen_secretaris)), "en het staat op /werk/"
    assert not any("in te trekken" in tekst for tekst, _ in wachtend(cast.tweede))


@pytest.mark.parametrize(
    ("reden", "veld"), [("  ", "reden"), ("x" * (acties.LANGSTE_REDEN + 1), "reden")], ids=["leeg", "te lang"]
)
def test_zonder_bruikbare_reden_geen_voorstel(cast, reden, veld):
    with pytest.raises(InvoerFout) as fout:
        stel_voor(cast, reden=reden)
    assert fout.value.veld == veld
    assert not Adviesintrekking.objects.exists()


def test_een_verouderd_scherm_trekt_niets_in(cast):
    oud = cast.traject.rijversie
    stel_voor(cast)
    with pytest.raises(VerouderdeVersie):
        acties.bevestig_intrekking(traject=cast.traject, versie=oud, door=cast.algemeen_secretaris)
    with pytest.raises(InvoerFout, match="al een voorstel"):
        stel_voor(cast)


def test_herroepen_binnen_tien_minuten_laat_niets_na(cast):
    """Ook geen latere correctie met een uitgave die "ingetrokken" heet."""
    liepen = klokken(cast)
    stel_voor(cast)
    bevestig(cast)
    laat_vervallen(cast, door=cast.algemeen_secretaris)
    wachten = Bericht.objects.filter(feit__startswith="adviezen.bevestig_intrekking")
    assert wachten.exists()
    assert not wachten.filter(status="wacht").exists()
    later()
    assert acties.rond_intrekkingen_af() == 0
    assert klokken(cast) == liepen
    assert Client().get(ADVIES).status_code == 200
    correctie.corrigeer(
        traject=cast.vers(), versie=None, gegeven="titel", nieuw="Andere titel (voorbeeld)", reden="Tikfout.",
        door=cast.secretaris,
    )  # fmt: skip
    later()
    tekst = Client().get(ADVIES).content.decode()
    assert "Andere titel (voorbeeld)" in tekst
    assert "ingetrokken" not in tekst


def test_een_correctie_die_wachtte_staat_er_na_het_herroepen(cast):
    """Zolang de intrekking wachtte kreeg zij geen uitgave; na het herroepen ook niet meer."""
    stel_voor(cast)
    bevestig(cast)
    correctie.corrigeer(
        traject=cast.vers(), versie=None, gegeven="titel", nieuw="Andere titel (voorbeeld)", reden="Tikfout.",
        door=cast.secretaris,
    )  # fmt: skip
    laat_vervallen(cast, door=cast.algemeen_secretaris)
    assert TITEL in Client().get(ADVIES).content.decode()
    later()
    tekst = Client().get(ADVIES).content.decode()
    assert "Andere titel (voorbeeld)" in tekst
    assert "ingetrokken" not in tekst


def test_de_klok_van_het_kabinet_vervalt_met_het_advies_en_niet_eerder(cast):
    assert "kabinetsreactie" in klokken(cast)
    stel_voor(cast)
    bevestig(cast)
    assert acties.rond_intrekkingen_af() == 0
    later()
    assert acties.rond_intrekkingen_af() == 1
    assert klokken(cast) == set()
    assert acties.rond_intrekkingen_af() == 0, "nog eens wekken doet niets"


def test_een_advies_dat_niet_wil_houdt_het_volgende_niet_op(cast, wereld, monkeypatch, caplog):
    """De klok van het tweede vervalt toch; de taak zegt dat er een bleef liggen, en de volgende keer lukt het."""
    tweede = begin(wereld, nummer="V26/32")
    for elk in (cast, tweede):
        stel_voor(elk)
        bevestig(elk)
    later()
    echt = acties.laat_klokken_vervallen

    def niet_het_eerste(advies, **kw):
        if advies.pk == cast.traject.advies.pk:
            raise ValueError("stuk")
        return echt(advies, **kw)

    monkeypatch.setattr(acties, "laat_klokken_vervallen", niet_het_eerste)
    with pytest.raises(PortaalFout, match="1 keer"):
        rond_intrekkingen_af()
    assert klokken(tweede) == set()
    assert "kabinetsreactie" in klokken(cast)
    assert f"Een intrekking afronden mislukt: {cast.traject.intrekkingen.get().pk}" in caplog.text
    monkeypatch.undo()
    assert rond_intrekkingen_af() == 1
    assert klokken(cast) == set()


def test_na_tien_minuten_kan_het_niet_terug(cast):
    stel_voor(cast)
    bevestig(cast)
    later()
    with pytest.raises(InvoerFout, match="nog terug kan"):
        laat_vervallen(cast, door=cast.algemeen_secretaris)
    with pytest.raises(InvoerFout):
        stel_voor(cast)


def test_een_correctie_die_nog_komt_gaat_voor_en_daarna_maakt_niets_het_weer_openbaar(cast):
    gegevens = {"traject": cast.vers(), "versie": None, "reden": "Tikfout.", "door": cast.secretaris}
    correctie.corrigeer(**gegevens, gegeven="titel", nieuw="Andere titel (voorbeeld)")
    with pytest.raises(OvergangGeweigerd, match="correctie"):
        stel_voor(cast)
    later()
    stel_voor(cast)
    bevestig(cast)
    correctie.corrigeer(**gegevens | {"traject": cast.vers()}, gegeven="titel", nieuw="Nog anders (voorbeeld)")
    later()
    assert Client().get(ADVIES).status_code == 410


def test_wat_nog_onder_embargo_staat_is_niet_in_te_trekken(wereld):
    vroeg = bouw.traject_op(Stap.AANBIEDING, wereld)
    assert ingelogd(vroeg.secretaris).get(f"/werk/trajecten/{vroeg.traject.slug}/intrekken/").status_code == 404
    alles_klaar(vroeg, nummer="V26/32", embargo_tot=nu() + timedelta(days=1))
    bied_aan(vroeg)
    with pytest.raises(OvergangGeweigerd, match="nog niet openbaar"):
        stel_voor(vroeg)


def test_de_schermen_van_voorstel_tot_herroeping(cast, buitenstaander):
    adres = f"/werk/trajecten/{cast.traject.slug}/intrekken/"
    assert ingelogd(buitenstaander).get(adres).status_code == 404
    schrijver, tekenaar = ingelogd(cast.secretaris), ingelogd(cast.algemeen_secretaris)
    versie = cast.traject.rijversie
    assert "Daarna komt het advies niet meer terug" in schrijver.get(adres).content.decode()
    fout = schrijver.post(adres, {"reden": " ", "versie": versie})
    assert fout.status_code == 422
    assert schrijver.post(adres, {"reden": REDEN, "versie": versie}).status_code == 302
    versie = cast.vers().rijversie
    zelf = schrijver.get(adres).content.decode()
    assert "Bevestig de intrekking" not in zelf
    assert cast.algemeen_secretaris.naam in zelf, "er staat bij wie kan bevestigen"
    assert schrijver.post(f"{adres}bevestig/", {"versie": versie}).status_code == 404
    antwoord = tekenaar.post(f"{adres}bevestig/", {"versie": versie}, follow=True).content.decode()
    assert "Tot dan kunt u de intrekking herroepen" in antwoord
    for scherm in ("", "aanbieding/", "correctie/"):
        assert "van de site" in schrijver.get(f"/werk/trajecten/{cast.traject.slug}/{scherm}").content.decode()
    opvolging = f"/werk/opvolging/adviezen/t-{cast.traject.pk}/"
    assert "van de site" in schrijver.get(opvolging).content.decode()
    versie = cast.vers().rijversie
    leeg = tekenaar.post(f"{adres}vervalt/", {"waarom": "", "versie": versie})
    assert leeg.status_code == 422
    assert tekenaar.post(f"{adres}vervalt/", {"waarom": "Vergissing", "versie": versie}).status_code == 302
    assert "Vergissing" in schrijver.get(adres).content.decode()
    soorten = ("stel_intrekking_voor", "bevestig_intrekking", "laat_intrekking_vervallen")
    for soort in soorten:
        assert Gebeurtenis.objects.filter(soort=f"adviezen.{soort}", object_id=str(cast.traject.pk)).exists(), soort
    assert laatste(f"advies:t-{cast.traject.pk}").tot is None
