from django.apps import AppConfig


class PublicatieConfig(AppConfig):
    name = "publicatie"
    default_auto_field = "django.db.models.BigAutoField"
