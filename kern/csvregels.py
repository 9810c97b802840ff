"""CSV die een rekenblad niet als formule uitvoert."""

import csv
import io
from collections.abc import Iterable, Sequence

# Een cel die zo begint, rekent een rekenblad uit. Een aanhalingsteken ervoor maakt er tekst van.
GEVAARLIJK = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"


def veilig(waarde: object) -> str:
    """Geef de waarde als tekst die een rekenblad niet uitvoert; getallen blijven getallen."""
    if isinstance(waarde, int | float):
        return str(waarde)
    tekst = "" if waarde is None else str(waarde)
    return f"'{tekst}" if tekst.lstrip(" ").startswith(GEVAARLIJK) or tekst.startswith(GEVAARLIJK) else tekst


def als_csv(kop: Sequence[str], rijen: Iterable[Sequence[object]]) -> str:
    """Geef een CSV met puntkomma's en een merk voor de tekenset, zoals een Nederlands rekenblad haar opent."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    schrijver.writerow(kop)
    schrijver.writerows([veilig(cel) for cel in rij] for rij in rijen)
    return BOM + uit.getvalue()
