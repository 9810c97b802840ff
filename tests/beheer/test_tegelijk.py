"""Twee mensen tegelijk, of één in twee vensters: er blijft altijd iemand die rollen geeft."""

from collections.abc import Callable

import pytest

from beheer import actions
from beheer.queries import toezichthouders
from kern.fouten import InvoerFout, PortaalFout
from tests.hulp import midden_in
from toegang.enums import Rol
from toegang.models import Gebruiker, GebruikerManager

pytestmark = [pytest.mark.wedloop, pytest.mark.django_db(transaction=True)]
LAATSTE = "is de enige die rollen geeft. Geef eerst iemand anders die rol."
Daad = tuple[str, str, str]  # wat, wiens account, door wie
TWEE_VENSTERS = (("sluit_account", "A", "B"), ("sluit_account", "R", "B"))
ELKAARS_ROL = (("zet_rollen", "A", "R"), ("zet_rollen", "R", "A"))
SLUIT_WIE_AFNEEMT = (("sluit_account", "A", "B"), ("zet_rollen", "R", "A"))
NEEMT_AF_EN_GAAT_DICHT = (("zet_rollen", "R", "A"), ("sluit_account", "A", "B"))


@pytest.fixture
def tegelijk(maak_gebruiker: Callable[..., Gebruiker], monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """Geef een functie: doe de tweede daad vlak voordat de eerste schrijft; zij zegt wat niet kon en wie overblijft."""
    mensen = {
        "A": maak_gebruiker("A", Rol.ALGEMEEN_SECRETARIS).pk,
        "R": maak_gebruiker("R", Rol.RAADSSECRETARIS).pk,
        "B": maak_gebruiker("B", Rol.BEHEERDER).pk,
    }
    fouten: list[str] = []

    def doe(daad: Daad) -> None:
        wat, wie, door = daad[0], *(Gebruiker.objects.get(pk=mensen[naam]) for naam in daad[1:])
        was = list(wie.groups.values_list("name", flat=True))
        rollen = {"rollen": [], "was": was} if wat == "zet_rollen" else {}
        try:
            getattr(actions, wat)(gebruiker=wie, reden="uit dienst", door=door, **rollen)
        except PortaalFout as fout:
            fouten.append(str(fout))

    def samen(eerste: Daad, tweede: Daad) -> tuple[list[str], list[str]]:
        draden = midden_in(monkeypatch, actions.toegang, eerste[0], lambda: doe(tweede))
        doe(eerste)
        draden[0].join()
        return fouten, [wie.naam for wie in toezichthouders()]

    return samen


@pytest.mark.parametrize(
    ("paar", "fout", "blijft"),
    [
        (TWEE_VENSTERS, f"R {LAATSTE}", "R"),
        (ELKAARS_ROL, "U mag deze handeling niet doen.", "R"),
        (SLUIT_WIE_AFNEEMT, f"R {LAATSTE}", "R"),
        (NEEMT_AF_EN_GAAT_DICHT, f"A {LAATSTE}", "A"),
    ],
)
def test_de_laatste_die_rollen_geeft_blijft(tegelijk, paar, fout, blijft):
    assert tegelijk(*paar) == ([fout], [blijft])


@pytest.mark.parametrize("paar", [TWEE_VENSTERS, ELKAARS_ROL, SLUIT_WIE_AFNEEMT])
def test_controle_zonder_beurt_geeft_niemand_meer_rollen(monkeypatch, tegelijk, paar):
    """De proef laat de wedloop zien die de beurt voorkomt. Bij het vierde paar kiest dan de database."""
    monkeypatch.setattr(actions, "wacht_op_beurt", lambda naam: None)
    assert tegelijk(*paar) == ([], [])


def test_twee_keer_hetzelfde_account_maken_geeft_een_account_en_een_melding(monkeypatch, maak_gebruiker):
    door = maak_gebruiker("B", Rol.BEHEERDER)
    nieuw = {"naam": "J. Nieuw", "email": "nieuw@voorbeeld.test", "reden": "nieuw lid"}
    draden = midden_in(monkeypatch, GebruikerManager, "create_user", lambda: actions.maak_account(**nieuw, door=door))
    with pytest.raises(InvoerFout) as fout:
        actions.maak_account(**nieuw, door=door)
    draden[0].join()
    assert (fout.value.veld, fout.value.tekst) == ("email", "Dit adres heeft al een account.")
    assert Gebruiker.objects.filter(email=nieuw["email"]).count() == 1
