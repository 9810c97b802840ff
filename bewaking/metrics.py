"""De metingen in het tekstformaat van Prometheus (0.0.4): meters. De tellers van het web staan in `verzoeken`."""

from bewaking.queries import GOED, Meting

SOORT = "text/plain; version=0.0.4; charset=utf-8"


def tekst(metingen: list[Meting]) -> str:
    """Geef de metingen, elk met HELP en TYPE; wat niet te meten was heeft geen regel, wel een alarm."""
    regels: list[str] = []
    for m in metingen:
        regels += [f"# HELP {m.metriek} {m.uitleg}", f"# TYPE {m.metriek} gauge"]
        if m.waarde is not None:
            regels.append(f"{m.metriek} {m.waarde!r}")
    regels += ["# HELP ser_problem 1 als een onderdeel niet goed is", "# TYPE ser_problem gauge"]
    regels += [f'ser_problem{{part="{m.naam}"}} {int(m.stand != GOED)}' for m in metingen if m.stand]
    return "\n".join(regels) + "\n"
