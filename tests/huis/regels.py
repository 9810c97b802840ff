"""De toetsbare regels van het veld, met hun bron, en de tabel in docs/regels.md die zegt welke toets ze bewijst."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

WORTEL = Path(__file__).resolve().parents[2]
DOC = WORTEL / "docs" / "regels.md"
NUMMERS = re.compile(r"(?<![a-z])regels?[ _](\d+(?:(?:, | en |_)\d+)*)", re.IGNORECASE)

# nummer: (regel, bron). "Wet" is de Wet op de Sociaal-Economische Raad; "Wijzer" de SER-Wijzer; "Brochure" de
# brochure van de SER (2024); "2023" het verslag van de raad van maart 2023. Overige bronnen zijn voluit genoemd.
REGELS: dict[int, tuple[str, str]] = {
    1: ("De raad telt 36 zetels, twaalf per geleding.", "Brochure; Wet art. 4"),
    2: ("De zetels van de organisaties tellen per zijde op tot twaalf, op elke dag.", "Brochure; Stb. 2023, 297"),
    3: ("Een zittingsperiode eindigt op 31 maart; een tussentijds lid neemt de einddatum van de voorganger over.",
        "Wet art. 8"),
    4: ("Een benoeming zonder aanvaarding en verklaring binnen drie weken geldt als geweigerd.",
        "Besluit aanvaarding functie art. 3"),
    5: ("Een onverenigbare functie beëindigt het lidmaatschap op haar begindag.", "Besluit onverenigbaarheden art. 2"),
    6: ("De voorzitter en de twee plaatsvervangende voorzitters komen uit drie geledingen.", "Wet art. 11"),
    7: ("De voorzitter is een kroonlid.", "Brochure"),
    8: ("Het dagelijks bestuur telt twaalf leden, vier per geleding, met de drie voorzitters erin.", "Wijzer 17"),
    9: ("Elke zetel heeft hoogstens één plaatsvervanger.", "Wet art. 4; Brochure"),
    10: ("Een lid kan voor één agendapunt worden vervangen.", "Wijzer 18"),
    11: ("Een lid en zijn vervanger stemmen nooit allebei bij hetzelfde punt.", "Wijzer 19 en 25"),
    12: ("Een kroonlid kan door elke plaatsvervanger uit de pool worden vervangen; DNB en CPB alleen een op een.",
         "Wijzer 19"),
    13: ("Alleen een minister, staatssecretaris of Kamer is adviesvrager; meer dan één mag.", "Brochure; Wet art. 41"),
    14: ("Een aanvraag van een minister noemt een adviestermijn.", "Wet art. 41"),
    15: ("Alleen het dagelijks bestuur neemt aan, weigert, bakent af of wijst toe, na een oordeel over de criteria.",
         "Werkwijze bij adviesprojecten"),
    16: ("Per aanvraag is één commissie verantwoordelijk.", "Brochure"),
    17: ("Een (plaatsvervangend) kroonlid zit een commissie voor, tenzij met reden.", "Brochure; Wijzer 27"),
    18: ("In de commissie voor consumentenaangelegenheden zijn de werknemerszetels van consumenten.", "Wijzer 24"),
    19: ("Adviserende leden, waarnemers en ministeriële vertegenwoordigers stemmen niet.", "Wijzer 25; Brochure"),
    20: ("Stukken van een commissie zijn onzichtbaar voor publiek en andere commissies.", "Brochure; Wijzer 28"),
    21: ("Een meelezer leest alleen.", "Wijzer 28"),
    22: ("Openbaarheid van de witte versie vraagt per geval de toestemming van de commissievoorzitter.", "Wijzer 33"),
    23: ("Elke gevraagde organisatie geeft één reactie of “geen reactie”, of de termijn is voorbij met een reden.",
         "Brochure"),
    24: ("Geen groene versie zonder afsluitende commissievergadering.", "Wijzer 29"),
    25: ("Stukken gaan ongeveer tien dagen vooraf uit; later geeft een waarschuwing.", "Wijzer 18"),
    26: ("De raad vergadert in het openbaar, tenzij besloten met reden.", "Brochure; Wijzer 18"),
    27: ("Een vergadering opent met meer dan de helft van de zittende leden; de derde oproeping met elk aantal.",
         "Wet art. 20"),
    28: ("Vraagt niemand stemming, dan is het voorstel aangenomen.", "Wet art. 24"),
    29: ("Volstrekte meerderheid van de stemmen zonder blanco; een verordening vraagt twee derde.", "Wet art. 26"),
    30: ("Een stemming is nietig als niet meer dan de helft deelnam; de herstemming geldt, en elke stemming na twee "
         "mislukte oproepingen.", "Wet art. 25"),
    31: ("Staken de stemmen: voltallig verworpen of loting, anders aangehouden; een tweede keer als voltallig.",
         "Wet art. 27"),
    32: ("Over personen staan alleen totalen vast, nooit wie wat stemde.", "Wet art. 24"),
    33: ("Wie zich van medestemmen onthoudt telt noch in de teller noch in de noemer.", "Wet art. 23 en 25"),
    34: ("Het aantal steunenden bepaalt de aanduiding: één lid, enkele leden, een deel, de raad.", "Wijzer 20"),
    35: ("Meer delen volgen een vaste volgorde van woorden.", "Wijzer 20"),
    36: ("De voetnoot noemt geleding, organisatie en namen; een volledige geleding in één woord.", "Wijzer 20"),
    37: ("Een minderheidsnota komt van wie dat standpunt in de vergadering verdedigde.", "Wet art. 45"),
    38: ("Unaniem is een advies alleen zonder afwijkend standpunt.", "2023"),
    39: ("De stappen gaan op volgorde; elke stap terug heeft een reden.", "Ontwerp §4"),
    40: ("Een commissie adviseert alleen rechtstreeks met mandaat, nooit als de minister de raad zelf vroeg.",
         "Wet art. 44"),
    41: ("Een artikel 43-advies heet geen advies van de raad.", "Wijzer 30"),
    42: ("Een rechtstreeks advies komt als ingekomen stuk op de volgende agenda.", "Wijzer 30"),
    43: ("Een advies aan een Kamer gaat in afschrift naar de minister.", "Kaderwet adviescolleges art. 22"),
    44: ("De kabinetsreactie is drie kalendermaanden na uitbrengen, die dag nog op tijd.", "Brochure"),
    45: ("Een raadsstuknummer is uniek en loopt op, los van de agenda.", "2023"),
    46: ("Een verslag is concept tot een latere vergadering het vaststelt.", "2023"),
    47: ("Elk lid heeft drie stickers, over alle tafels.", "2023"),
    48: ("Het jaarverslag gaat voor 1 april naar de ministers.", "Wet art. 65"),
    49: ("Elk vastgesteld advies blijft openbaar; het archief begint in 1950.", "Brochure"),
    50: ("De nieuwsupdate verschijnt om de twee weken, naar belangstelling, na aanmelding.", "Brochure"),
    51: ("Een ontheffing duurt ten hoogste vijf jaar.", "Wet op de ondernemingsraden art. 5"),
    52: ("Een fusiegeschil binnen een maand; een klacht over keuringen binnen zes.", "Fusiegedragsregels art. 19"),
    53: ("Een ondertekenaar van het charter maakt na zes maanden een plan, daarna elk jaar een verslag.", "ser.nl"),
}  # fmt: skip
KOP = """# Regels en hun toetsen

