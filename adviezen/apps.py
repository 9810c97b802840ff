from django.apps import AppConfig


class AdviezenConfig(AppConfig):
    name = "adviezen"
    default_auto_field = "django.db.models.BigAutoField"
