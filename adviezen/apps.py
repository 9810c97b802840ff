from django.apps import AppConfig


class AdviezenConfig(AppConfig):
    name = "adviezen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from adviezen import mails, rollen, waarover
        from adviezen.actions.agendabron import Adviesbron
        from adviezen.actions.herinner import niet_herinnerd
        from adviezen.termijnsoorten import registreer_soorten
        from berichten.opmaak import registreer as registreer_opmaak
        from berichten.terugdraaien import registreer as registreer_terugdraaien
        from berichten.waarover import registreer as registreer_waarover
        from toegang.rollen import registreer
        from vergaderingen.agenda import registreer_bron

        registreer(rollen.BRON)
        registreer_soorten()
        registreer_bron(Adviesbron())
        registreer_waarover(waarover.namen)
        registreer_terugdraaien("adviezen.herinner", niet_herinnerd)
        registreer_opmaak("adviezen.laat_meelezen", mails.uitnodiging)
        registreer_opmaak("adviezen.laat_perslezer_toe", mails.persuitnodiging)
