"""Maakt docs/toegangsmatrix.md uit de feiten van de ronde."""

from tests.matrix.loop import Ronde
from tests.matrix.ronde import Bezoek
from tests.matrix.routes import Route

KOP = """# Toegangsmatrix

Gemaakt door `SCHRIJF_MATRIX=1 pytest tests/matrix`; de toets vergelijkt haar bij elke wijziging. Niet met de hand
wijzigen.

Per route wat een rol krijgt bij een echt object uit de voorbeeldwereld: **✓** het scherm (of, bij een route die alleen
POST kent, de handeling komt bij het object aan) · **deels** sommige objecten wel, andere niet · **–** dezelfde 404 als
bij een adres dat er niet is · **login** eerst inloggen. Openbare routes zijn voor iedereen dezelfde bytes.

"""
GROEPEN = (
    ("Openbaar, voor iedereen gelijk", lambda r: r.openbaar),
    ("Zonder inloggen, met sessie", lambda r: r.eis.soort == "open"),
    ("Iedereen met een account", lambda r: r.eis.soort == "ingelogd"),
    ("Alleen bepaalde rollen", lambda r: r.eis.soort == "rollen"),
)


def cel(ronde: Ronde, route: Route, rol: str) -> str:
    """Geef het teken voor deze route en rol."""
    if ronde.poort[route.naam, rol, "GET"] == "niets":
        return "–"
    echt = ronde.echt[route.naam, rol]
    if all(b.antwoord.status == 302 and "/account/login/" in dict(b.antwoord.kop).get("location", "") for b in echt):
        return "login"
    if all(b.antwoord.status == 405 for b in echt) and ronde.posten[route.naam, rol]:
        echt = ronde.posten[route.naam, rol][: max(len(e) for (n, _), e in ronde.echt.items() if n == route.naam)]
    zichtbaar = [_gezien(b) for b in echt]
    return "✓" if all(zichtbaar) else "deels" if any(zichtbaar) else "–"


def _gezien(bezoek: Bezoek) -> bool:
    return bezoek.antwoord.status not in (404, 410)


def maak(ronde: Ronde) -> str:
    """Geef de hele tekst: per groep een tabel; rollen met dezelfde kolom staan samen."""
    delen = [KOP]
    for naam, hoort in GROEPEN:
        groep = [r for r in ronde.routes if hoort(r)]
        if not groep:
            continue
        delen.append(f"## {naam}\n\n")
        if groep[0].openbaar:
            delen.append("".join(f"- `{r.naam}` · `/{r.patroon}`\n" for r in groep) + "\n")
            continue
        kolommen: dict[tuple[str, ...], list[str]] = {}
        for rol in ronde.rollen:
            kolommen.setdefault(tuple(cel(ronde, r, rol) for r in groep), []).append(rol)
        delen.append("| route | " + " | ".join(", ".join(rollen) for rollen in kolommen.values()) + " |\n")
        delen.append("|---|" + "---|" * len(kolommen) + "\n")
        for plaats, route in enumerate(groep):
            cellen = " | ".join(kolom[plaats] for kolom in kolommen)
            delen.append(f"| `{route.naam}` | {cellen} |\n")
        delen.append("\n")
    return "".join(delen).rstrip("\n") + "\n"
