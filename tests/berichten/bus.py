"""Berichten die klaarliggen, en post aan de rand van het portaal."""

from collections.abc import Callable, Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from berichten import actions
from berichten.models import Bericht


def klaar(nummer: int = 1, aantal: int = 1) -> list[Bericht]:
    uit = []
    for n in range(nummer, nummer + aantal):
        bericht = actions.stuur(
            email=f"lid{n}@voorbeeld.test",
            onderwerp=f"Bericht {n}",
            pad="/lezen/",
            feit=f"toets.doe:{n}:1",
            wacht=False,
        )
        assert bericht is not None
        uit.append(bericht)
    return uit


class Dubbel(BaseEmailBackend):
    """Post aan de rand van het portaal, met een eigen antwoord per bericht."""

    def __init__(self, bij: Callable[[EmailMessage], None]) -> None:
        super().__init__()
        self.bij, self.binnen = bij, []  # type: ignore[var-annotated]

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for bericht in email_messages:
            self.bij(bericht)
            self.binnen.append(bericht.extra_headers["Message-ID"])
        return len(email_messages)
