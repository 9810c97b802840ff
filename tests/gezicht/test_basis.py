"""De basissjablonen: openbaar raakt niemand aan, achter inloggen staat ieders naam, en fouten spreken Nederlands."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from toegang.models import Gebruiker

BLAD = (
    '{% extends "basis/publiek.html" %}{% block titel %}Proef{% endblock %}{% block kop %}<h1>Proef</h1>{% endblock %}'
)


class Verboden:
    """Klapt zodra een sjabloon ernaar kijkt."""

    def __getattribute__(self, naam: str) -> Any:
        raise AssertionError(f"openbaar sjabloon vroeg {naam} van de gebruiker of sessie")

    def __bool__(self) -> bool:
        raise AssertionError("openbaar sjabloon vroeg of er een gebruiker of sessie is")


def verzoek(pad: str = "/adviezen/") -> HttpRequest:
    """Geef een verzoek zonder sessie en met een gebruiker waar niemand aan mag komen."""
    request = RequestFactory().get(pad)
    request.user = request.session = Verboden()  # type: ignore[assignment]
    return request


def test_openbaar_raakt_gebruiker_sessie_en_csrf_niet_aan() -> None:
    request = verzoek()
    html = engines["django"].from_string(BLAD).render({}, request)
    assert "CSRF_COOKIE" not in request.META
    assert "csrf" not in html
    assert "<script" not in html
    assert 'method="post"' not in html
    assert html == engines["django"].from_string(BLAD).render({}, verzoek())


def test_openbaar_merkt_waar_u_bent() -> None:
    html = engines["django"].from_string(BLAD).render({}, verzoek("/adviezen/2026/01/"))
    assert html.count('<a href="/adviezen/" aria-current="true">') == 2
    html = engines["django"].from_string(BLAD).render({}, verzoek("/adviezen/"))
    assert '<a href="/adviezen/" aria-current="page">' in html
    assert "aria-current" not in engines["django"].from_string(BLAD).render({}, verzoek("/privacy"))


def test_geraamte() -> None:
    html = engines["django"].from_string(BLAD).render({}, verzoek())
    assert html.startswith('<!doctype html>\n<html lang="nl"')
    assert "<title>Proef · SER</title>" in html
    assert html.index('href="#inhoud"') < html.index("<header")
    assert '<main id="inhoud"' in html
    assert html.count("<h1") == 1
    assert 'name="viewport"' in html


@pytest.mark.parametrize("stand", [True, False])
def test_voorbeeldbalk_alleen_in_de_voorbeeldstand(settings: Any, stand: bool) -> None:
    settings.VOORBEELD = stand
    html = engines["django"].from_string(BLAD).render({}, verzoek())
    assert ("balk-voorbeeld" in html) is stand


@pytest.mark.parametrize("basis", ["werk", "lezen"])
def test_achter_inloggen(secretaris: Gebruiker, basis: str) -> None:
    bericht = SimpleNamespace(level_tag="success", __str__=lambda: "x")
    html = (
        engines["django"]
        .from_string(f'{{% extends "basis/{basis}.html" %}}')
        .render(
            {
                "user": secretaris,
                "navigatie": [("Trajecten", "/werk/trajecten/", True), ("Raad", "/werk/raad/", False)],
                "messages": [bericht],
                "csrf_token": "geheim",
            }
        )
    )
    assert f"scherm-{basis}" in html
    assert f'<summary><span class="gebruiker-naam">{secretaris}' in html
    assert '<a href="/werk/trajecten/" aria-current="page">Trajecten</a>' in html
    assert '<form method="post" action="/account/logout/">' in html
    assert """hx-headers='{"X-CSRFToken": "geheim"}'""" in html
    assert '<div class="meldingen" role="status"><div class="utrecht-alert utrecht-alert--ok">' in html
    assert '"includeIndicatorStyles":false' in html, "htmx mag geen stijl in de bladzijde zetten"


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "405", "429", "500", "503"])
def test_foutbladen_werken_zonder_iets_en_hebben_een_weg_terug(code: str) -> None:
    """Wie was ingelogd en hier kwam, vond alleen de voordeur van de openbare site, of niets."""
    html = render_to_string(f"{code}.html", {})
    assert "<h1>" in html
    assert '<a href="/thuis/"' in html.partition("<main")[2].partition("</main>")[0]
    assert '<a class="woordmerk" href="/">' in html
    assert 'lang="nl"' in html


def test_404_is_voor_iedereen_gelijk() -> None:
    een = render_to_string("404.html", {}, request=verzoek("/werk/trajecten/1/"))
    assert een == render_to_string("404.html", {}, request=verzoek("/werk/trajecten/999/"))
