"""Wat een gebruiker bij een ronde tegenkwam: een tikfout in de dag, een dood spoor, een zin die niet waar was."""

from datetime import timedelta

import pytest

from adviezen.actions import beraad as acties
from adviezen.actions import handelen
from adviezen.actions.herinner import herinner
from adviezen.enums import Stap
from adviezen.models import Achterbanberaad, Adviestraject
from adviezen.policies.beraad import mag_start_beraad
from berichten.models import Bericht
from kern.fouten import InvoerFout
from kern.tijd import datum_nl, nu, vandaag
from raad.queries import organisaties_met_zetels
from termijnen.actions.ladder import zet_ladder
from termijnen.ladders import van_dagen
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.hulp import pad

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


def begin(wereld):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    bouw.versie(cast)
    return cast


def leg_klaar(cast, **anders):
    per_pk = {o.pk: sleutel for sleutel, o in cast.wereld.raad.organisaties.items()}
    kw = {
        "uiterlijk_op": vandaag() + 14 * DAG,
        "contacten": {o: cast.wereld.raad.coordinatoren[per_pk[o.pk]] for o in organisaties_met_zetels(vandaag())},
        "openbaar": True,
        "toestemming_op": vandaag(),
    }
    return acties.bereid_voor(traject=cast.traject, versie=None, door=cast.secretaris, **(kw | anders))


@pytest.fixture
def open_(cast):
    bouw.witte_versie(cast)
    leg_klaar(cast)
    cast.traject = handelen.handel(
        traject=cast.traject, versie=None, overgang="start_achterbanberaad", door=cast.secretaris
    )
    return cast


def verleng(cast, dag):
    return acties.verleng_ronde(
        traject=cast.traject, versie=None, uiterlijk_op=dag, reden="Op verzoek.", door=cast.secretaris
    )


def wachtend(cast):
    return Bericht.objects.filter(feit__startswith="adviezen.verleng_beraad", status="wacht").count()


@pytest.mark.parametrize("open_al", [False, True])
def test_een_jaartal_te_ver_is_een_tikfout(cast, open_al):
    """1 januari 2099 zette de ronde 72 jaar open, en terug kon niet."""
    if open_al:
        bouw.naar_achterbanberaad(cast)
    ver = vandaag() + 400 * DAG
    with pytest.raises(InvoerFout, match="binnen een jaar") as fout:
        verleng(cast, ver) if open_al else leg_klaar(cast, uiterlijk_op=ver)
    assert fout.value.veld == "uiterlijk_op"


def test_een_vergissing_bij_verlengen_kan_terug_zolang_niemand_het_hoorde(als, open_):
    was = open_.beraad.uiterlijk_op
    verleng(open_, was + 90 * DAG)
    client, adres = als(open_.secretaris), pad(open_, "verleng")
    assert "Vergist u zich zojuist?" in client.get(adres).content.decode()
    with pytest.raises(InvoerFout, match="na de huidige laatste dag"):
        verleng(open_, was - DAG)
    verleng(open_, was + 9 * DAG)
    assert (open_.beraad.uiterlijk_op, wachtend(open_)) == (was + 9 * DAG, 6)
    assert Termijn.objects.van(open_.beraad).lopend().get().vervalt_op == was + 9 * DAG
    with pytest.raises(InvoerFout, match="na de huidige laatste dag"):
        verleng(open_, was + 8 * DAG)  # één keer: daarvoor is niet meer te zien wat de organisaties hoorden
    verleng(open_, was + 20 * DAG)
    open_.vers()
    invoer = {"versie": open_.traject.rijversie, "uiterlijk_op": (was + 9 * DAG).isoformat(), "reden": "Vergissing."}
    assert client.post(adres, invoer).status_code == 302
    assert "Er gaat geen bericht uit" in client.get(pad(open_, "reacties")).content.decode()
    assert (open_.beraad.uiterlijk_op, wachtend(open_)) == (was + 9 * DAG, 0)


def test_na_het_bericht_wordt_de_tijd_niet_meer_korter(open_):
    was = open_.beraad.uiterlijk_op
    verleng(open_, was + 90 * DAG)
    een = Bericht.objects.filter(feit__startswith="adviezen.verleng_beraad").first()
    Bericht.objects.filter(pk=een.pk).update(status="verstuurd", verstuurd_op=nu())  # één organisatie rekent erop
    with pytest.raises(InvoerFout, match="na de huidige laatste dag"):
        verleng(open_, was + 9 * DAG)


def test_een_laatste_dag_na_de_adviestermijn_valt_op(als, cast):
    bouw.witte_versie(cast)
    cast.traject.adviestermijn = vandaag() + 10 * DAG
    cast.traject.save()
    leg_klaar(cast)
    client = als(cast.secretaris)
    for adres in (pad(cast, "beraad"), pad(cast, "handeling", naam="start_achterbanberaad")):
        assert "de adviestermijn eindigt al op" in client.get(adres).content.decode()


