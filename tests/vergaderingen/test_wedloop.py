"""Gelijktijdig op de echte database: lid en plaatsvervanger, twee secretarissen, dubbel verzonden."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection

from commissies.models import Commissie
from kern.fouten import InvoerFout, OvergangGeweigerd, VerouderdeVersie
from kern.tijd import vandaag
from tests.vergaderingen.conftest import Wereld, bouw, maak_commissie
from toegang.models import Gebruiker
from vergaderingen import actions, policies
from vergaderingen.actions import agenda as agenda_actions
from vergaderingen.actions import plannen as planning
from vergaderingen.actions import presentie as presentie_actions
from vergaderingen.enums import Orgaan, Status
from vergaderingen.models import Agendapunt, Stuknummerreeks, Vergadering
from vergaderingen.views.bladzijde import aanbod

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wedloop]


@pytest.fixture
def wereld(maak_gebruiker: Callable[..., Gebruiker]) -> Wereld:
    return bouw(maak_gebruiker)


def tegelijk(*daden: Callable[[], Any]) -> list[Exception]:
    """Laat elke daad op een eigen verbinding tegelijk beginnen; geef de fouten."""
    hek, fouten = threading.Barrier(len(daden)), []

    def draad(daad: Callable[[], Any]) -> None:
        try:
            hek.wait()
            daad()
        except Exception as fout:
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=draad, args=(d,)) for d in daden]
    for d in draden:
        d.start()
    for d in draden:
        d.join()
    return fouten


def _tekenaars(wereld: Wereld, rij: Vergadering, sleutel: str) -> tuple[Callable[[], Any], Callable[[], Any]]:
    def teken(persoon: Any) -> Callable[[], Any]:
        door = Gebruiker.objects.get(pk=wereld.door.pk)
        return lambda: actions.teken_presentie(vergadering=rij, persoon=persoon, door=door)

    return teken(wereld.leden[sleutel]), teken(wereld.plv[sleutel])


def test_regel_11_lid_en_plaatsvervanger_tekenen_tegelijk_en_de_zetel_telt_een_keer(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    for aantal, sleutel in enumerate(wereld.leden, start=1):
        assert tegelijk(*_tekenaars(wereld, rij, sleutel)) == []
        regels = rij.presenties.filter(persoon__in=[wereld.leden[sleutel], wereld.plv[sleutel]])
        assert regels.count() == 2
        assert regels.get(stemhebbend=True).persoon == wereld.leden[sleutel], "het lid zelf gaat voor"
        assert policies.quorum(rij).aanwezig == aantal


def test_controle_zonder_slot_zien_beiden_een_lege_zetel_en_is_de_database_het_laatste_slot(
    wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    rij = wereld.opgeroepen()
    hek = threading.Barrier(2)
    stand = presentie_actions._stand

    def samen(*args: Any) -> Any:
        uit = stand(*args)
        hek.wait()
        return uit

    monkeypatch.setattr(presentie_actions, "vergrendel", lambda pk, *, door: Vergadering.objects.get(pk=pk))
    monkeypatch.setattr(presentie_actions, "_stand", samen)
    fouten = tegelijk(*_tekenaars(wereld, rij, "O1"))
    assert len(fouten) == 1
    assert isinstance(fouten[0], IntegrityError)
    assert "een_stem_per" in str(fouten[0])
    assert policies.quorum(rij).aanwezig == 1


def test_dezelfde_knop_twee_keer_geeft_een_regel(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    lid, _ = _tekenaars(wereld, rij, "W1")
    assert tegelijk(lid, lid, lid) == []
    assert rij.presenties.count() == 1


def test_regel_45_twee_secretarissen_nummeren_tegelijk(wereld: Wereld) -> None:
    rij = wereld.plan()
    punten = [wereld.punt(rij, f"Punt {n}") for n in range(6)]
    nummers = [lambda p=p: actions.geef_stuknummer(agendapunt=p, door=wereld.door) for p in punten]
    assert tegelijk(*nummers) == []
    gegeven = sorted(int(p.stuknummer.partition("/")[2]) for p in Agendapunt.objects.all() if p.stuknummer)
    assert gegeven == [1, 2, 3, 4, 5, 6]
    assert Stuknummerreeks.objects.get().laatste == 6


def test_controle_zonder_slot_op_de_reeks_botst_het_nummer(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    rij = wereld.plan()
    punten = [wereld.punt(rij, f"Punt {n}") for n in range(2)]
    Stuknummerreeks.objects.create(reeks=rij.reeks, laatste=10)
    hek = threading.Barrier(2)

    def zonder_slot(vergadering: Vergadering) -> Stuknummerreeks:
        reeks = Stuknummerreeks.objects.get(reeks=vergadering.reeks)
        hek.wait()
        return reeks

    def punt_zonder_slot(punt: Agendapunt, *, door: Gebruiker) -> Agendapunt:
        return Agendapunt.objects.select_related("vergadering").get(pk=punt.pk)

    monkeypatch.setattr(agenda_actions, "_vergrendel_reeks", zonder_slot)
    monkeypatch.setattr(agenda_actions, "vergrendel_punt", punt_zonder_slot)
    fouten = tegelijk(*[lambda p=p: actions.geef_stuknummer(agendapunt=p, door=wereld.door) for p in punten])
    assert [type(f) for f in fouten] == [IntegrityError]


def test_twee_secretarissen_zetten_tegelijk_punten_op_de_agenda(wereld: Wereld) -> None:
    rij = wereld.plan()
    daden = [lambda n=n: wereld.punt(rij, f"Punt {n}") for n in range(5)]
    assert tegelijk(*daden) == []
    assert sorted(rij.agendapunten.values_list("volgorde", flat=True)) == [1, 2, 3, 4, 5]


def test_twee_tabbladen_zetten_tegelijk_alles_op_de_agenda(wereld: Wereld) -> None:
    rij = wereld.plan()
    klaar = [actions.Zaak(a.bron, a.aanbod.sleutel, a.aanbod.onderwerp) for a in aanbod(rij, wereld.door)]
    assert len(klaar) > 1
    uit: list[actions.Geplaatst] = []

    def alles() -> None:
        uit.append(actions.plaats_alles(vergadering=rij, zaken=klaar, door=wereld.door))

    assert tegelijk(alles, alles, alles) == []
    assert sorted(len(g.punten) for g in uit) == [0, 0, len(klaar)]
    assert [g.niet for g in uit] == [[], [], []]
    assert list(rij.agendapunten.order_by("volgorde").values_list("onderwerp", flat=True)) == [
        z.onderwerp for z in klaar
    ]


def test_alle_nummers_tegelijk_geven_elk_punt_een_nummer(wereld: Wereld) -> None:
    rij = wereld.plan()
    for n in range(4):
        wereld.punt(rij, f"Punt {n}")

    def nummer() -> None:
        actions.geef_alle_stuknummers(vergadering=rij, door=wereld.door)

    assert tegelijk(nummer, nummer, nummer) == []
    gegeven = list(rij.agendapunten.order_by("volgorde").values_list("stuknummer", flat=True))
    assert gegeven == [f"{rij.reeks}/{n}" for n in (1, 2, 3, 4)]


def test_twee_keer_openen_geeft_een_opening(wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    for groep in ("ondernemers", "kroonleden"):
        actions.teken_geleding(vergadering=rij, geleding=groep, door=wereld.door)
    versie = Vergadering.objects.get(pk=rij.pk).rijversie

    def open_() -> None:
        actions.open_vergadering(vergadering=rij, versie=versie, door=wereld.door)

    fouten = tegelijk(open_, open_, open_)
    assert len(fouten) == 2
    assert all(isinstance(f, VerouderdeVersie | OvergangGeweigerd) for f in fouten)
    assert Vergadering.objects.get(pk=rij.pk).status == Status.GEOPEND


def test_controle_zonder_slot_op_de_dag_komen_er_twee(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    hek, eerste_klaar = threading.Barrier(2), threading.Event()
    eis = planning.eis_vrije_plek

    def samen(*args: Any, **kwargs: Any) -> None:
        eis(*args, **kwargs)
        if hek.wait():  # beiden zagen de dag vrij; de een legt vast voordat de ander verder gaat
            assert eerste_klaar.wait(30)

    def plan() -> None:
        wereld.plan()
        eerste_klaar.set()

    monkeypatch.setattr(planning, "_vergrendel_dag", lambda *args: None)
    monkeypatch.setattr(planning, "eis_vrije_plek", samen)
    assert tegelijk(plan, plan) == []
    assert Vergadering.objects.count() == 2


def test_tegelijk_plannen_op_dezelfde_dag_geeft_een_vergadering(wereld: Wereld) -> None:
    fouten = tegelijk(wereld.plan, wereld.plan, wereld.plan)
    assert Vergadering.objects.count() == 1
    assert [type(f) for f in fouten] == [InvoerFout, InvoerFout]


def test_twee_commissies_met_dezelfde_eerste_tachtig_tekens_plannen_tegelijk_dezelfde_dag(
    wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hun adres is gelijk en het slot geldt per orgaan: de tweede hoort het in een zin en krijgt geen 500."""
    paar = [maak_commissie(wereld, "Commissie " + "water " * 15 + einde) for einde in ("en bodem", "en lucht")]
    hek, maak_slug = threading.Barrier(2), planning.maak_slug

    def samen(**velden: Any) -> str:
        slug = maak_slug(**velden)
        hek.wait(timeout=20)
        return slug

    monkeypatch.setattr(planning, "maak_slug", samen)

    def plan(commissie: Commissie) -> Callable[[], Any]:
        velden = {"orgaan": Orgaan.COMMISSIE, "commissie": commissie, "datum": vandaag()}
        return lambda: actions.plan_vergadering(door=Gebruiker.objects.get(pk=wereld.door.pk), **velden)

    fouten = tegelijk(*(plan(commissie) for commissie in paar))
    assert [type(f) for f in fouten] == [InvoerFout]
    assert "Iemand plande dit zojuist ook" in str(fouten[0])
    assert Vergadering.objects.count() == 1
