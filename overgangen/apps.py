from django.apps import AppConfig
from django.core import checks


class OvergangenConfig(AppConfig):
    name = "overgangen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from overgangen.controle import controleer

        checks.register(controleer)
