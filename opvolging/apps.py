from django.apps import AppConfig


class OpvolgingConfig(AppConfig):
    name = "opvolging"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from opvolging.actions.brieven import bij_trede
        from opvolging.termijnsoorten import registreer_soorten

        registreer_soorten(bij_trede)
