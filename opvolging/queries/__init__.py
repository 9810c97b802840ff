"""Lezen van de opvolging."""

from opvolging.queries.reactie import (
    Afgewacht,
    Ontvangen,
    afgesproken,
    afgewacht,
    klokken,
    klokken_van,
    ontvangen,
    tijdigheid,
)

__all__ = ["Afgewacht", "Ontvangen", "afgesproken", "afgewacht", "klokken", "klokken_van", "ontvangen", "tijdigheid"]
