"""Het veld voor het webadres van een bron."""

from typing import Any

from django import forms


class Bronadres(forms.URLField):
    """Een webadres; wie "www.rijksoverheid.nl" typt, bedoelt https. Iets anders wordt geweigerd: het komt als link."""

    default_error_messages = {
        "invalid": "Dit is geen webadres. Een webadres begint met https://, bijvoorbeeld https://www.rijksoverheid.nl."
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)
        self.widget.input_type = "text"  # anders keurt de browser in zijn eigen taal, en weigert hij "www.…"
        self.widget.attrs.setdefault("inputmode", "url")

    def to_python(self, value: Any) -> str:
        """Geef het adres, met https:// ervoor als dat ontbrak. Werpt ValidationError als het geen webadres is."""
        schoon = super().to_python(value) or ""
        if schoon and not schoon.startswith(("http://", "https://")):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return schoon
