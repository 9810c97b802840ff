"""Systeemcontrole: een route zonder `toegang` bestaat niet."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from toegang.routes import alle_routes


def controleer(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Meld elke route waarvan de view geen toegangseis draagt, ook die van andere pakketten."""
    return [
        Error(f"De route {pad!r} zegt niet wie er binnen mag", id="toegang.E001")
        for pad, route in alle_routes()
        if getattr(route.callback, "toegang", None) is None
    ]
