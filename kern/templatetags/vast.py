"""`{% load vast %}` in plaats van `{% load static %}`: een vast adres wordt één keer per sjabloon opgezocht.

Op elke bladzijde staan er een stuk of zestien; telkens zoeken kost een tiende milliseconde. Een naam verandert niet
zolang een proces draait: zij hoort bij de inhoud (ser_portal.statisch).
"""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.templatetags.static import StaticNode

register = template.Library()


class VastNode(StaticNode):
    """Een adres van een statisch bestand; onthoudt het als het niet van de bladzijde afhangt."""

    onthouden: str | None = None

    def url(self, context: template.Context) -> Any:
        """Geef het adres."""
        if self.path.is_var:
            return super().url(context)
        if self.onthouden is None:
            self.onthouden = super().url(context)
        return self.onthouden


@register.tag
def static(parser: Parser, token: Token) -> StaticNode:
    """Zoals `{% static "css/ser.css" %}` van Django, ook met `as`."""
    return VastNode.handle_token(parser, token)
