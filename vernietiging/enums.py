from django.db import models


class Stand(models.TextChoices):
    """Waar een vernietigingslijst is. Vernietigd en afgewezen zijn het eind."""

    VOORGESTELD = "voorgesteld", "wacht op goedkeuring"
    GOEDGEKEURD = "goedgekeurd", "wacht op een tweede persoon"
    VERNIETIGD = "vernietigd", "vernietigd"
    AFGEWEZEN = "afgewezen", "afgewezen"


OPEN = (Stand.VOORGESTELD, Stand.GOEDGEKEURD)
