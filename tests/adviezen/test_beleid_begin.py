"""Elke voorwaarde van ontwerp §4, stap 1 tot en met 4: ontbrekend, te laat of onvoldoende geeft precies dat tekort."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from adviezen import policies
from adviezen.enums import (
    Criterium,
    Criteriumoordeel,
    Reactieoordeel,
    SoortVersie,
    SoortVrager,
    Stap,
    ToewijzingBesluit,
)
from adviezen.models import (
    CriteriumOordeel,
    Reactie,
    ReactieItem,
    Toewijzing,
)
from commissies.models import Commissie
from kern.fouten import OvergangGeweigerd
from kern.tijd import nu, vandaag
from overgangen import voer_uit
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast, Wereld
from tests.adviezen.hulp import MORGEN, Ingreep, alleen, teksten, zet
from vergaderingen.enums import Orgaan

# --- stap 1: leg_voor_aan_db ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ingreep", "stuk"),
    [
        (lambda c: c.traject.aanvraag.vragers.clear(), "ten minste één adviesvrager"),
        (lambda c: zet(c.traject, adviestermijn=None), "adviestermijn in"),
        (lambda c: zet(c.traject, adviestermijn=c.traject.aanvraag.datum), "ligt niet na"),
        (lambda c: zet(c.traject.aanvraag, ontvangst_bevestigd_op=None), "ontvangst"),
        (lambda c: zet(c.traject.aanvraag, bestand=None), "brief met de aanvraag"),
    ],
)
def test_aanvraag(ingreep: Ingreep, stuk: str, wereld: Wereld) -> None:
    cast = bouw.nieuw(wereld)
    bouw.bereid_aanvraag_voor(cast)
    assert policies.aanvraag.mag_leg_voor(cast.traject) == []
    ingreep(cast)
    alleen(policies.aanvraag.mag_leg_voor(cast.vers()), stuk)
    with pytest.raises(OvergangGeweigerd, match=stuk):
        cast.doe("leg_voor_aan_db")


def test_een_kamer_hoeft_geen_termijn_te_noemen(wereld: Wereld) -> None:
    """Regel 14 en domein §13.5; vraagt ook een minister mee, dan wel."""
    cast = bouw.nieuw(wereld, kamer=True)
    bouw.bereid_aanvraag_voor(cast)
    assert policies.aanvraag.mag_leg_voor(cast.traject) == []
    cast.traject.aanvraag.vragers.add(bouw.vrager(SoortVrager.STAATSSECRETARIS))
    alleen(policies.aanvraag.mag_leg_voor(cast.vers()), "adviestermijn in")


def test_zonder_aanvraag(wereld: Wereld) -> None:
    cast = bouw.nieuw(wereld, eigen_initiatief=True)
    alleen(policies.aanvraag.mag_leg_voor(cast.traject), "nog geen adviesaanvraag")


# --- stap 2: wijs_toe, neem_niet_in_behandeling --------------------------------------------------------------


def toewijzing(ingreep: Callable[[Cast], dict[str, Any]]) -> Ingreep:
    """Leg het besluit vast met andere gegevens dan gewoon."""
    return lambda c: bouw.bereid_toewijzing_voor(c, **ingreep(c))


@pytest.mark.parametrize(
    ("ingreep", "stuk"),
    [
        (bouw.beoordeel_criteria, "Leg het besluit"),
        (
            toewijzing(lambda c: {"vergadering": bouw.vergadering(c.wereld, Orgaan.RAAD)}),
            "hoort in een vergadering van het dagelijks bestuur",
        ),
        (
            toewijzing(lambda c: {"vergadering": bouw.vergadering(c.wereld, Orgaan.DAGELIJKS_BESTUUR, open=False)}),
            "nog niet geopend",
        ),
        (
            toewijzing(lambda c: {"voorzitter": c.wereld.raad.leden["FNV 1"]}),
            "geen kroonlid; geef daarvoor een reden",
        ),
    ],
)
def test_toewijzing(ingreep: Ingreep, stuk: str, wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.TOEWIJZING]
    ingreep(cast)
    alleen(policies.toewijzing.mag_wijs_toe(cast.traject), stuk)
    with pytest.raises(OvergangGeweigerd, match=stuk):
        cast.doe("wijs_toe")


def test_een_reden_of_een_plaatsvervangend_kroonlid_volstaat(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """Regel 17."""
    cast = casts[Stap.TOEWIJZING]
    bouw.bereid_toewijzing_voor(cast, voorzitter=wereld.raad.leden["FNV 1"], reden_voorzitter="Kent het veld.")
    assert policies.toewijzing.mag_wijs_toe(cast.traject) == []
    bouw.bereid_toewijzing_voor(cast, voorzitter=wereld.raad.plaatsvervangers["Kroonlid 5"])
    assert policies.toewijzing.mag_wijs_toe(cast.traject) == []


def test_criteria_eerst(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """Regel 15: alle zeven, ook n.v.t. telt; een eigen criterium komt erbij en vervangt niets."""
    cast = casts[Stap.TOEWIJZING]
    bouw.bereid_toewijzing_voor(cast)
    cast.traject.criteriumoordelen.filter(criterium__in=[Criterium.DOMEIN, Criterium.TERMIJN]).delete()
    velden = {"traject": cast.traject, "oordeel": Criteriumoordeel.NVT, "toelichting": "Speelt niet."}
    CriteriumOordeel.objects.create(criterium=Criterium.EIGEN, naam="Draagvlak", **velden)
    alleen(policies.toewijzing.mag_wijs_toe(cast.traject), "2 criteria zijn nog niet")
    CriteriumOordeel.objects.create(criterium=Criterium.DOMEIN, **velden)
    alleen(policies.toewijzing.mag_wijs_toe(cast.traject), "1 criterium is nog niet")
    CriteriumOordeel.objects.create(criterium=Criterium.TERMIJN, **velden)
    assert policies.toewijzing.mag_wijs_toe(cast.traject) == []


def test_db_zonder_quorum(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.TOEWIJZING]
    besluit = bouw.bereid_toewijzing_voor(cast)
    besluit.vergadering.presenties.filter(zetel__geleding__in=["ondernemers", "kroonleden"]).update(aanwezig=False)
    alleen(policies.toewijzing.mag_wijs_toe(cast.traject), "geen quorum: 4 aanwezig, 7 nodig")


def test_opgeheven_commissie(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.TOEWIJZING]
    opgeheven = Commissie.objects.create(
        naam="Oud (voorbeeld)", slug="oud", soort="ad_hoc", ingesteld_op="2020-01-01", opgeheven_op=vandaag()
    )
    bouw.bereid_toewijzing_voor(cast, commissie=opgeheven)
    alleen(policies.toewijzing.mag_wijs_toe(cast.traject), "opgeheven")


def test_eigen_initiatief_vraagt_startbesluit_en_geadresseerden(wereld: Wereld) -> None:
    cast = bouw.nieuw(wereld, eigen_initiatief=True)
    bouw.bereid_toewijzing_voor(cast)
    assert policies.toewijzing.mag_wijs_toe(cast.traject) == []
    zet(cast.traject, geadresseerden="")
    alleen(policies.toewijzing.mag_wijs_toe(cast.traject), "aan wie")
    zet(cast.traject, geadresseerden="het kabinet")
    cast.traject.startbesluit.delete()
    alleen(policies.toewijzing.mag_wijs_toe(cast.vers()), "op eigen initiatief te adviseren")


def test_een_oud_besluit_telt_niet_na_nieuwe_voorlegging(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    cast.doe("wijs_opnieuw_toe", reden="Andere commissie (voorbeeld).")
    alleen(policies.toewijzing.mag_wijs_toe(cast.traject), "Leg het besluit")
    bouw.bereid_toewijzing_voor(
        cast,
        commissie=wereld.raad.commissies["leren"],
        voorzitter=bouw.voorzitter_van(wereld.raad.commissies["leren"]),
    )
    assert cast.doe("wijs_toe").commissie == wereld.raad.commissies["leren"]


def test_weigering(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.TOEWIJZING]
    alleen(policies.toewijzing.mag_neem_niet_in_behandeling(cast.traject)[1:], "niet in behandeling te nemen")
    bouw.beoordeel_criteria(cast)
    velden = {
        "traject": cast.traject,
        "vergadering": bouw.vergadering(wereld, Orgaan.DAGELIJKS_BESTUUR),
        "besluit": ToewijzingBesluit.NIET_IN_BEHANDELING,
        "motivering": "Te ver weg.",
        "vastgelegd_door": cast.secretaris,
    }
    Toewijzing.objects.create(**velden)
    alleen(policies.toewijzing.mag_neem_niet_in_behandeling(cast.traject), "brief aan de adviesvrager")
    Toewijzing.objects.create(**velden, brief=bouw.bestand())
    traject = cast.doe("neem_niet_in_behandeling")
    assert (traject.einde_reden, traject.geeindigd_op) == ("Te ver weg.", vandaag())


# --- stap 3: start_achterbanberaad (en 5→4) ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "stuk"),
    [
        ({"uiterlijk_op": None}, "laatste dag"),
        ({"uiterlijk_op": 0}, "moet na vandaag liggen"),
        ({"openbaar": None}, "openbaar wordt"),
        ({"toestemming_op": None}, "openbaar wordt"),
        ({"toestemming_op": 1}, "ligt in de toekomst"),
        ({"toestemming_van": None}, "voorzitter van de commissie"),
        ({"versie": None}, "Koppel de laatste witte versie"),
    ],
)
def test_start_beraad(velden: dict[str, Any], stuk: str, wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    beraad = bouw.bereid_beraad_voor(cast)
    assert policies.beraad.mag_start_beraad(cast.traject) == []
    zet(beraad, **{k: vandaag() + timedelta(days=v) if isinstance(v, int) else v for k, v in velden.items()})
    alleen(policies.beraad.mag_start_beraad(cast.traject), stuk)
    with pytest.raises(OvergangGeweigerd, match=stuk):
        cast.doe("start_achterbanberaad")


def test_start_beraad_zonder_voorbereiding(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    assert "geen witte versie" in teksten(policies.beraad.mag_start_beraad(cast.traject))
    bouw.witte_versie(cast)
    alleen(policies.beraad.mag_start_beraad(cast.traject), "Bereid het achterbanberaad voor")


def test_toestemming_van_een_ander_telt_niet(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    zet(bouw.bereid_beraad_voor(cast), toestemming_van=wereld.raad.leden["Kroonlid 7"])
    alleen(policies.beraad.mag_start_beraad(cast.traject), "voorzitter van de commissie")


def test_openbaar_nee_is_ook_toestemming(wereld: Wereld) -> None:
    """Regel 22: er is geen beginwaarde; nee is een antwoord."""
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld, openbaar=False)
    assert cast.traject.ontwerp_openbaar is False


def test_elke_organisatie_met_zetels_heeft_een_contact(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    beraad = bouw.bereid_beraad_voor(cast)
    fnv = beraad.deelnames.get(organisatie=wereld.raad.organisaties["FNV"])
    zet(fnv, contact=None)
    alleen(policies.beraad.mag_start_beraad(cast.traject), "FNV (voorbeeld) heeft nog geen contactpersoon")
    fnv.delete()
    alleen(policies.beraad.mag_start_beraad(cast.traject), "FNV (voorbeeld) heeft zetels")
    zet(beraad, eigen_lijst=True, lijst_reden="Alleen consumenten (voorbeeld).")
    assert policies.beraad.mag_start_beraad(cast.traject) == []
    beraad.deelnames.all().delete()
    alleen(policies.beraad.mag_start_beraad(cast.traject), "Kies de organisaties")


def test_uitgeschakeld_contact_telt_niet(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    bouw.bereid_beraad_voor(cast)
    type(wereld.secretaris).objects.filter(pk=wereld.raad.coordinatoren["CNV"].pk).update(is_active=False)
    alleen(policies.beraad.mag_start_beraad(cast.traject), "CNV (voorbeeld) heeft nog geen contactpersoon")


def test_wie_er_niet_meer_werkt_is_geen_contact_meer(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    bouw.bereid_beraad_voor(cast)
    wereld.raad.coordinatoren["CNV"].organisatiecontacten.update(van=vandaag() - timedelta(days=9), tot=vandaag())
    alleen(policies.beraad.mag_start_beraad(cast.traject), "werkt niet meer voor CNV (voorbeeld)")


def test_witte_versie_uit_andere_commissie(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    beraad = bouw.bereid_beraad_voor(cast)
    vreemd = bouw.vergadering(wereld, Orgaan.COMMISSIE, commissie=wereld.raad.commissies["leren"])
    zet(beraad, versie=bouw.versie(cast, SoortVersie.WIT, vastgesteld_in=vreemd))
    alleen(policies.beraad.mag_start_beraad(cast.traject), "niet vastgesteld in een vergadering van de eigen")
    assert "eigen commissie" in teksten(policies.beraad.mag_wit_vaststellen(cast.traject, vreemd))


def test_wit_vaststellen_vraagt_een_concept(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    alleen(policies.beraad.mag_wit_vaststellen(cast.traject), "geen concepttekst")


def test_terug_naar_concept_vraagt_een_nieuwe_witte_versie(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.ACHTERBANBERAAD]
    cast.doe("trek_terug_naar_concept", reden="Onjuist (voorbeeld).")
    zet(cast.beraad, gesloten_op=nu(), sluit_reden="Onjuist (voorbeeld).")
    assert "geen witte versie" in teksten(policies.beraad.mag_start_beraad(cast.traject))
    bouw.naar_achterbanberaad(cast)
    assert cast.beraad.ronde == 2


def test_tweede_ronde_houdt_de_eerste(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """5→4: open_nieuw_achterbanberaad; daarna tellen de punten van beide rondes."""
    cast = casts[Stap.VERWERKING]
    bouw.verwerk_punten(cast, None)
    bouw.naar_achterbanberaad(cast, "open_nieuw_achterbanberaad", reden="Tekst is veel veranderd (voorbeeld).")
    bouw.naar_verwerking(cast)
    assert cast.traject.beraden.count() == 2
    assert policies.verwerking.open_punten(cast.traject) == (5, 5)
    bouw.naar_raad(cast)
    assert cast.traject.stap == Stap.NAAR_RAAD


# --- stap 4: sluit_achterbanberaad ----------------------------------------------------------------------------


def test_sluiten_wacht_op_iedereen(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """Regel 23."""
    cast = casts[Stap.ACHTERBANBERAAD]
    assert len(policies.beraad.mag_sluit(cast.traject)) == 6
    bouw.dien_in(cast.deelname("FNV"))
    bouw.dien_in(cast.deelname("CNV"), punten=0)
    bouw.begin_reactie(cast.deelname("VCP"))
    over = teksten(policies.beraad.mag_sluit(cast.traject))
    assert "FNV" not in over
    assert "CNV" not in over
    assert "VCP (voorbeeld) heeft nog niet gereageerd" in over
    with pytest.raises(OvergangGeweigerd):
        cast.doe("sluit_achterbanberaad")


def test_na_de_termijn_met_reden(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.ACHTERBANBERAAD]
    alleen(policies.beraad.mag_sluit_na_termijn(cast.traject), "nog reageren tot en met")
    zet(cast.beraad, geopend_op=nu() - timedelta(days=9), uiterlijk_op=vandaag())
    alleen(policies.beraad.mag_sluit_na_termijn(cast.traject), "nog reageren tot en met")
    zet(cast.beraad, uiterlijk_op=vandaag() - MORGEN)
    traject = cast.doe("sluit_achterbanberaad_na_termijn", reden="LTO liet niets weten (voorbeeld).")
    assert traject.stap == Stap.VERWERKING


def test_zonder_open_ronde(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.ACHTERBANBERAAD]
    zet(cast.beraad, gesloten_op=nu())
    alleen(policies.beraad.mag_sluit(cast.traject), "geen achterbanberaad open")
    alleen(policies.beraad.mag_sluit_na_termijn(cast.traject), "geen achterbanberaad open")


# --- reacties: dien_in, meld_geen_reactie, neem_terug ---------------------------------------------------------


def test_reactie_indienen_en_terugnemen(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.ACHTERBANBERAAD]
    deelname = cast.deelname("FNV")
    reactie = bouw.begin_reactie(deelname)
    alleen(policies.beraad.mag_indienen(reactie), "Kies een oordeel")
    zet(reactie, oordeel=Reactieoordeel.KNELPUNT)
    alleen(policies.beraad.mag_indienen(reactie), "toelichting of ten minste één punt")
    zet(reactie, oordeel=Reactieoordeel.AKKOORD)
    ReactieItem.objects.create(reactie=reactie, volgorde=1, tekst="Let op (voorbeeld)")
    alleen(policies.beraad.mag_geen_reactie_melden(reactie), "nog punten in concept")
    door = deelname.contact
    reactie = voer_uit(Reactie, reactie.pk, None, "dien_in", door=door, indiener=door)
    assert reactie.ingediend_door == door
    alleen(policies.beraad.mag_wijzigen(reactie), "is ingediend")
    reactie = voer_uit(Reactie, reactie.pk, None, "neem_terug", door=door)
    assert (reactie.status, reactie.ingediend_op) == ("concept", None)
    reactie.items.all().delete()
    reactie = voer_uit(Reactie, reactie.pk, None, "meld_geen_reactie", door=door, indiener=door)
    assert reactie.status == "geen_reactie"


def test_na_sluiting_kan_een_reactie_niets_meer(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.VERWERKING]
    reactie = cast.reactie("FNV")
    for beleid in (policies.beraad.mag_indienen, policies.beraad.mag_terugnemen):
        assert "gesloten" in teksten(beleid(reactie))
    with pytest.raises(OvergangGeweigerd, match="gesloten"):
        voer_uit(Reactie, reactie.pk, None, "neem_terug", door=reactie.ingediend_door)


def test_voor_de_opening_kan_een_reactie_niets(wereld: Wereld, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    bouw.bereid_beraad_voor(cast)
    reactie = bouw.begin_reactie(cast.deelname("FNV"))
    assert "nog niet geopend" in teksten(policies.beraad.mag_wijzigen(reactie))
