"""De basis van elk openbaar model: alleen lezen."""

from typing import Any

from django.db import models

from kern.fouten import PortaalFout


class Openbaar(models.Model):
    """Een rij van een view: lezen kan, schrijven niet."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise PortaalFout("Het openbare schema is alleen om te lezen.")

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise PortaalFout("Het openbare schema is alleen om te lezen.")
