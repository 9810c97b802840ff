from django.apps import AppConfig


class WerkplekConfig(AppConfig):
    name = "werkplek"
    default_auto_field = "django.db.models.BigAutoField"
