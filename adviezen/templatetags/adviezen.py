"""Tags voor schermen over trajecten."""

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from adviezen.models import Versie
from adviezen.queries.tekst import Passage
from adviezen.queries.vergelijken import zichtbare_versies

register = template.Library()

# Zoveel woorden van een passage hoort wie luistert bij een link ernaast.
BEGINWOORDEN = 8


@register.inclusion_tag("adviezen/versies/_meer.html", takes_context=True)
def meer_van_versie(context: dict[str, Any], versie: Versie) -> dict[str, Any]:
    """Waarmee een lezer deze versie kan vergelijken (wat hij mag zien, de jongste eerst), en hoe hij haar meeneemt."""
    gebruiker = context["request"].user
    eerdere = [v for v in zichtbare_versies(versie.traject, gebruiker) if v.pk < versie.pk and v.hash != versie.hash]
    return {"versie": versie, "eerdere": eerdere[::-1]}


@register.simple_tag(takes_context=True)
def passage(context: dict[str, Any], p: Passage, versie_pad: str, opmerken_pad: str) -> SafeString:
    """Een passage met haar kantlijn; `opmerken_pad` is "" waar niets meer bij kan.

    Geen sjabloon: een advies van zestig bladzijden heeft er 360, en dan kost het tekenen meer dan al het andere samen.
    """
    delen: list[str] = [
        format_html(
            '<div class="passage{}"{}><div class="passage-tekst adviestekst">{}{}</div>\n'
            '<div class="passage-kantlijn">',
            " passage-gewijzigd" if p.gewijzigd else "",
            format_html(' id="{}"', p.blok) if p.blok else "",
            format_html('<span class="passage-nummer" aria-hidden="true">{}</span>', p.nummer) if p.nummer else "",
            mark_safe(p.html),  # noqa: S308 - de tekst van een versie is schoon (kern.html.schoon)
        )
    ]
    if p.gewijzigd and context.get("eerder"):
        delen.append(mark_safe('<p class="passage-merk">gewijzigd sinds u keek</p>'))
    if p.opmerkingen:
        kaart, csrf = get_template("componenten/opmerking.html"), context.get("csrf_token")
        delen += [kaart.render({"o": o, "csrf_token": csrf}) for o in p.opmerkingen]
    delen.append(_links(p, versie_pad, opmerken_pad))
    return mark_safe("".join(delen) + "</div></div>")  # noqa: S308 - elk deel is hierboven ontsnapt


def _links(p: Passage, versie_pad: str, opmerken_pad: str) -> str:
    """Wat onder de opmerkingen staat: hoeveel er nog zijn, er een maken, en hoe de passage zo werd."""
    woorden = p.tekst.split()
    begin = " ".join(woorden[:BEGINWOORDEN]) + (" …" if len(woorden) > BEGINWOORDEN else "")
    uit = ""
    if p.meer:
        uit = format_html(
            '<p class="klein"><a href="{}alinea/{}/">Nog {} {}<span class="alleen-lezer"> bij: {}</span></a></p>',
            versie_pad, p.blok, p.meer, "opmerking" if p.meer == 1 else "opmerkingen", begin,
        )  # fmt: skip
    if not p.blok or p.kop:
        return uit
    maken = '<a class="klein" data-opmerken href="{}?blok={}">Opmerking<span class="alleen-lezer"> bij: {}</span></a> '
    return uit + format_html(
        '<div class="passage-daad">{}<a class="klein" href="{}geschiedenis/{}/">Geschiedenis'
        '<span class="alleen-lezer"> van: {}</span></a></div>',
        format_html(maken, opmerken_pad, p.blok, begin) if opmerken_pad else "",
        versie_pad, p.blok, begin,
    )  # fmt: skip
