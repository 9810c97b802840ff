"""Wat de handelingen doen en weigeren. Getallen in de namen zijn de regels van het domeinonderzoek."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError

from kern.fouten import InvoerFout
from kern.tijd import nu, vandaag
from logboek.models import Gebeurtenis
from logboek.queries import geschiedenis
from raad.actions import (
    Zetels,
    beeindig_benoeming,
    beeindig_contact,
    beeindig_functie,
    benoem,
    benoem_db_lid,
    kies_voorzitter,
    leg_aanvaarding_vast,
    leg_contact_vast,
    registreer_organisatie,
    registreer_persoon,
    stel_afwijzing_vast,
)
from raad.enums import Geleding, SoortBenoeming, Voorzittersfunctie
from raad.geschiedenis import regels as leesbaar
from raad.models import Benoeming, DagelijksBestuurslid, Voorzitterschap, Zetel, Zetelverdeling, Zittingsperiode
from raad.namen import sorteernaam
from raad.termijn import ACCEPTATIE, adres, ontvangers
from raad.weigering import in_een_keer
from termijnen.enums import Status
from termijnen.models import Termijn
from tests.raad.conftest import TOT, VAN, Raad
from toegang.enums import Rol
from toegang.models import Gebruiker

OND, KROON, WERK = Geleding.ONDERNEMERS, Geleding.KROONLEDEN, Geleding.WERKNEMERS


def weigert(veld: str, handeling: Callable[..., Any], **velden: Any) -> str:
    with pytest.raises(InvoerFout) as fout:
        handeling(**({"door": None} | velden))
    assert fout.value.veld == veld
    assert fout.value.tekst.endswith(".")
    return fout.value.tekst


@pytest.fixture(autouse=True)
def _op_een_vaste_dag() -> object:
    with time_machine.travel("2026-11-20 12:00 +0100", tick=False):
        yield


def test_regel_01_zesendertig_zetels_twaalf_per_geleding(richt_in: Callable[..., Zittingsperiode]) -> None:
    periode = richt_in(
        zetels=[
            Zetels(OND, 8, registreer_organisatie(naam="A", geleding=OND, door=None)),
            Zetels(OND, 4, registreer_organisatie(naam="B", geleding=OND, door=None)),
            Zetels(WERK, 12, registreer_organisatie(naam="C", geleding=WERK, door=None)),
            Zetels(KROON, 12),
        ],
        aantallen=dict.fromkeys(Geleding, 12),
    )
    assert periode.zetels.count() == 36
    assert periode.verdelingen.get().totaal == 36
    volgorde = list(periode.zetels.values_list("geleding", flat=True))
    assert volgorde == ["ondernemers"] * 12 + ["kroonleden"] * 12 + ["werknemers"] * 12


@pytest.mark.parametrize(
    ("aantallen", "veld"),
    [
        ({OND: 3, WERK: 3, KROON: 4}, "zetels"),
        ({OND: 4, WERK: 4, KROON: 3}, "zetels"),
        ({OND: 3, WERK: 4, KROON: 3}, "werknemers"),
    ],
)
def test_regel_02_verkeerd_aantal_zetels(
    richt_in: Callable[..., Zittingsperiode], aantallen: dict[Geleding, int], veld: str
) -> None:
    weigert(veld, richt_in, aantallen=aantallen)
    assert not Zittingsperiode.objects.exists()
    assert not Zetelverdeling.objects.exists()


def test_regel_02_ongelijke_zijden(richt_in: Callable[..., Zittingsperiode]) -> None:
    zetels = [Zetels(OND, 3), Zetels(WERK, 2), Zetels(KROON, 3)]
    assert "evenveel zetels" in weigert("zetels", richt_in, zetels=zetels)
    fnv = registreer_organisatie(naam="X", geleding=WERK, door=None)
    assert "eigen geleding" in weigert("zetels", richt_in, zetels=[Zetels(OND, 3, fnv)])
    assert "hoort niet bij een organisatie" in weigert("zetels", richt_in, zetels=[Zetels(KROON, 3, fnv)])
    assert "kroonledenzetels" in weigert("zetels", richt_in, zetels=[Zetels(OND, 1, bijzonder="dnb")])
    assert "elk een zetel" in weigert("zetels", richt_in, zetels=[Zetels(KROON, 2, bijzonder="dnb")])


def test_regel_03_twee_jaar_tot_en_met_31_maart(richt_in: Callable[..., Zittingsperiode]) -> None:
    periode = richt_in(tot=None)
    assert (periode.tot, periode.laatste_dag) == (TOT, date(2028, 3, 31))
    weigert("tot", richt_in, van=TOT, tot=date(2030, 4, 2))
    weigert("tot", richt_in, van=TOT, tot=TOT)
    weigert("naam", richt_in, van=TOT, tot=date(2030, 4, 1), naam="  ")
    weigert("van", richt_in, van=date(2028, 3, 31), tot=date(2030, 3, 31))


def test_regel_03_tussentijds_lid_maakt_de_tijd_van_de_voorganger_vol(raad: Raad) -> None:
    voorganger = raad.lid(OND)
    beeindig_benoeming(benoeming=voorganger, per=date(2027, 1, 1), reden="Opgestapt", door=None)
    opvolger = raad.lid(OND, van=date(2027, 1, 1))
    assert opvolger.tot == TOT


def test_regel_04_niet_aanvaard_binnen_drie_weken_is_afgewezen(raad: Raad) -> None:
    benoeming = benoem(
        persoon=raad.persoon(),
        zetel=raad.zetels[0],
        soort=SoortBenoeming.LID,
        van=VAN,
        meegedeeld_op=date(2026, 10, 1),
        door=None,
    )
    termijn = Termijn.objects.get(soort=ACCEPTATIE)
    assert termijn.vervalt_op == date(2026, 10, 22)
    tekst = weigert("op", leg_aanvaarding_vast, benoeming=benoeming, verklaring=True, op=date(2026, 10, 23))
    assert "do 22 oktober 2026" in tekst
    weigert("op", leg_aanvaarding_vast, benoeming=benoeming, verklaring=True, op=date(2026, 9, 30))
    weigert("op", leg_aanvaarding_vast, benoeming=benoeming, verklaring=True, op=vandaag() + timedelta(days=1))
    leg_aanvaarding_vast(benoeming=benoeming, op=date(2026, 10, 22), verklaring=True, door=None)
    termijn.refresh_from_db()
    assert termijn.status == Status.VOLDAAN
    weigert("op", leg_aanvaarding_vast, benoeming=benoeming, verklaring=True, op=date(2026, 10, 22))
    weigert("reden", stel_afwijzing_vast, benoeming=benoeming, reden="te laat")


@pytest.mark.parametrize("ging_al_in", [True, False])
def test_regel_04_afwijzing_maakt_de_zetel_vrij(raad: Raad, ging_al_in: bool) -> None:
    begin = vandaag() - timedelta(days=5) if ging_al_in else vandaag() + timedelta(days=5)
    benoeming = benoem(
        persoon=raad.persoon(),
        zetel=raad.zetels[0],
        soort=SoortBenoeming.LID,
        van=begin,
        meegedeeld_op=vandaag() - timedelta(days=10),
        door=None,
    )
    weigert("reden", stel_afwijzing_vast, benoeming=benoeming, reden=" ")
    stel_afwijzing_vast(benoeming=benoeming, reden="Heeft bedankt", door=None)
    assert Termijn.objects.get(soort=ACCEPTATIE).status == Status.VERVALLEN
    over = Benoeming.objects.filter(pk=benoeming.pk).first()
    assert (over.tot if over else None) == (vandaag() if ging_al_in else None)
    assert Gebeurtenis.objects.filter(reden="Heeft bedankt", object_id=str(benoeming.persoon_id)).exists()
    raad.lid(OND, van=vandaag() + timedelta(days=5))


def test_regel_04_zonder_mededeling_loopt_geen_termijn(raad: Raad) -> None:
    benoeming = raad.lid(OND)
    assert not Termijn.objects.filter(soort=ACCEPTATIE).exists()
    leg_aanvaarding_vast(benoeming=benoeming, op=vandaag(), verklaring=True, door=None)
    stel_eerder = {"meegedeeld_op": date(2026, 5, 2), "aanvaard_op": date(2026, 5, 1)}
    weigert("aanvaard_op", benoem, persoon=raad.persoon(), zetel=raad.zetels[1], soort="lid", van=VAN, **stel_eerder)


def test_acceptatietermijn_gaat_naar_de_secretaris_van_de_raad(
    raad: Raad, maak_gebruiker: Callable[..., Gebruiker]
) -> None:
    maak_gebruiker("Anders", Rol.COMMUNICATIE)
    secretaris = maak_gebruiker("Raadssecretaris", Rol.RAADSSECRETARIS)
    benoeming = benoem(
        persoon=raad.persoon(), zetel=raad.zetels[0], soort="lid", van=VAN, meegedeeld_op=vandaag(), door=None
    )
    termijn = Termijn.objects.get(soort=ACCEPTATIE)
    assert list(ontvangers(termijn, vandaag())) == [secretaris]
    assert adres(termijn).endswith(f"/personen/{benoeming.persoon_id}/")
    beeindig_benoeming(benoeming=benoeming, per=date(2027, 1, 1), reden="Vertrekt", door=None)
    termijn.refresh_from_db()
    assert termijn.status == Status.VERVALLEN
    Benoeming.objects.all().delete()
    assert adres(termijn) == "/werk/raad/"


def test_regel_05_onverenigbare_functie_eindigt_op_haar_begindag(raad: Raad) -> None:
    lid = raad.lid(OND)
    begint = date(2026, 12, 1)
    beeindig_benoeming(benoeming=lid, per=begint, reden="Wordt staatssecretaris", door=None)
    lid.refresh_from_db()
    assert lid.geldt(begint - timedelta(days=1))
    assert not lid.geldt(begint)


def test_einde_van_lidmaatschap_neemt_functies_mee_maar_niet_de_vervanger(raad: Raad) -> None:
    lid = raad.lid(KROON)
    vervanger = benoem(
        persoon=raad.persoon(), zetel=lid.zetel, soort=SoortBenoeming.PLAATSVERVANGER, van=VAN, door=None
    )
    kies_voorzitter(persoon=lid.persoon, functie="voorzitter", van=VAN, tot=date(2026, 8, 1), door=None)
    kies_voorzitter(persoon=lid.persoon, functie="voorzitter", van=date(2026, 8, 1), door=None)
    benoem_db_lid(persoon=lid.persoon, van=VAN, door=None)
    per = date(2026, 12, 1)
    beeindig_benoeming(benoeming=lid, per=per, reden="Opgestapt", door=None)
    assert list(Voorzitterschap.objects.values_list("tot", flat=True)) == [date(2026, 8, 1), per]
    assert DagelijksBestuurslid.objects.get().tot == per
    vervanger.refresh_from_db()
    assert vervanger.tot == TOT


def test_functie_die_na_het_einde_begint_houdt_het_einde_tegen(raad: Raad) -> None:
    lid = raad.lid(KROON)
    kies_voorzitter(persoon=lid.persoon, functie="voorzitter", van=date(2027, 1, 1), door=None)
    weigert("per", beeindig_benoeming, benoeming=lid, per=date(2026, 12, 1), reden="Opgestapt")
    lid.refresh_from_db()
    assert lid.tot == TOT


@pytest.mark.parametrize(
    ("per", "reden", "veld"),
    [(date(2027, 1, 1), " ", "reden"), (VAN, "x", "per"), (TOT, "x", "per"), (date(2028, 5, 1), "x", "per")],
)
def test_onmogelijk_einde(raad: Raad, per: date, reden: str, veld: str) -> None:
    weigert(veld, beeindig_benoeming, benoeming=raad.lid(OND), per=per, reden=reden)


def test_regel_06_07_voorzitters(raad: Raad) -> None:
    kroon, ond, werk = (raad.lid(g).persoon for g in (KROON, OND, WERK))
    assert "kroonlid" in weigert("persoon", kies_voorzitter, persoon=ond, functie="voorzitter", van=VAN)
    kies_voorzitter(persoon=kroon, functie=Voorzittersfunctie.VOORZITTER, van=VAN, door=None)
    kies_voorzitter(persoon=ond, functie=Voorzittersfunctie.EERSTE, van=VAN, door=None)
    tweede = raad.lid(OND, 1).persoon
    tekst = weigert("persoon", kies_voorzitter, persoon=tweede, functie=Voorzittersfunctie.TWEEDE, van=VAN)
    assert "drie verschillende geledingen" in tekst
    rij = kies_voorzitter(persoon=werk, functie=Voorzittersfunctie.TWEEDE, van=VAN, door=None)
    assert rij.tot == TOT
    weigert("functie", kies_voorzitter, persoon=tweede, functie=Voorzittersfunctie.TWEEDE, van=VAN)
    weigert("functie", kies_voorzitter, persoon=raad.lid(KROON, 1).persoon, functie="erevoorzitter", van=VAN)
    weigert("persoon", kies_voorzitter, persoon=raad.persoon(), functie=Voorzittersfunctie.TWEEDE, van=VAN)
    beeindig_functie(rij=rij, per=date(2027, 1, 1), reden="Wisseling", door=None)
    kies_voorzitter(
        persoon=raad.lid(WERK, 1).persoon, functie="tweede_plaatsvervanger", van=rij.van.replace(2027), door=None
    )


def test_regel_08_dagelijks_bestuur(raad: Raad) -> None:
    benoem_db_lid(persoon=raad.lid(OND).persoon, van=VAN, door=None)
    weigert("persoon", benoem_db_lid, persoon=raad.lid(OND, 1).persoon, van=date(2027, 1, 1))
    weigert("persoon", benoem_db_lid, persoon=raad.persoon(), van=VAN)
    weigert("tot", benoem_db_lid, persoon=raad.lid(WERK).persoon, van=date(2027, 1, 1), tot=VAN)


def test_benoem_weigert_met_het_juiste_veld(raad: Raad) -> None:
    bezet = raad.lid(OND)
    velden: dict[str, Any] = {"soort": SoortBenoeming.LID, "van": VAN}
    weigert("van", benoem, persoon=raad.persoon(), zetel=bezet.zetel, **velden)
    weigert("persoon", benoem, persoon=bezet.persoon, zetel=raad.zetel(OND, 1), **velden)
    weigert("van", benoem, persoon=raad.persoon(), zetel=raad.zetel(OND, 1), **(velden | {"van": date(2026, 3, 1)}))
    weigert("soort", benoem, persoon=raad.persoon(), zetel=raad.zetel(OND, 1), **(velden | {"soort": "onbekend"}))
    weigert("soort", benoem, persoon=raad.persoon(), zetel=raad.zetel(OND, 1), **(velden | {"soort": "erelid"}))
    assert Benoeming.objects.count() == 1


def test_echt_mens_niet_in_een_voorbeeldzetel(raad: Raad, settings: Any) -> None:
    settings.VOORBEELD = not settings.VOORBEELD
    tekst = weigert("persoon", benoem, persoon=raad.persoon(), zetel=raad.zetels[0], soort="lid", van=VAN)
    assert "verzonnen" in tekst


def test_lid_op_bijzondere_zetel_is_ambtshalve(raad: Raad) -> None:
    dnb = Zetel.objects.get(bijzonder="dnb")
    benoeming = benoem(persoon=raad.persoon(), zetel=dnb, soort=SoortBenoeming.LID, van=VAN, door=None)
    assert benoeming.opmerking == "ambtshalve, De Nederlandsche Bank"


def test_contacten(raad: Raad, maak_gebruiker: Callable[..., Gebruiker]) -> None:
    gebruiker = maak_gebruiker()
    contact = leg_contact_vast(gebruiker=gebruiker, organisatie=raad.fnv, van=VAN, door=None)
    weigert("gebruiker", leg_contact_vast, gebruiker=gebruiker, organisatie=raad.fnv, van=TOT)
    weigert("tot", leg_contact_vast, gebruiker=gebruiker, organisatie=raad.vno, van=TOT, tot=VAN)
    beeindig_contact(contact=contact, per=TOT, reden="Vertrekt", door=None)
    leg_contact_vast(gebruiker=gebruiker, organisatie=raad.fnv, van=TOT, door=None)


def test_personen_en_organisaties_dubbel_of_leeg(raad: Raad, maak_gebruiker: Callable[..., Gebruiker]) -> None:
    gebruiker = maak_gebruiker()
    registreer_persoon(naam="  Jan   de  Boer ", gebruiker=gebruiker, door=None)
    weigert("gebruiker", registreer_persoon, naam="Piet", gebruiker=gebruiker)
    weigert("naam", registreer_persoon, naam="   ")
    weigert("naam", registreer_organisatie, naam=" ")
    weigert("naam", registreer_organisatie, naam=raad.fnv.naam)
    weigert("naam", registreer_organisatie, naam="FNV voorbeeld")
    assert raad.fnv.met_lidwoord == "de FNV (voorbeeld)"
    assert raad.vno.met_lidwoord == "VNO-NCW (voorbeeld)"


def test_een_onbekende_weigering_wordt_niet_verzwegen(raad: Raad) -> None:
    with pytest.raises(IntegrityError), in_een_keer({}):  # noqa: PT012
        raad.lid(OND)
        Benoeming.objects.create(persoon=raad.persoon(), zetel=raad.zetel(OND), soort="lid", van=VAN, tot=TOT)
    assert not Benoeming.objects.exists()


def test_alles_komt_in_het_logboek(raad: Raad, secretaris: Gebruiker) -> None:
    lid = benoem(persoon=raad.persoon(), zetel=raad.zetels[0], soort="lid", van=VAN, door=secretaris)
    beeindig_benoeming(benoeming=lid, per=date(2027, 1, 1), reden="  Opgestapt ", door=secretaris)
    soorten = Gebeurtenis.objects.filter(actor_id=secretaris.pk).values_list("soort", "reden", "object_soort")
    assert list(soorten.order_by("pk")) == [
        ("raad.benoem", "", "raad.persoon"),
        ("raad.beeindig_benoeming", "Opgestapt", "raad.persoon"),
    ]


@pytest.mark.parametrize(
    ("naam", "verwacht"),
    [
        ("Steven van Eijck", "Eijck, Steven van"),
        ("Anna van der Berg-de Boer", "Berg-de Boer, Anna van der"),
        ("Kim Putters", "Putters, Kim"),
        ("Ter Weel", "Weel, Ter"),
        ("Henrar", "Henrar"),
        ("Lid FNV 3", "Lid FNV 03"),
        ("J.W. de Pous", "Pous, J.W. de"),
        ("Van", "Van"),
        ("Jan de", "de, Jan"),
    ],
)
def test_sorteernaam(naam: str, verwacht: str) -> None:
    assert sorteernaam(naam) == verwacht


def test_afwijzing_zonder_mededeling_en_functie_zonder_einde(raad: Raad) -> None:
    """Zonder termijn valt er niets te sluiten; een functie zonder einde loopt met het lidmaatschap af."""
    stel_afwijzing_vast(benoeming=raad.lid(OND, van=date(2027, 1, 1)), reden="Heeft bedankt", door=None)
    assert not Benoeming.objects.exists()
    plaatsvervanger = benoem(persoon=raad.persoon(), zetel=raad.zetels[0], soort="plaatsvervanger", van=VAN, door=None)
    beeindig_benoeming(benoeming=plaatsvervanger, per=date(2027, 1, 1), reden="Vertrekt", door=None)
    assert str(plaatsvervanger) == "Iemand, plaatsvervanger"


def test_namen_voor_het_logboek(raad: Raad, maak_gebruiker: Callable[..., Gebruiker]) -> None:
    lid = raad.lid(KROON)
    voorzitter = kies_voorzitter(persoon=lid.persoon, functie="voorzitter", van=VAN, door=None)
    bestuurslid = benoem_db_lid(persoon=lid.persoon, van=VAN, door=None)
    contact = leg_contact_vast(gebruiker=maak_gebruiker("Cees"), organisatie=raad.fnv, van=VAN, door=None)
    assert [str(rij) for rij in (voorzitter, bestuurslid, contact, raad.periode, raad.periode.verdelingen.get())] == [
        "Lid kroonleden 0, voorzitter",
        "Lid kroonleden 0, dagelijks bestuur",
        "Cees, FNV (voorbeeld)",
        "Periode 2026",
        "9 zetels vanaf 2026-04-01",
    ]
    zinnen = [regel.zin for regel in leesbaar(geschiedenis(raad.fnv))]
    assert zinnen == ["Cees is coördinator vanaf wo 1 april 2026.", "Toegevoegd."]
    vreemd = Gebeurtenis(soort="raad.iets_nieuws", actor_naam="Iemand", gegevens={"rol": "lid"}, tijdstip=nu())
    assert [regel.zin for regel in leesbaar([vreemd], {"raad.iets_nieuws": "{rol} {onbekend}"})] == ["lid "]
    assert [regel.zin for regel in leesbaar([vreemd])] == ["Iets nieuws."]
