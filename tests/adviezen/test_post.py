"""De post zoals wie haar krijgt haar leest: de juiste mens, niet nadat het gedaan is, en met een link die opent."""

from datetime import timedelta
from typing import Any

import pytest

from adviezen.actions import organisatie, reacties
from adviezen.actions.beraad import verleng_ronde
from adviezen.actions.handelen import gevolgen, handel
from adviezen.actions.herinner import herinner
from adviezen.actions.kroonleden import schrijf_rapportage
from adviezen.actions.mede import beantwoord_mede, vraag_mede
from adviezen.enums import Stap
from adviezen.models import Aanbieding, Adviestraject, Deelname
from adviezen.permissions import mag_voor_organisatie
from berichten.actions import herroep
from berichten.mails import bouw as bouw_mail
from berichten.mails import verbinding
from berichten.models import Bericht
from kern.fouten import InvoerFout
from kern.tijd import datum_nl, nu, vandaag
from raad.actions import leg_contact_vast
from termijnen.actions import verwerk
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast, Wereld
from toegang.models import Gebruiker

REDEN = "Vergissing (voorbeeld)."
VRAAG = "Uw organisatie is om een reactie gevraagd"
DAG = timedelta(days=1)


def begin(wereld: Wereld) -> Cast:
    """Een ronde die net open is, met de vragen nog in de postbus."""
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    bouw.bereid_beraad_voor(cast)
    return doe(cast, "start_achterbanberaad")


def doe(cast: Cast, overgang: str, **kw: Any) -> Cast:
    cast.traject = handel(
        traject=cast.traject, versie=None, overgang=overgang, door=cast.wie(overgang), reden=REDEN, **kw
    )
    return cast


def gaat_uit(onderwerp: str) -> set[Any]:
    """Geef aan wie er een bericht met dit onderwerp klaarstaat."""
    return {b.ontvanger for b in Bericht.objects.filter(onderwerp=onderwerp).exclude(status="herroepen")}


def reageer(cast: Cast, sleutel: str) -> None:
    rij = cast.deelname(sleutel)
    reactie = reacties.bewaar_oordeel(
        reactie=cast.reactie(sleutel), versie=None, oordeel="akkoord", toelichting="", door=rij.contact
    )
    reacties.dien_reactie_in(reactie=reactie, versie=None, door=rij.contact)


def opvolger(rij: Deelname) -> Gebruiker:
    """Geef een tweede coördinator van deze organisatie."""
    nieuw = bouw.maak_gebruiker(f"Tweede coördinator van {rij.organisatie}")
    leg_contact_vast(gebruiker=nieuw, organisatie=rij.organisatie, van=vandaag(), door=None)
    return nieuw


# --- niet nadat het gedaan of gestopt is ------------------------------------------------------------------------


def test_wie_reageerde_krijgt_de_herinnering_en_de_tijd_die_nog_wachtten_niet(cast: Cast) -> None:
    fnv, lto, cnv = (cast.deelname(sleutel) for sleutel in ("FNV", "LTO", "CNV"))
    herinner(traject=cast.traject, versie=None, deelnames=[fnv, lto, cnv], door=cast.secretaris)
    verleng_ronde(
        traject=cast.traject, versie=None, uiterlijk_op=vandaag() + 60 * DAG, reden=REDEN, door=cast.secretaris
    )
    mede = vraag_mede(reactie=cast.reactie("FNV"), deelname=lto, door=fnv.contact)
    reageer(cast, "FNV")
    for onderwerp in ("Herinnering: uw organisatie is om een reactie gevraagd", "U heeft meer tijd voor uw reactie"):
        assert fnv.contact not in gaat_uit(onderwerp)
        assert {lto.contact, cnv.contact} <= gaat_uit(onderwerp)
    assert (cast.deelname("FNV").herinnerd_op, cast.deelname("CNV").herinnerd_op is None) == (None, False)
    beantwoord_mede(mede=mede, akkoord=True, door=lto.contact)
    assert gaat_uit("Herinnering: uw organisatie is om een reactie gevraagd") == {cnv.contact}


def test_twee_keer_meer_tijd_in_tien_minuten_is_een_bericht(cast: Cast) -> None:
    for dagen in (40, 60):
        verleng_ronde(
            traject=cast.traject, versie=None, uiterlijk_op=vandaag() + dagen * DAG, reden=REDEN, door=cast.secretaris
        )
    assert Bericht.objects.filter(onderwerp="U heeft meer tijd voor uw reactie", status="wacht").count() == 6


