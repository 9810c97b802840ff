"""Tags voor schermen over trajecten."""

from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from adviezen.enums import Stap
from adviezen.models import Adviestraject, Versie
from adviezen.queries.intrekking import intrekking_van
from adviezen.queries.tekst import Passage
from adviezen.queries.vergelijken import zichtbare_versies
from kern.opmerkinghtml import kaart

register = template.Library()

# Zoveel woorden van een passage hoort wie luistert bij een link ernaast.
BEGINWOORDEN = 8


@register.inclusion_tag("adviezen/versies/_meer.html", takes_context=True)
def meer_van_versie(context: dict[str, Any], versie: Versie) -> dict[str, Any]:
    """Waarmee een lezer deze versie kan vergelijken (wat hij mag zien, de jongste eerst), en hoe hij haar meeneemt."""
    gebruiker = context["request"].user
    eerdere = [v for v in zichtbare_versies(versie.traject, gebruiker) if v.pk < versie.pk and v.hash != versie.hash]
    return {"versie": versie, "eerdere": eerdere[::-1]}


@register.inclusion_tag("adviezen/_ingetrokken.html")
def ingetrokken(traject: Adviestraject | None) -> dict[str, Any]:
    """De melding dat het advies is of wordt ingetrokken, of dat dat is voorgesteld; anders niets.

    Een advies uit het archief heeft geen traject, en wordt hier niet ingetrokken.
    """
    aangeboden = traject is not None and traject.stap == Stap.AANGEBODEN
    return {"traject": traject, "rij": intrekking_van(traject) if traject is not None and aangeboden else None}


@register.simple_tag(takes_context=True)
def passage(context: dict[str, Any], p: Passage, versie_pad: str, opmerken_pad: str) -> SafeString:
    """Een passage met haar kantlijn; `opmerken_pad` is "" waar niets meer bij kan.

    Geen sjabloon: een advies van zestig bladzijden heeft er 360, en dan kost het tekenen meer dan al het andere samen.
    De tekst van een versie is schoon (kern.html.schoon); al het andere wordt hier ontsnapt.
    """
    anders = " passage-gewijzigd" if p.gewijzigd else ""
    blok = f' id="{escape(p.blok)}"' if p.blok else ""
    nummer = passage_nummer(p)
    merk = '<p class="passage-merk">gewijzigd sinds u keek</p>' if p.gewijzigd and context.get("eerder") else ""
    token = str(context.get("csrf_token") or "") if p.opmerkingen else ""
    kaarten = "".join([kaart(o, token) for o in p.opmerkingen])
    return mark_safe(  # noqa: S308 - zie hierboven
        f'<div class="passage{anders}"{blok}><div class="passage-tekst adviestekst">{nummer}{p.html}</div>\n'
        f'<div class="passage-kantlijn">{merk}{kaarten}{_links(p, versie_pad, opmerken_pad)}</div></div>'
    )


@register.simple_tag
def passage_nummer(p: Passage) -> SafeString:
    """Het nummer naast een alinea; een opsomming en een citaat dragen het zelf, per punt (`data-nummer`)."""
    eigen = p.nummer and p.html.startswith("<p")
    return mark_safe(f'<span class="passage-nummer" aria-hidden="true">{p.nummer}</span>' if eigen else "")  # noqa: S308


def _links(p: Passage, versie_pad: str, opmerken_pad: str) -> str:
    """Wat onder de opmerkingen staat: hoeveel er nog zijn, er een maken, en hoe de passage zo werd."""
    woorden = p.tekst.split(None, BEGINWOORDEN)
    begin = escape(" ".join(woorden[:BEGINWOORDEN]) + (" …" if len(woorden) > BEGINWOORDEN else ""))
    pad, blok, uit = escape(versie_pad), escape(p.blok), ""
    if p.meer:
        soort = "opmerking" if p.meer == 1 else "opmerkingen"
        uit = (
            f'<p class="klein"><a href="{pad}alinea/{blok}/">Nog {p.meer} {soort}'
            f'<span class="alleen-lezer"> bij: {begin}</span></a></p>'
        )
    if not p.blok or p.kop:
        return uit
    maken = (
        f'<a class="klein" data-opmerken href="{escape(opmerken_pad)}?blok={blok}">Opmerking'
        f'<span class="alleen-lezer"> bij: {begin}</span></a> '
    )
    return (
        f'{uit}<div class="passage-daad">{maken if opmerken_pad else ""}'
        f'<a class="klein" href="{pad}geschiedenis/{blok}/">Geschiedenis'
        f'<span class="alleen-lezer"> van: {begin}</span></a></div>'
    )
