"""Getallen uit wat iemand stuurt."""


def geheel(tekst: str) -> int | None:
    """Geef het gehele getal van nul of meer dat er staat, of None; "²" en eindeloze rijen cijfers zijn geen getal.

    Python noemt "²" een cijfer, maar int() weigert het; en meer dan achttien cijfers past in geen kolom.
    """
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) <= 18 else None
