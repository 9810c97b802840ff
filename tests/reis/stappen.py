"""De hele reis: alle acht stappen bij elkaar."""

from tests.reis.begin import Begin
from tests.reis.slot import Slot


class Reis(Begin, Slot):
    """Eén traject, van aanvraag tot kabinetsreactie."""
