"""De onderdelen van het gezicht als sjabloontags. Wat erin gaat staat in kern/componenten.py."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kern import beeld, opmerkinghtml, svg
from kern.componenten import (
    AchtStappen,
    Beurt,
    Halfrond,
    Kantlijn,
    Klok,
    Matrix,
    Oordeel,
    Opmerking,
    Standpunten,
    Verhaal,
)
from kern.tijd import datum_nl, vandaag
from kern.vergelijk import Stuk, Vergelijking
from kern.vergelijk import beeld as vergelijkbeeld

register = template.Library()

HOOFDPUNTEN = (
    ("Adviezen", "/adviezen/"),
    ("Trajecten", "/trajecten/"),
    ("Raad", "/raad/"),
    ("Commissies", "/commissies/"),
    ("Vergaderingen", "/vergaderingen/"),
    ("Kabinetsreacties", "/kabinetsreacties/"),
)
# Django-niveau van een bericht -> (NLDS-soort, teken, woord voor de voorlezer)
MELDINGEN = {
    "success": ("ok", "goed", "Gelukt"),
    "ok": ("ok", "goed", "Gelukt"),
    "warning": ("warning", "letop", "Let op"),
    "error": ("error", "fout", "Fout"),
}


@register.simple_tag
def publieke_navigatie(pad: str) -> SafeString:
    """De zes hoofdpunten van de openbare site; `pad` (request.path) bepaalt welk punt gemerkt is."""
    punt = next((url for _, url in HOOFDPUNTEN if pad.startswith(url)), "")
    return _navigatie(punt, pad == punt)


@lru_cache(maxsize=2 * len(HOOFDPUNTEN) + 1)
def _navigatie(punt: str, hier: bool) -> SafeString:
    """Geef de navigatie met `punt` gemerkt; hangt van niets anders af en staat op elke openbare bladzijde."""
    punten = [{"tekst": tekst, "url": url, "actief": url == punt, "hier": hier} for tekst, url in HOOFDPUNTEN]
    return render_to_string("componenten/publieke_navigatie.html", {"punten": punten})


@register.simple_tag
def afzender(request: HttpRequest) -> SafeString:
    """Wat alleen op papier staat: van wie de bladzijde is, haar volledige adres, en de dag waarop zij zo was.

    Een bewaarde bladzijde vervalt om middernacht (publiek.stand), dus de dag is die van het afdrukken.
    """
    adres = f"{settings.PORTAL_ADRES}{request.get_full_path()}"
    return format_html(
        '<p class="alleen-druk omslag">Sociaal-Economische Raad (SER) · {} · {}</p>', adres, datum_nl(vandaag())
    )


@register.simple_tag
def contactadres() -> str:
    """Het e-mailadres waar een mens leest (CONTACT_ADRES)."""
    return settings.CONTACT_ADRES


@register.inclusion_tag("componenten/melding.html")
def melding(soort: str, tekst: Any) -> dict[str, Any]:
    """Eén melding. `soort`: success, warning, error, of iets anders voor gewone uitleg."""
    nlds, teken, woord = MELDINGEN.get(soort, ("info", "uitleg", "Uitleg"))
    return {"soort": nlds, "teken_naam": teken, "woord": woord, "tekst": tekst}


@register.simple_tag
def voorbeeldmerk(ding: Any) -> SafeString:
    """Het VOORBEELD-merk achter een naam. `ding`: iets met een veld `voorbeeld`, of zelf waar of onwaar."""
    return _voorbeeldmerk(bool(getattr(ding, "voorbeeld", ding if isinstance(ding, bool) else False)))


@cache  # het staat achter elke naam in elke lijst
def _voorbeeldmerk(tonen: bool) -> SafeString:
    return render_to_string("componenten/voorbeeldmerk.html", {"tonen": tonen})


@register.inclusion_tag("componenten/kruimelpad.html")
def kruimelpad(*delen: str) -> dict[str, Any]:
    """Het kruimelpad: afwisselend tekst en adres, de laatste tekst zonder adres is deze bladzijde.

    `{% kruimelpad "Werk" "/werk/" "Trajecten" "/werk/trajecten/" traject.titel %}`
    """
    return {
        "kruimels": [
            {"tekst": delen[i], "url": delen[i + 1] if i + 1 < len(delen) else ""} for i in range(0, len(delen), 2)
        ]
    }


@register.simple_tag(takes_context=True)
def paginering(context: template.Context, pagina: Page[Any], sleutel: str = "pagina") -> SafeString:
    """Bladeren door een Page; houdt de andere vragen in het adres. `sleutel`: naam van het paginanummer."""
    if not pagina.has_other_pages():
        return SafeString("")
    request = context.get("request")
    vragen = request.GET.copy() if request is not None else QueryDict(mutable=True)
    vragen.pop(sleutel, None)
    basis = escape(f"?{vragen.urlencode()}&{sleutel}=" if vragen else f"?{sleutel}=")
    nummers = []
    for nummer in pagina.paginator.get_elided_page_range(pagina.number, on_each_side=2, on_ends=1):
        if nummer == pagina.number:
            nummers.append(f'<span aria-current="page"><span class="alleen-lezer">Bladzijde </span>{nummer}</span>')
        elif isinstance(nummer, int):
            nummers.append(f'<a href="{basis}{nummer}"><span class="alleen-lezer">Bladzijde </span>{nummer}</a>')
        else:  # een beletselteken
            nummers.append(f'<span class="bladeren-uit">{nummer}</span>')
    blad = '<span class="alleen-lezer"> bladzijde</span>'
    vorige = f'<a href="{basis}{pagina.number - 1}" rel="prev">Vorige{blad}</a>' if pagina.has_previous() else ""
    volgende = f'<a href="{basis}{pagina.number + 1}" rel="next">Volgende{blad}</a>' if pagina.has_next() else ""
    return mark_safe(  # noqa: S308 - het adres is ontsnapt, de rest is van hier
        f'<nav class="bladeren" aria-label="Bladeren">\n{vorige}\n{"".join(nummers)}\n{volgende}\n</nav>'
    )


@register.inclusion_tag("componenten/lege_staat.html")
def lege_staat(kop: str, tekst: str = "", url: str = "", actie: str = "") -> dict[str, Any]:
    """Wat er staat als er nog niets is: wat hier komt, wie het er zet, en eventueel een link."""
    return {"kop": kop, "tekst": tekst, "url": url, "actie": actie}


@register.inclusion_tag("componenten/bevestiging.html")
def bevestiging(kop: str, gevolgen: Iterable[str] | str = ()) -> dict[str, Any]:
    """Het gevolg van een daad, vóór de knop: wat er gebeurt, wie bericht krijgt en wat openbaar wordt."""
    regels = [gevolgen] if isinstance(gevolgen, str) else list(gevolgen)
    return {"kop": kop, "gevolgen": [regel for regel in regels if regel]}


@register.inclusion_tag("componenten/voortgang.html")
def voortgang(
    id: str,
    tekst: str,
    procent: int = 0,
    url: str = "",
    ververs: str = "",
    bezig: bool = True,
    klaar_url: str = "",
    klaar_tekst: str = "Download",
) -> dict[str, Any]:
    """Lang werk dat op de achtergrond loopt.

    `url` levert dit stuk opnieuw (htmx vraagt elke twee seconden zolang `bezig`); `ververs` is het adres
    van de bladzijde zelf, voor wie zonder JavaScript leest.
    """
    return {
        "id": id,
        "tekst": tekst,
        "procent": max(0, min(100, int(procent))),
        "url": url,
        "ververs": ververs or ".",
        "bezig": bezig,
        "klaar_url": klaar_url,
        "klaar_tekst": klaar_tekst,
    }


@register.simple_tag
def teken(naam: str) -> SafeString:
    """Een klein teken naast een woord; de namen staan in kern/svg.py. Een onbekende naam geeft een streepje."""
    return mark_safe(svg.teken(naam))  # noqa: S308 - vaste paden, en een naam die ontsnapt is


@register.simple_tag
@lru_cache(maxsize=20)
def geledingteken(geleding: str) -> SafeString:
    """De vorm van een geleding: driehoek, cirkel of vierkant. De naam hoort ernaast te staan."""
    return render_to_string("componenten/_vorm.html", {"geleding": geleding, "pad": svg.vorm(geleding, 8, 8, 6)})


@register.inclusion_tag("componenten/acht_stappen.html")
def acht_stappen(weg: AchtStappen) -> dict[str, Any]:
    """De acht stappen van een advies, binnenskamers of openbaar."""
    return beeld.van_stappen(weg)


@register.inclusion_tag("componenten/klok.html")
def klok(klok: Klok) -> dict[str, Any]:
    """Een termijn met datum, dagen, balk en uitleg."""
    return beeld.van_klok(klok)


@register.inclusion_tag("componenten/beurt.html")
def beurt(beurt: Beurt) -> dict[str, Any]:
    """Wie aan zet is, met één knop en wat er nog ontbreekt."""
    return {"beurt": beurt}


@register.inclusion_tag("componenten/halfrond.html")
def halfrond(rond: Halfrond, tabel_open: bool = False) -> dict[str, Any]:
    """De zetels in een boog met een tabel eronder; `tabel_open` zet de tabel meteen open."""
    return beeld.van_halfrond(rond) | {"tabel_open": tabel_open}


@register.inclusion_tag("componenten/standpunten.html")
def standpunten(registratie: Standpunten) -> dict[str, Any]:
    """De opvattingen in kolommen, met de zetels als vormen."""
    return beeld.van_standpunten(registratie)


@register.inclusion_tag("componenten/matrix.html")
def matrix(matrix: Matrix) -> dict[str, Any]:
    """Rijen maal kolommen met een toestand per vak."""
    return {"matrix": matrix}


@register.inclusion_tag("componenten/verhaal.html")
def verhaal(verhaal: Verhaal) -> dict[str, Any]:
    """De gebeurtenissen van een advies als tijdlijn."""
    return {"verhaal": verhaal}


@register.inclusion_tag("componenten/vergelijking.html")
def vergelijking(
    vergelijking: Vergelijking,
    van: object = "",
    naar: object = "",
    naast: bool = False,
    alleen: bool = False,
    geschiedenis: str = "",
    geschiedenis_oud: str = "",
    heel_url: str = "",
    kantlijn: Mapping[str, Kantlijn] | None = None,
    id: str = "w",
) -> dict[str, Any]:
    """Twee versies vergeleken, doorlopend of `naast` elkaar; met `alleen` zonder wat gelijk bleef.

    `geschiedenis` en `geschiedenis_oud` zijn het begin van het adres van een alinea (nieuwe en oude versie; leeg: geen
    link), `heel_url` is dezelfde bladzijde met de hele tekst. `kantlijn` zegt per blok van de nieuwe versie welke
    opmerkingen erbij horen.
    """
    return {
        "v": vergelijking,
        "zin": vergelijkbeeld.samenvatting(vergelijking),
        "rijen": vergelijkbeeld.beelden(vergelijking, alleen=alleen, kantlijn=kantlijn),
        "van": str(van),
        "naar": str(naar),
        "naast": naast,
        "geschiedenis": geschiedenis,
        "geschiedenis_oud": geschiedenis_oud,
        "heel_url": heel_url,
        "id": id,
    }


@register.simple_tag
def stukken(stukken: Iterable[Stuk]) -> SafeString:
    """Een los stuk tekst met wat erbij kwam en eraf ging."""
    return vergelijkbeeld.html_van(stukken)


@register.simple_tag(takes_context=True)
def opmerking(context: dict[str, Any], opmerking: Opmerking) -> SafeString:
    """Eén opmerking met kring, soort, antwoorden en daden."""
    return opmerkinghtml.kaart(opmerking, str(context.get("csrf_token") or ""))


@register.inclusion_tag("componenten/oordeel.html")
def oordeel(soort: str | Oordeel, uitleg: str = "", woord: str = "") -> dict[str, Any]:
    """Een uitspraak als merkje met uitleg; `soort` is een naam uit beeld.OORDELEN of een Oordeel."""
    return beeld.van_oordeel(soort if isinstance(soort, Oordeel) else Oordeel(soort, uitleg, woord))


@register.filter
def onthouden(form: BaseForm) -> str:
    """Geef wat er na een fout nog staat: een browser houdt geen bestand vast, en een wachtwoord nergens."""
    soorten = {veld.widget_type for veld in form.visible_fields()}
    if "password" in soorten:
        return "Vul de wachtwoorden opnieuw in."
    return f"Wat u invulde staat er nog{'; een bestand kiest u opnieuw' if form.is_multipart() else ''}."
