"""Per aanbeveling: wat het kabinet antwoordde, wat ervan kwam, en waaruit dat blijkt; en wat de database weigert."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from adviezen.actions.aanbevelingen import Punt, namen_in, soort_van, zet_aanbevelingen
from adviezen.models import Aanbeveling, Geadresseerde
from adviezen.openbaar import publiceer_advies
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu, vandaag
from logboek.models import Gebeurtenis
from opvolging.actions import (
    Antwoordregel,
    leg_antwoorden_vast,
    trek_bewijs_in,
    trek_reactie_in,
    voeg_bewijs_toe,
    zet_stand,
)
from opvolging.models import Antwoord, Bewijs, Opvolgstand
from opvolging.queries.aanbeveling import geldende_antwoorden, opvolging_van, te_beoordelen, te_herzien
from tests.adviezen import bouw
from tests.opvolging.hulp import advies, bewijs, leg_vast, openbaar

pytestmark = pytest.mark.django_db


def antwoord(wereld, rij, reactie, *regels):
    return leg_antwoorden_vast(advies=rij, reactie=reactie, regels=regels, door=wereld.secretaris)


def van(aanbeveling):
    return opvolging_van([Aanbeveling.objects.select_related("advies").get(pk=aanbeveling.pk)])[0]


# --- geadresseerden en bevriezen ----------------------------------------------------------------------------------


def test_geadresseerden_worden_records(wereld):
    rij = advies(wereld)
    een, geen = zet_aanbevelingen(
        rij, [Punt("Doe dit.", "minister van SZW (voorbeeld); de Tweede Kamer;"), Punt(" "), Punt("Doe dat.")]
    )
    assert [g.naam for g in een.aan.all()] == ["de Tweede Kamer", "minister van SZW (voorbeeld)"]
    assert (geen.nummer, list(geen.aan.all())) == (2, [])
    assert namen_in(" ; a ;b;a") == ["a", "b"]
    namen = ("De minister van X", "staatssecretaris Y", "het kabinet", "de Eerste Kamer", "sociale partners")
    assert [soort_van(n) for n in namen] == ["bewindspersoon", "bewindspersoon", "kabinet", "kamer", "overig"]


def test_na_het_aanbieden_liggen_aanbevelingen_vast(wereld):
    cast = bouw.traject_op("aangeboden", wereld)
    rij = cast.traject.advies
    rij.uitgebracht_op = None
    rij.save()
    zet_aanbevelingen(rij, [Punt("Doe dit.", "het kabinet (voorbeeld)")])
    rij.uitgebracht_op = vandaag()
    rij.save()
    punt = rij.aanbevelingen.get()
    for daad in (
        lambda: Aanbeveling.objects.filter(pk=punt.pk).update(tekst="Anders."),
        lambda: punt.aan.clear(),
        lambda: punt.delete(),
        lambda: Aanbeveling.objects.create(advies=rij, nummer=9, tekst="Erbij."),
        lambda: punt.aan.add(Geadresseerde.objects.create(naam="een ander", soort="overig")),
    ):
        with pytest.raises(DatabaseError, match="liggen vast"), transaction.atomic():
            daad()
    punt.refresh_from_db()
    assert punt.tekst == "Doe dit."


# --- antwoorden ---------------------------------------------------------------------------------------------------


def test_antwoorden_uit_een_brief_en_hun_geschiedenis(wereld):
    rij = openbaar(wereld)
    een, twee = rij.aanbevelingen.all()
    reactie = leg_vast(wereld, rij)
    nieuw = antwoord(
        wereld,
        rij,
        reactie,
        Antwoordregel(een, "neemt_over", "Dat doe ik.", "blz. 1"),
        Antwoordregel(twee, "niet_beantwoord", "wordt niet bewaard"),
    )
    assert [a.oordeel for a in nieuw] == ["neemt_over", "niet_beantwoord"]
    assert nieuw[1].citaat == ""
    assert Gebeurtenis.objects.filter(soort="opvolging.leg_antwoorden_vast", object_id=str(rij.pk)).exists()
    gelijk = Antwoordregel(een, "neemt_over", "Dat doe ik.", "blz. 1", gezien=nieuw[0].pk)
    assert antwoord(wereld, rij, reactie, gelijk) == []
    anders = antwoord(wereld, rij, reactie, Antwoordregel(een, "deels", "Deels.", gezien=nieuw[0].pk))
    assert geldende_antwoorden(rij)[een.pk, None] == anders[0]
    assert Antwoord.objects.filter(aanbeveling=een).count() == 2
    assert anders[0].openbaar_vanaf == nieuw[0].openbaar_vanaf  # binnen tien minuten: het eerste wordt nooit openbaar
    andere_brief = leg_vast(wereld, rij, kamerstuk="een tweede")
    zelfde = Antwoordregel(een, "deels", "Deels.", gezien=anders[0].pk)
    assert antwoord(wereld, rij, andere_brief, zelfde) == []


def test_per_geadresseerde_een_eigen_antwoord(wereld):
    rij = openbaar(wereld, [("Doe dit.", "minister A (voorbeeld); minister B (voorbeeld)")])
    punt = rij.aanbevelingen.get()
    a, b = punt.aan.all()
    antwoord(
        wereld,
        rij,
        leg_vast(wereld, rij),
        Antwoordregel(punt, "neemt_over", "Ja.", geadresseerde=a),
        Antwoordregel(punt, "niet", "Nee.", geadresseerde=b),
    )
    assert [(w.geadresseerde, beeld) for w, beeld in van(punt).oordelen] == [(a, "neemt_over"), (b, "neemt_niet_over")]


@pytest.mark.parametrize(
    ("regel", "veld"),
    [
        ({"oordeel": "neemt_over", "citaat": " "}, "citaat"),
        ({"oordeel": "misschien"}, "oordeel"),
        ({"oordeel": "niet_beantwoord", "gezien": 99}, "oordeel"),
    ],
)
def test_een_slechte_regel_noemt_haar_veld_en_niets_blijft_half(wereld, regel, veld):
    rij = openbaar(wereld)
    een, twee = rij.aanbevelingen.all()
    with pytest.raises(InvoerFout) as fout:
        antwoord(
            wereld, rij, leg_vast(wereld, rij), Antwoordregel(een, "niet_beantwoord"), Antwoordregel(twee, **regel)
        )
    assert fout.value.veld == f"{twee.pk}:{veld}"
    assert not Antwoord.objects.exists()


def test_wat_niet_kan_met_antwoorden(wereld):
    rij, ander = openbaar(wereld), openbaar(wereld)
    reactie, elders = leg_vast(wereld, rij), leg_vast(wereld, ander)
    punt, vreemd = rij.aanbevelingen.first(), ander.aanbevelingen.first()
    regel = Antwoordregel(punt, "niet_beantwoord")
    with pytest.raises(InvoerFout, match="geldige brief"):
        antwoord(wereld, rij, elders, regel)
    with pytest.raises(InvoerFout, match="ander advies"):
        antwoord(wereld, rij, reactie, Antwoordregel(vreemd, "niet_beantwoord"))
    with pytest.raises(GeenToegang):
        leg_antwoorden_vast(advies=rij, reactie=reactie, regels=[regel], door=wereld.buitenstaander)
    trek_reactie_in(reactie=reactie, reden="Ingetrokken.", door=wereld.secretaris)
    with pytest.raises(InvoerFout, match="geldige brief"):
        antwoord(wereld, rij, reactie, regel)
    stil = advies(wereld)
    zet_aanbevelingen(stil, [Punt("Nog niet openbaar.")])
    with pytest.raises(InvoerFout, match="nog niet openbaar"):
        antwoord(wereld, stil, leg_vast(wereld, stil), Antwoordregel(stil.aanbevelingen.get(), "niet_beantwoord"))


def test_een_verbeterde_uitgave_die_wacht_houdt_het_beoordelen_niet_tegen(wereld):
    rij = openbaar(wereld)
    rij.titel = "Verbeterd (voorbeeld)"
    publiceer_advies(advies=rij, html="<p data-blok='b1'>Tekst</p>", vanaf=nu() + timedelta(minutes=10), door=None)
    regel = Antwoordregel(rij.aanbevelingen.first(), "niet_beantwoord")
    assert antwoord(wereld, rij, leg_vast(wereld, rij), regel)


def test_antwoorden_uit_een_ingetrokken_brief_gelden_niet(wereld):
    rij = openbaar(wereld)
    punt = rij.aanbevelingen.first()
    eerste = leg_vast(wereld, rij, datum=vandaag() - timedelta(days=2))
    oud = antwoord(wereld, rij, eerste, Antwoordregel(punt, "niet", "Nee."))[0]
    tweede = leg_vast(wereld, rij)
    antwoord(wereld, rij, tweede, Antwoordregel(punt, "neemt_over", "Ja.", gezien=oud.pk))
    trek_reactie_in(reactie=tweede, reden="Ingetrokken.", door=wereld.secretaris)
    assert van(punt).antwoorden == [oud]
    trek_reactie_in(reactie=eerste, reden="Ook.", door=wereld.secretaris)
    assert van(punt).antwoorden == []


# --- stand en bewijs ----------------------------------------------------------------------------------------------


def test_uitgevoerd_vraagt_een_bewijs_ook_jaren_later(wereld):
    rij = openbaar(wereld, dagen_geleden=1500)
    een, twee = rij.aanbevelingen.select_related("advies")
    with pytest.raises(InvoerFout, match="vraagt een bewijs") as fout:
        zet_stand(aanbeveling=een, stand="uitgevoerd", motivering="Klaar.", door=wereld.secretaris)
    assert fout.value.veld == "stand"
    wet = bewijs(wereld, een, twee)
    stand = zet_stand(aanbeveling=een, stand="uitgevoerd", motivering="Klaar.", door=wereld.secretaris)
    assert (van(een).stand, van(een).bewijzen, van(twee).bewijzen) == ("uitgevoerd", [wet], [wet])
    with pytest.raises(InvoerFout, match="Een ander legde intussen"):
        zet_stand(aanbeveling=een, stand="achterhaald", motivering="Nee.", door=wereld.tweede)
    zet_stand(aanbeveling=een, stand="achterhaald", motivering="Nee.", door=wereld.tweede, gezien=stand.pk)
    assert [s.stand for s in Opvolgstand.objects.filter(aanbeveling=een)] == ["uitgevoerd", "achterhaald"]
    assert Gebeurtenis.objects.filter(soort="opvolging.zet_stand", object_id=str(een.pk)).count() == 2


def test_zonder_beoordeling_is_het_archief_niet_bekend_en_het_portaal_open(wereld):
    archief = openbaar(wereld, klok=False).aanbevelingen.first()
    assert van(archief).stand == "niet_bekend"
    cast = bouw.traject_op("aangeboden", wereld)
    rij = cast.traject.advies
    rij.uitgebracht_op = None
    rij.save()
    punt = zet_aanbevelingen(rij, [Punt("Doe dit.")])[0]
    assert van(punt).stand == "open"


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"soort": "gevoel"}, "soort"),
        ({"titel": " "}, "titel"),
        ({"datum": vandaag() + timedelta(days=1)}, "datum"),
        ({"toelichting": ""}, "bron"),
    ],
)
def test_slecht_bewijs_noemt_het_veld(wereld, anders, veld):
    punt = openbaar(wereld).aanbevelingen.select_related("advies").first()
    with pytest.raises(InvoerFout) as fout:
        bewijs(wereld, punt, **anders)
    assert fout.value.veld == veld


def test_wat_niet_kan_met_stand_en_bewijs(wereld):
    punt = openbaar(wereld).aanbevelingen.select_related("advies").first()
    ander = openbaar(wereld).aanbevelingen.select_related("advies").first()
    for kwijt in ((), (punt, ander)):
        with pytest.raises(InvoerFout, match="van dit advies"):
            bewijs(wereld, *kwijt)
    for anders, veld in (({"stand": "weg"}, "stand"), ({"motivering": " "}, "motivering")):
        with pytest.raises(InvoerFout) as fout:
            zet_stand(**({"aanbeveling": punt, "stand": "open", "motivering": "x", "door": wereld.secretaris} | anders))
        assert fout.value.veld == veld
    for dag, waarom in ((vandaag() + timedelta(days=1), "toekomst"), (date(1990, 1, 1), "Het advies is van")):
        with pytest.raises(InvoerFout, match=waarom):
            zet_stand(aanbeveling=punt, stand="open", motivering="x", door=wereld.secretaris, per=dag)
    for daad in (
        lambda: zet_stand(aanbeveling=punt, stand="open", motivering="x", door=wereld.buitenstaander),
        lambda: voeg_bewijs_toe(aanbevelingen=[punt], soort="wet", titel="x", bron="y", door=wereld.buitenstaander),
    ):
        with pytest.raises(GeenToegang):
            daad()


def test_bewijs_intrekken_is_een_nieuwe_rij(wereld):
    punt = openbaar(wereld).aanbevelingen.select_related("advies").first()
    rij = bewijs(wereld, punt)
    with pytest.raises(InvoerFout, match="reden"):
        trek_bewijs_in(bewijs=rij, reden=" ", door=wereld.secretaris)
    weg = trek_bewijs_in(bewijs=rij, reden="Verkeerde wet.", door=wereld.secretaris)
    assert (van(punt).bewijzen, Bewijs.objects.count()) == ([], 2)
    for nogmaals in (rij, weg):
        with pytest.raises(InvoerFout, match="al ingetrokken"):
            trek_bewijs_in(bewijs=nogmaals, reden="x", door=wereld.secretaris)


@pytest.mark.parametrize("tabel", ["antwoord", "bewijs", "bewijsplaats", "opvolgstand", "toezegging", "klokvrijgave"])
def test_aan_de_geschiedenis_wordt_alleen_toegevoegd(wereld, tabel):
    rij = openbaar(wereld)
    punt = rij.aanbevelingen.select_related("advies").first()
    antwoord(wereld, rij, leg_vast(wereld, rij), Antwoordregel(punt, "niet_beantwoord"))
    bewijs(wereld, punt)
    zet_stand(aanbeveling=punt, stand="uitgevoerd", motivering="x", door=wereld.secretaris)
    rij.toezeggingen.create(datum=vandaag(), door_wie="minister", gedaan_op=vandaag(), door=wereld.secretaris)
    rij.klokvrijgaven.create(door=wereld.secretaris)
    for sql in (f"DELETE FROM opvolging_{tabel}", f"UPDATE opvolging_{tabel} SET id = id + 1000"):  # noqa: S608
        with pytest.raises(DatabaseError, match="alleen toegevoegd"), transaction.atomic(), connection.cursor() as c:
            c.execute(sql)


def test_de_database_eist_citaat_en_motivering(wereld):
    rij = openbaar(wereld)
    punt, reactie = rij.aanbevelingen.first(), leg_vast(wereld, rij)
    vast = {"aanbeveling": punt, "door": wereld.secretaris, "door_naam": "x"}
    for model, velden in (
        (Antwoord, {"reactie": reactie, "oordeel": "niet", "citaat": ""}),
        (Antwoord, {"reactie": reactie, "oordeel": "niet_beantwoord", "citaat": "toch"}),
        (Opvolgstand, {"stand": "open", "per": vandaag(), "motivering": ""}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**vast, **velden)


# --- wat er te doen is, en de schermen ----------------------------------------------------------------------------


def test_wat_er_te_beoordelen_en_te_herzien_is(wereld):
    rij = openbaar(wereld, dagen_geleden=900)
    een, twee = rij.aanbevelingen.select_related("advies")
    assert not te_beoordelen().exists()
    reactie = leg_vast(wereld, rij)
    assert list(te_beoordelen()) == [een, twee]
    antwoord(wereld, rij, reactie, Antwoordregel(een, "niet_beantwoord"))
    assert list(te_beoordelen()) == [twee]
    assert not te_herzien().exists()
    zet_stand(
        aanbeveling=een, stand="open", motivering="x", door=wereld.secretaris, per=vandaag() - timedelta(days=400)
    )
    assert list(te_herzien()) == [een]
