"""Begrensde ontvangst: van een te groot bestand wordt niets bewaard, maar de rest van het formulier blijft.

Zonder dit schreef Django een bestand van 300 MB eerst helemaal naar schijf. Hier stopt het bewaren bij de grens;
de rest wordt gelezen en weggegooid, zodat de view het formulier met wat getypt is terug kan geven met een melding
bij het veld. (De verbinding verbreken zou de browser een kale foutpagina laten tonen.) Boven VERBREEK stopt het wel.
"""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

GRENS = 25_000_000
# De uitleg bij een vak voor een stuk.
WORD_OF_PDF = f"Word (.docx) of PDF, hoogstens {GRENS // 1_000_000} MB."
VERBREEK = 1_000_000_000


class TeGrootBestand(UploadedFile):
    """Staat in request.FILES voor een bestand dat te groot was: wel een naam en een grootte, geen inhoud."""


class BegrensdeOntvangst(FileUploadHandler):
    """Staat vooraan in FILE_UPLOAD_HANDLERS; laat door tot GRENS en gooit de rest weg."""

    chunk_size = 256 * 1024

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Geef het stuk door zolang het past. Werpt StopUpload boven VERBREEK."""
        einde = start + len(raw_data)
        if einde > VERBREEK:
            raise StopUpload(connection_reset=True)
        return raw_data if einde <= GRENS else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Geef een TeGrootBestand als het niet paste; anders None, dan maakt een volgende het bestand."""
        if file_size <= GRENS:
            return None
        if self.request is not None:
            _laat_los([h for h in self.request.upload_handlers if h is not self])
        from io import BytesIO

        return TeGrootBestand(
            file=BytesIO(), name=self.file_name, content_type=self.content_type, size=file_size, charset=self.charset
        )


def _laat_los(handlers: list[Any]) -> None:
    """Ruim op wat de volgende handlers al hadden aangelegd."""
    for handler in handlers:
        bestand = getattr(handler, "file", None)
        if bestand is not None:
            bestand.close()
