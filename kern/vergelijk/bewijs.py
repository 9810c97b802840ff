"""Het bewijs dat een vergelijking klopt: toegepast op de oude tekst geeft zij de nieuwe, en er raakt niets weg."""

from collections.abc import Sequence

from kern.vergelijk.gegevens import Regel, Stuk, Vergelijking
from kern.vergelijk.koppelen import lees_beide
from kern.vergelijk.lezen import Bloktekst, is_noot


def teksten(html: str) -> list[str]:
    """Geef de tekst van elk blok in leesvolgorde, zoals `vergelijk` haar leest.

    Cellen zijn gescheiden door ` | `; verwijzingen naar een voetnoot tellen niet mee.
    """
    return [_zonder_noten(" | ".join(_vakjes(blok))) for blok in lees_beide(html, html).oud]


def pas_toe(vergelijking: Vergelijking, oud: str) -> list[str]:
    """Pas de wijzigingen toe op de oude tekst; geef de tekst van elk blok van de nieuwe, in volgorde.

    Wat gelijk bleef komt uit `oud` zelf. Werpt ValueError als de vergelijking niet op `oud` past, of een blok van
    `oud` overslaat of twee keer gebruikt.
    """
    voorraad = lees_beide(oud, oud).oud
    gebruikt: list[int] = []
    tot: dict[int, int] = {}  # van een gesplitst blok: tot welk teken het al gebruikt is
    uit: dict[int, str] = {}
    for regel in vergelijking.regels():
        if regel.soort == "vertrok":
            continue
        oude = iter(_van_oud(regel, voorraad, tot))
        if regel.plaats_oud >= 0 and (regel.deel is None or regel.deel[0] == regel.deel[1]):
            gebruikt += regel.samen or (regel.plaats_oud,)
        cellen = [cel.stukken for cel in regel.cellen] if regel.vorm == "tr" else [regel.stukken]
        soorten = [cel.soort for cel in regel.cellen] if regel.vorm == "tr" else [regel.soort]
        nieuwe: list[str] = []
        for stukken, soort in zip(cellen, soorten, strict=True):
            tekst = _schrijf(stukken, "" if "erbij" in (soort, regel.soort) else next(oude, ""))
            if "eraf" not in (soort, regel.soort):
                nieuwe.append(tekst)
        if list(oude):
            raise ValueError(f"blok {regel.blok}: niet elke cel van de oude tekst is gebruikt")
        if regel.plaats_nieuw >= 0:
            uit[regel.plaats_nieuw] = _zonder_noten(" | ".join(nieuwe))
    if sorted(gebruikt) != list(range(len(voorraad))):
        raise ValueError("niet elk blok van de oude tekst komt precies één keer voor")
    return [uit[plaats] for plaats in sorted(uit)]


def _van_oud(regel: Regel, voorraad: Sequence[Bloktekst], tot: dict[int, int]) -> list[str]:
    """Geef de oude teksten van deze regel; tussen de delen van een gesplitst blok valt alleen wit weg."""
    if regel.plaats_oud < 0:
        return []
    if max(regel.samen or (regel.plaats_oud,)) >= len(voorraad):
        raise ValueError("niet elk blok van de vergelijking staat in de oude tekst")
    if regel.samen:
        return [" ".join(voorraad[plaats].plat.tekst for plaats in regel.samen)]
    blok = voorraad[regel.plaats_oud]
    if regel.bereik is None:
        return _vakjes(blok)
    van, einde = regel.bereik
    tekst = blok.plat.tekst
    laatste = regel.deel is not None and regel.deel[0] == regel.deel[1]
    over = tekst[tot.get(regel.plaats_oud, 0) : van] + (tekst[einde:] if laatste else "")
    if over.strip() or van < tot.get(regel.plaats_oud, 0):
        raise ValueError(f"blok {regel.oud}: “{over}” is overgeslagen of dubbel gebruikt")
    tot[regel.plaats_oud] = einde
    return [tekst[van:einde]]


def _schrijf(stukken: Sequence[Stuk], oud: str) -> str:
    """Schrijf de nieuwe tekst: neem over uit `oud`, sla over wat eraf ging, voeg toe wat erbij kwam."""
    uit: list[str] = []
    plaats = 0
    for stuk in stukken:
        if stuk.soort == "erbij":
            uit.append(stuk.tekst)
            continue
        eigen = oud[plaats : plaats + len(stuk.tekst)]
        plaats += len(stuk.tekst)
        if _zonder_noten(eigen) != _zonder_noten(stuk.tekst):
            raise ValueError(f"“{stuk.tekst}” staat niet in de oude tekst, daar staat “{eigen}”")
        if stuk.soort == "gelijk":
            uit.append(eigen)
    if plaats != len(oud):
        raise ValueError(f"van de oude tekst is “{oud[plaats:]}” overgeslagen")
    return "".join(uit)


def _vakjes(blok: Bloktekst) -> list[str]:
    return [cel.plat.tekst for cel in blok.cellen] if blok.vorm == "tr" else [blok.plat.tekst]


def _zonder_noten(tekst: str) -> str:
    return "".join(teken for teken in tekst if not is_noot(teken))
