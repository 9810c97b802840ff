"""De opzet van een verslag uit agenda, presentie en besluiten. Geeft HTML; wie wat zei schrijft de secretaris."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kern.tijd import AMSTERDAM, datum_nl
from vergaderingen.enums import AanwezigAls
from vergaderingen.models import Agendapunt, Vergadering
from vergaderingen.queries import presentielijst


def conceptverslag(vergadering: Vergadering) -> tuple[str, str]:
    """Geef (verslag, openbare tekst). De openbare tekst laat vertrouwelijke punten weg; besloten: leeg."""
    punten = list(vergadering.agendapunten.filter(vervallen_reden="").prefetch_related("besluiten"))
    voor = _aanwezigen(vergadering)
    slot = _slot(vergadering)
    heel = "\n".join([voor, *(_punt(p) for p in punten), slot])
    openbaar = "\n".join([voor, *(_punt(p) for p in punten if not p.vertrouwelijk), slot])
    return heel, openbaar if vergadering.openbaar else ""


def _aanwezigen(vergadering: Vergadering) -> str:
    regels = []
    for groep in presentielijst(vergadering):
        namen = []
        for plek in groep.plekken:
            if plek.stem is None:
                continue
            naam = plek.stem.persoon.naam
            lid = plek.genodigde.persoon.naam
            namen.append(naam if plek.stem.hoedanigheid == AanwezigAls.LID else f"{naam} (voor {lid})")
        if namen:
            regels.append((groep.naam.capitalize(), ", ".join(namen)))
    lijst = format_html_join("", "<li><strong>{}:</strong> {}</li>", regels)
    dag = datum_nl(vergadering.datum) if vergadering.datum else "onbekende dag"
    kop = format_html("<h2>Aanwezig</h2><p>{}, {}.</p>", vergadering.naam, dag)
    return kop + (format_html("<ul>{}</ul>", lijst) if regels else SafeString(""))


def _punt(punt: Agendapunt) -> str:
    kop = f"{punt.volgorde}. {punt.onderwerp}" + (f" ({punt.stuknummer})" if punt.stuknummer else "")
    besluiten = format_html_join("", "<p>{}</p>", ((b.tekst,) for b in punt.besluiten.all()))
    return format_html("<h3>{}</h3>", kop) + (besluiten or mark_safe("<p></p>"))


def _slot(vergadering: Vergadering) -> str:
    if vergadering.gesloten_op is None:
        return ""
    tijd = vergadering.gesloten_op.astimezone(AMSTERDAM)
    return format_html("<p>De voorzitter sluit de vergadering om {} uur.</p>", f"{tijd.hour}.{tijd.minute:02d}")
