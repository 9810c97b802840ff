"""Verzonnen gegevens voor /werk/bouwstenen/: elk onderdeel in zijn gewone stand en aan zijn randen.

Alles hangt aan één dag, zodat de bladzijde en de toetsen elke dag hetzelfde laten zien.
"""

from datetime import date, timedelta

from kern.blokken import munt
from kern.componenten import (
    AchtStappen,
    Beurt,
    Cel,
    Feit,
    Halfrond,
    Klok,
    Knop,
    Kop,
    Matrix,
    Opmerking,
    Opvatting,
    Papier,
    Rij,
    Standpunten,
    Stap,
    Steun,
    Teruggang,
    Verhaal,
    Zetelplek,
)
from kern.tekort import Tekort
from kern.vergelijk import Vergelijking, vergelijk

DAG = date(2026, 11, 20)
BINNEN = (
    "Aanvraag",
    "Toewijzing",
    "Concept",
    "Achterbanberaad",
    "Verwerking",
    "Naar de raad",
    "Vaststelling",
    "Aanbieding",
)
BUITEN = (
    "Aangevraagd",
    "Bij het dagelijks bestuur",
    "In voorbereiding bij de commissie",
    "In achterbanberaad",
    "In voorbereiding bij de commissie",
    "Bij de raad",
    "Bij de raad",
    "Vastgesteld",
)
ZETELS = (
    ("ondernemers", "VNO-NCW (voorbeeld)", 8),
    ("ondernemers", "MKB-Nederland (voorbeeld)", 3),
    ("ondernemers", "LTO Nederland (voorbeeld)", 1),
    ("kroonleden", "de Kroon", 12),
    ("werknemers", "FNV (voorbeeld)", 8),
    ("werknemers", "CNV (voorbeeld)", 2),
    ("werknemers", "VCP (voorbeeld)", 2),
)


def over(dagen: int) -> date:
    """Geef de dag `dagen` na de voorbeelddag."""
    return DAG + timedelta(days=dagen)


def stappen(huidig: int, namen: tuple[str, ...] = BINNEN, *, openbaar: bool = False) -> AchtStappen:
    """Geef een weg met stap `huidig` (1 tot en met 8) onderhanden; 9 is alles klaar."""
    haltes = []
    for nummer, naam in enumerate(namen, 1):
        status = "klaar" if nummer < huidig else "nu" if nummer == huidig else "komt"
        datum = over(-20 * (huidig - nummer)) if nummer < huidig else over(-12) if nummer == huidig else None
        haltes.append(Stap(nummer, naam, status, datum, "Secretaris 2 (voorbeeld)" if nummer == huidig else ""))
    terug = [
        Teruggang(4, 3, over(-48), "de rekenbijlage klopte niet"),
        Teruggang(5, 4, over(-22), "nieuw achterbanberaad over hoofdstuk 3"),
    ]
    slot = "Aangeboden op vr 20 november 2026" if huidig > len(namen) else ""
    return AchtStappen(haltes, terug if huidig > 5 else (), openbaar, slot, DAG)


def klokken() -> list[Klok]:
    """Geef een klok in elke toestand."""
    regel = [
        "Drie maanden na uitbrengen (afspraak met het kabinet).",
        "vr 20 november 2026 + 3 maanden = za 20 februari 2027.",
    ]
    return [
        Klok("Kabinetsreactie", over(92), DAG, "uitgebracht", waarom=regel, vandaag=DAG),
        Klok("Sluiting achterbanberaad", over(5), over(-30), "geopend", vandaag=DAG),
        Klok("Oproeping raadsvergadering", DAG, over(-20), "gepland", vandaag=DAG),
        Klok("Kabinetsreactie", over(-33), over(-125), "uitgebracht", waarom=regel, vandaag=DAG),
        Klok("Adviestermijn", over(-10), over(-90), "gevraagd", "voldaan", over(-14), vandaag=DAG),
        Klok("Kabinetsreactie", over(-60), over(-152), "uitgebracht", "voldaan", over(-20), vandaag=DAG),
        Klok("Adviestermijn", over(40), over(-20), "gevraagd", "gepauzeerd", vandaag=DAG),
        Klok("Kabinetsreactie", None, vandaag=DAG, status="onbekend"),
    ]


