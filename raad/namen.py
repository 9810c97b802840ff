"""Namen sorteren zoals in een Nederlands register: op achternaam, tussenvoegsel achteraan."""

TUSSENVOEGSELS = frozenset({"van", "de", "der", "den", "ter", "ten", "het", "'t", "op", "in", "aan", "te", "von", "la"})


def sorteernaam(naam: str) -> str:
    """Geef "Eijck, Steven van" voor "Steven van Eijck".

    Namen die op een nummer eindigen ("Lid FNV 3") houden hun volgorde, met het nummer op twee plaatsen. Een
    naam zonder voornaam ("Ter Weel") wordt "Weel, Ter".
    """
    delen = naam.split()
    if len(delen) < 2:
        return naam.strip()
    if delen[-1].isdigit():
        return " ".join([*delen[:-1], delen[-1].zfill(2)])
    begin = len(delen) - 1
    for plaats, deel in enumerate(delen):
        if deel.lower() in TUSSENVOEGSELS:
            begin = plaats
            break
    eind = begin
    while eind < len(delen) - 1 and delen[eind].lower() in TUSSENVOEGSELS:
        eind += 1
    voor, tussen, achter = delen[:begin], delen[begin:eind], delen[eind:]
    return f"{' '.join(achter)}, {' '.join([*voor, *tussen])}"
