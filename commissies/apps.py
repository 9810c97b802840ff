from django.apps import AppConfig


class CommissiesConfig(AppConfig):
    name = "commissies"
    default_auto_field = "django.db.models.BigAutoField"
