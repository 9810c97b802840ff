"""De database weigert zelf, buiten de handelingen om: elke poging hieronder schrijft rechtstreeks in de tabel."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from raad.enums import Bijzonder, Geleding, SoortBenoeming, Voorzittersfunctie
from raad.models import (
    Benoeming,
    DagelijksBestuurslid,
    Organisatie,
    OrganisatieContact,
    Persoon,
    Voorzitterschap,
    Zetel,
    Zetelverdeling,
    Zittingsperiode,
)
from tests.raad.conftest import TOT, VAN, Raad

LID, VERVANGER = SoortBenoeming.LID, SoortBenoeming.PLAATSVERVANGER
OND, KROON, WERK = Geleding.ONDERNEMERS, Geleding.KROONLEDEN, Geleding.WERKNEMERS


@contextmanager
def weigert(regel: str) -> Iterator[None]:
    """De poging mislukt op precies deze regel, ook als die pas aan het eind van de transactie geldt."""
    with pytest.raises(IntegrityError) as fout, transaction.atomic():  # noqa: PT012
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert fout.value.__cause__.diag.constraint_name == regel


def aanvaardt() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def bezet(zetel: Zetel, persoon: Persoon, soort: str = LID, van: date = VAN, tot: date | None = TOT) -> Benoeming:
    return Benoeming.objects.create(zetel=zetel, persoon=persoon, soort=soort, van=van, tot=tot)


def test_zetel_niet_twee_keer_tegelijk_bezet(raad: Raad) -> None:
    bezet(raad.zetels[0], raad.persoon(), tot=date(2027, 1, 1))
    with weigert("raad_zetel_dubbel_bezet"):
        bezet(raad.zetels[0], raad.persoon(), van=date(2026, 12, 31))
    bezet(raad.zetels[0], raad.persoon(), van=date(2027, 1, 1))


def test_regel_09_een_plaatsvervanger_per_zetel(raad: Raad) -> None:
    bezet(raad.zetels[0], raad.persoon())
    bezet(raad.zetels[0], raad.persoon(), VERVANGER)
    with weigert("raad_zetel_dubbel_bezet"):
        bezet(raad.zetels[0], raad.persoon(), VERVANGER)


@pytest.mark.parametrize(("eerst", "dan"), [(LID, LID), (LID, VERVANGER), (VERVANGER, LID)])
def test_persoon_niet_in_twee_zetels_tegelijk(raad: Raad, eerst: str, dan: str) -> None:
    iemand = raad.persoon()
    bezet(raad.zetels[0], iemand, eerst)
    with weigert("raad_persoon_twee_zetels"):
        bezet(raad.zetels[1], iemand, dan)


def test_meer_leden_dan_zetels_kan_niet(raad: Raad) -> None:
    """Elke zetel heeft een lid; een volgend lid heeft een nieuwe zetel nodig en die laat de verdeling niet toe."""
    for zetel in raad.zetels:
        bezet(zetel, raad.persoon())
    assert Benoeming.objects.filter(soort=LID).count() == raad.periode.verdelingen.get().totaal
    with weigert("raad_zetels_volgens_verdeling"):
        zetel = Zetel.objects.create(periode=raad.periode, nummer=99, geleding=KROON, van=VAN, tot=TOT)
        bezet(zetel, raad.persoon())


def test_vacature_mag(raad: Raad) -> None:
    assert not Benoeming.objects.exists()
    aanvaardt()


@pytest.mark.parametrize(
    ("van", "tot"), [(date(2026, 3, 31), TOT), (VAN, date(2028, 4, 2)), (VAN, None), (TOT, date(2028, 5, 1))]
)
def test_benoeming_binnen_de_zetel(raad: Raad, van: date, tot: date | None) -> None:
    with weigert("raad_benoeming_binnen_zetel"):
        bezet(raad.zetels[0], raad.persoon(), van=van, tot=tot)


def test_zetel_korter_maken_dan_benoeming_kan_niet(raad: Raad) -> None:
    bezet(raad.zetels[0], raad.persoon())
    with weigert("raad_benoeming_binnen_zetel"):
        Zetel.objects.filter(pk=raad.zetels[0].pk).update(tot=date(2027, 1, 1))


def test_zetel_binnen_de_periode(raad: Raad) -> None:
    with weigert("raad_zetel_binnen_periode"):
        Zetel.objects.create(periode=raad.periode, nummer=99, geleding=KROON, van=VAN, tot=date(2028, 4, 2))
    with weigert("raad_zetel_binnen_periode"):
        Zittingsperiode.objects.filter(pk=raad.periode.pk).update(tot=date(2027, 4, 1))


@pytest.mark.parametrize("veld", [{"nummer": 98}, {"geleding": KROON}, {"bijzonder": "cpb"}])
def test_wat_een_zetel_is_ligt_vast(raad: Raad, veld: dict[str, Any]) -> None:
    zetel = raad.zetel(KROON) if "bijzonder" in veld else raad.zetel(OND)
    with weigert("raad_zetel_ligt_vast"):
        Zetel.objects.filter(pk=zetel.pk).update(organisatie=None, **veld)


def test_zetelnummer_een_keer_tegelijk(raad: Raad) -> None:
    with weigert("raad_zetel_nummer_overlapt"):
        Zetel.objects.create(periode=raad.periode, nummer=1, geleding=KROON, van=VAN, tot=TOT)


def test_zittingsperioden_overlappen_niet_binnen_een_wereld(raad: Raad) -> None:
    velden = {"naam": "Andere", "van": date(2028, 3, 31), "tot": date(2030, 4, 1)}
    with weigert("raad_periode_overlapt"):
        Zittingsperiode.objects.create(**velden, voorbeeld=raad.periode.voorbeeld)
    Zittingsperiode.objects.create(**velden, voorbeeld=not raad.periode.voorbeeld)


def test_organisatie_heeft_de_geleding_van_haar_zetel(raad: Raad) -> None:
    with weigert("raad_zetel_organisatie_geleding"):
        Zetel.objects.filter(pk=raad.zetel(OND).pk).update(organisatie=raad.fnv)
    with weigert("raad_zetel_organisatie_geleding"):
        Organisatie.objects.filter(pk=raad.fnv.pk).update(geleding=OND)
    with weigert("raad_organisatie_geleding"):
        Organisatie.objects.create(naam="X", slug="x", geleding=KROON)


def test_kroonledenzetel_heeft_geen_organisatie(raad: Raad) -> None:
    with weigert("raad_zetel_kroonlid"):
        Zetel.objects.create(periode=raad.periode, nummer=99, geleding=KROON, organisatie=raad.fnv, van=VAN, tot=TOT)


def test_dnb_en_cpb_zijn_kroonledenzetels(raad: Raad) -> None:
    with weigert("raad_zetel_bijzonder"):
        Zetel.objects.create(periode=raad.periode, nummer=99, geleding=WERK, bijzonder="dnb", van=VAN, tot=TOT)
    with weigert("raad_zetel_bijzonder_overlapt"):
        Zetel.objects.create(periode=raad.periode, nummer=99, geleding=KROON, bijzonder=Bijzonder.DNB, van=VAN, tot=TOT)


def test_regel_02_zijden_gelijk_op_elke_dag(raad: Raad) -> None:
    """Een zetel die halverwege eindigt maakt de zijden vanaf die dag ongelijk, ook al kloppen zij op dag een."""
    with weigert("raad_zetels_gelijk"):
        Zetel.objects.filter(pk=raad.zetel(OND).pk).update(tot=date(2027, 1, 1))
    with weigert("raad_zetels_gelijk"):
        Zetel.objects.create(periode=raad.periode, nummer=99, geleding=WERK, van=VAN, tot=TOT)
    with weigert("raad_zetels_gelijk"):
        raad.zetel(WERK).delete()


def test_regel_01_zetels_volgens_de_verdeling(raad: Raad) -> None:
    with weigert("raad_zetels_volgens_verdeling"):
        raad.zetel(KROON).delete()
    with weigert("raad_zetels_volgens_verdeling"):
        Zetelverdeling.objects.filter(periode=raad.periode).update(kroonleden=4)
    with weigert("raad_zetels_volgens_verdeling"):
        raad.periode.verdelingen.all().delete()
    with weigert("raad_verdeling_gelijk"):
        Zetelverdeling.objects.filter(periode=raad.periode).update(werknemers=4)


def test_verdeling_mag_tijdens_de_periode_wijzigen(raad: Raad) -> None:
    """Zoals op 16 september 2023: drie zetels erbij, midden in een zittingsperiode."""
    dag = date(2027, 1, 1)
    Zetelverdeling.objects.create(periode=raad.periode, vanaf=dag, ondernemers=4, werknemers=4, kroonleden=4)
    for nummer, geleding in ((97, OND), (98, WERK), (99, KROON)):
        Zetel.objects.create(periode=raad.periode, nummer=nummer, geleding=geleding, van=dag, tot=TOT)
    aanvaardt()
    with weigert("raad_zetels_volgens_verdeling"):
        Zetelverdeling.objects.filter(vanaf=dag).update(vanaf=date(2027, 2, 1))


def test_onvolledige_periode_is_vrij_en_volledig_maken_wordt_nagekeken(raad: Raad) -> None:
    Zittingsperiode.objects.filter(pk=raad.periode.pk).update(volledig=False)
    raad.zetel(OND).delete()
    bezet(raad.zetels[4], raad.persoon(), SoortBenoeming.ONBEKEND)
    aanvaardt()
    with weigert("raad_benoeming_soort_bekend"):
        Zittingsperiode.objects.filter(pk=raad.periode.pk).update(volledig=True)
    Benoeming.objects.all().delete()
    with weigert("raad_zetels_gelijk"):
        Zittingsperiode.objects.filter(pk=raad.periode.pk).update(volledig=True)


def test_soort_onbekend_alleen_in_het_archief(raad: Raad) -> None:
    with weigert("raad_benoeming_soort_bekend"):
        bezet(raad.zetels[0], raad.persoon(), SoortBenoeming.ONBEKEND)


def voorzit(persoon: Persoon, functie: str = Voorzittersfunctie.VOORZITTER, van: date = VAN, tot: date = TOT) -> None:
    Voorzitterschap.objects.create(persoon=persoon, functie=functie, van=van, tot=tot)


def test_regel_07_voorzitter_is_kroonlid(raad: Raad) -> None:
    with weigert("raad_voorzitter_is_kroonlid"):
        voorzit(raad.lid(OND).persoon)
    voorzit(raad.lid(KROON).persoon)
    aanvaardt()


def test_regel_06_voorzitters_uit_drie_geledingen(raad: Raad) -> None:
    voorzit(raad.lid(KROON).persoon)
    voorzit(raad.lid(OND).persoon, Voorzittersfunctie.EERSTE)
    aanvaardt()
    with weigert("raad_voorzitters_geledingen"):
        voorzit(raad.lid(OND, 1).persoon, Voorzittersfunctie.TWEEDE)
    with weigert("raad_voorzitters_geledingen"):
        voorzit(raad.lid(KROON, 1).persoon, Voorzittersfunctie.TWEEDE)
    voorzit(raad.lid(WERK).persoon, Voorzittersfunctie.TWEEDE)
    aanvaardt()


def test_voorzitter_is_lid_zolang_het_duurt(raad: Raad) -> None:
    kort = raad.lid(KROON, tot=date(2027, 1, 1))
    with weigert("raad_voorzitter_is_lid"):
        voorzit(kort.persoon)
    voorzit(kort.persoon, tot=date(2027, 1, 1))
    aanvaardt()
    with weigert("raad_voorzitter_is_lid"):
        Benoeming.objects.filter(pk=kort.pk).update(tot=date(2026, 12, 31))
    with weigert("raad_voorzitter_is_lid"):
        kort.delete()
    vervanger = raad.persoon()
    bezet(raad.zetel(KROON, 1), vervanger, VERVANGER)
    with weigert("raad_voorzitter_is_lid"):
        voorzit(vervanger, van=date(2027, 1, 1))


def test_een_per_functie_en_een_functie_per_persoon(raad: Raad) -> None:
    een, ander = raad.lid(KROON).persoon, raad.lid(KROON, 1).persoon
    voorzit(een)
    with weigert("raad_functie_dubbel_bezet"):
        voorzit(ander)
    with weigert("raad_persoon_twee_functies"):
        voorzit(een, Voorzittersfunctie.EERSTE)


def test_regel_08_dagelijks_bestuur_per_geleding_begrensd(raad: Raad) -> None:
    for geleding in Geleding:
        DagelijksBestuurslid.objects.create(persoon=raad.lid(geleding).persoon, van=VAN, tot=TOT)
    aanvaardt()
    tweede = raad.lid(OND, 1).persoon
    with weigert("raad_db_vol"):
        DagelijksBestuurslid.objects.create(persoon=tweede, van=date(2027, 12, 31), tot=TOT)
    DagelijksBestuurslid.objects.filter(persoon__naam="Lid ondernemers 0").update(tot=date(2027, 1, 1))
    DagelijksBestuurslid.objects.create(persoon=tweede, van=date(2027, 1, 1), tot=TOT)
    aanvaardt()


def test_regel_08_de_grens_is_een_gegeven(raad: Raad) -> None:
    Zittingsperiode.objects.filter(pk=raad.periode.pk).update(db_per_geleding=2)
    for plaats in (0, 1):
        DagelijksBestuurslid.objects.create(persoon=raad.lid(WERK, plaats).persoon, van=VAN, tot=TOT)
    aanvaardt()
    with weigert("raad_db_vol"):
        DagelijksBestuurslid.objects.create(persoon=raad.lid(WERK, 2).persoon, van=VAN, tot=TOT)


def test_db_lid_is_raadslid(raad: Raad) -> None:
    buiten = raad.persoon()
    with weigert("raad_db_is_lid"):
        DagelijksBestuurslid.objects.create(persoon=buiten, van=VAN, tot=TOT)
    lid = raad.lid(OND)
    DagelijksBestuurslid.objects.create(persoon=lid.persoon, van=VAN, tot=TOT)
    aanvaardt()
    with weigert("raad_db_is_lid"):
        Benoeming.objects.filter(pk=lid.pk).update(persoon=buiten)
    with weigert("raad_db_persoon_dubbel"):
        DagelijksBestuurslid.objects.create(persoon=lid.persoon, van=VAN, tot=TOT)


def test_contact_niet_dubbel(raad: Raad, maak_gebruiker: Callable[..., Any]) -> None:
    velden = {"gebruiker": maak_gebruiker(), "organisatie": raad.fnv}
    OrganisatieContact.objects.create(**velden, van=VAN)
    with weigert("raad_contact_dubbel"):
        OrganisatieContact.objects.create(**velden, van=date(2027, 1, 1), tot=TOT)


@pytest.mark.parametrize("dagen", [0, 1, 400])
def test_einde_voor_begin_wordt_bij_naam_geweigerd(raad: Raad, dagen: int) -> None:
    """Ook ver voor het begin, waar PostgreSQL zelf geen daterange van kan maken."""
    tot = date(2027, 6, 1) - timedelta(days=dagen)
    with weigert("raad_benoeming_einde"):
        bezet(raad.zetels[0], raad.persoon(), van=date(2027, 6, 1), tot=tot)
    with weigert("raad_zetel_einde"):
        Zetel.objects.create(periode=raad.periode, nummer=99, geleding=KROON, van=date(2027, 6, 1), tot=tot)
    with weigert("raad_periode_einde"):
        Zittingsperiode.objects.create(naam="Fout", van=date(2027, 6, 1), tot=tot)


@pytest.mark.parametrize("model", [Benoeming, Voorzitterschap, DagelijksBestuurslid, OrganisatieContact])
def test_einde_na_begin(raad: Raad, maak_gebruiker: Callable[..., Any], model: Any) -> None:
    lid = raad.lid(KROON)
    extra: dict[Any, dict[str, Any]] = {
        Benoeming: {"persoon": raad.persoon(), "zetel": raad.zetel(KROON, 1), "soort": LID},
        Voorzitterschap: {"persoon": lid.persoon, "functie": "voorzitter"},
        DagelijksBestuurslid: {"persoon": lid.persoon},
        OrganisatieContact: {"gebruiker": maak_gebruiker(), "organisatie": raad.fnv},
    }
    with pytest.raises(IntegrityError) as fout, transaction.atomic():
        model.objects.create(**extra[model], van=date(2027, 1, 1), tot=date(2027, 1, 1))
    assert fout.value.__cause__.diag.constraint_name.endswith("_einde")


dagen = st.dates(min_value=VAN, max_value=date(2028, 3, 31))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(dagen, dagen).filter(lambda t: t[0] < t[1]), min_size=2, max_size=2))
def test_database_en_python_zijn_het_eens_over_overlap(raad: Raad, vakken: list[tuple[date, date]]) -> None:
    """Halfopen: de tweede mag beginnen op de dag dat de eerste eindigt, geen dag eerder."""
    (van1, tot1), (van2, tot2) = vakken
    overlapt = van1 < tot2 and van2 < tot1
    punt = transaction.savepoint()
    try:
        eerste = bezet(raad.zetels[0], raad.persoon(), van=van1, tot=tot1)
        assert [eerste.geldt(dag) for dag in (van1, tot1)] == [True, False]
        if overlapt:
            with weigert("raad_zetel_dubbel_bezet"):
                bezet(raad.zetels[0], raad.persoon(), van=van2, tot=tot2)
        else:
            bezet(raad.zetels[0], raad.persoon(), van=van2, tot=tot2)
            op = Benoeming.objects.op(max(van1, van2))
            assert op.count() == 1
    finally:
        transaction.savepoint_rollback(punt)
