"""Jaarstukken en bekendmakingen op één blad."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kern.tijd import vandaag
from toegang.routes import voor_secretariaat
from vergaderingen.jaaroverzicht import andere_punten, jaarregels


@voor_secretariaat
@require_safe
def jaarstukken(request: HttpRequest) -> HttpResponse:
    """Toon welke jaarstukken wanneer klaar moeten zijn, waar zij op een agenda staan, en wat bekend is gemaakt."""
    dag, voorbeeld = vandaag(), settings.VOORBEELD
    return render(
        request, "vergaderingen/jaarstukken.html",
        {"regels": jaarregels(dag, voorbeeld=voorbeeld), "andere": andere_punten(dag, voorbeeld=voorbeeld)},
    )  # fmt: skip
