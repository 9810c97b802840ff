"""Wat een stemming weigert, en dat een weigering niets achterlaat (Wet op de SER art. 22-27)."""

from datetime import timedelta

import pytest

from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd
from kern.tijd import vandaag
from logboek.models import Gebeurtenis
from raad.actions import beeindig_benoeming
from raad.models import Benoeming
from tests.vergaderingen.conftest import Wereld, maak_commissie
from tests.vergaderingen.test_stemronde import open_, sluit, stem
from vergaderingen import actions, stemlijst
from vergaderingen.enums import Besluitsoort, Orgaan, Rondesoort, Uitkomst
from vergaderingen.models import Stem, Stembriefje
from vergaderingen.stemming import Telling

pytestmark = pytest.mark.django_db


def test_een_stemming_vraagt_een_voorstel_en_doet_alleen_over_wat_openstaat(wereld: Wereld) -> None:
    """Een herstemming geldt met elk aantal; zij mag dus niet zomaar aan een stemming worden gehangen."""
    punt = wereld.geopend().agendapunten.get()
    with pytest.raises(InvoerFout, match="waarover") as leeg:
        open_(wereld, punt, vraag="  ")
    nietig = sluit(wereld, open_(wereld, punt), onvolledig=True)
    assert nietig.besluit.uitkomst == Uitkomst.NIETIG
    with pytest.raises(InvoerFout, match="niet worden overgedaan") as zelfde_dag:
        open_(wereld, punt, vorige=nietig)
    assert (leeg.value.veld, zelfde_dag.value.veld) == ("vraag", "vorige")
    assert list(punt.stemronden.all()) == [nietig], "een geweigerde stemming laat niets na"


def test_regel_30_een_herstemming_gaat_over_hetzelfde_voorstel(wereld: Wereld) -> None:
    """Zij geldt met elk aantal (Wet op de SER art. 25): een ander voorstel zou zo zonder de helft worden aangenomen."""
    eerder = wereld.geopend(vandaag() - timedelta(days=30))
    nietig = sluit(wereld, open_(wereld, eerder.agendapunten.get()), onvolledig=True)
    actions.sluit_vergadering(vergadering=eerder, versie=None, door=wereld.door)
    punt = wereld.geopend().agendapunten.get()
    for anders, veld in (({"vraag": "Iets heel anders"}, "vraag"), ({"over": Besluitsoort.VERORDENING}, "over")):
        with pytest.raises(InvoerFout, match="hetzelfde") as fout:
            open_(wereld, punt, vorige=nietig, **anders)
        assert fout.value.veld == veld
    assert not punt.stemronden.exists()
    assert open_(wereld, punt, vorige=nietig).vorige == nietig


def test_alleen_voor_tegen_en_blanco_zijn_stemmen(wereld: Wereld) -> None:
    ronde = open_(wereld, wereld.geopend().agendapunten.get())
    with pytest.raises(InvoerFout, match="voor, tegen of blanco") as een:
        stem(wereld, ronde, "onthouden", "O1")
    with pytest.raises(InvoerFout, match="voor, tegen of blanco"):
        actions.leg_geleding_vast(ronde=ronde, geleding="ondernemers", keuze="", door=wereld.door)
    with pytest.raises(InvoerFout, match="Kies een geleding"):
        actions.leg_geleding_vast(ronde=ronde, geleding="kantine", keuze="voor", door=wereld.door)
    assert een.value.veld == "keuze"
    assert not Stem.objects.exists()


@pytest.mark.parametrize("over", [Besluitsoort.PERSONEN, Besluitsoort.ZAAK])
def test_regel_32_een_geleding_stemt_alleen_hoofdelijk_in_een_keer(wereld: Wereld, over: str) -> None:
    """Bij briefjes staat nergens wie wat stemde, en bij een peiling antwoordt het lid zelf."""
    soort = Rondesoort.PEILING if over == Besluitsoort.ZAAK else Rondesoort.HOOFDELIJK
    ronde = open_(wereld, wereld.geopend().agendapunten.get(), soort=soort, over=over)
    with pytest.raises(InvoerFout, match="Alleen bij een hoofdelijke"):
        actions.leg_geleding_vast(ronde=ronde, geleding="ondernemers", keuze="voor", door=wereld.door)
    assert not Stem.objects.exists()


def test_een_lid_stemt_hoofdelijk_niet_zelf_op_de_tablet(wereld_met_accounts: Wereld) -> None:
    wereld = wereld_met_accounts
    ronde = open_(wereld, wereld.geopend().agendapunten.get())
    with pytest.raises(GeenToegang):
        actions.antwoord_peiling(ronde=ronde, keuze="voor", door=wereld.leden["O1"].gebruiker)
    assert not Stem.objects.exists()


