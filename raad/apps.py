from django.apps import AppConfig


class RaadConfig(AppConfig):
    name = "raad"
    default_auto_field = "django.db.models.BigAutoField"
