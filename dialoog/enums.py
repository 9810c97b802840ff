from django.db import models


class Ritme(models.TextChoices):
    """Hoe vaak iemand bericht wil: in de SER-nieuwsupdate, of een eigen bericht per dag of per week."""

    NIEUWSUPDATE = "nieuwsupdate", "om de twee weken, in de SER-nieuwsupdate"
    WEEK = "week", "elke week, als er iets nieuws is"
    DAG = "dag", "elke dag, als er iets nieuws is"
