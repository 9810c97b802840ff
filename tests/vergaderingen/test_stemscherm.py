"""Stemmen langs de schermen: de stemlijst, sluiten, briefjes, staken, overdoen en de onthouding."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kern.tijd import vandaag
from tests.vergaderingen.conftest import Wereld, tekst
from tests.vergaderingen.test_stemronde import open_, sluit, stem
from toegang.enums import Rol
from toegang.models import Gebruiker
from vergaderingen import actions
from vergaderingen.enums import Besluitsoort, Rondesoort, Uitkomst
from vergaderingen.models import Agendapunt, Onthouding, Stem, Stembriefje, Stemronde

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("voorbeeldstand")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def punt(wereld: Wereld) -> Agendapunt:
    """Het ene punt van een geopende raad waar iedereen is."""
    return wereld.geopend().agendapunten.get()


def bij_punt(naam: str, punt: Agendapunt) -> str:
    return reverse(f"vergaderingen:{naam}", args=[punt.vergadering_id, punt.pk])


def bij_ronde(naam: str, ronde: Stemronde) -> str:
    return reverse(f"vergaderingen:{naam}", args=[ronde.agendapunt.vergadering_id, ronde.pk])


def keuzes(ronde: Stemronde) -> dict[str, str]:
    return {s.persoon.naam: s.keuze for s in ronde.stemmen.select_related("persoon")}


def test_een_stemming_van_openen_tot_besluit(werk: Client, wereld: Wereld, punt: Agendapunt) -> None:
    gegevens = {"stemronde-vraag": "Het voorstel", "stemronde-over": "zaak", "stemronde-wijze": "stemming"}
    leeg = tekst(werk.post(bij_punt("stemronde-open", punt), gegevens | {"stemronde-vraag": " "}))
    assert "stemronde-vraag_error" in leeg
    antwoord = werk.post(bij_punt("stemronde-open", punt), gegevens)
    ronde = punt.stemronden.get()
    assert antwoord.url == bij_ronde("stemronde", ronde)
    dubbel = werk.post(bij_punt("stemronde-open", punt), gegevens | {"stemronde-vraag": "Iets heel anders"})
    assert "loopt al een" in tekst(dubbel)
    assert "Iets heel anders" in tekst(dubbel), "wat getypt is blijft staan"
    zetel = wereld.zetels["O1"].pk
    assert f'value="{zetel}:tegen:"' in tekst(werk.get(antwoord.url))
    deel = tekst(werk.post(antwoord.url, {"stem": f"{zetel}:tegen:"}, headers=HTMX))
    assert "<html" not in deel
    assert f'value="{zetel}:voor:tegen"' in deel, "de knop stuurt mee wat er stond"
    assert werk.post(antwoord.url, {"stem": "geleding:ondernemers:voor"}).url == antwoord.url
    assert keuzes(ronde) == {"Lid O1": "tegen", "Lid O2": "voor", "Lid O3": "voor"}, "wat er stond blijft"
    for groep in ("werknemers", "kroonleden"):
        werk.post(antwoord.url, {"stem": f"geleding:{groep}:voor"})
    klaar = werk.post(bij_ronde("stemronde-sluit", ronde), {"besluit": "De raad stelt vast."}, follow=True)
    assert "De stemming is gesloten: aangenomen." in tekst(klaar)
    besluit = punt.besluiten.get()
    assert (besluit.tekst, besluit.voor, besluit.tegen) == ("De raad stelt vast.", 9, 1)


@pytest.mark.parametrize(
    ("wat", "melding"),
    [
        ("", "Kies van wie u de stem vastlegt."),
        ("onzin:voor:", "Kies van wie u de stem vastlegt."),
        ("999999:voor:", "Deze zetel heeft bij dit punt geen stem"),
        ("{zetel}:misschien:voor", "Kies voor, tegen of blanco."),
        ("{zetel}:tegen:", "Iemand anders heeft dit intussen gewijzigd."),
        ("geleding:werknemers:", "Kies voor, tegen of blanco."),
    ],
)
@pytest.mark.parametrize("kop", [{}, HTMX], ids=["bladzijde", "htmx"])
def test_een_geweigerde_stem_zegt_waarom_en_laat_staan_wat_er_was(
    werk: Client, wereld: Wereld, punt: Agendapunt, kop: dict[str, str], wat: str, melding: str
) -> None:
    ronde = open_(wereld, punt)
    stem(wereld, ronde, "voor", "O1")
    verzonden = {"stem": wat.format(zetel=wereld.zetels["O1"].pk)}
    assert melding in tekst(werk.post(bij_ronde("stemronde", ronde), verzonden, headers=kop, follow=True))
    assert keuzes(ronde) == {"Lid O1": "voor"}


def test_een_stem_na_de_sluiting_wordt_geweigerd_met_de_reden(werk: Client, wereld: Wereld, punt: Agendapunt) -> None:
    ronde = open_(wereld, punt)
    sluit(wereld, ronde, onvolledig=True)
    antwoord = werk.post(bij_ronde("stemronde", ronde), {"stem": "geleding:ondernemers:voor"}, follow=True)
    assert "Deze stemming is gesloten" in tekst(antwoord)
    assert not Stem.objects.exists()


def test_onvolledig_sluiten_vraagt_een_bevestiging_en_houdt_de_tekst(
    werk: Client, wereld: Wereld, punt: Agendapunt
) -> None:
    ronde = open_(wereld, punt)
    stem(wereld, ronde, "voor", "O1", "O2", "O3", "W1", "W2", "W3")
    adres = bij_ronde("stemronde-sluit", ronde)
    geweigerd = tekst(werk.post(adres, {"besluit": "Vastgesteld met zes."}))
    assert "Nog geen stem vastgelegd van: " in geweigerd
    assert "Lid K1" in geweigerd
    assert "Vastgesteld met zes." in geweigerd
    ronde.refresh_from_db()
    assert ronde.is_open
    werk.post(adres, {"besluit": "Vastgesteld met zes.", "onvolledig": "on"})
    assert (punt.besluiten.get().tekst, punt.besluiten.get().uitkomst) == ("Vastgesteld met zes.", "aangenomen")


def test_briefjes_langs_het_scherm_houden_bij_een_telfout_wat_er_is_ingevuld(
    werk: Client, wereld: Wereld, punt: Agendapunt
) -> None:
    ronde = open_(wereld, punt, over=Besluitsoort.PERSONEN, vraag="Benoeming van X (voorbeeld)")
    adres = bij_ronde("briefjes", ronde)
    zetels = [z.pk for s, z in wereld.zetels.items() if s != "W3"]
    invoer = {"zetels": zetels, "voor": "7", "tegen": "2", "blanco": "1", "besluit": "X is benoemd."}
    mis = tekst(werk.post(adres, invoer))
    assert "Er zijn 10 stemmen geteld, maar 9 leden leverden een briefje in." in mis
    assert "X is benoemd." in mis
    assert mis.count(" checked") == 9, "wie inleverde blijft aangevinkt"
    assert not Stembriefje.objects.exists()
    klaar = tekst(werk.post(adres, invoer | {"blanco": "0"}, follow=True))
    assert "De stemming is gesloten: aangenomen." in klaar
    assert klaar.count("briefje ingeleverd") == 9
    assert punt.besluiten.get().tekst == "X is benoemd."
    assert "gesloten; er kan niets meer" in tekst(werk.post(adres, invoer | {"blanco": "0"}))
    assert punt.besluiten.count() == 1


def test_een_peiling_sluit_zonder_besluit(werk: Client, punt: Agendapunt) -> None:
    gegevens = {"stemronde-vraag": "Doorgaan?", "stemronde-over": "zaak", "stemronde-wijze": "peiling"}
    werk.post(bij_punt("stemronde-open", punt), gegevens)
    ronde = punt.stemronden.get()
    assert ronde.soort == Rondesoort.PEILING
    assert "De peiling is gesloten." in tekst(werk.post(bij_ronde("stemronde-sluit", ronde), {}, follow=True))
    assert not punt.besluiten.exists()


def test_staken_vraagt_een_reden_die_past_en_houdt_wat_er_getypt_is(
    werk: Client, wereld: Wereld, punt: Agendapunt
) -> None:
    ronde = open_(wereld, punt)
    adres = bij_ronde("stemronde-trek-in", ronde)
    assert "intrekken-reden_error" in tekst(werk.post(adres, {"intrekken-reden": " "}))
    te_lang = tekst(werk.post(adres, {"intrekken-reden": "Te veel woorden. " * 20}))
    assert "300" in te_lang
    assert "Te veel woorden. Te veel woorden." in te_lang
    ronde.refresh_from_db()
    assert ronde.is_open
    gestaakt = tekst(werk.post(adres, {"intrekken-reden": "Voorstel van tafel"}, follow=True))
    assert "Voorstel van tafel" in gestaakt
    ronde.refresh_from_db()
    assert (ronde.ingetrokken_reden, ronde.besluit) == ("Voorstel van tafel", None)
    assert "er kan niets meer" in tekst(werk.post(adres, {"intrekken-reden": "Nog eens"}))
    assert "er komt geen uitslag" in tekst(werk.post(bij_ronde("stemronde-sluit", ronde), {"onvolledig": "on"}))


def test_regel_30_een_nietige_stemming_wordt_langs_het_scherm_overgedaan(werk: Client, wereld: Wereld) -> None:
    eerder = wereld.geopend(vandaag() - timedelta(days=30))
    nietig = sluit(wereld, open_(wereld, eerder.agendapunten.get()), onvolledig=True)
    actions.sluit_vergadering(vergadering=eerder, versie=None, door=wereld.door)
    punt = wereld.geopend().agendapunten.get()
    keuze = f'<option value="{nietig.pk}">{eerder.datum_tekst}: Het voorstel'
    assert keuze in tekst(werk.get(bij_punt("agendapunt", punt)))
    gegevens = {"stemronde-vraag": "Het voorstel", "stemronde-over": "zaak", "stemronde-wijze": "stemming"}
    vreemd = werk.post(bij_punt("stemronde-open", punt), gegevens | {"stemronde-vorige": "999999"})
    assert "stemronde-vorige_error" in tekst(vreemd)
    werk.post(bij_punt("stemronde-open", punt), gegevens | {"stemronde-vorige": nietig.pk})
    ronde = punt.stemronden.get()
    assert ronde.vorige == nietig
    assert f"herstemming van {eerder.datum_tekst}" in tekst(werk.get(bij_ronde("stemronde", ronde)))
    stem(wereld, ronde, "voor", "O1")
    assert sluit(wereld, ronde, onvolledig=True).besluit.uitkomst == Uitkomst.AANGENOMEN


def test_een_onthouding_vastleggen_en_terugnemen(werk: Client, wereld: Wereld, punt: Agendapunt) -> None:
    adres = bij_punt("onthouding", punt)
    zonder = tekst(werk.post(adres, {"onthouding-zetel": "", "onthouding-reden": "Familie"}))
    assert "onthouding-zetel_error" in zonder
    assert 'value="Familie"' in zonder
    velden = {"onthouding-zetel": wereld.zetels["O1"].pk, "onthouding-reden": "Familie"}
    assert "telt bij dit punt niet mee" in tekst(werk.post(adres, velden, follow=True))
    rij = Onthouding.objects.get()
    assert (rij.persoon, rij.reden) == (wereld.leden["O1"], "Familie")
    ander = wereld.punt(punt.vergadering, "Ander punt")
    assert werk.post(bij_punt("onthouding", ander), {"terug": rij.pk}).status_code == 404
    assert werk.post(adres, {"terug": rij.pk}).url == bij_punt("agendapunt", punt)
    assert not Onthouding.objects.exists()
    stem(wereld, open_(wereld, punt), "voor", "O1")
    assert "Van Lid O1 is bij dit punt al een stem vastgelegd." in tekst(werk.post(adres, velden))


def test_na_een_stemming_is_een_onthouding_niet_meer_terug_te_nemen(
    werk: Client, wereld: Wereld, punt: Agendapunt
) -> None:
    rij = actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["O1"], door=wereld.door)
    assert f'name="terug" value="{rij.pk}"' in tekst(werk.get(bij_punt("agendapunt", punt)))
    ronde = open_(wereld, punt)
    stem(wereld, ronde, "voor", "O2", "O3", "W1", "W2", "W3", "K1")
    sluit(wereld, ronde, onvolledig=True)
    blad = tekst(werk.get(bij_punt("agendapunt", punt)))
    assert "Lid O1" in blad
    assert 'name="terug"' not in blad
    assert "hoort bij die stemming" in tekst(werk.post(bij_punt("onthouding", punt), {"terug": rij.pk}, follow=True))
    assert list(Onthouding.objects.all()) == [rij]


def test_na_de_vergadering_blijft_een_onthouding_staan(werk: Client, wereld: Wereld, punt: Agendapunt) -> None:
    rij = actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["O1"], door=wereld.door)
    actions.sluit_vergadering(vergadering=punt.vergadering, versie=None, door=wereld.door)
    assert "ligt vast" in tekst(werk.post(bij_punt("onthouding", punt), {"terug": rij.pk}, follow=True))
    assert Onthouding.objects.get() == rij


def test_wie_alleen_meeleest_kan_aan_een_stemming_niets_doen(
    wereld: Wereld, punt: Agendapunt, maak_gebruiker: Callable[..., Gebruiker]
) -> None:
    """Communicatie komt op de schermen van het secretariaat, maar legt niets van de raad vast."""
    ronde = open_(wereld, punt)
    rij = actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["O1"], door=wereld.door)
    client = Client()
    client.force_login(maak_gebruiker("", Rol.COMMUNICATIE))
    blad = tekst(client.get(bij_ronde("stemronde", ronde)))
    assert "Het voorstel" in blad
    assert "Sluit de stemming" not in blad
    assert 'name="stem"' not in blad
    for adres, velden in (
        (bij_ronde("stemronde", ronde), {"stem": "geleding:werknemers:voor"}),
        (bij_punt("onthouding", punt), {"terug": rij.pk}),
    ):
        assert "U mag deze handeling niet doen." in tekst(client.post(adres, velden, follow=True))
    for adres, velden in (
        (bij_ronde("stemronde-sluit", ronde), {"onvolledig": "on"}),
        (bij_ronde("stemronde-trek-in", ronde), {"intrekken-reden": "x"}),
        (bij_punt("onthouding", punt), {"onthouding-zetel": wereld.zetels["O2"].pk}),
    ):
        assert client.post(adres, velden).status_code == 403
    ronde.refresh_from_db()
    assert ronde.is_open
    assert not Stem.objects.exists()
    assert list(Onthouding.objects.all()) == [rij]


def test_een_stemming_hoort_bij_haar_eigen_vergadering(werk: Client, wereld: Wereld, punt: Agendapunt) -> None:
    ronde = open_(wereld, punt)
    ander = wereld.plan(vandaag() + timedelta(days=30))
    assert werk.get(reverse("vergaderingen:stemronde", args=[ander.pk, ronde.pk])).status_code == 404


def test_een_lid_antwoordt_op_de_eigen_tablet_en_bedenkt_zich(wereld_met_accounts: Wereld, client: Client) -> None:
    wereld = wereld_met_accounts
    punt = wereld.geopend().agendapunten.get()
    ronde = open_(wereld, punt, soort=Rondesoort.PEILING)
    adres = reverse("vergaderingen_lezen:peiling", args=[punt.vergadering_id, ronde.pk])
    client.force_login(wereld.leden["O1"].gebruiker)
    assert "Het voorstel" in tekst(client.get(adres))
    for keuze in ("voor", "tegen"):
        assert "Uw antwoord is binnen." in tekst(client.post(adres, {"keuze": keuze}, follow=True))
    assert "Kies voor, tegen of blanco." in tekst(client.post(adres, {"keuze": "misschien"}, follow=True))
    assert keuzes(ronde) == {"Lid O1": "tegen"}
    sluit(wereld, ronde)
    assert "Deze stemming is gesloten" in tekst(client.post(adres, {"keuze": "voor"}, follow=True))
    assert keuzes(ronde) == {"Lid O1": "tegen"}


def test_zonder_stem_bij_dit_punt_is_er_voor_u_geen_peiling(wereld_met_accounts: Wereld, client: Client) -> None:
    """De plaatsvervanger van wie er zelf is, wie zich onthoudt, en wie geen lid is; en hoofdelijk stemt men niet zo."""
    wereld = wereld_met_accounts
    punt = wereld.geopend().agendapunten.get()
    actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["O2"], door=wereld.door)
    peiling = open_(wereld, punt, soort=Rondesoort.PEILING)
    ander = wereld.punt(punt.vergadering, "Ander punt")
    hoofdelijk = open_(wereld, ander)
    buiten = [wereld.plv["O1"].gebruiker, wereld.leden["O2"].gebruiker, wereld.door]
    for gebruiker, ronde in [*((g, peiling) for g in buiten), (wereld.leden["O1"].gebruiker, hoofdelijk)]:
        client.force_login(gebruiker)
        adres = reverse("vergaderingen_lezen:peiling", args=[punt.vergadering_id, ronde.pk])
        assert client.get(adres).status_code == 404
        assert client.post(adres, {"keuze": "voor"}).status_code == 404
    assert not Stem.objects.exists()


def test_regel_9_tekenen_op_de_tablet_zegt_of_u_een_stem_heeft(wereld_met_accounts: Wereld, client: Client) -> None:
    wereld = wereld_met_accounts
    rij = wereld.opgeroepen()
    adres = reverse("vergaderingen_lezen:teken", args=[rij.pk])
    wereld.teken(rij, "O2")
    for persoon, stem_ in ((wereld.leden["O1"], True), (wereld.plv["O2"], False)):
        client.force_login(persoon.gebruiker)
        blad = tekst(client.post(adres, follow=True))
        assert "U staat op de presentielijst." in blad
        assert ("Een ander heeft de stem van deze zetel" in blad) != stem_
        assert rij.presenties.get(persoon=persoon).stemhebbend == stem_
    client.force_login(wereld.door)
    assert "hoort geen lid of plaatsvervanger" in tekst(client.post(adres, follow=True))
    assert rij.presenties.count() == 3
