from django.apps import AppConfig


class DialoogConfig(AppConfig):
    name = "dialoog"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from berichten.opmaak import registreer
        from dialoog import mails

        registreer("dialoog.aanmelding", mails.aanmeldingsmail)
        registreer("dialoog.editie", mails.editiemail)
