"""Intrekken, beëindigen, weigeren en dat herroepen: welke klokken stoppen, welke weer lopen, en wie bericht krijgt."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from adviezen.actions.aanvraag import registreer_aanvraag, wijzig_aanvraag
from adviezen.actions.beraad import neem_ontwerp_terug
from adviezen.actions.handelen import gevolgen, handel
from adviezen.enums import Stap
from adviezen.models import Adviestraject
from berichten.models import Bericht
from kern.tijd import nu, vandaag
from publicatie.queries import laatste
from termijnen.actions import verzet
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast, Wereld
from toegang.models import Gebruiker

REDEN = "Niet meer nodig (voorbeeld)."


def doe(cast: Cast, overgang: str, **kw: Any) -> Adviestraject:
    """Doe een handeling met alles wat erbij hoort, en geef het verse traject."""
    cast.traject = handel(
        traject=cast.traject, versie=None, overgang=overgang, door=cast.wie(overgang), reden=REDEN, **kw
    )
    return cast.traject


def lopend(*objecten: Any) -> list[tuple[str, Any]]:
    """Geef soort en laatste dag van wat loopt."""
    rijen = [rij for object in objecten for rij in Termijn.objects.van(object).lopend()]
    return sorted((rij.soort, rij.vervalt_op) for rij in rijen)


def aanvraag(wereld: Wereld) -> Cast:
    """Een traject met echte klokken, en een adviestermijn die één keer is vervroegd."""
    cast = bouw.nieuw(wereld)
    dag = vandaag()
    cast.traject = registreer_aanvraag(
        titel="Met klokken (voorbeeld)", vraag="Wat vindt de raad?", vragers=[bouw.vrager()], datum=dag,
        ontvangen_op=dag, adviestermijn=dag + timedelta(days=90), secretaris=cast.secretaris, door=cast.secretaris,
    )  # fmt: skip
    klok = Termijn.objects.van(cast.traject).get(soort="adviestermijn")
    verzet(termijn=klok, vervalt_op=dag + timedelta(days=60), reden="Eerder gevraagd.", door=cast.secretaris)
    return cast


@pytest.mark.parametrize(("overgang", "stand"), [("trek_in", "ingetrokken"), ("beeindig", "beeindigd_zonder_advies")])
def test_na_herroepen_loopt_precies_wat_bij_het_einde_stopte(overgang: str, stand: str, wereld: Wereld) -> None:
    """Een vervroegde klok is al eerder vervallen: kwam ook die terug, dan liepen er twee of kon herroepen niet."""
    cast = aanvraag(wereld)
    voor = lopend(cast.traject)
    assert ("adviestermijn", vandaag() + timedelta(days=60)) in voor
    assert gevolgen(cast.traject, overgang)[1].wat.startswith("2 lopende vervallen")
    assert doe(cast, overgang, datum=vandaag()).stap == stand
    assert lopend(cast.traject) == []
    assert len(gevolgen(cast.traject, overgang)) == 2, "er stopt geen klok meer"
    assert doe(cast, "herroep_einde").stap == Stap.AANVRAAG
    assert lopend(cast.traject) == voor


def test_een_geweigerde_aanvraag_houdt_na_herroepen_haar_klok(wereld: Wereld) -> None:
    cast = aanvraag(wereld)
    bouw.bereid_aanvraag_voor(cast)
    doe(cast, "leg_voor_aan_db")
    bouw.bereid_weigering_voor(cast)
    voor = lopend(cast.traject)
    doe(cast, "neem_niet_in_behandeling")
    assert lopend(cast.traject) == []
    assert doe(cast, "herroep_weigering").stap == Stap.TOEWIJZING
    assert lopend(cast.traject) == voor


def test_een_herroepen_toewijzing_wekt_geen_oude_klok(wereld: Wereld) -> None:
    """Toewijzen laat niets vervallen; wat de secretaris in die tien minuten verzet, blijft zo."""
    cast = aanvraag(wereld)
    bouw.bereid_aanvraag_voor(cast)
    doe(cast, "leg_voor_aan_db")
    bouw.bereid_toewijzing_voor(cast)
    doe(cast, "wijs_toe")
    klok = Termijn.objects.van(cast.traject).lopend().get(soort="adviestermijn")
    verzet(termijn=klok, vervalt_op=vandaag() + timedelta(days=30), reden="Nog eerder.", door=cast.secretaris)
    voor = lopend(cast.traject)
    doe(cast, "herroep_toewijzing")
    assert lopend(cast.traject) == voor


def test_een_gestopt_traject_vraagt_organisaties_niet_meer_te_reageren(wereld: Wereld) -> None:
    """De klok van de ronde stopt mee; anders herinnert zij iedereen aan een reactie die niet meer kan."""
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    bouw.bereid_beraad_voor(cast)
    doe(cast, "start_achterbanberaad")
    beraad = cast.beraad
    voor = lopend(beraad)
    assert [soort for soort, _ in voor] == ["achterbanberaad"]
    assert "1 lopende" in gevolgen(cast.traject, "trek_in")[1].wat
    doe(cast, "trek_in", datum=vandaag())
    beraad.refresh_from_db()
    assert (beraad.is_open, lopend(beraad)) == (False, [])
    assert doe(cast, "herroep_einde").stap == Stap.ACHTERBANBERAAD
    beraad.refresh_from_db()
    assert (beraad.is_open, lopend(beraad)) == (True, voor)


def test_een_ontwerp_dat_nog_wachtte_wordt_na_het_einde_niet_openbaar(wereld: Wereld) -> None:
    """Wie het traject binnen tien minuten stopt, wil niet dat de tekst daarna alsnog op straat ligt."""
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    beraad = bouw.bereid_beraad_voor(cast)
    type(beraad).objects.filter(pk=beraad.pk).update(openbaar=True)
    doe(cast, "start_achterbanberaad")
    sleutel = f"ontwerpadvies:t-{cast.traject.pk}"
    wacht = laatste(sleutel)
    assert wacht is not None
    assert wacht.vanaf > nu()
    assert "wordt niet meer openbaar" in [g.wat for g in gevolgen(cast.traject, "trek_in")]
    doe(cast, "trek_in", datum=vandaag())
    assert laatste(sleutel) is None
    doe(cast, "herroep_einde")
    weer = laatste(sleutel)
    assert weer is not None
    assert (weer.html, weer.titel) == (wacht.html, wacht.titel)
    assert weer.vanaf > nu(), "ook nu kan men zich nog bedenken"


def test_een_ontwerp_dat_voor_het_einde_al_was_teruggenomen_komt_niet_terug(wereld: Wereld) -> None:
    """Dat was een eigen besluit, met een eigen reden; het einde herroepen raakt het niet."""
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    beraad = bouw.bereid_beraad_voor(cast)
    type(beraad).objects.filter(pk=beraad.pk).update(openbaar=True)
    doe(cast, "start_achterbanberaad")
    neem_ontwerp_terug(cast.traject, reden="Nog niet openbaar.", door=cast.secretaris)
    doe(cast, "trek_in", datum=vandaag())
    doe(cast, "herroep_einde")
    assert laatste(f"ontwerpadvies:t-{cast.traject.pk}") is None


def test_een_ontwerp_dat_al_openbaar_was_blijft_dat(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    beraad = bouw.bereid_beraad_voor(cast)
    type(beraad).objects.filter(pk=beraad.pk).update(openbaar=True)
    doe(cast, "start_achterbanberaad")
    sleutel = f"ontwerpadvies:t-{cast.traject.pk}"
    with time_machine.travel(nu() + timedelta(minutes=11), tick=False):
        assert not any("openbaar" in g.wat for g in gevolgen(cast.traject, "trek_in"))
        doe(cast, "trek_in", datum=vandaag())
        openbaar = laatste(sleutel)
        assert openbaar is not None
        doe(cast, "herroep_einde")
        assert laatste(sleutel) == openbaar


def test_bericht_gaat_naar_wie_eraan_werkt_en_kan_inloggen(wereld: Wereld) -> None:
    """Waarnemer, leden en contactpersonen; wie geen account heeft of geen contact is, maakt het einde niet stuk."""
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    Adviestraject.objects.filter(pk=cast.traject.pk).update(waarnemer=cast.tweede)
    cast.vers()
    bouw.bereid_beraad_voor(cast)
    doe(cast, "start_achterbanberaad")
    lto, cnv = cast.deelname("LTO"), cast.deelname("CNV")
    type(lto).objects.filter(pk=lto.pk).update(contact=None)
    uit, contact = cast.deelname("VCP").contact, cnv.contact
    assert uit is not None
    assert contact is not None
    Gebruiker.objects.filter(pk=uit.pk).update(is_active=False)
    assert cast.traject.commissie is not None
    lid = cast.traject.commissie.leden.filter(rol="lid").order_by("pk")[0].persoon
    zonder = lid.gebruiker_id
    type(lid).objects.filter(pk=lid.pk).update(gebruiker=None)
    doe(cast, "trek_in", datum=vandaag())
    krijgt = set(Bericht.objects.filter(feit__startswith="adviezen.trek_in:").values_list("ontvanger", flat=True))
    assert {cast.secretaris.pk, cast.tweede.pk, contact.pk} <= krijgt
    assert not krijgt & {uit.pk, zonder}


def test_zonder_adviestermijn_wekt_herroepen_er_geen(wereld: Wereld) -> None:
    """Een Kamer die haar termijn terugnam, krijgt hem bij herroepen niet vanzelf terug."""
    cast = bouw.nieuw(wereld)
    dag, kamer = vandaag(), bouw.vrager("tweede_kamer")
    vast: dict[str, Any] = {
        "titel": "Kamer (voorbeeld)", "vraag": "Wat?", "vragers": [kamer], "datum": dag, "ontvangen_op": dag,
        "secretaris": cast.secretaris, "door": cast.secretaris,
    }  # fmt: skip
    traject = registreer_aanvraag(adviestermijn=dag + timedelta(days=90), **vast)
    cast.traject = wijzig_aanvraag(
        traject=traject, versie=None, adviestermijn=None, werktitel_openbaar="", kenmerk_vrager="",
        niet_openbaar_grond="", raad_zelf_gevraagd=False, themas=[], **vast,
    )  # fmt: skip
    doe(cast, "beeindig", datum=dag)
    doe(cast, "herroep_einde")
    assert [soort for soort, _ in lopend(cast.traject)] == ["ontvangstbevestiging"]


@pytest.mark.parametrize("overgang", ["trek_in", "beeindig", "neem_niet_in_behandeling"])
def test_het_scherm_belooft_het_publiek_niet_meer_dan_het_ziet(overgang: str, als: Any, casts: dict[str, Cast]) -> None:
    """Openbaar zijn de stap en de dag, geen redenen (ontwerp §4, publiek/sql/50_trajecten.sql), hoe het ook stopt."""
    cast = casts[Stap.TOEWIJZING]
    bouw.bereid_weigering_voor(cast)
    tekst = als(cast.wie(overgang)).get(f"/werk/trajecten/{cast.traject.slug}/handeling/{overgang}/").text
    assert "Iedereen" in tekst
    assert "openbare bladzijde" not in tekst
    assert "met de motivering" not in tekst
