"""Eigen initiatief zonder scherm: wat een startbesluit noemt, en wie het verbetert."""

from datetime import date
from typing import Any

import pytest

from adviezen.actions import startbesluit
from adviezen.enums import Stap
from adviezen.models import Adviestraject
from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie
from logboek.models import Gebeurtenis
from tests.adviezen import bouw
from tests.adviezen.aanvragen import registreer, start
from tests.adviezen.bouw import Wereld
from toegang.models import Gebruiker

NIEUW: dict[str, Any] = {
    "titel": "Kleine bedrijven en kunstmatige intelligentie (voorbeeld)",
    "werktitel_openbaar": "AI in het klein (voorbeeld)",
    "geadresseerden": "het kabinet en de Tweede Kamer",
    "tekst": "De raad adviseert uit eigen beweging.",
    "besloten_op": date(2026, 1, 12),
    "themas": (),
}


def verbeter(traject: Adviestraject, *, door: Gebruiker, **anders: Any) -> Adviestraject:
    return startbesluit.wijzig_startbesluit(traject=traject, versie=None, door=door, **(NIEUW | anders))


@pytest.mark.parametrize(
    ("anders", "veld"),
    [({"besloten_op": date(2100, 1, 1)}, "besloten_op"), ({"geadresseerden": " "}, "geadresseerden")],
)
def test_een_startbesluit_noemt_een_dag_en_een_lezer(wereld: Wereld, anders: dict[str, Any], veld: str) -> None:
    eerder = Adviestraject.objects.count()
    with pytest.raises(InvoerFout) as fout:
        start(wereld, **anders)
    assert fout.value.veld == veld
    assert Adviestraject.objects.count() == eerder


def test_een_startbesluit_is_te_verbeteren_tot_er_een_commissie_is(wereld: Wereld) -> None:
    traject = start(wereld)
    traject = verbeter(traject, door=wereld.secretaris)
    besluit = traject.startbesluit
    assert {n: getattr(traject, n) for n in ("titel", "werktitel_openbaar", "geadresseerden")} | {
        n: getattr(besluit, n) for n in ("tekst", "besloten_op")
    } == {n: w for n, w in NIEUW.items() if n != "themas"}
    regel = Gebeurtenis.objects.filter(soort="adviezen.wijzig_startbesluit").latest("pk")
    assert regel.gegevens["was"]["titel"] == "Kleine bedrijven en AI (voorbeeld)"
    Adviestraject.objects.filter(pk=traject.pk).update(rijversie=9)
    with pytest.raises(VerouderdeVersie):
        startbesluit.wijzig_startbesluit(traject=traject, versie=8, door=wereld.secretaris, **NIEUW)


@pytest.mark.parametrize(
    ("anders", "veld"),
    [({"besloten_op": date(2100, 1, 1)}, "besloten_op"), ({"geadresseerden": " "}, "geadresseerden")],
)
def test_een_verbeterd_startbesluit_noemt_een_dag_en_een_lezer(
    wereld: Wereld, anders: dict[str, Any], veld: str
) -> None:
    traject = start(wereld)
    with pytest.raises(InvoerFout) as fout:
        verbeter(traject, door=wereld.secretaris, **anders)
    assert fout.value.veld == veld
    traject.refresh_from_db()
    assert traject.titel == "Kleine bedrijven en AI (voorbeeld)"


def test_een_startbesluit_wijzigt_niet_door_een_ander_of_na_de_toewijzing(wereld: Wereld) -> None:
    traject = start(wereld)
    for ander in (wereld.beheerder, wereld.account("FNV 1")):
        with pytest.raises(GeenToegang):
            verbeter(traject, door=ander)
    cast = bouw.traject_op(Stap.CONCEPT, wereld, eigen_initiatief=True)
    for te_laat in (cast.traject, registreer(wereld)):
        with pytest.raises(InvoerFout, match="geen commissie"):
            verbeter(te_laat, door=wereld.raadssecretaris)
