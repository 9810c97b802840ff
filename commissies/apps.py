from django.apps import AppConfig


class CommissiesConfig(AppConfig):
    name = "commissies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from commissies.rollen import hoedanigheden
        from toegang.rollen import registreer

        registreer(hoedanigheden)
