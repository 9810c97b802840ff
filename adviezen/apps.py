from django.apps import AppConfig


class AdviezenConfig(AppConfig):
    name = "adviezen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from adviezen import rollen
        from adviezen.termijnsoorten import registreer_soorten
        from toegang.rollen import registreer

        registreer(rollen.hoedanigheden)
        registreer_soorten()
