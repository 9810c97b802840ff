"""De uitslag van een zoekvraag: regels, filters en de wissel tussen soorten.

In Python geschreven en niet in een sjabloon: er staan twintig regels en honderd keuzes op een bladzijde die zelden twee
keer gevraagd wordt. Wat bij elke vraag gelijk is wordt onthouden; de inhoud zelf is de sleutel, dus het kan niet
verouderen.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from kern import beeld
from kern.componenten import Oordeel
from publiek.lezen import BEELD_REACTIE, WOORD_REACTIE, met_vermoeden
from publiek.models import Advies
from publiek.zoeken import Adviesregel, Treffer
from publiek.zoekvraag import Zoekvraag

register = template.Library()


@register.simple_tag
def filterkolom(
    filters: Sequence[dict[str, Any]], vraag: Zoekvraag, verborgen: Sequence[tuple[str, str]]
) -> SafeString:
    """Geef de sprongen naar de filters en elk filter; bij de periode ook van en tot, waarbij `verborgen` meegaat."""
    sprongen = "".join([f'<li><a href="#filter-{f["naam"]}">{escape(f["kop"])}</a></li>' for f in filters])
    delen = [
        f'<section class="filter" aria-labelledby="filter-{f["naam"]}">{_filter(f)}\n'
        f"{_van_tot(vraag, verborgen) if f['periode'] else ''}</section>\n"
        for f in filters
    ]
    return mark_safe(  # noqa: S308 - elk deel is ontsnapt
        f'<nav class="filter-sprong" aria-label="Naar een filter"><ul>{sprongen}</ul></nav>\n{"".join(delen)}'
    )


def _filter(blok: dict[str, Any]) -> str:
    """Geef opschrift, keuzes en wat achter "Nog 12" zit."""
    kop, rest = escape(blok["kop"]), blok["rest"]
    html = f'<h2 id="filter-{blok["naam"]}" tabindex="-1">{kop}</h2><ul>{_keuzes(blok["keuzes"])}</ul>'
    if rest:
        html += (
            f'\n<details class="filter-rest"{" open" if blok["rest_open"] else ""}><summary>Nog {len(rest)}'
            f'<span class="alleen-lezer"> bij {kop.lower()}</span></summary><ul>{_keuzes(rest)}</ul></details>'
        )
    return html


def _van_tot(vraag: Zoekvraag, verborgen: Sequence[tuple[str, str]]) -> str:
    mee = [("q", vraag.q), *verborgen] if vraag.q else verborgen
    vast = "".join([f'<input type="hidden" name="{escape(naam)}" value="{escape(waarde)}">' for naam, waarde in mee])
    van, tot = (
        f'<input name="{naam}" inputmode="numeric" maxlength="4" size="4" value="{waarde or ""}" autocomplete="off">'
        for naam, waarde in (("van", vraag.van), ("tot", vraag.tot))
    )
    return (
        f'<form class="van-tot" action="/adviezen/" method="get" aria-label="Van en tot een jaar">{vast}'
        f'<label>Van {van}</label> <label>tot en met {tot}</label> <button type="submit">Kies</button></form>'
    )


def _keuzes(keuzes: Iterable[tuple[str, int, bool, str]]) -> str:
    return "\n".join(
        [
            f'<li><a href="{escape(adres)}" rel="nofollow"{AAN if aan else ""}>'
            f'<span class="filter-naam">{_ontsnapt(naam)}</span> <span class="filter-aantal">{aantal}</span></a></li>'
            for naam, aantal, aan, adres in keuzes
        ]
    )


@register.filter
def soortwissel(soorten: list[dict[str, Any]]) -> SafeString:
    """Geef de wissel tussen soorten treffers, of niets zonder zoekwoord."""
    if not soorten:
        return SafeString("")
    punten = []
    for soort in soorten:
        aantal = "" if soort["aantal"] is None else f' <span class="filter-aantal">{soort["aantal"]}</span>'
        hier = ' aria-current="page"' if soort["aan"] else ""
        naam = escape(soort["naam"])
        punten.append(f'<li><a href="{escape(soort["adres"])}" rel="nofollow"{hier}>{naam}{aantal}</a></li>')
    lijst = "".join(punten)
    return mark_safe(  # noqa: S308 - elk deel is ontsnapt
        f'<nav class="soortwissel" aria-label="Waarin u zoekt"><ul>{lijst}</ul></nav>'
    )


@lru_cache(maxsize=2_000)
def _ontsnapt(tekst: str) -> str:
    """Geef een naam zoals zij in HTML staat; dezelfde namen staan op elke uitslag."""
    return escape(tekst)


AAN = ' aria-current="true"'
# Stand van de reactie → (soort oordeel, woord) van het merkje in een lijst: dezelfde woorden als op de bladzijde zelf.
# Wat er niet staat krijgt geen merkje.
REACTIEMERKEN = {
    stand: (BEELD_REACTIE[stand], woord.lower())
    for stand, woord in WOORD_REACTIE.items()
    if stand not in {"niet_bekend", "geen"}
}


@register.simple_tag
def adviesregel(advies: Advies | Adviesregel, fragment: str = "", plaats: str = "") -> SafeString:
    """Een advies in een lijst: titel, feiten, een fragment en wat raad en kabinet ervan vonden.

    `fragment` mag veilige HTML zijn, `plaats` is een anker.
    """
    regel = advies if isinstance(advies, Adviesregel) else Adviesregel.van(advies)
    return mark_safe(_regel(regel, fragment, plaats))  # noqa: S308 - elk deel is ontsnapt


@register.filter
def adviesregels(treffers: Iterable[Treffer]) -> SafeString:
    """Geef elke treffer als regel. Zij staan op een bladzijde die zelden twee keer gevraagd wordt, dus in één keer."""
    return mark_safe("".join([_regel(t.advies, t.fragment, t.plaats) for t in treffers]))  # noqa: S308 - zie _regel


def _regel(advies: Adviesregel, fragment: str, plaats: str) -> str:
    adres, midden, eind = _vaste_delen(advies)
    if not isinstance(fragment, SafeString):
        fragment = escape(fragment or "")
    tekst = f'<p class="treffer-tekst">{fragment}</p>' if fragment else ""
    return f'<li class="treffer">\n<h3 class="treffer-kop"><a href="{adres}{escape(plaats)}">{midden}{tekst}{eind}'


@lru_cache(maxsize=2_000)
def _vaste_delen(advies: Adviesregel) -> tuple[str, str, str]:
    """Geef wat er van een regel bij elke zoekvraag gelijk is: adres, titel en feiten, merkjes.

    Tweeduizend is ruim alles wat de raad ooit uitbracht; elk een kilobyte.
    """
    feiten = [
        escape(met_vermoeden(advies.datum_tekst, advies.jaar)),
        f'nr. <span class="getal">{escape(advies.nummer)}</span>' if advies.nummer else "",
        escape(advies.soort),
        escape(advies.commissienaam),
    ]
    midden = (
        f"{escape(advies.titel)}</a>{_voorbeeldmerk() if advies.voorbeeld else ''}</h3>\n"
        f'<p class="treffer-feiten">{" · ".join(feit for feit in feiten if feit)}</p>\n'
    )
    return escape(advies.get_absolute_url()), midden, f"{_merken(advies.oordeel, advies.reactie)}\n</li>\n"


@lru_cache(maxsize=200)
def _merken(oordeel: str, reactie: str) -> str:
    """Geef de merkjes van deze twee uitspraken; hangt van niets anders af."""
    delen = [Oordeel(oordeel)] if oordeel else []
    if reactie in REACTIEMERKEN:
        soort, woord = REACTIEMERKEN[reactie]
        delen.append(Oordeel(soort, woord=woord))
    html = "".join(render_to_string("componenten/oordeel.html", beeld.van_oordeel(deel)).strip() for deel in delen)
    return f'\n<p class="treffer-merken">{html}</p>' if html else ""


@lru_cache(maxsize=1)
def _voorbeeldmerk() -> str:
    return " " + render_to_string("componenten/voorbeeldmerk.html", {"tonen": True}).strip()
