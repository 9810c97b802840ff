from django.apps import AppConfig


class KernConfig(AppConfig):
    name = "kern"
    default_auto_field = "django.db.models.BigAutoField"
