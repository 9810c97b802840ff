"""Post als bestanden: elk bericht een .eml in var/mail/, heel of niet."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class MapPost(BaseEmailBackend):
    """Schrijf elk bericht naar de map mail/ onder settings.VAR; een herhaling vervangt haar voorganger."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Geef het aantal geschreven berichten. Werpt OSError als de schijf weigert."""
        map = Path(settings.VAR) / "mail"
        map.mkdir(parents=True, exist_ok=True)
        for bericht in email_messages:
            inhoud = bericht.message()
            naam = bestandsnaam(str(inhoud["Message-ID"]))
            tijdelijk = map / f".{naam}.{os.getpid()}"
            with tijdelijk.open("wb") as bestand:
                bestand.write(inhoud.as_bytes())
                bestand.flush()
                os.fsync(bestand.fileno())
            tijdelijk.replace(map / naam)
        return len(email_messages)


def bestandsnaam(message_id: str) -> str:
    """Geef een veilige bestandsnaam bij een Message-ID; gelijke ids geven gelijke namen."""
    return f"{hashlib.sha256(message_id.encode()).hexdigest()}.eml"