@pytest.mark.parametrize("overgang", ["trek_terug_naar_concept", "beeindig"])
def test_een_vraag_die_niet_meer_geldt_gaat_niet_uit_en_na_herroepen_toch(cast: Cast, overgang: str) -> None:
    assert len(gaat_uit(VRAAG)) == 6
    einde = overgang == "beeindig"
    doe(cast, overgang, **({"datum": vandaag()} if einde else {}))
    assert gaat_uit(VRAAG) == set()
    if einde:
        doe(cast, "herroep_einde")
        assert len(gaat_uit(VRAAG)) == 6
        assert all(b.niet_voor > nu() + timedelta(minutes=9) for b in Bericht.objects.filter(onderwerp=VRAAG))
        assert gaat_uit("Een adviestraject is gestopt") == set()


def test_een_vraag_om_mee_te_tekenen_komt_niet_aan_zonder_de_vraag_zelf(cast: Cast) -> None:
    """Zij wachtte op de vraag om te reageren; is het openen herroepen, dan wees haar link naar niets."""
    fnv, lto = cast.deelname("FNV"), cast.deelname("LTO")
    vraag_mede(reactie=cast.reactie("FNV"), deelname=lto, door=fnv.contact)
    assert gaat_uit("Een organisatie vraagt u mee te tekenen met haar reactie") == {lto.contact}
    doe(cast, "herroep_achterbanberaad")
    assert not Bericht.objects.filter(pad__startswith="/organisatie/", status="wacht").exists()


def test_wie_al_gevraagd_was_wordt_na_een_herroepen_einde_niet_nog_eens_gevraagd(cast: Cast) -> None:
    Bericht.objects.filter(onderwerp=VRAAG).update(status="verstuurd", verstuurd_op=nu())
    doe(cast, "beeindig", datum=vandaag())
    doe(cast, "herroep_einde")
    assert not Bericht.objects.filter(onderwerp=VRAAG, status="wacht").exists()


@pytest.mark.parametrize("overgang", ["haal_terug_naar_commissie", "beeindig"])
def test_wat_niet_meer_naar_de_raad_gaat_is_niet_klaar_voor_de_raad(wereld: Wereld, overgang: str) -> None:
    cast = bouw.traject_op(Stap.VERWERKING, wereld)
    bouw.bereid_verzending_voor(cast)
    doe(cast, "stuur_naar_raad")
    assert cast.raadssecretaris in gaat_uit("Een advies is klaar voor de raad")
    doe(cast, overgang, **({"datum": vandaag()} if overgang == "beeindig" else {}))
    assert gaat_uit("Een advies is klaar voor de raad") == set()
    if overgang == "beeindig":
        doe(cast, "herroep_einde")
        assert cast.raadssecretaris in gaat_uit("Een advies is klaar voor de raad")


def test_een_commissie_hoort_niet_van_een_traject_dat_al_weer_bij_het_bestuur_ligt(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.TOEWIJZING, wereld)
    bouw.bereid_toewijzing_voor(cast)
    commissie = bouw.commissie_van(cast)
    type(commissie).objects.filter(pk=commissie.pk).update(naam=f"Commissie {'lang ' * 29}".strip())
    doe(cast, "wijs_toe")
    wacht = Bericht.objects.filter(feit__startswith=f"adviezen.wijs_toe:{cast.traject.pk}:", status="wacht")
    assert wacht.exists(), "een lange naam houdt de toewijzing niet tegen"
    doe(cast, "wijs_opnieuw_toe")
    assert not wacht.exists()


def test_een_herinnering_die_in_de_postbus_is_herroepen_telt_niet(cast: Cast) -> None:
    fnv = cast.deelname("FNV")
    for _ in range(2):
        herinner(traject=cast.traject, versie=None, deelnames=[fnv], door=cast.secretaris)
        feit = Bericht.objects.filter(feit__startswith="adviezen.herinner:").latest("pk").handeling
        herroep(feit_begin=feit, door=cast.secretaris)
        assert cast.deelname("FNV").herinnerd_op is None


# --- de juiste mens ---------------------------------------------------------------------------------------------


