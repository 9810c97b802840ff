"""De passages van het leesscherm: met aangewezen woorden zijn het dezelfde als zonder."""

import random
import re

from adviezen.queries.tekst import passages
from kern.blokken import blokken, munt
from kern.html import schoon
from kern.markeer import Merk, markeer

WOORDEN = ("de", "commissie", "weegt", "&amp;", "<em>na druk</em>", "<strong>vet <em>x</em></strong>", "a<br>b", "  ")


def _zin(toeval):
    return " ".join(toeval.choice(WOORDEN) for _ in range(toeval.randint(0, 9)))


def _stuk(toeval):
    soort = toeval.randint(0, 5)
    if soort == 0:
        return f"<h2>{_zin(toeval)}</h2>"
    if soort == 1:
        leeg = f"<ol><li>{_zin(toeval)}</li><li></li></ol>" if toeval.random() < 0.5 else ""
        return "<ul>" + "".join(f"<li>{_zin(toeval)}{leeg}</li>" for _ in range(3)) + "<li></li></ul>"
    if soort == 2:
        rijen = "".join(f"<tr><td>{_zin(toeval)}</td><td>{_zin(toeval)}</td></tr>" for _ in range(2))
        return f"<table><caption>{_zin(toeval)}</caption><tbody>{rijen}</tbody></table>"
    return f"<p>{_zin(toeval)}</p>"


def _merken(toeval, html):
    uit = {}
    for blok in blokken(html):
        if blok.tekst and toeval.random() < 0.5:
            begin = toeval.randrange(len(blok.tekst))
            einde = min(len(blok.tekst), begin + toeval.randint(1, 20))
            uit[blok.id] = [Merk(begin, einde, str(len(uit)), "#o", "opmerking", len(uit))]
    return uit


def _vast(html):
    """Een leeg lijstpunt met en zonder eindteken is hetzelfde lijstpunt."""
    return re.sub(r"(<li[^>]*>)(?=<li|</[uo]l)", r"\1</li>", html)


def test_aanwijzen_per_passage_geeft_dezelfde_passages_als_aanwijzen_in_de_hele_tekst():
    toeval = random.Random(20261130)  # noqa: S311 - geen geheim, wel elke keer dezelfde teksten
    gemerkt = gemarkeerd = 0
    for _ in range(60):
        html = munt(schoon("".join(_stuk(toeval) for _ in range(toeval.randint(1, 6)))))
        merken = _merken(toeval, html)
        gemerkt += len(merken)
        per_passage, ineens, zonder = passages(html, merken), passages(markeer(html, merken)), passages(html)
        assert [(p.blok, p.blokken, _vast(p.html)) for p in per_passage] == [
            (p.blok, p.blokken, _vast(p.html)) for p in ineens
        ]
        assert [p.tekst for p in per_passage] == [p.tekst for p in zonder]
        gemarkeerd += sum(p.html.count("<mark") for p in per_passage)
    assert gemarkeerd > gemerkt > 100


def test_twee_lezers_van_dezelfde_tekst_zien_elkaars_opmerkingen_niet():
    html = munt("<p>Een zin.</p><p>Nog een.</p>")
    een, ander = passages(html), passages(html)
    een[0].opmerkingen.append("van de een")
    een[1].nummer, een[1].gewijzigd = 7, True
    assert ander[0].opmerkingen == []
    assert (ander[1].nummer, ander[1].gewijzigd) == (2, False)
    assert passages(html)[0].opmerkingen == []
