"""Een advies aanhalen: APA, BibTeX en RIS. Alleen wat bekend is; een onbekende dag wordt nooit geraden."""

import re
from datetime import date

from publiek import lezen
from publiek.models import Advies

RAAD = "Sociaal-Economische Raad"
TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    c: f"\\{c}" for c in "{}%&#_$"
}
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


def adres_van(advies: Advies) -> str:
    """Geef het volledige, blijvende adres."""
    return lezen.absoluut(advies.get_absolute_url())


def sleutel_van(advies: Advies) -> str:
    """Geef de sleutel in een literatuurlijst: "ser-2023-04", zonder nummer "ser-adv-12"."""
    return "ser-" + re.sub(r"[^a-z0-9]+", "-", (advies.nummer or advies.kenmerk).lower()).strip("-")


def iso_datum(advies: Advies) -> str:
    """Geef JJJJ-MM-DD, JJJJ-MM, JJJJ of "": zo nauwkeurig als bekend.

    Alleen een jaar zonder dagtekening is een vermoeden (data/README.md); dat is geen datum om mee te verwijzen.
    """
    precisie = str(advies.metadata.get("datum_precisie") or "")
    if advies.datum and precisie in {"dag", "maand", "jaar"}:
        return advies.datum.isoformat()[: {"dag": 10, "maand": 7, "jaar": 4}[precisie]]
    return ""


def apa_stuk(titel: str, dag: date, adres: str) -> str:
    """Geef de verwijzing naar een stuk dat geen advies is; `dag` is die waarop het openbaar werd."""
    return f"{RAAD}. ({dag.year}, {dag.day} {MAANDEN[dag.month - 1]}). {titel}. {lezen.absoluut(adres)}"


def _apa_datum(advies: Advies) -> str:
    tekst = iso_datum(advies)
    if len(tekst) == 10:
        dag = date.fromisoformat(tekst)
        return f"{dag.year}, {dag.day} {MAANDEN[dag.month - 1]}"
    return f"{tekst[:4]}, {MAANDEN[int(tekst[5:7]) - 1]}" if len(tekst) == 7 else tekst or "z.d."


def apa(advies: Advies) -> str:
    """Geef de verwijzing zoals de Nederlandse APA-richtlijnen haar schrijven."""
    soort = f" ({advies.soort.capitalize()} {advies.nummer})" if advies.nummer else f" ({advies.soort.capitalize()})"
    return f"{RAAD}. ({_apa_datum(advies)}). {advies.titel}{soort}. {adres_van(advies)}"


def bibtex(advies: Advies) -> str:
    """Geef het advies als @techreport, met alle tekens die in TeX iets betekenen ontdaan van die betekenis."""
    velden = [("author", "{" + RAAD + "}"), ("institution", RAAD), ("title", "{" + _tex(advies.titel) + "}")]
    if advies.nummer:
        velden.append(("number", _tex(advies.nummer)))
    velden.append(("type", _tex(advies.soort.capitalize())))
    datum = iso_datum(advies)
    if datum:
        velden += [("year", datum[:4]), ("date", datum)]
    velden += [("language", "dutch"), ("url", adres_van(advies))]
    if advies.voorbeeld:
        velden.append(("note", "VOORBEELD"))
    return f"@techreport{{{sleutel_van(advies)},\n" + "".join(f"  {n} = {{{w}}},\n" for n, w in velden) + "}\n"


def ris(advies: Advies) -> str:
    """Geef het advies als RIS-record (type RPRT), voor Zotero, EndNote en Mendeley."""
    regels = [("TY", "RPRT"), ("AU", RAAD), ("PB", RAAD), ("TI", advies.titel)]
    if advies.nummer:
        regels.append(("SN", advies.nummer))
    datum = iso_datum(advies)
    if datum:
        regels += [("PY", datum[:4]), ("DA", datum.replace("-", "/"))]
    if samenvatting := advies.metadata.get("samenvatting"):
        regels.append(("AB", str(samenvatting)))
    regels += [("KW", t["naam"]) for t in advies.metadata.get("themas") or []]
    if advies.voorbeeld:
        regels.append(("N1", "VOORBEELD"))
    regels += [("LA", "nl"), ("UR", adres_van(advies)), ("ER", "")]
    return "".join(f"{naam}  - {' '.join(waarde.split())}\r\n" for naam, waarde in regels)


def _tex(tekst: str) -> str:
    return "".join(TEX.get(teken, teken) for teken in tekst)
