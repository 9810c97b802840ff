from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core import checks


def onthoud_uitloggen(request: Any = None, **kwargs: Any) -> None:
    """Zeg de poort dat er net is uitgelogd; zij laat de browser dan wissen wat hij bewaarde."""
    if request is not None:
        request.net_uitgelogd = True


class ToegangConfig(AppConfig):
    name = "toegang"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from toegang import inlogregels, wachtwoord, zitting
        from toegang.controle import controleer

        checks.register(controleer, checks.Tags.urls)
        checks.register(wachtwoord.controleer)
        inlogregels.sluit_aan()
        user_logged_in.connect(zitting.begin, dispatch_uid="toegang.zitting")
        user_logged_out.connect(onthoud_uitloggen, dispatch_uid="toegang.net_uitgelogd")
