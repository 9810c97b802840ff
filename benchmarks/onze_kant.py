"""Eén van onze werkprocessen in een meting: `python -m benchmarks.onze_kant ADRES` geeft de aanvragen per seconde.

Van dat advies, de lijst en zoeken; zonder adres van vers zoeken op elk woord uit de meetdocumenten.
"""

import os
import sys
from collections.abc import Callable

import django


def main() -> None:
    """Doe elke soort om de beurt; "eerste keer" en vers zoeken is zonder iets bewaards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ser_portal.settings")
    django.setup()
    from django.core.handlers.wsgi import WSGIHandler
    from django.test.utils import override_settings

    from benchmarks._vragen import GEWOONST, WOORD, beurten, doe
    from benchmarks.publiek import vers
    from inrichting.meetteksten import GEMERKT
    from ser_portal.wsgi import ontlast

    ingang, zoeken = WSGIHandler(), f"/adviezen/?q={WOORD}"
    if adres := "".join(sys.argv[1:]):
        soorten: dict[str, Callable[[int], None]] = {
            "bewaard": lambda n: doe(ingang, adres, n),
            "eerste": vers(ingang, adres),
            "lijst": vers(ingang, "/adviezen/"),
            "zoeken": vers(ingang, zoeken),
            "gewoonst": vers(ingang, f"/adviezen/?q={GEWOONST}"),
            "gezocht": lambda n: doe(ingang, zoeken, n),
        }
    else:
        soorten = {woord: vers(ingang, f"/adviezen/?q={woord}") for woord in GEMERKT}
    with override_settings(ALLOWED_HOSTS=["localhost"], SECURE_SSL_REDIRECT=False):
        for pad in filter(None, (adres, zoeken)):
            doe(ingang, pad)
        ontlast()  # zoals een webproces na het laden
        beurten(soorten)


if __name__ == "__main__":
    main()
