from django.apps import AppConfig


class OvergangenConfig(AppConfig):
    name = "overgangen"
    default_auto_field = "django.db.models.BigAutoField"
