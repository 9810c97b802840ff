from django.apps import AppConfig
from django.core import checks


class VernietigingConfig(AppConfig):
    name = "vernietiging"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vernietiging.regels import controleer

        checks.register(controleer)
