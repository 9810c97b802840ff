from django.apps import AppConfig
from django.db.backends.signals import connection_created


class PubliekConfig(AppConfig):
    name = "publiek"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dialoog.bronnen import registreer
        from publiek.nieuws import BRON
        from publiek.verbinding import bij_verbinden

        registreer(BRON)
        connection_created.connect(bij_verbinden, dispatch_uid="publiek.verbinding")
