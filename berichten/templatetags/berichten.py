"""Wat de navigatie van berichten laat zien."""

from typing import Any

from django import template

from berichten import queries

register = template.Library()


@register.simple_tag
def ongelezen_berichten(gebruiker: Any) -> int:
    """Geef het aantal ongelezen berichten van wie is ingelogd (één zoekvraag), anders 0."""
    return queries.ongelezen(gebruiker) if getattr(gebruiker, "is_authenticated", False) else 0
