"""De voorbeeldwereld van de adviezen, ook hier één keer per toetsbestand."""

import pytest

from tests.adviezen.conftest import _stand, _wereld, wereld

__all__ = ["_stand", "_wereld", "wereld"]


@pytest.fixture
def als(client):
    def log_in(gebruiker):
        client.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in
