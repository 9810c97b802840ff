"""De API tegen haar eigen beschrijving: bedachte vragen, nooit een 5xx en nooit een antwoord buiten het schema."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from publiek.api import api
from tests.hulp import voer_uitgesteld_uit
from tests.publiek.wereld import maak_wereld, publiceer_advies

WEGEN = sorted(api.get_openapi_schema()["paths"])
ECHT = {
    "/adviezen/{kenmerk}": ("kenmerk", ["adv-1", "adv-2", "adv-3", "vol"]),
    "/aanbevelingen/{id}": ("id", ["adv-2-1"]),
    "/kabinetsreacties/{id}": ("id", ["archief-adv-2"]),
    "/themas/{slug}": ("slug", ["arbeid"]),
}


@pytest.fixture(scope="module")
def beschreven(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """De kleine wereld één keer, met een advies waarin alles staat."""
    with django_db_blocker.unblock(), transaction.atomic():
        maak_wereld()
        steun = [{"geleding": "kroonleden", "organisatie": "", "naam": "A (voorbeeld)"}]
        opvatting = {"aanduiding": "een deel", "tekst": "Ja.", "voetnoot": "x", "steun": steun}
        publiceer_advies(
            "vol", "Met tekst", jaar=2024, nummer="2024/01", volledig=True, html='<p data-blok="a1">Zin.</p>',
            standpunten=[{"passage": "P", "blok": "a1", "opvattingen": [opvatting, opvatting]}],
        )  # fmt: skip
        voer_uitgesteld_uit()
        # Anders sluit de eerste vraag de verbinding waarop de wereld staat; de toetsclient van Django doet dit ook.
        signals.request_started.disconnect(close_old_connections)
        signals.request_finished.disconnect(close_old_connections)
        try:
            yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
        finally:
            signals.request_started.connect(close_old_connections)
            signals.request_finished.connect(close_old_connections)
            transaction.set_rollback(True)


def _keur(schema: Any, weg: str, aantal: int) -> None:
    """Doe `aantal` bedachte vragen aan één adres, goede en slechte door elkaar."""
    bewerking = schema[weg]["GET"]
    goed = bewerking.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
    slecht = bewerking.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)

    @given(data=st.data())
    @settings(
        max_examples=aantal, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def proef(data: Any) -> None:
        geval = data.draw(st.one_of(goed, slecht))
        if weg in ECHT and data.draw(st.booleans()):
            naam, waarden = ECHT[weg]
            geval.path_parameters[naam] = data.draw(st.sampled_from(waarden))
        geval.call_and_validate(headers={"Accept-Encoding": "identity"})

    proef()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("weg", WEGEN)
def test_geen_5xx_en_geen_antwoord_buiten_het_schema(beschreven: Any, weg: str) -> None:
    assert connection.in_atomic_block
    _keur(beschreven, weg, 12)


@pytest.mark.lang
@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("weg", WEGEN)
def test_twintigduizend_bedachte_vragen(beschreven: Any, weg: str) -> None:
    _keur(beschreven, weg, -(-20_000 // len(WEGEN)))
