from django.apps import AppConfig


class ToegangConfig(AppConfig):
    name = "toegang"
    default_auto_field = "django.db.models.BigAutoField"
