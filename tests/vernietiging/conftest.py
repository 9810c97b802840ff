"""De trajecten in elke stand, zoals de toetsen van de adviezen ze delen."""

from tests.adviezen.conftest import _casts, _stand, _wereld, als, casts, wereld

__all__ = ["_casts", "_stand", "_wereld", "als", "casts", "wereld"]
