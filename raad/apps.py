from django.apps import AppConfig


class RaadConfig(AppConfig):
    name = "raad"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from raad import termijn
        from raad.rollen import BRON
        from toegang.rollen import registreer

        registreer(BRON)
        termijn.registreer()