def test_wie_waarneemt_hoort_wat_de_secretaris_hoort(cast: Cast) -> None:
    Adviestraject.objects.filter(pk=cast.traject.pk).update(waarnemer=cast.tweede)
    reageer(cast, "FNV")
    assert gaat_uit("De stand van een achterbanberaad is veranderd") == {cast.secretaris, cast.tweede}


def test_bij_het_besluit_van_de_raad_staan_beide_er_en_krijgen_beide_bericht(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld)
    Adviestraject.objects.filter(pk=cast.traject.pk).update(waarnemer=cast.tweede)
    cast.vers()
    assert {cast.secretaris.naam, cast.tweede.naam} <= {g.wie for g in gevolgen(cast.traject, "stel_uit")}
    doe(cast, "stel_uit")
    assert gaat_uit("Een advies is uitgesteld") == {cast.secretaris, cast.tweede}


def test_heeft_de_secretaris_geen_account_meer_dan_hoort_de_algemeen_secretaris_het(cast: Cast) -> None:
    Gebruiker.objects.filter(pk=cast.secretaris.pk).update(is_active=False)
    fnv = Deelname.objects.get(pk=cast.deelname("FNV").pk)
    organisatie.meld_knelpunt(deelname=fnv, tekst="Te kort.", door=fnv.contact)
    assert cast.algemeen_secretaris in gaat_uit("Een organisatie meldt een knelpunt")


@pytest.mark.parametrize("hoe", ["account dicht", "werkt er niet meer"])
def test_gaat_een_contactpersoon_weg_dan_hoort_zijn_opvolger_het(cast: Cast, als: Any, hoe: str) -> None:
    fnv = cast.deelname("FNV")
    weg, nieuw = fnv.contact, opvolger(fnv)
    assert weg is not None
    if hoe == "account dicht":
        Gebruiker.objects.filter(pk=weg.pk).update(is_active=False)
    else:
        weg.organisatiecontacten.update(van=vandaag() - 9 * DAG, tot=vandaag())
    herinner(traject=cast.traject, versie=None, deelnames=[fnv], door=cast.secretaris)
    assert gaat_uit("Herinnering: uw organisatie is om een reactie gevraagd") == {nieuw}
    termijn = Termijn.objects.van(cast.beraad).get()
    Termijn.objects.filter(pk=termijn.pk).update(vervalt_op=vandaag(), volgende_herinnering=vandaag())
    verwerk()
    bericht = Bericht.objects.get(ontvanger=nieuw, feit__startswith="termijnen.herinner:")
    assert bericht.pad == f"/organisatie/beraad/{fnv.pk}/"
    assert als(nieuw).get(bericht.pad).status_code == 200
    assert not Bericht.objects.filter(ontvanger=weg, feit__startswith="termijnen.herinner:").exists()


def test_wie_bij_de_organisatie_vertrok_leest_de_ronde_niet_meer_en_dient_niets_in(cast: Cast, als: Any) -> None:
    """De tekst is vertrouwelijk: contactpersoon van de ronde zijn is geen grond op zichzelf."""
    fnv = cast.deelname("FNV")
    weg, paden = fnv.contact, (f"/organisatie/beraad/{fnv.pk}/", f"/lezen/versie/{cast.beraad.versie_id}/")
    assert weg is not None
    assert [als(weg).get(pad).status_code for pad in paden] == [200, 200]
    weg.organisatiecontacten.update(van=vandaag() - 9 * DAG, tot=vandaag())
    weg = Gebruiker.objects.get(pk=weg.pk)
    assert [als(weg).get(pad).status_code for pad in paden] == [404, 404]
    assert als(weg).post(paden[0], {"doe": "oordeel", "oordeel": "akkoord"}).status_code == 404
    assert not mag_voor_organisatie(fnv, weg)
    assert mag_voor_organisatie(fnv, opvolger(fnv))


@pytest.mark.parametrize("hoe", ["account dicht", "werkt er niet meer"])
def test_is_er_geen_opvolger_dan_zegt_herinneren_dat_er_niemand_is(cast: Cast, hoe: str) -> None:
    fnv = cast.deelname("FNV")
    weg = fnv.contact
    assert weg is not None
    if hoe == "account dicht":
        Gebruiker.objects.filter(pk=weg.pk).update(is_active=False)
    else:
        weg.organisatiecontacten.update(van=vandaag() - 9 * DAG, tot=vandaag())
    with pytest.raises(InvoerFout, match="geen contact met een werkend account"):
        herinner(traject=cast.traject, versie=None, deelnames=[fnv], door=cast.secretaris)


