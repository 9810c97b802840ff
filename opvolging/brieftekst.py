"""De concepttekst van een herinneringsbrief aan het ministerie. Zuivere functies; de secretaris wijzigt de tekst."""

from dataclasses import dataclass
from datetime import date

from kern.tijd import datum_nl


@dataclass(frozen=True)
class Herinnering:
    """Wat een brief zegt. `vervalt_op` is de afgesproken dag, `vandaag` de dag waarop de brief gemaakt wordt.

    `toegezegd` is de toegezegde dag of maand zoals zij in een brief staat, of leeg.
    """

    titel: str
    nummer: str
    uitgebracht_op: date
    vervalt_op: date
    vandaag: date
    gedeeltelijk: bool = False
    toegezegd: str = ""
    eerst_uiterlijk: date | None = None  # de dag van de afspraak, als de termijn daarna is verzet


def onderwerp(g: Herinnering) -> str:
    """Geef de onderwerpregel."""
    return f"Reactie op SER-advies {g.nummer}".strip() if g.nummer else "Reactie op een SER-advies"


def tekst(aan: str, g: Herinnering) -> str:
    """Geef de brief als gewone tekst, met een witregel tussen de alinea's. Neutraal: geen verwijt, wel de afspraak."""
    nummer = f" (nr. {g.nummer})" if g.nummer else ""
    alineas = [
        f"Aan {aan}",
        f"Op {datum_nl(g.uitgebracht_op, weekdag=False)} bood de Sociaal-Economische Raad u het advies “{g.titel}”"
        f"{nummer} aan.",
        _stand(g),
    ]
    if g.gedeeltelijk:
        alineas.append("Op een deel van het advies reageerde u al. Wij zien uit naar uw reactie op de rest.")
    if g.toegezegd:
        alineas.append(f"U zei een reactie toe voor {g.toegezegd}.")
    alineas += ["Wij horen graag wanneer wij de reactie van het kabinet mogen verwachten.", "Hoogachtend,"]
    return "\n\n".join(alineas)


def _stand(g: Herinnering) -> str:
    dag = datum_nl(g.vervalt_op, weekdag=False)  # geen "vandaag": de brief kan een dag later uitgaan
    if g.eerst_uiterlijk is not None and g.eerst_uiterlijk != g.vervalt_op:
        eerst = datum_nl(g.eerst_uiterlijk, weekdag=False)
        verzet = f"Afgesproken was een reactie binnen drie maanden, uiterlijk {eerst}; die dag is verzet naar {dag}."
        return verzet if g.gedeeltelijk or g.vandaag <= g.vervalt_op else f"{verzet} Wij ontvingen haar nog niet."
    if g.vandaag <= g.vervalt_op:
        return f"Afgesproken is dat het kabinet binnen drie maanden reageert; dat is uiterlijk {dag}."
    afspraak = f"Afgesproken was een reactie binnen drie maanden, uiterlijk {dag}."
    return afspraak if g.gedeeltelijk else f"{afspraak} Wij ontvingen haar nog niet."
