"""Stap 1 zonder scherm: wie het mag, wat wordt geweigerd, en wat een wijziging met de termijnen doet."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from adviezen.actions import aanvraag as acties
from adviezen.actions.bureau import draag_over
from adviezen.actions.handelen import handel
from adviezen.enums import SoortVrager, Stap
from adviezen.models import Adviestraject
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu, vandaag
from publicatie.actions import publiceer
from publicatie.models import Publicatie
from publicatie.queries import laatste
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.aanvragen import registreer, start, wijzig
from tests.adviezen.bouw import Cast, Wereld
from tests.adviezen.hulp import MORGEN


def klok(traject: Adviestraject, soort: str) -> list[tuple[str, date]]:
    """Geef elke termijn van deze soort met haar stand en laatste dag."""
    return list(Termijn.objects.van(traject).filter(soort=soort).order_by("pk").values_list("status", "vervalt_op"))


# --- wie het mag ------------------------------------------------------------------------------------------------


def test_buiten_het_secretariaat_begint_niemand_een_traject(wereld: Wereld) -> None:
    """Een beheerder en een lid zien het scherm niet; de handeling zelf weigert hen ook."""
    eerder = Adviestraject.objects.count()
    for ander in (wereld.beheerder, wereld.account("FNV 1")):
        with pytest.raises(GeenToegang):
            registreer(wereld, door=ander)
        with pytest.raises(GeenToegang):
            start(wereld, door=ander)
    assert Adviestraject.objects.count() == eerder


def test_buiten_het_secretariaat_wijzigt_bevestigt_en_draagt_niemand_over(wereld: Wereld) -> None:
    traject = registreer(wereld)
    for ander in (wereld.beheerder, wereld.account("FNV 1")):
        with pytest.raises(GeenToegang):
            wijzig(traject, door=ander, titel="Gekaapt")
        with pytest.raises(GeenToegang):
            acties.bevestig_ontvangst(traject=traject, versie=None, op=vandaag(), door=ander)
        with pytest.raises(GeenToegang):
            draag_over(traject=traject, versie=None, secretaris=ander, waarnemer=None, door=ander)
    traject.refresh_from_db()
    assert (traject.titel, traject.secretaris) == ("Thuiswerken over de grens (voorbeeld)", wereld.secretaris)
    assert traject.aanvraag.ontvangst_bevestigd_op is None


# --- stap 1 -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"vragers": []}, "vragers"),
        ({"ontvangen_op": date(2100, 1, 1)}, "ontvangen_op"),
        ({"ontvangen_op": date(2001, 1, 1)}, "ontvangen_op"),
        ({"adviestermijn": None}, "adviestermijn"),
        ({"adviestermijn": date(2001, 1, 1)}, "adviestermijn"),
    ],
)
def test_de_handeling_keurt_ook_zonder_formulier(wereld: Wereld, anders: dict[str, Any], veld: str) -> None:
    """Regel 13 en 14 gelden ook voor wie niet door het scherm komt, bij registreren en bij wijzigen."""
    traject = registreer(wereld)
    eerder = Adviestraject.objects.count()
    for daad in (lambda: registreer(wereld, **anders), lambda: wijzig(traject, **anders)):
        with pytest.raises(InvoerFout) as fout:
            daad()
        assert fout.value.veld == veld
    assert Adviestraject.objects.count() == eerder


def test_na_stap_2_wijzigt_de_aanvraag_alleen_met_een_correctie(wereld: Wereld, casts: dict[str, Cast]) -> None:
    traject = casts[Stap.CONCEPT].traject
    with pytest.raises(InvoerFout, match="correctie"):
        wijzig(traject, titel="Te laat (voorbeeld)")
    assert casts[Stap.CONCEPT].vers().titel != "Te laat (voorbeeld)"


def test_ontvangen_kan_niet_na_de_bevestiging(wereld: Wereld) -> None:
    """Anders staat er dat de ontvangst bevestigd is voordat de brief er was."""
    traject = registreer(wereld)
    gisteren = vandaag() - MORGEN
    traject = acties.bevestig_ontvangst(traject=traject, versie=None, op=gisteren, door=wereld.secretaris)
    with pytest.raises(InvoerFout) as fout:
        wijzig(traject, ontvangen_op=vandaag())
    assert fout.value.veld == "ontvangen_op"
    assert wijzig(traject, ontvangen_op=gisteren).aanvraag.ontvangen_op == gisteren


def test_zonder_nieuw_bestand_blijft_de_brief(wereld: Wereld) -> None:
    traject = registreer(wereld, bestand=bouw.bestand())
    brief = traject.aanvraag.bestand
    assert wijzig(traject, vraag="Anders gevraagd.").aanvraag.bestand == brief
    nieuw = bouw.bestand("nieuw.pdf")
    assert wijzig(traject, bestand=nieuw).aanvraag.bestand == nieuw


def test_een_grond_binnen_de_wachttijd_houdt_de_aanvraag_binnen(wereld: Wereld) -> None:
    """Wie in die tien minuten ziet dat er bedrijfsgegevens in staan, haalt haar nog terug; zij was nooit openbaar."""
    traject = registreer(wereld)
    traject = wijzig(traject, vraag="Anders gevraagd.")
    rijen = Publicatie.objects.filter(sleutel=f"adviesaanvraag:t-{traject.pk}")
    assert rijen.filter(tot=None).count() == 1
    wijzig(traject, niet_openbaar_grond="Bedrijfsgegevens (voorbeeld)")
    assert [rij.tot == rij.vanaf for rij in rijen] == [True, True]
    assert not rijen.filter(intrekkingen__grafsteen=True).exists()


def test_een_grond_achteraf_trekt_de_openbare_aanvraag_in(wereld: Wereld) -> None:
    """Wat nog klaarstond gaat niet door, wat openbaar was krijgt een grafsteen, en daarna blijft zij te wijzigen."""
    traject = registreer(wereld)
    sleutel = f"adviesaanvraag:t-{traject.pk}"
    gisteren = publiceer(
        soort="adviesaanvraag", sleutel=sleutel, titel="Zoals gisteren", vanaf=nu() - MORGEN, door=wereld.secretaris
    )
    traject = wijzig(traject, vraag="Anders gevraagd.")
    straks = laatste(sleutel)
    assert straks is not None
    assert straks.vanaf > nu()
    traject = wijzig(traject, niet_openbaar_grond="Bedrijfsgegevens (voorbeeld)")
    for rij in (gisteren, straks):
        rij.refresh_from_db()
    assert straks.tot == straks.vanaf
    assert gisteren.tot is not None
    assert gisteren.tot <= nu()
    assert gisteren.intrekkingen.get(grafsteen=True).reden == "Bedrijfsgegevens (voorbeeld)"

    traject = wijzig(traject, titel="Andere titel (voorbeeld)")
    assert traject.titel == "Andere titel (voorbeeld)"
    assert gisteren.intrekkingen.count() == 1
    wijzig(traject, niet_openbaar_grond="")
    weer = laatste(sleutel)
    assert weer is not None
    assert weer.tot is None


def test_een_andere_adviestermijn_verzet_de_klok(wereld: Wereld) -> None:
    traject = registreer(wereld)
    later = vandaag() + timedelta(days=120)
    wijzig(traject, titel="Alleen een andere titel (voorbeeld)")
    assert klok(traject, "adviestermijn") == [("open", vandaag() + timedelta(days=90))]
    wijzig(traject, adviestermijn=later)
    assert klok(traject, "adviestermijn") == [("open", later)]


def test_een_kamer_haalt_de_adviestermijn_weg_en_zet_haar_weer(wereld: Wereld) -> None:
    """Zonder termijn waarschuwt er niets meer; komt zij terug, dan loopt er een nieuwe op naam van de secretaris."""
    traject = registreer(wereld, vragers=[bouw.vrager(SoortVrager.TWEEDE_KAMER)])
    traject = wijzig(traject, adviestermijn=None)
    assert [stand for stand, _ in klok(traject, "adviestermijn")] == ["vervallen"]
    later = vandaag() + timedelta(days=60)
    traject = wijzig(traject, adviestermijn=later, secretaris=wereld.tweede)
    assert [stand for stand, _ in klok(traject, "adviestermijn")] == ["vervallen", "open"]
    lopend = Termijn.objects.van(traject).lopend().get(soort="adviestermijn")
    assert (lopend.vervalt_op, lopend.eigenaar) == (later, wereld.tweede)
    zonder = registreer(
        wereld, titel="Zonder (voorbeeld)", vragers=[bouw.vrager(SoortVrager.TWEEDE_KAMER)], adviestermijn=None
    )
    wijzig(zonder, titel="Nog steeds zonder (voorbeeld)")
    assert klok(zonder, "adviestermijn") == []


def test_een_verbeterde_dag_verzet_ook_de_klokken(wereld: Wereld) -> None:
    """Beide klokken tellen vanaf een dag uit de brief; een verkeerd jaar mag ze niet laten staan of vastzetten."""
    dag = vandaag()
    traject = registreer(wereld)
    vroeger = dag - timedelta(days=40)
    traject = wijzig(traject, datum=vroeger, ontvangen_op=vroeger + MORGEN, adviestermijn=vroeger + timedelta(days=10))
    lopend = {t.soort: (t.basis, t.vervalt_op) for t in Termijn.objects.van(traject).lopend()}
    assert lopend == {
        "adviestermijn": (vroeger, vroeger + timedelta(days=10)),
        "ontvangstbevestiging": (vroeger + MORGEN, vroeger + timedelta(days=8)),
    }
    acties.bevestig_ontvangst(traject=traject, versie=None, op=dag, door=wereld.secretaris)
    wijzig(Adviestraject.objects.get(pk=traject.pk), ontvangen_op=dag)
    assert not Termijn.objects.van(traject).filter(soort="ontvangstbevestiging").lopend().exists()


def test_de_ontvangst_wordt_een_keer_bevestigd_op_een_dag_die_kan(wereld: Wereld) -> None:
    traject = registreer(wereld)
    for dag, stuk in ((vandaag() + MORGEN, "toekomst"), (vandaag() - 3 * MORGEN, "voordat de brief er was")):
        with pytest.raises(InvoerFout, match=stuk) as fout:
            acties.bevestig_ontvangst(traject=traject, versie=None, op=dag, door=wereld.secretaris)
        assert fout.value.veld == "op"
    traject = acties.bevestig_ontvangst(traject=traject, versie=None, op=vandaag(), door=wereld.tweede)
    assert traject.aanvraag.ontvangst_bevestigd_op == vandaag()
    with pytest.raises(InvoerFout, match="al bevestigd") as fout:
        acties.bevestig_ontvangst(traject=traject, versie=None, op=vandaag(), door=wereld.secretaris)
    assert fout.value.veld == "op"


def test_bevestigen_kan_ook_als_er_geen_termijn_meer_loopt(wereld: Wereld) -> None:
    """Na een intrekking die herroepen werd kan de termijn zijn vervallen; de bevestiging blijft een feit."""
    traject = registreer(wereld)
    Termijn.objects.van(traject).update(status="vervallen")
    traject = acties.bevestig_ontvangst(traject=traject, versie=None, op=vandaag(), door=wereld.secretaris)
    assert traject.aanvraag.ontvangst_bevestigd_op == vandaag()
    assert [stand for stand, _ in klok(traject, "ontvangstbevestiging")] == ["vervallen"]


# --- twee keer hetzelfde ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("begin", [registreer, start])
def test_wat_al_geregistreerd_is_begint_geen_tweede_keer(wereld: Wereld, begin: Any) -> None:
    """Een tweede klik, of een collega met dezelfde brief: de weigering noemt het traject dat er al is."""
    eerste = begin(wereld)
    with pytest.raises(InvoerFout, match=f"al geregistreerd, als {eerste.kenmerk}") as fout:
        begin(wereld, titel=f" {eerste.titel.upper()} ", door=wereld.tweede)
    assert fout.value.veld == "titel"
    dag = {"datum" if begin is registreer else "besloten_op": vandaag() - timedelta(days=5)}
    assert begin(wereld, **dag).pk != eerste.pk


def test_na_een_einde_mag_dezelfde_brief_opnieuw(wereld: Wereld) -> None:
    """Wie het verkeerde traject beëindigde, registreert de brief opnieuw."""
    eerste = registreer(wereld)
    handel(
        traject=eerste, versie=None, overgang="beeindig", reden="Verkeerd geregistreerd.", datum=vandaag(),
        door=wereld.raadssecretaris,
    )  # fmt: skip
    assert registreer(wereld).pk != eerste.pk


def test_het_jaar_in_het_kenmerk_is_dat_van_amsterdam(wereld: Wereld) -> None:
    """Een half uur na de jaarwisseling is het in UTC nog vorig jaar."""
    with time_machine.travel(datetime(2025, 12, 31, 23, 30, tzinfo=UTC), tick=False):
        traject = registreer(wereld)
    assert traject.kenmerk == f"VT26/{traject.pk:03d}"
