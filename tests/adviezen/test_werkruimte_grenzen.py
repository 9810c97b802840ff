"""De randen van de werkruimte: wie het niet mag, wat leeg is, wie geen contact heeft, en wat voorbij is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from adviezen.actions import mede as samen
from adviezen.actions import organisatie as acties
from adviezen.actions import reacties
from adviezen.actions.bewaren import _een_ronde, vernietig_notities
from adviezen.actions.herinner import herinner
from adviezen.enums import Medestatus, Stap
from adviezen.models import (
    Achterbanberaad,
    Deelname,
    InterneNotitie,
    Knelpunt,
    Knelpuntbericht,
    Medeondertekening,
    Meelezer,
    Reactie,
)
from adviezen.queries.reacties import overzicht, ronden
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import dag_van, datum_nl, nu, vandaag
from logboek.models import Gebeurtenis
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast, Wereld
from tests.adviezen.hulp import MORGEN
from toegang.models import Gebruiker


def begin(wereld: Wereld) -> Cast:
    return bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)


@pytest.fixture
def fnv(cast: Cast) -> Deelname:
    return cast.deelname("FNV")


@pytest.fixture
def lto(cast: Cast) -> Deelname:
    return cast.deelname("LTO")


def contact(deelname: Deelname) -> Gebruiker:
    assert deelname.contact is not None
    return deelname.contact


def zonder_contact(deelname: Deelname) -> Deelname:
    Deelname.objects.filter(pk=deelname.pk).update(contact=None)
    return Deelname.objects.get(pk=deelname.pk)


def concept(deelname: Deelname) -> Reactie:
    reactie = reacties.begin_reactie(deelname=deelname, door=contact(deelname))
    return reacties.bewaar_reactie(
        reactie=reactie, versie=None, oordeel="akkoord", toelichting="Samen.", door=contact(deelname), punten=[]
    )


# --- knelpunten en notities -------------------------------------------------------------------------------------


def test_een_leeg_knelpunt_antwoord_of_notitie_noemt_het_veld(cast: Cast, fnv: Deelname) -> None:
    knelpunt = acties.meld_knelpunt(deelname=fnv, tekst="Te kort.", door=contact(fnv))
    for daad in (
        lambda: acties.meld_knelpunt(deelname=fnv, tekst=" ", door=contact(fnv)),
        lambda: acties.beantwoord_knelpunt(knelpunt=knelpunt, tekst=" ", door=cast.secretaris),
        lambda: acties.schrijf_notitie(deelname=fnv, tekst="\n", door=contact(fnv)),
    ):
        with pytest.raises(InvoerFout) as fout:
            daad()
        assert fout.value.veld == "tekst"
    assert (Knelpunt.objects.count(), Knelpuntbericht.objects.count(), InterneNotitie.objects.count()) == (1, 0, 0)
    knelpunt.refresh_from_db()
    assert knelpunt.gezien_op is None, "een mislukt antwoord haalt het niet van het beginscherm"


def test_gezien_zegt_alleen_de_eigen_secretaris(cast: Cast, fnv: Deelname) -> None:
    """Zag een collega het, dan verdwijnt het bij wie er iets mee moet doen."""
    knelpunt = acties.meld_knelpunt(deelname=fnv, tekst="Te kort.", door=contact(fnv))
    for ander in (cast.tweede, contact(fnv), cast.buitenstaander):
        with pytest.raises(GeenToegang):
            acties.markeer_knelpunt_gezien(knelpunt=knelpunt, door=ander)
    assert acties.markeer_knelpunt_gezien(knelpunt=knelpunt, door=cast.secretaris).gezien_op is not None


def test_een_antwoord_komt_er_ook_als_het_contact_weg_is(cast: Cast, fnv: Deelname) -> None:
    """Er is dan niemand te berichten; het antwoord staat klaar voor wie het overneemt."""
    knelpunt = acties.meld_knelpunt(deelname=fnv, tekst="Te kort.", door=contact(fnv))
    zonder_contact(fnv)
    knelpunt = Knelpunt.objects.get(pk=knelpunt.pk)
    acties.beantwoord_knelpunt(knelpunt=knelpunt, tekst="Wij bellen u.", door=cast.secretaris)
    assert [b.tekst for b in Knelpuntbericht.objects.filter(knelpunt=knelpunt)] == ["Wij bellen u."]
    assert not Bericht.objects.filter(feit__startswith="adviezen.beantwoord_knelpunt").exists()


# --- meelezers --------------------------------------------------------------------------------------------------


def test_een_ander_laat_niemand_binnen_en_stopt_niemand(cast: Cast, fnv: Deelname, lto: Deelname) -> None:
    """Ook niet de secretaris: wie er voor een organisatie meeleest, is van die organisatie."""
    collega = bouw.maak_gebruiker("Collega")
    rij = acties.laat_meelezen(deelname=fnv, gebruiker=collega, door=contact(fnv))
    for ander in (contact(lto), cast.secretaris, cast.buitenstaander):
        with pytest.raises(GeenToegang):
            acties.nodig_nieuwe_collega_uit(deelname=fnv, email="nieuw@bond.test", naam="Nieuw", door=ander)
        with pytest.raises(GeenToegang):
            acties.stop_meelezen(meelezer=rij, deelname=fnv, door=ander)
    assert not Gebruiker.objects.filter(email="nieuw@bond.test").exists()
    assert list(Meelezer.objects.filter(beraad=cast.beraad, gestopt_op=None)) == [rij]


def test_de_belofte_geldt_een_keer_en_niet_na_de_ronde(cast: Cast, fnv: Deelname) -> None:
    """Het logboek zegt wanneer iemand beloofde te zwijgen; een tweede druk verschuift dat niet."""
    collega, laat = bouw.maak_gebruiker("Collega"), bouw.maak_gebruiker("Laat")
    rij = acties.laat_meelezen(deelname=fnv, gebruiker=collega, door=contact(fnv))
    te_laat = acties.laat_meelezen(deelname=fnv, gebruiker=laat, door=contact(fnv))
    eerste = acties.aanvaard_geheimhouding(meelezer=rij, door=collega).geheimhouding_op
    assert acties.aanvaard_geheimhouding(meelezer=rij, door=collega).geheimhouding_op == eerste
    assert Gebeurtenis.objects.filter(soort="adviezen.aanvaard_geheimhouding").count() == 1
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(gesloten_op=nu(), sluit_reden="Klaar.")
    with pytest.raises(InvoerFout, match="ronde is gesloten"):
        acties.aanvaard_geheimhouding(meelezer=te_laat, door=laat)


# --- samen reageren ---------------------------------------------------------------------------------------------


def test_nog_eens_vragen_geeft_een_verzoek_en_een_bericht(fnv: Deelname, lto: Deelname) -> None:
    reactie = concept(fnv)
    rijen = {samen.vraag_mede(reactie=reactie, deelname=lto, door=contact(fnv)).pk for _ in range(2)}
    assert len(rijen) == 1
    assert Bericht.objects.filter(feit__startswith="adviezen.mede_").count() == 1
    (rij,) = Medeondertekening.objects.all()
    with pytest.raises(GeenToegang):
        samen.trek_mede_terug(mede=rij, door=contact(lto))
    assert Medeondertekening.objects.filter(pk=rij.pk).exists()


def test_zonder_contact_is_er_een_verzoek_en_geen_bericht(fnv: Deelname, lto: Deelname) -> None:
    rij = samen.vraag_mede(reactie=concept(fnv), deelname=zonder_contact(lto), door=contact(fnv))
    assert rij.status == Medestatus.GEVRAAGD
    assert not Bericht.objects.filter(feit__startswith="adviezen.mede_").exists()


@pytest.mark.parametrize("hoe", ["alles", "oordeel", "punt"])
def test_wie_meetekende_bevestigt_de_gewijzigde_tekst_opnieuw(fnv: Deelname, lto: Deelname, hoe: str) -> None:
    """Anders staat een organisatie onder woorden die zij nooit las; hetzelfde nog eens bewaren vraagt niets."""
    reactie = concept(fnv)
    mede = samen.vraag_mede(reactie=reactie, deelname=lto, door=contact(fnv))
    samen.beantwoord_mede(mede=mede, akkoord=True, door=contact(lto))
    vast: dict[str, Any] = {"reactie": reactie, "versie": None, "door": contact(fnv)}
    reacties.bewaar_oordeel(oordeel="akkoord", toelichting="Samen.", **vast)
    concept(fnv)
    mede.refresh_from_db()
    assert mede.status == Medestatus.BEVESTIGD
    if hoe == "alles":
        reacties.bewaar_reactie(oordeel="akkoord", toelichting="Samen.", punten=[reacties.Punt("Meer.")], **vast)
    elif hoe == "oordeel":
        reacties.bewaar_oordeel(oordeel="knelpunt", toelichting="Samen.", **vast)
    else:
        reacties.voeg_punt_toe(punt=reacties.Punt("Meer."), **vast)
    mede.refresh_from_db()
    assert mede.status == Medestatus.GEVRAAGD
    bericht = Bericht.objects.filter(feit__startswith="adviezen.mede_gevraagd:").latest("pk")
    assert (bericht.ontvanger, "wordt gewijzigd" in bericht.onderwerp) == (contact(lto), True)


def test_wie_meetekent_las_de_reactie_zoals_zij_nu_is(als: Any, fnv: Deelname, lto: Deelname) -> None:
    """Wat de ander tussen lezen en tekenen veranderde, stond anders onder een naam die het nooit zag."""
    reactie = concept(fnv)
    mede = samen.vraag_mede(reactie=reactie, deelname=lto, door=contact(fnv))
    adres, client = reverse("organisatie:mede", kwargs={"pk": lto.pk, "mede": mede.pk}), als(contact(lto))
    gelezen = client.get(adres).context["reactie"].rijversie
    reacties.voeg_punt_toe(reactie=reactie, versie=None, punt=reacties.Punt("Wij zijn tegen."), door=contact(fnv))
    for velden in ({"akkoord": "ja", "versie": gelezen}, {"akkoord": "ja"}):
        blad = client.post(adres, velden)
        assert (blad.status_code, "Wij zijn tegen." in blad.content.decode()) == (422, True)
        mede.refresh_from_db()
        assert mede.status == Medestatus.GEVRAAGD
    nu_gelezen = {"akkoord": "ja", "versie": blad.context["reactie"].rijversie}
    assert f'name="versie" value="{nu_gelezen["versie"]}"' in blad.content.decode()
    assert client.post(adres, nu_gelezen).status_code == 302
    mede.refresh_from_db()
    assert mede.status == Medestatus.BEVESTIGD


# --- herinneren en de stand -------------------------------------------------------------------------------------


def test_herinneren_kan_alleen_wie_nog_moet_en_bereikbaar_is(cast: Cast, fnv: Deelname, lto: Deelname) -> None:
    """Kan één organisatie niet, dan gaat er niets uit: de secretaris moet weten wie hij overslaat."""
    Gebruiker.objects.filter(pk=contact(lto).pk).update(is_active=False)
    zonder_contact(cast.deelname("CNV"))
    for sleutel in ("LTO", "CNV"):
        with pytest.raises(InvoerFout, match=f"{sleutel}.*geen contact met een werkend account"):
            herinner(traject=cast.traject, versie=None, deelnames=[fnv, cast.deelname(sleutel)], door=cast.secretaris)
    bouw.dien_in(cast.deelname("VCP"))
    for keuze in ([], [cast.deelname("VCP")]):
        with pytest.raises(InvoerFout, match="nog niet reageerde") as fout:
            herinner(traject=cast.traject, versie=None, deelnames=keuze, door=cast.secretaris)
        assert fout.value.veld == "deelnames"
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(gesloten_op=nu(), sluit_reden="Klaar.")
    with pytest.raises(InvoerFout, match="geen achterbanberaad open"):
        herinner(traject=cast.traject, versie=None, deelnames=[fnv], door=cast.secretaris)
    assert not Deelname.objects.filter(herinnerd_op__isnull=False).exists()


def test_de_stand_zegt_wie_te_laat_is_herinnerd_is_en_wie_niemand_heeft(cast: Cast, fnv: Deelname) -> None:
    zonder_contact(cast.deelname("CNV"))
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(
        geopend_op=nu() - 9 * MORGEN, uiterlijk_op=vandaag() - MORGEN
    )
    herinnerd = nu() - 3 * MORGEN
    Deelname.objects.filter(pk=fnv.pk).update(herinnerd_op=herinnerd)
    bouw.dien_in(cast.deelname("VCP"))
    matrix = overzicht(cast.vers(), cast.secretaris)["matrix"]
    rijen = {rij.kop.tekst.split(" (")[0]: (rij.kop.onder, rij.cellen[0]) for rij in matrix.rijen}
    assert rijen["FNV"][1].toestand == "fout"
    assert rijen["FNV"][1].toelichting == f"over de datum, herinnerd op {datum_nl(dag_van(herinnerd))}"
    assert rijen["CNV"][0] == ""
    assert rijen["FNV"][0] == str(contact(fnv))
    assert "datum" not in rijen["VCP"][1].toelichting


def test_de_ronden_van_mij_zijn_die_van_mijn_trajecten(cast: Cast) -> None:
    ander = bouw.traject_op(Stap.ACHTERBANBERAAD, cast.wereld)
    type(ander.traject).objects.filter(pk=ander.traject.pk).update(secretaris=cast.tweede, waarnemer=cast.secretaris)
    assert ronden(cast.tweede, "mij") == [ander.beraad]
    assert cast.beraad in ronden(cast.secretaris, "mij")
    assert ander.beraad not in ronden(cast.secretaris, "mij")
    assert ronden(cast.secretaris, "waarneming") == [ander.beraad]


# --- bewaren ----------------------------------------------------------------------------------------------------


def test_notities_blijven_tot_de_dag_zelf(cast: Cast, fnv: Deelname, settings: Any) -> None:
    """De dag in Amsterdam telt, niet het uur: op de avond ervoor staan zij er nog, en twee werkers tellen één keer."""
    acties.schrijf_notitie(deelname=fnv, tekst="Kanarie", door=contact(fnv))
    dicht = datetime(2025, 3, 3, 8, tzinfo=UTC)
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(
        geopend_op=dicht - MORGEN, gesloten_op=dicht, sluit_reden="Klaar."
    )
    dag = dicht + timedelta(days=settings.INTERNE_NOTITIES_DAGEN)
    assert vernietig_notities(dag - timedelta(hours=12)) == 0
    assert InterneNotitie.objects.exists()
    assert _een_ronde(cast.beraad.pk, dag) == 1
    assert _een_ronde(cast.beraad.pk, dag) == 0
    assert Gebeurtenis.objects.filter(soort="adviezen.vernietig_notities").count() == 1