def test_zonder_secretaris_van_de_raad_maakt_de_algemeen_secretaris_de_agenda(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.VERWERKING, wereld)
    bouw.bereid_verzending_voor(cast)
    Gebruiker.objects.filter(pk=cast.raadssecretaris.pk).update(is_active=False)
    assert cast.algemeen_secretaris.naam in {g.wie for g in gevolgen(cast.traject, "stuur_naar_raad")}
    doe(cast, "stuur_naar_raad")
    assert gaat_uit("Een advies is klaar voor de raad") == {cast.algemeen_secretaris}


def test_wie_het_knelpunt_meldde_hoort_het_antwoord_ook(cast: Cast) -> None:
    fnv = cast.deelname("FNV")
    tweede = opvolger(fnv)
    knelpunt = organisatie.meld_knelpunt(deelname=fnv, tekst="Te kort.", door=tweede)
    organisatie.beantwoord_knelpunt(knelpunt=knelpunt, tekst="Wij geven meer tijd.", door=cast.secretaris)
    assert gaat_uit("De secretaris antwoordt op uw knelpunt") == {fnv.contact, tweede}


def test_kroonleden_krijgen_geen_rapportage_over_een_traject_dat_zij_niet_zien(wereld: Wereld, als: Any) -> None:
    cast = bouw.traject_op(Stap.TOEWIJZING, wereld)
    with pytest.raises(InvoerFout, match="pas als het bij een commissie ligt"):
        schrijf_rapportage(traject=cast.traject, tekst="Het ligt bij het bestuur.", door=cast.secretaris)
    assert (
        "Stuur de rapportage"
        not in als(cast.secretaris).get(f"/werk/trajecten/{cast.traject.slug}/kroonleden/").content.decode()
    )
    bouw.naar_concept(cast)
    schrijf_rapportage(traject=cast.traject, tekst="De commissie begon.", door=cast.secretaris)
    berichten = Bericht.objects.filter(feit__startswith="adviezen.schrijf_rapportage:")
    lezers = [b.ontvanger for b in berichten]
    assert lezers
    assert {als(lezer).get(berichten[0].pad).status_code for lezer in lezers[:3]} == {200}


# --- wat er staat -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("eigen", [True, False])
def test_de_uitnodiging_noemt_de_laatste_dag_van_deze_meelezer(cast: Cast, als: Any, eigen: bool) -> None:
    fnv = cast.deelname("FNV")
    collega = bouw.maak_gebruiker("Collega FNV")
    tot = vandaag() + 5 * DAG if eigen else None
    rij = organisatie.laat_meelezen(deelname=fnv, gebruiker=collega, door=fnv.contact, tot=tot)
    brief = bouw_mail(Bericht.objects.get(feit=f"adviezen.laat_meelezen:{rij.pk}:0"), verbinding()).body
    blad = als(collega).get(f"/organisatie/uitnodiging/{rij.pk}/").content.decode()
    einde = datum_nl(cast.beraad.uiterlijk_op)
    laatste = datum_nl(vandaag() + 4 * DAG)
    assert (f"Dat kan tot en met {laatste}." in brief, f"leest mee tot en met {laatste}" in blad) == (eigen, eigen)
    assert (f"reageren kan tot en met {einde}" in brief) is not eigen


def test_vooraf_staat_er_wie_pas_na_het_embargo_bericht_krijgt(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    bouw.bereid_aanbieding_voor(cast)
    zonder = {g.wie: g.wat for g in gevolgen(cast.traject, "bied_aan")}
    assert not any("embargo" in wat for wat in zonder.values())
    Aanbieding.objects.filter(traject=cast.traject).update(embargo_tot=nu() + 2 * DAG)
    cast.vers()
    met = {g.wie: g.wat for g in gevolgen(cast.traject, "bied_aan")}
    assert "krijgen na het embargo bericht" in met.values()
    meteen = next(wie for wie, wat in met.items() if wat.endswith("na tien minuten bericht"))
    doe(cast, "bied_aan")
    vertrekt = Bericht.objects.filter(feit__startswith=f"adviezen.bied_aan:{cast.traject.pk}:")
    assert meteen.startswith(str(vertrekt.filter(niet_voor__lt=nu() + DAG).count()))
