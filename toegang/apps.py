from django.apps import AppConfig
from django.core import checks


class ToegangConfig(AppConfig):
    name = "toegang"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from toegang.controle import controleer

        checks.register(controleer, checks.Tags.urls)
