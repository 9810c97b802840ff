"""Tags voor de inlogschermen."""

from typing import Any

from django import template
from django.conf import settings

from toegang.browser import noem
from toegang.voorbeeldaccounts import UITGELICHT, WACHTWOORD

register = template.Library()
register.filter("browser", noem)


@register.inclusion_tag("toegang/_voorbeeldaccounts.html", takes_context=True)
def voorbeeldaccounts(context: template.Context) -> dict[str, Any]:
    """In de voorbeeldstand: met één klik inloggen als een van de verzonnen mensen. Anders niets."""
    return {
        "accounts": UITGELICHT if settings.VOORBEELD else (),
        "wachtwoord": WACHTWOORD,
        "csrf_token": context.get("csrf_token"),
        "verder": context.get("redirect_field_value"),
    }
