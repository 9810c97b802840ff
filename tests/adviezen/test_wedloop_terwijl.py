"""De ene handeling is nog bezig als een collega de andere begint: hij wacht, en ziet dan hoe het werd.

Elke wedloop heeft haar controle: zonder het slot of zonder opnieuw te kijken gaat het mis.
"""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from adviezen.actions import agendabron, agendering, reacties
from adviezen.actions import mede as samen
from adviezen.actions.aanvraag import registreer_aanvraag
from adviezen.actions.bureau import OVERDRAGEN, draag_bureau_over
from adviezen.actions.correctie import corrigeer
from adviezen.actions.handelen import handel
from adviezen.enums import Medestatus, Reactiestatus, Stap
from adviezen.models import Advies, Adviestraject, Medeondertekening, Reactie
from kern.fouten import InvoerFout, OvergangGeweigerd
from kern.tijd import nu, vandaag
from opvolging.actions import leg_reactie_vast
from publicatie.models import Publicatie
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.aanbieden import later
from tests.adviezen.agenderen import agendeer, raad
from tests.hulp import wacht_tot_iemand_wacht
from vergaderingen.actions import plaats_aanbod, roep_op

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wedloop]


def terwijl(eerste: Callable[[], Any], tweede: Callable[[], Any], *, daarna: Callable[[], Any] = lambda: None) -> Any:
    """Begin `tweede` op een eigen verbinding als `eerste` gedaan maar niet vastgelegd is; geef haar fout, of None."""
    fouten: list[Exception | None] = []

    def doe() -> None:
        try:
            tweede()
        except Exception as fout:
            fouten.append(fout)
        else:
            fouten.append(None)
        finally:
            connection.close()

    draad = threading.Thread(target=doe)
    with transaction.atomic():
        eerste()
        draad.start()
        wacht_tot_iemand_wacht(draad)
        daarna()
    draad.join()
    return fouten[0]


@pytest.fixture
def wereld() -> bouw.Wereld:
    """Een eigen wereld: deze toetsen leggen echt vast."""
    return bouw.maak_wereld()


def _plaats(cast: bouw.Cast, zitting: Any) -> Callable[[], Any]:
    sleutel = agendering.sleutel_behandeling(cast.traject)
    return lambda: plaats_aanbod(vergadering=zitting, bron=agendering.BRON, sleutel=sleutel, door=cast.raadssecretaris)


def _trek_in(cast: bouw.Cast) -> Callable[[], Any]:
    stop = {"versie": None, "door": cast.algemeen_secretaris, "reden": "De minister wil het niet meer."}
    return lambda: handel(traject=cast.traject, overgang="trek_in", datum=vandaag(), **stop)


def test_een_advies_komt_op_een_agenda(wereld: bouw.Wereld) -> None:
    """Twee secretarissen zetten het elk op een andere; de tweede leest dat het al geplaatst is."""
    cast = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    een, ander = raad(cast), raad(cast, 60)
    fout = terwijl(_plaats(cast, een), _plaats(cast, ander))
    assert isinstance(fout, InvoerFout)
    assert fout.veld == "sleutel"
    assert [a.agendapunt.vergadering for a in cast.traject.agenderingen.filter(uitkomst="")] == [een]
    assert not ander.agendapunten.exists()


def test_een_advies_dat_net_stopte_komt_niet_meer_op_de_agenda(wereld: bouw.Wereld) -> None:
    cast = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    zitting = raad(cast)
    assert isinstance(terwijl(_trek_in(cast), _plaats(cast, zitting)), InvoerFout)
    assert not zitting.agendapunten.exists()


def test_controle_zonder_opnieuw_kijken_staat_het_op_twee_agenda_s(
    wereld: bouw.Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agendering, "_eis_aanbod", lambda staat_nog: None)
    cast = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    een, ander = raad(cast), raad(cast, 60)
    assert terwijl(_plaats(cast, een), _plaats(cast, ander)) is None
    assert een.agendapunten.exists()
    assert ander.agendapunten.exists()


def _oproeping(cast: bouw.Cast) -> Callable[[], Any]:
    zitting = raad(cast)
    agendeer(cast, zitting)
    return lambda: roep_op(vergadering=zitting, versie=None, door=cast.raadssecretaris)


