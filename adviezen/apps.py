from django.apps import AppConfig


class AdviezenConfig(AppConfig):
    name = "adviezen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from adviezen import rollen
        from toegang.rollen import registreer

        registreer(rollen.hoedanigheden)
