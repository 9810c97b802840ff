"""De post van de toets in plaats van die van het portaal."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage

from berichten import mails
from tests.berichten.bus import Dubbel


@pytest.fixture
def dubbel(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Dubbel]:
    def maak(bij: Callable[[EmailMessage], None] = lambda bericht: None) -> Dubbel:
        backend = Dubbel(bij)
        monkeypatch.setattr(mails, "verbinding", lambda: backend)
        return backend

    return maak
