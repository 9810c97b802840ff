"""De opzet van een verslag uit agenda, presentie, stemmingen en besluiten; wie wat zei schrijft de secretaris."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kern.tijd import AMSTERDAM, datum_nl
from vergaderingen.agenda import uitkomsten
from vergaderingen.enums import AanwezigAls
from vergaderingen.models import Agendapunt, Besluit, Vergadering
from vergaderingen.opmaak import VERTROUWELIJK
from vergaderingen.queries import presentielijst


def conceptverslag(vergadering: Vergadering) -> tuple[str, str]:
    """Geef (verslag, openbare tekst). De openbare tekst laat vertrouwelijke punten weg; besloten: leeg."""
    punten = list(
        vergadering.agendapunten.order_by("volgorde").prefetch_related(
            "besluiten", "onthoudingen__persoon", "vervangingen__vervanger", "vervangingen__zetel"
        )
    )
    voor = _aanwezigen(vergadering)
    slot = _slot(vergadering)
    zaken = uitkomsten(punten)
    heel = "\n".join([voor, *(_punt(p, zaken.get(p.pk, "")) for p in punten), slot])
    openbaar = "\n".join([voor, *(_punt(p, zaken.get(p.pk, "")) for p in punten if not p.vertrouwelijk), slot])
    return heel, openbaar if vergadering.openbaar else ""


def niet_in_verslag(vergadering: Vergadering, tekst: str) -> list[str]:
    """Geef de besluiten die niet letterlijk in deze tekst van het verslag staan, met het nummer van hun punt.

    Een besluit dat na het schrijven is vastgelegd of verbeterd, komt er niet vanzelf in.
    """
    staat = _plat(tekst)
    besluiten = Besluit.objects.filter(agendapunt__vergadering=vergadering, agendapunt__vervallen_reden="")
    rijen = besluiten.select_related("agendapunt").order_by("agendapunt__volgorde", "pk")
    return [f"punt {b.agendapunt.volgorde}: “{b.tekst}”" for b in rijen if _plat(b.tekst) not in staat]


def _plat(tekst: str) -> str:
    return " ".join(tekst.split()).lower()


def sprekers(vergadering: Vergadering) -> list[str]:
    """Geef de namen van wie aanwezig was, op naam: uit hen kiest de schrijver."""
    aanwezig = (
        vergadering.presenties.filter(aanwezig=True).select_related("persoon").order_by("persoon__sorteersleutel")
    )
    return [p.persoon.naam for p in aanwezig]


def _aanwezigen(vergadering: Vergadering) -> str:
    regels = []
    weg: list[str] = []
    niet_getekend: list[str] = []
    genoemd: set[int] = set()  # een plaatsvervanger van meer leden staat bij elk van hen
    for groep in presentielijst(vergadering):
        namen = []
        for plek in groep.plekken:
            if plek.presentie is not None and not plek.aanwezig and plek.stem is None:
                weg.append(plek.genodigde.persoon.naam)
            if plek.presentie is None and plek.stem is None and plek.genodigde.als == AanwezigAls.LID:
                niet_getekend.append(plek.genodigde.persoon.naam)
            if plek.stem is not None:
                naam = plek.stem.persoon.naam
                lid = plek.genodigde.persoon.naam
                namen.append(naam if plek.stem.hoedanigheid == AanwezigAls.LID else f"{naam} (voor {lid})")
            for p in (plek.presentie, plek.vervanger_presentie):
                if p is not None and p.aanwezig and not p.stemhebbend and p.persoon_id not in genoemd:
                    genoemd.add(p.persoon_id)
                    namen.append(f"{p.persoon.naam} ({p.get_hoedanigheid_display()})")
        if namen:
            regels.append((groep.naam.capitalize(), ", ".join(namen)))
    if weg:
        regels.append(("Afwezig", ", ".join(weg)))
    if niet_getekend:
        regels.append(("Niet getekend", ", ".join(niet_getekend)))
    lijst = format_html_join("", "<li><strong>{}:</strong> {}</li>", regels)
    dag = datum_nl(vergadering.datum) if vergadering.datum else "onbekende dag"
    kop = format_html("<h2>Aanwezig</h2><p>{}, {}.</p>", vergadering.naam, dag)
    return kop + (format_html("<ul>{}</ul>", lijst) if regels else SafeString(""))


def punt_kop(punt: Agendapunt) -> str:
    """Geef de kop van een agendapunt in het verslag: nummer, onderwerp en stuknummer."""
    return f"{punt.volgorde}. {punt.onderwerp}" + (f" ({punt.stuknummer})" if punt.stuknummer else "")


def _punt(punt: Agendapunt, zaak: str) -> str:
    merk = f"{VERTROUWELIJK} " if punt.vertrouwelijk else ""
    zinnen = [b.tekst + _uitslag(b) for b in punt.besluiten.all()] or ([zaak] if zaak else [])
    if punt.vervallen:
        zinnen = [f"Vervallen: {punt.vervallen_reden}"]
    onthouden = [o.persoon.naam for o in punt.onthoudingen.all()]
    if onthouden:
        begin, laatste = ", ".join(onthouden[:-1]), onthouden[-1]
        wie = f"{begin} en {laatste} onthouden" if begin else f"{laatste} onthoudt"
        zinnen.append(f"{wie} zich van medestemmen.")
    regels = format_html_join("", "<p>{}</p>", ((zin,) for zin in zinnen))
    return format_html("<h3>{}{}</h3>", merk, punt_kop(punt)) + (regels or mark_safe("<p></p>"))


def _uitslag(besluit: Besluit) -> str:
    """Geef de uitkomst als bijzin, met de aantallen als er is gestemd."""
    if not besluit.gestemd:
        return f" ({besluit.get_uitkomst_display()}, zonder stemming)"
    return f" ({besluit.get_uitkomst_display()}: {besluit.voor} voor, {besluit.tegen} tegen, {besluit.blanco} blanco)"


def _slot(vergadering: Vergadering) -> str:
    if vergadering.gesloten_op is None:
        return ""
    tijd = vergadering.gesloten_op.astimezone(AMSTERDAM)
    return format_html(
        "<h3>Sluiting</h3><p>De voorzitter sluit de vergadering om {} uur.</p>", f"{tijd.hour}.{tijd.minute:02d}"
    )
