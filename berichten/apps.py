from django.apps import AppConfig


class BerichtenConfig(AppConfig):
    name = "berichten"
    default_auto_field = "django.db.models.BigAutoField"
