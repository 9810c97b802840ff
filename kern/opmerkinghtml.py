"""Een opmerking in de kantlijn als HTML.

In Python geschreven en niet in een sjabloon: op een leesscherm staan er honderdvijftig, en dan kostte het tekenen van
de kaartjes meer dan het zoeken van tienduizend opmerkingen.
"""

from html import escape

from django.template.loader import render_to_string
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from kern import svg
from kern.componenten import Knop, Opmerking

NIEUW = ' <span class="label label-actie">nieuw</span>'


def kaart(o: Opmerking, csrf_token: str = "") -> SafeString:
    """Geef de opmerking met kring, soort, antwoorden en daden; zonder `csrf_token` kan men er niets mee versturen."""
    soort = "".join(
        naam
        for naam, aan in (
            (" opmerking-blokkerend", o.blokkerend),
            (" opmerking-afgedaan", o.afdoening),
            (" opmerking-nieuw", o.nieuw),
        )
        if aan
    )
    nummer = f" {o.nummer}" if o.nummer else ""
    lijf = _lijf(o, csrf_token)
    if o.afdoening:
        door = f'<p class="opmerking-feit">door {escape(o.afgedaan_door)}</p>' if o.afgedaan_door else ""
        kop = f"<summary>Afgedaan: {escape(o.afdoening)}</summary>"
        lijf = f'<details class="waarom">{kop}<div>{door}{lijf}</div></details>'
    return mark_safe(  # noqa: S308 - elk deel is ontsnapt
        f'<article class="opmerking opmerking-{escape(o.kring)}{soort}" id="opmerking-{escape(o.id)}" tabindex="-1"'
        f' aria-label="Opmerking{nummer} van {escape(o.auteur)}">\n{_kop(o)}\n{lijf}\n</article>\n'
    )


def _kop(o: Opmerking) -> str:
    teken, stop = svg.teken("slot" if o.kring == "prive" else "kring"), svg.teken("stop")
    blokkerend = f' <span class="label label-fout">{stop} Blokkerend</span>' if o.blokkerend else ""
    plek = f' <span class="opmerking-feit opmerking-plek">{escape(capfirst(o.plek))}</span>' if o.plek else ""
    return (
        f'<header class="opmerking-kop">{_nummer(o)}<span class="opmerking-auteur">{escape(o.auteur)}</span>'
        f"{_feit(o.hoedanigheid)}{_feit(o.wanneer)}{NIEUW if o.nieuw else ''}\n"
        f'<span class="opmerking-kring">{teken} {escape(o.kring_naam)}</span>{blokkerend}{plek}</header>'
    )


def _nummer(o: Opmerking) -> str:
    if not o.nummer:
        return ""
    if not o.citaat_link:
        return f'<span class="opmerking-nummer">{o.nummer}</span> '
    uitleg = '<span class="alleen-lezer">Naar de aangehaalde woorden, </span>'
    return f'<a class="opmerking-nummer" href="{escape(o.citaat_link)}">{uitleg}{o.nummer}</a> '


def _feit(tekst: str) -> str:
    return f' <span class="opmerking-feit">{escape(tekst)}</span>' if tekst else ""


def _lijf(o: Opmerking, csrf_token: str) -> str:
    delen = [f'<blockquote class="opmerking-citaat">{escape(o.citaat)}</blockquote>' if o.citaat else ""]
    delen.append(linebreaks(o.tekst, autoescape=True))
    if o.voorstel:
        delen.append(f"<p><strong>Tekstvoorstel:</strong> {escape(o.voorstel)}</p>")
    if o.meer_antwoorden:
        meer = "een eerder antwoord" if o.meer_antwoorden == 1 else f"{o.meer_antwoorden} eerdere antwoorden"
        delen.append(f'<p class="opmerking-feit"><a href="{escape(o.draad_url)}">Nog {meer}</a></p>')
    for antwoord in o.antwoorden:
        tekst = linebreaks(antwoord.tekst, autoescape=True)
        wie = f"<p><strong>{escape(antwoord.auteur)}</strong>{_feit(antwoord.wanneer)}</p>"
        delen.append(f'<div class="opmerking-antwoord">{wie}{tekst}</div>')
    if o.antwoord_url or o.knoppen:
        knoppen = "".join(_knop(knop, csrf_token) for knop in o.knoppen)
        delen.append(f'<div class="opmerking-daden">{_antwoordvak(o, csrf_token)}{knoppen}</div>')
    return "\n".join(delen)


def _antwoordvak(o: Opmerking, csrf_token: str) -> str:
    if not o.antwoord_url:
        return ""
    nummer = escape(o.id)
    return (
        '<details class="opmerking-antwoorden"><summary>Antwoord</summary>'
        f'<form method="post" action="{escape(o.antwoord_url)}">{_csrf(csrf_token)}'
        f'<label class="alleen-lezer" for="antwoord-{nummer}">Antwoord aan {escape(o.auteur)}</label>'
        '<textarea class="utrecht-textarea utrecht-textarea--html-textarea" '
        f'id="antwoord-{nummer}" name="tekst" rows="3" required></textarea>'
        '<button class="utrecht-button" type="submit">Plaats antwoord</button></form></details>'
    )


def _csrf(token: str) -> str:
    return f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">' if token else ""


def _knop(knop: Knop, csrf_token: str) -> str:
    if knop.post:
        return render_to_string("componenten/_knop.html", {"knop": knop, "csrf_token": csrf_token})
    return f'<a class="{knop.klasse}" href="{escape(knop.url)}">{escape(knop.tekst)}</a>'
