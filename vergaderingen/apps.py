from django.apps import AppConfig


class VergaderingenConfig(AppConfig):
    name = "vergaderingen"
    default_auto_field = "django.db.models.BigAutoField"
