from django.apps import AppConfig


class TermijnenConfig(AppConfig):
    name = "termijnen"
    default_auto_field = "django.db.models.BigAutoField"
