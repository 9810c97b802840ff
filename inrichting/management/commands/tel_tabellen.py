"""manage.py tel_tabellen: laat de database tellen wat er in haar tabellen staat, om haar plannen op te rekenen."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    """Voert ANALYZE uit, als eigenaar van de tabellen; een ander krijgt per tabel een waarschuwing en telt niets.

    PostgreSQL telt zelf pas na een minuut, en een tabel waarin minder dan vijftig rijen veranderden nooit
    (PostgreSQL-handleiding, 24.1.3 en autovacuum_analyze_threshold). Tot die tijd houdt het een pas gevulde tabel voor
    leeg: een zoekvraag rekende zo bij elk agendapunt de woorden uit, terwijl er een index lag (4,9 ms en niet 0,7).
    """

    help = "Laat de database haar tabellen tellen (ANALYZE), na het laden of terugzetten van veel tegelijk."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tel elke tabel van deze database die van ons is."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
