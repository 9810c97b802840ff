"""Opslag van statische bestanden: met de hash in de naam, en vooraf geperst."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Pers(Compressor):
    """Perst met brotli op stand 6: gemeten 2 s rekenen in plaats van 9, en bestanden tot een vijfde groter."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        """Geef de geperste inhoud. Wordt alleen aangeroepen als brotli er is."""
        import brotli

        return bytes(brotli.compress(data, quality=6))


class Opslag(CompressedManifestStaticFilesStorage):
    """De opslag van WhiteNoise met onze pers."""

    def create_compressor(self, **kwargs: Any) -> Pers:
        """Geef de pers voor collectstatic."""
        return Pers(**kwargs)
