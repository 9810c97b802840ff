from tests.raad.conftest import raad, richt_in

__all__ = ["raad", "richt_in"]