def _wacht_openbaar(cast: bouw.Cast) -> bool:
    return Publicatie.objects.filter(sleutel=f"ontwerpadvies:t-{cast.traject.pk}", tot__isnull=True).exists()


def test_de_oproeping_en_het_overdragen_van_een_bureau_lopen_niet_vast(wereld: bouw.Wereld) -> None:
    """Beide raken het traject op de agenda en een termijn van dezelfde secretaris."""
    cast = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    van = cast.raadssecretaris
    Adviestraject.objects.filter(pk=cast.traject.pk).update(secretaris=van)
    roep_op_ = _oproeping(cast)
    assert Termijn.objects.lopend().filter(eigenaar=van, soort="vergaderstukken").exists()

    def begin() -> None:
        Adviestraject.objects.select_for_update(of=("self",)).get(pk=cast.traject.pk)

    def draag_over() -> None:
        draag_bureau_over(van=van, naar=wereld.tweede, hoe=OVERDRAGEN, reden="Andere baan.", door=van)

    assert terwijl(begin, roep_op_, daarna=draag_over) is None
    assert cast.vers().secretaris == wereld.tweede


@pytest.mark.parametrize("oproeping_eerst", [True, False])
def test_wat_bij_de_oproeping_stopt_wordt_niet_openbaar(wereld: bouw.Wereld, oproeping_eerst: bool) -> None:
    cast = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    daden = [_oproeping(cast), _trek_in(cast)]
    assert terwijl(*(daden if oproeping_eerst else reversed(daden))) is None
    assert cast.vers().stap == Stap.INGETROKKEN
    assert not _wacht_openbaar(cast)


