from django.apps import AppConfig


class ProefConfig(AppConfig):
    name = "tests.proef"
    label = "proef"
    default_auto_field = "django.db.models.BigAutoField"
