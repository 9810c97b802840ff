"""Stap 1 zonder scherm: wie het mag, wat wordt geweigerd, en wat een wijziging met de termijnen doet."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from adviezen.actions import aanvraag as acties
from adviezen.actions import startbesluit
from adviezen.actions.bureau import draag_bureau_over, draag_over
from adviezen.actions.handelen import handel
from adviezen.enums import SoortVrager, Stap
from adviezen.models import Adviestraject
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie
from kern.tijd import nu, vandaag
from logboek.models import Gebeurtenis
from publicatie.actions import publiceer
from publicatie.models import Publicatie
from publicatie.queries import laatste
from termijnen.actions import draag_termijn_over
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast, Wereld
from tests.adviezen.hulp import MORGEN
from toegang.models import Gebruiker


def registreer(wereld: Wereld, *, door: Gebruiker | None = None, **anders: Any) -> Adviestraject:
    dag = vandaag()
    velden: dict[str, Any] = {
        "titel": "Thuiswerken over de grens (voorbeeld)",
        "vraag": "Wat is nodig?",
        "vragers": [bouw.vrager()],
        "datum": dag - 3 * MORGEN,
        "ontvangen_op": dag - 2 * MORGEN,
        "adviestermijn": dag + timedelta(days=90),
        "secretaris": wereld.secretaris,
    }
    return acties.registreer_aanvraag(door=door or wereld.secretaris, **(velden | anders))


def wijzig(traject: Adviestraject, *, door: Gebruiker | None = None, **anders: Any) -> Adviestraject:
    """Wijzig alleen wat genoemd is; de rest blijft zoals het was."""
    aanvraag = traject.aanvraag
    velden: dict[str, Any] = {
        "titel": traject.titel,
        "werktitel_openbaar": traject.werktitel_openbaar,
        "vraag": aanvraag.vraag,
        "vragers": list(aanvraag.vragers.all()),
        "datum": aanvraag.datum,
        "ontvangen_op": aanvraag.ontvangen_op,
        "adviestermijn": traject.adviestermijn,
        "kenmerk_vrager": aanvraag.kenmerk_vrager,
        "niet_openbaar_grond": aanvraag.niet_openbaar_grond,
        "raad_zelf_gevraagd": traject.raad_zelf_gevraagd,
        "secretaris": traject.secretaris,
        "themas": [],
    }
    return acties.wijzig_aanvraag(traject=traject, versie=None, door=door or traject.secretaris, **(velden | anders))


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


def start(wereld: Wereld, *, door: Gebruiker | None = None, **anders: Any) -> Adviestraject:
    velden: dict[str, Any] = {
        "titel": "Kleine bedrijven en AI (voorbeeld)",
        "geadresseerden": "het kabinet",
        "tekst": "De raad adviseert.",
        "besloten_op": vandaag(),
        "secretaris": wereld.secretaris,
    }
    return startbesluit.start_eigen_initiatief(door=door or wereld.secretaris, **(velden | anders))


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


def test_een_collega_neemt_een_traject_niet_zelf_over(wereld: Wereld) -> None:
    """Iedereen van het secretariaat vult de aanvraag aan, maar overdragen doet wie het traject heeft."""
    traject = registreer(wereld)
    assert wijzig(traject, door=wereld.tweede, titel="Aangevuld (voorbeeld)").titel == "Aangevuld (voorbeeld)"
    with pytest.raises(GeenToegang):
        draag_over(traject=traject, versie=None, secretaris=wereld.tweede, waarnemer=None, door=wereld.tweede)
    with pytest.raises(InvoerFout, match="wie het traject heeft") as fout:
        wijzig(traject, door=wereld.tweede, secretaris=wereld.tweede, titel="Half (voorbeeld)")
    assert fout.value.veld == "secretaris"
    traject.refresh_from_db()
    assert (traject.secretaris, traject.titel) == (wereld.secretaris, "Aangevuld (voorbeeld)")


def test_wie_waarnam_en_het_traject_krijgt_neemt_niet_meer_waar(wereld: Wereld) -> None:
    """Anders is er niemand die waarneemt, en staat er toch een naam; het logboek noemt van wie het kwam."""
    traject = registreer(wereld)
    draag_over(
        traject=traject, versie=None, secretaris=wereld.secretaris, waarnemer=wereld.tweede, door=wereld.secretaris
    )
    traject = wijzig(traject, secretaris=wereld.tweede)
    assert (traject.secretaris, traject.waarnemer) == (wereld.tweede, None)
    spoor = Gebeurtenis.objects.filter(soort="adviezen.wijzig_aanvraag", object_id=str(traject.pk)).latest("pk")
    assert spoor.gegevens["was"]["secretaris"] == wereld.secretaris.naam


def hoort(wie: Gebruiker) -> list[str]:
    """Geef de onderwerpen van wat er voor iemand klaarstaat."""
    return list(
        Bericht.objects.filter(ontvanger=wie, feit__contains="draag_", status="wacht").values_list(
            "onderwerp", flat=True
        )
    )


def test_wie_een_traject_krijgt_waarneemt_of_kwijt_is_hoort_het_en_wie_het_deed_niet(wereld: Wereld) -> None:
    een, twee, derde = wereld.secretaris, wereld.tweede, wereld.raadssecretaris
    traject = registreer(wereld)
    assert hoort(een) == [], "hij registreerde het zelf"
    registreer(wereld, titel="Voor een collega (voorbeeld)", secretaris=twee)
    assert hoort(twee) == ["U behandelt nu een adviestraject"]
    Bericht.objects.filter(ontvanger=twee).update(status="verstuurd", verstuurd_op=nu())
    draag_over(traject=traject, versie=None, secretaris=een, waarnemer=twee, door=een)
    assert (hoort(een), hoort(twee)) == ([], ["U neemt een adviestraject waar"])
    draag_over(traject=traject, versie=None, secretaris=twee, waarnemer=None, door=derde)
    assert hoort(een) == ["Een ander behandelt nu een adviestraject van u"]
    assert hoort(twee) == ["U behandelt nu een adviestraject"], "het laatste geldt"
    wijzig(traject, door=twee, secretaris=een)
    assert (hoort(een), hoort(twee)) == (["U behandelt nu een adviestraject"], [])


def test_over_een_heel_bureau_gaat_een_bericht(wereld: Wereld) -> None:
    een, twee = wereld.secretaris, wereld.tweede
    for nummer in range(3):
        registreer(wereld, titel=f"Traject {nummer} (voorbeeld)")
    draag_bureau_over(van=een, naar=twee, hoe="waarnemen", reden="Verlof.", door=een)
    assert (hoort(een), hoort(twee)) == ([], ["U neemt een bureau waar"])
    draag_bureau_over(van=een, naar=twee, hoe="overdragen", reden="Ander werk.", door=wereld.raadssecretaris)
    assert (hoort(een), sorted(hoort(twee))) == (
        ["Uw bureau is overgedragen"],
        ["Een bureau is aan u overgedragen", "U neemt een bureau waar"],
    )


@pytest.mark.parametrize("via", ["overdragen", "wijzigen"])
def test_wie_een_traject_krijgt_bewaakt_ook_zijn_termijnen(wereld: Wereld, via: str) -> None:
    traject, ander = registreer(wereld), registreer(wereld, titel="Ander (voorbeeld)")
    van_een_derde = Termijn.objects.van(traject).lopend().get(soort="adviestermijn")
    draag_termijn_over(termijn=van_een_derde, naar=wereld.raadssecretaris, door=wereld.secretaris, reden="Zijn dossier")
    if via == "overdragen":
        draag_over(traject=traject, versie=None, secretaris=wereld.tweede, waarnemer=None, door=wereld.secretaris)
    else:
        wijzig(traject, secretaris=wereld.tweede)
    bewaakt = {t.soort: t.eigenaar for t in Termijn.objects.van(traject).lopend()}
    assert bewaakt == {"ontvangstbevestiging": wereld.tweede, "adviestermijn": wereld.raadssecretaris}
    assert {t.eigenaar for t in Termijn.objects.van(ander).lopend()} == {wereld.secretaris}


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


@pytest.mark.parametrize(
    ("anders", "veld"),
    [({"besloten_op": date(2100, 1, 1)}, "besloten_op"), ({"geadresseerden": " "}, "geadresseerden")],
)
def test_een_startbesluit_noemt_een_dag_en_een_lezer(wereld: Wereld, anders: dict[str, Any], veld: str) -> None:
    eerder = Adviestraject.objects.count()
    with pytest.raises(InvoerFout) as fout:
        start(wereld, **anders)
    assert fout.value.veld == veld
    assert Adviestraject.objects.count() == eerder


NIEUW: dict[str, Any] = {
    "titel": "Kleine bedrijven en kunstmatige intelligentie (voorbeeld)",
    "werktitel_openbaar": "AI in het klein (voorbeeld)",
    "geadresseerden": "het kabinet en de Tweede Kamer",
    "tekst": "De raad adviseert uit eigen beweging.",
    "besloten_op": date(2026, 1, 12),
    "themas": (),
}


def verbeter(traject: Adviestraject, *, door: Gebruiker, **anders: Any) -> Adviestraject:
    return startbesluit.wijzig_startbesluit(traject=traject, versie=None, door=door, **(NIEUW | anders))


def test_een_startbesluit_is_te_verbeteren_tot_er_een_commissie_is(wereld: Wereld) -> None:
    traject = start(wereld)
    traject = verbeter(traject, door=wereld.secretaris)
    besluit = traject.startbesluit
    assert {n: getattr(traject, n) for n in ("titel", "werktitel_openbaar", "geadresseerden")} | {
        n: getattr(besluit, n) for n in ("tekst", "besloten_op")
    } == {n: w for n, w in NIEUW.items() if n != "themas"}
    regel = Gebeurtenis.objects.filter(soort="adviezen.wijzig_startbesluit").latest("pk")
    assert regel.gegevens["was"]["titel"] == "Kleine bedrijven en AI (voorbeeld)"
    Adviestraject.objects.filter(pk=traject.pk).update(rijversie=9)
    with pytest.raises(VerouderdeVersie):
        startbesluit.wijzig_startbesluit(traject=traject, versie=8, door=wereld.secretaris, **NIEUW)


@pytest.mark.parametrize(
    ("anders", "veld"),
    [({"besloten_op": date(2100, 1, 1)}, "besloten_op"), ({"geadresseerden": " "}, "geadresseerden")],
)
def test_een_verbeterd_startbesluit_noemt_een_dag_en_een_lezer(
    wereld: Wereld, anders: dict[str, Any], veld: str
) -> None:
    traject = start(wereld)
    with pytest.raises(InvoerFout) as fout:
        verbeter(traject, door=wereld.secretaris, **anders)
    assert fout.value.veld == veld
    traject.refresh_from_db()
    assert traject.titel == "Kleine bedrijven en AI (voorbeeld)"


def test_een_startbesluit_wijzigt_niet_door_een_ander_of_na_de_toewijzing(wereld: Wereld) -> None:
    traject = start(wereld)
    for ander in (wereld.beheerder, wereld.account("FNV 1")):
        with pytest.raises(GeenToegang):
            verbeter(traject, door=ander)
    cast = bouw.traject_op(Stap.CONCEPT, wereld, eigen_initiatief=True)
    for te_laat in (cast.traject, registreer(wereld)):
        with pytest.raises(InvoerFout, match="geen commissie"):
            verbeter(te_laat, door=wereld.raadssecretaris)


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