def test_controle_zonder_slot_wordt_een_gestopt_advies_bij_de_oproeping_openbaar(
    wereld: bouw.Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    class ZonderSlot:
        objects = Adviestraject.objects.none()

    ZonderSlot.objects.select_for_update = lambda **kw: Adviestraject.objects.none()  # type: ignore[method-assign]
    cast = bouw.traject_op(Stap.NAAR_RAAD, wereld)
    roep = _oproeping(cast)
    monkeypatch.setattr(agendabron, "Adviestraject", ZonderSlot)
    assert terwijl(_trek_in(cast), roep) is None
    assert _wacht_openbaar(cast)


def _sluit(cast: bouw.Cast) -> Callable[[], Any]:
    return lambda: handel(traject=cast.traject, versie=None, overgang="sluit_achterbanberaad", door=cast.secretaris)


def _neem_terug(reactie: Reactie) -> Callable[[], Any]:
    wie = reactie.deelname.contact
    return lambda: reacties.neem_reactie_terug(reactie=reactie, versie=None, door=wie)


def test_wie_haar_reactie_terugneemt_terwijl_de_ronde_sluit_is_te_laat(wereld: bouw.Wereld) -> None:
    """Anders is de ronde dicht alsof ieder reageerde, en kan deze organisatie niet opnieuw indienen."""
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    bouw.bereid_sluiting_voor(cast)
    reactie = cast.reactie("FNV")
    fout = terwijl(_sluit(cast), _neem_terug(reactie))
    assert isinstance(fout, OvergangGeweigerd)
    assert "gesloten" in str(fout)
    assert cast.vers().stap == Stap.VERWERKING
    assert cast.reactie("FNV").status == Reactiestatus.INGEDIEND


def test_wie_sluit_terwijl_een_reactie_wordt_teruggenomen_hoort_dat(wereld: bouw.Wereld) -> None:
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    bouw.bereid_sluiting_voor(cast)
    fout = terwijl(_neem_terug(cast.reactie("FNV")), _sluit(cast))
    assert isinstance(fout, OvergangGeweigerd)
    assert cast.vers().stap == Stap.ACHTERBANBERAAD


def test_controle_zonder_slot_sluit_de_ronde_om_een_teruggenomen_reactie_heen(
    wereld: bouw.Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    bouw.bereid_sluiting_voor(cast)
    monkeypatch.setattr(reacties, "vergrendel", lambda pk: None)
    assert terwijl(_sluit(cast), _neem_terug(cast.reactie("FNV"))) is None
    assert (cast.vers().stap, cast.reactie("FNV").status) == (Stap.VERWERKING, Reactiestatus.CONCEPT)


def _trek_zich_terug(cast: bouw.Cast) -> Callable[[], Any]:
    """Laat FNV met een ander meetekenen in plaats van zelf te reageren; geef de handeling waarmee zij dat intrekt."""
    bouw.bereid_sluiting_voor(cast)
    wie = cast.deelname("FNV")
    reacties.neem_reactie_terug(reactie=cast.reactie("FNV"), versie=None, door=wie.contact)
    ander = Reactie.objects.filter(deelname__beraad=cast.beraad, status=Reactiestatus.INGEDIEND).first()
    mede = Medeondertekening.objects.create(
        reactie=ander, deelname=wie, status=Medestatus.BEVESTIGD, gevraagd_door=wie.contact,
        beantwoord_door=wie.contact, beantwoord_op=nu(),
    )  # fmt: skip
    return lambda: samen.beantwoord_mede(mede=mede, akkoord=False, door=wie.contact)


def test_wie_zich_terugtrekt_als_medeondertekenaar_terwijl_de_ronde_sluit_is_te_laat(wereld: bouw.Wereld) -> None:
    cast = bouw.traject_op(Stap.ACHTERBANBERAAD, wereld)
    trek_zich_terug = _trek_zich_terug(cast)
    assert isinstance(terwijl(_sluit(cast), trek_zich_terug), InvoerFout)
    assert cast.vers().stap == Stap.VERWERKING
    assert Medeondertekening.objects.get().status == Medestatus.BEVESTIGD


def test_een_herstelde_dag_en_een_kabinetsreactie_tegelijk_lopen_niet_vast(wereld: bouw.Wereld) -> None:
    """Beide raken het advies en zijn klok; in een andere volgorde op slot breekt de database er een af."""
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    bouw.bereid_aanbieding_voor(cast)
    handel(traject=cast.traject, versie=None, overgang="bied_aan", door=cast.algemeen_secretaris)
    with transaction.atomic():
        later()  # over wat nog niet openbaar is ligt geen brief vast
    advies = Advies.objects.get(traject=cast.traject)
    dag = vandaag() - timedelta(days=1)
    Adviestraject.objects.filter(pk=cast.traject.pk).update(vastgesteld_op=dag)
    Advies.objects.filter(pk=advies.pk).update(datum=dag)

    def herstel() -> None:
        corrigeer(
            traject=cast.traject, versie=None, gegeven="uitgebracht_op", nieuw=dag, reden="Tikfout.",
            door=cast.secretaris,
        )  # fmt: skip

    def begin() -> None:
        Advies.objects.select_for_update(of=("self",)).get(pk=advies.pk)

    def antwoord() -> None:
        leg_reactie_vast(adviezen=[advies], datum=vandaag(), afzenders="De minister (voorbeeld)", door=cast.secretaris)

    assert terwijl(begin, herstel, daarna=antwoord) is None
    klok = Termijn.objects.van(advies).filter(soort="kabinetsreactie")
    assert [t.status for t in klok] == ["voldaan"]


def test_twee_aanvragen_met_dezelfde_titel_krijgen_elk_een_naam(wereld: bouw.Wereld) -> None:
    """Twee van het secretariaat registreren tegelijk; de tweede kreeg een storing omdat de naam net bezet was."""
    gisteren = vandaag() - timedelta(days=1)
    assert terwijl(lambda: _registreer(wereld), lambda: _registreer(wereld, gisteren)) is None
    assert set(Adviestraject.objects.values_list("slug", flat=True)) == {"wonen-voorbeeld", "wonen-voorbeeld-2"}


def test_twee_keer_klikken_geeft_een_traject(wereld: bouw.Wereld) -> None:
    """Twee keer dezelfde brief, tegelijk: er kwamen twee trajecten, met elk een klok en een openbare aanvraag."""
    fout = terwijl(lambda: _registreer(wereld), lambda: _registreer(wereld))
    assert isinstance(fout, InvoerFout)
    assert fout.veld == "titel"
    assert Adviestraject.objects.get().kenmerk in str(fout)


def _registreer(wereld: bouw.Wereld, datum: date | None = None) -> None:
    registreer_aanvraag(
        titel="Wonen (voorbeeld)", vraag="?", vragers=[bouw.vrager()], datum=datum or vandaag(),
        ontvangen_op=vandaag(), adviestermijn=vandaag() + timedelta(days=90),
        secretaris=wereld.secretaris, door=wereld.secretaris,
    )  # fmt: skip
