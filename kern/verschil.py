"""Het verschil tussen twee teksten, woord voor woord."""

import re
from difflib import SequenceMatcher

from kern.componenten import Deel

WOORD = re.compile(r"\s+|\w+|[^\w\s]")


def verschil(oud: str, nieuw: str) -> list[Deel]:
    """Geef de delen van `oud` naar `nieuw`: gelijk, eraf, erbij. Aan elkaar geplakt geven ze beide teksten terug.

    Een losse spatie tussen twee wijzigingen hoort bij de wijziging, zodat een vervangen zinsdeel één geheel blijft.
    """
    a, b = WOORD.findall(oud), WOORD.findall(nieuw)
    ruw: list[tuple[str, str]] = []
    for soort, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if soort == "equal":
            tekst = "".join(a[a1:a2])
            if tekst.isspace() and ruw and a1 > 0 and a2 < len(a):
                ruw += [("eraf", tekst), ("erbij", tekst)]
            else:
                ruw.append(("gelijk", tekst))
            continue
        ruw += [("eraf", "".join(a[a1:a2])), ("erbij", "".join(b[b1:b2]))]
    return _bundel(ruw)


def _bundel(ruw: list[tuple[str, str]]) -> list[Deel]:
    """Voeg opeenvolgende wijzigingen samen tot één keer eraf en één keer erbij."""
    delen: list[Deel] = []
    eraf = erbij = ""
    for soort, tekst in [*ruw, ("gelijk", "")]:
        if soort == "eraf":
            eraf += tekst
        elif soort == "erbij":
            erbij += tekst
        else:
            delen += [Deel(t, s) for t, s in ((eraf, "eraf"), (erbij, "erbij")) if t]
            eraf = erbij = ""
            if tekst:
                delen.append(Deel(tekst))
    return delen
