from django.apps import AppConfig


class StukkenConfig(AppConfig):
    name = "stukken"
    default_auto_field = "django.db.models.BigAutoField"
