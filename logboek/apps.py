from django.apps import AppConfig


class LogboekConfig(AppConfig):
    name = "logboek"
    default_auto_field = "django.db.models.BigAutoField"