def test_regel_32_briefjes_worden_geteld_en_alleen_bij_personen(wereld: Wereld) -> None:
    punt = wereld.geopend().agendapunten.get()
    actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["O1"], door=wereld.door)
    zaak = open_(wereld, punt)
    eigen = [wereld.zetels["O2"].pk]
    with pytest.raises(InvoerFout, match="geen briefjes"):
        actions.leg_briefjes_vast(ronde=zaak, zetels=eigen, telling=Telling(1, 0, 0), door=wereld.door)
    actions.trek_stemronde_in(ronde=zaak, reden="Het gaat over een persoon", door=wereld.door)
    ronde = open_(wereld, punt, over=Besluitsoort.PERSONEN)
    with pytest.raises(InvoerFout, match="Tel de briefjes"):
        sluit(wereld, ronde, onvolledig=True)
    zetels = [*eigen, wereld.zetels["O1"].pk]
    with pytest.raises(InvoerFout, match="geen stem heeft") as onthouden:
        actions.leg_briefjes_vast(ronde=ronde, zetels=zetels, telling=Telling(2, 0, 0), door=wereld.door)
    assert onthouden.value.veld == "zetels"
    ronde.refresh_from_db()
    assert ronde.is_open
    assert not Stembriefje.objects.exists()
    assert not punt.besluiten.exists()


def test_regel_33_onthouden_kan_alleen_wie_die_dag_een_zetel_heeft(wereld: Wereld) -> None:
    lid = Benoeming.objects.get(zetel=wereld.zetels["O3"], persoon=wereld.leden["O3"])
    beeindig_benoeming(benoeming=lid, per=vandaag(), reden="Vertrokken", door=None)
    rij = wereld.opgeroepen()
    punt = rij.agendapunten.get()
    with pytest.raises(InvoerFout, match="niemand") as fout:
        actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["O3"], door=wereld.door)
    assert fout.value.veld == "zetel"
    actions.teken_presentie(vergadering=rij, persoon=wereld.leden["W1"], aanwezig=False, door=wereld.door)
    afwezig = actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["W1"], door=wereld.door)
    assert afwezig.persoon == wereld.leden["W1"], "ook wie er niet is kan zich onthouden"


def test_onthouding_hoort_bij_raad_en_dagelijks_bestuur(wereld: Wereld) -> None:
    rij = wereld.geopend(orgaan=Orgaan.COMMISSIE, commissie=maak_commissie(wereld))
    with pytest.raises(InvoerFout, match="alleen vast bij de raad") as fout:
        actions.leg_onthouding_vast(agendapunt=rij.agendapunten.get(), zetel=wereld.zetels["K1"], door=wereld.door)
    assert fout.value.veld == "zetel"


def test_een_onthouding_tweemaal_terugnemen_staat_een_keer_in_het_logboek(wereld: Wereld) -> None:
    punt = wereld.geopend().agendapunten.get()
    onthouding = actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["O1"], door=wereld.door)
    for _ in range(2):
        actions.neem_onthouding_terug(onthouding=onthouding, door=wereld.door)
    assert Gebeurtenis.objects.filter(soort="vergaderingen.neem_onthouding_terug").count() == 1


def test_een_gestaakte_stemming_sluit_niet_alsnog_met_een_uitslag(wereld: Wereld) -> None:
    """Wie sluit terwijl een ander staakte, hoort dat er geen uitslag is; anders lijkt het gelukt."""
    punt = wereld.geopend().agendapunten.get()
    ronde = open_(wereld, punt)
    actions.trek_stemronde_in(ronde=ronde, reden="Voorstel ingetrokken", door=wereld.door)
    with pytest.raises(OvergangGeweigerd, match="gestaakt"):
        sluit(wereld, ronde, onvolledig=True)
    assert not punt.besluiten.exists()


def test_zonder_vergaderdag_is_er_niets_over_te_doen(wereld: Wereld) -> None:
    """Zonder dag is niet te zeggen wat eerder was."""
    sluit(wereld, open_(wereld, wereld.geopend(vandaag() - timedelta(days=30)).agendapunten.get()), onvolledig=True)
    punt = wereld.punt(wereld.plan(vandaag() + timedelta(days=30)))
    assert len(stemlijst.te_herstemmen(punt)) == 1
    punt.vergadering.datum = None
    assert stemlijst.te_herstemmen(punt) == []


def test_de_rijen_van_een_stemming_heten_naar_wie_en_wat(wereld: Wereld) -> None:
    """Zo staan zij in het logboek en het beheer; bij een briefje staat er nooit wat erop stond."""
    rij = wereld.geopend()
    punt = rij.agendapunten.get()
    onthouding = actions.leg_onthouding_vast(agendapunt=punt, zetel=wereld.zetels["O1"], door=wereld.door)
    ronde = open_(wereld, punt)
    stem(wereld, ronde, "tegen", "O2")
    sluit(wereld, ronde, onvolledig=True)
    personen = open_(wereld, punt, over=Besluitsoort.PERSONEN, vraag="Benoeming")
    eigen = [wereld.zetels["O3"].pk]
    actions.leg_briefjes_vast(ronde=personen, zetels=eigen, telling=Telling(0, 1, 0), door=wereld.door)
    assert [str(x) for x in (onthouding, ronde, Stem.objects.get(), Stembriefje.objects.get())] == [
        f"Lid O1 onthoudt zich bij {punt}",
        f"{ronde.get_soort_display()}: Het voorstel",
        "Lid O2: tegen",
        "Lid O3 leverde een briefje in",
    ]
