"""Wat herroepen, terugnemen of overnieuw doen achterlaat: precies wat er zonder de eerste keer had gelegen."""

from datetime import timedelta

import pytest

from adviezen.actions import mede as samen
from adviezen.actions import organisatie, reacties, voortraject
from adviezen.actions.beraad import verleng_ronde
from adviezen.actions.correctie import corrigeer
from adviezen.actions.eigen_termijn import zet_eigen_termijn
from adviezen.actions.handelen import handel
from adviezen.actions.herinner import herinner
from adviezen.actions.inspraak import Partij, leg_inspraak_vast
from adviezen.actions.klokken import NA_VASTSTELLEN
from adviezen.actions.verwerking import stel_verwerking_voor
from adviezen.enums import Medestatus, Stap
from adviezen.models import Achterbanberaad, Advies, Adviestraject, Deelname, Knelpunt, Verwerking
from berichten.models import Bericht
from kern.fouten import OvergangGeweigerd
from kern.tijd import nu, vandaag
from logboek.models import Gebeurtenis
from raad.queries import db_leden
from termijnen.actions import open_termijn, pauzeer, verleng
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.agenderen import agendeer, raad
from tests.adviezen.bouw import Cast, Wereld
from tests.adviezen.test_agendering import ontwerp
from vergaderingen.actions import haal_van_agenda, herroep_oproeping, roep_op, wijzig_agendapunt

REDEN = "Vergissing (voorbeeld)."


def doe(cast, overgang, **kw):
    """Doe een handeling met alles wat erbij hoort, door wie dat mag."""
    cast.traject = handel(
        traject=cast.traject, versie=None, overgang=overgang, door=cast.wie(overgang), reden=REDEN, **kw
    )
    return cast.traject


# --- toewijzing ---------------------------------------------------------------------------------------------------


