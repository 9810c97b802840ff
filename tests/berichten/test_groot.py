"""De postbus na jaren: wat vaak gevraagd wordt, loopt niet over alles wat ooit verstuurd is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, models
from django.db.migrations.state import ProjectState
from django.test.utils import CaptureQueriesContext

from berichten import queries
from berichten.enums import Status
from berichten.models import Bericht
from bewaking.queries import _post
from kern.migraties import IndexErnaast
from kern.tijd import nu

pytestmark = pytest.mark.django_db
# Vier jaar post: een tiende aan lezers van buiten, alles verstuurd en gelezen op een handvol na.
VUL = """
    INSERT INTO berichten_bericht (voorbeeld, ontvanger_id, email, onderwerp, tekst, pad, feit, handeling, message_id,
        aangemaakt_op, niet_voor, status, pogingen, volgende_poging, laatste_fout, verstuurd_op, gelezen_op)
    SELECT true, CASE WHEN n %% 10 > 0 THEN %(wie)s::bigint END,
        CASE WHEN n %% 10 = 0 THEN 'lezer' || n || '@voorbeeld.test' ELSE '' END, 'Stukken', '', '/lezen/',
        'toets.doe:' || n || ':1:x', 'toets.doe:' || n || ':1', 'm' || n, t, t,
        CASE WHEN n <= 3 THEN 'mislukt' WHEN n <= 6 THEN 'wacht' ELSE 'verstuurd' END, 8, t, '',
        CASE WHEN n > 6 THEN t END, CASE WHEN n > 20 THEN t END
    FROM (SELECT n, now() - interval '3 hours' * n AS t FROM generate_series(1, 12000) n) r
"""


@pytest.fixture
def vol(secretaris: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(VUL, {"wie": secretaris.pk})
        cursor.execute("ANALYZE berichten_bericht")
    return secretaris


VRAGEN: dict[str, Callable[[Any], Any]] = {
    "het scherm met wat niet lukte": lambda wie: (list(queries.mislukte()[:50]), queries.mislukte().count()),
    "wat in één keer opnieuw mag": lambda wie: queries.mislukte_van_kort().count(),
    "het begin van de staf": lambda wie: Bericht.objects.filter(status=Status.MISLUKT).count(),
    "de teller op elke bladzijde": queries.ongelezen,
    "de bewaking": lambda wie: _post(nu()),
    "wat er bij een handeling hoort": lambda wie: list(queries.van_handeling("toets.doe:40:1")),
}


@pytest.mark.parametrize("wat", VRAGEN)
def test_geen_vraag_leest_de_hele_postbus(vol: Any, wat: str) -> None:
    Bericht.objects.filter(status=Status.WACHT).update(laatste_fout="De post is niet te bereiken. gaierror: weg")
    with CaptureQueriesContext(connection) as gevraagd:
        VRAGEN[wat](vol)
    plannen = []
    with connection.cursor() as cursor:
        for vraag in gevraagd.captured_queries:
            if "berichten_bericht" in vraag["sql"] and not vraag["sql"].startswith(("SAVEPOINT", "RELEASE")):
                cursor.execute("EXPLAIN " + vraag["sql"])
                plannen.append("\n".join(regel for (regel,) in cursor.fetchall()))
    assert plannen
    assert [plan for plan in plannen if "Seq Scan on berichten_bericht" in plan] == []


@pytest.mark.django_db(transaction=True)
def test_een_afgebroken_index_houdt_de_volgende_poging_niet_tegen() -> None:
    """Wat kill -9 halverwege laat staan heet ongeldig: de naam is bezet, en niemand gebruikt hem."""
    index = models.Index(fields=["onderwerp"], name="proef_halve_index")
    stand = ProjectState.from_apps(apps)
    gewoon, eigen = AddIndexConcurrently("bericht", index), IndexErnaast("bericht", index)

    def maak(wijze: AddIndexConcurrently) -> None:
        with connection.schema_editor(atomic=False) as bewerker:
            wijze.database_forwards("berichten", bewerker, stand, stand)

    try:
        maak(gewoon)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'proef_halve_index'::regclass")
        with pytest.raises(Exception, match="already exists"):
            maak(gewoon)
        maak(eigen)
        with connection.cursor() as cursor:
            cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'proef_halve_index'::regclass")
            assert cursor.fetchone()[0]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS proef_halve_index")
