"""Lezen van de opvolging."""

from opvolging.queries.reactie import (
    Afgewacht,
    Ontvangen,
    afgewacht,
    klokken,
    klokken_van,
    ontvangen,
    tijdigheid,
)

__all__ = ["Afgewacht", "Ontvangen", "afgewacht", "klokken", "klokken_van", "ontvangen", "tijdigheid"]