def test_na_een_herroepen_toewijzing_leest_de_commissie_het_traject_niet_meer(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    leden = cast.traject.commissie.leden.filter(rol="lid", persoon__gebruiker__isnull=False)
    lid = leden.exclude(persoon__in=db_leden(vandaag()))[0].persoon.gebruiker
    zichtbaar = Adviestraject.objects.zichtbaar_voor(lid).filter(pk=cast.traject.pk)
    assert zichtbaar.exists()
    traject = doe(cast, "herroep_toewijzing")
    assert (traject.commissie, traject.commissievoorzitter, traject.scope) == (None, None, "")
    assert not zichtbaar.exists()


def test_na_een_herroepen_nieuwe_toewijzing_is_de_commissie_weer_die_van_daarvoor(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    eerst = (cast.traject.commissie, cast.traject.commissievoorzitter, cast.traject.scope)
    doe(cast, "wijs_opnieuw_toe")
    cast.opties["commissie"] = "consumenten"
    bouw.bereid_toewijzing_voor(cast, scope="Alleen het begin (voorbeeld).")
    assert doe(cast, "wijs_toe").commissie != eerst[0]
    traject = doe(cast, "herroep_toewijzing")
    assert (traject.commissie, traject.commissievoorzitter, traject.scope) == eerst


# --- de agenda van de raad ----------------------------------------------------------------------------------------


def test_wie_de_verzending_herroept_vraagt_de_raad_het_punt_van_de_agenda_te_halen(wereld: Wereld) -> None:
    """De commissiesecretaris mag zelf niet aan die agenda komen; het punt bleef er staan en niemand hoorde het."""
    cast = bouw.traject_op(Stap.VERWERKING, wereld)
    bouw.bereid_verzending_voor(cast)
    doe(cast, "stuur_naar_raad")
    zitting = raad(cast)
    punt = agendeer(cast, zitting).agendapunt
    doe(cast, "herroep_naar_raad")
    punt.refresh_from_db()
    assert not punt.vervallen
    opdracht = Bericht.objects.get(ontvanger=cast.raadssecretaris, pad=f"/werk/vergaderingen/{zitting.pk}/")
    assert (opdracht.onderwerp, opdracht.status) == ("Haal een teruggenomen advies van de agenda", "wacht")


def test_wie_de_agenda_beheert_haalt_het_punt_er_met_herroepen_zelf_af(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.VERWERKING, wereld)
    Adviestraject.objects.filter(pk=cast.traject.pk).update(secretaris=cast.algemeen_secretaris)
    cast.vers()
    bouw.bereid_verzending_voor(cast)
    doe(cast, "stuur_naar_raad")
    zitting = raad(cast)
    punt = agendeer(cast, zitting).agendapunt
    handel(traject=cast.traject, versie=None, overgang="herroep_naar_raad", door=cast.algemeen_secretaris, reden=REDEN)
    punt.refresh_from_db()
    assert punt.vervallen
    assert not Bericht.objects.filter(pad=f"/werk/vergaderingen/{zitting.pk}/", onderwerp__startswith="Haal").exists()


def _zet_vertrouwelijk(cast: Cast, punt, vertrouwelijk: bool) -> None:
    wijzig_agendapunt(
        agendapunt=punt, versie=None, onderwerp=punt.onderwerp, soort=punt.soort, vertrouwelijk=vertrouwelijk,
        door=cast.raadssecretaris,
    )  # fmt: skip


@pytest.mark.parametrize("na_de_oproeping", [False, True])
def test_een_punt_dat_toch_niet_vertrouwelijk_is_maakt_het_ontwerp_alsnog_openbaar(
    wereld: Wereld, na_de_oproeping: bool
) -> None:
    """Anders staat het in het openbaar op de agenda van een openbare raad, en leest niemand de tekst."""
    cast = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    zitting = raad(cast)
    punt = agendeer(cast, zitting).agendapunt
    if not na_de_oproeping:
        _zet_vertrouwelijk(cast, punt, True)
    roep_op(vergadering=zitting, versie=None, door=cast.raadssecretaris)
    if na_de_oproeping:
        _zet_vertrouwelijk(cast, punt, True)
    klaargezet = ontwerp(cast)
    assert (klaargezet is not None) is na_de_oproeping
    assert klaargezet is None or klaargezet.tot == klaargezet.vanaf
    _zet_vertrouwelijk(cast, punt, False)
    assert ontwerp(cast).tot is None
    assert ontwerp(cast).vanaf > nu() + timedelta(minutes=9)


def test_voor_de_oproeping_maakt_een_punt_dat_niet_vertrouwelijk_is_niets_openbaar(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    punt = agendeer(cast, raad(cast)).agendapunt
    _zet_vertrouwelijk(cast, punt, True)
    _zet_vertrouwelijk(cast, punt, False)
    assert ontwerp(cast) is None


@pytest.mark.parametrize("overgang", ["stel_vast", "verwijs_terug", "stel_uit"])
def test_een_advies_waarover_de_raad_besloot_blijft_op_de_agenda(wereld: Wereld, overgang: str) -> None:
    """Het besluit over een advies is geen rij bij het punt, maar staat wel in de besluitenlijst en het verslag."""
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld)
    punt = bouw.bereid_vaststelling_voor(cast).agendapunt
    doe(cast, overgang)
    with pytest.raises(OvergangGeweigerd, match="blijft op de agenda"):
        haal_van_agenda(agendapunt=punt, reden="Toch niet.", door=cast.raadssecretaris)


@pytest.mark.parametrize("hoe", ["haal_van_agenda", "herroep_oproeping", "niets"])
def test_na_een_herroepen_einde_wordt_alleen_openbaar_wat_de_raad_nog_behandelt(wereld: Wereld, hoe: str) -> None:
    """De secretaris van de raad kreeg de opdracht het van de agenda te halen, en deed dat in die minuten."""
    cast = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    zitting = raad(cast)
    punt = agendeer(cast, zitting).agendapunt
    zitting = roep_op(vergadering=zitting, versie=None, door=cast.raadssecretaris)
    doe(cast, "beeindig", datum=vandaag())
    if hoe == "haal_van_agenda":
        haal_van_agenda(agendapunt=punt, reden="Gestopt.", door=cast.raadssecretaris)
    if hoe == "herroep_oproeping":
        herroep_oproeping(vergadering=zitting, versie=None, reden="Gestopt.", door=cast.raadssecretaris)
    doe(cast, "herroep_einde")
    assert (ontwerp(cast).tot is None) == (hoe == "niets")


# --- de ronde -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dicht", "open_"), [("sluit_achterbanberaad_na_termijn", "herroep_sluiting"), ("beeindig", "herroep_einde")]
)
def test_wie_zijn_herinnering_niet_kreeg_kan_nog_herinnerd_worden(wereld: Wereld, dicht: str, open_: str) -> None:
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    fnv, lto = cast.deelname("FNV"), cast.deelname("LTO")
    gisteren = nu() - timedelta(days=1)
    herinner(traject=cast.traject, versie=None, deelnames=[lto], door=cast.secretaris)
    Bericht.objects.filter(feit__startswith="adviezen.herinner:").update(
        status="verstuurd", verstuurd_op=gisteren, aangemaakt_op=gisteren
    )
    Deelname.objects.filter(pk=lto.pk).update(herinnerd_op=gisteren)
    herinner(traject=cast.traject, versie=None, deelnames=[fnv, lto], door=cast.secretaris)
    Achterbanberaad.objects.filter(pk=cast.beraad.pk).update(
        geopend_op=nu() - timedelta(days=9), uiterlijk_op=vandaag() - timedelta(days=1)
    )
    doe(cast, dicht, **({"datum": vandaag()} if dicht == "beeindig" else {}))
    doe(cast, open_)
    assert cast.deelname("FNV").herinnerd_op is None
    assert cast.deelname("LTO").herinnerd_op == gisteren, "die van gisteren kreeg LTO wel"
    herinner(traject=cast.traject, versie=None, deelnames=[fnv, lto], door=cast.secretaris)
    assert Bericht.objects.filter(feit__startswith="adviezen.herinner:", status="wacht").count() == 2


def test_wat_over_een_teruggenomen_reactie_al_was_voorgesteld_vervalt(wereld: Wereld) -> None:
    """De ronde was even dicht; wie daarna wijzigde kreeg een storing, of een antwoord op wat er eerst stond."""
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    bouw.bereid_sluiting_voor(cast)
    doe(cast, "sluit_achterbanberaad")
    reactie, ander = cast.reactie("FNV"), cast.reactie("CNV")
    for rij in (reactie, ander):
        stel_verwerking_voor(
            item=rij.items.get(), rijversie=None, oordeel="overgenomen", reden="", door=cast.secretaris
        )
    doe(cast, "herroep_sluiting")
    wie = reactie.deelname.contact
    reactie = reacties.neem_reactie_terug(reactie=reactie, versie=None, door=wie)
    reacties.bewaar_reactie(
        reactie=reactie, versie=None, oordeel="akkoord_mits", toelichting="", punten=[reacties.Punt("Iets anders.")],
        door=wie,
    )  # fmt: skip
    reacties.dien_reactie_in(reactie=reactie, versie=None, door=wie)
    doe(cast, "sluit_achterbanberaad")
    assert not Verwerking.objects.filter(item__reactie=reactie).exists()
    assert Verwerking.objects.filter(item__reactie=ander).exists(), "wat een ander schreef is niet veranderd"
    assert Gebeurtenis.objects.filter(soort="adviezen.laat_verwerking_vervallen", object_id=reactie.pk).exists()


def _stil(klok: Termijn, door) -> None:
    pauzeer(termijn=klok, reden=REDEN, door=door)


def _met_de_hand_later(klok: Termijn, door) -> None:
    verleng(termijn=klok, vervalt_op=vandaag() + timedelta(days=80), reden=REDEN, door=door)


@pytest.mark.parametrize("vooraf", [_stil, _met_de_hand_later])
def test_een_ronde_krijgt_meer_tijd_ook_als_haar_termijn_stilstaat_of_al_verlegd_is(wereld: Wereld, vooraf) -> None:
    """De secretaris las "“Verleng” kan nu niet", en de organisaties kregen hun extra weken niet."""
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    soort = {"soort": "achterbanberaad", "object": cast.beraad, "basis": vandaag(), "door": cast.secretaris}
    klok = open_termijn(vervalt_op=cast.beraad.uiterlijk_op, **soort)
    vooraf(klok, cast.secretaris)
    stand = Termijn.objects.get(pk=klok.pk).status
    dag = vandaag() + timedelta(days=60)
    verleng_ronde(traject=cast.vers(), versie=None, uiterlijk_op=dag, reden="Vakantie.", door=cast.secretaris)
    assert cast.beraad.uiterlijk_op == dag
    klok = Termijn.objects.van(cast.beraad).lopend().get()
    assert (klok.vervalt_op, klok.status) == (dag, stand)


def _vraag(cast: Cast):
    fnv, lto = cast.deelname("FNV"), cast.deelname("LTO")
    reactie = reacties.begin_reactie(deelname=fnv, door=fnv.contact)
    return fnv, lto, lambda: samen.vraag_mede(reactie=reactie, deelname=lto, door=fnv.contact)


def test_wie_na_een_afwijzing_opnieuw_gevraagd_wordt_mee_te_tekenen_hoort_dat(wereld: Wereld) -> None:
    """De tekst bleef dezelfde; toen bleef ook het tweede bericht weg."""
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    _, lto, vraag = _vraag(cast)
    samen.beantwoord_mede(mede=vraag(), akkoord=False, door=lto.contact)
    assert vraag().status == Medestatus.GEVRAAGD
    vraag()
    gevraagd = Bericht.objects.filter(ontvanger=lto.contact, onderwerp__contains="vraagt u mee te tekenen")
    assert gevraagd.count() == 2


def test_elk_ander_antwoord_over_meetekenen_komt_over_en_hetzelfde_een_keer(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    fnv, lto, vraag = _vraag(cast)
    mede = vraag()
    for akkoord in (True, True, False, True):
        samen.beantwoord_mede(mede=mede, akkoord=akkoord, door=lto.contact)
    over = Bericht.objects.filter(ontvanger=fnv.contact, onderwerp__contains="tekent").order_by("pk")
    assert ["niet" in b.onderwerp for b in over] == [False, True, False]


def test_wie_al_bevestigde_hoort_dat_zij_niet_meer_meetekent(wereld: Wereld) -> None:
    """Zij dacht dat zij gereageerd had; zonder bericht liep de ronde zonder haar af."""
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    fnv, lto, vraag = _vraag(cast)
    mede = samen.beantwoord_mede(mede=vraag(), akkoord=True, door=lto.contact)
    for _ in range(2):
        samen.trek_mede_terug(mede=mede, door=fnv.contact)
    bericht = Bericht.objects.get(ontvanger=lto.contact, onderwerp__contains="niet langer mee")
    assert bericht.pad == f"/organisatie/beraad/{lto.pk}/"


def test_hetzelfde_knelpunt_twee_keer_versturen_geeft_een_knelpunt_en_een_bericht(wereld: Wereld) -> None:
    fnv = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld).deelname("FNV")
    een, ander = (organisatie.meld_knelpunt(deelname=fnv, tekst="Te kort.", door=fnv.contact) for _ in range(2))
    assert een == ander
    assert Knelpunt.objects.filter(deelname=fnv).count() == 1
    assert Bericht.objects.filter(feit__startswith=f"adviezen.meld_knelpunt:{een.pk}:").count() == 1
    assert organisatie.meld_knelpunt(deelname=fnv, tekst="Ook te duur.", door=fnv.contact) != een


def test_wie_gehoord_is_staat_na_twee_keer_versturen_een_keer_in_de_lijst(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    invoer = {"traject": cast.traject, "vorm": "hoorzitting", "van": vandaag(), "door": cast.secretaris}
    een, zelfde, ander = (
        leg_inspraak_vast(partijen=[Partij(naam)], **invoer) for naam in ("De Bond", "De Bond ", "De Vakbond")
    )
    assert een == zelfde
    assert een != ander


# --- termijnen ----------------------------------------------------------------------------------------------------


def test_dezelfde_eigen_termijn_nog_eens_is_dezelfde(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    invoer = {"traject": cast.traject, "wie": cast.secretaris, "door": cast.secretaris}
    dag = vandaag() + timedelta(days=9)
    een, zelfde, anders, later = (
        zet_eigen_termijn(wat=wat, vervalt_op=op, **invoer)
        for wat, op in (("Bel de minister", dag), ("Bel de minister", dag), ("Bel", dag), ("Bel", dag + timedelta(1)))
    )
    assert een == zelfde
    assert len({een.pk, anders.pk, later.pk}) == 3


def test_wie_een_verwachte_vraag_overneemt_bewaakt_ook_haar_dag(wereld: Wereld) -> None:
    invoer = {
        "titel": "Vraag (voorbeeld)", "herkomst": "kabinetslijst", "lijstjaar": 2027,
        "verwacht_op": vandaag() + timedelta(days=60), "door": wereld.secretaris,
    }  # fmt: skip
    rij = voortraject.leg_voortraject_vast(secretaris=wereld.secretaris, **invoer)
    rij = voortraject.leg_voortraject_vast(secretaris=wereld.tweede, voortraject=rij, versie=rij.rijversie, **invoer)
    assert Termijn.objects.van(rij).lopend().get().eigenaar == wereld.tweede
    verder = invoer | {"verwacht_op": vandaag() + timedelta(days=90)}
    rij = voortraject.leg_voortraject_vast(
        secretaris=wereld.secretaris, voortraject=rij, versie=rij.rijversie, **verder
    )
    klok = Termijn.objects.van(rij).lopend().get()
    assert (klok.eigenaar, klok.vervalt_op) == (wereld.secretaris, verder["verwacht_op"])


def test_dezelfde_mening_en_dezelfde_verkenning_nog_eens_zijn_er_een(wereld: Wereld) -> None:
    lid = wereld.account("FNV 1")
    rij = voortraject.leg_voortraject_vast(
        titel="Vraag (voorbeeld)", herkomst="kabinetslijst", lijstjaar=2027, secretaris=wereld.secretaris,
        door=wereld.secretaris,
    )  # fmt: skip
    meningen = [
        voortraject.geef_mening(voortraject=rij, wens="gewenst", toelichting=waarom, door=lid)
        for waarom in ("", "", "Haast.", "")
    ]
    assert len({m.pk for m in meningen}) == 3, "wie terugkomt op zijn mening, zegt iets nieuws"
    assert Bericht.objects.filter(feit__startswith="adviezen.bestuursmening:").count() == 3
    for _ in range(2):
        voortraject.leg_verkenning_vast(
            voortraject=rij, op=vandaag(), vorm="gesprek", met_wie="", opbrengst="Het knelt.", door=wereld.secretaris
        )
    assert rij.verkenningen.count() == 1


def test_een_herstelde_dag_van_vaststelling_telt_ook_na_het_herroepen_van_de_aanbieding(wereld: Wereld) -> None:
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    bouw.bereid_aanbieding_voor(cast)
    for soort in NA_VASTSTELLEN:
        open_termijn(soort=soort, object=cast.traject, basis=vandaag(), door=cast.secretaris)
    doe(cast, "bied_aan")
    eerder = vandaag() - timedelta(days=3)
    corrigeer(
        traject=cast.traject, versie=None, gegeven="vastgesteld_op", nieuw=eerder, reden=REDEN, door=cast.secretaris
    )
    assert Advies.objects.get(traject=cast.traject).datum == eerder
    doe(cast, "herroep_aanbieding")
    lopend = Termijn.objects.van(cast.traject).lopend().filter(soort__in=NA_VASTSTELLEN)
    assert {(t.soort, t.basis) for t in lopend} == {(soort, eerder) for soort in NA_VASTSTELLEN}
