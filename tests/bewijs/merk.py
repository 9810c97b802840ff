"""De post van de werkers in dit bewijs: elke mail zegt welk proces haar stuurde, en over welke databaseverbinding."""

import os
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection

KOP = "X-Bewijs-Verzender"


class Merk(EmailBackend):
    """De gewone SMTP-post met een kopregel erbij: "<proces> <verbinding>", beide een procesnummer."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Geef het aantal verzonden berichten."""
        for bericht in email_messages:
            bericht.extra_headers[KOP] = f"{os.getpid()} {connection.connection.info.backend_pid}"
        return super().send_messages(email_messages)
