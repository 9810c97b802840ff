"""De link waarmee een meelezer zonder account binnenkomt: eenmalig, en nergens bewaard.

De link wordt gemaakt als de e-mail vertrekt. Zij hangt aan het (nog onbruikbare) wachtwoord van het nieuwe account: is
er een wachtwoord gekozen, dan past zij niet meer.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from adviezen.models import Meelezer
from adviezen.queries.organisatie import geldt

if TYPE_CHECKING:
    from toegang.models import Gebruiker

GELDIG = timedelta(days=14)
ZOUT = "adviezen.uitnodiging"


def zonder_inlog(gebruiker: "Gebruiker") -> bool:
    """Of dit account nog nooit te gebruiken was: geen wachtwoord, en nooit ingelogd (ook niet via de werkgever)."""
    return gebruiker.is_active and gebruiker.last_login is None and not gebruiker.has_usable_password()


def _merk(gebruiker: "Gebruiker") -> str:
    return salted_hmac(ZOUT, gebruiker.password).hexdigest()[:24]


def code_voor(meelezer: Meelezer) -> str:
    """Geef de code van de link voor deze meelezer; veertien dagen geldig."""
    return signing.dumps([meelezer.pk, _merk(meelezer.gebruiker)], salt=ZOUT)


def meelezer_bij(code: str) -> Meelezer | None:
    """Geef de meelezer bij een code, of None als zij vals, te oud of gebruikt is, of het meelezen niet meer geldt."""
    try:
        pk, merk = signing.loads(code, salt=ZOUT, max_age=GELDIG)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rijen = Meelezer.objects.select_related("gebruiker", "organisatie", "beraad", "traject", "toegelaten_door")
    gevonden: Meelezer | None = rijen.filter(pk=pk).first()
    if gevonden is None or not geldt(gevonden) or not zonder_inlog(gevonden.gebruiker):
        return None
    return gevonden if constant_time_compare(merk, _merk(gevonden.gebruiker)) else None
