"""Wat de database zelf weigert, buiten elke handeling om."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from adviezen.enums import Kring, SoortOpmerking, SoortVersie, SoortVrager, Stap, ToewijzingBesluit
from adviezen.models import (
    Aanbeveling,
    Aanbieding,
    Achterbanberaad,
    Advies,
    Adviesaanvraag,
    Adviestraject,
    Adviesvrager,
    Agendering,
    Correctie,
    CriteriumOordeel,
    Deelname,
    Meelezer,
    Minderheidsnota,
    Opmerking,
    OpvattingRij,
    Reactie,
    ReactieItem,
    Registratie,
    Steun,
    Toewijzing,
    Versie,
    Verwerking,
)
from adviezen.queries import beurten, stand_van_beraad
from kern.tijd import nu, vandaag
from tests.adviezen.bouw import Cast, Wereld, begin_reactie, bestand, dien_in

GISTEREN = timedelta(days=1)


def weigert(doe: Callable[[], Any], stuk: str | None = None) -> None:
    with pytest.raises(DatabaseError, match=stuk), transaction.atomic():
        doe()


def sql(opdracht: str, *waarden: Any) -> Callable[[], Any]:
    def doe() -> None:
        with connection.cursor() as cursor:
            cursor.execute(opdracht, waarden)

    return doe


@pytest.mark.parametrize("tabel", ["stapgang", "toewijzing", "correctie"])
def test_alleen_toevoegen(tabel: str, casts: dict[str, Cast]) -> None:
    cast = casts[Stap.AANGEBODEN]
    Correctie.objects.create(
        traject=cast.traject, object_soort="x", object_id="1", veld="datum", oud="a", nieuw="b", reden="r",
        door=cast.secretaris, door_naam="x",
    )  # fmt: skip
    kolom = {"stapgang": "reden", "toewijzing": "motivering", "correctie": "oud"}[tabel]
    weigert(sql(f"UPDATE adviezen_{tabel} SET {kolom} = 'anders'"), "alleen toegevoegd")
    weigert(sql(f"DELETE FROM adviezen_{tabel}"), "alleen toegevoegd")
    weigert(sql(f"TRUNCATE adviezen_{tabel} CASCADE"))


def test_een_versie_ligt_vast(casts: dict[str, Cast]) -> None:
    cast = casts[Stap.NAAR_RAAD]
    for kolom in ("html", "notitie", "auteur_naam"):
        weigert(sql(f"UPDATE adviezen_versie SET {kolom} = 'anders' WHERE traject_id = %s", cast.traject.pk), "onver")
    weigert(sql("DELETE FROM adviezen_versie WHERE soort = 'concept'"), "onveranderlijk")


def test_een_opmerking_ligt_vast_behalve_de_afdoening(casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    versie = casts[Stap.NAAR_RAAD].traject.versies.first()
    basis = {"versie": versie, "auteur": cast.secretaris, "auteur_naam": "x", "tekst": "x"}
    een = Opmerking.objects.create(**basis, kring=Kring.COMMISSIE)
    weigert(lambda: Opmerking.objects.filter(pk=een.pk).update(tekst="anders"), "onveranderlijk")
    weigert(lambda: Opmerking.objects.filter(pk=een.pk).update(kring=Kring.SECRETARIAAT), "onveranderlijk")
    weigert(lambda: Opmerking.objects.filter(pk=een.pk).update(afgedaan_op=nu()), "afdoening")
    Opmerking.objects.filter(pk=een.pk).update(
        afgedaan_op=nu(), afgedaan_door=cast.secretaris, afdoening="Overgenomen."
    )
    weigert(lambda: Opmerking.objects.create(**basis, kring=Kring.ORGANISATIE), "organisatie")
    weigert(lambda: Opmerking.objects.create(**basis, kring=Kring.GELEDING), "geleding")
    weigert(lambda: Opmerking.objects.create(**basis, kring=Kring.PRIVE, soort=SoortOpmerking.BLOKKEREND), "blokk")
    weigert(lambda: Opmerking.objects.create(**basis, kring="iedereen"), "kring")


def test_een_ingediende_reactie_ligt_vast(casts: dict[str, Cast]) -> None:
    cast = casts[Stap.ACHTERBANBERAAD]
    reactie = dien_in(cast.deelname("VNO-NCW"), punten=2)
    punt = reactie.items.first()
    weigert(lambda: ReactieItem.objects.filter(pk=punt.pk).update(tekst="anders"), "liggen vast")
    weigert(lambda: ReactieItem.objects.filter(pk=punt.pk).delete(), "liggen vast")
    weigert(lambda: ReactieItem.objects.create(reactie=reactie, volgorde=9, tekst="erbij"), "liggen vast")
    ander = begin_reactie(cast.deelname("MKB"))
    los = ReactieItem.objects.create(reactie=ander, volgorde=1, tekst="los")
    weigert(lambda: ReactieItem.objects.filter(pk=los.pk).update(reactie=reactie), "liggen vast")
    weigert(sql("UPDATE adviezen_reactie SET oordeel = 'akkoord' WHERE id = %s", reactie.pk), "ligt vast")
    weigert(sql("DELETE FROM adviezen_reactie WHERE id = %s", reactie.pk))
    weigert(sql("UPDATE adviezen_reactie SET status = 'geen_reactie' WHERE id = %s", reactie.pk), "mag niet van")
    weigert(sql("UPDATE adviezen_reactie SET status = 'ingediend' WHERE id = %s", ander.pk), "adviezen_reactie")


def test_een_reactie_per_organisatie_per_ronde(casts: dict[str, Cast]) -> None:
    """Regel 23."""
    cast = casts[Stap.VERWERKING]
    deelname = cast.deelname("FNV")
    weigert(lambda: Reactie.objects.create(deelname=deelname), "deelname")
    weigert(lambda: Deelname.objects.create(beraad=cast.beraad, organisatie=deelname.organisatie), "eenmaal")


def test_ronden(casts: dict[str, Cast]) -> None:
    traject = casts[Stap.ACHTERBANBERAAD].traject
    beraad = casts[Stap.ACHTERBANBERAAD].beraad
    weigert(lambda: Achterbanberaad.objects.create(traject=traject, ronde=2), "een_open")
    weigert(lambda: Achterbanberaad.objects.create(traject=traject, ronde=1, gesloten_op=nu()))
    rij = Achterbanberaad.objects.filter(pk=beraad.pk)
    for velden, stuk in [
        ({"openbaar": None}, "open_volledig"),
        ({"toestemming_van": None}, "open_volledig"),
        ({"uiterlijk_op": vandaag() - 9 * GISTEREN}, "uiterlijk_na_open"),
        ({"gesloten_op": nu() - 9 * GISTEREN}, "sluit_na_open"),
        ({"eigen_lijst": True}, "lijst_reden"),
        ({"reacties_opengesteld_op": nu()}, "openstellen_reden"),
    ]:
        weigert(lambda velden=velden: rij.update(**velden), stuk)


def test_aanvraag_en_vrager(casts: dict[str, Cast]) -> None:
    """Regel 13: iemand anders dan een minister, staatssecretaris of Kamer kan geen adviesvrager zijn."""
    weigert(lambda: Adviesvrager.objects.create(naam="Een gemeente", soort="gemeente"), "vrager_soort")
    assert {SoortVrager.MINISTER, SoortVrager.EERSTE_KAMER} <= set(SoortVrager)
    rij = Adviesaanvraag.objects.filter(traject=casts[Stap.AANVRAAG].traject)
    weigert(lambda: rij.update(ontvangen_op=vandaag() - GISTEREN), "ontvangen_na_datum")
    weigert(lambda: rij.update(ontvangst_bevestigd_op=vandaag() - GISTEREN), "bevestigd_na")
    weigert(lambda: rij.update(vraag=""), "vraag")


def test_besluit_van_het_bestuur(casts: dict[str, Cast]) -> None:
    cast = casts[Stap.CONCEPT]
    geldig = cast.traject.toewijzingen.get()
    basis = {"traject": cast.traject, "vergadering": geldig.vergadering, "vastgelegd_door": cast.secretaris}
    toe = {**basis, "besluit": ToewijzingBesluit.WIJS_TOE, "voorzitter": geldig.voorzitter, "scope": "alles"}
    weigert(lambda: Toewijzing.objects.create(**toe), "toewijzing_volledig")
    weigert(lambda: Toewijzing.objects.create(**{**toe, "commissie": geldig.commissie, "scope": ""}), "volledig")
    weigert(lambda: Toewijzing.objects.create(**basis, besluit=ToewijzingBesluit.NIET_IN_BEHANDELING), "volledig")
    een = cast.traject.criteriumoordelen.first()
    weigert(lambda: CriteriumOordeel.objects.filter(pk=een.pk).update(toelichting=""), "toelichting")
    weigert(lambda: CriteriumOordeel.objects.filter(pk=een.pk).update(criterium="eigen"), "criterium_naam")
    een.pk = None
    weigert(een.save, "eenmaal")


def test_versies(casts: dict[str, Cast]) -> None:
    cast = casts[Stap.VERWERKING]
    wit = cast.traject.versies.get(soort=SoortVersie.WIT)

    def maak(**velden: Any) -> Callable[[], Versie]:
        gegevens = {"traject": cast.traject, "nummer": 9, "html": "<p>x</p>", "hash": "0" * 64,
                    "auteur": cast.secretaris, "auteur_naam": "x"} | velden  # fmt: skip
        return lambda: Versie.objects.create(**gegevens)

    zitting = wit.vastgesteld_in
    weigert(maak(soort="groen", vastgesteld_in=zitting), "groen_slot")
    weigert(maak(soort="wit"), "vastgesteld_in")
    weigert(maak(soort="concept", vastgesteld_in=zitting), "vastgesteld_in")
    weigert(maak(soort="concept", html=""), "versie_tekst")
    weigert(maak(soort="concept", hash="x"), "versie_hash")
    weigert(maak(soort="concept", nummer=1), "versie_nummer")
    weigert(maak(soort="paars"), "versie_soort")


def test_traject_heeft_wat_zijn_stand_vraagt(casts: dict[str, Cast]) -> None:
    def rij(stap: str) -> Any:
        return Adviestraject.objects.filter(pk=casts[stap].traject.pk)

    for stap, velden, stuk in [
        (Stap.CONCEPT, {"commissie": None}, "traject_commissie"),
        (Stap.CONCEPT, {"scope": ""}, "traject_commissie"),
        (Stap.VERWERKING, {"ontwerp_openbaar": None}, "openbaarheid"),
        (Stap.AANVRAAG, {"eigen_initiatief": True}, "eigen_initiatief"),
        (Stap.AANBIEDING, {"vastgesteld_op": None}, "vastgesteld"),
        (Stap.AANGEBODEN, {"aangeboden_op": None}, "aangeboden"),
        (Stap.AANBIEDING, {"aangeboden_op": vandaag()}, "aangeboden"),
        (Stap.AANGEBODEN, {"aangeboden_op": vandaag() - GISTEREN}, "aangeboden_na"),
        (Stap.INGETROKKEN, {"einde_reden": ""}, "traject_einde"),
        (Stap.CONCEPT, {"geeindigd_op": vandaag()}, "traject_einde"),
        (Stap.CONCEPT, {"titel": ""}, "titel"),
    ]:
        weigert(lambda stap=stap, velden=velden: rij(stap).update(**velden), stuk)


def test_advies(casts: dict[str, Cast]) -> None:
    advies = casts[Stap.AANGEBODEN].traject.advies
    rij = Advies.objects.filter(pk=advies.pk)
    weigert(lambda: rij.update(uitgebracht_op=advies.datum - GISTEREN), "uitgebracht_na")
    weigert(lambda: rij.update(nummer="26/1"), "advies_nummer")
    weigert(lambda: rij.update(nummer="2026/01"), "advies_reeks")
    weigert(lambda: Advies.objects.create(kenmerk="x", titel="x", nummer="V26/01", voorbeeld=False), "reeks")
    weigert(lambda: Advies.objects.create(kenmerk="x", titel="x", nummer=advies.nummer, voorbeeld=True), "nummer")
    oud = Advies.objects.create(kenmerk="adv-x", titel="Oud", nummer="1951/01", voorbeeld=False, jaar=1951)
    assert oud.heeft_klok
    assert not Advies(soort="rapport").heeft_klok
    Aanbeveling.objects.create(advies=oud, nummer=1, tekst="Doe iets.")
    weigert(lambda: Aanbeveling.objects.create(advies=oud, nummer=1, tekst="Nog iets."), "aanbeveling_nummer")


def test_aanbieding_door_twee_personen(casts: dict[str, Cast]) -> None:
    aanbieding = casts[Stap.AANGEBODEN].traject.aanbieding
    rij = Aanbieding.objects.filter(pk=aanbieding.pk)
    weigert(lambda: rij.update(bevestigd_door=aanbieding.klaargezet_door), "twee_personen")
    weigert(lambda: rij.update(bevestigd_op=aanbieding.klaargezet_op - GISTEREN), "bevestigd")
    weigert(lambda: rij.update(bevestigd_op=None), "bevestigd")
    weigert(lambda: aanbieding.brieven.update(afgetekend_op=None), "afgetekend")


def test_steun_een_keer_per_zetel_in_dezelfde_registratie(casts: dict[str, Cast], wereld: Wereld) -> None:
    agendering = casts[Stap.VASTSTELLING].traject.agenderingen.get()
    een, twee = (Registratie.objects.create(agendering=agendering, passage=p) for p in ("een", "twee"))
    rijen = [
        OpvattingRij.objects.create(registratie=r, sleutel=s, tekst=s, volgorde=v)
        for r, s, v in [(een, "a", 1), (een, "b", 2), (twee, "a", 1)]
    ]
    lid, ander = (wereld.raad.leden[n].benoemingen.get() for n in ("FNV 1", "FNV 2"))
    Steun.objects.create(registratie=een, opvatting=rijen[0], zetel=lid.zetel, persoon=lid.persoon)
    for opvatting, zetel, persoon, stuk in [
        (rijen[1], lid.zetel, ander.persoon, "steun_zetel"),
        (rijen[1], ander.zetel, lid.persoon, "steun_persoon"),
        (rijen[2], ander.zetel, ander.persoon, "zelfde_registratie"),
    ]:
        weigert(
            lambda o=opvatting, z=zetel, p=persoon: Steun.objects.create(
                registratie=een, opvatting=o, zetel=z, persoon=p
            ),
            stuk,
        )
    weigert(lambda: Minderheidsnota.objects.create(agendering=agendering, titel="leeg"), "nota_inhoud")
    weigert(lambda: Agendering.objects.filter(pk=agendering.pk).update(oordeel="unaniem"), "agendering_oordeel")


def test_overig(casts: dict[str, Cast], wereld: Wereld) -> None:
    cast = casts[Stap.VERWERKING]
    punt = ReactieItem.objects.filter(reactie__deelname__beraad=cast.beraad).first()
    weigert(lambda: Verwerking.objects.create(item=punt, oordeel="niet", voorgesteld_door=cast.secretaris), "reden")
    meelezer = {"gebruiker": wereld.buitenstaander, "organisatie": wereld.raad.organisaties["FNV"],
                "traject": cast.traject, "beraad": cast.beraad, "toegelaten_door": cast.secretaris}  # fmt: skip
    weigert(lambda: Meelezer.objects.create(**meelezer, van=vandaag(), tot=vandaag() - GISTEREN), "einde")
    Meelezer.objects.create(**meelezer, van=vandaag())
    weigert(lambda: Meelezer.objects.create(**meelezer, van=vandaag()), "eenmaal")
    weigert(
        lambda: Correctie.objects.create(
            object_soort="x", object_id="1", veld="v", oud="a", nieuw="a", reden="r", door=cast.secretaris
        ),
        "verschil",
    )
    assert str(bestand()) == "brief.pdf"


# --- zoekvragen van pagina's ----------------------------------------------------------------------------------


def test_beurten_met_een_vast_aantal_zoekvragen(
    casts: dict[str, Cast], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    alle = Adviestraject.objects.select_related("secretaris", "commissie")
    with django_assert_max_num_queries(7):
        uit = beurten(alle)
    assert len(uit) == len(Stap)
    wie = {stap: uit[cast.traject.pk].wie for stap, cast in casts.items()}
    assert wie[Stap.TOEWIJZING] == "het dagelijks bestuur"
    assert "het CNV (voorbeeld)" in wie[Stap.ACHTERBANBERAAD]
    assert " en " in wie[Stap.ACHTERBANBERAAD]
    assert uit[casts[Stap.VASTSTELLING].traject.pk].tot == vandaag()
    assert not uit[casts[Stap.VASTSTELLING].traject.pk].te_laat
    assert beurten([]) == {}


def test_stand_van_beraad_verklapt_geen_concept(
    casts: dict[str, Cast], django_assert_num_queries: Callable[[int], Any]
) -> None:
    cast = casts[Stap.ACHTERBANBERAAD]
    dien_in(cast.deelname("FNV"), punten=3)
    concept = begin_reactie(cast.deelname("LTO"))
    ReactieItem.objects.create(reactie=concept, volgorde=1, tekst="nog geheim")
    beraad = cast.beraad
    with django_assert_num_queries(1):
        stand = {s.deelname.organisatie.naam.split()[0]: s for s in stand_van_beraad(beraad)}
    assert (stand["FNV"].status, stand["FNV"].punten, stand["FNV"].gereed) == ("ingediend", 3, True)
    assert (stand["LTO"].status, stand["LTO"].punten, stand["LTO"].gereed) == ("concept", 0, False)
    assert stand["CNV"].status_naam == "nog niet begonnen"
