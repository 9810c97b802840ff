from django.apps import AppConfig


class BewakingConfig(AppConfig):
    name = "bewaking"

    def ready(self) -> None:
        from celery.signals import before_task_publish

        from bewaking.hartslag import TAAK, klok_tikte

        before_task_publish.connect(klok_tikte, sender=TAAK)
