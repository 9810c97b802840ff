"""De rekenregels van alle termijnen: zuiver rekenen met kalenderdagen in Amsterdam, zonder database.

Een maand is een kalendermaand: 30 november + 3 maanden = 28 of 29 februari (dezelfde uitkomst als PostgreSQL's
`date + interval '3 months'`). De vervaldag zelf is nog op tijd. Een dag in het weekend blijft staan, want de afspraken
zijn geen wettelijke termijnen (de Algemene termijnenwet geldt niet), tenzij de instelling anders zegt.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from kern.fouten import InvoerFout
from kern.tijd import datum_nl

# Na zoveel jaar wordt nagegaan wat een advies uitwerkte (docs/besluiten/2026-11-29-doorwerking.md).
EVALUATIEJAREN = (1, 3, 5)


@dataclass(frozen=True)
class Regel:
    """Een termijn in woorden en in getallen; `stap` mag negatief zijn ("10 dagen voor")."""

    naam: str
    stap: relativedelta
    woorden: str
    grond: str


REGELS: dict[str, Regel] = {
    regel.naam: regel
    for regel in (
        Regel(
            "kabinetsreactie",
            relativedelta(months=3),
            "3 maanden na uitbrengen op",
            "afspraak: het kabinet reageert binnen drie maanden",
        ),
        Regel(
            "publicatie",
            relativedelta(weeks=4),
            "4 weken na vaststelling op",
            "afspraak: een advies is binnen vier weken openbaar",
        ),
        Regel(
            "aanbieding",
            relativedelta(weeks=2),
            "2 weken na vaststelling op",
            "werkafspraak van het secretariaat: zo snel mogelijk (SER-Wijzer, blz. 30), uiterlijk na twee weken",
        ),
        Regel(
            "vergaderstukken",
            relativedelta(days=-10),
            "10 dagen voor de vergadering op",
            "werkwijze van de raad: stukken ongeveer tien dagen vooraf",
        ),
        Regel(
            "acceptatie_benoeming",
            relativedelta(weeks=3),
            "3 weken na de kennisgeving op",
            "benoemingsbesluit: schriftelijk aanvaard binnen drie weken",
        ),
        Regel(
            "ontvangstbevestiging",
            relativedelta(weeks=1),
            "1 week na ontvangst op",
            "werkafspraak van het secretariaat: de vrager krijgt binnen een week bericht",
        ),
        Regel(
            "jaarverslag",
            relativedelta(years=1, month=3, day=31),
            "vóór 1 april na het jaar dat eindigde op",
            "Wet op de SER, artikel 65: het jaarverslag gaat vóór 1 april naar de ministers",
        ),
        *(
            Regel(
                f"evaluatie_{jaren}",
                relativedelta(years=jaren),
                f"{jaren} jaar na uitbrengen op",
                f"eigen afspraak van de SER: na {jaren} jaar kijken wat een advies uitwerkte",
            )
            for jaren in EVALUATIEJAREN
        ),
        Regel("eigen", relativedelta(), "zelf gekozen dag", "eigen planning"),
    )
}


def regel_met(naam: str) -> Regel:
    """Geef de regel met deze naam. Werpt InvoerFout("regel") bij een onbekende naam."""
    try:
        return REGELS[naam]
    except KeyError as fout:
        raise InvoerFout("regel", f"Er is geen rekenregel {naam!r}.") from fout


def vervaldatum(regel: str, basis: date, *, weekend_verschuiven: bool = False) -> date:
    """Geef de laatste dag die nog op tijd is, gerekend vanaf `basis` (Amsterdamse dag).

    Met `weekend_verschuiven` wijkt een dag in het weekend uit: vooruit gerekend naar maandag, terug gerekend naar
    vrijdag. Werpt InvoerFout bij een onbekende regel of een uitkomst buiten de kalender.
    """
    gekozen = regel_met(regel)
    try:
        dag = basis + gekozen.stap
        return _uit_weekend(dag, terug=dag < basis) if weekend_verschuiven else dag
    except (OverflowError, ValueError) as fout:
        raise InvoerFout("basis", f"Vanaf {datum_nl(basis)} is geen vervaldag uit te rekenen.") from fout


def uitleg(regel: str, basis: date, *, weekend_verschuiven: bool = False) -> str:
    """Geef de som in woorden: "3 maanden na uitbrengen op do 16 maart 2023 = vr 16 juni 2023".

    Werpt wat `vervaldatum` werpt.
    """
    gekozen = regel_met(regel)
    dag = vervaldatum(regel, basis)
    if regel == "eigen":
        som = f"{gekozen.woorden}: {datum_nl(dag)}"
    else:
        som = f"{gekozen.woorden} {datum_nl(basis)} = {datum_nl(dag)}"
    verschoven = vervaldatum(regel, basis, weekend_verschuiven=weekend_verschuiven)
    if verschoven != dag:
        som += f", in het weekend, dus {datum_nl(verschoven)}"
    return som


def _uit_weekend(dag: date, *, terug: bool) -> date:
    te_ver = dag.weekday() - 4  # 1 op zaterdag, 2 op zondag
    if te_ver <= 0:
        return dag
    return dag - timedelta(days=te_ver) if terug else dag + timedelta(days=3 - te_ver)


def is_te_laat(vervalt_op: date, op: date) -> bool:
    """Geef of `op` na de vervaldag valt; de vervaldag zelf is op tijd."""
    return op > vervalt_op


def dagen_over(vervalt_op: date, vandaag: date) -> int:
    """Geef hoeveel dagen er nog zijn: 0 op de vervaldag, negatief daarna."""
    return (vervalt_op - vandaag).days
