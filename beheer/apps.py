from django.apps import AppConfig


class BeheerConfig(AppConfig):
    name = "beheer"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from beheer import mails
        from berichten.opmaak import registreer

        registreer(mails.NIEUW, mails.nieuw_account)
        registreer(mails.HERSTEL, mails.herstel)
