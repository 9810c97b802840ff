"""De verwerkingstabel als .csv en .xlsx, zo dat geen enkele tekst bij het openen een formule wordt.

Een organisatie schrijft de punten, een ander opent het bestand. Een cel die met =, +, -, @, een tab of een regeleinde
begint, voert een rekenblad uit (OWASP, "CSV injection"); ook na spaties en met de brede tekens uit Aziatische
schriften. In .csv komt er een ' voor; in .xlsx wordt elke cel als tekst geschreven, met hetzelfde merk als opmaak.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

GEVAARLIJK = re.compile(r"^[\s\ufeff\u200b]*[\t\r\n=+\-@|%\uff1d\uff0b\uff0d\uff20]")
# Wat XML niet kent, kan niet in een .xlsx; in een .csv heeft het evenmin iets te zoeken.
BESTURING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LANGSTE_CEL = 32_767  # grens van Excel

Waarde = str | int | date | None


def is_gevaarlijk(tekst: str) -> bool:
    """Geef of een rekenblad deze tekst als formule of opdracht zou kunnen lezen."""
    return GEVAARLIJK.search(tekst) is not None


def veilig(waarde: Waarde) -> str:
    """Geef de tekst van een cel voor .csv: zonder stuurtekens, met een ' ervoor waar zij gevaarlijk begint."""
    tekst = _tekst(waarde)
    return f"'{tekst}" if isinstance(waarde, str) and is_gevaarlijk(tekst) else tekst


def _tekst(waarde: Waarde) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, date):
        return waarde.isoformat()
    return BESTURING.sub("", str(waarde)).replace("\r\n", "\n")


def als_csv(koppen: Sequence[str], rijen: Iterable[Sequence[Waarde]]) -> bytes:
    """Geef een .csv met puntkomma's en een BOM, zoals een Nederlands rekenblad haar verwacht. Datums als jjjj-mm-dd."""
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    schrijver.writerow([veilig(kop) for kop in koppen])
    schrijver.writerows([veilig(waarde) for waarde in rij] for rij in rijen)
    return uit.getvalue().encode("utf-8-sig")


def als_xlsx(koppen: Sequence[str], rijen: Iterable[Sequence[Waarde]], *, blad: str, breedtes: Sequence[int]) -> bytes:
    """Geef een .xlsx met één blad: vaste kopregel, filterknoppen, teksten als tekst, datums als datum.

    Tekst langer dan een cel kan bevatten (32.767 tekens) eindigt op "…".
    """
    import xlsxwriter

    uit = io.BytesIO()
    boek = xlsxwriter.Workbook(
        uit, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    vel = boek.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", blad)[:31])
    kop = boek.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    gewoon = boek.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    gemerkt = boek.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "quote_prefix": True})
    getal = boek.add_format({"valign": "top"})
    dag = boek.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
    for kolom, breedte in enumerate(breedtes):
        vel.set_column(kolom, kolom, breedte)
    for kolom, tekst in enumerate(koppen):
        vel.write_string(0, kolom, tekst, kop)
    nummer = 0
    for nummer, rij in enumerate(rijen, 1):
        for kolom, waarde in enumerate(rij):
            if isinstance(waarde, date):
                vel.write_datetime(nummer, kolom, waarde, dag)
            elif isinstance(waarde, int):
                vel.write_number(nummer, kolom, waarde, getal)
            else:
                tekst = _tekst(waarde)
                tekst = tekst if len(tekst) <= LANGSTE_CEL else tekst[: LANGSTE_CEL - 1] + "…"
                vel.write_string(nummer, kolom, tekst, gemerkt if is_gevaarlijk(tekst) else gewoon)
    vel.freeze_panes(1, 0)
    vel.autofilter(0, 0, nummer, len(koppen) - 1)
    vel.repeat_rows(0)
    vel.set_landscape()
    vel.fit_to_pages(1, 0)
    boek.close()
    return uit.getvalue()
