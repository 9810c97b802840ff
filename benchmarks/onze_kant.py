"""Onze kant van `buren`, in een eigen proces: `python -m benchmarks.onze_kant ADRES` geeft de aanvragen per seconde."""

import os
import sys

import django


def main() -> None:
    """Doe om de beurt een advies, de lijst en zoeken; "eerste keer" is zonder iets bewaards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ser_portal.settings")
    django.setup()
    from django.core.handlers.wsgi import WSGIHandler
    from django.test.utils import override_settings

    from benchmarks._vragen import WOORD, beurten, doe
    from benchmarks.publiek import vers
    from ser_portal.wsgi import ontlast

    adres, zoeken = sys.argv[1], f"/adviezen/?q={WOORD}"
    with override_settings(ALLOWED_HOSTS=["localhost"], SECURE_SSL_REDIRECT=False):
        ingang = WSGIHandler()
        for pad in (adres, zoeken):
            doe(ingang, pad)
        ontlast()  # zoals een webproces na het laden
        beurten(
            {
                "bewaard": lambda n: doe(ingang, adres, n),
                "eerste": vers(ingang, adres),
                "lijst": vers(ingang, "/adviezen/"),
                "zoeken": vers(ingang, zoeken),
                "gezocht": lambda n: doe(ingang, zoeken, n),
            }
        )


if __name__ == "__main__":
    main()
