"""Elke voorwaarde van ontwerp §4, stap 5 tot en met 8 en opzij: precies het tekort dat er is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from adviezen import permissions, policies
from adviezen.actions.impact import leg_impact_vast
from adviezen.enums import (
    Impactmoment,
    Raadsoordeel,
    SoortVersie,
    Stap,
    Uitkomst,
)
from adviezen.models import (
    Aanbieding,
    Advies,
    Agendering,
    Minderheidsnota,
    OpvattingRij,
    Steun,
    Verwerking,
)
from kern.fouten import OvergangGeweigerd
from kern.tijd import nu, vandaag
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast, Wereld
from tests.adviezen.hulp import MORGEN, Ingreep, alleen, teksten, zet
from vergaderingen.enums import Orgaan
from vergaderingen.models import Agendapunt, Vergadering

# --- stap 5: stuur_naar_raad, adviseer_rechtstreeks -----------------------------------------------------------


def test_elk_punt_is_besloten_door_de_commissie(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.VERWERKING]
    bouw.bereid_verzending_voor(cast)
    assert policies.verwerking.mag_stuur_naar_raad(cast.traject) == []
    een = Verwerking.objects.filter(item__reactie__deelname__beraad=cast.beraad).first()
    zet(een, vastgesteld_in=None)
    alleen(policies.verwerking.mag_stuur_naar_raad(cast.traject), "1 punt wacht nog op een besluit")
    zet(een, vastgesteld_in=bouw.vergadering(wereld, Orgaan.COMMISSIE, commissie=wereld.raad.commissies["leren"]))
    alleen(policies.verwerking.mag_groen_vaststellen(cast.traject), "1 punt wacht nog op een besluit")
    een.delete()
    alleen(policies.verwerking.mag_stuur_naar_raad(cast.traject), "1 punt heeft nog geen voorstel")
    with pytest.raises(OvergangGeweigerd):
        cast.doe("stuur_naar_raad")


def test_meervoud_van_punten(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.VERWERKING, wereld, punten=2)
    alleen(policies.verwerking.punten_tekorten(cast.traject), "10 punten hebben nog geen voorstel")
    bouw.verwerk_punten(cast, None)
    alleen(policies.verwerking.punten_tekorten(cast.traject), "10 punten wachten nog op een besluit")


def test_groene_versie_uit_een_slotvergadering(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """Regel 24; na terugverwijzing telt de oude groene versie niet meer."""
    cast = casts[Stap.VERWERKING]
    alleen(policies.verwerking.groen_tekorten(cast.traject), "nog geen groene versie")
    vreemd = bouw.vergadering(wereld, Orgaan.COMMISSIE, commissie=wereld.raad.commissies["leren"])
    assert "eigen commissie" in teksten(policies.verwerking.mag_groen_vaststellen(cast.traject, vreemd))
    eigen = Vergadering(orgaan=Orgaan.COMMISSIE, commissie=cast.traject.commissie, datum=vandaag())
    nog_dicht = teksten(policies.gedeeld.van_commissie(cast.traject, eigen, "De groene versie"))
    assert "De commissievergadering over de groene versie" in nog_dicht
    bouw.naar_raad(cast)
    terug = cast.doe("haal_terug_naar_commissie", reden="Nog een fout (voorbeeld).")
    assert terug.herroepbaar_tot is None, "een stap terug herroept niemand"
    alleen(policies.verwerking.mag_stuur_naar_raad(cast.traject), "nog geen groene versie")


@pytest.mark.parametrize("veld", ["uitvoerbaarheid", "kosten", "doelgroepen"])
def test_uitvoeringstoets(veld: str, wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.VERWERKING]
    assert len(policies.verwerking.toets_tekorten(cast.traject)) == 3
    bouw.bereid_verzending_voor(cast)
    zet(cast.traject.uitvoeringstoets, **{veld: ""})
    alleen(policies.verwerking.mag_stuur_naar_raad(cast.traject), "wat de commissie zag")


def test_rechtstreeks_advies(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """Regel 40: alleen met mandaat, nooit als de minister de raad zelf vroeg; artikel 43 is eigen advies."""
    cast = casts[Stap.VERWERKING]
    bouw.bereid_verzending_voor(cast)
    alleen(policies.verwerking.mag_adviseer_rechtstreeks(cast.traject), "geen mandaat")
    zet(cast.traject, artikel43=True)
    assert policies.verwerking.mag_adviseer_rechtstreeks(cast.traject) == []
    met = bouw.traject_op(Stap.VERWERKING, wereld, commissie="consumenten")
    bouw.bereid_verzending_voor(met)
    assert policies.verwerking.mag_adviseer_rechtstreeks(met.traject) == []
    zet(met.traject, raad_zelf_gevraagd=True)
    alleen(policies.verwerking.mag_adviseer_rechtstreeks(met.traject), "de raad zelf")
    zet(met.traject, raad_zelf_gevraagd=False)
    traject = met.doe("adviseer_rechtstreeks", reden="Mandaat (voorbeeld).")
    assert (traject.stap, traject.vastgesteld_op) == (Stap.AANBIEDING, vandaag())


# --- stap 6: behandel_in_raad ---------------------------------------------------------------------------------


def test_agendering(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.NAAR_RAAD]
    alleen(policies.raad.mag_behandel(cast.traject), "op de agenda van een raadsvergadering")
    agendering = bouw.bereid_behandeling_voor(cast)
    assert policies.raad.mag_behandel(cast.traject) == []
    punt = agendering.agendapunt
    Agendapunt.objects.filter(pk=punt.pk).update(stuknummer=None)
    alleen(policies.raad.mag_behandel(cast.traject), "nog geen nummer")
    Agendapunt.objects.filter(pk=punt.pk).update(stuknummer=punt.stuknummer)
    zet(agendering, versie=cast.traject.versies.filter(soort=SoortVersie.WIT).last())
    alleen(policies.raad.mag_behandel(cast.traject), "laatste groene versie")
    zet(agendering, versie=policies.verwerking.groene_versie(cast.traject))
    Agendapunt.objects.filter(pk=punt.pk).update(vervallen_reden="Ingetrokken (voorbeeld).")
    alleen(policies.raad.mag_behandel(cast.traject), "op de agenda van een raadsvergadering")


def test_leden_moeten_zijn_opgeroepen_door_de_raad(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.NAAR_RAAD]
    bestuur = bouw.vergadering(wereld, Orgaan.DAGELIJKS_BESTUUR)
    agendering = bouw.bereid_behandeling_voor(cast)
    Agendapunt.objects.filter(pk=agendering.agendapunt_id).update(vergadering=bestuur, volgorde=99)
    alleen(policies.raad.mag_behandel(cast.traject), "ander orgaan")


def test_nog_niet_opgeroepen(wereld: Wereld, casts: dict[str, Cast]) -> None:
    from vergaderingen.actions import geef_stuknummer, plan_vergadering, voeg_agendapunt_toe

    cast = casts[Stap.NAAR_RAAD]
    door = wereld.raadssecretaris
    zitting = plan_vergadering(orgaan=Orgaan.RAAD, datum=vandaag() + timedelta(days=9), door=door)
    punt = voeg_agendapunt_toe(vergadering=zitting, onderwerp="Advies", door=door)
    punt = geef_stuknummer(agendapunt=punt, door=door)
    Agendering.objects.create(
        agendapunt=punt, traject=cast.traject, versie=policies.verwerking.groene_versie(cast.traject)
    )
    alleen(policies.raad.mag_behandel(cast.traject), "nog niet voor deze raadsvergadering opgeroepen")


def test_late_stukken_zijn_een_waarschuwing(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """Regel 25: circa tien dagen; te laat houdt niets tegen maar komt in het dossier."""
    cast = casts[Stap.NAAR_RAAD]
    assert policies.raad.waarschuwingen(cast.traject) == []
    agendering = bouw.bereid_behandeling_voor(cast)
    assert policies.raad.waarschuwingen(cast.traject) == []
    zitting = Vergadering.objects.filter(pk=agendering.agendapunt.vergadering_id)
    zitting.update(stukken_op=vandaag() - timedelta(days=4))
    alleen(policies.raad.waarschuwingen(cast.traject), "4 dagen vooraf")
    Agendapunt.objects.filter(pk=agendering.agendapunt_id).update(na_oproeping=True)
    alleen(policies.raad.waarschuwingen(cast.traject), "na de oproeping")
    assert policies.raad.mag_behandel(cast.traject) == []


# --- stap 7: stel_vast, verwijs_terug, stel_uit ---------------------------------------------------------------


def test_vaststellen_vraagt_quorum_en_standpunten(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.VASTSTELLING]
    over = teksten(policies.raad.mag_stel_vast(cast.traject))
    assert "nog niet geopend" in over
    assert "unaniem of verdeeld" in over
    agendering = bouw.bereid_vaststelling_voor(cast)
    assert policies.raad.mag_stel_vast(cast.traject) == []
    agendering.agendapunt.vergadering.presenties.filter(zetel__geleding="ondernemers").update(aanwezig=False)
    agendering.agendapunt.vergadering.presenties.filter(zetel__geleding="kroonleden").update(aanwezig=False)
    alleen(policies.raad.mag_stel_vast(cast.traject), "geen quorum: 12 aanwezig, 19 nodig")


def test_unaniem_alleen_zonder_afwijkend_standpunt(wereld: Wereld) -> None:
    """Regel 38."""
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld, verdeeld=True)
    agendering = bouw.bereid_vaststelling_voor(cast)
    assert policies.raad.mag_stel_vast(cast.traject) == []
    zet(agendering, oordeel=Raadsoordeel.UNANIEM)
    alleen(policies.raad.mag_stel_vast(cast.traject), "unaniem kan dan niet")
    zet(agendering, oordeel=Raadsoordeel.VERDEELD)
    OpvattingRij.objects.filter(registratie__agendering=agendering, sleutel="minderheid").update(voetnoot="")
    alleen(policies.raad.mag_stel_vast(cast.traject), "aanduiding of voetnoot")
    Steun.objects.filter(opvatting__sleutel="minderheid").delete()
    over = teksten(policies.raad.mag_stel_vast(cast.traject))
    assert "Niemand staat bij" in over
    OpvattingRij.objects.filter(sleutel="minderheid").delete()
    alleen(policies.raad.mag_stel_vast(cast.traject), "uiteenlopende standpunten")


def test_steun_van_een_afwezige(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld, verdeeld=True)
    agendering = bouw.bereid_vaststelling_voor(cast)
    afwezig = agendering.agendapunt.vergadering.presenties.get(persoon=wereld.raad.leden["LTO 1"])
    zet(afwezig, aanwezig=False)
    alleen(policies.raad.mag_stel_vast(cast.traject), "niet op de presentielijst")


def test_minderheidsnota_alleen_van_wie_verdedigde(wereld: Wereld) -> None:
    """Regel 37."""
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld, verdeeld=True)
    agendering = bouw.bereid_vaststelling_voor(cast)
    nota = Minderheidsnota.objects.create(agendering=agendering, titel="Anders (voorbeeld)", html="<p>Anders</p>")
    alleen(policies.raad.mag_stel_vast(cast.traject), "Noem de leden")
    nota.leden.add(wereld.raad.leden["VNO-NCW 1"])
    assert policies.raad.mag_stel_vast(cast.traject) == []
    nota.leden.add(wereld.raad.plaatsvervangers["FNV 2"])
    alleen(policies.raad.mag_stel_vast(cast.traject), "verdedigde geen standpunt")


def test_uitstel_en_terugverwijzing(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.VASTSTELLING]
    agendering = bouw.bereid_vaststelling_voor(cast)
    assert cast.doe("stel_uit", reden="Meer tijd (voorbeeld).").laatste_overgang == "stel_uit"
    zet(agendering, uitkomst=Uitkomst.UITGESTELD)
    # Dezelfde groene versie, een volgende vergadering.
    bouw.naar_vaststelling(cast)
    assert "nog niet geopend" in teksten(policies.raad.mag_verwijs_terug(cast.traject))
    bouw.bereid_vaststelling_voor(cast)
    terug = cast.doe("verwijs_terug", reden="Beter onderbouwen (voorbeeld).")
    assert (terug.stap, terug.herroepbaar_tot) == (Stap.VERWERKING, None)
    alleen(policies.verwerking.mag_stuur_naar_raad(cast.traject), "nog geen groene versie")


def test_zonder_agendering(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.VASTSTELLING]
    cast.traject.agenderingen.all().delete()
    alleen(policies.raad.mag_stel_vast(cast.traject), "niet op de agenda")
    alleen(policies.raad.mag_verwijs_terug(cast.traject), "niet op de agenda")


# --- stap 8: bied_aan -----------------------------------------------------------------------------------------


def brief(cast: Cast) -> Any:
    return cast.traject.aanbieding.brieven.get()


@pytest.mark.parametrize(
    ("ingreep", "stuk"),
    [
        (lambda c: Advies.objects.filter(traject=c.traject).update(nummer=None), "adviesnummer"),
        (lambda c: Advies.objects.filter(traject=c.traject).delete(), "adviesnummer"),
        (lambda c: zet(c.traject.aanbieding, pdf=None), "nog niet gemaakt"),
        (lambda c: zet(c.traject.aanbieding, pdf_van_hash="0" * 64), "andere tekst"),
        (lambda c: zet(c.traject.aanbieding, versie=c.traject.versies.first()), "oudere tekst"),
        (lambda c: zet(brief(c), afgetekend_op=None, afgetekend_door=None), "nog niet afgetekend"),
        (lambda c: zet(brief(c), vrager=None), "nog geen aanbiedingsbrief aan"),
        (
            lambda c: zet(c.traject.aanbieding, bevestigd_op=None, bevestigd_door=None),
            "Een tweede persoon moet",
        ),
        (
            lambda c: zet(
                c.traject.aanbieding,
                klaargezet_op=nu() - timedelta(days=3),
                bevestigd_op=nu() - timedelta(days=2),
            ),
            "Een tweede persoon moet",
        ),
    ],
)
def test_aanbieding(ingreep: Ingreep, stuk: str, wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.AANBIEDING]
    bouw.bereid_aanbieding_voor(cast)
    assert policies.aanbieding.mag_bied_aan(cast.traject) == []
    ingreep(cast)
    alleen(policies.aanbieding.mag_bied_aan(cast.vers()), stuk)
    with pytest.raises(OvergangGeweigerd, match=stuk):
        cast.doe("bied_aan")


def test_aanbieding_zonder_voorbereiding(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.AANBIEDING]
    over = teksten(policies.aanbieding.mag_bied_aan(cast.traject))
    assert "adviesnummer" in over
    assert "Zet de aanbieding klaar" in over
    Aanbieding.objects.create(traject=cast.traject)
    assert "nog niet klaargezet" in teksten(policies.aanbieding.mag_bied_aan(cast.vers()))


def test_aanbieden_niet_voor_de_vaststelling(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.AANBIEDING]
    bouw.bereid_aanbieding_voor(cast)
    mag = policies.aanbieding.mag_bied_aan
    alleen(mag(cast.traject, op=vandaag() - MORGEN), "niet voor de vaststelling")
    alleen(mag(cast.traject, op=vandaag() + MORGEN), "in de toekomst")
    assert cast.doe("bied_aan", op=vandaag()).aangeboden_op == vandaag()


def zet_impact(cast: Cast) -> None:
    """Leg vast wat het advies moet bereiken: zonder dat waarschuwt de aanbieding."""
    beoogd = {"beoogd": "Minder wachten (voorbeeld).", "groepen": "Huurders", "door": cast.secretaris}
    leg_impact_vast(traject=cast.traject, versie=None, moment=Impactmoment.VASTSTELLING, **beoogd)
    cast.vers()


def test_eigen_initiatief_heeft_ook_een_brief_nodig(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.AANBIEDING, wereld, eigen_initiatief=True)
    alleen(policies.aanbieding.waarschuwingen(cast.traject), "niet wat dit advies moet bereiken")
    zet_impact(cast)
    bouw.bereid_aanbieding_voor(cast)
    assert policies.aanbieding.mag_bied_aan(cast.traject) == []
    assert policies.aanbieding.waarschuwingen(cast.traject) == []
    cast.traject.aanbieding.brieven.all().delete()
    alleen(policies.aanbieding.mag_bied_aan(cast.vers()), "nog geen aanbiedingsbrief")


def test_afschrift_bij_advies_aan_een_kamer(wereld: Wereld) -> None:
    """Regel 43: een waarschuwing."""
    cast = bouw.traject_op(Stap.AANBIEDING, wereld, kamer=True)
    zet_impact(cast)
    assert policies.aanbieding.waarschuwingen(cast.traject) == []
    bouw.bereid_aanbieding_voor(cast)
    alleen(policies.aanbieding.waarschuwingen(cast.traject), "afschrift aan de minister")
    brief(cast).__class__.objects.create(
        aanbieding=cast.traject.aanbieding, aan="de minister", html="<p>x</p>", afschrift=True
    )
    alleen(policies.aanbieding.waarschuwingen(cast.vers()), "De brief aan de minister heeft geen paraaf")
    cast.traject.aanbieding.brieven.filter(afschrift=True).update(geparafeerd_door=cast.tweede, geparafeerd_op=nu())
    cast.vers()
    assert policies.aanbieding.waarschuwingen(cast.traject) == []


# --- opzij: trek_in, beeindig ---------------------------------------------------------------------------------


def test_intrekken(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    for fout, stuk in ((vandaag() + MORGEN, "toekomst"), (vandaag() - MORGEN, "voor de datum van de aanvraag")):
        with pytest.raises(OvergangGeweigerd, match=stuk):
            cast.doe("trek_in", reden="r", datum=fout, motivering="m")
    brief = bouw.bestand()
    traject = cast.doe("trek_in", reden="r", datum=vandaag(), motivering="Ingetrokken (voorbeeld).", brief=brief)
    assert (traject.einde_reden, traject.einde_brief, traject.stap_voor_einde) == (
        "Ingetrokken (voorbeeld).",
        brief,
        "concept",
    )


def test_eigen_initiatief_wordt_niet_ingetrokken_maar_beeindigd(wereld: Wereld) -> None:
    cast = bouw.nieuw(wereld, eigen_initiatief=True)
    with pytest.raises(OvergangGeweigerd, match="eigen initiatief"):
        cast.doe("trek_in", reden="r", datum=vandaag(), motivering="m")
    assert cast.doe("beeindig", reden="r", datum=vandaag(), motivering="m").stap == Stap.BEEINDIGD


def test_zonder_vastgestelde_tekst(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.VERWERKING]
    over = teksten(policies.aanbieding.mag_bied_aan(cast.traject))
    assert "vastgestelde tekst ontbreekt" in over


@pytest.mark.parametrize(
    ("velden", "stuk"),
    [
        ({"status": "afgelast", "afgelast_reden": "x"}, "niet doorgegaan"),
        ({"status": "niet_doorgegaan"}, "niet doorgegaan"),
        ({"datum": None}, "nog geen datum"),
        ({"datum": vandaag() + MORGEN}, "is pas op"),
    ],
)
def test_een_zitting_die_niet_gehouden_is(velden: dict[str, Any], stuk: str) -> None:
    zitting = Vergadering(orgaan=Orgaan.RAAD, **({"datum": vandaag()} | velden))
    alleen(policies.gedeeld.bijeen(zitting, "De vergadering"), stuk)


def test_zonder_zitting(casts: dict[str, Cast]) -> None:
    traject = casts[Stap.CONCEPT].traject
    alleen(policies.gedeeld.van_commissie(traject, None, "De witte versie"), "nog niet in een vergadering")


def test_wie_binnen_een_stap_mag_werken(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """Bewerken, corrigeren, aftekenen, klaarzetten, bevestigen en meelezers toelaten."""
    cast = casts[Stap.AANGEBODEN]
    traject, aanbieding = cast.traject, cast.traject.aanbieding
    mensen = ["secretaris", "tweede", "raadssecretaris", "algemeen_secretaris", "communicatie", "beheerder"]

    def mogen(recht: Callable[[Any, Any], bool], obj: Any) -> set[str]:
        return {naam for naam in mensen if recht(obj, getattr(wereld, naam))}

    werkers = {"secretaris", "raadssecretaris", "algemeen_secretaris"}
    assert mogen(permissions.mag_bewerken, traject) == werkers
    assert mogen(permissions.mag_corrigeren, traject) == werkers
    assert mogen(permissions.mag_brief_aftekenen, aanbieding) == {"algemeen_secretaris"}
    assert mogen(permissions.mag_klaarzetten, aanbieding) == werkers | {"communicatie"}
    assert mogen(permissions.mag_bevestigen, aanbieding) == set(mensen) - {"secretaris", "beheerder"}
    assert {naam for naam in mensen if permissions.mag_registreren(getattr(wereld, naam))} == set(mensen) - {
        "beheerder"
    }
    deelname = casts[Stap.ACHTERBANBERAAD].deelname("FNV")
    toelaten = permissions.mag_meelezers_toelaten
    assert toelaten(deelname, wereld.raad.coordinatoren["FNV"])
    assert toelaten(deelname, wereld.account("FNV 2"))
    assert not toelaten(deelname, wereld.account("FNV 8"))
    assert not toelaten(deelname, wereld.account("VNO-NCW 2"))
    assert not toelaten(deelname, wereld.raad.coordinatoren["CNV"])
    contact = deelname.contact
    contact.is_active = False
    assert not permissions.mag_voor_organisatie(deelname, contact)
