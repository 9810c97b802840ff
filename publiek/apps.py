from django.apps import AppConfig


class PubliekConfig(AppConfig):
    name = "publiek"
    default_auto_field = "django.db.models.BigAutoField"