def test_wie_vast_voorbereidt_leest_hoe_de_witte_versie_erbij_komt(als, cast):
    """Het scherm zei "de organisaties lezen witte versie 1" én "koppel haar", zonder knop om dat te doen."""
    leg_klaar(cast)
    bouw.witte_versie(cast)
    tekst = als(cast.secretaris).get(pad(cast, "beraad")).content.decode()
    assert "zodra u de ronde met de knop onderaan nog eens klaarlegt" in tekst
    assert "leg de ronde nog eens klaar" in tekst
    assert "(niet verplicht)" not in tekst
    assert "zonder contact kan de ronde niet beginnen" in tekst
    leg_klaar(cast)
    assert not mag_start_beraad(cast.vers())
    assert "nog eens klaarlegt" not in als(cast.secretaris).get(pad(cast, "beraad")).content.decode()


def test_de_terugknop_na_een_handeling_is_geen_bladzijde_die_er_niet_is(als, open_):
    client = als(open_.secretaris)
    antwoord = client.get(pad(open_, "handeling", naam="start_achterbanberaad"))
    assert antwoord.status_code == 302
    assert "Het achterbanberaad is begonnen. Dat was op" in client.get(antwoord.url).content.decode()
    assert client.get(pad(open_, "handeling", naam="wijs_toe")).status_code == 404


def test_voor_het_herroepen_staat_er_wie_al_reageerde(als, open_):
    bouw.dien_in(open_.deelname("FNV"))
    tekst = als(open_.secretaris).get(pad(open_, "handeling", naam="herroep_achterbanberaad")).content.decode()
    assert "reageerde al (ingediend); dat blijft bewaard" in tekst
    assert tekst.count("dat blijft bewaard") == 1


@pytest.mark.parametrize(("dagen", "over"), [(14, 7), (5, 3), (2, 2), (0, None)])
def test_de_herinnering_die_vanzelf_gaat_staat_er_alleen_als_zij_nog_komt(als, open_, dagen, over):
    """De dag volgt uit de ladder; die kan de beheerder wijzigen."""
    Termijn.objects.van(open_.beraad).update(vervalt_op=vandaag() + dagen * DAG)
    tekst = als(open_.secretaris).get(pad(open_, "herinner")).content.decode()
    assert ("vanzelf een herinnering" in tekst) == (over is not None)
    if over is not None:
        assert f"Op {datum_nl(vandaag() + over * DAG)} gaat er ook vanzelf" in tekst


def test_een_andere_ladder_geeft_een_andere_dag(als, open_):
    zet_ladder(soort="achterbanberaad", treden=[van_dagen(-4)], door=open_.wereld.beheerder)
    tekst = als(open_.secretaris).get(pad(open_, "herinner")).content.decode()
    assert f"Op {datum_nl(open_.beraad.uiterlijk_op - 4 * DAG)} gaat er ook vanzelf" in tekst


def test_wie_niet_herinnerd_kan_worden_staat_er_allemaal(als, open_):
    twee = [open_.deelname("FNV"), open_.deelname("LTO")]
    herinner(traject=open_.traject, versie=None, deelnames=twee, door=open_.secretaris)
    with pytest.raises(InvoerFout, match=r"FNV.* en LTO.* zijn vandaag al herinnerd"):
        herinner(traject=open_.traject, versie=None, deelnames=open_.beraad.deelnames.all(), door=open_.secretaris)
    vooraf = als(open_.secretaris).get(pad(open_, "herinner")).context["form"]["deelnames"].value()
    assert len(vooraf) == 4
    assert not {d.pk for d in twee} & set(vooraf)


def test_een_gesloten_ronde_zegt_sinds_wanneer(als, open_):
    Achterbanberaad.objects.filter(pk=open_.beraad.pk).update(gesloten_op=nu(), sluit_reden="Klaar.")
    tekst = als(open_.secretaris).get(pad(open_, "reacties")).content.decode()
    assert "gesloten op" in tekst
    assert "tot en met" not in tekst


def test_wat_niet_meer_te_herroepen_is_ontbreekt_niet(als, open_):
    """Boven "Herroepen kan niet meer" stond "Dit ontbreekt nog": alsof er iets aan te doen was."""
    Adviestraject.objects.filter(pk=open_.traject.pk).update(herroepbaar_tot=nu() - timedelta(minutes=1))
    tekst = als(open_.secretaris).get(pad(open_, "handeling", naam="herroep_achterbanberaad")).content.decode()
    assert "Herroepen kan niet meer" in tekst
    assert "<h2>Dit kan niet</h2>" in tekst
    assert "Dit ontbreekt nog" not in tekst
