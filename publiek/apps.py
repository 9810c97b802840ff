from django.apps import AppConfig
from django.db.backends.signals import connection_created


class PubliekConfig(AppConfig):
    name = "publiek"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from publiek.verbinding import bij_verbinden

        connection_created.connect(bij_verbinden, dispatch_uid="publiek.verbinding")
