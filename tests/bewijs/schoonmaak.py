"""De HTML-schoonmaker onder een miljoen bedachte stukken: het antwoord is altijd veilig, vast en snel."""

import random
import re
import time
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from kern.html import schoon
from tests.bewijs.hulp import geschaald, regel
from tests.kern.test_html import AANVALLEN, Nalezer

AANTAL, ZAAD = 1_000_000, 20261129
STUKKEN = [
    *AANVALLEN,
    *(
        "<p>",
        "</p>",
        "<h2 id=kop-1>",
        "</h2>",
        "<ul><li>",
        "</li></ul>",
        "<table><tr><td colspan=9>",
        "</table>",
        "<b>",
    ),
    *(
        "<a href='",
        "java\tscript:",
        "data:text/html,",
        "https://x.test/",
        "'>",
        '">',
        "</a>",
        "<img src=",
        " onerror=",
        ">",
    ),
    *("<!--", "-->", "<![CDATA[", "]]>", "&lt;script&gt;", "&#x6a;avascript:", "&NewLine;", "\x00", "\ufffe", "é", "𝒶"),
    *("<svg><desc>", "<math><mtext>", "</mtext>", "<style>", "</style>", "<noscript>", "<template>", "</template>"),
    *(
        "<select><option>",
        "</select>",
        "<plaintext>",
        "<xmp>",
        "data-blok=b1234",
        " id=x",
        " class=noot",
        "=",
        "<",
        "/",
        "`",
    ),
]


def _loper(opdracht: tuple[int, int]) -> tuple[int, list[str], float]:
    zaad, aantal = opdracht
    loterij, fouten, traagst = random.Random(zaad), [], 0.0
    for _ in range(aantal):
        html = "".join(loterij.choices(STUKKEN, k=loterij.randint(1, 12)))
        begin = time.perf_counter()
        try:
            uit = schoon(html)
            traagst = max(traagst, time.perf_counter() - begin)
            Nalezer(convert_charrefs=True).feed(uit)
            if schoon(uit) != uit or re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", uit):
                fouten.append(f"niet vast: {html!r}")
        except Exception as fout:  # noqa: BLE001
            fouten.append(f"{type(fout).__name__}: {html!r}")
    return aantal, fouten[:3], traagst


def bewijs() -> list[dict[str, Any]]:
    """Maak een miljoen stukken schoon en lees elk antwoord na met een andere lezer dan de schoonmaker."""
    begin, aantal = time.monotonic(), geschaald(AANTAL)
    deel = max(1, aantal // 40)
    opdrachten = [(ZAAD + n, deel) for n in range(-(-aantal // deel))]
    with ProcessPoolExecutor(2) as lopers:
        uitkomsten = list(lopers.map(_loper, opdrachten))
    fouten = [f for _, lijst, _ in uitkomsten for f in lijst]
    gedaan, traagst = sum(n for n, _, _ in uitkomsten), max(t for _, _, t in uitkomsten)
    gemeten = f"{len(fouten)} fouten, traagst {traagst * 1000:.0f} ms" + (f" ({fouten[0][:200]})" if fouten else "")
    naam = f"{gedaan} × HTML schoonmaken"
    return [regel(naam, gemeten, "html.parser als nalezer", "0 fouten, 1 miljoen keer", not fouten, begin)]
