"""Terugplannen: van een adviestermijn terug naar nu, langs raad, stukken, achterban en commissie. Zuiver rekenen.

Alle dagen zijn Amsterdamse kalenderdagen en "uiterlijk": later beginnen haalt de termijn niet. In het reces vergadert
niemand; weken achterban die in het reces vallen, tellen dubbel (de ronde begint zoveel eerder). De aannames staan in
`Aannames` en zijn te wijzigen; bron: SER-Wijzer (vijf tot acht vergaderingen, stukken ongeveer tien dagen vooraf).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kern.tijd import datum_nl
from termijnen.regels import vervaldatum
from vergaderingen.rooster import zomerreces

WEEK = timedelta(weeks=1)
MEESTE_VERSCHUIVING = 400
# Deze dagen zijn het begin van hun stap; elke andere is het einde. Loopt de stap, dan zijn zij geweest.
BEGINT = ("De aanvraag is binnen", "De commissie begint")
# De raad vergadert ongeveer elke maand: meer ruimte na de laatste bekende vergadering betekent een te kort rooster.
ROOSTER_TE_KORT = timedelta(days=45)


@dataclass(frozen=True, order=True)
class Periode:
    """Een tijdvak, halfopen: `tot` hoort er niet bij."""

    van: date
    tot: date
    naam: str = ""

    def bevat(self, dag: date) -> bool:
        """Of de dag in het tijdvak valt."""
        return self.van <= dag < self.tot


@dataclass(frozen=True)
class Aannames:
    """Waarmee gerekend wordt."""

    aanbieden_dagen: int = 14
    verwerking_weken: int = 4
    achterban_weken: int = 6
    vergaderingen: int = 6
    weken_ertussen: int = 3
    toewijzing_weken: int = 4


@dataclass(frozen=True)
class Mijlpaal:
    """Een dag die uiterlijk gehaald moet worden; `stap` is de stap die dan klaar is of begint."""

    stap: str
    naam: str
    uiterlijk: date
    som: str
    voorbij: bool = False


@dataclass(frozen=True)
class Plan:
    """De mijlpalen, vroegste eerst, met wat er knelt. `achterban` is het tijdvak van de ronde."""

    mijlpalen: Sequence[Mijlpaal]
    conflicten: Sequence[str]
    achterban: Periode | None = None

    @property
    def begin(self) -> date:
        """De eerste dag van het plan."""
        return self.mijlpalen[0].uiterlijk

    @property
    def volgende(self) -> Mijlpaal | None:
        """De eerste dag die nog komt; None als alles al gehaald had moeten zijn."""
        return next((m for m in self.mijlpalen if not m.voorbij), None)

    @property
    def haalbaar(self) -> bool:
        """Of er niets knelt."""
        return not self.conflicten


def _dagen(aantal: int) -> str:
    return "1 dag" if aantal == 1 else f"{aantal} dagen"


def _weken(aantal: int) -> str:
    return "1 week" if aantal == 1 else f"{aantal} weken"


def reces_in(jaren: Sequence[int]) -> list[Periode]:
    """Geef de vaste recessen van deze jaren: zes weken zomer vanaf de maandag na 10 juli, en twee weken kerst.

    Een aanname: het echte reces verschilt per jaar met de schoolvakanties.
    """
    uit = []
    for jaar in jaren:
        eerste, laatste = zomerreces(jaar)
        uit.append(Periode(eerste, laatste + timedelta(days=1), "zomerreces"))
        uit.append(Periode(date(jaar, 12, 21), date(jaar + 1, 1, 4), "kerstreces"))
    return sorted(uit)


def plan_terug(
    adviestermijn: date,
    *,
    raden: Sequence[date],
    recessen: Sequence[Periode],
    vandaag: date,
    vanaf: str = "",
    aannames: Aannames | None = None,
) -> Plan:
    """Reken vanaf `adviestermijn` terug en geef het plan; `raden` zijn de geplande raadsvergaderingen.

    `vanaf` is de stap die nu loopt ("" als er nog geen is): wat daarvóór ligt en het begin van die stap zelf zijn
    gedaan, staan er niet in en knellen niet meer. Zonder raad vóór de termijn wordt gerekend met de dag zelf, en dat
    is dan een conflict. Houdt het rooster lang vóór de termijn op, dan wordt gerekend met de laatste vrijdag die past:
    een aanname, en die staat bij die dag.
    """
    a, knelt = aannames or Aannames(), []
    laatste = adviestermijn - timedelta(days=a.aanbieden_dagen)
    passend = [dag for dag in raden if dag <= laatste]
    raad, som_raad = max(passend, default=laatste), "de laatste raadsvergadering die past"
    if passend and raad == max(raden) and laatste - raad > ROOSTER_TE_KORT:
        som_raad = f"aanname: het rooster van de raad loopt nog maar tot {datum_nl(raad)}"
        raad = _vrijdag(laatste, recessen)
    stukken = vervaldatum("vergaderstukken", raad)
    groen = _voor_reces(stukken - timedelta(days=3), recessen)
    sluit = _voor_reces(groen - a.verwerking_weken * WEEK, recessen)
    open_ = _terug(sluit, a.achterban_weken * WEEK, recessen)
    wit = _voor_reces(open_, recessen)
    eerste = wit
    for _ in range(max(0, a.vergaderingen - 1)):
        eerste = _voor_reces(eerste - a.weken_ertussen * WEEK, recessen)
    bestuur = _voor_reces(eerste - 2 * WEEK, recessen)
    begin = _voor_reces(bestuur - a.toewijzing_weken * WEEK, recessen)
    alle = [
        ("aanvraag", "De aanvraag is binnen", begin, f"{_weken(a.toewijzing_weken)} voor het dagelijks bestuur"),
        ("toewijzing", "Het dagelijks bestuur beslist", bestuur, "2 weken voor de eerste vergadering van de commissie"),
        (
            "concept",
            "De commissie begint",
            eerste,
            "1 vergadering, buiten het reces"
            if a.vergaderingen == 1
            else f"{a.vergaderingen} vergaderingen met {_weken(a.weken_ertussen)} ertussen, buiten het reces",
        ),
        ("concept", "De commissie stelt het concept vast", wit, "voor het begin van het achterbanberaad"),
        (
            "achterbanberaad",
            "Het achterbanberaad sluit",
            sluit,
            f"{_weken(a.achterban_weken)} open, reces niet meegeteld",
        ),
        ("verwerking", "De commissie stelt het ontwerpadvies vast", groen, f"{_weken(a.verwerking_weken)} verwerking"),
        ("naar_raad", "De stukken gaan uit", stukken, "10 dagen voor de raad"),
        ("vaststelling", "De raad stelt vast", raad, som_raad),
        (
            "aanbieding",
            "Het advies wordt aangeboden",
            adviestermijn,
            f"{_dagen(a.aanbieden_dagen)} voor PDF en brieven",
        ),
    ]
    volgorde = list(dict.fromkeys(stap for stap, *_ in alle))
    plaats = volgorde.index(vanaf) if vanaf in volgorde else -1
    mijlpalen = [
        Mijlpaal(stap, naam, dag, som, voorbij=dag < vandaag)
        for stap, naam, dag, som in alle
        if volgorde.index(stap) >= plaats and (stap != vanaf or naam not in BEGINT)
    ]
    nog_naar_de_raad = plaats <= volgorde.index("vaststelling")
    if nog_naar_de_raad and not passend:
        knelt.append(f"Er is geen raadsvergadering gepland op of voor {datum_nl(laatste)}.")
    te_laat = [m for m in mijlpalen if m.voorbij]
    if te_laat:
        dagen = (vandaag - te_laat[0].uiterlijk).days
        knelt.append(f"“{te_laat[0].naam}” had {_dagen(dagen)} geleden gemoeten ({datum_nl(te_laat[0].uiterlijk)}).")
    if nog_naar_de_raad:
        knelt += [f"De raad van {datum_nl(raad)} valt in het {p.naam or 'reces'}." for p in recessen if p.bevat(raad)]
    achterban = Periode(wit, sluit + timedelta(days=1)) if plaats <= volgorde.index("achterbanberaad") else None
    return Plan(mijlpalen, knelt, achterban)


def overlappen(een: Periode, ander: Periode) -> bool:
    """Of twee tijdvakken een dag delen."""
    return een.van < ander.tot and ander.van < een.tot


def _vrijdag(dag: date, recessen: Sequence[Periode]) -> date:
    """Geef de dag zelf of de laatste vrijdag ervoor die niet in een reces valt."""
    dag -= timedelta(days=(dag.weekday() - 4) % 7)
    while any(p.bevat(dag) for p in recessen):
        dag -= WEEK
    return dag


def _voor_reces(dag: date, recessen: Sequence[Periode]) -> date:
    """Geef de dag zelf, of de laatste werkdag voor het reces en het weekend waar hij in valt."""
    for _ in range(MEESTE_VERSCHUIVING):
        if dag.weekday() < 5 and not any(p.bevat(dag) for p in recessen):
            return dag
        dag -= timedelta(days=1)
    return dag


def _terug(dag: date, duur: timedelta, recessen: Sequence[Periode]) -> date:
    """Ga `duur` terug; dagen in het reces tellen niet mee."""
    over = duur.days
    for _ in range(over + MEESTE_VERSCHUIVING):
        if over <= 0:
            break
        dag -= timedelta(days=1)
        over -= not any(p.bevat(dag) for p in recessen)
    return dag