def beurten() -> list[Beurt]:
    """Geef een beurt met tekorten en een beurt die klaar is voor de knop."""
    return [
        Beurt(
            "Secretaris 2 (voorbeeld)",
            "Sluit het achterbanberaad",
            over(-12),
            Knop("Sluit achterbanberaad", "#", soort="hoofd"),
            [
                Tekort("LTO Nederland (voorbeeld) heeft nog niet gereageerd", "#"),
                Tekort("VNO-NCW (voorbeeld) heeft een reactie in concept", "#"),
            ],
            [Knop("Trek terug naar concept", "#")],
            vandaag=DAG,
        ),
        Beurt(
            "u, als coördinator van FNV (voorbeeld)",
            "Stuur de reactie van uw organisatie",
            over(-1),
            Knop("Stuur de reactie", "#", soort="hoofd"),
            ook=[Knop("Meld “geen reactie”", "#")],
            bent_u=True,
            vandaag=DAG,
        ),
    ]


def zetels(soort: str = "gewoon") -> list[Zetelplek]:
    """Geef 36 zetels; `soort`: gewoon, vergadering of standpunten."""
    uit: list[Zetelplek] = []
    for geleding, organisatie, aantal in ZETELS:
        for i in range(1, aantal + 1):
            nummer = len(uit) + 1
            naam = f"Lid {organisatie.split(' (')[0].removeprefix('de ')} {i}"
            toestand, standpunt = "bezet", None
            if soort == "gewoon" and nummer in {7, 20}:
                toestand, naam = ("leeg", "") if nummer == 7 else ("onbekend", "")
            elif soort == "vergadering":
                toestand = {5: "vervangen", 12: "afwezig", 17: "afwezig", 30: "vervangen"}.get(nummer, "aanwezig")
            elif soort == "standpunten":
                standpunt = 2 if geleding == "ondernemers" else 3 if nummer in {13, 14, 15} else 1
            uit.append(Zetelplek(nummer, geleding, organisatie, naam, toestand, standpunt))
    return uit


def halfronden() -> list[Halfrond]:
    """Geef het halfrond op een dag, in een vergadering, en met standpunten."""
    meningen = {1: "voor de drempelregeling", 2: "voor een landelijke lijst", 3: "eerst een proef"}
    return [
        Halfrond(zetels(), "De raad op vr 20 november 2026", id="raad"),
        Halfrond(zetels("vergadering"), "Presentie", midden="waarvan 34 aanwezig", id="presentie"),
        Halfrond(zetels("standpunten"), "Standpunten bij aanbeveling 2", meningen, id="standen"),
    ]


def standpunten() -> Standpunten:
    """Geef een verdeelde registratie met één opvatting zonder steun."""
    leden = [Steun(z.geleding, z.organisatie, z.naam) for z in zetels()]
    return Standpunten(
        [
            Opvatting(
                "Voer de drempelregeling in met ingang van het volgende belastingjaar.",
                "een deel van de raad",
                leden[24:] + leden[15:21],
                "De werknemersleden en de kroonleden Lid Kroon 4 tot en met 9 (voorbeeld).",
            ),
            Opvatting(
                "Begin met een landelijke lijst van beroepen.",
                "een ander deel van de raad",
                leden[:11],
                "Elf ondernemersleden (voorbeeld).",
            ),
            Opvatting("Houd eerst een proef.", "enkele leden", leden[12:15], "Drie kroonleden (voorbeeld)."),
            Opvatting("Doe niets.", "één lid", leden[21:22]),
        ],
        "De raad adviseert het kabinet een drempelregeling voor thuiswerken over de grens.",
        33,
        voorstel=True,
    )


def matrix() -> Matrix:
    """Geef organisaties maal trajecten met elke toestand."""
    namen = ["VNO-NCW", "MKB-Nederland", "LTO Nederland", "FNV", "CNV", "VCP"]
    keuze = [
        Cel("In concept", "bezig", "#", "5 meelezers"),
        Cel("Ingediend", "goed", "#", "4 punten"),
        Cel("Knelpunt", "fout", "#"),
        Cel("Geen reactie", "nvt"),
        Cel("Nog niets", "leeg", "#"),
        Cel("Nog 2 dagen", "letop", "#"),
    ]
    kolommen = [
        Kop("Thuiswerken over de grens", "nog 5 dagen", "#"),
        Kop("Leren naast de baan", "gesloten", "#"),
        Kop("Werk en mantelzorg", "nog 19 dagen", "#"),
    ]
    rijen = [
        Rij(Kop(f"{naam} (voorbeeld)"), [keuze[(i + 2 * j) % 6] for j in range(3)], f"{i % 3} van 3")
        for i, naam in enumerate(namen)
    ]
    return Matrix(
        "Achterbanberaden nu", "Organisatie", kolommen, rijen, "Binnen", ["2 van 6", "6 van 6", "0 van 6", "8"]
    )


