"""De geheimen van de tweede stap staan versleuteld in de database; wie een kopie heeft, heeft er niets aan.

De sleutel volgt uit SECRET_KEY; een vorige (SECRET_KEY_OUD) leest nog. Vóór die weg mag, schrijft
`manage.py hersleutel` alles opnieuw onder de nieuwe. Wat er onversleuteld staat uit een eerdere versie, blijft
leesbaar.
"""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction

MERK = "f1:"


def _slot() -> MultiFernet:
    sleutels = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    zout = b"toegang.tweede_stap"
    rauw = (hashlib.sha256(zout + sleutel.encode()).digest() for sleutel in sleutels)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(sleutel)) for sleutel in rauw])


class Adapter(DefaultMFAAdapter):
    """Versleutelt de zaden van de codes en noemt het portaal bij zijn naam."""

    def encrypt(self, text: str) -> str:
        return MERK + _slot().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Geef de tekst. Werpt cryptography.fernet.InvalidToken als geen van de sleutels past."""
        if not encrypted_text.startswith(MERK):
            return encrypted_text
        return _slot().decrypt(encrypted_text.removeprefix(MERK).encode()).decode()

    def _get_site_name(self) -> str:
        return "SER-portaal"


def hersleutel() -> int:
    """Schrijf elk geheim opnieuw onder de huidige sleutel, in één transactie. Geeft hoeveel het er waren."""
    adapter, aantal = Adapter(), 0
    with transaction.atomic():
        for rij in Authenticator.objects.select_for_update().order_by("pk"):
            for veld in ("secret", "seed"):
                if veld in rij.data:
                    rij.data[veld] = adapter.encrypt(adapter.decrypt(rij.data[veld]))
                    aantal += 1
            rij.save(update_fields=["data"])
    return aantal
