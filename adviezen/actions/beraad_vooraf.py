"""Stap 4: wat het bevestigscherm zegt voordat een ronde opent, herroepen wordt of sluit."""

from adviezen.actions.handelen import Gevolg, voorvertoning
from adviezen.models import Adviestraject
from adviezen.policies.beraad import na_adviestermijn, open_beraad, voorbereid_beraad
from adviezen.queries.beraad import stand_van_beraad
from kern.tijd import datum_nl


@voorvertoning("start_achterbanberaad", "open_nieuw_achterbanberaad")
def toon_start(traject: Adviestraject) -> list[Gevolg]:
    """Wie bericht krijgt, en of de tekst openbaar wordt."""
    beraad = voorbereid_beraad(traject)
    if beraad is None or beraad.uiterlijk_op is None:
        return []
    uit = [] if (laat := na_adviestermijn(beraad)) is None else [Gevolg("Let op", laat)]
    uit += [
        Gevolg(
            f"{d.organisatie.naam}: {d.contact.naam if d.contact else 'nog geen contact'}",
            f"krijgt bericht en kan reageren tot en met {datum_nl(beraad.uiterlijk_op)}",
        )
        for d in beraad.deelnames.select_related("organisatie", "contact")
    ]
    if beraad.openbaar:
        return [*uit, Gevolg("Iedereen", "leest de witte versie na tien minuten, als ontwerpadvies")]
    return [*uit, Gevolg("Het publiek", "ziet alleen dat het traject in achterbanberaad is; de tekst niet")]


@voorvertoning("herroep_achterbanberaad", "herroep_nieuw_achterbanberaad")
def toon_herroepen(traject: Adviestraject) -> list[Gevolg]:
    """Wie in die minuten al iets indiende of schreef, en wat daarmee gebeurt."""
    beraad = open_beraad(traject)
    if beraad is None:
        return []
    blijft = "; dat blijft bewaard en staat er weer als de ronde opnieuw begint"
    uit = []
    for s in stand_van_beraad(beraad):
        if s.gereed:
            uit.append(Gevolg(s.deelname.organisatie.naam, f"reageerde al ({s.status_naam}){blijft}"))
        elif s.status != "niet_begonnen":
            uit.append(Gevolg(s.deelname.organisatie.naam, f"begon al aan een reactie{blijft}"))
    return uit


@voorvertoning("sluit_achterbanberaad", "sluit_achterbanberaad_na_termijn")
def toon_sluiten(traject: Adviestraject) -> list[Gevolg]:
    """Wie niet meer kan reageren."""
    beraad = open_beraad(traject)
    if beraad is None:
        return []
    stil = beraad.deelnames.wachtend().select_related("organisatie")
    uit = [Gevolg(d.organisatie.naam, "heeft niet gereageerd en kan dat niet meer") for d in stil]
    return [*uit, Gevolg("Organisaties", "kunnen hun reactie niet meer wijzigen; zij krijgen na tien minuten bericht")]
