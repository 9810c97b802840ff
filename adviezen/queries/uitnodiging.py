"""De link waarmee een genodigde zonder account binnenkomt: eenmalig, en nergens bewaard.

Genodigd zijn een meelezer (door zijn organisatie) en een journalist (door het secretariaat). De link wordt gemaakt als
de e-mail vertrekt. Zij hangt aan het (nog onbruikbare) wachtwoord van het nieuwe account: is er een wachtwoord
gekozen, dan past zij niet meer.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from adviezen.models import Meelezer, Perslezer
from adviezen.queries.organisatie import geldt

if TYPE_CHECKING:
    from toegang.models import Gebruiker

GELDIG = timedelta(days=14)
ZOUT = "adviezen.uitnodiging"
PERSZOUT = "adviezen.persuitnodiging"


def zonder_inlog(gebruiker: "Gebruiker") -> bool:
    """Of dit account nog nooit te gebruiken was: geen wachtwoord, en nooit ingelogd (ook niet via de werkgever)."""
    return gebruiker.is_active and gebruiker.last_login is None and not gebruiker.has_usable_password()


def _merk(gebruiker: "Gebruiker", sleutel: str | None = None) -> str:
    return salted_hmac(ZOUT, gebruiker.password, secret=sleutel).hexdigest()[:24]


def _zout(rij: Meelezer | Perslezer) -> str:
    return PERSZOUT if isinstance(rij, Perslezer) else ZOUT


def code_voor(rij: Meelezer | Perslezer) -> str:
    """Geef de code van de link voor deze genodigde; veertien dagen geldig."""
    return signing.dumps([rij.pk, _merk(rij.gebruiker)], salt=_zout(rij))


def _lees(code: str, zout: str) -> tuple[int, str] | None:
    try:
        pk, merk = signing.loads(code, salt=zout, max_age=GELDIG)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return pk, merk


def _past(gebruiker: "Gebruiker", merk: str) -> bool:
    """Of deze link bij dit account hoort; wie intussen de SECRET_KEY wisselt, maakt wat verstuurd is niet ongeldig."""
    sleutels = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return zonder_inlog(gebruiker) and any(constant_time_compare(merk, _merk(gebruiker, s)) for s in sleutels)


def meelezer_bij(code: str) -> Meelezer | None:
    """Geef de meelezer bij een code, of None als zij vals, te oud of gebruikt is, of het meelezen niet meer geldt."""
    gelezen = _lees(code, ZOUT)
    if gelezen is None:
        return None
    rijen = Meelezer.objects.select_related("gebruiker", "organisatie", "beraad", "traject", "toegelaten_door")
    gevonden: Meelezer | None = rijen.filter(pk=gelezen[0]).first()
    return gevonden if gevonden is not None and geldt(gevonden) and _past(gevonden.gebruiker, gelezen[1]) else None


def perslezer_bij(code: str) -> Perslezer | None:
    """Geef de journalist bij een code, of None als zij vals, te oud of gebruikt is, of de toelating gestopt is."""
    gelezen = _lees(code, PERSZOUT)
    if gelezen is None:
        return None
    rijen = Perslezer.objects.filter(gestopt_op__isnull=True).select_related("gebruiker", "traject__aanbieding")
    gevonden: Perslezer | None = rijen.filter(pk=gelezen[0]).first()
    return gevonden if gevonden is not None and _past(gevonden.gebruiker, gelezen[1]) else None
