"""Echte transacties in stap 6 tot en met 8: van wie tegelijk drukt wint er één, en een nummer komt één keer voor."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from adviezen.actions.adviesgegevens import leg_adviesgegevens_vast
from adviezen.actions.handelen import handel
from adviezen.actions.standpunten import Opvattinginvoer, leg_passage_vast
from adviezen.enums import SoortVersie, Stap
from adviezen.models import Advies, Steun
from adviezen.policies.raad import lopende_agendering
from adviezen.queries.standpunten import stemmers
from berichten.models import Bericht
from kern.fouten import InvoerFout, OvergangGeweigerd, VerouderdeVersie
from kern.tijd import vandaag
from opvolging.actions import leg_reactie_vast
from opvolging.models import Kabinetsreactie
from publicatie.models import Publicatie
from termijnen.models import Termijn
from tests.adviezen import bouw
from tests.adviezen.aanbieden import later

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.wedloop]


def tegelijk(*daden: Callable[[], object]) -> list[str]:
    """Doe alles op hetzelfde moment, elk op een eigen verbinding; geef wat ervan kwam, gesorteerd."""
    startschot = Barrier(len(daden))

    def probeer(daad: Callable[[], object]) -> str:
        try:
            startschot.wait(timeout=20)
            daad()
            return "gelukt"
        except (InvoerFout, OvergangGeweigerd, VerouderdeVersie) as fout:
            return type(fout).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(daden)) as zwembad:
        return sorted(zwembad.map(probeer, daden))


@pytest.fixture
def wereld() -> bouw.Wereld:
    """Een eigen wereld: deze toetsen leggen echt vast."""
    return bouw.maak_wereld()


def test_twee_secretarissen_stellen_tegelijk_vast(wereld: bouw.Wereld) -> None:
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld)
    bouw.bereid_vaststelling_voor(cast)
    traject = cast.vers()

    def stel_vast() -> object:
        return handel(traject=traject, versie=traject.rijversie, overgang="stel_vast", door=cast.raadssecretaris)

    assert tegelijk(stel_vast, stel_vast, stel_vast) == ["VerouderdeVersie", "VerouderdeVersie", "gelukt"]
    assert traject.versies.filter(soort=SoortVersie.VASTGESTELD).count() == 1
    assert Advies.objects.filter(traject=traject).count() == 1
    assert Bericht.objects.filter(feit__startswith="adviezen.stel_vast:").count() == 1


def test_een_nummer_wordt_een_keer_gegeven(wereld: bouw.Wereld) -> None:
    casts = [bouw.traject_op(Stap.AANBIEDING, wereld) for _ in range(3)]

    def geef(cast: bouw.Cast) -> Callable[[], object]:
        return lambda: leg_adviesgegevens_vast(
            traject=cast.traject,
            versie=None,
            nummer="V26/55",
            titel="Wedloop (voorbeeld)",
            samenvatting="Kort (voorbeeld).",
            aanbevelingen=[],
            door=cast.secretaris,
        )

    assert tegelijk(*(geef(cast) for cast in casts)) == ["InvoerFout", "InvoerFout", "gelukt"]
    assert Advies.objects.filter(nummer="V26/55").count() == 1


def test_een_stem_per_zetel_bij_dubbel_vastleggen(wereld: bouw.Wereld) -> None:
    cast = bouw.traject_op(Stap.VASTSTELLING, wereld)
    agendering = lopende_agendering(cast.traject)
    assert agendering is not None
    bouw.geopend(wereld, agendering.agendapunt.vergadering)
    traject = cast.vers()
    zetels = frozenset(s.zetel_pk for s in stemmers(agendering))

    def leg_vast() -> object:
        return leg_passage_vast(
            traject=traject,
            versie=traject.rijversie,
            passage="Eén passage.",
            opvattingen=[Opvattinginvoer("Doen.", zetels)],
            door=cast.raadssecretaris,
        )

    assert tegelijk(leg_vast, leg_vast) == ["VerouderdeVersie", "gelukt"]
    assert Steun.objects.filter(registratie__agendering=agendering).count() == len(zetels)


def test_tweemaal_aanbieden_geeft_een_publicatie_en_een_klok_en_een_brief_telt_eenmaal(wereld: bouw.Wereld) -> None:
    cast = bouw.traject_op(Stap.AANBIEDING, wereld)
    bouw.bereid_aanbieding_voor(cast)
    traject = cast.vers()

    def bied_aan() -> object:
        return handel(traject=traject, versie=None, overgang="bied_aan", door=cast.algemeen_secretaris)

    assert tegelijk(bied_aan, bied_aan) == ["OvergangGeweigerd", "gelukt"]
    advies = Advies.objects.get(traject=traject)
    assert Publicatie.objects.filter(sleutel=f"advies:{advies.kenmerk}").count() == 1
    assert Termijn.objects.van(advies).filter(soort="kabinetsreactie").count() == 1
    with transaction.atomic():
        later()  # over wat nog niet openbaar is ligt geen brief vast

    def leg_vast() -> object:
        return leg_reactie_vast(
            adviezen=[advies], datum=vandaag(), afzenders="De minister (voorbeeld)", door=cast.secretaris
        )

    assert tegelijk(leg_vast, leg_vast, leg_vast) == ["InvoerFout", "InvoerFout", "gelukt"]
    assert Kabinetsreactie.objects.count() == 1
