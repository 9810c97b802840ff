"""De tweede factor: verplicht voor medewerkers en beheerders, behalve in de voorbeeldstand (ontwerp §5)."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from toegang.enums import STAFROLLEN
from toegang.rollen import heeft


def moet_tweede_factor(gebruiker: Any) -> bool:
    """Geef of dit account een tweede factor moet hebben."""
    return not settings.VOORBEELD and (heeft(gebruiker, *STAFROLLEN) or gebruiker.is_staff)


def heeft_tweede_factor(gebruiker: Any) -> bool:
    """Geef of dit account een tweede factor heeft ingesteld."""
    return bool(is_mfa_enabled(gebruiker))
