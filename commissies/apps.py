from django.apps import AppConfig


class CommissiesConfig(AppConfig):
    name = "commissies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from commissies.queries import lidmaatschappen_van
        from commissies.rollen import BRON
        from raad import lidmaatschappen
        from toegang.rollen import registreer

        registreer(BRON)
        lidmaatschappen.registreer(lidmaatschappen_van)
