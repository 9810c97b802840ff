"""Het stuk van een tekst met het gezochte erin: een regel of drie rond de eerste plek, het gezochte gemerkt.

Snijden gebeurt hier: een lange tekst in de database doorzoeken en knippen kost daar het meest van een hele bladzijde.
Welke woorden het gezochte zijn beslist de database, met dezelfde stammen als bij het zoeken, in één vraag over
de paar woorden die zo beginnen. Wie meer woorden zoekt wil de plek waar zij bij elkaar staan: die kiest de database uit
de hele tekst (publiek.fragment), en ook als hier niets te merken valt.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from unicodedata import combining, normalize

from django.utils.safestring import SafeString, mark_safe

from publiek.woorden import begin_van, koppen_van, toonvraag

BREED, VOORAF = 300, 130  # zoveel tekens, waarvan zoveel voor het woord; daar gaat een half woord aan beide kanten af
WEG_VOOR, WEG_NA = "… ", " …"
WOORD = re.compile(r"[^\W_]*")
BEGIN, EIND, RAND = "\x02", "\x03", "\x1f"  # zoals in publiek.gemerkt
ONZICHTBAAR = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# Elke letter met een teken erop als de letter zelf, één op één, zodat een plek in de tekst dezelfde plek blijft.
KAAL = {n: kaal[0] for n in range(0xC0, 0x250)
        if len(kaal := [c for c in normalize("NFD", chr(n).lower()) if not combining(c)]) == 1}  # fmt: skip


def fragmenten(cursor: Any, teksten: Sequence[str], lexemen: str) -> list[SafeString]:
    """Geef per tekst het stuk met het gezochte, als veilige HTML met het gezochte in <mark>.

    `lexemen` is de vraag als tekst van een tsquery. Hoort binnen de leestransactie; doet hoogstens twee zoekvragen.
    """
    toon = toonvraag(lexemen) or lexemen
    stukken = _geknipt(teksten, begin_van(lexemen))
    koppen = koppen_van(toon)
    woorden = {woord for stuk in stukken if stuk for woord in stuk.woorden(koppen)}
    gezocht: set[str] = set()
    if woorden:
        cursor.execute("SELECT publiek.treft(%s::text[], %s::tsquery)", [sorted(woorden), toon])
        gezocht = set(cursor.fetchone()[0])
    uit = [stuk.gemerkt(gezocht) if stuk else None for stuk in stukken]
    if heel := [n for n, html in enumerate(uit) if html is None]:
        cursor.execute(
            "SELECT array_agg(publiek.fragment(x.tekst, %s::tsquery) ORDER BY x.n) "
            "FROM unnest(%s::text[]) WITH ORDINALITY AS x (tekst, n)",
            [toon, [teksten[n] for n in heel]],
        )
        for n, ruw in zip(heel, cursor.fetchone()[0], strict=True):
            uit[n] = _uit_de_database(ruw, teksten[n])
    return [html if html is not None else SafeString("") for html in uit]


@dataclass
class _Stuk:
    """Een stuk tekst, en zijn letters klein en zonder tekens erop: daarin wordt gezocht."""

    tekst: str
    kaal: str
    voor: str = ""
    na: str = ""
    plekken: Sequence[tuple[int, int]] = ()

    def woorden(self, koppen: Collection[str]) -> Iterator[str]:
        """Geef de woorden die zo beginnen, en onthoud waar zij staan."""
        plekken = {plek for kop in koppen for plek in _plekken(self.kaal, kop)}
        self.plekken = [(plek, WOORD.match(self.kaal, plek).end()) for plek in sorted(plekken)]  # type: ignore[union-attr]
        return (self.tekst[van:tot] for van, tot in self.plekken)

    def gemerkt(self, gezocht: set[str]) -> SafeString | None:
        """Geef het stuk met deze woorden gemerkt, of None als geen ervan erin staat."""
        delen, klaar = [self.voor], 0
        for van, tot in self.plekken:
            if (woord := self.tekst[van:tot]) in gezocht:
                delen += [escape(self.tekst[klaar:van]), f"<mark>{escape(woord)}</mark>"]
                klaar = tot
        if not klaar:
            return None
        return mark_safe("".join((*delen, escape(self.tekst[klaar:]), self.na)))  # noqa: S308 - elk deel is ontsnapt


def _geknipt(teksten: Sequence[str], begin: Collection[str]) -> list[_Stuk | None]:
    """Geef per tekst het stuk rond het eerste woord dat zo begint, of None als er geen is."""
    if not begin:
        return [None] * len(teksten)
    return [_knip(tekst, begin) for tekst in teksten]


def _knip(tekst: str, begin: Collection[str]) -> _Stuk | None:
    if not tekst.isascii():
        tekst = normalize("NFC", tekst).translate(ONZICHTBAAR)
    kaal = tekst.lower() if tekst.isascii() else tekst.lower().translate(KAAL)
    if len(kaal) != len(tekst):
        return None  # een zeldzame letter die klein uit twee tekens bestaat
    if not (eerste := [plek for b in begin if (plek := next(_plekken(kaal, b), None)) is not None]):
        return None
    plek = min(eerste)
    van = max(min(plek - VOORAF, len(tekst) - BREED), 0)
    tot = van + BREED
    if van:
        van = min(tekst.find(" ", van, plek) + 1 or van, plek)
    if tot < len(tekst):
        tot = max(tekst.rfind(" ", plek, tot), plek + 1)
    return _Stuk(tekst[van:tot], kaal[van:tot], WEG_VOOR if van else "", WEG_NA if tot < len(tekst) else "")


def _plekken(tekst: str, begin: str) -> Iterator[int]:
    """Geef waar een woord staat dat zo begint."""
    plek = tekst.find(begin)
    while plek >= 0:
        if plek == 0 or not tekst[plek - 1].isalnum():
            yield plek
        plek = tekst.find(begin, plek + 1)


def _uit_de_database(ruw: str, tekst: str) -> SafeString:
    """Geef wat publiek.fragment koos als HTML; is er niets gemerkt, dan het begin van de tekst."""
    ruw = ruw.replace(RAND, "").strip()
    if BEGIN not in ruw:
        return mark_safe(escape(kort(tekst)))  # noqa: S308 - zojuist ontsnapt
    los = ruw.replace(BEGIN, "").replace(EIND, "")
    voor = "" if tekst.lstrip().startswith(los[:20]) else WEG_VOOR
    na = "" if tekst.rstrip().endswith(los[-20:]) else WEG_NA
    veilig = escape(ruw).replace(BEGIN, "<mark>").replace(EIND, "</mark>")
    return mark_safe(f"{voor}{veilig}{na}")  # noqa: S308 - zojuist ontsnapt


def kort(tekst: str) -> str:
    """Geef het begin van een tekst, hoogstens 260 tekens en niet midden in een woord."""
    return tekst if len(tekst) <= 260 else tekst[:260].rsplit(" ", 1)[0] + WEG_NA
