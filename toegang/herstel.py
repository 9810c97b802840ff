"""De link waarmee iemand zelf een wachtwoord kiest, voor een e-mail die het portaal uit zichzelf stuurt."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from toegang.models import Gebruiker

GELDIG_DAGEN = settings.PASSWORD_RESET_TIMEOUT // 86400


def pad_voor(gebruiker: Gebruiker) -> str:
    """Geef het pad waar deze persoon één keer een wachtwoord kiest; het geldt GELDIG_DAGEN dagen.

    Wie het heeft, komt in dit account: maak het pas als de e-mail vertrekt, en bewaar het nergens.
    """
    sleutel = default_token_generator.make_token(gebruiker)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(gebruiker), "key": sleutel})
