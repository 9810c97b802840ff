"""Commissies: wat de database weigert, wat de handelingen doen, en wie op welke dag welke rol heeft."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from commissies import queries
from commissies.actions import (
    beeindig_commissielid,
    benoem_commissielid,
    hef_op,
    maak_commissie_van_werkgroep,
    stel_commissie_in,
    wijzig_mandaat,
)
from commissies.enums import STEMGERECHTIGD, CommissieRol, SoortCommissie
from commissies.models import Commissie, Commissielid
from kern.fouten import InvoerFout
from logboek.models import Gebeurtenis
from raad.actions import benoem, registreer_organisatie, registreer_persoon
from raad.enums import Geleding
from raad.models import Persoon
from tests.raad.conftest import VAN, Raad
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import Hoedanigheid, hoedanigheden

OND, KROON, WERK = Geleding.ONDERNEMERS, Geleding.KROONLEDEN, Geleding.WERKNEMERS
LID, VOORZITTER, VERVANGER = CommissieRol.LID, CommissieRol.VOORZITTER, CommissieRol.PLAATSVERVANGER
EIND = date(2027, 1, 1)


@pytest.fixture
def commissie(db: None) -> Commissie:
    return stel_commissie_in(naam="Commissie Proef", soort=SoortCommissie.VAST, ingesteld_op=VAN, door=None)


def persoon(naam: str = "Iemand", gebruiker: Gebruiker | None = None) -> Persoon:
    return registreer_persoon(naam=naam, gebruiker=gebruiker, door=None)


def zet(commissie: Commissie, rol: str = LID, wie: Persoon | None = None, **velden: Any) -> Commissielid:
    """Schrijf rechtstreeks in de tabel."""
    return Commissielid.objects.create(
        commissie=commissie, persoon=wie or persoon(), rol=rol, **({"van": VAN, "geleding": OND} | velden)
    )


def weigert_rij(regel: str, maak: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError) as fout, transaction.atomic():
        maak()
    assert fout.value.__cause__.diag.constraint_name == regel


def weigert(veld: str, handeling: Callable[..., Any], **velden: Any) -> str:
    with pytest.raises(InvoerFout) as fout:
        handeling(**({"door": None} | velden))
    assert fout.value.veld == veld
    return fout.value.tekst


# --- de database ----------------------------------------------------------------------------------------------------


def test_een_voorzitter_tegelijk(commissie: Commissie) -> None:
    zet(commissie, VOORZITTER, tot=EIND)
    weigert_rij("commissies_een_voorzitter", lambda: zet(commissie, VOORZITTER, van=date(2026, 12, 31)))
    zet(commissie, VOORZITTER, van=EIND)


def test_een_rol_per_persoon_tegelijk(commissie: Commissie) -> None:
    wie = persoon()
    zet(commissie, LID, wie, tot=EIND)
    for rol in (LID, VOORZITTER, CommissieRol.WAARNEMER):
        weigert_rij("commissies_persoon_dubbel", lambda rol=rol: zet(commissie, rol, wie))
    zet(commissie, CommissieRol.ADVISEREND_LID, wie, van=EIND)


def test_een_plaatsvervanger_per_lid_en_een_vervanger_voor_meer_leden(commissie: Commissie) -> None:
    een, ander, vervanger = zet(commissie), zet(commissie), persoon()
    zet(commissie, VERVANGER, vervanger, vervangt=een)
    zet(commissie, VERVANGER, vervanger, vervangt=ander)
    weigert_rij("commissies_een_plaatsvervanger", lambda: zet(commissie, VERVANGER, vervangt=een))


def test_vervanger_hoort_bij_een_stemmend_lid_van_deze_commissie(commissie: Commissie) -> None:
    lid = zet(commissie, tot=EIND)
    waarnemer = zet(commissie, CommissieRol.WAARNEMER)
    elders = zet(stel_commissie_in(naam="Elders", soort="vast", ingesteld_op=VAN, door=None))
    weigert_rij("commissies_vervangt_wie", lambda: zet(commissie, VERVANGER))
    weigert_rij("commissies_vervangt_wie", lambda: zet(commissie, LID, vervangt=lid, tot=EIND))
    for ander in (waarnemer, elders):
        weigert_rij("commissies_vervangt_lid", lambda ander=ander: zet(commissie, VERVANGER, vervangt=ander))
    weigert_rij("commissies_vervangt_lid", lambda: zet(commissie, VERVANGER, vervangt=lid))
    weigert_rij("commissies_vervangt_lid", lambda: zet(commissie, VERVANGER, lid.persoon, vervangt=lid, tot=EIND))
    zet(commissie, VERVANGER, vervangt=lid, tot=EIND)
    korter = Commissielid.objects.filter(pk=lid.pk)
    weigert_rij("commissies_vervangt_lid", lambda: korter.update(tot=date(2026, 12, 1)))
    weigert_rij("commissies_vervangt_lid", lambda: korter.update(rol=CommissieRol.WAARNEMER))


def test_rol_binnen_de_data_van_de_commissie(commissie: Commissie) -> None:
    weigert_rij("commissies_lid_binnen_commissie", lambda: zet(commissie, van=date(2026, 3, 31)))
    zet(commissie)
    opheffen = Commissie.objects.filter(pk=commissie.pk)
    weigert_rij("commissies_lid_binnen_commissie", lambda: opheffen.update(opgeheven_op=EIND))
    weigert_rij("commissies_opgeheven_na_ingesteld", lambda: opheffen.update(opgeheven_op=VAN))
    Commissielid.objects.update(tot=EIND)
    opheffen.update(opgeheven_op=EIND)
    weigert_rij("commissies_lid_binnen_commissie", lambda: zet(commissie))


def test_regel_18_consumenten_op_de_werknemersplaatsen(commissie: Commissie) -> None:
    weigert_rij("commissies_consumentenplaats", lambda: zet(commissie, geleding="consumenten"))
    Commissie.objects.update(consumentenleden=True)
    weigert_rij("commissies_consumentenplaats", lambda: zet(commissie, geleding="werknemers"))
    zet(commissie, geleding="consumenten")
    zet(commissie, geleding="ondernemers")


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"soort": "clubje"}, "commissies_soort_bestaat"),
        ({"mandaat": True}, "commissies_mandaat_heeft_grond"),
        ({"opgeheven_op": date(2020, 1, 1)}, "commissies_opgeheven_na_ingesteld"),
    ],
)
def test_commissie_zelf(commissie: Commissie, velden: dict[str, Any], regel: str) -> None:
    weigert_rij(regel, lambda: Commissie.objects.update(**velden))


# --- de handelingen -------------------------------------------------------------------------------------------------


def test_instellen(secretaris: Gebruiker) -> None:
    velden: dict[str, Any] = {"naam": "Commissie Énergie", "soort": "vast", "ingesteld_op": VAN}
    commissie = stel_commissie_in(**velden, door=secretaris)
    assert (commissie.slug, str(commissie)) == ("commissie-energie", "Commissie Énergie")
    assert Gebeurtenis.objects.get().object_soort == "commissies.commissie"
    weigert("naam", stel_commissie_in, **velden)
    weigert("naam", stel_commissie_in, **(velden | {"naam": " ?! "}))
    weigert("soort", stel_commissie_in, **(velden | {"naam": "X", "soort": "clubje"}))
    weigert("mandaat_grond", stel_commissie_in, **(velden | {"naam": "Y", "mandaat": True, "mandaat_grond": " "}))
    assert Commissie.objects.count() == 1


@pytest.mark.parametrize("soort", ["lid", "plaatsvervanger"])
def test_regel_17_voorzitter_is_plaatsvervangend_kroonlid(commissie: Commissie, raad: Raad, soort: str) -> None:
    wie = persoon()
    benoem(persoon=wie, zetel=raad.zetel(KROON), soort=soort, van=VAN, door=None)
    lid = benoem_commissielid(commissie=commissie, persoon=wie, rol=VOORZITTER, van=VAN, door=None)
    assert (lid.geleding, lid.reden) == ("kroonleden", "")


def test_regel_17_andere_voorzitter_vraagt_een_reden(commissie: Commissie, raad: Raad) -> None:
    lid, buiten = raad.lid(OND).persoon, persoon()
    velden: dict[str, Any] = {"commissie": commissie, "rol": VOORZITTER, "van": VAN}
    weigert("reden", benoem_commissielid, persoon=lid, **velden)
    weigert("reden", benoem_commissielid, persoon=buiten, reden="  ", geleding="kroonleden", **velden)
    rij = benoem_commissielid(persoon=lid, reden="Kent het onderwerp", **velden, door=None)
    assert (rij.reden, rij.geleding) == ("Kent het onderwerp", "ondernemers")
    assert queries.voorzitter_van(commissie, VAN) == lid
    assert Gebeurtenis.objects.filter(reden="Kent het onderwerp").exists()


def test_geleding_volgt_uit_de_zetel_en_anders_is_zij_nodig(commissie: Commissie, raad: Raad) -> None:
    velden: dict[str, Any] = {"commissie": commissie, "rol": LID, "van": VAN}
    lid = benoem_commissielid(persoon=raad.lid(WERK).persoon, **velden, door=None)
    assert (lid.geleding, lid.organisatie) == ("werknemers", raad.fnv)
    weigert("geleding", benoem_commissielid, persoon=persoon(), **velden)
    extern = benoem_commissielid(persoon=persoon(), geleding="kroonleden", **velden, door=None)
    assert extern.organisatie is None
    via = benoem_commissielid(persoon=persoon(), organisatie=raad.vno, **velden, door=None)
    assert via.geleding == "ondernemers"
    vervanger = benoem_commissielid(
        commissie=commissie, persoon=persoon(), rol=VERVANGER, vervangt=lid, van=VAN, door=None
    )
    assert (vervanger.geleding, vervanger.organisatie) == ("werknemers", raad.fnv)


def test_regel_11_niet_tegelijk_lid_en_vervanger(commissie: Commissie, raad: Raad) -> None:
    een, ander = raad.lid(OND).persoon, raad.lid(WERK).persoon
    velden: dict[str, Any] = {"commissie": commissie, "van": VAN}
    lid = benoem_commissielid(persoon=een, rol=LID, **velden, door=None)
    vervanger = benoem_commissielid(persoon=ander, rol=VERVANGER, vervangt=lid, tot=EIND, **velden, door=None)
    weigert("persoon", benoem_commissielid, persoon=ander, rol=LID, **velden)
    ander_lid = benoem_commissielid(persoon=ander, rol=LID, commissie=commissie, van=EIND, door=None)
    weigert(
        "persoon", benoem_commissielid, persoon=een, rol=VERVANGER, vervangt=ander_lid, commissie=commissie, van=EIND
    )
    assert vervanger.tot == EIND


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"rol": "baas"}, "rol"),
        ({"rol": "secretaris"}, "persoon"),
        ({"van": date(2026, 3, 1)}, "van"),
        ({"tot": VAN}, "tot"),
        ({"geleding": "consumenten"}, "geleding"),
        ({"rol": "plaatsvervanger"}, "vervangt"),
    ],
)
def test_onmogelijke_benoeming(commissie: Commissie, velden: dict[str, Any], veld: str) -> None:
    goed = {"commissie": commissie, "persoon": persoon(), "rol": "lid", "van": VAN, "geleding": "kroonleden"}
    weigert(veld, benoem_commissielid, **(goed | velden))
    assert not Commissielid.objects.exists()


def test_echt_mens_niet_in_een_voorbeeldcommissie(commissie: Commissie) -> None:
    Commissie.objects.update(voorbeeld=not commissie.voorbeeld)
    weigert("persoon", benoem_commissielid, commissie=commissie, persoon=persoon(), rol="waarnemer", van=VAN)


def test_voorbeeldstand_verandert_niets_aan_een_echte_commissie(commissie: Commissie, settings: Any) -> None:
    lid = zet(commissie)
    settings.VOORBEELD = not commissie.voorbeeld
    wat: dict[str, Any] = {"commissie": commissie, "reden": "x"}
    weigert("", hef_op, **wat, per=EIND)
    weigert("", wijzig_mandaat, **wat, mandaat=True, grond="x")
    weigert("", maak_commissie_van_werkgroep, **wat, soort="vast", naam="X")
    weigert("", benoem_commissielid, **wat, persoon=lid.persoon, rol="waarnemer", van=VAN)
    weigert("", beeindig_commissielid, lid=lid, per=EIND, reden="x")


def test_beeindigen_neemt_de_vervanger_mee(commissie: Commissie) -> None:
    lid = zet(commissie)
    vervanger = zet(commissie, VERVANGER, vervangt=lid)
    eerder = zet(commissie, tot=EIND)
    weigert("reden", beeindig_commissielid, lid=lid, per=EIND, reden="")
    weigert("per", beeindig_commissielid, lid=lid, per=VAN, reden="x")
    weigert("per", beeindig_commissielid, lid=eerder, per=EIND, reden="x")
    beeindig_commissielid(lid=lid, per=EIND, reden="Vertrekt", door=None)
    for rij in (lid, vervanger):
        rij.refresh_from_db()
        assert rij.tot == EIND
        assert not rij.geldt(EIND)


def test_vervanger_die_later_begint_houdt_het_einde_tegen(commissie: Commissie) -> None:
    lid = zet(commissie)
    zet(commissie, VERVANGER, vervangt=lid, van=EIND)
    weigert("per", beeindig_commissielid, lid=lid, per=date(2026, 12, 1), reden="Vertrekt")


def test_opheffen_beeindigt_alle_rollen(commissie: Commissie) -> None:
    lid = zet(commissie)
    zet(commissie, VERVANGER, vervangt=lid)
    eerder = zet(commissie, tot=date(2026, 6, 1))
    weigert("reden", hef_op, commissie=commissie, per=EIND, reden=" ")
    weigert("per", hef_op, commissie=commissie, per=VAN, reden="x")
    later = zet(commissie, van=date(2027, 6, 1))
    weigert("per", hef_op, commissie=commissie, per=EIND, reden="Taak klaar")
    later.delete()
    hef_op(commissie=commissie, per=EIND, reden="Taak klaar", door=None)
    commissie.refresh_from_db()
    assert commissie.opgeheven_op == EIND
    assert not queries.leden_van(commissie, EIND)
    eerder.refresh_from_db()
    assert eerder.tot == date(2026, 6, 1)
    weigert("per", hef_op, commissie=commissie, per=EIND, reden="nog eens")
    weigert(
        "van",
        benoem_commissielid,
        commissie=commissie,
        persoon=persoon(),
        rol="waarnemer",
        van=VAN,
        tot=date(2028, 1, 1),
    )
    assert set(queries.bestaand_op(date(2026, 12, 31))) == {commissie}
    assert not queries.bestaand_op(EIND)


def test_mandaat_geven_en_intrekken(commissie: Commissie) -> None:
    weigert("mandaat_grond", wijzig_mandaat, commissie=commissie, mandaat=True, grond="", reden="x")
    weigert("reden", wijzig_mandaat, commissie=commissie, mandaat=True, grond="besluit", reden="")
    assert wijzig_mandaat(commissie=commissie, mandaat=True, grond="besluit", reden="x", door=None).mandaat
    assert wijzig_mandaat(commissie=commissie, mandaat=False, grond="besluit", reden="x", door=None).mandaat_grond == ""


def test_werkgroep_wordt_commissie(db: None) -> None:
    werkgroep = stel_commissie_in(naam="Werkgroep Z", soort="werkgroep", ingesteld_op=VAN, door=None)
    velden: dict[str, Any] = {"commissie": werkgroep, "naam": "Commissie Z"}
    weigert("soort", maak_commissie_van_werkgroep, **velden, soort="werkgroep", reden="x")
    weigert("reden", maak_commissie_van_werkgroep, **velden, soort="vast", reden=" ")
    omgezet = maak_commissie_van_werkgroep(**velden, soort="vast", reden="Er komt een aanvraag", door=None)
    assert (omgezet.naam, omgezet.ook_bekend_als, omgezet.slug) == ("Commissie Z", ["Werkgroep Z"], "werkgroep-z")
    weigert("soort", maak_commissie_van_werkgroep, **velden, soort="vast", reden="x")


# --- lezen en rollen ------------------------------------------------------------------------------------------------


def test_regel_19_wie_stemt(commissie: Commissie) -> None:
    assert {rol for rol in CommissieRol if zet(commissie, LID).stemgerechtigd and rol in STEMGERECHTIGD} == {
        VOORZITTER,
        LID,
        VERVANGER,
    }
    niet = (CommissieRol.ADVISEREND_LID, CommissieRol.MINISTERIEEL_VERTEGENWOORDIGER, CommissieRol.WAARNEMER)
    assert not any(zet(commissie, rol).stemgerechtigd for rol in (*niet, CommissieRol.SECRETARIS))


@pytest.mark.parametrize(
    ("rol", "verwacht"),
    [
        (VOORZITTER, {Rol.COMMISSIEVOORZITTER, Rol.COMMISSIELID}),
        (LID, {Rol.COMMISSIELID}),
        (CommissieRol.ADVISEREND_LID, {Rol.ADVISEREND_LID}),
        (CommissieRol.MINISTERIEEL_VERTEGENWOORDIGER, {Rol.MINISTERIEEL_VERTEGENWOORDIGER}),
        (CommissieRol.WAARNEMER, {Rol.WAARNEMER}),
        (CommissieRol.SECRETARIS, {Rol.COMMISSIESECRETARIS}),
        (VERVANGER, {Rol.COMMISSIE_PLAATSVERVANGER}),
    ],
)
def test_rollen_gelden_alleen_binnen_de_data(
    commissie: Commissie, maak_gebruiker: Callable[..., Gebruiker], rol: str, verwacht: set[Rol]
) -> None:
    gebruiker = maak_gebruiker()
    wie = persoon(gebruiker.naam, gebruiker)
    vervangt = {"vervangt": zet(commissie)} if rol == VERVANGER else {}
    zet(commissie, rol, wie, van=date(2026, 5, 1), tot=EIND, **vervangt)
    orgaan = f"commissie:{commissie.pk}"
    for dag, geldt in ((date(2026, 4, 30), False), (date(2026, 5, 1), True), (date(2026, 12, 31), True), (EIND, False)):
        assert hoedanigheden(gebruiker, dag) == ({Hoedanigheid(r, orgaan) for r in verwacht} if geldt else set())


def test_regel_20_rol_in_de_ene_commissie_zegt_niets_over_de_andere(
    commissie: Commissie, maak_gebruiker: Callable[..., Gebruiker]
) -> None:
    gebruiker = maak_gebruiker()
    ander = stel_commissie_in(naam="Ander", soort="ad_hoc", ingesteld_op=VAN, door=None)
    zet(commissie, LID, persoon(gebruiker.naam, gebruiker))
    assert {h.orgaan for h in hoedanigheden(gebruiker, VAN)} == {f"commissie:{commissie.pk}"}
    assert f"commissie:{ander.pk}" not in {h.orgaan for h in hoedanigheden(gebruiker, VAN)}


def test_secretarissen_en_leden_op_een_dag(commissie: Commissie, maak_gebruiker: Callable[..., Gebruiker]) -> None:
    gebruiker = maak_gebruiker()
    benoem_commissielid(
        commissie=commissie,
        persoon=persoon(gebruiker.naam, gebruiker),
        rol=CommissieRol.SECRETARIS,
        van=VAN,
        tot=EIND,
        door=None,
    )
    assert list(queries.secretarissen_van(commissie, VAN)) == [gebruiker]
    assert not queries.secretarissen_van(commissie, EIND)
    assert queries.voorzitter_van(commissie, VAN) is None
    for naam in ("Cees Aker", "Anna Bos"):
        zet(commissie, LID, persoon(naam))
    assert [lid.persoon.naam for lid in queries.leden_van(commissie, VAN)][:2] == ["Cees Aker", "Anna Bos"]
    rij = queries.overzicht(VAN).get(pk=commissie.pk)
    assert (rij.aantal_leden, rij.voorzitter_naam) == (2, None)


def test_organisatie_zonder_geleding_doet_mee_als_adviserend_lid(commissie: Commissie) -> None:
    planbureau = registreer_organisatie(naam="Planbureau", door=None)
    lid = benoem_commissielid(
        commissie=commissie, persoon=persoon(), rol="adviserend_lid", organisatie=planbureau, van=VAN, door=None
    )
    assert (lid.geleding, lid.organisatie, str(lid)) == (None, planbureau, "Iemand, adviserend lid")


def test_een_medewerker_is_secretaris_maar_beslist_niet_mee(commissie: Commissie, secretaris: Gebruiker) -> None:
    wie = persoon(secretaris.naam, secretaris)
    velden: dict[str, Any] = {"commissie": commissie, "persoon": wie, "van": VAN}
    assert "beslist niet mee" in weigert("persoon", benoem_commissielid, rol=LID, geleding=OND, **velden)
    assert benoem_commissielid(rol=CommissieRol.SECRETARIS, **velden, door=None).persoon == wie
