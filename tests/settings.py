"""Instellingen voor de toetsen: dezelfde als het portaal, met post in het geheugen en snelle wachtwoorden."""

import os
import re

# De voorbeeldstand hangt niet af van wie de toetsen start; een toets over de echte stand zet haar zelf uit.
os.environ["PORTAL_VOORBEELD"] = "1"
# Draaien er meer toetslopers naast elkaar (pytest -n 2), dan heeft elke een eigen database en een eigen Redis-nummer:
# een toets die de cache leegt, raakt zo geen wachtrij van een ander.
if loper := int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")):
    os.environ["REDIS_URL"] = re.sub(
        r"(?<=[=/])\d+$", lambda nummer: str((int(nummer[0]) + loper) % 16), os.environ.get("REDIS_URL", "")
    )

from ser_portal.settings import *  # noqa: F403
from ser_portal.settings import DATABASES as _DATABASES
from ser_portal.settings import INSTALLED_APPS as _APPS
from ser_portal.settings import MIDDLEWARE as _MIDDLEWARE

# Met een handvol rijen kost een plan bedenken meer dan uitvoeren; de uitkomst van een vraag hangt er niet van af.
for _een in _DATABASES.values():
    _een["OPTIONS"] = {**_een.get("OPTIONS", {}), "options": "-c join_collapse_limit=1"}

INSTALLED_APPS = [*_APPS, "tests.proef"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Statische bestanden zijn in de toetsen niet verzameld; een browsertoets krijgt ze van de liveserver.
MIDDLEWARE = [laag for laag in _MIDDLEWARE if not laag.startswith("whitenoise.")]
# Toetsen reizen door de tijd; wie de klok zelf toetst, zet het nakijken aan.
KLOK_VERSCHIL_SECONDEN = 0
# Geen draad naast de toetsen; wie de tellers toetst, brengt ze zelf weg.
TEL_VERZOEKEN = False
# De stand van de openbare bladzijden bij elke aanvraag lezen: een toets ziet meteen wat zij wijzigde.
PUBLIEK_STAND_SECONDEN = 0
