"""De voorbeeldwereld van de adviezen, ook hier één keer per toetsbestand."""

from tests.adviezen.conftest import _wereld, wereld

__all__ = ["_wereld", "wereld"]
