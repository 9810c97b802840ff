"""Een datum in een formulier: alleen dagen waarmee het portaal kan rekenen."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

EERSTE = date(1900, 1, 1)
LAATSTE = date(2199, 12, 31)


def redelijk(dag: date) -> None:
    """Laat een dag door als die tussen 1900 en 2199 ligt (grenzen mee).

    Verder rekent niemand hier: een dag als 9999-12-31 is een tikfout, en één dag later bestaat niet.
    Werpt ValidationError.
    """
    if not EERSTE <= dag <= LAATSTE:
        raise ValidationError("Kies een dag tussen 1900 en 2200. Controleer het jaar.", code="jaar")


class Datumveld(forms.DateField):
    """Het datumveld van het portaal: als dat van Django, maar een onmogelijk jaar wordt geweigerd."""

    default_validators = [redelijk]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Geef ook de browser de grenzen."""
        return {**super().widget_attrs(widget), "min": EERSTE.isoformat(), "max": LAATSTE.isoformat()}
