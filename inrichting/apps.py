from django.apps import AppConfig


class InrichtingConfig(AppConfig):
    name = "inrichting"
    default_auto_field = "django.db.models.BigAutoField"