def verhaal() -> Verhaal:
    """Geef een verhaal met elke soort gebeurtenis."""
    return Verhaal(
        [
            Feit(
                "Advies gevraagd",
                over(-150),
                door="Minister van Voorbeeldzaken (voorbeeld)",
                soort="brief",
                stukken=[Papier("Adviesaanvraag", "#", "pdf, 2 blz.")],
                html="<p>Ik vraag uw raad om advies over thuiswerken over de grens. (voorbeeld)</p>",
                html_kop="Lees de brief",
            ),
            Feit(
                "Toegewezen aan de commissie Arbeidsmarkt (voorbeeld)",
                over(-138),
                toelichting="Het dagelijks bestuur koos voor één advies met twee vragen.",
            ),
            Feit("Hoorzitting met grenswerkers", over(-90), soort="vergadering"),
            Feit(
                "Ontwerpadvies openbaar",
                over(-30),
                soort="stuk",
                stukken=[Papier("Ontwerpadvies (achterbanberaad)", "#", "HTML"), Papier("Ontwerpadvies", "#", "pdf")],
                nieuw=True,
            ),
            Feit("Behandeling in de raad", datum_tekst="verwacht in december 2026", soort="komt"),
        ]
    )


def vergelijking() -> Vergelijking:
    """Geef twee verzonnen teksten vergeleken: een alinea die verhuist, een die vervalt, een cel en een noot erbij."""
    noot = '<sup><a class="voetnoot" href="#voetnoot-1" id="voetnootref-1">1</a></sup>'
    tabel = "<table><caption>Verzonnen cijfers</caption><tr><th>Land</th><th>Werknemers</th></tr>{}</table>"
    oud = munt(
        "<h2>Drempel</h2><p>De raad adviseert een drempel van 40 procent van de arbeidstijd.</p>"
        "<p>Dit geldt tot het einde van het jaar en vervalt daarna.</p>"
        + tabel.format("<tr><td>België</td><td>39.000</td></tr>")
        + "<h2>Uitvoering</h2><p>Wie minder thuis werkt, houdt één stelsel.</p><p>De uitvoerders kijken mee.</p>"
    )
    nieuw = munt(
        "<h2>Drempel</h2><p>De raad adviseert met de buurlanden een drempel van 49 procent van de arbeidstijd.</p>"
        "<p>Wie minder thuis werkt, houdt één stelsel.</p>"
        + tabel.format(f"<tr><td>België</td><td>41.000{noot}</td></tr><tr><td>Luxemburg</td><td>2.000</td></tr>")
        + "<h2>Uitvoering</h2><p>De uitvoerders kijken <strong>mee</strong>.</p>"
        '<ol class="voetnoten"><li class="voetnoot" id="voetnoot-1">Opgave van de uitvoerders (voorbeeld).</li></ol>',
        oud,
    )
    return vergelijk(oud, nieuw)


def opmerkingen() -> list[Opmerking]:
    """Geef een blokkerende, een eigen en een afgedane opmerking."""
    return [
        Opmerking(
            "1",
            "Lid FNV 3 (voorbeeld)",
            "Dit percentage staat niet in de rekenbijlage.\nGraag de bron.",
            "commissie",
            "de commissie",
            "di 17 november 2026",
            "lid",
            True,
            "een drempel van 49 procent",
            "een drempel van ten hoogste 49 procent",
            [
                Opmerking(
                    "1a",
                    "Secretaris 2 (voorbeeld)",
                    "Bijlage 2 wordt aangevuld.",
                    "commissie",
                    "de commissie",
                    "wo 18 november 2026",
                )
            ],
            antwoord_url="#",
            knoppen=[Knop("Doe af", "#")],
        ),
        Opmerking("2", "u", "Nog navragen bij de achterban.", "prive", "alleen u", "vandaag"),
        Opmerking(
            "3",
            "Lid CNV 1 (voorbeeld)",
            "Typefout in de tweede zin.",
            "organisatie",
            "CNV (voorbeeld)",
            "ma 16 november 2026",
            afdoening="overgenomen in versie 4",
        ),
    ]
