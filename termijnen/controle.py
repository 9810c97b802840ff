"""Systeemcontrole: geen enkele termijn is van een soort die niemand aanmeldt."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections

from termijnen import soorten


def controleer_soorten(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Meld elke gebruikte soort die niet is aangemeld; alleen bij `check --database default`."""
    from termijnen.models import Termijn

    if "default" not in (databases or ()):
        return []
    if Termijn._meta.db_table not in connections["default"].introspection.table_names():
        return []
    bekend = {soort.naam for soort in soorten.alle()}
    gebruikt = set(Termijn.objects.order_by().values_list("soort", flat=True).distinct())
    return [
        Error(
            f"Er zijn termijnen van de soort {naam!r}, maar geen app meldt die soort aan.",
            hint="Roep termijnen.soorten.registreer aan in ready() van de app die deze termijnen opent.",
            id="termijnen.E001",
        )
        for naam in sorted(gebruikt - bekend)
    ]