Gemaakt door `SCHRIJF_REGELS=1 pytest tests/huis/test_regels.py`; de toets vergelijkt haar bij elke wijziging. Niet met
de hand wijzigen. Een toets hoort bij een regel als haar naam of haar uitleg het nummer noemt ("regel 27"). Zonder
toets: {zonder}.

| Nr | Regel | Bron | Toetsen |
|---|---|---|---|
"""


def nummers(tekst: str) -> set[int]:
    """Geef de regels die een naam of uitleg noemt."""
    return {int(n) for m in NUMMERS.finditer(tekst) for n in re.findall(r"\d+", m[1])}


def toetsen() -> Iterator[tuple[int, str]]:
    """Geef (regel, plaats) van elke toets die een regel noemt; een module telt niet, alleen de toets zelf."""
    for plaats in sorted((WORTEL / "tests").rglob("test_*.py")):
        for knoop in ast.walk(ast.parse(plaats.read_text(encoding="utf-8"))):
            if isinstance(knoop, ast.FunctionDef) and knoop.name.startswith("test_"):
                for nummer in nummers(f"{knoop.name} {ast.get_docstring(knoop) or ''}"):
                    yield nummer, f"{plaats.relative_to(WORTEL / 'tests')}::{knoop.name}"


def tabel() -> str:
    """Geef de hele bladzijde."""
    per_regel: dict[int, list[str]] = {nummer: [] for nummer in REGELS}
    for nummer, toets in toetsen():
        per_regel[nummer].append(toets)
    zonder = [str(n) for n, lijst in per_regel.items() if not lijst]
    rijen = [
        f"| {nummer} | {regel} | {bron} | {'<br>'.join(f'`{t}`' for t in sorted(per_regel[nummer])) or '–'} |\n"
        for nummer, (regel, bron) in REGELS.items()
    ]
    return KOP.format(zonder=", ".join(zonder) or "geen") + "".join(rijen)
